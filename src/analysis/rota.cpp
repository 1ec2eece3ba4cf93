#include "analysis/rota.hpp"

#include "analysis/random.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::analysis {

std::vector<Visit> make_rota(std::span<const double> score, std::span<const double> doubt,
                             std::span<const double> months_since, const RotaSpec& spec) {
    std::vector<std::uint32_t> communes;
    for (std::uint32_t u = 0; u < score.size(); ++u)
        if (!std::isnan(score[u])) communes.push_back(u);
    if (spec.months < 1 || spec.per_month < 1 || spec.per_month > communes.size())
        throw base::Error(base::ErrorKind::Usage, "error.rota.count",
                          {{"count", static_cast<std::int64_t>(communes.size())}});
    if (!(spec.random_share >= 0 && spec.random_share <= 1))
        throw base::Error(base::ErrorKind::Usage, "error.rota.share");
    auto must = spec.must; // not yet visited
    std::sort(must.begin(), must.end());
    must.erase(std::unique(must.begin(), must.end()), must.end());
    if (must.size() > spec.months * spec.per_month)
        throw base::Error(base::ErrorKind::Usage, "error.rota.must",
                          {{"count", static_cast<std::int64_t>(must.size())},
                           {"visits", static_cast<std::int64_t>(spec.months * spec.per_month)}});
    std::vector<double> waited(score.size(), kUnknownMonths);
    for (const auto u : communes)
        if (!std::isnan(months_since[u])) waited[u] = months_since[u];
    const auto random_until = [&](std::size_t month) {
        return static_cast<std::size_t>(
            std::floor(static_cast<double>(month * spec.per_month) * spec.random_share + 0.5));
    };
    std::vector<Visit> out;
    std::size_t drawn_before = 0;
    for (std::size_t month = 0; month < spec.months; ++month) {
        const auto claim = [&](std::uint32_t u) {
            return std::max(score[u], doubt[u]) * waited[u];
        };
        auto order = communes;
        std::stable_sort(order.begin(), order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return claim(a) > claim(b); });
        const auto first = out.size();
        const auto take = [&](std::uint32_t u, VisitReason reason) {
            out.push_back({month, u, reason, waited[u]});
        };
        // First those that must be visited, then the others, both by their claims.
        const auto waits = [&](std::uint32_t u) {
            return std::binary_search(must.begin(), must.end(), u);
        };
        std::stable_partition(order.begin(), order.end(), waits);
        const auto asked = std::min(must.size(), spec.per_month);
        const auto drawn = std::min(random_until(month + 1) - drawn_before, spec.per_month - asked);
        drawn_before += drawn;
        const auto not_drawn = spec.per_month - drawn;
        for (std::size_t k = 0; k < not_drawn; ++k)
            take(order[k], k < asked                           ? VisitReason::Must
                           : doubt[order[k]] > score[order[k]] ? VisitReason::Verification
                                                               : VisitReason::Priority);
        std::vector<std::uint32_t> others(order.begin() + static_cast<std::ptrdiff_t>(not_drawn),
                                          order.end());
        std::sort(others.begin(), others.end());
        for (std::size_t k = 0; k < drawn; ++k) {
            const auto at = bounded(spec.seed, month, static_cast<std::uint32_t>(k), 0,
                                    static_cast<std::uint32_t>(others.size()));
            take(others[at], VisitReason::Random);
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(at));
        }
        for (const auto u : communes) waited[u] += 1;
        for (auto k = first; k < out.size(); ++k) {
            waited[out[k].commune] = 1;
            if (out[k].reason == VisitReason::Must) std::erase(must, out[k].commune);
        }
    }
    return out;
}

} // namespace diaban::analysis
