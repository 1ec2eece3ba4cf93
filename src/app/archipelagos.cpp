#include "app/archipelagos.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <vector>

namespace diaban::app {
namespace {

using data::Level;

const std::vector<data::Group>& provinces_of(const data::UnitTable& units) {
    return units.groups[static_cast<std::size_t>(Level::Province)];
}

bool is_whole_country(const data::Vintage& vintage) {
    // The country has had 34 provinces at the fewest, and reaches over 14.9 degrees from south to
    // north; no region of it is half as long.
    constexpr std::size_t kMostProvinces = 30;
    constexpr double kDegrees = 12, kMetresPerDegree = 111'000;
    if (const auto& provinces = provinces_of(vintage.units); !provinces.empty())
        return provinces.size() >= kMostProvinces;
    const auto& crs = vintage.coverage->crs();
    if (!crs.known()) return false;
    const auto box = vintage.coverage->main_box();
    return box.height() * crs.metres_per_unit() >=
           kDegrees * (crs.geographic() ? 1 : kMetresPerDegree);
}

bool name_holds(const std::string& name, const std::string& key) {
    return base::search_key(name).find(key) != std::string::npos;
}

// Of an archipelago. Most names have no such letters at all: they need not be brought to a key.
bool holds_archipelago(const std::string& name, const std::string& key) {
    const auto is = [](char c, char wanted) { return c == wanted || c == wanted - 'a' + 'A'; };
    for (std::size_t i = 0; i + 1 < name.size(); ++i)
        if (is(name[i], 's') && is(name[i + 1], 'a')) return name_holds(name, key);
    return false;
}

bool has_any(const data::UnitTable& units, const std::string& key) {
    const auto group_holds = [&](const data::Group& group) {
        return holds_archipelago(group.name, key);
    };
    for (const auto& level : units.groups)
        if (std::any_of(level.begin(), level.end(), group_holds)) return true;
    return std::any_of(units.name.begin(), units.name.end(),
                       [&](const std::string& name) { return holds_archipelago(name, key); });
}

} // namespace

bool named_so(const data::UnitTable& units, std::size_t unit, const std::string& wanted_key) {
    if (name_holds(units.name[unit], wanted_key)) return true;
    for (const auto level : {Level::District, Level::Province}) {
        const auto* group = units.group_of(level, unit);
        if (group && name_holds(group->name, wanted_key)) return true;
    }
    return false;
}

base::Findings missing_archipelagos(const data::Vintage& vintage) {
    constexpr std::array<const char*, kArchipelagos.size()> kProvinces{"da nang", "khanh hoa"};
    const auto& provinces = provinces_of(vintage.units);
    const bool whole = is_whole_country(vintage);
    const auto alone = provinces.size() == 1 ? base::search_key(provinces.front().name) : "";
    std::vector<std::string> missing;
    for (std::size_t a = 0; a < kArchipelagos.size(); ++a) {
        const bool belongs = whole || alone.find(kProvinces[a]) != std::string::npos;
        if (belongs && !has_any(vintage.units, base::search_key(kArchipelagos[a])))
            missing.push_back(kArchipelagos[a]);
    }
    if (missing.empty()) return {};
    return {base::finding(base::Severity::Warning, "no_archipelagos",
                          {{"names", base::joined(missing)}})};
}

void leave_out_archipelagos(base::Findings& findings) {
    std::erase_if(findings,
                  [](const base::Finding& finding) { return finding.key == "no_archipelagos"; });
}

} // namespace diaban::app
