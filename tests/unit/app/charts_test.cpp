// The numbers behind charts, subtotals and the change map, against cases worked by hand and R.
#include "app/aggregate.hpp"
#include "app/change.hpp"
#include "app/chart_data.hpp"
#include "app/commands/chart.hpp"
#include "app/held_period.hpp"
#include "app/table_view.hpp"
#include "app/together.hpp"
#include "app/where_filter.hpp"
#include "base/text.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;

namespace {

base::JobContext unhurried;

const app::Language& english() {
    static const auto language = app::Language::load("en");
    return *language;
}

// Four communes in two districts over two years: people, cases, a rate and a status.
app::Dataset small() {
    app::Dataset out;
    auto vintage = std::make_shared<data::Vintage>();
    vintage->units.code = {"01", "02", "03", "04"};
    vintage->units.name = {"Xã Tân Thạnh", "Phường 1", "Xã Đông", "Xã Ân"};
    const auto district = static_cast<std::size_t>(data::Level::District);
    vintage->units.groups[district] = {{"d2", "Huyện Ứng"}, {"d1", "Huyện An"}};
    vintage->units.parent[district] = {0, 0, 1, 1};
    vintage->coverage = test::coverage_from("ABCD", 4).coverage;
    out.vintage = vintage;
    data::Indicator people{.id = "people", .kind = data::Kind::Count, .name_en = "People"};
    data::Indicator cases{.id = "cases", .kind = data::Kind::Count, .name_en = "Cases"};
    data::Indicator status{.id = "status", .kind = data::Kind::Category, .name_en = "Status"};
    status.categories = {"none", "present", "hot", "unknown"};
    auto cube = std::make_shared<data::IndicatorCube>(
        "", std::vector{people, cases, status}, std::vector<data::Period>{{2014, 0}, {2015, 0}}, 4);
    const double counts[2][2][4] = {{{1000, 3000, 500, 500}, {1000, 3000, 500, 500}},
                                    {{1, 3, 0, 5}, {2, 3, 4, 0}}};
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t p = 0; p < 2; ++p)
            for (std::size_t u = 0; u < 4; ++u) cube->set(i, p, u, counts[i][p][u]);
    cube->set(1, 1, 3, 0, data::Cell::Missing);
    const double statuses[2][4] = {{0, 2, 1, 2}, {1, 0, 1, 2}};
    for (std::size_t p = 0; p < 2; ++p)
        for (std::size_t u = 0; u < 4; ++u) cube->set(2, p, u, statuses[p][u]);
    cube->set(2, 1, 3, 0, data::Cell::Missing);
    data::Indicator rate{.id = "rate", .kind = data::Kind::Ratio, .name_en = "Rate"};
    rate.numerator = "cases";
    rate.denominator = "people";
    rate.scale = 1000;
    cube->add_ratio(rate);
    out.cube = cube;
    out.decimals = {0, 0, 0, 2};
    for (const auto& name : vintage->units.name) out.search_keys.push_back(base::search_key(name));
    out.sort_keys = base::sort_keys(vintage->units.name);
    return out;
}

std::string shown(const app::Dataset& dataset, const app::TableQuery& query,
                  const app::Faces& selection = {}) {
    std::string out;
    for (const auto& row : app::table_rows(dataset, query, selection, english()).rows)
        out += row.group ? "[" + std::to_string(row.index) + "]" : std::to_string(row.index + 1);
    return out;
}

constexpr app::TableColumn kName{app::TableColumn::Kind::Name, 0};
constexpr app::TableColumn kDistrict{app::TableColumn::Kind::District, 0};
constexpr app::TableColumn value_column(std::size_t i) {
    return {app::TableColumn::Kind::Value, i};
}

} // namespace

TEST_CASE("groups: counts are summed, ratios recomputed, missing units take no part") {
    const auto data = small();
    const geo::FaceId first[] = {0, 1}, all[] = {0, 1, 2, 3};
    CHECK(app::aggregate(*data.cube, 0, 0, first).value == 4000.0);
    // (1 + 3) / (1000 + 3000) * 1000, not the mean of 1 and 1; and over all: 9 / 5000 * 1000
    CHECK(app::aggregate(*data.cube, 3, 0, first).value == Approx(1.0));
    CHECK(app::aggregate(*data.cube, 3, 0, all).value == Approx(1.8));
    // In 2015 the fourth has no cases: its people do not dilute the rate. 9 / 4500 * 1000
    const auto together = app::aggregate(*data.cube, 3, 1, all);
    CHECK(together.value == Approx(2.0));
    CHECK(together.units == 3);
    CHECK_FALSE(app::aggregate(*data.cube, 2, 0, all).value);
    CHECK(app::tally(*data.cube, 2, 1, all) == std::vector<std::size_t>{1, 2, 0, 0, 1});
    const geo::FaceId last[] = {3};
    CHECK_FALSE(app::aggregate(*data.cube, 1, 1, last).value);
}

