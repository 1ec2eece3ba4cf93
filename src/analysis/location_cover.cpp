// Maximal covering by greedy choice and interchange, for whole countries in a second.
#include "analysis/cover_parts.hpp"
#include "analysis/random.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::analysis {

CoverChoice::CoverChoice(const CoverQuestion& question)
    : question_(question), worth_(question.settled_worth), is_open_(question.candidates.size(), 0),
      is_among_(question.candidates.size(), 0), gain_(question.candidates.size(), 0),
      alone_(question.candidates.size(), 0), count_(question.worth.size(), 0),
      owners_(question.worth.size(), 0), not_till_(question.candidates.size(), 0),
      shared_(question.candidates.size(), 0) {
    for (std::size_t c = 0; c < gain_.size(); ++c)
        for (const auto demand : question_.reach.row(c)) gain_[c] += question_.worth[demand];
}

// Of a demand that exactly one open candidate reaches, owners_ is that one.
void CoverChoice::open(std::uint32_t candidate) {
    is_open_[candidate] = 1;
    chosen_.push_back(candidate);
    alone_[candidate] = gain_[candidate];
    worth_ += gain_[candidate];
    for (const auto demand : question_.reach.row(candidate)) {
        const auto worth = question_.worth[demand];
        if (count_[demand] == 0)
            for (const auto other : question_.reached_by.row(demand)) gain_[other] -= worth;
        else if (count_[demand] == 1)
            alone_[owners_[demand]] -= worth;
        ++count_[demand];
        owners_[demand] += candidate;
    }
}

void CoverChoice::close(std::uint32_t candidate) {
    is_open_[candidate] = 0;
    std::erase(chosen_, candidate);
    worth_ -= alone_[candidate];
    for (const auto demand : question_.reach.row(candidate)) {
        const auto worth = question_.worth[demand];
        --count_[demand];
        owners_[demand] -= candidate;
        if (count_[demand] == 0)
            for (const auto other : question_.reached_by.row(demand)) gain_[other] += worth;
        else if (count_[demand] == 1)
            alone_[owners_[demand]] += worth;
    }
    alone_[candidate] = 0;
}

void CoverChoice::become(std::span<const std::uint32_t> chosen) {
    std::vector<char> wanted(is_open_.size(), 0);
    for (const auto c : chosen) wanted[c] = 1;
    const auto before = chosen_;
    for (const auto c : before)
        if (!wanted[c]) close(c);
    for (const auto c : chosen)
        if (!is_open_[c]) open(c);
}

void CoverChoice::open_greedily(std::span<const std::uint32_t> among, base::JobContext& ctx) {
    while (chosen_.size() < question_.bases) {
        ctx.check();
        const std::uint32_t* best = nullptr;
        for (const auto& c : among)
            if (!is_open_[c] && (!best || gain_[c] > gain_[*best])) best = &c;
        if (!best) return;
        open(*best);
    }
}

void CoverChoice::mark(std::span<const std::uint32_t> among) {
    std::fill(is_among_.begin(), is_among_.end(), 0);
    for (const auto c : among) is_among_[c] = 1;
}

std::optional<CoverChoice::Swap> CoverChoice::best_swap(std::span<const std::uint32_t> among,
                                                        std::uint64_t turn) {
    const auto may_close = [&](std::uint32_t c) { return is_among_[c] && not_till_[c] <= turn; };
    // Of those whose reach a newcomer does not touch, the one that is missed least.
    std::optional<std::uint32_t> least;
    for (const auto c : chosen_)
        if (may_close(c) && (!least || alone_[c] < alone_[*least])) least = c;
    if (!least) return {};
    std::optional<Swap> best;
    const auto consider = [&](std::uint32_t in, std::uint32_t out) {
        const auto help = gain_[in] - alone_[out] + shared_[out];
        if (!best || help > best->help) best = {help, in, out};
    };
    std::vector<std::uint32_t> touched;
    for (const auto c : among) {
        if (is_open_[c] || not_till_[c] > turn) continue;
        for (const auto demand : question_.reach.row(c)) {
            if (count_[demand] != 1) continue;
            const auto owner = static_cast<std::uint32_t>(owners_[demand]);
            if (shared_[owner] == 0) touched.push_back(owner);
            shared_[owner] += question_.worth[demand];
        }
        consider(c, *least);
        for (const auto owner : touched) {
            if (may_close(owner)) consider(c, owner);
            shared_[owner] = 0;
        }
        touched.clear();
    }
    return best;
}

