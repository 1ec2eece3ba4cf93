// Which pictures the map region holds, what each shows, and the line between two of them.
#include "gui/map_view.hpp"
#include "gui/style_cache.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr std::size_t kMostPictures = 16;
constexpr float kBetween = 2; // pixels between pictures

// At most sixteen periods, first and last among them, as evenly spread as whole numbers allow.
std::vector<data::Period> chosen_periods(const std::vector<data::Period>& all) {
    if (all.size() <= kMostPictures) return all;
    std::vector<data::Period> out;
    for (std::size_t i = 0; i < kMostPictures; ++i)
        out.push_back(all[i * (all.size() - 1) / (kMostPictures - 1)]);
    return out;
}

// Columns that leave the pictures largest, for a map as wide as high.
std::size_t best_columns(std::size_t pictures, const Rect& area, double aspect) {
    std::size_t best = 1;
    double largest = 0;
    for (std::size_t columns = 1; columns <= pictures; ++columns) {
        const auto rows = (pictures + columns - 1) / columns;
        const double width = static_cast<double>(area.width()) / static_cast<double>(columns);
        const double height = static_cast<double>(area.height()) / static_cast<double>(rows);
        const double side = std::min(width / aspect, height);
        if (side > largest) largest = side, best = columns;
    }
    return best;
}

// Colours of units outside a district fade towards the ground.
map::Style spotlit(const map::Style& style, const data::UnitTable& units, std::size_t district,
                   map::Colour ground) {
    map::Style out = style;
    const std::size_t entries = style.entries.size();
    for (std::size_t e = 0; e < entries; ++e) {
        map::LegendEntry faint = style.entries[e];
        const auto mix = [](std::uint8_t a, std::uint8_t b) {
            return static_cast<std::uint8_t>((a + 4 * b) / 5);
        };
        faint.colour = {mix(faint.colour.r, ground.r), mix(faint.colour.g, ground.g),
                        mix(faint.colour.b, ground.b)};
        faint.hatch = map::Hatch::None;
        out.entries.push_back(std::move(faint));
    }
    const auto& parent = units.parent[static_cast<std::size_t>(data::Level::District)];
    for (std::size_t i = 0; i < out.entry_of.size() && i < parent.size(); ++i)
        if (parent[i] != district)
            out.entry_of[i] = static_cast<std::uint16_t>(out.entry_of[i] + entries);
    return out;
}

constexpr float kCompareYear = 44, kMultiplesYear = 6; // from above to the plate of a year
constexpr float kYearPlate = 8;                        // what the plate adds to its text

// From the top of a picture to the lower edge of the plate with its year.
float year_plate_bottom(const Ui& ui, MapMode mode) {
    const bool compare = mode == MapMode::Compare;
    return ui.px(compare ? kCompareYear : kMultiplesYear) + ui.px(kYearPlate) +
           text_size(compare ? ui.fonts.year : ui.fonts.strong, "2000").y;
}

} // namespace

data::Period drawn_period(const Ui& ui) {
    const auto* styled = ui.document.styled();
    return styled ? styled->choice.period : data::Period{};
}

bool exists_now(const Ui& ui, const data::Place& place) {
    return data::exists_in(place, drawn_period(ui));
}

data::Period compare_period(const Ui& ui) {
    const auto dataset = ui.document.dataset();
    if (!dataset || !dataset->cube || dataset->cube->periods.empty()) return {};
    const auto& periods = dataset->cube->periods;
    const bool known = std::find(periods.begin(), periods.end(), ui.shell.compare) != periods.end();
    return known ? ui.shell.compare : periods.front();
}

const MapView::Pane& MapView::pane_at(ImVec2 mouse) const {
    for (const Pane& pane : panes_)
        if (pane.visible.contains(mouse)) return pane;
    return panes_[std::min(active_, panes_.size() - 1)];
}

