// What lies over the painted map: hover outline, places, names, scale bar, north arrow.
#include "app/identify.hpp"
#include "geo/plane.hpp"
#include "gui/map_view.hpp"
#include "gui/overlay_shapes.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"
#include "gui/wrapped_text.hpp"

#include <cmath>
#include <set>

namespace diaban::gui {
namespace {

constexpr float kSymbol = 17;
constexpr double kSymbolReach = 0.62;     // of its size: kept clear of names
constexpr double kLargeNames = 20.0 / 13; // names for a room, beside the usual ones
constexpr int kPlaceName = -1;            // priority: behind all units
constexpr float kBannerTop = 6, kBannerPad = 4;
constexpr float kFurniture = 22; // margin of scale bar and north arrow
constexpr ImU32 kSymbolGround = IM_COL32(0x2B, 0x2F, 0x36, 255);
constexpr ImU32 kHalo = IM_COL32(255, 255, 255, 215);
constexpr ImU32 kInk = IM_COL32(0x23, 0x26, 0x2B, 255);
constexpr ImU32 kPlaceInk = IM_COL32(0x5A, 0x3A, 0x12, 255);

// Of a round length in metres: 0.05 needs two.
int decimals_of(double metres) {
    return metres >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(metres) - 1e-9));
}

} // namespace

void MapView::draw_overlay(Ui& ui, const Rect& area) {
    if (!shown()) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const bool small = panes_.size() > 2; // no room for names
    pointed_place_ = nullptr;
    for (const Pane& pane : panes_) {
        const Rect& seen = pane.visible;
        list.PushClipRect({seen.x0, seen.y0}, {seen.x1, seen.y1}, true);
        draw_theme(ui, pane);
        draw_hover(ui, pane.area);
        if (!small) {
            draw_lines(ui, pane.area);
            draw_buffer(ui, pane.area);
            draw_neighbours(ui, pane.area);
            draw_places(ui, pane.area);
            draw_answer_symbols(ui, pane.area);
            draw_labels(ui, pane.area);
            draw_marks(ui, pane.area);
        }
        list.PopClipRect();
    }
    list.PushClipRect({area.x0, area.y0}, {area.x1, area.y1}, true);
    if (!small) draw_furniture(ui, area);
    draw_banner(ui, area);
    for (std::size_t i = 1; i < panes_.size() && !ui.shell.swipe; ++i) {
        const Rect& r = panes_[i].area; // hairlines between the pictures
        if (r.x0 > area.x0) list.AddLine({r.x0 - 1, r.y0}, {r.x0 - 1, r.y1}, ui.theme->line);
        if (r.y0 > area.y0) list.AddLine({r.x0, r.y0 - 1}, {r.x1, r.y0 - 1}, ui.theme->line);
    }
    draw_swipe(ui, area);
    draw_tool(ui);
    draw_ruler(ui);
    if (by_keys_) draw_crosshair(ui);
    list.PopClipRect();
}

void MapView::draw_hover(Ui& ui, const Rect& area) {
    if (!hovered_ || hovered_ == ui.document.pinned() || is_cartogram()) return;
    const geo::Coverage& coverage = *dataset_->vintage->coverage;
    const geo::Face& face = coverage.faces()[*hovered_];
    ImDrawList& list = *ImGui::GetWindowDrawList();
    std::vector<geo::Point> points;
    std::vector<ImVec2> line;
    for (std::uint32_t r = 0; r < face.ring_count; ++r) {
        points.clear();
        coverage.ring_points(coverage.rings()[face.first_ring + r],
                             tolerance_for(camera_.metres_per_px), points);
        line.clear();
        for (const geo::Point& p : points) line.push_back(on_screen(area, p));
        list.AddPolyline(line.data(), static_cast<int>(line.size()),
                         IM_COL32(0x23, 0x26, 0x2B, 190), ImDrawFlags_Closed, ui.px(1.8F));
    }
}

