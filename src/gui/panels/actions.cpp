// Actions that more than one panel offers.
#include "app/commands/flags.hpp"
#include "app/map_kind.hpp"
#include "app/place_source.hpp"
#include "app/sample.hpp"
#include "base/paths.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {

void open_sample(Ui& ui) {
    ui.attempt([&] {
        auto folder = base::cache_folder();
        if (folder.empty()) folder = std::filesystem::temp_directory_path() / "diaban";
        folder /= "sample";
        struct Found {
            app::SampleFiles files;
            bool kept = false; // somebody worked on it
        };
        ui.document.jobs().run(
            {.key = "sample"},
            [folder](base::JobContext& ctx) {
                ctx.stage("stage.sample");
                const auto files = app::sample_files(folder);
                try {
                    app::require_untouched_sample(folder);
                } catch (const base::Error&) {
                    if (std::filesystem::exists(files.project)) return Found{files, true};
                    throw;
                }
                return Found{app::write_sample(app::make_sample({}, ctx), folder, ctx)};
            },
            [folder, shell = &ui.shell](app::Document& document, const Found& found) {
                try {
                    document.open_project(found.files.project);
                    if (found.kept)
                        shell->notice = document.language().text("ui.notice.sample_kept",
                                                                 {{"folder", folder.string()}});
                } catch (const base::Error& error) {
                    document.report(error);
                }
            });
    });
}

bool job_runs(Ui& ui, std::string_view key) {
    const auto jobs = ui.document.jobs().running();
    return std::any_of(jobs.begin(), jobs.end(), [&](const auto& job) { return job.key == key; });
}

bool draw_running(Ui& ui, std::string_view key) {
    const float width = ImGui::GetContentRegionAvail().x;
    for (const auto& job : ui.document.jobs().running()) {
        if (job.key != key) continue;
        ImGui::ProgressBar(static_cast<float>(std::max(0.0, job.fraction)), {width, ui.px(6)}, "");
        if (text_button(ui, "ui.job.stop", false, true, width)) ui.document.jobs().cancel(job.id);
        return true;
    }
    return false;
}

void save_project(Ui& ui) {
    if (ui.document.file().empty())
        ui.shell.save_dialog = true;
    else
        ui.attempt([&] {
            ui.document.save(ui.document.file());
            ui.shell.notice =
                ui.text("ui.notice.saved", {{"file", ui.document.file().filename().string()}});
        });
}

void choose(Ui& ui, const app::MapChoice& next, std::string_view label_key,
            std::string_view merge_key) {
    if (ui.document.loading()) return; // it would be a choice for other data
    uncover_map(ui);
    if (next == ui.document.project().map) return;
    app::Project project = ui.document.project();
    project.map = next;
    // Another indicator may not be one for circles or dots.
    if (const auto dataset = ui.document.dataset();
        dataset && dataset->cube && next.indicator != ui.document.project().map.indicator)
        project.map = app::with_fitting_kind(std::move(project.map), *dataset->cube);
    ui.document.edit(std::move(project), std::string(label_key), std::string(merge_key));
}

std::optional<app::QuerySources> where_sources(const Ui& ui) {
    const app::Project& project = ui.document.project();
    if (project.map.where.empty()) return std::nullopt;
    return app::query_sources(project);
}

void put_command(Ui& ui, const std::vector<std::string>& flags) {
    ImGui::SetClipboardText(app::command_line(flags, ui.document.language()).c_str());
    ui.shell.notice = ui.text("ui.export.copied");
}

void copy_command(Ui& ui, std::string_view panel, const std::vector<std::string>& flags,
                  float width) {
    ui.probe.state(std::string(panel) + ".command",
                   app::command_line(flags, ui.document.language()));
    const bool clicked = text_button(ui, "ui.export.copy_command", false, true, width);
    record(ui, std::string(panel) + ".copy_command");
    if (clicked) put_command(ui, flags);
}

std::optional<app::Classification> offer_classifications(Ui& ui, std::string_view panel) {
    std::optional<app::Classification> chosen;
    const auto offer = [&](std::string_view key, app::Classification classification) {
        if (ImGui::Selectable(ui.text(key).c_str())) chosen = classification;
        record(ui, std::string(panel) + "." + std::string(key));
    };
    offer("ui.export.public", app::Classification::Public);
    offer("ui.export.internal", app::Classification::Internal);
    return chosen;
}

std::string unit_name(const data::UnitTable& units, std::size_t unit) {
    return units.name[unit].empty() ? units.code[unit] : units.name[unit];
}

std::string unit_parents(const data::UnitTable& units, std::size_t unit) {
    std::string text;
    for (const data::Level level : {data::Level::District, data::Level::Province})
        if (const data::Group* group = units.group_of(level, unit))
            text += (text.empty() ? "" : ", ") + (group->name.empty() ? group->code : group->name);
    return text;
}

