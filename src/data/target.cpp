#include "data/target.hpp"

#include "data/dates.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::data {
namespace {

// Ends of a period as a fraction of years, for straight lines between periods.
double end_of(Period p) {
    return p.year + (p.half == 1 ? 0.5 : 1.0);
}

std::vector<Status> at(const StatusSeries& series, Period period) {
    const auto found = std::find(series.periods.begin(), series.periods.end(), period);
    if (found == series.periods.end()) return {};
    return series.of[static_cast<std::size_t>(found - series.periods.begin())];
}

Amount counted(const std::vector<Flag>& flags) {
    Amount amount{0, 0, flags.size()};
    for (const auto f : flags) {
        amount.value += f == Flag::Yes;
        amount.known += f != Flag::Unknown;
    }
    return amount;
}

template <class Test> std::vector<Flag> flags_of(const std::vector<Status>& statuses, Test test) {
    std::vector<Flag> out;
    for (const auto s : statuses) out.push_back(test(s));
    return out;
}

bool fulfils(double reached, Compare compare, double value) {
    switch (compare) {
    case Compare::AtLeast:
        return reached >= value - 1e-9;
    case Compare::MoreThan:
        return reached > value + 1e-12;
    case Compare::AtMost:
        return reached <= value + 1e-9;
    }
    return false;
}

class Judge {
public:
    Judge(const Plan& plan, const TargetValues& values, Period now)
        : plan_(plan), values_(values), now_(now) {}

    TargetResult judge(const Target& target) const {
        TargetResult r;
        r.target = &target;
        if (target.kind == TargetKind::Qualitative) {
            r.state = TargetState::NotApplicable;
            return r;
        }
        if (target.kind == TargetKind::Maintain) {
            maintain(target, r);
            return r;
        }
        r.baseline = baseline_of(target);
        const auto x = sum(target.indicators, target, r);
        if (!target.denominator.empty() || target.denominator_value)
            r.denominator =
                target.denominator_value ? target.denominator_value : denominator(target, r);
        if (target.kind == TargetKind::Reduction && r.baseline && *r.baseline == 0) {
            r.x = x;
            r.state = TargetState::NotApplicable;
            return r;
        }
        if (target.kind == TargetKind::Share && r.denominator && *r.denominator == 0) {
            r.x = x;
            r.state = TargetState::NotApplicable;
            return r;
        }
        r.required = required_amount(target, r.denominator, r.baseline);
        if (!x) return r;
        r.x = x;
        if (!r.required) return r;
        const bool partial = r.known != r.of;
        finish(target, r);
        // Units that have not reported can only add to a count: enough is enough without them.
        const bool rate = target.kind == TargetKind::Reduction || r.denominator_partial;
        const bool sure =
            r.state == TargetState::Achieved && !rate && target.compare != Compare::AtMost;
        // Nor can what they will report undo what is too much already.
        const bool fewer =
            target.kind == TargetKind::Reduction || target.compare == Compare::AtMost;
        const bool missed = r.state == TargetState::Behind && fewer && !r.denominator_partial;
        r.settled = partial && (sure || missed || out_of_reach(target, r));
        if (partial && !r.settled) {
            r.state = TargetState::NoData;
            r.needed.reset();
        }
        return r;
    }

private:
    // Communes are counted, and too few are left that could still be among them.
    bool out_of_reach(const Target& target, const TargetResult& r) const {
        const bool fewer =
            target.kind == TargetKind::Reduction || target.compare == Compare::AtMost;
        if (r.state != TargetState::Behind || fewer || r.denominator_partial || target.cumulative)
            return false;
        auto most = r;
        for (const auto& id : target.indicators) {
            const auto* members = values_.members(id, now_);
            if (!members) return false;
            *most.x +=
                static_cast<double>(std::count(members->begin(), members->end(), Flag::Unknown));
        }
        finish(target, most);
        return most.state == TargetState::Behind;
    }

    // The sum of indicators now (of all years so far if cumulative); nothing if one is missing.
    std::optional<double> sum(const std::vector<IndicatorId>& ids, const Target& target,
                              TargetResult& r) const {
        double total = 0;
        bool whole = !ids.empty();
        for (const auto& id : ids)
            for (int year = target.cumulative ? plan_.from.year : now_.year; year <= now_.year;
                 ++year) {
                // Whole years, and of this one no more than is over by now.
                const bool half = year == now_.year && (!target.cumulative || now_.half == 1);
                const auto amount = values_.get(id, half ? now_ : Period{year, 0});
                if (!amount) {
                    r.missing.push_back(id);
                    whole = false;
                    continue;
                }
                total += amount->value;
                r.known += amount->known;
                r.of += amount->of;
            }
        if (!whole) return std::nullopt;
        return total;
    }

