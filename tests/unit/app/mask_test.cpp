#include "app/mask.hpp"

#include "app/classified.hpp"
#include "app/commands/classes.hpp"
#include "app/hidden_sum.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace diaban;
using data::Cell;

namespace {

// Units in two districts: 0..3 and 4..6.
std::shared_ptr<const app::Dataset> dataset(const std::vector<double>& counts) {
    auto vintage = std::make_shared<data::Vintage>();
    auto& units = vintage->units;
    const auto district = static_cast<std::size_t>(data::Level::District);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        units.code.push_back("0000" + std::to_string(i));
        units.name.push_back("Xã");
        units.parent[district].push_back(i < 4 ? 0 : 1);
    }
    units.groups[district] = {{"001", "Huyện 1"}, {"002", "Huyện 2"}};
    data::Indicator people{.id = "DR01", .kind = data::Kind::Count, .unit = "người"};
    data::Indicator visits{.id = "IN02", .kind = data::Kind::Count, .unit = "lượt"};
    auto cube = std::make_shared<data::IndicatorCube>(
        "", std::vector{people, visits}, std::vector<data::Period>{{2010, 0}}, counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        cube->set(0, 0, i, counts[i]);
        cube->set(1, 0, i, counts[i]);
    }
    cube->add_ratio({.id = "DR01_rate", .numerator = "DR01", .denominator = "IN02", .scale = 1});
    auto out = std::make_shared<app::Dataset>();
    out->vintage = vintage;
    out->cube = cube;
    return out;
}

std::string states(const app::Dataset& d, std::size_t indicator) {
    std::string out;
    for (std::size_t i = 0; i < d.cube->units(); ++i)
        out += d.cube->state(indicator, 0, i) == Cell::Suppressed ? 'x' : '.';
    return out;
}

} // namespace

TEST_CASE("masking that was stopped leaves nothing half masked behind") {
    const auto all = dataset({3, 0, 12, 40, 9, 1, 10});
    base::JobContext stopped;
    stopped.cancel();
    CHECK_THROWS_AS(app::mask(all, {}, stopped), base::Cancelled);
    CHECK(states(*app::mask(all, {}).dataset, 0) == "x.x.xx.");
}

TEST_CASE("small counts of persons are hidden, and one more where a total would tell") {
    // District 1: 3 hidden, and 12 with it (the smallest other). District 2: two hidden, enough, as
    // each of two that are 10 together can be any number from 1 to 9.
    const auto m = app::mask(dataset({3, 0, 12, 40, 9, 1, 10}), {});
    CHECK(states(*m.dataset, 0) == "x.x.xx.");
    CHECK(m.cells.size() == 4);
    CHECK(std::count_if(m.cells.begin(), m.cells.end(),
                        [](const auto& c) { return c.complementary; }) == 1);
    // Rates built on hidden counts are hidden, other indicators are not.
    CHECK(states(*m.dataset, 2) == "x.x.xx.");
    CHECK(states(*m.dataset, 1) == ".......");
    // Of two that are 7 together neither can be more than 6: another one goes with them.
    CHECK(states(*app::mask(dataset({3, 4, 0, 40, 20, 30, 40}), {}).dataset, 0) == "xx.x...");
}

TEST_CASE("of a masked cell nobody can tell more than its bounds") {
    const auto all = dataset({3, 0, 12, 40, 9, 1, 10});
    const auto bounds = app::bounds_of(app::mask(all, {}), *all->cube, {});
    const auto told = [](const data::IndicatorCube& cube) {
        const auto slice = cube.slice(0, 0);
        return std::vector<double>(slice.value.begin(), slice.value.end());
    };
    constexpr double kAny = std::numeric_limits<double>::infinity();
    CHECK(told(*bounds.least) == std::vector<double>{1, 0, 0, 40, 1, 1, 10});
    CHECK(told(*bounds.most) == std::vector<double>{9, 0, kAny, 40, 9, 9, 10});
    CHECK(bounds.least->slice(0, 0).has(0));
    CHECK(bounds.most->slice(0, 0).has(2));
    // A rate lies between those of the bounds of its parts: here 3 visits.
    CHECK(bounds.least->value(2, 0, 0) == Approx(1.0 / 3));
    CHECK(bounds.most->value(2, 0, 0) == Approx(9.0 / 3));
    CHECK(bounds.most->value(2, 0, 3) == 1);
    // What is missing stays so.
    const auto other = app::bounds_of(app::mask(all, {}), *app::mask(all, {}).dataset->cube, {});
    CHECK_FALSE(other.least->slice(0, 0).has(2));
}

