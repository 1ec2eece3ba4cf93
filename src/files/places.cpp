#include "files/places.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/unit_records.hpp"
#include "files/angle.hpp"
#include "files/feature_columns.hpp"
#include "files/layer_crs.hpp"
#include "files/place_attributes.hpp"
#include "files/place_kinds.hpp"
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
constexpr std::array kShapeNames{"wkt"}; // shapes written out: "LINESTRING (105 10, 106 10)"
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

// ---- Columns -----------------------------------------------------------------------------------

// Fills in kind, name, code and dates of place `row` from its columns.
class Labels {
public:
    // `position`: the columns that say where the places lie.
    Labels(const data::RawTable& table, std::string file, const std::string& kind,
           std::initializer_list<const data::Column*> position, base::Findings& findings)
        : name_(find(table, kNameNames)), code_(find(table, kCodeNames)),
          kind_(find(table, kKindNames)), people_(find(table, kPeopleNames)),
          dates_(table, dateless_), given_(kind.empty() ? "other" : kind), file_(std::move(file)),
          attributes_(
              table,
              [&](const data::Column& column) {
                  return &column == name_ || &column == code_ || &column == kind_ ||
                         dates_.reads(column) ||
                         std::find(position.begin(), position.end(), &column) != position.end();
              },
              findings) {}

    void label(data::Place& place, std::size_t row) {
        place.name = cell(name_, row);
        place.code = cell(code_, row);
        place.attributes = attributes_.of(row);
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
        attributes_.report(file_, findings);
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
    AttributeColumns attributes_;
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

// Where the rows of a file lie: numbers as they are written.
struct Positions {
    std::vector<std::size_t> number; // of the row or feature, as a person counts
    std::vector<Point> at;
};

std::string written(const Point& p) {
    return fmt::format("{}, {}", p.x, p.y);
}

// In what numbers are of which nobody says it: degrees if at least half of them can be, else the
// metres of `target`, if it has any.
Crs unstated(const Positions& rows, const std::string& file, const Crs& target, PlacesRead& out) {
    const auto degree = [](const Point& p) { return in_degrees(p); };
    const auto degrees = std::count_if(rows.at.begin(), rows.at.end(), degree);
    if (2 * static_cast<std::size_t>(degrees) >= rows.at.size()) return Crs::wgs84();
    if (!target.known()) return target; // where the map is a plane of its own, they lie on it
    if (target.geographic()) {
        const auto metres = std::find_if_not(rows.at.begin(), rows.at.end(), degree);
        const auto row = rows.number[static_cast<std::size_t>(metres - rows.at.begin())];
        throw base::Error(ErrorKind::Data, "error.places.metres",
                          {{"file", fs::path(file).filename().string()},
                           {"row", static_cast<std::int64_t>(row)},
                           {"value", written(*metres)}});
    }
    out.assumed = true;
    out.findings.push_back(
        base::finding(Severity::Info, "places_metres", {{"file", file}, {"crs", target.name()}}));
    return target;
}

// As they stand none lies in Viet Nam, with x and y exchanged all do: longitude and latitude are
// in the wrong columns, or x is the north, as in surveys of VN-2000.
bool swapped(const std::vector<Point>& points, const Crs& crs) {
    const auto inside = [&](Point p, bool turned) {
        if (turned) std::swap(p.x, p.y);
        geo::transform({&p, 1}, crs, Crs::wgs84());
        return geo::kVietNam.contains(p);
    };
    return !points.empty() && crs.known() &&
           std::none_of(points.begin(), points.end(),
                        [&](const Point& p) { return inside(p, false); }) &&
           std::all_of(points.begin(), points.end(),
                       [&](const Point& p) { return inside(p, true); });
}

// Metres among degrees, or the other way round, are somewhere, but not where they were meant.
// Throws if no row fits. On a map whose CRS nobody knows, numbers stay as they are.
std::vector<std::uint8_t> fitting(const Positions& rows, const Crs& crs, const Crs& target,
                                  const std::string& file, base::Findings& findings) {
    std::vector<std::uint8_t> fits(rows.at.size(), 1);
    if (!target.known() || !crs.known()) return fits;
    base::Findings left_out;
    for (std::size_t i = 0; i < fits.size(); ++i) {
        fits[i] = in_degrees(rows.at[i]) == crs.geographic();
        if (!fits[i])
            left_out.push_back(base::finding(Severity::Problem, "place_other_unit",
                                             {{"file", file},
                                              {"row", static_cast<std::int64_t>(rows.number[i])},
                                              {"value", written(rows.at[i])},
                                              {"crs", crs.name()}}));
    }
    if (!left_out.empty() && left_out.size() == fits.size())
        throw base::Error(ErrorKind::Data, "error.places.unfit", left_out.front().args);
    findings.insert(findings.end(), left_out.begin(), left_out.end());
    return fits;
}

// ---- Spatial layers ----------------------------------------------------------------------------

std::vector<Point> points_of(OGRGeometryH curve) {
    std::vector<Point> out(static_cast<std::size_t>(std::max(OGR_G_GetPointCount(curve), 0)));
    for (std::size_t k = 0; k < out.size(); ++k)
        out[k] = {OGR_G_GetX(curve, static_cast<int>(k)), OGR_G_GetY(curve, static_cast<int>(k))};
    return out;
}

void add_rings(OGRGeometryH shape, data::Place& place) {
    const auto type = wkbFlatten(OGR_G_GetGeometryType(shape));
    for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i) {
        const OGRGeometryH part = OGR_G_GetGeometryRef(shape, i);
        if (type != wkbPolygon) {
            add_rings(part, place);
            continue;
        }
        auto ring = points_of(part);
        if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
        if (!ring.empty()) place.rings.push_back(std::move(ring));
    }
}

void add_parts(OGRGeometryH shape, data::Place& place) {
    if (wkbFlatten(OGR_G_GetGeometryType(shape)) == wkbLineString) {
        auto part = points_of(shape);
        if (part.size() > 1) place.rings.push_back(std::move(part));
        return;
    }
    for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i)
        add_parts(OGR_G_GetGeometryRef(shape, i), place);
}

