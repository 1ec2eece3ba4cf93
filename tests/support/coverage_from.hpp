// Coverages drawn as text: each letter is a unit made of square cells. And random ones, by seed.
//
//   auto cov = coverage_from("AAB"
//                            "ACB", 3);
//   CHECK(neighbours(cov, 'A') == set("BC"));
#pragma once

#include "data/units.hpp"
#include "geo/contiguity.hpp"
#include "geo/coverage.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace diaban::test {

inline constexpr double kCellM = 1000;

// A coverage whose faces are the letters that occur, in alphabetical order.
struct Drawn {
    geo::PolygonSoup soup;
    std::string letters;
    std::shared_ptr<const geo::Coverage> coverage;
    base::Findings findings;

    geo::FaceId face(char letter) const;
    const geo::Coverage* operator->() const { return coverage.get(); }
    const geo::Coverage& operator*() const { return *coverage; }
};

// Rows from top to bottom; '.' and ' ' are nobody's. Cells are kCellM wide, in a plane of unknown
// CRS; the lower left corner is the origin. Every cell corner on a border is a vertex.
Drawn coverage_from(std::string_view cells, std::size_t columns);

// The units of such a coverage: code "A" and name "Xã A" for the letter A, of no type and no group.
std::shared_ptr<data::Vintage> vintage_from(std::string_view cells, std::size_t columns);

std::set<char> set(std::string_view letters);
std::set<char> neighbours(const Drawn& drawn, char letter,
                          geo::Contiguity contiguity = geo::Contiguity::Queen);
// Group i holds the letters of names[i]; letters that are not named belong to no group.
template <class... Names> std::vector<std::string> districts(Names... names) {
    return {names...};
}
std::vector<geo::GroupIndex> groups(const Drawn& drawn, const std::vector<std::string>& names);
// The highest level that separates two neighbours; the only levels are communes and districts.
data::Level border_rank(const Drawn& drawn, const std::vector<std::string>& districts, char a,
                        char b);

// Polygons from a grid of labels (kNobody = outside), row by row from below. `path` gives the inner
// points of the edge from corner (x0, y0) to (x1, y1), always called with the lesser corner first;
// `corner` the place of a corner.
inline constexpr int kNobody = -1;
struct GridShape {
    std::size_t columns, rows;
    std::vector<int> label;
    std::function<geo::Point(std::size_t x, std::size_t y)> corner;
    std::function<std::vector<geo::Point>(std::size_t x0, std::size_t y0, std::size_t x1,
                                          std::size_t y1)>
        path;
    std::vector<std::pair<std::size_t, std::vector<geo::Point>>> more_rings; // face, ring
};
geo::PolygonSoup soup_of(const GridShape& shape, std::size_t faces);

// A random map of at least `faces` units with crooked borders, holes, islands, parts, pinches, and
// deep bays with an islet each (units of their own, at the end); the same for the same seed
// everywhere.
geo::PolygonSoup random_soup(std::uint64_t seed, std::size_t columns, std::size_t rows,
                             std::size_t faces, std::size_t points_per_edge);

geo::BuiltCoverage build(const geo::PolygonSoup& soup, unsigned threads = 1, double tolerance = 0,
                         geo::Crs crs = {});

} // namespace diaban::test