TEST_CASE("the limit itself is shown, zero is shown, and nothing to hide changes nothing") {
    const auto d = dataset({10, 0, 0, 11, 10, 0, 10});
    const auto m = app::mask(d, {});
    CHECK(m.cells.empty());
    CHECK(m.dataset == d);
}

TEST_CASE("a zero is given up only when there is nothing else to hide behind") {
    CHECK(states(*app::mask(dataset({3, 0, 0, 0, 0, 0, 0}), {}).dataset, 0) == "xx.....");
    CHECK(states(*app::mask(dataset({3, 0, 50, 0, 0, 0, 0}), {}).dataset, 0) == "x.x....");
}

TEST_CASE("a district with one commune is not given away by the total of the province") {
    // 12 and 40 of district 1 stay beside the single unit of district 2 only if one more goes; that
    // leaves a single one in district 1, which a second one joins.
    CHECK(states(*app::mask(dataset({30, 0, 12, 40, 9}), {}).dataset, 0) == "x.x.x");
    // Nothing to hide behind: the whole is hidden alone.
    CHECK(states(*app::mask(dataset({9}), {}).dataset, 0) == "x");
}

TEST_CASE("a cell that the data itself hides is not given away by a total either") {
    auto d = *dataset({30, 0, 12, 40, 20, 30, 10});
    auto cube = std::make_shared<data::IndicatorCube>(*d.cube);
    cube->set(0, 0, 4, 0, Cell::Suppressed);
    d.cube = cube;
    const auto m = app::mask(std::make_shared<const app::Dataset>(d), {});
    CHECK(states(*m.dataset, 0) == "....x.x"); // 10, the smallest other of its district
    REQUIRE(m.cells.size() == 1);
    CHECK(m.cells[0].complementary);
}

TEST_CASE("what is left of a total when all that is shown is taken from it gives no cell away") {
    // Two nines are what makes 18: 12 goes with them.
    CHECK(states(*app::mask(dataset({9, 9, 12, 40, 10, 20, 30}), {}).dataset, 0) == "xxx....");
    // 11 is 1 and 10, as nothing that is hidden beside a small count is below 10; 21 is 1 and two.
    CHECK(states(*app::mask(dataset({1, 10, 10, 40, 10, 20, 30}), {}).dataset, 0) == "xxxx...");
    // Beside zeros alone 3 is what everything less the other district leaves: 20 goes, and with it
    // a zero of its district.
    CHECK(states(*app::mask(dataset({3, 0, 0, 0, 0, 0, 20}), {}).dataset, 0) == "xx..x.x");
    // What a report withholds is in no total of communes, so 3 cannot hide behind it.
    auto d = *dataset({30, 3, 12, 40, 20, 30, 20});
    auto cube = std::make_shared<data::IndicatorCube>(*d.cube);
    cube->set(0, 0, 0, 0, Cell::Suppressed);
    d.cube = cube;
    CHECK(states(*app::mask(std::make_shared<const app::Dataset>(d), {}).dataset, 0) == "xxx....");
}

TEST_CASE("a hidden sum tells what lies between its bounds") {
    const auto tells = [](const std::vector<double>& hidden, const std::vector<double>& shown) {
        app::HiddenSum sum(10);
        for (const auto value : hidden) sum.hide(value);
        for (const auto value : shown) sum.show(value);
        return sum.gives_away();
    };
    CHECK_FALSE(tells({}, {5}));
    CHECK(tells({7}, {}));
    CHECK(tells({7, 0}, {0, 20}));
    CHECK(tells({1, 1, 1}, {}));
    // Of 3 neither is 9, of 17 neither is below 8: the sum alone says that much.
    CHECK(tells({1, 2}, {}));
    CHECK_FALSE(tells({5, 5}, {12}));
    CHECK_FALSE(tells({4, 5, 6}, {}));
    CHECK_FALSE(tells({1, 2, 20}, {}));
    CHECK(tells({9, 9}, {12}));
    CHECK(tells({8, 9}, {12}));
    CHECK_FALSE(tells({8, 9, 12}, {12}));
    CHECK(tells({1, 10}, {}));
    CHECK_FALSE(tells({2, 10}, {}));
    // 19 is 9 and 10 where nothing above 10 was left to take, and anything else where 15 was.
    CHECK(tells({9, 10}, {10}));
    CHECK_FALSE(tells({9, 10}, {15}));
    CHECK_FALSE(tells({9, 30}, {15})); // 30 was hidden for something else
    CHECK_FALSE(tells({12, 40}, {}));  // no small count
}

