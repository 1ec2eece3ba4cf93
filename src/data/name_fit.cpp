#include "data/name_fit.hpp"

#include "base/spelling.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace diaban::data {
namespace {

std::string key_of(std::string_view name) {
    return base::letter_key(without_prefix(base::tone_key(name), Level::Commune));
}

} // namespace

NameFit::NameFit(const UnitTable& units, const std::vector<Alias>& names) : units_(units) {
    for (const auto& name : units.name) known_.insert(key_of(name));
    for (const auto& alias : names) other_[alias.code].push_back(key_of(alias.name));
}

bool NameFit::contradicts(std::size_t unit, std::string_view name) const {
    const auto given = key_of(name), own = key_of(units_.name[unit]);
    if (given.empty() || own.empty() || given == own) return false;
    if (const auto other = other_.find(units_.code[unit]); other != other_.end())
        if (std::find(other->second.begin(), other->second.end(), given) != other->second.end())
            return false;
    if (known_.contains(given)) return true;
    const auto a = base::search_key(given), b = base::search_key(own);
    if (a == b) return false;
    const auto longest = std::max(a.size(), b.size());
    const bool digits =
        std::any_of(a.begin(), a.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits || base::edit_distance(a, b) > std::max<std::size_t>(1, longest / 4);
}

} // namespace diaban::data
