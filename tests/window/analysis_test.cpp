// Analysis in the window: what is tested, what the map then shows, and that it is kept.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>
#include <chrono>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

void open_clusters(Session& window, const std::string& indicator) {
    window.click_left("indicator:" + indicator);
    window.click("ui.menu.analysis");
    window.click("ui.hotspots");
    window.need("ui.hotspots.run");
}

// Scrolls the right panel, down and then up again, until an item is in sight.
void reach(Session& window, const std::string& name) {
    constexpr int kTurns = 20;
    for (int turn = 0; turn < 2 * kTurns && !window.item(name); ++turn) {
        const auto map = window.need("map");
        window.move((map.x1 + window.width()) / 2, map.y());
        window.wheel(turn < kTurns ? -3 : 3);
    }
    window.need(name);
}

// The first place from x on, in the row y of the screen, that lies in a commune.
double in_a_commune(Session& window, double x, double y) {
    for (int step = 0; step < 40; ++step, x += 8) {
        window.move(x, y);
        if (!window.text("hovered").empty()) return x;
    }
    FAIL("no commune right of " << x);
    return x;
}

void choose(Session& window, const std::string& what, int at) {
    reach(window, what);
    window.choose(what, at);
}

void to_the_last_year(Session& window) {
    while (window.text("period") != "2024") {
        const auto before = window.text("period");
        window.key("Right");
        window.until("another year", [&] { return window.text("period") != before; });
    }
}

void find_clusters(Session& window) {
    window.click("ui.hotspots.run");
    window.until(
        "a result", [&] { return !window.text("result").empty(); }, 60);
    window.settle();
}

// The copied command, but for the file it writes.
void run_copied_to(std::string command, const fs::path& from, const fs::path& to) {
    const auto at = command.find(from.string());
    REQUIRE(at != std::string::npos);
    command.replace(at, from.string().size(), to.string());
    run_copied(command);
}

fs::path exported(const std::string& command) {
    for (const std::string flag : {" --map ", " --out "})
        if (const auto at = command.find(flag); at != std::string::npos) {
            auto file = command.substr(at + flag.size());
            file = file.substr(0, file.find(' '));
            return file;
        }
    return {};
}

} // namespace

TEST_CASE("clusters are found, shown on the map, and kept in the project", "[arranged]") {
    if (!can_open_windows()) return;
    Session window(arranged({.files = {sample_project().string()}, .language = "en"}));
    open_clusters(window, "DR01_rate");
    window.screenshot("hotspots_before");
    find_clusters(window);
    CHECK(window.text("result").find(said(window, "nếu chỉ do ngẫu nhiên thì dự kiến",
                                          "by chance one would expect")) != std::string::npos);
    window.scroll_to("legend:0");
    window.screenshot("hotspots_after");
    // How it was made stands on the map, and a cluster is found again by its name.
    CHECK(window.text("map.method")
              .find(said(window, "Getis-Ord Gi*; tiếp giáp queen",
                         "Getis-Ord Gi*; queen contiguity")) == 0);
    window.press("cluster:0");
    CHECK(window.value("selected") >= 1);
    window.scroll_to("moran.scatter");
    window.screenshot("hotspots_scatter");
    window.press("ui.hotspots.on_map");
    CHECK_FALSE(window.item("legend:0"));
    CHECK_FALSE(window.item("map.method"));
}

TEST_CASE("the legend of a result offers no classes of the values below it") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    choose(window, "ui.hotspots.permutations", 0);
    find_clusters(window);
    window.click("hotspots.close");
    window.need("legend:0");
    CHECK_FALSE(window.item("ui.choice.method"));
    window.click("ui.menu.analysis");
    window.click("ui.hotspots");
    reach(window, "ui.hotspots.on_map");
    window.click("ui.hotspots.on_map");
    window.click("hotspots.close");
    window.need("ui.choice.method");
}

