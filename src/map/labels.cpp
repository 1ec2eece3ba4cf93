// Label placement: the most important first, each at the first of a few positions that is free and
// lies in what it names; a name that finds none in one line is tried in two.
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
#include <unordered_map>
#include <utility>

namespace diaban::map {
namespace {

constexpr double kGap = 2; // around a text, px
// Two names of one line are told apart by a gap that no blank within a name has; one below another
// by more than is between the lines of one.
constexpr double kGapBeside = 0.6, kGapBelow = 0.2; // of the height of the text

// The ground that a text keeps free of others.
geo::Box own_ground(const geo::Box& text) {
    const double beside = std::max(kGap, kGapBeside * text.height()) / 2;
    const double below = std::max(kGap, kGapBelow * text.height()) / 2;
    return {text.min_x - beside, text.min_y - below, text.max_x + beside, text.max_y + below};
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

// A text may be this much wider or higher than what it names.
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
        if (larger(size.width_px, label.room_m) || larger(size.height_px, label.room_high_m))
            return false;
        for (const auto [cx, cy] : middles(label, {x, y}, size)) {
            const geo::Box box = geo::Box{cx - size.width_px / 2, cy - size.height_px / 2,
                                          cx + size.width_px / 2, cy + size.height_px / 2};
            if (box.min_x < 0 || box.min_y < 0 || box.max_x > width_px || box.max_y > height_px)
                continue;
            if (blocked.hits(box.grown(kGap / 2)) || texts.hits(own_ground(box))) continue;
            const geo::Point middle{label.at.x + (cx - x) * camera.metres_per_px,
                                    label.at.y - (cy - y) * camera.metres_per_px};
            // Asked last, for it costs most; where the name was to stand it lies in what it names.
            const bool moved = cx != x || cy != y;
            if (moved && label.ground && !label.ground->holds(label.ground_name, middle)) continue;
            texts.add(own_ground(box));
            label.at = middle;
            return true;
        }
        return false;
    }
    bool larger(double text_px, double room_m) const {
        return room_m > 0 && text_px > kOverhang * room_m / camera.metres_per_px;
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

// Exact inside test by crossings (even-odd) over all rings of a face. It does not matter in which
// direction a ring walks its arcs.
bool inside(const geo::Coverage& coverage, const geo::Face& face, geo::Point p) {
    bool in = false;
    for (const auto& ring : coverage.rings().subspan(face.first_ring, face.ring_count))
        for (const auto ref : coverage.arc_refs().subspan(ring.first, ring.count)) {
            const auto line = coverage.vertices_of(coverage.arcs()[geo::arc_of(ref)]);
            for (std::size_t i = 1; i < line.size(); ++i) {
                const auto &a = line[i], &b = line[i - 1];
                if ((a.y > p.y) != (b.y > p.y) &&
                    p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
                    in = !in;
            }
        }
    return in;
}

// Where the name of each group goes: its centre of gravity if that lies in the group, otherwise the
// label point of the member nearest to it. Members count with the middles of their boxes: far
// cheaper than dissolving the groups, and a name needs no better place.
// Units far out at sea count only where a group has no others: the name belongs to the land that is
// seen.
struct GroupPlace {
    geo::Point weighted; // sum of area * middle
    geo::Point at;
    double area_m2 = 0;
    geo::Box box;
    bool near = false; // some of it lies where the land is
};
std::vector<GroupPlace> group_places(const geo::Coverage& coverage,
                                     const std::vector<geo::GroupIndex>& parent,
                                     std::size_t groups) {
    const auto faces = coverage.faces();
    std::vector<GroupPlace> out(groups);
    const auto& land = coverage.main_box();
    const auto each = [&](auto&& f) {
        for (std::size_t i = 0; i < faces.size(); ++i) {
            if (parent[i] >= groups || faces[i].ring_count == 0) continue;
            auto& group = out[parent[i]];
            if (!group.near || land.intersects(faces[i].box)) f(faces[i], group);
        }
    };
    for (std::size_t i = 0; i < faces.size(); ++i)
        if (parent[i] < groups && faces[i].ring_count > 0 && land.intersects(faces[i].box))
            out[parent[i]].near = true;
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

// Longer ones first; "TP. " is how short_province() writes cities of the rank of a province.
constexpr std::array<std::string_view, 11> kRankWords{
    "Huyện đảo ", "Thành phố ", "Thị trấn ", "Đặc khu ", "Phường ", "Thị xã ",
    "Huyện ",     "Quận ",      "Tỉnh ",     "TP. ",     "Xã "};

// "Quận 1" is nothing without its first word.
std::string_view without_rank(std::string_view name) {
    for (const auto word : kRankWords)
        if (name.size() > word.size() && name.starts_with(word)) {
            const auto rest = name.substr(word.size());
            const bool number = rest.front() >= '0' && rest.front() <= '9';
            return number ? name : rest;
        }
    return name;
}

std::vector<std::vector<geo::FaceId>> units_of_groups(const std::vector<geo::GroupIndex>& parent,
                                                      std::size_t groups) {
    std::vector<std::vector<geo::FaceId>> out(groups);
    for (std::size_t i = 0; i < parent.size(); ++i)
        if (parent[i] < groups) out[parent[i]].push_back(static_cast<geo::FaceId>(i));
    return out;
}

} // namespace

NamedGround::NamedGround(std::shared_ptr<const geo::Coverage> coverage,
                         std::vector<std::vector<geo::FaceId>> units)
    : coverage_(std::move(coverage)), units_(std::move(units)) {}

bool NamedGround::holds(std::uint32_t name, geo::Point p) const {
    const auto faces = coverage_->faces();
    const auto in = [&](geo::FaceId f) {
        return faces[f].box.contains(p) && inside(*coverage_, faces[f], p);
    };
    if (units_.empty()) return in(name);
    return std::any_of(units_[name].begin(), units_[name].end(), in);
}

std::vector<Label> short_names(std::vector<Label> labels) {
    std::unordered_map<std::string_view, std::size_t> same;
    for (const auto& label : labels) ++same[without_rank(label.text)];
    std::vector<std::string> texts;
    for (const auto& label : labels) {
        const auto rest = without_rank(label.text);
        texts.emplace_back(same[rest] == 1 ? rest : std::string_view(label.text));
    }
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i].text = std::move(texts[i]);
    return labels;
}

std::vector<Label> label_candidates(const data::Vintage& vintage, data::Level level, double size_px,
                                    const std::vector<bool>* only) {
    std::vector<Label> out;
    const auto& units = vintage.units;
    std::shared_ptr<const NamedGround> ground;
    const auto add = [&](std::size_t name, const std::string& text, geo::Point at, double area,
                         const geo::Box& box) {
        if (text.empty() || box.empty()) return;
        Label label;
        label.text = text;
        label.at = at;
        label.priority = priority_of_area(area);
        label.size_px = size_px;
        label.room_m = box.width();
        label.room_high_m = box.height();
        label.ground = ground;
        label.ground_name = static_cast<std::uint32_t>(name);
        label.bold = level != data::Level::Commune;
        out.push_back(std::move(label));
    };
    if (level == data::Level::Commune) {
        const auto faces = vintage.coverage->faces();
        const auto source = geo::source_of(*vintage.coverage);
        ground = std::make_shared<const NamedGround>(vintage.coverage);
        for (std::size_t i = 0; i < faces.size() && i < units.name.size(); ++i)
            if (!only || (*only)[i])
                add(i, units.name[i], geo::label_of(source, faces[i]), faces[i].area_m2,
                    faces[i].box);
        return out;
    }
    const auto l = static_cast<std::size_t>(level);
    if (units.parent[l].size() != vintage.coverage->face_count()) return out;
    auto parent = units.parent[l];
    for (std::size_t i = 0; only && i < parent.size(); ++i)
        if (!(*only)[i]) parent[i] = geo::kNoGroup;
    const auto places = group_places(*vintage.coverage, parent, units.groups[l].size());
    ground = std::make_shared<const NamedGround>(vintage.coverage,
                                                 units_of_groups(parent, places.size()));
    for (std::size_t g = 0; g < places.size(); ++g) {
        const auto& name = units.groups[l][g].name;
        const auto count = out.size();
        const bool province = level == data::Level::Province;
        add(g, province ? short_province(name) : name, places[g].at, places[g].area_m2,
            places[g].box);
        if (out.size() == count || !province || !municipality(name)) continue;
        // Small on the map and first in the reader's mind: its name may reach beyond it, but its
        // middle may not.
        out.back().priority = kMunicipality + std::min(out.back().priority, kMunicipality - 1);
        out.back().room_m = out.back().room_high_m = 0;
    }
    return out;
}

} // namespace diaban::map
