// Smoothed rates as indicators that maps show: what they hold, and that they give nothing away.
#include "app/aggregate.hpp"
#include "app/chart_data.hpp"
#include "app/commands/classes.hpp"
#include "app/commands/map.hpp"
#include "app/smoothed.hpp"
#include "app/table_view.hpp"
#include "hotspots_province.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

using namespace diaban;
using namespace diaban::app;
using analysis::RateKind;
using test::province, test::rate_id, test::with_series;

TEST_CASE("a smoothed rate is an indicator of its own name") {
    CHECK_FALSE(parse_smoothed("DR01_rate"));
    CHECK_FALSE(parse_smoothed("DR01_rate:magic"));
    CHECK_FALSE(parse_smoothed("DR01_rate:raw"));
    CHECK(parse_smoothed("DR01_rate:spatial-eb")->kind == RateKind::SpatialBayes);
    CHECK(parse_smoothed("DR01_rate:eb")->rate == "DR01_rate");
    CHECK(smoothed_id("a:eb", RateKind::ExcessRisk) == "a:excess");
    CHECK(smoothed_id("a:eb", RateKind::Raw) == "a");
    CHECK(smoothed_id("", RateKind::Raw) == ":raw");
    CHECK(as_it_stands(":raw").empty());
    CHECK(full_id(":raw", *province().dataset->cube) ==
          as_it_stands(full_id(":eb", *province().dataset->cube)));
    CHECK(as_it_stands("a:eb") == "a");
    CHECK(full_id(":eb", *province().dataset->cube).ends_with("_rate:eb"));
    CHECK(with_smoothed(province().dataset, "DR01_rate") == province().dataset);
    CHECK(with_smoothed(province().dataset, "no_such:eb") == province().dataset);
    CHECK_THROWS_AS(with_smoothed(province().dataset, "DR01:eb"), base::Error);
}

TEST_CASE("a map of smoothed rates holds the rates of the analysis, per so many people") {
    const auto before = province().dataset;
    const auto& raw = before->cube->indicators[*before->cube->find(rate_id())];
    const auto period = *before->cube->find(data::Period{2015, 0});
    const auto values = [&](const std::string& id) {
        const auto slice = before->cube->slice(*before->cube->find(id), period);
        std::vector<double> out;
        for (std::size_t u = 0; u < slice.size(); ++u)
            out.push_back(slice.has(u) ? slice.value[u] : std::nan(""));
        return out;
    };
    for (const auto kind : {RateKind::ExcessRisk, RateKind::EmpiricalBayes, RateKind::BayesIndex}) {
        const auto id = smoothed_id(raw.id, kind);
        const auto dataset = with_smoothed(before, id);
        REQUIRE(dataset->cube->find(id));
        CHECK(dataset->cube->indicators.size() == before->cube->indicators.size() + 1);
        REQUIRE(dataset->decimals.size() == dataset->cube->indicators.size());
        CHECK(dataset->decimals.back() >= 2);
        const auto expected = analysis::rates(values(raw.numerator), values(raw.denominator), kind);
        const double scale = kind == RateKind::EmpiricalBayes ? raw.scale : 1;
        const auto slice = dataset->cube->slice(*dataset->cube->find(id), period);
        for (std::size_t u = 0; u < slice.size(); ++u) {
            CHECK(slice.has(u) == !std::isnan(expected[u]));
            if (slice.has(u)) CHECK(slice.value[u] == Approx(expected[u] * scale));
        }
        // A map of it says what it is.
        const auto language = Language::load("en");
        const auto map = styled(*dataset, {.indicator = id, .period = {2015, 0}}, *language);
        CHECK(map.legend_title.find(language->text(
                  "hotspots.rate." + std::string(analysis::to_string(kind)))) != std::string::npos);
        CHECK(map.legend_note.find(language->text(
                  "rate.note." + std::string(analysis::to_string(kind)))) != std::string::npos);
    }
}

// Shrinking moves every rate towards the rate of the whole, and those of few people the most.
TEST_CASE("empirical Bayes rates lie between the raw rate and that of the whole") {
    const auto dataset = with_series(
        {{2015, 0}},
        [](std::size_t, std::size_t u) {
            return u % 3 == 0 ? 4.0 : static_cast<double>(20 + u % 7);
        },
        [](std::size_t, std::size_t u) { return u % 3 == 0 ? 100.0 : 1000.0; });
    for (const std::string how : {"eb", "spatial-eb"}) {
        const auto smooth = with_smoothed(dataset, "c_rate:" + how);
        const auto& cube = *smooth->cube;
        const auto raw = cube.slice(*cube.find("c_rate"), 0),
                   eb = cube.slice(*cube.find("c_rate:" + how), 0);
        double raw_spread = 0, eb_spread = 0;
        for (std::size_t u = 0; u < raw.size(); ++u) {
            raw_spread += std::fabs(raw.value[u] - 23);
            eb_spread += std::fabs(eb.value[u] - 23);
        }
        CHECK(eb_spread < 0.8 * raw_spread);
    }
}

