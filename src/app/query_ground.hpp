// What queries look at beside values, found once and kept: statuses, neighbours, distances to
// places, classes of stored results, saved sets.
//
// Guarantee: a QueryGround is a value; answering a query whose needs it has() reads nothing and
// waits for nothing, so that a window can count while somebody types.
#pragma once

#include "app/commands/near.hpp"
#include "app/neighbours.hpp"
#include "app/selection.hpp"
#include "app/statuses.hpp"
#include "app/stored_hotspots.hpp"
#include "data/query.hpp"

namespace diaban::app {

// What a project adds to the data.
struct QuerySources {
    std::vector<NamedSet> sets;
    std::vector<NearLine> lines;
    std::vector<OutlineWord> outline;
    std::vector<StoredHotspots> results;
    std::vector<UnitLink> links; // drawn by hand, of those results
    friend bool operator==(const QuerySources&, const QuerySources&) = default;
};
QuerySources query_sources(const Project& project);
// A dataset with its `outline`: whether units lie on the coast and the border, as far as the
// sources tell; the dataset itself where they tell of none. Throws as outline_flags() (near.hpp).
std::shared_ptr<const Dataset> with_outline(std::shared_ptr<const Dataset> dataset,
                                            const QuerySources& sources, const Language& language,
                                            base::JobContext& ctx);
// What a copied command needs beside the data for a query to be answered as here: --project where
// the query asks for what the project keeps; while that has no file, its lines. Sets and results
// cannot be told without a file.
std::vector<std::string> source_flags(const data::Query& query, const QuerySources& sources,
                                      const std::filesystem::path& project);

// The words of the classes that a stored result can give, in the order of its legend, without those
// that say that there is no class. Of a scan the clusters that a legend tells apart.
std::vector<std::string> result_words(const HotspotsRequest& request, const Dataset& dataset);
// What such a word is called in the legend of the result.
std::string result_text(const std::string& word, const HotspotsRequest& request,
                        const Language& language);

class QueryGround {
public:
    // Public: counts of persons that are masked are not known to a query either, so that nobody
    // finds them out by asking often enough.
    QueryGround(std::shared_ptr<const Dataset> dataset, QuerySources sources,
                Classification classification, base::JobContext& ctx);

    const Dataset& dataset() const { return *dataset_; }
    const QuerySources& sources() const { return sources_; }
    bool has(const data::QueryNeeds& needs, data::Period period) const;
    // Distances are to the places that exist in the period. Throws Error Usage, Data "error.near.*"
    // and as hotspots do; Cancelled.
    void find(const data::QueryNeeds& needs, data::Period period, const Language& language,
              base::JobContext& ctx);
    // Statuses that are known already.
    void take(const Statuses& statuses);
    // One flag per unit. Throws Error Usage "error.query.*".
    std::vector<data::Flag> flags(const data::Query& query, data::Period period) const;

private:
    std::shared_ptr<const Dataset> dataset_, shown_; // with all values; as it may be told
    QuerySources sources_;
    Classification classification_;
    std::shared_ptr<const geo::Csr> neighbours_;
    bool statuses_found_ = false;
    data::Period measured_; // of the places of inputs_.metres; undated where none has dates
    data::Period place_period(data::Period period) const;
    // Places of these kinds, with the lines and what was said by hand.
    NearRequest measured_to(std::vector<std::string> kinds) const;
    data::QueryInputs inputs_;
};

// The units that meet a query, and those of which nobody can say.
struct QueryUnits {
    Faces yes, unknown;
};
QueryUnits query_units(const std::vector<data::Flag>& flags);

// A query as a fact of a rule (rule_inputs()), of `statuses` as they are before the rule. Throws as
// QueryGround does, with the text.
std::vector<data::Flag> query_fact(const std::string& text, const Dataset& dataset,
                                   const Statuses& statuses, data::Period period,
                                   Classification classification, const QuerySources& sources,
                                   base::JobContext& ctx);

} // namespace diaban::app
