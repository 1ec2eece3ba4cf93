#include "app/table_sums.hpp"

#include "app/smoothed.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::app {

TableSums::TableSums(std::shared_ptr<const Dataset> dataset, std::shared_ptr<const Dataset> shown,
                     const Language& language, base::JobContext& ctx)
    : dataset_(std::move(dataset)), shown_(std::move(shown)), language_(language), ctx_(ctx) {}

TableSums::Sum TableSums::of(std::size_t indicator, std::size_t period,
                             const std::vector<geo::FaceId>& units) {
    const bool smoothed = parse_smoothed(dataset_->cube->indicators[indicator].id).has_value();
    const auto& cube = smoothed ? *shown_->cube : *dataset_->cube;
    return {aggregate(cube, indicator, period, units),
            !smoothed && dataset_ != shown_ && hides(indicator, period, units)};
}

const TableSums::Hidden& TableSums::hidden_in(std::size_t period) {
    const auto [at, is_new] = hidden_.try_emplace(period);
    Hidden& out = at->second;
    if (!is_new) return out;
    std::vector<geo::FaceId> all(dataset_->vintage->units.size());
    std::iota(all.begin(), all.end(), geo::FaceId{0});
    const auto groupings = summary_groupings(*dataset_, period, all, language_);
    std::vector<SummarySums> sums;
    for (const auto& grouping : groupings)
        sums.push_back(summary_sums(*dataset_->cube, period, grouping));
    auto hides = sums_to_hide(*dataset_, *shown_, period, groupings, sums, ctx_);
    // Districts where there are any, else provinces: the rows of the table.
    const auto& finest = groupings.front();
    const bool known = finest.by != SummaryGrouping::By::Agency;
    out.area_of.assign(all.size(), finest.areas.size() - 1); // the whole
    for (std::size_t a = 0; a < finest.areas.size(); ++a) {
        out.sizes.push_back(known || a + 1 == finest.areas.size() ? finest.areas[a].units.size()
                                                                  : 0);
        if (known && a + 1 < finest.areas.size())
            for (const auto unit : finest.areas[a].units) out.area_of[unit] = a;
    }
    out.hides = std::move(hides.front());
    return out;
}

// A rate tells of both its parts, and of a part of them where one is known of fewer units.
bool TableSums::hides(std::size_t indicator, std::size_t period,
                      const std::vector<geo::FaceId>& units) {
    if (units.empty()) return false;
    const auto& cube = *dataset_->cube;
    const auto& what = cube.indicators[indicator];
    std::vector<std::size_t> parts{indicator};
    if (what.kind == data::Kind::Ratio) {
        parts.clear();
        for (const auto& id : {what.numerator, what.denominator})
            if (const auto part = cube.find(id)) parts.push_back(*part);
    }
    const auto& areas = hidden_in(period);
    const auto area = areas.area_of[units.front()];
    const bool whole = units.size() == areas.sizes[area];
    for (const auto part : parts) {
        if (!counts_persons(cube.indicators[part])) continue;
        const auto raw = cube.slice(part, period), shown = shown_->cube->slice(part, period);
        const bool masked = std::any_of(units.begin(), units.end(), [&](geo::FaceId unit) {
            return raw.has(unit) && !shown.has(unit);
        });
        const bool uneven = std::any_of(parts.begin(), parts.end(), [&](std::size_t other) {
            const auto beside = cube.slice(other, period);
            return std::any_of(units.begin(), units.end(), [&](geo::FaceId unit) {
                return raw.has(unit) && !beside.has(unit);
            });
        });
        if (whole ? areas.hides[part][area] || (masked && uneven) : masked) return true;
    }
    return false;
}

} // namespace diaban::app
