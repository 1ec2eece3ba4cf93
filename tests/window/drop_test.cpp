// Files dropped on the window open as those named at the start do.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban::test;
namespace fs = std::filesystem;

TEST_CASE("boundaries and a table dropped on the window become a map") {
    if (!can_open_windows()) return;
    TempFolder folder;
    const auto place = folder / "dữ liệu 100% mới";
    fs::create_directories(place);
    for (const char* part : {".shp", ".shx", ".dbf", ".prj", ".cpg"})
        fs::copy_file(sample_project().parent_path() / (std::string("tinh_mau_2009") + part),
                      place / (std::string("xã") + part));
    {
        std::ofstream table(place / "số liệu.csv");
        table << "ma_xa,tap_huan\n";
        for (int i = 1; i <= 156; ++i) {
            const auto code = std::to_string(i);
            table << std::string(6 - code.size(), '0') << code << "," << i << "\n";
        }
    }
    Session window({.wait_for_map = false});
    window.need("ui.start.sample");
    REQUIRE(window.drop({(place / "xã.shp").string(), (place / "số liệu.csv").string()}, 800, 500));
    window.until(
        "the map", [&] { return window.text("map_shown") == "yes"; }, 60);
    window.settle();
    CHECK(window.text("status.units").find("156") != std::string::npos);
    CHECK(window.text("indicator") == "tap_huan");
    window.screenshot("dropped");
}
