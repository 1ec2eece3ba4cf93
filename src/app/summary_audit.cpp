#include "app/summary_audit.hpp"

#include "app/carried_mask.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace diaban::app {
namespace {

using analysis::HiddenNumbers;

// The sums of one group of columns.
class TellingSums {
public:
    TellingSums(const Dataset& all, const Dataset& shown,
                std::span<const SummaryGrouping> groupings, std::size_t settled,
                std::span<const SumsOfPeriod> periods, const CoupledColumns& group,
                base::JobContext& ctx)
        : all_(all), groupings_(groupings), settled_(settled), periods_(periods), group_(group),
          ctx_(ctx),
          cells_(numbers_, *all.cube, group, cells_seen(all, shown, group), MaskSpec{}.k) {}

    bool hide() {
        cells_.add_all_hidden();
        if (any_carried(all_, group_))
            add_carried(numbers_, all_, group_, cells_, false, wishes_, {}, ctx_);
        cells_.add_wishes(wishes_, 0);
        if (wishes_.wishes.empty()) return false;
        cells_.add_up_units(false);
        for (std::size_t c = 0; c < group_.columns.size(); ++c) add_sums(c);
        std::sort(sums_.begin(), sums_.end(), [](const Sum& a, const Sum& b) {
            return std::tuple(a.whole, a.value, a.number) < std::tuple(b.whole, b.value, b.number);
        });
        std::vector<HiddenNumbers::Number> may_hide;
        for (const auto& sum : sums_) may_hide.push_back(sum.number);
        if (numbers_.hide_for(wishes_.wishes, may_hide, ctx_).hidden.empty()) return false;
        for (const auto& sum : sums_)
            if (!numbers_.is_public(sum.number)) hide(sum);
        return true;
    }

private:
    struct Sum {
        HiddenNumbers::Number number;
        double value;
        std::size_t of, indicator; // the place of its period
        std::size_t grouping, area;
        bool whole; // that of all groupings
    };

    void add_sums(std::size_t column) {
        const auto [indicator, period] = group_.columns[column];
        if (all_.cube->indicators[indicator].kind != data::Kind::Count) return;
        const auto at =
            std::find_if(periods_.begin(), periods_.end(),
                         [p = period](const SumsOfPeriod& one) { return one.period == p; });
        if (at == periods_.end()) return;
        const auto of = static_cast<std::size_t>(at - periods_.begin());
        bool whole_is_in = false;
        for (std::size_t g = 0; g < groupings_.size(); ++g)
            for (std::size_t a = 0; a < groupings_[g].areas.size(); ++a) {
                const bool whole = a + 1 == groupings_[g].areas.size();
                if (at->hidden[g][indicator][a] || (whole && whole_is_in)) continue;
                whole_is_in = whole_is_in || whole;
                const auto& units = groupings_[g].areas[a].units;
                if (g < settled_) {
                    cells_.know_sum(column, units);
                    continue;
                }
                const auto value = at->sums[g][indicator][a].value.value_or(0);
                if (const auto number = cells_.add_sum(column, units))
                    sums_.push_back({*number, value, of, indicator, g, a, whole});
            }
    }

    void hide(const Sum& sum) {
        auto& hidden = periods_[sum.of].hidden;
        if (sum.whole)
            for (std::size_t g = 0; g < groupings_.size(); ++g)
                hidden[g][sum.indicator].back() = true;
        else
            hidden[sum.grouping][sum.indicator][sum.area] = true;
    }

    const Dataset& all_;
    std::span<const SummaryGrouping> groupings_;
    std::size_t settled_;
    std::span<const SumsOfPeriod> periods_;
    const CoupledColumns& group_;
    base::JobContext& ctx_;
    HiddenNumbers numbers_;
    HiddenCells cells_;
    std::set<CellWishes::Key> known_; // none
    CellWishes wishes_{known_, {}, {}};
    std::vector<Sum> sums_;
};

} // namespace

bool hide_telling_sums(const Dataset& all, const Dataset& shown,
                       std::span<const SummaryGrouping> groupings, std::size_t settled,
                       std::span<const SumsOfPeriod> periods, base::JobContext& ctx) {
    bool more = false;
    for (const auto& group : coupled_columns(*all.cube)) {
        const bool here =
            std::any_of(group.columns.begin(), group.columns.end(), [&](const auto& column) {
                return std::any_of(periods.begin(), periods.end(), [&](const SumsOfPeriod& one) {
                    return one.period == column.second;
                });
            });
        if (here)
            more = TellingSums(all, shown, groupings, settled, periods, group, ctx).hide() || more;
    }
    return more;
}

} // namespace diaban::app
