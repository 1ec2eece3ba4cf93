// `carry`: values of one vintage on the units of another.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"
#include "data/crosswalk_table.hpp"

namespace diaban::app {

struct CarryRequest {
    DataRequest data; // the values, on the units they were counted on
    // What they are carried to: another vintage of the same store (with the store's crosswalk), or
    // boundaries with a table of pairs.
    std::string to_vintage;
    std::filesystem::path to_boundaries;
    std::filesystem::path crosswalk;         // pairs of codes, with shares or without
    std::vector<std::filesystem::path> then; // tables that lead on from the codes of the one before
    std::filesystem::path shares;            // shares for pairs without, as a table of its own
    data::CrosswalkColumns columns;
    Classification classification = Classification::Public;
    std::filesystem::path out; // table: code, name, indicator, period, value, state
    friend bool operator==(const CarryRequest& a, const CarryRequest& b) {
        return a.data == b.data && a.to_vintage == b.to_vintage &&
               a.to_boundaries == b.to_boundaries && a.crosswalk == b.crosswalk &&
               a.then == b.then && a.shares == b.shares && a.columns.from == b.columns.from &&
               a.columns.to == b.columns.to && a.columns.share == b.columns.share &&
               a.classification == b.classification && a.out == b.out;
    }
};

struct CarryReport {
    CarryRequest request;
    std::shared_ptr<const Dataset> dataset; // before
    std::string to_name;                    // of the vintage or the boundaries
    data::UnitTable units;                  // after
    data::IndicatorCube cube;               // after; masked if public
    std::vector<MaskedCell> masked;         // of it
    std::shared_ptr<const Dataset> carried; // of a public report: the cube with all values
    data::Basis basis = data::Basis::Declared;
    std::size_t observed = 0, estimated = 0, missing = 0, other = 0; // cells after
    struct Total {
        std::string indicator;
        data::Period period;
        // before = after + withheld + lost (data::Balance); nothing: a small count of persons, or
        // what would give one away
        std::optional<double> before, after, withheld, lost;
    };
    std::vector<Total> totals; // of counts, by indicator and period
    base::Findings findings;
    std::vector<std::filesystem::path> files;
};

// Findings of data::carry know rows of units; here these get their names.
void name_units(base::Findings& findings, const data::UnitTable& from, const data::UnitTable& to);
// Between two vintages of a store: its own crosswalk, or the shortest chain of them; with the units
// whose values would not be whole. Throws Error Usage "error.carry.no_crosswalk".
data::CrosswalkRead crosswalk_between(const std::filesystem::path& store, const std::string& from,
                                      const std::string& to);
// Throws Error Usage ("error.carry.where", "error.carry.no_crosswalk"), Data, Write.
CarryReport run(const CarryRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx);
std::string to_json(const CarryReport& report, const Language& language);
std::string to_text(const CarryReport& report, const Language& language);
std::vector<std::string> to_flags(const CarryRequest& request);

} // namespace diaban::app
