// Attributes of GDAL features as columns. Private to src/files.
#pragma once

#include "data/table.hpp"

#include <functional>
#include <gdal.h>
#include <ogr_api.h>
#include <string>
#include <vector>

namespace diaban::files {

class FeatureColumns {
public:
    // Columns that `wants` refuses are not even read from the file. An empty `wants` takes all.
    FeatureColumns(OGRLayerH layer, const std::function<bool(const std::string&)>& wants);
    void append(OGRFeatureH feature);
    // Text as GDAL gives it: undecoded for a shapefile.
    std::vector<data::Column> take() { return std::move(columns_); }

private:
    std::vector<int> field_; // index in the layer, one per column
    std::vector<data::Column> columns_;
};

} // namespace diaban::files