TEST_CASE("parts that a report states of an area do not give a small rest away") {
    files::StoreList list;
    const auto state = [&](const char* indicator, const char* code, const char* part,
                           double value) {
        files::StoredArea area;
        area.level = "district", area.code = code, area.indicator = indicator;
        area.part = part, area.period = {2012, 0}, area.value = value;
        list.areas.push_back(area);
    };
    state("DR01", "001", "", 40), state("DR01", "001", "women", 33); // seven are men
    state("DR01", "002", "", 50), state("DR01", "002", "women", 20),
        state("DR01", "002", "men", 30);
    state("DR01", "003", "", 18), state("DR01", "003", "women", 9), state("DR01", "003", "men", 9);
    state("DR01", "004", "", 60), state("DR01", "004", "a", 4), state("DR01", "004", "b", 20),
        state("DR01", "004", "c", 36);
    state("IN01", "001", "", 9), state("IN01", "001", "by the province", 4);
    std::string shown;
    for (const auto& area : app::published(list, app::Classification::Public).areas)
        shown += area.state == Cell::Suppressed ? 'x' : '.';
    CHECK(shown == ".x"
                   "..."
                   "xxx"
                   ".xx."
                   "..");
    for (const auto& area : app::published(list, app::Classification::Internal).areas)
        CHECK(area.state == Cell::Observed);
}

TEST_CASE("parts of a commune leave ten of it at least, as its own number stands elsewhere") {
    files::StoreList list;
    const auto state = [&](const char* code, const char* part, double value, double counted) {
        files::StoredArea area;
        area.level = "commune", area.code = code, area.indicator = "DR01";
        area.part = part, area.period = {2012, 0}, area.value = value;
        area.counted = counted;
        list.areas.push_back(area);
    };
    state("00001", "women", 33, 40); // seven are men
    // All of it: the second would tell the whole, where that is hidden beside another commune.
    state("00002", "women", 20, 40), state("00002", "men", 20, 40);
    state("00003", "women", 15, 60), state("00003", "single", 30, 60);
    state("00004", "women", 0, 40), state("00004", "men", 30, 40);
    state("00005", "women", 12, 12);
    std::string shown;
    for (const auto& area : app::published(list, app::Classification::Public).areas)
        shown += area.state == Cell::Suppressed ? 'x' : '.';
    CHECK(shown == "x"
                   ".x"
                   ".."
                   ".."
                   "x");
    for (const auto& area : app::published(list, app::Classification::Internal).areas)
        CHECK(area.state == Cell::Observed);
}

TEST_CASE("numbers that add up with a hidden one do not give it away") {
    // Four communes of one district. In centres: 3 is hidden, and 20 with it; then whoever knows
    // all people with a file and those in the community would know both.
    auto d = *dataset({30, 40, 50, 60});
    std::vector<data::Indicator> people;
    for (const char* id : {"DR01", "DR02", "DR03"})
        people.push_back({.id = id, .kind = data::Kind::Count, .unit = "người"});
    auto cube =
        std::make_shared<data::IndicatorCube>("", people, std::vector<data::Period>{{2010, 0}}, 4);
    const double values[3][4] = {{30, 40, 50, 60}, {3, 20, 25, 30}, {27, 20, 25, 30}};
    for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t i = 0; i < 4; ++i) cube->set(k, 0, i, values[k][i]);
    d.cube = cube;
    const auto m = app::mask(std::make_shared<const app::Dataset>(d), {});
    CHECK(states(*m.dataset, 0) == "....");
    CHECK(states(*m.dataset, 1) == "xx..");
    CHECK(states(*m.dataset, 2) == "xx..");
    CHECK(m.cells.size() == 4);
    // Where one of the three is missing nothing can be subtracted.
    auto gap = std::make_shared<data::IndicatorCube>(*cube);
    gap->set(2, 0, 0, 0, Cell::Missing);
    d.cube = gap;
    CHECK(states(*app::mask(std::make_shared<const app::Dataset>(d), {}).dataset, 2) == ".xx.");
}

