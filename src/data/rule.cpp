#include "data/rule.hpp"

#include "base/number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace diaban::data {
namespace {

// An indicator in a period: the least and the most that each value may be.
struct BoundedSlice {
    Slice least, most;

    bool has(std::size_t unit) const { return least.has(unit) && most.has(unit); }
};

// The columns that a criterion reads, found once for all units.
struct CriterionColumns {
    std::vector<std::optional<BoundedSlice>> sum, facts;
    std::optional<BoundedSlice> denominator;
    std::vector<CriterionColumns> any;
};

std::optional<BoundedSlice> column_of(const RuleInputs& in, const IndicatorId& id) {
    if (!in.cube || id.empty()) return std::nullopt;
    const auto indicator = in.cube->find(id);
    const auto period = in.cube->find(in.period);
    if (!indicator || !period) return std::nullopt;
    const auto& most = in.most ? *in.most : *in.cube;
    return BoundedSlice{in.cube->slice(*indicator, *period), most.slice(*indicator, *period)};
}

CriterionColumns columns_of(const Criterion& c, const RuleInputs& in) {
    CriterionColumns out;
    for (const auto& id : c.indicators) out.sum.push_back(column_of(in, id));
    out.denominator = column_of(in, c.denominator);
    for (const auto& fact : c.facts) out.facts.push_back(column_of(in, fact));
    for (const auto& one : c.any) out.any.push_back(columns_of(one, in));
    return out;
}

// What is known of a number; NaN: nothing.
struct Bounds {
    double least = base::kNaN, most = base::kNaN;

    bool known() const { return !std::isnan(least) && !std::isnan(most); }
    bool exact() const { return least == most; }
};

// Nothing where a part of it is missing.
Bounds sum_of(const std::vector<std::optional<BoundedSlice>>& columns, std::size_t unit) {
    if (columns.empty()) return {};
    Bounds sum{0, 0};
    for (const auto& column : columns) {
        if (!column || !column->has(unit)) return {};
        sum.least += column->least.value[unit];
        sum.most += column->most.value[unit];
    }
    return sum;
}

// The number a criterion compares.
Bounds value_of(const Criterion& c, const CriterionColumns& columns, std::size_t unit) {
    const auto sum = sum_of(columns.sum, unit);
    if (c.kind != CriterionKind::Rate) return sum;
    const auto& per = columns.denominator;
    if (!per || !per->has(unit)) return {};
    const double fewest = per->least.value[unit], most = per->most.value[unit];
    if (fewest <= 0) return {};
    return {sum.least / most * c.scale, sum.most / fewest * c.scale};
}

Flag flag(bool yes) {
    return yes ? Flag::Yes : Flag::No;
}

Flag is_there(const Bounds& value) {
    if (value.least > 0 || value.most < 0) return Flag::Yes;
    return value.exact() ? Flag::No : Flag::Unknown;
}

Flag reaches(const Bounds& value, double limit) {
    return value.least >= limit ? Flag::Yes : value.most < limit ? Flag::No : Flag::Unknown;
}

Flag stays_below(const Bounds& value, double limit) {
    return value.most < limit ? Flag::Yes : value.least >= limit ? Flag::No : Flag::Unknown;
}

class Evaluator {
public:
    Evaluator(const Rule& rule, const RuleInputs& in) : rule_(rule), in_(in) {
        for (const auto& rule_class : rule.classes) {
            columns_.emplace_back();
            for (const auto& c : rule_class.criteria) columns_.back().push_back(columns_of(c, in));
        }
        for (const auto& content : rule.sheet)
            for (const auto& c : content.criteria) points_.push_back(column_of(in, c.points));
    }

    Flag met(std::size_t k, std::size_t i, std::size_t unit) const {
        return met(rule_.classes[k].criteria[i], columns_[k][i], unit);
    }

    // From now on the criterion of this letter is taken as not met, whatever the data says; "" = as
    // the data says. The letter must live as long as it is used.
    void without(std::string_view letter) { without_ = letter; }

