// How many of n trials succeed: exact draws from the binomial distribution, in a time that does not
// grow with n.
//
// Sources: sequential search where few successes or few failures are expected (Kachitvichyanukul &
// Schmeiser 1988, BINV), else transformed rejection (Hormann 1993, BTRS). The logarithm of a ratio
// of probabilities takes Stirling's series, so that it stays exact for billions of trials.
#pragma once

#include "analysis/portable.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::analysis {

namespace binomial_parts {

// ln k! less Stirling's formula for it.
inline double stirling_rest(double k) {
    constexpr std::array<double, 10> kFirst{
        0.08106146679532726, 0.04134069595540929,  0.02767792568499834, 0.02079067210376509,
        0.01664469118982119, 0.01387612882307075,  0.01189670994589177, 0.01041126526197209,
        0.00925546218271273, 0.008330563433362871,
    };
    if (k < static_cast<double>(kFirst.size())) return kFirst[static_cast<std::size_t>(k)];
    const double squared = (k + 1) * (k + 1);
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / squared) / squared) / (k + 1);
}

// n p < 10: one probability after the other.
template <class Even> double search(double n, double p, Even& even) {
    const double s = p / (1 - p), a = (n + 1) * s, nobody = portable_exp(n * portable_log1p(-p));
    const double most = std::min(n, 110.0); // beyond it lies less than one in 10^60
    for (;;) {
        double left = even(), probability = nobody, k = 0;
        while (left > probability && k <= most) {
            left -= probability;
            ++k;
            probability *= a / k - s;
        }
        if (k <= most) return k; // else rounding has lost the end of the search
    }
}

// n p >= 10, p <= 1/2. Names as in the paper.
template <class Even> double transformed_rejection(double n, double p, Even& even) {
    const double odds = p / (1 - p), sd = std::sqrt(n * p * (1 - p));
    const double b = 1.15 + 2.53 * sd, a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
    const double v_r = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * sd;
    const double mode = std::floor((n + 1) * p);
    for (;;) {
        const double u = even() - 0.5, v = even(), us = 0.5 - std::fabs(u);
        if (us == 0) continue;
        const double k = std::floor((2 * a / us + b) * u + c);
        if (us >= 0.07 && v <= v_r) return k;
        if (k < 0 || k > n) continue;
        const double ratio = (mode + 0.5) * portable_log((mode + 1) / (odds * (n - mode + 1))) +
                             (n + 1) * portable_log((n - mode + 1) / (n - k + 1)) +
                             (k + 0.5) * portable_log(odds * (n - k + 1) / (k + 1)) +
                             stirling_rest(mode) + stirling_rest(n - mode) - stirling_rest(k) -
                             stirling_rest(n - k);
        if (portable_log(v * alpha / (a / (us * us) + b)) <= ratio) return k;
    }
}

} // namespace binomial_parts

// Successes of n >= 0 trials (a whole number) with probability p each; `even()` gives independent
// numbers of [0, 1).
template <class Even> double binomial(double n, double p, Even&& even) {
    constexpr double kFew = 10; // expected: below this the search is quicker, and rejection unfit
    if (!(p > 0) || n == 0) return 0;
    if (p >= 1) return n;
    if (p > 0.5) return n - binomial(n, 1 - p, even);
    return n * p < kFew ? binomial_parts::search(n, p, even)
                        : binomial_parts::transformed_rejection(n, p, even);
}

} // namespace diaban::analysis
