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

SpatialRef spatial_reference(const geo::Crs& crs) {
    if (!crs.known()) return nullptr;
    SpatialRef reference(OSRNewSpatialReference(nullptr));
    OSRSetAxisMappingStrategy(reference.get(), OAMS_TRADITIONAL_GIS_ORDER);
    const auto done = crs.epsg_code() > 0
                          ? OSRImportFromEPSG(reference.get(), crs.epsg_code())
                          : OSRSetFromUserInput(reference.get(), crs.definition().c_str());
    return done == OGRERR_NONE ? std::move(reference) : nullptr;
}

bool in_degrees(const Point& point) {
    return std::abs(point.x) <= 180 && std::abs(point.y) <= 180;
}

bool in_degrees(const std::vector<Point>& points) {
    return std::all_of(points.begin(), points.end(), [](const Point& p) { return in_degrees(p); });
}

} // namespace diaban::files
