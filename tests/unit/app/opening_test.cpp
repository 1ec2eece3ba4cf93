// What the window does when opening does not go as planned: stopped, waiting, asking; and what maps
// and files say about themselves then.
#include "app/commands/flags.hpp"
#include "app/commands/where.hpp"
#include "app/view_notes.hpp"
#include "base/paths.hpp"
#include "desk.hpp"
#include "support/errors.hpp"

#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace diaban;
using test::Desk;
namespace fs = std::filesystem;

namespace {

std::string without_header(std::string csv) {
    return csv.substr(csv.find('\n') + 1);
}

} // namespace

TEST_CASE("stopping the first opening leads back to the start") {
    Desk desk;
    desk.document.open_project(desk.files.project);
    desk.stop_loading();
    CHECK_FALSE(desk.document.loading());
    CHECK(desk.document.dataset() == nullptr);
    CHECK(desk.document.project().data.empty());
    CHECK(desk.document.file().empty());
    CHECK(desk.document.take_stopped() == "load");
    CHECK(desk.document.take_stopped().empty());
    CHECK(desk.document.problems().empty());
    // And it can be opened again.
    desk.document.open_project(desk.files.project);
    desk.finish();
    CHECK(desk.document.dataset());
}

TEST_CASE("the map before stays as it is while other data loads, and after that was stopped") {
    Desk desk;
    desk.document.open_project(desk.files.project);
    desk.finish();
    const auto before = desk.document.styled()->choice;
    REQUIRE(before.period == data::Period{2015, 0});
    const auto data = desk.document.project().data;
    desk.document.open_any(desk.files.boundaries);
    CHECK(desk.document.loading());
    CHECK(desk.document.styled()->choice == before);
    desk.document.step_period(1); // of data that is on its way out
    desk.document.set_language("en");
    CHECK(desk.document.styled()->choice == before);
    desk.stop_loading();
    CHECK(desk.document.dataset());
    CHECK(desk.document.project().data == data);
    CHECK(desk.document.styled()->choice == before);

    // What cannot be read leaves it as it is too, and says why.
    base::write_file(desk.folder / "bad.shp", "no shapes");
    desk.document.open_any(desk.folder / "bad.shp");
    desk.finish();
    CHECK(desk.document.problems().size() == 1);
    CHECK(desk.document.project().data == data);
    CHECK(desk.document.styled()->choice == before);
}

