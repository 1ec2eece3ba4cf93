// Merging an import into a store: what is new, what changed, what is gone; old values are kept.
//
// Guarantees: one transaction; the same delivery twice leaves the file untouched; a value that is
// revised or removed stays in the history with the import that replaced it. What an earlier
// delivery of the same file had and this one has not is removed, within the indicators and periods
// that this one speaks of; values of other files are revised, never removed.
#pragma once

#include "data/import_read.hpp"

#include "base/job.hpp"
#include "files/store_records.hpp"

#include <filesystem>

namespace diaban::files {

// The district or province that a report without units speaks of.
struct AreaRef {
    std::string level = "province"; // "commune" "district" "province" "nation"
    std::string code, name;
};

struct Delivery {
    std::string file;     // name, without folders
    std::string digest;   // of its bytes
    std::string replaces; // name of the file that this one corrects, if it is another
    std::string profile = "{}", findings = "[]"; // JSON, for the log
    std::string save_profile_as;                 // name; empty: not saved
    std::string program;                         // name and version
    std::string imported_at;                     // "2025-07-01T08:00:00Z"
    std::string vintage;                         // that the units belong to
    std::vector<data::SheetImport> sheets;
    std::vector<AreaRef> areas;      // one per sheet
    std::vector<NameDecision> names; // approved or refused with this import, to be remembered
    // May take back what was corrected since these very bytes were imported. Otherwise: Error Usage
    // "error.import.older".
    bool again = false;
};

struct CellChange {
    enum class Kind : std::uint8_t { Added, Revised, Removed } kind = Kind::Added;
    std::string indicator;
    data::Period period;
    std::string unit, name; // code and name of the unit or area
    std::string part;
    double before = 0, after = 0; // NaN where there is no value
    data::Cell before_state = data::Cell::Missing, after_state = data::Cell::Missing;
    std::string sheet;
    std::uint32_t row = 0; // 0: no longer in the file
};

// Values of one indicator and period that a delivery speaks of without a number (a blank, one that
// cannot be), and that another file gave: they stay.
struct KeptValues {
    std::string indicator;
    data::Period period;
    std::size_t count = 0;
    std::vector<std::pair<std::string, std::string>> first; // code and name, at most kMostKept
};
inline constexpr std::size_t kMostKept = 5;

struct ImportChanges {
    std::size_t added = 0, revised = 0, removed = 0, unchanged = 0;
    std::size_t flipped = 0;         // of the revised: categories, such as statuses
    std::size_t names = 0;           // decisions about names that are new
    std::size_t recognitions = 0;    // of statuses, that are new or changed
    std::vector<CellChange> changes; // revised and removed ones, at most kMostChanges
    std::vector<KeptValues> kept;    // by indicator, in the order of the periods
    std::string imported_before;     // when this very file was imported; "" if never
    std::filesystem::path backup;    // of the store before its schema was raised
    std::size_t kept_values() const;
    bool any() const { return added + revised + removed + names + recognitions > 0; }
};
inline constexpr std::size_t kMostChanges = 10'000;

// Compares with the store without writing to it.
ImportChanges preview_import(const std::filesystem::path& store, const Delivery& delivery,
                             base::JobContext& ctx);
// Throws Error Input, Database, Write; the store is then as it was.
ImportChanges merge_import(const std::filesystem::path& store, const Delivery& delivery,
                           base::JobContext& ctx);

} // namespace diaban::files
