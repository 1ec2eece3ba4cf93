// `pack`: the meeting pack, pages for a meeting made at one go: title, key numbers, status maps,
// change map and matrix, targets of a plan, clusters, the highest values, communes near places,
// method and quality of the data. One PDF, or one deck of slides.
//
// Guarantees: all pages are made of one dataset by the functions behind `status`, `transitions`,
// `targets`, `hotspots`, `table` and `near`, masked in one way; a number that stands on several
// pages is the same on all of them, or nothing is written (check_pack()); a page for which there is
// no data is left out and that is said, in the findings and on the page about the data; the same
// request on the same data gives the same bytes for any number of threads.
#pragma once

#include "app/commands/near.hpp"
#include "app/statuses.hpp"
#include "map/layout.hpp"

namespace diaban::app {

struct QuerySources; // app/query_ground.hpp

inline constexpr std::size_t kMostPackRows = 100; // of the table of the highest values
inline constexpr std::uint64_t kPackSeed = 1;     // of the permutations of the clusters

struct PackRequest {
    Across across = Across::No; // or Carried: all years on one vintage of a store
    DataRequest data;
    StatusChoice statuses;
    Domains domains = Domains::Both;
    data::Period period;   // undated: the newest with statuses
    data::Period before;   // compared with it; undated: the one before that has statuses
    std::string plan;      // as of TargetsRequest; empty: no page of targets
    std::string rule;      // as of StatusRequest: told of, and drawn where nothing is reported
    std::string indicator; // of the clusters and the highest values; empty: the first rate, else
                           // the first number
    std::size_t top = 10;  // rows of the highest values, 1 to kMostPackRows
    // What communes are near to, as of NearRequest; no kinds: industrial zones where there are
    // any, else all.
    std::vector<std::string> kinds;
    std::vector<NearLine> lines;
    std::vector<OutlineWord> outline;
    double within_m = 5000;
    std::vector<LineLayer> layers;         // over the maps, as `map` draws them
    std::vector<std::string> hidden_kinds; // places that are left out of the maps of statuses
    std::string size = "slide";            // of the pages of a PDF; slides have their own
    std::string title, source;             // empty: made from the data
    Classification classification = Classification::Public;
    std::filesystem::path out; // .pdf, .pptx
    friend bool operator==(const PackRequest&, const PackRequest&) = default;
};

// ---- What the pages say, before they are drawn
// Words, or a number that is written as the language writes numbers. `key`: what the number (else
// the words) tells of, "drug/2015/hot"; wherever a key stands, it stands with the same.
struct PackCell {
    std::string text;
    std::optional<std::size_t> count;
    std::string key;
};
struct PackTable {
    std::vector<std::string> header;
    std::vector<bool> numbers; // columns that stand to the right
    std::vector<std::vector<PackCell>> rows;
    std::vector<std::vector<PackCell>> elsewhere; // rows of its other parts
    bool sums = false;  // the last row and the last column are the sums of the others
    std::string note;   // below; of a long table below its last part
    std::string always; // below every part of it, before the note
};
// A number in a sentence or a list of its own.
struct PackFigure {
    std::string key, label;
    std::size_t count = 0;
};
struct PackPage {
    enum class Kind { Title, Map, Table } kind = Kind::Table;
    std::string id; // "title", "numbers", "status-drug", "change", "matrix-drug", "targets", ...
    map::Page page; // its words; of a map all that is drawn. Of other pages only the words are
    std::vector<map::FarUnits> far;       // in little maps of their own
    std::vector<std::string> legend_keys; // of the rows of the legend, added up; empty: none
    std::string unit_key; // "drug/2015/unit/": the row of each unit, before its number; empty: none
    PackTable table;
    std::vector<PackFigure> figures;
    std::vector<std::string> notes; // for whoever speaks
    // Pages next to each other that name the same group may share a sheet: tables, or tables and
    // the map before them. Its title where there is no map, and what stands above this one there.
    std::string group, shared_title, heading;
    // Of a sheet (pack_parts.hpp): the further pages on it; of how many sheets it is one.
    std::vector<PackPage> with;
    std::size_t parts = 1;
};
struct PackLeftOut {
    std::string page, reason; // in the language
};
struct Pack {
    PackRequest request; // with its blanks filled in
    std::shared_ptr<const Dataset> dataset;
    std::vector<PackPage> pages;
    std::vector<PackLeftOut> left_out;
    std::vector<MaskedCell> masked; // of all pages, each once
    base::Findings findings;
};

// Nothing is written. Throws Error Usage "error.pack.format" (a file that is neither), "error.pack.
// nothing" (no page but the title), "error.pack.same_year", "error.pack.order" (compared with a
// later period); as the verbs do for what was asked for by name: a year, a plan,
// an indicator, a kind of place; Data as check_pack(); Cancelled.
Pack make_pack(const PackRequest& request, std::shared_ptr<const Dataset> dataset,
               const Language& language, base::JobContext& ctx,
               const QuerySources* sources = nullptr);
// Throws Error Data "error.pack.disagrees" naming both pages and both numbers, "error.pack.sum" for
// a table whose sums are none, "error.legend.disagrees" for a map.
void check_pack(const Pack& pack, const Language& language);
// All numbers with a key, each once, by key.
std::vector<PackFigure> figures_of(const Pack& pack);

struct PackReport {
    PackRequest request; // with its blanks filled in
    struct Page {
        std::string id, title;
        std::vector<std::string> with; // ids of the others on the same sheet
    };
    std::vector<Page> pages; // as they are in the file: a long table is on several
    std::vector<PackLeftOut> left_out;
    std::vector<PackFigure> figures;
    std::size_t masked = 0;
    base::Findings findings;
    std::vector<std::filesystem::path> files;
};
// Makes, checks and writes it, with the list of what was masked beside it; internal ones are in the
// log of the store before. Throws as make_pack(), map::paint_page(), and Error Write.
PackReport run(const PackRequest& request, std::shared_ptr<const Dataset> dataset,
               const Language& language, base::JobContext& ctx,
               const QuerySources* sources = nullptr);
// What whoever holds the file should know, at most ten of it: a plan of another year, overrides of
// unknown communes. Remarks are on the pages only.
std::vector<std::string> pack_warnings(const PackReport& report, const Language& language);
std::string to_json(const PackReport& report, const Language& language);
std::string to_text(const PackReport& report, const Language& language);
std::vector<std::string> to_flags(const PackRequest& request);
// With the data, layers and places of a project; years and pages as a pack has them of its own.
PackRequest pack_request(const Project& project);
// "tai_lieu_hop_tinh_mau_2015.pdf".
std::string pack_name(const Dataset& dataset, data::Period period, std::string_view extension,
                      const Language& language);

} // namespace diaban::app