void CoverChoice::climb(std::span<const std::uint32_t> among, base::JobContext& ctx) {
    mark(among);
    const auto free = turn_ += kLongestRest; // nothing rests any more
    for (;;) {
        ctx.check();
        const auto swap = best_swap(among, free);
        if (!swap || swap->help <= 0) return;
        close(swap->out);
        open(swap->in);
    }
}

void CoverChoice::wander(std::span<const std::uint32_t> among, std::size_t patience,
                         base::JobContext& ctx) {
    mark(among);
    turn_ += kLongestRest;
    auto best = chosen_;
    auto best_worth = worth_;
    for (std::size_t idle = 0; idle < patience; ++idle) {
        ctx.check();
        const auto swap = best_swap(among, ++turn_);
        if (!swap) continue;
        close(swap->out);
        open(swap->in);
        // How long differs from turn to turn, or the search might go round in circles.
        not_till_[swap->out] =
            turn_ + kShortestRest + mix64(turn_) % (kLongestRest - kShortestRest);
        not_till_[swap->in] = turn_ + kShortestRest;
        if (worth_ <= best_worth) continue;
        best = chosen_;
        best_worth = worth_;
        idle = 0;
    }
    become(best);
}

geo::Csr reach_of(const LocationProblem& problem, std::span<const std::uint32_t> candidates,
                  double metres, base::JobContext& ctx) {
    const auto needy = needy_places(problem);
    // Along the axis on which they lie farthest apart only those between two ends can be near.
    const auto spread = [&](std::size_t axis) {
        const auto [low, high] =
            std::minmax_element(needy.begin(), needy.end(), [&](auto a, auto b) {
                return problem.at.position(a)[axis] < problem.at.position(b)[axis];
            });
        return needy.empty() ? 0
                             : problem.at.position(*high)[axis] - problem.at.position(*low)[axis];
    };
    std::size_t axis = 0;
    for (const std::size_t other : {1u, 2u})
        if (spread(other) > spread(axis)) axis = other;
    const auto along = [&](std::uint32_t place) { return problem.at.position(place)[axis]; };
    auto order = needy;
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return along(a) != along(b) ? along(a) < along(b) : a < b; });
    constexpr double kRounding = 1e-9;
    const double apart = metres / problem.detour * (1 + kRounding) + kRounding;
    std::vector<std::vector<std::uint32_t>> rows(candidates.size());
    base::parallel_for(rows.size(), 64, ctx, [&](std::size_t begin, std::size_t end) {
        for (auto c = begin; c < end; ++c) {
            const double here = along(candidates[c]);
            auto place = std::partition_point(order.begin(), order.end(),
                                              [&](auto p) { return along(p) < here - apart; });
            for (; place != order.end() && along(*place) <= here + apart; ++place)
                if (problem.metres(*place, candidates[c]) <= metres) rows[c].push_back(*place);
            std::sort(rows[c].begin(), rows[c].end());
        }
    });
    geo::Csr out;
    for (const auto& row : rows) {
        out.index.insert(out.index.end(), row.begin(), row.end());
        out.offset.push_back(static_cast<std::uint32_t>(out.index.size()));
    }
    return out;
}

geo::Csr turned(const geo::Csr& rows, std::size_t columns) {
    geo::Csr out;
    out.offset.assign(columns + 1, 0);
    for (const auto column : rows.index) ++out.offset[column + 1];
    for (std::size_t c = 0; c < columns; ++c) out.offset[c + 1] += out.offset[c];
    out.index.resize(rows.index.size());
    auto next = out.offset;
    for (std::size_t r = 0; r < rows.rows(); ++r)
        for (const auto column : rows.row(r))
            out.index[next[column]++] = static_cast<std::uint32_t>(r);
    return out;
}

std::vector<std::uint32_t> cover_choice(const LocationProblem& problem,
                                        std::span<const double> worth, double metres,
                                        base::JobContext& ctx) {
    const auto question = cover_question(problem, worth, metres, ctx);
    std::vector<std::uint32_t> all(question.candidates.size());
    std::iota(all.begin(), all.end(), 0u);
    CoverChoice choice(question);
    choice.open_greedily(all, ctx);
    choice.climb(all, ctx);
    return places_chosen(problem, question, choice.chosen());
}

} // namespace diaban::analysis
