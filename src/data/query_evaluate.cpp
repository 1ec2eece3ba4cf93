// What a query says of every unit.
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/query.hpp"
#include "data/transition.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace diaban::data {
namespace {

using Flags = std::vector<Flag>;

constexpr std::size_t kMostNamed = 8; // of what there is, in an error

// "there is no {name}", with what there is instead.
[[noreturn]] void nothing_named(const char* key, const Condition& c, const std::string& name,
                                std::vector<std::string> known) {
    const auto near = base::nearest(name, known);
    if (!near.empty()) known = near;
    if (known.size() > kMostNamed) known.resize(kMostNamed), known.emplace_back("…");
    throw base::Error(base::ErrorKind::Usage, key,
                      {{"column", static_cast<std::int64_t>(c.column.at)},
                       {"name", name},
                       {"known", known.empty() ? "–" : base::joined(known)}});
}

[[noreturn]] void no_period(const Condition& c, Period period, const std::vector<Period>& there) {
    std::vector<std::string> known;
    for (const auto one : there) known.push_back(to_string(one));
    // Years are near where they are near in time, not in letters: all of them are named.
    throw base::Error(base::ErrorKind::Usage, "error.query.period",
                      {{"column", static_cast<std::int64_t>(c.column.at)},
                       {"name", to_string(period)},
                       {"known", known.empty() ? "–" : base::joined(known)}});
}

Flag flag_of(bool yes) {
    return yes ? Flag::Yes : Flag::No;
}

bool compares(double a, Comparison how, double b) {
    switch (how) {
    case Comparison::Equal:
        return a == b;
    case Comparison::NotEqual:
        return a != b;
    case Comparison::Less:
        return a < b;
    case Comparison::AtMost:
        return a <= b;
    case Comparison::More:
        return a > b;
    case Comparison::AtLeast:
        return a >= b;
    }
    return false;
}

Flag opposite(Flag flag) {
    return flag == Flag::Unknown ? flag : flag_of(flag == Flag::No);
}

// "= hot" is of any class; which class a hotspot has that was reported without one is not known.
Flag status_is(Status s, Status asked) {
    if (asked == Status::Unknown) return flag_of(s == Status::Unknown);
    if (s == Status::Unknown) return Flag::Unknown;
    if (asked == Status::Hot) return flag_of(hot(s));
    if (s == Status::Hot && hot(asked)) return Flag::Unknown;
    return flag_of(s == asked);
}

Flag status_compares(Status s, Comparison how, Status asked) {
    if (how == Comparison::Equal) return status_is(s, asked);
    if (how == Comparison::NotEqual) return opposite(status_is(s, asked));
    if (s == Status::Unknown) return Flag::Unknown;
    return flag_of(compares(rank_of(s), how, rank_of(asked)));
}

class QueryEvaluator {
public:
    QueryEvaluator(const QueryInputs& in, Period period)
        : in_(in), units_(in.units ? in.units->size() : 0), asked_period_(period) {}

    Flags flags(const Query& query) const {
        switch (query.kind) {
        case Query::Kind::Is:
            return condition(query.is);
        case Query::Kind::Not: {
            auto out = flags(query.of.front());
            for (auto& one : out) one = opposite(one);
            return out;
        }
        case Query::Kind::NextTo:
            return next_to(flags(query.of.front()));
        case Query::Kind::And:
        case Query::Kind::Or:
            break;
        }
        auto out = flags(query.of.front());
        for (std::size_t part = 1; part < query.of.size(); ++part) {
            const auto other = flags(query.of[part]);
            for (std::size_t u = 0; u < units_; ++u)
                out[u] = query.kind == Query::Kind::And ? both(out[u], other[u])
                                                        : either(out[u], other[u]);
        }
        return out;
    }

private:
    Flags next_to(const Flags& inner) const {
        if (!in_.neighbours) return Flags(units_, Flag::Unknown);
        Flags out(units_, Flag::No);
        for (std::size_t u = 0; u < units_; ++u)
            for (const auto neighbour : in_.neighbours->row(u))
                out[u] = either(out[u], inner[neighbour]);
        return out;
    }

    Flags condition(const Condition& c) const {
        switch (c.subject) {
        case Subject::Status:
            return status(c);
        case Subject::Move:
            return move(c);
        case Subject::Known:
            return known(c);
        case Subject::Value:
        case Subject::Rate:
        case Subject::Rank:
        case Subject::Change:
            return number(c, numbers(c));
        case Subject::Near:
            return near(c);
        case Subject::Result:
            return result(c);
        case Subject::District:
            return group(c, Level::District, "error.query.district");
        case Subject::Province:
            return group(c, Level::Province, "error.query.province");
        case Subject::Code:
            return code(c);
        case Subject::Set:
            return set(c);
        case Subject::On:
            return on(c);
        }
        return Flags(units_, Flag::Unknown);
    }

