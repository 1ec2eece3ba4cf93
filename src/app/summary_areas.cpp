#include "app/summary_areas.hpp"

#include "files/store_agency.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

using ChosenUnits = std::vector<geo::FaceId>;

// Without a language nobody reads them.
std::string area_words(const Language* language, const char* id) {
    return language ? language->text(id) : std::string();
}

std::vector<SummaryArea> areas_of_level(const data::UnitTable& units, data::Level level,
                                        const ChosenUnits& chosen, const Language* language) {
    const auto l = static_cast<std::size_t>(level);
    std::vector<SummaryArea> out(units.groups[l].size() + 1);
    for (std::size_t g = 0; g < units.groups[l].size(); ++g) {
        const auto& group = units.groups[l][g];
        out[g].name = group.name.empty() ? group.code : group.name;
    }
    out.back().name = area_words(language, "ui.table.no_group");
    for (const auto unit : chosen)
        out[unit < units.parent[l].size()
                ? std::min<std::size_t>(units.parent[l][unit], units.groups[l].size())
                : units.groups[l].size()]
            .units.push_back(unit);
    std::erase_if(out, [](const SummaryArea& area) { return area.units.empty(); });
    return out;
}

std::vector<SummaryArea> areas_of_agencies(const data::IndicatorCube& cube, std::size_t indicator,
                                           std::size_t period, const ChosenUnits& chosen,
                                           const Language* language) {
    const auto& names = cube.indicators[indicator].categories;
    std::vector<SummaryArea> out(names.size() + 1);
    for (std::size_t k = 0; k < names.size(); ++k) out[k].name = names[k];
    out.back().name = area_words(language, "summary.no_agency");
    const auto slice = cube.slice(indicator, period);
    for (const auto unit : chosen)
        out[slice.has(unit) ? static_cast<std::size_t>(slice.value[unit]) : names.size()]
            .units.push_back(unit);
    std::erase_if(out, [](const SummaryArea& area) { return area.units.empty(); });
    return out;
}

std::vector<SummaryGrouping> groupings_of(const Dataset& dataset, std::size_t period,
                                          const ChosenUnits& chosen, const Language* language) {
    using data::Level;
    std::vector<SummaryGrouping> out;
    const auto& units = dataset.vintage->units;
    const auto& cube = *dataset.cube;
    if (units.has_level(Level::District))
        out.push_back({"sheet.by_district", SummaryGrouping::By::District,
                       areas_of_level(units, Level::District, chosen, language)});
    if (units.has_level(Level::Province))
        out.push_back({"sheet.by_province", SummaryGrouping::By::Province,
                       areas_of_level(units, Level::Province, chosen, language)});
    if (const auto agency = cube.find(files::kAgencyIndicator))
        out.push_back({"sheet.by_agency", SummaryGrouping::By::Agency,
                       areas_of_agencies(cube, *agency, period, chosen, language)});
    if (out.empty()) out.push_back({"sheet.by_province", SummaryGrouping::By::Nothing, {}});
    for (auto& grouped : out) grouped.areas.push_back({area_words(language, "column.all"), chosen});
    return out;
}

} // namespace

std::vector<SummaryGrouping> summary_groupings(const Dataset& dataset, std::size_t period,
                                               const ChosenUnits& chosen,
                                               const Language& language) {
    return groupings_of(dataset, period, chosen, &language);
}

std::vector<SummaryGrouping> summary_groupings(const Dataset& dataset, std::size_t period,
                                               const ChosenUnits& chosen) {
    return groupings_of(dataset, period, chosen, nullptr);
}

} // namespace diaban::app