    Flag met(const Criterion& c, const CriterionColumns& columns, std::size_t unit) const {
        if (!without_.empty() && c.id == without_) return Flag::No;
        if (!c.entered) return Flag::Unknown;
        switch (c.kind) {
        case CriterionKind::Count:
        case CriterionKind::Rate: {
            const auto value = value_of(c, columns, unit);
            if (!value.known() || (!c.at_least && !c.below)) return Flag::Unknown;
            return both(c.at_least ? reaches(value, *c.at_least) : Flag::Yes,
                        c.below ? stays_below(value, *c.below) : Flag::Yes);
        }
        case CriterionKind::Class: {
            const auto found = in_.statuses.find(c.domain);
            if (found == in_.statuses.end() || found->second[unit] == Status::Unknown)
                return Flag::Unknown;
            return flag(rank_of(found->second[unit]) >= rank_of(c.status));
        }
        case CriterionKind::Place:
            return facts(c, columns, unit);
        case CriterionKind::Lower:
            return both(lower(c, unit), facts(c, columns, unit));
        case CriterionKind::Any: {
            auto met_any = Flag::No;
            for (std::size_t i = 0; i < c.any.size(); ++i)
                met_any = either(met_any, met(c.any[i], columns.any[i], unit));
            return met_any;
        }
        }
        return Flag::Unknown;
    }

    ClassOutcome judge(std::size_t k, std::size_t unit) const {
        const auto& rule_class = rule_.classes[k];
        ClassOutcome out{rule_class.status};
        out.least = rule_class.least;
        out.of = rule_class.criteria.size();
        for (std::size_t i = 0; i < out.of; ++i) {
            const auto m = met(k, i, unit);
            out.yes += m == Flag::Yes;
            out.unknown += m == Flag::Unknown;
        }
        out.met = out.yes >= out.least                ? Flag::Yes
                  : out.yes + out.unknown < out.least ? Flag::No
                                                      : Flag::Unknown;
        return out;
    }

    Bounds score(std::size_t unit) const { return sum_of(points_, unit); }

    std::pair<Status, bool> status(std::size_t unit, const Bounds& points) const {
        bool uncertain = false;
        for (std::size_t k = 0; k < rule_.classes.size(); ++k) {
            const auto outcome = judge(k, unit);
            if (outcome.met == Flag::Yes) return {outcome.status, uncertain};
            uncertain = uncertain || outcome.met == Flag::Unknown;
        }
        if (rule_.score_sheet()) return {by_score(points), uncertain};
        return {uncertain ? Status::Unknown : rule_.otherwise, false};
    }

    const CriterionColumns& columns(std::size_t k, std::size_t i) const { return columns_[k][i]; }
    const std::vector<std::optional<BoundedSlice>>& points() const { return points_; }

private:
    Flag facts(const Criterion& c, const CriterionColumns& columns, std::size_t unit) const {
        auto all = Flag::Yes;
        for (std::size_t f = 0; f < c.facts.size(); ++f) {
            auto one = Flag::Unknown;
            if (const auto found = in_.facts.find(c.facts[f]); found != in_.facts.end())
                one = found->second[unit];
            else if (const auto& column = columns.facts[f]; column && column->has(unit))
                one = is_there({column->least.value[unit], column->most.value[unit]});
            all = both(all, one);
        }
        return all;
    }

    // Criteria of the same letter in several classes are one criterion.
    Flag lower(const Criterion& c, std::size_t unit) const {
        std::map<std::string_view, Flag> met_of;
        for (std::size_t k = 0; k < rule_.classes.size(); ++k) {
            if (rank_of(rule_.classes[k].status) < rank_of(c.status)) continue;
            for (std::size_t i = 0; i < rule_.classes[k].criteria.size(); ++i) {
                const auto& other = rule_.classes[k].criteria[i];
                if (other.kind == CriterionKind::Lower) continue;
                auto& so_far = met_of.try_emplace(other.id, Flag::No).first->second;
                so_far = either(so_far, met(k, i, unit));
            }
        }
        std::size_t yes = 0, unknown = 0;
        for (const auto& [id, one] : met_of) {
            yes += one == Flag::Yes;
            unknown += one == Flag::Unknown;
        }
        return yes >= c.least ? Flag::Yes : yes + unknown < c.least ? Flag::No : Flag::Unknown;
    }

    Status by_score(const Bounds& points) const {
        if (!points.known() || points_.size() < rule_.expected_criteria) return Status::Unknown;
        for (const auto& limit : rule_.limits) {
            if (!limit.at_least) return Status::Unknown;
            const auto met = reaches(points, *limit.at_least);
            if (met == Flag::Unknown) return Status::Unknown;
            if (met == Flag::Yes) return limit.status;
        }
        return rule_.otherwise;
    }