void MapView::arrange(Ui& ui, const Rect& whole) {
    const app::StyledMap* styled = ui.document.styled();
    MapMode mode = ui.shell.mode;
    if (!styled || !dataset_ || dataset_ != ui.document.dataset() ||
        dataset_->cube->periods.size() < 2)
        mode = MapMode::One;
    const data::Period now = styled ? styled->choice.period : data::Period{};
    std::vector<data::Period> periods{now};
    if (mode == MapMode::Compare) periods = {compare_period(ui), now};
    if (mode == MapMode::Multiples) periods = chosen_periods(dataset_->cube->periods);
    if (panes_.size() != periods.size()) panes_.resize(periods.size());
    const std::size_t count = panes_.size();
    const bool swipe = mode == MapMode::Compare && ui.shell.swipe;
    // One picture reaches below what covers the map and is fitted beside it; several lie beside it.
    Rect area = whole;
    covered_ = strips_;
    covered_.top = std::max(covered_.top, banner_height(ui));
    if (count > 1 && !swipe) area.x1 -= std::exchange(covered_.right, 0.0F);
    // The title of a presentation stands above the years of the pictures.
    if (count > 1 && (mode == MapMode::Multiples || ui.shell.presenting))
        area.y0 += std::exchange(covered_.top, 0.0F);
    // The land lies below the years of the pictures.
    if (count > 1) covered_.top = std::max(covered_.top, year_plate_bottom(ui, mode));
    std::size_t columns = swipe ? 1 : count;
    if (mode == MapMode::Multiples) {
        const geo::Box& box = dataset_->vintage->coverage->main_box();
        columns = best_columns(count, area, box.width() / std::max(box.height(), 1.0));
    }
    const auto rows = swipe ? 1 : (count + columns - 1) / columns;
    // All pictures have the same size, in whole pixels.
    const float width = std::floor((area.width() - kBetween * static_cast<float>(columns - 1)) /
                                   static_cast<float>(columns)),
                height = std::floor((area.height() - kBetween * static_cast<float>(rows - 1)) /
                                    static_cast<float>(rows));
    for (std::size_t i = 0; i < count; ++i) {
        Pane& pane = panes_[i];
        pane.period = periods[i];
        const std::size_t place = swipe ? 0 : i;
        const float x = area.x0 + static_cast<float>(place % columns) * (width + kBetween);
        const float y = area.y0 + static_cast<float>(place / columns) * (height + kBetween);
        pane.area = pane.visible = {x, y, x + width, y + height};
        if (swipe) {
            const float line = std::round(area.x0 + ui.shell.swipe_at * width);
            (i == 0 ? pane.visible.x1 : pane.visible.x0) = line;
        }
    }
}

void MapView::take_styles(Ui& ui) {
    if (!dataset_ || dataset_ != ui.document.dataset()) return;
    const app::StyledMap* styled = ui.document.styled();
    const app::StyledMap* shown = ui.document.shown();
    const std::size_t units = dataset_->vintage->units.size();
    if (!shown) {
        // Boundaries without values: the shape of the land is shown all the same.
        const Look plain{.plain = true};
        if (panes_.front().look == plain) return;
        map::Style land;
        land.entries.emplace_back().colour =
            ui.theme->dark ? map::Colour{0x3A, 0x40, 0x46} : map::kOtherLand;
        land.entry_of.assign(units, 0);
        panes_.front().picture.set_colours(land, units, false);
        panes_.front().look = plain;
        take_theme(ui, panes_.front(), nullptr, land);
        return;
    }
    // A result of boundaries without values is all that there is to show.
    const bool result = ui.document.shows_result() && shown != styled;
    const bool change = ui.shell.mode == MapMode::Change && panes_.size() == 1;
    for (Pane& pane : panes_) {
        Look look{.choice = styled ? styled->choice : shown->choice,
                  .where = styled ? styled->where : nullptr,
                  .from = {},
                  .language = {},
                  .spotlight = ui.shell.presenting ? ui.shell.spotlight : std::nullopt,
                  .hatches = ui.document.settings().hatches,
                  .result = result ? shown->serial : 0};
        look.choice.period = pane.period;
        if (change) look.from = compare_period(ui), look.language = ui.document.language().code();
        if (pane.look == look) continue;
        const app::StyledMap* of = result ? shown : styled;
        std::optional<map::Style> changed;
        if (result) {
            // A result is of one year; it stands in every picture.
        } else if (change) {
            if (const app::Change* what = ui.styles.change(ui.document, *look.from, pane.period))
                changed = what->style;
        } else if (pane.period != styled->choice.period) {
            for (const app::StyledMap& year : ui.styles.all_years(ui.document))
                if (year.choice.period == pane.period) of = &year;
        }
        const auto theme = changed ? nullptr : of->theme;
        take_theme(ui, pane, theme, of->style);
        map::Style ground = changed ? *changed : of->style;
        if (theme) ground = map::ground_style(of->style, *theme);
        if (look.spotlight)
            ground =
                spotlit(ground, dataset_->vintage->units, *look.spotlight, ui.theme->map_ground);
        pane.picture.set_colours(ground, units, look.hatches);
        pane.look = std::move(look);
        // A year on the move is painted fast, then smooth.
        if (!painter_->has_plate_for(pane.picture)) moved_at_ = ui.now;
    }
}