    // Nothing: the indicator has no values in the period that is asked about.
    std::optional<Slice> slice(const Condition& c, const IndicatorId& id, Period period) const {
        std::vector<std::string> ids;
        const auto at = in_.cube ? in_.cube->find(id) : std::nullopt;
        if (!at) {
            if (in_.cube)
                for (const auto& one : in_.cube->indicators) ids.push_back(one.id);
            nothing_named("error.query.indicator", c, id, std::move(ids));
        }
        if (in_.cube->indicators[*at].kind == Kind::Category && c.subject != Subject::Known)
            throw base::Error(base::ErrorKind::Usage, "error.query.category",
                              {{"column", static_cast<std::int64_t>(c.column.at)}, {"name", id}});
        const auto when = in_.cube->find(period.year == 0 ? asked_period_ : period);
        if (!when && period.year != 0) no_period(c, period, in_.cube->periods);
        if (!when) return std::nullopt;
        return in_.cube->slice(*at, *when);
    }

    static void put(std::vector<double>& out, const std::optional<Slice>& slice) {
        if (!slice) return;
        for (std::size_t u = 0; u < out.size(); ++u)
            if (slice->has(u)) out[u] = slice->value[u];
    }
    std::vector<double> values(const Condition& c, const IndicatorId& id, Period period) const {
        std::vector<double> out(units_, base::kNaN);
        put(out, slice(c, id, period));
        return out;
    }