    const Rule& rule_;
    const RuleInputs& in_;
    std::vector<std::vector<CriterionColumns>> columns_;
    std::vector<std::optional<BoundedSlice>> points_;
    std::string_view without_;
};

std::size_t units_of(const RuleInputs& in) {
    return in.cube ? in.cube->units() : 0;
}

CriterionOutcome outcome_of(const Criterion& c, const CriterionColumns& columns, Flag met,
                            std::size_t k, const RuleInputs& in, std::size_t unit) {
    CriterionOutcome out{k, c.id, c.text_vi, c.text_en, c.source};
    out.kind = c.kind;
    out.met = met;
    out.entered = c.entered;
    if (c.kind == CriterionKind::Count || c.kind == CriterionKind::Rate) {
        if (const auto value = value_of(c, columns, unit); value.exact()) out.value = value.least;
        out.threshold = c.at_least;
        out.below = c.below;
        if (out.value && c.at_least)
            out.margin = *out.value - *c.at_least;
        else if (out.value && c.below)
            out.margin = *c.below - *out.value;
    } else if (c.kind == CriterionKind::Class) {
        const auto found = in.statuses.find(c.domain);
        if (found != in.statuses.end() && found->second[unit] != Status::Unknown)
            out.value = rank_of(found->second[unit]);
        out.threshold = rank_of(c.status);
    } else if (met != Flag::Unknown) {
        out.value = met == Flag::Yes ? 1 : 0;
    }
    for (std::size_t s = 0; s < columns.sum.size(); ++s)
        if (!columns.sum[s] || !columns.sum[s]->has(unit)) out.missing.push_back(c.indicators[s]);
    for (std::size_t f = 0; f < c.facts.size(); ++f)
        if (!in.facts.contains(c.facts[f]) && (!columns.facts[f] || !columns.facts[f]->has(unit)))
            out.missing.push_back(c.facts[f]);
    if (!c.denominator.empty() && (!columns.denominator || !columns.denominator->has(unit)))
        out.missing.push_back(c.denominator);
    return out;
}

// A criterion and, below it, the alternatives it is made of.
void add_outcomes(Why& why, const Evaluator& evaluator, const Criterion& c,
                  const CriterionColumns& columns, std::size_t k, const RuleInputs& in,
                  std::size_t unit) {
    why.criteria.push_back(outcome_of(c, columns, evaluator.met(c, columns, unit), k, in, unit));
    for (std::size_t i = 0; i < c.any.size(); ++i)
        add_outcomes(why, evaluator, c.any[i], columns.any[i], k, in, unit);
}

} // namespace

