// The indicator catalogue: every code that reports and plans speak of, with its names.
//
// Guarantees: codes are unique; names are NFC and never empty. Codes and units are those of the
// domain reference, section 4, and of what shipped plans and rules count; a store may hold others.
#pragma once

#include "data/cube.hpp"

#include <array>
#include <span>
#include <string_view>

namespace diaban::data {

// Flow: counted over a period, so a year contains its halves. Stock: counted on a day. Class: a
// status or a score, which nobody adds up.
enum class Accrual : std::uint8_t { Flow, Stock, Class };
std::string_view to_string(Accrual reading); // "flow" "stock" "class"

struct CatalogueEntry {
    std::string_view code;    // "DR01"
    std::string_view name_vi; // "người nghiện có hồ sơ quản lý"
    std::string_view name_en;
    std::string_view unit; // "người", "%", "cuộc"; empty for a class
    std::string_view
        levels; // "X" commune, "H" district, "T" province; "X-T" from commune to province
    std::string_view period; // "Y" year, "S" half-year, "P" plan period, "D" on a day
    Accrual reading = Accrual::Flow;
    bool counts_persons = false; // small counts are masked on export
    // Other words of reports for the same thing, separated by '|', as base::search_key gives them.
    std::string_view words;
};

std::span<const CatalogueEntry> catalogue();
// Ignoring case; nullptr if there is none.
const CatalogueEntry* find_in_catalogue(std::string_view code);
// Codes that add up in every unit and period by what they mean: the first is the sum of the others.
std::span<const std::array<std::string_view, 3>> identities();
// As the cube describes it: kind, names, unit, categories of a status.
Indicator indicator_of(const CatalogueEntry& entry);

} // namespace diaban::data
