// What an empty cell is called: the same words in legend, table, tooltip, card and preview.
#pragma once

#include "app/language.hpp"
#include "data/cube.hpp"

namespace diaban::app {

// "no data", "suppressed" ...; empty for a cell that has a value.
std::string empty_words(data::Cell cell, const Language& language);

// "observed", "missing", "suppressed" ...: the same in every --json.
std::string_view state_word(data::Cell cell);

} // namespace diaban::app