TEST_CASE("a table that cannot be joined leaves the boundaries, and its column can be named") {
    Desk desk;
    desk.document.open_any(desk.files.boundaries);
    desk.finish();
    const auto& units = desk.document.dataset()->vintage->units;
    std::string table = "which,v\n";
    for (std::size_t i = 0; i < units.size(); ++i)
        table += units.code[i] + "," + std::to_string(i) + "\n";
    base::write_file(desk.folder / "t.csv", table);

    app::Document fresh(desk.settings);
    fresh.open_all({desk.folder / "t.csv", desk.files.boundaries});
    const auto finish = [&] {
        for (int i = 0; i < 60000 && !fresh.jobs().idle(); ++i) {
            fresh.jobs().poll(fresh);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    };
    finish();
    REQUIRE(fresh.dataset());
    CHECK_FALSE(fresh.dataset()->joined);
    CHECK(fresh.problems().empty()); // the question says it all
    REQUIRE(fresh.asking());
    CHECK(fresh.question()->about == app::Question::About::Key);
    CHECK(fresh.question()->choices == std::vector<std::string>{"which", "v"});
    fresh.ask(false); // put aside, not forgotten
    CHECK_FALSE(fresh.asking());
    REQUIRE(fresh.question());
    fresh.ask(true);
    fresh.answer("which");
    finish();
    REQUIRE(fresh.dataset());
    CHECK(fresh.dataset()->joined);
    CHECK(fresh.dataset()->join.matched_units == fresh.dataset()->vintage->units.size());
    CHECK_FALSE(fresh.question());
    CHECK(fresh.history().can_undo());
}

TEST_CASE("answers go where the question came from") {
    app::Question question{.request = {.boundaries = "a.gpkg", .db = "b.ods"}};
    CHECK(app::answered(question, "xa").layer == "xa");
    question.about = app::Question::About::Table;
    CHECK(app::answered(question, "2015").table == "2015");
    question.about = app::Question::About::Key;
    CHECK(app::answered(question, "ma").key == "ma");
    CHECK(app::answered(question, "ma").boundaries == "a.gpkg");
}

TEST_CASE("without a coordinate system nothing is looked up, and the page says so") {
    Desk desk;
    app::DataRequest request{.store = desk.files.store};
    auto dataset = *app::load(request, app::Need::Picture, desk.ctx);
    const auto language = app::Language::load("vi");
    app::MapRequest map{.data = request};
    const auto known = app::first_page(map, dataset, *language, desk.ctx);
    CHECK(known.scale_bar);
    CHECK(known.text.notice != language->text("page.crs_unknown"));

    // The same units somewhere, in metres of nobody knows what.
    auto vintage = std::make_shared<data::Vintage>(*dataset.vintage);
    geo::PolygonSoup soup;
    for (std::size_t i = 0; i < vintage->units.size(); ++i) {
        const auto x = 600'000.0 + 1000 * static_cast<double>(i);
        soup.points.insert(soup.points.end(),
                           {{x, 1e6}, {x + 1000, 1e6}, {x + 1000, 1.001e6}, {x, 1.001e6}});
        soup.end_ring();
        soup.end_face();
    }
    vintage->coverage = geo::build_coverage(soup, {}, desk.ctx).coverage;
    dataset.vintage = vintage;
    REQUIRE_FALSE(vintage->coverage->crs().known());
    const auto unknown = app::first_page(map, dataset, *language, desk.ctx);
    CHECK_FALSE(unknown.scale_bar);
    CHECK(unknown.text.notice == language->text("page.crs_unknown")); // before "made-up data"
    app::WhereRequest where{.x = 105.97, .y = 9.6};
    const auto shared = std::make_shared<const app::Dataset>(dataset);
    CHECK(test::thrown_key([&] { app::run(where, shared, *language, desk.ctx); }) ==
          "error.where.no_crs_at_all");
}

TEST_CASE("the list of what is masked goes with the picture that needed it") {
    Desk desk;
    const auto dataset = app::load({.store = desk.files.store}, app::Need::Picture, desk.ctx);
    const auto language = app::Language::load("en");
    app::MapRequest request{.page = {.size = "600x400px"}, .out = desk.folder / "map.png"};
    request.map.indicator = "DR01";
    const auto list = desk.folder / "map.png.masked.csv";
    REQUIRE(app::run(request, *dataset, *language, desk.ctx).masked > 0);
    CHECK_FALSE(without_header(base::read_file(list)).empty());
    request.map.indicator = "ST01";
    CHECK(app::run(request, *dataset, *language, desk.ctx).masked == 0);
    CHECK_FALSE(fs::exists(list));
}

TEST_CASE("a map of counts knows its rate; too few classes say why; units speak the language") {
    Desk desk;
    const auto dataset = app::load({.store = desk.files.store}, app::Need::Picture, desk.ctx);
    const auto en = app::Language::load("en");
    const auto counts = app::styled(*dataset, {.indicator = "DR01"}, *en);
    CHECK(app::shows_counts(*dataset, counts));
    REQUIRE(app::rate_of(*dataset, counts));
    CHECK(dataset->cube->indicators[*app::rate_of(*dataset, counts)].id == "DR01_rate");
    const auto rate = app::styled(*dataset, {.indicator = "DR01_rate"}, *en);
    CHECK_FALSE(app::shows_counts(*dataset, rate));
    CHECK_FALSE(app::rate_of(*dataset, app::styled(*dataset, {.indicator = "population"}, *en)));
    CHECK(app::fewer_classes(*dataset, app::styled(*dataset, {.indicator = "population"}, *en), *en)
              .empty());
    // Four units in five have none: three cuts of equal numbers are all zero.
    auto flat = *dataset;
    auto cube = std::make_shared<data::IndicatorCube>(*dataset->cube);
    const auto at = *cube->find("DR01");
    for (std::size_t p = 0; p < cube->periods.size(); ++p)
        for (std::size_t u = 0; u < dataset->vintage->units.size(); ++u)
            cube->set(at, p, u, u % 5 == 0 ? 7 + static_cast<double>(u) : 2, data::Cell::Observed);
    flat.cube = cube;
    const auto said = app::fewer_classes(flat, app::styled(flat, {.indicator = "DR01"}, *en), *en);
    CHECK(said.find("of 5 classes") != std::string::npos);
    CHECK(said.find("80 % of the values are 2") != std::string::npos);
    CHECK(app::value_text(flat, at, 0, 0, *en) == "7 people");
    for (std::size_t p = 0; p < cube->periods.size(); ++p)
        for (std::size_t u = 1; u < dataset->vintage->units.size(); ++u)
            cube->set(at, p, u, static_cast<double>(u % 3), data::Cell::Observed);
    CHECK(app::fewer_classes(flat, app::styled(flat, {.indicator = "DR01"}, *en), *en)
              .find("only 4 different values for 5 classes") != std::string::npos);
    cube->set(at, 0, 1, 2, data::Cell::Observed);
    cube->set(at, 0, 0, 1, data::Cell::Observed);
    CHECK(app::value_text(flat, at, 0, 0, *en) == "1 person");
    CHECK(app::value_text(flat, at, 0, 1, *app::Language::load("vi")) == "2 người");
}

TEST_CASE("the source line names the places, the copied command its language") {
    Desk desk;
    app::DataRequest data{.store = desk.files.store};
    data.places.push_back({desk.files.places, "port"});
    const auto dataset = app::load(data, app::Need::Picture, desk.ctx);
    const auto language = app::Language::load("en");
    const auto page = app::first_page({.data = data}, *dataset, *language, desk.ctx);
    CHECK(page.text.source_lines.at(0).find(desk.files.places.filename().string()) !=
          std::string::npos);
    CHECK(app::command_line({"map", "--out", "a b.png"}, *language) ==
          "diaban map --out 'a b.png' --lang en");
    CHECK(app::command_line({"where", "--", "-1", "2"}, *language) ==
          "diaban where --lang en -- -1 2");
}

TEST_CASE("a sample that cannot be written leaves no folder that was not there") {
    Desk desk;
    const auto sample = app::make_sample({.communes = 12}, desk.ctx);
    fs::create_directory(desk.folder / "there");
    struct rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{300, before.rlim_max}; // a full disk
    setrlimit(RLIMIT_FSIZE, &tight);
    int failed = 0;
    for (const fs::path& folder : {desk.folder / "new" / "deep", desk.folder / "there"}) try {
            app::write_sample(sample, folder, desk.ctx);
        } catch (const base::Error& error) {
            if (error.kind == base::ErrorKind::Write) ++failed;
        }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_DFL);
    CHECK(failed == 2);
    CHECK_FALSE(fs::exists(desk.folder / "new"));
    CHECK(fs::is_empty(desk.folder / "there"));
}

TEST_CASE("the file that is open is the one opened last") {
    Desk desk;
    CHECK(desk.document.opened_file().empty());
    desk.document.open_project(desk.files.project);
    desk.finish();
    CHECK(desk.document.opened_file() == desk.files.project);
    desk.document.open_any(desk.files.boundaries);
    desk.finish();
    CHECK(desk.document.opened_file() == desk.files.boundaries);
    desk.document.undo();
    desk.finish();
    CHECK(desk.document.opened_file() == desk.files.project);
}

TEST_CASE("what the system ended in order is kept, and is no crash") {
    test::TempFolder folder;
    {
        app::Autosave autosave(folder.path());
        app::Project project;
        project.data.boundaries = "/data/communes.shp";
        autosave.keep(project, "/data/work.diaban", "/data/work.diaban");
        autosave.leave(project, "/data/work.diaban", "/data/communes.shp");
    }
    const auto found = app::find_recoveries(folder.path());
    REQUIRE(found.size() == 1);
    CHECK(found[0].ended);
    CHECK(found[0].original == "/data/work.diaban");
    CHECK(found[0].opened == "/data/communes.shp");
}
