// p bases for the least way by greedy choice and interchange, for whole countries in seconds.
//
// Greedy choice measures a candidate again only when no other one may save more (Minoux 1978). A
// swap is judged by what the newcomer saves and by what closing each base then costs (Whitaker
// 1983): far from the newcomer that is what it cost before, so only places that lie nearer to it
// than to their second base are looked at, and a candidate around which nothing moved since is not
// looked at again (Resende & Werneck 2007).
#include "analysis/median_parts.hpp"
#include "analysis/place_leaves.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::analysis {
namespace {

constexpr double kWorthASwap = 1e-9;    // of the whole way
constexpr std::size_t kSwapRounds = 50; // over all candidates, at most
constexpr double kSurelyShort = 1 - 1e-9;
constexpr auto kNoBase = static_cast<std::uint32_t>(-1);

class MedianSearch {
public:
    // Begins with the fixed bases and those of `start`.
    MedianSearch(const LocationProblem& problem, std::span<const std::uint32_t> start,
                 std::span<const std::uint32_t> candidates, base::JobContext& ctx)
        : problem_(problem), ctx_(ctx), candidates_(candidates.begin(), candidates.end()),
          leaves_(problem, needy_places(problem)), needy_(leaves_.places()),
          is_open_(problem.at.size(), 0), near_(needy_.size()), state_(leaves_.leaves().size()),
          far_(2 * longest_way(problem) + 1) {
        for (std::size_t i = 0; i < near_.size(); ++i) near_[i].first = near_[i].second = far_;
        measure_leaves();
        for (const auto row : problem.fixed) add(row);
        for (const auto row : start)
            if (!is_open_[row]) add(row);
    }

    std::vector<std::uint32_t> run() {
        if (open_.size() < problem_.p) add_greedily();
        interchange();
        return open_;
    }

private:
    // The nearest base of a place and the next one: positions in open_. One that does not exist
    // stands farther off than any place, not endlessly far: losses are told apart.
    struct Near {
        std::uint32_t base = kNoBase, other = kNoBase;
        double first = 0, second = 0;
    };
    struct LeafState {
        std::array<double, 3> middle{}; // of the burden
        double burden = 0;
        double first = 0, second = 0; // the longest way to a nearest and to a next base
        double widest = 0;            // that `second` was since the interchange began
        std::uint64_t moved = 0;      // the turn at which a base of one of its places changed
    };
    // What a candidate was found to change.
    struct Finding {
        std::uint64_t turn = 0; // nothing is known: 0
        double saved = 0;
        std::vector<std::pair<std::uint32_t, double>> spared; // of the loss of each base near it
    };

    double burden(std::size_t i) const { return problem_.burden[needy_[i]]; }

    void measure_leaves() {
        for (std::size_t l = 0; l < state_.size(); ++l) {
            const auto& leaf = leaves_.leaves()[l];
            auto& state = state_[l];
            for (auto i = leaf.begin; i < leaf.end; ++i) {
                state.burden += burden(i);
                for (std::size_t axis = 0; axis < 3; ++axis)
                    state.middle[axis] += burden(i) * problem_.at.position(needy_[i])[axis];
            }
            for (auto& axis : state.middle) axis /= state.burden;
            state.first = state.second = far_;
        }
    }

    // Whether the way to the base at this position changes a place's nearest two.
    static bool come_nearer(Near& near, std::uint32_t base, double metres) {
        if (metres < near.first) {
            near.second = near.first, near.other = near.base;
            near.first = metres, near.base = base;
            return true;
        }
        if (!(metres < near.second)) return false;
        near.second = metres, near.other = base;
        return true;
    }

    Near nearest_two(std::size_t i) const {
        Near near{.first = far_, .second = far_};
        for (std::uint32_t b = 0; b < open_.size(); ++b)
            come_nearer(near, b, problem_.metres(needy_[i], open_[b]));
        return near;
    }

