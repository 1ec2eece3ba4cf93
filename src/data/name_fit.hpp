// Whether a name that stands beside a unit's code can be that unit's.
//
// Guarantee: capitals, prefixes, missing diacritics and a misspelt letter are no contradiction,
// unless just so written the name is another unit's.
#pragma once

#include "data/names.hpp"

#include <unordered_map>
#include <unordered_set>

namespace diaban::data {

class NameFit {
public:
    // Refers to `units`, which must outlive it. `names`: other names of units, by code.
    NameFit(const UnitTable& units, const std::vector<Alias>& names);
    bool contradicts(std::size_t unit, std::string_view name) const;

private:
    const UnitTable& units_;
    std::unordered_set<std::string> known_;                           // keys of units' names
    std::unordered_map<std::string, std::vector<std::string>> other_; // code -> keys
};

} // namespace diaban::data
