#include "files/boundary_reader.hpp"

#include "base/text.hpp"
#include "files/feature_columns.hpp"
#include "files/gdal_handles.hpp"
#include "files/mapinfo.hpp"

#include <algorithm>
#include <cmath>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>

namespace diaban::files {
namespace {

using base::ErrorKind;
using base::Severity;

// Nothing on Earth is farther from the origin of any map grid, in any unit in use.
constexpr double kAbsurd = 1e9;

bool polygonal(OGRwkbGeometryType type) {
    const auto flat = wkbFlatten(type);
    return flat == wkbPolygon || flat == wkbMultiPolygon || flat == wkbCurvePolygon ||
           flat == wkbMultiSurface;
}

// The geometry type of a layer; a layer that does not say is judged by its first features.
bool holds_polygons(OGRLayerH layer) {
    const auto type = OGR_L_GetGeomType(layer);
    if (wkbFlatten(type) != wkbUnknown && wkbFlatten(type) != wkbGeometryCollection)
        return polygonal(type);
    constexpr int kLooks = 20;
    OGR_L_ResetReading(layer);
    bool found = false;
    for (int i = 0; i < kLooks && !found; ++i) {
        const Feature feature(OGR_L_GetNextFeature(layer));
        if (!feature) break;
        const OGRGeometryH shape = OGR_F_GetGeometryRef(feature.get());
        found = shape && polygonal(OGR_G_GetGeometryType(shape));
    }
    OGR_L_ResetReading(layer);
    return found;
}

std::vector<std::string> layer_names(GDALDatasetH dataset) {
    std::vector<std::string> names;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i)
        names.emplace_back(OGR_L_GetName(GDALDatasetGetLayer(dataset, i)));
    return names;
}

base::Error which_layer(const std::string& file, const std::vector<OGRLayerH>& polygons) {
    std::vector<std::string> names;
    for (const OGRLayerH layer : polygons) names.emplace_back(OGR_L_GetName(layer));
    return {ErrorKind::Data,
            "error.boundaries.which_layer",
            {{"file", file}, {"layers", fmt::format("{}", fmt::join(names, ", "))}}};
}

base::Error damaged_at(const LayerSource& source, std::size_t feature,
                       const GdalMessages& messages) {
    if (is_mapinfo(source.file))
        return broken_mapinfo(source.file, static_cast<std::int64_t>(feature));
    return {ErrorKind::Input,
            "error.boundaries.damaged",
            {{"file", source.file},
             {"feature", static_cast<std::int64_t>(feature)},
             {"reason", messages.reason()}}};
}

// Whether any feature of the file has a shape at all. Throws where reading breaks off.
bool any_shape(GDALDatasetH dataset, const LayerSource& source, const GdalMessages& messages) {
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i) {
        const OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        OGR_L_ResetReading(layer);
        std::size_t read = 0;
        for (; const OGRFeatureH feature = OGR_L_GetNextFeature(layer); ++read) {
            const bool shaped = OGR_F_GetGeometryRef(feature) != nullptr;
            OGR_F_Destroy(feature);
            if (shaped) return true;
        }
        if (messages.failed()) throw damaged_at(source, read + 1, messages);
    }
    return false;
}

OGRLayerH choose_layer(GDALDatasetH dataset, const LayerSource& source,
                       const GdalMessages& messages) {
    const auto names = fmt::format("{}", fmt::join(layer_names(dataset), ", "));
    if (!source.layer.empty()) {
        const OGRLayerH layer = GDALDatasetGetLayerByName(dataset, source.layer.c_str());
        if (!layer)
            throw base::Error(ErrorKind::Data, "error.layer.missing",
                              {{"file", source.file}, {"layer", source.layer}, {"layers", names}});
        return layer;
    }
    std::vector<OGRLayerH> polygons;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i)
        if (const OGRLayerH layer = GDALDatasetGetLayer(dataset, i); holds_polygons(layer))
            polygons.push_back(layer);
    if (polygons.empty() && !any_shape(dataset, source, messages)) {
        if (is_mapinfo(source.file))
            if (const auto broken = broken_mapinfo(source.file)) throw *broken;
        throw base::Error(ErrorKind::Data, "error.boundaries.no_shapes", {{"file", source.file}});
    }
    if (polygons.empty())
        throw base::Error(ErrorKind::Data, "error.boundaries.no_polygons",
                          {{"file", source.file}, {"layers", names}});
    // Two vintages in one file look alike: which one is meant is for the user to say.
    if (polygons.size() > 1) throw which_layer(source.file, polygons);
    return polygons.front();
}

