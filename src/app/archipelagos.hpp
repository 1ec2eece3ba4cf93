// Hoàng Sa and Trường Sa: units of the country far from its mainland, in little maps on every map of
// it.
#pragma once

#include "base/error.hpp"
#include "data/units.hpp"

#include <array>
#include <string>

namespace diaban::app {

inline constexpr std::array<const char*, 2> kArchipelagos{"Hoàng Sa", "Trường Sa"};

// Whether a unit, its district or its province is named so, in whatever letters.
// `wanted_key`: as base::search_key() has it.
bool named_so(const data::UnitTable& units, std::size_t unit, const std::string& wanted_key);

// One finding, "no_archipelagos", where the boundaries have no unit of those that belong to what
// they hold: both to the whole country (most of its provinces or, where no provinces are known, a
// ground as long as the country), Hoàng Sa to Đà Nẵng alone, Trường Sa to Khánh Hòa alone. None for
// anything else. The vintage has a coverage.
base::Findings missing_archipelagos(const data::Vintage& vintage);
// The same findings without that one: for what shows only a part.
void leave_out_archipelagos(base::Findings& findings);

} // namespace diaban::app
