#include "data/crosswalk.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::data {
namespace {

// One share of an old unit in a new one, seen from the new unit.
struct Source {
    std::uint32_t unit;
    double share;
};

// The rows of the crosswalk turned round: the sources of each unit of `to`.
std::vector<std::vector<Source>> sources_of(const Crosswalk& crosswalk) {
    std::vector<std::vector<Source>> sources(crosswalk.to_units);
    for (std::size_t i = 0; i < crosswalk.weight.rows(); ++i) {
        const auto targets = crosswalk.weight.row(i);
        const auto shares = crosswalk.weight.weights(i);
        for (std::size_t k = 0; k < targets.size(); ++k)
            sources[targets[k]].push_back(
                {static_cast<std::uint32_t>(i), shares.empty() ? 1.0 : shares[k]});
    }
    return sources;
}

constexpr double kWhole = 1 - 1e-12;

// What became of the sources of one cell.
struct Carried {
    double value = 0;
    Cell state = Cell::Observed;
    bool mixed = false;
};

// The state of a new cell before its value is known: a source without a value leaves none.
Cell state_of(const Slice& slice, const std::vector<Source>& sources) {
    if (sources.empty()) return Cell::Missing;
    const auto first = slice.state[sources.front().unit];
    bool same = true, values = true, suppressed = false, estimated = false;
    for (const auto& source : sources) {
        const auto state = slice.state[source.unit];
        same = same && state == first;
        values = values && (state == Cell::Observed || state == Cell::Estimated);
        suppressed = suppressed || state == Cell::Suppressed;
        // Splitting a unit needs an assumption, whatever the basis.
        estimated = estimated || state == Cell::Estimated || source.share < kWhole;
    }
    if (values) return estimated ? Cell::Estimated : Cell::Observed;
    if (same) return first; // one kind of empty stays what it is
    // Masked wins over unknown: the reader may learn that something is hidden.
    return suppressed ? Cell::Suppressed : Cell::Missing;
}

bool has_value(Cell state) {
    return state == Cell::Observed || state == Cell::Estimated;
}

Carried carry_count(const Slice& slice, const std::vector<Source>& sources) {
    Carried out{0, state_of(slice, sources), false};
    if (has_value(out.state))
        for (const auto& source : sources) out.value += source.share * slice.value[source.unit];
    return out;
}

Carried carry_intensity(const Slice& slice, const std::vector<Source>& sources) {
    Carried out{0, state_of(slice, sources), false};
    if (!has_value(out.state)) return out;
    double weight = 0;
    for (const auto& source : sources) {
        out.value += source.share * slice.value[source.unit];
        weight += source.share;
    }
    out.value /= weight;
    // A mean of several units is an estimate even where each of them is whole.
    if (sources.size() > 1) out.state = Cell::Estimated;
    return out;
}

// A class says something about a whole unit, so that part of a unit keeps the class as an estimate.
Carried carry_category(const Slice& slice, const std::vector<Source>& sources) {
    Carried out{0, state_of(slice, sources), false};
    if (!has_value(out.state)) return out;
    out.value = slice.value[sources.front().unit];
    out.mixed = std::any_of(sources.begin(), sources.end(), [&](const Source& source) {
        return slice.value[source.unit] != out.value;
    });
    return out;
}

// The category that stands for sources of several classes; added where there are any.
std::size_t mixed_category(Indicator& indicator) {
    auto& categories = indicator.categories;
    auto at = std::find(categories.begin(), categories.end(), kMixed);
    if (at == categories.end()) at = categories.insert(at, std::string(kMixed));
    return static_cast<std::size_t>(at - categories.begin());
}

base::Finding counted(std::string key, std::size_t count, const char* unit, base::Args args) {
    args.emplace_back("count", static_cast<std::int64_t>(count));
    base::Finding finding{
        base::Severity::Warning, std::move(key), std::move(args), "", {}, unit, {}};
    finding.amount = static_cast<double>(count);
    return finding;
}

class Carrier {
public:
    Carrier(const IndicatorCube& cube, const Crosswalk& crosswalk, base::Findings& findings)
        : from_(cube), crosswalk_(crosswalk), findings_(findings), sources_(sources_of(crosswalk)),
          to_(crosswalk.to, cube.indicators, cube.periods, crosswalk.to_units) {}

    IndicatorCube run() {
        report_abolished();
        for (std::size_t k = 0; k < from_.indicators.size(); ++k)
            if (!recomputed(from_.indicators[k])) carry_indicator(k);
        // Ratios last: they are made of indicators that have been carried.
        for (std::size_t k = 0; k < from_.indicators.size(); ++k)
            if (recomputed(from_.indicators[k])) recompute(k);
        return std::move(to_);
    }

private:
    bool recomputed(const Indicator& indicator) const {
        return indicator.kind == Kind::Ratio && from_.find(indicator.numerator) &&
               from_.find(indicator.denominator);
    }

    void carry_indicator(std::size_t k) {
        const auto& indicator = from_.indicators[k];
        std::size_t missing = 0, mixed = 0, first_unit = 0, first_period = 0, first_missing = 0;
        for (std::size_t p = 0; p < from_.periods.size(); ++p) {
            const auto slice = from_.slice(k, p);
            for (std::size_t i = 0; i < sources_.size(); ++i) {
                auto cell = carry_cell(indicator.kind, slice, sources_[i]);
                if (cell.mixed) cell.value = static_cast<double>(mixed_category(to_.indicators[k]));
                to_.set(k, p, i, cell.value, cell.state);
                if (cell.mixed && mixed++ == 0) first_unit = i, first_period = p;
                if (cell.state == Cell::Missing && !sources_[i].empty() && missing++ == 0)
                    first_missing = i;
            }
        }
        if (mixed)
            findings_.push_back(counted("mixed_category", mixed, "cells",
                                        {{"indicator", indicator.id},
                                         {"first", static_cast<std::int64_t>(first_unit + 1)},
                                         {"period", to_string(from_.periods[first_period])}}));
        if (missing)
            findings_.push_back(counted("missing_source", missing, "cells",
                                        {{"indicator", indicator.id},
                                         {"first", static_cast<std::int64_t>(first_missing + 1)}}));
    }

