// What public files have told of the counts of persons of a store: its table public_column, which
// is made by the first public file. Masking reads it (app/told_before.hpp), so that what a later
// file shows does not undo what an earlier one hid.
#pragma once

#include "base/job.hpp"
#include "data/cube.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace diaban::files {

// One indicator in one period, as a public file told of it. A mark per unit, in row order, which
// says as much as that the same mark means the same; 0: there was no number.
struct PublicColumn {
    std::string indicator;
    data::Period period;
    std::vector<std::uint32_t> marks;
    friend bool operator==(const PublicColumn&, const PublicColumn&) = default;
};

// By which file: its verb, its name and never its path.
struct PublicFile {
    std::string made_at, verb, file, program, vintage;
};

// Of a vintage, oldest first; several of a column whose numbers changed between two files. Nothing
// of a store that no public file was made of. Throws Error Input, Database.
std::vector<PublicColumn> read_public_columns(const std::filesystem::path& store,
                                              const std::string& vintage);
// One transaction. Leaves a store of an older schema as it is: one more reason to bring it up to
// date is not what a public file is. Throws Error Input, Database, Write.
void add_public_columns(const std::filesystem::path& store, const PublicFile& by,
                        const std::vector<PublicColumn>& columns, base::JobContext& ctx);

} // namespace diaban::files
