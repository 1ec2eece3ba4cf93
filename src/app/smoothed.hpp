// Rates made comparable between small and large populations, as indicators of their own that maps,
// tables and years show like any other: "DR01_rate:eb" is the empirical Bayes rate of "DR01_rate".
//
// Guarantee: they are computed from the numerator and denominator of the same dataset; of a masked
// one (app/mask.hpp) from what may be published.
#pragma once

#include "analysis/rates.hpp"
#include "app/dataset.hpp"

#include <optional>

namespace diaban::app {

struct SmoothedRate {
    data::IndicatorId rate; // empty: the first rate there is; only then the kind may be Raw
    analysis::RateKind kind = analysis::RateKind::Raw;
};

// Nothing for an indicator as it stands. ":raw" is the first rate as it stands.
std::optional<SmoothedRate> parse_smoothed(std::string_view indicator);
// The raw rate is the indicator itself.
data::IndicatorId smoothed_id(std::string_view rate, analysis::RateKind kind);
// "DR01_rate" of "DR01_rate:eb"; anything else as it is.
data::IndicatorId as_it_stands(std::string_view indicator);

// The dataset with that indicator; the same object if it has it, or if it is none of these. The
// neighbourhood of a spatial rate is the unit and those that touch it (queen). Throws Error Usage
// "error.hotspots.no_denominator", "error.rate.no_boundaries".
std::shared_ptr<const Dataset> with_smoothed(std::shared_ptr<const Dataset> dataset,
                                             const data::IndicatorId& indicator);
// "DR01_rate:eb" of ":eb": the id with the rate that there is.
data::IndicatorId full_id(const data::IndicatorId& indicator, const data::IndicatorCube& cube);
// Computes those that the cube holds anew, from its numerators and denominators.
void fill_smoothed(data::IndicatorCube& cube, const Dataset& dataset);

} // namespace diaban::app
