#include "files/layer_writer.hpp"

#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"
#include "base/written.hpp"
#include "files/encoding.hpp"
#include "files/gdal_handles.hpp"
#include "files/layer_crs.hpp"
#include "files/shapefile.hpp"
#include "files/store_schema.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cpl_conv.h>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <ogr_geometry.h>
#include <set>
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

// ---- One layer through GDAL
// ----------------------------------------------------------------------

// A GeoPackage says when it was changed; the true time would make every run a different file.
class PinnedTime {
public:
    PinnedTime() { CPLSetThreadLocalConfigOption(kName, "2000-01-01T00:00:00.000Z"); }
    ~PinnedTime() { CPLSetThreadLocalConfigOption(kName, nullptr); }
    PinnedTime(const PinnedTime&) = delete;
    PinnedTime& operator=(const PinnedTime&) = delete;

private:
    static constexpr const char* kName = "OGR_CURRENT_DATE";
};

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

    PinnedTime time_; // until the dataset is closed
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
    for (const auto& part : fresh) base::note_written(absolute.parent_path() / part.filename());
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

Geometry point_of(geo::Point at) {
    Geometry point(OGR_G_CreateGeometry(wkbPoint));
    OGR_G_SetPoint_2D(point.get(), 0, at.x, at.y);
    return point;
}

Geometry line_of(const std::vector<std::vector<geo::Point>>& parts) {
    Geometry lines(OGR_G_CreateGeometry(wkbMultiLineString));
    for (const auto& part : parts) {
        Geometry line(OGR_G_CreateGeometry(wkbLineString));
        for (const auto p : part) OGR_G_AddPoint_2D(line.get(), p.x, p.y);
        OGR_G_AddGeometryDirectly(lines.get(), line.release());
    }
    return lines;
}

bool is_area(const data::Place& place) {
    return !place.line && !place.rings.empty() && place.rings.front().size() > 2;
}

Geometry area_of_place(const data::Place& place) {
    return area_of({place.rings.begin(), place.rings.end()});
}

// Areas and lines are of several parts everywhere, so that a layer has one type.
Geometry geometry_of(const data::Place& place) {
    if (place.line) return line_of(place.rings);
    if (!is_area(place)) return point_of(place.at);
    return Geometry(OGR_G_ForceToMultiPolygon(area_of_place(place).release()));
}

// The attributes of places as columns, in the order in which they first appear; a name that is
// taken, or that formats use themselves, gets a number.
void add_attributes(const std::vector<data::Place>& places, data::RawTable& table) {
    std::set<std::string> taken{"fid", "ogc_fid", "geom", "geometry", "wkt", "lon", "lat"};
    for (const auto& column : table.columns) taken.insert(base::lower(column.name));
    std::map<std::string, std::size_t> at; // by the name of the attribute
    for (std::size_t row = 0; row < places.size(); ++row)
        for (const auto& attribute : places[row].attributes) {
            const auto [known, fresh] = at.try_emplace(attribute.name, table.columns.size());
            if (fresh) {
                auto name = attribute.name;
                for (int copy = 2; !taken.insert(base::lower(name)).second; ++copy)
                    name = attribute.name + "_" + std::to_string(copy);
                auto& column = table.columns.emplace_back();
                column.name = std::move(name);
                column.type = data::ColumnType::Number;
                column.text.resize(places.size());
                column.number.resize(places.size());
                column.null.assign(places.size(), 1);
            }
            auto& column = table.columns[known->second];
            column.null[row] = 0;
            const auto& value = column.text[row] = attribute.value;
            if (attribute.number)
                std::from_chars(value.data(), value.data() + value.size(), column.number[row]);
            else
                column.type = data::ColumnType::Text; // one text makes a column of texts
        }
}

data::RawTable place_columns(const std::vector<data::Place>& places, const char* until) {
    struct Row {
        std::string kind, name, code, from, until;
    };
    std::vector<Row> rows;
    for (const auto& place : places)
        rows.push_back(
            {place.kind, place.name, place.code, text_of(place.from), text_of(place.until)});
    return text_table<Row>(rows, {{"kind", &Row::kind},
                                  {"name", &Row::name},
                                  {"code", &Row::code},
                                  {"valid_from", &Row::from},
                                  {until, &Row::until}});
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
            writer.add(point_of(waypoints[i].lon_lat), table, i);
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
                shape = area_of_place(places[i]);
            } else {
                shape = point_of(places[i].at);
            }
            writer.add(std::move(shape), table, i);
        }
        writer.finish();
    });
}

void write_places(const fs::path& file, const std::vector<data::Place>& places,
                  const geo::Crs& crs) {
    const auto lines = static_cast<std::size_t>(std::count_if(
        places.begin(), places.end(), [](const data::Place& place) { return place.line; }));
    const auto areas =
        static_cast<std::size_t>(std::count_if(places.begin(), places.end(), is_area));
    auto type = wkbUnknown; // of several kinds
    if (lines + areas == 0) type = wkbPoint;
    if (lines > 0 && lines == places.size()) type = wkbMultiLineString;
    if (areas > 0 && areas == places.size()) type = wkbMultiPolygon;
    const auto extension = format_of(file).extension;
    if (type == wkbUnknown && extension == ".shp")
        throw base::Error(ErrorKind::Usage, "error.places.mixed",
                          {{"file", file.filename().string()}});
    if (extension == ".gpx")
        throw base::Error(ErrorKind::Usage, "error.layer.format",
                          {{"file", file.string()}, {"extension", std::string(extension)}});
    // A .dbf cuts names after ten letters.
    auto table = place_columns(places, extension == ".shp" ? "valid_to" : "valid_until");
    add_attributes(places, table);
    write_whole(file, places.size(), "UTF-8", [&](const fs::path& temporary) {
        LayerWriter writer(file, temporary, crs, type, "UTF-8");
        writer.add_fields(table);
        for (std::size_t i = 0; i < places.size(); ++i)
            writer.add(geometry_of(places[i]), table, i);
        writer.finish();
    });
}

data::RawTable places_table(const std::vector<data::Place>& places) {
    auto table = place_columns(places, "valid_until");
    const auto add = [&](const char* name, auto text) {
        auto& column = table.columns.emplace_back();
        column.name = name;
        for (const auto& place : places) {
            column.text.push_back(text(place));
            column.null.push_back(column.text.back().empty());
        }
    };
    add("lon", [](const data::Place& place) { return fmt::format("{}", place.at.x); });
    add("lat", [](const data::Place& place) { return fmt::format("{}", place.at.y); });
    add_attributes(places, table);
    const bool shapes = std::any_of(places.begin(), places.end(), [](const data::Place& place) {
        return place.line || is_area(place);
    });
    if (shapes)
        add("wkt", [](const data::Place& place) {
            if (!place.line && !is_area(place)) return std::string();
            char* text = nullptr;
            OGR_G_ExportToWkt(geometry_of(place).get(), &text);
            std::string out = text ? text : "";
            CPLFree(text);
            return out;
        });
    return table;
}

} // namespace diaban::files
