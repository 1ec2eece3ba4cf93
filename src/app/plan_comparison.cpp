#include "app/plan_comparison.hpp"

#include "app/commands/json.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace diaban::app {
namespace {

using GroupsOf = std::map<std::string, std::set<std::size_t>>; // by code of commune

GroupsOf groups_of(const StoredPlan& plan) {
    GroupsOf out;
    for (const auto& part : plan.parts) out[part.code].insert(part.group);
    return out;
}

// For each team of `after` the number by which it is known in `before`: the pair that shares most
// communes first, the lower numbers first among equals; a team left over gets a number of its own.
std::vector<std::size_t> matched_teams(const StoredPlan& before, const StoredPlan& after) {
    constexpr auto kFree = static_cast<std::size_t>(-1);
    const auto was = groups_of(before);
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> shared; // team after, before
    for (const auto& part : after.parts)
        if (const auto at = was.find(part.code); at != was.end())
            ++shared[{part.group, *at->second.begin()}];
    std::vector<std::pair<std::pair<std::size_t, std::size_t>, std::size_t>> pairs(shared.begin(),
                                                                                   shared.end());
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::size_t> out(after.bases.size(), kFree);
    std::set<std::size_t> taken;
    for (const auto& [teams, count] : pairs)
        if (out[teams.first] == kFree && taken.insert(teams.second).second)
            out[teams.first] = teams.second;
    // Not the number of a team that is gone: nobody should take the one for the other.
    std::size_t next = before.bases.size();
    for (auto& team : out)
        if (team == kFree) team = next++;
    return out;
}

// What a commune's groups are called: the same in both plans only where they mean the same.
std::string group_words(const StoredPlan& plan, const std::set<std::size_t>& groups,
                        const std::vector<std::size_t>& teams) {
    std::vector<std::string> words;
    for (const auto group : groups)
        words.push_back(plan.request.kind == PatrolKind::Cover ? plan.bases[group]
                        : plan.request.kind == PatrolKind::Sectors
                            ? std::to_string(teams[group] + 1)
                            : std::to_string(group + 1));
    return base::joined(words, ",");
}

std::vector<PlanNumber> numbers_of(const StoredPlan& before, const StoredPlan& after) {
    std::vector<PlanNumber> out;
    const auto add = [&](const char* key, int decimals, auto number) {
        out.push_back({key, number(before), number(after), decimals});
    };
    switch (before.request.kind) {
    case PatrolKind::Cover:
        // Only coverings say how much lies within their radius.
        if (before.request.goal == analysis::LocationGoal::Cover &&
            after.request.goal == analysis::LocationGoal::Cover)
            add("reached", 1, [](const StoredPlan& p) {
                return p.burden > 0 ? 100 * p.objective / p.burden : 0;
            });
        add("mean", 1, [](const StoredPlan& p) { return p.mean_m / 1000; });
        add("farthest", 1, [](const StoredPlan& p) { return p.farthest_m / 1000; });
        break;
    case PatrolKind::Sectors: {
        const auto fair = [](const StoredPlan& p) {
            return p.burden / static_cast<double>(std::max<std::size_t>(1, p.bases.size()));
        };
        add("busiest", 1, [](const StoredPlan& p) { return p.objective; });
        add("fair", 1, fair);
        add("excess", 1, [&](const StoredPlan& p) {
            return fair(p) > 0 ? 100 * (p.objective / fair(p) - 1) : 0;
        });
        break;
    }
    case PatrolKind::Rota:
        add("visits", 0, [](const StoredPlan& p) { return static_cast<double>(p.parts.size()); });
        add("communes", 0,
            [](const StoredPlan& p) { return static_cast<double>(groups_of(p).size()); });
        break;
    }
    return out;
}

} // namespace

void require_comparable(const StoredPlan& before, const PatrolRequest& now) {
    if (before.request.kind != now.kind)
        throw base::Error(base::ErrorKind::Usage, "error.patrol.compare", {{"name", before.name}});
    if (!tells_values(before, now.classification))
        throw base::Error(base::ErrorKind::Usage, "error.patrol.compare_internal",
                          {{"name", before.name}});
}

PlanComparison compared(const StoredPlan& before, const StoredPlan& after) {
    require_comparable(before, after.request);
    PlanComparison out{
        .kind = before.request.kind, .name = before.name, .numbers = numbers_of(before, after)};
    std::vector<std::size_t> own(before.bases.size());
    for (std::size_t t = 0; t < own.size(); ++t) own[t] = t;
    const auto matched = matched_teams(before, after);
    const auto was = groups_of(before), is = groups_of(after);
    std::set<std::string> codes;
    for (const auto* side : {&was, &is})
        for (const auto& [code, groups] : *side) codes.insert(code);
    for (const auto& code : codes) {
        PlanChange change{code, "", ""};
        if (const auto at = was.find(code); at != was.end())
            change.before = group_words(before, at->second, own);
        if (const auto at = is.find(code); at != is.end())
            change.after = group_words(after, at->second, matched);
        if (change.before == change.after)
            ++out.same;
        else
            out.changes.push_back(std::move(change));
    }
    return out;
}

std::vector<std::string> comparison_words(const PlanComparison& c, const Language& language) {
    std::vector<std::string> out{language.text(
        "patrol.compared",
        {{"name", c.name}, {"count", as_count(c.changes.size())}, {"same", as_count(c.same)}})};
    for (const auto& number : c.numbers)
        out.push_back(language.text("patrol.number." + number.key,
                                    {{"before", language.number(number.before, number.decimals)},
                                     {"after", language.number(number.after, number.decimals)}}));
    return out;
}

std::string change_words(const PlanComparison& c, const PlanChange& change,
                         const Language& language) {
    const auto side = [&](const std::string& group) {
        if (group.empty()) return language.text("patrol.class.none");
        return c.kind == PatrolKind::Sectors ? language.text("patrol.class.team", {{"team", group}})
               : c.kind == PatrolKind::Rota  ? language.text("patrol.column.rota") + " " + group
                                             : group;
    };
    return side(change.before) + " → " + side(change.after);
}

} // namespace diaban::app
