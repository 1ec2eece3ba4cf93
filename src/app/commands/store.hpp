// `store init|import|list|check|export`: the store from the command line and the window.
#pragma once

#include "app/dataset.hpp"
#include "app/import.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"
#include "files/store_catalogue.hpp"
#include "files/store_check.hpp"

namespace diaban::app {

// A new store with the boundaries of a file as its first vintage, named data.vintage.
struct StoreInitRequest {
    std::filesystem::path store;
    DataRequest data;
    std::string title;
    std::string valid_from, valid_until; // "2009-01-01"; empty = open
    friend bool operator==(const StoreInitRequest&, const StoreInitRequest&) = default;
};
struct StoreInitReport {
    std::filesystem::path store;
    std::string vintage;
    std::size_t units = 0;
    base::Findings findings;
};

struct StoreListRequest {
    std::filesystem::path store;
    Classification classification = Classification::Public; // of the numbers of whole areas
    friend bool operator==(const StoreListRequest&, const StoreListRequest&) = default;
};
struct StoreCheckRequest {
    std::filesystem::path store;
    friend bool operator==(const StoreCheckRequest&, const StoreCheckRequest&) = default;
};

// The observations of a vintage as one long table, or the summary of a period by district, province
// and agency. Public unless asked otherwise: small counts of persons are masked.
struct StoreExportRequest {
    DataRequest data;                    // store and vintage
    std::vector<std::string> indicators; // empty: all
    bool summary = false;
    data::Period period; // undated: all, of a summary the newest
    std::string agency;  // only the communes it is responsible for in the period; empty: all
    Classification classification = Classification::Public;
    std::filesystem::path out;
    friend bool operator==(const StoreExportRequest&, const StoreExportRequest&) = default;
};
struct StoreExportReport {
    std::vector<std::filesystem::path> files;
    std::size_t rows = 0, masked = 0;  // the list of what was masked lies beside the first file
    std::string vintage;               // the boundaries that the numbers stand on
    std::vector<std::string> left_out; // further vintages of the store that have numbers
};

// Throws Error Usage ("error.store.exists"), Input, Data, Write.
StoreInitReport run(const StoreInitRequest& request, base::JobContext& ctx);
StoreExportReport run(const StoreExportRequest& request, const Language& language,
                      base::JobContext& ctx);

// The message id of what became of an import: a preview, written, the same as before, or nothing.
const char* said_of(const ImportReport& report);

std::string to_json(const StoreInitReport& report, const Language& language);
std::string to_text(const StoreInitReport& report, const Language& language);
std::string to_json(const ImportReport& report, const Language& language);
std::string to_text(const ImportReport& report, const Language& language);
std::string to_json(const files::StoreList& list);
std::string to_text(const files::StoreList& list, const Language& language);
std::string to_json(const files::StoreCheck& check, const Language& language);
std::string to_text(const files::StoreCheck& check, const Language& language);
std::string to_json(const StoreExportReport& report);

std::vector<std::string> to_flags(const StoreInitRequest& request);
std::vector<std::string> to_flags(const ImportRequest& request);
std::vector<std::string> to_flags(const StoreListRequest& request);
std::vector<std::string> to_flags(const StoreCheckRequest& request);
std::vector<std::string> to_flags(const StoreExportRequest& request);

// Findings and changes, one a line: UTF-8 with BOM, so that spreadsheets read the diacritics.
std::string import_report_csv(const ImportReport& report, const Language& language);

} // namespace diaban::app
