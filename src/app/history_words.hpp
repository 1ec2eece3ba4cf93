// What an entry of the history changed, in words: "change classes: 5 → 6".
//
// Guarantee: the words of the label stand first, whatever else is known.
#pragma once

#include "app/history.hpp"
#include "app/language.hpp"

namespace diaban::app {

// Of the change from state i - 1 to state i, 0 < i < history.size(). `dataset`: for the names of
// indicators; may be null, then their ids stand.
std::string history_words(const History& history, std::size_t i, const Dataset* dataset,
                          const Language& language);

} // namespace diaban::app
