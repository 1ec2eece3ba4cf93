#include "analysis/hidden_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <unordered_map>
#include <utility>

namespace diaban::analysis {

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

// The linear program of some numbers.
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
        // What is best of the scaled program is often not of the true one: it stops too early.
        lp_.scaling(0);
        lp_.loadProblem(matrix, least.data(), most.data(), nullptr, right.data(), right.data());
    }

    void set_range(Number number, double least, double most) {
        lp_.setColumnBounds(column_.at(number), least, clp_most(most));
    }
    // True if there is an answer, which then is in x().
    bool go(const HiddenNumbers::Terms& sum, bool up) {
        for (const auto& [number, factor] : sum)
            lp_.setObjectiveCoefficient(column_.at(number), factor);
        lp_.setOptimizationDirection(up ? -1 : 1);
        lp_.primal();
        if (lp_.isProvenOptimal() && lp_.secondaryStatus() != 0 && !is_empty()) {
            lp_.allSlackBasis(true);
            lp_.primal();
        }
        for (const auto& [number, factor] : sum) lp_.setObjectiveCoefficient(column_.at(number), 0);
        return lp_.isProvenOptimal() && (lp_.secondaryStatus() == 0 || is_empty());
    }
    double x(Number number) const { return lp_.primalColumnSolution()[column_.at(number)]; }
    // After go(): to give it up could take the number further.
    bool holds(Number number) const {
        return std::abs(lp_.dualColumnSolution()[column_.at(number)]) > kHolds;
    }

private:
    // There is nothing to be solved, which Clp says beside the answer.
    bool is_empty() const {
        constexpr int kNothingToSolve = 6;
        return lp_.secondaryStatus() == kNothingToSolve;
    }

    ClpSimplex lp_;
    std::unordered_map<Number, int> column_;
};

} // namespace

// Which sums a number is in.
class HiddenNumbers::Web {
public:
    explicit Web(const HiddenNumbers& of)
        : of_(of), sums_of_(of.numbers_.size()), mark_(of.numbers_.size()) {
        for (std::size_t s = 0; s < of.sums_.size(); ++s)
            for (const auto& term : of.sums_[s].terms) sums_of_[term.first].push_back(s);
    }
    // Up to so many numbers about one, none of those taken: first those of narrow sums.
    std::vector<Number> about(Number centre, std::size_t most, const std::vector<bool>& taken) {
        constexpr std::size_t kNarrow = 64;
        next_mark();
        std::vector<Number> out{centre};
        mark_[centre] = now_;
        std::vector<std::size_t> wide;
        const auto take_all_of = [&](std::size_t sum) {
            for (const auto& [number, factor] : of_.sums_[sum].terms) {
                if (out.size() >= most) return;
                if (mark_[number] == now_ || taken[number]) continue;
                mark_[number] = now_;
                out.push_back(number);
            }
        };
        for (std::size_t i = 0; i < out.size() || !wide.empty(); ++i) {
            if (i == out.size()) {
                const auto sums = std::exchange(wide, {});
                for (const auto sum : sums) take_all_of(sum);
                if (i == out.size()) break;
            }
            for (const auto sum : sums_of_[out[i]]) {
                if (of_.sums_[sum].terms.size() <= kNarrow)
                    take_all_of(sum);
                else
                    wide.push_back(sum);
            }
            if (out.size() >= most) break;
        }
        return out;
    }
    // Every sum that one of these is in, once.
    std::vector<std::size_t> sums_of(const std::vector<Number>& numbers) const {
        std::vector<std::size_t> out;
        for (const auto number : numbers)
            out.insert(out.end(), sums_of_[number].begin(), sums_of_[number].end());
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }
    void mark_only(const std::vector<Number>& numbers) {
        next_mark();
        for (const auto number : numbers) mark_[number] = now_;
    }
    bool is_marked(Number number) const { return mark_[number] == now_; }

private:
    void next_mark() { ++now_; }

