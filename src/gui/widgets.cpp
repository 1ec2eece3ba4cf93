#include "gui/widgets.hpp"

#include "base/text.hpp"
#include "gui/wrapped_text.hpp"
#include "map/hatch.hpp"
#include "map/theme.hpp"

#include <GLFW/glfw3.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

const char* begin_of(std::string_view text) {
    return text.data();
}
const char* end_of(std::string_view text) {
    return text.data() + text.size();
}

// One clickable rectangle of the current line. Its ID is its name.
struct Hit {
    ImVec2 min, max;
    bool hovered, held, clicked;
    bool pointed; // at, whether or not it can be used
};
Hit hit_area(Ui& ui, std::string_view name, ImVec2 size, bool enabled, bool selected) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (!enabled) ImGui::BeginDisabled();
    const bool clicked = ImGui::InvisibleButton(std::string(name).c_str(), size);
    if (!enabled) ImGui::EndDisabled();
    Hit hit{at,
            {at.x + size.x, at.y + size.y},
            ImGui::IsItemHovered(),
            ImGui::IsItemActive(),
            clicked && enabled,
            ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)};
    record(ui, name, enabled, selected);
    // What reaches beyond its window is cut there, unless it can be scrolled to.
    const ImGuiWindow& window = *ImGui::GetCurrentWindow();
    const bool scrolls = ImGui::GetCurrentTable() || window.ScrollMax.x > 0;
    if (!scrolls && hit.max.x > window.OuterRectClipped.Max.x + 1) ui.probe.cut(name);
    if (hit.hovered && enabled) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    return hit;
}

// As much of a rectangle as its panel shows.
void record_rect(Ui& ui, std::string_view name, ImVec2 a, ImVec2 b, bool enabled, bool selected) {
    const ImGuiWindow& window = *ImGui::GetCurrentWindow();
    const ImRect clip = window.ClipRect;
    a = {std::max(a.x, clip.Min.x), std::max(a.y, clip.Min.y)};
    b = {std::min(b.x, clip.Max.x), std::min(b.y, clip.Max.y)};
    if (b.x > a.x && b.y > a.y)
        ui.probe.item(name, a.x, a.y, b.x, b.y, enabled, selected, window.Name);
}

} // namespace

void record(Ui& ui, std::string_view name, bool enabled, bool selected) {
    if (!ui.probe.on()) return;
    if (ui.shell.keyboard && ImGui::IsItemFocused()) ui.probe.state("focus", name);
    record_rect(ui, name, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), enabled, selected);
}

void record_text(Ui& ui, std::string_view name, std::string_view value) {
    record(ui, name);
    if (ImGui::IsItemActive()) ui.probe.state("typing", value);
}

void take_keyboard(Ui& ui) {
    ImGui::SetKeyboardFocusHere();
    ui.shell.hold_keys = true;
}

