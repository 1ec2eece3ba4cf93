#include "gui/panels/sheet.hpp"

#include "gui/panels/registry.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

constexpr float kQuestions = 330; // width

void region(const std::string& name, ImVec2 size, const std::function<void()>& draw) {
    begin_part(name.c_str(), size);
    draw();
    ImGui::EndChild();
}

} // namespace

void draw_sheet(Ui& ui, const std::string& id, const char* title, const Rect& area,
                const SheetColumns& columns) {
    begin_sheet(ui, id, title, area);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    const float top = ImGui::GetCursorScreenPos().y, bottom = area.y1 - ui.px(12);
    const float foot = ui.px(2 * kButton + 16), width = ui.px(kQuestions);
    bool cut = false; // by the edge above the buttons: there is more to scroll to
    region(id + ".questions", {width, bottom - top - foot}, [&] {
        columns.questions();
        cut = ImGui::GetScrollY() < ImGui::GetScrollMaxY();
    });
    region(id + ".action", {width, foot}, [&] {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (cut)
            ImGui::GetWindowDrawList()->AddLine({at.x, at.y + 0.5F}, {at.x + width, at.y + 0.5F},
                                                ui.theme->line);
        ImGui::SetCursorScreenPos({at.x, at.y + ui.px(8)});
        columns.action();
    });
    ImGui::SetCursorScreenPos({area.x0 + width + ui.px(44), top});
    region(id + ".content", {area.x1 - area.x0 - width - ui.px(64), bottom - top}, columns.content);
    column_line(ui, area.x0 + width + ui.px(30), top, bottom);
    ImGui::PopStyleVar();
    end_region();
}

void column_line(Ui& ui, float x, float top, float bottom) {
    ImGui::GetWindowDrawList()->AddLine({x, top}, {x, bottom}, ui.theme->line);
}

} // namespace diaban::gui
