#include "files/places.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/unit_records.hpp"
#include "files/angle.hpp"
#include "files/feature_columns.hpp"
#include "files/layer_crs.hpp"
#include "files/store_schema.hpp"
#include "files/tables.hpp"
#include "files/text_columns.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::ErrorKind;
using base::Severity;
using geo::Crs;
using geo::Point;

constexpr std::array kLonNames{"lon",    "long", "longitude", "lng",
                               "kinhdo", "x",    "toadox",    "easting"};
constexpr std::array kLatNames{"lat", "latitude", "vido", "y", "toadoy", "northing"};
constexpr std::array kNameNames{"name",    "ten",       "tendiadiem", "tencang", "mainportname",
                                "osmname", "asciiname", "title",      "label"};
constexpr std::array kCodeNames{"code", "ma", "unlocode", "maso", "geonameid", "osmway", "id"};
constexpr std::array kKindNames{"kind", "loai", "loaidiadiem", "type", "featurecode", "category"};
constexpr std::array kPeopleNames{"population", "danso",   "songuoi", "nhankhau", "poptotal",
                                  "totalpop",   "persons", "pop",     "people",   "popmax"};
using data::column_key;

const data::Column* find(const data::RawTable& table, data::ColumnNames usual) {
    for (const auto* name : usual)
        for (const auto& column : table.columns)
            if (column_key(column.name) == name) return &column;
    return nullptr;
}

std::string cell(const data::Column* column, std::size_t row) {
    return column ? std::string(base::trim(column->cell(row))) : std::string();
}

// ---- Kinds -----------------------------------------------------------------------------------

struct Word {
    std::string_view begins, kind; // of column_key(text)
};
// How people and gazetteers write the kinds. GeoNames feature codes: INDS, PRT, PSTB, GATE, SCH,
// MKT.
constexpr std::array<Word, 31> kKindWords{{{"industrial", "industrial_zone"},
                                           {"khucongnghiep", "industrial_zone"},
                                           {"khuchexuat", "industrial_zone"},
                                           {"cumcongnghiep", "industrial_zone"},
                                           {"kcn", "industrial_zone"},
                                           {"kcx", "industrial_zone"},
                                           {"ccn", "industrial_zone"},
                                           {"inds", "industrial_zone"},
                                           {"port", "port"},
                                           {"seaport", "port"},
                                           {"harbo", "port"},
                                           {"cang", "port"},
                                           {"prt", "port"},
                                           {"borde", "border_gate"},
                                           {"cuakhau", "border_gate"},
                                           {"pstb", "border_gate"},
                                           {"gate", "border_gate"},
                                           {"support", "support"},
                                           {"cosocainghien", "support"},
                                           {"trungtamcainghien", "support"},
                                           {"diemtuvan", "support"},
                                           {"hotro", "support"},
                                           {"market", "market"},
                                           {"cho", "market"},
                                           {"mkt", "market"},
                                           {"school", "school"},
                                           {"truong", "school"},
                                           {"sch", "school"},
                                           {"other", "other"},
                                           {"khac", "other"},
                                           {"diadiemkhac", "other"}}};

std::string place_kind(std::string_view text) {
    const auto key = column_key(text);
    for (const auto& [begins, kind] : kKindWords)
        if (!key.empty() && key.starts_with(begins)) return std::string(kind);
    return {};
}

// Fills in kind, name, code and dates of place `row` from its columns.
class Labels {
public:
    Labels(const data::RawTable& table, std::string file, const std::string& kind)
        : name_(find(table, kNameNames)), code_(find(table, kCodeNames)),
          kind_(find(table, kKindNames)), people_(find(table, kPeopleNames)),
          dates_(table, dateless_), given_(kind.empty() ? "other" : kind), file_(std::move(file)) {}