    // NaN where it is not known.
    std::vector<double> numbers(const Condition& c) const {
        auto out = values(c, c.indicator, c.period);
        if (c.subject == Subject::Rate) {
            const auto per = values(c, c.denominator, c.period);
            for (std::size_t u = 0; u < units_; ++u)
                out[u] = per[u] > 0 ? out[u] / per[u] * c.scale : base::kNaN;
        } else if (c.subject == Subject::Change) {
            const auto before = values(c, c.indicator, c.from);
            for (std::size_t u = 0; u < units_; ++u) out[u] -= before[u];
        } else if (c.subject == Subject::Rank) {
            auto sorted = out;
            std::erase_if(sorted, [](double v) { return std::isnan(v); });
            std::sort(sorted.begin(), sorted.end(), std::greater<>());
            for (auto& v : out)
                if (!std::isnan(v))
                    v = 1 + static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), v,
                                                                 std::greater<>()) -
                                                sorted.begin());
        }
        return out;
    }

    Flags number(const Condition& c, const std::vector<double>& numbers) const {
        Flags out(units_, Flag::Unknown);
        for (std::size_t u = 0; u < units_; ++u)
            if (!std::isnan(numbers[u]))
                out[u] = flag_of(compares(numbers[u], c.compare, c.number));
        return out;
    }

    Flags known(const Condition& c) const {
        Flags out(units_, Flag::No);
        const auto found = slice(c, c.indicator, c.period);
        for (std::size_t u = 0; found && u < units_; ++u) out[u] = flag_of(found->has(u));
        return out;
    }

    const StatusSeries& series(const Condition& c) const {
        const auto found = in_.statuses.find(c.domain);
        if (found == in_.statuses.end() || found->second.empty()) {
            std::vector<std::string> there;
            for (const auto& [domain, one] : in_.statuses)
                if (!one.empty()) there.emplace_back(to_string(domain));
            nothing_named("error.query.domain", c, std::string(to_string(c.domain)),
                          std::move(there));
        }
        return found->second;
    }

    Flags status(const Condition& c) const {
        const auto& all = series(c);
        const auto period = c.period.year == 0 ? asked_period_ : c.period;
        const auto* now = find_period(all, period);
        if (!now && c.period.year != 0) no_period(c, c.period, all.periods);
        const auto asked = parse_status(c.word).value_or(Status::Unknown);
        Flags out(units_, Flag::Unknown);
        for (std::size_t u = 0; u < units_; ++u)
            out[u] = status_compares(now ? (*now)[u] : Status::Unknown, c.compare, asked);
        return out;
    }

    Flags move(const Condition& c) const {
        const auto& all = series(c);
        for (const auto period : {c.from, c.period})
            if (!find_period(all, period)) no_period(c, period, all.periods);
        const auto words = words_of(Subject::Move);
        const auto asked =
            static_cast<Move>(std::find(words.begin(), words.end(), c.word) - words.begin());
        const auto moves = transitions(history_of(all, {}), c.from, c.period);
        Flags out(units_, Flag::Unknown);
        for (std::size_t u = 0; u < units_; ++u)
            if (moves.of[u].known) out[u] = flag_of(moves.of[u].has(asked) == equal(c));
        return out;
    }

    Flags near(const Condition& c) const {
        const auto found = in_.metres.find(c.kinds);
        if (found == in_.metres.end()) return Flags(units_, Flag::Unknown);
        return number(c, found->second);
    }

    Flags on(const Condition& c) const {
        const auto found = in_.outlines.find(c.word);
        return found == in_.outlines.end() ? Flags(units_, Flag::Unknown) : found->second;
    }

    Flags result(const Condition& c) const {
        const auto found = in_.results.find(c.name);
        if (found == in_.results.end())
            nothing_named("error.query.result", c, c.name, in_.known_results);
        check_class(c, found->second);
        Flags out(units_, Flag::Unknown);
        for (std::size_t u = 0; u < units_; ++u)
            if (const auto& word = found->second[u]; !word.empty())
                out[u] = flag_of((word == c.word) == equal(c));
        return out;
    }

    // All classes there are are named: which one was meant need not be the most alike.
    void check_class(const Condition& c, const std::vector<std::string>& classes) const {
        const auto words = in_.result_words.find(c.name);
        const auto has = [&](const std::vector<std::string>& list) {
            return std::find(list.begin(), list.end(), c.word) != list.end();
        };
        if (words == in_.result_words.end() || has(words->second) || has(classes)) return;
        throw base::Error(base::ErrorKind::Usage, "error.query.class",
                          {{"column", static_cast<std::int64_t>(c.column.at)},
                           {"name", c.word},
                           {"result", c.name},
                           {"known", base::joined(words->second)}});
    }

    // A name as it is written before one without its diacritics: there may be both.
    std::vector<bool> groups_named(const std::vector<Group>& groups, const std::string& word,
                                   bool& any) const {
        std::vector<bool> out(groups.size());
        any = false;
        for (const bool loosely : {false, true}) {
            const auto key = loosely ? base::search_key(word) : base::lower(word);
            for (std::size_t g = 0; g < groups.size(); ++g) {
                const auto& name = groups[g].name;
                out[g] = (loosely ? base::search_key(name) : base::lower(name)) == key ||
                         (!groups[g].code.empty() && groups[g].code == word);
                any = any || out[g];
            }
            if (any) break;
        }
        return out;
    }

    Flags group(const Condition& c, Level level, const char* key) const {
        const auto at = static_cast<std::size_t>(level);
        const auto& groups = in_.units->groups[at];
        bool any = false;
        const auto asked = groups_named(groups, c.word, any);
        if (!any) {
            std::vector<std::string> names;
            for (const auto& one : groups) names.push_back(one.name);
            nothing_named(key, c, c.word, std::move(names));
        }
        Flags out(units_, Flag::Unknown);
        for (std::size_t u = 0; u < units_; ++u)
            if (const auto g = in_.units->parent[at][u]; g != geo::kNoGroup)
                out[u] = flag_of(asked[g] == equal(c));
        return out;
    }

    Flags code(const Condition& c) const {
        const auto& codes = in_.units->code;
        if (std::find(codes.begin(), codes.end(), c.word) == codes.end())
            nothing_named("error.query.code", c, c.word, codes);
        Flags out(units_);
        for (std::size_t u = 0; u < units_; ++u) out[u] = flag_of((codes[u] == c.word) == equal(c));
        return out;
    }

    Flags set(const Condition& c) const {
        const auto found = in_.sets.find(c.word);
        if (found == in_.sets.end())
            nothing_named("error.query.set", c, c.word, names_in(in_.sets));
        const std::unordered_set<std::string> codes(found->second.begin(), found->second.end());
        Flags out(units_);
        for (std::size_t u = 0; u < units_; ++u)
            out[u] = flag_of(codes.contains(in_.units->code[u]) == equal(c));
        return out;
    }

    static bool equal(const Condition& c) { return c.compare == Comparison::Equal; }
    template <class Map> static std::vector<std::string> names_in(const Map& map) {
        std::vector<std::string> out;
        for (const auto& one : map) out.push_back(one.first);
        return out;
    }

    const QueryInputs& in_;
    std::size_t units_;
    Period asked_period_; // of conditions that name none
};

} // namespace

std::vector<Flag> evaluate(const Query& query, const QueryInputs& inputs, Period period) {
    return QueryEvaluator(inputs, period).flags(query);
}

} // namespace diaban::data
