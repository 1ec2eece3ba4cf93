#include "gui/presenter.hpp"

#include "app/commands/map.hpp"
#include "app/selection.hpp"
#include "gui/panels/legend_figure.hpp"
#include "gui/panels/panels.hpp"
#include "gui/style_cache.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"
#include "gui/wrapped_text.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

// Lines of text, one below the other; where the next one begins.
float draw_lines_of(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 ink, std::string_view text) {
    const float line = text_size(font, "X").y;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        draw_text(list, font, at, ink, text.substr(from, end - from));
        at.y += line;
        from = end + 1;
    }
    return at.y;
}

void slide(Ui& ui, int by) {
    if (ui.document.project().views.empty())
        ui.document.step_period(by);
    else
        step_view(ui, by);
}

constexpr double kSpeedSeconds = 2; // that a new speed is told

// Faster or slower by one of the speeds of the timeline.
void change_speed(Ui& ui, int by) {
    double& speed = ui.document.settings().play_speed;
    const auto& all = app::kPlaySpeeds;
    const auto at = static_cast<int>(std::find(all.begin(), all.end(), speed) - all.begin());
    const int next = std::clamp(at + by, 0, static_cast<int>(all.size()) - 1);
    speed = all[static_cast<std::size_t>(next)];
    ui.shell.speed_told_until = ui.now + kSpeedSeconds;
}

// Which of the saved views this is, and how fast the years go, for the speaker: small, below the
// map.
void draw_slide_number(Ui& ui, const Rect& window) {
    const auto& views = ui.document.project().views;
    const double speed = ui.document.settings().play_speed;
    ui.probe.state("play.speed", speed);
    std::string text;
    if (ui.shell.view && *ui.shell.view < views.size())
        text = std::to_string(*ui.shell.view + 1) + " / " + std::to_string(views.size()) + "   " +
               views[*ui.shell.view].name;
    const bool told = ui.now < ui.shell.speed_told_until;
    if (told) ui.animating = true; // to take it away in time
    if (told || ui.shell.playing)
        text += (text.empty() ? "" : "   ·   ") + ui.text("ui.timeline.speed") + " " +
                play_speed_text(ui.document.language(), speed);
    ui.probe.state("present.foot", text);
    if (text.empty()) return;
    const ImVec2 size = text_size(ui.fonts.body, text);
    const ImVec2 at{(window.x0 + window.x1 - size.x) / 2, window.y1 - ui.px(26) - size.y};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({at.x - ui.px(10), at.y - ui.px(5)},
                       {at.x + size.x + ui.px(10), at.y + size.y + ui.px(5)},
                       faded(ui.theme->ground, 0.86F), ui.px(6));
    draw_text(list, ui.fonts.body, at, ui.theme->muted, text);
    ui.probe.item("present.view", at.x, at.y, at.x + size.x, at.y + size.y);
}

// The fonts of a legend: those for a room unless it has too many rows for the window.
struct LegendFonts {
    ImFont *strong, *body, *small;
    float row; // height, interface pixels
};
constexpr float kLegendShare = 0.8F; // of the window's height at most

struct LegendRow {
    std::string words, count;
    const map::LegendEntry* entry = nullptr; // else the symbol of a kind of places
    std::string kind;
};

// How many units each row of a legend has, of the district in the light or of everything.
std::vector<std::size_t> counts_seen(const Ui& ui, const map::Style& style) {
    if (ui.shell.spotlight)
        return app::counts_in(style, *ui.document.dataset()->vintage, data::Level::District,
                              *ui.shell.spotlight);
    std::vector<std::size_t> counts;
    for (const map::LegendEntry& entry : style.entries) counts.push_back(entry.count);
    return counts;
}

// The classes with their counts, of two maps side by side "9 | 12"; then the places.
std::vector<LegendRow> legend_rows_of(Ui& ui, const map::Style& style, const map::Style* left) {
    const app::Language& language = ui.document.language();
    const auto counts = counts_seen(ui, style);
    const auto others = left ? counts_seen(ui, *left) : std::vector<std::size_t>();
    std::vector<LegendRow> rows;
    for (std::size_t i = 0; i < style.entries.size(); ++i) {
        const map::LegendEntry& entry = style.entries[i];
        ui.probe.state("present.count:" + std::to_string(i), static_cast<double>(counts[i]));
        const auto there = left ? same_row(*left, entry) : std::nullopt;
        const std::size_t other = there ? others[*there] : 0;
        if (entry.role != map::LegendEntry::Role::Class && counts[i] + other == 0) continue;
        const std::string count = language.count(counts[i]);
        rows.push_back(
            {entry.label, left ? language.count(other) + " | " + count : count, &entry, ""});
    }
    for (const auto& [kind, number] : drawn_kinds(ui))
        rows.push_back(
            {app::place_kind_text(kind, language), language.count(number), nullptr, kind});
    return rows;
}

