// Maximal covering by greedy choice and interchange, for whole countries in a second.
#include "analysis/location_parts.hpp"

#include <algorithm>

namespace diaban::analysis {
namespace {

constexpr std::size_t kMostSwaps = 2000;
constexpr double kLeastHelp = 1e-12; // of all there is to cover

class CoverSearch {
public:
    CoverSearch(const LocationProblem& problem, std::span<const double> worth, double metres,
                base::JobContext& ctx)
        : worth_(worth), fixed_(problem.fixed.size()), candidates_(candidates_of(problem)),
          reach_(reach_of(problem, candidates_, metres, ctx)),
          by_place_(turned(reach_, problem.at.size())), gain_(candidates_.size(), 0),
          count_(problem.at.size(), 0), owners_(problem.at.size(), 0),
          is_open_(candidates_.size(), 0) {
        for (std::size_t c = 0; c < candidates_.size(); ++c)
            for (const auto place : reach_.row(c)) gain_[c] += worth_[place];
        for (const double w : worth_) all_ += w;
        for (const auto row : problem.fixed)
            open(static_cast<std::size_t>(
                std::lower_bound(candidates_.begin(), candidates_.end(), row) -
                candidates_.begin()));
    }

    std::vector<std::uint32_t> run(std::size_t p, base::JobContext& ctx) {
        while (open_.size() < p) {
            ctx.check();
            std::size_t best = candidates_.size();
            for (std::size_t c = 0; c < candidates_.size(); ++c)
                if (!is_open_[c] && (best == candidates_.size() || gain_[c] > gain_[best]))
                    best = c;
            open(best);
        }
        for (std::size_t swaps = 0; swaps < kMostSwaps && swap_best(ctx); ++swaps) {
        }
        std::vector<std::uint32_t> out;
        for (const auto c : open_) out.push_back(candidates_[c]);
        return out;
    }

private:
    // gain_ is what a candidate would cover of what nobody covers yet; owners_ the sum of the open
    // candidates that cover a place: where there is one, it is that one.
    void open(std::size_t c) {
        is_open_[c] = 1;
        open_.push_back(c);
        for (const auto place : reach_.row(c)) {
            if (count_[place]++ == 0)
                for (const auto other : by_place_.row(place)) gain_[other] -= worth_[place];
            owners_[place] += c;
        }
    }
    void close(std::size_t position) {
        const auto c = open_[position];
        is_open_[c] = 0;
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(position));
        for (const auto place : reach_.row(c)) {
            if (--count_[place] == 0)
                for (const auto other : by_place_.row(place)) gain_[other] += worth_[place];
            owners_[place] -= c;
        }
    }

    // The swap that helps most; false if none does.
    bool swap_best(base::JobContext& ctx) {
        ctx.check();
        std::vector<double> alone(candidates_.size(), 0); // what only this open one covers
        for (const auto c : open_)
            for (const auto place : reach_.row(c))
                if (count_[place] == 1) alone[c] += worth_[place];
        double most = all_ * kLeastHelp;
        std::size_t in = candidates_.size(), out = 0;
        for (std::size_t c = 0; c < candidates_.size(); ++c) {
            if (is_open_[c]) continue;
            for (const auto place : reach_.row(c))
                if (count_[place] == 1) alone[owners_[place]] -= worth_[place];
            for (std::size_t k = fixed_; k < open_.size(); ++k)
                if (const double help = gain_[c] - alone[open_[k]]; help > most)
                    most = help, in = c, out = k;
            for (const auto place : reach_.row(c))
                if (count_[place] == 1) alone[owners_[place]] += worth_[place];
        }
        if (in == candidates_.size()) return false;
        close(out);
        open(in);
        return true;
    }

    std::span<const double> worth_;
    std::size_t fixed_; // the first of open_
    std::vector<std::uint32_t> candidates_;
    geo::Csr reach_, by_place_;
    std::vector<double> gain_;
    std::vector<std::uint32_t> count_;
    std::vector<std::size_t> owners_;
    std::vector<char> is_open_;
    std::vector<std::size_t> open_;
    double all_ = 0;
};

} // namespace

geo::Csr reach_of(const LocationProblem& problem, std::span<const std::uint32_t> candidates,
                  double metres, base::JobContext& ctx) {
    const auto needy = needy_places(problem);
    std::vector<std::vector<std::uint32_t>> rows(candidates.size());
    base::parallel_for(rows.size(), 64, ctx, [&](std::size_t begin, std::size_t end) {
        for (auto c = begin; c < end; ++c)
            for (const auto place : needy)
                if (problem.metres(place, candidates[c]) <= metres) rows[c].push_back(place);
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
    return CoverSearch(problem, worth, metres, ctx).run(problem.p, ctx);
}

} // namespace diaban::analysis
