// Masking small counts of persons before anything leaves the program (conventions.md 6).
//
// Guarantees: in a masked cube no count of persons from 1 to k-1 and no rate built on one can be
// read, nor be found by subtracting from the total of a district, of a province or of everything,
// nor from numbers that add up with it (the halves of a year, people in centres and in the
// community): for all that these sums and the list of masked cells tell, it may be any number from
// 1 to k-1, unless the list itself says more (a small sum of two small counts is 2 at least); so it
// is beside tables that numbers were carried from (cell_audit.hpp). Where an area has nothing left
// to hide it behind, its sums are hidden in turn wherever they are published (summary_mask.hpp,
// summary_audit.hpp). Communes and statuses are not persons and stay. Zero stays zero.
#pragma once

#include "app/dataset.hpp"

namespace diaban::app {

enum class Classification { Public, Internal };

struct MaskSpec {
    int k = 10; // counts below are masked: 5 or 10
};

struct MaskedCell {
    std::string unit, indicator;
    data::Period period;
    bool complementary = false; // not because it is small, for all that anybody is to know
    std::size_t row = 0;        // of the unit
};

struct Masked {
    std::shared_ptr<const Dataset> dataset; // the same object if nothing had to be masked
    std::vector<MaskedCell> cells;
};

// True for indicators that count persons: marked so, with a person unit, or named so.
bool counts_persons(const data::Indicator& indicator);
// The same of an indicator that only its code and a name are known of.
bool counts_persons(const std::string& id, const std::string& name);
// A count of persons that is not to be read in public, were it the only number of its page.
bool too_few(double value, const MaskSpec& spec = {});
// What earlier public files of the store told of these numbers, and the public tables on other
// boundaries of those that were carried from there (app/told_before.hpp), is reckoned with.
// Throws Cancelled.
Masked mask(std::shared_ptr<const Dataset> dataset, const MaskSpec& spec, base::JobContext& ctx);
// The same, to its end: where it is made already, and where nobody could stop it.
Masked mask(std::shared_ptr<const Dataset> dataset, const MaskSpec& spec);
// A total of all units, less what the public table shows, would give a hidden count away: nothing
// was left to hide it behind.
bool total_tells(const data::Slice& all, const data::Slice& shown, const MaskSpec& spec = {});
// Of each unit the smallest area whose totals are public: its district, else its province, else
// everything.
std::vector<geo::GroupIndex> finest_groups(const data::UnitTable& units);
// The masked cube with a number for every masked cell, so that statistics can be published: the
// middle of what anybody can tell of it, between 1 and k-1, or between k and the smallest count
// that its district (province) shows. Rates are made anew from such numbers. It is made of the
// masked cube alone, so nothing that is computed from it can tell more than the masked cube does.
std::shared_ptr<const data::IndicatorCube> with_stand_ins(const Masked& masked,
                                                          const MaskSpec& spec);
// What anybody can tell of each masked cell, as two cubes: the least and the most that it may be,
// from 1 to k-1 or, of a cell masked for the sake of another, from 0 on. Whatever else is shown is
// the same in both. `all`: with all values; it tells what was masked, never how much it is.
struct MaskedBounds {
    std::shared_ptr<const data::IndicatorCube> least, most;
};
MaskedBounds bounds_of(const Masked& masked, const data::IndicatorCube& all, const MaskSpec& spec);
// Writes <file>.masked.csv beside a file: unit, indicator, period and reason of each masked cell.
// Throws Error Write.
void write_masked_list(const std::filesystem::path& file, const std::vector<MaskedCell>& cells);

} // namespace diaban::app
