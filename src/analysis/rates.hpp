// Rates of events in populations, and what makes small populations comparable with large ones.
//
// Throughout: O_i events among P_i persons at risk, p_i = O_i / P_i, m = sum O / sum P. A unit
// takes no part if O or P is missing (NaN) or P <= 0: its result is NaN, never zero.
#pragma once

#include "geo/point.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace diaban::analysis {

enum class RateKind {
    Raw,            // p_i
    ExcessRisk,     // O_i / E_i, E_i = m P_i: 2 = twice the overall rate
    EmpiricalBayes, // Marshall (1991), towards the overall rate; as R spdep EBest
    SpatialBayes,   // Marshall (1991), towards the rate of unit and neighbours; as spdep EBlocal
    BayesIndex,     // Assunção & Reis (1999): standardised, for local and global Moran
};
std::string_view to_string(RateKind kind); // "raw", "excess", "eb", "spatial-eb", "eb-index"

// `links` is needed for SpatialBayes only: the neighbourhood is the unit and its neighbours.
// If nobody has an event (m = 0) the raw rate and both Bayes rates are 0 and the excess risk and
// the index are undefined (NaN).
std::vector<double> rates(std::span<const double> events, std::span<const double> population,
                          RateKind kind, const geo::Csr& links = {});

// Units whose raw rate says little: fewer than `fewest` events are expected at the overall rate, so
// that one event more or less moves the rate by 1 / fewest of the overall one.
inline constexpr double kFewestExpected = 5;
std::vector<bool> unstable(std::span<const double> events, std::span<const double> population,
                           double fewest = kFewestExpected);

} // namespace diaban::analysis
