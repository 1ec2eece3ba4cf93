// Where the numbers of a commune come from: file, sheet and row of the report behind every cell.
#pragma once

#include "data/cube.hpp"

#include <filesystem>
#include <map>

namespace diaban::files {

struct CellSource {
    std::string file, sheet; // names; the sheet of a text file is empty or its file name
    std::int64_t row = 0;    // as a person counts; 0: not known
};
// Of one commune and period, by indicator; cells without a known report are left out. Throws Error
// Input, Database.
std::map<data::IndicatorId, CellSource> read_sources(const std::filesystem::path& store,
                                                     const std::string& vintage,
                                                     const std::string& code, data::Period period);

} // namespace diaban::files