Dataset open_or_throw(const LayerSource& source, const GdalMessages& messages) {
    Dataset dataset = open_vector(source.path, source.options);
    if (dataset) return dataset;
    if (is_mapinfo(source.file) && messages.failed())
        if (const auto broken = broken_mapinfo(source.file)) throw *broken;
    throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien", source.file);
}

std::string crs_text(OGRLayerH layer) {
    const OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer);
    if (!reference) return {};
    const char* authority = OSRGetAuthorityName(reference, nullptr);
    const char* code = OSRGetAuthorityCode(reference, nullptr);
    if (authority && code && std::string_view(authority) == "EPSG")
        return std::string("EPSG:") + code;
    const char* name = OSRGetName(reference);
    // How GeoPackage and SpatiaLite say that they do not know.
    if (name && base::lower(name).find("undefined") != std::string::npos) return {};
    char* wkt = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2018", nullptr};
    std::string text;
    if (OSRExportToWktEx(reference, &wkt, options) == OGRERR_NONE && wkt) text = wkt;
    CPLFree(wkt);
    return text;
}

// ---- Features to columns and rings -------------------------------------------------------------

struct Chunk {
    geo::PolygonSoup soup;
    std::vector<data::Column> columns;
    std::vector<std::int64_t> feature;
    base::Findings findings;
};

void note(Chunk& chunk, Severity severity, std::string key, base::Args args,
          std::optional<double> amount = {}) {
    base::Finding finding;
    finding.severity = severity;
    finding.key = std::move(key);
    finding.args = std::move(args);
    finding.amount = amount;
    if (amount) finding.amount_unit = "vertices";
    chunk.findings.push_back(std::move(finding));
}

// Appends one ring; vertices that are no place on Earth are left out and counted.
std::size_t append_ring(OGRGeometryH ring, Chunk& chunk) {
    const int count = OGR_G_GetPointCount(ring);
    auto& points = chunk.soup.points;
    const auto first = points.size();
    points.resize(first + static_cast<std::size_t>(count));
    constexpr int kStride = sizeof(geo::Point);
    if (count > 0)
        OGR_G_GetPoints(ring, &points[first].x, kStride, &points[first].y, kStride, nullptr, 0);
    const auto absurd = [](const geo::Point& p) {
        return !(std::abs(p.x) <= kAbsurd && std::abs(p.y) <= kAbsurd);
    };
    const auto begin = points.begin() + static_cast<std::ptrdiff_t>(first);
    std::size_t bad = 0;
    if (std::any_of(begin, points.end(), absurd)) {
        const auto end = std::remove_if(begin, points.end(), absurd);
        bad = static_cast<std::size_t>(points.end() - end);
        points.erase(end, points.end());
    }
    constexpr std::size_t kLeast = 3;
    if (points.size() - first < kLeast)
        points.resize(first);
    else
        chunk.soup.end_ring();
    return bad;
}

