#include "files/layer_crs.hpp"

#include <algorithm>
#include <cmath>
#include <cpl_conv.h>

namespace diaban::files {

using geo::Crs;
using geo::Point;

Crs layer_crs(const VectorSource& source, OGRLayerH layer) {
    try {
        if (source.shapefile) {
            const auto& prj = source.shapefile->prj;
            return prj.empty() ? Crs() : Crs::parse(prj);
        }
        const OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer);
        char* wkt = nullptr;
        if (!reference || OSRExportToWkt(reference, &wkt) != OGRERR_NONE) return Crs();
        const std::string text(wkt);
        CPLFree(wkt);
        return Crs::parse(text);
    } catch (const base::Error&) {
        return Crs(); // told as a missing CRS by the reader
    }
}

bool in_degrees(const Point& point) {
    return std::abs(point.x) <= 180 && std::abs(point.y) <= 180;
}

bool in_degrees(const std::vector<Point>& points) {
    return std::all_of(points.begin(), points.end(), [](const Point& p) { return in_degrees(p); });
}

} // namespace diaban::files
