// The first minutes: somebody with a shapefile and an Excel file, and nothing but a mouse.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

constexpr int kUnits = 156, kWithValue = 154;

// The boundaries of the sample and a workbook in which unit k has the value k; the last two units
// have no row. The column of codes has this name.
void give_files(const fs::path& folder, const std::string& key) {
    fs::create_directories(folder);
    for (const char* part : {".shp", ".shx", ".dbf", ".prj", ".cpg"})
        fs::copy_file(sample_project().parent_path() / (std::string("tinh_mau_2009") + part),
                      folder / (std::string("ranh giới xã") + part));
    const TempFolder made;
    std::ofstream(made / "t.csvt") << "\"String\",\"Integer\"\n";
    {
        std::ofstream table(made / "t.csv");
        table << key << ",Số buổi tập huấn\n";
        for (int i = 1; i <= kWithValue; ++i) {
            const auto code = std::to_string(i);
            table << std::string(6 - code.size(), '0') << code << "," << i << "\n";
        }
    }
    const auto workbook = (folder / "tập huấn.xlsx").string();
    REQUIRE(run_program({"ogr2ogr", "-f", "XLSX", workbook, (made / "t.csv").string()}).code == 0);
}

// A hand that counts its clicks.
struct Clicks {
    Session& window;
    int count = 0;
    void on(const std::string& name) {
        window.click(name);
        ++count;
    }
    // In the file dialog.
    void on_file(const std::string& name) {
        window.need("ui.file.filter");
        on("file:" + name);
    }
};

void wait_for_map(Session& window) {
    window.until(
        "the map", [&] { return window.text("map_shown") == "yes"; }, 60);
    window.settle();
}

// Five quantiles of 1 to 154 end at 31.6, 62.2, 92.8 and 123.4.
void check_choropleth(Session& window) {
    window.until(
        "the values", [&] { return window.text("indicator") == "Số buổi tập huấn"; }, 60);
    window.settle();
    CHECK(window.value("units") == kUnits);
    CHECK(window.text("method") == "quantile");
    CHECK(window.value("classes") == 6); // with those that have no value
    std::string counts;
    for (int row = 0; row < 6; ++row)
        counts += window.text("legend.count:" + std::to_string(row)) + " ";
    CHECK(counts == "31 31 30 31 31 2 ");
    CHECK(window.text("legend.labels").find("\n63 – 92\n") != std::string::npos);
    CHECK(window.value("problems") == 0);
}

} // namespace

TEST_CASE("a shapefile and an Excel file become a map of values with four clicks", "[arranged]") {
    if (!can_open_windows()) return;
    const TempFolder home;
    give_files(home.path(), "Mã xã");
    Session window(arranged({.wait_for_map = false, .home = home.path()}));
    Clicks click{window};
    click.on("ui.start.open");
    click.on_file("ranh giới xã.shp");
    wait_for_map(window);
    click.on("ui.tool.open");
    click.on_file("tập huấn.xlsx");
    check_choropleth(window);
    window.screenshot("newcomer");
    CHECK(click.count <= 6);
}

TEST_CASE("in a folder, with codes under a name nobody knows, it takes six clicks") {
    if (!can_open_windows()) return;
    const TempFolder home;
    give_files(home / "Số liệu", "danh mục");
    Session window({.width = 1280, .height = 720, .wait_for_map = false, .home = home.path()});
    Clicks click{window};
    click.on("ui.start.open");
    click.on_file("Số liệu");
    click.on_file("ranh giới xã.shp");
    wait_for_map(window);
    click.on("ui.tool.open");
    click.on_file("tập huấn.xlsx"); // the dialog is where it was
    click.on("question:0");         // which column it is, with its first codes
    check_choropleth(window);
    CHECK(click.count <= 6);
}
