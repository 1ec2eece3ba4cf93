// Coast and border told apart on drawn coverages.
#include "geo/outline_parts.hpp"

#include "support/coverage_from.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace diaban;
using namespace diaban::geo;

namespace {

constexpr double kReach_m = 3000;

// Six wide units, three above and three below, 10 km each: kCellM is 1 km.
test::Drawn six_wide() {
    std::string cells;
    for (const char* row : {"DEF", "ABC"})
        for (int line = 0; line < 10; ++line)
            for (const char* letter = row; *letter; ++letter) cells += std::string(10, *letter);
    return test::coverage_from(cells, 30);
}

std::vector<OutlinePart> parts_of(const test::Drawn& drawn,
                                  const std::vector<OutlineReference>& references) {
    base::JobContext ctx;
    return outline_parts(*drawn, references, kReach_m, ctx);
}

std::string letters(const test::Drawn& drawn, const OutlinePart& part) {
    std::string out;
    for (const auto face : part.faces) out += drawn.letters[face];
    return out;
}

double length_of(const OutlinePart& part) {
    double out = 0;
    for (const auto& line : part.lines)
        for (std::size_t i = 1; i < line.size(); ++i)
            out += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return out;
}

// One kilometre south of the units, from far in the west to far in the east.
const OutlineReference kSouth{{{{-9000, -1000}, {39000, -1000}}}, {}, {}};
const OutlineReference kNorth{{{{-9000, 21000}, {39000, 21000}}}, {}, {}};

} // namespace