void begin_region(Ui& ui, const char* id, const Rect& area, const RegionSpec& spec) {
    ImGui::SetNextWindowPos({area.x0, area.y0});
    ImGui::SetNextWindowSize({std::max(1.0F, area.width()), std::max(1.0F, area.height())});
    const ImU32 ground = spec.ground ? spec.ground : ui.theme->ground;
    ImGui::PushStyleColor(ImGuiCol_WindowBg, ground);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                        {ui.px(spec.padding.x), ui.px(spec.padding.y)});
    ImGuiWindowFlags flags =
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings;
    if (spec.scroll)
        flags &= ~ImGuiWindowFlags_NoScrollbar;
    else
        flags |= ImGuiWindowFlags_NoScrollWithMouse;
    if (spec.untouchable) flags |= ImGuiWindowFlags_NoInputs;
    if (spec.quiet) flags |= ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNavInputs;
    if (!spec.overlay) {
        flags |= ImGuiWindowFlags_NoBackground;
        // A window with this flag begins below all others: below the map it is to be seen on, or
        // below the regions whose edge it is.
        if (!spec.untouchable && !spec.bare) flags |= ImGuiWindowFlags_NoBringToFrontOnFocus;
        if (!spec.bare) ui.backdrops->push_back({area, ground});
    }
    if (!spec.bare && !spec.quiet && !spec.untouchable)
        ui.regions->push_back(
            {id, id, area.x0, area.y0, area.x1, area.y1, spec.overlay, spec.alone});
    ImGui::Begin(id, nullptr, flags);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
    // ImGui keeps half the padding clear; rows and separators reach from edge to edge.
    ImGui::PushClipRect({area.x0, area.y0}, {area.x1, area.y1}, false);
    if (spec.overlay) {
        // A soft edge instead of a box.
        ImDrawList& own = *ImGui::GetWindowDrawList();
        own.PushClipRectFullScreen();
        for (int i = 1; i <= 6; ++i)
            own.AddRect({area.x0 - static_cast<float>(i), area.y0 - static_cast<float>(i)},
                        {area.x1 + static_cast<float>(i), area.y1 + static_cast<float>(i)},
                        faded(ui.theme->shadow, 1.0F - static_cast<float>(i) / 7), ui.px(4));
        own.PopClipRect();
    }
}

void end_region() {
    ImGui::PopClipRect();
    ImGui::End();
}

void begin_part(const char* id, ImVec2 size, ImGuiWindowFlags flags) {
    ImGui::BeginChild(id, size, false, flags | ImGuiWindowFlags_NavFlattened);
}

void draw_text(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, std::string_view text) {
    // Whole pixels: text between pixels is blurred text.
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
    list.AddText(font, size, {std::round(at.x), std::round(at.y)}, colour, begin_of(text),
                 end_of(text));
}

ImVec2 text_size(ImFont* font, std::string_view text) {
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
    return font->CalcTextSizeA(size, FLT_MAX, 0, begin_of(text), end_of(text));
}

bool draw_text_cut(ImDrawList& list, ImFont* font, ImVec2 at, float width, ImU32 colour,
                   std::string_view text) {
    if (text_size(font, text).x <= width) {
        draw_text(list, font, at, colour, text);
        return false;
    }
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
    const float dots = text_size(font, "…").x;
    const char* rest = begin_of(text);
    font->CalcTextSizeA(size, std::max(0.0F, width - dots), 0, begin_of(text), end_of(text), &rest);
    draw_text(list, font, at, colour, std::string(begin_of(text), rest) + "…");
    return true;
}

void draw_text_halo(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, ImU32 halo,
                    float thickness, std::string_view text) {
    constexpr int kSteps = 12;
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
    const ImVec2 whole{std::round(at.x), std::round(at.y)};
    for (int i = 0; i < kSteps; ++i) {
        const float angle = static_cast<float>(i) * 6.2831853F / kSteps;
        list.AddText(font, size,
                     {whole.x + std::cos(angle) * thickness, whole.y + std::sin(angle) * thickness},
                     halo, begin_of(text), end_of(text));
    }
    list.AddText(font, size, whole, colour, begin_of(text), end_of(text));
}

namespace {

// The small words above a field or beside a number, in a width.
void label_text(Ui& ui, ImFont* font, ImVec2 at, float width, ImU32 ink, std::string_view key) {
    if (draw_text_cut(*ImGui::GetWindowDrawList(), font, at, width, ink, ui.text(key)))
        ui.probe.cut(key);
}

} // namespace

void heading(Ui& ui, std::string_view key) {
    const std::string text = base::upper(ui.text(key));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    if (draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.caps, {at.x, at.y + ui.px(8)}, width,
                      ui.theme->muted, text))
        ui.probe.cut(key);
    ImGui::Dummy({width, ui.px(29)});
    // Its words alone: a button may stand behind them.
    const float words = std::min(width, text_size(ui.fonts.caps, text).x);
    if (ui.probe.on()) record_rect(ui, key, at, {at.x + words, at.y + ui.px(29)}, true, false);
}