data::Place point_place(Point at) {
    data::Place place;
    place.at = at;
    place.rings = {{at}};
    return place;
}

// False if nothing is left of it.
bool line_place(OGRGeometryH shape, std::vector<data::Place>& out) {
    const Geometry linear(OGR_G_GetLinearGeometry(shape, 0, nullptr));
    if (!linear) return false;
    data::Place place;
    place.line = true;
    add_parts(linear.get(), place);
    if (place.rings.empty()) return false;
    place.at = data::middle_of_line(
        *std::max_element(place.rings.begin(), place.rings.end(), [](const auto& a, const auto& b) {
            return data::length_of_line(a) < data::length_of_line(b);
        }));
    out.push_back(std::move(place));
    return true;
}

// One feature as one place or, for several points, as several; false if it is neither point, line
// nor area.
bool shape_place(OGRGeometryH shape, std::vector<data::Place>& out) {
    const auto type = wkbFlatten(OGR_G_GetGeometryType(shape));
    if (type == wkbPoint) {
        out.push_back(point_place({OGR_G_GetX(shape, 0), OGR_G_GetY(shape, 0)}));
        return true;
    }
    if (OGR_GT_IsCurve(type) || OGR_GT_IsSubClassOf(type, wkbMultiCurve))
        return line_place(shape, out);
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
        OGR_G_CloseRings(linear.get());
        // What is no area for it has a corner all the same.
        const GdalMessages silent;
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
            findings.push_back(base::finding(Severity::Warning, "not_place", where));
        out.row.resize(out.row.size() + out.places.size() - before, row);
    }
    out.table.columns = columns.take();
    out.crs = layer_crs(source, layer);
    return out;
}

Positions positions_of(const SpatialRows& rows) {
    Positions out;
    for (std::size_t i = 0; i < rows.places.size(); ++i) {
        out.number.push_back(rows.row[i] + rows.table.first_row);
        out.at.push_back(rows.places[i].at);
    }
    return out;
}

// The user's word counts; where it puts the same numbers elsewhere than the file's own, that is
// said.
Crs settle(const SpatialRows& rows, const PlacesSource& source, const Crs& target,
           PlacesRead& out) {
    constexpr double kSame = 1e-4; // degrees, about 10 m
    const auto file = source.file.string();
    if (!source.crs.empty()) {
        const auto user = Crs::parse(source.crs);
        if (!rows.crs.known() || rows.places.empty()) return user;
        auto here = rows.places.front().at, there = here;
        geo::transform({&here, 1}, rows.crs, Crs::wgs84());
        geo::transform({&there, 1}, user, Crs::wgs84());
        if (!(std::hypot(here.x - there.x, here.y - there.y) < kSame))
            out.findings.push_back(
                base::finding(Severity::Warning, "crs_contradicts",
                              {{"file", file}, {"crs", rows.crs.name()}, {"used", user.name()}}));
        return user;
    }
    if (rows.crs.known()) return rows.crs;
    out.findings.push_back(base::finding(Severity::Warning, "missing_crs", {{"file", file}}));
    return unstated(positions_of(rows), file, target, out);
}

