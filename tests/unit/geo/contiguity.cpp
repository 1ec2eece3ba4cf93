// Neighbours, groups and borders of drawn maps; published neighbour lists.
#include "geo/contiguity.hpp"

#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::geo;
using namespace diaban::test;

TEST_CASE("rook neighbours share an edge, queen neighbours at least a corner") {
    const auto cov = coverage_from("AB"
                                   "CD",
                                   2);
    CHECK(neighbours(cov, 'A', Contiguity::Rook) == set("BC"));
    CHECK(neighbours(cov, 'A', Contiguity::Queen) == set("BCD"));
    CHECK(neighbours(cov, 'D', Contiguity::Queen) == set("ABC"));
}

TEST_CASE("islands are reported, enclaves have one neighbour") {
    const auto cov = coverage_from("AAA.E"
                                   "ABA.."
                                   "AAACC",
                                   5);
    const Csr queen = neighbours(*cov, Contiguity::Queen);
    const Components parts = components(queen);
    CHECK(parts.count == 2);
    CHECK(parts.islands == std::vector<std::uint32_t>{cov.face('E')});
    CHECK(neighbours(cov, 'B') == set("A"));
    CHECK(parts.of[cov.face('A')] == parts.of[cov.face('C')]);
}

TEST_CASE("shared borders and the coast add up to the perimeter") {
    const auto cov = coverage_from("AAB"
                                   "ACB",
                                   3);
    const Csr border = shared_border_m(*cov);
    const auto perimeter = perimeter_m(*cov);
    const auto a = cov.face('A');
    CHECK(perimeter[a] == Approx(8 * kCellM));
    REQUIRE(border.row(a).size() == 2);
    CHECK(border.weights(a)[0] == Approx(1 * kCellM)); // B: the upper half of its left side
    CHECK(border.weights(a)[1] == Approx(2 * kCellM)); // C: its left side and its top
}

TEST_CASE("an arc has the rank of the highest level it separates") {
    const auto cov = coverage_from("AAB"
                                   "ACB",
                                   3);
    CHECK(border_rank(cov, districts("AC", "B"), 'A', 'B') == data::Level::District);
    CHECK(border_rank(cov, districts("AC", "B"), 'A', 'C') == data::Level::Commune);
    const auto group = groups(cov, districts("AC", "B"));
    const auto ranks = arc_ranks(*cov, {&group, &group});
    for (std::size_t i = 0; i < ranks.size(); ++i)
        if (cov->arcs()[i].right == kOutside || cov->arcs()[i].left == kOutside)
            CHECK(ranks[i] == 2);
}

TEST_CASE("a dissolved group has the outline of its members") {
    const auto cov = coverage_from("AAABB"
                                   "ACAB."
                                   "AAADD",
                                   5);
    SECTION("with a hole of another group") {
        const auto shapes = dissolve(*cov, groups(cov, districts("AB", "C", "D")));
        REQUIRE(shapes.size() == 3);
        REQUIRE(shapes[0].rings.size() == 2);
        CHECK(shapes[0].area_m2 == Approx(11 * kCellM * kCellM));
        CHECK(shapes[1].area_m2 == Approx(1 * kCellM * kCellM));
        CHECK(shapes[0].box.width() == 5 * kCellM);
    }
    SECTION("a hole is filled by its own member") {
        const auto shapes = dissolve(*cov, groups(cov, districts("AC")));
        REQUIRE(shapes.size() == 1);
        CHECK(shapes[0].rings.size() == 1);
        CHECK(shapes[0].area_m2 == Approx(9 * kCellM * kCellM));
    }
    SECTION("nobody's faces are outside, and groups may be empty") {
        auto group = groups(cov, districts("", "D"));
        const auto shapes = dissolve(*cov, group);
        REQUIRE(shapes.size() == 2);
        CHECK(shapes[0].rings.empty());
        CHECK(shapes[1].area_m2 == Approx(2 * kCellM * kCellM));
    }
}

TEST_CASE("members that touch in a corner stay two rings") {
    const auto cov = coverage_from("AB"
                                   "CD",
                                   2);
    const auto shapes = dissolve(*cov, groups(cov, districts("AD", "BC")));
    CHECK(shapes[0].rings.size() == 2);
    CHECK(shapes[1].rings.size() == 2);
    CHECK(shapes[0].area_m2 == Approx(2 * kCellM * kCellM));
}

TEST_CASE("arcs are chained through nodes where two of them meet") {
    const auto cov = coverage_from("AAB"
                                   "ACB",
                                   3);
    const auto arcs = cov->arcs();
    SECTION("the coast is one closed line") {
        std::vector<bool> keep;
        for (const Arc& a : arcs) keep.push_back(a.left == kOutside || a.right == kOutside);
        const auto lines = chain_arcs(*cov, keep);
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].closed);
        const auto points = line_points(*cov, lines[0], 0);
        CHECK(points.size() == 11); // ten corners, closed
        CHECK(points.front() == points.back());
    }
    SECTION("all borders: one line per arc, because three meet everywhere") {
        const auto lines = chain_arcs(*cov, std::vector<bool>(arcs.size(), true));
        CHECK(lines.size() == arcs.size());
    }
    SECTION("the border of a district is one open line") {
        const auto group = groups(cov, districts("AC", "B"));
        std::vector<bool> keep;
        for (const Arc& a : arcs)
            keep.push_back(a.left != kOutside && a.right != kOutside &&
                           group[a.left] != group[a.right]);
        const auto lines = chain_arcs(*cov, keep);
        REQUIRE(lines.size() == 1);
        CHECK_FALSE(lines[0].closed);
        CHECK(lines[0].arcs.size() == 2);
        CHECK(line_points(*cov, lines[0], 0).size() == 3);
    }
}