TEST_CASE("groups of values near the largest number: no infinity, and what can be told is told") {
    const geo::FaceId first[] = {0, 1}, one[] = {0};
    constexpr double kHuge = 1e308;
    data::Indicator amount{.id = "amount", .kind = data::Kind::Count},
        level{.id = "level", .kind = data::Kind::Intensity};
    auto dataset = small();
    auto cube = std::make_shared<data::IndicatorCube>("", std::vector{amount, level},
                                                      std::vector<data::Period>{{2015, 0}}, 4);
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t u = 0; u < 4; ++u) cube->set(i, 0, u, u == 0 ? kHuge : 1.5 * kHuge);
    data::Indicator rate{.id = "rate", .kind = data::Kind::Ratio};
    rate.numerator = "amount";
    rate.denominator = "level";
    rate.scale = 1000;
    cube->add_ratio(rate);
    const auto sum = app::aggregate(*cube, 0, 0, first);
    CHECK_FALSE(sum.value);
    CHECK(sum.too_large);
    CHECK(sum.units == 2);
    CHECK(app::aggregate(*cube, 0, 0, one).value == kHuge);
    const auto mean = app::aggregate(*cube, 1, 0, first);
    REQUIRE(mean.value);
    CHECK(*mean.value / kHuge == Approx(1.25));
    CHECK_FALSE(mean.too_large);
    const auto ratio = app::aggregate(*cube, 2, 0, first);
    REQUIRE(ratio.value);
    CHECK(*ratio.value == Approx(1000));
    CHECK(app::in_a_file(kHuge) == kHuge);
    CHECK(app::in_a_file(2.0 / 3) == 0.666667);
    dataset.cube = cube;
    dataset.decimals = {0, 0, 0};
    CHECK(app::together(dataset, 0, 0, first, english()).text ==
          english().text("together.too_large"));
}

TEST_CASE("around the chosen lie their district, and their province where there are several") {
    auto data = small();
    auto units = data.vintage->units;
    const app::Faces all{0, 1, 2, 3};
    const auto names = [&](const app::Faces& chosen) {
        std::string out;
        for (const auto& around : app::areas_around(units, chosen, all))
            out += around.name + ":" + std::to_string(around.units.size()) + " ";
        return out;
    };
    CHECK(names({}) == "");
    CHECK(names({0, 1}) == "Huyện Ứng:2 ");
    CHECK(names({0, 2}) == "");
    const auto province = static_cast<std::size_t>(data::Level::Province);
    units.groups[province] = {{"89", "Tỉnh A"}};
    units.parent[province] = {0, 0, 0, 0};
    CHECK(names({3}) == "Huyện An:2 "); // the only province is everything
    units.groups[province].push_back({"94", "Tỉnh B"});
    units.parent[province] = {0, 0, 0, 1};
    CHECK(names({0}) == "Tỉnh A:3 Huyện Ứng:2 ");
    CHECK(names({0, 2}) == "Tỉnh A:3 ");
    // What is written has the lines that the window shows.
    app::ChartRequest request;
    request.map.indicator = "cases";
    request.kind = app::ChartKind::Series;
    request.select = {"01"};
    request.classification = app::Classification::Internal;
    const auto written =
        app::chart(request, std::make_shared<const app::Dataset>(data), english(), unhurried);
    REQUIRE(written.page.lines.size() == 3);
    CHECK(written.page.lines[1].name == "Huyện Ứng");
    CHECK(written.csv.find("Huyện Ứng,2015,5") != std::string::npos);
}

TEST_CASE("series: a rate over time, and the share of hot units") {
    const auto data = small();
    const geo::FaceId all[] = {0, 1, 2, 3};
    const auto rates = app::series(data, 3, all);
    REQUIRE(rates.size() == 2);
    CHECK(*rates[0] == Approx(1.8));
    const auto hot = app::series(data, 2, all);
    CHECK(*hot[0] == Approx(50));
    CHECK(*hot[1] == Approx(0));
}