std::string wrapped(ImFont* font, std::string_view text, float width) {
    std::string out;
    float line = 0;
    const float space = text_size(font, " ").x;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find_first_of(" \n", at), text.size());
        const auto word = text.substr(at, end - at);
        const float wide = text_size(font, word).x;
        const bool first = out.empty() || out.back() == '\n';
        if (!first && line + space + wide > width - 0.5F)
            out += '\n', line = 0;
        else if (!first)
            out += ' ', line += space;
        out += word;
        line += wide;
        if (end < text.size() && text[end] == '\n') out += '\n', line = 0;
        at = end + 1;
    }
    return out;
}

void paragraph(Ui&, ImFont* font, ImU32 colour, std::string_view text, float wrap_px) {
    const float left = ImGui::GetCursorPosX();
    const float right =
        wrap_px > 0 ? wrap_px : left + ImGui::GetContentRegionAvail().x; // as ImGui has it
    const std::string lines = wrapped(font, text, right - left);
    ImGui::PushFont(font);
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::PushTextWrapPos(wrap_px); // for a word that is longer than a line
    ImGui::TextUnformatted(lines.data(), lines.data() + lines.size());
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

namespace {

// Beside the control that has the keyboard, clear of the ring around its region.
void place_by_focus(const Ui& ui) {
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    const bool above = high.y > window.y * 0.75F, before = low.x > window.x * 0.5F;
    const float aside = ui.px(12);
    ImGui::SetNextWindowPos({before ? high.x : low.x, above ? low.y - aside : high.y + aside},
                            ImGuiCond_Always, {before ? 1.0F : 0.0F, above ? 1.0F : 0.0F});
}

} // namespace

void tooltip(Ui& ui, std::string_view text) {
    if (ui.shell.keyboard && ImGui::IsItemFocused()) place_by_focus(ui);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(10), ui.px(7)});
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ui.px(380));
    ImGui::PushFont(ui.fonts.small);
    ImGui::TextUnformatted(begin_of(text), end_of(text));
    ImGui::PopFont();
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
}

void gap(Ui& ui, float pixels) {
    ImGui::Dummy({1, ui.px(pixels)});
}

void rule(Ui& ui) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float y = std::round(at.y + ui.px(8)) + 0.5F;
    ImGui::GetWindowDrawList()->AddLine({at.x, y}, {at.x + ImGui::GetContentRegionAvail().x, y},
                                        ui.theme->line);
    ImGui::Dummy({1, ui.px(14)});
}

bool tool_button(Ui& ui, std::string_view key, const ToolSpec& spec) {
    const std::string text = ui.text(key);
    const ImVec2 words = text_size(ui.fonts.body, text);
    const float icon = spec.icon == Icon::None ? 0 : ui.px(20);
    const float between = spec.label && icon > 0 ? ui.px(7) : 0;
    const float width =
        spec.width > 0 ? spec.width
                       : ui.px(spec.label ? 22 : 14) + icon + between + (spec.label ? words.x : 0);
    const Hit hit = hit_area(ui, spec.name.empty() ? key : spec.name, {width, ui.px(kButton)},
                             spec.enabled, spec.on);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImU32 ink = spec.on ? ui.theme->accent : ui.theme->text;
    if (spec.primary) {
        ink = ui.theme->on_accent;
        list.AddRectFilled(hit.min, hit.max,
                           faded(ui.theme->accent, spec.enabled ? (hit.hovered ? 0.88F : 1) : 0.4F),
                           ui.px(6));
    } else if (spec.on || hit.held || (hit.hovered && spec.enabled)) {
        list.AddRectFilled(hit.min, hit.max,
                           spec.on || hit.held ? ui.theme->accent_ground : ui.theme->hover,
                           ui.px(6));
    }
    if (!spec.enabled && !spec.primary) ink = faded(ui.theme->faint, 0.55F);
    const float content = icon + between + (spec.label ? words.x : 0);
    if (content > width) ui.probe.cut(key);
    float x = hit.min.x + (width - content) / 2;
    const float middle = (hit.min.y + hit.max.y) / 2;
    if (spec.icon != Icon::None) {
        draw_icon(list, spec.icon, {x + icon / 2, middle}, ui.px(18), ink);
        x += icon + between;
    }
    if (spec.label) draw_text(list, ui.fonts.body, {x, middle - words.y / 2}, ink, text);
    // What cannot be used says so too, and what it waits for.
    const bool waits = !spec.enabled && !spec.needs.empty();
    if (hit.pointed && (!spec.label || !spec.shortcut.empty() || waits)) {
        std::string said = text;
        if (!spec.shortcut.empty()) said += "   " + std::string(spec.shortcut);
        if (waits) said += "\n" + ui.text(spec.needs);
        tooltip(ui, said);
        ui.probe.state("tool.tip", said);
    }
    return hit.clicked;
}