std::string_view to_string(CriterionKind kind) {
    constexpr std::array<std::string_view, 6> kNames{"count", "rate",  "class",
                                                     "place", "lower", "any"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::vector<std::string> to_be_entered(const Rule& rule) {
    std::vector<std::string> out;
    for (const auto& rule_class : rule.classes)
        for (const auto& c : rule_class.criteria)
            if (!c.entered) out.push_back(std::string(to_string(rule_class.status)) + "." + c.id);
    std::size_t entered = 0;
    for (const auto& content : rule.sheet)
        for (const auto& c : content.criteria) {
            ++entered;
            if (!c.most) out.push_back(content.id + "." + c.id);
        }
    for (auto n = entered; n < rule.expected_criteria; ++n)
        out.push_back("sheet." + std::to_string(n + 1));
    for (const auto& limit : rule.limits)
        if (!limit.at_least) out.push_back("limit." + std::string(to_string(limit.status)));
    return out;
}

std::optional<double> most_points(const Rule& rule) {
    double sum = 0;
    std::size_t criteria = 0;
    for (const auto& content : rule.sheet)
        for (const auto& c : content.criteria) {
            if (!c.most) return std::nullopt;
            sum += *c.most;
            ++criteria;
        }
    if (criteria == 0 || criteria < rule.expected_criteria) return std::nullopt;
    return sum;
}

bool valid_in(const Rule& rule, Period period) {
    if (period.year == 0) return true;
    const Date first{period.year, period.half == 2 ? 7 : 1, 1};
    const Date last{period.year, period.half == 1 ? 6 : 12, 31};
    return (rule.from.year == 0 || rule.from <= last) &&
           (rule.until.year == 0 || first < rule.until);
}

RuleResult evaluate(const Rule& rule, const RuleInputs& in) {
    const Evaluator evaluator(rule, in);
    // What any values within the bounds would give.
    auto within = in;
    within.most = nullptr;
    const Evaluator decided(rule, within);
    RuleResult out;
    const auto units = units_of(in);
    out.status.resize(units);
    out.uncertain.resize(units);
    out.undecided.resize(units);
    out.score.assign(units, base::kNaN);
    for (std::size_t u = 0; u < units; ++u) {
        const auto points = evaluator.score(u);
        if (points.exact()) out.score[u] = points.least;
        std::tie(out.status[u], out.uncertain[u]) = evaluator.status(u, points);
        out.unknown += out.status[u] == Status::Unknown;
        out.uncertain_count += out.uncertain[u];
        if (in.most && out.status[u] == Status::Unknown)
            out.undecided[u] = decided.status(u, decided.score(u)).first != Status::Unknown;
        out.undecided_count += out.undecided[u];
    }
    return out;
}

Why explain(const Rule& rule, const RuleInputs& in, std::size_t unit) {
    const Evaluator evaluator(rule, in);
    Why why;
    const auto points = evaluator.score(unit);
    std::tie(why.status, why.uncertain) = evaluator.status(unit, points);
    if (points.exact()) why.score = points.least;
    for (std::size_t k = 0; k < rule.classes.size(); ++k) {
        why.classes.push_back(evaluator.judge(k, unit));
        for (std::size_t i = 0; i < rule.classes[k].criteria.size(); ++i)
            add_outcomes(why, evaluator, rule.classes[k].criteria[i], evaluator.columns(k, i), k,
                         in, unit);
    }
    std::size_t next = 0;
    for (std::size_t content = 0; content < rule.sheet.size(); ++content)
        for (const auto& c : rule.sheet[content].criteria) {
            CriterionOutcome out{content, rule.sheet[content].id + "." + c.id, c.text_vi, c.text_en,
                                 rule.document};
            const auto& column = evaluator.points()[next++];
            out.of_sheet = true;
            out.entered = c.most.has_value();
            out.threshold = c.most;
            if (column && column->has(unit)) {
                const Bounds value{column->least.value[unit], column->most.value[unit]};
                if (value.exact()) out.value = value.least;
                if (c.most) {
                    if (out.value) out.margin = *out.value - *c.most;
                    out.met = reaches(value, *c.most);
                }
            } else {
                out.missing.push_back(c.points);
            }
            why.criteria.push_back(std::move(out));
        }
    return why;
}

namespace {

// How far a criterion is from the other answer, as a share of its threshold; one that has none, or
// whose amount is not known, comes last.
double way_to_go(const CriterionOutcome& c) {
    if (!c.margin) return std::numeric_limits<double>::infinity();
    const double threshold = c.threshold.value_or(c.below.value_or(0));
    return std::fabs(*c.margin) / std::max(std::fabs(threshold), 1.0);
}

class MissFinder {
public:
    MissFinder(const Rule& rule, const RuleInputs& in, const HiddenAmount& hidden)
        : rule_(rule), in_(in), hidden_(hidden), evaluator_(rule, in),
          best_(rule.score_sheet() ? Status::Unknown : rule.otherwise) {
        for (const auto& limit : rule.limits)
            if (best_ == Status::Unknown || rank_of(limit.status) < rank_of(best_))
                best_ = limit.status;
        for (const auto& rule_class : rule.classes)
            for (const auto& c : rule_class.criteria)
                if (c.kind != CriterionKind::Lower && !c.id.empty() &&
                    std::find(letters_.begin(), letters_.end(), c.id) == letters_.end())
                    letters_.push_back(c.id);
    }

    bool none() const { return best_ == Status::Unknown; }

    std::optional<NearMiss> miss_of(std::size_t unit) {
        const auto [now, uncertain] = evaluator_.status(unit, evaluator_.score(unit));
        if (now == Status::Unknown || uncertain || rank_of(now) <= rank_of(best_))
            return std::nullopt;
        std::optional<NearMiss> nearest;
        for (const auto letter : letters_) {
            auto criterion = lowest_met(letter, unit);
            if (!criterion || !best_without(letter, unit)) continue;
            NearMiss miss{unit, now, std::move(*criterion)};
            if (hidden_ && hidden_(miss.criterion, unit)) {
                miss.withheld = true;
                miss.criterion.value.reset();
                miss.criterion.margin.reset();
            }
            if (!nearest) {
                nearest = std::move(miss);
                continue;
            }
            miss.others = ++nearest->others;
            if (way_to_go(miss.criterion) < way_to_go(nearest->criterion))
                nearest = std::move(miss);
        }
        if (!nearest && rule_.score_sheet()) nearest = short_of_points(unit, now);
        return nearest;
    }

private:
    bool best_without(std::string_view letter, std::size_t unit) {
        evaluator_.without(letter);
        const auto [status, uncertain] = evaluator_.status(unit, evaluator_.score(unit));
        evaluator_.without({});
        return status != Status::Unknown && !uncertain && rank_of(status) <= rank_of(best_);
    }

    // The criterion of a letter where it is met by the lowest threshold.
    std::optional<CriterionOutcome> lowest_met(std::string_view letter, std::size_t unit) const {
        std::optional<CriterionOutcome> out;
        for (std::size_t k = 0; k < rule_.classes.size(); ++k)
            for (std::size_t i = 0; i < rule_.classes[k].criteria.size(); ++i) {
                const auto& c = rule_.classes[k].criteria[i];
                if (c.id != letter || evaluator_.met(k, i, unit) != Flag::Yes) continue;
                auto one = outcome_of(c, evaluator_.columns(k, i), Flag::Yes, k, in_, unit);
                if (!out || one.threshold.value_or(0) < out->threshold.value_or(0))
                    out = std::move(one);
            }
        return out;
    }

    // A criterion of the score sheet that could give all the points that are missing.
    std::optional<NearMiss> short_of_points(std::size_t unit, Status now) const {
        const auto points = evaluator_.score(unit);
        if (!points.known() || !points.exact()) return std::nullopt;
        std::optional<double> limit;
        for (const auto& one : rule_.limits)
            if (one.at_least && one.status == best_) limit = one.at_least;
        if (!limit || points.least >= *limit) return std::nullopt;
        const double missing = *limit - points.least;
        std::optional<NearMiss> out;
        double gain = 0;
        std::size_t next = 0, able = 0;
        for (std::size_t content = 0; content < rule_.sheet.size(); ++content)
            for (const auto& c : rule_.sheet[content].criteria) {
                const auto& column = evaluator_.points()[next++];
                if (!column || !column->has(unit)) continue;
                const double given = column->least.value[unit];
                CriterionOutcome outcome{content, rule_.sheet[content].id + "." + c.id, c.text_vi,
                                         c.text_en, rule_.document};
                outcome.of_sheet = true;
                outcome.met = Flag::No;
                outcome.value = given;
                outcome.threshold = given + missing;
                outcome.margin = -missing;
                if (hidden_ && hidden_(outcome, unit)) return std::nullopt;
                const double room = c.most.value_or(given) - given;
                if (room < missing) continue;
                ++able;
                if (out && room <= gain) continue;
                gain = room;
                out = NearMiss{unit, now, std::move(outcome)};
            }
        if (out) out->others = able - 1;
        return out;
    }

    const Rule& rule_;
    const RuleInputs& in_;
    const HiddenAmount& hidden_;
    Evaluator evaluator_;
    Status best_;
    std::vector<std::string_view> letters_; // each once
};

} // namespace

std::vector<NearMiss> nearest_misses(const Rule& rule, const RuleInputs& in,
                                     const HiddenAmount& hidden) {
    MissFinder finder(rule, in, hidden);
    std::vector<NearMiss> out;
    if (finder.none()) return out;
    for (std::size_t unit = 0; unit < units_of(in); ++unit)
        if (auto miss = finder.miss_of(unit)) out.push_back(std::move(*miss));
    std::stable_sort(out.begin(), out.end(), [](const NearMiss& a, const NearMiss& b) {
        return way_to_go(a.criterion) < way_to_go(b.criterion);
    });
    return out;
}

std::string_view to_string(ChangeCause cause) {
    constexpr std::array<std::string_view, 4> kNames{"none", "rule", "data", "both"};
    return kNames[static_cast<std::size_t>(cause)];
}

std::vector<RuleChange> compare(const Rule& first, const RuleInputs& before,
                                const RuleInputs& first_after, const Rule& second,
                                const RuleInputs& after) {
    const auto a = evaluate(first, before), b = evaluate(first, first_after),
               c = evaluate(second, after);
    std::vector<RuleChange> out(std::min({a.status.size(), b.status.size(), c.status.size()}));
    for (std::size_t u = 0; u < out.size(); ++u) {
        out[u] = {a.status[u], b.status[u], c.status[u], ChangeCause::None};
        if (a.undecided[u] || b.undecided[u] || c.undecided[u]) continue;
        const bool by_data = a.status[u] != b.status[u], by_rule = b.status[u] != c.status[u];
        out[u].cause = by_data && by_rule ? ChangeCause::Both
                       : by_data          ? ChangeCause::Data
                       : by_rule          ? ChangeCause::Rule
                                          : ChangeCause::None;
    }
    return out;
}

} // namespace diaban::data
