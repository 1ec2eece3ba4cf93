// Which CRS could coordinates be in, and which one to draw in.
#include "geo/crs.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::geo {
namespace {

// WGS 84, the TM-3 zones of VN-2000 from west to east, and UTM 48/49 of both datums. Degrees of
// VN-2000 are left out: 226 m cannot be told apart from WGS 84 by a box.
constexpr std::array kPlausible{4326, 9205, 9206, 9207, 9208, 5897, 9209, 9210, 9211, 9212,  9213,
                                9214, 9215, 9216, 5899, 5898, 9217, 9218, 3405, 3406, 32648, 32649};

Box swapped(const Box& b) {
    return {b.min_y, b.min_x, b.max_y, b.max_x};
}

// The box of a box: its border is followed because a straight edge becomes a curve.
Box lon_lat_box(const Box& box, const Crs& crs) {
    constexpr int kSteps = 4;
    std::array<Point, (kSteps + 1) * (kSteps + 1)> points;
    for (int j = 0; j <= kSteps; ++j)
        for (int i = 0; i <= kSteps; ++i)
            points[static_cast<std::size_t>(j * (kSteps + 1) + i)] = {
                box.min_x + box.width() * i / kSteps, box.min_y + box.height() * j / kSteps};
    transform(points, crs, Crs::wgs84());
    Box out;
    for (const auto& p : points) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) return {};
        out.add(p);
    }
    return out;
}

double area(const Box& b) {
    return b.width() * b.height();
}

// 1 = the same box. Mostly how much of the box lies inside what is expected (a district lies well
// inside its province), then how much alike the two are.
double fit_of(const Box& box, const Box& expected) {
    if (box.empty()) return 0;
    // A box without area (one point) still lies inside or not.
    const Box wide = box.grown(1e-9);
    const Box common{std::max(wide.min_x, expected.min_x), std::max(wide.min_y, expected.min_y),
                     std::min(wide.max_x, expected.max_x), std::min(wide.max_y, expected.max_y)};
    if (common.empty()) return 0;
    const double inside = area(common) / area(wide);
    const double alike = area(common) / (area(wide) + area(expected) - area(common));
    return inside * (0.75 + 0.25 * alike);
}

} // namespace

std::span<const int> plane_systems() {
    return std::span(kPlausible).subspan(1);
}

std::vector<CrsGuess> guess_crs(const Box& coordinates, const Box& expected) {
    std::vector<CrsGuess> out;
    if (coordinates.empty() || expected.empty()) return out;
    // Below this, less than about four fifths of the box lies where it should.
    constexpr double kLeastFit = 0.6;
    for (const int code : kPlausible)
        for (const bool swap : {false, true}) {
            const Box box = swap ? swapped(coordinates) : coordinates;
            const bool degrees = std::abs(box.min_x) <= 360 && std::abs(box.max_x) <= 360 &&
                                 std::abs(box.min_y) <= 90 && std::abs(box.max_y) <= 90;
            if (degrees != (code == 4326)) continue;
            const Crs crs = Crs::epsg(code);
            const double fit = fit_of(lon_lat_box(box, crs), expected);
            if (fit >= kLeastFit) out.push_back({crs, swap, fit});
        }
    std::stable_sort(out.begin(), out.end(),
                     [](const CrsGuess& a, const CrsGuess& b) { return a.fit > b.fit; });
    return out;
}

Crs choose_map_crs(const Crs& source, const Box& lon_lat, std::string_view province_code) {
    if (!source.known()) return {};
    // Web Mercator counts in metres that are 1 m long at the equator only.
    constexpr int kWebMercator = 3857;
    // UTM zones are six degrees wide: a province is turned in them by what its file came in.
    constexpr std::array kUtm{3405, 3406, 32648, 32649};
    const auto zone = vn2000_zone(province_code);
    const bool wide = zone && std::find(kUtm.begin(), kUtm.end(), source.epsg_code()) != kUtm.end();
    if (!source.geographic() && std::abs(source.metres_per_unit() - 1) < 1e-9 &&
        source.epsg_code() != kWebMercator && !wide)
        return source;
    if (lon_lat.empty()) return Crs::epsg(3405);
    const Box viet_nam = kVietNam.grown(0.5);
    const bool inside = viet_nam.contains({lon_lat.min_x, lon_lat.min_y}) &&
                        viet_nam.contains({lon_lat.max_x, lon_lat.max_y});
    if (!inside) {
        auto centre = lon_lat.centre();
        if (centre.x > 180) centre.x -= 360; // of a box across the antimeridian
        return Crs::local_equal_area(centre);
    }
    return Crs::epsg(zone.value_or(3405));
}

} // namespace diaban::geo
