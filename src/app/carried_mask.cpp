#include "app/carried_mask.hpp"

#include "app/summary_areas.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::app {
namespace {

using analysis::HiddenNumbers;

geo::Csr parts_of_new_units(const data::Crosswalk& crosswalk) {
    std::vector<std::vector<std::pair<std::uint32_t, double>>> parts(crosswalk.to_units);
    for (std::uint32_t from = 0; from < crosswalk.weight.rows(); ++from) {
        const auto targets = crosswalk.weight.row(from);
        const auto shares = crosswalk.weight.weights(from);
        for (std::size_t i = 0; i < targets.size(); ++i)
            parts[targets[i]].emplace_back(from, shares.empty() ? 1 : shares[i]);
    }
    geo::Csr out;
    for (const auto& own : parts) {
        for (const auto& [from, share] : own) {
            out.index.push_back(from);
            out.weight.push_back(share);
        }
        out.offset.push_back(static_cast<std::uint32_t>(out.index.size()));
    }
    return out;
}

std::shared_ptr<const PublicThere> make_public_there(const CarriedFrom& from, const MaskSpec& spec,
                                                     base::JobContext& ctx) {
    auto out = std::make_shared<PublicThere>();
    out->all = from.there;
    out->shown = mask(from.there, spec, ctx).dataset;
    const auto& cube = *from.there->cube;
    out->groups = coupled_columns(cube);
    out->parts = parts_of_new_units(from.crosswalk);
    std::vector<geo::FaceId> units(cube.units());
    std::iota(units.begin(), units.end(), geo::FaceId{0});
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        auto& sums = out->sums.emplace_back();
        sums.groupings = with_areas_of_agencies(cube, p, summary_groupings(*from.there, p, units));
        std::vector<SummarySums> values;
        for (const auto& grouping : sums.groupings)
            values.push_back(summary_sums(cube, p, grouping));
        sums.hidden = sums_to_hide(*out->all, *out->shown, p, sums.groupings, values, ctx);
    }
    return out;
}

bool is_carried(const data::IndicatorCube& cube, const std::pair<std::size_t, std::size_t>& column,
                const CarriedFrom& from) {
    return std::any_of(from.columns.begin(), from.columns.end(), [&](const auto& one) {
        return one.first == cube.indicators[column.first].id &&
               one.second == cube.periods[column.second];
    });
}

// Every sum of the column that is public.
void know_sums(HiddenCells& cells, const PublicThere& there, const CoupledColumns& group) {
    for (std::size_t c = 0; c < group.columns.size(); ++c) {
        const auto [indicator, period] = group.columns[c];
        if (there.all->cube->indicators[indicator].kind != data::Kind::Count) continue;
        const auto& sums = there.sums[period];
        for (std::size_t g = 0; g < sums.groupings.size(); ++g)
            for (std::size_t a = 0; a < sums.groupings[g].areas.size(); ++a)
                if (!sums.hidden[g][indicator][a])
                    cells.know_sum(c, sums.groupings[g].areas[a].units);
    }
}

// One column of both tables: each new unit is the sum of its parts.
class CarriedParts {
public:
    CarriedParts(HiddenNumbers& numbers, const PublicThere& there, const HiddenCells& old,
                 std::size_t old_column, HiddenCells& here, std::size_t column, bool may_hide)
        : numbers_(numbers), there_(there), old_(old), old_column_(old_column), here_(here),
          column_(column), may_hide_(may_hide) {}

    void add_up(std::size_t unit) {
        if (here_.seen(column_, unit) == CellSeen::Absent) return;
        const auto parts = there_.parts.row(unit);
        const auto shares = there_.parts.weights(unit);
        HiddenNumbers::Terms terms;
        double sum = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (old_.seen(old_column_, parts[i]) == CellSeen::Absent) return;
            sum += shares[i] * old_.value(old_column_, parts[i]);
            if (const auto number = old_.at(old_column_, parts[i]))
                terms.emplace_back(*number, shares[i]);
        }
        const double whole = here_.value(column_, unit);
        constexpr double kRounding = 1e-9;
        if (std::abs(sum - whole) > kRounding * std::max(1.0, std::abs(whole))) return;
        if (!terms.empty() && may_hide_ && here_.seen(column_, unit) == CellSeen::Public)
            here_.add_public(column_, unit);
        if (const auto number = here_.at(column_, unit)) terms.emplace_back(*number, -1);
        const auto seen = here_.seen(column_, unit);
        numbers_.add_up(std::move(terms), seen == CellSeen::Hidden || seen == CellSeen::Unsaid);
    }