    void label(data::Place& place, std::size_t row) {
        place.name = cell(name_, row);
        place.code = cell(code_, row);
        const auto written = cell(kind_, row);
        if (written.empty()) {
            place.kind = given_;
            return;
        }
        place.kind = place_kind(written);
        if (place.kind.empty()) {
            place.kind = given_;
            ++unknown_[written];
        }
    }
    // False, with a finding, if its dates are no span of time. `number` as a person counts rows.
    bool date(data::Place& place, std::size_t row, std::size_t number,
              base::Findings& findings) const {
        if (const auto days = dates_.days(row)) {
            place.from = date_of(days->first);
            place.until = date_of(days->second);
            return true;
        }
        findings.push_back(
            base::finding(Severity::Problem, "place_dates",
                          {{"file", file_},
                           {"row", static_cast<std::int64_t>(number)},
                           {"named", place.name.empty() ? "" : " (" + place.name + ")"},
                           {"value", dates_.written(row)}}));
        return false;
    }
    double people(std::size_t row) const {
        if (!people_ || people_->null[row]) return base::kNaN;
        if (people_->type == data::ColumnType::Number) return people_->number[row];
        return base::parse_number(people_->text[row], {}).value_or(base::kNaN);
    }
    void report(base::Findings& findings) const {
        for (const auto& [column, value] : dateless_)
            findings.push_back(
                base::finding(Severity::Warning, "place_no_dates",
                              {{"file", file_}, {"column", column}, {"value", value}}));
        for (const auto& [kind, count] : unknown_)
            findings.push_back(
                base::finding(Severity::Info, "place_kind_unknown",
                              {{"file", file_}, {"kind", kind}, {"count", count}, {"as", given_}}));
    }

private:
    const data::Column *name_, *code_, *kind_, *people_;
    std::vector<data::DateColumns::Dateless> dateless_;
    data::DateColumns dates_;
    std::string given_, file_;
    std::map<std::string, std::int64_t> unknown_;
};

// ---- Tables with positions ---------------------------------------------------------------------

// A column of numbers can hold a few cells with degrees and minutes; their text is kept.
std::optional<double> coordinate(const data::Column& column, std::size_t row) {
    if (column.null[row]) return std::nullopt;
    const bool number = column.type == data::ColumnType::Number;
    if (number && std::isfinite(column.number[row])) return column.number[row];
    return column.text.empty() ? std::nullopt : parse_angle(column.text[row]);
}

// Longitude and latitude exchanged: all latitudes are longitudes of Viet Nam and the other way
// round.
bool swapped(const std::vector<Point>& points) {
    return !points.empty() && std::all_of(points.begin(), points.end(), [](const Point& p) {
        return geo::kVietNam.contains({p.y, p.x});
    });
}

PlacesRead places_of_table(const data::RawTable& table, const std::string& file,
                           const std::string& kind, const Crs& target) {
    PlacesRead out;
    const auto* lon = find(table, kLonNames);
    const auto* lat = find(table, kLatNames);
    if (!lon || !lat)
        throw base::Error(ErrorKind::Data, "error.places.no_position",
                          {{"file", file},
                           {"columns", fmt::format("{}", fmt::join(table.column_names(), ", "))}});
    Labels labels(table, file, kind);
    std::vector<Point> at;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto x = coordinate(*lon, row), y = coordinate(*lat, row);
        if (!x || !y || !std::isfinite(*x) || !std::isfinite(*y)) {
            out.findings.push_back(
                base::finding(Severity::Warning, "place_without_position",
                              {{"file", file},
                               {"row", static_cast<std::int64_t>(row + table.first_row)},
                               {"name", cell(find(table, kNameNames), row)},
                               {"value", fmt::format("{} {}", cell(lon, row), cell(lat, row))}}));
            continue;
        }
        data::Place place;
        labels.label(place, row);
        if (!labels.date(place, row, row + table.first_row, out.findings)) continue;
        out.people.push_back(labels.people(row));
        out.layer.places.push_back(std::move(place));
        at.push_back({*x, *y});
    }
    labels.report(out.findings);
    // Metres without a word on their CRS: the document's own is the only one they can be meant in.
    const Crs source = in_degrees(at) ? Crs::wgs84() : target;
    if (source.geographic() && swapped(at)) {
        for (auto& p : at) std::swap(p.x, p.y);
        out.findings.push_back(base::finding(Severity::Warning, "swapped_axes",
                                             {{"file", file}, {"crs", source.name()}}));
    }
    geo::transform(at, source, target);
    for (std::size_t i = 0; i < at.size(); ++i) {
        out.layer.places[i].at = at[i];
        out.layer.places[i].rings = {{at[i]}};
    }
    return out;
}

