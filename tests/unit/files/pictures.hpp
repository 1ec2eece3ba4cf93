// Small PNGs made by GDAL, for the tests of what holds pictures.
#pragma once

#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <gdal.h>
#include <string>
#include <vector>

namespace diaban::test {

// Red, green and blue; every pixel differs from its neighbours, and from those of other seeds.
inline std::string png_by_gdal(int width, int height, int seed) {
    GDALAllRegister();
    const TempFolder folder;
    const auto file = (folder / "p.png").string();
    const auto memory =
        GDALCreate(GDALGetDriverByName("MEM"), "", width, height, 3, GDT_Byte, nullptr);
    std::vector<unsigned char> values(static_cast<std::size_t>(width * height));
    for (int band = 1; band <= 3; ++band) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<unsigned char>(i * 7 + static_cast<std::size_t>(50 * band) +
                                                   static_cast<std::size_t>(seed));
        REQUIRE(GDALRasterIO(GDALGetRasterBand(memory, band), GF_Write, 0, 0, width, height,
                             values.data(), width, height, GDT_Byte, 0, 0) == CE_None);
    }
    const auto made = GDALCreateCopy(GDALGetDriverByName("PNG"), file.c_str(), memory, FALSE,
                                     nullptr, nullptr, nullptr);
    REQUIRE(made);
    GDALClose(made);
    GDALClose(memory);
    return base::read_file(file);
}

// All bands of a picture one after another, as GDAL reads them.
inline std::vector<unsigned char> pixels_by_gdal(GDALDatasetH picture) {
    const int width = GDALGetRasterXSize(picture), height = GDALGetRasterYSize(picture);
    std::vector<unsigned char> out(static_cast<std::size_t>(width * height * 3));
    for (int band = 1; band <= 3; ++band)
        REQUIRE(GDALRasterIO(GDALGetRasterBand(picture, band), GF_Read, 0, 0, width, height,
                             out.data() + static_cast<std::size_t>(width * height * (band - 1)),
                             width, height, GDT_Byte, 0, 0) == CE_None);
    return out;
}
inline std::vector<unsigned char> pixels_by_gdal(const std::string& file) {
    const auto picture = GDALOpen(file.c_str(), GA_ReadOnly);
    REQUIRE(picture);
    auto out = pixels_by_gdal(picture);
    GDALClose(picture);
    return out;
}

} // namespace diaban::test
