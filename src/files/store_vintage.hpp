// Changing what a store knows of places and units: a further vintage, crosswalks, names and
// agencies by date, support services.
//
// Guarantees: one transaction each; units of vintages that are there keep their ids, so
// observations stay where they are; layers and spatial index are as a new store has them.
#pragma once

#include "data/unit_records.hpp"
#include "files/store.hpp"

namespace diaban::files {

class Database;

// Adds a vintage; QGIS sees it as the layer unit_<id>. An older one that is open ends where this
// one begins, with a finding. Throws Error Data "error.store.vintage_exists", Database, Write.
void add_vintage(const std::filesystem::path& store, const StoredVintage& vintage,
                 base::Findings& findings, base::JobContext& ctx);

// Takes a vintage out with its units and its layer; one that ended where it began goes on until
// where it ended, with a finding. Not where it is the only one, nor where anything needs it. A dry
// run only looks, and finds the same. How many units there are or were. Throws Error Usage
// "error.store.unknown_vintage"; Data "error.store.vintage_alone", "error.store.vintage_in_use";
// Input, Database, Write.
std::size_t remove_vintage(const std::filesystem::path& store, const std::string& vintage,
                           bool dry_run, base::Findings& findings, base::JobContext& ctx);

// Takes the place of the one between the same vintages. `incomplete`: units of `to` that get a part
// whose share nobody knows. `source`: the file, or how it was made.
void put_crosswalk(const std::filesystem::path& store, const data::Crosswalk& crosswalk,
                   const std::vector<std::size_t>& incomplete, const std::string& source,
                   base::JobContext& ctx);
std::size_t remove_crosswalk(const std::filesystem::path& store, const std::string& from,
                             const std::string& to, base::JobContext& ctx);
struct CrosswalkInfo {
    std::string from, to, basis, source;
    std::uint64_t pairs = 0, incomplete = 0;
};
std::vector<CrosswalkInfo> list_crosswalks(const std::filesystem::path& store);
std::vector<std::size_t> read_incomplete(const std::filesystem::path& store,
                                         const std::string& from, const std::string& to);

struct RecordChanges {
    std::size_t added = 0, revised = 0;
};
RecordChanges put_unit_names(const std::filesystem::path& store,
                             const std::vector<data::UnitName>& names, base::JobContext& ctx);
std::vector<data::UnitName> read_stored_names(const std::filesystem::path& store);
RecordChanges put_assignments(const std::filesystem::path& store,
                              const std::vector<data::Assignment>& assignments,
                              base::JobContext& ctx);
std::size_t remove_assignments(const std::filesystem::path& store, const std::string& code,
                               const std::string& agency, base::JobContext& ctx);
std::vector<data::Assignment> read_stored_assignments(const std::filesystem::path& store);
std::vector<data::Assignment> read_stored_assignments(const Database& database);

struct StoredPlace {
    data::Place place; // WGS 84 degrees
    std::string from, until;
};
// Places of the same kind, code and name are replaced by those given; of those without code and
// name, the ones at the same spot.
RecordChanges put_places(const std::filesystem::path& store, const std::vector<StoredPlace>& places,
                         base::JobContext& ctx);
std::size_t remove_places(const std::filesystem::path& store, const std::string& kind,
                          const std::string& name, base::JobContext& ctx);
std::vector<StoredPlace> read_stored_places(const std::filesystem::path& store);

} // namespace diaban::files
