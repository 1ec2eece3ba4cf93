// Where the numbers of a commune come from: file, sheet and row of the report behind every cell,
// and what stood there before.
#pragma once

#include "data/cube.hpp"

#include <filesystem>
#include <map>
#include <vector>

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

// What a cell held: a number, a class of a category, or the kind of its emptiness.
struct HeldValue {
    double value = 0; // NaN without
    data::Cell state = data::Cell::Missing;
    std::string category; // of a category: its code, "hot"
};
// A value that an import revised or removed, and what took its place.
struct ReplacedValue {
    std::string vintage, code, name; // of the unit
    data::IndicatorId indicator;
    data::Period period;
    HeldValue before, after;
    CellSource source;                    // of the value before; empty if no report gave it
    std::string replaced_at, replaced_by; // when, and the file that was imported then
};
struct ReplacedQuestion {
    std::string code;            // of a unit; empty: all
    data::IndicatorId indicator; // empty: all
    data::Period period;         // undated: all
};
// The latest first. Stores of version 1 have none. Throws Error Input, Database.
std::vector<ReplacedValue> read_replaced(const std::filesystem::path& store,
                                         const ReplacedQuestion& question);

} // namespace diaban::files
