#include "files/lines.hpp"

#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/personal.hpp"
#include "files/feature_columns.hpp"
#include "files/layer_crs.hpp"
#include "files/text_columns.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::ErrorKind;
using geo::Point;
struct Line {
    std::vector<Point> points;
    RingSide ring = RingSide::None;
    std::size_t row = 0; // of the features that have a shape
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
                out.push_back({std::move(piece), whole ? line.ring : RingSide::None, line.row});
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

// ---- Names -------------------------------------------------------------------------------------

EncodingClaims claims_of(const VectorSource& source, const std::string& file) {
    EncodingClaims out{
        .user = "auto", .cpg = "", .language = 0, .decoded = !source.shapefile, .file = file};
    if (source.shapefile)
        out.cpg = source.shapefile->cpg, out.language = source.shapefile->language;
    return out;
}

// The columns of a layer without their rows, in the order of the file; their names as text.
data::RawTable columns_of_layer(OGRLayerH layer, const EncodingClaims& claims) {
    data::RawTable out;
    const OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        const OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        auto& column = out.columns.emplace_back();
        column.name = OGR_Fld_GetNameRef(field);
        column.type =
            OGR_Fld_GetType(field) == OFTString ? data::ColumnType::Text : data::ColumnType::Number;
    }
    base::Findings of_names; // what is said of the rows is enough
    decode_table(out, choose_encoding(out, claims, of_names), claims.file, of_names);
    return out;
}

std::vector<std::string> text_columns(const data::RawTable& header) {
    std::vector<std::string> out;
    for (const auto& column : header.columns)
        if (column.type == data::ColumnType::Text && !data::personal_column_name(column.name))
            out.push_back(column.name);
    return out;
}

// Which column is the label; throws if there is none of that name.
std::size_t label_column(const data::RawTable& header, const std::string& label,
                         const std::string& file) {
    const auto names = header.column_names();
    if (const auto found = data::name_meant(names, label)) return *found;
    throw base::Error(
        ErrorKind::Data, "error.column.missing",
        {{"file", file},
         {"column", label},
         {"columns", names.empty() ? "-" : fmt::format("{}", fmt::join(names, ", "))}});
}

// Streets are called after persons: the names themselves are no reason to leave a column out, but
// what heads them is, and numbers of persons are.
bool tells_of_people(const data::Column& column) {
    if (data::personal_column_name(column.name)) return true;
    std::size_t filled = 0, numbers = 0;
    for (std::size_t row = 0; row < column.rows(); ++row) {
        const auto cell = column.cell(row);
        filled += !cell.empty();
        numbers += data::personal_number(cell);
    }
    return numbers * 2 > filled;
}

// Reads the label of each feature beside its shape.
class LineNames {
public:
    LineNames(OGRLayerH layer, const VectorSource& source, const std::string& label,
              const std::string& file, LinesRead& out)
        : claims_(claims_of(source, file)) {
        const auto header = columns_of_layer(layer, claims_);
        out.text_columns = text_columns(header);
        if (label.empty()) return;
        const auto at = label_column(header, label, file);
        column_ = header.columns[at].name;
        // As the file writes it: of a shapefile it is not text yet.
        const std::string raw = OGR_Fld_GetNameRef(
            OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(layer), static_cast<int>(at)));
        read_.emplace(layer, [&](const std::string& name) { return name == raw; });
    }
    void add(OGRFeatureH feature) {
        if (read_) read_->append(feature);
    }
    // Of each row; none without a label or of a column about persons.
    std::vector<std::string> take(base::Findings& findings) {
        std::vector<std::string> out;
        if (!read_) return out;
        data::RawTable table;
        table.columns = read_->take();
        if (table.columns.empty()) return out;
        table.columns.resize(1);
        decode_table(table, choose_encoding(table, claims_, findings), claims_.file, findings);
        const auto& column = table.columns.front();
        if (tells_of_people(column)) {
            findings.push_back(warning("refused_personal_column", {{"column", column_}}));
            return out;
        }
        for (std::size_t row = 0; row < column.rows(); ++row)
            out.emplace_back(base::trim(column.cell(row)));
        return out;
    }

private:
    EncodingClaims claims_;
    std::string column_;
    std::optional<FeatureColumns> read_;
};

} // namespace

LinesRead read_lines(const fs::path& file, const std::string& wanted, const geo::Crs& target,
                     base::JobContext& ctx, const std::string& label) {
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
    LineNames labels(layer, source, label, name, out);
    Lines lines;
    std::size_t shapes = 0;
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
        const auto first = lines.size();
        if (!linear || !add_lines(linear.get(), lines)) ++points;
        for (auto l = first; l < lines.size(); ++l) lines[l].row = shapes;
        labels.add(feature.get());
        ++shapes;
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
    const auto names = labels.take(out.findings);
    // Where the map is in a plane that nobody knows, numbers stay as they are.
    for (auto& line : transformed(lines, target.known() ? crs : target, target, ctx)) {
        out.lines.push_back(std::move(line.points));
        out.rings.push_back(line.ring);
        if (!names.empty()) out.names.push_back(names.at(line.row));
    }
    return out;
}

} // namespace diaban::files
