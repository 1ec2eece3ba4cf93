#include "analysis/weights.hpp"

#include "analysis/point_tree.hpp"
#include "analysis/portable.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace diaban::analysis {
namespace {

using geo::Csr;

constexpr std::size_t kChunk = 256; // rows per piece of work

// Rows made on several threads, then laid one after the other.
struct Row {
    std::vector<std::uint32_t> index;
    std::vector<double> weight;
};
Csr joined(const std::vector<Row>& rows) {
    Csr csr;
    for (const auto& row : rows) {
        csr.index.insert(csr.index.end(), row.index.begin(), row.index.end());
        csr.weight.insert(csr.weight.end(), row.weight.begin(), row.weight.end());
        csr.offset.push_back(static_cast<std::uint32_t>(csr.index.size()));
    }
    return csr;
}

Row row_of(std::vector<PointTree::Hit> hits) {
    std::sort(hits.begin(), hits.end(),
              [](const auto& a, const auto& b) { return a.index < b.index; });
    Row row;
    for (const auto& hit : hits) {
        row.index.push_back(hit.index);
        row.weight.push_back(std::sqrt(hit.squared));
    }
    return row;
}

[[noreturn]] void bad_spec(const char* what, base::Value value) {
    throw base::Error(base::ErrorKind::Usage, "error.weights.bad_spec",
                      {{"what", std::string(what)}, {"value", std::move(value)}});
}

bool placed(geo::Point p) {
    return !std::isnan(p.x);
}

Weights nearest(const geo::Coverage& coverage, int k, base::JobContext& ctx) {
    const auto at = centroids(coverage);
    const PointTree tree(at);
    if (k < 1 || static_cast<std::size_t>(k) >= std::max<std::size_t>(tree.size(), 1))
        bad_spec("k", std::int64_t{k});
    std::vector<Row> rows(at.size());
    base::parallel_for(at.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end; ++i)
            if (placed(at[i]))
                rows[i] = row_of(
                    tree.nearest(static_cast<std::uint32_t>(i), static_cast<std::size_t>(k)));
    });
    return {joined(rows), 0, true};
}

// The largest distance from any unit to its nearest: with it nobody is alone.
double band_without_island(const PointTree& tree, const std::vector<geo::Point>& at,
                           base::JobContext& ctx) {
    std::vector<double> squared(at.size(), 0);
    base::parallel_for(at.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end; ++i) {
            if (!placed(at[i])) continue;
            const auto hit = tree.nearest(static_cast<std::uint32_t>(i), 1);
            if (!hit.empty()) squared[i] = hit.front().squared;
        }
    });
    return squared.empty() ? 0 : std::sqrt(*std::max_element(squared.begin(), squared.end()));
}

Weights distance_band(const geo::Coverage& coverage, double distance_m, base::JobContext& ctx) {
    if (!(distance_m >= 0) || std::isinf(distance_m)) bad_spec("distance", distance_m);
    const auto at = centroids(coverage);
    const PointTree tree(at);
    const double band = distance_m > 0 ? distance_m : band_without_island(tree, at, ctx);
    // The unit that gave the band its length must not be lost to the rounding of a square root.
    const double squared = band * band * (1 + 4 * std::numeric_limits<double>::epsilon());
    std::vector<Row> rows(at.size());
    base::parallel_for(at.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end; ++i)
            if (placed(at[i]))
                rows[i] = row_of(tree.within(static_cast<std::uint32_t>(i), squared));
    });
    return {joined(rows), band, true};
}

constexpr std::array<std::pair<Decay, std::string_view>, 7> kDecays{{
    {Decay::None, "none"},
    {Decay::Inverse, "inverse"},
    {Decay::Uniform, "uniform"},
    {Decay::Triangular, "triangular"},
    {Decay::Epanechnikov, "epanechnikov"},
    {Decay::Quartic, "quartic"},
    {Decay::Gaussian, "gaussian"},
}};

double between(const std::vector<geo::Point>& at, std::size_t i, std::size_t j) {
    return std::hypot(at[i].x - at[j].x, at[i].y - at[j].y);
}

