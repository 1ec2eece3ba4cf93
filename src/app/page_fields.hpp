// What stands for {year}, {area}, {count:hotspot} and the like in the texts of a layout.
#pragma once

#include "app/language.hpp"

#include <string>
#include <utility>
#include <vector>

namespace diaban::app {

struct PageFields {
    std::vector<std::pair<std::string, std::string>> texts; // "year": "2010"
    // Units of each row of the legend, by its key ("is:hot", "class:2/5", "no_data").
    std::vector<std::pair<std::string, std::size_t>> counts;
    bool several_maps = false; // on one sheet: no number counts the units of all of them
};

// The text with every field filled in; {page} and {pages} stay, for whoever paints the sheet.
// {count:is:hot} or {count:hot} is the number of units in a row of the legend, {count:hotspot} and
// {count:healthy} that of the statuses meant, {count:all} that of all rows. A brace that opens
// nothing stays. Throws Error Usage "error.layout.field" naming the fields there are,
// "error.layout.count_of_several".
std::string with_fields(const std::string& text, const PageFields& fields,
                        const Language& language);

} // namespace diaban::app