// Roads, rivers, borders, lakes: below symbols and names.
void MapView::draw_lines(Ui& ui, const Rect& area) {
    const geo::Box seen = visible(camera_, view_);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto shown_at = [&](std::span<const geo::Point> line) {
        std::vector<ImVec2> points;
        points.reserve(line.size());
        for (const geo::Point& p : line) points.push_back(on_screen(area, p));
        return points;
    };
    lines_.draw(
        ui, seen, camera_.metres_per_px,
        [&](const MapLines::Areas& areas) {
            std::vector<std::vector<ImVec2>> rings;
            for (const auto& ring : areas.rings) rings.push_back(shown_at(ring));
            fill_rings(list, rings, area, colour(areas.fill));
        },
        [&](const MapLines::Line& line) {
            dashed_line(list, shown_at(line.points), colour(line.colour),
                        ui.px(static_cast<float>(line.width_px)),
                        ui.px(static_cast<float>(line.gap_px)));
        });
}

// The ring around the selection or a place, and the ground that an answer of nearness is about.
void MapView::draw_buffer(Ui& ui, const Rect& area) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto draw = [&](const std::vector<geo::Point>& line, float width, ImDrawFlags flags) {
        std::vector<ImVec2> points;
        points.reserve(line.size());
        for (const geo::Point& p : line) points.push_back(on_screen(area, p));
        const auto count = static_cast<int>(points.size());
        list.AddPolyline(points.data(), count, kHalo, flags, ui.px(width + 2.5F));
        list.AddPolyline(points.data(), count, ui.theme->accent, flags, ui.px(width));
    };
    if (const auto ring = ui.shell.buffer.ring; ui.shell.buffer.on && ring)
        for (const auto& line : *ring) draw(line, 2, ImDrawFlags_Closed);
    const auto rings = ui.shell.answer_shapes;
    std::size_t drawn = 0;
    if (rings && ui.document.shows_result(ui.shell.answer_serial)) {
        const geo::Box seen = visible(camera_, view_);
        for (const map::Overlay& overlay : *rings)
            for (std::size_t i = 0; i < overlay.set->lines.size(); ++i) {
                if (!overlay.set->boxes[i].intersects(seen)) continue;
                draw(overlay.set->lines[i], 1.2F, 0);
                ++drawn;
            }
        for (const map::Overlay& overlay : *rings) drawn += draw_dots(ui, area, overlay, seen);
    }
    ui.probe.state("answer_shapes", static_cast<double>(drawn));
}

// One of the dots that would lie over each other; how many.
std::size_t MapView::draw_dots(Ui& ui, const Rect& area, const map::Overlay& overlay,
                               const geo::Box& seen) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float radius = ui.px(static_cast<float>(overlay.width_px * map::kDotRadius));
    std::set<std::pair<int, int>> taken;
    for (const geo::Point& p : overlay.set->points) {
        if (!seen.contains(p)) continue;
        const ImVec2 at = on_screen(area, p);
        if (!taken.emplace(static_cast<int>(at.x / radius), static_cast<int>(at.y / radius)).second)
            continue;
        list.AddCircleFilled(at, radius + ui.px(1.2F), kHalo);
        list.AddCircleFilled(at, radius, ui.theme->accent);
    }
    return taken.size();
}

// While the panel of neighbours is open: links drawn by hand, and those of the pinned unit.
void MapView::draw_neighbours(Ui& ui, const Rect& area) {
    const LinksShown* links = ui.shell.right == "neighbours" ? ui.shell.links.get() : nullptr;
    const geo::Coverage& coverage = *dataset_->vintage->coverage;
    if (!links || links->links.offset.size() != coverage.face_count() + 1) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto line = [&](std::uint32_t a, std::uint32_t b, ImU32 colour, float width) {
        const ImVec2 from = on_screen(area, coverage.faces()[a].label_at),
                     to = on_screen(area, coverage.faces()[b].label_at);
        list.AddLine(from, to, kHalo, ui.px(width + 2.5F));
        list.AddLine(from, to, colour, ui.px(width));
        list.AddCircleFilled(from, ui.px(width + 1.5F), colour);
        list.AddCircleFilled(to, ui.px(width + 1.5F), colour);
    };
    if (const auto unit = ui.document.pinned(); unit && *unit < coverage.face_count())
        for (const auto other : links->links.row(*unit)) line(*unit, other, kInk, 1.2F);
    for (const auto& [a, b] : links->drawn) line(a, b, ui.theme->accent, 2.2F);
}

