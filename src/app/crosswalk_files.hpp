// Crosswalks from the files a user has: a table of pairs or several in a row, and one with shares.
#pragma once

#include "base/job.hpp"
#include "data/crosswalk_table.hpp"

#include <filesystem>
#include <vector>

namespace diaban::app {

struct CrosswalkFiles {
    std::filesystem::path pairs;             // old code, new code, perhaps a share
    std::vector<std::filesystem::path> then; // lead on from the new codes of the one before
    std::filesystem::path shares;            // of pairs without, of the last of them; empty: none
    data::CrosswalkColumns columns;
};

// Codes are read as text, whatever the file makes of them. Throws Error Input, Data.
data::CrosswalkRead read_crosswalk_files(const CrosswalkFiles& files, const data::UnitTable& from,
                                         const data::UnitTable& to, base::Findings& findings,
                                         base::JobContext& ctx);

} // namespace diaban::app
