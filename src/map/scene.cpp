#include "map/scene.hpp"

#include "geo/contiguity.hpp"
#include "geo/flaws.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::map {
namespace {

double median_area(const data::Vintage& vintage) {
    std::vector<double> area;
    for (const auto& face : vintage.coverage->faces())
        if (face.ring_count > 0) area.push_back(face.area_m2);
    if (area.empty()) return 0;
    const auto middle = area.begin() + static_cast<std::ptrdiff_t>(area.size() / 2);
    std::nth_element(area.begin(), middle, area.end());
    return *middle;
}

} // namespace

LineStyle line_style(LineRank rank) {
    switch (rank) {
    case LineRank::Commune:
        return {kCommuneLine, 0.7};
    case LineRank::District:
        return {kDistrictLine, 1.2};
    case LineRank::Province:
        return {kProvinceLine, 2.2};
    case LineRank::Coast:
        break;
    }
    return {kProvinceLine, 1.6};
}

Colour commune_line(Colour left, Colour right) {
    constexpr double kTooLight = 226;
    const auto light = [](Colour c) { return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b > kTooLight; };
    return light(left) && light(right) ? Colour{0xB4, 0xB8, 0xBF} : kCommuneLine;
}

std::vector<LineRank> line_ranks(const data::Vintage& vintage) {
    const std::size_t n = vintage.coverage->face_count();
    std::vector<geo::GroupIndex> units(n);
    std::iota(units.begin(), units.end(), 0u);
    // A level that the vintage lacks separates nothing.
    const std::vector<geo::GroupIndex> none(n, geo::kNoGroup);
    std::vector<const std::vector<geo::GroupIndex>*> levels{&units};
    for (const auto level : {data::Level::District, data::Level::Province}) {
        const auto& parent = vintage.units.parent[static_cast<std::size_t>(level)];
        levels.push_back(parent.size() == n ? &parent : &none);
    }
    std::vector<LineRank> out;
    for (const auto rank : geo::arc_ranks(*vintage.coverage, levels))
        out.push_back(static_cast<LineRank>(rank));
    // A defect of the file is no coast: overlaps, and gaps far smaller than a unit.
    constexpr double kGapPart = 0.05; // of the typical unit
    const auto flawed = geo::flawed_arcs(*vintage.coverage, kGapPart * median_area(vintage));
    for (std::size_t a = 0; a < out.size(); ++a)
        if (flawed[a]) out[a] = LineRank::Commune;
    return out;
}

Camera fit(const geo::Box& box, double width_px, double height_px, double margin_px) {
    Camera camera;
    if (box.empty()) return camera;
    camera.centre = box.centre();
    const double w = std::max(1.0, width_px - 2 * margin_px);
    const double h = std::max(1.0, height_px - 2 * margin_px);
    // A box without extent (one point) still needs a scale: a metre per pixel.
    const double scale = std::max(box.width() / w, box.height() / h);
    camera.metres_per_px = scale > 0 ? scale : 1;
    return camera;
}

} // namespace diaban::map