    // The base at this position stands at another place than before, or is new.
    void moved(std::uint32_t base) {
        ++turn_;
        for (std::size_t l = 0; l < state_.size(); ++l) {
            const auto& leaf = leaves_.leaves()[l];
            auto& state = state_[l];
            const bool near = leaves_.least_metres(leaf, open_[base]) < state.second;
            bool changed = false;
            for (auto i = leaf.begin; i < leaf.end; ++i) {
                auto& one = near_[i];
                if (one.base == base || one.other == base) {
                    one = nearest_two(i);
                    changed = true;
                } else if (near && come_nearer(one, base, problem_.metres(needy_[i], open_[base])))
                    changed = true;
            }
            if (!changed) continue;
            state.moved = turn_;
            state.first = state.second = 0;
            for (auto i = leaf.begin; i < leaf.end; ++i) {
                state.first = std::max(state.first, near_[i].first);
                state.second = std::max(state.second, near_[i].second);
            }
            state.widest = std::max(state.widest, state.second);
        }
    }

    void add(std::uint32_t row) {
        is_open_[row] = 1;
        open_.push_back(row);
        moved(static_cast<std::uint32_t>(open_.size() - 1));
    }

    // Burden times distance that one base more saves; without any base, minus what it costs.
    double saving(std::uint32_t row) const {
        double sum = 0;
        for (std::size_t l = 0; l < state_.size(); ++l) {
            const auto& leaf = leaves_.leaves()[l];
            if (open_.empty()) {
                for (auto i = leaf.begin; i < leaf.end; ++i)
                    sum -= burden(i) * problem_.metres(needy_[i], row);
            } else if (leaves_.least_metres(leaf, row) < state_[l].first) {
                for (auto i = leaf.begin; i < leaf.end; ++i)
                    if (const double d = problem_.metres(needy_[i], row); d < near_[i].first)
                        sum += burden(i) * (near_[i].first - d);
            }
        }
        return sum;
    }

    // Not less than saving(), from the leaves alone.
    double most_saving(std::uint32_t row) const {
        double sum = 0;
        const auto& here = problem_.at.position(row);
        for (std::size_t l = 0; l < state_.size(); ++l) {
            const auto& state = state_[l];
            if (!open_.empty()) {
                const double least = leaves_.least_metres(leaves_.leaves()[l], row);
                sum += state.burden * std::max(0.0, state.first - least);
                continue;
            }
            // All together are at least as far as their middle.
            double square = 0;
            for (std::size_t axis = 0; axis < 3; ++axis)
                square += (state.middle[axis] - here[axis]) * (state.middle[axis] - here[axis]);
            sum -= state.burden * problem_.detour * std::sqrt(square) * kSurelyShort;
        }
        return sum;
    }

    // A candidate with what it saves at most; what it saves if that was found at this turn.
    struct Hope {
        double most = 0;
        std::uint32_t row = 0;
        std::size_t found_with = kNoBase; // bases
        // Of equal ones the lowest row comes first.
        friend bool operator<(const Hope& a, const Hope& b) {
            return a.most != b.most ? a.most < b.most : a.row > b.row;
        }
    };

    std::vector<Hope> hopes() const {
        std::vector<Hope> out;
        for (const auto row : candidates_)
            if (!is_open_[row]) out.push_back({.most = most_saving(row), .row = row});
        std::make_heap(out.begin(), out.end());
        return out;
    }

    void add_greedily() {
        auto heap = hopes();
        while (open_.size() < problem_.p && !heap.empty()) {
            ctx_.check();
            std::pop_heap(heap.begin(), heap.end());
            auto best = heap.back();
            heap.pop_back();
            if (best.found_with != open_.size()) {
                // A base never saves more than it did when fewer were there.
                best = {saving(best.row), best.row, open_.size()};
                heap.push_back(best);
                std::push_heap(heap.begin(), heap.end());
                continue;
            }
            add(best.row);
            if (open_.size() == 1) heap = hopes(); // costs before, savings from now on
        }
    }

