// ln, exp and the complementary error function from the four operations alone, whose results IEEE
// 754 prescribes: the same bits on every machine.
//
// Those of the C library differ in the last digit between processors with and without fused
// multiply-add; a result that is stored, compared or published must not. Relative errors: ln and
// exp 5e-16, ln(1 + x) 1e-15, erfc 2e-13 (checked against the C library).
#pragma once

#include <cmath>
#include <limits>

namespace diaban::analysis {

namespace portable_parts {

// ln 2 in two parts; the first times an exponent is exact.
constexpr double kLn2High = 0x1.62e42feep-1, kLn2Low = 0x1.a39ef35793c76p-33;

} // namespace portable_parts

inline double portable_log(double x) {
    constexpr double kRootOfHalf = 0.70710678118654752;
    if (!(x > 0))
        return x == 0 ? -std::numeric_limits<double>::infinity()
                      : std::numeric_limits<double>::quiet_NaN();
    if (std::isinf(x)) return x;
    int exponent = 0;
    double m = std::frexp(x, &exponent);
    if (m < kRootOfHalf) m *= 2, --exponent;
    // ln m = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 …), |s| < 0.172
    const double s = (m - 1) / (m + 1), square = s * s;
    double series = 0;
    for (int k = 21; k > 1; k -= 2) series = (series + 1.0 / k) * square;
    return exponent * portable_parts::kLn2High +
           (2 * (s + s * series) + exponent * portable_parts::kLn2Low);
}

// ln(1 + x), also of a small x (Kahan's quotient).
inline double portable_log1p(double x) {
    const double u = 1 + x;
    return u == 1 ? x : portable_log(u) * (x / (u - 1));
}

inline double portable_exp(double x) {
    constexpr double kLargest = 709.78, kSmallest = -745.2;
    if (std::isnan(x)) return x;
    if (x > kLargest) return std::numeric_limits<double>::infinity();
    if (x < kSmallest) return 0;
    const double k = std::floor(x / (portable_parts::kLn2High + portable_parts::kLn2Low) + 0.5);
    const double rest =
        (x - k * portable_parts::kLn2High) - k * portable_parts::kLn2Low; // at most ln 2 / 2
    double sum = 1;
    for (int i = 14; i > 0; --i) sum = 1 + sum * rest / i;
    return std::ldexp(sum, static_cast<int>(k));
}

// x^p of x > 0; whole powers by multiplication.
inline double portable_power(double x, double p) {
    constexpr double kMostFactors = 16;
    if (p != std::floor(p) || std::fabs(p) > kMostFactors) return portable_exp(p * portable_log(x));
    double out = 1;
    for (int i = 0; i < static_cast<int>(std::fabs(p)); ++i) out *= x;
    return p < 0 ? 1 / out : out;
}

// Of x >= 0: a series of terms that are all positive, or Laplace's continued fraction (Abramowitz &
// Stegun 7.1.6, 7.1.14).
inline double portable_erfc(double x) {
    constexpr double kRootOfPi = 1.7724538509055160273, kSeriesUntil = 2;
    if (x < kSeriesUntil) {
        double term = x, sum = x;
        for (int n = 1; n < 60; ++n) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 1 - 2 / kRootOfPi * portable_exp(-x * x) * sum;
    }
    double fraction = x;
    for (int n = 100; n > 0; --n) fraction = x + n / 2.0 / fraction;
    return portable_exp(-x * x) / (kRootOfPi * fraction);
}

} // namespace diaban::analysis
