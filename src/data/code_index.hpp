// Finding units by code as tables write it: with or without leading zeros, with a ".0" behind.
#pragma once

#include "data/units.hpp"

#include <optional>
#include <string_view>
#include <unordered_map>

namespace diaban::data {

// Refers to the codes of `units`, which must outlive it. Empty codes are never found.
class CodeIndex {
public:
    // Zeros are restored only where the width shows the loss: all numeric codes of the units have
    // one width and the table's code is shorter; or the units lost their zeros, and
    // `table_width` (0 = none) is the one width of the table's codes.
    CodeIndex(const UnitTable& units, bool restore_zeros, std::size_t table_width);

    struct Match {
        std::size_t unit;
        bool restored;
    };
    std::optional<Match> find(std::string_view code) const;
    const std::vector<std::size_t>& repeated_units() const { return repeated_; }

private:
    std::unordered_map<std::string_view, std::size_t> exact_;
    std::unordered_map<std::string_view, std::size_t> stripped_; // without leading zeros
    std::vector<std::size_t> repeated_; // units whose code an earlier unit has
    bool restore_zeros_;
    std::size_t unit_width_ = 0, table_width_;
};

bool numeric_code(std::string_view code);
// The one width of all numeric codes; 0 if they differ or there are none.
std::size_t common_width(const std::vector<std::string_view>& codes);

} // namespace diaban::data