float tool_width(const Ui& ui, std::string_view key, bool label) {
    return label ? ui.px(22 + 20 + 7) + text_size(ui.fonts.body, ui.text(key)).x : ui.px(14 + 20);
}

bool text_button(Ui& ui, std::string_view key, bool primary, bool enabled, float width) {
    const std::string text = ui.text(key);
    const ImVec2 words = text_size(ui.fonts.body, text);
    if (width <= 0) width = words.x + ui.px(28);
    const Hit hit = hit_area(ui, key, {width, ui.px(kButton)}, enabled, false);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImU32 ink = ui.theme->text;
    if (primary) {
        ink = ui.theme->on_accent;
        list.AddRectFilled(hit.min, hit.max,
                           faded(ui.theme->accent, enabled ? (hit.hovered ? 0.88F : 1) : 0.4F),
                           ui.px(6));
    } else {
        list.AddRectFilled(hit.min, hit.max, hit.hovered ? ui.theme->hover : ui.theme->ground,
                           ui.px(6));
        list.AddRect(hit.min, hit.max, ui.theme->line, ui.px(6));
        if (!enabled) ink = ui.theme->faint;
    }
    if (draw_text_cut(list, ui.fonts.body,
                      {hit.min.x + std::max(ui.px(6), (width - words.x) / 2),
                       (hit.min.y + hit.max.y - words.y) / 2},
                      width - ui.px(12), ink, text))
        ui.probe.cut(key);
    return hit.clicked;
}

bool link(Ui& ui, std::string_view name, std::string_view text) {
    const ImVec2 words = text_size(ui.fonts.body, text);
    const Hit hit = hit_area(ui, name, {words.x, words.y}, true, false);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_text(list, ui.fonts.body, hit.min, ui.theme->accent, text);
    if (hit.hovered) list.AddLine({hit.min.x, hit.max.y}, {hit.max.x, hit.max.y}, ui.theme->accent);
    return hit.clicked;
}

