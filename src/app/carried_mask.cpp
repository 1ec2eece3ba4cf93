#include "app/carried_mask.hpp"

#include "app/mask.hpp"
#include "app/sum_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

namespace diaban::app {
namespace {

constexpr double kNoMost = std::numeric_limits<double>::infinity();

// A hidden number of an old unit that goes whole into one new unit.
struct WholePart {
    std::uint32_t from, to;
    geo::GroupIndex before, after; // districts
};

// What hidden numbers flow from the old districts into the new units and from there into the new
// districts; all sums of districts are public.
class CarriedFlows {
public:
    CarriedFlows(const CarriedColumn& column, std::vector<CarriedUnit>& units)
        : column_(column), units_(units), outside_(network_.add_node()) {}

    void add(const WholePart& part) {
        const double value = column_.all.value[part.from];
        const bool few = too_few(value, {column_.k});
        const auto arc = network_.add(node(before_, part.before), node(new_units_, part.to), value,
                                      few ? 1 : 0, few ? column_.k - 1 : kNoMost);
        if (few) few_.push_back({arc, 1, column_.k - 1});
        sum_before_[part.before] += value;
        auto& [sum, after] = sum_of_[part.to];
        sum += value;
        after = part.after;
    }

    // Hides new units until every small count is free.
    void hide() {
        if (few_.empty()) return;
        close();
        auto all_hidden = network_;
        for (const auto& unit : stands_) all_hidden.set_range(unit.arc, 0, kNoMost);
        // As far as it could go at all: the list of what is small says something, too.
        for (const auto& few : few_) {
            const int value = static_cast<int>(network_.value(few.arc));
            for (int target = few.least; target < value; ++target)
                if (all_hidden.reaches(few.arc, target)) {
                    let_go(few.arc, target);
                    break;
                }
            for (int target = few.most; target > value; --target)
                if (all_hidden.reaches(few.arc, target)) {
                    let_go(few.arc, target);
                    break;
                }
        }
    }

private:
    struct Few {
        SumNetwork::Arc arc;
        int least, most;
    };
    struct NewUnit {
        SumNetwork::Arc arc;
        std::uint32_t unit;
        double flowing;
    };
    template <class Key> SumNetwork::Node node(std::map<Key, SumNetwork::Node>& nodes, Key key) {
        const auto [at, is_new] = nodes.try_emplace(key);
        if (is_new) at->second = network_.add_node();
        return at->second;
    }

    void close() {
        for (const auto& [group, sum] : sum_before_)
            network_.add(outside_, before_.at(group), sum, sum, sum);
        std::map<geo::GroupIndex, double> sum_after;
        for (const auto& [unit, of] : sum_of_) {
            const auto [sum, group] = of;
            if (!column_.carried.has(unit)) { // in no sum of the new table
                network_.add(new_units_.at(unit), outside_, sum, 0, kNoMost);
                continue;
            }
            sum_after[group] += sum;
            const double whole = column_.carried.value[unit];
            if (too_few(whole, {column_.k})) {
                add_few(unit, group, sum, whole - sum);
                continue;
            }
            const bool hidden = units_[unit] == CarriedUnit::Tells;
            const auto arc = network_.add(new_units_.at(unit), node(after_, group), sum,
                                          hidden ? 0 : sum, hidden ? kNoMost : sum);
            if (!hidden) stands_.push_back({arc, unit, sum});
        }
        for (const auto& [group, sum] : sum_after)
            network_.add(after_.at(group), outside_, sum, sum, sum);
    }

    // A new unit that is small itself. `rest`: what others of its parts have, which are shown.
    void add_few(std::uint32_t unit, geo::GroupIndex group, double sum, double rest) {
        const double least = std::max(0.0, std::ceil(1 - rest)),
                     most = std::max(sum, std::floor(column_.k - 1 - rest));
        const auto arc =
            network_.add(new_units_.at(unit), node(after_, group), sum, least, most);
        few_.push_back({arc, static_cast<int>(least), static_cast<int>(most)});
    }

