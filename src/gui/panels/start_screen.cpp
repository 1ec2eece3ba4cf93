// Before anything is open: the sample, a file, what was open lately.
#include "gui/panels/panels.hpp"
#include "gui/panels/recent_files.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

// A file that is gone says so and can be taken off the list; it may also come back with its disk.
void recent_row(Ui& ui, std::size_t i, const RecentFile& recent) {
    const std::string name = "recent:" + std::to_string(i);
    const auto& file = recent.file;
    const float y = ImGui::GetCursorScreenPos().y;
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowSize().x;
    const std::string gone = recent.gone ? ui.text("ui.recent.gone") : std::string();
    if (list_row(ui, {.name = name,
                      .text = file.filename().string() + "   " + file.parent_path().string(),
                      .trailing = recent.gone ? gone + "        " : gone,
                      .muted = recent.gone,
                      .icon = recent.gone ? Icon::Warning : Icon::Map,
                      .indent = 0}))
        ui.shell.leaving = {Shell::Leaving::Where::Files, {file}};
    if (!recent.gone) return;
    ImGui::SetItemAllowOverlap();
    const ImVec2 next = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({right - ui.px(38), y});
    if (tool_button(ui, "ui.recent.forget", {.icon = Icon::Close, .name = name + ".forget"}))
        forget_recent(ui, file);
    ImGui::SetCursorScreenPos(next);
}

} // namespace

void draw_start_screen(Ui& ui, const Rect& area, float from) {
    begin_region(ui, "start", area, {.ground = ui.theme->panel, .padding = {0, 0}});
    const float width = std::min(ui.px(560), area.width() - ui.px(40));
    const float x = (area.x0 + area.x1 - width) / 2;
    float y = std::max(area.y0 + std::max(ui.px(30), (area.height() - ui.px(430)) * 0.38F),
                       from + ui.px(20));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_text(list, ui.fonts.year, {x, y}, ui.theme->text, ui.text("ui.start.title"));
    y += ui.px(36);
    ImGui::SetCursorScreenPos({x, y});
    ImGui::BeginGroup();
    ImGui::PushTextWrapPos(x + width - area.x0);
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme->muted);
    ImGui::TextUnformatted(ui.text("ui.start.lead").c_str());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
    ImGui::EndGroup();
    y = ImGui::GetItemRectMax().y + ui.px(20);
    ImGui::SetCursorScreenPos({x, y});
    if (text_button(ui, "ui.start.sample", true))
        ui.shell.leaving = {Shell::Leaving::Where::Sample, {}};
    ImGui::SameLine(0, ui.px(10));
    if (text_button(ui, "ui.start.open")) ui.shell.open_dialog = true;
    y += ui.px(kButton + 14);
    draw_icon(list, Icon::Drop, {x + ui.px(9), y + ui.px(10)}, ui.px(18), ui.theme->faint);
    draw_text(list, ui.fonts.small, {x + ui.px(26), y + ui.px(1)}, ui.theme->muted,
              ui.text("ui.start.drop"));
    y += ui.px(40);
    const auto recent = recent_files(ui);
    if (!recent.empty()) {
        ImGui::SetCursorScreenPos({x, y});
        begin_part("recent", {width, area.y1 - y - ui.px(20)});
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
        heading(ui, "ui.start.recent");
        for (std::size_t i = 0; i < recent.size(); ++i) recent_row(ui, i, recent[i]);
        ImGui::PopStyleVar();
        ImGui::EndChild();
    }
    end_region();
}

} // namespace diaban::gui
