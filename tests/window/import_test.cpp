// The import assistant: a report with a misspelt name and an unknown column, from the menu to the
// store.
#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A copy of the sample that a test may change.
struct OwnSample {
    TempFolder folder;
    fs::path project, store;
    OwnSample() {
        fs::copy(sample_project().parent_path(), folder.path(), fs::copy_options::recursive);
        project = folder / sample_project().filename().string();
        for (const auto& entry : fs::directory_iterator(folder.path()))
            if (entry.path().extension() == ".sqlite") store = entry.path();
    }
    // "code,name" of the first units.
    std::vector<std::pair<std::string, std::string>> units(std::size_t count) const {
        const auto table = folder / "units.csv";
        const auto done = run_program({DIABAN_PROGRAM, "store", "export", store.string(),
                                       "--indicator", "population", "--out", table.string()});
        if (done.code != 0) throw std::runtime_error(done.err);
        std::ifstream in(table);
        std::string line;
        std::vector<std::pair<std::string, std::string>> out;
        std::getline(in, line);
        while (out.size() < count && std::getline(in, line)) {
            std::istringstream cells(line);
            std::string code, name;
            std::getline(cells, code, ',');
            std::getline(cells, name, ',');
            if (out.empty() || out.back().first != code) out.emplace_back(code, name);
        }
        return out;
    }
    std::string value(const std::string& code, const std::string& indicator) const {
        const auto table = folder / "value.csv";
        run_program({DIABAN_PROGRAM, "store", "export", store.string(), "--indicator", indicator,
                     "--out", table.string()});
        std::ifstream in(table);
        for (std::string line; std::getline(in, line);)
            if (line.starts_with(code + ",") && line.find(",2024,") != std::string::npos)
                return line;
        return "";
    }
};

// A report of 2024: codes but for the second row, whose name is misspelt; a column that no
// indicator is called by.
fs::path report_of(const OwnSample& sample) {
    const auto units = sample.units(4);
    const auto file = sample.folder / "bao_cao_2024.csv";
    std::ofstream out(file);
    out << "BÁO CÁO CÔNG TÁC NĂM 2024;;;\nMã xã;Tên xã;Số cuộc kiểm tra;Buổi nói chuyện\n";
    for (std::size_t i = 0; i < units.size(); ++i)
        out << (i == 1 ? "" : units[i].first) << ';' << units[i].second << (i == 1 ? "j" : "")
            << ';' << 700 + i << ';' << 900 + i << '\n';
    return file;
}

} // namespace

TEST_CASE("a report goes from the menu into the store, and only when the button is pressed") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    const auto report = report_of(sample);
    const auto before = bytes_of(sample.store);
    Session window({.files = {sample.project.string()}, .language = "en"});
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
    window.need("import.find");
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
    CHECK(window.need("ui.import.run").enabled);
    window.click("ui.import.run");
    window.until(
        "the import", [&] { return !window.text("import.done").empty(); }, 60);
    window.settle();
    window.screenshot("import_done");
    CHECK(window.text("import.done").find("8 revised") != std::string::npos);
    CHECK(bytes_of(sample.store) != before);
    window.key("Escape");
    CHECK_FALSE(window.item("ui.import.run"));
    CHECK(window.value("problems") == 0);
    const auto units = sample.units(2);
    CHECK(sample.value(units[1].first, "IN01").find("701") != std::string::npos);
    CHECK(sample.value(units[1].first, "CM01").find("901") != std::string::npos);
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
