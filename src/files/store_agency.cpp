#include "files/store_agency.hpp"

#include "base/text.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

namespace diaban::files {

std::string last_day(data::Period period) {
    if (period.year == 0) return "9999-12-31";
    return fmt::format("{:04}-{}", period.year, period.half == 1 ? "06-30" : "12-31");
}

data::Indicator agency_indicator(const std::vector<data::Assignment>& assignments) {
    data::Indicator indicator;
    indicator.id = kAgencyIndicator;
    indicator.kind = data::Kind::Category;
    indicator.name_vi = "Đơn vị phụ trách địa bàn";
    indicator.name_en = "Responsible agency";
    std::vector<std::string> names;
    for (const auto& a : assignments) names.push_back(a.agency);
    const auto keys = base::sort_keys(names);
    std::set<std::pair<std::string, std::string>> in_order; // by key, then by bytes
    for (std::size_t i = 0; i < names.size(); ++i) in_order.emplace(keys[i], names[i]);
    for (const auto& [key, name] : in_order) indicator.categories.push_back(name);
    return indicator;
}

void fill_agencies(data::IndicatorCube& cube, std::size_t indicator, const data::UnitTable& units,
                   const std::vector<data::Assignment>& assignments) {
    std::multimap<std::string_view, const data::Assignment*> by_code;
    for (const auto& a : assignments) by_code.emplace(a.code, &a);
    std::map<std::string_view, std::size_t> value;
    for (const auto& name : cube.indicators[indicator].categories)
        value.emplace(name, value.size());
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto day = last_day(cube.periods[p]);
        for (std::size_t i = 0; i < units.size(); ++i) {
            const data::Assignment* now = nullptr;
            const auto [begin, end] = by_code.equal_range(units.code[i]);
            for (auto at = begin; at != end; ++at)
                if (data::valid_on(at->second->from, at->second->until, day) &&
                    (!now || now->from < at->second->from))
                    now = at->second;
            if (!now) continue;
            cube.set(indicator, p, i, static_cast<double>(value.at(now->agency)));
        }
    }
}

} // namespace diaban::files
