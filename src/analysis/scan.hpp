// Kulldorff's scan statistic: circles (or cylinders in space and time) with more cases than chance.
//
// Sources: Kulldorff (1997), Poisson and Bernoulli likelihood; space and time Kulldorff et al.
// (1998). Zones are the nearest units of each centre, units at equal distance together, up to a
// share of the population; windows in time up to a share of the periods. p by Monte Carlo of the
// maximum, given the number of cases: (1 + replicas whose maximum is at least as large) / (replicas
// + 1).
//
// Guarantees: the same bits for any number of threads. Units without coordinates, cases or
// population take no part. Secondary clusters share no unit with a stronger one; their p compares
// with the maxima too, so it errs on the side of caution.
#pragma once

#include "base/job.hpp"
#include "geo/point.hpp"

#include <cstdint>
#include <vector>

namespace diaban::analysis {

enum class ScanModel { Poisson, Bernoulli };

struct ScanInput {
    std::vector<geo::Point> at; // NaN: the unit is left out
    std::size_t periods = 1;
    // [unit * periods + period]; NaN in any period leaves the unit out.
    std::vector<double> cases; // whole numbers
    // Poisson: expected cases up to a common factor (people, or people times the rates of their
    // ages); Bernoulli: trials, whole numbers, of which `cases` succeeded.
    std::vector<double> base;
};

struct ScanSpec {
    ScanModel model = ScanModel::Poisson;
    double most_population = 0.5; // share of all base that a zone may hold
    double most_time = 0.5;       // share of the periods that a window may last
    std::uint32_t replicas = 999; // 99 .. 99,999
    std::uint64_t seed = 1;
    double alpha = 0.05;
    // Memory alone, 8 bytes each and thread: numbers of cases that a replica looks up in a table.
    // The likelihood of zones with more is computed one by one; the outcome is the same.
    std::size_t most_tabled = 1'000'000;
    friend bool operator==(const ScanSpec&, const ScanSpec&) = default;
};

struct ScanCluster {
    std::vector<std::uint32_t> units; // rows, centre first, by distance
    double radius_m = 0;
    std::size_t from = 0, until = 0; // periods, both included
    double cases = 0, expected = 0;  // expected at the rate of the whole
    double relative_risk = 0;        // rate inside over rate outside; infinite if none outside
    double llr = 0;                  // log likelihood ratio
    double p = 1;
};

struct ScanResult {
    std::vector<ScanCluster> clusters; // strongest first; the first even if not significant
    std::vector<std::uint32_t> left_out;
    std::size_t units = 0;
    double cases = 0, base = 0;
    std::vector<double> maxima; // of the replicas
};

// log likelihood ratio of c cases where e are expected, of `total` cases (Poisson; 0 unless c > e);
// of c successes in n of C in N trials (Bernoulli; 0 unless the share inside is higher).
double poisson_llr(double c, double e, double total);
double bernoulli_llr(double c, double n, double total, double trials);
// Never below these ratios, and quick to compute: ln x <= x - 1 makes each of their terms o ln(o /
// e) one of Pearson's, (o - e)^2 / e in sum. Not a number where a ratio is 0 because all are cases.
double poisson_bound(double c, double e, double total);
double bernoulli_bound(double c, double n, double total, double trials);
// Throws Error Usage "error.scan.spec" where scan() would.
void check_spec(const ScanSpec& spec);

// How many times more the counts of units vary than Poisson counts of the same rate would: the
// variance of (c - e) / sqrt(e), from the median deviation so that a few clusters do not make it. 1
// without overdispersion; below it where few cases are expected. Units without cases known or
// without people take no part; 0 of fewer than three.
double overdispersion(const std::vector<double>& cases, const std::vector<double>& base);

// No cases, or fewer than two units: no clusters. Throws Error Usage "error.scan.spec", Data
// "error.scan.whole" (cases or trials that are no whole numbers, or more cases than trials),
// "error.scan.too_large" (more zones than fit the memory: ask for a smaller share).
ScanResult scan(const ScanInput& input, const ScanSpec& spec, base::JobContext& ctx);

} // namespace diaban::analysis
