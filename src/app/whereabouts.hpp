// Where the units of a list lie: which columns say so, and the words behind their names.
//
// Guarantee: no column says the same in every row, and none repeats what the page is about; what
// all rows have in common is said once instead.
#pragma once

#include "app/language.hpp"
#include "data/units.hpp"

#include <functional>

namespace diaban::app {

// Name of the unit's group of that level; "" if it is unknown.
std::string name_of_group(const data::UnitTable& units, data::Level level, std::size_t unit);
// "Huyện", "Tỉnh": above the column of a level.
std::string level_heading(data::Level level, const Language& language);

struct Whereabouts {
    std::vector<data::Level> columns; // District before Province
    std::string all_in; // "Thành phố Thuận An, Tỉnh Bình Dương": of two rows or more; else empty
};
// Of the `listed` units, among those that the page is about: `about(unit)`; nullptr: all.
Whereabouts whereabouts(const data::UnitTable& units, const std::vector<std::size_t>& listed,
                        const std::function<bool(std::size_t)>& about = nullptr);

// "Phường An Bình, Phường Dĩ An (Thị xã Dĩ An); Xã Lạc An (Huyện Tân Uyên)": the names of `listed`
// in their order, those of one place together. A unit without a name is called by its code.
// In units that all lie in one place it is not named.
std::string named_with_places(const data::UnitTable& units, const std::vector<std::size_t>& listed);

} // namespace diaban::app