TEST_CASE("bins: whole numbers do not share one until there are many, others are parted evenly") {
    const auto counts_of = [](const std::vector<double>& values, std::size_t most) {
        const auto bins = app::bins_for(values, most);
        std::vector<std::size_t> out(bins.count);
        for (const double v : values) ++out[bins.of(v)];
        return out;
    };
    using Counts = std::vector<std::size_t>;
    // 0 and 1 apart: [0, 1), [1, 2), ... one number each, up to twice as many as asked for.
    CHECK(counts_of({0, 0, 1, 3}, 2) == Counts{2, 1, 0, 1});
    // 0 to 10 in at most five bins: three numbers each.
    CHECK(counts_of({0, 1, 2, 3, 4, 5, 6, 7, 8, 10}, 5) == Counts{3, 3, 3, 1});
    const auto wide = app::bins_for(std::vector<double>{0, 10}, 5);
    CHECK(wide.width == 3);
    CHECK(wide.from(1) == 3);
    CHECK(wide.high() == 12);
    // Not whole: five parts of [0, 2.5]; the largest value is in the last one.
    CHECK(counts_of({0, 0.4, 0.5, 1.2, 2.4, 2.5}, 5) == Counts{2, 1, 1, 0, 2});
    CHECK(app::bins_for(std::vector<double>{0, 2.5}, 5).width == Approx(0.5));
    // All the same.
    CHECK(counts_of({3, 3}, 4) == Counts{2});
    CHECK(counts_of({0.3, 0.3}, 4) == Counts{2});
    CHECK(app::bins_for({}, 4).count == 0);
    // The whole range is no number, its four parts are.
    CHECK(counts_of({-1.6e308, -1e308, 0.5, 1e308, 1.6e308}, 4) == Counts{2, 0, 1, 2});
    CHECK(app::bins_for(std::vector<double>{-1.6e308, 0.5, 1.6e308}, 4).from(1) ==
          Approx(-0.8e308));
}

TEST_CASE("bars wear the colours of their units, and their axis is that of all years") {
    const auto data = small();
    // Cases: 1, 3, 0, 5 in 2014; 2, 3, 4 and none in 2015.
    const auto pooled = app::pooled_values(*data.cube, 1);
    CHECK(pooled == std::vector<double>{1, 3, 0, 5, 2, 3, 4});
    const auto bins = app::bins_for(pooled, 10);
    REQUIRE(bins.count == 6);
    map::Style style;
    style.entries.resize(3);
    style.entry_of = {1, 1, 0, 2}; // zero, some, no data
    const auto bars = app::stacks(bins, data.cube->slice(1, 1), style);
    REQUIRE(bars.size() == 6);
    using Bar = std::vector<std::size_t>;
    CHECK(bars[0] == Bar{0, 0, 0});
    CHECK(bars[2] == Bar{0, 1, 0});
    CHECK(bars[3] == Bar{0, 1, 0});
    CHECK(bars[4] == Bar{1, 0, 0});
    CHECK(bars[5] == Bar{0, 0, 0}); // the fourth has no value
}

TEST_CASE("the units of each class in every year are those that the legend of that year counts") {
    const auto data = small();
    const auto now = app::styled(data, {.indicator = "status"}, english());
    std::vector<app::StyledMap> maps;
    for (const auto period : data.cube->periods)
        maps.push_back(app::restyled(data, now, period, english()));
    const auto years = app::counts_by_year(maps);
    std::vector<std::string> keys;
    for (const auto& row : years.rows) keys.push_back(row.key);
    REQUIRE(keys == std::vector<std::string>{"is:none", "is:present", "is:hot", "is:unknown"});
    CHECK(years.periods == data.cube->periods);
    using Counts = std::vector<std::size_t>;
    CHECK(years.counts == std::vector<Counts>{{1, 1, 2, 0}, {1, 2, 0, 1}});
    CHECK(years.most() == 4);
    CHECK(app::faces_of_row(maps[0].style, "is:hot") == app::Faces{1, 3});
    CHECK(app::faces_of_row(maps[1].style, "is:hot").empty());
    CHECK(app::faces_of_row(maps[1].style, "is:other").empty());
    // The second district alone: hot and present, then present and unknown.
    CHECK(app::counts_by_year(maps, {2, 3}, *data.vintage).counts ==
          std::vector<Counts>{{0, 1, 1, 0}, {0, 1, 0, 1}});
    // A row that only one year has stands in both.
    auto less = maps;
    std::erase_if(less[0].style.entries, [](const auto& e) { return e.key == "is:unknown"; });
    CHECK(app::counts_by_year(less).counts == years.counts);
    CHECK(app::counts_by_year({}).most() == 1);
}

