#include "app/indicator_themes.hpp"

#include "app/smoothed.hpp"

#include <algorithm>
#include <array>

namespace diaban::app {
namespace {

struct Theme {
    std::string_view id, codes; // codes: beginnings, separated by blanks
};
// The catalogue's codes; the first theme that names one has it. Support before the others: DR08,
// OR04 and most of SW are services, though their letters say otherwise.
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

std::string_view theme_of(const data::Indicator& indicator) {
    // A rate belongs where its numerator does.
    const std::string_view id = indicator.kind == data::Kind::Ratio && !indicator.numerator.empty()
                                    ? indicator.numerator
                                    : indicator.id;
    for (const auto& theme : kThemes)
        if (begins_with_one(id, theme.codes)) return theme.id;
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