TEST_CASE("a shoreline beside the outer border is the coast of the units it runs along") {
    const auto drawn = six_wide();
    const auto parts = parts_of(drawn, {kSouth, kNorth});
    REQUIRE(parts.size() == 2);
    CHECK(letters(drawn, parts[0]) == "ABC");
    CHECK(letters(drawn, parts[1]) == "DEF");
    // 30 km, and at both ends at most a sixth of the reach around the corner, to the next step.
    for (const auto& part : parts) {
        CHECK(length_of(part) >= 28'000);
        CHECK(length_of(part) <= 30'000 + 2 * (kReach_m / 6 + kReach_m / 4));
    }
}

TEST_CASE("where two references run along the border, it belongs to the first") {
    const auto drawn = six_wide();
    // A shoreline that goes up a river nearer to the units than the border in its middle.
    const OutlineReference river{{{{-9000, -500}, {39000, -500}}}, {}, {}};
    const auto parts = parts_of(drawn, {kSouth, river});
    CHECK(letters(drawn, parts[0]) == "ABC");
    CHECK(parts[1].faces.empty());
    // One that ends is followed by the other.
    const OutlineReference west{{{{-9000, -1000}, {15000, -1000}}}, {}, {}};
    const auto both = parts_of(drawn, {west, river});
    CHECK(letters(drawn, both[0]) == "AB");
    CHECK(letters(drawn, both[1]) == "BC");
}

TEST_CASE("a border that meets the sea is no coast, and what is far off is nothing") {
    const auto drawn = six_wide();
    // The shore turns away: it touches the units in the lower left corner only.
    const OutlineReference away{{{{-9000, -9000}, {0, -500}}}, {}, {}};
    CHECK(parts_of(drawn, {away})[0].faces.empty());
    const OutlineReference far{{{{-9000, -3500}, {39000, -3500}}}, {}, {}};
    CHECK(parts_of(drawn, {far})[0].faces.empty());
    CHECK(parts_of(drawn, {OutlineReference{}})[0].lines.empty());
    CHECK(parts_of(drawn, {}).empty());
}

TEST_CASE("a person's word is stronger than the lines") {
    const auto drawn = six_wide();
    OutlineReference corrected = kSouth;
    corrected.never = {drawn.face('B')};
    corrected.always = {drawn.face('F')};
    const auto parts = parts_of(drawn, {corrected});
    CHECK(letters(drawn, parts[0]) == "ACF");
    // All of the outer border of F: two sides of 10 km; of A and C at least a side each.
    CHECK(length_of(parts[0]) >= 38'000);
    // Without any lines, too.
    OutlineReference by_hand;
    by_hand.always = {drawn.face('A')};
    const auto hand = parts_of(drawn, {by_hand});
    CHECK(letters(drawn, hand[0]) == "A");
    CHECK(length_of(hand[0]) == Approx(20'000));
}

TEST_CASE("an islet is coast all around, a gap between units is none") {
    const auto drawn = test::coverage_from("AAAA........B", 13);
    const OutlineReference shore{{{{-2000, -300}, {14000, -300}}}, {}, {}};
    const auto parts = parts_of(drawn, {shore});
    CHECK(letters(drawn, parts[0]) == "AB");
    // A gap of half a square kilometre, and a line beside it.
    geo::PolygonSoup soup;
    const auto ring = [&](double x0, double y0, double x1, double y1) {
        for (const Point p : {Point{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}})
            soup.points.push_back(p);
        soup.end_ring();
    };
    ring(0, 0, 40'000, 20'000);
    ring(20'000, 10'000, 20'700, 10'700);
    soup.end_face();
    const auto built = test::build(soup);
    const OutlineReference inside{{{{19'000, 9'900}, {22'000, 9'900}}}, {}, {}};
    base::JobContext ctx;
    CHECK(outline_parts(*built.coverage, {inside}, kReach_m, ctx)[0].lines.empty());
}

TEST_CASE("the middle of a river is no coast, the sea beyond its mouth is") {
    const auto drawn = six_wide();
    // A river of two kilometres along the south, which ends in the sea a kilometre east of C and F.
    OutlineReference shore{{{{-40'000, 1000}, {31'000, 1000}, {31'000, 60'000}},
                            {{-40'000, -1000}, {31'000, -1000}, {31'000, -60'000}}},
                           {},
                           {}};
    CHECK(letters(drawn, parts_of(drawn, {shore})[0]) == "ABCF"); // lines that are no shore
    shore.shore = true;
    const auto coast = parts_of(drawn, {shore})[0];
    CHECK(letters(drawn, coast) == "CF");
    CHECK(length_of(coast) >= 18'000); // the east of both
    CHECK(length_of(coast) <= 22'000);
    // Somebody who knows better is believed.
    shore.always = {drawn.face('A')};
    shore.never = {drawn.face('F')};
    CHECK(letters(drawn, parts_of(drawn, {shore})[0]) == "AC");
}

TEST_CASE("units that reach out into the sea are on the coast") {
    const auto drawn = six_wide();
    // Four kilometres of A, B and C are sea: their border lies beyond the reach of the shoreline.
    OutlineReference shore{{{{-60'000, 4000}, {90'000, 4000}}}, {}, {}};
    shore.shore = true;
    CHECK(letters(drawn, parts_of(drawn, {shore})[0]) == "ABC");
    shore.never = {drawn.face('B')};
    CHECK(letters(drawn, parts_of(drawn, {shore})[0]) == "AC");
}

TEST_CASE("archipelagos whose faces are sea for the most part are on the coast") {
    // Fifteen units of land in the north, of which eight have no outer border; south of them sea
    // with an island in each unit, nearer to the southern border than any land.
    std::string cells;
    const auto rows = [&](const std::string& letters, int lines, std::size_t wide) {
        for (int line = 0; line < lines; ++line)
            for (const char letter : letters) cells += std::string(wide, letter);
    };
    rows("abc", 10, 20);
    rows("dKLMNO", 10, 10);
    rows("efghij", 10, 10);
    rows("PQRSTU", 30, 10);
    const auto drawn = test::coverage_from(cells, 60);
    // The mainland's shore between efghij and PQRSTU; each of P to U has an island.
    OutlineReference shore{{{{-90'000, 30'000}, {150'000, 30'000}}}, {}, {}};
    for (int k = 0; k < 6; ++k) {
        const double x = 10'000 * k + 5000;
        shore.lines.push_back({{x - 500, 24'500},
                               {x + 500, 24'500},
                               {x + 500, 25'500},
                               {x - 500, 25'500},
                               {x - 500, 24'500}});
    }
    shore.shore = true;
    const auto coast = letters(drawn, parts_of(drawn, {shore})[0]);
    INFO(coast);
    for (const char sea : std::string("PQRSTU")) CHECK(coast.find(sea) != std::string::npos);
    // e and j end at the shore, which is theirs as much as P's and U's.
    for (const char land : std::string("abcdKLMNOfghi"))
        CHECK(coast.find(land) == std::string::npos);
}
