// Small layers for the tests of src/files.
#pragma once

#include "data/table.hpp"
#include "geo/polygons.hpp"
#include "support/temp.hpp"

#include <cstdlib>
#include <filesystem>
#include <gdal.h>
#include <ogr_api.h>
#include <string>
#include <vector>

namespace diaban::test {

inline void add_ring(geo::PolygonSoup& soup, double x, double y, double size) {
    for (const auto& p :
         {geo::Point{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}})
        soup.points.push_back(p);
    soup.end_ring();
}

// A row of squares from (x, y) to the east, one unit each.
inline geo::PolygonSoup squares(int count, double x, double y, double size) {
    geo::PolygonSoup soup;
    for (int i = 0; i < count; ++i) {
        add_ring(soup, x + size * i, y, size);
        soup.end_face();
    }
    return soup;
}

inline data::Column text_column(std::string name, std::vector<std::string> cells) {
    data::Column column;
    column.name = std::move(name);
    for (auto& cell : cells) {
        column.null.push_back(cell.empty());
        column.text.push_back(std::move(cell));
    }
    return column;
}

inline data::Column number_column(std::string name, std::vector<double> cells) {
    data::Column column;
    column.name = std::move(name);
    column.type = data::ColumnType::Number;
    column.null.resize(cells.size());
    column.number = std::move(cells);
    return column;
}

// ma_xa, ten_xa and a number that is 1234.5 in the first row and empty in the others.
inline data::RawTable commune_table(const std::vector<std::string>& codes,
                                    std::vector<std::string> names) {
    names.resize(codes.size());
    data::RawTable table;
    table.columns.push_back(text_column("ma_xa", codes));
    table.columns.push_back(text_column("ten_xa", std::move(names)));
    std::vector<double> people(codes.size(), 0);
    people[0] = 1234.5;
    table.columns.push_back(number_column("dan_so", std::move(people)));
    for (std::size_t i = 1; i < codes.size(); ++i) table.columns.back().null[i] = 1;
    return table;
}

// Total area of the first layer as GDAL sees it, holes taken off.
inline double gdal_area(const std::filesystem::path& file) {
    GDALDatasetH dataset = GDALOpenEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
    double area = 0;
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    while (OGRFeatureH feature = OGR_L_GetNextFeature(layer)) {
        area += OGR_G_Area(OGR_F_GetGeometryRef(feature));
        OGR_F_Destroy(feature);
    }
    GDALClose(dataset);
    return area;
}

inline int files_in(const std::filesystem::path& folder) {
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
    return count;
}

} // namespace diaban::test