// ---- Spatial layers ----------------------------------------------------------------------------

void add_rings(OGRGeometryH shape, data::Place& place) {
    const auto type = wkbFlatten(OGR_G_GetGeometryType(shape));
    for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i) {
        const OGRGeometryH part = OGR_G_GetGeometryRef(shape, i);
        if (type != wkbPolygon) {
            add_rings(part, place);
            continue;
        }
        std::vector<Point> ring(static_cast<std::size_t>(std::max(OGR_G_GetPointCount(part), 0)));
        for (std::size_t k = 0; k < ring.size(); ++k)
            ring[k] = {OGR_G_GetX(part, static_cast<int>(k)),
                       OGR_G_GetY(part, static_cast<int>(k))};
        if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
        if (!ring.empty()) place.rings.push_back(std::move(ring));
    }
}

// One feature as one place or, for several points, as several; false if it is neither point nor
// area.
bool shape_place(OGRGeometryH shape, std::vector<data::Place>& out) {
    const auto type = wkbFlatten(OGR_G_GetGeometryType(shape));
    if (type == wkbPoint) {
        data::Place place;
        place.at = {OGR_G_GetX(shape, 0), OGR_G_GetY(shape, 0)};
        place.rings = {{place.at}};
        out.push_back(std::move(place));
        return true;
    }
    if (type == wkbMultiPoint) {
        for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i)
            shape_place(OGR_G_GetGeometryRef(shape, i), out);
        return true;
    }
    if (OGR_GT_IsSurface(type) || OGR_GT_IsSubClassOf(type, wkbMultiSurface)) {
        const Geometry linear(OGR_G_GetLinearGeometry(shape, 0, nullptr));
        if (!linear) return false;
        data::Place place;
        add_rings(linear.get(), place);
        if (place.rings.empty()) return false;
        const Geometry inside(OGR_G_PointOnSurface(linear.get()));
        place.at = inside && !OGR_G_IsEmpty(inside.get())
                       ? Point{OGR_G_GetX(inside.get(), 0), OGR_G_GetY(inside.get(), 0)}
                       : place.rings.front().front();
        out.push_back(std::move(place));
        return true;
    }
    return false;
}

struct SpatialRows {
    std::vector<data::Place> places; // in the CRS of the file, without labels
    std::vector<std::size_t> row;    // of the table, one per place
    data::RawTable table;
    Crs crs;
};

SpatialRows read_spatial(const VectorSource& source, OGRLayerH layer, const std::string& file,
                         base::JobContext& ctx, base::Findings& findings) {
    SpatialRows out;
    FeatureColumns columns(layer, {});
    const auto total =
        static_cast<std::uint64_t>(std::max<GIntBig>(OGR_L_GetFeatureCount(layer, 1), 0));
    OGR_L_ResetReading(layer);
    for (std::size_t row = 0;; ++row) {
        const Feature feature(OGR_L_GetNextFeature(layer));
        if (!feature) break;
        ctx.step(row, total);
        const OGRGeometryH shape = OGR_F_GetGeometryRef(feature.get());
        const auto before = out.places.size();
        columns.append(feature.get());
        const base::Args where{{"file", file}, {"feature", static_cast<std::int64_t>(row + 1)}};
        if (!shape || OGR_G_IsEmpty(shape))
            findings.push_back(base::finding(Severity::Warning, "null_geometry", where));
        else if (!shape_place(shape, out.places))
            findings.push_back(base::finding(Severity::Warning, "not_polygon", where));
        out.row.resize(out.row.size() + out.places.size() - before, row);
    }
    out.table.columns = columns.take();
    out.crs = layer_crs(source, layer);
    return out;
}

