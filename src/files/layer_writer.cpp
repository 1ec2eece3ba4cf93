#include "files/layer_writer.hpp"

#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"
#include "files/encoding.hpp"
#include "files/gdal_handles.hpp"
#include "files/shapefile.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <functional>
#include <ogr_geometry.h>
#include <unistd.h>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::ErrorKind;

struct Format {
    std::string_view extension;
    const char* driver;
};
constexpr std::array<Format, 7> kFormats{{{".shp", "ESRI Shapefile"},
                                          {".gpkg", "GPKG"},
                                          {".geojson", "GeoJSON"},
                                          {".json", "GeoJSON"},
                                          {".fgb", "FlatGeobuf"},
                                          {".kml", "KML"},
                                          {".gpx", "GPX"}}}; // points only

const Format& format_of(const fs::path& file) {
    const auto extension = base::lower(file.extension().string());
    const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                    [&](const Format& f) { return f.extension == extension; });
    if (found == kFormats.end())
        throw base::Error(ErrorKind::Usage, "error.layer.format",
                          {{"file", file.string()}, {"extension", extension}});
    return *found;
}

[[noreturn]] void cannot_write(const fs::path& file, std::string reason) {
    throw base::Error(ErrorKind::Write, "error.file.cannot_write",
                      {{"file", file.string()}, {"reason", std::move(reason)}});
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

// ---- One layer through GDAL
// ----------------------------------------------------------------------

class LayerWriter {
public:
    // `target` is what the user asked for (messages), `file` where it is written first.
    LayerWriter(fs::path target, const fs::path& file, const geo::Crs& crs, OGRwkbGeometryType type,
                std::string_view encoding)
        : target_(std::move(target)), encoding_(encoding),
          raw_(format_of(file).extension == ".shp" && encoding != "UTF-8") {
        start_gdal();
        GDALDriverH driver = GDALGetDriverByName(format_of(file).driver);
        dataset_.reset(driver ? GDALCreate(driver, file.c_str(), 0, 0, 0, GDT_Unknown, nullptr)
                              : nullptr);
        if (!dataset_) fail();
        const auto reference = spatial_reference(crs);
        const auto options = layer_options(format_of(file).extension);
        layer_ = GDALDatasetCreateLayer(dataset_.get(), target_.stem().c_str(), reference.get(),
                                        type, const_cast<char**>(options.data()));
        if (!layer_) fail();
        if (GDALDatasetTestCapability(dataset_.get(), ODsCTransactions))
            GDALDatasetStartTransaction(dataset_.get(), FALSE);
    }

    // Formats with fields of their own (GPX, KML) have them first; a column of such a name goes
    // there.
    void add_fields(const data::RawTable& table) {
        const OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer_);
        const int own = OGR_FD_GetFieldCount(fields);
        for (const auto& column : table.columns) {
            const int there = OGR_FD_GetFieldIndex(fields, bytes(column.name).c_str());
            if (there >= 0 && there < own) {
                field_of_.push_back(there);
                continue;
            }
            const bool number = column.type == data::ColumnType::Number;
            bool whole = number;
            std::size_t longest = 1;
            for (std::size_t i = 0; i < column.rows(); ++i) {
                if (column.null[i]) continue;
                constexpr double kExact = 9e15; // beyond, a double has no unit digit
                if (number) {
                    const double v = column.number[i];
                    whole = whole && std::floor(v) == v && std::abs(v) < kExact && !kml();
                } else {
                    longest = std::max(longest, bytes(column.text[i]).size());
                }
            }
            OGRFieldDefnH field = OGR_Fld_Create(bytes(column.name).c_str(), whole    ? OFTInteger64
                                                                             : number ? OFTReal
                                                                                      : OFTString);
            constexpr std::size_t kWidest = 254; // of a .dbf text column
            if (!number && raw_or_dbf())
                OGR_Fld_SetWidth(field, static_cast<int>(std::min(longest, kWidest)));
            const auto done = OGR_L_CreateField(layer_, field, TRUE);
            OGR_Fld_Destroy(field);
            if (done != OGRERR_NONE) fail();
            field_of_.push_back(OGR_FD_GetFieldCount(fields) - 1);
        }
    }

    void add(Geometry geometry, const data::RawTable& table, std::size_t row) {
        const Feature feature(OGR_F_Create(OGR_L_GetLayerDefn(layer_)));
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            const auto& column = table.columns[c];
            const int index = field_of_[c];
            if (column.null[row])
                OGR_F_SetFieldNull(feature.get(), index);
            else if (column.type == data::ColumnType::Number)
                OGR_F_SetFieldDouble(feature.get(), index, column.number[row]);
            else
                OGR_F_SetFieldString(feature.get(), index, bytes(column.text[row]).c_str());
        }
        if (geometry) OGR_F_SetGeometryDirectly(feature.get(), geometry.release());
        if (OGR_L_CreateFeature(layer_, feature.get()) != OGRERR_NONE) fail();
    }

    // Closes; GDAL writes what it held back only now, so errors may come only now.
    void finish() {
        if (GDALDatasetTestCapability(dataset_.get(), ODsCTransactions) &&
            GDALDatasetCommitTransaction(dataset_.get()) != OGRERR_NONE)
            fail();
        layer_ = nullptr;
        dataset_.reset();
        if (messages_.failed()) fail();
    }