// The parts of a line that are in sight, without points that fall on the same pixel; true where the
// mouse is on it.
bool MapView::draw_course(Ui& ui, const Rect& area, const data::Place& place,
                          const geo::Box& seen) {
    constexpr float kPointedPx = 4;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const geo::Point spot{mouse.x, mouse.y};
    bool pointed = false;
    for (const auto& part : place.rings) {
        geo::Box box;
        for (const auto& p : part) box.add(p);
        if (!box.intersects(seen)) continue;
        std::vector<ImVec2> points;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const ImVec2 at = on_screen(area, part[i]);
            const bool apart = points.empty() || std::abs(at.x - points.back().x) >= 1 ||
                               std::abs(at.y - points.back().y) >= 1;
            if (apart || i + 1 == part.size()) points.push_back(at);
        }
        const auto count = static_cast<int>(points.size());
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddPolyline(points.data(), count, kHalo, 0, ui.px(4));
        list.AddPolyline(points.data(), count, kSymbolGround, 0, ui.px(1.8F));
        const double reach = static_cast<double>(ui.px(kPointedPx));
        for (std::size_t i = 1; i < points.size() && !pointed; ++i)
            pointed =
                geo::squared_distance_to_segment({points[i - 1].x, points[i - 1].y},
                                                 {points[i].x, points[i].y}, spot) <= reach * reach;
    }
    return pointed;
}

void MapView::draw_places(Ui& ui, const Rect& area) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float size = ui.px(kSymbol);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const geo::Box seen = visible(camera_, view_).grown(size * raster_ * camera_.metres_per_px);
    std::vector<ImVec2> drawn;
    std::size_t courses = 0;
    placed_.symbols_px.clear();
    placed_.symbols.clear();
    if (is_cartogram()) { // they would stand where the units are not
        ui.probe.state("place_lines", 0.0);
        return;
    }
    for (const data::PlaceLayer& layer : dataset_->places)
        for (const data::Place& place : layer.places) {
            if ((!place.line && !seen.contains(place.at)) ||
                ui.document.project().hidden_kinds.contains(place.kind) || !exists_now(ui, place))
                continue;
            if (place.line) {
                ++courses;
                if (draw_course(ui, area, place, seen) && pointed_) pointed_place_ = &place;
                if (!seen.contains(place.at)) continue;
            }
            const ImVec2 at = on_screen(area, place.at);
            // The extent of an area, where it is large enough to be seen around its symbol.
            for (const auto& ring : place.rings) {
                if (ring.size() < 3 || place.line) continue;
                std::vector<ImVec2> line;
                for (const geo::Point& p : ring) line.push_back(on_screen(area, p));
                list.AddPolyline(line.data(), static_cast<int>(line.size()), kSymbolGround,
                                 ImDrawFlags_Closed, ui.px(1.3F));
            }
            bool crowded = false;
            for (const ImVec2& other : drawn)
                crowded = crowded || (std::abs(other.x - at.x) < size * 0.9F &&
                                      std::abs(other.y - at.y) < size * 0.9F);
            if (crowded) { // where there is no room, a dot says that something is there
                list.AddCircleFilled(at, ui.px(3.2F), IM_COL32_WHITE);
                list.AddCircleFilled(at, ui.px(2.3F), kSymbolGround);
            } else {
                drawn.push_back(at);
                draw_place(list, place.kind, at, size, kSymbolGround, IM_COL32_WHITE);
                const geo::Point px = to_screen(camera_, view_, place.at);
                geo::Box box;
                box.add(px);
                placed_.symbols_px.push_back(box.grown(size * kSymbolReach * raster_));
                placed_.symbols.push_back(&place);
            }
            if (pointed_ && std::hypot(mouse.x - at.x, mouse.y - at.y) < size * 0.6F)
                pointed_place_ = &place;
        }
    ui.probe.state("place_lines", static_cast<double>(courses));
}

// Bases of the plan that is shown, over the symbols that these places have otherwise.
void MapView::draw_answer_symbols(Ui& ui, const Rect& area) {
    const app::StyledMap* styled = ui.document.shown();
    const float size = ui.px(kSymbol) * 1.3F;
    ui.probe.state("answer_symbols", styled ? static_cast<double>(styled->symbols.size()) : 0.0);
    if (!styled) return;
    for (const map::Symbol& symbol : styled->symbols) {
        draw_place(*ImGui::GetWindowDrawList(), symbol.kind, on_screen(area, symbol.at), size,
                   kSymbolGround, IM_COL32_WHITE);
        geo::Box box; // kept clear of names
        box.add(to_screen(camera_, view_, symbol.at));
        placed_.symbols_px.push_back(box.grown(size * kSymbolReach * raster_));
    }
}

