#include "data/units.hpp"

namespace diaban::data {

const Group* UnitTable::group_of(Level level, std::size_t unit) const {
    const auto l = static_cast<std::size_t>(level);
    if (parent[l].empty() || parent[l][unit] == geo::kNoGroup) return nullptr;
    return &groups[l][parent[l][unit]];
}

} // namespace diaban::data
