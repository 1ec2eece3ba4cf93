// Label placement: the most important first, each at the first of a few positions that is free; a
// name that finds none in one line is tried in two.
#include "geo/face_shapes.hpp"
#include "map/name_lines.hpp"
#include "map/occupied.hpp"
#include "map/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

namespace diaban::map {
namespace {

constexpr double kGap = 2; // around a text, px
// Two names of one line are told apart by a gap that no blank within a name has.
constexpr double kGapBeside = 0.6; // of the height of the text

// The ground that a text keeps free of others.
geo::Box own_ground(const geo::Box& text) {
    const double beside = std::max(kGap, kGapBeside * text.height()) / 2;
    return {text.min_x - beside, text.min_y - kGap / 2, text.max_x + beside, text.max_y + kGap / 2};
}

// Tried in this order: on the spot, then a line above or below, then aside.
struct Shift {
    double in_widths, in_heights;
};
constexpr std::array<Shift, 9> kShifts{{{0, 0},
                                        {0, -0.9},
                                        {0, 0.9},
                                        {0.3, 0},
                                        {-0.3, 0},
                                        {0.3, -0.9},
                                        {-0.3, -0.9},
                                        {0.3, 0.9},
                                        {-0.3, 0.9}}};
// Where the middle of a text is tried, the best place first; `at` and the result in pixels.
std::vector<geo::Point> middles(const Label& label, geo::Point at, const LabelBox& size) {
    if (label.aside_px > 0) {
        const double x = label.aside_px + size.width_px / 2,
                     y = label.aside_px + size.height_px / 2;
        return {{at.x + x, at.y}, {at.x - x, at.y}, {at.x, at.y - y}, {at.x, at.y + y}};
    }
    std::vector<geo::Point> out;
    for (const auto& shift : kShifts)
        out.push_back(
            {at.x + shift.in_widths * size.width_px, at.y + shift.in_heights * size.height_px});
    return out;
}

// A text may be this much wider than what it names.
constexpr double kOverhang = 1.25;

int priority_of_area(double area_m2) {
    return static_cast<int>(std::clamp(area_m2 / 1e4, 0.0, 2e9));
}

// The narrowest way to set a name in two lines; nothing if it stays whole.
std::optional<Label> in_lines(const Label& label,
                              const std::function<LabelBox(const Label&)>& measure) {
    std::optional<Label> best;
    double narrowest = std::numeric_limits<double>::infinity();
    for (auto& text : in_two_lines(label.text)) {
        auto one = label;
        one.text = std::move(text);
        const double width = measure(one).width_px;
        if (width < narrowest) narrowest = width, best = std::move(one);
    }
    return best;
}

// The ground on which texts are placed.
struct LabelGround {
    const Camera& camera;
    double width_px, height_px;
    Occupied blocked, texts;

    geo::Point on_ground(geo::Point p) const {
        return {width_px / 2 + (p.x - camera.centre.x) / camera.metres_per_px,
                height_px / 2 - (p.y - camera.centre.y) / camera.metres_per_px};
    }
    bool holds(geo::Point place) const {
        const auto [x, y] = on_ground(place);
        return x >= 0 && y >= 0 && x <= width_px && y <= height_px;
    }
    // Moves the label to the first of its places that is free, and takes that; false if none is.
    bool place(Label& label, const LabelBox& size) {
        if (!holds(label.at)) return false;
        const auto [x, y] = on_ground(label.at);
        if (label.room_m > 0 && size.width_px > kOverhang * label.room_m / camera.metres_per_px)
            return false;
        for (const auto [cx, cy] : middles(label, {x, y}, size)) {
            const geo::Box box = geo::Box{cx - size.width_px / 2, cy - size.height_px / 2,
                                          cx + size.width_px / 2, cy + size.height_px / 2};
            if (box.min_x < 0 || box.min_y < 0 || box.max_x > width_px || box.max_y > height_px)
                continue;
            if (blocked.hits(box.grown(kGap / 2)) || texts.hits(own_ground(box))) continue;
            texts.add(own_ground(box));
            label.at.x += (cx - x) * camera.metres_per_px;
            label.at.y -= (cy - y) * camera.metres_per_px;
            return true;
        }
        return false;
    }
};

} // namespace

std::vector<Label> place_labels(std::vector<Label> candidates, const Camera& camera,
                                double width_px, double height_px,
                                const std::function<LabelBox(const Label&)>& measure,
                                const std::vector<geo::Box>& blocked_px) {
    LabelGround ground{camera, width_px, height_px, {}, {}};
    for (const auto& box : blocked_px) ground.blocked.add(box);
    // Of equal priority, the earlier candidate wins: the result never depends on chance.
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Label& a, const Label& b) { return a.priority > b.priority; });
    std::vector<Label> placed;
    for (auto& label : candidates) {
        if (label.text.empty()) continue;
        if (ground.place(label, measure(label))) {
            placed.push_back(std::move(label));
            continue;
        }
        // Beside a symbol a name is one line.
        if (label.aside_px > 0 || !ground.holds(label.at)) continue;
        if (auto lines = in_lines(label, measure); lines && ground.place(*lines, measure(*lines)))
            placed.push_back(std::move(*lines));
    }
    return placed;
}

