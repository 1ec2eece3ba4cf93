// A saved view: what the map showed and where, kept in the project under a name.
//
// Guarantee: a view says nothing about the data itself; it can be shown as long as the project has
// the indicator, and what else it names and is no longer there (units, places) is left out.
#pragma once

#include "app/across.hpp"
#include "app/extent.hpp"
#include "app/selection.hpp"
#include "app/view.hpp"

namespace diaban::app {

// The four views of time: one map, two years to compare, up to sixteen, what changed.
enum class MapMode { One, Compare, Multiples, Change };
inline constexpr std::array<std::string_view, 4> kMapModes{"one", "compare", "multiples", "change"};

struct SavedView {
    std::string name; // NFC; never empty, no two alike in a project
    MapChoice map;    // with the year on the map, of a comparison the second
    Across across = Across::No;
    std::string vintage; // of the boundaries; empty: the project's
    MapMode mode = MapMode::One;
    bool swipe = false;              // compared in one picture
    std::vector<data::Period> years; // of several pictures, or the two of a change; else empty
    Extent extent;
    std::vector<std::string> hidden_kinds; // of places
    std::vector<std::string> hidden_lines; // titles of line layers
    std::vector<data::UnitCode> selection;
    std::string spotlight; // code of the district that alone is lit; empty: none
    std::string unknown;   // JSON of keys this version does not know
    friend bool operator==(const SavedView&, const SavedView&) = default;
};

} // namespace diaban::app
