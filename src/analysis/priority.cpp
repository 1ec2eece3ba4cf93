#include "analysis/priority.hpp"

#include "analysis/rates.hpp"
#include "analysis/trend.hpp"
#include "base/error.hpp"
#include "base/number.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::analysis {
namespace {

constexpr std::array<std::string_view, kPriorityTerms> kTermWords{
    "status", "violations", "trend", "since", "uninspected", "near", "border", "gap"};

} // namespace

std::string_view to_string(PriorityTerm term) {
    return kTermWords[static_cast<std::size_t>(term)];
}

std::optional<PriorityTerm> parse_priority_term(std::string_view word) {
    const auto at = std::find(kTermWords.begin(), kTermWords.end(), word);
    if (at == kTermWords.end()) return std::nullopt;
    return static_cast<PriorityTerm>(at - kTermWords.begin());
}

PriorityScores priority_scores(const std::vector<PriorityColumn>& columns, std::size_t communes) {
    double all = 0;
    bool bad = false;
    for (const auto& column : columns) {
        bad = bad || !(column.weight >= 0) || std::isinf(column.weight);
        all += column.weight;
    }
    if (bad || !(all > 0)) throw base::Error(base::ErrorKind::Usage, "error.priority.weights");
    PriorityScores out;
    out.score.assign(communes, 0);
    out.doubt.assign(communes, 0);
    for (const auto& column : columns) {
        auto& points = out.points.emplace_back(communes, base::kNaN);
        for (std::size_t u = 0; u < communes; ++u) {
            if (std::isnan(column.value[u])) {
                out.doubt[u] += column.weight / all;
                continue;
            }
            points[u] = column.weight * std::clamp(column.value[u], 0.0, 1.0) / all;
            out.score[u] += points[u];
        }
    }
    return out;
}

std::vector<double> violations_column(std::span<const double> violations,
                                      std::span<const double> visits) {
    auto out = rates(violations, visits, RateKind::EmpiricalBayes);
    double most = 0;
    for (const double rate : out)
        if (rate > most) most = rate;
    if (most > 0)
        for (auto& rate : out) rate /= most;
    return out;
}

std::vector<double> trend_column(const PeriodValues& violations, const PeriodValues& visits) {
    const auto communes = visits.empty() ? 0 : visits.front().size();
    std::vector<double> out;
    for (std::size_t u = 0; u < communes; ++u) {
        std::vector<double> series;
        for (std::size_t t = 0; t < visits.size(); ++t)
            if (const double rate = violations[t][u] / visits[t][u];
                visits[t][u] > 0 && !std::isnan(rate))
                series.push_back(rate);
        const auto n = static_cast<double>(series.size());
        out.push_back(series.size() < kFewestForTrend
                          ? base::kNaN
                          : std::max(0.0, mann_kendall(series).s / (n * (n - 1) / 2)));
    }
    return out;
}

std::vector<double> since_column(const PeriodValues& inspections) {
    const auto communes = inspections.empty() ? 0 : inspections.front().size();
    std::vector<double> out;
    for (std::size_t u = 0; u < communes; ++u) {
        bool told = false;
        double since = kLongestSince;
        for (std::size_t t = 0; t < inspections.size(); ++t) {
            told = told || !std::isnan(inspections[t][u]);
            if (inspections[t][u] > 0) since = static_cast<double>(inspections.size() - 1 - t);
        }
        out.push_back(told ? std::min(1.0, since / kLongestSince) : base::kNaN);
    }
    return out;
}

std::vector<double> uninspected_column(std::span<const double> visits,
                                       std::span<const double> establishments) {
    std::vector<double> out;
    for (std::size_t u = 0; u < visits.size(); ++u) {
        if (establishments[u] == 0)
            out.push_back(0); // nothing to visit
        else
            out.push_back(std::isnan(visits[u]) || std::isnan(establishments[u])
                              ? base::kNaN
                              : 1 - std::min(1.0, visits[u] / establishments[u]));
    }
    return out;
}

} // namespace diaban::analysis