Crs settle(const SpatialRows& rows, const std::string& file, const Crs& target,
           base::Findings& findings) {
    if (rows.crs.known()) return rows.crs;
    std::vector<Point> at;
    for (const auto& place : rows.places) at.push_back(place.at);
    const Crs assumed = in_degrees(at) ? Crs::wgs84() : target;
    findings.push_back(base::finding(Severity::Warning, "missing_crs", {{"file", file}}));
    return assumed;
}

PlacesRead places_of_layer(const VectorSource& source, OGRLayerH layer, const std::string& file,
                           const std::string& kind, const Crs& target, base::JobContext& ctx) {
    PlacesRead out;
    auto rows = read_spatial(source, layer, file, ctx, out.findings);
    EncodingClaims claims{
        .user = "auto", .cpg = "", .language = 0, .decoded = !source.shapefile, .file = file};
    if (source.shapefile) {
        claims.cpg = source.shapefile->cpg;
        claims.language = source.shapefile->language;
    }
    decode_table(rows.table, choose_encoding(rows.table, claims, out.findings), file, out.findings);
    const Crs crs = settle(rows, file, target, out.findings);
    Labels labels(rows.table, file, kind);
    for (std::size_t i = 0; i < rows.places.size(); ++i) {
        auto& place = rows.places[i];
        labels.label(place, rows.row[i]);
        if (!labels.date(place, rows.row[i], rows.row[i] + 1, out.findings)) continue;
        out.people.push_back(labels.people(rows.row[i]));
        geo::transform({&place.at, 1}, crs, target);
        for (auto& ring : place.rings) geo::transform(ring, crs, target);
        out.layer.places.push_back(std::move(place));
    }
    labels.report(out.findings);
    return out;
}

// The first layer of points or areas; nullptr if the file has none.
OGRLayerH spatial_layer(GDALDatasetH dataset) {
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        const auto type = wkbFlatten(OGR_L_GetGeomType(layer));
        if (type != wkbNone && type != wkbLineString && type != wkbMultiLineString) return layer;
    }
    return nullptr;
}

bool is_text_table(const fs::path& file) {
    const auto extension = base::lower(file.extension().string());
    return extension == ".csv" || extension == ".txt" || extension == ".tsv" ||
           extension == ".xlsx" || extension == ".xls" || extension == ".ods";
}

} // namespace

PlacesRead read_places(const fs::path& file, const std::string& kind, const Crs& target,
                       base::JobContext& ctx) {
    ctx.stage("stage.places");
    check_readable(file);
    PlacesRead out;
    const auto name = file.string();
    if (is_text_table(file)) {
        TableSource source;
        source.file = file;
        out = places_of_table(read_table(source, ctx).table, name, kind, target);
    } else {
        const VectorSource source = open_vector_source(file, "");
        const GdalMessages messages;
        const Dataset dataset = open_vector(source.path, source.options);
        if (!dataset)
            throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien", name);
        OGRLayerH layer = spatial_layer(dataset.get());
        if (!layer) throw base::Error(ErrorKind::Data, "error.places.no_points", {{"file", name}});
        out = places_of_layer(source, layer, name, kind, target, ctx);
        if (messages.failed())
            throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien", name);
    }
    out.layer.source = file.filename().string();
    if (out.layer.places.empty())
        out.findings.push_back(base::finding(Severity::Warning, "places_none", {{"file", name}}));
    return out;
}

} // namespace diaban::files
