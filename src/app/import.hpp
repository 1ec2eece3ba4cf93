// Importing a report into a store: read, match, check, compare; written only when asked to.
//
// Guarantees: nothing is written before everything is read and checked; the store is written in one
// transaction; the report says of every row what became of it.
#pragma once

#include "data/import_read.hpp"
#include "files/store_import.hpp"

namespace diaban::app {

struct ImportRequest {
    std::filesystem::path file, store;
    std::string vintage; // of the units the rows speak of; empty: the one valid in the period
    std::string encoding = "auto";
    std::string profile;      // a file or the name of one that the store keeps; empty: found
    data::ImportProfile own;  // what is said on top of the profile
    std::string save_profile; // name under which the store keeps the mapping
    std::string replaces;     // name of the file that this one corrects
    bool dry_run = false;
    std::filesystem::path out; // findings and changes as CSV
    friend bool operator==(const ImportRequest&, const ImportRequest&) = default;
};

struct ImportReport {
    ImportRequest request;
    files::Delivery delivery; // sheets as read
    files::ImportChanges changes;
    bool written = false;
    std::string encoding;
    base::Findings findings;             // of all sheets
    std::vector<std::string> unit_codes; // of the vintage, for the candidates
    std::vector<std::string> unit_names;
    std::size_t rows() const;
    std::size_t unit_rows() const;
};

// Throws Error Input, Data ("error.import.nothing", "error.import.no_period",
// "error.import.area"), Database, Write.
ImportReport run(const ImportRequest& request, base::JobContext& ctx);

} // namespace diaban::app
