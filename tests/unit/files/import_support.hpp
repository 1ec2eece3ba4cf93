// Workbooks as reports come, written by GDAL or by hand, and a store to import them into.
#pragma once

#include "files/store.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace diaban::test {

using Rows = std::vector<std::vector<std::string>>;
struct NamedSheet {
    std::string name;
    Rows rows;
};

// An XLSX or ODS by GDAL's driver, every cell text unless it is digits only.
void write_workbook(const std::filesystem::path& file, const std::vector<NamedSheet>& sheets);

// `count` communes in districts of ten, "Xã Tân 1" ..., codes 00001 ..., without numbers.
files::StoreContent empty_store(std::size_t count);

} // namespace diaban::test
