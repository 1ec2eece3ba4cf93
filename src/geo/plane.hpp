// Predicates and measures of plane geometry: turns, crossings, distances, areas.
//
// Guarantee: turn() has the right sign for all finite doubles whose exponents lie within a common
// range of map coordinates (it falls back to 113-bit arithmetic when doubles cannot tell).
#pragma once

#include "geo/point.hpp"

#include <cmath>

namespace diaban::geo {

inline Point operator-(Point a, Point b) {
    return {a.x - b.x, a.y - b.y};
}
inline double cross(Point a, Point b) {
    return a.x * b.y - a.y * b.x;
}
inline double dot(Point a, Point b) {
    return a.x * b.x + a.y * b.y;
}
inline double squared_distance(Point a, Point b) {
    return dot(a - b, a - b);
}
inline double distance(Point a, Point b) {
    return std::sqrt(squared_distance(a, b));
}
inline bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

// Twice the signed area of a, b, c: positive if c lies left of a -> b. The error bound is
// Shewchuk's (Adaptive precision floating-point arithmetic, 1997, ccwerrboundA).
inline double turn(Point a, Point b, Point c) {
    const double l = (a.x - c.x) * (b.y - c.y), r = (a.y - c.y) * (b.x - c.x);
    const double det = l - r;
    if (std::abs(det) >= 3.3306690738754716e-16 * (std::abs(l) + std::abs(r))) return det;
    using Wide = __float128;
    const Wide wide = (Wide(a.x) - Wide(c.x)) * (Wide(b.y) - Wide(c.y)) -
                      (Wide(a.y) - Wide(c.y)) * (Wide(b.x) - Wide(c.x));
    return static_cast<double>(wide);
}

// True if the open segments cross in a single point inside both.
inline bool cross_properly(Point a, Point b, Point c, Point d) {
    const double abc = turn(a, b, c), abd = turn(a, b, d);
    if (!((abc > 0 && abd < 0) || (abc < 0 && abd > 0))) return false;
    const double cda = turn(c, d, a), cdb = turn(c, d, b);
    return (cda > 0 && cdb < 0) || (cda < 0 && cdb > 0);
}

// Where two segments known to cross do so.
inline Point crossing_point(Point a, Point b, Point c, Point d) {
    const double t = cross(c - a, d - c) / cross(b - a, d - c);
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

// True if p lies in the triangle or on its border, whichever way the triangle turns.
inline bool in_closed_triangle(Point a, Point b, Point c, Point p) {
    const double s = turn(a, b, p), t = turn(b, c, p), u = turn(c, a, p);
    return (s >= 0 && t >= 0 && u >= 0) || (s <= 0 && t <= 0 && u <= 0);
}

// Where the foot of p on the line a -> b lies, 0 at a and 1 at b; 0 if a == b.
inline double foot(Point a, Point b, Point p) {
    const double length2 = squared_distance(a, b);
    return length2 > 0 ? dot(p - a, b - a) / length2 : 0;
}
inline double squared_distance_to_segment(Point a, Point b, Point p) {
    const double t = std::clamp(foot(a, b, p), 0.0, 1.0);
    return squared_distance(p, {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
}

// Signed area of a ring given without its closing point, positive if counter-clockwise. Measured
// from the first point, so that small rings far from the origin keep their digits.
template <class Points> double ring_area(const Points& ring) {
    if (ring.size() < 3) return 0;
    const Point o = ring[0];
    double twice = 0;
    Point previous = ring[1] - o;
    for (std::size_t i = 2; i < ring.size(); ++i) {
        const Point next = ring[i] - o;
        twice += cross(previous, next);
        previous = next;
    }
    return twice / 2;
}

enum class Side { Outside, Border, Inside };

// Even-odd test of p against edges added one by one, in any order: call edge() for each.
class InsideTest {
public:
    explicit InsideTest(Point p) : p_(p) {}
    void edge(Point a, Point b) {
        if ((a.y > p_.y && b.y > p_.y) || (a.y < p_.y && b.y < p_.y)) return;
        if (std::max(a.x, b.x) < p_.x) return;
        if (a.y == b.y) { // both at the height of p
            if (p_.x >= std::min(a.x, b.x)) border_ = true;
            return;
        }
        const bool upward = a.y < b.y;
        const double side = upward ? turn(a, b, p_) : turn(b, a, p_);
        if (side == 0) border_ = true; // both end heights enclose p's
        // Half-open in y, so that a vertex at the height of p counts once.
        const double low = upward ? a.y : b.y, high = upward ? b.y : a.y;
        if (low <= p_.y && p_.y < high && side > 0) inside_ = !inside_;
    }
    Side side() const { return border_ ? Side::Border : inside_ ? Side::Inside : Side::Outside; }

private:
    Point p_;
    bool inside_ = false, border_ = false;
};

template <class Points> Side side_of(const Points& ring, Point p) {
    InsideTest test(p);
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
        test.edge(ring[j], ring[i]);
    return test.side();
}

} // namespace diaban::geo
