#include "files/boundaries.hpp"

#include "base/text.hpp"
#include "files/boundary_columns.hpp"
#include "files/boundary_crs.hpp"
#include "files/boundary_reader.hpp"
#include "files/encoding.hpp"
#include "files/gdal_handles.hpp"
#include "files/shapefile.hpp"
#include "files/text_columns.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <optional>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::ErrorKind;

std::string extension_of(const fs::path& file) {
    return base::lower(file.extension().string());
}

// What a file turns out to be, opened as far as GDAL needs it.
struct Opened {
    std::string path;
    std::optional<Shapefile> shapefile;
    std::vector<std::string> options;
};

void check_readable(const fs::path& file) {
    std::error_code failed;
    if (!fs::exists(file, failed))
        throw base::Error(ErrorKind::Input, "error.file.missing", {{"file", file.string()}});
    if (fs::is_directory(file, failed)) return;
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw base::Error(ErrorKind::Input, "error.file.cannot_read",
                          {{"file", file.string()}, {"reason", std::string(std::strerror(errno))}});
    if (in.peek() == std::ifstream::traits_type::eof())
        throw base::Error(ErrorKind::Input, "error.file.empty", {{"file", file.string()}});
}

Opened from_shapefile(Shapefile shapefile) {
    Opened out;
    out.path = shapefile.path;
    // An empty encoding keeps GDAL from recoding: the bytes are ours to judge.
    out.options = {"ENCODING="};
    out.shapefile = std::move(shapefile);
    return out;
}

// A SQLite file may be opened as immutable, so that not even a lock is written beside it; unless
// there is a write-ahead log, which holds data that an immutable reader would not see.
std::vector<std::string> database_options(const fs::path& file) {
    std::error_code ignored;
    auto log = file;
    log += "-wal";
    const bool pending = fs::exists(log, ignored) && fs::file_size(log, ignored) > 0;
    if (extension_of(file) != ".gpkg" || pending) return {};
    return {"IMMUTABLE=YES"};
}

Opened open_zip(const BoundarySource& source) {
    const Zip zip(source.file);
    std::vector<const ZipEntry*> shapefiles;
    const ZipEntry* other = nullptr;
    constexpr std::array kFormats{".gpkg", ".geojson", ".json",   ".fgb",
                                  ".tab",  ".mif",     ".sqlite", ".kml"};
    for (const auto& entry : zip.entries()) {
        const auto extension = extension_of(entry.name);
        const auto name = fs::path(entry.name).filename().string();
        if (name.starts_with("._")) continue; // left by archivers of macOS
        if (extension == ".shp") shapefiles.push_back(&entry);
        if (!other && std::find(kFormats.begin(), kFormats.end(), extension) != kFormats.end())
            other = &entry;
    }
    const auto chosen = std::find_if(shapefiles.begin(), shapefiles.end(), [&](const ZipEntry* e) {
        return source.layer.empty() || fs::path(e->name).stem() == source.layer;
    });
    if (chosen != shapefiles.end())
        return from_shapefile(open_zipped_shapefile(zip, **chosen, source.file));
    if (!shapefiles.empty() && !other) {
        std::vector<std::string> names;
        for (const auto* e : shapefiles) names.push_back(fs::path(e->name).stem().string());
        throw base::Error(ErrorKind::Data, "error.layer.missing",
                          {{"file", source.file.string()},
                           {"layer", source.layer},
                           {"layers", fmt::format("{}", fmt::join(names, ", "))}});
    }
    if (!other)
        throw base::Error(ErrorKind::Input, "error.zip.nothing", {{"file", source.file.string()}});
    return {"/vsizip/{" + fs::absolute(source.file).string() + "}/" + other->name, {}, {}};
}

Opened open_source(const BoundarySource& source) {
    check_readable(source.file);
    const auto extension = extension_of(source.file);
    if (extension == ".zip" || extension == ".shz") return open_zip(source);
    if (extension == ".shp") return from_shapefile(open_shapefile(source.file));
    return {source.file.string(), {}, database_options(source.file)};
}

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

} // namespace

RawUnits read_boundaries(const BoundarySource& source, base::JobContext& ctx) {
    ctx.stage("stage.read");
    if (source.encoding != "auto" && !encoding_known(source.encoding))
        throw base::Error(ErrorKind::Usage, "error.encoding.unknown",
                          {{"encoding", source.encoding}});
    if (!source.crs.empty()) geo::Crs::parse(source.crs); // a wrong flag is told before a long read

    Opened opened = open_source(source);
    ctx.check();
    const auto file = source.file.string();
    LayerSource from{.path = opened.path,
                     .options = opened.options,
                     .layer = opened.shapefile ? "" : source.layer,
                     .file = file,
                     .rows = opened.shapefile ? opened.shapefile->shapes : 0,
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
    return out;
}

std::vector<LayerInfo> list_layers(const fs::path& file) {
    check_readable(file);
    const GdalMessages messages;
    const auto path = extension_of(file) == ".zip" ? "/vsizip/{" + fs::absolute(file).string() + "}"
                                                   : file.string();
    const Dataset dataset = open_vector(path, database_options(file));
    if (!dataset)
        throw base::Error(ErrorKind::Input, "error.boundaries.cannot_open",
                          {{"file", file.string()}, {"reason", messages.reason()}});
    std::vector<LayerInfo> out;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), i);
        LayerInfo info;
        info.name = OGR_L_GetName(layer);
        info.features = OGR_L_GetFeatureCount(layer, TRUE);
        info.geometry = geometry_kind(layer);
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
        for (int f = 0; f < OGR_FD_GetFieldCount(definition); ++f)
            info.columns.emplace_back(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, f)));
        out.push_back(std::move(info));
    }
    return out;
}

} // namespace diaban::files
