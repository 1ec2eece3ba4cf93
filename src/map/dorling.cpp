#include "map/dorling.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diaban::map {
namespace {

constexpr int kPullPasses = 150, kMostPushPasses = 400;
constexpr double kPull = 0.08; // of the gap between neighbours, in each pass
constexpr double kHome = 0.01; // of the way back to where the unit lies

// Points by cells of a grid, for the pairs that may touch.
class Cells {
public:
    Cells(const std::vector<geo::Point>& at, const std::vector<double>& radius) {
        geo::Box box;
        for (const auto p : at) box.add(p);
        origin_ = {box.min_x, box.min_y};
        std::vector<double> sorted = radius;
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        // About as wide as a typical circle; never many more cells than points.
        const double most = 16.0 * static_cast<double>(at.size()) + 64;
        side_ = std::max({2 * *middle, std::sqrt(box.width() * box.height() / most),
                          std::max(box.width(), box.height()) / most, 1e-9});
        columns_ = 1 + static_cast<std::size_t>(box.width() / side_);
        rows_ = 1 + static_cast<std::size_t>(box.height() / side_);
        first_.assign(columns_ * rows_ + 1, 0);
        for (const auto p : at) ++first_[cell(p) + 1];
        for (std::size_t c = 0; c + 1 < first_.size(); ++c) first_[c + 1] += first_[c];
        members_.resize(at.size());
        auto next = first_;
        for (std::size_t i = 0; i < at.size(); ++i) members_[next[cell(at[i])]++] = i;
    }
    // Calls use(j) for all points that were within `reach` of p when the grid was made.
    template <class Use> void each_near(geo::Point p, double reach, Use use) const {
        const auto x0 = column(p.x - reach), x1 = column(p.x + reach);
        const auto y0 = line(p.y - reach), y1 = line(p.y + reach);
        for (auto y = y0; y <= y1; ++y)
            for (auto m = first_[y * columns_ + x0]; m < first_[y * columns_ + x1 + 1]; ++m)
                use(members_[m]);
    }

private:
    static std::size_t clamped(double cells, std::size_t count) {
        return static_cast<std::size_t>(std::clamp(cells, 0.0, static_cast<double>(count - 1)));
    }
    std::size_t column(double x) const { return clamped((x - origin_.x) / side_, columns_); }
    std::size_t line(double y) const { return clamped((y - origin_.y) / side_, rows_); }
    std::size_t cell(geo::Point p) const { return line(p.y) * columns_ + column(p.x); }

    geo::Point origin_;
    double side_ = 1;
    std::size_t columns_ = 1, rows_ = 1;
    std::vector<std::size_t> first_, members_;
};

// Calls use(i, j) once for all pairs that may overlap, from the larger of both.
template <class Use>
void each_close_pair(const std::vector<geo::Point>& at, const std::vector<double>& radius,
                     Use use) {
    const Cells cells(at, radius);
    for (std::size_t i = 0; i < at.size(); ++i)
        cells.each_near(at[i], 2 * radius[i], [&](std::size_t j) {
            if (radius[j] < radius[i] || (radius[j] == radius[i] && j > i)) use(i, j);
        });
}

// How much of the sum of their radii two circles overlap.
double overlap_of(geo::Point a, geo::Point b, double radii) {
    return radii > 0 ? 1 - std::hypot(b.x - a.x, b.y - a.y) / radii : 0;
}

double worst_overlap(const std::vector<geo::Point>& at, const std::vector<double>& radius) {
    double worst = 0;
    each_close_pair(at, radius, [&](std::size_t i, std::size_t j) {
        worst = std::max(worst, overlap_of(at[i], at[j], radius[i] + radius[j]));
    });
    return worst;
}

// Moves overlapping circles apart, the smaller one farther. The worst overlap that there was.
double push(std::vector<geo::Point>& at, const std::vector<double>& radius) {
    double worst = 0;
    each_close_pair(at, radius, [&](std::size_t i, std::size_t j) {
        const double radii = radius[i] + radius[j];
        double dx = at[j].x - at[i].x, dy = at[j].y - at[i].y;
        const double apart = std::hypot(dx, dy);
        if (apart >= radii) return;
        worst = std::max(worst, 1 - apart / radii);
        if (apart > 1e-9 * radii) {
            dx /= apart, dy /= apart;
        } else { // on the same spot: each pair in a direction of its own
            const double angle = std::numbers::phi * static_cast<double>(i + 7 * j);
            dx = std::cos(angle), dy = std::sin(angle);
        }
        const double by = radii - apart, of_i = by * radius[j] / radii, of_j = by - of_i;
        at[i] = {at[i].x - dx * of_i, at[i].y - dy * of_i};
        at[j] = {at[j].x + dx * of_j, at[j].y + dy * of_j};
    });
    return worst;
}

void pull(std::vector<geo::Point>& at, const std::vector<double>& radius,
          const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
    for (const auto& [i, j] : pairs) {
        const double dx = at[j].x - at[i].x, dy = at[j].y - at[i].y;
        const double apart = std::hypot(dx, dy), gap = apart - radius[i] - radius[j];
        if (gap <= 0) continue;
        const double part = kPull / 2 * gap / apart;
        at[i] = {at[i].x + dx * part, at[i].y + dy * part};
        at[j] = {at[j].x - dx * part, at[j].y - dy * part};
    }
}

} // namespace

std::vector<geo::Point> dorling(std::vector<geo::Point> at, const std::vector<double>& radius,
                                const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs,
                                base::JobContext& ctx) {
    if (at.size() < 2) return at;
    const auto home = at;
    for (int pass = 0; pass < kPullPasses; ++pass) {
        ctx.check();
        for (std::size_t i = 0; i < at.size(); ++i)
            at[i] = {at[i].x + kHome * (home[i].x - at[i].x),
                     at[i].y + kHome * (home[i].y - at[i].y)};
        pull(at, radius, pairs);
        push(at, radius);
    }
    for (int pass = 0; pass < kMostPushPasses; ++pass) {
        ctx.check();
        if (push(at, radius) < kDorlingTolerance / 2) break;
    }
    // What is left is taken away by moving everything apart alike.
    const double worst = worst_overlap(at, radius);
    if (worst <= kDorlingTolerance || worst >= 1) return at;
    geo::Point middle;
    for (const auto p : at) middle.x += p.x, middle.y += p.y;
    middle.x /= static_cast<double>(at.size()), middle.y /= static_cast<double>(at.size());
    for (auto& p : at)
        p = {middle.x + (p.x - middle.x) / (1 - worst), middle.y + (p.y - middle.y) / (1 - worst)};
    return at;
}

} // namespace diaban::map
