// Which unit lies at a point.
#include "geo/locate.hpp"

#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::geo;
using namespace diaban::test;

TEST_CASE("a point has the face it lies in") {
    const auto cov = coverage_from("AAA."
                                   "ABA."
                                   "AAAC",
                                   4);
    const Locator locator(cov.coverage);
    const auto at = [&](double x, double y) -> char {
        const auto f = locator.face_at({x * kCellM, y * kCellM});
        return f ? cov.letters[*f] : '-';
    };
    CHECK(at(0.5, 0.5) == 'A');
    CHECK(at(1.5, 1.5) == 'B');
    CHECK(at(3.5, 0.5) == 'C');
    CHECK(at(3.5, 1.5) == '-');
    CHECK(at(9, 9) == '-');
    CHECK(at(-0.001, 1) == '-');
    // On a border: the lowest face that touches it.
    CHECK(at(1, 1.5) == 'A');
    CHECK(at(3, 0.5) == 'A');
    CHECK(at(4, 0.5) == 'C');
    CHECK(at(3, 1) == 'A');
}

TEST_CASE("faces are found by box") {
    const auto cov = coverage_from("AABB"
                                   "CCDD",
                                   4);
    const Locator locator(cov.coverage);
    CHECK(locator.faces_in({100, 100, 200, 200}) == std::vector<FaceId>{cov.face('C')});
    CHECK(locator.faces_in(cov->box()).size() == 4);
    CHECK(locator.faces_in({1e6, 1e6, 2e6, 2e6}).empty());
}

TEST_CASE("every face is found at its label point") {
    const auto soup = random_soup(5, 12, 12, 20, 4);
    const auto built = build(soup);
    const Locator locator(built.coverage);
    for (FaceId f = 0; f < built.coverage->face_count(); ++f)
        if (built.coverage->faces()[f].ring_count)
            CHECK(locator.face_at(built.coverage->faces()[f].label_at) == f);
}