TEST_CASE("charts of a status: its classes, and its classes by year; others say what to choose") {
    const auto data = std::make_shared<const app::Dataset>(small());
    app::ChartRequest request;
    request.map.indicator = "status";
    request.map.period = {2015, 0};
    request.classification = app::Classification::Internal;
    const auto label = [](const char* status) { return app::category_text(status, english()); };
    const auto bars = app::chart(request, data, english(), unhurried);
    CHECK(bars.csv == "class,label,units\r\nis:none," + label("none") + ",1\r\nis:present," +
                          label("present") + ",2\r\nis:hot," + label("hot") + ",0\r\nis:unknown," +
                          label("unknown") + ",1\r\n");
    CHECK(bars.values == 4);
    CHECK(bars.page.text.subtitle.ends_with(" 2015"));
    REQUIRE(bars.page.bars.size() == 4);
    CHECK(bars.page.bars[1].height == 2);
    CHECK(bars.page.bars[1].colour == bars.map.style.entries[1].colour);
    for (const auto kind : {app::ChartKind::Ranked, app::ChartKind::Series}) {
        request.kind = kind;
        const auto years = app::chart(request, data, english(), unhurried);
        CHECK(years.csv.find("2014,is:hot," + label("hot") + ",2\r\n") != std::string::npos);
        CHECK(years.csv.find("2015,is:hot," + label("hot") + ",0\r\n") != std::string::npos);
        CHECK(std::count(years.csv.begin(), years.csv.end(), '\n') == 1 + 2 * 4);
        CHECK(years.page.names == std::vector<std::string>{"2014", "2015"});
        CHECK(years.page.text.subtitle.ends_with("2014–2015"));
        // One upon the other, the highest first.
        REQUIRE(years.page.bars.size() == 6);
        CHECK(years.page.bars[0].height == 4);
        CHECK(years.page.bars[0].colour == years.page.rows[2].colour); // hot, above two others
        CHECK(years.page.bars[1].height == 2);
        CHECK(years.page.bars[2].height == 1);
        CHECK(years.page.bars[3].from == 1);
    }
    // A selection is compared by its share of hotspots.
    request.select = {"02"};
    CHECK(app::chart(request, data, english(), unhurried).page.lines.size() == 3);
    for (const auto kind : {app::ChartKind::Scatter, app::ChartKind::Boxes}) {
        request.kind = kind;
        CHECK_THROWS_AS(app::chart(request, data, english(), unhurried), base::Error);
    }
}

TEST_CASE("a chart of a query is of the units that meet it, in the classes of all") {
    const auto data = std::make_shared<const app::Dataset>(small());
    base::JobContext ctx(1);
    const auto filter = [&](const std::string& text) {
        return app::where_filter(text, data, nullptr, app::Classification::Internal, english(),
                                 ctx);
    };
    const auto many = filter("value(cases) >= 3");
    app::ChartRequest request;
    request.map.indicator = "cases";
    request.map.period = {2015, 0}; // 2, 3, 4 and nothing
    request.kind = app::ChartKind::Ranked;
    request.classification = app::Classification::Internal;
    const auto ranked = app::chart(request, data, english(), unhurried, many);
    CHECK(ranked.csv == "rank,code,name,value\r\n1,03,Xã Đông,4\r\n2,02,Phường 1,3\r\n");
    CHECK(ranked.values == 2);
    REQUIRE(ranked.only);
    CHECK(*ranked.only == app::Faces{1, 2});
    CHECK(ranked.map.classes.breaks ==
          app::chart(request, data, english(), unhurried).map.classes.breaks);
    REQUIRE_FALSE(ranked.page.facts.empty());
    CHECK(ranked.page.facts.front().find("value(cases) >= 3") != std::string::npos);
    for (const auto& row : ranked.page.rows) CHECK(row.key != "not_in_query");
    // The sum of the two, as an index of 2014: 3 and 0, then 3 and 4.
    request.kind = app::ChartKind::Series;
    const auto series = app::chart(request, data, english(), unhurried, many);
    REQUIRE(series.page.lines.size() == 1);
    CHECK(series.csv.find("2014,3\r\n") != std::string::npos);
    CHECK(series.csv.find("2015,7\r\n") != std::string::npos);
    // The classes of a status are counted of those units alone: one is healthy, one is not.
    request.map.indicator = "status";
    request.kind = app::ChartKind::Histogram;
    const auto label = [](const char* status) { return app::category_text(status, english()); };
    CHECK(app::chart(request, data, english(), unhurried, many).csv ==
          "class,label,units\r\nis:none," + label("none") + ",1\r\nis:present," + label("present") +
              ",1\r\nis:hot," + label("hot") + ",0\r\nis:unknown," + label("unknown") + ",0\r\n");
    // In every year those that meet it then: in 2014 they are 02 and 04.
    request.kind = app::ChartKind::Ranked;
    const auto years = app::chart(request, data, english(), unhurried, many);
    CHECK(years.csv.find("2014,is:hot," + label("hot") + ",2\r\n") != std::string::npos);
    CHECK(years.csv.find("2015,is:hot," + label("hot") + ",0\r\n") != std::string::npos);
    CHECK(years.csv.find("not_in_query") == std::string::npos);
    CHECK_THROWS_AS(app::chart(request, data, english(), unhurried, filter("value(cases) > 99")),
                    base::Error);
}