// Labels what fits and moves it into `target`.
void take_places(SpatialRows& rows, const PlacesSource& source, const Crs& crs, const Crs& target,
                 PlacesRead& out) {
    const auto file = source.file.string();
    const auto positions = positions_of(rows);
    const auto fits = fitting(positions, crs, target, file, out.findings);
    const auto& table = rows.table;
    Labels labels(table, file, source.kind,
                  {find(table, kShapeNames), find(table, kLonNames), find(table, kLatNames)},
                  out.findings);
    for (std::size_t i = 0; i < rows.places.size(); ++i) {
        if (!fits[i]) continue;
        auto& place = rows.places[i];
        labels.label(place, rows.row[i]);
        if (!labels.date(place, rows.row[i], positions.number[i], out.findings)) continue;
        out.people.push_back(labels.people(rows.row[i]));
        geo::transform({&place.at, 1}, crs, target);
        for (auto& ring : place.rings) geo::transform(ring, crs, target);
        out.layer.places.push_back(std::move(place));
    }
    labels.report(out.findings);
}

PlacesRead places_of_layer(const VectorSource& vector, OGRLayerH layer, const PlacesSource& source,
                           const Crs& target, base::JobContext& ctx) {
    PlacesRead out;
    const auto file = source.file.string();
    auto rows = read_spatial(vector, layer, file, ctx, out.findings);
    EncodingClaims claims{
        .user = "auto", .cpg = "", .language = 0, .decoded = !vector.shapefile, .file = file};
    if (vector.shapefile) {
        claims.cpg = vector.shapefile->cpg;
        claims.language = vector.shapefile->language;
    }
    decode_table(rows.table, choose_encoding(rows.table, claims, out.findings), file, out.findings);
    const Crs crs = settle(rows, source, target, out);
    take_places(rows, source, crs, target, out);
    return out;
}

// ---- Tables ------------------------------------------------------------------------------------

bool all_empty(const data::Column& column) {
    for (std::size_t row = 0; row < column.rows(); ++row)
        if (!cell(&column, row).empty()) return false;
    return true;
}

base::Finding without_position(const std::string& file, const data::RawTable& table,
                               std::size_t row, std::string value) {
    return base::finding(Severity::Warning, "place_without_position",
                         {{"file", file},
                          {"row", static_cast<std::int64_t>(row + table.first_row)},
                          {"name", cell(find(table, kNameNames), row)},
                          {"value", std::move(value)}});
}

// Shapes that a column has as text; a row without one may have a longitude and a latitude.
SpatialRows written_shapes(const data::RawTable& table, const std::string& file,
                           base::Findings& findings) {
    constexpr std::size_t kToldBytes = 40;
    SpatialRows out;
    out.table = table;
    const auto* shapes = find(table, kShapeNames);
    const auto* lon = find(table, kLonNames);
    const auto* lat = find(table, kLatNames);
    const GdalMessages silent;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto before = out.places.size();
        auto text = cell(shapes, row);
        if (!text.empty()) {
            char* begin = text.data();
            OGRGeometryH read = nullptr;
            OGR_G_CreateFromWkt(&begin, nullptr, &read);
            const Geometry shape(read);
            if (shape && !OGR_G_IsEmpty(shape.get())) shape_place(shape.get(), out.places);
        } else if (lon && lat) {
            const auto x = coordinate(*lon, row), y = coordinate(*lat, row);
            if (x && y) out.places.push_back(point_place({*x, *y}));
        }
        if (out.places.size() == before)
            findings.push_back(without_position(file, table, row, text.substr(0, kToldBytes)));
        out.row.resize(out.row.size() + out.places.size() - before, row);
    }
    return out;
}

PlacesRead places_of_shapes(const data::RawTable& table, const PlacesSource& source,
                            const Crs& target) {
    PlacesRead out;
    const auto file = source.file.string();
    auto rows = written_shapes(table, file, out.findings);
    const Crs crs = source.crs.empty() ? unstated(positions_of(rows), file, target, out)
                                       : Crs::parse(source.crs);
    take_places(rows, source, crs, target, out);
    return out;
}