// Returns how far it reaches in from the right.
float draw_large_legend(Ui& ui, const Rect& window, const ShownLegend& shown) {
    const map::Style* left = shown.change ? nullptr : compared_style(ui);
    const auto rows = legend_rows_of(ui, *shown.style, left);
    LegendFonts fonts{ui.fonts.large_strong, ui.fonts.large_body, ui.fonts.large_small, 42};
    const auto height_of_rows = [&] { return ui.px(fonts.row) * static_cast<float>(rows.size()); };
    if (height_of_rows() > window.height() * kLegendShare - ui.px(120))
        fonts = {ui.fonts.strong, ui.fonts.body, ui.fonts.small, 26};
    const float row = ui.px(fonts.row), box = row * 1.1F, pad = ui.px(22), between = ui.px(16);
    float label = 0, count = 0;
    for (const LegendRow& r : rows) {
        label = std::max(label, text_size(fonts.body, r.words).x);
        count = std::max(count, text_size(fonts.strong, r.count).x);
    }
    const float inner =
        std::clamp(box + between + label + ui.px(28) + count, ui.px(300), window.width() * 0.45F);
    std::string said = shown.note;
    if (left) // whose counts these are
        said = compared_years(ui, shown) + (said.empty() ? "" : " · " + said);
    const std::string title = wrapped(fonts.strong, shown.title, inner),
                      note = wrapped(fonts.small, said, inner);
    const auto lines = [](const std::string& text) {
        return text.empty() ? 0 : 1 + std::count(text.begin(), text.end(), '\n');
    };
    const float head = text_size(fonts.strong, "X").y * static_cast<float>(lines(title)) +
                       text_size(fonts.small, "X").y * static_cast<float>(lines(note)) + ui.px(10);
    const float sizes = legend_sizes_height(ui, shown, fonts.small);
    const float width = inner + 2 * pad, height = 2 * pad + head + sizes + height_of_rows();
    const ImVec2 a{window.x1 - width - ui.px(36),
                   std::max(ui.px(20), window.y1 - height - ui.px(84))};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(a, {a.x + width, a.y + height}, faded(ui.theme->ground, 0.93F), ui.px(10));
    const float x = a.x + pad;
    float y = draw_lines_of(list, fonts.strong, {x, a.y + pad}, ui.theme->text, title);
    if (!note.empty()) y = draw_lines_of(list, fonts.small, {x, y}, ui.theme->muted, note);
    y = a.y + pad + head;
    ImGui::SetCursorScreenPos({x, y});
    draw_legend_sizes(ui, shown, fonts.small);
    y += sizes;
    for (const LegendRow& r : rows) {
        const ImVec2 size{box, row * 0.62F};
        if (r.entry)
            swatch(ui, list, {x, y + (row - size.y) / 2}, size, *r.entry);
        else
            draw_place(list, r.kind, {x + box / 2, y + row / 2}, row * 0.62F, ui.theme->text,
                       ui.theme->ground);
        const float text_y = y + (row - text_size(fonts.body, "X").y) / 2;
        draw_text_cut(list, fonts.body, {x + box + between, text_y},
                      inner - box - between - count - ui.px(12), ui.theme->text, r.words);
        draw_text(list, fonts.strong, {x + inner - text_size(fonts.strong, r.count).x, text_y},
                  ui.theme->text, r.count);
        y += row;
    }
    ui.probe.item("present.legend", a.x, a.y, a.x + width, a.y + height);
    ui.probe.state("present.legend", shown.title + "|" + said);
    return window.x1 - a.x;
}

// The ground left and right of the land in a space that it fits into; in interface units.
double beside_land(const Ui& ui, double width, double height) {
    const geo::Box& land = ui.document.dataset()->vintage->coverage->main_box();
    return (width - std::min(width, height * land.width() / std::max(land.height(), 1.0))) / 2;
}

// How far down the title lies over the land, were the map fitted to the whole window: one that
// stands beside the land takes nothing from the map.
float title_covers(const Ui& ui, const Rect& window, const Rect& title) {
    if (ui.shell.mode == MapMode::Compare || ui.shell.mode == MapMode::Multiples) return title.y1;
    return title.x1 < beside_land(ui, window.width(), window.height()) ? 0 : title.y1;
}

// How far in from the right the map has to keep clear of a legend that reaches so far. Its width
// counts in whole steps: counts that grow by a digit move no map.
float legend_covers(const Ui& ui, const Rect& window, float top, float legend) {
    const float covers = std::ceil(legend / ui.px(80)) * ui.px(80);
    if (ui.shell.mode == MapMode::Compare || ui.shell.mode == MapMode::Multiples) return covers;
    // One picture has it over a corner, as long as there is sea or nothing.
    const double margins = 2 * ui.map.margin_around_land(ui);
    const double beside =
        beside_land(ui, window.width(), std::max(window.height() - top - margins, 1.0));
    return beside < covers ? covers : 0;
}

