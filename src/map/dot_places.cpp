#include "map/dot_places.hpp"

#include "geo/plane.hpp"
#include "geo/triangles.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

// Three numbers that fill the cube evenly when their multiples are taken without their whole parts:
// powers of 1/g, g^4 = g + 1 (M. Roberts, "The Unreasonable Effectiveness of Quasirandom
// Sequences", 2018).
constexpr double kSequence[3] = {0.8191725133961645, 0.6710436067037893, 0.5497004779019703};
// Of the way to the middle of its triangle: a dot never comes to lie on a border.
constexpr double kInwards = 1e-4;

double fraction(double value) {
    return value - std::floor(value);
}

// Where the sequence of a unit begins: three numbers of [0, 1) from its code (FNV-1a, then the
// finalizer of SplitMix64).
std::array<double, 3> start_of(std::string_view code) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : code) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    std::array<double, 3> out{};
    for (auto& one : out) {
        hash += 0x9E3779B97F4A7C15u;
        std::uint64_t mixed = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        one = static_cast<double>((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53;
    }
    return out;
}

// An even spread over triangles: the square root turns two even numbers into an even place.
class Spread {
public:
    Spread(const geo::Triangles& triangles, geo::FaceId face) : triangles_(triangles) {
        double sum = 0;
        for (auto t = triangles.face_first[face]; t + 2 < triangles.face_first[face + 1]; t += 3) {
            const auto [a, b, c] = corners(t);
            sum += std::abs(geo::cross(b - a, c - a));
            first_.push_back(t);
            until_.push_back(sum);
        }
    }
    bool empty() const { return until_.empty() || !(until_.back() > 0); }
    geo::Point at(double which, double u, double v) const {
        const auto found = std::upper_bound(until_.begin(), until_.end(), which * until_.back());
        const auto t = std::min<std::size_t>(static_cast<std::size_t>(found - until_.begin()),
                                             until_.size() - 1);
        const auto [a, b, c] = corners(first_[t]);
        const double root = std::sqrt(u);
        const double wa = 1 - root, wb = root * (1 - v), wc = root * v;
        const auto mixed = [&](double pa, double pb, double pc) {
            const double middle = (pa + pb + pc) / 3;
            const double p = wa * pa + wb * pb + wc * pc;
            return p + kInwards * (middle - p);
        };
        return {mixed(a.x, b.x, c.x), mixed(a.y, b.y, c.y)};
    }

private:
    std::array<geo::Point, 3> corners(std::uint32_t t) const {
        const auto point = [&](std::uint32_t i) {
            return triangles_.points[triangles_.index[t + i]];
        };
        return {point(0), point(1), point(2)};
    }
    const geo::Triangles& triangles_;
    std::vector<std::uint32_t> first_;
    std::vector<double> until_; // twice the area up to here
};

} // namespace

std::vector<Disc> place_dots(const Theme& theme, const data::Vintage& vintage,
                             base::JobContext& ctx) {
    const auto& coverage = *vintage.coverage;
    std::vector<geo::FaceId> units;
    for (geo::FaceId f = 0; f < coverage.face_count() && f < theme.amount.size(); ++f)
        if (coverage.faces()[f].ring_count > 0 && dots_of(theme.amount[f], theme.dot_value) > 0)
            units.push_back(f);
    std::vector<Disc> out;
    if (units.empty()) return out; // no unit at all would mean all of them
    const auto triangles = geo::triangulate(coverage, 0, ctx, units);
    for (const auto unit : units) {
        ctx.check();
        const Spread spread(triangles, unit);
        if (spread.empty()) continue;
        const auto start = start_of(vintage.units.code[unit]);
        const auto count = dots_of(theme.amount[unit], theme.dot_value);
        for (std::size_t d = 1; d <= count; ++d) {
            const auto number = [&](std::size_t axis) {
                return fraction(start[axis] + static_cast<double>(d) * kSequence[axis]);
            };
            out.push_back({spread.at(number(0), number(1), number(2)), kDotPx / 2, unit});
        }
    }
    return out;
}

} // namespace diaban::map
