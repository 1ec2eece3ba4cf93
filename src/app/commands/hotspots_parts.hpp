// Pieces of `hotspots` that its files share. Private to app/commands.
#pragma once

#include "app/commands/hotspots.hpp"
#include "map/scatter_page.hpp"

namespace diaban::app {

// Scan, Emerging and Trend look at periods from `since` on; the others at one, or compare two.
bool spans_periods(HotspotMethod method);

// One indicator and period as numbers per unit, as the request wants them: a rate made anew, the
// yes and no of a status, or the value as it stands; NaN where there is none.
class HotspotValues {
public:
    HotspotValues(const HotspotsRequest& request, const data::IndicatorCube& cube,
                  const geo::Csr& links)
        : request_(request), cube_(cube), links_(links) {}

    std::vector<double> of(std::size_t indicator, std::size_t period) const;
    // Numerator and denominator of a rate; for a status yes and 1. Throws Error Usage
    // "error.hotspots.no_denominator".
    std::vector<double> cases(std::size_t indicator, std::size_t period) const;
    std::vector<double> people(std::size_t indicator, std::size_t period) const;
    // Units whose rate rests on few expected events; empty where that does not apply.
    std::vector<bool> unstable_rates(std::size_t indicator, std::size_t period) const;
    // Units with a number below zero where there can be none: a count, cases or people.
    std::size_t below_zero(std::size_t indicator, std::size_t period) const;

private:
    bool yes_no(const data::Indicator& indicator) const;
    std::vector<double> part(const data::Indicator& rate, const std::string& id,
                             std::size_t period) const;
    std::vector<double> as_it_stands(std::size_t indicator, std::size_t period) const;

    const HotspotsRequest& request_;
    const data::IndicatorCube& cube_;
    const geo::Csr& links_;
};

// The kind of its periods fits: whole years with whole years, half-years with half-years.
bool same_kind(data::Period a, data::Period b);
// Refuses numbers that no run accepts, before anything is looked at or said. Throws Error Usage.
void check_numbers(const HotspotsRequest& request);
// A local statistic as it is asked for; that of every period for an emerging hot spot.
analysis::LocalSpec local_spec(const HotspotsRequest& request, const HotspotsInputs& in);
analysis::ScanSpec scan_spec(const HotspotsRequest& request, analysis::ScanModel model);
// Fill in.indicator, period, second, since and periods. Throws Error Usage.
void choose_periods(HotspotsInputs& in, const HotspotsRequest& request, data::Period last);
// What a user should know before it is run, into in.advice; in.testable and in.reach.
void advise(HotspotsInputs& in, const HotspotsRequest& request);

// Fill report.scan, clusters, classes and counts; report.history and classes; report.trends and
// classes.
void run_scan(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx);
void run_emerging(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx);
void run_trend(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx);

// "2015", "2010–2024", "2010 → 2015".
std::string shown_periods(const HotspotsReport& report, const HotspotsInputs& in);
// Categories of a status that count as yes: those asked for, or the hot ones.
std::vector<std::string> counted_categories(const data::Indicator& status,
                                            const std::vector<std::string>& yes);
// Fill report.sentence, method_line and map once everything else is known.
void put_into_words(HotspotsReport& report, const HotspotsInputs& in, const Language& language);
// The map that is asked for: its page, and its classes or how small p is. Throws Error Usage
// "error.hotspots.no_significance".
MapRequest page_request(const HotspotsReport& report, const HotspotsInputs& in,
                        const Language& language);
const StyledMap& map_shown(const HotspotsReport& report);
// The Moran scatter plot as a sheet; masked units have no dot. Throws Error Usage
// "error.hotspots.no_scatter" for a method without values of neighbours.
map::ScatterPage scatter_of(const HotspotsReport& report, const HotspotsInputs& in,
                            const Language& language);

} // namespace diaban::app
