// Coordinate reference systems: VN-2000 zones, WGS 84, any EPSG code or WKT.
//
// Guarantees: coordinates are always (east, north) or (lon, lat), whatever the axis order of the
// registry. Transformations between VN-2000 and WGS 84 always apply the datum shift EPSG:6960
// (about 226 m). Crs is a cheap value that can be used from several threads.
#pragma once

#include "base/job.hpp"
#include "geo/point.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace diaban::geo {

class Crs {
public:
    Crs() = default;  // unknown: coordinates are used as they are, in an unknown plane unit
    static Crs epsg(int code);                       // throws Error Data "error.crs.unknown"
    // "EPSG:9209", "epsg:3405", PROJ string, WKT 1 or 2. Throws Error Data "error.crs.unknown".
    static Crs parse(std::string_view text);
    static Crs wgs84() { return epsg(4326); }
    // Lambert azimuthal equal area centred here: for areas outside Viet Nam.
    static Crs local_equal_area(Point lon_lat);

    bool known() const { return !definition_.empty(); }
    bool geographic() const { return geographic_; }
    const std::string& definition() const { return definition_; }   // what PROJ is given
    const std::string& name() const { return name_; }               // "VN-2000 / TM-3 105-30"
    int epsg_code() const { return epsg_; }                         // 0 if none
    double metres_per_unit() const { return metres_per_unit_; }     // 1 if geographic or unknown
    std::string wkt() const;                                        // WKT 1 (ESRI), for .prj files
    friend bool operator==(const Crs& a, const Crs& b) { return a.definition_ == b.definition_; }

private:
    std::string definition_, name_;
    int epsg_ = 0;
    bool geographic_ = false;
    double metres_per_unit_ = 1;
};

// Transforms points in place. Unknown CRS on either side, or equal ones: no-op. Points that cannot
// be transformed become NaN (the caller reports them). Throws Error Data "error.crs.no_path".
void transform(std::span<Point> points, const Crs& from, const Crs& to);

// As transform, for millions of points of one area: exact on a grid, interpolated in between where
// the interpolation error is verified to stay below max_error (units of `to`; default 1 mm).
void transform_many(std::span<Point> points, const Crs& from, const Crs& to, base::JobContext& ctx,
                    double max_error = 1e-3);

// VN-2000 TM-3 zone of a province, by GSO province code ("94") or by name in any spelling
// ("Soc Trang", "Tỉnh Sóc Trăng"); EPSG code or nothing. Table: domain.md 7 (TT 25/2014).
std::optional<int> vn2000_zone(std::string_view province_code_or_name);
// Where a province lies, WGS 84 degrees; for checking which zone a file without .prj is in.
std::optional<Box> province_box(std::string_view province_code_or_name);

// Every plausible reading of coordinates without a CRS: geographic, each VN-2000 zone, UTM 48/49 of
// VN-2000 and WGS 84, with axes as they are or swapped, whose result lies in `expected` (WGS 84
// degrees; Viet Nam if nothing better is known).
struct CrsGuess {
    Crs crs;
    bool swapped = false;
    double fit = 0;  // 0..1, how well the box fits `expected`
};
std::vector<CrsGuess> guess_crs(const Box& coordinates, const Box& expected);
// The plane systems it tries, EPSG codes: the TM-3 zones of VN-2000 from west to east, then UTM 48
// and 49 of VN-2000 and WGS 84.
std::span<const int> plane_systems();
inline constexpr Box kVietNam{102.1, 6.5, 118.0, 23.5};  // with Hoàng Sa and Trường Sa

// The CRS to work and draw in, metres: the province's zone if all units lie in one province,
// EPSG:3405 for larger parts of Viet Nam, local_equal_area elsewhere; `source` itself if it is
// projected in metres, but for a province in UTM; unknown if `source` is.
Crs choose_map_crs(const Crs& source, const Box& lon_lat, std::string_view province_code);

// Geodesic on WGS 84, metres.
double ground_distance_m(Point lon_lat_a, Point lon_lat_b);
// Point scale factor-free area of a ring on the ellipsoid, m2, positive if counter-clockwise.
double ground_area_m2(std::span<const Point> lon_lat_ring);

} // namespace diaban::geo
