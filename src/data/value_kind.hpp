// What a column of numbers that nobody declared counts, read from its name and its values.
//
// Guarantees: what is not clearly a count is never summed; names are read in Vietnamese and
// English, with or without diacritics.
#pragma once

#include "data/cube.hpp"

namespace diaban::data {

// Shares, rates, means, densities, areas, indices, scores, ranks and codes: nothing that adds up.
bool names_no_count(std::string_view name);
// The persons whose small numbers must not be shown: offenders, drug users, patients, victims. Not
// the population, which everybody may know.
bool names_persons(std::string_view name);
bool names_population(std::string_view name);
// Count if all values are whole and not below zero and the name does not deny it; also values that
// the name calls a number of something ("so_ho", "tong_so_vu") and that are not below zero.
// Everything else is an Intensity: what it means is not known, but a sum would mean nothing.
Kind kind_of_values(std::string_view name, const std::vector<double>& values);

// What a column is measured in, where its name ends with it: "km²" of "dt_km2" or "Diện tích
// (km²)", "ha", "m²", "km". Empty if the name does not say.
std::string unit_named(std::string_view name);

} // namespace diaban::data