    std::optional<double> denominator(const Target& target, TargetResult& r) const {
        auto once = target;
        once.cumulative = false;
        const auto before = r.of - r.known;
        const auto total = sum(target.denominator, once, r);
        r.denominator_partial = r.of - r.known != before;
        return total;
    }

    std::optional<double> baseline_of(const Target& target) const {
        if (target.baseline_value) return target.baseline_value;
        if (!target.baseline) return std::nullopt;
        double total = 0;
        for (const auto& id : target.indicators) {
            const auto amount = values_.get(id, *target.baseline);
            if (!amount || !amount->complete()) return std::nullopt;
            total += amount->value;
        }
        return total;
    }

    void finish(const Target& target, TargetResult& r) const {
        r.reached = target.kind == TargetKind::Share       ? *r.x / *r.denominator
                    : target.kind == TargetKind::Reduction ? (*r.baseline - *r.x) / *r.baseline
                                                           : *r.x;
        const bool fewer =
            target.kind == TargetKind::Reduction || target.compare == Compare::AtMost;
        r.needed = std::max(0.0, fewer ? *r.x - *r.required : *r.required - *r.x);
        r.stretch_reached = target.stretch && fulfils(*r.reached, target.compare, *target.stretch);
        if (fulfils(*r.reached, target.compare, target.value)) {
            r.state = TargetState::Achieved;
            r.needed = 0;
            return;
        }
        r.state = TargetState::Behind;
        if (target.yearly) {
            if (now_.half == 1) not_due_until({now_.year, 0}, r);
            return;
        }
        // Half a year is over before the year that a deadline names is.
        if (end_of(now_) >= end_of(target.deadline)) return;
        r.expected = expected(target, r, fewer);
        if (!r.expected)
            not_due_until(target.deadline, r);
        else if (fewer ? *r.x <= *r.expected + 1e-9 : *r.x >= *r.expected - 1e-9)
            r.state = TargetState::OnTrack;
    }

    static void not_due_until(Period period, TargetResult& r) {
        r.state = TargetState::NotDue;
        r.due = days_of(period).second;
    }

    std::optional<double> expected(const Target& target, const TargetResult& r, bool fewer) const {
        // Where less is asked for and no beginning is known there is no line.
        if (!r.baseline && fewer) return std::nullopt;
        const double from = r.baseline && target.baseline ? end_of(*target.baseline)
                                                          : static_cast<double>(plan_.from.year);
        const double start = r.baseline.value_or(0);
        const double to = end_of(target.deadline);
        if (to <= from) return std::nullopt;
        const double share = std::clamp((end_of(now_) - from) / (to - from), 0.0, 1.0);
        return start + (*r.required - start) * share;
    }

    // A set test: the same number of other communes does not fulfil it.
    void maintain(const Target& target, TargetResult& r) const {
        if (!target.baseline || target.indicators.empty()) return;
        const auto* base = values_.members(target.indicators.front(), *target.baseline);
        const auto* today = values_.members(target.indicators.front(), now_);
        if (!base || !today || base->size() != today->size()) {
            r.missing = target.indicators;
            return;
        }
        std::size_t members = 0, unknown = 0;
        for (std::size_t i = 0; i < base->size(); ++i) {
            if ((*base)[i] != Flag::Yes) continue;
            ++members;
            if ((*today)[i] == Flag::No) r.lost.push_back(i);
            unknown += (*today)[i] == Flag::Unknown;
        }
        r.baseline = static_cast<double>(members);
        r.required = r.baseline;
        r.known = members - unknown;
        r.of = members;
        r.x = static_cast<double>(members - unknown - r.lost.size());
        r.reached = r.x;
        r.needed = static_cast<double>(r.lost.size());
        if (members == 0)
            r.state = TargetState::NotApplicable;
        else if (!r.lost.empty())
            r.state = TargetState::Behind;
        else
            r.state = unknown ? TargetState::NoData : TargetState::Achieved;
    }

    const Plan& plan_;
    const TargetValues& values_;
    Period now_;
};

} // namespace

void TargetValues::set(const IndicatorId& id, Period period, Amount amount) {
    amounts_.insert_or_assign({id, period}, amount);
}

void TargetValues::set_members(const IndicatorId& id, Period period, std::vector<Flag> members) {
    amounts_.try_emplace({id, period}, counted(members));
    members_.insert_or_assign({id, period}, std::move(members));
}

std::optional<Amount> TargetValues::get(const IndicatorId& id, Period period) const {
    const auto found = amounts_.find({id, period});
    if (found == amounts_.end()) return std::nullopt;
    return found->second;
}

const std::vector<Flag>* TargetValues::members(const IndicatorId& id, Period period) const {
    const auto found = members_.find({id, period});
    return found == members_.end() ? nullptr : &found->second;
}

