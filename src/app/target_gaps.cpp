#include "app/target_gaps.hpp"

#include "base/number.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

using data::Target;
using data::TargetKind;
using data::TargetState;

bool asks_for_fewer(const Target& target) {
    return target.kind == TargetKind::Reduction || target.compare == data::Compare::AtMost;
}

// Whether a target means the same of a part of the area: what it is measured by is of each part.
bool of_every_part(const Target& target) {
    switch (target.kind) {
    case TargetKind::Share:
        return !target.denominator.empty() && !target.denominator_value;
    case TargetKind::Reduction:
        return target.baseline && !target.baseline_value;
    case TargetKind::Maintain:
        return true;
    default:
        return false;
    }
}

// Nothing where it cannot be told, or nothing is asked.
std::optional<double> gap_of(const data::TargetResult& result) {
    if (result.state == TargetState::NoData || result.state == TargetState::NotApplicable)
        return std::nullopt;
    if (result.state == TargetState::Achieved) return 0;
    const auto& whole = asks_for_fewer(*result.target) ? result.x : result.required;
    if (!result.needed || !whole || !(*whole > 0)) return std::nullopt;
    return std::clamp(*result.needed / *whole, 0.0, 1.0);
}

// The values of some units that a plan looks at.
data::IndicatorCube part_of(const data::IndicatorCube& cube, const std::set<data::IndicatorId>& ids,
                            const std::vector<std::size_t>& members) {
    std::vector<std::size_t> from;
    std::vector<data::Indicator> indicators;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
        if (!ids.contains(cube.indicators[i].id)) continue;
        from.push_back(i);
        indicators.push_back(cube.indicators[i]);
    }
    data::IndicatorCube out(cube.vintage, std::move(indicators), cube.periods, members.size());
    for (std::size_t i = 0; i < from.size(); ++i)
        for (std::size_t p = 0; p < cube.periods.size(); ++p)
            for (std::size_t m = 0; m < members.size(); ++m)
                out.set(i, p, m, cube.value(from[i], p, members[m]),
                        cube.state(from[i], p, members[m]));
    return out;
}

data::StatusSeries part_of(const data::StatusSeries& series,
                           const std::vector<std::size_t>& members) {
    data::StatusSeries out;
    out.periods = series.periods;
    for (const auto& all : series.of) {
        auto& some = out.of.emplace_back();
        for (const auto member : members) some.push_back(all[member]);
    }
    return out;
}

} // namespace

std::set<data::IndicatorId> indicators_of(const data::Plan& plan) {
    std::set<data::IndicatorId> out;
    for (const auto& target : plan.targets) {
        out.insert(target.indicators.begin(), target.indicators.end());
        out.insert(target.denominator.begin(), target.denominator.end());
    }
    return out;
}

const std::string& TargetGaps::area(const Language& language) const {
    return language.code() == "vi" || area_en.empty() ? area_vi : area_en;
}

bool TargetGaps::any() const {
    return std::any_of(value.begin(), value.end(), [](double one) { return !std::isnan(one); });
}

TargetGaps target_gaps(const data::Plan& plan, const Dataset& dataset,
                       const data::IndicatorCube& cube, const Statuses& statuses,
                       data::Period period) {
    const auto& units = dataset.vintage->units;
    const auto level = static_cast<std::size_t>(
        units.has_level(data::Level::District) ? data::Level::District : data::Level::Province);
    const auto& groups = units.groups[level];
    TargetGaps out{.area_vi = plan.area_vi,
                   .area_en = plan.area_en,
                   .document = plan.document,
                   .period = period,
                   .value = {},
                   .region_of = {},
                   .regions = {}};
    // Units without a group come last; only what is asked of the whole area is asked of them.
    std::vector<std::vector<std::size_t>> members(groups.size() + 1);
    for (std::size_t u = 0; u < units.size(); ++u) {
        const auto group = u < units.parent[level].size() ? units.parent[level][u] : geo::kNoGroup;
        out.region_of.push_back(std::min<std::size_t>(group, groups.size()));
        members[out.region_of.back()].push_back(u);
    }
    const auto ids = indicators_of(plan);
    const auto judged = [&](const data::IndicatorCube& values, const data::StatusSeries& drug,
                            const data::StatusSeries& prostitution) {
        data::TargetValues told;
        told.add(drug, prostitution);
        told.add(values);
        return data::evaluate(plan, told, period);
    };
    const auto whole = judged(cube, statuses.drug_counts, statuses.prostitution_counts);
    std::vector<double> mean;
    for (std::size_t r = 0; r < members.size(); ++r) {
        const bool part = r < groups.size();
        std::vector<data::TargetResult> own;
        if (part && !members[r].empty())
            own = judged(part_of(cube, ids, members[r]), part_of(statuses.drug_counts, members[r]),
                         part_of(statuses.prostitution_counts, members[r]));
        auto& gaps = out.regions.emplace_back();
        double sum = 0;
        for (std::size_t t = 0; t < plan.targets.size(); ++t) {
            const auto& target = plan.targets[t];
            const bool of_part = of_every_part(target);
            if (of_part && own.empty()) continue;
            const auto gap = gap_of(of_part ? own[t] : whole[t]);
            if (!gap) continue;
            std::string area;
            if (of_part) area = groups[r].name.empty() ? groups[r].code : groups[r].name;
            gaps.push_back({target.id, target.text_vi, target.text_en, std::move(area),
                            asks_for_fewer(target), *gap});
            sum += *gap;
        }
        mean.push_back(gaps.empty() ? base::kNaN : sum / static_cast<double>(gaps.size()));
        std::stable_sort(gaps.begin(), gaps.end(),
                         [](const TargetGap& a, const TargetGap& b) { return a.gap > b.gap; });
    }
    for (const auto region : out.region_of) out.value.push_back(mean[region]);
    return out;
}

std::string gap_words(const TargetGaps& gaps, std::size_t unit, const Language& language) {
    const auto& all = gaps.regions[gaps.region_of[unit]];
    if (all.empty()) return "";
    const auto count = static_cast<std::int64_t>(all.size());
    const auto& farthest = all.front();
    if (!(farthest.gap > 0)) return language.text("patrol.gap_none", {{"count", count}});
    const bool vi = language.code() == "vi";
    const auto& area = farthest.area.empty() ? gaps.area(language) : farthest.area;
    const auto& text = vi || farthest.text_en.empty() ? farthest.text_vi : farthest.text_en;
    return language.text(farthest.fewer ? "patrol.gap_fewer" : "patrol.gap_more",
                         {{"count", count},
                          {"mean", language.number(100 * gaps.value[unit], 0)},
                          {"target", text.empty() ? farthest.id : text},
                          {"area", area},
                          {"percent", language.number(100 * farthest.gap, 0)}});
}

} // namespace diaban::app
