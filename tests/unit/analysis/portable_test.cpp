#include "analysis/portable.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace diaban::analysis;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

} // namespace

// The bits were computed by the same steps in Python, whose numbers are IEEE doubles; they are
// those of this machine and of any other.
TEST_CASE("logarithm, exponential and error function have prescribed bits") {
    CHECK(portable_log(10) == 0x1.26bb1bbb55516p+1);
    CHECK(portable_log(1e-5) == -0x1.7069e2aa2aa5bp+3);
    CHECK(portable_exp(1) == 0x1.5bf0a8b14576ap+1);
    CHECK(portable_exp(-12.5) == 0x1.f42ed3f68e690p-19);
    CHECK(portable_erfc(1) == 0x1.4226162fbddd0p-3);
    CHECK(portable_erfc(4) == 0x1.08ddd13bd35e6p-26);
}

TEST_CASE("logarithm, exponential and error function agree with the C library") {
    std::mt19937_64 random(1);
    const auto between = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
    };
    double log = 0, log1p = 0, exp = 0, erfc = 0, power = 0;
    const auto keep_worst = [](double& worst, double found, double expected) {
        worst = std::max(worst, std::fabs(found - expected) / std::fabs(expected));
    };
    for (int round = 0; round < 50'000; ++round) {
        const double wide = between(-700, 700), near = between(-2, 2);
        for (const double x : {wide, near}) keep_worst(exp, portable_exp(x), std::exp(x));
        for (const double x : {std::exp(wide), between(0.3, 0.9), between(1.1, 3)})
            keep_worst(log, portable_log(x), std::log(x));
        const double small = -std::pow(10, between(-12, -0.31));
        keep_worst(log1p, portable_log1p(small), std::log1p(small));
        const double z = between(0, 26);
        keep_worst(erfc, portable_erfc(z), std::erfc(z));
        const double base = between(0.001, 900), p = between(-4, 4);
        keep_worst(power, portable_power(base, p), std::pow(base, p));
    }
    CHECK(log < 1e-15);
    CHECK(log1p < 2e-15);
    CHECK(exp < 1e-15);
    CHECK(erfc < 1e-12);
    CHECK(power < 1e-13);
}

TEST_CASE("at the ends of their domains they have limits") {
    CHECK(portable_log(1) == 0);
    CHECK(portable_log(0) == -kInfinity);
    CHECK(portable_log(kInfinity) == kInfinity);
    CHECK(std::isnan(portable_log(-1)));
    CHECK(std::isnan(portable_log(std::nan(""))));
    CHECK(portable_log1p(1e-20) == 1e-20);
    CHECK(portable_exp(0) == 1);
    CHECK(portable_exp(1000) == kInfinity);
    CHECK(portable_exp(-kInfinity) == 0);
    CHECK(std::isnan(portable_exp(std::nan(""))));
    CHECK(portable_erfc(0) == 1);
    CHECK(portable_erfc(kInfinity) == 0);
    CHECK(std::isnan(portable_erfc(std::nan(""))));
    CHECK(portable_power(3, 4) == 81);
    CHECK(portable_power(4, -1) == 0.25);
    CHECK(portable_power(9, 0.5) == Approx(3));
}
