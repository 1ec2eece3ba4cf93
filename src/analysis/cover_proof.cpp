// A better choice of bases and the proof of how good it is, for whole countries.
//
// The relaxation says which candidates matter: a few hundred of ten thousand are chosen in its last
// steps. Among these the search begins anew, then goes on among all, a few bases at a time.
#include "analysis/cover_parts.hpp"
#include "analysis/random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::analysis {
namespace {

// Steps are counted by the terms they touch, so that a denser question takes fewer of them.
// A small one is soon proven otherwise.
constexpr std::size_t kMostTerms = 2'000'000'000, kMostPriceSteps = 3000, kFewestPriceSteps = 300;
constexpr std::size_t kTermsPerStep = 30;
constexpr double kLaterLength = 0.3; // of the first step of a later round
constexpr double kInCore = 0.01;     // share of the last steps in which it was chosen
constexpr std::size_t kCorePatience = 300, kPatience = 40;
constexpr std::size_t kSpotsPerBase = 3, kMostSpots = 300; // about which a round searches
constexpr std::size_t kBasesOfSpot = 8;

} // namespace

CoverProof::CoverProof(const LocationProblem& problem, CoverQuestion question,
                       std::span<const std::uint32_t> plan)
    : problem_(problem), question_(std::move(question)), all_(question_.candidates.size()),
      bound_(question_.total()), relaxation_(question_) {
    std::iota(all_.begin(), all_.end(), 0u);
    // What the plan has that the question left out is as good as what it kept, or idle.
    CoverChoice choice(question_);
    std::vector<std::uint32_t> known;
    for (const auto row : plan) {
        const auto at =
            std::lower_bound(question_.candidates.begin(), question_.candidates.end(), row);
        if (at != question_.candidates.end() && *at == row)
            known.push_back(static_cast<std::uint32_t>(at - question_.candidates.begin()));
    }
    choice.become(known);
    base::JobContext at_once(1);
    choice.open_greedily(all_, at_once);
    keep(choice);
}

void CoverProof::keep(const CoverChoice& choice) {
    if (choice.worth() <= best_worth_) return;
    best_worth_ = choice.worth();
    best_ = choice.chosen();
}

std::vector<std::uint32_t> CoverProof::best() const {
    return places_chosen(problem_, question_, best_);
}

CoverQuestion CoverProof::rest() const {
    const auto decided = relaxation_.fixed(question_.better_than(best_worth_));
    return narrowed_question(question_, decided.in, decided.out);
}

// Moves a few neighbouring bases at a time, about one base after the other.
void CoverProof::wander_about(CoverChoice& choice, std::span<const std::uint32_t> among,
                              std::uint64_t stream, base::JobContext& ctx) {
    std::vector<std::uint32_t> near;
    std::vector<double> metres;
    const auto spots = std::min(kMostSpots, kSpotsPerBase * choice.chosen().size());
    for (std::uint32_t spot = 0; spot < spots; ++spot) {
        const auto& chosen = choice.chosen();
        const auto centre = question_.candidates[chosen[bounded(
            0, stream, spot, 0, static_cast<std::uint32_t>(chosen.size()))]];
        metres.clear();
        for (const auto c : chosen)
            metres.push_back(problem_.metres(centre, question_.candidates[c]));
        const auto few = std::min(kBasesOfSpot, metres.size()) - 1;
        std::nth_element(metres.begin(), metres.begin() + static_cast<std::ptrdiff_t>(few),
                         metres.end());
        near.clear();
        for (const auto c : among)
            if (problem_.metres(centre, question_.candidates[c]) <= metres[few]) near.push_back(c);
        choice.wander(near, kPatience, ctx);
        keep(choice);
    }
}

void CoverProof::search(std::span<const std::uint32_t> core, std::uint64_t round,
                        base::JobContext& ctx) {
    CoverChoice choice(question_);
    choice.open_greedily(core, ctx);
    choice.open_greedily(all_, ctx); // where the core is too small
    choice.wander(core, kCorePatience, ctx);
    wander_about(choice, core, 2 * round, ctx);
    wander_about(choice, all_, 2 * round + 1, ctx);
}

void CoverProof::go_on(base::JobContext& ctx) {
    const auto terms = std::max<std::size_t>(1, question_.reach.index.size());
    const auto steps = std::clamp(std::min(terms / kTermsPerStep, kMostTerms / terms),
                                  kFewestPriceSteps, kMostPriceSteps);
    relaxation_.run(steps, round_ == 0 ? 1 : kLaterLength, best_worth_, ctx, [&](std::size_t step) {
        bound_ = std::min(bound_, relaxation_.bound());
        ctx.step(2 * round_ * steps + step, 2 * kRounds * steps);
    });
    bound_ = std::min(bound_, relaxation_.bound());
    ++round_;
    if (proven()) return;
    std::vector<std::uint32_t> core;
    for (std::uint32_t c = 0; c < relaxation_.share().size(); ++c)
        if (relaxation_.share()[c] > kInCore) core.push_back(c);
    search(core, round_, ctx);
}

} // namespace diaban::analysis
