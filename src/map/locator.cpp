#include "map/locator.hpp"

#include "geo/contiguity.hpp"
#include "geo/thin_line.hpp"
#include "map/canvas.hpp"

#include <algorithm>
#include <map>

namespace diaban::map {
namespace {

constexpr double kFineness = 500;     // a locator is drawn so many points wide at most
constexpr double kSmallestRing = 1.5; // of those points; islets below it cannot be seen
constexpr double kLeastFrame = 6;     // page units: a frame that can be found
constexpr Colour kLand{0xE3, 0xE5, 0xE8}, kShore{0xA9, 0xB0, 0xB8}, kMarked{0x3F, 0x4E, 0x60};

// The same groups without units that have no shape, and without the groups that are then empty.
// Units that belong nowhere are land all the same.
std::vector<geo::GroupIndex> with_shape(const geo::Coverage& coverage,
                                        std::vector<geo::GroupIndex> group) {
    std::map<geo::GroupIndex, geo::GroupIndex> number;
    for (std::size_t unit = 0; unit < group.size(); ++unit)
        if (coverage.faces()[unit].ring_count > 0)
            group[unit] =
                number.try_emplace(group[unit], static_cast<geo::GroupIndex>(number.size()))
                    .first->second;
        else
            group[unit] = geo::kNoGroup;
    return group;
}

// The outline of each group in few points; rings too small to be seen are left out unless `all`.
std::vector<std::vector<geo::Point>> outlines(const geo::Coverage& coverage,
                                              const std::vector<geo::GroupIndex>& group,
                                              double tolerance, bool all) {
    std::vector<std::vector<geo::Point>> out;
    std::vector<geo::Point> ring;
    for (const auto& shape : geo::dissolve(coverage, group))
        for (const auto& refs : shape.rings) {
            ring.clear();
            for (const auto ref : refs) {
                const auto run = coverage.vertices_of(coverage.arcs()[geo::arc_of(ref)]);
                if (ref >= 0)
                    ring.insert(ring.end(), run.begin(), run.end() - 1);
                else
                    ring.insert(ring.end(), run.rbegin(), run.rend() - 1);
            }
            if (ring.empty()) continue;
            const auto box = geo::box_of(ring);
            if (!all && std::max(box.width(), box.height()) < kSmallestRing * tolerance) continue;
            ring.push_back(ring.front());
            out.emplace_back();
            geo::thin_line(ring, tolerance, out.back());
        }
    return out;
}

double tolerance_for(const geo::Box& box) {
    return std::max(box.width(), box.height()) / kFineness;
}

} // namespace

std::shared_ptr<const LocatorMap> make_locator(const data::Vintage& vintage) {
    const auto& coverage = *vintage.coverage;
    auto out = std::make_shared<LocatorMap>();
    out->box = coverage.main_box().empty() ? coverage.box() : coverage.main_box();
    std::vector<geo::GroupIndex> group(coverage.face_count(), 0);
    for (const auto level : {data::Level::Province, data::Level::District}) {
        const auto l = static_cast<std::size_t>(level);
        if (vintage.units.groups[l].size() < 2 || vintage.units.parent[l].size() != group.size())
            continue;
        group = vintage.units.parent[l];
        break;
    }
    out->land = outlines(coverage, with_shape(coverage, group), tolerance_for(out->box), false);
    return out;
}

LocatorDrawing draw_locator(const LocatorMap& locator, const data::Vintage& vintage,
                            const SheetArea& area, const geo::Box& map_box, const Rect& room) {
    auto whole = locator.box;
    whole.add(area.box);
    LocatorDrawing out;
    const double metres = std::max(whole.width() / room.width, whole.height() / room.height);
    if (!(metres > 0)) return out;
    out.box = {room.x, room.y, whole.width() / metres, whole.height() / metres};
    const auto at = [&](geo::Point p) {
        return geo::Point{out.box.x + (p.x - whole.min_x) / metres,
                          out.box.y + (whole.max_y - p.y) / metres};
    };
    const auto add = [&](Path& path, const std::vector<geo::Point>& ring) {
        path.begin();
        for (const auto p : std::span(ring).first(ring.size() - 1)) path.add(at(p));
    };
    for (const auto& ring : locator.land)
        if (geo::box_of(ring).intersects(whole)) add(out.land, ring);
    std::vector<geo::GroupIndex> group(area.inside.size(), geo::kNoGroup);
    for (std::size_t unit = 0; unit < group.size(); ++unit)
        if (area.inside[unit] && vintage.coverage->faces()[unit].ring_count > 0) group[unit] = 0;
    for (const auto& ring : outlines(*vintage.coverage, group, tolerance_for(whole), true))
        // What the sheet names as beside its frame is beside this one too.
        if (geo::box_of(ring).intersects(whole)) add(out.area, ring);
    // The frame of the sheet, within this map, and never too small to be found.
    const auto a = at({map_box.min_x, map_box.max_y}), b = at({map_box.max_x, map_box.min_y});
    const auto span = [](double from, double to, double low, double high) {
        const double middle = std::clamp((from + to) / 2, low, high);
        const double half = std::max(to - from, kLeastFrame) / 2;
        return std::pair(std::max(middle - half, low), std::min(middle + half, high));
    };
    const auto [x0, x1] = span(a.x, b.x, out.box.x, out.box.right());
    const auto [y0, y1] = span(a.y, b.y, out.box.y, out.box.bottom());
    out.frame = {x0, y0, x1 - x0, y1 - y0};
    return out;
}

void paint_locator(Canvas& canvas, const LocatorDrawing& drawing, double scale) {
    if (drawing.land.empty()) return;
    canvas.begin_layer("locator");
    canvas.clip(drawing.box);
    canvas.fill(drawing.land, kLand);
    canvas.stroke(drawing.land, {kShore, 0.4 * scale, 1, 0});
    if (!drawing.area.empty()) {
        canvas.fill(drawing.area, kMarked);
        canvas.stroke(drawing.area, {kMarked, 0.5 * scale, 1, 0});
    }
    canvas.unclip();
    canvas.stroke(rectangle(drawing.frame), {kText, 0.9 * scale, 1, 0});
    canvas.end_layer();
}

} // namespace diaban::map
