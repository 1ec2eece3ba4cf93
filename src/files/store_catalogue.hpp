// What a store holds beside its maps: imports, sources, saved profiles, numbers of whole areas; and
// the log of what left it with all its values.
#pragma once

#include "base/job.hpp"
#include "data/cube.hpp"
#include "data/names.hpp"

#include <filesystem>
#include <limits>
#include <map>

namespace diaban::files {

struct StoredImport {
    std::int64_t id = 0;
    std::string imported_at, file, program;
    std::int64_t rows = 0, added = 0, revised = 0, removed = 0, flipped = 0;
};

// A file, or a list that was printed, without a cell masked.
struct StoredOutput {
    std::string made_at, verb, file, program; // file: its name; empty: printed
};

struct StoredCount {
    std::string indicator, name_vi, name_en;
    std::uint64_t observations = 0;
    data::Period first, last;
};

struct StoredArea {
    std::string level, code, name, indicator, part;
    data::Period period;
    double value = 0; // NaN without
    data::Cell state = data::Cell::Observed;
    std::string file, sheet, agency, as_of;
    std::int64_t row = 0;
    // Of a part: what the communes of the area, or the commune itself, have by their own numbers;
    // NaN where none is known, and of wholes.
    double counted = std::numeric_limits<double>::quiet_NaN();
};

struct StoreList {
    int version = 0;
    std::string title;
    struct Vintage {
        std::string id, from, until;
        std::uint64_t units = 0;
    };
    std::vector<Vintage> vintages;
    std::vector<StoredCount> indicators;
    std::vector<StoredImport> imports; // newest first
    std::vector<StoredArea> areas;
    std::map<std::string, std::uint64_t> tables; // rows of the others: "place", "rule" ...
    std::vector<std::string> profiles;
};

// All throw Error Input, Database; they change nothing. Stores of version 1 have none of it, those
// before version 4 no outputs.
StoreList list_store(const std::filesystem::path& file);
std::vector<StoredImport> read_imports(const std::filesystem::path& file); // newest first
std::vector<StoredOutput> read_outputs(const std::filesystem::path& file); // newest first
std::vector<data::Alias> read_aliases(const std::filesystem::path& file);
std::map<std::string, std::string> read_profiles(const std::filesystem::path& file); // JSON by name

// One transaction. Throws Error Input, Database, Write.
void add_outputs(const std::filesystem::path& store, const std::vector<StoredOutput>& outputs,
                 base::JobContext& ctx);

} // namespace diaban::files
