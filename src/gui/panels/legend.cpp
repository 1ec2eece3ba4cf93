// Right, upper part: the legend with counts, and how classes and colours are made.
#include "app/commands/classes.hpp"
#include "app/commands/map.hpp"
#include "app/map_kind.hpp"
#include "app/view_notes.hpp"
#include "gui/map_view.hpp"
#include "gui/overlay_shapes.hpp"
#include "gui/panels/legend_figure.hpp"
#include "gui/panels/map_kind.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/style_cache.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"
#include "map/colour_vision.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

constexpr map::Method kClassMethods[] = {map::Method::Quantile,
                                         map::Method::Equal,
                                         map::Method::Pretty,
                                         map::Method::Natural,
                                         map::Method::StandardDeviation,
                                         map::Method::HeadTail,
                                         map::Method::Box,
                                         map::Method::BoxExtreme,
                                         map::Method::Percentile,
                                         map::Method::Geometric,
                                         map::Method::Unique,
                                         map::Method::Manual}; // offered only where it is chosen

// As high as its circle, where it has one.
float row_height(const Ui& ui, const map::LegendEntry& entry) {
    return ui.px(std::max(26.0F, static_cast<float>(entry.disc_px) + 6));
}

// One row: swatch, interval, count. A click selects its units.
void legend_row(Ui& ui, const map::Style& style, std::size_t at, const std::string& count) {
    const map::LegendEntry& entry = style.entries[at];
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = row_height(ui, entry);
    // The words begin where the widest circle of the legend ends.
    float widest = 26;
    for (const map::LegendEntry& other : style.entries)
        widest = std::max(widest, static_cast<float>(other.disc_px));
    const std::string name = "legend:" + std::to_string(at);
    const bool clicked = ImGui::InvisibleButton(name.c_str(), {width, height});
    record(ui, name);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (ImGui::IsItemHovered()) {
        list.AddRectFilled({start.x - ui.px(8), start.y},
                           {start.x + width + ui.px(8), start.y + height}, ui.theme->hover,
                           ui.px(6));
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    const bool disc = entry.disc_px > 0;
    const ImVec2 box{ui.px(widest), disc ? ui.px(static_cast<float>(entry.disc_px)) : ui.px(17)};
    swatch(ui, list, {start.x, start.y + (height - box.y) / 2}, box, entry);
    const float line = text_size(ui.fonts.body, "X").y, y = start.y + (height - line) / 2;
    const float count_width = text_size(ui.fonts.body, count).x;
    draw_text_cut(list, ui.fonts.body, {start.x + ui.px(widest + 11), y},
                  width - ui.px(widest + 19) - count_width, ui.theme->text, entry.label);
    draw_text(list, ui.fonts.body, {start.x + width - count_width, y}, ui.theme->muted, count);
    if (clicked) choose_units(ui, app::faces_of_entry(style, at));
}

// A count on areas shows where many people live: the rate is one click away.
void counts_note(Ui& ui, const app::StyledMap& styled) {
    const auto dataset = ui.document.dataset();
    if (!app::shows_counts(*dataset, styled)) return;
    if (styled.choice.kind != map::MapKind::Choropleth) return;
    const auto rate = app::rate_of(*dataset, styled);
    gap(ui, 6);
    paragraph(ui, ui.fonts.small, rate ? ui.theme->text : ui.theme->muted,
              ui.text(rate ? "ui.counts.note" : "ui.counts.no_rate"));
    gap(ui, 3);
    const bool as_rate = rate && text_button(ui, "ui.counts.use_rate", true);
    if (rate) gap(ui, 3);
    const bool as_circles = text_button(ui, "ui.counts.use_symbols");
    app::MapChoice next = ui.document.project().map;
    if (as_rate) {
        next.indicator = dataset->cube->indicators[*rate].id;
        next.period = styled.choice.period;
        choose(ui, next, "edit.indicator");
    } else if (as_circles) {
        next.kind = map::MapKind::Symbols;
        choose(ui, next, "edit.kind");
    }
}

// Why there are fewer classes than asked for; looked at once per look of the map.
std::string fewer_note(Ui& ui, const app::StyledMap& styled) {
    static std::uint64_t serial = 0; // of the look it was made for
    static std::string note;
    if (serial != styled.serial) {
        serial = styled.serial;
        note = app::fewer_classes(*ui.document.dataset(), styled, ui.document.language());
    }
    return note;
}

// The colours of a palette side by side, as somebody sees them.
void palette_strip(ImDrawList& list, ImVec2 from, ImVec2 size,
                   const std::vector<map::Colour>& colours, map::Vision vision) {
    const float step = size.x / static_cast<float>(colours.size());
    for (std::size_t i = 0; i < colours.size(); ++i)
        list.AddRectFilled({from.x + step * static_cast<float>(i), from.y},
                           {from.x + step * static_cast<float>(i + 1), from.y + size.y},
                           colour(map::seen_with(vision, colours[i])));
}

// Where the strips of the list stand: one for each way of seeing, then the name.
struct StripColumns {
    float width, gap, name;
    explicit StripColumns(const Ui& ui)
        : width(0), gap(ui.px(6)), name(text_size(ui.fonts.small, "Spectral").x + ui.px(26)) {
        const float room = ImGui::GetContentRegionAvail().x - name;
        width = std::max(ui.px(20), room / static_cast<float>(map::kVisions.size()) - gap);
    }
    float at(std::size_t column) const { return (width + gap) * static_cast<float>(column); }
};

void vision_names(Ui& ui, const StripColumns& columns) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ui.px(18);
    for (std::size_t v = 0; v < map::kVisions.size(); ++v) {
        const std::string word(map::to_string(map::kVisions[v]));
        ImGui::SetCursorScreenPos({at.x + columns.at(v), at.y});
        ImGui::Dummy({columns.width, height});
        record(ui, "vision:" + word);
        if (ImGui::IsItemHovered()) tooltip(ui, ui.text("vision_note." + word));
        draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.tiny, {at.x + columns.at(v), at.y},
                      columns.width + columns.gap / 2, ui.theme->muted, ui.text("vision." + word));
    }
    ImGui::SetCursorScreenPos({at.x, at.y + height});
}

