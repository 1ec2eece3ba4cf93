#include "files/boundaries.hpp"

#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/boundary_columns.hpp"
#include "files/boundary_crs.hpp"
#include "files/boundary_reader.hpp"
#include "files/encoding.hpp"
#include "files/gdal_handles.hpp"
#include "files/text_columns.hpp"
#include "files/vector_source.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::ErrorKind;

std::vector<std::string> sample_of(const std::vector<std::string>& names) {
    constexpr std::size_t kSample = 10;
    std::vector<std::string> distinct;
    for (const auto& name : names)
        if (!name.empty()) distinct.push_back(name);
    std::vector<std::string> out;
    const auto count = std::min(kSample, distinct.size());
    for (std::size_t i = 0; i < count; ++i) out.push_back(distinct[i * distinct.size() / count]);
    return out;
}

// Findings of the reader name a feature number; the code helps people more.
void name_units(base::Findings& findings, std::size_t from, const LayerContent& content,
                const data::UnitTable& units) {
    for (std::size_t i = from; i < findings.size(); ++i) {
        if (!findings[i].unit.empty()) continue;
        for (const auto& [name, value] : findings[i].args) {
            const auto* number = std::get_if<std::int64_t>(&value);
            if (name != "feature" || !number) continue;
            const auto at =
                std::lower_bound(content.feature.begin(), content.feature.end(), *number);
            if (at != content.feature.end() && *at == *number)
                findings[i].unit =
                    units.code[static_cast<std::size_t>(at - content.feature.begin())];
        }
    }
}

void append(base::Findings& to, base::Findings&& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void check_crs(const std::string& given) try {
    if (!given.empty()) geo::Crs::parse(given);
} catch (base::Error& error) {
    error.kind = ErrorKind::Usage; // nothing is wrong with the data
    throw;
}

// Findings are kept with what was read and shown beside the name of its source: they say which
// file, not where it lay.
void without_folder(base::Findings& findings, const fs::path& file) {
    const auto folder =
        file.string().substr(0, file.string().size() - file.filename().string().size());
    for (auto& finding : findings)
        for (auto& [name, value] : finding.args)
            if (auto* text = std::get_if<std::string>(&value);
                name == "file" && text && !folder.empty() && text->starts_with(folder))
                text->erase(0, folder.size());
}

// Findings that name a feature point to it: to the first vertex of its shape.
void add_places(base::Findings& findings, const RawUnits& raw,
                const std::vector<std::int64_t>& feature) {
    for (auto& finding : findings) {
        if (finding.at) continue;
        for (const auto& [name, value] : finding.args) {
            const auto* number = std::get_if<std::int64_t>(&value);
            if (name != "feature" || !number) continue;
            const auto found = std::lower_bound(feature.begin(), feature.end(), *number);
            if (found == feature.end() || *found != *number) continue;
            const auto face = static_cast<std::size_t>(found - feature.begin());
            const auto first = raw.soup.ring_first[raw.soup.face_first_ring[face]];
            if (first >= raw.soup.ring_first[raw.soup.face_first_ring[face + 1]]) continue;
            geo::Point at = raw.soup.points[first];
            if (raw.crs.known()) geo::transform(std::span(&at, 1), raw.crs, geo::Crs::wgs84());
            if (std::isfinite(at.x) && std::isfinite(at.y)) finding.at = {at.x, at.y};
        }
    }
}

} // namespace

RawUnits read_boundaries(const BoundarySource& source, base::JobContext& ctx) {
    ctx.stage("stage.read");
    if (source.encoding != "auto" && !encoding_known(source.encoding))
        throw base::Error(ErrorKind::Usage, "error.encoding.unknown",
                          {{"encoding", source.encoding}});
    check_crs(source.crs); // a wrong flag is told before a long read

    VectorSource opened = open_vector_source(source.file, source.layer);
    ctx.check();
    const auto file = source.file.string();
    LayerSource from{.path = opened.path,
                     .options = opened.options,
                     .layer = opened.shapefile ? "" : source.layer,
                     .file = file,
                     .rows = opened.shapefile ? opened.shapefile->shapes : 0,
                     .most_points = opened.shapefile ? opened.shapefile->most_points : 0,
                     .wants = {}};
    const bool no_table = opened.shapefile && !opened.shapefile->has_dbf;
    if (no_table)
        from.wants = [](const std::string&) { return false; };
    else if (!source.attributes)
        from.wants = [&](const std::string& name) { return may_be_unit_column(name, source); };
    LayerContent content = read_layer(from, ctx);

    RawUnits out;
    out.source = opened.shapefile ? file : file + ":" + content.layer;
    out.soup = std::move(content.soup);
    if (opened.shapefile) append(out.findings, std::move(opened.shapefile->findings));
    const auto first_of_reader = out.findings.size();
    append(out.findings, std::move(content.findings));

    EncodingClaims claims{.user = source.encoding, .decoded = !opened.shapefile, .file = file};
    if (opened.shapefile) {
        claims.cpg = opened.shapefile->cpg;
        claims.language = opened.shapefile->language;
    }
    const auto encoding = choose_encoding(content.table, claims, out.findings);
    out.encoding = encoding.encoding;
    out.evidence = encoding.evidence;
    decode_table(content.table, encoding, file, out.findings);
    content.table.source = out.source;

    const auto rows = content.feature.size();
    const auto columns = find_unit_columns(content.table.column_names(), source);
    out.units = make_units(content.table, rows, columns, file, out.findings);
    name_units(out.findings, first_of_reader, content, out.units);
    out.sample_names = sample_of(out.units.name);
    if (source.attributes) out.attributes = std::move(content.table);
    ctx.check();

    StatedCrs stated{.text = opened.shapefile ? opened.shapefile->prj : content.crs,
                     .user = source.crs,
                     .file = file,
                     .shapefile = opened.shapefile.has_value()};
    settle_crs(stated, out);
    add_places(out.findings, out, content.feature);
    without_folder(out.findings, source.file);
    return out;
}

namespace {

void list_layers_of(const fs::path& file, const std::string& shapefile,
                    std::vector<LayerInfo>& out) {
    const VectorSource source = open_vector_source(file, shapefile);
    const GdalMessages messages;
    const Dataset dataset = open_vector(source.path, source.options);
    if (!dataset)
        throw messages.unopened("error.boundaries.cannot_open", "error.boundaries.alien",
                                file.string());
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), i);
        LayerInfo info;
        info.name = OGR_L_GetName(layer);
        info.features = OGR_L_GetFeatureCount(layer, TRUE);
        info.geometry = geometry_kind(layer);
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
        for (int f = 0; f < OGR_FD_GetFieldCount(definition); ++f)
            info.columns.push_back(
                decode(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, f)), "UTF-8"));
        out.push_back(std::move(info));
    }
}

} // namespace

std::vector<LayerInfo> list_layers(const fs::path& file) {
    check_readable(file);
    std::vector<LayerInfo> out;
    const auto names =
        base::lower_extension(file) == ".zip" ? shapefiles_in(file) : std::vector<std::string>();
    for (const auto& name : names) list_layers_of(file, name, out);
    if (names.empty()) list_layers_of(file, "", out);
    return out;
}

} // namespace diaban::files