TEST_CASE("units of one name are told apart by their district, then by their code") {
    auto units = small().vintage->units;
    using Names = std::vector<std::string>;
    CHECK(app::distinct_names(units) == Names{"Xã Tân Thạnh", "Phường 1", "Xã Đông", "Xã Ân"});
    units.name = {"Phường 1", "Phường 2", "Phường 1", ""};
    CHECK(app::distinct_names(units) ==
          Names{"Phường 1, Huyện Ứng", "Phường 2", "Phường 1, Huyện An", "04"});
    units.name = {"Phường 1", "Phường 1", "Phường 1", "Xã Ân"};
    CHECK(app::distinct_names(units) == Names{"Phường 1, Huyện Ứng (01)",
                                              "Phường 1, Huyện Ứng (02)", "Phường 1, Huyện An",
                                              "Xã Ân"});
}

TEST_CASE("regression of the first ten rows of R's cars, worked by hand") {
    const double speed[] = {4, 4, 7, 7, 8, 9, 10, 10, 10, 11};
    const double dist[] = {2, 10, 4, 22, 16, 10, 18, 26, 34, 17};
    const auto line = app::regression(speed, dist);
    REQUIRE(line);
    // By hand: mean 8 and 15.9; Sxx = 56, Sxy = 143, Syy = 876.9
    CHECK(line->slope == Approx(143.0 / 56));
    CHECK(line->intercept == Approx(15.9 - 8 * 143.0 / 56));
    CHECK(line->r == Approx(143 / std::sqrt(56 * 876.9)));
    CHECK_FALSE(app::regression(std::vector<double>{1, 1, 1}, std::vector<double>{1, 2, 3}));
    CHECK_FALSE(app::regression(std::vector<double>{1, 2}, std::vector<double>{1, 2}));
    // The same line through the same points, made so much larger that their squares are no doubles.
    std::vector<double> far, high;
    for (std::size_t i = 0; i < 10; ++i)
        far.push_back(speed[i] * 1e200), high.push_back(dist[i] * 1e200);
    const auto large = app::regression(far, high);
    REQUIRE(large);
    CHECK(large->slope == Approx(143.0 / 56));
    CHECK(large->r == Approx(line->r));
}

TEST_CASE("box: quartiles, whiskers within one and a half boxes, outliers apart") {
    const auto box = app::box_stats({9, 1, 2, 3, 4, 5, 6, 7, 8, 30});
    REQUIRE(box);
    CHECK(box->q1 == Approx(3.25)); // type 7: 1 + 9 * 0.25 places
    CHECK(box->median == Approx(5.5));
    CHECK(box->q3 == Approx(7.75));
    CHECK(box->low == 1);
    CHECK(box->high == 9);
    CHECK(box->outliers == std::vector<double>{30});
    CHECK_FALSE(app::box_stats({}));
    // The box is wider than any number; nothing lies beyond its whiskers.
    const auto wide = app::box_stats({-1.7e308, -1.6e308, 0.5, 1.6e308, 1.7e308});
    REQUIRE(wide);
    CHECK(wide->low == -1.7e308);
    CHECK(wide->high == 1.7e308);
    CHECK(wide->median == 0.5);
    CHECK(wide->outliers.empty());
}

