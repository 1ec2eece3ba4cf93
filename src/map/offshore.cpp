#include "map/offshore.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace diaban::map {
namespace {

constexpr Colour kCellGround{0xFF, 0xFF, 0xFF};
constexpr double kMostOfName = 0.45; // of the height of a cell

geo::Box box_of_faces(const geo::Coverage& coverage, const std::vector<geo::FaceId>& faces) {
    geo::Box box;
    for (const auto f : faces) box.add(coverage.faces()[f].box);
    return box;
}

// Side by side in a wide box, one below the other in a high one.
std::vector<Rect> cells_of(const Rect& box, std::size_t count, double gap) {
    std::vector<Rect> out;
    const auto n = static_cast<double>(count);
    const bool row = box.width >= box.height;
    const double side = ((row ? box.width : box.height) - gap * (n - 1)) / n;
    for (std::size_t i = 0; i < count; ++i) {
        const double at = (side + gap) * static_cast<double>(i);
        out.push_back(row ? Rect{box.x + at, box.y, side, box.height}
                          : Rect{box.x, box.y + at, box.width, side});
    }
    return out;
}

geo::Box extent_of_page(const Page& page) {
    if (!page.extent.empty()) return page.extent;
    const auto& coverage = *page.scene.vintage->coverage;
    return coverage.main_box().empty() ? coverage.box() : coverage.main_box();
}

bool meet(const Rect& a, const Rect& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

// Whether a unit or a place that is drawn in `part` may lie below `standing`.
bool drawn_below(const Page& page, const Rect& part, const Rect& standing,
                 const std::vector<bool>& left_out) {
    if (!meet(part, standing)) return false;
    // Small maps fill their part, and circles of a cartogram stand where no unit is.
    if (!page.panels.empty() || (page.scene.theme && page.scene.theme->kind == MapKind::Cartogram))
        return true;
    Frame frame;
    frame.box = part;
    frame.camera = fit(extent_of_page(page), part.width, part.height, 3);
    const auto& camera = frame.camera;
    const auto ground_x = [&](double x) {
        return camera.centre.x + (x - part.x - part.width / 2) * camera.metres_per_px;
    };
    const auto ground_y = [&](double y) {
        return camera.centre.y - (y - part.y - part.height / 2) * camera.metres_per_px;
    };
    const geo::Box ground{ground_x(standing.x), ground_y(standing.bottom()),
                          ground_x(standing.right()), ground_y(standing.y)};
    const auto faces = page.scene.vintage->coverage->faces();
    for (std::size_t f = 0; f < faces.size(); ++f) {
        const bool drawn = faces[f].ring_count > 0 && !(f < left_out.size() && left_out[f]);
        if (drawn && faces[f].box.intersects(ground)) return true;
    }
    return std::any_of(page.scene.symbols.begin(), page.scene.symbols.end(),
                       [&](const Symbol& symbol) { return ground.contains(symbol.at); });
}

// What is left of a part on the four sides of a box that stands in it.
std::array<Rect, 4> beside(const Rect& part, const Rect& standing, double gap) {
    const double left = standing.x - gap, right = standing.right() + gap;
    const double top = standing.y - gap, bottom = standing.bottom() + gap;
    return {Rect{part.x, part.y, left - part.x, part.height},
            Rect{right, part.y, part.right() - right, part.height},
            Rect{part.x, part.y, part.width, top - part.y},
            Rect{part.x, bottom, part.width, part.bottom() - bottom}};
}

} // namespace

double largeness(const Page& page, const Rect& part) {
    if (part.width < 10 || part.height < 10) return 0;
    return 1 / fit(extent_of_page(page), part.width, part.height, 3).metres_per_px;
}

Rect clear_part(const Page& page, const Rect& box, const std::vector<Rect>& standing, double gap,
                const std::vector<bool>& left_out) {
    Rect part = box;
    // Each cut clears one of them for good.
    for (std::size_t cut = 0; cut <= standing.size(); ++cut) {
        const auto below = std::find_if(standing.begin(), standing.end(), [&](const Rect& one) {
            return drawn_below(page, part, one, left_out);
        });
        if (below == standing.end()) return part;
        const auto left = beside(part, *below, gap);
        part = *std::max_element(left.begin(), left.end(), [&](const Rect& a, const Rect& b) {
            return largeness(page, a) < largeness(page, b);
        });
    }
    return part;
}

Page plain_page(const Page& page) {
    Page out = page;
    out.laid = nullptr;
    out.district_labels = out.place_labels = false;
    out.marks.clear();
    out.panels.clear();
    out.far.clear();
    out.scene.theme = nullptr;
    out.scene.symbols.clear();
    out.scene.overlays.clear();
    out.scene.selected.clear();
    return out;
}

OffshoreMaps::OffshoreMaps(const Page& page, const std::vector<FarUnits>& far, const Rect& box,
                           const PageLook& look, const Typesetter& typesetter,
                           const FittingSize& size)
    : look_(look) {
    const auto frames = cells_of(box, far.size(), look.gap * 0.4);
    const auto& coverage = *page.scene.vintage->coverage;
    const double pad = 2 * look.scale;
    for (std::size_t i = 0; i < far.size(); ++i) {
        const auto& frame = frames[i];
        Text name{far[i].name, 0, false, kText};
        name.align = Align::Centre;
        name.wrap = frame.width - 2 * pad;
        name.size = size([&](double units) {
            name.size = units;
            const auto used = typesetter.measure(name);
            return used.height <= frame.height * kMostOfName && used.width <= name.wrap + 0.5;
        });
        const double height = typesetter.measure(name).height;
        pages_.push_back(plain_page(page));
        pages_.back().extent = box_of_faces(coverage, far[i].faces);
        MapPart part{Rect{frame.x, frame.y, frame.width, frame.height - height}.inset(pad)};
        part.left_out.assign(coverage.face_count(), true);
        for (const auto f : far[i].faces) part.left_out[f] = false;
        part.islets = true;
        maps_.emplace_back(pages_.back(), typesetter, part);
        cells_.push_back({frame, name, {frame.x + pad, frame.bottom() - height}});
    }
}

void OffshoreMaps::paint(Canvas& canvas, base::JobContext& ctx, const std::string& layer) const {
    const auto in_layer = [&](auto&& draw) {
        if (!layer.empty()) canvas.begin_layer(layer);
        draw();
        if (!layer.empty()) canvas.end_layer();
    };
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const auto& cell = cells_[i];
        in_layer([&] { canvas.fill(rectangle(cell.frame), kCellGround); });
        maps_[i].paint_map(canvas, ctx);
        in_layer([&] {
            canvas.stroke(rectangle(cell.frame), {kRule, 0.8 * look_.scale, 1, 0});
            canvas.text(cell.name, cell.name_at);
        });
    }
}

} // namespace diaban::map
