// `query`: the units that meet conditions combined with and, or, not and "next to"
// (data/query.hpp).
//
// Guarantees: a unit of which something is not known is neither in nor out but counted as unknown;
// in public what is masked is not known to a query either (conventions.md 6).
#pragma once

#include "app/commands/map.hpp"
#include "app/commands/saved_queries.hpp"
#include "app/commands/table.hpp"
#include "app/query_ground.hpp"

namespace diaban::app {

struct QueryRequest {
    DataRequest data;
    std::string text;     // the query; or
    std::string use;      // the name of a saved one
    std::string save;     // kept under this name; empty: not
    bool replace = false; // another one that is saved under that name
    std::string forget;  // the name of a saved one that is to be kept no longer, in place of asking
    bool list = false;   // which are saved, in place of asking
    data::Period period; // of conditions that name none; undated: as a map would choose it
    PageChoice page;
    double dpi = 0;
    Classification classification = Classification::Public;
    std::filesystem::path out;     // .csv .xlsx .ods .html
    std::filesystem::path map_out; // .png, .svg, .pdf; empty: none
    friend bool operator==(const QueryRequest&, const QueryRequest&) = default;
};

struct QueryReport {
    QueryRequest request; // with the text of a saved query
    data::Query query;
    data::Period period;
    QueryUnits units;
    std::size_t of = 0;   // units there are
    std::string sentence; // "38 of 156 communes meet: …", in the language
    StyledMap map;        // as a layer: in, out, not known
    std::shared_ptr<const Dataset> dataset;
    std::vector<std::filesystem::path> files;
};

// The period that is meant where none is named: the one asked for, else the newest with data.
data::Period query_period(const Dataset& dataset, data::Period asked);
// Units as a layer of two or three rows; the third only where `unknown` has words.
struct UnitsLayer {
    std::string in, out, unknown; // of the legend
    std::string legend_title, title, line;
};
StyledMap units_map(const QueryUnits& units, UnitsLayer words, const Dataset& dataset);
// The answer as a layer.
StyledMap query_map(const data::Query& query, const QueryUnits& units, data::Period period,
                    const Dataset& dataset, const Language& language);

// Throws Error Usage "error.query.*"; Data, Cancelled as QueryGround.
QueryReport run(const QueryRequest& request, std::shared_ptr<const Dataset> dataset,
                const QuerySources& sources, const Language& language, base::JobContext& ctx);
// The codes of the units that meet a query, in their order. Throws as run().
std::vector<data::UnitCode> codes_meeting(const QueryRequest& request,
                                          std::shared_ptr<const Dataset> dataset,
                                          const QuerySources& sources, const Language& language,
                                          base::JobContext& ctx);
// The files asked for.
void write(QueryReport& report, const Language& language, base::JobContext& ctx);
std::string to_json(const QueryReport& report);
std::string to_text(const QueryReport& report, const Language& language);
std::vector<std::string> to_flags(const QueryRequest& request);

// Of a table only the rows whose units meet its `where`. Throws Error Usage "error.query.nobody"
// where none does.
TableRequest narrowed(TableRequest request, std::shared_ptr<const Dataset> dataset,
                      const QuerySources& sources, const Language& language, base::JobContext& ctx);

} // namespace diaban::app
