// Words of the interface where it asks something, begins, or is shown to a room: the start page,
// the questions, the dialogs of files, the assistant with a report, the presenter.
#define CATCH_CONFIG_FAST_COMPILE
#include "own_sample.hpp"
#include "walk.hpp"

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kGone = "/khong/co.shp";

// What stands there now is whole, beside everything else, on the screen, and in its language.
struct Eyes {
    Session& window;
    const EnglishTexts& english;
    std::string where;
    bool vietnamese;

    void look(const std::string& at) {
        INFO(where << " " << at);
        window.settle(); // which looks for words that are cut or lie over others
        CHECK(items_over_items(window.named_items()) == "");
        const std::string found = english.among(window.text("texts"));
        CHECK((vietnamese ? found : "") == "");
        CHECK((vietnamese || !found.empty())); // where there is English it is found
        for (const auto& [name, box] : window.named_items()) {
            INFO(name);
            CHECK(box.x1 <= window.width() + 1);
        }
        window.screenshot("text-" + where + "-" + at);
    }
};

void look_at_start(SessionSpec spec, const EnglishTexts& english, const std::string& where) {
    const TempFolder home;
    fs::create_directories(home / "config/diaban");
    std::ofstream(home / "config/diaban/settings.json")
        << R"({"theme": "dark", "recent": ["/khong/co.diaban", ")" << sample_project().string()
        << R"("]})";
    spec.wait_for_map = false;
    spec.home = home.path();
    Session window(spec);
    Eyes eyes{window, english, where, spec.language == "vi"};
    window.need("ui.start.sample");
    eyes.look("start"); // with a file that is gone
    window.key("ctrl+o");
    window.need("ui.file.filter");
    eyes.look("open");
    window.type(kGone);
    window.key("Return");
    window.until("the sentence", [&] { return !window.text("file_dialog.problem").empty(); });
    eyes.look("no_such_file");
}

void look_at_missing(SessionSpec spec, const EnglishTexts& english, const std::string& where) {
    const TempFolder folder;
    const auto project = folder / "cu.diaban";
    std::ofstream(project) << R"({"diaban_project":1,"title":"Tỉnh","data":{
"boundaries":"xa/tinh_mau_2025.shp","places":[{"file":"xa/tinh_mau_places.shp","kind":"other"}]}})";
    spec.wait_for_map = false;
    spec.files = {project.string()};
    Session window(spec);
    window.need("missing.find:0");
    Eyes{window, english, where, spec.language == "vi"}.look("missing");
}

void look_at_import(Session& window, const OwnSample& sample, Eyes& eyes) {
    const auto report = sample.folder / "bao_cao_2024.csv";
    std::ofstream(report) << "BÁO CÁO CÔNG TÁC NĂM 2024;;;\n"
                             "Mã xã;Tên xã;Số cuộc kiểm tra;Buổi nói chuyện\n"
                             "000001;Thị trấn Kim Nghĩa;700;900\n;Xã Mỹ Quýj;701;901\n";
    window.key("ctrl+o");
    window.need("ui.file.filter");
    window.type(report.string());
    window.key("Return");
    window.until("the columns", [&] { return window.text("import.column:2") == "IN01"; });
    eyes.look("import_columns");
    for (const char* tab : {"names", "findings", "changes"}) {
        window.click(std::string("ui.import.tab_") + tab);
        eyes.look(std::string("import_") + tab);
    }
    window.key("Escape");
}

void look_at_presenter(Session& window, Eyes& eyes) {
    for (const char* view : {"1", "2", "3", "4"}) {
        window.key(view);
        window.key("F11");
        window.need("present.title");
        eyes.look(std::string("presenter_") + view);
        window.key("F11");
        window.need("ui.tool.open");
    }
    window.key("1");
}

void look_at_project(SessionSpec spec, const EnglishTexts& english, const std::string& where) {
    const OwnSample sample;
    spec.files = {sample.project.string()};
    Session window(spec);
    Eyes eyes{window, english, where, spec.language == "vi"};
    look_at_presenter(window, eyes);
    window.key("ctrl+shift+s");
    window.need("ui.file.filter");
    eyes.look("save");
    window.key("ctrl+a");
    window.type(sample.project.filename().string());
    window.key("Return");
    window.until("the question", [&] { return !window.text("file_dialog.problem").empty(); });
    eyes.look("replace");
    window.key("Escape");
    window.click_left("indicator:population");
    window.key("ctrl+q");
    window.need("ui.quit.save");
    eyes.look("leave");
    window.click("ui.file.cancel");
    window.key("ctrl+e");
    eyes.look("export");
    window.scroll_to("ui.export.run");
    eyes.look("export_end");
    window.key("Escape");
    look_at_import(window, sample, eyes);
}

// In both languages; the start page in the dark.
void look_everywhere(int width, int height, double scale) {
    const EnglishTexts english(DIABAN_TREE);
    for (const char* language : {"vi", "en"}) {
        const std::string where = std::to_string(width) + "-" +
                                  std::to_string(static_cast<int>(scale * 100)) + "-" + language;
        const SessionSpec spec{
            .width = width, .height = height, .scale = scale, .language = language};
        look_at_start(spec, english, where);
        look_at_missing(spec, english, where);
        look_at_project(spec, english, where);
    }
}

} // namespace

TEST_CASE("no words are cut where a small screen begins, asks, and is shown to a room") {
    if (can_open_windows()) look_everywhere(1280, 720, 1);
}

TEST_CASE(
    "no words are cut where a screen at one and a half begins, asks, and is shown to a room") {
    if (can_open_windows()) look_everywhere(1920, 1080, 1.5);
}
