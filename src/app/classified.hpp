// What leaves the program as tables and words: stamped with its classification, and in public with
// the list of what was masked beside it (conventions.md 6).
//
// Guarantees: a public report names no count of persons from 1 to k-1; an internal one is in the
// log of the store that its values come from before it is made.
#pragma once

#include "app/import.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"
#include "files/sheets.hpp"
#include "files/store_catalogue.hpp"

namespace diaban::app {

// What leaves comes from a store (empty: from files, which keep no log), by a verb: "map". `told`:
// the numbers that it tells, with all values; null where it tells none.
struct Origin {
    std::filesystem::path store;
    std::string verb;
    const Dataset* told = nullptr;
};
// Writes down in the store what is about to be written of it with all its values, or printed (an
// empty path); only names of files are kept. Throws Error Input, Database, Write where the store
// cannot be changed: then nothing may leave.
//
// Of public files it writes down which counts of persons were told and which were hidden, as if
// every public table of `told` had been written, unless the store knows that already: so the next
// public file does not undo this one. A store that cannot be changed holds no public output up.
void note_output(const Origin& origin, Classification classification,
                 const std::vector<std::filesystem::path>& files, base::JobContext& ctx);
// While it lives, the thread it was made on writes down nothing in any store: for what is made only
// to be compared with what left before, and then thrown away.
class UnloggedOutput {
public:
    UnloggedOutput();
    ~UnloggedOutput();
    UnloggedOutput(const UnloggedOutput&) = delete;
    UnloggedOutput& operator=(const UnloggedOutput&) = delete;
};

// Writes the tables, with one more note that says what they are, and <file>.masked.csv beside
// them. Throws as files::write_workbook and note_output().
std::vector<std::filesystem::path> write_tables(const std::filesystem::path& file,
                                                files::Workbook book, Classification classification,
                                                const std::vector<MaskedCell>& masked,
                                                const Language& language, const Origin& origin,
                                                base::JobContext& ctx);

// True of a text that a finding quotes from a table: a small number, or words that may hold one.
bool tells_few(const std::string& cell);
// Findings that quote cells, with a word in the place of each that tells of few.
base::Findings published(base::Findings findings, const Language& language);

// What an import found and changed, without the small numbers that it names: in changes they are
// gone, in findings a word stands for them. The report itself if it is internal.
ImportReport published(ImportReport report, const Language& language);
// The same of the numbers of whole areas that a store keeps.
files::StoreList published(files::StoreList list, Classification classification);

} // namespace diaban::app
