#include "analysis/trend.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

using namespace diaban::analysis;

namespace {

// 'H' hot, 'c' cold, '.' neither.
EmergingResult of(const std::string& steps, std::vector<double> z = {}) {
    std::vector<std::int8_t> step;
    for (const char s : steps) step.push_back(s == 'H' ? 1 : s == 'c' ? -1 : 0);
    // Up and down by turns: no trend.
    if (z.empty())
        for (std::size_t i = 0; i < steps.size(); ++i) z.push_back(i % 2 ? 3.0 : 2.5);
    return emerging(step, z, 0.05);
}

std::vector<double> rising(std::size_t n) {
    std::vector<double> z;
    for (std::size_t i = 0; i < n; ++i) z.push_back(2 + 0.1 * static_cast<double>(i));
    return z;
}

} // namespace

TEST_CASE("Mann-Kendall by hand") {
    const auto five = mann_kendall(std::vector<double>{1, 2, 3, 4, 5});
    CHECK(five.s == 10);
    CHECK(five.variance == Approx(5 * 4 * 15 / 18.0));
    CHECK(five.p == Approx(2.0 / 120)); // one order of 120 rises throughout, one falls
    // Ties: 15 pairs less 1 and 3; variance (6*5*17 - 2*1*9 - 3*2*11) / 18.
    const auto ties = mann_kendall(std::vector<double>{1, 2, 2, 3, 3, 3});
    CHECK(ties.s == 11);
    CHECK(ties.variance == Approx(426 / 18.0));
    CHECK(ties.z == Approx(10 / std::sqrt(426 / 18.0)));
    // One pair out of order: 6 orders of 120 have at most one inversion or its mirror: (1 + 4) * 2.
    CHECK(mann_kendall(std::vector<double>{1, 2, 3, 5, 4}).p == Approx(10.0 / 120));
    CHECK(mann_kendall(std::vector<double>{5, 4, 3, 2, 1}).s == -10);
    CHECK_FALSE(mann_kendall(std::vector<double>{1, 2, 3, 4}).defined);
    CHECK_FALSE(mann_kendall(std::vector<double>{2, 2, 2, 2, 2, 2}).defined);
    CHECK(mann_kendall(std::vector<double>{1, std::nan(""), 2, 3, 4, 5}).s == 10);
}

TEST_CASE("each category of emerging hot spots, in the order of the tests") {
    CHECK(of("HHHHHHHHH.").category == Emerging::Historical);
    CHECK(of(".........H").category == Emerging::New);
    CHECK(of(".......HHH").category == Emerging::Consecutive);
    CHECK(of("HHHHHHHHHH", rising(10)).category == Emerging::Intensifying);
    auto falling = rising(10);
    for (auto& z : falling) z = -z;
    CHECK(of("HHHHHHHHHH", falling).category == Emerging::Diminishing);
    CHECK(of("HHHHHHHHHH").category == Emerging::Persistent);
    CHECK(of("H.H..c...H").category == Emerging::Oscillating);
    CHECK(of("H.H......H").category == Emerging::Sporadic);
    CHECK(of("H.H.......").category == Emerging::None);
    CHECK(of("..........").category == Emerging::None);
    // A run at the end is not consecutive if it was hot before: sfdep overlooks that.
    CHECK(of("H......HHH").category == Emerging::Sporadic);
    // A single hot last step after a cold one: new, because it never was hot.
    CHECK(of("..c......H").category == Emerging::New);
    CHECK(of("..c....HHH").category == Emerging::Consecutive);
}

TEST_CASE("cold spots mirror hot ones") {
    const auto cold = of(".......ccc");
    CHECK(cold.category == Emerging::Consecutive);
    CHECK(cold.cold);
    auto falling = rising(10);
    for (auto& z : falling) z = -z;
    CHECK(of("cccccccccc", falling).category == Emerging::Intensifying);
    CHECK(of("H.H......c").cold);
    CHECK(of("H.H......c").category == Emerging::New);
    CHECK_FALSE(of("..........").cold);
    CHECK(to_string(Emerging::Oscillating) == "oscillating");
}
