#include "app/history_words.hpp"

#include "app/stored_plans.hpp"
#include "app/view.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

constexpr std::string_view kArrow = " → ";

// "before → after", or what there is now where there was nothing to name.
std::string from_to(const std::string& before, const std::string& after) {
    if (before.empty() || before == after) return after;
    return before + std::string(kArrow) + (after.empty() ? "–" : after);
}

std::string classes_text(const MapChoice& choice, const Language& language) {
    const std::string name = language.text("method." + std::string(map::to_string(choice.method)));
    if (choice.method != map::Method::Manual) return name;
    std::vector<std::string> numbers;
    for (const double v : choice.manual) numbers.push_back(language.number(v, 4));
    // No zeros behind: 0,5 and not 0,5000.
    const char point = language.numbers().decimal;
    for (std::string& n : numbers)
        if (n.find(point) != n.npos) {
            n.erase(n.find_last_not_of('0') + 1);
            if (n.back() == point) n.pop_back();
        }
    return name + " (" + base::joined(numbers, "; ") + ")";
}

std::string indicator_text(const std::string& id, const Dataset* dataset,
                           const Language& language) {
    const auto at = dataset && dataset->cube ? dataset->cube->find(id) : std::nullopt;
    return at ? indicator_name(dataset->cube->indicators[*at], language) : id;
}

// Names that came (+) and went (−); one that is on both sides and another thing now (~).
template <class T, class NameOf>
std::string names_text(const std::vector<T>& before, const std::vector<T>& after, NameOf name_of) {
    std::vector<std::string> said;
    const auto find = [&](const std::vector<T>& in, const std::string& name) {
        return std::find_if(in.begin(), in.end(), [&](const T& t) { return name_of(t) == name; });
    };
    for (const T& t : after) {
        const auto known = find(before, name_of(t));
        if (known == before.end())
            said.push_back("+ " + name_of(t));
        else if (!(*known == t))
            said.push_back(name_of(t));
    }
    for (const T& t : before)
        if (find(after, name_of(t)) == after.end()) said.push_back("− " + name_of(t));
    constexpr std::size_t kMost = 3;
    const bool more = said.size() > kMost;
    if (more) said.resize(kMost);
    return base::joined(said) + (more ? " …" : "");
}

// Those of projects whose plans cannot be read are not named.
std::string plans_changed(const Project& before, const Project& after) {
    try {
        return names_text(stored_plans(before), stored_plans(after),
                          [](const StoredPlan& plan) { return plan.name; });
    } catch (const base::Error&) {
        return {};
    }
}

// "00001 → 2": the communes of the last step and their team.
std::string moves_text(const PlanMoves& before, const PlanMoves& after) {
    if (after.steps.size() <= before.steps.size() || after.steps.back().empty()) return {};
    std::vector<std::string> codes;
    for (const auto& [code, team] : after.steps.back()) codes.push_back(code);
    constexpr std::size_t kMost = 3;
    const bool more = codes.size() > kMost;
    if (more) codes.resize(kMost);
    return base::joined(codes) + (more ? " …" : "") + std::string(kArrow) +
           std::to_string(after.steps.back().front().second + 1);
}

std::string what_changed(const Project& before, const Project& after, const Dataset* dataset,
                         const Language& language) {
    const MapChoice &was = before.map, &is = after.map;
    if (was.indicator != is.indicator) return indicator_text(is.indicator, dataset, language);
    if (was.kind != is.kind)
        return from_to(language.text("kind." + std::string(map::to_string(was.kind))),
                       language.text("kind." + std::string(map::to_string(is.kind))));
    if (was.second != is.second) return indicator_text(is.second, dataset, language);
    if (was.method != is.method || was.manual != is.manual)
        return from_to(was.method == is.method ? "" : classes_text(was, language),
                       classes_text(is, language));
    if (was.k != is.k) return from_to(std::to_string(was.k), std::to_string(is.k));
    if (was.palette != is.palette) return from_to(was.palette, is.palette);
    if (was.reversed != is.reversed) return is.palette;
    if (was.where != is.where) return is.where;
    if (was.period != is.period)
        return from_to(data::to_string(was.period), data::to_string(is.period));
    if (before.sets != after.sets)
        return names_text(before.sets, after.sets, [](const NamedSet& s) { return s.name; });
    if (before.plans != after.plans) return plans_changed(before, after);
    if (before.moves != after.moves) return moves_text(before.moves, after.moves);
    if (before.queries != after.queries)
        return names_text(before.queries, after.queries,
                          [](const NamedQuery& q) { return q.name; });
    if (before.views != after.views)
        return names_text(before.views, after.views, [](const SavedView& v) { return v.name; });
    if (before.lines != after.lines)
        return names_text(before.lines, after.lines, [](const LineLayer& l) { return l.title(); });
    if (before.rule != after.rule) return after.rule.name();
    if (before.data.vintage != after.data.vintage)
        return from_to(before.data.vintage, after.data.vintage);
    if (before.data.crs != after.data.crs) return after.data.crs;
    if (before.data.db != after.data.db) return after.data.db.filename().string();
    if (before.data.store != after.data.store) return after.data.store.filename().string();
    if (before.data.boundaries != after.data.boundaries)
        return after.data.boundaries.filename().string();
    return {};
}

} // namespace

std::string history_words(const History& history, std::size_t i, const Dataset* dataset,
                          const Language& language) {
    const std::string label = language.text(history.label(i));
    const std::string what =
        what_changed(history.state(i - 1), history.state(i), dataset, language);
    return what.empty() ? label : label + ": " + what;
}

} // namespace diaban::app
