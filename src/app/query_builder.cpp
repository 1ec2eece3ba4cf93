#include "app/query_builder.hpp"

#include "data/transition.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

using data::Query;
using data::Subject;

constexpr std::array<std::string_view, 4> kGroupWords{"and", "or", "not", "next_to"};
constexpr std::array<Query::Kind, 4> kGroupKinds{Query::Kind::And, Query::Kind::Or,
                                                 Query::Kind::Not, Query::Kind::NextTo};
constexpr const char* kNothing = "?"; // where the data has nothing to begin with
constexpr double kFirstDistance = 5000;

bool joins_parts(std::size_t kind) {
    return kind < 2;
}

std::string first_number(const Dataset& dataset) {
    if (dataset.cube)
        for (const auto& indicator : dataset.cube->indicators)
            if (indicator.kind != data::Kind::Category) return indicator.id;
    return kNothing;
}

std::string first_group(const Dataset& dataset, data::Level level) {
    for (const auto& group : dataset.vintage->units.groups[static_cast<std::size_t>(level)]) {
        if (!group.name.empty()) return group.name;
        if (!group.code.empty()) return group.code;
    }
    return kNothing;
}

// From the first to the last period with a year.
std::pair<data::Period, data::Period> whole_time(const QueryHints& hints) {
    constexpr data::Period kAnyYear{2015, 0};
    std::vector<data::Period> dated;
    if (hints.dataset.cube)
        for (const auto period : hints.dataset.cube->periods)
            if (period.year != 0) dated.push_back(period);
    if (dated.empty()) return {kAnyYear, kAnyYear};
    return {dated.front(), dated.back()};
}

} // namespace

std::size_t query_kind(const Query& query) {
    const auto found = std::find(kGroupKinds.begin(), kGroupKinds.end(), query.kind);
    if (found != kGroupKinds.end()) return static_cast<std::size_t>(found - kGroupKinds.begin());
    return kGroupKinds.size() + static_cast<std::size_t>(query.is.subject);
}

std::string query_kind_word(std::size_t kind) {
    return std::string(kind < kGroupWords.size()
                           ? kGroupWords[kind]
                           : to_string(static_cast<Subject>(kind - kGroupWords.size())));
}

data::Condition first_condition(Subject subject, const QueryHints& hints) {
    data::Condition out;
    out.subject = subject;
    const auto& units = hints.dataset.vintage->units;
    switch (subject) {
    case Subject::Status:
        out.word = to_string(data::Status::Hot);
        break;
    case Subject::Move:
        out.word = to_string(data::Move::NewHotspot);
        std::tie(out.from, out.period) = whole_time(hints);
        break;
    case Subject::Change:
        std::tie(out.from, out.period) = whole_time(hints);
        [[fallthrough]];
    case Subject::Value:
    case Subject::Rate:
        out.compare = data::Comparison::More;
        [[fallthrough]];
    case Subject::Known:
        out.indicator = first_number(hints.dataset);
        if (subject == Subject::Rate) out.denominator = out.indicator;
        break;
    case Subject::Rank:
        out.indicator = first_number(hints.dataset);
        out.compare = data::Comparison::AtMost;
        out.number = 10;
        break;
    case Subject::Result:
        out.name = hints.sources.results.empty() ? kNothing : hints.sources.results.front().name;
        out.word = "hot-99";
        if (!hints.sources.results.empty()) // the strongest class of its legend
            out.word = result_words(hints.sources.results.front().request, hints.dataset).front();
        break;
    case Subject::Near:
        out.compare = data::Comparison::AtMost;
        out.number = kFirstDistance;
        break;
    case Subject::District:
        out.word = first_group(hints.dataset, data::Level::District);
        break;
    case Subject::Province:
        out.word = first_group(hints.dataset, data::Level::Province);
        break;
    case Subject::Code:
        out.word = units.code.empty() || units.code.front().empty() ? kNothing : units.code.front();
        break;
    case Subject::Set:
        out.word = hints.sources.sets.empty() ? kNothing : hints.sources.sets.front().name;
        break;
    case Subject::On: {
        // Of both the one that is known, before the one that would have to be added.
        const auto words = data::words_of(subject);
        const auto known = query_place_kinds(hints);
        const auto at = std::find_first_of(words.begin(), words.end(), known.begin(), known.end());
        out.word = at == words.end() ? words.front() : *at;
        break;
    }
    }
    return out;
}

Query first_query(const QueryHints& hints) {
    bool status = false;
    if (hints.dataset.cube)
        for (const auto& indicator : hints.dataset.cube->indicators)
            status = status || data::is_status(indicator);
    const bool numbers = first_number(hints.dataset) != kNothing;
    const auto subject = status ? Subject::Status : numbers ? Subject::Value : Subject::Near;
    return {Query::Kind::Is, first_condition(subject, hints), {}};
}

Query as_kind(Query query, std::size_t kind, const QueryHints& hints) {
    if (kind >= kGroupKinds.size())
        return {Query::Kind::Is,
                first_condition(static_cast<Subject>(kind - kGroupKinds.size()), hints),
                {}};
    const auto now = query_kind(query);
    const bool group = now < kGroupKinds.size();
    if (group && joins_parts(now) == joins_parts(kind)) {
        query.kind = kGroupKinds[kind];
        return query;
    }
    Query out{kGroupKinds[kind], {}, {}};
    // What was negated or neighboured becomes the first of a group by itself.
    if (group && !joins_parts(now))
        out.of.push_back(std::move(query.of.front()));
    else
        out.of.push_back(std::move(query));
    if (joins_parts(kind)) out.of.push_back(first_query(hints));
    return out;
}

Query with_part(Query group, const QueryHints& hints) {
    group.of.push_back(first_query(hints));
    return group;
}

Query without_part(Query group, std::size_t part) {
    group.of.erase(group.of.begin() + static_cast<std::ptrdiff_t>(part));
    if (group.of.size() > 1) return group;
    Query alone = std::move(group.of.front());
    return alone;
}

std::vector<std::string> query_place_kinds(const QueryHints& hints) {
    NearRequest request{.lines = hints.sources.lines};
    request.outline = outline_here(hints.sources.outline, hints.dataset.vintage->units);
    return near_kinds(request, hints.dataset);
}

} // namespace diaban::app
