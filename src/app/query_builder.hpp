// Building a query by choosing: what a part can be turned into, and what a new part begins as.
//
// Guarantee: what comes out is_complete() again wherever the data has something to begin with, so
// that its text can be parsed back into the same query.
#pragma once

#include "app/query_ground.hpp"

namespace diaban::app {

// What new conditions begin with.
struct QueryHints {
    const Dataset& dataset;
    const QuerySources& sources;
    data::Period period; // that is shown
};

// All, any, not, next to, then the subjects of conditions in their order.
inline constexpr std::size_t kQueryKinds = 4 + data::kSubjects;
std::size_t query_kind(const data::Query& query);
// "and", "or", "not", "next_to", "status" …
std::string query_kind_word(std::size_t kind);

data::Condition first_condition(data::Subject subject, const QueryHints& hints);
data::Query first_query(const QueryHints& hints);
// A part as something else: a condition becomes part of a group, a group is negated as a whole,
// "not" and "next to" change places; to a condition everything becomes a new one.
data::Query as_kind(data::Query query, std::size_t kind, const QueryHints& hints);
// Of a group with one more condition.
data::Query with_part(data::Query group, const QueryHints& hints);
// Of a group without one of its parts; what is left alone stands by itself.
data::Query without_part(data::Query group, std::size_t part);
// The kinds of places, outlines and lines that "near" can be asked about.
std::vector<std::string> query_place_kinds(const QueryHints& hints);

} // namespace diaban::app
