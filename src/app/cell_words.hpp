// What an empty cell and a unit are called: the same words in legend, table, tooltip, card,
// preview.
#pragma once

#include "app/language.hpp"
#include "data/cube.hpp"

namespace diaban::app {

// What a value is counted in, in the language: "người"; empty if the data do not say.
std::string unit_text(const data::Indicator& indicator, const Language& language);
// The same after a number: "1 person", "2 people".
std::string unit_after(double value, const data::Indicator& indicator, const Language& language);

// "no data", "suppressed" ...; empty for a cell that has a value.
std::string empty_words(data::Cell cell, const Language& language);

// "observed", "missing", "suppressed" ...: the same in every --json.
std::string_view state_word(data::Cell cell);

} // namespace diaban::app