KeptRow kept_row(Ui& ui, const std::string& name, const std::string& text,
                 const std::string& sentence, std::optional<bool> changed) {
    const bool differs = changed.value_or(false);
    const ImVec2 row = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos(
        {ImGui::GetWindowPos().x + ImGui::GetWindowSize().x - ui.px(46), row.y});
    auto done = KeptRow::Untouched;
    if (tool_button(ui, "ui.hotspots.forget", {.icon = Icon::Close, .name = name + ".forget"}))
        done = KeptRow::Removed;
    ImGui::SetCursorScreenPos(row);
    if (list_row(
            ui,
            {.name = name, .text = text, .trailing = "      ", .warning = differs, .height = 28}))
        done = KeptRow::Clicked;
    paragraph(ui, ui.fonts.small, ui.theme->muted, sentence);
    if (changed)
        paragraph(ui, ui.fonts.small, differs ? ui.theme->warning : ui.theme->muted,
                  ui.text(differs ? "ui.hotspots.changed" : "ui.hotspots.unchanged"));
    return done;
}

KeptRow named_row(Ui& ui, const std::string& name, const app::NamedQuery& query) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowSize().x;
    auto done = KeptRow::Untouched;
    // Before the row that it lies over: the first one has the mouse.
    ImGui::SetCursorScreenPos({right - ui.px(38), at.y});
    if (tool_button(ui, "ui.query.forget", {.icon = Icon::Close, .name = name + ".forget"}))
        done = KeptRow::Removed;
    ImGui::SetCursorScreenPos(at);
    if (list_row(ui, {.name = name, .text = query.name, .icon = Icon::Bookmark}))
        done = KeptRow::Clicked;
    if (ImGui::IsItemHovered()) tooltip(ui, query.text);
    return done;
}

void choose_units(Ui& ui, app::Faces units) {
    const ImGuiIO& io = ImGui::GetIO();
    const app::Combine how = io.KeyAlt    ? app::Combine::Subtract
                             : io.KeyCtrl ? app::Combine::Add
                                          : app::Combine::Replace;
    ui.document.select(app::combined(ui.document.selection(), std::move(units), how));
}

void uncover_map(Ui& ui) {
    if (ui.document.dataset()) ui.shell.sheet.clear(); // else there is no map below it
}

void step_year(Ui& ui, int by) {
    uncover_map(ui);
    ui.shell.playing = false;
    ui.document.step_period(by);
}

void set_mode(Ui& ui, MapMode mode) {
    const auto dataset = ui.document.dataset();
    const bool dated = dataset && dataset->cube && dataset->cube->periods.size() > 1;
    ui.shell.mode = dated ? mode : MapMode::One;
    if (dated) uncover_map(ui);
}

void set_tool(Ui& ui, MapTool tool) {
    uncover_map(ui);
    ui.map.stop_measuring();
    ui.shell.tool = ui.shell.tool == tool ? MapTool::Pointer : tool;
}

std::string choose_system(Ui& ui, std::string_view key, const std::vector<geo::Crs>& systems,
                          std::size_t& at) {
    std::vector<std::string> titles{ui.text("ui.store.places_crs.file")};
    for (const auto& crs : systems) titles.push_back(app::system_title(crs));
    choice(ui, key, at, titles);
    return at == 0 ? "" : "EPSG:" + std::to_string(systems[at - 1].epsg_code());
}

void show_unit(Ui& ui, std::size_t unit, bool fly) {
    const auto face = static_cast<geo::FaceId>(unit);
    ui.document.pin(face);
    ui.document.select({face});
    const geo::Coverage& coverage = *ui.document.dataset()->vintage->coverage;
    const geo::Face& shape = coverage.faces()[unit];
    const bool seen = visible(ui.map.camera(), ui.map.view()).contains(shape.label_at);
    if ((fly || !seen) && !shape.box.empty()) ui.map.fly_to(ui, shape.box);
}

void write_beside(Ui& ui, std::string key, WriteFiles write) {
    ui.document.jobs().run(
        {.key = std::move(key)},
        [write = std::move(write), code = ui.document.language().code()](base::JobContext& ctx) {
            return write(*app::Language::load(code), ctx);
        },
        [shell = &ui.shell](app::Document& document, std::vector<std::filesystem::path> files) {
            if (!files.empty())
                shell->notice =
                    document.language().text("said.written", {{"file", files.front().string()}});
        });
}

std::filesystem::path whole_path(const std::filesystem::path& file) {
    return std::filesystem::absolute(file).lexically_normal();
}

} // namespace diaban::gui
