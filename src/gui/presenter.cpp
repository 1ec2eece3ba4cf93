#include "gui/presenter.hpp"

#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/style_cache.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>

namespace diaban::gui {
namespace {

// What a room reads is a good half larger than what a desk reads.
constexpr float kLarger = 1.6F;

void large_text(ImDrawList& list, ImFont* font, float larger, ImVec2 at, ImU32 ink,
                std::string_view text) {
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale * larger;
    list.AddText(font, size, at, ink, text.data(), text.data() + text.size());
}

ImVec2 large_size(ImFont* font, float larger, std::string_view text) {
    const ImVec2 size = text_size(font, text);
    return {size.x * larger, size.y * larger};
}

void slide(Ui& ui, int by) {
    if (ui.document.project().views.empty())
        ui.document.step_period(by);
    else
        step_view(ui, by);
}

// Which of the saved views this is, for the speaker: small, below the map.
void draw_slide_number(Ui& ui, const Rect& window) {
    const auto& views = ui.document.project().views;
    if (!ui.shell.view || *ui.shell.view >= views.size()) return;
    const std::string text = std::to_string(*ui.shell.view + 1) + " / " +
                             std::to_string(views.size()) + "   " + views[*ui.shell.view].name;
    const ImVec2 size = text_size(ui.fonts.body, text);
    const ImVec2 at{(window.x0 + window.x1 - size.x) / 2, window.y1 - ui.px(26) - size.y};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({at.x - ui.px(10), at.y - ui.px(5)},
                       {at.x + size.x + ui.px(10), at.y + size.y + ui.px(5)},
                       faded(ui.theme->ground, 0.86F), ui.px(6));
    draw_text(list, ui.fonts.body, at, ui.theme->muted, text);
    ui.probe.item("present.view", at.x, at.y, at.x + size.x, at.y + size.y);
}

void draw_large_legend(Ui& ui, const Rect& window, const map::Style& style) {
    std::vector<const map::LegendEntry*> rows;
    for (const map::LegendEntry& entry : style.entries)
        if (entry.role == map::LegendEntry::Role::Class || entry.count > 0) rows.push_back(&entry);
    const float row = ui.px(26) * kLarger, box = ui.px(28) * kLarger, pad = ui.px(22);
    float label = 0, count = 0;
    for (const auto* entry : rows) {
        label = std::max(label, large_size(ui.fonts.body, kLarger, entry->label).x);
        const std::string n = ui.document.language().count(entry->count);
        count = std::max(count, large_size(ui.fonts.strong, kLarger, n).x);
    }
    const float width = 2 * pad + box + ui.px(16) + label + ui.px(28) + count;
    const float height = 2 * pad + row * static_cast<float>(rows.size());
    const ImVec2 a{window.x1 - width - ui.px(36), window.y1 - height - ui.px(84)};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(a, {a.x + width, a.y + height}, faded(ui.theme->ground, 0.93F), ui.px(10));
    float y = a.y + pad;
    for (const auto* entry : rows) {
        const ImVec2 size{box, row * 0.62F};
        swatch(ui, list, {a.x + pad, y + (row - size.y) / 2}, size, *entry);
        const float text_y = y + (row - large_size(ui.fonts.body, kLarger, "X").y) / 2;
        large_text(list, ui.fonts.body, kLarger, {a.x + pad + box + ui.px(16), text_y},
                   ui.theme->text, entry->label);
        const std::string n = ui.document.language().count(entry->count);
        large_text(list, ui.fonts.strong, kLarger,
                   {a.x + width - pad - large_size(ui.fonts.strong, kLarger, n).x, text_y},
                   ui.theme->text, n);
        y += row;
    }
    ui.probe.item("present.legend", a.x, a.y, a.x + width, a.y + height);
}

} // namespace

void present(Ui& ui, bool on) {
    ui.shell.presenting = ui.shell.fullscreen = on;
    ui.shell.black = ui.shell.keyboard = false;
    ui.shell.spotlight.reset();
    ui.shell.tool = MapTool::Pointer;
    ui.map.stop_measuring();
}

void presenter_keys(Ui& ui) {
    const auto& periods = ui.document.dataset()->cube->periods;
    for (const KeyPress& key : ui.keys) {
        if (key.mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) continue;
        if (key.key >= GLFW_KEY_0 && key.key <= GLFW_KEY_9) {
            const auto year = static_cast<std::size_t>((key.key - GLFW_KEY_0 + 9) % 10);
            if (year < periods.size()) ui.document.set_period(periods[year]);
            continue;
        }
        switch (key.key) {
        case GLFW_KEY_LEFT:
        case GLFW_KEY_COMMA:
            ui.document.step_period(-1);
            break;
        case GLFW_KEY_RIGHT:
        case GLFW_KEY_PERIOD:
            ui.document.step_period(1);
            break;
        case GLFW_KEY_PAGE_UP:
        case GLFW_KEY_P:
            slide(ui, -1);
            break;
        case GLFW_KEY_PAGE_DOWN:
        case GLFW_KEY_N:
            slide(ui, 1);
            break;
        case GLFW_KEY_SPACE:
            ui.shell.playing = !ui.shell.playing;
            ui.shell.next_step_at = ui.now + 0.4;
            break;
        case GLFW_KEY_B:
            ui.shell.black = !ui.shell.black;
            break;
        case GLFW_KEY_HOME:
            ui.map.zoom_all(ui);
            break;
        case GLFW_KEY_ESCAPE:
            if (ui.shell.black)
                ui.shell.black = false;
            else
                present(ui, false);
            break;
        default:
            break;
        }
    }
}

void draw_presentation(Ui& ui) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const Rect window{0, 0, size.x, size.y};
    if (ui.shell.black) {
        begin_region(ui, "black", window, {.ground = IM_COL32_BLACK, .padding = {0, 0}});
        ImGui::GetWindowDrawList()->AddRectFilled({0, 0}, size, IM_COL32_BLACK);
        end_region();
        return;
    }
    ui.map.update(ui, window);
    settle_view(ui);
    ui.map.draw(ui, window);
    const app::StyledMap& styled = *ui.document.styled();
    const app::Change* change =
        ui.shell.mode == MapMode::Change
            ? ui.styles.change(ui.document, compare_period(ui), styled.choice.period)
            : nullptr;
    begin_region(ui, "present", window, {.padding = {0, 0}, .bare = true, .untouchable = true});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const std::string title = change ? change->title : styled.indicator_name;
    const ImVec2 words = large_size(ui.fonts.title, kLarger, title);
    const ImVec2 at{ui.px(36), ui.px(28)};
    list.AddRectFilled({at.x - ui.px(16), at.y - ui.px(8)},
                       {at.x + words.x + ui.px(16), at.y + words.y + ui.px(8)},
                       faded(ui.theme->ground, 0.93F), ui.px(10));
    large_text(list, ui.fonts.title, kLarger, at, ui.theme->text, title);
    ui.probe.item("present.title", at.x, at.y, at.x + words.x, at.y + words.y);
    const std::string year = data::to_string(styled.choice.period);
    if (!year.empty() && !change && ui.shell.mode != MapMode::Multiples)
        large_text(list, ui.fonts.year, 3.2F, {at.x, at.y + words.y + ui.px(22)}, ui.theme->text,
                   year);
    draw_large_legend(ui, window, change ? change->style : styled.style);
    draw_slide_number(ui, window);
    // The dot that points.
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (window.contains(mouse)) {
        list.AddCircleFilled(mouse, ui.px(9), IM_COL32(0xE0, 0x5A, 0x00, 90));
        list.AddCircleFilled(mouse, ui.px(5), IM_COL32(0xE0, 0x5A, 0x00, 235));
    }
    end_region();
}

} // namespace diaban::gui
