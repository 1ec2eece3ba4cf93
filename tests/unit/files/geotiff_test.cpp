// Pictures with their place, read by GDAL.
#include "files/geotiff.hpp"

#include "base/error.hpp"
#include "support/errors.hpp"
#include "unit/files/pictures.hpp"

#include <array>
#include <ogr_srs_api.h>

using namespace diaban;
using namespace diaban::test;

namespace {

const geo::Georeference kPlace{{500123.25, 1100456.75}, 12.5};

struct Opened {
    explicit Opened(const std::filesystem::path& file)
        : dataset(GDALOpen(file.string().c_str(), GA_ReadOnly)) {
        REQUIRE(dataset);
        if (GDALGetGeoTransform(dataset, place.data()) != CE_None) place = {};
    }
    ~Opened() { GDALClose(dataset); }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    bool in_crs(int epsg) const {
        const auto wanted = OSRNewSpatialReference(nullptr);
        OSRImportFromEPSG(wanted, epsg);
        OSRSetAxisMappingStrategy(wanted, OAMS_TRADITIONAL_GIS_ORDER); // pixels go east
        const auto found = GDALGetSpatialRef(dataset);
        const bool same = found && OSRIsSame(found, wanted);
        OSRRelease(wanted);
        return same;
    }
    std::string words(const char* key) const {
        const char* text = GDALGetMetadataItem(dataset, key, nullptr);
        return text ? text : "";
    }
    GDALDatasetH dataset;
    std::array<double, 6> place{};
};

} // namespace

TEST_CASE("a GeoTIFF has the pixels of the picture, its place and its CRS") {
    const TempFolder folder;
    base::JobContext ctx(1);
    const int epsg = GENERATE(3405, 9209);    // east first, north first
    const auto png = png_by_gdal(37, 101, 3); // strips that are not full, a width that is odd
    const auto crs = geo::Crs::epsg(epsg);
    files::write_geotiff(folder / "m.tif", png, kPlace, crs, {"Bản đồ", 150}, ctx);
    {
        const Opened tiff(folder / "m.tif");
        CHECK(tiff.place == std::array<double, 6>{500123.25, 12.5, 0, 1100456.75, 0, -12.5});
        CHECK(tiff.in_crs(epsg));
        CHECK(tiff.words("TIFFTAG_IMAGEDESCRIPTION") == "Bản đồ");
        CHECK(tiff.words("TIFFTAG_XRESOLUTION") == "150");
        CHECK(tiff.words("TIFFTAG_DATETIME").empty());
        base::write_file(folder / "m.png", png);
        CHECK(pixels_by_gdal(tiff.dataset) == pixels_by_gdal((folder / "m.png").string()));
    }
    files::write_geotiff(folder / "again.tif", png, kPlace, crs, {"Bản đồ", 150}, ctx);
    CHECK(base::read_file(folder / "again.tif") == base::read_file(folder / "m.tif"));
    CHECK_FALSE(std::filesystem::exists(folder / "m.tif.aux.xml"));
}

TEST_CASE(
    "a GeoTIFF without a CRS keeps its place, and one that cannot be written leaves nothing") {
    const TempFolder folder;
    base::JobContext ctx(1);
    const auto png = png_by_gdal(8, 8, 1);
    files::write_geotiff(folder / "m.tif", png, kPlace, {}, {}, ctx);
    const Opened tiff(folder / "m.tif");
    CHECK(tiff.place[0] == 500123.25);
    CHECK(GDALGetSpatialRef(tiff.dataset) == nullptr);
    CHECK(thrown_key([&] {
              files::write_geotiff(folder / "no" / "m.tif", png, kPlace, {}, {}, ctx);
          }) == "error.file.cannot_write");
    base::JobContext stopped(1);
    stopped.cancel();
    CHECK_THROWS_AS(files::write_geotiff(folder / "b.tif", png, kPlace, {}, {}, stopped),
                    base::Cancelled);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("the files beside a PNG tell GDAL its place and CRS") {
    const TempFolder folder;
    const int epsg = GENERATE(3405, 9209);
    const auto file = folder / "m.png";
    base::write_file(file, png_by_gdal(8, 6, 1));
    const auto beside = files::world_files(file);
    REQUIRE(beside.size() == 2);
    files::write_world_files(file, kPlace, geo::Crs::epsg(epsg));
    // The middle of the upper left pixel.
    CHECK(base::read_file(folder / "m.pgw") == "12.5\n0\n0\n-12.5\n500129.5\n1100450.5\n");
    const Opened png(file);
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(png.place[i] ==
              Approx(std::array<double, 6>{500123.25, 12.5, 0, 1100456.75, 0, -12.5}[i]));
    CHECK(png.in_crs(epsg));
    const auto middle = kPlace.at(0.5, 0.5);
    CHECK(middle.x == 500129.5);
    CHECK(middle.y == 1100450.5);
}
