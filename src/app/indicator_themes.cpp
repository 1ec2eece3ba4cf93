#include "app/indicator_themes.hpp"

#include "app/smoothed.hpp"
#include "data/catalogue.hpp"

#include <algorithm>
#include <array>

namespace diaban::app {
namespace {

struct Theme {
    std::string_view id, codes; // codes: beginnings of the catalogue's, separated by blanks
};
// The first theme that names a code of the catalogue has it. Support before the others: DR08, OR04
// and most of SW are services, though their letters say otherwise. A column that is not of the
// catalogue is in none of them, whatever letters its name begins with.
constexpr std::array<Theme, 8> kThemes{{{"status", "ST"},
                                        {"support", "OR04 DR08 DR10 SW02 SW03 SW04 SW05 SW06 OR06"},
                                        {"persons", "DR SW01"},
                                        {"inspection", "IN"},
                                        {"enforcement", "EN"},
                                        {"communication", "CM"},
                                        {"organisation", "OR"},
                                        {"other", ""}}};
constexpr std::array<std::string_view, 8> kOrder{"status",       "persons",     "support",
                                                 "inspection",   "enforcement", "communication",
                                                 "organisation", "other"};

bool begins_with_one(std::string_view id, std::string_view codes) {
    for (std::size_t at = 0; at < codes.size();) {
        const auto end = std::min(codes.find(' ', at), codes.size());
        if (id.starts_with(codes.substr(at, end - at))) return true;
        at = end + 1;
    }
    return codes.empty();
}

// "DR08", "SW04a", what is made of one ("DR01_rate"), and the whole of which the catalogue has the
// parts (SW04 of SW04a). A status that is no class but a number is a column of another meaning.
const data::CatalogueEntry* entry_of(std::string_view id, data::Kind kind) {
    const auto stem = id.substr(0, id.find('_'));
    const auto* entry = data::find_in_catalogue(id);
    if (!entry) entry = data::find_in_catalogue(stem);
    for (char part = 'a'; !entry && part <= 'c'; ++part)
        entry = data::find_in_catalogue(std::string(stem) + part);
    if (!entry) return nullptr;
    const bool category = data::indicator_of(*entry).kind == data::Kind::Category;
    return category && kind != data::Kind::Category ? nullptr : entry;
}

std::string_view theme_of(const data::Indicator& indicator) {
    // A rate belongs where its numerator does.
    const bool rate = indicator.kind == data::Kind::Ratio && !indicator.numerator.empty();
    const auto* entry = entry_of(rate ? indicator.numerator : indicator.id, indicator.kind);
    if (!entry) return "other";
    for (const auto& theme : kThemes)
        if (begins_with_one(entry->code, theme.codes)) return theme.id;
    return "other";
}

} // namespace

std::vector<IndicatorTheme> indicator_themes(const data::IndicatorCube& cube,
                                             const Language& language) {
    std::vector<IndicatorTheme> out;
    for (const auto id : kOrder) {
        IndicatorTheme theme{std::string(id), language.text("theme." + std::string(id)), {}};
        for (std::size_t i = 0; i < cube.indicators.size(); ++i)
            if (theme_of(cube.indicators[i]) == id && !parse_smoothed(cube.indicators[i].id))
                theme.indicators.push_back(i);
        if (!theme.indicators.empty()) out.push_back(std::move(theme));
    }
    return out;
}

} // namespace diaban::app
