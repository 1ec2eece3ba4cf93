#include "base/number.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace diaban::base {

std::optional<double> parse_number(std::string_view cell, NumberStyle style) {
    cell = trim(cell);
    if (cell.empty()) return std::nullopt;
    std::string plain;
    plain.reserve(cell.size());
    bool in_fraction = false;
    bool in_exponent = false;
    bool grouped = false;
    std::size_t digits_since_group = 0;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const char c = cell[i];
        if (c >= '0' && c <= '9') {
            plain += c;
            ++digits;
            ++digits_since_group;
        } else if ((c == '+' || c == '-') && (i == 0 || plain.back() == 'e')) {
            if (c == '-') plain += c;
        } else if (style.group && c == style.group && !in_fraction && !in_exponent) {
            const bool first = !grouped;
            if ((first && (digits_since_group == 0 || digits_since_group > 3)) ||
                (!first && digits_since_group != 3))
                return std::nullopt;
            grouped = true;
            digits_since_group = 0;
        } else if (c == style.decimal && !in_fraction && !in_exponent) {
            if (grouped && digits_since_group != 3) return std::nullopt;
            in_fraction = true;
            plain += '.';
        } else if ((c == 'e' || c == 'E') && !in_exponent && digits > 0) {
            in_exponent = true;
            plain += 'e';
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0 || (grouped && !in_fraction && !in_exponent && digits_since_group != 3))
        return std::nullopt;
    double value = 0;
    const auto [end, status] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (status != std::errc{} || end != plain.data() + plain.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

ColumnStyle guess_number_style(const std::vector<std::string_view>& cells) {
    static constexpr NumberStyle kStyles[] = {{'.', '\0'}, {'.', ','}, {',', '.'}, {',', '\0'}};
    ColumnStyle best;
    best.not_numbers = cells.size() + 1;
    for (const auto style : kStyles) {
        std::size_t failed = 0;
        for (const auto cell : cells)
            if (!trim(cell).empty() && !parse_number(cell, style)) ++failed;
        if (failed < best.not_numbers) best = {style, false, failed};
    }
    for (const auto style : kStyles) {
        if (style == best.style) continue;
        std::size_t failed = 0;
        bool differs = false;
        for (const auto cell : cells) {
            if (trim(cell).empty()) continue;
            const auto value = parse_number(cell, style);
            if (!value)
                ++failed;
            else if (const auto chosen = parse_number(cell, best.style); chosen && *chosen != *value)
                differs = true;
        }
        if (failed == best.not_numbers && differs) best.ambiguous = true;
    }
    return best;
}

std::string format_number(double value, int decimals, NumberStyle style) {
    if (!std::isfinite(value)) return "–";
    auto text = fmt::format("{:.{}f}", value, std::max(0, decimals));
    bool negative = text.front() == '-';
    if (negative) text.erase(0, 1);
    if (negative && text.find_first_not_of("0.") == std::string::npos) negative = false;  // -0,0
    const auto point = text.find('.');
    std::string whole = text.substr(0, point);
    if (style.group && whole.size() > 3)
        for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
            whole.insert(static_cast<std::size_t>(at), 1, style.group);
    std::string out = negative ? "−" + whole : whole;
    if (point != std::string::npos) out += style.decimal + text.substr(point + 1);
    return out;
}

std::string format_count(std::int64_t value, NumberStyle style) {
    return format_number(static_cast<double>(value), 0, style);
}

std::string format_exact(double value) { return fmt::format("{}", value); }

int decimals_for(const std::vector<double>& values) {
    double smallest_gap = 0;
    double largest = 0;
    auto sorted = values;
    std::erase_if(sorted, [](double v) { return !std::isfinite(v); });
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        largest = std::max(largest, std::fabs(sorted[i]));
        if (i > 0 && sorted[i] > sorted[i - 1]) {
            const double gap = sorted[i] - sorted[i - 1];
            if (smallest_gap == 0 || gap < smallest_gap) smallest_gap = gap;
        }
    }
    const auto whole = [](double v) { return std::fabs(v - std::round(v)) < 1e-9; };
    if (std::all_of(sorted.begin(), sorted.end(), whole)) return 0;
    const double scale = smallest_gap > 0 ? smallest_gap : largest;
    if (scale <= 0) return 0;
    // Two significant digits of the smallest gap, never beyond the noise of a double.
    const int wanted = 1 - static_cast<int>(std::floor(std::log10(scale)));
    return std::clamp(wanted, 0, 8);
}

} // namespace diaban::base
