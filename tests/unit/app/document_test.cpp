// The document and the verbs on a small sample province: what window and command line share.
#include "app/commands/check.hpp"
#include "app/commands/classes.hpp"
#include "app/commands/map.hpp"
#include "app/commands/query.hpp"
#include "app/commands/weights.hpp"
#include "app/commands/where.hpp"
#include "app/document.hpp"
#include "app/sample.hpp"
#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <numeric>
#include <thread>

using namespace diaban;

namespace {

struct Province {
    test::TempFolder folder;
    base::JobContext ctx;
    app::SampleFiles files =
        app::write_sample(app::make_sample({.communes = 30}, ctx), folder.path(), ctx);
    app::Settings settings;
    app::Document document{settings};

    void finish() {
        for (int i = 0; i < 20000 && document.loading(); ++i) {
            document.jobs().poll(document);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        REQUIRE_FALSE(document.loading());
    }
};

std::size_t total(const map::Style& style) {
    return std::accumulate(style.entries.begin(), style.entries.end(), std::size_t{0},
                           [](std::size_t sum, const auto& e) { return sum + e.count; });
}

} // namespace

TEST_CASE("a query narrows the map of a document, and an undo shows all units again") {
    Province p;
    p.document.open_project(p.files.project);
    p.finish();
    auto next = p.document.project();
    next.map.where = "status = hot";
    p.document.edit(next, "edit.where");
    // The answer is found in the background.
    for (int i = 0; i < 20000 && !p.document.styled()->where; ++i) {
        p.document.jobs().poll(p.document);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const auto* styled = p.document.styled();
    REQUIRE(styled->where);
    const auto units = p.document.dataset()->vintage->units.size();
    CHECK(total(styled->style) == units);
    const auto answer = app::run(app::QueryRequest{.text = "status = hot",
                                                   .period = styled->choice.period,
                                                   .classification = app::Classification::Internal},
                                 p.document.dataset(), {}, *app::Language::load("en"), p.ctx);
    REQUIRE_FALSE(answer.units.yes.empty());
    std::size_t aside = 0;
    for (const auto& entry : styled->style.entries)
        if (entry.key == "not_in_query" || entry.key == "query_unknown") aside += entry.count;
    CHECK(aside == units - answer.units.yes.size());
    // The page is of the same units.
    app::MapRequest request{.map = styled->choice};
    request.out = p.folder / "loc.svg";
    request.classification = app::Classification::Internal;
    const auto report = app::run(request, *p.document.dataset(), *app::Language::load("vi"), p.ctx);
    CHECK(total(report.map.style) == units);
    REQUIRE(report.map.where);
    CHECK(report.map.style.entry_of == styled->style.entry_of);
    p.document.undo();
    CHECK_FALSE(p.document.styled()->where);
    CHECK(p.document.problems().empty());
}

TEST_CASE("a project opens on its year; stepping through years keeps colours and counts") {
    Province p;
    p.document.open_project(p.files.project);
    p.finish();
    REQUIRE(p.document.dataset());
    CHECK(p.document.dataset()->sample);
    const auto* styled = p.document.styled();
    REQUIRE(styled);
    CHECK(styled->choice.period == data::Period{2015, 0});
    const auto units = p.document.dataset()->vintage->units.size();
    CHECK(total(styled->style) == units);

    auto next = p.document.project();
    next.map.indicator = "DR01_rate";
    p.document.edit(next, "edit.indicator");
    const auto breaks = p.document.styled()->classes.breaks;
    REQUIRE(breaks.size() > 2);
    for (int i = 0; i < 3; ++i) {
        p.document.step_period(-1);
        CHECK(p.document.styled()->classes.breaks == breaks);
        CHECK(total(p.document.styled()->style) == units);
    }
    CHECK(p.document.styled()->choice.period == data::Period{2012, 0});
    p.document.step_period(-100);
    CHECK(p.document.styled()->choice.period == data::Period{2012, 0});
    // Three steps were one drag: one undo, and the indicator another.
    p.document.undo();
    CHECK(p.document.project().map.period == data::Period{2015, 0});
    p.document.undo();
    CHECK(p.document.styled()->choice.indicator == "ST01");
    CHECK(p.document.problems().empty());
}

TEST_CASE("an indicator that is not there is a problem, and the map falls back to one that is") {
    Province p;
    p.document.open_project(p.files.project);
    p.finish();
    auto next = p.document.project();
    next.map.indicator = "NOTHING";
    p.document.edit(next, "edit.indicator");
    const auto* styled = p.document.styled();
    REQUIRE(styled);
    CHECK(styled->choice.indicator == "ST01");
    REQUIRE(p.document.problems().size() == 1);
    CHECK(p.document.problems()[0].message.key == "error.indicator.unknown");
    p.document.styled();
    CHECK(p.document.problems().size() == 1);
}

TEST_CASE("files are opened by what they are") {
    Province p;
    p.document.open_any(p.files.boundaries);
    p.finish();
    CHECK(p.document.project().data.boundaries == p.files.boundaries);
    p.document.open_any(p.files.store);
    p.finish();
    CHECK(p.document.project().data.store == p.files.store);
    CHECK(p.document.dataset()->vintages == std::vector<std::string>{"2009", "2025"});
    // Another vintage of the same store has other units.
    const auto before = p.document.dataset()->vintage->units.size();
    auto next = p.document.project();
    next.data.vintage = "2025";
    p.document.edit(next, "edit.vintage");
    p.finish();
    CHECK(p.document.dataset()->vintage->units.size() < before);
    base::write_file(p.folder / "t.csv", "code,v\n000001,5\n");
    app::Settings other_settings;
    app::Document other(other_settings);
    CHECK_THROWS_AS(other.open_any(p.folder / "t.csv"), base::Error);
}

TEST_CASE("the selection is sorted, toggles, and survives only as long as its units") {
    Province p;
    p.document.open_project(p.files.project);
    p.finish();
    p.document.select({5, 2, 5, 9});
    CHECK(p.document.selection() == std::vector<geo::FaceId>{2, 5, 9});
    p.document.toggle(5);
    p.document.toggle(1);
    CHECK(p.document.selection() == std::vector<geo::FaceId>{1, 2, 9});
}

TEST_CASE("saving and opening again gives the same project") {
    Province p;
    p.document.open_project(p.files.project);
    p.finish();
    auto next = p.document.project();
    next.map.k = 7;
    p.document.edit(next, "edit.k");
    CHECK(p.document.history().unsaved());
    p.document.save(p.folder / "mine.diaban");
    CHECK_FALSE(p.document.history().unsaved());
    CHECK(app::load_project(p.folder / "mine.diaban") == p.document.project());
    CHECK(p.settings.recent.front() == (p.folder / "mine.diaban").string());
}

TEST_CASE("the map's legend, the classes and the picture's report agree") {
    Province p;
    const auto vi = app::Language::load("vi");
    const auto dataset = app::load({.store = p.files.store}, app::Need::Everything, p.ctx);
    app::MapRequest request{.data = {.store = p.files.store},
                            .map = {.indicator = "population", .period = {2012, 0}, .k = 4},
                            .page = {.size = "900x600px"},
                            .out = p.folder / "m.png"};
    const auto report = app::run(request, *dataset, *vi, p.ctx);
    CHECK(total(report.map.style) == dataset->vintage->units.size());
    const auto json = nlohmann::json::parse(to_json(report, *vi));
    std::size_t counted = 0;
    for (const auto& entry : json["legend"]) counted += entry["count"].get<std::size_t>();
    CHECK(counted == dataset->vintage->units.size());
    const auto classes =
        app::run(app::ClassesRequest{request.data, request.map}, dataset, *vi, p.ctx);
    CHECK(classes.map.style.entry_of == report.map.style.entry_of);
    CHECK(std::filesystem::file_size(p.folder / "m.png") > 1000);
}

TEST_CASE("public maps hide small counts and list them; internal ones show them") {
    Province p;
    const auto en = app::Language::load("en");
    const auto dataset = app::load({.store = p.files.store}, app::Need::Everything, p.ctx);
    app::MapRequest request{.data = {.store = p.files.store},
                            .map = {.indicator = "DR01", .period = {2010, 0}},
                            .page = {.size = "900x600px"},
                            .out = p.folder / "m.png"};
    const auto shown = app::run(request, *dataset, *en, p.ctx);
    REQUIRE(shown.masked > 0);
    CHECK(std::filesystem::exists(p.folder / "m.png.masked.csv"));
    // No unit with a count from 1 to 9 is drawn in a class.
    const auto slice = dataset->cube->slice(*dataset->cube->find("DR01"),
                                            *dataset->cube->find(data::Period{2010, 0}));
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (slice.has(i) && slice.value[i] >= 1 && slice.value[i] <= 9)
            CHECK(shown.map.style.entries[shown.map.style.entry_of[i]].role ==
                  map::LegendEntry::Role::Suppressed);
    request.classification = app::Classification::Internal;
    request.out = p.folder / "i.png";
    CHECK(app::run(request, *dataset, *en, p.ctx).masked == 0);
    CHECK_FALSE(std::filesystem::exists(p.folder / "i.png.masked.csv"));
}

TEST_CASE("several years give several files with the same classes") {
    Province p;
    const auto vi = app::Language::load("vi");
    const auto dataset = app::load({.store = p.files.store}, app::Need::Everything, p.ctx);
    app::MapRequest request{.map = {.indicator = "population"},
                            .years = {{2010, 0}, {2012, 0}},
                            .page = {.size = "900x600px"},
                            .out = p.folder / "a_{year}.svg"};
    const auto report = app::run(request, *dataset, *vi, p.ctx);
    CHECK(report.files ==
          std::vector<std::filesystem::path>{p.folder / "a_2010.svg", p.folder / "a_2012.svg"});
    request.out = p.folder / "b.pdf";
    CHECK(app::run(request, *dataset, *vi, p.ctx).files.back() == p.folder / "b_2012.pdf");
    request.out = p.folder / "{year}_{year}.pdf";
    CHECK(app::run(request, *dataset, *vi, p.ctx).files.front() == p.folder / "2010_2010.pdf");
    request.years = {{1999, 0}};
    CHECK_THROWS_AS(app::run(request, *dataset, *vi, p.ctx), base::Error);
}

TEST_CASE("where finds the unit whose label point it is given, in either CRS") {
    Province p;
    const auto vi = app::Language::load("vi");
    const auto dataset = app::load({.store = p.files.store}, app::Need::Everything, p.ctx);
    const auto& coverage = *dataset->vintage->coverage;
    for (std::size_t i = 0; i < coverage.face_count(); i += 7) {
        auto at = coverage.faces()[i].label_at;
        app::WhereRequest request{.x = at.x, .y = at.y, .point_crs = coverage.crs().definition()};
        CHECK(app::run(request, dataset, *vi, p.ctx).unit == i);
        geo::transform(std::span(&at, 1), coverage.crs(), geo::Crs::wgs84());
        request = {.x = at.x, .y = at.y};
        CHECK(app::run(request, dataset, *vi, p.ctx).code == dataset->vintage->units.code[i]);
    }
    CHECK_FALSE(app::run(app::WhereRequest{.x = 0, .y = 0}, dataset, *vi, p.ctx).unit);
}

TEST_CASE("where answers for the year asked, with the same keys in every language") {
    Province p;
    const auto dataset = app::load({.store = p.files.store}, app::Need::Everything, p.ctx);
    const auto& cube = *dataset->cube;
    const auto& coverage = *dataset->vintage->coverage;
    const auto at = coverage.faces()[3].label_at;
    app::WhereRequest request{.x = at.x, .y = at.y, .point_crs = coverage.crs().definition()};
    request.classification = app::Classification::Internal;
    const auto first = cube.periods.front();
    request.period = first;
    const auto en = app::Language::load("en"), vi = app::Language::load("vi");
    const auto report = app::run(request, dataset, *en, p.ctx);
    REQUIRE(report.values.size() == cube.indicators.size());
    for (std::size_t i = 0; i < report.values.size(); ++i) {
        const auto& v = report.values[i];
        CHECK(v.indicator == cube.indicators[i].id);
        CHECK(v.period == first);
        CHECK(v.state == cube.state(i, 0, 3));
        if (v.value) CHECK(*v.value == cube.value(i, 0, 3));
    }
    CHECK(app::to_json(report, *en) == app::to_json(app::run(request, dataset, *vi, p.ctx), *vi));
    CHECK(app::to_json(report, *en).find("\"indicator\": \"ST01\"") != std::string::npos);
    request.indicator = "DR01";
    CHECK(app::run(request, dataset, *en, p.ctx).values.size() == 1);
    request.indicator = "DR99";
    CHECK_THROWS_AS(app::run(request, dataset, *en, p.ctx), base::Error);
    request.indicator.clear();
    request.period = {1850, 0};
    CHECK_THROWS_AS(app::run(request, dataset, *en, p.ctx), base::Error);
}

TEST_CASE("check and weights tell what the boundaries hold") {
    Province p;
    const auto dataset = app::load({.boundaries = p.files.boundaries}, app::Need::Topology, p.ctx);
    const auto check = app::run(app::CheckRequest{}, *dataset);
    CHECK(check.features == 30);
    CHECK(check.encoding == "UTF-8");
    CHECK(check.crs == "EPSG:4326");
    app::WeightsRequest request{.out = p.folder / "w.gal"};
    const auto weights = app::run(request, *dataset, p.ctx);
    CHECK(weights.summary.n == 30);
    CHECK(weights.summary.islands.size() == weights.island_codes.size());
    CHECK(std::filesystem::exists(p.folder / "w.gal"));
}

TEST_CASE("a tolerance is read in degrees or metres") {
    const auto degrees = geo::Crs::wgs84();
    const auto metres = geo::Crs::epsg(3405);
    CHECK(app::parse_tolerance("1e-8deg", degrees) == 1e-8);
    CHECK(app::parse_tolerance("0.1m", metres) == 0.1);
    CHECK(app::parse_tolerance("111.32m", degrees) == Approx(0.001));
    for (const auto* bad : {"", "m", "-1m", "1 km", "0m", "x", "0.1", "5", "1e-8"})
        for (const auto& crs : {degrees, metres, geo::Crs()})
            CHECK_THROWS_AS(app::parse_tolerance(bad, crs), base::Error);
    // What is too far is too far in either unit.
    for (const auto* far : {"1deg", "1001m", "0.01deg"})
        CHECK_THROWS_AS(app::parse_tolerance(far, metres), base::Error);
    CHECK(app::parse_tolerance("0.001deg", metres) == Approx(111.32));
}
