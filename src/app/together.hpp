// What several units are together, in words: the same in the table's subtotals and on the card.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"

#include <optional>
#include <span>

namespace diaban::app {

struct Together {
    // "1.240", "≈ 310", "trung bình 3,2", "4 trọng điểm · 12 lành mạnh · 2 no data", "no data";
    // "–" for rates that cannot be made anew
    std::string text;
    std::size_t known = 0;       // units with a value
    std::optional<double> value; // that a unit of measure may follow
};
// Counts are summed, ratios recomputed, other numbers averaged, categories counted.
Together together(const Dataset& dataset, std::size_t indicator, std::size_t period,
                  std::span<const geo::FaceId> units, const Language& language);
// By what rule, and of how many of the units: "Tổng của các xã. 10 / 12 xã có số liệu".
std::string together_rule(const Dataset& dataset, std::size_t indicator, const Together& together,
                          std::size_t units, const Language& language);
// The text with the unit of measure of a number: "1.240 người".
std::string with_unit(const Together& together, const data::Indicator& indicator,
                      const Language& language);

} // namespace diaban::app
