// Point transformation: exact, and by verified polynomial patches for millions of points.
#include "base/error.hpp"
#include "base/number.hpp"
#include "geo/crs.hpp"
#include "geo/polygons.hpp"
#include "geo/proj_handles.hpp"

#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace diaban::geo {
namespace {

// One or several PROJ operations applied in turn.
class Path {
public:
    Path(const Crs& from, const Crs& to);
    void apply(std::span<Point> points) const;

private:
    static Pj between(PJ* from, PJ* to);
    std::vector<Pj> steps_;
};

Pj Path::between(PJ* from, PJ* to) {
    PJ_CONTEXT* context = proj_context();
    Pj raw(proj_create_crs_to_crs_from_pj(context, from, to, nullptr, nullptr));
    if (!raw) return raw;
    return Pj(proj_normalize_for_visualization(context, raw.get()));
}

Path::Path(const Crs& from, const Crs& to) {
    const auto no_path = [&] {
        return base::Error(base::ErrorKind::Data, "error.crs.no_path",
                           {{"from", from.name()}, {"to", to.name()}});
    };
    PJ_CONTEXT* context = proj_context();
    const auto database = [&](const char* code, PJ_CATEGORY category) {
        return Pj(proj_create_from_database(context, "EPSG", code, category, 0, nullptr));
    };
    const Pj source(proj_create(context, from.definition().c_str()));
    const Pj target(proj_create(context, to.definition().c_str()));
    if (!source || !target) throw no_path();
    const bool from_vn = is_vn2000(source.get());
    if (from_vn == is_vn2000(target.get())) {
        steps_.push_back(between(source.get(), target.get()));
    } else {
        // Left alone, PROJ prefers EPSG:5194 in the Mekong delta (an offshore oil block) and knows
        // no shift at all to datums other than WGS 84. Pin the official one, EPSG:6960.
        const Pj vn2000 = database("4756", PJ_CATEGORY_CRS);
        const Pj wgs84 = database("4326", PJ_CATEGORY_CRS);
        const Pj shift = database("6960", PJ_CATEGORY_COORDINATE_OPERATION);
        if (!vn2000 || !wgs84 || !shift) throw no_path();
        Pj pinned(proj_normalize_for_visualization(context, shift.get()));
        if (!from_vn && pinned) {
            const Pj back(proj_coordoperation_create_inverse(context, shift.get()));
            pinned.reset(back ? proj_normalize_for_visualization(context, back.get()) : nullptr);
        }
        const PJ* before = from_vn ? vn2000.get() : wgs84.get();
        const PJ* after = from_vn ? wgs84.get() : vn2000.get();
        steps_.push_back(between(source.get(), const_cast<PJ*>(before)));
        steps_.push_back(std::move(pinned));
        steps_.push_back(between(const_cast<PJ*>(after), target.get()));
    }
    for (const auto& step : steps_)
        if (!step) throw no_path();
}

void Path::apply(std::span<Point> points) const {
    if (points.empty()) return;
    for (const auto& step : steps_)
        proj_trans_generic(step.get(), PJ_FWD, &points[0].x, sizeof(Point), points.size(),
                           &points[0].y, sizeof(Point), points.size(), nullptr, 0, 0, nullptr, 0,
                           0);
    for (auto& p : points)
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) p = {base::kNaN, base::kNaN};
}

// Making a path costs milliseconds (database look-ups), so each thread keeps those it used.
const Path& path(const Crs& from, const Crs& to) {
    proj_context(); // made first, so that it outlives the paths
    static thread_local std::map<std::pair<std::string, std::string>, Path> known;
    const std::pair key(from.definition(), to.definition());
    auto found = known.find(key);
    if (found == known.end()) found = known.emplace(key, Path(from, to)).first;
    return found->second;
}

bool nothing_to_do(const Crs& from, const Crs& to) {
    return !from.known() || !to.known() || from == to;
}

// ---- Patches -------------------------------------------------------------------------------
//
// A map projection is smooth: over a cell of half a degree a polynomial of degree 4 in each
// direction, through exact values at 5 x 5 Chebyshev nodes, is right to a fraction of a
// millimetre. Each patch is checked between its nodes and on its border before it is used.

