// What is left of a covering when all that cannot matter was taken away.
#include "analysis/cover_parts.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <compare>
#include <numeric>

namespace diaban::analysis {
namespace {

constexpr int kMostBits = 60;       // of any sum of worths
constexpr int kScaleOfWhole = 20;   // of whole burdens: what prices are counted in
constexpr double kSameWorth = 1e-9; // relative, of burdens that are not whole

struct Worths {
    std::vector<std::int64_t> of; // per place
    std::int64_t step = 1, rounding = 0;
    int scale = 0;
};

// `times`: how often a place may come in a sum.
Worths worths_of(std::span<const double> burden, std::size_t times) {
    Worths out;
    const double total = std::accumulate(burden.begin(), burden.end(), 0.0);
    const int bits = std::ilogb(total) + 1 + static_cast<int>(std::bit_width(times));
    const bool whole =
        std::all_of(burden.begin(), burden.end(), [](double b) { return b == std::floor(b); });
    out.scale = std::min(whole ? kScaleOfWhole : kMostBits, kMostBits - bits);
    std::int64_t step = 0;
    for (const double b : burden) {
        const double scaled = std::ldexp(std::max(0.0, b), out.scale);
        out.of.push_back(static_cast<std::int64_t>(std::ceil(scaled)));
        if (std::ceil(scaled) != scaled) ++out.rounding;
        step = std::gcd(step, out.of.back());
    }
    if (out.rounding == 0) out.step = std::max<std::int64_t>(1, step);
    return out;
}

// True where another candidate reaches all that this one does; of equal ones the first stays.
std::vector<char> dominated(const geo::Csr& reach, const geo::Csr& reached_by) {
    std::vector<char> out(reach.rows(), 0);
    for (std::size_t c = 0; c < reach.rows(); ++c) {
        const auto mine = reach.row(c);
        if (mine.empty()) {
            out[c] = 1;
            continue;
        }
        // Whoever reaches everything reaches the demand that fewest do.
        const auto rarest = *std::min_element(mine.begin(), mine.end(), [&](auto a, auto b) {
            return reached_by.row(a).size() < reached_by.row(b).size();
        });
        for (const auto other : reached_by.row(rarest)) {
            const auto theirs = reach.row(other);
            if (other == c || out[other] || theirs.size() < mine.size() ||
                (theirs.size() == mine.size() && other > c))
                continue;
            if (!std::includes(theirs.begin(), theirs.end(), mine.begin(), mine.end())) continue;
            out[c] = 1;
            break;
        }
    }
    return out;
}

// The rows that are kept, their columns numbered anew; a column without a new number goes.
geo::Csr selected_rows(const geo::Csr& rows, std::span<const std::uint32_t> kept,
                       std::span<const std::uint32_t> number) {
    geo::Csr out;
    for (const auto row : kept) {
        for (const auto column : rows.row(row))
            if (number[column] != CoverQuestion::kNone) out.index.push_back(number[column]);
        out.offset.push_back(static_cast<std::uint32_t>(out.index.size()));
    }
    return out;
}

// Without dominated candidates and with one demand for all that the same candidates reach.
// `reach` is of the candidates of the question; `worth` of what it counts.
void tidy(CoverQuestion& question, const geo::Csr& reach, std::span<const std::int64_t> worth) {
    const auto reached_by = turned(reach, worth.size());
    const auto idle = dominated(reach, reached_by);
    std::vector<std::uint32_t> kept, number(reach.rows(), CoverQuestion::kNone);
    for (std::uint32_t c = 0; c < reach.rows(); ++c)
        if (!idle[c]) {
            number[c] = static_cast<std::uint32_t>(kept.size());
            kept.push_back(c);
        }
    std::vector<std::uint32_t> all(worth.size());
    std::iota(all.begin(), all.end(), 0u);
    const auto by_demand = selected_rows(reached_by, all, number);
    // Demands in the order of their candidates, equal ones side by side.
    std::erase_if(all, [&](auto d) { return by_demand.row(d).empty() || worth[d] <= 0; });
    const auto order = [&](auto a, auto b) {
        const auto x = by_demand.row(a), y = by_demand.row(b);
        return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
    };
    std::sort(all.begin(), all.end(), [&](auto a, auto b) {
        const auto sign = order(a, b);
        return sign < 0 || (sign == 0 && a < b);
    });
    std::vector<std::uint32_t> first;
    question.worth.clear();
    for (const auto d : all) {
        if (first.empty() || order(first.back(), d) != 0) {
            first.push_back(d);
            question.worth.push_back(0);
        }
        question.worth.back() += worth[d];
    }
    std::vector<std::uint32_t> places;
    for (const auto c : kept) places.push_back(question.candidates[c]);
    question.candidates = std::move(places);
    std::vector<std::uint32_t> same_numbers(kept.size());
    std::iota(same_numbers.begin(), same_numbers.end(), 0u);
    question.reached_by = selected_rows(by_demand, first, same_numbers);
    question.reach = turned(question.reached_by, question.candidates.size());
}

} // namespace

std::int64_t CoverQuestion::total() const {
    return std::accumulate(worth.begin(), worth.end(), settled_worth);
}

bool CoverQuestion::as_good(std::int64_t some, std::int64_t bound) const {
    return bound < better_than(some) ||
           (rounding > 0 &&
            static_cast<double>(bound - some) <= kSameWorth * static_cast<double>(bound));
}

double CoverQuestion::burden_of(std::int64_t some) const {
    auto out = static_cast<double>(some); // to the nearest
    if (static_cast<std::int64_t>(out) < some)
        out = std::nextafter(out, std::numeric_limits<double>::infinity());
    return std::ldexp(out, -scale);
}

CoverQuestion cover_question(const LocationProblem& problem, std::span<const double> burden,
                             double metres, base::JobContext& ctx) {
    CoverQuestion out;
    out.candidates = candidates_of(problem);
    auto reach = reach_of(problem, out.candidates, metres, ctx);
    const auto worths = worths_of(burden, problem.p);
    out.step = worths.step;
    out.rounding = worths.rounding;
    out.scale = worths.scale;
    out.bases = problem.p;
    // Everything is one question with nothing settled, of which the fixed ones are settled.
    std::vector<std::uint32_t> in;
    for (const auto row : problem.fixed)
        in.push_back(static_cast<std::uint32_t>(
            std::lower_bound(out.candidates.begin(), out.candidates.end(), row) -
            out.candidates.begin()));
    out.worth = worths.of;
    out.reached_by = turned(reach, worths.of.size());
    out.reach = std::move(reach);
    return narrowed_question(out, in, {});
}

CoverQuestion narrowed_question(const CoverQuestion& question, std::span<const std::uint32_t> in,
                                std::span<const std::uint32_t> out) {
    CoverQuestion next;
    next.settled = question.settled;
    next.settled_worth = question.settled_worth;
    next.step = question.step;
    next.rounding = question.rounding;
    next.scale = question.scale;
    next.bases = question.bases - in.size();
    auto worth = question.worth;
    std::vector<char> gone(question.candidates.size(), 0);
    for (const auto c : out) gone[c] = 1;
    for (const auto c : in) {
        gone[c] = 1;
        next.settled.push_back(question.candidates[c]);
        for (const auto demand : question.reach.row(c)) {
            next.settled_worth += worth[demand];
            worth[demand] = 0;
        }
    }
    std::sort(next.settled.begin(), next.settled.end());
    std::vector<std::uint32_t> kept, demand(worth.size());
    for (std::uint32_t c = 0; c < gone.size(); ++c)
        if (!gone[c]) {
            kept.push_back(c);
            next.candidates.push_back(question.candidates[c]);
        }
    for (std::uint32_t d = 0; d < worth.size(); ++d)
        demand[d] = worth[d] > 0 ? d : CoverQuestion::kNone;
    tidy(next, selected_rows(question.reach, kept, demand), worth);
    return next;
}

std::vector<std::uint32_t> places_chosen(const LocationProblem& problem,
                                         const CoverQuestion& question,
                                         std::span<const std::uint32_t> chosen) {
    auto out = question.settled;
    for (const auto c : chosen) out.push_back(question.candidates[c]);
    std::sort(out.begin(), out.end());
    for (const auto row : candidates_of(problem)) {
        if (out.size() >= problem.p) break;
        const auto at = std::lower_bound(out.begin(), out.end(), row);
        if (at == out.end() || *at != row) out.insert(at, row);
    }
    return out;
}

} // namespace diaban::analysis