PlacesRead places_of_table(const data::RawTable& table, const PlacesSource& source,
                           const Crs& target) {
    PlacesRead out;
    const auto file = source.file.string();
    const auto* lon = find(table, kLonNames);
    const auto* lat = find(table, kLatNames);
    if (const auto* shapes = find(table, kShapeNames); shapes && !all_empty(*shapes))
        return places_of_shapes(table, source, target);
    if (!lon || !lat)
        throw base::Error(ErrorKind::Data, "error.places.no_position",
                          {{"file", file},
                           {"columns", fmt::format("{}", fmt::join(table.column_names(), ", "))}});
    Positions rows;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto x = coordinate(*lon, row), y = coordinate(*lat, row);
        if (x && y && std::isfinite(*x) && std::isfinite(*y)) {
            rows.number.push_back(row + table.first_row);
            rows.at.push_back({*x, *y});
            continue;
        }
        out.findings.push_back(without_position(
            file, table, row, fmt::format("{} {}", cell(lon, row), cell(lat, row))));
    }
    const Crs crs = source.crs.empty() ? unstated(rows, file, target, out) : Crs::parse(source.crs);
    const auto fits = fitting(rows, crs, target, file, out.findings);
    Labels labels(table, file, source.kind, {lon, lat, find(table, kShapeNames)}, out.findings);
    std::vector<Point> at;
    for (std::size_t i = 0; i < fits.size(); ++i) {
        const auto row = rows.number[i] - table.first_row;
        data::Place place;
        if (!fits[i]) continue;
        labels.label(place, row);
        if (!labels.date(place, row, rows.number[i], out.findings)) continue;
        out.people.push_back(labels.people(row));
        out.layer.places.push_back(std::move(place));
        at.push_back(rows.at[i]);
    }
    labels.report(out.findings);
    if (swapped(at, crs)) {
        for (auto& p : at) std::swap(p.x, p.y);
        out.findings.push_back(base::finding(Severity::Warning, "swapped_axes",
                                             {{"file", file}, {"crs", crs.name()}}));
    }
    geo::transform(at, crs, target);
    for (std::size_t i = 0; i < at.size(); ++i) {
        out.layer.places[i].at = at[i];
        out.layer.places[i].rings = {{at[i]}};
    }
    return out;
}

// The first layer of points or areas, else of lines, with something in it; of a GPX the first at
// all, as the points of its tracks stand in a layer of their own. nullptr if the file has no
// shapes.
OGRLayerH spatial_layer(GDALDatasetH dataset) {
    const std::string_view driver = GDALGetDriverShortName(GDALGetDatasetDriver(dataset));
    OGRLayerH lines = nullptr, empty = nullptr;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        const auto type = wkbFlatten(OGR_L_GetGeomType(layer));
        if (type == wkbNone) continue;
        const bool line = type == wkbLineString || type == wkbMultiLineString;
        if (OGR_L_GetFeatureCount(layer, TRUE) == 0)
            empty = empty ? empty : layer;
        else if (!line || driver == "GPX")
            return layer;
        else
            lines = lines ? lines : layer;
    }
    return lines ? lines : empty;
}

bool is_text_table(const fs::path& file) {
    const auto extension = base::lower(file.extension().string());
    return extension == ".csv" || extension == ".txt" || extension == ".tsv" ||
           extension == ".xlsx" || extension == ".xls" || extension == ".ods";
}

} // namespace

PlacesRead read_places(const PlacesSource& source, const Crs& target, base::JobContext& ctx) {
    ctx.stage("stage.places");
    const auto& file = source.file;
    check_readable(file);
    PlacesRead out;
    const auto name = file.string();
    if (is_text_table(file)) {
        TableSource table;
        table.file = file;
        out = places_of_table(read_table(table, ctx).table, source, target);
    } else {
        const VectorSource vector = open_vector_source(file, "");
        const GdalMessages messages;
        const Dataset dataset = open_vector(vector.path, vector.options);
        if (!dataset)
            throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien", name);
        OGRLayerH layer = spatial_layer(dataset.get());
        if (!layer) throw base::Error(ErrorKind::Data, "error.places.no_points", {{"file", name}});
        out = places_of_layer(vector, layer, source, target, ctx);
        if (messages.failed())
            throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien", name);
    }
    out.layer.source = file.filename().string();
    if (out.layer.places.empty())
        out.findings.push_back(base::finding(Severity::Warning, "places_none", {{"file", name}}));
    return out;
}

} // namespace diaban::files
