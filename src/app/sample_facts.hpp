// What happens in the sample province, 2009 to 2025: people, statuses, counts and planted clusters.
//
// Guarantees: with 156 communes the 2010 statuses and sums are those of a real report (An Giang,
// domain reference 5.3): 9 communes with prostitution and drugs, 34 with drugs only, 113 with
// neither, 101 of them healthy in 2009 already and 12 new; other sizes in proportion. A commune has
// recorded drug users if and only if its drug status is not "none".
#pragma once

#include "app/sample_places.hpp"

#include <array>

namespace diaban::app::sample {

inline constexpr int kFirstYear = 2009, kReformYear = 2025;
inline constexpr std::size_t kYears = kReformYear - kFirstYear + 1;

enum Seen : std::uint8_t { kNoneSeen, kPresent, kHot };

// Counts of a commune and year.
struct Counts {
    double people = 0;
    double users = 0;          // DR01
    double inspections = 0;    // IN01
    double visits = 0;         // IN02
    double violations = 0;     // IN03, at most `visits`
    double establishments = 0; // IN06
    double sessions = 0;       // CM01
    double gatherings = 0;     // EN03
    Seen drug = kNoneSeen, prostitution = kNoneSeen;
    bool no_report = false; // nothing but the population is known
    bool no_inspection_report = false;
};

struct Planted {
    std::size_t place;                   // index of make_places()
    std::vector<std::uint32_t> communes; // nearest first
    int from_year, until_year;
    double risk;
    bool prostitution; // hot in prostitution as well
    bool contains(std::uint32_t commune) const;
    bool runs(int year) const { return from_year <= year && year <= until_year; }
};

struct Facts {
    std::vector<std::array<Counts, kYears>> communes; // also for the year of the reform
    std::vector<Planted> planted;
};

Facts make_facts(const Province& province, const std::vector<Sited>& places, base::JobContext& ctx);

// Shares a whole total out in proportion to the weights, in whole numbers that add up to it:
// largest remainders, ties to the lower index.
std::vector<double> apportion(double total, const std::vector<double>& weights);

// Steps of make_facts, in this order.
std::vector<Planted> plant_clusters(const Province& province, const std::vector<Sited>& places);
void make_population(const Province& province, Facts& facts);
void make_statuses(const Province& province, Facts& facts, base::JobContext& ctx);
void make_counts(const Province& province, const std::vector<Sited>& places, Facts& facts,
                 base::JobContext& ctx);
void lose_reports(const Province& province, Facts& facts);

// How prone a commune is to drugs (0) or prostitution (1) in a year, before thresholds; about [-3,
// 3].
double leaning(const Province& province, std::uint32_t commune, std::size_t year, int domain);

} // namespace diaban::app::sample