// All palettes for ordered values, each as different people see it.
void palette_list(Ui& ui, std::size_t classes, app::MapChoice& next) {
    const StripColumns columns(ui);
    vision_names(ui, columns);
    for (const map::Palette& palette : map::palettes()) {
        if (palette.kind == map::PaletteKind::Qualitative) continue;
        const ImVec2 row = ImGui::GetCursorScreenPos();
        const float right = row.x + ImGui::GetContentRegionAvail().x;
        if (ImGui::Selectable(("##" + palette.id).c_str(), palette.id == next.palette, 0,
                              {0, ui.px(22)}))
            next.palette = palette.id;
        record(ui, "palette:" + palette.id, true, palette.id == next.palette);
        if (ImGui::IsItemHovered())
            tooltip(ui, ui.text(palette.colour_blind_safe ? "ui.choice.safe" : "ui.choice.unsafe"));
        ImDrawList& list = *ImGui::GetWindowDrawList();
        const auto colours = map::palette_colours(palette.id, classes, next.reversed);
        for (std::size_t v = 0; v < map::kVisions.size(); ++v)
            palette_strip(list, {row.x + columns.at(v), row.y + ui.px(4)},
                          {columns.width, ui.px(14)}, colours, map::kVisions[v]);
        draw_text(list, ui.fonts.small,
                  {row.x + columns.at(map::kVisions.size()), row.y + ui.px(2)}, ui.theme->text,
                  palette.id);
        if (!palette.colour_blind_safe)
            draw_icon(list, Icon::Warning, {right - ui.px(8), row.y + ui.px(11)}, ui.px(14),
                      ui.theme->warning);
    }
}

void palette_choice(Ui& ui, const app::StyledMap& styled, app::MapChoice& next) {
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.small, ImGui::GetCursorScreenPos(),
              ui.theme->muted, ui.text("ui.choice.palette"));
    ImGui::Dummy({1, text_size(ui.fonts.small, "X").y + ui.px(2)});
    ImGui::SetNextItemWidth(-FLT_MIN);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const std::size_t classes = std::max<std::size_t>(styled.classes.k(), 2);
    const bool open = ImGui::BeginCombo(
        "##palette", "", ImGuiComboFlags_HeightLargest | ImGuiComboFlags_NoArrowButton);
    record(ui, "ui.choice.palette");
    if (open) {
        palette_list(ui, classes, next);
        ImGui::EndCombo();
    }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_icon(list, Icon::Down, {at.x + width - ui.px(18), at.y + ImGui::GetFrameHeight() / 2},
              ui.px(13), ui.theme->muted);
    palette_strip(list, {at.x + ui.px(10), at.y + ui.px(9)},
                  {width - ui.px(56), ImGui::GetFrameHeight() - ui.px(18)},
                  map::palette_colours(next.palette, classes, next.reversed), map::Vision::Usual);
}

} // namespace

