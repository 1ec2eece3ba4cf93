// What a store holds beside numbers, in the window: agencies come from a table, stand on the card
// and in the filter; a further vintage and a crosswalk; the summary; the check.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

void open_store_sheet(Session& window, const std::string& tab) {
    window.click("ui.menu.data");
    window.click("ui.store.menu");
    window.click(tab);
}

// Chooses a file in the dialog that the last click opened.
void choose_file(Session& window, const fs::path& file) {
    window.need("ui.file.filter");
    window.type(file.string());
    window.key("Return");
}

} // namespace

TEST_CASE("agencies come from a table, stand on the card and filter the table", "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto rows = sample.rows("population");
    const auto code_of = [](const std::string& row) { return row.substr(0, row.find(',')); };
    const auto first = code_of(rows.front());
    std::string second;
    for (const auto& row : rows)
        if (second.empty() && code_of(row) != first) second = code_of(row);
    const auto file = sample.folder / "phan_cong.csv";
    std::ofstream(file) << "code,agency,valid_from,valid_to\n"
                        << first << ",Team 178,2010-01-01,2020-01-01\n"
                        << first << ",Border post,2020-01-01,\n"
                        << second << ",Border post,2010-01-01,\n";
    Session window(arranged({.files = {sample.project.string()}, .language = "en"}));
    open_store_sheet(window, "ui.store.agencies");
    window.until("the empty list", [&] { return window.value("store.rows") == 0; });
    window.click("ui.store.table");
    choose_file(window, file);
    window.until("the file", [&] { return window.need("ui.store.add").enabled; });
    window.click("ui.store.add");
    window.until(
        "the records", [&] { return window.value("store.rows") == 3; }, 30);
    window.settle();
    window.screenshot("store_agencies");
    CHECK(window.text("store.said").find(said(window, "thêm 3", "3 added")) != std::string::npos);
    window.key("Escape");
    window.click_left("indicator:agency"); // a layer like any other
    window.settle();
    CHECK(window.text("legend.labels").find("Border post") != std::string::npos);
    window.screenshot("store_agency_map");
    window.open_table();
    window.click("row:" + first);
    window.until("the card", [&] { return !window.text("agency:0").empty(); });
    CHECK(window.text("agency:0") == "Team 178: 2010-01-01 – 2020-01-01");
    CHECK(window.text("agency:1") == "Border post: 2020-01-01 – …");
    window.screenshot("store_agency_card");
    CHECK(window.value("problems") == 0);
}

TEST_CASE("boundaries, crosswalks, places, the summary and the check of a store") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "vi"});
    open_store_sheet(window, "ui.store.vintages");
    window.until("the vintages", [&] { return window.value("store.rows") == 2; });
    window.screenshot("store_vintages");
    window.click("ui.store.crosswalks");
    window.until("the crosswalk", [&] { return window.value("store.rows") == 1; });
    window.click("ui.store.how");
    window.click("ui.store.how:1");
    window.click("ui.store.add");
    window.until(
        "the overlay", [&] { return !window.text("store.said").empty(); }, 60);
    window.settle();
    window.screenshot("store_crosswalk");
    window.click("ui.store.places");
    window.until("the places", [&] { return window.value("store.rows") > 2; });
    // In words: the codes are for files.
    window.until("their kinds",
                 [&] { return window.text("store.cell:kind") == "Khu công nghiệp"; });
    window.click("ui.store.tables");
    window.settle();
    window.screenshot("store_tables");
    const auto file = sample.folder / "tong_hop.xlsx";
    window.click("ui.store.save_tables");
    choose_file(window, file);
    window.until(
        "the summary", [&] { return fs::exists(file) && !window.text("store.said").empty(); }, 30);
    CHECK(bytes_of(file).starts_with("PK"));
    // The other boundaries have numbers that are not in the file.
    CHECK(window.text("store.said").find("không có trong tệp") != std::string::npos);
    CHECK(window.text("store.said").find("2009") != std::string::npos);
    CHECK(window.text("store.said").find("2025") != std::string::npos);
    window.click("ui.store.check");
    window.click("ui.store.run_check");
    window.until(
        "the check", [&] { return !window.text("store.checked").empty(); }, 60);
    window.screenshot("store_check");
    CHECK(window.text("store.checked").find("không có lỗi") != std::string::npos);
    CHECK(window.value("problems") == 0);
}

