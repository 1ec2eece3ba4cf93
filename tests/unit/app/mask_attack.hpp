// Somebody who has every public table and a linear program: between which bounds each masked cell
// must lie. The solver is Clp, which knows nothing of how cells were chosen.
#pragma once

#include "app/mask.hpp"
#include "app/summary_areas.hpp"
#include "data/catalogue.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/CoinPackedVector.hpp>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace diaban::test {

class MaskAttack {
public:
    using Cell = std::size_t;
    struct Range {
        double least = 0, most = 0;
    };
    static constexpr double kAny = std::numeric_limits<double>::infinity();

    Cell add(double truth, double least, double most) {
        truth_.push_back(truth);
        bounds_.push_back({least, most});
        group_.push_back(group_.size());
        return truth_.size() - 1;
    }
    // The weighted cells add up to what they truly add up to.
    void know(const std::vector<std::pair<Cell, double>>& terms) {
        if (terms.empty()) return;
        for (const auto& [cell, weight] : terms) group_[root(cell)] = root(terms.front().first);
        sums_.push_back(terms);
    }
    // By cell.
    std::vector<Range> ranges() {
        std::map<Cell, std::vector<std::size_t>> sums_of;
        for (std::size_t s = 0; s < sums_.size(); ++s)
            sums_of[root(sums_[s].front().first)].push_back(s);
        std::map<Cell, std::vector<Cell>> parts;
        for (Cell c = 0; c < truth_.size(); ++c) parts[root(c)].push_back(c);
        std::vector<Range> out = bounds_;
        for (const auto& [top, cells] : parts)
            if (const auto sums = sums_of.find(top); sums != sums_of.end())
                solve(cells, sums->second, out);
        return out;
    }

private:
    Cell root(Cell cell) {
        while (group_[cell] != cell) cell = group_[cell] = group_[group_[cell]];
        return cell;
    }
    void solve(const std::vector<Cell>& cells, const std::vector<std::size_t>& sums,
               std::vector<Range>& out) const {
        std::map<Cell, int> column;
        std::vector<double> low, high;
        for (const auto cell : cells) {
            column[cell] = static_cast<int>(column.size());
            low.push_back(bounds_[cell].least);
            high.push_back(bounds_[cell].most == kAny ? COIN_DBL_MAX : bounds_[cell].most);
        }
        CoinPackedMatrix rows(false, 0, 0);
        rows.setDimensions(0, static_cast<int>(cells.size()));
        std::vector<double> right;
        for (const auto s : sums) {
            CoinPackedVector row;
            double sum = 0;
            for (const auto& [cell, weight] : sums_[s]) {
                row.insert(column.at(cell), weight);
                sum += weight * truth_[cell];
            }
            rows.appendRow(row);
            right.push_back(sum);
        }
        ClpSimplex lp;
        lp.setLogLevel(0);
        lp.loadProblem(rows, low.data(), high.data(), nullptr, right.data(), right.data());
        for (std::size_t c = 0; c < cells.size(); ++c) {
            auto& range = out[cells[c]];
            lp.setObjectiveCoefficient(static_cast<int>(c), 1);
            lp.setOptimizationDirection(1);
            lp.primal();
            REQUIRE(!lp.isProvenPrimalInfeasible()); // the truth is one way it can be
            range.least = lp.isProvenOptimal() ? lp.objectiveValue() : -kAny;
            lp.setOptimizationDirection(-1);
            lp.primal();
            range.most = lp.isProvenOptimal() ? lp.objectiveValue() : kAny;
            lp.setObjectiveCoefficient(static_cast<int>(c), 0);
        }
    }

    std::vector<double> truth_;
    std::vector<Range> bounds_;
    std::vector<Cell> group_; // cells that some sum has in common
    std::vector<std::vector<std::pair<Cell, double>>> sums_;
};

