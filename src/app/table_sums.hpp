// What the row of a district says in a table that leaves as a file.
//
// Guarantees: reckoned as on the screen (app/aggregate.hpp): counts are summed, rates made anew,
// never averaged. Where cells are masked, a sum is hidden wherever the public summary hides it
// (app/summary_mask.hpp), so that cells, subtotals and that summary together tell of no small
// count; one of only some units of an area, wherever a cell of theirs is hidden. Smoothed rates are
// those of the masked cube.
#pragma once

#include "app/summary_areas.hpp"

#include <map>

namespace diaban::app {

class TableSums {
public:
    // `shown` has the cells as they stand in the file: `dataset` itself if nothing is masked.
    TableSums(std::shared_ptr<const Dataset> dataset, std::shared_ptr<const Dataset> shown,
              const Language& language, base::JobContext& ctx);
    // The period is one that the indicator has values in (app/held_period.hpp). What is hidden must
    // not leave.
    struct Sum {
        Aggregate whole;
        bool hidden = false;
    };
    Sum of(std::size_t indicator, std::size_t period, const std::vector<geo::FaceId>& units);

private:
    // What is hidden of the finest areas in a period.
    struct Hidden {
        std::vector<std::size_t> area_of, sizes; // by unit; by area
        HiddenSums hides;
    };
    const Hidden& hidden_in(std::size_t period);
    bool hides(std::size_t indicator, std::size_t period, const std::vector<geo::FaceId>& units);

    std::shared_ptr<const Dataset> dataset_, shown_;
    const Language& language_;
    base::JobContext& ctx_;
    std::map<std::size_t, Hidden> hidden_; // by period
};

} // namespace diaban::app