TEST_CASE("boundaries are taken out after it is said what goes, and not while they are needed") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    REQUIRE(run_program({DIABAN_PROGRAM, "store", "vintage", "add", sample.store.string(),
                         "--boundaries", (sample.folder / "tinh_mau_2025.shp").string(),
                         "--vintage", "2030", "--valid-from", "2030-01-01"})
                .code == 0);
    const auto listed = [&] {
        const auto done = run_program(
            {DIABAN_PROGRAM, "store", "vintage", "list", sample.store.string(), "--json"});
        return nlohmann::json::parse(done.out).at("rows").size();
    };
    REQUIRE(listed() == 3);
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_store_sheet(window, "ui.store.vintages");
    window.until("the vintages", [&] { return window.value("store.rows") == 3; });
    // What is on the map stays.
    window.scroll_to("ui.store.removed");
    CHECK_FALSE(window.item("ui.store.remove"));
    // What numbers and a crosswalk belong to stays, and it is said why.
    window.click("ui.store.removed");
    window.click("ui.store.removed:1");
    window.scroll_to("ui.store.remove");
    window.click("ui.store.remove");
    window.until("the refusal", [&] { return window.value("problems") == 1; });
    CHECK(window.text("problem:0").find("2025") != std::string::npos);
    window.scroll_to("ui.store.removed");
    window.click("ui.store.removed");
    window.click("ui.store.removed:2");
    window.scroll_to("ui.store.remove");
    window.click("ui.store.remove");
    window.until("the question", [&] { return window.item("ui.store.remove_now").has_value(); });
    window.screenshot("store_vintage_removal");
    CHECK(listed() == 3); // nothing was done yet
    window.scroll_to("ui.file.cancel");
    window.click("ui.file.cancel");
    window.until("no question", [&] { return !window.item("ui.store.remove_now"); });
    window.scroll_to("ui.store.remove");
    window.click("ui.store.remove");
    window.until("the question", [&] { return window.item("ui.store.remove_now").has_value(); });
    window.scroll_to("ui.store.remove_now");
    window.click("ui.store.remove_now");
    window.until(
        "two vintages", [&] { return window.value("store.rows") == 2; }, 30);
    CHECK(listed() == 2);
    CHECK(window.value("problems") <= 1); // nothing was refused but what was said above
}

TEST_CASE("places in metres are added in the zone that is chosen, and not without one") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto file = sample.folder / "cang.csv";
    std::ofstream(file) << "name,x,y\nPort A,598238.9961,1188949.9548\n"; // 106.65, 10.75
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_store_sheet(window, "ui.store.places");
    window.until("the places", [&] { return window.value("store.rows") > 2; });
    const double before = window.value("store.rows");
    window.click("ui.store.places_file");
    choose_file(window, file);
    window.until("the file", [&] { return window.need("ui.store.add").enabled; });
    window.click("ui.store.add");
    window.until("the refusal", [&] { return window.value("problems") == 1; });
    CHECK(window.text("problem:0").find("598238.9961") != std::string::npos);
    CHECK(window.text("problem:0").find("--crs") != std::string::npos);
    CHECK(window.value("store.rows") == before);
    window.click("ui.store.places_crs");
    // The sample lies in no province that there is: the zones from west to east, after the file's
    // own word. The seventh is 105-45.
    window.click("ui.store.places_crs:7");
    window.settle();
    window.screenshot("store_places_crs");
    window.click("ui.store.add");
    window.until("the port",
                 [&] { return window.text("store.said").find("1 added") != std::string::npos; });
    const auto stored = run_program({DIABAN_PROGRAM, "store", "places", "list",
                                     sample.store.string(), "--kind", "support", "--json"});
    REQUIRE(stored.code == 0);
    std::string at;
    const auto listed = nlohmann::json::parse(stored.out);
    for (const auto& row : listed.at("rows"))
        if (row.at("name") == "Port A")
            at = row.at("lon").get<std::string>() + " " + row.at("lat").get<std::string>();
    CHECK(at == "106.650000 10.750000");
}

