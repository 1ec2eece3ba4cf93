// What several units are together, in words: the same in the table's subtotals and on the card.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"

#include <span>

namespace diaban::app {

struct Together {
    std::string text; // "1.240", "trung bình 3,2", "4 trọng điểm · 12 lành mạnh", "no data"
    std::size_t known = 0; // units with a value
    bool number = false;   // a unit of measure may follow the text
};
// Counts are summed, ratios recomputed, other numbers averaged, categories counted.
Together together(const Dataset& dataset, std::size_t indicator, std::size_t period,
                  std::span<const geo::FaceId> units, const Language& language);
// The text with the unit of measure of a number: "1.240 người".
std::string with_unit(const Together& together, const data::Indicator& indicator,
                      const Language& language);

} // namespace diaban::app