private:
    std::vector<const char*> layer_options(std::string_view extension) const {
        // The date of a .dbf is pinned: the same input gives the same bytes.
        if (extension == ".shp")
            return {raw_ ? "ENCODING=" : "ENCODING=UTF-8", "DBF_DATE_LAST_UPDATE=1900-01-01",
                    nullptr};
        // The index of FlatGeobuf would put the units in another order.
        if (extension == ".fgb") return {"SPATIAL_INDEX=NO", nullptr};
        return {nullptr};
    }
    [[noreturn]] void fail() { cannot_write(target_, base::system_reason_in(messages_.reason())); }
    bool kml() const { return format_of(target_).extension == ".kml"; } // has no long integers
    bool raw_or_dbf() const { return format_of(target_).extension == ".shp"; }
    std::string bytes(const std::string& text) const {
        return raw_ ? encode(text, encoding_) : text;
    }

    GdalMessages messages_;
    fs::path target_;
    std::string encoding_;
    bool raw_; // GDAL gets bytes that are encoded already
    Dataset dataset_;
    OGRLayerH layer_ = nullptr;
    std::vector<int> field_of_; // by column
};

// ---- Whole or not at all
// ---------------------------------------------------------------------------

// A folder beside the target, so that moving out of it is a rename; gone with the object.
class WorkFolder {
public:
    explicit WorkFolder(const fs::path& target) {
        path_ = target.parent_path() /
                ("." + target.stem().string() + ".part" + std::to_string(getpid()));
        std::error_code failed;
        fs::create_directory(path_, failed);
        if (failed) cannot_write(target, base::system_reason(failed));
    }
    ~WorkFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

// Moves the new files over the old ones. If one cannot be moved, all old ones come back.
void replace_files(const std::vector<fs::path>& fresh, const std::vector<fs::path>& obsolete,
                   const fs::path& target, const fs::path& aside) {
    std::vector<std::pair<fs::path, fs::path>> undo; // from, to
    std::error_code failed;
    const auto move = [&](const fs::path& from, const fs::path& to) {
        if (failed) return;
        fs::rename(from, to, failed);
        if (!failed) undo.emplace_back(to, from);
    };
    std::error_code none;
    for (const auto& old : obsolete)
        if (fs::exists(old, none)) move(old, aside / old.filename());
    for (const auto& file : fresh) move(file, target.parent_path() / file.filename());
    if (!failed) return;
    for (auto it = undo.rbegin(); it != undo.rend(); ++it) fs::rename(it->first, it->second, none);
    cannot_write(target, base::system_reason(failed));
}

// What was written must read back with all its features: a full disk is not always reported.
void check_written(const fs::path& file, const fs::path& target, std::size_t features) {
    const GdalMessages messages;
    try {
        if (format_of(file).extension == ".shp") {
            const auto shapefile = open_shapefile(file);
            if (shapefile.shapes != features || shapefile.dbf_rows != features)
                cannot_write(target, "reason.incomplete");
        }
    } catch (const base::Error& error) {
        if (error.kind == ErrorKind::Write) throw;
        cannot_write(target, "reason.incomplete");
    }
    const Dataset dataset = open_vector(file.string());
    if (!dataset || OGR_L_GetFeatureCount(GDALDatasetGetLayer(dataset.get(), 0), TRUE) !=
                        static_cast<GIntBig>(features))
        cannot_write(target, "reason.incomplete");
}

void write_whole(const fs::path& target, std::size_t features, std::string_view encoding,
                 const std::function<void(const fs::path& file)>& write) {
    const WorkFolder work(fs::absolute(target));
    const auto file = work.path() / target.filename();
    write(file);
    const bool shapefile = format_of(target).extension == ".shp";
    if (shapefile) {
        auto cpg = file;
        base::write_file(cpg.replace_extension(".cpg"), encoding);
    }
    check_written(file, target, features);

    std::vector<fs::path> fresh, obsolete;
    for (const auto& entry : fs::directory_iterator(work.path())) fresh.push_back(entry.path());
    // The .shp comes last: a reader that sees it sees the others too.
    std::sort(fresh.begin(), fresh.end(), [](const fs::path& a, const fs::path& b) {
        return (a.extension() == ".shp") < (b.extension() == ".shp") ||
               ((a.extension() == ".shp") == (b.extension() == ".shp") && a < b);
    });
    const auto absolute = fs::absolute(target);
    obsolete.push_back(absolute);
    // Companions of an older file of that name, among them indexes that would no longer fit.
    if (shapefile)
        for (const char* extension :
             {".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".qpj"})
            obsolete.push_back(fs::path(absolute).replace_extension(extension));
    const auto aside = work.path() / "old";
    std::error_code failed;
    fs::create_directory(aside, failed);
    replace_files(fresh, obsolete, absolute, aside);
}

// ---- Geometry
// ------------------------------------------------------------------------------------

OGRPolygon* polygon_of(std::span<const geo::Point> points) {
    auto* ring = new OGRLinearRing;
    ring->setNumPoints(static_cast<int>(points.size()), FALSE);
    for (std::size_t i = 0; i < points.size(); ++i)
        ring->setPoint(static_cast<int>(i), points[i].x, points[i].y);
    ring->closeRings();
    auto* polygon = new OGRPolygon;
    polygon->addRingDirectly(ring);
    return polygon;
}

// Rings by nesting: GDAL finds out which lies in which.
Geometry area_of(const std::vector<std::span<const geo::Point>>& rings) {
    if (rings.empty()) return nullptr;
    std::vector<OGRGeometry*> polygons;
    for (const auto ring : rings) polygons.push_back(polygon_of(ring));
    if (polygons.size() == 1) return Geometry(OGRGeometry::ToHandle(polygons.front()));
    int valid = 0;
    OGRGeometry* organised = OGRGeometryFactory::organizePolygons(
        polygons.data(), static_cast<int>(polygons.size()), &valid, nullptr);
    return Geometry(OGRGeometry::ToHandle(organised));
}

// A column of texts for each member; an empty text is nothing.
template <class Row>
data::RawTable
text_table(const std::vector<Row>& rows,
           std::initializer_list<std::pair<const char*, std::string Row::*>> columns) {
    data::RawTable table;
    for (const auto& [name, member] : columns) {
        auto& column = table.columns.emplace_back();
        column.name = name;
        for (const Row& row : rows) {
            column.text.push_back(row.*member);
            column.null.push_back((row.*member).empty());
        }
    }
    return table;
}

} // namespace

void write_polygon_layer(const fs::path& file, const geo::PolygonSoup& soup,
                         const data::RawTable& attributes, const geo::Crs& crs,
                         base::JobContext& ctx, std::string_view encoding) {
    assert(attributes.columns.empty() || attributes.rows() == soup.faces());
    if (format_of(file).extension == ".gpx")
        throw base::Error(ErrorKind::Usage, "error.layer.format",
                          {{"file", file.string()}, {"extension", std::string(".gpx")}});
    // KML knows degrees only; the datum shift is ours, as everywhere.
    if (format_of(file).extension == ".kml" && crs.known() && !crs.geographic()) {
        auto degrees = soup;
        geo::transform(degrees.points, crs, geo::Crs::wgs84());
        return write_polygon_layer(file, degrees, attributes, geo::Crs::wgs84(), ctx, encoding);
    }
    write_whole(file, soup.faces(), encoding, [&](const fs::path& temporary) {
        const bool shapefile = format_of(file).extension == ".shp";
        LayerWriter writer(file, temporary, crs, shapefile ? wkbPolygon : wkbMultiPolygon,
                           encoding);
        writer.add_fields(attributes);
        std::vector<std::span<const geo::Point>> rings;
        for (std::size_t face = 0; face < soup.faces(); ++face) {
            ctx.step(face, soup.faces());
            rings.clear();
            for (auto r = soup.face_first_ring[face]; r < soup.face_first_ring[face + 1]; ++r)
                rings.push_back(soup.ring(r));
            Geometry area = area_of(rings);
            if (area && !shapefile) area.reset(OGR_G_ForceToMultiPolygon(area.release()));
            writer.add(std::move(area), attributes, face);
        }
        writer.finish();
    });
}

void write_waypoints(const fs::path& file, const std::vector<Waypoint>& waypoints) {
    const auto table =
        text_table<Waypoint>(waypoints, {{"name", &Waypoint::name}, // what GPX calls them
                                         {"desc", &Waypoint::description},
                                         {"type", &Waypoint::type}});
    write_whole(file, waypoints.size(), "UTF-8", [&](const fs::path& temporary) {
        LayerWriter writer(file, temporary, geo::Crs::wgs84(), wkbPoint, "UTF-8");
        writer.add_fields(table);
        for (std::size_t i = 0; i < waypoints.size(); ++i) {
            Geometry point(OGR_G_CreateGeometry(wkbPoint));
            OGR_G_SetPoint_2D(point.get(), 0, waypoints[i].lon_lat.x, waypoints[i].lon_lat.y);
            writer.add(std::move(point), table, i);
        }
        writer.finish();
    });
}

void write_place_layer(const fs::path& file, const std::vector<data::Place>& places,
                       const geo::Crs& crs, bool as_polygons) {
    const auto table = text_table<data::Place>(
        places,
        {{"kind", &data::Place::kind}, {"name", &data::Place::name}, {"code", &data::Place::code}});
    write_whole(file, places.size(), "UTF-8", [&](const fs::path& temporary) {
        LayerWriter writer(file, temporary, crs, as_polygons ? wkbPolygon : wkbPoint, "UTF-8");
        writer.add_fields(table);
        for (std::size_t i = 0; i < places.size(); ++i) {
            Geometry shape;
            if (as_polygons) {
                std::vector<std::span<const geo::Point>> rings(places[i].rings.begin(),
                                                               places[i].rings.end());
                shape = area_of(rings);
            } else {
                shape.reset(OGR_G_CreateGeometry(wkbPoint));
                OGR_G_SetPoint_2D(shape.get(), 0, places[i].at.x, places[i].at.y);
            }
            writer.add(std::move(shape), table, i);
        }
        writer.finish();
    });
}

} // namespace diaban::files
