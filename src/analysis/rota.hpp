// A rota: so many inspections a month over the communes, by priority and least recently visited,
// with a reserved share drawn at random so that nobody is searched only because he was before.
//
// Each month a commune's claim is max(score, doubt) times the months since its last visit; the
// largest claims are visited, the lower row first among equals. The random share is drawn evenly
// from all the others. No commune twice in a month. The same input and seed give the same rota.
// Communes that must be visited come before both, each once, as early as the months have room, the
// largest claims first; what this takes from the random share of a month is drawn in later ones.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace diaban::analysis {

inline constexpr double kRandomShare = 0.2;  // domain reference 10
inline constexpr double kUnknownMonths = 60; // since the last visit, where nothing is known

struct RotaSpec {
    std::size_t months = 1, per_month = 10;
    double random_share = kRandomShare; // of all inspections; rounded over the months together
    std::uint64_t seed = 1;
    std::vector<std::uint32_t> must; // communes visited in any case; they count in `per_month`
};

enum class VisitReason : std::uint8_t {
    Must,         // asked for by name
    Priority,     // the score
    Verification, // what is not known weighs more than the score
    Random,
};

struct Visit {
    std::size_t month = 0; // from 0
    std::uint32_t commune = 0;
    VisitReason reason = VisitReason::Priority;
    double months_since = 0; // at the time
};

// In order of months; in a month those that must be visited, then the largest claims, then the
// random ones as they were drawn. `months_since`: NaN = unknown. Communes with a NaN score take no
// part, and none of them is in `must`. Throws Error Usage "error.rota.count" if a month has more
// inspections than communes, "error.rota.share", "error.rota.must" if more communes must be visited
// than there are inspections.
std::vector<Visit> make_rota(std::span<const double> score, std::span<const double> doubt,
                             std::span<const double> months_since, const RotaSpec& spec);

} // namespace diaban::analysis
