#include "app/hidden_cells.hpp"

#include "app/mask.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace diaban::app {

using analysis::HiddenNumbers;
namespace {

// Shares of persons do not add up to the last bit.
constexpr double kSameSum = 1e-6;

} // namespace

CellsSeen cells_seen(const Dataset& all, const Dataset& shown, const CoupledColumns& group) {
    CellsSeen out;
    for (const auto& [i, p] : group.columns) {
        const auto raw = all.cube->slice(i, p), open = shown.cube->slice(i, p);
        auto& column = out.emplace_back(raw.size(), CellSeen::Absent);
        for (std::size_t u = 0; u < raw.size(); ++u)
            if (raw.has(u)) column[u] = open.has(u) ? CellSeen::Public : CellSeen::Hidden;
    }
    for (const auto& cell : shown.unsaid_small)
        for (std::size_t c = 0; c < group.columns.size(); ++c)
            if (group.columns[c] == std::pair(cell.indicator, cell.period))
                out[c][cell.unit] = CellSeen::Unsaid;
    return out;
}

void KnownCells::forget_resting_on(const Cell& cell) {
    for (auto* cells : {&settled, &settled_without_sums})
        std::erase_if(*cells, [&](const auto& one) {
            return std::binary_search(one.second.begin(), one.second.end(), cell);
        });
}

HiddenCells::HiddenCells(HiddenNumbers& numbers, const data::IndicatorCube& cube,
                         const CoupledColumns& group, CellsSeen seen, int k)
    : numbers_(numbers), cube_(cube), group_(group), seen_(std::move(seen)), k_(k),
      number_(group.columns.size()) {}

double HiddenCells::value(std::size_t column, std::size_t unit) const {
    const auto [indicator, period] = group_.columns[column];
    return cube_.slice(indicator, period).value[unit];
}

std::optional<HiddenCells::Number> HiddenCells::at(std::size_t column, std::size_t unit) const {
    const auto found = number_[column].find(unit);
    return found == number_[column].end() ? std::nullopt : std::optional(found->second);
}

void HiddenCells::add(std::size_t column, std::size_t unit, double least, double most) {
    number_[column].emplace(unit, numbers_.add(value(column, unit), least, most));
}

// Parts of persons, of numbers that were shared out, may be less than one.
void HiddenCells::add_hidden(std::size_t unit) {
    for (std::size_t c = 0; c < seen_.size(); ++c) {
        if (!hidden(c, unit) || at(c, unit)) continue;
        const double own = value(c, unit);
        if (seen_[c][unit] == CellSeen::Hidden && too_few(own, {k_}))
            add(c, unit, std::min(1.0, own), std::max(k_ - 1.0, own));
        else
            add(c, unit, std::min(0.0, own), HiddenNumbers::kNoMost);
    }
}

void HiddenCells::add_all_hidden() {
    if (seen_.empty()) return;
    for (std::size_t unit = 0; unit < seen_.front().size(); ++unit) add_hidden(unit);
}

HiddenCells::Number HiddenCells::add_public(std::size_t column, std::size_t unit) {
    if (!at(column, unit)) add(column, unit, value(column, unit), value(column, unit));
    return number_[column].at(unit);
}

void HiddenCells::add_up_units(bool may_hide) {
    // Those that are hidden for the sake of others hold further ones.
    const auto units_of = [&](const std::array<std::size_t, 3>& sum) {
        std::vector<std::size_t> units;
        for (const auto c : sum)
            for (const auto& [unit, number] : number_[c]) units.push_back(unit);
        std::sort(units.begin(), units.end());
        units.erase(std::unique(units.begin(), units.end()), units.end());
        std::erase_if(units, [&](std::size_t unit) {
            return std::any_of(sum.begin(), sum.end(),
                               [&](auto c) { return seen_[c][unit] == CellSeen::Absent; }) ||
                   std::abs(value(sum[0], unit) - value(sum[1], unit) - value(sum[2], unit)) >
                       kSameSum;
        });
        return units;
    };
    for (bool more = may_hide; more;) {
        more = false;
        for (const auto& sum : group_.sums)
            for (const auto unit : units_of(sum))
                for (const auto c : sum)
                    if (seen_[c][unit] == CellSeen::Public && !at(c, unit))
                        add_public(c, unit), more = true;
    }
    for (const auto& sum : group_.sums)
        for (const auto unit : units_of(sum)) {
            HiddenNumbers::Terms terms;
            for (std::size_t part = 0; part < sum.size(); ++part)
                if (const auto number = at(sum[part], unit))
                    terms.emplace_back(*number, part == 0 ? 1 : -1);
            const bool stated =
                std::all_of(sum.begin(), sum.end(), [&](auto c) { return hidden(c, unit); });
            numbers_.add_up(std::move(terms), stated);
        }
}

HiddenNumbers::Terms HiddenCells::terms(std::size_t column,
                                        std::span<const geo::FaceId> units) const {
    HiddenNumbers::Terms out;
    for (const auto unit : units)
        if (const auto number = at(column, unit)) out.emplace_back(*number, 1);
    return out;
}

std::optional<HiddenCells::Number> HiddenCells::add_sum(std::size_t column,
                                                        std::span<const geo::FaceId> units) {
    auto sum = terms(column, units);
    if (sum.empty()) return std::nullopt;
    double value = 0;
    for (const auto& [number, factor] : sum) value += numbers_.value(number);
    const auto out = numbers_.add(value, value, value);
    sum.emplace_back(out, -1);
    numbers_.add_up(std::move(sum));
    return out;
}

void HiddenCells::know_sum(std::size_t column, std::span<const geo::FaceId> units) {
    numbers_.add_up(terms(column, units));
}

void HiddenCells::add_wishes(CellWishes& wishes, std::size_t table) const {
    for (std::size_t c = 0; c < number_.size(); ++c)
        for (const auto& [unit, number] : number_[c]) {
            const CellWishes::Key key(table, c, unit);
            if (!hidden(c, unit) || wishes.known.contains(key)) continue;
            wishes.keys.push_back(key);
            const double own = value(c, unit);
            if (too_few(own, {k_}))
                wishes.wishes.push_back({number, std::min(1.0, own), std::max(k_ - 1.0, own)});
            else
                wishes.wishes.push_back({number, own, own, true});
        }
}

std::vector<HiddenCells::Cell> HiddenCells::said_small() const {
    std::vector<Cell> out;
    for (std::size_t c = 0; c < number_.size(); ++c)
        for (const auto& [unit, number] : number_[c])
            if (seen_[c][unit] == CellSeen::Hidden && too_few(value(c, unit), {k_}))
                out.push_back({c, unit, number});
    return out;
}

std::vector<HiddenCells::Cell> HiddenCells::shown() const {
    std::vector<Cell> out;
    for (std::size_t c = 0; c < number_.size(); ++c)
        for (const auto& [unit, number] : number_[c])
            if (seen_[c][unit] == CellSeen::Public) out.push_back({c, unit, number});
    // A zero is given up only if there is nothing else to hide behind.
    std::sort(out.begin(), out.end(), [&](const Cell& a, const Cell& b) {
        const double one = value(a.column, a.unit), other = value(b.column, b.unit);
        return std::tuple(one == 0, one, a.column, a.unit) <
               std::tuple(other == 0, other, b.column, b.unit);
    });
    return out;
}

} // namespace diaban::app
