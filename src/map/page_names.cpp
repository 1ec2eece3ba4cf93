// Names on a page: of units, of circles, of places and of areas.
#include "map/name_lines.hpp"
#include "map/page_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diaban::map {
namespace {

// Radius of the smallest circle that has a name, of the size of its letters.
constexpr double kNamedCircle = 0.6;

// Strips that cover a circle, for place_labels().
std::vector<geo::Box> boxes_of_circle(geo::Point at, double radius) {
    const int strips = radius < 4 ? 1 : 6;
    std::vector<geo::Box> out;
    for (int s = 0; s < strips; ++s) {
        const double low = -1 + 2.0 * s / strips, high = -1 + 2.0 * (s + 1) / strips;
        const double y = low < 0 && high > 0 ? 0 : std::min(std::fabs(low), std::fabs(high));
        const double half = radius * std::sqrt(1 - y * y);
        out.push_back({at.x - half, at.y + low * radius, at.x + half, at.y + high * radius});
    }
    return out;
}

} // namespace

std::vector<Label> PageLayout::as_written(std::vector<Label> names) const {
    if (!page_.size.slide) return names;
    for (auto& name : names) name.bold = false;
    return short_names(std::move(names));
}

std::vector<Label> PageLayout::circle_names(const std::vector<geo::Box>& blocked) const {
    const auto& units = page_.scene.vintage->units;
    std::vector<Label> names;
    std::vector<double> radius;
    std::vector<geo::Box> taken;
    for (const auto& disc : shapes_.discs) {
        const double r = disc.radius / frame_.camera.metres_per_px;
        const auto p = frame_.to_page(disc.at);
        const geo::Point at{p.x - frame_.box.x, p.y - frame_.box.y};
        for (const auto& box : boxes_of_circle(at, r)) taken.push_back(box);
        Label name;
        name.text = disc.unit < units.name.size() ? units.name[disc.unit] : "";
        name.at = disc.at;
        name.size_px = look_.label;
        name.priority = static_cast<int>(std::min(r * 100, 1e9));
        names.push_back(std::move(name));
        radius.push_back(r);
    }
    // In the middle of a circle a name covers nothing of the others.
    std::vector<Label> within, outside;
    names = short_names(std::move(names));
    const auto fits = [&](const Label& name, double r) {
        const auto size = label_box(name);
        return std::hypot(size.width_px, size.height_px) <= 2 * r;
    };
    for (std::size_t d = 0; d < names.size(); ++d) {
        auto& name = names[d];
        if (radius[d] < kNamedCircle * look_.label) continue;
        std::vector<Label> ways{name};
        for (auto& text : in_two_lines(name.text))
            ways.push_back(name), ways.back().text = std::move(text);
        const auto way = std::find_if(ways.begin(), ways.end(),
                                      [&](const Label& one) { return fits(one, radius[d]); });
        if (way != ways.end()) {
            within.push_back(std::move(*way));
            continue;
        }
        name.aside_px = radius[d] + 2 * look_.scale;
        outside.push_back(std::move(name));
    }
    const auto measure = [&](const Label& label) { return label_box(label); };
    const auto placed_in = [&](std::vector<Label> some, const std::vector<geo::Box>& clear_of) {
        return place_labels(std::move(some), frame_.camera, frame_.box.width, frame_.box.height,
                            measure, clear_of);
    };
    auto out = placed_in(std::move(within), blocked);
    if (outside.empty()) return out;
    taken.insert(taken.end(), blocked.begin(), blocked.end());
    for (auto& name : placed_in(std::move(outside), taken)) out.push_back(std::move(name));
    return out;
}

std::vector<Label> PageLayout::place_names(const std::vector<geo::Box>& blocked) const {
    std::vector<Label> names;
    for (const auto& symbol : page_.scene.symbols) {
        if (symbol.name.empty() || !whole_in_frame(symbol.at)) continue;
        Label label;
        label.text = symbol.name;
        label.at = symbol.at;
        label.size_px = look_.label;
        label.aside_px = (kSymbolClear + 2) * look_.scale;
        names.push_back(std::move(label));
    }
    return place_labels(
        std::move(names), frame_.camera, frame_.box.width, frame_.box.height,
        [&](const Label& label) { return label_box(label); }, blocked);
}

std::vector<Label> PageLayout::area_names(const std::vector<geo::Box>& blocked) const {
    return place_labels(
        area_name_candidates(page_.scene.overlays, frame_, look_.label), frame_.camera,
        frame_.box.width, frame_.box.height, [&](const Label& label) { return label_box(label); },
        blocked);
}

std::vector<Label> PageLayout::unit_labels(const std::vector<geo::Box>& blocked) const {
    const auto& vintage = *page_.scene.vintage;
    const auto measure = [&](const Label& label) { return label_box(label); };
    if (page_.area)
        return place_labels(
            as_written(sheet_labels(vintage, *page_.area, frame_.map_box(), look_.label)),
            frame_.camera, frame_.box.width, frame_.box.height, measure, blocked);
    // The finest level whose names find room for most of what they name.
    for (const auto level : {data::Level::District, data::Level::Province, data::Level::Commune}) {
        const bool lowest = level == data::Level::Commune;
        if (lowest ? vintage.units.has_level(data::Level::District)
                   : !vintage.units.has_level(level))
            continue;
        // More names than this never fit; do not even look.
        constexpr std::size_t kMost = 400;
        const auto names = lowest ? vintage.units.size()
                                  : vintage.units.groups[static_cast<std::size_t>(level)].size();
        if (page_.extent.empty() && names > kMost) continue;
        auto candidates = as_written(label_candidates(vintage, level, look_.label));
        const auto view = frame_.map_box();
        std::erase_if(candidates, [&](const Label& l) { return !view.contains(l.at); });
        const auto wanted = candidates.size();
        // One name for everything says nothing that the title does not.
        if (wanted < 2 || wanted > kMost) continue;
        auto placed = place_labels(std::move(candidates), frame_.camera, frame_.box.width,
                                   frame_.box.height, measure, blocked);
        // Of many provinces the most important have their names.
        const bool enough =
            level == data::Level::Province ? !placed.empty() : placed.size() * 2 >= wanted;
        if (enough) return placed;
    }
    return {};
}

} // namespace diaban::map
