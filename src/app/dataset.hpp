// Loading: from the flags of conventions.md 1 (files, store or project) to one immutable snapshot
// that every command and every panel works on.
#pragma once

#include "base/job.hpp"
#include "data/crosswalk.hpp"
#include "data/join.hpp"
#include "data/name_join.hpp"
#include "data/place.hpp"
#include "data/status.hpp"
#include "files/boundaries.hpp"
#include "files/places.hpp"
#include "files/store_public.hpp"
#include "files/tables.hpp"

#include <map>
#include <memory>
#include <mutex>

namespace diaban::app {

// Where the data comes from. Either `boundaries` (with an optional table) or `store`.
struct DataRequest {
    // files
    std::filesystem::path boundaries;
    std::string layer, code_column, name_column, encoding = "auto", crs;
    std::string tolerance;    // "1e-8deg", "0.1m"; empty = default
    std::filesystem::path db; // empty: values are columns of the boundaries
    std::string table, key, year_column;
    std::vector<std::string> values; // "pop_total", "hr{year}"
    std::string denominator;
    double scale = 1000; // of the rate value / denominator
    // Rows without a known code are found by name (conventions.md 3). `aliases`: a CSV of approved
    // names, read if it exists. `accept_names`: "all" or numbers of suggestions ("1,4-6").
    bool by_name = false;
    std::string name_key, accept_names; // name_key: the table's name column; empty = found
    std::filesystem::path aliases;
    // store
    std::filesystem::path store;
    std::string vintage; // empty: the oldest
    // both
    std::vector<files::PlacesSource> places;
    bool use_cache = true;
    friend bool operator==(const DataRequest&, const DataRequest&) = default;

    bool empty() const { return boundaries.empty() && store.empty(); }
};

// How much of the work a command needs. Less is faster.
enum class Need {
    Topology,   // boundaries and borders, no values: check, weights
    Values,     // boundaries as they are and values, no borders: join, classes
    Picture,    // values and borders, no detail levels, overlaps counted only: map, where
    Everything, // also the levels of detail for zooming: the window
};

struct Dataset;
struct PublicThere;
// Columns of a dataset that were carried from other boundaries: from which numbers.
struct CarriedFrom {
    std::shared_ptr<const Dataset> there;
    data::Crosswalk crosswalk;
    std::vector<std::pair<data::IndicatorId, data::Period>> columns;
    // What is public there, once somebody asked (app/carried_mask.hpp).
    struct Made {
        std::once_flag once;
        std::shared_ptr<const PublicThere> public_there;
    };
    std::shared_ptr<Made> made = std::make_shared<Made>();
};

struct Masked;
// What masking rests on.
struct MaskedOf {
    std::shared_ptr<const data::IndicatorCube> cube;
    std::shared_ptr<const data::Vintage> vintage;
    std::vector<files::PublicColumn> told_before;
    std::vector<std::shared_ptr<const Dataset>> carried_from;
    friend bool operator==(const MaskedOf&, const MaskedOf&) = default;
};
// What mask() made of a dataset as usual, once somebody asked.
class MaskedOnce {
public:
    MaskedOnce() = default;
    MaskedOnce(const MaskedOnce&) {} // a copy has none: it is about to be changed
    MaskedOnce& operator=(const MaskedOnce&) = delete;
    // Whoever asks while it is made waits. `make` gives a shared pointer to Masked.
    template <typename Make> const Masked& get(MaskedOf of, Make make) const {
        const std::scoped_lock lock(mutex_);
        if (!made_ || of_ != of) {
            made_ = make();
            of_ = std::move(of);
        }
        return *made_;
    }

private:
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Masked> made_;
    mutable MaskedOf of_;
};

// All that was read, built and joined. Immutable: shared between jobs, painters and panels.
struct Dataset {
    DataRequest request;
    std::string title;   // of the data: store title or file name
    bool sample = false; // fictional data; shown everywhere
    std::shared_ptr<const data::Vintage> vintage;
    std::shared_ptr<const data::IndicatorCube> cube; // on the vintage's units
    data::JoinReport join;                           // of the table, if there was one
    data::NameReport names;                          // of a join by name
    bool joined = false;
    std::vector<data::PlaceLayer> places; // map CRS
    std::vector<std::string> vintages;    // of the store, oldest first
    // About the file
    geo::Crs source_crs;
    std::string boundaries_name; // file name and layer, for source lines
    std::string table_name;
    std::vector<geo::CrsGuess> crs_candidates;
    std::string encoding;
    files::Evidence encoding_evidence = files::Evidence::Format;
    std::vector<std::string> sample_names;
    std::size_t source_vertices = 0;
    base::Findings findings;              // geometry, encoding, join: all of them
    std::vector<std::string> sort_keys;   // Vietnamese order of names, per unit; for the window
    std::vector<std::string> search_keys; // name and code, per unit; for the window
    std::vector<int> decimals;            // shown of each indicator's values
    // What masking reckons with (app/told_before.hpp): what public files of the store told of this
    // vintage, and where carried years come from.
    std::vector<files::PublicColumn> told_before;
    std::vector<CarriedFrom> carried_from;
    // Of a masked copy: hidden counts from 1 to k-1 of which the list of masked cells does not say
    // that they are small.
    struct Place {
        std::size_t indicator, period, unit;
    };
    std::vector<Place> unsaid_small;
    MaskedOnce masked;
    // Who lies on the "coast" and the "border", one flag per unit; where that was found
    // (with_outline() of query_ground.hpp).
    std::map<std::string, std::vector<data::Flag>> outline;
};

// Throws Error. Stages: stage.read, stage.coverage, stage.table, stage.join.
std::shared_ptr<const Dataset> load(const DataRequest& request, Need need, base::JobContext& ctx);

// The names of the files that the data come from, each once, for source lines: boundaries or store,
// table and, if `places`, place layers.
std::string source_names(const Dataset& dataset, bool places);

// What was assumed of where places lie ("places_metres", "places_elsewhere"): every distance to
// them rests on it.
base::Findings place_assumptions(const Dataset& dataset);

// Throws Error Usage "error.out.is_input" if `out` is one of the files that were read: what was
// made of it would take its place.
void check_output(const DataRequest& read, const std::filesystem::path& out);

// The names that were approved in earlier joins: none before the first. Throws Error if the file is
// there, or may be there, and cannot be read.
std::vector<data::Alias> approved_names(const std::filesystem::path& file, base::JobContext& ctx);

// Parses "1e-8deg" or "0.1m" into units of the source CRS. Throws Error Usage.
double parse_tolerance(const std::string& text, const geo::Crs& source);

} // namespace diaban::app
