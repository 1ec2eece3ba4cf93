// What a base costs the places near it, without a table of all pairs of a country.
#include "analysis/median_parts.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace diaban::analysis {
namespace {

constexpr int kMostCostBits = 61;                   // of any sum
constexpr std::size_t kMostTableTerms = 30'000'000; // of twelve bytes
constexpr std::size_t kListsPerBase = 8, kShortestList = 64;

} // namespace

double longest_way(const LocationProblem& problem) {
    constexpr double kArcOverChord = 1.25; // at most, by the series of GroundPoints::metres
    double square = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        double low = IntegerProgram::kNoLimit, high = -low;
        for (std::size_t i = 0; i < problem.at.size(); ++i) {
            low = std::min(low, problem.at.position(i)[axis]);
            high = std::max(high, problem.at.position(i)[axis]);
        }
        square += (high - low) * (high - low);
    }
    return kArcOverChord * problem.detour * std::sqrt(square);
}

int median_scale(const LocationProblem& problem) {
    const double total =
        longest_way(problem) * std::accumulate(problem.burden.begin(), problem.burden.end(), 0.0);
    if (!(total > 0)) return 0;
    const auto times = static_cast<int>(std::bit_width(problem.p + 1));
    return kMostCostBits - times - (std::ilogb(total) + 1);
}

std::int64_t median_cost(const LocationProblem& problem, std::uint32_t place, std::uint32_t base,
                         int scale) {
    return static_cast<std::int64_t>(
        std::floor(std::ldexp(problem.burden[place] * problem.metres(place, base), scale)));
}

std::size_t MedianTable::settled_count() const {
    return static_cast<std::size_t>(std::count(settled.begin(), settled.end(), 1));
}

std::size_t MedianTable::terms() const {
    return std::accumulate(length.begin(), length.end(), std::size_t{0});
}

MedianTable median_table(const LocationProblem& problem, std::vector<std::uint32_t> candidates,
                         std::span<const std::uint32_t> settled, base::JobContext& ctx) {
    const auto needy = needy_places(problem);
    MedianTable out;
    out.candidates = std::move(candidates);
    out.bases = problem.p;
    out.scale = median_scale(problem);
    const auto count = out.candidates.size();
    for (const auto row : out.candidates)
        out.settled.push_back(std::find(settled.begin(), settled.end(), row) != settled.end());
    // A price reaches about as far as the second nearest base.
    const auto most = std::min({count, std::max(kShortestList, kListsPerBase * count / problem.p),
                                std::max(kShortestList, kMostTableTerms / needy.size())});
    out.offset.resize(needy.size());
    out.length.resize(needy.size());
    out.beyond.resize(needy.size());
    out.index.resize(needy.size() * most);
    out.cost.resize(needy.size() * most);
    base::parallel_for(needy.size(), 64, ctx, [&](std::size_t begin, std::size_t end) {
        std::vector<std::pair<double, std::uint32_t>> near;
        for (auto i = begin; i < end; ++i) {
            near.clear();
            std::pair<double, std::uint32_t> first_settled{IntegerProgram::kNoLimit, 0};
            for (std::uint32_t c = 0; c < count; ++c) {
                near.emplace_back(problem.metres(needy[i], out.candidates[c]), c);
                if (out.settled[c]) first_settled = std::min(first_settled, near.back());
            }
            const auto cost_of = [&](std::uint32_t c) {
                return median_cost(problem, needy[i], out.candidates[c], out.scale);
            };
            std::erase_if(near, [&](const auto& one) { return one > first_settled; });
            const auto length = std::min(most, near.size());
            const auto last = near.begin() + static_cast<std::ptrdiff_t>(length);
            if (last != near.end()) std::nth_element(near.begin(), last, near.end());
            std::sort(near.begin(), last);
            out.offset[i] = i * most;
            out.length[i] = static_cast<std::uint32_t>(length);
            // With the last one listed no price needs to be above what the last one costs.
            out.beyond[i] = cost_of(last != near.end() ? last->second : near.back().second);
            for (std::size_t k = 0; k < length; ++k) {
                out.index[i * most + k] = near[k].second;
                out.cost[i * most + k] = cost_of(near[k].second);
            }
        }
    });
    return out;
}

MedianTable narrowed_table(const MedianTable& table, std::span<const std::uint32_t> in,
                           std::span<const std::uint32_t> out) {
    constexpr auto kGone = static_cast<std::uint32_t>(-1);
    MedianTable next;
    next.bases = table.bases;
    next.scale = table.scale;
    std::vector<std::uint32_t> number(table.candidates.size(), 0);
    auto settled = table.settled;
    for (const auto c : in) settled[c] = 1;
    for (const auto c : out) number[c] = kGone;
    for (std::size_t c = 0; c < number.size(); ++c) {
        if (number[c] == kGone) continue;
        number[c] = static_cast<std::uint32_t>(next.candidates.size());
        next.candidates.push_back(table.candidates[c]);
        next.settled.push_back(settled[c]);
    }
    for (std::size_t i = 0; i < table.length.size(); ++i) {
        next.offset.push_back(next.index.size());
        next.beyond.push_back(table.beyond[i]);
        for (auto k = table.offset[i]; k < table.offset[i] + table.length[i]; ++k) {
            const auto c = number[table.index[k]];
            if (c == kGone) continue;
            next.index.push_back(c);
            next.cost.push_back(table.cost[k]);
            if (!next.settled[c]) continue;
            next.beyond.back() = table.cost[k];
            break;
        }
        next.length.push_back(static_cast<std::uint32_t>(next.index.size() - next.offset.back()));
    }
    return next;
}

} // namespace diaban::analysis