    // The smallest of those that hold it, rather one whose absence is enough.
    void let_go(SumNetwork::Arc few, double target) {
        while (!network_.reaches(few, target)) {
            const auto holding = network_.held_before(few, target);
            std::vector<std::size_t> found;
            for (std::size_t i = 0; i < stands_.size(); ++i)
                if (std::binary_search(holding.begin(), holding.end(), stands_[i].arc))
                    found.push_back(i);
            if (found.empty()) return;
            std::sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
                return std::tuple(column_.carried.value[stands_[a].unit], a) <
                       std::tuple(column_.carried.value[stands_[b].unit], b);
            });
            auto chosen = found.front();
            for (const auto i : found) {
                network_.set_range(stands_[i].arc, 0, kNoMost);
                const bool enough = network_.reaches(few, target);
                network_.set_range(stands_[i].arc, stands_[i].flowing, stands_[i].flowing);
                if (!enough) continue;
                chosen = i;
                break;
            }
            network_.set_range(stands_[chosen].arc, 0, kNoMost);
            units_[stands_[chosen].unit] = CarriedUnit::Tells;
            stands_.erase(stands_.begin() + static_cast<std::ptrdiff_t>(chosen));
        }
    }

    const CarriedColumn& column_;
    std::vector<CarriedUnit>& units_;
    SumNetwork network_;
    SumNetwork::Node outside_;
    std::map<geo::GroupIndex, SumNetwork::Node> before_, after_;
    std::map<std::uint32_t, SumNetwork::Node> new_units_;
    std::map<geo::GroupIndex, double> sum_before_;
    std::map<std::uint32_t, std::pair<double, geo::GroupIndex>> sum_of_;
    std::vector<Few> few_;
    std::vector<NewUnit> stands_; // with a number that is shown
};

// Old and new districts that share hidden numbers, directly or through others: one family each.
class Families {
public:
    explicit Families(std::span<const WholePart> parts) {
        for (const auto& part : parts)
            parent_[top(number(true, part.after))] = top(number(false, part.before));
    }
    std::size_t of(const WholePart& part) { return top(number(false, part.before)); }

private:
    std::size_t number(bool after, geo::GroupIndex group) {
        const auto [at, is_new] = numbers_.try_emplace({after, group}, parent_.size());
        if (is_new) parent_.push_back(parent_.size());
        return at->second;
    }
    std::size_t top(std::size_t one) const {
        while (parent_[one] != one) one = parent_[one];
        return one;
    }

    std::map<std::pair<bool, geo::GroupIndex>, std::size_t> numbers_;
    std::vector<std::size_t> parent_;
};

} // namespace

std::vector<CarriedUnit> carried_units(const CarriedColumn& column) {
    const auto before = finest_groups(column.before), after = finest_groups(column.after);
    std::vector<CarriedUnit> out(column.carried.size(), CarriedUnit::Silent);
    for (std::size_t to = 0; to < out.size(); ++to)
        if (column.carried.has(to)) out[to] = CarriedUnit::Known;
    std::vector<WholePart> parts;
    for (std::uint32_t from = 0; from < column.all.size(); ++from) {
        if (column.shown.has(from) || column.shown.state[from] != data::Cell::Suppressed) continue;
        const auto targets = column.crosswalk.weight.row(from);
        for (const auto to : targets)
            // Of a hidden number that is shared out, one share tells all of it.
            out[to] = targets.size() > 1 && column.carried.has(to) ? CarriedUnit::Tells
                      : out[to] == CarriedUnit::Known              ? CarriedUnit::Silent
                                                                   : out[to];
        if (targets.size() == 1 && column.all.has(from))
            parts.push_back({from, targets.front(), before[from], after[targets.front()]});
    }
    Families families(parts);
    std::map<std::size_t, std::vector<WholePart>> by_family;
    for (const auto& part : parts) by_family[families.of(part)].push_back(part);
    for (const auto& [family, own] : by_family) {
        CarriedFlows flows(column, out);
        for (const auto& part : own) flows.add(part);
        flows.hide();
    }
    return out;
}

} // namespace diaban::app