ShownLegend shown_legend(Ui& ui) {
    ShownLegend out;
    out.styled = ui.document.shown();
    if (!out.styled) return out;
    const app::Change* change =
        ui.shell.mode == MapMode::Change
            ? ui.styles.change(ui.document, compare_period(ui), out.styled->choice.period)
            : nullptr;
    out.change = change != nullptr;
    out.title = change ? change->title : out.styled->legend_title;
    out.note = change ? change->note : out.styled->legend_note;
    out.style = change ? &change->style : &out.styled->style;
    out.theme = change ? nullptr : out.styled->theme.get();
    return out;
}

const map::Style* compared_style(Ui& ui) {
    if (ui.shell.mode != MapMode::Compare || ui.document.shows_result()) return nullptr;
    const data::Period left = compare_period(ui);
    for (const app::StyledMap& year : ui.styles.all_years(ui.document))
        if (year.choice.period == left) return &year.style;
    return nullptr;
}

std::string compared_years(const Ui& ui, const ShownLegend& shown) {
    return data::to_string(compare_period(ui)) + " | " +
           data::to_string(shown.styled->choice.period);
}

std::optional<std::size_t> same_row(const map::Style& style, const map::LegendEntry& entry) {
    for (std::size_t i = 0; i < style.entries.size(); ++i)
        if (style.entries[i].role == entry.role && style.entries[i].label == entry.label) return i;
    return std::nullopt;
}

namespace {

// "12", or of two maps side by side "9 | 12".
std::string counts_of(Ui& ui, const map::LegendEntry& entry, const map::Style* left) {
    const app::Language& language = ui.document.language();
    const std::string count = language.count(entry.count);
    if (!left) return count;
    const auto there = same_row(*left, entry);
    return language.count(there ? left->entries[*there].count : 0) + " | " + count;
}

void legend_rows(Ui& ui, const ShownLegend& shown) {
    const map::Style* left = shown.change ? nullptr : compared_style(ui);
    if (left) {
        const std::string years = compared_years(ui, shown);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float room = ImGui::GetContentRegionAvail().x;
        draw_text(*ImGui::GetWindowDrawList(), ui.fonts.small,
                  {at.x + room - text_size(ui.fonts.small, years).x, at.y}, ui.theme->muted, years);
        ImGui::Dummy({1, ui.px(19)});
        ui.probe.state("legend.years", years);
    }
    draw_legend_figure(ui, shown,
                       [&](const map::LegendEntry& entry) { return counts_of(ui, entry, left); });
    for (std::size_t i = 0; i < shown.style->entries.size(); ++i) {
        if (in_legend_figure(shown, shown.style->entries[i])) continue;
        const std::string counts = counts_of(ui, shown.style->entries[i], left);
        legend_row(ui, *shown.style, i, counts);
        ui.probe.state("legend.count:" + std::to_string(i), counts);
    }
}

} // namespace

std::vector<std::pair<std::string, std::size_t>> drawn_kinds(const Ui& ui) {
    std::vector<std::pair<std::string, std::size_t>> kinds;
    if (ui.shell.mode == MapMode::Multiples) return kinds; // small pictures have none
    for (const data::PlaceLayer& layer : ui.document.dataset()->places)
        for (const data::Place& place : layer.places) {
            if (ui.document.project().hidden_kinds.contains(place.kind) || !exists_now(ui, place))
                continue;
            const auto known = std::find_if(kinds.begin(), kinds.end(),
                                            [&](const auto& k) { return k.first == place.kind; });
            if (known == kinds.end())
                kinds.emplace_back(place.kind, 1);
            else
                ++known->second;
        }
    return kinds;
}