TEST_CASE("a stored result says by itself that its inputs have changed") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    choose(window, "ui.hotspots.permutations", 0);
    find_clusters(window);
    reach(window, "ui.hotspots.keep");
    window.click("ui.hotspots.keep");
    reach(window, "stored:0");
    window.until("its state", [&] { return window.value("stored.known") == 1; });
    CHECK(window.text("stored.changed").empty());
    // A link drawn by hand is an input.
    const auto map = window.need("map");
    const double y = map.y(), side = (map.y1 - map.y0) / 5;
    const double west = in_a_commune(window, map.x() - side, y),
                 east = in_a_commune(window, map.x() + side / 2, y);
    window.click("ui.menu.analysis");
    window.click("ui.neighbours");
    reach(window, "ui.neighbours.draw");
    window.click("ui.neighbours.draw");
    window.drag(west, y, east, y);
    reach(window, "link:0");
    reach(window, "ui.neighbours.to_clusters");
    window.click("ui.neighbours.to_clusters");
    reach(window, "stored:0");
    window.until("the change", [&] { return !window.text("stored.changed").empty(); });
    window.screenshot("stored_changed");
    // The command line says the same of the saved project.
    window.key("ctrl+s");
    window.until("the file", [&] { return window.text("unsaved") == "no"; });
    const auto told =
        run_program({DIABAN_PROGRAM, "weights", "--project", sample.project.string(), "--json"});
    CHECK(nlohmann::json::parse(told.out).at("drawn") == 1);
}

TEST_CASE("trends are asked of each unit, and the scatter plot leaves as a picture") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    to_the_last_year(window);
    choose(window, "ui.hotspots.method", 9); // trend
    CHECK_FALSE(window.item("ui.hotspots.permutations"));
    find_clusters(window);
    CHECK(window.text("result").find("over 16 periods") != std::string::npos);
    window.screenshot("trend_after");
    CHECK_FALSE(window.item("moran.scatter"));
    const auto trends = window.text("result");
    choose(window, "ui.hotspots.method", 2); // local Moran
    window.click("ui.hotspots.run");
    window.until(
        "another result", [&] { return window.text("result") != trends; }, 60);
    reach(window, "ui.hotspots.export_scatter");
    window.click("ui.hotspots.export_scatter");
    window.until("a preview", [&] { return window.text("export.preview") == "painted"; });
    choose(window, "ui.export.format", 1); // svg
    const auto command = window.text("export.command");
    const auto at = command.find(" --scatter ");
    REQUIRE(at != std::string::npos);
    const auto rest = command.substr(at + 11);
    const fs::path file = rest.substr(0, rest.find(' '));
    window.screenshot("scatter_export");
    reach(window, "ui.export.run");
    window.click("ui.export.run");
    window.until(
        "the file", [&] { return !window.text("export.result").empty(); }, 60);
    const auto here = bytes_of(file);
    CHECK(here.find("</svg>") != std::string::npos);
    run_copied_to(command, file, sample.folder / "again.svg");
    CHECK(here == bytes_of(sample.folder / "again.svg"));
}

TEST_CASE("what does not fit is said before anything is drawn, and one click mends it") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    window.settle();
    CHECK(window.text("advice").find("advice.reach") == std::string::npos); // 9,999 are enough
    choose(window, "ui.hotspots.permutations", 0);                          // 999
    window.until("a warning",
                 [&] { return window.text("advice").find("advice.reach") != std::string::npos; });
    window.screenshot("hotspots_warning");
    window.click("ui.hotspots.use_more");
    window.until("the warning gone",
                 [&] { return window.text("advice").find("advice.reach") == std::string::npos; });
    // A count of people says so too.
    window.click("indicator:DR01");
    window.until("another warning",
                 [&] { return window.text("advice").find("advice.counts") != std::string::npos; });
    CHECK(window.text("result").empty());
}

TEST_CASE("a smoothed rate stays with rates when another indicator is shown") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    const auto asks_for = [&](const char* flag) {
        return window.text("hotspots.command").find(flag) != std::string::npos;
    };
    choose(window, "ui.hotspots.rate", 3); // empirical Bayes
    CHECK(asks_for("--rate eb"));
    // A count has no such rate: it can be run, and nothing in the panel is needed to mend it.
    window.click("indicator:DR01");
    window.until("advice on counts",
                 [&] { return window.text("advice").find("advice.counts") != std::string::npos; });
    CHECK(window.text("advice").find("error.") == std::string::npos);
    CHECK_FALSE(asks_for("--rate"));
    window.click("indicator:DR01_rate");
    window.until("the rate again", [&] { return asks_for("--rate eb"); });
}