    // What closing each base costs if nothing else changes, and the whole way.
    void count_losses() {
        loss_.assign(open_.size(), 0);
        way_ = 0;
        for (std::size_t i = 0; i < near_.size(); ++i) {
            way_ += burden(i) * near_[i].first;
            loss_[near_[i].base] += burden(i) * (near_[i].second - near_[i].first);
        }
    }

    bool still_holds(const Finding& finding, std::uint32_t row) const {
        if (finding.turn == 0) return false;
        for (std::size_t l = 0; l < state_.size(); ++l)
            if (state_[l].moved > finding.turn &&
                leaves_.least_metres(leaves_.leaves()[l], row) < state_[l].widest)
                return false;
        return true;
    }

    void look_at(Finding& finding, std::uint32_t row) {
        finding.turn = turn_;
        finding.saved = 0;
        finding.spared.clear();
        spared_.assign(open_.size(), 0);
        for (std::size_t l = 0; l < state_.size(); ++l) {
            const auto& leaf = leaves_.leaves()[l];
            if (!(leaves_.least_metres(leaf, row) < state_[l].second)) continue;
            for (auto i = leaf.begin; i < leaf.end; ++i) {
                const auto& near = near_[i];
                const double d = problem_.metres(needy_[i], row);
                if (!(d < near.second)) continue;
                // Without its base the place goes to the newcomer, not to the next one.
                if (d < near.first) finding.saved += burden(i) * (near.first - d);
                spared_[near.base] += burden(i) * (near.second - std::max(d, near.first));
            }
        }
        for (std::uint32_t b = 0; b < spared_.size(); ++b)
            if (spared_[b] > 0) finding.spared.emplace_back(b, spared_[b]);
    }

    bool try_swap(Finding& finding, std::uint32_t row) {
        if (!still_holds(finding, row)) look_at(finding, row);
        cost_ = loss_;
        for (const auto& [base, spared] : finding.spared) cost_[base] -= spared;
        const auto first = cost_.begin() + static_cast<std::ptrdiff_t>(problem_.fixed.size());
        const auto least = std::min_element(first, cost_.end());
        if (least == cost_.end() || !(finding.saved - *least > way_ * kWorthASwap)) return false;
        const auto out = static_cast<std::uint32_t>(least - cost_.begin());
        is_open_[open_[out]] = 0;
        is_open_[row] = 1;
        open_[out] = row;
        moved(out);
        count_losses();
        return true;
    }

    void interchange() {
        for (auto& state : state_) state.widest = state.second;
        count_losses();
        std::vector<Finding> findings(candidates_.size());
        std::size_t unhelpful = 0;
        for (std::size_t k = 0; k < kSwapRounds * candidates_.size(); ++k) {
            ctx_.check();
            const auto c = k % candidates_.size();
            const bool swapped = !is_open_[candidates_[c]] && try_swap(findings[c], candidates_[c]);
            unhelpful = swapped ? 0 : unhelpful + 1;
            if (unhelpful == candidates_.size()) return;
        }
    }

    const LocationProblem& problem_;
    base::JobContext& ctx_;
    std::vector<std::uint32_t> candidates_;
    PlaceLeaves leaves_;
    const std::vector<std::uint32_t>& needy_; // of the leaves
    std::vector<std::uint32_t> open_;         // the fixed ones first
    std::vector<char> is_open_;               // by place of the problem
    std::vector<Near> near_;
    std::vector<LeafState> state_;
    std::uint64_t turn_ = 0;
    std::vector<double> loss_, cost_, spared_; // by position in open_
    double far_, way_ = 0;
};

} // namespace

std::vector<std::uint32_t> median_interchange(const LocationProblem& problem,
                                              std::span<const std::uint32_t> start,
                                              std::span<const std::uint32_t> among,
                                              base::JobContext& ctx) {
    return MedianSearch(problem, start, among, ctx).run();
}

} // namespace diaban::analysis