TEST_CASE("table: words without diacritics, limits, empties, districts") {
    const auto data = small();
    CHECK(shown(data, {}) == "1234");
    CHECK(shown(data, {.filters = {{kName, "tan thanh"}}}) == "1");
    CHECK(shown(data, {.filters = {{kName, "xa"}, {value_column(1), ">= 1"}}}) == "14");
    CHECK(shown(data, {.filters = {{value_column(1), "1..3"}}}) == "12");
    CHECK(shown(data, {.filters = {{value_column(3), "<1,5"}}}) == "1234"); // English: no number
    CHECK(shown(data, {.filters = {{value_column(3), "< 1.5"}}}) == "123");
    CHECK(shown(data, {.filters = {{value_column(1), "?"}}, .period = 1}) == "4");
    CHECK(shown(data, {.filters = {{kDistrict, "ung"}}}) == "12");
    CHECK(shown(data, {.filters = {{value_column(2), english().text("category.hot")}}}) == "24");
    CHECK(shown(data, {.selected = true}, {1, 3}) == "24");
    const auto unread =
        app::table_rows(data, {.filters = {{value_column(0), "> many"}}}, {}, english());
    CHECK(unread.units == 4);
    CHECK(unread.unread == std::vector<std::size_t>{0});
}

TEST_CASE("table: sorted by name in Vietnamese order, by value with empties last, and grouped") {
    const auto data = small();
    // Phường < Xã Ân < Xã Đông < Xã Tân: Â after A, Đ after D, before T.
    CHECK(shown(data, {.sort = kName}) == "2431");
    CHECK(shown(data, {.sort = value_column(1), .period = 1}) == "1234");
    CHECK(shown(data, {.sort = value_column(1), .descending = true, .period = 1}) == "3214");
    CHECK(shown(data, {.sort = value_column(1), .descending = true, .grouped = true}) ==
          "[1]43[0]21");
    const auto rows = app::table_rows(data, {.grouped = true}, {}, english());
    CHECK(app::group_text(data, kName, 0, rows.groups[0], 0, english()) == "Huyện Ứng (2)");
    CHECK(app::group_text(data, value_column(0), 0, rows.groups[0], 0, english()) == "4,000");
    CHECK(app::group_text(data, value_column(3), 1, rows.groups[1], 0, english()) == "5.00");
}

TEST_CASE("table as text: a heading, tabs, plain numbers, words for empties") {
    const auto data = small();
    const auto text =
        app::table_text(data, {kName, value_column(0), value_column(1)},
                        app::table_rows(data, {.period = 1}, {}, english()), 1, english());
    CHECK(text == "Commune\tPeople\tCases\n"
                  "Xã Tân Thạnh\t1000\t2\nPhường 1\t3000\t3\nXã Đông\t500\t4\nXã Ân\t500\t" +
                      english().text("legend.no_data") + "\n");
}

TEST_CASE("several communes together: counts add up, rates are made anew, statuses are counted") {
    const auto data = small();
    const std::vector<geo::FaceId> three{0, 1, 3};
    const auto people = app::together(data, 0, 1, three, english());
    CHECK(people.text == "4,500");
    CHECK(people.known == 3);
    // 2 and 3 cases of 4,000 people; the fourth commune reported nothing.
    const auto rate = app::together(data, 3, 1, three, english());
    CHECK(rate.text == "1.25");
    CHECK(rate.known == 2);
    auto what = data.cube->indicators[3];
    what.unit = "‰";
    CHECK(app::with_unit(rate, what, english()) == "1.25 ‰");
    const auto none = app::together(data, 1, 1, std::vector<geo::FaceId>{3}, english());
    CHECK(none.known == 0);
    what.unit = "people";
    CHECK(app::with_unit(none, what, english()) == english().text("legend.no_data"));
    const auto statuses = app::together(data, 2, 0, three, english());
    CHECK(statuses.known == 3);
    CHECK(statuses.text == "1 " + app::category_text("none", english()) + " · 2 " +
                               app::category_text("hot", english()));
}

