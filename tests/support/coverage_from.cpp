#include "support/coverage_from.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace diaban::test {
namespace {

using geo::Point;
using Corner = std::pair<std::size_t, std::size_t>;

// Rings of one label: unit edges with the label on the left, chained turning left at pinches, so
// that parts meeting in a corner stay apart.
std::vector<std::vector<Corner>> rings_of(const GridShape& shape, int label) {
    const auto is = [&](std::size_t x, std::size_t y) { // cell, shifted by one
        return x >= 1 && y >= 1 && x <= shape.columns && y <= shape.rows &&
               shape.label[(y - 1) * shape.columns + x - 1] == label;
    };
    std::multimap<Corner, Corner> edges;
    for (std::size_t y = 1; y <= shape.rows; ++y)
        for (std::size_t x = 1; x <= shape.columns; ++x) {
            if (!is(x, y)) continue;
            if (!is(x, y - 1)) edges.insert({{x - 1, y - 1}, {x, y - 1}});
            if (!is(x + 1, y)) edges.insert({{x, y - 1}, {x, y}});
            if (!is(x, y + 1)) edges.insert({{x, y}, {x - 1, y}});
            if (!is(x - 1, y)) edges.insert({{x - 1, y}, {x - 1, y - 1}});
        }
    const auto direction = [](Corner a, Corner b) {
        return std::pair(static_cast<int>(b.first) - static_cast<int>(a.first),
                         static_cast<int>(b.second) - static_cast<int>(a.second));
    };
    std::vector<std::vector<Corner>> rings;
    while (!edges.empty()) {
        std::vector<Corner> ring;
        auto edge = edges.begin();
        const Corner start = edge->first;
        for (;;) {
            const auto [from, to] = *edge;
            edges.erase(edge);
            ring.push_back(from);
            if (to == start) break;
            const auto [first, last] = edges.equal_range(to);
            edge = first;
            const auto d = direction(from, to);
            for (auto e = first; e != last; ++e)
                if (direction(to, e->second) == std::pair(-d.second, d.first)) edge = e;
        }
        rings.push_back(std::move(ring));
    }
    return rings;
}

// splitmix64: the same numbers on every machine.
std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}
double unit(std::uint64_t x) {
    return static_cast<double>(mix(x) >> 11) * 0x1p-53;
}

} // namespace

geo::PolygonSoup soup_of(const GridShape& shape, std::size_t faces) {
    geo::PolygonSoup soup;
    for (std::size_t f = 0; f < faces; ++f) {
        for (const auto& ring : rings_of(shape, static_cast<int>(f))) {
            for (std::size_t k = 0; k < ring.size(); ++k) {
                const Corner a = ring[k], b = ring[(k + 1) % ring.size()];
                soup.points.push_back(shape.corner(a.first, a.second));
                if (!shape.path) continue;
                const auto [low, high] = std::minmax(a, b);
                auto inner = shape.path(low.first, low.second, high.first, high.second);
                if (a != low) std::reverse(inner.begin(), inner.end());
                soup.points.insert(soup.points.end(), inner.begin(), inner.end());
            }
            soup.end_ring();
        }
        for (const auto& [face, ring] : shape.more_rings) {
            if (face != f) continue;
            soup.points.insert(soup.points.end(), ring.begin(), ring.end());
            soup.end_ring();
        }
        soup.end_face();
    }
    return soup;
}

geo::BuiltCoverage build(const geo::PolygonSoup& soup, unsigned threads, double tolerance,
                         geo::Crs crs) {
    base::JobContext ctx(threads);
    geo::CoverageSpec spec;
    spec.source = spec.map = std::move(crs);
    spec.tolerance = tolerance;
    return geo::build_coverage(soup, spec, ctx);
}

Drawn coverage_from(std::string_view cells, std::size_t columns) {
    if (columns == 0 || cells.size() % columns != 0)
        throw std::invalid_argument("the drawing is not a rectangle");
    Drawn drawn;
    std::set<char> letters;
    for (char c : cells)
        if (c != '.' && c != ' ') letters.insert(c);
    drawn.letters.assign(letters.begin(), letters.end());
    GridShape shape;
    shape.columns = columns, shape.rows = cells.size() / columns;
    for (std::size_t y = shape.rows; y-- > 0;)
        for (std::size_t x = 0; x < columns; ++x) {
            const auto at = drawn.letters.find(cells[y * columns + x]);
            shape.label.push_back(at == std::string::npos ? kNobody : static_cast<int>(at));
        }
    shape.corner = [](std::size_t x, std::size_t y) {
        return Point{static_cast<double>(x) * kCellM, static_cast<double>(y) * kCellM};
    };
    drawn.soup = soup_of(shape, drawn.letters.size());
    auto built = build(drawn.soup);
    drawn.coverage = std::move(built.coverage);
    drawn.findings = std::move(built.findings);
    return drawn;
}

geo::FaceId Drawn::face(char letter) const {
    const auto at = letters.find(letter);
    if (at == std::string::npos) throw std::invalid_argument("no such letter in the drawing");
    return static_cast<geo::FaceId>(at);
}

std::shared_ptr<data::Vintage> vintage_from(std::string_view cells, std::size_t columns) {
    auto drawn = coverage_from(cells, columns);
    auto vintage = std::make_shared<data::Vintage>();
    vintage->coverage = std::move(drawn.coverage);
    auto& units = vintage->units;
    for (const char letter : drawn.letters) {
        units.code.emplace_back(1, letter);
        units.name.push_back(std::string("Xã ") + letter);
    }
    units.type.assign(drawn.letters.size(), "");
    for (auto& parent : units.parent) parent.assign(drawn.letters.size(), geo::kNoGroup);
    return vintage;
}