TEST_CASE("a panel that is asked for comes out from below a sheet") {
    if (!can_open_windows()) return;
    Session window({.files = {sample_project().string()}, .width = 1280, .height = 720});
    open_store_sheet(window, "ui.store.crosswalks");
    window.until("the crosswalk", [&] { return window.value("store.rows") == 1; });
    window.click("ui.menu.analysis");
    window.click("ui.hotspots");
    window.until("the map again", [&] { return !window.item("store.close"); });
    window.need("ui.hotspots.method");
    // The sheet comes back as it was, and the panel is asked for, not closed, by its menu.
    window.click("ui.menu.data");
    window.click("ui.store.menu");
    window.need("ui.store.from");
    window.click("ui.menu.analysis");
    window.click("ui.hotspots");
    window.until("the map once more", [&] { return !window.item("store.close"); });
    window.need("ui.hotspots.method");
}

TEST_CASE("what was imported, what stood there before, names, rules and plans of a store") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    std::string code; // of a commune that has a number in 2012
    for (const auto& row : sample.rows("IN01"))
        if (code.empty() && row.find(",2012,") != row.npos && row.find("observed") != row.npos)
            code = row.substr(0, row.find(','));
    REQUIRE_FALSE(code.empty());
    const auto report = sample.folder / "bao_cao.csv";
    std::ofstream(report) << "Báo cáo năm 2012\nMã xã;Số cuộc kiểm tra\n" << code << ";977\n";
    REQUIRE(run_program({DIABAN_PROGRAM, "store", "import", report.string(), "--into",
                         sample.store.string(), "--vintage", "2009"})
                .code == 0);
    REQUIRE(run_program(
                {DIABAN_PROGRAM, "store", "plan", "add", sample.store.string(), "an-giang-2011"})
                .code == 0);
    Session window({.files = {sample.project.string()}, .language = "en"});
    open_store_sheet(window, "ui.store.log");
    window.until("the log", [&] { return window.value("store.rows") == 1; });
    CHECK_FALSE(window.item("ui.store.add")); // a log grows by itself
    CHECK(window.value("store.cut:at") == 0); // a time is read whole
    CHECK(window.value("store.cut:verb") == 0);
    window.screenshot("store_log");
    window.click("ui.store.past");
    window.until("the value before", [&] { return window.value("store.rows") == 1; });
    window.settle();
    window.screenshot("store_past");
    window.click("ui.store.plans");
    window.until("the plan", [&] { return window.value("store.rows") == 1; });
    window.screenshot("store_plans");
    window.click("ui.store.rules");
    window.until("no rule", [&] { return window.value("store.rows") == 0; });
    CHECK_FALSE(window.need("ui.store.add").enabled); // no file yet
    window.click("ui.store.aliases");
    window.settle();
    window.until("no name", [&] { return window.value("store.rows") == 0; });
    CHECK(window.value("problems") == 0);
}

TEST_CASE("a line among the places of a store is drawn on the map") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto box = sample
                         .json({"sql", "SELECT min(MbrMinX(geometry)), max(MbrMaxX(geometry)), "
                                       "avg(MbrMinY(geometry)) FROM unit"})
                         .at("rows")[0];
    const auto file = sample.folder / "tuyen.csv";
    std::ofstream(file) << "name,wkt\nRoute,\"LINESTRING (" << box[0].get<double>() << ' '
                        << box[2].get<double>() << ", " << box[1].get<double>() << ' '
                        << box[2].get<double>() << ")\"\n";
    const auto lines = [&] {
        Session window({.files = {sample.project.string()}, .language = "en"});
        window.settle();
        window.screenshot("place_lines");
        return window.value("place_lines");
    };
    CHECK(lines() == 0);
    REQUIRE(run_program({DIABAN_PROGRAM, "store", "places", "add", sample.store.string(), "--file",
                         file.string(), "--kind", "patrol_route"})
                .code == 0);
    CHECK(lines() == 1);
}
