// The hidden counts of one table as numbers of a linear program: those of a group of columns that
// add up with each other, with what adds up of them in each unit and in areas.
#pragma once

#include "analysis/hidden_numbers.hpp"
#include "app/coupled_columns.hpp"
#include "app/dataset.hpp"
#include "geo/point.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <vector>

namespace diaban::app {

enum class CellSeen : std::uint8_t {
    Absent, // has no number
    Public,
    Fixed, // public, and to hide it would hide nothing
    Hidden,
    Unsaid // hidden and small, and nobody says so
};

// By place in the group's columns, and unit.
using CellsSeen = std::vector<std::vector<CellSeen>>;
// What every hidden count must be able to be: any from 1 to k-1, or if it is none of these one
// step.
struct CellWishes {
    using Key = std::tuple<std::size_t, std::size_t, std::size_t>; // table, column, unit
    const std::set<Key>& known;                                    // to be true already: left out
    std::vector<analysis::HiddenNumbers::Wish> wishes;
    std::vector<Key> keys; // of the wishes
};
// What is known of the hidden cells of a group while more of it is hidden.
struct KnownCells {
    using Cell = std::pair<std::size_t, std::size_t>; // column of the group, unit
    // As free as they can be, as long as the list says of these cells that they are small: found so
    // with what was hidden then. What is hidden later for the sake of others may free one more,
    // which is not looked for: its sums are hidden then that might have stayed.
    using Settled = std::map<CellWishes::Key, std::vector<Cell>>;

    std::set<CellWishes::Key> free;        // and so they stay
    Settled settled, settled_without_sums; // while the sums of areas are public; while they are not

    // The list says it no more.
    void forget_resting_on(const Cell& cell);
};

// `shown` is the dataset as the public table has it.
CellsSeen cells_seen(const Dataset& all, const Dataset& shown, const CoupledColumns& group);

class HiddenCells {
public:
    using Number = analysis::HiddenNumbers::Number;
    // All but `seen` outlive this.
    HiddenCells(analysis::HiddenNumbers& numbers, const data::IndicatorCube& cube,
                const CoupledColumns& group, CellsSeen seen, int k);

    CellSeen seen(std::size_t column, std::size_t unit) const { return seen_[column][unit]; }
    double value(std::size_t column, std::size_t unit) const;
    std::optional<Number> at(std::size_t column, std::size_t unit) const;
    // A number for each hidden cell of these units.
    void add_hidden(std::size_t unit);
    void add_all_hidden();
    // A cell that is shown, and may be hidden.
    Number add_public(std::size_t column, std::size_t unit);
    // What adds up in each unit. `may_hide`: with the cells that are shown of what adds up to a
    // hidden one, which may be hidden then; else these stay.
    void add_up_units(bool may_hide);
    // What the units have together of a column, as a number that is public and may be hidden;
    // nothing if there is none to be found in it.
    std::optional<Number> add_sum(std::size_t column, std::span<const geo::FaceId> units);
    // The same of a sum that stays public.
    void know_sum(std::size_t column, std::span<const geo::FaceId> units);

    // Those of every hidden count. `table` tells it from other tables.
    void add_wishes(CellWishes& wishes, std::size_t table) const;
    struct Cell {
        std::size_t column, unit;
        Number number;
    };
    // Those that were added as public, the cheapest first.
    std::vector<Cell> shown() const;
    // Those of which the list of masked cells says that they are small.
    std::vector<Cell> said_small() const;

private:
    bool hidden(std::size_t column, std::size_t unit) const {
        return seen_[column][unit] == CellSeen::Hidden || seen_[column][unit] == CellSeen::Unsaid;
    }
    void add(std::size_t column, std::size_t unit, double least, double most);
    analysis::HiddenNumbers::Terms terms(std::size_t column,
                                         std::span<const geo::FaceId> units) const;

    analysis::HiddenNumbers& numbers_;
    const data::IndicatorCube& cube_;
    const CoupledColumns& group_;
    CellsSeen seen_;
    int k_;
    std::vector<std::map<std::size_t, Number>> number_; // by column and unit
};

} // namespace diaban::app