TEST_CASE("a result leaves the window as the command that can be copied writes it") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    choose(window, "ui.hotspots.permutations", 0);
    find_clusters(window);
    reach(window, "ui.hotspots.export");
    window.click("ui.hotspots.export");
    window.need("export.preview");
    // A picture of the classes, a picture of p, a layer.
    struct Case {
        int format;
        bool significance;
        std::string ending;
    };
    for (const auto& one :
         {Case{1, false, ".svg"}, Case{1, true, ".svg"}, Case{6, false, ".csv"}}) {
        if (one.significance) {
            window.click("ui.menu.analysis");
            window.click("ui.hotspots");
            reach(window, "ui.hotspots.significance");
            window.click("ui.hotspots.significance");
            reach(window, "ui.hotspots.export");
            window.click("ui.hotspots.export");
            window.need("export.preview");
        }
        choose(window, "ui.export.format", one.format);
        const auto command = window.text("export.command");
        INFO(command);
        CHECK(command.rfind("diaban hotspots ", 0) == 0);
        CHECK((command.find("--significance") != std::string::npos) == one.significance);
        const auto file = exported(command);
        CHECK(file.extension() == one.ending);
        fs::remove(file);
        reach(window, "ui.export.run");
        window.click("ui.export.run");
        window.until(
            "the file", [&] { return !window.text("export.result").empty(); }, 60);
        window.settle();
        run_copied_to(command, file, folder / ("again" + one.ending));
        const auto here = bytes_of(file);
        CHECK(here.size() > 1000);
        CHECK(here == bytes_of(folder / ("again" + one.ending)));
        // What stands in it is the result, not the value.
        CHECK((here.find("not-significant") != std::string::npos || one.ending == ".svg"));
        fs::remove(file);
        window.screenshot("export_result" + one.ending);
    }
}

TEST_CASE("the scan looks at years together, and hot spots are followed over time") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    choose(window, "ui.hotspots.method", 7); // scan
    CHECK_FALSE(window.item("ui.hotspots.most_time"));
    choose(window, "ui.hotspots.since", 1); // the first year
    // The same people stand in the files of every year.
    window.until("a refusal", [&] {
        return window.text("advice").find("error.hotspots.stock") != std::string::npos;
    });
    window.screenshot("scan_refused");
    window.click("indicator:IN03_rate");
    window.until("no refusal", [&] {
        return window.text("advice").find("error.hotspots.stock") == std::string::npos;
    });
    reach(window, "ui.hotspots.most_time");
    choose(window, "ui.hotspots.most_population", 2);
    window.screenshot("scan_before");
    CHECK(window.text("hotspots.command").find("--since 2009") != std::string::npos);
    CHECK(window.text("hotspots.command").find("--most-population 0.1") != std::string::npos);
    find_clusters(window);
    window.screenshot("scan_after");
    CHECK(window.text("result").find("luster") != std::string::npos);
    window.click("indicator:DR01_rate");
    to_the_last_year(window);
    choose(window, "ui.hotspots.method", 8); // emerging
    window.click("ui.hotspots.run");
    window.until(
        "another result",
        [&] { return window.text("result").find("Over 16 periods") != std::string::npos; }, 60);
    window.settle();
    window.screenshot("emerging_after");
    reach(window, "legend:1"); // at least one category, and no pattern
}

TEST_CASE("a result says what it is of, also when the map has gone on to another year") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    choose(window, "ui.hotspots.permutations", 0);
    find_clusters(window);
    const auto of = window.text("result.of");
    const auto year = window.text("period");
    CHECK(of.find(year) != std::string::npos);
    // The whole map, with z and p of each statistic.
    const auto global = window.text("result.global");
    for (const std::string name : {"Moran's I: ", "Geary's C: ", "General G: "})
        CHECK(global.find(name) != std::string::npos);
    CHECK(global.find("z = ") != std::string::npos);
    CHECK(global.find("p = ") != std::string::npos);
    window.screenshot("whole_map");
    window.key("Left");
    window.until("another year", [&] { return window.text("period") != year; });
    window.settle();
    CHECK(window.text("result.of") == of);
    window.screenshot("another_year");
}

TEST_CASE("a status is scanned, and its joins are counted") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "ST01");
    choose(window, "ui.hotspots.permutations", 0);
    find_clusters(window);
    const auto joins = window.text("result");
    CHECK(window.text("result.global").find("Joins yes – yes: ") != std::string::npos);
    CHECK(window.text("result.of").find("hotspot") != std::string::npos);
    choose(window, "ui.hotspots.method", 7); // scan
    window.click("ui.hotspots.run");
    window.until(
        "another result", [&] { return window.text("result") != joins; }, 60);
    window.settle();
    CHECK(window.text("result").find("luster") != std::string::npos);
    CHECK(window.text("map.method").find("Kulldorff scan (hotspot") == 0);
    window.screenshot("bernoulli");
}