// What a table says of a district stands in the column of the smoothed rate: it is one too, never
// the raw rate of the district, which may lie outside everything that is shown of its communes.
TEST_CASE("the smoothed rate of a district weighs its communes' smoothed rates by people") {
    // 120 per 1,000 of few people; 10 or 40 of many.
    const auto cases_of = [](std::size_t u) {
        return u % 3 == 0 ? 12.0 : u % 2 == 0 ? 10.0 : 40.0;
    };
    const auto people_of = [](std::size_t u) { return u % 3 == 0 ? 100.0 : 1000.0; };
    const auto dataset = with_series(
        {{2015, 0}}, [&](std::size_t, std::size_t u) { return cases_of(u); },
        [&](std::size_t, std::size_t u) { return people_of(u); });
    double cases = 0, people = 0;
    for (std::size_t u = 0; u < 156; ++u) cases += cases_of(u), people += people_of(u);
    const std::vector<geo::FaceId> units{0, 1, 3}, small{0, 3};
    const auto language = Language::load("en");
    for (const std::string how : {"eb", "spatial-eb", "excess", "eb-index"}) {
        INFO(how);
        const auto smooth = with_smoothed(dataset, "c_rate:" + how);
        const auto& cube = *smooth->cube;
        const auto at = *cube.find("c_rate:" + how);
        const auto slice = cube.slice(at, 0);
        const auto together = aggregate(cube, at, 0, units);
        REQUIRE(together.value);
        CHECK(together.units == 3);
        CHECK(together.mean == (how == "eb-index")); // and so it is said to be
        const double* v = slice.value.data();
        if (how == "eb-index") {
            CHECK(*together.value == Approx((v[0] + v[1] + v[3]) / 3));
            continue;
        }
        CHECK(*together.value == Approx((100 * v[0] + 1000 * v[1] + 100 * v[3]) / 1200));
        if (how == "excess") // cases over cases expected at the rate of the whole
            CHECK(*together.value == Approx(64 / (1200 * cases / people)));
        else // as they stand 120 per 1,000, drawn down to the others
            CHECK(*aggregate(cube, at, 0, small).value < 115);
        CHECK(*aggregate(cube, *cube.find("c_rate"), 0, small).value == Approx(120));
        // The years of a chart and the row of a table say the same.
        CHECK(series(*smooth, at, units).front() == *together.value);
        CHECK(group_text(*smooth, {TableColumn::Kind::Value, at}, 0, units, 0, *language) ==
              language->number(*together.value, smooth->decimals[at]));
        // Whoever has no rate takes no part.
        auto gap = std::make_shared<data::IndicatorCube>(cube);
        gap->set(at, 0, 1, 0, data::Cell::Missing);
        CHECK(aggregate(*gap, at, 0, units).units == 2);
        CHECK(*aggregate(*gap, at, 0, units).value == Approx(*aggregate(cube, at, 0, small).value));
    }
}

TEST_CASE("public maps of smoothed rates do not depend on masked counts") {
    // Unit 3 has 2 or 8 cases: both masked.
    const auto with_secret = [](double secret) {
        auto cube = std::make_shared<data::IndicatorCube>(*province().dataset->cube);
        const auto at = *cube->find("DR01"), period = *cube->find(data::Period{2015, 0});
        cube->set(at, period, 3, secret);
        auto out = std::make_shared<Dataset>(*province().dataset);
        out->cube = std::move(cube);
        return std::shared_ptr<const Dataset>(out);
    };
    const auto language = Language::load("en");
    base::JobContext ctx;
    for (const auto kind :
         {RateKind::ExcessRisk, RateKind::EmpiricalBayes, RateKind::SpatialBayes}) {
        const auto id = smoothed_id(rate_id(), kind);
        const auto told = [&](double secret, Classification classification) {
            ClassesRequest request{.map = {.indicator = id, .period = {2015, 0}}};
            request.classification = classification;
            const auto report = run(request, with_secret(secret), *language, ctx);
            const auto& cube = *report.shown->cube;
            const auto slice = cube.slice(*cube.find(id), *cube.find(data::Period{2015, 0}));
            std::vector<double> out;
            for (std::size_t u = 0; u < slice.size(); ++u)
                out.push_back(slice.has(u) ? slice.value[u] : -1);
            return out;
        };
        const auto open = told(2, Classification::Public);
        CHECK(open == told(8, Classification::Public));
        CHECK(open[3] == -1);
        CHECK(told(2, Classification::Internal) != told(8, Classification::Internal));
        const auto drawn = [&](double secret) {
            MapRequest request{.map = {.indicator = id, .period = {2015, 0}}};
            request.out = province().folder / "smooth.svg";
            run(request, *with_secret(secret), *language, ctx);
            std::ifstream in(request.out, std::ios::binary);
            return std::string(std::istreambuf_iterator<char>(in), {});
        };
        CHECK((drawn(2) == drawn(8)));
    }
}