private:
    HiddenNumbers& numbers_;
    const PublicThere& there_;
    const HiddenCells& old_;
    std::size_t old_column_;
    HiddenCells& here_;
    std::size_t column_;
    bool may_hide_;
};

} // namespace

std::vector<CarriedUnit> carried_units(const CarriedColumn& column) {
    std::vector<CarriedUnit> out(column.carried.size(), CarriedUnit::Silent);
    std::vector<std::size_t> hidden(out.size(), 0);
    std::vector<bool> shared(out.size(), false);
    for (std::uint32_t from = 0; from < column.all.size(); ++from) {
        if (column.shown.has(from) || column.shown.state[from] != data::Cell::Suppressed) continue;
        const auto targets = column.crosswalk.weight.row(from);
        for (const auto to : targets) {
            ++hidden[to];
            shared[to] = shared[to] || targets.size() > 1;
        }
    }
    for (std::size_t to = 0; to < out.size(); ++to)
        if (column.carried.has(to))
            out[to] = hidden[to] == 0                 ? CarriedUnit::Known
                      : hidden[to] == 1 || shared[to] ? CarriedUnit::Tells
                                                      : CarriedUnit::Silent;
    return out;
}

std::shared_ptr<const PublicThere> public_there(const CarriedFrom& from, const MaskSpec& spec,
                                                base::JobContext& ctx) {
    if (spec.k != MaskSpec{}.k || !from.made) return make_public_there(from, spec, ctx);
    std::call_once(from.made->once,
                   [&] { from.made->public_there = make_public_there(from, spec, ctx); });
    return from.made->public_there;
}

bool any_carried(const Dataset& dataset, const CoupledColumns& group) {
    return std::any_of(
        dataset.carried_from.begin(), dataset.carried_from.end(), [&](const CarriedFrom& from) {
            return std::any_of(group.columns.begin(), group.columns.end(), [&](const auto& column) {
                return is_carried(*dataset.cube, column, from);
            });
        });
}

void add_carried(HiddenNumbers& numbers, const Dataset& dataset, const CoupledColumns& group,
                 HiddenCells& here, bool may_hide, CellWishes& wishes, const MaskSpec& spec,
                 base::JobContext& ctx) {
    const auto& cube = *dataset.cube;
    std::size_t table = 0; // `here` is that
    for (const auto& from : dataset.carried_from) {
        const auto there = public_there(from, spec, ctx);
        const auto& old_cube = *there->all->cube;
        for (const auto& old_group : there->groups) {
            if (old_group.family != group.family || old_group.when != group.when) continue;
            HiddenCells old(numbers, old_cube, old_group,
                            cells_seen(*there->all, *there->shown, old_group), spec.k);
            old.add_all_hidden();
            old.add_up_units(false);
            know_sums(old, *there, old_group);
            old.add_wishes(wishes, ++table);
            for (std::size_t c = 0; c < group.columns.size(); ++c) {
                if (!is_carried(cube, group.columns[c], from)) continue;
                const auto [indicator, period] = group.columns[c];
                const std::pair column(old_cube.find(cube.indicators[indicator].id),
                                       old_cube.find(cube.periods[period]));
                for (std::size_t o = 0; o < old_group.columns.size(); ++o) {
                    if (column != std::pair(std::optional(old_group.columns[o].first),
                                            std::optional(old_group.columns[o].second)))
                        continue;
                    CarriedParts parts(numbers, *there, old, o, here, c, may_hide);
                    for (std::size_t unit = 0; unit < cube.units(); ++unit) parts.add_up(unit);
                }
            }
        }
    }
}

} // namespace diaban::app