void add_drawn(Weights& weights, const std::vector<DrawnLink>& drawn,
               const std::vector<geo::Point>& at) {
    std::vector<Row> rows(weights.links.rows());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = weights.links.row(i);
        rows[i].index.assign(row.begin(), row.end());
        const auto known = weights.links.weights(i);
        if (!weights.metres) rows[i].weight.assign(known.begin(), known.end());
    }
    const bool weighted = !weights.metres && !weights.links.weight.empty();
    const auto link = [&](std::uint32_t from, std::uint32_t to) {
        auto& row = rows[from].index;
        const auto place = std::lower_bound(row.begin(), row.end(), to);
        if (place != row.end() && *place == to) return;
        if (auto& weight = rows[from].weight; weighted)
            weight.insert(weight.begin() + (place - row.begin()),
                          weight.empty() ? 1 : *std::max_element(weight.begin(), weight.end()));
        row.insert(place, to);
    };
    for (const auto& [a, b] : drawn) {
        if (a == b || a >= rows.size() || b >= rows.size()) bad_spec("link", std::int64_t{a});
        link(a, b);
        link(b, a);
    }
    if (weights.metres)
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (const auto j : rows[i].index) rows[i].weight.push_back(between(at, i, j));
    weights.links = joined(rows);
}

double kernel(Decay decay, double z) {
    constexpr double kPi = 3.14159265358979323846;
    switch (decay) {
    case Decay::Uniform:
        return 0.5;
    case Decay::Triangular:
        return 1 - z;
    case Decay::Epanechnikov:
        return 0.75 * (1 - z * z);
    case Decay::Quartic:
        return 15.0 / 16 * (1 - z * z) * (1 - z * z);
    case Decay::Gaussian:
        return portable_exp(-z * z / 2) / std::sqrt(2 * kPi);
    default:
        return 1;
    }
}

void apply_decay(Weights& weights, const WeightsSpec& spec, const std::vector<geo::Point>& at) {
    if (spec.decay == Decay::Inverse && !(spec.power > 0 && spec.power <= 10))
        bad_spec("power", spec.power);
    constexpr double kMetresPerKm = 1000, kClosed = 1.0000001;
    auto& links = weights.links;
    links.weight.assign(links.index.size(), 0);
    for (std::size_t i = 0; i < links.rows(); ++i) {
        double widest = weights.distance_m;
        if (widest == 0)
            for (const auto j : links.row(i)) widest = std::max(widest, between(at, i, j));
        for (auto k = links.offset[i]; k < links.offset[i + 1]; ++k) {
            const double d = between(at, i, links.index[k]);
            if (spec.decay == Decay::Inverse) {
                if (d == 0)
                    throw base::Error(base::ErrorKind::Data, "error.weights.coincident",
                                      {{"first", static_cast<std::int64_t>(i + 1)},
                                       {"second", std::int64_t{links.index[k]} + 1}});
                links.weight[k] = portable_power(d / kMetresPerKm, -spec.power);
            } else {
                // A link drawn by hand may be longer than the band; it weighs as the longest.
                links.weight[k] = kernel(spec.decay, std::min(1.0, d / widest) / kClosed);
            }
        }
    }
    weights.metres = false;
    weights.self_weight = spec.decay == Decay::Inverse ? std::numeric_limits<double>::quiet_NaN()
                                                       : kernel(spec.decay, 0);
}

} // namespace

std::vector<geo::Point> centroids(const geo::Coverage& coverage) {
    std::vector<geo::Point> out(coverage.face_count(), {base::kNaN, base::kNaN});
    std::vector<geo::Point> ring;
    for (std::size_t f = 0; f < out.size(); ++f) {
        const auto& face = coverage.faces()[f];
        // Seen from a corner of the face, so that large coordinates cost no digits.
        const geo::Point origin{face.box.min_x, face.box.min_y};
        double area = 0, x = 0, y = 0;
        for (auto r = face.first_ring; r < face.first_ring + face.ring_count; ++r) {
            ring.clear();
            coverage.ring_points(coverage.rings()[r], 0, ring);
            for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
                const double ax = ring[j].x - origin.x, ay = ring[j].y - origin.y;
                const double bx = ring[i].x - origin.x, by = ring[i].y - origin.y;
                const double cross = ax * by - bx * ay; // holes turn the other way and subtract
                area += cross;
                x += (ax + bx) * cross;
                y += (ay + by) * cross;
            }
        }
        if (area != 0) out[f] = {origin.x + x / (3 * area), origin.y + y / (3 * area)};
    }
    return out;
}

Csr higher_order(const Csr& first, int order, base::JobContext& ctx) {
    if (order < 1) bad_spec("order", std::int64_t{order});
    if (order == 1) return first;
    std::vector<Row> rows(first.rows());
    base::parallel_for(rows.size(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t> seen(rows.size(), 0); // row + 1 that saw it last
        for (auto i = begin; i < end; ++i) {
            auto& reached = rows[i].index;
            const auto mark = static_cast<std::uint32_t>(i) + 1;
            seen[i] = mark;
            std::vector<std::uint32_t> front{static_cast<std::uint32_t>(i)}, next;
            for (int step = 0; step < order; ++step) {
                next.clear();
                for (const auto from : front)
                    for (const auto to : first.row(from))
                        if (seen[to] != mark) seen[to] = mark, next.push_back(to);
                reached.insert(reached.end(), next.begin(), next.end());
                front.swap(next);
            }
            std::sort(reached.begin(), reached.end());
        }
    });
    return joined(rows);
}

