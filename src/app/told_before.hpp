// What is public of single cells beside the tables that are about to be masked: earlier public
// files of the store, whose numbers an import may have changed since; and, of numbers that were
// carried from other boundaries, the tables on those.
//
// Guarantees: a number that was hidden in an earlier file stays hidden for as long as it is the
// same, so no later file opens an earlier one; a number that was shown hides nothing any more.
#pragma once

#include "app/dataset.hpp"
#include "app/mask.hpp"

#include <map>
#include <span>
#include <vector>

namespace diaban::app {

enum class Told : std::uint8_t {
    Nothing,
    Kept, // to be hidden in any case
    Known // public elsewhere: it hides nothing
};

class ToldBefore {
public:
    ToldBefore(const Dataset& dataset, const MaskSpec& spec, base::JobContext& ctx);
    // By unit; empty: nothing is told of the column.
    std::span<const Told> of(std::size_t indicator, std::size_t period) const;

private:
    std::vector<Told>& column(std::size_t indicator, std::size_t period, std::size_t units);
    void add_earlier_files(const Dataset& dataset);
    void add_carried(const Dataset& dataset, const CarriedFrom& from, const MaskSpec& spec,
                     base::JobContext& ctx);

    std::map<std::pair<std::size_t, std::size_t>, std::vector<Told>> columns_;
};

// What a public file of these data tells of the counts of persons: `all` with all values, `shown`
// as mask() left it. Those columns that the store has not yet of an earlier file.
std::vector<files::PublicColumn> newly_told(const Dataset& all, const data::IndicatorCube& shown);

} // namespace diaban::app
