// The map as a picture for another program: the page that the export would write in public.
#include "app/clipboard.hpp"
#include "app/commands/hotspots_result.hpp"
#include "app/commands/status.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/views.hpp"

#include <GLFW/glfw3.h>

#include <cstdlib>
#include <unistd.h>

namespace diaban::gui {
namespace {

namespace fs = std::filesystem;

// A folder of its own for a moment.
class BriefFolder {
public:
    BriefFolder()
        : path_(fs::temp_directory_path() / ("diaban_" + std::to_string(getpid()) + "_copy")) {
        fs::create_directories(path_);
    }
    ~BriefFolder() {
        std::error_code none;
        fs::remove_all(path_, none);
    }
    BriefFolder(const BriefFolder&) = delete;
    BriefFolder& operator=(const BriefFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

// Onto the clipboard; where no helper takes it, into a folder. Empty: it is on the clipboard.
fs::path copied_or_saved(const std::function<void(const fs::path&)>& write, const fs::path& folder,
                         const std::string& name) {
    {
        const BriefFolder brief;
        write(brief.path() / name);
        if (app::picture_to_clipboard(brief.path() / name)) return {};
    }
    const auto file = app::unused_name(folder / name);
    write(file);
    return file;
}

} // namespace

void MapView::copy_picture(Ui& ui) {
    const bool statuses = shows_statuses(ui);
    const app::StyledMap* styled =
        statuses || shows_clusters(ui) ? ui.document.shown() : ui.document.styled();
    if (!styled || !ui.document.styled()) return;
    const fs::path& project = ui.document.file();
    const char* home = std::getenv("HOME");
    const fs::path folder = !project.empty() ? project.parent_path() : fs::path(home ? home : ".");
    const std::string name = app::suggested_name(*styled, *dataset_, "png");
    auto wanted = shown_map(ui, true);
    wanted.page.size = "1920x1080px";
    wanted.page.layout.clear();
    const auto result = shows_clusters(ui) ? ui.shell.result : nullptr;
    std::optional<app::StatusRequest> by_status;
    if (statuses) by_status = map_of_statuses(ui);
    // Of an answer of another panel the picture shows nothing; that is said.
    std::string note;
    if (!statuses && !result && ui.document.shows_result())
        note = " " + ui.text("ui.map.picture_of_values", {{"indicator", styled->indicator_name}});
    ui.document.jobs().run(
        {.key = "copy_picture"},
        [wanted, result, by_status, folder, name, significance = ui.shell.significance,
         dataset = dataset_, code = ui.document.language().code()](base::JobContext& ctx) {
            const auto language = app::Language::load(code);
            return copied_or_saved(
                [&](const fs::path& file) {
                    if (result) {
                        auto request = result->report.request;
                        request.page = wanted.page;
                        request.layers = wanted.lines;
                        request.classification = app::Classification::Public;
                        request.significance = significance;
                        request.map_out = file;
                        app::export_hotspots(*result, request, *language, ctx);
                    } else if (by_status) {
                        auto request = *by_status;
                        request.page = wanted.page;
                        request.classification = app::Classification::Public;
                        request.map_out = file;
                        app::run(request, dataset, *language, ctx);
                    } else {
                        auto request = wanted;
                        request.out = file;
                        app::run(request, *dataset, *language, ctx, nullptr);
                    }
                },
                folder, name);
        },
        [said = said_, note](app::Document& document, const fs::path& file) {
            *said = file.empty() ? document.language().text("ui.map.picture_copied")
                                 : document.language().text("ui.map.picture_saved",
                                                            {{"file", file.string()}});
            *said += note;
        });
}

void MapView::copy_key(Ui& ui) {
    if (!said_->empty()) ui.shell.notice = std::exchange(*said_, {});
    const bool table = std::exchange(ui.shell.table_focused, false);
    if (table || !dataset_ || !ui.shell.sheet.empty() || ImGui::GetIO().WantTextInput) return;
    if (ui.pressed(GLFW_KEY_C, GLFW_MOD_CONTROL)) copy_picture(ui);
}

} // namespace diaban::gui
