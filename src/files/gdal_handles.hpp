// GDAL handles with owners, and its error messages as values. Private to src/files.
//
// Guarantees: nothing is ever printed to stderr; no handle leaks; a GDAL object is used by one
// thread only (each reader opens its own dataset).
#pragma once

#include "base/error.hpp"
#include "files/bytes.hpp"

#include <filesystem>
#include <gdal.h>
#include <memory>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string>
#include <type_traits>
#include <vector>

namespace diaban::files {

struct DatasetDeleter {
    void operator()(GDALDatasetH dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<std::remove_pointer_t<GDALDatasetH>, DatasetDeleter>;

struct FeatureDeleter {
    void operator()(OGRFeatureH feature) const { OGR_F_Destroy(feature); }
};
using Feature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, FeatureDeleter>;

struct GeometryDeleter {
    void operator()(OGRGeometryH geometry) const { OGR_G_DestroyGeometry(geometry); }
};
using Geometry = std::unique_ptr<std::remove_pointer_t<OGRGeometryH>, GeometryDeleter>;

struct SpatialRefDeleter {
    void operator()(OGRSpatialReferenceH reference) const { OSRRelease(reference); }
};
using SpatialRef = std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, SpatialRefDeleter>;

// While it lives, GDAL's messages of this thread are collected instead of printed.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;
    // The most telling message so far (the first error, else the first warning), or "".
    std::string reason() const;
    // Error Input for a file that could not be opened: `damaged` with GDAL's reason, or `alien` if
    // it has none, because no driver knew the file.
    base::Error unopened(const char* damaged, const char* alien, const std::string& file) const;
    bool failed() const { return !errors_.empty(); }
    void clear() { errors_.clear(), warnings_.clear(); }

private:
    static void take(CPLErr kind, CPLErrorNum number, const char* text);
    std::vector<std::string> errors_, warnings_;
};

// Registers the drivers, once per process.
void start_gdal();

// Opens read-only; nullptr if GDAL cannot. `options` are "NAME=VALUE".
Dataset open_vector(const std::string& path, const std::vector<std::string>& options = {});

// A file that exists only in memory, readable by GDAL under path(); gone with the object.
class MemoryFile {
public:
    MemoryFile() = default;
    // `name` is its name within `folder` (see memory_folder()).
    MemoryFile(const std::string& folder, const std::string& name, Bytes content);
    ~MemoryFile();
    MemoryFile(MemoryFile&& other) noexcept { swap(other); }
    MemoryFile& operator=(MemoryFile&& other) noexcept {
        swap(other);
        return *this;
    }
    const std::string& path() const { return path_; }

private:
    void swap(MemoryFile& other) noexcept {
        path_.swap(other.path_);
        std::swap(content_, other.content_);
    }
    std::string path_;
    Bytes content_; // GDAL points into it; its address stays when the object is moved
};
// A name in GDAL's memory file system that nobody else in this process has.
std::string memory_folder();

} // namespace diaban::files