TEST_CASE("a subtotal has its unit, its rule, and never sums or averages rates") {
    auto data = small();
    auto cube = *data.cube;
    cube.indicators[1].unit = "người"; // cases: 2, 3 | 4 and none in 2015
    cube.indicators[3].unit = "‰";
    cube.set(0, 1, 2, 500, data::Cell::Estimated);
    // The same rate as it stands in a report: nothing to make it anew from.
    data::Indicator bare{.id = "bare", .kind = data::Kind::Ratio, .name_en = "Bare"};
    auto all = cube.indicators;
    all.push_back(bare);
    auto more = std::make_shared<data::IndicatorCube>("", all, cube.periods, 4);
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t p = 0; p < 2; ++p)
            for (std::size_t u = 0; u < 4; ++u)
                more->set(i, p, u, cube.value(i, p, u), cube.state(i, p, u));
    more->set(4, 1, 0, 2.0);
    more->set(4, 1, 1, 1.0);
    data.cube = more;
    data.decimals = {0, 0, 0, 2, 2};
    const auto text = [&](std::size_t column, const app::Faces& units) {
        return app::group_text(data, value_column(column), 0, units, 1, english());
    };
    const auto rule = [&](std::size_t column, const app::Faces& units) {
        return app::group_rule(data, value_column(column), units, 1, english());
    };
    const app::Faces first{0, 1}, second{2, 3};
    CHECK(text(1, first) == "5 " + english().text("unit.người"));
    CHECK(text(1, second) == "4 " + english().text("unit.người")); // of one of two
    CHECK(rule(1, first).find(english().text("table.rule.sum")) == 0);
    CHECK(rule(1, second).find("1 of 2") != std::string::npos);
    // (2 + 3) / (1000 + 3000) * 1000
    CHECK(text(3, first) == "1.25 ‰");
    CHECK(rule(3, first).find("Cases") != std::string::npos);
    CHECK(rule(3, first).find("People") != std::string::npos);
    CHECK(text(4, first) == "–");
    CHECK(rule(4, first).find(english().text("table.rule.none")) == 0);
    CHECK(rule(4, first).find("2 of 2") != std::string::npos);
    CHECK(text(4, second) == english().text("legend.no_data"));
    CHECK_FALSE(app::aggregate(*more, 4, 1, first).value);
    // An estimate among them makes the sum one.
    CHECK(text(0, first) == "4,000");
    CHECK(text(0, second) == "≈ 1,000");
    // Every commune of a district is in one of the statuses; the one without a report is unknown.
    const auto word = [](const char* status) { return app::category_text(status, english()); };
    CHECK(text(2, {0, 1, 2, 3}) ==
          "1 " + word("none") + " · 2 " + word("present") + " · 1 " + word("unknown"));
    CHECK(rule(2, first).find(english().text("table.rule.each")) == 0);
    CHECK(app::group_rule(data, kName, first, 1, english()).empty());
}

TEST_CASE("a value without a year holds in every year") {
    auto data = small();
    const auto& old = *data.cube;
    data::Indicator region{.id = "region", .kind = data::Kind::Intensity, .name_en = "Region"};
    auto cube = std::make_shared<data::IndicatorCube>(
        "", std::vector{old.indicators[1], region},
        std::vector<data::Period>{{}, {2014, 0}, {2015, 0}}, 4);
    for (std::size_t u = 0; u < 4; ++u) {
        cube->set(0, 1, u, old.value(1, 0, u));
        cube->set(1, 0, u, static_cast<double>(u % 2));
    }
    data.cube = cube;
    data.decimals = {0, 0};
    CHECK(app::held_period(*cube, 1, 2) == 0);
    CHECK(app::held_period(*cube, 0, 2) == 2); // nothing was reported: not what another year says
    const auto shown_map =
        app::styled(data, {.indicator = "region", .period = {2015, 0}}, english());
    CHECK(shown_map.legend_title == "Region");
    CHECK(shown_map.period == 2);
    std::size_t with_value = 0;
    for (const auto& entry : shown_map.style.entries)
        if (entry.role != map::LegendEntry::Role::NoData) with_value += entry.count;
    CHECK(with_value == 4);
    CHECK(app::cell_text(data, value_column(1), 1, 2, english()) == "1");
    CHECK(app::cell_text(data, value_column(0), 1, 2, english()) ==
          english().text("legend.no_data"));
    CHECK(shown(data, {.sort = value_column(1), .period = 2}) == "1324");
    CHECK(shown(data, {.filters = {{value_column(1), "> 0"}}, .period = 2}) == "24");
}