// Where the findings of a group are, while their list is open.
void MapView::draw_marks(Ui& ui, const Rect& area) {
    constexpr std::size_t kMost = 2000; // in sight; more would hide the map
    const auto& marks = ui.shell.marks;
    const bool open =
        ui.shell.compact ? ui.shell.table_open_compact : ui.document.settings().bottom_open;
    if (!marks || marks->dataset != dataset_ || !open || ui.shell.bottom != "findings") return;
    if (ui.shell.presenting) return ui.probe.state("marks", 0.0); // their list is not there either
    const geo::Box seen = visible(camera_, view_);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    std::size_t drawn = 0;
    for (const geo::Point& at : marks->at) {
        if (!seen.contains(at)) continue;
        if (++drawn > kMost) break;
        const ImVec2 centre = on_screen(area, at);
        list.AddCircle(centre, ui.px(7), kHalo, 0, ui.px(4.5F));
        list.AddCircle(centre, ui.px(7), kInk, 0, ui.px(2));
    }
    ui.probe.state("marks", static_cast<double>(drawn));
}

// Which names the scale leaves room for: those of districts or, where these are too small, of
// provinces; and those of communes. A name much wider than its area is left out one by one.
MapView::Names MapView::names_wanted(const Ui& ui) const {
    constexpr double kDistrictPx = 44, kProvincePx = 26, kCommunePx = 84, kBareCommunePx = 38;
    constexpr double kPlacePx = 60; // side of a commune: closer, symbols have room for words
    Names names;
    names.large = ui.shell.presenting;
    if (is_cartogram()) return names; // they would stand where the units are not
    const double s = ui.scale * raster_ * (names.large ? kLargeNames : 1.0);
    const auto& settings = ui.document.settings();
    const data::UnitTable& units = dataset_->vintage->units;
    const bool districts = units.has_level(data::Level::District);
    const double commune = typical_px(data::Level::Commune);
    names.places = settings.place_names && commune > kPlacePx * s;
    names.communes = settings.unit_names && commune > (districts ? kCommunePx : kBareCommunePx) * s;
    if (!settings.area_names) return names;
    names.districts = districts && typical_px(data::Level::District) > kDistrictPx * s;
    names.provinces = !names.districts && commune < kCommunePx * s &&
                      units.groups[static_cast<std::size_t>(data::Level::Province)].size() > 1 &&
                      typical_px(data::Level::Province) > kProvincePx * s;
    return names;
}

ImFont* MapView::label_font(const Ui& ui, bool bold) const {
    if (ui.shell.presenting) return bold ? ui.fonts.large_label : ui.fonts.large_small;
    return bold ? ui.fonts.label : ui.fonts.small;
}

// Beside the symbols that are drawn.
void MapView::add_place_names(const Ui& ui, std::vector<map::Label>& candidates) const {
    for (const data::Place* place : placed_.symbols) {
        if (place->name.empty()) continue;
        map::Label label;
        label.text = place->name;
        label.at = place->at;
        label.aside_px = (kSymbol * kSymbolReach * ui.scale + ui.px(2)) * raster_;
        label.priority = kPlaceName;
        candidates.push_back(std::move(label));
    }
}

const std::vector<map::Label>& MapView::candidates_of(data::Level level) {
    auto& of_level = candidates_[static_cast<std::size_t>(level)];
    if (!of_level)
        of_level = map::label_candidates(*dataset_->vintage, level, 0); // fonts have sizes
    return *of_level;
}

