#include "app/sample_outline.hpp"

#include "geo/plane.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace diaban::app::sample {
using geo::Point;
namespace {

constexpr std::uint32_t kMoved = 0x80000000u;
// The middle of the lattice: open sea off the Mekong delta, so that nobody takes the province for a
// real one. A degree there, in km.
constexpr Point kMiddle{107.3, 9.3};
constexpr double kKmPerLon = 109.87, kKmPerLat = 110.60;
constexpr double kCommuneKm2 = 22, kCellsPerCommune = 20;
constexpr std::uint32_t kFullSize = 2000; // bigger provinces get smaller communes, not more ground

Point minus(Point a, Point b) {
    return {a.x - b.x, a.y - b.y};
}
using geo::cross, geo::dot;

// Tangent of the acute angle between a direction and a line.
double slope_to_line(Point direction, Point line) {
    const double d = std::abs(dot(direction, line));
    return d > 0 ? std::abs(cross(direction, line)) / d : 1e9;
}
// Tangent of half the angle between two directions.
double slope_halfway(Point a, Point b) {
    const double lengths = std::sqrt(dot(a, a) * dot(b, b));
    const double below = lengths + dot(a, b);
    return below > 0 ? std::abs(cross(a, b)) / below : 1e9;
}

// Midpoint displacement between p and q, appended without the ends. Everything stays in the diamond
// around pq whose sides rise with `slope`: a displacement that rises with t leaves the halves the
// slope tan(atan(slope) - atan(t)).
void displace(const Dice& dice, Point p, Point q, double slope, int levels, std::uint64_t a,
              std::uint64_t b, std::uint64_t index, std::vector<Point>& out) {
    if (levels == 0) return;
    const double t = 0.62 * slope * dice.sign(Stream::Fractal, a, b, index);
    const Point m{(p.x + q.x) / 2 - (q.y - p.y) * (t / 2), (p.y + q.y) / 2 + (q.x - p.x) * (t / 2)};
    const double left = (slope - std::abs(t)) / (1 + std::abs(t) * slope);
    displace(dice, p, m, left, levels - 1, a, b, 2 * index, out);
    out.push_back(m);
    displace(dice, m, q, left, levels - 1, a, b, 2 * index + 1, out);
}

double ring_area(const std::vector<Point>& ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i)
        twice += cross(ring[i], ring[(i + 1) % ring.size()]);
    return twice / 2;
}

} // namespace

// Three neighbouring cells counter-clockwise; side i lies between cells i and i+1.
struct Outline::Triangle {
    std::array<CellId, 3> cell;
    std::uint64_t id;
    bool three = false;      // three different parts meet inside
    bool contracted = false; // ... in a corner shared with the next triangle
    bool shore = false;      // one of them is the outside
};

Outline::Outline(const Province& province) : province_(province) {
    const auto& lattice = province.lattice;
    at_.resize(lattice.cells());
    for (CellId c = 0; c < lattice.cells(); ++c) at_[c] = lattice.at(c);
    part_ = province.commune_of;
    for (const auto& split : province.splits)
        for (const auto c : split.moved) part_[c] |= kMoved;
    const auto communes = static_cast<std::uint32_t>(province.communes.size());
    spacing_km_ = std::sqrt(kCommuneKm2 / kCellsPerCommune / Lattice::kRowHeight);
    if (communes > kFullSize) spacing_km_ *= std::sqrt(static_cast<double>(kFullSize) / communes);
    levels_ = communes > 20000 ? 1 : 2;
    contract_corners();
}

Point Outline::lon_lat(Point p) const {
    const auto& lattice = province_.lattice;
    const double x = (p.x - lattice.width() / 2.0) * spacing_km_;
    const double y = (p.y - lattice.height() * Lattice::kRowHeight / 2.0) * spacing_km_;
    const auto grid = [](double degrees) { return std::floor(degrees * 1e7 + 0.5) / 1e7; };
    return {grid(kMiddle.x + x / kKmPerLon), grid(kMiddle.y + y / kKmPerLat)};
}

