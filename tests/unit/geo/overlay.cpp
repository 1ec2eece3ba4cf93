// Shares of one coverage in another: drawn cases worked by hand, and random ones against sums.
#include "geo/overlay.hpp"

#include "base/job.hpp"
#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace diaban;
using namespace diaban::geo;

namespace {

constexpr double kSliver = 0.001;

std::map<char, double> shares(const OverlayShares& out, const test::Drawn& from,
                              const test::Drawn& to, char letter) {
    std::map<char, double> named;
    const auto i = from.face(letter);
    for (std::size_t k = 0; k < out.weight.row(i).size(); ++k)
        named[to.letters[out.weight.row(i)[k]]] = out.weight.weights(i)[k];
    return named;
}

} // namespace

TEST_CASE("a unit is shared out over those that lie on its ground") {
    const auto from = test::coverage_from("AAB"
                                          "AAB"
                                          "CCC",
                                          3);
    const auto to = test::coverage_from("XYY"
                                        "XYY"
                                        "XZZ",
                                        3);
    base::JobContext ctx;
    const auto out = overlay(*from, *to, kSliver, ctx);
    const auto a = shares(out, from, to, 'A'), c = shares(out, from, to, 'C');
    CHECK(a.size() == 2);
    CHECK(a.at('X') == Approx(0.5).epsilon(1e-12));
    CHECK(a.at('Y') == Approx(0.5).epsilon(1e-12));
    CHECK(shares(out, from, to, 'B') == std::map<char, double>{{'Y', 1}});
    CHECK(c.at('X') == Approx(1.0 / 3).epsilon(1e-12));
    CHECK(c.at('Z') == Approx(2.0 / 3).epsilon(1e-12));
    for (const auto covered : out.covered) CHECK(covered == Approx(1));
}

TEST_CASE("ground that the other coverage lacks is said, and slivers make no successors") {
    const auto from = test::coverage_from("AAB", 3);
    const auto to = test::coverage_from("XY.", 3);
    base::JobContext ctx;
    const auto out = overlay(*from, *to, kSliver, ctx);
    CHECK(shares(out, from, to, 'A').size() == 2);
    CHECK(shares(out, from, to, 'B').empty());
    CHECK(out.covered[from.face('A')] == Approx(1));
    CHECK(out.covered[from.face('B')] == 0);
    // Half of A is a sliver by this measure; the rows still sum to 1.
    const auto coarse =
        overlay(*test::coverage_from("AAAAB", 5), *test::coverage_from("XXXYY", 5), 0.3, ctx);
    CHECK(coarse.weight.row(0).size() == 1);
    CHECK(coarse.weight.weights(0)[0] == 1);
}

TEST_CASE("rows sum to one, areas agree both ways, and threads change nothing") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        INFO(seed);
        const auto a = test::build(test::random_soup(seed, 9, 8, 14, 5)).coverage;
        const auto b = test::build(test::random_soup(seed + 10, 8, 9, 12, 3)).coverage;
        base::JobContext one(1), eight(8);
        const auto there = overlay(*a, *b, 0, one);
        CHECK(there.weight == overlay(*a, *b, 0, eight).weight);
        const auto back = overlay(*b, *a, 0, one);
        double common = 0, common_back = 0;
        for (std::size_t i = 0; i < a->face_count(); ++i) {
            double sum = 0;
            for (const auto weight : there.weight.weights(i)) sum += weight;
            if (!there.weight.row(i).empty()) CHECK(sum == Approx(1).epsilon(1e-12));
            common += there.covered[i] * a->faces()[i].area_m2;
        }
        for (std::size_t i = 0; i < b->face_count(); ++i)
            common_back += back.covered[i] * b->faces()[i].area_m2;
        CHECK(common == Approx(common_back).epsilon(1e-6));
    }
}