namespace {

constexpr float kPlaceRow = 24, kPlaceGap = 6;

// Layers of lines that are drawn.
std::vector<app::LineLayer> drawn_lines(const Ui& ui) {
    std::vector<app::LineLayer> out;
    if (ui.shell.mode == MapMode::Multiples) return out; // small pictures have none
    for (const app::LineLayer& layer : ui.document.project().lines)
        if (layer.shown) out.push_back(layer);
    return out;
}

void line_rows(Ui& ui) {
    const auto layers = drawn_lines(ui);
    if (layers.empty()) return;
    gap(ui, kPlaceGap);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const ImVec2 start = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x, height = ui.px(kPlaceRow);
        const float y = start.y + height / 2;
        line_key(ui, list, layers[i], {start.x, y}, ui.px(26));
        draw_text_cut(list, ui.fonts.body,
                      {start.x + ui.px(37), y - text_size(ui.fonts.body, "X").y / 2},
                      width - ui.px(37), ui.theme->text, layers[i].title());
        ImGui::Dummy({width, height});
        record(ui, "legend.line:" + std::to_string(i));
    }
}

// What the lines and the symbols of places mean.
void place_rows(Ui& ui) {
    line_rows(ui);
    const auto kinds = drawn_kinds(ui);
    if (kinds.empty()) return;
    gap(ui, kPlaceGap);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const auto& [kind, count] : kinds) {
        const ImVec2 start = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x, height = ui.px(kPlaceRow);
        draw_place(list, kind, {start.x + ui.px(13), start.y + height / 2}, ui.px(16),
                   ui.theme->text, ui.theme->ground);
        const std::string number = ui.document.language().count(count);
        const float number_width = text_size(ui.fonts.body, number).x;
        const float y = start.y + (height - text_size(ui.fonts.body, "X").y) / 2;
        draw_text_cut(list, ui.fonts.body, {start.x + ui.px(37), y},
                      width - ui.px(45) - number_width, ui.theme->text,
                      app::place_kind_text(kind, ui.document.language()));
        draw_text(list, ui.fonts.body, {start.x + width - number_width, y}, ui.theme->muted,
                  number);
        ImGui::Dummy({width, height});
        record(ui, "legend.place:" + kind);
    }
}

float wrapped_height(ImFont* font, const std::string& text, float width) {
    const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
    return text.empty() ? 0 : font->CalcTextSizeA(size, FLT_MAX, width, text.c_str()).y;
}

} // namespace

void draw_legend(Ui& ui) {
    heading(ui, "ui.legend");
    const ShownLegend shown = shown_legend(ui);
    if (!shown.styled) {
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.legend.no_values"));
        gap(ui, 4);
        if (ui.document.dataset() && !ui.document.loading() &&
            text_button(ui, "ui.legend.open_table", true, true, ImGui::GetContentRegionAvail().x))
            ui.shell.open_dialog = true;
        place_rows(ui);
        return;
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(1)});
    paragraph(ui, ui.fonts.strong, ui.theme->text, shown.title);
    if (!shown.note.empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, shown.note);
    if (!shown.change && !ui.document.shows_result()) counts_note(ui, *shown.styled);
    gap(ui, 5);
    ImGui::PopStyleVar();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    legend_rows(ui, shown);
    place_rows(ui);
    ImGui::PopStyleVar();
    if (!shown.change && !ui.document.shows_result() &&
        link(ui, "legend_edit", ui.text("ui.legend.edit_link")))
        show_panel(ui, "legend");
    // Wherever the map is seen it can be of all communes again.
    if (shown.styled->where && link(ui, "legend_unfilter", ui.text("ui.query.unfilter"))) {
        app::MapChoice next = ui.document.project().map;
        next.where.clear();
        choose(ui, next, "edit.where");
    }
    const std::string missing =
        app::units_not_drawn(*ui.document.dataset(), ui.document.language());
    ui.probe.state("legend.not_drawn", missing);
    if (missing.empty()) return;
    gap(ui, 4);
    paragraph(ui, ui.fonts.small, ui.theme->warning, missing);
}

