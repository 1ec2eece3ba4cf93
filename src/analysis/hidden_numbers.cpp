#include "analysis/hidden_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <map>
#include <memory>
#include <numeric>
#include <optional>

namespace diaban::analysis {

struct HiddenNumbers::Together {
    std::vector<Number> numbers;
    std::vector<const Terms*> sums, stated;
    std::vector<Wish> wishes;
    std::vector<Number> may_hide;
};

namespace {

using Number = HiddenNumbers::Number;
using Wish = HiddenNumbers::Wish;

// Clp's answers are true to about a tenth of this.
constexpr double kAsGoodAs = 5e-7;
// Smaller reduced costs are noise: those of sums of people are fractions of one.
constexpr double kHolds = 1e-9;
// How many public numbers are tried by themselves before the first of them is taken.
constexpr std::size_t kTried = 12;

double clp_most(double most) {
    return std::isinf(most) ? COIN_DBL_MAX : most;
}

// The linear program of numbers that hang together.
class NumbersProgram {
public:
    NumbersProgram(const HiddenNumbers& of, const std::vector<Number>& numbers,
                   const std::vector<const HiddenNumbers::Terms*>& sums,
                   const std::vector<std::pair<double, double>>& ranges) {
        for (const auto number : numbers) column_.emplace(number, static_cast<int>(column_.size()));
        std::vector<int> row_of, column_of;
        std::vector<double> factor, right;
        for (const auto* terms : sums) {
            double sum = 0;
            for (const auto& [number, weight] : *terms) {
                row_of.push_back(static_cast<int>(right.size()));
                column_of.push_back(column_.at(number));
                factor.push_back(weight);
                sum += weight * of.value(number);
            }
            right.push_back(sum);
        }
        CoinPackedMatrix matrix(true, row_of.data(), column_of.data(), factor.data(),
                                static_cast<CoinBigIndex>(factor.size()));
        matrix.setDimensions(static_cast<int>(right.size()), static_cast<int>(numbers.size()));
        std::vector<double> least, most;
        for (const auto& [from, to] : ranges) {
            least.push_back(from);
            most.push_back(clp_most(to));
        }
        lp_.setLogLevel(0);
        lp_.loadProblem(matrix, least.data(), most.data(), nullptr, right.data(), right.data());
    }

    void set_range(Number number, double least, double most) {
        lp_.setColumnBounds(column_.at(number), least, clp_most(most));
    }
    // True if there is an answer, which then is in x().
    bool go(const std::vector<Number>& numbers, bool up) {
        for (const auto number : numbers) lp_.setObjectiveCoefficient(column_.at(number), 1);
        lp_.setOptimizationDirection(up ? -1 : 1);
        lp_.primal();
        for (const auto number : numbers) lp_.setObjectiveCoefficient(column_.at(number), 0);
        return lp_.isProvenOptimal();
    }
    double x(Number number) const { return lp_.primalColumnSolution()[column_.at(number)]; }
    // After go(): to give it up could take the number further.
    bool holds(Number number) const {
        return std::abs(lp_.dualColumnSolution()[column_.at(number)]) > kHolds;
    }

private:
    ClpSimplex lp_;
    std::map<Number, int> column_;
};

// The wishes of numbers that hang together, until each is true as far as it can be.
class Wishing {
public:
    Wishing(const HiddenNumbers& of, const std::vector<Number>& numbers,
            const std::vector<const HiddenNumbers::Terms*>& sums,
            const std::vector<const HiddenNumbers::Terms*>& stated, const std::vector<Wish>& wishes,
            const std::vector<Number>& may_hide,
            const std::vector<std::pair<double, double>>& ranges)
        : of_(of), numbers_(numbers), sums_(sums), stated_(stated), may_hide_(may_hide),
          ranges_(ranges), program_(of, numbers, sums, ranges) {
        for (const auto& wish : wishes) goals_.push_back({wish, wish.a_step, wish.a_step});
    }

    std::vector<Number> hide() {
        const bool solved =
            all_at_once(false) && all_at_once(true) && steps_at_once() && each_step() && each_way();
        if (solved) return hidden_;
        // Clp has no answer though the truth is one.
        for (const auto number : may_hide_) hidden_.push_back(number);
        return hidden_;
    }

private:
    struct Goal {
        Wish wish;
        bool little = false, much = false; // seen to be so
        bool step = false;                 // the same of one more or one less
        bool done() const { return wish.a_step ? step : little && much; }
    };

