#include "app/cell_audit.hpp"

#include "app/carried_mask.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace diaban::app {
namespace {

using analysis::HiddenNumbers;

// What adds up in a unit tells of a small count only where two small ones make up a number that is
// shown, or where a hidden one is in two sums.
class UnitSums {
public:
    UnitSums(const data::IndicatorCube& cube, const CoupledColumns& group, const CellsSeen& seen,
             const MaskSpec& spec)
        : cube_(cube), group_(group), seen_(seen), spec_(spec) {}

    bool may_tell(std::size_t unit) const {
        std::vector<std::size_t> bound;
        for (const auto& sum : group_.sums) {
            std::size_t hidden = 0, few = 0;
            for (const auto c : sum) {
                if (seen_[c][unit] != CellSeen::Hidden) continue;
                const auto [indicator, period] = group_.columns[c];
                few += too_few(cube_.slice(indicator, period).value[unit], spec_);
                ++hidden;
                bound.push_back(c);
            }
            if (hidden == 2 && few == 2) return true;
        }
        std::sort(bound.begin(), bound.end());
        return std::adjacent_find(bound.begin(), bound.end()) != bound.end();
    }

private:
    const data::IndicatorCube& cube_;
    const CoupledColumns& group_;
    const CellsSeen& seen_;
    const MaskSpec& spec_;
};

std::vector<HiddenNumbers::Number> add_area_sums(HiddenCells& cells, const Dataset& dataset,
                                                 const CoupledColumns& group) {
    std::map<geo::GroupIndex, std::vector<geo::FaceId>> areas;
    const auto of = finest_groups(dataset.vintage->units);
    for (geo::FaceId unit = 0; unit < of.size(); ++unit) areas[of[unit]].push_back(unit);
    std::vector<HiddenNumbers::Number> out;
    for (std::size_t c = 0; c < group.columns.size(); ++c) {
        if (dataset.cube->indicators[group.columns[c].first].kind != data::Kind::Count) continue;
        for (const auto& [area, units] : areas)
            if (const auto sum = cells.add_sum(c, units)) out.push_back(*sum);
    }
    return out;
}

template <typename Keys> CellWishes not_among(const CellWishes& wishes, const Keys& keys) {
    CellWishes out{wishes.known, {}, {}};
    for (std::size_t w = 0; w < wishes.keys.size(); ++w) {
        if (keys.contains(wishes.keys[w])) continue;
        out.wishes.push_back(wishes.wishes[w]);
        out.keys.push_back(wishes.keys[w]);
    }
    return out;
}

// Keeps the cells of wishes that are answered, with what of the list each of them rests on.
void settle(const CellWishes& wishes, const HiddenNumbers::Answer& answer,
            const std::vector<HiddenCells::Cell>& said_small, KnownCells::Settled& settled) {
    std::map<HiddenNumbers::Number, KnownCells::Cell> said;
    for (const auto& cell : said_small) said[cell.number] = {cell.column, cell.unit};
    for (const auto& key : wishes.keys) settled[key] = {};
    std::map<const void*, std::vector<KnownCells::Cell>> made; // many rest on the same
    for (const auto& open : answer.open) {
        const auto [at, is_new] = made.try_emplace(open.rests_on.get());
        for (std::size_t i = 0; is_new && i < open.rests_on->size(); ++i)
            if (const auto found = said.find((*open.rests_on)[i]); found != said.end())
                at->second.push_back(found->second);
        if (is_new) std::sort(at->second.begin(), at->second.end());
        settled[wishes.keys[open.place]] = at->second;
    }
}

} // namespace

std::vector<std::pair<std::size_t, std::size_t>>
cells_to_hide(const Dataset& dataset, const CoupledColumns& group, CellsSeen seen,
              const MaskSpec& spec, KnownCells& known, base::JobContext& ctx) {
    const bool carried = any_carried(dataset, group);
    if (!carried && group.sums.empty()) return {};
    HiddenNumbers numbers;
    CellWishes wishes{known.free, {}, {}};
    HiddenCells cells(numbers, *dataset.cube, group, seen, spec.k);
    if (carried) {
        cells.add_all_hidden();
        add_carried(numbers, dataset, group, cells, true, wishes, spec, ctx);
    } else {
        const UnitSums sums(*dataset.cube, group, seen, spec);
        for (std::size_t unit = 0; unit < dataset.cube->units(); ++unit)
            if (sums.may_tell(unit)) cells.add_hidden(unit);
    }
    cells.add_up_units(true);
    cells.add_wishes(wishes, 0);
    if (wishes.wishes.empty()) return {};
    auto choice = cells.shown();
    std::vector<HiddenNumbers::Number> may_hide;
    for (const auto& cell : choice) may_hide.push_back(cell.number);
    // What adds up in the areas by itself is reckoned with already.
    const auto sums =
        carried ? add_area_sums(cells, dataset, group) : std::vector<HiddenNumbers::Number>();
    const auto open = not_among(wishes, known.settled);
    const auto answer = numbers.hide_for(open.wishes, may_hide, ctx);
    auto hidden = answer.hidden;
    const auto said_small = cells.said_small();
    settle(open, answer, said_small, known.settled);
    known.free.insert(open.keys.begin(), open.keys.end());
    for (const auto& one : answer.open) known.free.erase(open.keys[one.place]);
    if (carried) {
        for (const auto sum : sums) numbers.hide(sum);
        for (const auto& cell : said_small) {
            choice.push_back(cell);
            may_hide.push_back(cell.number);
        }
        const auto left = not_among(not_among(wishes, known.free), known.settled_without_sums);
        const auto more = numbers.hide_for(left.wishes, may_hide, ctx);
        settle(left, more, said_small, known.settled_without_sums);
        hidden.insert(hidden.end(), more.hidden.begin(), more.hidden.end());
    }
    std::sort(hidden.begin(), hidden.end());
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (const auto& cell : choice) {
        if (!std::binary_search(hidden.begin(), hidden.end(), cell.number)) continue;
        out.emplace_back(cell.column, cell.unit);
        known.forget_resting_on({cell.column, cell.unit});
    }
    return out;
}

} // namespace diaban::app
