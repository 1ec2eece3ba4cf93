// Across the reform in the window: every year on its own boundaries, or all on one vintage; and
// support services on the map.
#define CATCH_CONFIG_FAST_COMPILE
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;

TEST_CASE("the slider runs across the reform, each year on its own boundaries") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    window.click("indicator:DR01_rate");
    const double units = window.value("units");
    window.click("ui.data.across");
    window.click("ui.data.across:1");
    window.settle();
    while (window.text("period") != "2024") window.key("Right");
    window.key("Right");
    window.until(
        "the new boundaries", [&] { return window.value("units") < units; }, 30);
    CHECK(window.text("period") == "2025");
    window.settle();
    window.screenshot("own_2025");
    // Zero and the five classes; which empties follow depends on the year.
    const auto classes_of = [&] {
        std::string text = window.text("legend.labels");
        std::size_t end = 0;
        for (int line = 0; line < 6; ++line) end = text.find('\n', end) + 1;
        return text.substr(0, end);
    };
    const std::string classes = classes_of();
    window.key("Left");
    window.until(
        "the old boundaries", [&] { return window.value("units") == units; }, 30);
    CHECK(window.text("period") == "2024");
    CHECK(classes_of() == classes); // colours do not jump
    CHECK(window.value("problems") == 0);
}

TEST_CASE("all years stand on one vintage; what is estimated says so") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}, .language = "en"});
    window.click("vintage:2025");
    window.until(
        "2025", [&] { return window.text("period") == "2025"; }, 30);
    window.click("indicator:DR01_rate");
    window.click("ui.data.across");
    window.click("ui.data.across:2");
    window.until(
        "the old years", [&] { return window.value("years") == 17; }, 60);
    window.key("Left");
    window.settle();
    CHECK(window.text("period") == "2024");
    CHECK(window.text("legend.labels").find("(estimated)") != std::string::npos);
    window.screenshot("carried_2024");
    window.key("ctrl+z");
    window.key("ctrl+z");
    window.until(
        "one year again", [&] { return window.value("years") == 1; }, 30);
}

TEST_CASE("support services are imported, grouped, and mapped with one click") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto file = sample.folder / "dich_vu.csv";
    {
        std::ofstream out(file);
        out << "BÁO CÁO DỊCH VỤ HỖ TRỢ NĂM 2024;;\nMã xã;OR04;SW04\n";
        std::string last;
        int n = 0;
        for (const auto& row : sample.rows("population")) {
            const auto code = row.substr(0, row.find(','));
            if (code == std::exchange(last, code)) continue;
            ++n;
            out << code << ';' << n % 3 << ';' << n % 7 << '\n';
        }
    }
    const auto done = run_program(
        {DIABAN_PROGRAM, "store", "import", file.string(), "--into", sample.store.string()});
    REQUIRE(done.code == 0);
    Session window({.files = {sample.project.string()}, .language = "en"});
    window.need("theme:support");
    window.screenshot("services_list");
    window.click("indicator:OR04");
    CHECK(window.text("indicator") == "OR04");
    window.click("theme:status"); // a group folds
    CHECK_FALSE(window.item("indicator:ST01"));
    window.screenshot("services_map");
}