Point Outline::crossing_between(CellId a, CellId b) const {
    if (a > b) std::swap(a, b);
    const double t = 0.5 + 0.14 * province_.lattice.dice().sign(Stream::Crossing, a, b);
    return {at_[a].x + t * (at_[b].x - at_[a].x), at_[a].y + t * (at_[b].y - at_[a].y)};
}

Point Outline::crossing(CellId cell, int k) const {
    return lon_lat(crossing_between(cell, province_.lattice.neighbour(cell, k)));
}

std::vector<Point> Outline::around(CellId cell, double share) const {
    std::vector<Point> ring;
    for (int k = 0; k < 6; ++k) {
        const auto n = at_[province_.lattice.neighbour(cell, k)];
        const double wobble =
            share * (0.8 + 0.2 * province_.lattice.dice().unit(Stream::Place, cell, 7,
                                                               static_cast<std::uint64_t>(k)));
        ring.push_back(lon_lat({at_[cell].x + wobble * (n.x - at_[cell].x),
                                at_[cell].y + wobble * (n.y - at_[cell].y)}));
    }
    return ring;
}

Outline::Triangle Outline::triangle(CellId a, CellId b, CellId c) const {
    Triangle t{{a, b, c}, 0};
    const auto lowest = std::min({a, b, c});
    const bool upward = a == lowest + 1 || b == lowest + 1 || c == lowest + 1;
    t.id = std::uint64_t{lowest} * 2 + (upward ? 0 : 1);
    const auto pa = part_[a], pb = part_[b], pc = part_[c];
    t.three = pa != pb && pb != pc && pc != pa;
    t.shore = pa == kNone || pb == kNone || pc == kNone;
    t.contracted = t.three && corner_.contains(t.id);
    return t;
}

Point Outline::node_of(const Triangle& t) const {
    if (t.contracted) return corner_.at(t.id);
    Point sum{};
    // In the order of the cells' numbers, so that every visit adds up alike.
    auto cell = t.cell;
    std::sort(cell.begin(), cell.end());
    for (std::size_t i = 0; i < 3; ++i) {
        const auto x = crossing_between(cell[i], cell[(i + 1) % 3]);
        sum.x += x.x / 3, sum.y += x.y / 3;
    }
    return sum;
}

// A piece of border inside a triangle, appended without its start: from side `from` to side `to`,
// or to the node if `to` is 3, or from the node if `from` is 3.
void Outline::piece(const Triangle& t, int from, int to, std::vector<Point>& out) const {
    const auto side_ends = [&](int side) {
        return std::pair(t.cell[static_cast<std::size_t>(side)],
                         t.cell[static_cast<std::size_t>((side + 1) % 3)]);
    };
    const auto id_of = [&](int end) -> std::uint64_t {
        if (end == 3) return t.id; // below every side's number: pieces run away from the node
        const auto [a, b] = side_ends(end);
        return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
    };
    const auto place_of = [&](int end) {
        if (end == 3) return node_of(t);
        const auto [a, b] = side_ends(end);
        return crossing_between(a, b);
    };
    const bool backward = from != 3 && (to == 3 || id_of(to) < id_of(from));
    const int first = backward ? to : from, last = backward ? from : to;
    const Point p = place_of(first), q = place_of(last);
    const auto end = backward ? p : q;
    if (p == q) return; // a contracted corner: the node is the crossing

    double slope = t.shore ? 0.75 : 0.5;
    const auto direction = minus(q, p);
    for (const int side : {first, last}) {
        if (side == 3) continue;
        const auto [a, b] = side_ends(side);
        slope = std::min(slope, 0.85 * slope_to_line(direction, minus(at_[b], at_[a])));
    }
    if (first == 3)
        for (int side = 0; side < 3; ++side) {
            if (side == last) continue;
            const auto [a, b] = side_ends(side);
            const auto other = minus(crossing_between(a, b), p);
            if (dot(other, other) > 0)
                slope = std::min(slope, 0.85 * slope_halfway(direction, other));
            else
                slope = std::min(slope, 0.85 * slope_to_line(direction, minus(at_[b], at_[a])));
        }
    const auto start = out.size();
    displace(province_.lattice.dice(), p, q, slope, levels_ + (t.shore ? 1 : 0), id_of(first),
             id_of(last), 1, out);
    if (backward) std::reverse(out.begin() + static_cast<std::ptrdiff_t>(start), out.end());
    out.push_back(end);
}