void TargetValues::add(const IndicatorCube& cube) {
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto units = static_cast<double>(cube.units());
        amounts_.try_emplace({"units", cube.periods[p]}, Amount{units, 0, 0});
        for (std::size_t k = 0; k < cube.indicators.size(); ++k) {
            if (cube.indicators[k].kind != Kind::Count) continue;
            const auto slice = cube.slice(k, p);
            Amount amount{0, 0, slice.size()};
            for (std::size_t i = 0; i < slice.size(); ++i)
                if (slice.has(i)) amount.value += slice.value[i], ++amount.known;
            if (amount.known)
                amounts_.try_emplace({cube.indicators[k].id, cube.periods[p]}, amount);
        }
    }
}

void TargetValues::add(const StatusSeries& drug, const StatusSeries& prostitution) {
    const auto present = [](Status s) {
        return s == Status::Unknown ? Flag::Unknown : s == Status::None ? Flag::No : Flag::Yes;
    };
    const auto add_domain = [&](const StatusSeries& series, const char* hot_id,
                                const char* present_id, const char* none_id) {
        for (std::size_t p = 0; p < series.periods.size(); ++p) {
            set_members(hot_id, series.periods[p], flags_of(series.of[p], hotspot));
            set_members(present_id, series.periods[p], flags_of(series.of[p], present));
            set_members(none_id, series.periods[p], flags_of(series.of[p], healthy));
        }
    };
    add_domain(drug, "ST04", "ST07", "ST09");
    add_domain(prostitution, "ST05", "ST06", "ST08");
    for (const auto period : drug.periods) {
        const auto a = at(drug, period), b = at(prostitution, period);
        if (b.empty()) continue;
        std::vector<Flag> hot_both, healthy_both;
        for (std::size_t i = 0; i < a.size(); ++i) {
            hot_both.push_back(both(hotspot(a[i]), hotspot(b[i])));
            healthy_both.push_back(both(healthy(a[i]), healthy(b[i])));
        }
        set_members("ST03", period, std::move(hot_both));
        set_members("ST10", period, std::move(healthy_both));
    }
    const auto history = history_of(drug, prostitution);
    for (std::size_t p = 1; p < history.periods.size() && !drug.empty() && !prostitution.empty();
         ++p) {
        const auto moves = transitions(history, history.periods[p - 1], history.periods[p]);
        const auto units = history.units();
        for (const auto& [id, move] :
             {std::pair{"ST11_kept", Move::Maintained}, std::pair{"ST11_new", Move::NewlyBuilt}})
            amounts_.try_emplace(
                {id, history.periods[p]},
                Amount{static_cast<double>(moves.counts[static_cast<std::size_t>(move)]),
                       units - moves.unknown, units});
    }
}

std::string_view to_string(TargetState state) {
    constexpr std::array<std::string_view, 6> kNames{"achieved", "on_track",       "behind",
                                                     "no_data",  "not_applicable", "not_due"};
    return kNames[static_cast<std::size_t>(state)];
}

std::string_view to_string(TargetKind kind) {
    constexpr std::array<std::string_view, 5> kNames{"absolute", "share", "reduction", "maintain",
                                                     "qualitative"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::optional<double> required_amount(const Target& target, std::optional<double> denominator,
                                      std::optional<double> baseline) {
    const bool more = target.compare == Compare::MoreThan;
    switch (target.kind) {
    case TargetKind::Absolute:
        return more ? std::floor(target.value + 1e-9) + 1 : target.value;
    case TargetKind::Share:
        if (!denominator || *denominator == 0) return std::nullopt;
        if (target.compare == Compare::AtMost)
            return std::floor(target.value * *denominator + 1e-9);
        return more ? std::floor(target.value * *denominator + 1e-9) + 1
                    : std::ceil(target.value * *denominator - 1e-9);
    case TargetKind::Reduction:
        if (!baseline || *baseline == 0) return std::nullopt;
        return std::floor(*baseline * (1 - target.value) + 1e-9);
    case TargetKind::Maintain:
        return baseline;
    case TargetKind::Qualitative:
        return std::nullopt;
    }
    return std::nullopt;
}

std::vector<TargetResult> evaluate(const Plan& plan, const TargetValues& values, Period now) {
    const Judge judge(plan, values, now);
    std::vector<TargetResult> out;
    for (const auto& target : plan.targets) out.push_back(judge.judge(target));
    return out;
}

std::vector<std::size_t> nearest_to_healthy(const std::vector<Status>& drug,
                                            const std::vector<Status>& prostitution) {
    std::vector<std::size_t> out;
    const auto& longer = drug.empty() ? prostitution : drug;
    for (std::size_t i = 0; i < longer.size(); ++i) {
        std::size_t present = 0, worse = 0;
        for (const auto* series : {&drug, &prostitution}) {
            if (series->empty()) continue;
            present += (*series)[i] == Status::Present;
            worse += hot((*series)[i]) || (*series)[i] == Status::Unknown;
        }
        if (present == 1 && worse == 0) out.push_back(i);
    }
    return out;
}

} // namespace diaban::data