    static Carried carry_cell(Kind kind, const Slice& slice, const std::vector<Source>& sources) {
        switch (kind) {
        case Kind::Count:
            return carry_count(slice, sources);
        case Kind::Category:
            return carry_category(slice, sources);
        case Kind::Intensity:
            return carry_intensity(slice, sources);
        case Kind::Ratio:
            break;
        }
        // A ratio whose parts are unknown is not averaged; it survives only where a unit did.
        if (sources.size() == 1 && sources.front().share >= kWhole)
            return {slice.value[sources.front().unit], slice.state[sources.front().unit], false};
        return {0, sources.empty() ? Cell::Missing : unknown_of(slice, sources), false};
    }
    static Cell unknown_of(const Slice& slice, const std::vector<Source>& sources) {
        const auto state = state_of(slice, sources);
        return has_value(state) ? Cell::Missing : state;
    }

    // As IndicatorCube::add_ratio, into the place that the indicator has.
    void recompute(std::size_t k) {
        const auto& ratio = from_.indicators[k];
        const auto numerator = *to_.find(ratio.numerator);
        const auto denominator = *to_.find(ratio.denominator);
        for (std::size_t p = 0; p < to_.periods.size(); ++p) {
            for (std::size_t i = 0; i < to_.units(); ++i) {
                const auto n = to_.state(numerator, p, i), d = to_.state(denominator, p, i);
                if (!has_value(n) || !has_value(d)) {
                    to_.set(k, p, i, 0, has_value(n) ? d : n);
                } else if (to_.value(denominator, p, i) == 0) {
                    to_.set(k, p, i, 0, Cell::NotApplicable);
                } else {
                    const bool estimated = n == Cell::Estimated || d == Cell::Estimated;
                    to_.set(k, p, i,
                            to_.value(numerator, p, i) / to_.value(denominator, p, i) * ratio.scale,
                            estimated ? Cell::Estimated : Cell::Observed);
                }
            }
        }
    }

    void report_abolished() {
        std::size_t count = 0, first = 0;
        for (std::size_t i = 0; i < crosswalk_.weight.rows(); ++i)
            if (crosswalk_.weight.row(i).empty() && count++ == 0) first = i;
        if (count)
            findings_.push_back(counted("no_successor", count, "units",
                                        {{"from", crosswalk_.from},
                                         {"to", crosswalk_.to},
                                         {"first", static_cast<std::int64_t>(first + 1)}}));
    }

    const IndicatorCube& from_;
    const Crosswalk& crosswalk_;
    base::Findings& findings_;
    std::vector<std::vector<Source>> sources_;
    IndicatorCube to_;
};

} // namespace

IndicatorCube carry(const IndicatorCube& cube, const Crosswalk& crosswalk,
                    base::Findings& findings) {
    return Carrier(cube, crosswalk, findings).run();
}

Balance balance(const Slice& before, const Slice& after, const Crosswalk& crosswalk) {
    Balance out;
    for (std::size_t i = 0; i < after.size(); ++i)
        if (after.has(i)) out.after += after.value[i];
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!before.has(i)) continue;
        out.before += before.value[i];
        const auto targets = crosswalk.weight.row(i);
        const auto shares = crosswalk.weight.weights(i);
        double given = 0;
        for (std::size_t t = 0; t < targets.size(); ++t) {
            const double share = shares.empty() ? 1 : shares[t];
            given += share;
            if (!after.has(targets[t])) out.withheld += share * before.value[i];
        }
        if (given < kWhole) out.lost += (1 - given) * before.value[i];
    }
    return out;
}

Crosswalk compose(const Crosswalk& first, const Crosswalk& second) {
    if (first.to != second.from || first.to_units != second.weight.rows())
        throw base::Error(base::ErrorKind::Data, "error.crosswalk.no_chain",
                          {{"from", first.to}, {"to", second.from}});
    Crosswalk out;
    out.from = first.from;
    out.to = second.to;
    out.to_units = second.to_units;
    // A chain is as good as its weakest link: Declared < Population < Area.
    out.basis = std::max(first.basis, second.basis);
    std::vector<double> share(second.to_units, 0);
    for (std::size_t i = 0; i < first.weight.rows(); ++i) {
        std::vector<std::uint32_t> reached;
        const auto middle = first.weight.row(i);
        const auto to_middle = first.weight.weights(i);
        for (std::size_t m = 0; m < middle.size(); ++m) {
            const auto last = second.weight.row(middle[m]);
            const auto to_last = second.weight.weights(middle[m]);
            for (std::size_t t = 0; t < last.size(); ++t) {
                if (share[last[t]] == 0) reached.push_back(last[t]);
                share[last[t]] +=
                    (to_middle.empty() ? 1 : to_middle[m]) * (to_last.empty() ? 1 : to_last[t]);
            }
        }
        std::sort(reached.begin(), reached.end());
        for (const auto to : reached) {
            out.weight.index.push_back(to);
            out.weight.weight.push_back(share[to]);
            share[to] = 0;
        }
        out.weight.offset.push_back(static_cast<std::uint32_t>(out.weight.index.size()));
    }
    return out;
}

} // namespace diaban::data