void Outline::draw(const Triangle& t, int from, int to, std::vector<Point>& out) const {
    if (!t.three) return piece(t, from, to, out);
    piece(t, from, 3, out);
    piece(t, 3, to, out);
}

// Here and there four communes meet in one point: the edge between two nodes is contracted. Only
// where the two that lose their common edge are of different districts and units, so that nothing
// that must hang together by an edge comes apart, and nothing touches itself.
void Outline::contract_corners() {
    const auto& lattice = province_.lattice;
    const auto key = [&](CellId a, CellId b, CellId c) { return triangle(a, b, c).id; };
    for (CellId a = 0; a < lattice.cells(); ++a) {
        if (province_.commune_of[a] == kNone) continue;
        for (int k = 0; k < 3; ++k) {
            const auto b = lattice.neighbour(a, k);
            const auto c = lattice.neighbour(a, (k + 1) % 6), d = lattice.neighbour(a, (k + 5) % 6);
            const std::array<CellId, 4> four{a, b, c, d};
            if (std::any_of(four.begin(), four.end(),
                            [&](CellId x) { return province_.commune_of[x] == kNone; }))
                continue;
            bool distinct = true;
            for (std::size_t i = 0; i < 4; ++i)
                for (std::size_t j = 0; j < i; ++j)
                    distinct = distinct &&
                               province_.commune_of[four[i]] != province_.commune_of[four[j]] &&
                               province_.unit_of[four[i]] != province_.unit_of[four[j]];
            if (!distinct) continue;
            const auto district = [&](CellId x) {
                return province_.communes[province_.commune_of[x]].district;
            };
            if (district(a) == district(b)) continue;
            if (district(c) == district(d) && district(c) != district(a) &&
                district(c) != district(b))
                continue;
            const auto left = key(a, b, c), right = key(a, b, d);
            if (corner_.contains(left) || corner_.contains(right)) continue;
            corner_[left] = corner_[right] = crossing_between(a, b);
        }
    }
}

geo::PolygonSoup Outline::trace(const std::vector<std::uint32_t>& label, std::size_t count,
                                base::JobContext& ctx) const {
    const auto& lattice = province_.lattice;
    std::vector<std::vector<std::vector<Point>>> rings(count);
    std::vector<std::uint8_t> visited(lattice.cells()); // bit k: the crossing towards neighbour k
    std::vector<Point> line;
    for (CellId start = 0; start < lattice.cells(); ++start) {
        const auto own = label[start];
        if (own == kNone) continue;
        if (start % 65536 == 0) ctx.step(start, lattice.cells());
        for (int out_of = 0; out_of < 6; ++out_of) {
            if (label[lattice.neighbour(start, out_of)] == own || (visited[start] >> out_of & 1))
                continue;
            // Walk with the label on the left: a inside, b outside, c ahead.
            line.clear();
            CellId a = start;
            int k = out_of;
            do {
                visited[a] = static_cast<std::uint8_t>(visited[a] | 1 << k);
                const auto b = lattice.neighbour(a, k), c = lattice.neighbour(a, (k + 1) % 6);
                const bool inside = label[c] == own;
                draw(triangle(a, b, c), 0, inside ? 1 : 2, line);
                if (inside)
                    a = c, k = (k + 5) % 6;
                else
                    k = (k + 1) % 6;
            } while (a != start || k != out_of);
            std::vector<Point> ring;
            ring.reserve(line.size());
            for (const auto p : line)
                if (const auto q = lon_lat(p); ring.empty() || q != ring.back()) ring.push_back(q);
            while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
            rings[own].push_back(std::move(ring));
        }
    }
    geo::PolygonSoup soup;
    for (auto& face : rings) {
        std::stable_sort(face.begin(), face.end(), [](const auto& x, const auto& y) {
            return std::abs(ring_area(x)) > std::abs(ring_area(y));
        });
        for (const auto& ring : face) {
            soup.points.insert(soup.points.end(), ring.begin(), ring.end());
            soup.end_ring();
        }
        soup.end_face();
    }
    return soup;
}

} // namespace diaban::app::sample