TEST_CASE("a rate is shown raw, as excess risk and smoothed") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    window.click("indicator:DR01_rate");
    window.settle();
    for (const int at : {2, 3, 1}) {
        window.click("ui.data.rate");
        window.click("ui.data.rate:" + std::to_string(at));
        window.settle();
        const std::string name = at == 2   ? "(empirical Bayes rate)"
                                 : at == 3 ? "(spatial empirical Bayes rate)"
                                           : "(excess risk)";
        CHECK(window.text("map.shown").find(name) != std::string::npos);
        window.screenshot("rate_" + std::to_string(at));
    }
    // Clusters of what is shown.
    window.click("ui.menu.analysis");
    window.click("ui.hotspots");
    window.need("ui.hotspots.run");
    CHECK(window.text("hotspots.command").find("--indicator DR01_rate --year") !=
          std::string::npos);
    CHECK(window.text("hotspots.command").find("--rate excess") != std::string::npos);
    window.key("ctrl+z");
    window.settle();
    CHECK(window.text("map.shown").find("spatial empirical Bayes") != std::string::npos);
}

TEST_CASE("a long run stops within a tenth of a second") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    open_clusters(window, "DR01_rate");
    choose(window, "ui.hotspots.method", 8);       // sixteen years
    choose(window, "ui.hotspots.permutations", 3); // 999,999
    // Nothing comes to rest while it runs, so the mouse does not wait for that.
    const auto press = [&](const std::string& name) {
        const auto item = window.need(name);
        window.tool(
            {"mousemove", std::to_string(item.x()), std::to_string(item.y()), "click", "1"});
    };
    press("ui.hotspots.run");
    press("ui.job.stop");
    const auto asked = std::chrono::steady_clock::now();
    window.need("ui.hotspots.run");
    const std::chrono::duration<double> late = std::chrono::steady_clock::now() - asked;
    // What the mouse and the eyes of a test take is in it: xdotool and two frames.
    CHECK(late.count() < 1);
    CHECK(window.text("result").empty());
}

TEST_CASE("neighbours are counted, linked with the mouse, and written to a file") {
    if (!can_open_windows()) return;
    const TempFolder folder;
    Session window({.files = {sample_project().string()}, .language = "en"});
    window.click("ui.menu.analysis");
    window.click("ui.neighbours");
    window.until("weights", [&] { return window.value("neighbours.links") > 0; });
    const double links = window.value("neighbours.links");
    const auto map = window.need("map");
    const double y = map.y(), side = (map.y1 - map.y0) / 5;
    const double west = in_a_commune(window, map.x() - side, y),
                 east = in_a_commune(window, map.x() + side / 2, y);
    window.click("neighbours:5");
    CHECK(window.text("status.units").find("selected") != std::string::npos);
    // From one commune to another, straight across the map.
    reach(window, "ui.neighbours.draw");
    window.click("ui.neighbours.draw");
    window.drag(west, y, east, y);
    window.until("a link", [&] { return window.value("neighbours.links") == links + 2; });
    window.need("link:0");
    window.screenshot("neighbours");
    window.key("Escape");
    reach(window, "link:0.forget");
    window.click("link:0.forget");
    window.until("no link", [&] { return window.value("neighbours.links") == links; });
    window.key("ctrl+z");
    window.until("the link again", [&] { return window.value("neighbours.links") == links + 2; });
    // Rook neighbours are fewer.
    choose(window, "ui.hotspots.neighbours", 1);
    window.until("fewer", [&] { return window.value("neighbours.links") < links + 2; });
    reach(window, "ui.neighbours.save");
    window.click("ui.neighbours.save");
    window.until("the file", [&] { return !window.text("neighbours.written").empty(); });
    const auto file = sample_project().parent_path() / "neighbours.gal";
    CHECK(bytes_of(file).find("0 156 ") == 0);
    fs::remove(file);
}

TEST_CASE("classes say how well they fit the values") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .language = "en"});
    window.click("indicator:DR01_rate");
    const auto fit = window.need("ui.choice.fit");
    window.move(fit.x0 + 20, fit.y());
    window.settle();
    window.screenshot("fit");
}
