#include "data/cube.hpp"

#include "data/unknown_indicator.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace diaban::data {

std::string to_string(Period p) {
    if (p.year == 0) return "";
    return p.half == 0 ? fmt::format("{}", p.year) : fmt::format("{}-H{}", p.year, p.half);
}

std::optional<Period> parse_period(std::string_view text) {
    Period p;
    const auto* end = text.data() + text.size();
    auto [rest, status] = std::from_chars(text.data(), end, p.year);
    if (status != std::errc{} || p.year < 1000 || p.year > 9999) return std::nullopt;
    const std::string_view tail(rest, static_cast<std::size_t>(end - rest));
    if (tail.empty() || tail.find_first_not_of(".0") == tail.npos) return p;
    if (tail == "-H1" || tail == "H1") return Period{p.year, 1};
    if (tail == "-H2" || tail == "H2") return Period{p.year, 2};
    return std::nullopt;
}

IndicatorCube::IndicatorCube(std::string vintage_, std::vector<Indicator> indicators_,
                             std::vector<Period> periods_, std::size_t units)
    : vintage(std::move(vintage_)), indicators(std::move(indicators_)),
      periods(std::move(periods_)), units_(units),
      value_(indicators.size() * periods.size() * units, std::numeric_limits<double>::quiet_NaN()),
      state_(value_.size(), Cell::Missing) {}

std::optional<std::size_t> IndicatorCube::find(std::string_view indicator) const {
    for (std::size_t i = 0; i < indicators.size(); ++i)
        if (indicators[i].id == indicator) return i;
    return std::nullopt;
}

std::optional<std::size_t> IndicatorCube::find(Period period) const {
    for (std::size_t i = 0; i < periods.size(); ++i)
        if (periods[i] == period) return i;
    return std::nullopt;
}

Slice IndicatorCube::slice(std::size_t indicator, std::size_t period) const {
    const auto first = at(indicator, period, 0);
    return {std::span(value_).subspan(first, units_), std::span(state_).subspan(first, units_)};
}

void IndicatorCube::set(std::size_t indicator, std::size_t period, std::size_t unit, double value,
                        Cell state) {
    const bool has = state == Cell::Observed || state == Cell::Estimated;
    value_[at(indicator, period, unit)] = has ? value : std::numeric_limits<double>::quiet_NaN();
    state_[at(indicator, period, unit)] = state;
}

double IndicatorCube::value(std::size_t indicator, std::size_t period, std::size_t unit) const {
    return value_[at(indicator, period, unit)];
}

Cell IndicatorCube::state(std::size_t indicator, std::size_t period, std::size_t unit) const {
    return state_[at(indicator, period, unit)];
}

std::vector<double> IndicatorCube::pooled(std::size_t indicator) const {
    std::vector<double> out;
    for (std::size_t p = 0; p < periods.size(); ++p) {
        const auto s = slice(indicator, p);
        for (std::size_t i = 0; i < s.size(); ++i)
            if (s.has(i)) out.push_back(s.value[i]);
    }
    return out;
}

std::size_t IndicatorCube::add_ratio(const Indicator& ratio) {
    const auto numerator = find(ratio.numerator);
    const auto denominator = find(ratio.denominator);
    if (!numerator || !denominator)
        throw unknown_indicator(base::ErrorKind::Data,
                                numerator ? ratio.denominator : ratio.numerator, indicators);
    const auto added = indicators.size();
    indicators.push_back(ratio);
    indicators.back().kind = Kind::Ratio;
    value_.resize(value_.size() + periods.size() * units_,
                  std::numeric_limits<double>::quiet_NaN());
    state_.resize(value_.size(), Cell::Missing);
    for (std::size_t p = 0; p < periods.size(); ++p) {
        for (std::size_t i = 0; i < units_; ++i) {
            const auto n = state(*numerator, p, i);
            const auto d = state(*denominator, p, i);
            const auto usable = [](Cell c) { return c == Cell::Observed || c == Cell::Estimated; };
            if (!usable(n) || !usable(d)) {
                set(added, p, i, 0, usable(n) ? d : n);
            } else if (value(*denominator, p, i) == 0) {
                set(added, p, i, 0, Cell::NotApplicable);
            } else {
                const bool estimated = n == Cell::Estimated || d == Cell::Estimated;
                set(added, p, i, value(*numerator, p, i) / value(*denominator, p, i) * ratio.scale,
                    estimated ? Cell::Estimated : Cell::Observed);
            }
        }
    }
    return added;
}

} // namespace diaban::data