void MapView::place_names(Ui& ui, const Names& names) {
    const double s = ui.scale * raster_;
    std::vector<map::Label> candidates;
    const geo::Box seen = visible(camera_, view_);
    auto add = [&](data::Level level, bool bold, int lift) {
        for (const map::Label& label : candidates_of(level)) {
            if (!seen.contains(label.at)) continue;
            candidates.push_back(label);
            candidates.back().bold = bold;
            candidates.back().priority += lift;
        }
    };
    if (names.districts) add(data::Level::District, true, 1 << 20);
    if (names.provinces) add(data::Level::Province, true, 1 << 20);
    if (names.communes) add(data::Level::Commune, false, 0);
    if (names.places) add_place_names(ui, candidates);
    auto measure = [&](const map::Label& label) {
        const ImVec2 extent = text_size(label_font(ui, label.bold), label.text);
        // The line height leaves room above capitals and below the letters: less is enough.
        return map::LabelBox{(extent.x + ui.px(4)) * raster_, extent.y * 0.86 * raster_};
    };
    std::vector<geo::Box> blocked = placed_.symbols_px;
    const double corner = 90 * s;
    blocked.push_back({0, view_.height_px - 60 * s, 200 * s, view_.height_px});
    blocked.push_back(
        {view_.width_px - corner, view_.height_px - corner, view_.width_px, view_.height_px});
    placed_.labels = map::place_labels(std::move(candidates), camera_, view_.width_px,
                                       view_.height_px, measure, blocked);
    placed_.camera = camera_;
    placed_.view = view_;
    placed_.scale = s;
    placed_.names = names;
    placed_.beside = placed_.symbols;
    placed_.valid = true;
}

void MapView::draw_labels(Ui& ui, const Rect& area) {
    const Names names = names_wanted(ui);
    const bool current = placed_.valid && placed_.view == view_ && placed_.names == names &&
                         placed_.scale == ui.scale * raster_ && placed_.beside == placed_.symbols &&
                         placed_.camera.centre == camera_.centre &&
                         placed_.camera.metres_per_px == camera_.metres_per_px;
    if (!current) place_names(ui, names);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    std::size_t places = 0;
    for (const map::Label& label : placed_.labels) {
        const bool place = label.priority == kPlaceName;
        places += place;
        ImFont* font = label_font(ui, label.bold);
        draw_centred_lines(list, font, on_screen(area, label.at), place ? kPlaceInk : kInk, kHalo,
                           ui.px(1.7F), label.text);
    }
    ui.probe.state("map.names", static_cast<double>(placed_.labels.size() - places));
    ui.probe.state("map.place_names", static_cast<double>(places));
}

void MapView::draw_furniture(Ui& ui, const Rect& area) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 ink = ui.theme->dark ? ui.theme->text : kInk;
    const ImU32 halo = ui.theme->dark ? IM_COL32(0, 0, 0, 150) : kHalo;
    if (dataset_->vintage->coverage->crs().known() && !is_cartogram()) {
        const double bar_m = scale_bar_m(camera_.metres_per_px, 130 * ui.scale * raster_);
        const float width = static_cast<float>(bar_m / camera_.metres_per_px / raster_);
        const float x = area.x0 + ui.px(kFurniture), y = area.y1 - ui.px(kFurniture);
        const app::Language& language = ui.document.language();
        ImFont* font = label_font(ui, false);
        const std::string text = bar_m >= 1000 ? language.number(bar_m / 1000, 0) + " km"
                                               : language.number(bar_m, decimals_of(bar_m)) + " m";
        for (int pass = 0; pass < 2; ++pass) {
            const ImU32 pen = pass == 0 ? halo : ink;
            const float thick = ui.px(pass == 0 ? 4.0F : 1.4F);
            const ImVec2 bar[] = {
                {x, y - ui.px(5)}, {x, y}, {x + width, y}, {x + width, y - ui.px(5)}};
            list.AddPolyline(bar, 4, pen, 0, thick);
        }
        draw_text_halo(list, font, {x + ui.px(3), y - ui.px(7) - text_size(font, text).y}, ink,
                       halo, ui.px(1.6F), text);

        // North: a slim needle, its east half open.
        const float nx = area.x1 - ui.px(kFurniture + 8), ny = area.y1 - ui.px(kFurniture);
        const float w = ui.px(6.5F), h = ui.px(24);
        const ImVec2 tip{nx, ny - h}, left{nx - w, ny}, right{nx + w, ny}, notch{nx, ny - ui.px(6)};
        list.AddTriangleFilled(tip, left, notch, ink);
        const ImVec2 open[] = {tip, right, notch};
        list.AddPolyline(open, 3, ink, ImDrawFlags_Closed, ui.px(1.1F));
        const std::string north = ui.text("ui.map.north");
        const ImVec2 letter = text_size(ui.fonts.label, north);
        draw_text_halo(list, ui.fonts.label, {nx - letter.x / 2, ny - h - letter.y + ui.px(1)}, ink,
                       halo, ui.px(1.6F), north);
    }
    draw_method_line(ui, area);
}

