// Errors where they arise: a strip over the map, the newest below, each to be copied and dismissed.
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"
#include "gui/wrapped_text.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr float kBeside = 42, kButtons = 76; // of the words: the icon and two buttons
constexpr float kAbove = 11;                 // the words, and below them

// One strip of at most this height: longer words scroll. True if it is dismissed.
bool draw_problem(Ui& ui, const std::string& id, const std::string& text, Rect& area) {
    const float wrap = std::floor(area.width() - ui.px(kBeside + kButtons)); // as ImGui has it
    const float font = ui.fonts.body->FontSize * ImGui::GetIO().FontGlobalScale;
    const std::string lines = wrapped(ui.fonts.body, text, wrap);
    const float height =
        std::ceil(ui.fonts.body->CalcTextSizeA(font, FLT_MAX, wrap, lines.c_str()).y);
    const float shown = std::min(height, area.height() - ui.px(2 * kAbove));
    area.y1 = area.y0 + shown + ui.px(2 * kAbove);
    begin_region(ui, id.c_str(), area,
                 {.ground = ui.theme->warning_ground, .padding = {0, 0}, .overlay = true});
    draw_icon(*ImGui::GetWindowDrawList(), Icon::Error, {area.x0 + ui.px(22), area.y0 + ui.px(21)},
              ui.px(18), ui.theme->error);
    ImGui::SetCursorScreenPos({area.x0 + ui.px(kBeside), area.y0 + ui.px(kAbove)});
    begin_part((id + ".text").c_str(), {wrap, shown});
    paragraph(ui, ui.fonts.body, ui.theme->error, text);
    ImGui::EndChild();
    ImGui::SetCursorScreenPos({area.x1 - ui.px(kButtons - 2), area.y0 + ui.px(4)});
    if (tool_button(ui, "ui.problem.copy", {.icon = Icon::Copy, .name = id + ".copy"})) {
        ImGui::SetClipboardText(text.c_str());
        ui.shell.notice = ui.text("ui.problem.copied");
    }
    ImGui::SetCursorScreenPos({area.x1 - ui.px(38), area.y0 + ui.px(4)});
    const bool dismissed =
        tool_button(ui, "ui.problem.dismiss", {.icon = Icon::Close, .name = id + ".dismiss"});
    ui.probe.item(id, area.x0, area.y0, area.x1, area.y1);
    ui.probe.state(id, text);
    ui.probe.state(id + ".hidden", static_cast<double>(std::max(0.0F, height - shown)));
    end_region();
    return dismissed;
}

} // namespace

float draw_problems(Ui& ui, const Rect& map_area) {
    const auto& problems = ui.document.problems();
    if (problems.empty()) return map_area.y0;
    constexpr std::size_t kMost = 3; // older ones wait behind
    const float width = std::min(ui.px(760), map_area.width() - ui.px(32));
    const float x = (map_area.x0 + map_area.x1 - width) / 2, between = ui.px(8);
    float y = map_area.y0 + ui.px(14);
    std::optional<std::size_t> dismissed;
    const std::size_t first = problems.size() > kMost ? problems.size() - kMost : 0;
    for (std::size_t i = first; i < problems.size(); ++i) {
        // Each has its share of what is left, so that none ends below the window.
        const float share = (map_area.y1 - y) / static_cast<float>(problems.size() - i) - between;
        Rect area{x, y, x + width, y + std::max(share, ui.px(kButton + 8))};
        const std::string text = ui.document.language().text(problems[i]);
        if (draw_problem(ui, "problem:" + std::to_string(i), text, area)) dismissed = i;
        y = area.y1 + between;
    }
    if (dismissed) ui.document.dismiss(*dismissed);
    return y;
}

namespace {

// What was being worked on.
std::string lost_work(const Ui& ui, const app::Recovery& recovery) {
    if (recovery.layout)
        return recovery.original.empty()
                   ? ui.text("ui.recovery.unnamed_layout")
                   : ui.text("ui.recovery.layout",
                             {{"file", recovery.original.filename().string()}});
    const auto& file = recovery.opened.empty() ? recovery.original : recovery.opened;
    return file.empty() ? ui.text("ui.recovery.unnamed") : file.filename().string();
}

// How much higher than one line the words are, in a column of this width.
float beyond_a_line(ImFont* font, const std::string& text, float wrap) {
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
    const std::string lines = wrapped(font, text, wrap);
    return std::ceil(font->CalcTextSizeA(size, FLT_MAX, wrap, lines.c_str()).y - size);
}

// The editor has it; the page is of what was open then, if nothing else is.
void recover_layout(Ui& ui, const app::Recovery& recovery) {
    std::error_code none;
    if (!ui.document.dataset() && !ui.document.loading() && !recovery.opened.empty() &&
        std::filesystem::exists(recovery.opened, none))
        ui.attempt([&] { ui.document.open_all({recovery.opened}); });
    ui.shell.layout_recovered = recovery;
    ui.shell.sheet = "layout"; // with nothing open, too
}

} // namespace

// What a crashed program kept, offered until it is decided.
float draw_recoveries(Ui& ui, const Rect& map_area) {
    if (ui.shell.recoveries.empty() || !ui.document.problems().empty()) return map_area.y0;
    const app::Recovery recovery = ui.shell.recoveries.front();
    const std::string text = ui.text(recovery.ended ? "ui.recovery.closed" : "ui.recovery.found",
                                     {{"file", lost_work(ui, recovery)}});
    const std::string note = ui.text("ui.recovery.note");
    const float width = std::min(ui.px(640), map_area.width() - ui.px(32));
    const float wrap = width - 2 * ui.px(18);
    // Higher by the lines that do not fit into one each.
    const float height = ui.px(112) + beyond_a_line(ui.fonts.strong, text, wrap) +
                         beyond_a_line(ui.fonts.small, note, wrap);
    const float x = (map_area.x0 + map_area.x1 - width) / 2;
    const float y = map_area.y0 + ui.px(14) + ui.map.banner_height(ui); // which stays to be read
    begin_region(ui, "recovery", {x, y, x + width, y + height},
                 {.padding = {18, 12}, .overlay = true});
    paragraph(ui, ui.fonts.strong, ui.theme->text, text);
    ui.probe.state("recovery", text);
    paragraph(ui, ui.fonts.small, ui.theme->muted, note);
    ImGui::SetCursorScreenPos({x + ui.px(18), y + height - ui.px(12 + kButton)});
    const bool take = text_button(ui, "ui.recovery.take", true);
    ImGui::SameLine();
    const bool drop = text_button(ui, "ui.recovery.discard");
    end_region();
    if (take && recovery.layout)
        recover_layout(ui, recovery);
    else if (take)
        ui.attempt([&] { ui.document.recover(recovery); });
    if (drop) app::discard_recovery(recovery);
    if (take || drop) ui.shell.recoveries.erase(ui.shell.recoveries.begin());
    return take || drop ? map_area.y0 : y + height;
}

} // namespace diaban::gui
