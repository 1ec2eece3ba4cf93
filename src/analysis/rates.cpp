#include "analysis/rates.hpp"

#include "base/number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace diaban::analysis {
namespace {

bool takes_part(double events, double population) {
    return !std::isnan(events) && population > 0;
}

// Of the units of one neighbourhood, or of all: rate, and s^2 less what chance alone contributes to
// it, m / mean population.
struct Prior {
    double rate = base::kNaN, between = 0;
};

// `centre(i)` is the rate that unit i is compared with in s^2.
template <class Units, class Centre>
Prior prior(std::span<const double> events, std::span<const double> population, const Units& units,
            Centre centre) {
    double sum_events = 0, sum_population = 0, count = 0;
    for (const auto i : units)
        if (takes_part(events[i], population[i]))
            sum_events += events[i], sum_population += population[i], ++count;
    Prior out;
    if (count == 0) return out;
    out.rate = sum_events / sum_population;
    double squares = 0;
    for (const auto i : units)
        if (takes_part(events[i], population[i])) {
            const double away = events[i] / population[i] - centre(i, out.rate);
            squares += population[i] * away * away;
        }
    out.between = squares / sum_population - out.rate / (sum_population / count);
    return out;
}

Prior overall_prior(std::span<const double> events, std::span<const double> population) {
    std::vector<std::size_t> all(events.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return prior(events, population, all, [](std::size_t, double rate) { return rate; });
}

// Of every unit with its neighbours. As spdep has it (Bailey & Gatrell 1995), a unit deviates from
// the rate of its own neighbourhood, also where it is the neighbour of another.
std::vector<Prior> local_priors(std::span<const double> events, std::span<const double> population,
                                const geo::Csr& links) {
    std::vector<std::uint32_t> around;
    const auto gather = [&](std::size_t i) -> const std::vector<std::uint32_t>& {
        const auto row = links.row(i);
        around.assign(row.begin(), row.end());
        around.push_back(static_cast<std::uint32_t>(i));
        return around;
    };
    const auto own = [](std::size_t, double rate) { return rate; };
    std::vector<double> local(events.size());
    for (std::size_t i = 0; i < local.size(); ++i)
        local[i] = prior(events, population, gather(i), own).rate;
    std::vector<Prior> out(events.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] =
            prior(events, population, gather(i), [&](std::size_t j, double) { return local[j]; });
    return out;
}

double shrunk(double events, double population, const Prior& p) {
    if (p.rate == 0) return 0;
    const double a = std::max(0.0, p.between);
    return p.rate + a * (events / population - p.rate) / (a + p.rate / population);
}

double index_of(double events, double population, const Prior& p) {
    if (p.rate == 0) return base::kNaN;
    const double chance = p.rate / population;
    const double variance = p.between + chance > 0 ? p.between + chance : chance;
    return (events / population - p.rate) / std::sqrt(variance);
}

} // namespace

std::string_view to_string(RateKind kind) {
    switch (kind) {
    case RateKind::Raw:
        return "raw";
    case RateKind::ExcessRisk:
        return "excess";
    case RateKind::EmpiricalBayes:
        return "eb";
    case RateKind::SpatialBayes:
        return "spatial-eb";
    case RateKind::BayesIndex:
        return "eb-index";
    }
    return "raw";
}

std::vector<double> rates(std::span<const double> events, std::span<const double> population,
                          RateKind kind, const geo::Csr& links) {
    const auto overall = overall_prior(events, population);
    const auto local = kind == RateKind::SpatialBayes ? local_priors(events, population, links)
                                                      : std::vector<Prior>();
    std::vector<double> out(events.size(), base::kNaN);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!takes_part(events[i], population[i])) continue;
        switch (kind) {
        case RateKind::Raw:
            out[i] = events[i] / population[i];
            break;
        case RateKind::ExcessRisk:
            if (overall.rate > 0) out[i] = events[i] / (overall.rate * population[i]);
            break;
        case RateKind::EmpiricalBayes:
            out[i] = shrunk(events[i], population[i], overall);
            break;
        case RateKind::SpatialBayes:
            out[i] = shrunk(events[i], population[i], local[i]);
            break;
        case RateKind::BayesIndex:
            out[i] = index_of(events[i], population[i], overall);
            break;
        }
    }
    return out;
}

std::vector<bool> unstable(std::span<const double> events, std::span<const double> population,
                           double fewest) {
    const double rate = overall_prior(events, population).rate;
    std::vector<bool> out(events.size(), false);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = takes_part(events[i], population[i]) && rate * population[i] < fewest;
    return out;
}

} // namespace diaban::analysis