namespace {

// Exact inside test by crossings (even-odd) over all rings of a face.
bool inside(const geo::Coverage& coverage, const geo::Face& face, geo::Point p) {
    bool in = false;
    std::vector<geo::Point> ring;
    for (const auto& r : coverage.rings().subspan(face.first_ring, face.ring_count)) {
        ring.clear();
        coverage.ring_points(r, 0, ring);
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const auto &a = ring[i], &b = ring[j];
            if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
                in = !in;
        }
    }
    return in;
}

// Where the name of each group goes: its centre of gravity if that lies in the group, otherwise the
// label point of the member nearest to it. Members count with the middles of their boxes: far
// cheaper than dissolving the groups, and a name needs no better place.
struct GroupPlace {
    geo::Point weighted; // sum of area * middle
    geo::Point at;
    double area_m2 = 0;
    geo::Box box;
};
std::vector<GroupPlace> group_places(const geo::Coverage& coverage,
                                     const std::vector<geo::GroupIndex>& parent,
                                     std::size_t groups) {
    const auto faces = coverage.faces();
    std::vector<GroupPlace> out(groups);
    const auto each = [&](auto&& f) {
        for (std::size_t i = 0; i < faces.size(); ++i)
            if (parent[i] < groups && faces[i].ring_count > 0) f(faces[i], out[parent[i]]);
    };
    each([](const geo::Face& face, GroupPlace& g) {
        g.area_m2 += face.area_m2;
        const geo::Point middle = face.box.centre();
        g.weighted.x += face.area_m2 * middle.x;
        g.weighted.y += face.area_m2 * middle.y;
        g.box.add(face.box);
    });
    for (auto& g : out)
        if (g.area_m2 > 0) g.at = {g.weighted.x / g.area_m2, g.weighted.y / g.area_m2};
    std::vector<bool> settled(groups, false);
    std::vector<double> nearest(groups, std::numeric_limits<double>::infinity());
    std::vector<const geo::Face*> fallback(groups, nullptr);
    each([&](const geo::Face& face, GroupPlace& g) {
        const auto i = static_cast<std::size_t>(&g - out.data());
        if (!settled[i] && face.box.contains(g.at)) settled[i] = inside(coverage, face, g.at);
        const geo::Point middle = face.box.centre();
        const double d = std::hypot(middle.x - g.at.x, middle.y - g.at.y);
        if (d < nearest[i]) nearest[i] = d, fallback[i] = &face;
    });
    for (std::size_t i = 0; i < groups; ++i)
        if (!settled[i] && fallback[i])
            out[i].at = geo::label_of(geo::source_of(coverage), *fallback[i]);
    return out;
}

// Cities of the rank of a province come before provinces; they are few and well known.
constexpr int kMunicipality = 1 << 28;
constexpr std::string_view kProvincePrefix = "Tỉnh ", kCityPrefix = "Thành phố ";

bool municipality(std::string_view name) {
    return name.starts_with(kCityPrefix);
}

// On a sheet of many provinces every name would begin with the same word.
std::string short_province(const std::string& name) {
    if (name.starts_with(kProvincePrefix)) return name.substr(kProvincePrefix.size());
    if (municipality(name)) return "TP. " + name.substr(kCityPrefix.size());
    return name;
}

} // namespace

std::vector<Label> label_candidates(const data::Vintage& vintage, data::Level level, double size_px,
                                    const std::vector<bool>* only) {
    std::vector<Label> out;
    const auto& units = vintage.units;
    const auto add = [&](const std::string& text, geo::Point at, double area, const geo::Box& box) {
        if (text.empty() || box.empty()) return;
        Label label;
        label.text = text;
        label.at = at;
        label.priority = priority_of_area(area);
        label.size_px = size_px;
        label.room_m = box.width();
        label.bold = level != data::Level::Commune;
        out.push_back(std::move(label));
    };
    if (level == data::Level::Commune) {
        const auto faces = vintage.coverage->faces();
        const auto source = geo::source_of(*vintage.coverage);
        for (std::size_t i = 0; i < faces.size() && i < units.name.size(); ++i)
            if (!only || (*only)[i])
                add(units.name[i], geo::label_of(source, faces[i]), faces[i].area_m2, faces[i].box);
        return out;
    }
    const auto l = static_cast<std::size_t>(level);
    if (units.parent[l].size() != vintage.coverage->face_count()) return out;
    auto parent = units.parent[l];
    for (std::size_t i = 0; only && i < parent.size(); ++i)
        if (!(*only)[i]) parent[i] = geo::kNoGroup;
    const auto places = group_places(*vintage.coverage, parent, units.groups[l].size());
    for (std::size_t g = 0; g < places.size(); ++g) {
        const auto& name = units.groups[l][g].name;
        const auto count = out.size();
        const bool province = level == data::Level::Province;
        add(province ? short_province(name) : name, places[g].at, places[g].area_m2, places[g].box);
        if (out.size() == count || !province || !municipality(name)) continue;
        // Small on the map and first in the reader's mind: its name may reach beyond it.
        out.back().priority = kMunicipality + std::min(out.back().priority, kMunicipality - 1);
        out.back().room_m = 0;
    }
    return out;
}

} // namespace diaban::map