    const HiddenNumbers& of_;
    std::vector<std::vector<std::size_t>> sums_of_;
    std::vector<std::uint32_t> mark_;
    std::uint32_t now_ = 0;
};

// Some of the numbers, with what they add up to.
struct HiddenNumbers::Part {
    std::vector<Number> numbers;                      // ascending
    std::vector<const Terms*> inside, stated;         // sums of these alone
    std::vector<Terms> across;                        // its terms of sums with others
    std::vector<std::pair<std::size_t, Wish>> wishes; // by their place
    std::vector<Number> may_hide;

    bool closed() const { return across.empty(); }
    // While the others stay what they are.
    std::vector<const Terms*> sums() const {
        auto out = inside;
        for (const auto& terms : across) out.push_back(&terms);
        return out;
    }
};

// The wishes of a part, until each is true as far as it can be.
class HiddenNumbers::Wishing {
public:
    Wishing(const HiddenNumbers& of, const Part& in, base::JobContext& ctx)
        : of_(of), in_(in), ctx_(ctx), ranges_(ranges()),
          here_(of, in.numbers, in.sums(), ranges_) {
        for (const auto& [place, wish] : in.wishes)
            goals_.push_back({place, wish, wish.a_step, wish.a_step});
    }

    // What a few answers show of all wishes. False: Clp has no answer.
    bool look_at_all() { return all_at_once(false) && all_at_once(true) && some_at_once(); }
    // Places of the wishes that are as true as they can be with nothing more hidden.
    std::vector<std::size_t> look_at_each() {
        may_hide_ = false;
        std::vector<std::size_t> out;
        for (auto& goal : goals_)
            if (settle_one(goal) == Outcome::Settled) out.push_back(goal.place);
        may_hide_ = true;
        return out;
    }

    enum class Outcome { Settled, Open, NoAnswer };
    // Open: what is needed lies outside of the part.
    Outcome settle(std::size_t place) {
        for (auto& goal : goals_)
            if (goal.place == place) return settle_one(goal);
        return Outcome::Settled;
    }
    Outcome settle_all() {
        for (const bool steps : {true, false})
            for (auto& goal : goals_) {
                if (goal.wish.a_step != steps) continue;
                const auto outcome = settle_one(goal);
                if (outcome != Outcome::Settled) return outcome;
            }
        return Outcome::Settled;
    }

    const std::vector<Number>& hidden() const { return hidden_; }
    // Places of the wishes that are seen to be true.
    std::vector<std::size_t> seen() const {
        std::vector<std::size_t> out;
        for (const auto& goal : goals_)
            if (goal.done()) out.push_back(goal.place);
        return out;
    }

private:
    struct Goal {
        std::size_t place;
        Wish wish;
        bool little = false, much = false; // seen to be so
        bool step = false;                 // the same of one more or one less
        bool done() const { return wish.a_step ? step : little && much; }
    };

    std::vector<std::pair<double, double>> ranges() const {
        std::vector<std::pair<double, double>> out;
        for (const auto number : in_.numbers)
            out.emplace_back(of_.numbers_[number].least, of_.numbers_[number].most);
        return out;
    }

