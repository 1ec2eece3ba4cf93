// What rules need to know beyond the cube: where units lie, and the statuses of their neighbours.

#include "app/commands/status.hpp"

#include "app/query_ground.hpp"
#include "geo/contiguity.hpp"
#include "geo/locate.hpp"
#include "geo/nearness.hpp"

#include <algorithm>
#include <set>

namespace diaban::app {
namespace {

using data::Flag;

std::vector<Flag> on_the_edge(const geo::Coverage& coverage) {
    std::vector<Flag> out(coverage.face_count(), Flag::No);
    for (const auto& arc : coverage.arcs()) {
        if (arc.left == geo::kOutside && arc.right != geo::kOutside) out[arc.right] = Flag::Yes;
        if (arc.right == geo::kOutside && arc.left != geo::kOutside) out[arc.left] = Flag::Yes;
    }
    return out;
}

std::vector<Flag> with_place(const Dataset& dataset, const std::string& kind, data::Period period) {
    std::vector<Flag> out(dataset.vintage->units.size(), Flag::No);
    const geo::Locator locator(dataset.vintage->coverage);
    std::vector<geo::Shape> lines; // run through several units
    bool any = false;
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places) {
            if (place.kind != kind) continue;
            any = true;
            if (!data::exists_in(place, period)) continue;
            if (place.line)
                lines.push_back({geo::Shape::Kind::Lines, place.rings});
            else if (const auto face = locator.face_at(place.at))
                out[*face] = Flag::Yes;
        }
    if (!lines.empty()) {
        const geo::FaceRuns units(dataset.vintage->coverage);
        const geo::ShapeIndex index(std::move(lines));
        for (geo::FaceId face = 0; face < out.size(); ++face)
            if (!geo::nearest_shapes(units, face, index, {.distance = 0}).empty())
                out[face] = Flag::Yes;
    }
    // Without a layer of such places nothing is known about them.
    if (!any) out.assign(out.size(), Flag::Unknown);
    return out;
}

std::vector<Flag> beside(const geo::Coverage& coverage, const std::vector<data::Status>& statuses,
                         data::Status at_least) {
    const auto neighbours = geo::neighbours(coverage, geo::Contiguity::Queen);
    std::vector<Flag> out(statuses.size(), Flag::No);
    for (std::size_t i = 0; i < out.size(); ++i)
        for (const auto j : neighbours.row(i)) {
            const auto s = statuses[j];
            const auto one = s == data::Status::Unknown                    ? Flag::Unknown
                             : data::rank_of(s) >= data::rank_of(at_least) ? Flag::Yes
                                                                           : Flag::No;
            out[i] = data::either(out[i], one);
        }
    return out;
}

void collect_facts(const std::vector<data::Criterion>& criteria, std::set<std::string>& facts) {
    for (const auto& c : criteria) {
        facts.insert(c.facts.begin(), c.facts.end());
        collect_facts(c.any, facts);
    }
}

std::set<std::string> facts_of(const data::Rule& rule) {
    std::set<std::string> facts;
    for (const auto& rule_class : rule.classes) collect_facts(rule_class.criteria, facts);
    return facts;
}

constexpr std::string_view kQueryFact = "query:";

} // namespace

std::vector<std::string> queries_of(const data::Rule& rule) {
    std::vector<std::string> out;
    for (const auto& fact : facts_of(rule))
        if (fact.starts_with(kQueryFact)) out.push_back(fact.substr(kQueryFact.size()));
    return out;
}

data::RuleInputs rule_inputs(const data::Rule& rule, const Dataset& dataset,
                             const Statuses& statuses, data::Period period,
                             Classification classification, const QuerySources* sources,
                             base::JobContext& ctx) {
    data::RuleInputs in;
    in.cube = dataset.cube.get();
    in.period = period;
    for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution})
        if (auto now = data::statuses_at(statuses.of(domain), period); !now.empty())
            in.statuses[domain] = std::move(now);
    const auto* coverage = dataset.vintage->coverage.get();
    for (const auto& fact : facts_of(rule)) {
        if (!coverage) break;
        if (fact.starts_with(kQueryFact)) {
            in.facts[fact] = query_fact(fact.substr(kQueryFact.size()), dataset, statuses, period,
                                        classification, sources ? *sources : QuerySources{}, ctx);
        } else if (fact == "edge") {
            in.facts[fact] = on_the_edge(*coverage);
        } else if (fact.starts_with("place:")) {
            in.facts[fact] = with_place(dataset, fact.substr(6), period);
        } else if (fact.starts_with("neighbour:")) {
            const auto status = data::parse_status(fact.substr(10));
            const auto now = in.statuses.find(rule.domain);
            if (status && now != in.statuses.end())
                in.facts[fact] = beside(*coverage, now->second, *status);
        }
    }
    return in;
}

} // namespace diaban::app