bool list_row(Ui& ui, const RowSpec& spec) {
    // Rows reach from edge to edge of the region; their text keeps to the margin.
    ImGuiWindow& window = *ImGui::GetCurrentWindow();
    const float left = window.InnerRect.Min.x, right = window.InnerRect.Max.x;
    const float start = ImGui::GetCursorScreenPos().x;
    ImGui::SetCursorScreenPos({left, ImGui::GetCursorScreenPos().y});
    const Hit hit =
        hit_area(ui, spec.name, {right - left, ui.px(spec.height)}, true, spec.selected);
    ImGui::SetCursorScreenPos({start, hit.max.y});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (spec.selected || hit.hovered)
        list.AddRectFilled(hit.min, hit.max,
                           spec.selected ? ui.theme->accent_ground : ui.theme->hover);
    ImU32 ink = spec.selected  ? ui.theme->accent
                : spec.warning ? ui.theme->warning
                : spec.muted   ? ui.theme->faint
                               : ui.theme->text;
    float x = start + ui.px(spec.indent);
    const float middle = (hit.min.y + hit.max.y) / 2;
    if (!spec.place_kind.empty()) {
        draw_place(list, spec.place_kind, {x + ui.px(8), middle}, ui.px(16),
                   spec.muted ? ui.theme->faint : IM_COL32(0x2B, 0x2F, 0x36, 255), IM_COL32_WHITE);
        x += ui.px(26);
    }
    if (spec.icon != Icon::None) {
        draw_icon(list, spec.icon, {x + ui.px(8), middle}, ui.px(16), ink);
        x += ui.px(26);
    }
    const float margin = right - ui.px(kPad);
    const float end = spec.trailing.empty()
                          ? margin
                          : margin - text_size(ui.fonts.body, spec.trailing).x - ui.px(10);
    const bool cut =
        draw_text_cut(list, ui.fonts.body, {x, middle - text_size(ui.fonts.body, "X").y / 2},
                      end - x, ink, spec.text);
    if (!spec.trailing.empty()) {
        const ImVec2 size = text_size(ui.fonts.body, spec.trailing);
        draw_text(list, ui.fonts.body, {margin - size.x, middle - size.y / 2}, ui.theme->faint,
                  spec.trailing);
    }
    if (cut && hit.hovered) tooltip(ui, spec.text);
    return hit.clicked;
}

namespace {

void label_above(Ui& ui, std::string_view key) {
    label_text(ui, ui.fonts.small, ImGui::GetCursorScreenPos(), ImGui::GetContentRegionAvail().x,
               ui.theme->muted, key);
    ImGui::Dummy({1, text_size(ui.fonts.small, "X").y + ui.px(2)}); // descenders stay free
}

} // namespace

bool choice(Ui& ui, std::string_view key, std::size_t& at, const std::vector<std::string>& texts) {
    label_above(ui, key);
    return small_choice(ui, key, at, texts, -FLT_MIN);
}

bool small_choice(Ui& ui, std::string_view key, std::size_t& at,
                  const std::vector<std::string>& texts, float width, std::string_view name) {
    const std::string id(name.empty() ? key : name);
    ImGui::SetNextItemWidth(width);
    bool changed = false;
    // The words are drawn below, so that long ones end before the arrow.
    const std::string shown = at < texts.size() ? texts[at] : ui.text(key);
    if (ImGui::BeginCombo(("##" + id).c_str(), "",
                          ImGuiComboFlags_HeightLarge | ImGuiComboFlags_NoArrowButton)) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const std::string item = texts[i] + "##" + std::to_string(i);
            if (ImGui::Selectable(item.c_str(), i == at)) {
                changed = i != at;
                at = i;
            }
            record(ui, id + ":" + std::to_string(i), true, i == at);
            if (i == at && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
        }
        ImGui::EndCombo();
    }
    record(ui, id);
    const ImVec2 from = ImGui::GetItemRectMin(), corner = ImGui::GetItemRectMax();
    const float middle = (from.y + corner.y) / 2, start = from.x + ImGui::GetStyle().FramePadding.x;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool cut =
        draw_text_cut(list, ui.fonts.body, {start, middle - text_size(ui.fonts.body, "X").y / 2},
                      corner.x - ui.px(30) - start, ui.theme->text, shown);
    if (cut && ImGui::IsItemHovered()) tooltip(ui, shown);
    draw_icon(list, Icon::Down, {corner.x - ui.px(18), middle}, ui.px(13), ui.theme->muted);
    return changed;
}

