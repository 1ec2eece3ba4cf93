// Importing a report into a store: read, match, check, compare; written only when asked to.
//
// Guarantees: nothing is written before everything is read and checked; the store is written in one
// transaction; the report says of every row what became of it.
#pragma once

#include "app/mask.hpp"
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
    bool again = false; // a file that was imported before may take back what was corrected since
    Classification classification = Classification::Public; // of what is told of the values
    std::filesystem::path out;                              // findings and changes as CSV
    // Suggested names: "all" that are clear, or their numbers ("1,4-6"), or a file that says of
    // each "yes" or "no" (as suggestions_csv writes it). Both kinds are remembered in the store.
    std::string accept_names, refuse_names;
    std::filesystem::path names_out;            // the suggestions as a CSV to be filled in
    std::vector<files::NameDecision> decisions; // given directly, by a window
    friend bool operator==(const ImportRequest&, const ImportRequest&) = default;
};

// One name that waits for a yes, with all its rows.
struct ImportSuggestion {
    std::size_t number = 0; // from 1, in the order of the file
    std::string sheet;      // of the first row
    std::uint32_t row = 0;
    std::size_t rows = 0;
    data::UnitKey key;
    std::vector<std::size_t> candidates; // units of the vintage, likeliest first
    bool clear = false;                  // the first is likelier than the second
    std::optional<bool> decision;        // what this import was told
    // The name as the first candidate's alias.
    data::Alias alias(const std::vector<std::string>& unit_codes) const;
};

struct ImportReport {
    ImportRequest request;
    files::Delivery delivery; // sheets as read, without their findings
    files::ImportChanges changes;
    bool written = false;
    std::string encoding;
    std::vector<ImportSuggestion> suggestions; // as they stood before the decisions
    std::vector<std::size_t> unknown_numbers;  // asked for, though there is no such suggestion
    base::Findings findings;                   // of all sheets; held here only
    std::vector<std::string> unit_codes;       // of the vintage, for the candidates
    std::vector<std::string> unit_names;
    std::size_t rows() const;
    std::size_t unit_rows() const;
};

// Throws Error Input, Data ("error.import.nothing", "error.import.no_period",
// "error.import.area"), Database, Write.
ImportReport run(const ImportRequest& request, base::JobContext& ctx);

// number, name, district, province, rows, code, unit, decision: with a byte order mark, so that
// spreadsheets show the diacritics; the decision is to be filled in with "yes" or "no", and the
// code may be changed to another candidate's.
std::string suggestions_csv(const ImportReport& report);
// Reads such a file. Throws Error Input, Data ("error.table.no_column").
std::vector<files::NameDecision> read_decisions(const std::filesystem::path& file,
                                                base::JobContext& ctx);

} // namespace diaban::app