// Appends all polygons of a geometry; false if it has a part that is no polygon.
bool append_polygons(OGRGeometryH shape, Chunk& chunk, std::size_t& bad) {
    const auto type = OGR_G_GetGeometryType(shape);
    if (OGR_GT_IsNonLinear(type)) {
        const Geometry linear(OGR_G_GetLinearGeometry(shape, 0, nullptr));
        return linear && append_polygons(linear.get(), chunk, bad);
    }
    const bool polygon = wkbFlatten(type) == wkbPolygon;
    const bool collection = OGR_GT_IsSubClassOf(wkbFlatten(type), wkbGeometryCollection) != 0 ||
                            wkbFlatten(type) == wkbPolyhedralSurface || wkbFlatten(type) == wkbTIN;
    if (!polygon && !collection) return wkbFlatten(type) == wkbTriangle;
    bool all = true;
    for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i) {
        const OGRGeometryH part = OGR_G_GetGeometryRef(shape, i);
        if (polygon)
            bad += append_ring(part, chunk);
        else
            all = append_polygons(part, chunk, bad) && all;
    }
    return all;
}

void append_geometry(OGRGeometryH shape, const LayerSource& source, Chunk& chunk) {
    const base::Args where{{"file", source.file}, {"feature", chunk.feature.back()}};
    const auto first_ring = chunk.soup.rings();
    if (!shape || OGR_G_IsEmpty(shape)) {
        note(chunk, Severity::Warning, "null_geometry", where);
    } else {
        std::size_t bad = 0;
        if (!append_polygons(shape, chunk, bad))
            note(chunk, Severity::Warning, "not_polygon", where);
        if (bad > 0)
            note(chunk, Severity::Problem, "bad_coordinates", where, static_cast<double>(bad));
        else if (chunk.soup.rings() == first_ring && polygonal(OGR_G_GetGeometryType(shape)))
            note(chunk, Severity::Warning, "null_geometry", where);
    }
    chunk.soup.end_face();
}

// Reads features [begin, end) by number; end 0 means all, in the order of the file.
void read_features(OGRLayerH layer, const LayerSource& source, std::size_t begin, std::size_t end,
                   const std::function<void(std::size_t)>& progress, Chunk& chunk) {
    FeatureColumns columns(layer, source.wants);
    OGR_L_ResetReading(layer);
    if (begin > 0) OGR_L_SetNextByIndex(layer, static_cast<GIntBig>(begin));
    constexpr std::size_t kReportEvery = 64;
    for (std::size_t row = begin; end == 0 || row < end; ++row) {
        const Feature feature(OGR_L_GetNextFeature(layer));
        if (!feature) break;
        const auto id = OGR_F_GetFID(feature.get());
        // Rows deleted in a .dbf are passed over, so the number can run ahead.
        if (end > 0 && id >= static_cast<GIntBig>(end)) break;
        chunk.feature.push_back(end > 0 ? id + 1 : static_cast<std::int64_t>(row) + 1);
        append_geometry(OGR_F_GetGeometryRef(feature.get()), source, chunk);
        columns.append(feature.get());
        if (row % kReportEvery == 0) progress(row);
    }
    chunk.columns = columns.take();
}

template <class T> void append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    from = {};
}

void append_soup(geo::PolygonSoup& to, geo::PolygonSoup& from) {
    const auto points = static_cast<std::uint32_t>(to.points.size());
    const auto rings = static_cast<std::uint32_t>(to.rings());
    append(to.points, from.points);
    for (std::size_t r = 1; r < from.ring_first.size(); ++r)
        to.ring_first.push_back(points + from.ring_first[r]);
    for (std::size_t f = 1; f < from.face_first_ring.size(); ++f)
        to.face_first_ring.push_back(rings + from.face_first_ring[f]);
}

void append_chunk(Chunk& to, Chunk& from) {
    append_soup(to.soup, from.soup);
    append(to.feature, from.feature);
    append(to.findings, from.findings);
    for (std::size_t c = 0; c < to.columns.size(); ++c) {
        append(to.columns[c].text, from.columns[c].text);
        append(to.columns[c].number, from.columns[c].number);
        append(to.columns[c].null, from.columns[c].null);
    }
}

// A GDAL error in the middle means that features are missing: never carry on with a part.
void check_complete(const GdalMessages& messages, const LayerSource& source, const Chunk& chunk) {
    if (messages.failed()) throw damaged_at(source, chunk.feature.size() + 1, messages);
}

