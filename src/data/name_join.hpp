// Joining a table that has names: each row gets the code of its unit, by code where it has a good
// one, else by the ladder of names; what stays open is a list of numbered suggestions.
#pragma once

#include "data/names.hpp"
#include "data/table.hpp"

#include <set>

namespace diaban::data {

// Which suggestions are accepted: all that are clear, or some by number (from 1).
struct Acceptance {
    bool all = false;
    std::set<std::size_t> numbers;
};
// "all", "3", "1,4-6"; nothing if it is none of these.
std::optional<Acceptance> parse_acceptance(std::string_view text);

struct NameJoinSpec {
    std::string code;     // column with the unit's code; empty: found by its name, or none
    std::string name;     // column with the unit's name; empty: found by its name
    std::string district; // columns with the parents' names or codes; empty: found, or none
    std::string province;
    bool restore_zeros = true;
    std::vector<Alias> aliases;
    Acceptance accept;
};

// One name that waits for a yes, with all its rows.
struct NameSuggestion {
    std::size_t number = 0; // from 1, in the order of the table
    std::size_t row = 0;    // the first, as a person counts in the file
    std::size_t rows = 0;
    NameRow name;
    std::string code; // what the row gives, though no unit has it
    std::vector<NameCandidate> candidates;
    bool accepted = false;
};

struct NameReport {
    std::string name, district, province; // columns used
    std::size_t rows_by_code = 0, rows_by_alias = 0, rows_by_name = 0, rows_accepted = 0;
    std::size_t names_by_tone = 0; // of the names matched: tone mark elsewhere (hòa, hoà)
    std::vector<NameSuggestion> suggestions; // the accepted ones too
    std::vector<NameSuggestion> unknown;     // names without any candidate
    std::vector<Alias> approved;             // to remember: the accepted ones
    std::vector<std::size_t> refused;        // numbers asked for that cannot be accepted
};

struct NamesJoined {
    // Per row: its unit's code; else its own code, or its name, which no unit has.
    std::vector<std::string> codes;
    NameReport report;
};

// Throws Error Data "error.table.no_name" (with the table's columns), "error.table.no_column".
NamesJoined join_names(const UnitTable& units, const RawTable& table, const NameJoinSpec& spec);

// The aliases of a table with columns name, district, province, code (as aliases_csv writes them).
std::vector<Alias> read_aliases(const RawTable& table);
// With a byte order mark, so that spreadsheets show the diacritics.
std::string aliases_csv(const std::vector<Alias>& aliases);
// `more` behind `known`, replacing those of the same name and parents.
std::vector<Alias> merged(std::vector<Alias> known, const std::vector<Alias>& more);

} // namespace diaban::data
