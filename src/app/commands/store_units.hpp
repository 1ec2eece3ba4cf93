// `store vintage|crosswalk|names|agency|places`: what a store knows of places and units over time.
#pragma once

#include "app/commands/store_records.hpp"
#include "data/crosswalk_table.hpp"

namespace diaban::app {

// A further vintage: boundaries from a file, named data.vintage.
struct VintageRequest {
    RecordAction action = RecordAction::List;
    DataRequest data; // store, boundaries and vintage
    std::string valid_from, valid_until;
    bool dry_run = false; // of a removal: only what it would do
    friend bool operator==(const VintageRequest&, const VintageRequest&) = default;
};

// Between two vintages of the store: from a table of pairs (with shares, or shares in a second
// table) or several that lead from one to the next, or by laying one over the other.
struct StoreCrosswalkRequest {
    RecordAction action = RecordAction::List;
    std::filesystem::path store;
    std::string from, to;
    std::filesystem::path table, shares;
    std::vector<std::filesystem::path> then; // tables that lead on from the codes of the one before
    data::CrosswalkColumns columns;
    bool overlay = false;
    double least_share = 0.001; // of a unit; less is a sliver of borders drawn twice
    friend bool operator==(const StoreCrosswalkRequest& a, const StoreCrosswalkRequest& b) {
        return a.action == b.action && a.store == b.store && a.from == b.from && a.to == b.to &&
               a.table == b.table && a.shares == b.shares && a.then == b.then &&
               a.columns.from == b.columns.from && a.columns.to == b.columns.to &&
               a.columns.share == b.columns.share && a.overlay == b.overlay &&
               a.least_share == b.least_share;
    }
};

// What codes were called and when, or which agency is responsible for a commune and when; from a
// table.
struct UnitRecordsRequest {
    enum class Kind { Names, Agency } kind = Kind::Names;
    RecordAction action = RecordAction::List;
    std::filesystem::path store, file;
    std::string code, agency;  // to list or remove some; empty: all
    std::string day;           // only what holds on it; empty: at any time
    std::string province;      // names to add: only of codes that were ever in it, by code or name
    std::filesystem::path out; // all rows as CSV
    friend bool operator==(const UnitRecordsRequest&, const UnitRecordsRequest&) = default;
};

// Places such as support services: points, lines or areas of a file with their attributes, and with
// the time they exist: of the file's columns (see files::read_places), else `valid_from` until
// before `valid_until`. Listed and written are those of a kind and a day.
struct StorePlacesRequest {
    RecordAction action = RecordAction::List;
    std::filesystem::path store, file;
    std::string crs; // of the file's coordinates; empty: as the file says, metres are refused
    std::string kind, name, valid_from, valid_until, day;
    std::filesystem::path out; // what is listed, as .gpkg .geojson .shp .fgb .kml .csv
    friend bool operator==(const StorePlacesRequest&, const StorePlacesRequest&) = default;
};

// All throw Error Usage, Input, Data, Database, Write.
RecordsReport run(const VintageRequest& request, base::JobContext& ctx);
RecordsReport run(const StoreCrosswalkRequest& request, base::JobContext& ctx);
RecordsReport run(const UnitRecordsRequest& request, base::JobContext& ctx);
RecordsReport run(const StorePlacesRequest& request, base::JobContext& ctx);

std::vector<std::string> to_flags(const VintageRequest& request);
std::vector<std::string> to_flags(const StoreCrosswalkRequest& request);
std::vector<std::string> to_flags(const UnitRecordsRequest& request);
std::vector<std::string> to_flags(const StorePlacesRequest& request);

} // namespace diaban::app