constexpr int kNodes = 5;
constexpr int kChecks = 6;
using Matrix = std::array<std::array<double, kNodes>, kNodes>;

double node(int i) {
    return -std::cos(std::numbers::pi * (2 * i + 1) / (2.0 * kNodes));
}
// Between the nodes and at both ends of [-1, 1], where the error of an interpolation is largest.
double check_at(int i) {
    return -std::cos(std::numbers::pi * i / (kChecks - 1.0));
}

// coefficients = kToMonomials * values at the nodes: the inverse Vandermonde matrix, column by
// column the monomial coefficients of the Lagrange polynomials.
Matrix inverse_vandermonde() {
    Matrix out{};
    for (int j = 0; j < kNodes; ++j) {
        std::array<double, kNodes> polynomial{1};
        int degree = 0;
        for (int k = 0; k < kNodes; ++k) {
            if (k == j) continue;
            const double scale = 1 / (node(j) - node(k));
            for (int d = ++degree; d >= 0; --d)
                polynomial[static_cast<std::size_t>(d)] =
                    scale * ((d > 0 ? polynomial[static_cast<std::size_t>(d - 1)] : 0) -
                             node(k) * polynomial[static_cast<std::size_t>(d)]);
        }
        for (std::size_t d = 0; d < kNodes; ++d)
            out[d][static_cast<std::size_t>(j)] = polynomial[d];
    }
    return out;
}

struct Patch {
    std::array<std::array<Point, kNodes>, kNodes> coefficient; // [power of v][power of u]
    bool usable = false;

    Point at(double u, double v) const {
        Point sum;
        for (std::size_t j = kNodes; j-- > 0;) {
            Point row = coefficient[j][kNodes - 1];
            for (std::size_t i = kNodes - 1; i-- > 0;)
                row = {row.x * u + coefficient[j][i].x, row.y * u + coefficient[j][i].y};
            sum = {sum.x * v + row.x, sum.y * v + row.y};
        }
        return sum;
    }
};

Patch fit_patch(Point centre, double half, const Path& exact, double max_error) {
    static const Matrix kToMonomials = inverse_vandermonde();
    std::array<Point, kNodes * kNodes> value;
    for (int j = 0; j < kNodes; ++j)
        for (int i = 0; i < kNodes; ++i)
            value[static_cast<std::size_t>(j * kNodes + i)] = {centre.x + half * node(i),
                                                               centre.y + half * node(j)};
    exact.apply(value);
    Patch patch{};
    std::array<std::array<Point, kNodes>, kNodes> along_u{};
    for (std::size_t j = 0; j < kNodes; ++j)
        for (std::size_t d = 0; d < kNodes; ++d)
            for (std::size_t i = 0; i < kNodes; ++i) {
                along_u[j][d].x += kToMonomials[d][i] * value[j * kNodes + i].x;
                along_u[j][d].y += kToMonomials[d][i] * value[j * kNodes + i].y;
            }
    for (std::size_t e = 0; e < kNodes; ++e)
        for (std::size_t d = 0; d < kNodes; ++d)
            for (std::size_t j = 0; j < kNodes; ++j) {
                patch.coefficient[e][d].x += kToMonomials[e][j] * along_u[j][d].x;
                patch.coefficient[e][d].y += kToMonomials[e][j] * along_u[j][d].y;
            }

    std::array<Point, kChecks * kChecks> truth;
    for (int j = 0; j < kChecks; ++j)
        for (int i = 0; i < kChecks; ++i)
            truth[static_cast<std::size_t>(j * kChecks + i)] = {centre.x + half * check_at(i),
                                                                centre.y + half * check_at(j)};
    exact.apply(truth);
    double worst = 0;
    for (int j = 0; j < kChecks; ++j)
        for (int i = 0; i < kChecks; ++i) {
            const Point want = truth[static_cast<std::size_t>(j * kChecks + i)];
            const Point got = patch.at(check_at(i), check_at(j));
            const double error = std::hypot(got.x - want.x, got.y - want.y);
            worst = std::isfinite(error) ? std::max(worst, error)
                                         : std::numeric_limits<double>::infinity();
        }
    patch.usable = worst <= max_error / 2; // the true maximum lies between the check points
    return patch;
}

