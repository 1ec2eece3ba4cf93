// The import assistant: a report with a misspelt name and an unknown column, from the menu to the
// store.
#define CATCH_CONFIG_FAST_COMPILE
#include "arrangement.hpp"
#include "hands.hpp"
#include "own_sample.hpp"

#include <catch2/catch.hpp>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

// "code,name" of the first communes.
std::vector<std::pair<std::string, std::string>> units_of(const OwnSample& sample,
                                                          std::size_t count) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& row : sample.rows("population")) {
        std::istringstream cells(row);
        std::string code, name;
        std::getline(cells, code, ',');
        std::getline(cells, name, ',');
        if (out.empty() || out.back().first != code) out.emplace_back(code, name);
        if (out.size() == count) break;
    }
    return out;
}

bool has_value(const OwnSample& sample, const std::string& indicator, const std::string& code,
               const std::string& value) {
    for (const auto& row : sample.rows(indicator, code))
        if (row.find(",2024,") != std::string::npos && row.find(value) != std::string::npos)
            return true;
    return false;
}

// A report of 2024: codes but for the second row, whose name is misspelt; a column that no
// indicator is called by.
fs::path report_of(const OwnSample& sample) {
    const auto units = units_of(sample, 4);
    const auto file = sample.folder / "bao_cao_2024.csv";
    std::ofstream out(file);
    out << "BÁO CÁO CÔNG TÁC NĂM 2024;;;\nMã xã;Tên xã;Số cuộc kiểm tra;Buổi nói chuyện\n";
    for (std::size_t i = 0; i < units.size(); ++i)
        out << (i == 1 ? "" : units[i].first) << ';' << units[i].second << (i == 1 ? "j" : "")
            << ';' << 700 + i << ';' << 900 + i << '\n';
    return file;
}

} // namespace

TEST_CASE("a report goes from the menu into the store, and only when the button is pressed",
          "[arranged]") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto report = report_of(sample);
    const auto before = bytes_of(sample.store);
    Session window(arranged({.files = {sample.project.string()}, .language = "en"}));
    window.click("ui.menu.file");
    window.click("ui.import.menu");
    window.need("ui.file.filter"); // the assistant begins with the file
    window.type(report.string());
    window.key("Return");
    window.until("the columns", [&] { return window.text("import.column:2") == "IN01"; });
    window.screenshot("import_columns");
    // The unknown column is given its meaning by typing its code.
    CHECK(window.text("import.column:3") == "ignored");
    window.click("import.column:3");
    window.need("import:find");
    window.type("CM01");
    window.screenshot("import_meaning");
    window.click("meaning:CM01");
    window.until("the meaning", [&] { return window.text("import.column:3") == "CM01"; });
    // The misspelt name waits for an answer.
    window.click("ui.import.tab_names");
    window.need("name.approve:1");
    window.screenshot("import_names");
    window.click("name.refuse:1");
    window.click("name.again:1");
    window.click("name.approve:1");
    window.need("name.again:1");
    window.click("ui.import.tab_findings");
    window.screenshot("import_findings");
    window.click("ui.import.tab_changes");
    window.need("import.summary");
    window.screenshot("import_changes");
    CHECK(bytes_of(sample.store) == before);
    copied_command(window, "ui.export.copy_command");
    CHECK(window.need("ui.import.run").enabled);
    window.click("ui.import.run");
    window.until(
        "the import", [&] { return !window.text("import.done").empty(); }, 60);
    window.settle();
    window.screenshot("import_done");
    CHECK(window.text("import.done").find(said(window, "8 sửa", "8 revised")) != std::string::npos);
    CHECK(bytes_of(sample.store) != before);
    window.key("Escape");
    CHECK_FALSE(window.item("ui.import.run"));
    CHECK(window.value("problems") == 0);
    const auto units = units_of(sample, 2);
    CHECK(has_value(sample, "IN01", units[1].first, "701"));
    CHECK(has_value(sample, "CM01", units[1].first, "901"));
}

TEST_CASE("a report opened over a store goes to the assistant, at every size") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto report = report_of(sample);
    const auto open = [&](Session& window) {
        window.key("ctrl+o");
        window.need("ui.file.filter");
        window.type(report.string());
        window.key("Return");
        window.until("the columns", [&] { return window.text("import.column:2") == "IN01"; });
        window.settle();
    };
    {
        Session window({.files = {sample.project.string()}, .width = 1280, .height = 720});
        open(window);
        window.screenshot("import_1280");
        window.key("Escape");
        CHECK_FALSE(window.item("ui.import.run"));
        window.key("ctrl+shift+i"); // the key opens it where it was left
        window.until("the columns again", [&] { return window.text("import.column:2") == "IN01"; });
    }
    Session window({.files = {sample.project.string()}, .scale = 1.5});
    open(window);
    window.click("ui.import.tab_names");
    window.screenshot("import_scaled");
}