    // What one answer shows of all wishes.
    void look() {
        for (auto& goal : goals_) {
            const double x = here_.x(goal.wish.number);
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
        while (true) {
            Terms left;
            for (const auto& goal : goals_)
                if (!(up ? goal.much : goal.little)) left.emplace_back(goal.wish.number, 1);
            if (left.empty()) return true;
            ctx_.check();
            if (!here_.go(left, up)) return false;
            look();
            const auto now = static_cast<std::size_t>(
                std::count_if(goals_.begin(), goals_.end(),
                              [&](const Goal& goal) { return !(up ? goal.much : goal.little); }));
            if (left.size() - now <= left.size() / kMany) return true;
        }
    }
    // Some as low as they can be, chosen by chance, small ones also as high: others move for them.
    bool some_at_once() {
        std::minstd_rand chance(1);
        const auto count_left = [&] {
            return static_cast<std::size_t>(std::count_if(
                goals_.begin(), goals_.end(), [](const Goal& goal) { return !goal.done(); }));
        };
        constexpr int kDull = 2; // answers that show little, before it ends
        for (int dull = 0; dull < kDull;) {
            Terms some;
            for (const auto& goal : goals_) {
                const bool heads = chance() / 2 % 2 == 0;
                if (goal.done()) continue;
                if (!goal.wish.a_step)
                    some.emplace_back(goal.wish.number,
                                      goal.little || (!goal.much && heads) ? -1 : 1);
                else if (heads)
                    some.emplace_back(goal.wish.number, 1);
            }
            const auto before = count_left();
            if (before == 0) return true;
            ctx_.check();
            if (!here_.go(some, false)) return false;
            look();
            dull = before - count_left() <= before / kMany ? dull + 1 : 0;
        }
        return true;
    }

    Outcome settle_one(Goal& goal) {
        return goal.wish.a_step ? settle_step(goal) : settle_range(goal);
    }
    Outcome settle_range(Goal& goal) {
        const auto& wish = goal.wish;
        if (!goal.little)
            if (const auto outcome = let_go(wish.number, wish.least, false);
                outcome != Outcome::Settled)
                return outcome;
        return goal.much ? Outcome::Settled : let_go(wish.number, wish.most, true);
    }
    Outcome settle_step(Goal& goal) {
        if (goal.step) return Outcome::Settled;
        const auto number = goal.wish.number;
        const double value = of_.value(number), less = std::max(0.0, value - 1);
        const bool may_go_down = less == value - 1;
        if (may_go_down && !goes(here_, number, less, false)) return Outcome::NoAnswer;
        if (goal.step) return Outcome::Settled;
        if (!goes(here_, number, value + 1, true)) return Outcome::NoAnswer;
        if (goal.step) return Outcome::Settled;
        if (!goes(at_most(), number, value + 1, true)) return Outcome::NoAnswer;
        const bool up = there(at_most(), number, value + 1, true) || !may_go_down;
        return let_go(number, up ? value + 1 : less, up);
    }

    // As far as the target and no further, so that it has an end.
    bool goes(NumbersProgram& program, Number number, double target, bool up) {
        ctx_.check();
        const auto [least, most] = ranges_[index(number)];
        program.set_range(number, up ? least : std::max(least, target),
                          up ? std::min(most, target) : most);
        const bool solved = program.go({{number, 1}}, up);
        program.set_range(number, least, most);
        if (solved && &program == &here_) look();
        return solved;
    }
    static bool there(const NumbersProgram& program, Number number, double target, bool up) {
        return up ? program.x(number) >= target - kAsGoodAs
                  : program.x(number) <= target + kAsGoodAs;
    }

    Outcome let_go(Number number, double target, bool up) {
        if (!goes(here_, number, target, up)) return Outcome::NoAnswer;
        if (there(here_, number, target, up)) return Outcome::Settled;
        for (auto* program : {stated(), &at_most()}) {
            if (!program) continue;
            if (!goes(*program, number, target, up)) return Outcome::NoAnswer;
            target =
                up ? std::min(target, program->x(number)) : std::max(target, program->x(number));
            if (there(here_, number, target, up)) return Outcome::Settled;
        }
        if (!may_hide_) return Outcome::Open;
        if (!in_.closed()) {
            if (!goes(all_hidden(), number, target, up)) return Outcome::NoAnswer;
            if (!there(all_hidden(), number, target, up)) return Outcome::Open;
        }
        while (!there(here_, number, target, up)) {
            std::vector<Number> holding;
            for (const auto one : in_.may_hide)
                if (!is_hidden(one) && here_.holds(one)) holding.push_back(one);
            if (holding.empty()) return Outcome::NoAnswer; // the answers contradict each other
            std::optional<Number> enough;
            for (std::size_t i = 0; !enough && i < std::min(kTried, holding.size()); ++i) {
                here_.set_range(holding[i], 0, kNoMost);
                if (!goes(here_, number, target, up)) return Outcome::NoAnswer;
                if (there(here_, number, target, up)) enough = holding[i];
                if (enough) break;
                const auto [least, most] = ranges_[index(holding[i])];
                here_.set_range(holding[i], least, most);
            }
            const auto chosen = enough.value_or(holding.front());
            ranges_[index(chosen)] = {0, kNoMost};
            here_.set_range(chosen, 0, kNoMost);
            hidden_.push_back(chosen);
            if (!goes(here_, number, target, up)) return Outcome::NoAnswer;
        }
        return Outcome::Settled;
    }
    bool is_hidden(Number number) const {
        return std::find(hidden_.begin(), hidden_.end(), number) != hidden_.end();
    }
    std::size_t index(Number number) const {
        return static_cast<std::size_t>(
            std::lower_bound(in_.numbers.begin(), in_.numbers.end(), number) - in_.numbers.begin());
    }

    // What the stated sums leave, whatever the others are; nothing if there are none.
    NumbersProgram* stated() {
        if (!stated_ && !in_.stated.empty())
            stated_ = std::make_unique<NumbersProgram>(of_, in_.numbers, in_.stated, ranges_);
        return stated_.get();
    }
    // The furthest that hiding can get: all that may be is hidden, here and everywhere.
    NumbersProgram& at_most() {
        if (in_.closed()) return all_hidden();
        if (!at_most_)
            at_most_ =
                std::make_unique<NumbersProgram>(of_, in_.numbers, in_.inside, hidden_ranges());
        return *at_most_;
    }
    // All that may be is hidden here.
    NumbersProgram& all_hidden() {
        if (!all_hidden_)
            all_hidden_ =
                std::make_unique<NumbersProgram>(of_, in_.numbers, in_.sums(), hidden_ranges());
        return *all_hidden_;
    }
    std::vector<std::pair<double, double>> hidden_ranges() const {
        auto out = ranges_;
        for (const auto number : in_.may_hide) out[index(number)] = {0, kNoMost};
        return out;
    }

    static constexpr std::size_t kMany = 8; // one in so many

    const HiddenNumbers& of_;
    const Part& in_;
    base::JobContext& ctx_;
    std::vector<std::pair<double, double>> ranges_; // of its numbers
    NumbersProgram here_;
    std::unique_ptr<NumbersProgram> stated_, at_most_, all_hidden_;
    std::vector<Goal> goals_;
    bool may_hide_ = true;
    std::vector<Number> hidden_;
};

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

HiddenNumbers::Part HiddenNumbers::part(Web& web, std::vector<Number> numbers) const {
    Part out;
    std::sort(numbers.begin(), numbers.end());
    web.mark_only(numbers);
    for (const auto place : web.sums_of(numbers)) {
        const auto& sum = sums_[place];
        Terms own;
        for (const auto& term : sum.terms)
            if (web.is_marked(term.first)) own.push_back(term);
        if (own.size() < sum.terms.size()) {
            out.across.push_back(std::move(own));
            continue;
        }
        out.inside.push_back(&sum.terms);
        if (sum.stated) out.stated.push_back(&sum.terms);
    }
    out.numbers = std::move(numbers);
    return out;
}

// What a number can be while those further away stay what they are, it can be. So each wish is
// looked at near its number first, and further out as long as that leaves it open.
HiddenNumbers::Answer HiddenNumbers::hide_for(const std::vector<Wish>& wishes,
                                              const std::vector<Number>& may_hide,
                                              base::JobContext& ctx) {
    Answer out;
    auto everything = std::make_shared<std::vector<Number>>(numbers_.size());
    std::iota(everything->begin(), everything->end(), Number{0});
    if (may_hide.empty()) {
        for (std::size_t w = 0; w < wishes.size(); ++w) out.open.push_back({w, everything});
        return out;
    }
    Web web(*this);
    std::vector<std::vector<std::size_t>> wishes_of(numbers_.size());
    for (std::size_t w = 0; w < wishes.size(); ++w) wishes_of[wishes[w].number].push_back(w);
    std::vector<std::size_t> order(numbers_.size(), may_hide.size());
    for (std::size_t i = 0; i < may_hide.size(); ++i) order[may_hide[i]] = i;
    std::vector<bool> done(wishes.size(), false), seen(wishes.size(), false);
    std::vector<std::shared_ptr<const std::vector<Number>>> rests_on(wishes.size(), everything);
    const auto see = [&](const Wishing& wishing) {
        for (const auto place : wishing.seen()) done[place] = seen[place] = true;
    };
    const auto part_of = [&](std::vector<Number> numbers) {
        auto own = part(web, std::move(numbers));
        std::vector<std::size_t> places, may;
        for (const auto number : own.numbers) {
            for (const auto w : wishes_of[number])
                if (!done[w]) places.push_back(w);
            if (order[number] < may_hide.size() && numbers_[number].most != kNoMost)
                may.push_back(order[number]);
        }
        std::sort(places.begin(), places.end());
        for (const auto w : places) own.wishes.emplace_back(w, wishes[w]);
        std::sort(may.begin(), may.end());
        for (const auto i : may) own.may_hide.push_back(may_hide[i]);
        return own;
    };

    // First what can be seen with nothing more hidden, of many wishes at once.
    constexpr std::size_t kNear = 96, kFurther = 320, kFar = 1000, kWhole = 2000;
    const auto all = numbers_.size();
    const auto look = [&](std::size_t size, bool at_each) {
        std::vector<bool> taken(all, false);
        for (std::size_t w = 0; w < wishes.size(); ++w) {
            if (done[w] || taken[wishes[w].number]) continue;
            auto numbers = web.about(wishes[w].number, size, taken);
            for (const auto number : numbers) taken[number] = true;
            const auto own = part_of(std::move(numbers));
            if (own.sums().empty()) done[w] = seen[w] = true; // nothing is known of it
            if (own.numbers.size() == 1) continue;
            Wishing wishing(*this, own, ctx);
            if (wishing.look_at_all() && at_each) {
                const auto here = std::make_shared<const std::vector<Number>>(own.numbers);
                for (const auto place : wishing.look_at_each()) {
                    done[place] = true;
                    rests_on[place] = here;
                }
            }
            see(wishing);
        }
    };
    look(kNear, true);
    for (const auto size : {kFurther, kFar, all}) look(size, false);

    // Then each by itself. Those that are not too many are reckoned with all at once.
    const std::vector<bool> none(all, false);
    const auto settle = [&](std::size_t w, std::size_t size) {
        const auto own = part_of(web.about(wishes[w].number, size, none));
        if (size == kWhole && !own.closed()) return;
        Wishing wishing(*this, own, ctx);
        if (own.closed()) wishing.look_at_all();
        const auto outcome = own.closed() ? wishing.settle_all() : wishing.settle(w);
        const auto here = std::make_shared<const std::vector<Number>>(own.numbers);
        const auto settled = [&](std::size_t place) {
            done[place] = true;
            rests_on[place] = here;
        };
        if (own.closed())
            for (const auto& [place, wish] : own.wishes) settled(place);
        else if (outcome == Wishing::Outcome::Settled)
            settled(w);
        see(wishing);
        auto hidden = wishing.hidden();
        // Clp has no answer though the truth is one.
        if (own.closed() && outcome == Wishing::Outcome::NoAnswer) hidden = own.may_hide;
        for (const auto number : hidden) {
            hide(number);
            out.hidden.push_back(number);
        }
    };
    const auto settle_left = [&](std::size_t size) {
        for (std::size_t w = 0; w < wishes.size(); ++w)
            if (!done[w]) settle(w, size);
    };
    settle_left(kWhole);
    for (const auto size : {kNear, kFurther, kFar, all}) look(size, true);
    // Where nothing but hiding helps, near it if that is enough.
    for (const auto size : {kNear, kFurther, all}) settle_left(size);
    for (std::size_t w = 0; w < wishes.size(); ++w)
        if (!seen[w]) out.open.push_back({w, rests_on[w]});
    return out;
}

} // namespace diaban::analysis