float draw_small_legend(Ui& ui, const Rect& map_area) {
    const ShownLegend shown = shown_legend(ui);
    if (!shown.styled) return 0;
    const float width = std::min(ui.px(252), map_area.width() * 0.42F), pad = ui.px(12);
    const float edge = ui.px(8);
    const float title = wrapped_height(ui.fonts.strong, shown.title, width - 2 * pad);
    float rows =
        legend_figure_height(ui, shown) + (ui.shell.mode == MapMode::Compare ? ui.px(19) : 0);
    for (const map::LegendEntry& entry : shown.style->entries)
        if (!in_legend_figure(shown, entry)) rows += row_height(ui, entry);
    const auto kinds = static_cast<float>(drawn_kinds(ui).size());
    const auto lines = static_cast<float>(drawn_lines(ui).size());
    const float places = (kinds > 0 ? ui.px(kPlaceGap + kPlaceRow * kinds) : 0) +
                         (lines > 0 ? ui.px(kPlaceGap + kPlaceRow * lines) : 0);
    const float wanted = title + rows + places + 2 * ui.px(10) + ui.px(8);
    // The north arrow keeps its corner.
    const float height = std::min(wanted, map_area.height() - edge - ui.px(70));
    // Where no row would be in sight the map has the room; a button brings the panel.
    if (height < title + ui.px(26) + 2 * ui.px(10)) return 0;
    const Rect area{map_area.x1 - edge - width, map_area.y0 + edge, map_area.x1 - edge,
                    map_area.y0 + edge + height};
    begin_region(ui, "small_legend", area,
                 {.padding = {12, 10}, .scroll = height < wanted, .overlay = true, .quiet = true});
    ui.probe.item("small_legend", area.x0, area.y0, area.x1, area.y1);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(1)});
    paragraph(ui, ui.fonts.strong, ui.theme->text, shown.title);
    gap(ui, 3);
    ImGui::PopStyleVar();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    legend_rows(ui, shown);
    place_rows(ui);
    ImGui::PopStyleVar();
    end_region();
    return width + 2 * edge;
}

void draw_choices(Ui& ui) {
    const app::StyledMap* styled = ui.document.styled();
    if (!styled || styled->categorical || ui.shell.mode == MapMode::Change) return;
    if (ui.document.shows_result()) return; // the classes on the map are not of values
    gap(ui, 6);
    app::MapChoice next = ui.document.project().map;
    std::vector<std::string> texts;
    std::size_t at = 0;
    for (std::size_t i = 0; i < std::size(kClassMethods); ++i) {
        if (kClassMethods[i] == map::Method::Manual && next.method != map::Method::Manual) continue;
        texts.push_back(ui.text("method." + std::string(map::to_string(kClassMethods[i]))));
        if (kClassMethods[i] == next.method) at = i;
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    draw_map_kind(ui, *styled);
    const bool classed = app::has_classes(styled->choice.kind);
    const bool pair = styled->choice.kind == map::MapKind::Bivariate;
    if (classed && choice(ui, "ui.choice.method", at, texts)) {
        next.method = kClassMethods[at];
        choose(ui, next, "edit.classes");
    }
    // Two indicators at once have colours of their own.
    if (!pair) palette_choice(ui, *styled, next);
    if (next.palette != ui.document.project().map.palette) choose(ui, next, "edit.palette");
    gap(ui, 2);
    if (classed && next.method != map::Method::Unique && next.method != map::Method::Manual &&
        stepper(ui, "ui.choice.k", next.k, 2, 12,
                {.fewer = "ui.fewer", .more = "ui.more", .fewer_key = "[", .more_key = "]"}))
        choose(ui, next, "edit.classes", "classes");
    const std::string fewer = fewer_note(ui, *styled);
    ui.probe.state("classes.fewer", fewer);
    if (!fewer.empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, fewer);
    if (!pair && check(ui, "ui.choice.reversed", next.reversed)) choose(ui, next, "edit.palette");
    if (classed && next.method != map::Method::Unique) {
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.choice.fit") + ": " +
                      ui.document.language().number(styled->variance_fit * 100, 1) + " %");
        record(ui, "ui.choice.fit");
        if (ImGui::IsItemHovered()) tooltip(ui, ui.text("ui.choice.fit_note"));
    }
    if (!classed) {
        gap(ui, 2);
        auto request = shown_map(ui, false);
        request.out = app::suggested_name(*styled, *ui.document.dataset(), "png");
        copy_command(ui, "kind", app::to_flags(request), ImGui::GetContentRegionAvail().x);
        ImGui::PopStyleVar();
        return;
    }
    gap(ui, 2);
    copy_command(ui, "classes",
                 app::to_flags(app::ClassesRequest{ui.document.project().data, styled->choice}),
                 ImGui::GetContentRegionAvail().x);
    ImGui::PopStyleVar();
}

} // namespace diaban::gui