// Rows without any shape: a table that was asked for as a layer of boundaries.
bool shapeless(const Chunk& chunk) {
    return chunk.soup.points.empty() &&
           std::all_of(chunk.findings.begin(), chunk.findings.end(),
                       [](const auto& f) { return f.key == "null_geometry"; });
}

void reserve(std::vector<geo::Point>& points, std::size_t count) {
    points.reserve(count);
    prefer_large_pages(points.data(), count * sizeof(geo::Point));
}

// Ranges of one file read by several threads, each through its own handle. The ranges depend on the
// size of the file only, and are put together in order.
Chunk read_in_parallel(const LayerSource& source, const std::string& layer, base::JobContext& ctx) {
    constexpr std::size_t kRanges = 8;
    const std::size_t per_range = (source.rows + kRanges - 1) / kRanges;
    std::vector<Chunk> chunks((source.rows + per_range - 1) / per_range);
    std::atomic<std::size_t> done{0};
    base::parallel_for(chunks.size(), 1, ctx, [&](std::size_t begin, std::size_t) {
        GdalMessages messages;
        const Dataset dataset = open_or_throw(source, messages);
        messages.clear(); // what opening had to say was not fatal (a .prj without sense)
        auto& chunk = chunks[begin];
        // The first range has room for all, so that the others are only added to it. Room that is
        // not used costs nothing.
        reserve(chunk.soup.points,
                begin == 0 ? source.most_points : 2 * source.most_points / chunks.size());
        read_features(
            GDALDatasetGetLayerByName(dataset.get(), layer.c_str()), source, begin * per_range,
            std::min(source.rows, (begin + 1) * per_range), [&](std::size_t) { ctx.check(); },
            chunk);
        check_complete(messages, source, chunk);
        ctx.step(++done, chunks.size());
    });
    Chunk all = std::move(chunks.front());
    for (std::size_t i = 1; i < chunks.size(); ++i) append_chunk(all, chunks[i]);
    return all;
}

} // namespace

std::string geometry_kind(void* layer) {
    const auto flat = wkbFlatten(OGR_L_GetGeomType(static_cast<OGRLayerH>(layer)));
    if (flat == wkbNone) return "none";
    if (holds_polygons(static_cast<OGRLayerH>(layer))) return "polygon";
    if (flat == wkbPoint || flat == wkbMultiPoint) return "point";
    if (flat == wkbLineString || flat == wkbMultiLineString || flat == wkbMultiCurve ||
        flat == wkbCompoundCurve || flat == wkbCircularString)
        return "line";
    return "mixed";
}

LayerContent read_layer(const LayerSource& source, base::JobContext& ctx) {
    LayerContent out;
    GdalMessages messages;
    const Dataset dataset = open_or_throw(source, messages);
    messages.clear(); // what opening had to say was not fatal
    OGRLayerH layer = choose_layer(dataset.get(), source, messages);
    out.layer = OGR_L_GetName(layer);
    out.crs = crs_text(layer);
    messages.clear();

    Chunk all;
    constexpr std::size_t kWorthThreads = 500;
    if (source.rows >= kWorthThreads) {
        all = read_in_parallel(source, out.layer, ctx);
    } else {
        const auto total = std::max<GIntBig>(OGR_L_GetFeatureCount(layer, TRUE), 0);
        read_features(
            layer, source, 0, source.rows,
            [&](std::size_t row) { ctx.step(row, static_cast<std::uint64_t>(total)); }, all);
        check_complete(messages, source, all);
    }
    if (all.feature.empty())
        throw base::Error(ErrorKind::Data, "error.boundaries.no_features",
                          {{"file", source.file}, {"layer", out.layer}});
    if (shapeless(all))
        throw base::Error(ErrorKind::Data, "error.boundaries.no_shapes", {{"file", source.file}});
    out.soup = std::move(all.soup);
    out.feature = std::move(all.feature);
    out.findings = std::move(all.findings);
    out.table.columns = std::move(all.columns);
    return out;
}

} // namespace diaban::files
