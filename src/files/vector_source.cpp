#include "files/vector_source.hpp"

#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"
#include "files/sqlite.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <optional>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::ErrorKind;

VectorSource from_shapefile(Shapefile shapefile) {
    VectorSource out;
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
    if (base::lower_extension(file) != ".gpkg" || pending) return {};
    return {"IMMUTABLE=YES"};
}

// Asks SQLite itself whether the database can be read: GDAL would wait longer for another program's
// lock or look past it, and does not say that a file is encrypted.
void check_database(const fs::path& file) {
    if (!looks_like_sqlite(file) && !named_like_sqlite(file)) return;
    try {
        Database::open_read_only(file);
    } catch (const base::Error& error) {
        if (error.message.key == "error.database.not_a_database") // there is no table to export
            throw base::Error(ErrorKind::Database, "error.boundaries.not_a_database",
                              {{"file", file.string()}});
        // What another program has not finished writing, GDAL reads all the same.
        if (error.message.key != "error.database.unfinished") throw;
    }
}

bool is_shapefile(const ZipEntry& entry) {
    const fs::path name(entry.name);
    // Archivers of macOS add a "._name.shp" to each file, which is none.
    return base::lower_extension(name) == ".shp" && !name.filename().string().starts_with("._");
}

std::string stems(const std::vector<const ZipEntry*>& entries) {
    std::vector<std::string> names;
    for (const auto* e : entries) names.push_back(fs::path(e->name).stem().string());
    return fmt::format("{}", fmt::join(names, ", "));
}

// By the type in the header of a .shp, at byte 32 (ESRI Shapefile Technical Description).
bool polygons(const Zip& zip, const ZipEntry& shp) {
    constexpr std::size_t kTypeAt = 32;
    constexpr std::array<char, 3> kPolygonTypes{5, 15, 25};
    const auto bytes = zip.read(shp);
    const std::string_view text(bytes);
    return text.size() > kTypeAt && std::find(kPolygonTypes.begin(), kPolygonTypes.end(),
                                              text[kTypeAt]) != kPolygonTypes.end();
}

// The shapefile that a folder stands for: the one named, or the only one.
std::optional<fs::path> shapefile_in(const fs::path& folder, const std::string& layer) {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (base::lower_extension(entry.path()) == ".shp" &&
            (layer.empty() || entry.path().stem() == layer))
            found.push_back(entry.path());
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

// The .shp that a .dbf or .shx lies beside, if it does: who names a part means the shapefile. GDAL
// would read it too, but decode its text and put every fault down to the part.
std::optional<fs::path> shapefile_beside(const fs::path& part) {
    const auto extension = base::lower_extension(part);
    if (extension != ".dbf" && extension != ".shx") return std::nullopt;
    return shapefile_in(part.has_parent_path() ? part.parent_path() : fs::path("."),
                        part.stem().string());
}

// GDAL's path of an entry. It reads names that do not say that they are UTF-8 as those of old DOS
// programs, and knows the entry by what comes out; the order of entries is the archive's.
std::string path_in_archive(const fs::path& file, const ZipEntry& entry) {
    const auto archive = "/vsizip/{" + fs::absolute(file).string() + "}";
    const auto extension = base::lower_extension(entry.name);
    auto name = entry.name;
    char** const entries = VSIReadDirRecursive(archive.c_str());
    for (char** one = entries; one && *one; ++one)
        if (base::lower_extension(*one) == extension) {
            name = *one;
            break;
        }
    CSLDestroy(entries);
    return archive + "/" + name;
}

VectorSource open_zip(const fs::path& file, const std::string& layer) {
    const Zip zip(file);
    std::vector<const ZipEntry*> shapefiles;
    const ZipEntry* other = nullptr;
    constexpr std::array kOneFile{".gpkg", ".geojson", ".json",   ".fgb",
                                  ".tab",  ".mif",     ".sqlite", ".kml"};
    for (const auto& entry : zip.entries()) {
        const auto extension = base::lower_extension(entry.name);
        if (is_shapefile(entry)) shapefiles.push_back(&entry);
        if (!other && std::find(kOneFile.begin(), kOneFile.end(), extension) != kOneFile.end())
            other = &entry;
    }
    if (layer.empty() && shapefiles.size() > 1)
        std::erase_if(shapefiles, [&](const ZipEntry* e) { return !polygons(zip, *e); });
    if (layer.empty() && shapefiles.size() > 1)
        throw base::Error(ErrorKind::Data, "error.boundaries.which_layer",
                          {{"file", file.string()}, {"layers", stems(shapefiles)}});
    const auto chosen = std::find_if(shapefiles.begin(), shapefiles.end(), [&](const ZipEntry* e) {
        return layer.empty() || fs::path(e->name).stem() == layer;
    });
    if (chosen != shapefiles.end())
        return from_shapefile(open_zipped_shapefile(zip, **chosen, file));
    if (!shapefiles.empty() && !other) {
        throw base::Error(
            ErrorKind::Data, "error.layer.missing",
            {{"file", file.string()}, {"layer", layer}, {"layers", stems(shapefiles)}});
    }
    if (!other) throw base::Error(ErrorKind::Input, "error.zip.nothing", {{"file", file.string()}});
    zip.check_open(*other);
    return {path_in_archive(file, *other), {}, {}};
}

} // namespace

void check_readable(const fs::path& file) {
    std::error_code failed;
    base::check_exists(file);
    // A pipe or a device would be waited for without an end.
    const auto refuse = [](const fs::path& strange) {
        throw base::Error(ErrorKind::Input, "error.file.not_regular", {{"file", strange.string()}});
    };
    if (fs::is_directory(file, failed)) {
        for (const auto& entry : fs::directory_iterator(file, failed))
            if (fs::exists(entry.path(), failed) && !fs::is_regular_file(entry.path(), failed) &&
                !fs::is_directory(entry.path(), failed))
                refuse(entry.path());
        return;
    }
    if (!fs::is_regular_file(file, failed)) refuse(file);
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw base::Error(ErrorKind::Input, "error.file.cannot_read",
                          {{"file", file.string()}, {"reason", base::system_reason(errno)}});
    if (in.peek() == std::ifstream::traits_type::eof())
        throw base::Error(ErrorKind::Input, "error.file.empty", {{"file", file.string()}});
}

std::vector<std::string> shapefiles_in(const fs::path& archive) {
    std::vector<std::string> names;
    const Zip zip(archive);
    for (const auto& entry : zip.entries())
        if (is_shapefile(entry)) names.push_back(fs::path(entry.name).stem().string());
    return names;
}

VectorSource open_vector_source(const fs::path& file, const std::string& layer) {
    check_readable(file);
    if (const auto shapefile = shapefile_beside(file)) return open_vector_source(*shapefile, layer);
    const auto extension = base::lower_extension(file);
    if (extension == ".zip" || extension == ".shz") return open_zip(file, layer);
    if (extension == ".shp") {
        // A shapefile is one layer, of its own name.
        if (const auto own = file.stem().string(); !layer.empty() && layer != own)
            throw base::Error(ErrorKind::Data, "error.layer.missing",
                              {{"file", file.string()}, {"layer", layer}, {"layers", own}});
        return from_shapefile(open_shapefile(file));
    }
    std::error_code ignored;
    if (fs::is_directory(file, ignored))
        if (const auto shapefile = shapefile_in(file, layer))
            return from_shapefile(open_shapefile(*shapefile));
    check_database(file);
    return {file.string(), {}, database_options(file)};
}

} // namespace diaban::files
