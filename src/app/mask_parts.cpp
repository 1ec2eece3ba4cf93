#include "app/mask_parts.hpp"

#include "app/sum_network.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace diaban::app {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

bool adds_up(const PartCells& unit) {
    return unit[0].counts && unit[1].counts && unit[2].counts &&
           unit[0].value == unit[1].value + unit[2].value;
}

// The parts flow from their sums into the units, and from there as wholes into theirs.
class PartsNetwork {
public:
    PartsNetwork(std::span<const PartCells> units, int k) : limit_(k) {
        const auto outside = network_.add_node();
        std::array<SumNetwork::Node, 3> sums{};
        for (auto& node : sums) node = network_.add_node();
        std::array<double, 3> total{};
        for (std::size_t u = 0; u < units.size(); ++u) {
            const auto unit = adds_up(units[u]) ? network_.add_node() : outside;
            for (std::size_t part = 0; part < 3; ++part) {
                const auto& cell = units[u][part];
                if (!cell.counts) continue;
                total[part] += cell.value;
                add(u, part, cell, part == 0 ? unit : sums[part], part == 0 ? sums[part] : unit);
            }
        }
        for (std::size_t part = 0; part < 3; ++part)
            network_.add(part == 0 ? sums[part] : outside, part == 0 ? outside : sums[part],
                         total[part], total[part], total[part]);
    }

    std::vector<std::pair<std::size_t, std::size_t>> hide() {
        auto all_hidden = network_;
        for (const auto& cell : cells_)
            if (!cell.hidden && !cell.known) all_hidden.set_range(cell.arc, 0, kUnlimited);
        std::vector<std::pair<std::size_t, std::size_t>> out;
        for (const auto& cell : cells_) {
            if (!cell.few) continue;
            for (const double target : {1.0, limit_ - 1.0})
                if (all_hidden.reaches(cell.arc, target)) let_go(cell.arc, target, out);
        }
        return out;
    }

private:
    struct Cell {
        std::size_t unit, part;
        SumNetwork::Arc arc;
        double value;
        bool hidden, few, known;
    };
    void add(std::size_t unit, std::size_t part, const PartCell& cell, SumNetwork::Node from,
             SumNetwork::Node to) {
        const double low = !cell.hidden ? cell.value : cell.few ? 1 : 0;
        const double high = !cell.hidden ? cell.value : cell.few ? limit_ - 1 : kUnlimited;
        const auto arc = network_.add(from, to, cell.value, low, high);
        cells_.push_back(
            {unit, part, arc, cell.value, cell.hidden, cell.hidden && cell.few, cell.known});
    }
    // Hides the smallest of those that hold it, rather one whose absence is enough.
    void let_go(SumNetwork::Arc arc, double target,
                std::vector<std::pair<std::size_t, std::size_t>>& out) {
        while (!network_.reaches(arc, target)) {
            const auto holding = network_.held_before(arc, target);
            std::vector<Cell*> found;
            for (auto& cell : cells_)
                if (!cell.hidden && !cell.known &&
                    std::binary_search(holding.begin(), holding.end(), cell.arc))
                    found.push_back(&cell);
            if (found.empty()) return;
            std::sort(found.begin(), found.end(), [](const Cell* a, const Cell* b) {
                return std::tuple(a->value == 0, a->value, a->arc) <
                       std::tuple(b->value == 0, b->value, b->arc);
            });
            auto* chosen = found.front();
            for (auto* cell : found) {
                network_.set_range(cell->arc, 0, kUnlimited);
                const bool enough = network_.reaches(arc, target);
                network_.set_range(cell->arc, cell->value, cell->value);
                if (!enough) continue;
                chosen = cell;
                break;
            }
            network_.set_range(chosen->arc, 0, kUnlimited);
            chosen->hidden = true;
            out.emplace_back(chosen->unit, chosen->part);
        }
    }

    double limit_;
    SumNetwork network_;
    std::vector<Cell> cells_;
};

} // namespace

std::vector<std::pair<std::size_t, std::size_t>> parts_to_hide(std::span<const PartCells> units,
                                                               int k) {
    // Where no unit has two hidden numbers that add up, the sums of units tell nothing.
    const bool bound = std::any_of(units.begin(), units.end(), [](const PartCells& unit) {
        return adds_up(unit) && std::count_if(unit.begin(), unit.end(),
                                              [](const PartCell& cell) { return cell.hidden; }) > 1;
    });
    const bool any_few = std::any_of(units.begin(), units.end(), [](const PartCells& unit) {
        return std::any_of(unit.begin(), unit.end(),
                           [](const PartCell& cell) { return cell.hidden && cell.few; });
    });
    if (!bound || !any_few) return {};
    return PartsNetwork(units, k).hide();
}

} // namespace diaban::app
