// What leaves the program as tables and words: stamped with its classification, and in public with
// the list of what was masked beside it (conventions.md 6).
//
// Guarantee: a public report names no count of persons from 1 to k-1.
#pragma once

#include "app/import.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"
#include "files/sheets.hpp"
#include "files/store_catalogue.hpp"

namespace diaban::app {

// Writes the tables, with one more note that says what they are, and <file>.masked.csv beside
// them. Throws as files::write_workbook.
std::vector<std::filesystem::path> write_tables(const std::filesystem::path& file,
                                                files::Workbook book, Classification classification,
                                                const std::vector<MaskedCell>& masked,
                                                const Language& language);

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
