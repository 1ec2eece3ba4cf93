// A query as the filter of maps, charts and tables: which units each period's picture is of.
//
// Guarantees: a condition without a period is about the period that is shown; a unit of which the
// answer is not known is neither in nor out but stands in a row of its own, and the rows of a
// legend still count every unit that is drawn.
#pragma once

#include "app/language.hpp"
#include "app/mask.hpp"
#include "app/selection.hpp"
#include "data/query.hpp"
#include "map/style.hpp"

namespace diaban::app {

struct QuerySources;

struct WhereFilter {
    std::string text; // the query
    // One flag per unit in each period of the data, in their order; one undated where there is
    // none.
    std::vector<std::pair<data::Period, std::vector<data::Flag>>> periods;

    // Of a period that the data does not have, the newest.
    const std::vector<data::Flag>& at(data::Period period) const;
    // The units that meet the query, ascending.
    Faces units(data::Period period) const;
};

// Nothing of an empty text. In public what is masked is not known to the query either. `sources`:
// what a project adds; nullptr: nothing. Throws as QueryGround, with the text.
std::shared_ptr<const WhereFilter> where_filter(const std::string& text,
                                                std::shared_ptr<const Dataset> dataset,
                                                const QuerySources* sources,
                                                Classification classification,
                                                const Language& language, base::JobContext& ctx);

// Units that do not meet the query get the row "not_in_query", pale, and those of which nobody
// knows the row "query_unknown" where there are some; units that do not exist stay so. Call it
// before count_drawn().
void set_aside(map::Style& style, const WhereFilter& filter, data::Period period,
               const Language& language);
// The rows of a legend that are of units the query names.
std::vector<map::LegendEntry> rows_in_query(const map::Style& style);
// The same data with the values of these units alone; of the others they are missing.
std::shared_ptr<const Dataset> with_values_of(const Faces& units,
                                              const std::shared_ptr<const Dataset>& dataset);

} // namespace diaban::app
