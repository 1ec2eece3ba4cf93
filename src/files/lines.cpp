#include "files/lines.hpp"

#include "files/layer_crs.hpp"

#include <cmath>
#include <fmt/format.h>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::ErrorKind;
using geo::Point;
struct Line {
    std::vector<Point> points;
    RingSide ring = RingSide::None;
};
using Lines = std::vector<Line>;

// The lines of one shape and of its parts; false if it is made of points. The first ring of an area
// is its outer one.
bool add_lines(OGRGeometryH shape, Lines& out, RingSide ring = RingSide::None) {
    const auto type = wkbFlatten(OGR_G_GetGeometryType(shape));
    if (type == wkbPoint || type == wkbMultiPoint) return false;
    if (OGR_G_GetGeometryCount(shape) > 0) {
        const bool area = type == wkbPolygon || type == wkbTriangle;
        bool any = false;
        for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i) {
            const RingSide part = !area    ? RingSide::None
                                  : i == 0 ? RingSide::Outer
                                           : RingSide::Hole;
            any = add_lines(OGR_G_GetGeometryRef(shape, i), out, part) || any;
        }
        return any;
    }
    std::vector<Point> line(static_cast<std::size_t>(std::max(OGR_G_GetPointCount(shape), 0)));
    for (std::size_t k = 0; k < line.size(); ++k)
        line[k] = {OGR_G_GetX(shape, static_cast<int>(k)), OGR_G_GetY(shape, static_cast<int>(k))};
    if (line.size() > 1) out.push_back({std::move(line), ring});
    return true;
}

bool may_have_lines(OGRLayerH layer) {
    const auto type = wkbFlatten(OGR_L_GetGeomType(layer));
    return type != wkbNone && type != wkbPoint && type != wkbMultiPoint;
}

OGRLayerH choose_layer(GDALDatasetH dataset, const std::string& wanted, const std::string& file) {
    std::string names;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i) {
        const OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        const std::string name = OGR_L_GetName(layer);
        if (wanted.empty() ? may_have_lines(layer) : name == wanted) return layer;
        names += (names.empty() ? "" : ", ") + name;
    }
    if (wanted.empty()) throw base::Error(ErrorKind::Data, "error.lines.none", {{"file", file}});
    throw base::Error(ErrorKind::Data, "error.layer.missing",
                      {{"file", file}, {"layer", wanted}, {"layers", names}});
}

base::Finding warning(std::string key, base::Args args) {
    base::Finding out;
    out.severity = base::Severity::Warning;
    out.key = std::move(key);
    out.args = std::move(args);
    return out;
}

// Lines in the target's coordinates, in pieces where a point has none.
Lines transformed(const Lines& lines, const geo::Crs& from, const geo::Crs& to,
                  base::JobContext& ctx) {
    Lines out;
    for (auto line : lines) {
        if (!(from == to)) geo::transform_many(line.points, from, to, ctx);
        std::vector<Point> piece;
        const auto end_piece = [&] {
            const bool whole = piece.size() == line.points.size();
            if (piece.size() > 1)
                out.push_back({std::move(piece), whole ? line.ring : RingSide::None});
            piece.clear();
        };
        for (const auto& p : line.points)
            if (std::isfinite(p.x) && std::isfinite(p.y))
                piece.push_back(p);
            else
                end_piece();
        end_piece();
    }
    return out;
}

} // namespace

LinesRead read_lines(const fs::path& file, const std::string& wanted, const geo::Crs& target,
                     base::JobContext& ctx) {
    ctx.stage("stage.lines");
    check_readable(file);
    const auto name = file.string();
    const VectorSource source = open_vector_source(file, wanted);
    const GdalMessages messages;
    const Dataset dataset = open_vector(source.path, source.options);
    if (!dataset)
        throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien", name);
    // A shapefile has one layer, whose name its path in memory may have changed.
    const OGRLayerH layer =
        choose_layer(dataset.get(), source.shapefile ? std::string() : wanted, name);
    LinesRead out;
    Lines lines;
    std::int64_t points = 0;
    const auto total =
        static_cast<std::uint64_t>(std::max<GIntBig>(OGR_L_GetFeatureCount(layer, 1), 0));
    OGR_L_ResetReading(layer);
    for (std::uint64_t row = 0;; ++row) {
        const Feature feature(OGR_L_GetNextFeature(layer));
        if (!feature) break;
        ctx.step(row, total);
        const OGRGeometryH shape = OGR_F_GetGeometryRef(feature.get());
        if (!shape || OGR_G_IsEmpty(shape)) continue;
        const Geometry linear(OGR_G_GetLinearGeometry(shape, 0, nullptr));
        if (!linear || !add_lines(linear.get(), lines)) ++points;
    }
    if (messages.failed())
        throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien", name);
    if (lines.empty()) throw base::Error(ErrorKind::Data, "error.lines.none", {{"file", name}});
    if (points > 0)
        out.findings.push_back(warning("lines_points", {{"file", name}, {"count", points}}));
    auto crs = layer_crs(source, layer);
    if (!crs.known()) {
        std::vector<Point> ends;
        for (const auto& line : lines) ends.push_back(line.points.front());
        crs = in_degrees(ends) ? geo::Crs::wgs84() : target;
        out.findings.push_back(warning("missing_crs", {{"file", name}}));
    }
    // Where the map is in a plane that nobody knows, numbers stay as they are.
    for (auto& line : transformed(lines, target.known() ? crs : target, target, ctx)) {
        out.lines.push_back(std::move(line.points));
        out.rings.push_back(line.ring);
    }
    return out;
}

} // namespace diaban::files
