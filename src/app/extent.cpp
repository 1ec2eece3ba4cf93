#include "app/extent.hpp"

#include "base/number.hpp"

#include <array>
#include <cmath>

namespace diaban::app {
namespace {

std::string text_of(const geo::Box& box) {
    std::string out;
    for (const double v : {box.min_x, box.min_y, box.max_x, box.max_y})
        out += (out.empty() ? "" : ",") + base::format_exact(std::round(v));
    return out;
}

// The smallest upright box around one that another CRS may have bent.
geo::Box bent(const geo::Box& box, const geo::Crs& from, const geo::Crs& to) {
    constexpr int kSteps = 8; // points along a side
    std::array<geo::Point, 4 * kSteps> edge;
    for (std::size_t i = 0; i < kSteps; ++i) {
        const double t = static_cast<double>(i) / kSteps;
        const double x = box.min_x + t * box.width(), y = box.min_y + t * box.height();
        edge[4 * i] = {x, box.min_y};
        edge[4 * i + 1] = {box.max_x, y};
        edge[4 * i + 2] = {box.max_x - t * box.width(), box.max_y};
        edge[4 * i + 3] = {box.min_x, box.max_y - t * box.height()};
    }
    geo::transform(edge, from, to);
    geo::Box out;
    for (const auto& p : edge)
        if (std::isfinite(p.x) && std::isfinite(p.y)) out.add(p);
    return out;
}

} // namespace

Extent extent_of(const geo::Box& box) {
    if (box.empty()) return {};
    return {box.min_x, box.min_y, box.max_x, box.max_y, {}};
}

geo::Box box_of(const Extent& extent, const geo::Coverage& coverage) {
    if (extent.all()) return {};
    geo::Box box{extent.min_x, extent.min_y, extent.max_x, extent.max_y};
    if (!extent.crs.empty()) {
        const auto asked = geo::Crs::parse(extent.crs);
        if (!coverage.crs().known())
            throw base::Error(base::ErrorKind::Data, "error.extent.no_crs", {{"crs", extent.crs}});
        box = bent(box, asked, coverage.crs());
    }
    for (const auto& face : coverage.faces())
        if (face.ring_count > 0 && face.box.intersects(box)) return box;
    throw base::Error(base::ErrorKind::Usage, "error.extent.outside",
                      {{"extent", text_of(box)}, {"box", text_of(coverage.box())}});
}

} // namespace diaban::app