    // What one answer shows of all wishes.
    void look() {
        for (auto& goal : goals_) {
            const double x = program_.x(goal.wish.number);
            if (goal.wish.a_step) {
                goal.step = goal.step || std::abs(x - of_.value(goal.wish.number)) >= 1 - kAsGoodAs;
            } else {
                goal.little = goal.little || x <= goal.wish.least + kAsGoodAs;
                goal.much = goal.much || x >= goal.wish.most - kAsGoodAs;
            }
        }
    }
    // All that are left at once, as long as that shows many of them: a few answers are enough.
    bool all_at_once(bool up) {
        constexpr std::size_t kMany = 8; // one in so many
        while (true) {
            std::vector<Number> left;
            for (const auto& goal : goals_)
                if (!(up ? goal.much : goal.little)) left.push_back(goal.wish.number);
            if (left.empty()) return true;
            if (!program_.go(left, up)) return false;
            look();
            const auto now = static_cast<std::size_t>(
                std::count_if(goals_.begin(), goals_.end(),
                              [&](const Goal& goal) { return !(up ? goal.much : goal.little); }));
            if (left.size() - now <= left.size() / kMany) return true;
        }
    }
    // Where all that are left fall as far as they can most have moved, or others for them.
    bool steps_at_once() {
        constexpr std::size_t kMany = 8; // one in so many
        for (std::size_t apart = 1; apart <= 2;) {
            std::vector<Number> left;
            for (const auto& goal : goals_)
                if (goal.wish.a_step && !goal.step) left.push_back(goal.wish.number);
            if (left.empty()) return true;
            std::vector<Number> some;
            for (std::size_t i = 0; i < left.size(); i += apart) some.push_back(left[i]);
            if (!program_.go(some, false)) return false;
            look();
            const auto now = static_cast<std::size_t>(
                std::count_if(goals_.begin(), goals_.end(),
                              [](const Goal& goal) { return goal.wish.a_step && !goal.step; }));
            if (left.size() - now <= left.size() / kMany) ++apart;
        }
        return true;
    }
    bool each_way() {
        for (auto& goal : goals_) {
            if (goal.wish.a_step) continue;
            if (!goal.little && !let_go(goal.wish.number, goal.wish.least, false)) return false;
            if (!goal.much && !let_go(goal.wish.number, goal.wish.most, true)) return false;
        }
        return true;
    }
    bool each_step() {
        for (auto& goal : goals_) {
            if (!goal.wish.a_step || goal.step) continue;
            const auto number = goal.wish.number;
            const double value = of_.value(number), less = std::max(0.0, value - 1);
            if (less == value - 1) {
                if (!goes(program_, number, less, false)) return false;
                if (there(program_, number, less, false)) continue;
            }
            if (!goes(program_, number, value + 1, true)) return false;
            if (there(program_, number, value + 1, true)) continue;
            auto* all = all_hidden();
            if (!goes(*all, number, value + 1, true)) return false;
            const bool up = there(*all, number, value + 1, true) || less != value - 1;
            if (!let_go(number, up ? value + 1 : less, up)) return false;
        }
        return true;
    }

    // As far as the target and no further, so that it has an end.
    bool goes(NumbersProgram& program, Number number, double target, bool up) {
        const auto [least, most] = range(number);
        program.set_range(number, up ? least : std::max(least, target),
                          up ? std::min(most, target) : most);
        const bool solved = program.go({number}, up);
        program.set_range(number, least, most);
        if (solved && &program == &program_) look();
        return solved;
    }
    static bool there(const NumbersProgram& program, Number number, double target, bool up) {
        return up ? program.x(number) >= target - kAsGoodAs
                  : program.x(number) <= target + kAsGoodAs;
    }