// The public tables of a dataset: that of communes, and of every period those of districts,
// provinces and agencies. `k`: that they were masked with.
class PublicTables {
public:
    PublicTables(std::shared_ptr<const app::Dataset> all, const app::Masked& masked, int k,
                 const app::Language& language)
        : all_(std::move(all)), dataset_(masked.dataset), shown_(*dataset_->cube),
          language_(language) {
        for (const auto& cell : masked.cells) {
            const auto i = *shown_.find(cell.indicator), p = *shown_.find(cell.period);
            const double truth = all_->cube->value(i, p, cell.row);
            const double least = cell.complementary ? 0 : 1,
                         most = cell.complementary ? MaskAttack::kAny : k - 1;
            at_[{i, p, cell.row}] = attack_.add(truth, least, most);
            list_.add(truth, least, most);
            cells_.push_back(&cell);
        }
    }
    // `every`: also those sums that no public summary would show.
    void know_sums(bool every) {
        const auto& cube = *all_->cube;
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            std::vector<geo::FaceId> units(cube.units());
            std::iota(units.begin(), units.end(), geo::FaceId{0});
            const auto groupings = app::summary_groupings(*all_, p, units, language_);
            std::vector<app::SummarySums> sums;
            for (const auto& one : groupings) sums.push_back(app::summary_sums(cube, p, one));
            base::JobContext ctx;
            const auto hidden = app::sums_to_hide(*all_, *dataset_, p, groupings, sums, ctx);
            for (std::size_t g = 0; g < groupings.size(); ++g)
                for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
                    // A rate of an area with its denominator is its numerator.
                    const auto& indicator = cube.indicators[i];
                    const auto of = indicator.kind == data::Kind::Ratio
                                        ? cube.find(indicator.numerator)
                                        : std::optional(i);
                    if (!of || indicator.kind == data::Kind::Category) continue;
                    for (std::size_t a = 0; a < groupings[g].areas.size(); ++a)
                        if (every || !hidden[g][i][a]) know(*of, p, groupings[g].areas[a].units);
                }
        }
    }
    // What adds up in a unit: people in centres and in the community, the halves of a year.
    void know_what_adds_up() {
        const auto& cube = *all_->cube;
        for (const auto& codes : data::identities())
            for (std::size_t p = 0; p < cube.periods.size(); ++p)
                know_parts({cube.find(codes[0]), cube.find(codes[1]), cube.find(codes[2])},
                           {p, p, p});
        for (std::size_t i = 0; i < cube.indicators.size(); ++i)
            for (std::size_t p = 0; p < cube.periods.size(); ++p) {
                const auto year = cube.periods[p];
                if (year.half == 0)
                    know_parts({i, i, i}, {p, cube.find(data::Period{year.year, 1}),
                                           cube.find(data::Period{year.year, 2})});
            }
    }
    // One line for each cell that is told more of than it may be: more than the list of masked
    // cells says, which calls two small counts and their sum small (so that the sum is no 1).
    std::vector<std::string> told(int k) {
        const auto ranges = attack_.ranges(), listed = list_.ranges();
        std::vector<std::string> out;
        for (std::size_t c = 0; c < cells_.size(); ++c) {
            const auto& cell = *cells_[c];
            const auto& range = ranges[c];
            const bool safe = cell.complementary
                                  ? range.most - range.least >= 1 - kSlack
                                  : range.least <= std::max(1.0, listed[c].least) + kSlack &&
                                        range.most >= std::min(k - 1.0, listed[c].most) - kSlack;
            if (!safe)
                out.push_back(cell.indicator + " " + data::to_string(cell.period) + " " +
                              cell.unit + (cell.complementary ? " (beside)" : "") + ": " +
                              std::to_string(range.least) + " to " + std::to_string(range.most));
        }
        return out;
    }
    std::size_t cells() const { return cells_.size(); }

private:
    static constexpr double kSlack = 1e-6;
    void know(std::size_t i, std::size_t p, const std::vector<geo::FaceId>& units) {
        std::vector<std::pair<MaskAttack::Cell, double>> terms;
        for (const auto unit : units)
            if (const auto found = at_.find({i, p, unit}); found != at_.end())
                terms.emplace_back(found->second, 1);
        attack_.know(terms);
    }
    void know_parts(const std::array<std::optional<std::size_t>, 3>& indicators,
                    const std::array<std::optional<std::size_t>, 3>& periods) {
        const auto& cube = *all_->cube;
        for (std::size_t unit = 0; unit < cube.units(); ++unit) {
            std::vector<std::pair<MaskAttack::Cell, double>> terms;
            double sum = 0;
            for (std::size_t part = 0; part < 3; ++part) {
                if (!indicators[part] || !periods[part]) return;
                const auto i = *indicators[part], p = *periods[part];
                const double weight = part == 0 ? 1 : -1;
                sum += weight * cube.value(i, p, unit);
                if (const auto found = at_.find({i, p, unit}); found != at_.end())
                    terms.emplace_back(found->second, weight);
            }
            if (sum != 0) continue; // they do not add up, or one is missing
            attack_.know(terms);
            if (terms.size() == 3) list_.know(terms);
        }
    }

    std::shared_ptr<const app::Dataset> all_, dataset_;
    const data::IndicatorCube& shown_;
    const app::Language& language_;
    MaskAttack attack_, list_; // with all tables, and with nothing but the list; the same cells
    std::vector<const app::MaskedCell*> cells_;
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, MaskAttack::Cell> at_;
};

} // namespace diaban::test