TEST_CASE("the halves of a year do not give each other away, unless they are of a day") {
    const auto masked = [](const char* id) {
        auto d = *dataset({25, 60, 70, 80});
        const data::Indicator people{.id = id, .kind = data::Kind::Count, .unit = "người"};
        auto cube = std::make_shared<data::IndicatorCube>(
            "", std::vector{people}, std::vector<data::Period>{{2010, 0}, {2010, 1}, {2010, 2}}, 4);
        const double values[3][4] = {{25, 60, 70, 80}, {5, 30, 30, 40}, {20, 30, 40, 40}};
        for (std::size_t p = 0; p < 3; ++p)
            for (std::size_t i = 0; i < 4; ++i) cube->set(0, p, i, values[p][i]);
        d.cube = cube;
        const auto m = app::mask(std::make_shared<const app::Dataset>(d), {});
        std::string out;
        for (std::size_t p = 0; p < 3; ++p) {
            for (std::size_t i = 0; i < 4; ++i)
                out += m.dataset->cube->state(0, p, i) == Cell::Suppressed ? 'x' : '.';
            out += ' ';
        }
        return out;
    };
    CHECK(masked("DR04") == ".... xx.. xx.. "); // admissions add up over the year
    CHECK(masked("DR01") == ".... xx.. .... "); // people with a file on a day do not
}

TEST_CASE("k is configurable") {
    CHECK(states(*app::mask(dataset({4, 5, 6, 7, 20, 20, 20}), {.k = 5}).dataset, 0) == "xx.....");
}

TEST_CASE("counts of persons are known by usual words; rates and the population are not hidden") {
    const auto persons = [](const char* name) {
        return app::counts_persons({.id = name, .kind = data::Kind::Count});
    };
    CHECK(persons("so_doi_tuong"));
    CHECK(persons("so_nghien"));
    CHECK_FALSE(persons("dan_so"));
    CHECK_FALSE(persons("population"));
    CHECK_FALSE(persons("so_vu"));
    CHECK_FALSE(app::counts_persons({.id = "ty_le_nghien", .kind = data::Kind::Intensity}));
    CHECK_FALSE(app::counts_persons(
        {.id = "dan_so", .kind = data::Kind::Count, .name_vi = "Dân số", .unit = "người"}));
}

TEST_CASE("no class of a public legend ends at, or names, a value that is hidden") {
    auto d = *dataset({3, 0, 12, 40, 9, 1, 30});
    d.decimals = {0, 0, 2};
    const auto all = std::make_shared<const app::Dataset>(d);
    const auto en = app::Language::load("en");
    base::JobContext ctx;
    using map::Method;
    for (const auto method : {Method::Quantile, Method::Equal, Method::Natural, Method::Unique,
                              Method::StandardDeviation, Method::Box}) {
        const app::ClassesRequest request{.map = {.indicator = "DR01", .method = method, .k = 3}};
        const auto open = app::run(request, all, *en, ctx);
        // The true values but for the two that are hidden with them, 0 and 40, changed: the public
        // legend must be the same.
        auto other = *dataset({7, 0, 12, 40, 4, 6, 30});
        other.decimals = d.decimals;
        const auto same = app::run(request, std::make_shared<const app::Dataset>(other), *en, ctx);
        CHECK(open.map.classes.breaks == same.map.classes.breaks);
        CHECK(app::to_json(open, *en) == app::to_json(same, *en));
        for (const double b : open.map.classes.breaks)
            CHECK((b <= 0 || b >= 10 || method == Method::StandardDeviation ||
                   method == Method::Box || method == Method::Equal));
    }
}