std::set<char> set(std::string_view letters) {
    return {letters.begin(), letters.end()};
}

std::set<char> neighbours(const Drawn& drawn, char letter, geo::Contiguity contiguity) {
    std::set<char> found;
    const geo::Csr rows = geo::neighbours(*drawn, contiguity);
    for (std::uint32_t f : rows.row(drawn.face(letter))) found.insert(drawn.letters[f]);
    return found;
}

std::vector<geo::GroupIndex> groups(const Drawn& drawn, const std::vector<std::string>& names) {
    std::vector<geo::GroupIndex> group(drawn.letters.size(), geo::kNoGroup);
    for (std::size_t g = 0; g < names.size(); ++g)
        for (char c : names[g]) group[drawn.face(c)] = static_cast<geo::GroupIndex>(g);
    return group;
}

data::Level border_rank(const Drawn& drawn, const std::vector<std::string>& districts, char a,
                        char b) {
    std::vector<geo::GroupIndex> units(drawn.letters.size());
    for (std::size_t f = 0; f < units.size(); ++f) units[f] = static_cast<geo::GroupIndex>(f);
    const auto parents = groups(drawn, districts);
    const auto ranks = geo::arc_ranks(*drawn, {&units, &parents});
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const geo::Arc& arc = drawn->arcs()[i];
        if (std::minmax(arc.left, arc.right) == std::minmax(drawn.face(a), drawn.face(b)))
            return static_cast<data::Level>(ranks[i]);
    }
    throw std::invalid_argument("the two letters share no border");
}

geo::PolygonSoup random_soup(std::uint64_t seed, std::size_t columns, std::size_t rows,
                             std::size_t faces, std::size_t points_per_edge) {
    const auto draw = [seed](std::uint64_t a, std::uint64_t b, std::uint64_t c = 0) {
        return unit(mix(mix(mix(seed) + a) + b) + c);
    };
    GridShape shape;
    shape.columns = columns, shape.rows = rows;
    // Cells take the label of the nearest of some seeds, with noise: parts, holes and pinches.
    for (std::size_t y = 0; y < rows; ++y)
        for (std::size_t x = 0; x < columns; ++x) {
            const std::size_t cell = y * columns + x;
            if (draw(1, cell) < 0.08) {
                shape.label.push_back(kNobody);
                continue;
            }
            int best = 0;
            double nearest = 1e300;
            for (std::size_t f = 0; f < faces; ++f) {
                const double dx =
                    draw(2, f) * static_cast<double>(columns) - static_cast<double>(x);
                const double dy = draw(3, f) * static_cast<double>(rows) - static_cast<double>(y);
                const double d = std::hypot(dx, dy) + 2 * draw(4, cell, f);
                if (d < nearest) nearest = d, best = static_cast<int>(f);
            }
            shape.label.push_back(best);
        }
    shape.corner = [draw](std::size_t x, std::size_t y) {
        const double dx = 0.2 * draw(5, x, y) - 0.1, dy = 0.2 * draw(6, x, y) - 0.1;
        return Point{kCellM * (static_cast<double>(x) + dx),
                     kCellM * (static_cast<double>(y) + dy)};
    };
    // A border between two labels, running east, may have a bay to the north.
    const auto label_at = [&](std::size_t x, std::size_t y) {
        return y < rows ? shape.label[y * columns + x] : kNobody;
    };
    std::vector<bool> bay((rows + 1) * columns, false);
    for (std::size_t y = 1; y < rows; ++y)
        for (std::size_t x = 0; x < columns; ++x)
            bay[y * columns + x] = label_at(x, y) != label_at(x, y - 1) && draw(10'000, x, y) < 0.5;
    const auto along = [](Point a, Point b, double t, double off) {
        return Point{a.x + t * (b.x - a.x) - off * (b.y - a.y),
                     a.y + t * (b.y - a.y) + off * (b.x - a.x)};
    };
    // Crooked within a lozenge along the edge, narrow enough for edges not to meet.
    shape.path = [=, corner = shape.corner](std::size_t x0, std::size_t y0, std::size_t x1,
                                            std::size_t y1) {
        const Point a = corner(x0, y0), b = corner(x1, y1);
        const bool has_bay = y0 == y1 && bay[y0 * columns + x0];
        std::vector<Point> inner;
        for (std::size_t k = 1; k <= points_per_edge; ++k) {
            const double t = static_cast<double>(k) / static_cast<double>(points_per_edge + 1);
            if (has_bay && t > 0.3) break;
            const double off =
                0.7 * (draw(7 + k, x0 * 4096 + y0, x1 * 4096 + y1) - 0.5) * std::min(t, 1 - t);
            inner.push_back(along(a, b, t, off));
        }
        if (has_bay)
            for (const auto& [t, off] : {std::pair(0.36, 0.02),
                                         {0.42, 0.35},
                                         {0.45, 0.55},
                                         {0.55, 0.6},
                                         {0.6, 0.3},
                                         {0.64, 0.02}})
                inner.push_back(along(a, b, t, off));
        return inner;
    };
    for (std::size_t y = 1; y < rows; ++y)
        for (std::size_t x = 0; x < columns; ++x) {
            if (!bay[y * columns + x]) continue;
            const Point a = shape.corner(x, y), b = shape.corner(x + 1, y);
            const std::vector<Point> islet{along(a, b, 0.47, 0.3), along(a, b, 0.53, 0.3),
                                           along(a, b, 0.5, 0.42)};
            shape.more_rings.emplace_back(faces++, islet);
            if (label_at(x, y - 1) != kNobody)
                shape.more_rings.emplace_back(static_cast<std::size_t>(label_at(x, y - 1)),
                                              std::vector<Point>(islet.rbegin(), islet.rend()));
        }
    return soup_of(shape, faces);
}

} // namespace diaban::test
