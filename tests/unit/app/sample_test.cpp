#include "app/sample.hpp"

#include "app/sample_facts.hpp"
#include "base/text.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

using namespace diaban;
using data::Cell;

namespace {

const app::Sample& default_sample() {
    static const app::Sample sample = [] {
        base::JobContext ctx;
        return app::make_sample({}, ctx);
    }();
    return sample;
}

app::Sample made_sample(std::uint32_t communes, std::uint64_t seed, unsigned threads = 0) {
    base::JobContext ctx(threads);
    return app::make_sample({communes, seed}, ctx);
}

double value(const data::IndicatorCube& cube, const char* indicator, int year, std::size_t unit) {
    return cube.value(cube.find(indicator).value(), cube.find(data::Period{year}).value(), unit);
}

bool known(const data::IndicatorCube& cube, const char* indicator, int year, std::size_t unit) {
    return cube.state(cube.find(indicator).value(), cube.find(data::Period{year}).value(), unit) ==
           Cell::Observed;
}

double total(const data::IndicatorCube& cube, const char* indicator, int year) {
    double sum = 0;
    for (std::size_t i = 0; i < cube.units(); ++i) sum += value(cube, indicator, year, i);
    return sum;
}

bool healthy(const data::IndicatorCube& cube, int year, std::size_t unit) {
    return value(cube, "ST01", year, unit) == 0 && value(cube, "ST02", year, unit) == 0;
}

} // namespace

TEST_CASE("a sample province has 12 to 100,000 communes") {
    for (const std::uint32_t communes : {0u, 11u, 100001u}) {
        base::JobContext ctx;
        try {
            app::make_sample({communes, 1}, ctx);
            FAIL("no error for " << communes);
        } catch (const base::Error& e) {
            CHECK(e.kind == base::ErrorKind::Usage);
            CHECK(e.message.key == "error.sample.communes");
        }
    }
    CHECK(made_sample(12, 1).content.vintages[0].units.size() == 12);
}

TEST_CASE("the same seed gives the same province for any number of threads, another seed another") {
    const auto& a = default_sample();
    const auto b = made_sample(156, 1, 1), c = made_sample(156, 1, 7), other = made_sample(156, 2);
    for (const auto* same : {&b, &c})
        for (std::size_t v = 0; v < 2; ++v) {
            CHECK(a.content.vintages[v].soup.points == same->content.vintages[v].soup.points);
            CHECK(a.content.vintages[v].units.name == same->content.vintages[v].units.name);
            const auto& x = a.content.cubes[v];
            const auto& y = same->content.cubes[v];
            for (std::size_t k = 0; k < x.indicators.size(); ++k) CHECK(x.pooled(k) == y.pooled(k));
        }
    CHECK(a.content.vintages[0].soup.points != other.content.vintages[0].soup.points);
    CHECK(a.content.vintages[0].units.name != other.content.vintages[0].units.name);
}

TEST_CASE("no later change moves the default province unnoticed") {
    // Taken once from this program: a change here changes every golden image of the sample.
    const auto& soup = default_sample().content.vintages[0].soup;
    CHECK(soup.faces() == 156);
    std::uint64_t hash = 0;
    for (const auto p : soup.points) {
        hash = app::sample::mix(hash + static_cast<std::uint64_t>(p.x * 1e7 + 0.5));
        hash = app::sample::mix(hash + static_cast<std::uint64_t>(p.y * 1e7 + 0.5));
    }
    CHECK(hash == 0x4ed1ebc75eb7480cu);
}

TEST_CASE("the statuses of 2010 are those of the report") {
    const auto& cube = default_sample().content.cubes[0];
    std::map<std::pair<int, int>, int> table;
    int maintained = 0, added = 0;
    for (std::size_t i = 0; i < cube.units(); ++i) {
        CHECK(known(cube, "ST01", 2009, i));
        CHECK(known(cube, "ST01", 2010, i));
        ++table[{static_cast<int>(value(cube, "ST02", 2010, i)),
                 static_cast<int>(value(cube, "ST01", 2010, i))}];
        if (healthy(cube, 2010, i)) ++(healthy(cube, 2009, i) ? maintained : added);
    }
    CHECK(table == std::map<std::pair<int, int>, int>{{{1, 1}, 9}, {{0, 1}, 34}, {{0, 0}, 113}});
    CHECK(maintained == 101);
    CHECK(added == 12);
}

TEST_CASE("the sums of 2010 are those of the report without the provincial team") {
    const auto& cube = default_sample().content.cubes[0];
    CHECK(total(cube, "DR01", 2010) == 941);
    CHECK(total(cube, "IN01", 2010) == 279 - 16);
    CHECK(total(cube, "IN02", 2010) == 603 - 18);
    CHECK(total(cube, "IN03", 2010) == 248 - 9);
    CHECK(total(cube, "CM01", 2010) == 822);
}

TEST_CASE("facts of a commune agree with each other") {
    const auto& content = default_sample().content;
    std::size_t missing = 0, hot_2015 = 0, cells = 0;
    for (const auto& cube : content.cubes)
        for (const auto p : cube.periods)
            for (std::size_t i = 0; i < cube.units(); ++i) {
                ++cells;
                CHECK(value(cube, "population", p.year, i) > 0);
                if (!known(cube, "ST01", p.year, i)) {
                    ++missing;
                    CHECK(p.year > 2010);
                    CHECK_FALSE(known(cube, "DR01", p.year, i));
                    CHECK_FALSE(known(cube, "DR01_rate", p.year, i));
                    continue;
                }
                CHECK((value(cube, "ST01", p.year, i) > 0) == (value(cube, "DR01", p.year, i) > 0));
                if (p.year == 2015) hot_2015 += value(cube, "ST01", 2015, i) == 2;
                if (!known(cube, "IN01", p.year, i)) continue;
                CHECK(value(cube, "IN01", p.year, i) <= value(cube, "IN02", p.year, i));
                CHECK(value(cube, "IN03", p.year, i) <= value(cube, "IN02", p.year, i));
            }
    CHECK(missing > 0);
    CHECK(missing < cells / 20);
    CHECK(hot_2015 >= 4);
    CHECK(hot_2015 <= 16);
}