float MapView::banner_height(const Ui& ui) const {
    if (!dataset_ || !dataset_->sample || ui.shell.presenting) return 0;
    return kBannerTop * ui.scale + text_size(ui.fonts.small, "X").y + ui.px(2 * kBannerPad);
}

// Invented data say so in every view.
void MapView::draw_banner(Ui& ui, const Rect& area) {
    if (!dataset_->sample) return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const std::string text = ui.text("ui.map.sample");
    const ImVec2 size = text_size(ui.fonts.small, text);
    // Of a presentation the title has the left.
    const float x = ui.shell.presenting ? area.x1 - ui.px(36) - size.x
                                        : (area.x0 + area.x1 - strips_.right - size.x) / 2;
    const float y = area.y0 + ui.px(kBannerTop + kBannerPad);
    const ImVec2 a{x - ui.px(12), y - ui.px(kBannerPad)},
        b{x + size.x + ui.px(12), y + size.y + ui.px(kBannerPad)};
    list.AddRectFilled(a, b, ui.theme->warning_ground, ui.px(6));
    list.AddRect(a, b, faded(ui.theme->warning, 0.35F), ui.px(6));
    draw_text(list, ui.fonts.small, {x, y}, ui.theme->warning, text);
    ui.probe.item("map.banner", a.x, a.y, b.x, b.y);
}

// Of a result how it was made, of a map that a query narrows the query: between scale bar and
// north, in as many lines as it needs.
void MapView::draw_method_line(Ui& ui, const Rect& area) {
    const app::StyledMap* shown = ui.document.shown();
    if (!shown || shown->lines.empty() || !(ui.document.shows_result() || shown->where)) return;
    constexpr float kAside = 190, kWidest = 900; // interface pixels
    const float width = std::min(area.width() - ui.px(kAside + 60), ui.px(kWidest));
    if (width < ui.px(120)) return;
    const std::string text = wrapped(ui.fonts.small, shown->lines.back(), width);
    const ImVec2 size = text_size(ui.fonts.small, text);
    const ImVec2 at{area.x0 + ui.px(kAside), area.y1 - ui.px(kFurniture - 4) - size.y};
    const ImU32 ink = ui.theme->dark ? ui.theme->text : kInk;
    const ImU32 halo = ui.theme->dark ? IM_COL32(0, 0, 0, 150) : kHalo;
    // Islands may lie below: a ground of its own keeps it readable.
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - ui.px(6), at.y - ui.px(3)},
                                              {at.x + size.x + ui.px(6), at.y + size.y + ui.px(3)},
                                              faded(ui.theme->ground, 0.85F), ui.px(4));
    float y = at.y;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        draw_text_halo(*ImGui::GetWindowDrawList(), ui.fonts.small, {at.x, y}, ink, halo,
                       ui.px(1.6F), text.substr(from, end - from));
        y += ui.fonts.small->FontSize;
        from = end + 1;
    }
    ui.probe.item("map.method", at.x, at.y, at.x + size.x, at.y + size.y, true, false);
    ui.probe.state("map.method", shown->lines.back());
}

void MapView::draw_waiting(Ui& ui, const Rect& area) {
    if (!ui.document.loading() && ui.document.jobs().idle()) return;
    std::string stage = ui.text("ui.map.loading");
    double fraction = -1;
    for (const app::JobState& job : ui.document.jobs().running()) {
        if (!job.stage.empty()) stage = ui.text(job.stage);
        fraction = job.fraction;
        break;
    }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 size = text_size(ui.fonts.body, stage);
    const float x = (area.x0 + area.x1) / 2, y = (area.y0 + area.y1) / 2;
    draw_text(list, ui.fonts.body, {x - size.x / 2, y - size.y}, ui.theme->muted, stage);
    const float width = ui.px(220), top = y + ui.px(10), thick = ui.px(3);
    list.AddRectFilled({x - width / 2, top}, {x + width / 2, top + thick}, ui.theme->line, thick);
    const float part = fraction >= 0 ? static_cast<float>(fraction) : 0.25F;
    const float from = fraction >= 0 ? 0 : static_cast<float>(std::fmod(ui.now * 0.6, 1.0)) * 0.75F;
    list.AddRectFilled({x - width / 2 + from * width, top},
                       {x - width / 2 + (from + part) * width, top + thick}, ui.theme->accent,
                       thick);
    // The window draws now and then while a job runs; more often would slow the job down.
}

} // namespace diaban::gui