void MapView::show(int framebuffer_height) const {
    if (!dataset_ || !painter_ || view_.width_px <= 0) return;
    const auto px = [&](float v) { return static_cast<int>(std::round(v * raster_)); };
    for (const Pane& pane : panes_)
        pane.picture.show(px(pane.area.x0),
                          framebuffer_height - px(pane.area.y0) - static_cast<int>(view_.height_px),
                          px(pane.visible.x0) - px(pane.area.x0),
                          px(pane.visible.x1) - px(pane.area.x0));
}

// The year of each picture; of a comparison the first can be stepped here, the second by the
// slider.
void MapView::draw_pane_titles(Ui& ui) {
    if (panes_.size() < 2) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto& periods = dataset_->cube->periods;
    const bool compare = ui.shell.mode == MapMode::Compare;
    for (std::size_t i = 0; i < panes_.size(); ++i) {
        const Pane& pane = panes_[i];
        const std::string text = data::to_string(pane.period);
        ImFont* font = compare ? ui.fonts.year : ui.fonts.strong;
        const ImVec2 size = text_size(font, text);
        const bool steps = compare && i == 0;
        const float arrows = steps ? ui.px(34) : 0, pad = ui.px(10);
        const float width = size.x + 2 * pad + 2 * arrows, height = size.y + ui.px(kYearPlate);
        // Of two pictures in one, the right one has its title at the right.
        const bool right = compare && ui.shell.swipe && i == 1;
        const float x = right ? pane.area.x1 - width - ui.px(10) : pane.area.x0 + ui.px(10);
        const float y = pane.area.y0 + ui.px(compare ? kCompareYear : kMultiplesYear);
        const bool current = pane.period == ui.document.styled()->choice.period;
        list.AddRectFilled({x, y}, {x + width, y + height}, faded(ui.theme->ground, 0.86F),
                           ui.px(6));
        if (current && !compare)
            list.AddRect({x, y}, {x + width, y + height}, ui.theme->accent, ui.px(6), 0,
                         ui.px(1.5F));
        draw_text(list, font, {x + pad + arrows, y + ui.px(4)}, ui.theme->text, text);
        const std::string name = "pane:" + text;
        if (!compare) {
            ImGui::SetCursorScreenPos({x, y});
            if (ImGui::InvisibleButton(name.c_str(), {width, height}))
                ui.document.set_period(pane.period);
            record(ui, name, true, current);
            continue;
        }
        ui.probe.item("pane:" + std::to_string(i), x, y, x + width, y + height);
        if (!steps) continue;
        const auto at = static_cast<std::size_t>(
            std::find(periods.begin(), periods.end(), pane.period) - periods.begin());
        const float top = y + (height - ui.px(kButton)) / 2;
        ImGui::SetCursorScreenPos({x, top});
        if (tool_button(ui, "ui.compare.previous", {.icon = Icon::Previous, .enabled = at > 0}))
            ui.shell.compare = periods[at - 1];
        ImGui::SetCursorScreenPos({x + width - ui.px(34), top});
        if (tool_button(ui, "ui.compare.next",
                        {.icon = Icon::Next, .enabled = at + 1 < periods.size()}))
            ui.shell.compare = periods[at + 1];
    }
}

void MapView::draw_swipe(Ui& ui, const Rect& area) {
    if (panes_.size() != 2 || !ui.shell.swipe) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float x = panes_[0].visible.x1, y = (area.y0 + area.y1) / 2;
    list.AddRectFilled({x - ui.px(1.5F), area.y0}, {x + ui.px(1.5F), area.y1}, ui.theme->ground);
    list.AddCircleFilled({x, y}, ui.px(15), ui.theme->ground, 32);
    list.AddCircle({x, y}, ui.px(15), ui.theme->line, 32);
    draw_icon(list, Icon::Left, {x - ui.px(6), y}, ui.px(12), ui.theme->text);
    draw_icon(list, Icon::Right, {x + ui.px(6), y}, ui.px(12), ui.theme->text);
    ui.probe.item("map.swipe", x - ui.px(15), y - ui.px(15), x + ui.px(15), y + ui.px(15));
}

} // namespace diaban::gui