bool stepper(Ui& ui, std::string_view key, int& value, int least, int most,
             const StepperSpec& spec) {
    const float height = ui.px(kButton), width = ImGui::GetContentRegionAvail().x;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float line = text_size(ui.fonts.body, "X").y;
    // Room for every number that can be reached, and for one beyond that was read from a file.
    float digits = 0;
    const std::string number = spec.shown.empty() ? std::to_string(value) : spec.shown;
    for (const auto& text : {std::to_string(least), std::to_string(most), number})
        digits = std::max(digits, text_size(ui.fonts.body, text).x);
    const float box = std::max(ui.px(112), 2 * tool_width(ui, key, false) + digits + ui.px(12));
    const std::string words = ui.text(key);
    const bool beside = text_size(ui.fonts.body, words).x <= width - box - ui.px(4);
    if (!beside) paragraph(ui, ui.fonts.body, ui.theme->text, words);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (beside)
        draw_text(list, ui.fonts.body, {at.x, at.y + (height - line) / 2}, ui.theme->text, words);
    ImGui::SetCursorScreenPos({at.x + width - box, at.y});
    list.AddRect({at.x + width - box, at.y}, {at.x + width, at.y + height}, ui.theme->line,
                 ui.px(6));
    const std::string name(key);
    int wanted = value;
    if (tool_button(ui, spec.fewer,
                    {.icon = Icon::Minus,
                     .enabled = value > least,
                     .shortcut = spec.fewer_key,
                     .name = name + ".fewer"}))
        --wanted;
    const ImVec2 size = text_size(ui.fonts.body, number);
    draw_text(list, ui.fonts.body,
              {at.x + width - box / 2 - size.x / 2, at.y + (height - line) / 2}, ui.theme->text,
              number);
    const ImVec2 middle{at.x + width - box / 2, at.y};
    record_rect(ui, name + ".number", {middle.x - size.x / 2, middle.y},
                {middle.x + size.x / 2, middle.y + height}, true, false);
    ImGui::SetCursorScreenPos({at.x + width - ui.px(34), at.y});
    if (tool_button(ui, spec.more,
                    {.icon = Icon::Plus,
                     .enabled = value < most,
                     .shortcut = spec.more_key,
                     .name = name + ".more"}))
        ++wanted;
    return std::exchange(value, wanted) != wanted;
}

bool check(Ui& ui, std::string_view key, bool& value) {
    return check_named(ui, key, ui.text(key), value);
}

bool check_named(Ui& ui, std::string_view name, std::string_view text, bool& value) {
    const ImVec2 words = text_size(ui.fonts.body, text);
    const Hit hit = hit_area(ui, name, {ui.px(26) + words.x, ui.px(26)}, true, value);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = (hit.min.y + hit.max.y) / 2, half = ui.px(8);
    const ImVec2 a{hit.min.x, middle - half}, b{hit.min.x + 2 * half, middle + half};
    if (value) {
        list.AddRectFilled(a, b, ui.theme->accent, ui.px(4));
        draw_icon(list, Icon::Check, {a.x + half, middle}, ui.px(14), ui.theme->on_accent);
    } else {
        list.AddRect(a, b, hit.hovered ? ui.theme->muted : ui.theme->faint, ui.px(4));
    }
    draw_text(list, ui.fonts.body, {hit.min.x + ui.px(26), middle - words.y / 2}, ui.theme->text,
              text);
    if (hit.clicked) value = !value;
    return hit.clicked;
}

bool field(Ui& ui, std::string_view key, std::string& value, float width) {
    label_above(ui, key);
    ImGui::SetNextItemWidth(width < 0 ? -FLT_MIN : width);
    const bool changed = ImGui::InputText(("##" + std::string(key)).c_str(), &value);
    record_text(ui, key, value);
    return changed;
}

bool text_input(Ui& ui, std::string_view key, std::string& value, float width,
                std::string_view name) {
    const std::string_view id = name.empty() ? key : name;
    ImGui::SetNextItemWidth(width);
    const bool changed =
        ImGui::InputTextWithHint(("##" + std::string(id)).c_str(), ui.text(key).c_str(), &value);
    record_text(ui, id, value);
    return changed;
}

