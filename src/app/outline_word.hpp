// What a person says of a unit whose outer border was told apart wrongly, or could not be: it lies
// on the coast or the land border, or it does not.
#pragma once

#include "data/units.hpp"

namespace diaban::app {

struct OutlineWord {
    std::string kind; // "coast" or "border"
    data::UnitCode code;
    bool is = true;
    friend bool operator==(const OutlineWord&, const OutlineWord&) = default;
};

} // namespace diaban::app
