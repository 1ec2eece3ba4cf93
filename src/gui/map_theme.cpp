// Circles and dots of a map over its painted areas: the same shapes as on pages.
#include "gui/map_view.hpp"
#include "gui/widgets.hpp"
#include "map/hatch.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

constexpr int kDotSegments = 8; // a dot is too small for more
constexpr float kCircleEdge = 0.9F, kEdgeOfRadius = 0.25F;

// The parts of a hatch that lie within a circle.
void hatch_circle(ImDrawList& list, ImVec2 at, float radius, const map::LegendEntry& entry,
                  double scale) {
    if (entry.hatch == map::Hatch::None || radius < 2) return;
    const auto look = map::hatch_look(entry, scale);
    const double r = static_cast<double>(radius);
    const auto lines = map::hatch_lines(entry.hatch, look, {-r, -r, 2 * r, 2 * r});
    const auto placed = [&](double x, double y) {
        return ImVec2{at.x + static_cast<float>(x), at.y + static_cast<float>(y)};
    };
    for (std::size_t i = 0; i < lines.runs(); ++i) {
        const geo::Point a = lines.run(i).front(), b = lines.run(i).back();
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        if (!(length > 0)) continue;
        const double dx = (b.x - a.x) / length, dy = (b.y - a.y) / length;
        const double middle = -(a.x * dx + a.y * dy); // nearest to the middle of the circle
        const double off = a.x * dy - a.y * dx;
        if (std::abs(off) >= r) continue;
        const double half = std::sqrt(r * r - off * off);
        if (!map::dotted(entry.hatch)) {
            const double from = middle - half, to = middle + half;
            list.AddLine(placed(a.x + dx * from, a.y + dy * from),
                         placed(a.x + dx * to, a.y + dy * to), colour(look.colour),
                         static_cast<float>(look.width));
            continue;
        }
        const double step = map::dot_spacing(entry.hatch, look);
        const double first = std::ceil((middle - half) / step) * step;
        for (double t = first; t <= middle + half; t += step)
            list.AddCircleFilled(placed(a.x + dx * t, a.y + dy * t),
                                 static_cast<float>(map::dot_size(entry.hatch, look) / 2),
                                 colour(look.colour), kDotSegments);
    }
}

} // namespace

// Found beside the frames: until then the picture keeps the circles that it has.
void MapView::take_theme(Ui& ui, Pane& pane, std::shared_ptr<const map::Theme> theme,
                         const map::Style& style) {
    if (pane.theme == theme) return;
    pane.theme = theme;
    const bool drawn = theme && theme->kind != map::MapKind::Bivariate;
    if (!drawn || !pane.themed) pane.themed = std::make_shared<Themed>();
    pane.themed->wanted = theme;
    if (!drawn) return;
    ui.document.jobs().run(
        {.key = "shapes", .replace = panes_.size() == 1},
        [theme, style, vintage = dataset_->vintage](base::JobContext& ctx) {
            Themed made{.wanted = theme, .theme = theme, .style = style, .shapes = {}};
            made.shapes = map::theme_shapes(*theme, style, *vintage, ctx);
            return made;
        },
        [slot = pane.themed, theme](app::Document&, Themed made) {
            if (slot->wanted == theme) *slot = std::move(made); // another may be wanted by now
        });
}

void MapView::draw_theme(Ui& ui, const Pane& pane) {
    const Themed* themed = pane.themed.get();
    if (!themed || !themed->theme) {
        ui.probe.state("map.discs", 0.0);
        return;
    }
    const auto& shapes = themed->shapes;
    const bool dots = themed->theme->kind == map::MapKind::Dots;
    const double per_radius =
        shapes.in_metres ? 1 / camera_.metres_per_px / raster_ : static_cast<double>(ui.scale);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Rect& seen = pane.visible;
    std::size_t drawn = 0;
    for (const map::Disc& disc : shapes.discs) {
        const ImVec2 at = on_screen(pane.area, disc.at);
        const auto radius = static_cast<float>(disc.radius * per_radius);
        if (at.x + radius < seen.x0 || at.x - radius > seen.x1 || at.y + radius < seen.y0 ||
            at.y - radius > seen.y1)
            continue;
        ++drawn;
        if (dots) {
            list.AddCircleFilled(at, radius, colour(themed->theme->colour), kDotSegments);
            continue;
        }
        const auto& entry = themed->style.entries[themed->style.entry_of[disc.unit]];
        const auto look = map::disc_look(entry, themed->theme->kind);
        if (look.fill.a > 0) list.AddCircleFilled(at, radius, colour(look.fill));
        const bool empty = entry.role != map::LegendEntry::Role::Class;
        if (empty || (shapes.in_metres && ui.document.settings().hatches))
            if (!look.dashed) hatch_circle(list, at, radius, entry, static_cast<double>(ui.scale));
        list.AddCircle(at, radius, colour(look.edge), 0,
                       std::min(ui.px(kCircleEdge), radius * kEdgeOfRadius));
    }
    ui.probe.state("map.discs", static_cast<double>(drawn));
    if (!shapes.in_metres) return;
    // The circle under the mouse, and the one whose card is open.
    for (const map::Disc& disc : shapes.discs) {
        const bool pinned = ui.document.pinned() == disc.unit;
        if (!pinned && hovered_ != disc.unit) continue;
        list.AddCircle(on_screen(pane.area, disc.at), static_cast<float>(disc.radius * per_radius),
                       pinned ? colour(map::kSelection) : colour(map::kText), 0, ui.px(2.2F));
    }
}

bool MapView::is_cartogram() const {
    return panes_.front().theme && panes_.front().theme->kind == map::MapKind::Cartogram;
}

std::optional<geo::FaceId> MapView::unit_at(geo::Point at) const {
    const auto& pane = panes_[std::min(active_, panes_.size() - 1)];
    if (pane.themed && pane.themed->theme && pane.themed->shapes.in_metres)
        return pane.themed->shapes.unit_at(at);
    return levels_.locator() ? levels_.locator()->face_at(at) : std::nullopt;
}

} // namespace diaban::gui