bool text_area(Ui& ui, std::string_view key, std::string& value, ImVec2 size) {
    // Dear ImGui lets Ctrl+Enter end a field: this one does not see it.
    ImGuiIO& io = ImGui::GetIO();
    float& enter = io.KeysDownDuration[io.KeyMap[ImGuiKey_Enter]];
    float& keypad = io.KeysDownDuration[io.KeyMap[ImGuiKey_KeyPadEnter]];
    const float enter_held = enter, keypad_held = keypad;
    // Ctrl may be up again where all of it happened within a frame.
    if (io.KeyCtrl || ui.pressed(GLFW_KEY_ENTER, GLFW_MOD_CONTROL) ||
        ui.pressed(GLFW_KEY_KP_ENTER, GLFW_MOD_CONTROL))
        enter = keypad = -1;
    const bool changed = ImGui::InputTextMultiline(("##" + std::string(key)).c_str(), &value, size);
    enter = enter_held, keypad = keypad_held;
    record_text(ui, key, value);
    return changed;
}

void swatch(const Ui& ui, ImDrawList& list, ImVec2 at, ImVec2 size, const map::LegendEntry& entry) {
    const ImVec2 end{at.x + size.x, at.y + size.y};
    const float rounding = ui.px(3);
    if (entry.outline_only) {
        list.AddRect(at, end, ui.theme->faint, rounding);
        return;
    }
    if (entry.disc_px > 0) {
        const auto look = map::disc_look(entry, map::MapKind::Symbols);
        const ImVec2 middle{(at.x + end.x) / 2, (at.y + end.y) / 2};
        const float across = std::min({ui.px(static_cast<float>(entry.disc_px)), size.x, size.y});
        list.AddCircleFilled(middle, across / 2, colour(look.fill));
        if (entry.hatch != map::Hatch::None)
            list.AddCircle(middle, across / 2, colour(look.edge), 0, ui.px(1));
        return;
    }
    list.AddRectFilled(at, end, colour(entry.colour), rounding);
    const bool classed = entry.role == map::LegendEntry::Role::Class;
    if (classed && !ui.document.settings().hatches) return;
    list.PushClipRect(at, end, true);
    const map::HatchLook look = map::hatch_look(entry, static_cast<double>(ui.scale));
    const map::Path lines = map::hatch_lines(entry.hatch, look, {0, 0, size.x, size.y});
    auto on_screen = [&](geo::Point p) {
        return ImVec2{at.x + static_cast<float>(p.x), at.y + static_cast<float>(p.y)};
    };
    for (std::size_t r = 0; r < lines.runs(); ++r) {
        const geo::Point from = lines.run(r).front(), to = lines.run(r).back();
        if (!map::dotted(entry.hatch)) {
            list.AddLine(on_screen(from), on_screen(to), colour(look.colour),
                         static_cast<float>(look.width));
            continue;
        }
        const double step = map::dot_spacing(entry.hatch, look);
        const auto radius = static_cast<float>(map::dot_size(entry.hatch, look) / 2);
        for (double x = from.x; x <= to.x; x += step)
            list.AddCircleFilled(on_screen({x, from.y}), radius, colour(look.colour), 8);
    }
    list.PopClipRect();
    const ImVec2 letter = text_size(ui.fonts.caps, entry.letter);
    if (entry.letter.empty() || size.x < letter.x + ui.px(8) || size.y < letter.y) return;
    // The hatch stops short of the letter.
    const ImVec2 middle{(at.x + end.x) / 2, (at.y + end.y) / 2};
    const float clear = letter.x / 2 + ui.px(2.5F);
    list.AddRectFilled({middle.x - clear, at.y + ui.px(1)}, {middle.x + clear, end.y - ui.px(1)},
                       colour(entry.colour), ui.px(2));
    draw_text(list, ui.fonts.caps, {middle.x - letter.x / 2, middle.y - letter.y / 2},
              map::dark(entry.colour) ? IM_COL32_WHITE : colour(map::kText), entry.letter);
}

} // namespace diaban::gui