TEST_CASE("planted clusters are in the data") {
    const auto& sample = default_sample();
    const auto& cube = sample.content.cubes[0];
    const auto& code = sample.content.vintages[0].units.code;
    REQUIRE(sample.truth.size() == 3);
    for (const auto& cluster : sample.truth) {
        std::set<std::size_t> inside, planted;
        for (std::size_t i = 0; i < code.size(); ++i) {
            for (const auto& other : sample.truth)
                if (std::count(other.units.begin(), other.units.end(), code[i])) planted.insert(i);
            if (std::count(cluster.units.begin(), cluster.units.end(), code[i])) inside.insert(i);
        }
        REQUIRE(inside.size() == cluster.units.size());
        double cases = 0, people = 0, cases_outside = 0, people_outside = 0;
        for (int year = cluster.from_year; year <= cluster.until_year; ++year)
            for (std::size_t i = 0; i < code.size(); ++i) {
                if (!known(cube, "DR01", year, i)) continue;
                const bool in = inside.count(i) > 0;
                if (!in && planted.count(i)) continue;
                (in ? cases : cases_outside) += value(cube, "DR01", year, i);
                (in ? people : people_outside) += value(cube, "population", year, i);
            }
        CHECK(cases == cluster.cases);
        CHECK(people == cluster.population);
        const double ratio = cases / people / (cases_outside / people_outside);
        CHECK(ratio == Approx(cluster.relative_risk).epsilon(0.12));
    }
}

TEST_CASE("codes are text with zeros in front, names are Vietnamese and repeat between districts") {
    const auto& content = default_sample().content;
    CHECK(content.sample);
    CHECK(content.title.find("mẫu") != std::string::npos);
    const auto& before = content.vintages[0].units;
    const auto& after = content.vintages[1].units;
    for (const auto* units : {&before, &after}) {
        CHECK(std::set(units->code.begin(), units->code.end()).size() == units->size());
        for (std::size_t i = 0; i < units->size(); ++i) {
            CHECK(units->code[i].size() == 6);
            CHECK(units->code[i].starts_with("00"));
            CHECK(base::is_nfc(units->name[i]));
            CHECK(units->name[i].starts_with(units->type[i] + " "));
        }
        CHECK(units->group_of(data::Level::Province, 0)->name == "Tỉnh mẫu");
    }
    CHECK(before.has_level(data::Level::District));
    CHECK(before.groups[static_cast<std::size_t>(data::Level::District)].size() == 11);
    CHECK_FALSE(after.has_level(data::Level::District));

    std::map<std::string, std::set<std::string>> districts_of;
    std::set<std::pair<std::string, std::string>> in_district;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto& district = before.group_of(data::Level::District, i)->code;
        districts_of[before.name[i]].insert(district);
        CHECK(in_district.insert({district, before.name[i]}).second);
    }
    CHECK(districts_of["Phường 1"].size() >= 2);
    CHECK(districts_of["Xã Tân Thành"].size() >= 2);
    CHECK(std::set(after.name.begin(), after.name.end()).size() == after.size());
    CHECK(after.size() == 102);
}

TEST_CASE("the crosswalk shares out every commune, and one between two units") {
    const auto& content = default_sample().content;
    const auto& crosswalk = content.crosswalks.at(0);
    REQUIRE(crosswalk.weight.rows() == 156);
    CHECK(crosswalk.to_units == content.vintages[1].units.size());
    std::size_t divided = 0;
    std::set<std::uint32_t> reached;
    for (std::size_t i = 0; i < 156; ++i) {
        const auto w = crosswalk.weight.weights(i);
        CHECK(std::accumulate(w.begin(), w.end(), 0.0) == Approx(1).epsilon(1e-15));
        divided += w.size() == 2;
        for (const auto u : crosswalk.weight.row(i)) reached.insert(u);
    }
    CHECK(divided == 1);
    CHECK(reached.size() == crosswalk.to_units);
}

TEST_CASE("people are not lost when values are carried over the reform") {
    const auto& content = default_sample().content;
    const auto& weight = content.crosswalks[0].weight;
    for (const auto p : content.cubes[0].periods) {
        std::vector<double> carried(content.vintages[1].units.size());
        for (std::size_t i = 0; i < weight.rows(); ++i)
            for (std::size_t j = 0; j < weight.row(i).size(); ++j)
                carried[weight.row(i)[j]] +=
                    weight.weights(i)[j] * value(content.cubes[0], "population", p.year, i);
        CHECK(std::accumulate(carried.begin(), carried.end(), 0.0) ==
              Approx(total(content.cubes[0], "population", p.year)).epsilon(1e-12));
        CHECK(*std::min_element(carried.begin(), carried.end()) > 0);
    }
}

TEST_CASE("whole numbers are shared out by largest remainders") {
    CHECK(app::sample::apportion(10, {1, 1, 1}) == std::vector<double>{4, 3, 3});
    CHECK(app::sample::apportion(7, {0, 2, 5, 0}) == std::vector<double>{0, 2, 5, 0});
    CHECK(app::sample::apportion(5, {3.2, 1.7}) == std::vector<double>{3, 2});
    CHECK(app::sample::apportion(3, {0, 0}) == std::vector<double>{0, 0});
}
