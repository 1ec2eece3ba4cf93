#include "gui/panels/missing_panel.hpp"

#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

namespace fs = std::filesystem;
using Role = app::MissingFile::Role;

constexpr std::size_t kMostRows = 6;

std::vector<fs::path> files_of(const app::Project& project) {
    std::vector<fs::path> out{project.data.boundaries, project.data.store, project.data.db,
                              project.rule.file, project.compare_rule.file};
    for (const auto& places : project.data.places) out.push_back(places.file);
    for (const auto& layer : project.lines) out.push_back(layer.file);
    return out;
}

bool can_do_without(Role role) {
    return role != Role::Boundaries && role != Role::Store;
}

// What reading said about them means nothing once they are found.
void forget_problems(app::Document& document) {
    for (std::size_t i = document.problems().size(); i-- > 0;)
        if (document.problems()[i].message.key == "error.file.missing") document.dismiss(i);
}

std::vector<std::string> extensions_of(const app::MissingFile& missing) {
    const auto extension = missing.file.extension().string();
    if (extension.empty()) return {};
    return {extension};
}

} // namespace

void MissingFiles::look(Ui& ui) {
    const app::Project& project = ui.document.project();
    auto files = files_of(project);
    if (looked_for_ == files) return;
    looked_for_ = std::move(files);
    missing_ = app::missing_files(project);
    put_aside_ = false;
}

void MissingFiles::find(Ui& ui, const app::MissingFile& missing) {
    ui.shell.picking =
        Picking{.save = false,
                .title = "ui.missing.pick",
                .extensions = extensions_of(missing),
                .name = {},
                .folder = app::nearest_folder(missing.file),
                .then = [missing](Ui& later, const fs::path& found) {
                    const app::Project before = later.document.project();
                    app::Project next = app::with_file_found(before, missing, found);
                    const std::size_t left = app::missing_files(next).size();
                    const std::size_t gone = app::missing_files(before).size();
                    forget_problems(later.document);
                    later.document.edit(std::move(next), "edit.find_file");
                    later.shell.notice = later.text(
                        "ui.missing.found", {{"count", static_cast<std::int64_t>(gone - left)}});
                }};
}

void MissingFiles::draw(Ui& ui, const Rect& around) {
    look(ui);
    ui.probe.state("missing", static_cast<double>(missing_.size()));
    if (!asking() || ui.document.loading()) return;
    forget_problems(ui.document); // this says more
    const auto rows = static_cast<float>(std::min(missing_.size(), kMostRows));
    const float row = ui.px(58);
    const float width = std::min(ui.px(640), around.width() - ui.px(40));
    const float height = std::min(ui.px(140) + rows * row, around.height() - ui.px(16));
    const float x = std::round((around.x0 + around.x1 - width) / 2);
    const float y = std::round(std::max(around.y0, (around.y0 + around.y1 - height) / 2.4F));
    begin_region(ui, "missing", {x, y, x + width, y + height},
                 {.padding = {22, 18}, .overlay = true});
    const std::string project = ui.document.file().filename().string();
    paragraph(ui, ui.fonts.strong, ui.theme->text,
              ui.text("ui.missing.question",
                      {{"project", project.empty() ? ui.text("ui.missing.this") : project},
                       {"count", static_cast<std::int64_t>(missing_.size())}}));
    const float top = y + ui.px(66);
    ImGui::SetCursorScreenPos({x + ui.px(22), top});
    begin_part("missing.rows", {width - ui.px(44), height - ui.px(128)});
    std::optional<app::MissingFile> wanted, dropped;
    for (std::size_t i = 0; i < missing_.size(); ++i) {
        const app::MissingFile& one = missing_[i];
        const std::string role = "ui.missing." + std::string(app::to_string(one.role));
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float find_width = text_size(ui.fonts.body, ui.text("ui.missing.find")).x + ui.px(28);
        const float drop_width = text_size(ui.fonts.body, ui.text("ui.missing.drop")).x + ui.px(28);
        const float room = ImGui::GetContentRegionAvail().x - find_width - drop_width - ui.px(24);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        draw_text_cut(list, ui.fonts.body, {at.x, at.y + ui.px(4)}, room, ui.theme->text,
                      ui.text(role) + ": " + one.file.filename().string());
        if (draw_text_cut(list, ui.fonts.small, {at.x, at.y + ui.px(26)}, room, ui.theme->muted,
                          one.file.parent_path().string()) &&
            ImGui::IsMouseHoveringRect(at, {at.x + room, at.y + row}))
            tooltip(ui, one.file.string());
        ImGui::PushID(static_cast<int>(i));
        ImGui::SetCursorScreenPos({at.x + room + ui.px(16), at.y + ui.px(6)});
        if (text_button(ui, "ui.missing.find", i == 0, true, find_width)) wanted = one;
        record(ui, "missing.find:" + std::to_string(i));
        ImGui::SameLine(0, ui.px(8));
        if (text_button(ui, "ui.missing.drop", false, can_do_without(one.role), drop_width))
            dropped = one;
        record(ui, "missing.drop:" + std::to_string(i), can_do_without(one.role));
        ImGui::PopID();
        ImGui::SetCursorScreenPos({at.x, at.y + row});
        ImGui::Dummy({1, 0});
    }
    ImGui::EndChild();
    ImGui::SetCursorScreenPos({x + ui.px(22), y + height - ui.px(16 + kButton)});
    if (text_button(ui, "ui.missing.later")) put_aside();
    end_region();
    if (wanted) find(ui, *wanted);
    if (!dropped) return;
    forget_problems(ui.document);
    ui.document.edit(app::without_file(ui.document.project(), *dropped), "edit.without_file");
}

} // namespace diaban::gui
