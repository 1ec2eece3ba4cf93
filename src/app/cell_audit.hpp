// The last look at the masked cells of a table: whoever has it, what adds up in its units, and the
// tables that it was carried from, and reckons with all of them at once.
#pragma once

#include "app/hidden_cells.hpp"
#include "app/mask.hpp"

namespace diaban::app {

// Which cells of the group's columns must be hidden too, as place of the column and unit, so that
// every small count may be any number from 1 to k-1, of the dataset and of what it was carried
// from. Where one of them is small and hidden already, the list of masked cells must not say that
// it is small: of 4, 1 and 9 in a district, all hidden, the 9 could be no 4 if 4 and 1 were known
// to make a small one. The sums of districts, or of provinces where there are none, stay public as
// far as that can be had with them; where it cannot, they are left to app/summary_audit.hpp.
// `known` of earlier rounds need not be looked at again; what is found is added.
std::vector<std::pair<std::size_t, std::size_t>>
cells_to_hide(const Dataset& dataset, const CoupledColumns& group, CellsSeen seen,
              const MaskSpec& spec, KnownCells& known, base::JobContext& ctx);

} // namespace diaban::app
