#include "app/told_before.hpp"

#include "app/carried_mask.hpp"

#include <algorithm>
#include <bit>

namespace diaban::app {
namespace {

// The same number, shown or hidden. Two numbers have the same of 2^30 marks by chance only; then
// one cell more is hidden, or one that was public hides another.
constexpr std::uint32_t kShownMark = 1, kHiddenMark = 2, kKindOfMark = 3;

std::uint32_t mark_of(double value, std::uint32_t kind) {
    auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value); // -0 is 0
    bits ^= bits >> 33;
    bits *= 0xff51afd7ed558ccdULL; // the finalizer of MurmurHash3, which is in the public domain
    bits ^= bits >> 33;
    bits *= 0xc4ceb9fe1a85ec53ULL;
    bits ^= bits >> 33;
    return (static_cast<std::uint32_t>(bits) & ~kKindOfMark) | kind;
}

} // namespace

ToldBefore::ToldBefore(const Dataset& dataset, const MaskSpec& spec, base::JobContext& ctx) {
    if (!dataset.cube) return;
    for (const auto& from : dataset.carried_from) add_carried(dataset, from, spec, ctx);
    add_earlier_files(dataset);
}

std::span<const Told> ToldBefore::of(std::size_t indicator, std::size_t period) const {
    const auto found = columns_.find({indicator, period});
    return found == columns_.end() ? std::span<const Told>() : std::span(found->second);
}

std::vector<Told>& ToldBefore::column(std::size_t indicator, std::size_t period,
                                      std::size_t units) {
    return columns_.try_emplace({indicator, period}, units, Told::Nothing).first->second;
}

void ToldBefore::add_earlier_files(const Dataset& dataset) {
    const auto& cube = *dataset.cube;
    for (const auto& earlier : dataset.told_before) {
        const auto i = cube.find(earlier.indicator), p = cube.find(earlier.period);
        if (!i || !p || earlier.marks.size() != cube.units()) continue;
        const auto slice = cube.slice(*i, *p);
        auto& told = column(*i, *p, cube.units());
        for (std::size_t u = 0; u < cube.units(); ++u) {
            if (!slice.has(u)) continue;
            if (earlier.marks[u] == mark_of(slice.value[u], kShownMark))
                told[u] = Told::Known;
            else if (earlier.marks[u] == mark_of(slice.value[u], kHiddenMark) &&
                     told[u] != Told::Known)
                told[u] = Told::Kept;
        }
    }
}

void ToldBefore::add_carried(const Dataset& dataset, const CarriedFrom& from, const MaskSpec& spec,
                             base::JobContext& ctx) {
    const auto& cube = *dataset.cube;
    const auto shown = public_there(from, spec, ctx)->shown->cube;
    for (const auto& [indicator, period] : from.columns) {
        const auto i = cube.find(indicator), p = cube.find(period);
        const auto k = from.there->cube->find(indicator), q = from.there->cube->find(period);
        if (!i || !p || !k || !q || !counts_persons(cube.indicators[*i])) continue;
        const auto carried = carried_units({.all = from.there->cube->slice(*k, *q),
                                            .shown = shown->slice(*k, *q),
                                            .carried = cube.slice(*i, *p),
                                            .crosswalk = from.crosswalk});
        auto& told = column(*i, *p, cube.units());
        for (std::size_t u = 0; u < carried.size(); ++u)
            if (carried[u] == CarriedUnit::Tells)
                told[u] = Told::Kept;
            else if (carried[u] == CarriedUnit::Known)
                told[u] = Told::Known;
    }
}

std::vector<files::PublicColumn> newly_told(const Dataset& all, const data::IndicatorCube& shown) {
    std::vector<files::PublicColumn> out;
    if (!all.cube) return out;
    const auto& cube = *all.cube;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
        if (!counts_persons(cube.indicators[i])) continue;
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            const auto values = cube.slice(i, p), told = shown.slice(i, p);
            files::PublicColumn column{cube.indicators[i].id, cube.periods[p],
                                       std::vector<std::uint32_t>(cube.units(), 0)};
            bool any = false;
            for (std::size_t u = 0; u < cube.units(); ++u)
                if (values.has(u)) {
                    any = true;
                    column.marks[u] =
                        mark_of(values.value[u], told.has(u) ? kShownMark : kHiddenMark);
                }
            if (any && std::find(all.told_before.begin(), all.told_before.end(), column) ==
                           all.told_before.end())
                out.push_back(std::move(column));
        }
    }
    return out;
}

} // namespace diaban::app
