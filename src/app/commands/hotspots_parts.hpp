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

private:
    bool yes_no(const data::Indicator& indicator) const;
    std::vector<double> part(const data::Indicator& rate, const std::string& id,
                             std::size_t period) const;

    const HotspotsRequest& request_;
    const data::IndicatorCube& cube_;
    const geo::Csr& links_;
};

// Fill report.scan, clusters, classes and counts; report.history and classes; report.trends and
// classes.
void run_scan(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx);
void run_emerging(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx);
void run_trend(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx);

// Fill report.sentence, method_line and map once everything else is known.
void put_into_words(HotspotsReport& report, const HotspotsInputs& in, const Language& language);
// The map that is asked for: its page, and its classes or how small p is. Throws Error Usage
// "error.hotspots.no_significance".
MapRequest page_request(const HotspotsRequest& request);
const StyledMap& map_shown(const HotspotsReport& report);
// The Moran scatter plot as a sheet. Where values are masked those units have no dot, and the
// others stand on a grid too coarse to work the masked ones out. Throws Error Usage
// "error.hotspots.no_scatter" for a method without values of neighbours.
map::ScatterPage scatter_of(const HotspotsReport& report, const HotspotsInputs& in,
                            const Language& language);

} // namespace diaban::app