// What is mapped, where and when; of a district in the light, its name. Returns where it is: as
// wide as what is mapped, so that the light on another district moves no map.
Rect draw_large_title(Ui& ui, const Rect& window, const ShownLegend& shown) {
    const app::StyledMap& styled = *shown.styled;
    const auto dataset = ui.document.dataset();
    std::string title = shown.change ? shown.title : styled.indicator_name;
    if (ui.document.shows_result() && !shown.change)
        title = styled.title.empty() ? styled.legend_title : styled.title;
    std::string area = app::area_name(*dataset, ui.document.language());
    const auto& districts =
        dataset->vintage->units.groups[static_cast<std::size_t>(data::Level::District)];
    if (ui.shell.spotlight && *ui.shell.spotlight < districts.size()) {
        const data::Group& lit = districts[*ui.shell.spotlight];
        const std::string& name = lit.name.empty() ? lit.code : lit.name;
        area = name + (area.empty() ? "" : ", " + area);
    }
    title = wrapped(ui.fonts.large_title, title, window.width() * 0.58F);
    const ImVec2 words = text_size(ui.fonts.large_title, title),
                 where = text_size(ui.fonts.large_body, area);
    const ImVec2 at{ui.px(36), ui.px(26)};
    const float width = std::max(words.x, where.x), height = words.y + where.y;
    const Rect plate{at.x - ui.px(16), at.y - ui.px(8), at.x + width + ui.px(16),
                     at.y + height + ui.px(10)};
    const Rect covering{plate.x0, plate.y0, at.x + words.x + ui.px(16), plate.y1};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({plate.x0, plate.y0}, {plate.x1, plate.y1}, faded(ui.theme->ground, 0.93F),
                       ui.px(10));
    const float below = draw_lines_of(list, ui.fonts.large_title, at, ui.theme->text, title);
    draw_text(list, ui.fonts.large_body, {at.x, below}, ui.theme->muted, area);
    ui.probe.item("present.title", at.x, at.y, at.x + width, at.y + height);
    ui.probe.state("present.title", title + "|" + area);
    const std::string year = data::to_string(styled.choice.period);
    if (year.empty() || shown.change || ui.shell.mode == MapMode::Multiples ||
        ui.shell.mode == MapMode::Compare) // which name their own
        return covering;
    const ImVec2 corner{at.x, at.y + height + ui.px(16)};
    draw_text_halo(list, ui.fonts.large_year, corner, ui.theme->text, ui.theme->ground, ui.px(3),
                   year);
    const ImVec2 extent = text_size(ui.fonts.large_year, year);
    ui.probe.item("present.year", corner.x, corner.y, corner.x + extent.x, corner.y + extent.y);
    return covering;
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
    const auto& periods = ui.document.years();
    for (const KeyPress& key : ui.keys) {
        if (key.mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) continue;
        if (key.key >= GLFW_KEY_0 && key.key <= GLFW_KEY_9) {
            const auto year = static_cast<std::size_t>((key.key - GLFW_KEY_0 + 9) % 10 +
                                                       (key.mods & GLFW_MOD_SHIFT ? 10 : 0));
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
        case GLFW_KEY_UP:
            change_speed(ui, 1);
            break;
        case GLFW_KEY_DOWN:
            change_speed(ui, -1);
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

MapView::Covered draw_presentation(Ui& ui) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const Rect window{0, 0, size.x, size.y};
    if (ui.shell.black) {
        begin_region(ui, "black", window, {.ground = IM_COL32_BLACK, .padding = {0, 0}});
        ImGui::GetWindowDrawList()->AddRectFilled({0, 0}, size, IM_COL32_BLACK);
        end_region();
        return {};
    }
    ui.map.update(ui, window);
    settle_view(ui);
    ui.map.draw(ui, window);
    // The letters for a room are there one frame after they are asked for.
    if (ui.fonts.large_title == ui.fonts.title) ui.animating = true;
    const ShownLegend shown = shown_legend(ui);
    if (!shown.styled || !shown.style) return {};
    begin_region(ui, "present", window, {.padding = {0, 0}, .bare = true, .untouchable = true});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    MapView::Covered covered;
    covered.top = title_covers(ui, window, draw_large_title(ui, window, shown));
    const float legend = draw_large_legend(ui, window, shown);
    covered.right = legend_covers(ui, window, covered.top, legend);
    draw_slide_number(ui, window);
    // The dot that points; its white ring stands out from every palette.
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (window.contains(mouse)) {
        list.AddCircleFilled(mouse, ui.px(11), IM_COL32(0xE0, 0x5A, 0x00, 90));
        list.AddCircleFilled(mouse, ui.px(8), IM_COL32(0xFF, 0xFF, 0xFF, 235));
        list.AddCircleFilled(mouse, ui.px(5), IM_COL32(0xD0, 0x20, 0x10, 255));
    }
    end_region();
    return covered;
}

} // namespace diaban::gui
