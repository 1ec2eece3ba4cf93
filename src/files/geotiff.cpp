#include "files/geotiff.hpp"

#include "base/paths.hpp"
#include "files/gdal_handles.hpp"
#include "files/layer_crs.hpp"
#include "files/xml.hpp"

#include <algorithm>
#include <array>
#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

constexpr int kPictureBands = 3; // red, green, blue
constexpr int kRowsOfStrip = 32;

[[noreturn]] void picture_not_written(const fs::path& file, const GdalMessages& messages) {
    throw base::Error(base::ErrorKind::Write, "error.file.cannot_write",
                      {{"file", file.string()}, {"reason", messages.reason()}});
}

Dataset open_png(const std::string& path) {
    start_gdal();
    static constexpr std::array<const char*, 2> kDrivers{"PNG", nullptr};
    return Dataset(GDALOpenEx(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, kDrivers.data(),
                              nullptr, nullptr));
}

// What GDAL writes, before it goes to the disk as every file does; gone with the object.
struct FileInMemory {
    ~FileInMemory() { VSIUnlink(path.c_str()); }
    std::string path = memory_folder() + "/map.tif";
};

Dataset new_geotiff(const std::string& file, int width, int height) {
    const auto rows = "BLOCKYSIZE=" + std::to_string(kRowsOfStrip);
    const std::array<const char*, 6> options{"COMPRESS=DEFLATE", "PREDICTOR=2", "PHOTOMETRIC=RGB",
                                             "INTERLEAVE=PIXEL", rows.c_str(),  nullptr};
    return Dataset(GDALCreate(GDALGetDriverByName("GTiff"), file.c_str(), width, height,
                              kPictureBands, GDT_Byte, const_cast<char**>(options.data())));
}

void tell_place(GDALDatasetH dataset, const geo::Georeference& at, const geo::Crs& crs,
                const PictureWords& words) {
    std::array<double, 6> transform{at.corner.x, at.step, 0, at.corner.y, 0, -at.step};
    GDALSetGeoTransform(dataset, transform.data());
    if (const auto reference = spatial_reference(crs)) GDALSetSpatialRef(dataset, reference.get());
    const auto dpi = fmt::format("{}", words.dpi);
    GDALSetMetadataItem(dataset, "TIFFTAG_XRESOLUTION", dpi.c_str(), nullptr);
    GDALSetMetadataItem(dataset, "TIFFTAG_YRESOLUTION", dpi.c_str(), nullptr);
    GDALSetMetadataItem(dataset, "TIFFTAG_RESOLUTIONUNIT", "2 (pixels/inch)", nullptr);
    if (!words.description.empty())
        GDALSetMetadataItem(dataset, "TIFFTAG_IMAGEDESCRIPTION", words.description.c_str(),
                            nullptr);
}

// Strip after strip past GDAL's cache, whose order of writing depends on what else is in it.
// False if it fails.
bool copy_pixels(GDALDatasetH from, GDALDatasetH to, base::JobContext& ctx) {
    const int width = GDALGetRasterXSize(from), height = GDALGetRasterYSize(from);
    std::vector<unsigned char> rows(static_cast<std::size_t>(width) * kRowsOfStrip);
    for (int first = 0; first < height; first += kRowsOfStrip) {
        ctx.check();
        const int count = std::min(kRowsOfStrip, height - first);
        for (int band = 1; band <= kPictureBands; ++band) {
            std::fill(rows.begin(), rows.end(), static_cast<unsigned char>(255));
            if (GDALRasterIO(GDALGetRasterBand(from, band), GF_Read, 0, first, width, count,
                             rows.data(), width, count, GDT_Byte, 0, 0) != CE_None ||
                GDALWriteBlock(GDALGetRasterBand(to, band), 0, first / kRowsOfStrip, rows.data()) !=
                    CE_None)
                return false;
        }
    }
    return true;
}

} // namespace

void write_geotiff(const fs::path& file, const std::string& png, const geo::Georeference& at,
                   const geo::Crs& crs, const PictureWords& words, base::JobContext& ctx) {
    const GdalMessages messages;
    const MemoryFile picture(memory_folder(), "map.png", Bytes(png));
    const auto from = open_png(picture.path());
    const FileInMemory made;
    auto to = from ? new_geotiff(made.path, GDALGetRasterXSize(from.get()),
                                 GDALGetRasterYSize(from.get()))
                   : nullptr;
    if (!to) picture_not_written(file, messages);
    tell_place(to.get(), at, crs, words);
    if (!copy_pixels(from.get(), to.get(), ctx)) picture_not_written(file, messages);
    to.reset(); // what is left is written now
    vsi_l_offset size = 0;
    const auto* bytes = VSIGetMemFileBuffer(made.path.c_str(), &size, FALSE);
    if (messages.failed() || !bytes) picture_not_written(file, messages);
    base::write_file(file, {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
}

std::vector<fs::path> world_files(const fs::path& png) {
    auto world = png;
    // The first and the last letter of the ending, and a w.
    world.replace_extension(".pgw");
    return {world, fs::path(png.string() + ".aux.xml")};
}

void write_world_files(const fs::path& png, const geo::Georeference& at, const geo::Crs& crs) {
    const auto names = world_files(png);
    const auto middle = at.at(0.5, 0.5); // of the upper left pixel
    base::write_file(names[0],
                     fmt::format("{}\n0\n0\n{}\n{}\n{}\n", at.step, -at.step, middle.x, middle.y));
    const auto reference = spatial_reference(crs);
    char* text = nullptr;
    std::string wkt;
    if (reference && OSRExportToWkt(reference.get(), &text) == OGRERR_NONE) wkt = text;
    CPLFree(text);
    std::string axes;
    if (reference) {
        int count = 0;
        const int* order = OSRGetDataAxisToSRSAxisMapping(reference.get(), &count);
        for (int i = 0; i < count; ++i) axes += (i > 0 ? "," : "") + std::to_string(order[i]);
    }
    base::write_file(names[1], "<PAMDataset>\n" +
                                   (wkt.empty() ? std::string()
                                                : "  <SRS dataAxisToSRSAxisMapping=\"" + axes +
                                                      "\">" + xml_text(wkt) + "</SRS>\n") +
                                   "</PAMDataset>\n");
}

} // namespace diaban::files
