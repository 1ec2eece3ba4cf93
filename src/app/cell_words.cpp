#include "app/cell_words.hpp"

#include <array>

namespace diaban::app {

std::string unit_text(const data::Indicator& indicator, const Language& language) {
    if (indicator.unit.empty()) return "";
    const auto id = "unit." + indicator.unit;
    return language.has(id) ? language.text(id) : indicator.unit;
}

std::string unit_after(double value, const data::Indicator& indicator, const Language& language) {
    const auto one = "unit_one." + indicator.unit;
    return value == 1 && language.has(one) ? language.text(one) : unit_text(indicator, language);
}

std::string empty_words(data::Cell cell, const Language& language) {
    switch (cell) {
    case data::Cell::Missing:
        return language.text("legend.no_data");
    case data::Cell::Suppressed:
        return language.text("legend.suppressed");
    case data::Cell::NotApplicable:
        return language.text("legend.not_applicable");
    case data::Cell::NotExisting:
        return language.text("legend.not_existing");
    case data::Cell::Observed:
    case data::Cell::Estimated:
        break;
    }
    return {};
}

std::string_view state_word(data::Cell cell) {
    static constexpr std::array<std::string_view, 6> kWords{
        "observed", "missing", "suppressed", "not_applicable", "estimated", "not_existing"};
    return kWords[static_cast<std::size_t>(cell)];
}

} // namespace diaban::app