std::string_view to_string(WeightsKind kind) {
    switch (kind) {
    case WeightsKind::Queen:
        return "queen";
    case WeightsKind::Rook:
        return "rook";
    case WeightsKind::Nearest:
        return "nearest";
    case WeightsKind::DistanceBand:
        return "distance";
    }
    return "queen";
}

std::string_view to_string(Decay decay) {
    for (const auto& [kind, word] : kDecays)
        if (kind == decay) return word;
    return "none";
}

std::optional<Decay> parse_decay(std::string_view word) {
    for (const auto& [kind, text] : kDecays)
        if (text == word) return kind;
    return std::nullopt;
}

Weights make_weights(const geo::Coverage& coverage, const WeightsSpec& spec,
                     base::JobContext& ctx) {
    ctx.stage("stage.weights");
    Weights weights;
    switch (spec.kind) {
    case WeightsKind::Queen:
        weights.links = higher_order(neighbours(coverage, geo::Contiguity::Queen), spec.order, ctx);
        break;
    case WeightsKind::Rook:
        weights.links = higher_order(neighbours(coverage, geo::Contiguity::Rook), spec.order, ctx);
        break;
    case WeightsKind::Nearest:
        weights = nearest(coverage, spec.k, ctx);
        break;
    case WeightsKind::DistanceBand:
        weights = distance_band(coverage, spec.distance_m, ctx);
        break;
    }
    return complete(std::move(weights), coverage, spec);
}

bool are_distances(const geo::Csr& links, const geo::Coverage& coverage) {
    constexpr double kSame = 1.1; // a degree of longitude is shorter than one of latitude
    const auto at = centroids(coverage);
    double least = std::numeric_limits<double>::infinity(), most = 0;
    for (std::size_t i = 0; i < links.rows(); ++i)
        for (auto k = links.offset[i]; k < links.offset[i + 1]; ++k) {
            const double factor = links.weight[k] / between(at, i, links.index[k]);
            least = std::min(least, factor);
            most = std::max(most, factor);
        }
    return least > 0 && std::isfinite(most) && most <= kSame * least;
}

Weights complete(Weights weights, const geo::Coverage& coverage, const WeightsSpec& spec) {
    if (spec.drawn.empty() && spec.decay == Decay::None) return weights;
    const auto at = centroids(coverage);
    if (!spec.drawn.empty()) add_drawn(weights, spec.drawn, at);
    if (spec.decay != Decay::None) apply_decay(weights, spec, at);
    return weights;
}

geo::Csr statistic_links(const Weights& weights) {
    auto links = weights.links;
    if (weights.metres) links.weight.clear();
    return links;
}

WeightsSummary summarise(const Csr& links) {
    WeightsSummary summary;
    summary.n = links.rows();
    summary.links = links.index.size();
    std::vector<std::uint32_t> root(summary.n);
    std::iota(root.begin(), root.end(), 0u);
    const auto find = [&](std::uint32_t i) {
        while (root[i] != i) i = root[i] = root[root[i]];
        return i;
    };
    for (std::size_t i = 0; i < summary.n; ++i) {
        const auto count = links.row(i).size();
        if (count == 0) summary.islands.push_back(static_cast<std::uint32_t>(i));
        summary.min = i == 0 ? count : std::min(summary.min, count);
        summary.max = std::max(summary.max, count);
        if (summary.histogram.size() <= count) summary.histogram.resize(count + 1, 0);
        ++summary.histogram[count];
        for (const auto j : links.row(i)) {
            const auto a = find(static_cast<std::uint32_t>(i)), b = find(j);
            root[a] = b;
        }
    }
    std::vector<std::size_t> part_of(summary.n, summary.n); // by root
    for (std::uint32_t i = 0; i < summary.n; ++i) {
        auto& part = part_of[find(i)];
        if (part == summary.n) part = summary.parts.size(), summary.parts.emplace_back();
        summary.parts[part].push_back(i);
    }
    std::stable_sort(summary.parts.begin(), summary.parts.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    summary.components = summary.parts.size();
    if (summary.n > 0)
        summary.mean = static_cast<double>(summary.links) / static_cast<double>(summary.n);
    return summary;
}

} // namespace diaban::analysis