    // False: Clp has no answer.
    bool let_go(Number number, double target, bool up) {
        if (!goes(program_, number, target, up)) return false;
        if (there(program_, number, target, up)) return true;
        for (auto* program : {stated(), all_hidden()}) {
            if (!program) continue;
            if (!goes(*program, number, target, up)) return false;
            target =
                up ? std::min(target, program->x(number)) : std::max(target, program->x(number));
        }
        if (!goes(program_, number, target, up)) return false;
        while (!there(program_, number, target, up)) {
            std::vector<Number> holding;
            for (const auto one : may_hide_)
                if (!is_hidden(one) && program_.holds(one)) holding.push_back(one);
            if (holding.empty()) return false; // the answers contradict each other
            std::optional<Number> enough;
            for (std::size_t i = 0; !enough && i < std::min(kTried, holding.size()); ++i) {
                program_.set_range(holding[i], 0, HiddenNumbers::kNoMost);
                if (!goes(program_, number, target, up)) return false;
                if (there(program_, number, target, up)) enough = holding[i];
                if (enough) break;
                const auto [least, most] = range(holding[i]);
                program_.set_range(holding[i], least, most);
            }
            const auto chosen = enough.value_or(holding.front());
            program_.set_range(chosen, 0, HiddenNumbers::kNoMost);
            hidden_.push_back(chosen);
            if (!goes(program_, number, target, up)) return false;
        }
        return true;
    }
    bool is_hidden(Number number) const {
        return std::find(hidden_.begin(), hidden_.end(), number) != hidden_.end();
    }
    std::pair<double, double> range(Number number) const {
        const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), number);
        return ranges_[static_cast<std::size_t>(at - numbers_.begin())];
    }
    NumbersProgram* stated() {
        if (!stated_program_ && !stated_.empty())
            stated_program_ = std::make_unique<NumbersProgram>(of_, numbers_, stated_, ranges_);
        return stated_program_.get();
    }
    NumbersProgram* all_hidden() {
        if (all_hidden_) return all_hidden_.get();
        auto ranges = ranges_;
        for (const auto number : may_hide_) {
            const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), number);
            ranges[static_cast<std::size_t>(at - numbers_.begin())] = {0, HiddenNumbers::kNoMost};
        }
        all_hidden_ = std::make_unique<NumbersProgram>(of_, numbers_, sums_, ranges);
        return all_hidden_.get();
    }

    const HiddenNumbers& of_;
    const std::vector<Number>& numbers_; // ascending
    const std::vector<const HiddenNumbers::Terms*>&sums_, &stated_;
    const std::vector<Number>& may_hide_;
    const std::vector<std::pair<double, double>>& ranges_;
    NumbersProgram program_;
    std::unique_ptr<NumbersProgram> all_hidden_, stated_program_;
    std::vector<Goal> goals_;
    std::vector<Number> hidden_;
};

} // namespace

HiddenNumbers::Number HiddenNumbers::add(double value, double least, double most) {
    numbers_.push_back({value, least, most});
    return numbers_.size() - 1;
}

void HiddenNumbers::add_up(Terms terms, bool stated) {
    if (!terms.empty()) sums_.push_back({std::move(terms), stated});
}

void HiddenNumbers::set_range(Number number, double least, double most) {
    numbers_[number].least = least;
    numbers_[number].most = most;
}

// Only where there is a wish.
std::vector<HiddenNumbers::Together>
HiddenNumbers::hanging_together(const std::vector<Wish>& wishes,
                                const std::vector<Number>& may_hide) const {
    std::vector<Number> above(numbers_.size());
    std::iota(above.begin(), above.end(), Number{0});
    const auto top = [&](Number one) {
        while (above[one] != one) one = above[one] = above[above[one]];
        return one;
    };
    for (const auto& sum : sums_)
        for (const auto& term : sum.terms) above[top(term.first)] = top(sum.terms.front().first);
    std::map<Number, std::size_t> place;
    std::vector<Together> out;
    for (const auto& wish : wishes) {
        const auto [at, is_new] = place.try_emplace(top(wish.number), out.size());
        if (is_new) out.emplace_back();
        out[at->second].wishes.push_back(wish);
    }
    const auto find = [&](Number number) -> Together* {
        const auto at = place.find(top(number));
        return at == place.end() ? nullptr : &out[at->second];
    };
    for (Number number = 0; number < numbers_.size(); ++number)
        if (auto* part = find(number)) part->numbers.push_back(number);
    for (const auto& sum : sums_)
        if (auto* part = find(sum.terms.front().first)) {
            part->sums.push_back(&sum.terms);
            if (sum.stated) part->stated.push_back(&sum.terms);
        }
    for (const auto number : may_hide)
        if (auto* part = find(number); part && numbers_[number].most != kNoMost)
            part->may_hide.push_back(number);
    return out;
}

std::vector<HiddenNumbers::Number> HiddenNumbers::hide_for(const std::vector<Wish>& wishes,
                                                           const std::vector<Number>& may_hide) {
    std::vector<Number> out;
    for (const auto& part : hanging_together(wishes, may_hide)) {
        if (part.sums.empty()) continue;
        std::vector<std::pair<double, double>> ranges;
        for (const auto number : part.numbers)
            ranges.emplace_back(numbers_[number].least, numbers_[number].most);
        Wishing wishing(*this, part.numbers, part.sums, part.stated, part.wishes, part.may_hide,
                        ranges);
        for (const auto number : wishing.hide()) out.push_back(number);
    }
    for (const auto number : out) hide(number);
    return out;
}

} // namespace diaban::analysis