// Square cells over a box; only those that hold points get a patch.
class PatchGrid {
public:
    PatchGrid(const Box& box, double size)
        : origin_{box.min_x, box.min_y}, half_(size / 2), per_cell_(1 / size),
          columns_(1 + static_cast<std::size_t>(box.width() / size)),
          rows_(1 + static_cast<std::size_t>(box.height() / size)), patches_(columns_ * rows_) {}

    std::size_t cells() const { return patches_.size(); }
    // NaN and infinite coordinates belong nowhere; they are handled exactly (and stay NaN).
    std::size_t cell(Point p) const {
        const double column = (p.x - origin_.x) * per_cell_, row = (p.y - origin_.y) * per_cell_;
        if (!(column >= 0 && row >= 0 && column <= static_cast<double>(columns_) &&
              row <= static_cast<double>(rows_)))
            return patches_.size();
        return std::min(static_cast<std::size_t>(row), rows_ - 1) * columns_ +
               std::min(static_cast<std::size_t>(column), columns_ - 1);
    }
    Point centre(std::size_t cell) const {
        return {origin_.x + half_ * static_cast<double>(2 * (cell % columns_) + 1),
                origin_.y + half_ * static_cast<double>(2 * (cell / columns_) + 1)};
    }

    // Fits the patches of the marked cells; returns how many of them are not usable.
    std::size_t fit(const std::vector<std::uint8_t>& marked, const Crs& from, const Crs& to,
                    base::JobContext& ctx, double max_error) {
        std::atomic<std::size_t> failed{0};
        base::parallel_for(patches_.size(), 16, ctx, [&](std::size_t begin, std::size_t end) {
            for (std::size_t c = begin; c < end; ++c) {
                if (!marked[c]) continue;
                patches_[c] = fit_patch(centre(c), half_, path(from, to), max_error);
                if (!patches_[c].usable) ++failed;
            }
        });
        return failed;
    }

    void apply(std::span<Point> points, const Crs& from, const Crs& to) const {
        for (auto& p : points) {
            const auto c = cell(p);
            if (c < patches_.size() && patches_[c].usable) {
                const Point middle = centre(c);
                p = patches_[c].at((p.x - middle.x) / half_, (p.y - middle.y) / half_);
            } else {
                path(from, to).apply({&p, 1});
            }
        }
    }

private:
    Point origin_;
    double half_, per_cell_;
    std::size_t columns_, rows_;
    std::vector<Patch> patches_;
};

constexpr std::size_t kChunk = 1 << 16;

void transform_exactly(std::span<Point> points, const Crs& from, const Crs& to,
                       base::JobContext& ctx) {
    base::parallel_for(points.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        path(from, to).apply(points.subspan(begin, end - begin));
    });
}

} // namespace

void transform(std::span<Point> points, const Crs& from, const Crs& to) {
    if (!nothing_to_do(from, to)) path(from, to).apply(points);
}

void transform_many(std::span<Point> points, const Crs& from, const Crs& to, base::JobContext& ctx,
                    double max_error) {
    if (nothing_to_do(from, to)) return;
    path(from, to); // a missing path is reported before any work
    constexpr std::size_t kWorthPatches = 20'000;
    constexpr std::size_t kMostCells = 4'096;
    const Box box = box_of(points);
    if (points.size() < kWorthPatches || box.empty())
        return transform_exactly(points, from, to, ctx);

    const double extent = std::max({box.width(), box.height(), 1e-9});
    for (double size = extent / 8; extent / size <= 64; size /= 2) {
        PatchGrid grid(box, size);
        if (grid.cells() > kMostCells) break;
        std::vector<std::uint8_t> marked(grid.cells() + 1);
        for (const auto& p : points) marked[grid.cell(p)] = 1;
        const auto used = static_cast<std::size_t>(std::count(marked.begin(), marked.end() - 1, 1));
        const auto failed = grid.fit(marked, from, to, ctx, max_error);
        // A few cells at the edge of a projection may fail; those points are done exactly.
        if (failed * 50 > used) continue;
        base::parallel_for(points.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
            grid.apply(points.subspan(begin, end - begin), from, to);
        });
        return;
    }
    transform_exactly(points, from, to, ctx);
}

} // namespace diaban::geo
