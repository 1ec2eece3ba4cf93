// CRS and transformation against PROJ's own command line tools; the command stands by each number.
#include "geo/crs.hpp"

#include "base/error.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace diaban;
using geo::Crs;
using geo::Point;

namespace {

Point moved(Point p, const Crs& from, const Crs& to) {
    geo::transform({&p, 1}, from, to);
    return p;
}

} // namespace

TEST_CASE("VN-2000 gets its datum shift EPSG:6960 in both directions") {
    // echo "9.6 106.0" | cs2cs -d 4 EPSG:4326 EPSG:9209   (EPSG:6960 is the only operation there)
    const auto p = moved({106.0, 9.6}, Crs::wgs84(), Crs::epsg(9209));
    CHECK(p.x == Approx(554684.0627).margin(1e-3));
    CHECK(p.y == Approx(1061657.9949).margin(1e-3));
    // echo "9.6 106.0" | cs2cs -d 4 EPSG:4756 EPSG:9209
    const auto unshifted = moved({106.0, 9.6}, Crs::epsg(4756), Crs::epsg(9209));
    CHECK(unshifted.x == Approx(554880.5717).margin(1e-3));
    CHECK(unshifted.y == Approx(1061546.0252).margin(1e-3));
    CHECK(std::hypot(p.x - unshifted.x, p.y - unshifted.y) == Approx(226).margin(1));
    const auto back = moved(p, Crs::epsg(9209), Crs::wgs84());
    CHECK(back.x == Approx(106.0).margin(1e-9));
    CHECK(back.y == Approx(9.6).margin(1e-9));
}
