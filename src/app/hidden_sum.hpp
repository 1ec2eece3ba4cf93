// Whether a sum that is public gives a hidden count of persons away.
//
// Guarantees: pure arithmetic. A sum that "gives nothing away" lets every small count of its area
// be any number from 1 to k-1, for all that the tables and the list of masked cells say: which
// cells are small, and which were hidden beside them (0 and more). And it leaves each a range of at
// least one whole step even to somebody who knows how cells are chosen: those beside are k and
// more, zeros among them are zeros, and always the smallest number of the area was taken.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

namespace diaban::app {

class HiddenSum {
public:
    explicit HiddenSum(int k) : k_(k) {}

    void hide(double value) {
        if (!(value > 0)) return;
        sum_ += value;
        if (value < k_) {
            ++small_;
        } else {
            ++beside_;
            largest_beside_ = std::max(largest_beside_, value);
        }
    }
    void show(double value) {
        if (value > 0 && !(value >= smallest_shown_)) smallest_shown_ = value;
    }

    // A single small cell is what the sum is; two nines are what makes 18, and of 3 neither is 9.
    bool gives_away() const { return small_ > 0 && (narrows() || tells_who_knows_the_rule()); }

private:
    // With a cell beside them small ones are free: it makes up for every sum of theirs.
    bool narrows() const {
        const auto others = static_cast<double>(small_ - 1);
        return beside_ == 0 && (sum_ - others * (k_ - 1) > 1 || sum_ - others < k_ - 1);
    }
    bool tells_who_knows_the_rule() const {
        const auto others = static_cast<double>(small_ - 1), beside = static_cast<double>(beside_);
        const double least = others + beside * k_;
        const double most = others * (k_ - 1) + (beside_ == 0 ? 0 : beside * most_beside());
        const double lowest = std::max(1.0, sum_ - most);
        const double highest = std::min(k_ - 1.0, sum_ - least);
        return highest - lowest < 1;
    }
    // What was hidden before the smallest number that is left is at most that, unless it was hidden
    // for something else.
    double most_beside() const {
        return largest_beside_ > smallest_shown_ ? kUnbounded
                                                 : std::max<double>(k_, smallest_shown_);
    }

    static constexpr double kUnbounded = std::numeric_limits<double>::infinity();
    int k_;
    double sum_ = 0;
    std::size_t small_ = 0, beside_ = 0;
    double largest_beside_ = 0, smallest_shown_ = kUnbounded;
};

} // namespace diaban::app
