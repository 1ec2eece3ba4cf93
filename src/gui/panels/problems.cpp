// Errors where they arise: a strip over the map, the newest below, each to be dismissed.
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {

void draw_problems(Ui& ui, const Rect& map_area) {
    const auto& problems = ui.document.problems();
    if (problems.empty()) return;
    constexpr std::size_t kMost = 3; // older ones wait behind
    const float width = std::min(ui.px(760), map_area.width() - ui.px(32));
    const float x = (map_area.x0 + map_area.x1 - width) / 2;
    float y = map_area.y0 + ui.px(14);
    std::optional<std::size_t> dismissed;
    const std::size_t first = problems.size() > kMost ? problems.size() - kMost : 0;
    for (std::size_t i = first; i < problems.size(); ++i) {
        const std::string text = ui.document.language().text(problems[i]);
        const float wrap = width - ui.px(44 + 40);
        const float font = ui.fonts.body->FontSize * ImGui::GetIO().FontGlobalScale;
        const ImVec2 size = ui.fonts.body->CalcTextSizeA(font, FLT_MAX, wrap, text.c_str());
        const Rect area{x, y, x + width, y + size.y + ui.px(22)};
        const std::string id = "problem:" + std::to_string(i);
        begin_region(ui, id.c_str(), area,
                     {.ground = ui.theme->warning_ground, .padding = {0, 0}, .overlay = true});
        ImDrawList& list = *ImGui::GetWindowDrawList();
        draw_icon(list, Icon::Error, {x + ui.px(22), y + ui.px(21)}, ui.px(18), ui.theme->error);
        list.AddText(ui.fonts.body, font, {x + ui.px(42), y + ui.px(11)}, ui.theme->error,
                     text.c_str(), nullptr, wrap);
        ImGui::SetCursorScreenPos({x + width - ui.px(38), y + ui.px(4)});
        if (tool_button(ui, "ui.problem.dismiss", {.icon = Icon::Close, .name = id + ".dismiss"}))
            dismissed = i;
        ui.probe.item(id, area.x0, area.y0, area.x1, area.y1);
        ui.probe.state(id, text);
        end_region();
        y = area.y1 + ui.px(8);
    }
    if (dismissed) ui.document.dismiss(*dismissed);
}

// What a crashed program kept, offered until it is decided.
float draw_recoveries(Ui& ui, const Rect& map_area) {
    if (ui.shell.recoveries.empty() || !ui.document.problems().empty()) return map_area.y0;
    const app::Recovery recovery = ui.shell.recoveries.front();
    const float width = std::min(ui.px(640), map_area.width() - ui.px(32)), height = ui.px(112);
    const float x = (map_area.x0 + map_area.x1 - width) / 2;
    const float y = map_area.y0 + ui.px(14) + ui.map.banner_height(ui); // which stays to be read
    begin_region(ui, "recovery", {x, y, x + width, y + height},
                 {.padding = {18, 12}, .overlay = true});
    const auto& file = recovery.opened.empty() ? recovery.original : recovery.opened;
    const std::string name =
        file.empty() ? ui.text("ui.recovery.unnamed") : file.filename().string();
    const std::string text =
        ui.text(recovery.ended ? "ui.recovery.closed" : "ui.recovery.found", {{"file", name}});
    paragraph(ui, ui.fonts.strong, ui.theme->text, text);
    ui.probe.state("recovery", text);
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.recovery.note"));
    ImGui::SetCursorScreenPos({x + ui.px(18), y + height - ui.px(12 + kButton)});
    const bool take = text_button(ui, "ui.recovery.take", true);
    ImGui::SameLine();
    const bool drop = text_button(ui, "ui.recovery.discard");
    end_region();
    if (take) ui.attempt([&] { ui.document.recover(recovery); });
    if (drop) app::discard_recovery(recovery);
    if (take || drop) ui.shell.recoveries.erase(ui.shell.recoveries.begin());
    return take || drop ? map_area.y0 : y + height;
}

} // namespace diaban::gui
