#include "analysis/observed.hpp"

#include <cmath>

namespace diaban::analysis {

std::size_t Observed::linked() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < size(); ++i) count += !links.row(i).empty();
    return count;
}

std::vector<double> link_weights(const geo::Csr& links, Style style) {
    auto out = links.weight;
    if (style == Style::Binary) return out;
    if (out.empty()) out.assign(links.index.size(), 1);
    for (std::size_t i = 0; i < links.rows(); ++i) {
        double sum = 0;
        for (auto k = links.offset[i]; k < links.offset[i + 1]; ++k) sum += out[k];
        if (sum > 0)
            for (auto k = links.offset[i]; k < links.offset[i + 1]; ++k) out[k] /= sum;
    }
    return out;
}

Observed observe(std::span<const double> x, std::span<const double> y, const geo::Csr& links) {
    constexpr std::uint32_t kNowhere = 0xFFFFFFFFu;
    Observed out;
    std::vector<std::uint32_t> at(x.size(), kNowhere);
    for (std::uint32_t u = 0; u < x.size(); ++u) {
        if (!std::isfinite(x[u]) || (!y.empty() && !std::isfinite(y[u]))) continue;
        at[u] = static_cast<std::uint32_t>(out.unit.size());
        out.unit.push_back(u);
        out.x.push_back(x[u]);
        if (!y.empty()) out.y.push_back(y[u]);
    }
    for (const auto u : out.unit) {
        const auto row = links.row(u);
        const auto weights = links.weights(u);
        for (std::size_t k = 0; k < row.size(); ++k) {
            if (at[row[k]] == kNowhere) continue;
            out.links.index.push_back(at[row[k]]);
            if (!weights.empty()) out.links.weight.push_back(weights[k]);
        }
        out.links.offset.push_back(static_cast<std::uint32_t>(out.links.index.size()));
    }
    return out;
}

} // namespace diaban::analysis