TEST_CASE("change of statuses: every unit once, in the map and in the matrix") {
    const auto data = small();
    const auto now = app::styled(data, {.indicator = "status"}, english());
    const auto change = app::change_between(data, now, {2014, 0}, {2015, 0}, english());
    // none -> present: lost; hot -> none: transformed; present -> present: still not healthy;
    // hot -> missing: nothing is known
    CHECK(change.style.entry_of == std::vector<std::uint16_t>{4, 2, 3, 7});
    REQUIRE(change.moves);
    CHECK(change.moves->counts[static_cast<std::size_t>(data::Move::Transformed)] == 1);
    CHECK_NOTHROW(map::check_legend(change.style, 4));
    REQUIRE(change.classes.size() == 4); // three statuses and "no value"
    CHECK(change.matrix[0] == std::vector<std::size_t>{0, 1, 0, 0});
    CHECK(change.matrix[1] == std::vector<std::size_t>{0, 1, 0, 0});
    CHECK(change.matrix[2] == std::vector<std::size_t>{1, 0, 0, 1});
    CHECK(app::faces_of_cell(change, 2, 0) == app::Faces{1});
    CHECK(app::faces_of_cell(change, 2, 3) == app::Faces{3});
}

TEST_CASE("change across a reform: classes that only one period has keep their own row") {
    auto data = small();
    auto cube = *data.cube;
    // 2015 is carried: the first two are estimates, and the last has none.
    cube.set(2, 1, 0, 1, data::Cell::Estimated);
    cube.set(2, 1, 1, 0, data::Cell::Estimated);
    data.cube = std::make_shared<data::IndicatorCube>(cube);
    const auto now = app::styled(data, {.indicator = "status"}, english());
    for (const bool forward : {true, false}) {
        const data::Period from{forward ? 2014 : 2015, 0}, to{forward ? 2015 : 2014, 0};
        const auto change = app::change_between(data, now, from, to, english());
        // What the matrix says of a period is what the legend of that period says.
        for (const bool first : {true, false}) {
            const auto legend = app::restyled(data, now, first ? from : to, english()).style;
            std::size_t empty = 0;
            for (const auto& entry : legend.entries) {
                if (entry.role != map::LegendEntry::Role::Class) {
                    empty += entry.count;
                    continue;
                }
                const auto at = static_cast<std::size_t>(
                    std::find(change.classes.begin(), change.classes.end(), entry.label) -
                    change.classes.begin());
                INFO(entry.label);
                REQUIRE(at + 1 < change.classes.size());
                std::size_t in_matrix = 0;
                for (std::size_t k = 0; k < change.classes.size(); ++k)
                    in_matrix += first ? change.matrix[at][k] : change.matrix[k][at];
                CHECK(in_matrix == entry.count);
            }
            const auto last = change.classes.size() - 1;
            std::size_t in_matrix = 0;
            for (std::size_t k = 0; k <= last; ++k)
                in_matrix += first ? change.matrix[last][k] : change.matrix[k][last];
            CHECK(in_matrix == empty);
        }
        CHECK(app::faces_of_cell(change, change.classes.size() - 1, 0).empty());
    }
}

TEST_CASE("change of numbers: equal steps up and down, no change by itself") {
    const auto data = small();
    const auto now = app::styled(data, {.indicator = "cases"}, english());
    const auto change = app::change_between(data, now, {2014, 0}, {2015, 0}, english());
    // +1, 0, +4, missing
    CHECK(change.style.entry_of[1] == 3);
    CHECK(change.style.entry_of[3] == 7);
    CHECK(change.style.entry_of[0] > 3);
    CHECK(change.style.entry_of[2] > change.style.entry_of[0]);
    CHECK_NOTHROW(map::check_legend(change.style, 4));
    const auto back = app::change_between(data, now, {2015, 0}, {2014, 0}, english());
    for (const std::size_t i : {0U, 2U})
        CHECK(back.style.entry_of[i] + change.style.entry_of[i] == 6); // mirrored about 3
}

TEST_CASE("what nobody declared a count is averaged over its units, and said to be") {
    auto data = small();
    auto cube = *data.cube;
    cube.indicators[0].kind = data::Kind::Intensity; // 1000, 3000 in the first district
    data.cube = std::make_shared<data::IndicatorCube>(cube);
    const geo::FaceId first[] = {0, 1}, one[] = {1};
    CHECK(app::aggregate(cube, 0, 0, first).value == 2000.0);
    CHECK(app::aggregate(cube, 0, 0, first).mean);
    CHECK_FALSE(app::aggregate(cube, 0, 0, one).mean);
    CHECK_FALSE(app::aggregate(*small().cube, 0, 0, first).mean);
    CHECK(app::group_text(data, value_column(0), 0, {0, 1}, 0, english()) == "mean 2,000");
    CHECK(app::group_text(small(), value_column(0), 0, {0, 1}, 0, english()) == "4,000");
}
