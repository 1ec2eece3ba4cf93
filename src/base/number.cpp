#include "base/number.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace diaban::base {
namespace {

constexpr std::string_view kMinus = "\xE2\x88\x92"; // U+2212, as printed by format_number

// Takes a leading sign; true if it was a minus.
bool take_sign(std::string_view& rest) {
    if (rest.starts_with(kMinus)) return rest.remove_prefix(kMinus.size()), true;
    const bool minus = rest.starts_with('-');
    if (minus || rest.starts_with('+')) rest.remove_prefix(1);
    return minus;
}

// Takes digits, and appends them to `out`. How many there were.
std::size_t take_digits(std::string_view& rest, std::string& out) {
    const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    out += rest.substr(0, end);
    rest.remove_prefix(end);
    return end;
}

// Takes the mark between groups of digits, if it is there. A blank is also one that does not break
// a line (U+00A0, U+202F), a thin one or one as wide as a digit (U+2009, U+2007).
bool take_group_mark(std::string_view& rest, char mark) {
    if (mark && rest.starts_with(mark)) return rest.remove_prefix(1), true;
    static constexpr std::array<std::string_view, 4> kBlankMarks{"\xC2\xA0", "\xE2\x80\xAF",
                                                                 "\xE2\x80\x89", "\xE2\x80\x87"};
    if (mark != ' ') return false;
    for (const auto blank : kBlankMarks)
        if (rest.starts_with(blank)) return rest.remove_prefix(blank.size()), true;
    return false;
}

// The cell as from_chars reads it: '.' as decimal sign, no groups, no plus.
std::optional<std::string> plain_number(std::string_view cell, NumberStyle style) {
    auto rest = trim(cell);
    std::string out;
    if (take_sign(rest)) out += '-';

    const bool zero_first = rest.starts_with('0');
    auto digits = take_digits(rest, out);
    for (bool first = true; take_group_mark(rest, style.group); first = false) {
        if (first && (digits == 0 || digits > 3)) return std::nullopt;
        // "090 123 456" is a number to call, not to count with, and "0.208" is no 208.
        if (zero_first) return std::nullopt;
        if (take_digits(rest, out) != 3) return std::nullopt;
    }
    if (rest.starts_with(style.decimal)) {
        rest.remove_prefix(1);
        out += '.';
        digits += take_digits(rest, out);
    }
    if (digits == 0) return std::nullopt;
    if (rest.starts_with('e') || rest.starts_with('E')) {
        rest.remove_prefix(1);
        out += 'e';
        if (take_sign(rest)) out += '-';
        if (take_digits(rest, out) == 0) return std::nullopt;
    }
    if (!rest.empty()) return std::nullopt;
    return out;
}

// The styles that columns are tried in; of two that fit equally well the first is taken.
constexpr NumberStyle kMarkStyles[] = {{'.', '\0'}, {'.', ','}, {',', '.'}, {',', '\0'}};
constexpr NumberStyle kBlankStyles[] = {{',', ' '}, {'.', ' '}};

// How a style reads the filled cells of a column: how many are no numbers in it, and whether any
// has another value than in `chosen`.
struct StyleFit {
    std::size_t failed = 0;
    bool differs = false;
};
StyleFit fit_of(const std::vector<std::string_view>& cells, NumberStyle style, NumberStyle chosen) {
    StyleFit out;
    for (const auto cell : cells) {
        if (trim(cell).empty()) continue;
        const auto value = parse_number(cell, style);
        if (!value) {
            ++out.failed;
        } else if (!(style == chosen)) {
            const auto other = parse_number(cell, chosen);
            out.differs = out.differs || (other && *other != *value);
        }
    }
    return out;
}

// "1234567" -> "1.234.567"
std::string grouped(std::string whole, NumberStyle style) {
    if (style.group)
        for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
            whole.insert(static_cast<std::size_t>(at), 1, style.group);
    return whole;
}

} // namespace

std::optional<double> parse_number(std::string_view cell, NumberStyle style) {
    const auto plain = plain_number(cell, style);
    if (!plain) return std::nullopt;
    double value = 0;
    const auto* const last = plain->data() + plain->size();
    const auto [end, status] = std::from_chars(plain->data(), last, value);
    if (end != last) return std::nullopt;
    // Out of range: too small is zero, too large is no number that we could compute with.
    if (status == std::errc::result_out_of_range && plain->find("e-") != std::string::npos)
        return 0;
    if (status != std::errc{} || !std::isfinite(value)) return std::nullopt;
    return value;
}

ColumnStyle guess_number_style(const std::vector<std::string_view>& cells) {
    ColumnStyle best;
    best.not_numbers = cells.size() + 1;
    for (const auto style : kMarkStyles)
        if (const auto fit = fit_of(cells, style, style); fit.failed < best.not_numbers)
            best = {style, false, fit.failed};
    for (const auto style : kMarkStyles) {
        const auto fit = fit_of(cells, style, best.style);
        if (fit.failed == best.not_numbers && fit.differs) best.ambiguous = true;
    }
    // Blanks group the digits of a column if that reads more of its cells and no cell could be read
    // as another number: "1.234" beside "12 345" may be a thousand.
    for (const auto style : kBlankStyles) {
        const auto fit = fit_of(cells, style, style);
        if (fit.failed >= best.not_numbers) continue;
        if (std::none_of(std::begin(kMarkStyles), std::end(kMarkStyles),
                         [&](NumberStyle other) { return fit_of(cells, other, style).differs; }))
            best = {style, false, fit.failed};
    }
    return best;
}

std::string format_number(double value, int decimals, NumberStyle style) {
    if (!std::isfinite(value)) return "–";
    // Beyond what decimals can show: 1e300 has no 300 digits, and 1e-9 is not 0.
    constexpr double kLargest = 1e15, kSmallest = 1e-7;
    if (std::fabs(value) >= kLargest ||
        (value != 0 && decimals >= 8 && std::fabs(value) < kSmallest)) {
        auto text = fmt::format("{:.2e}", std::fabs(value));
        std::replace(text.begin(), text.end(), '.', style.decimal);
        return (value < 0 ? std::string(kMinus) : std::string()) + text;
    }
    const auto text = fmt::format("{:.{}f}", std::fabs(value), std::max(0, decimals));
    const auto point = std::min(text.find('.'), text.size());
    const bool zero = text.find_first_not_of("0.") == std::string::npos; // never "-0,0"
    std::string out(value < 0 && !zero ? kMinus : "");
    out += grouped(text.substr(0, point), style);
    if (point < text.size()) out += style.decimal + text.substr(point + 1);
    return out;
}

std::string format_count(std::int64_t value, NumberStyle style) {
    auto digits = fmt::format("{}", value); // not by way of a double, which ends at 2^53
    if (value >= 0) return grouped(std::move(digits), style);
    return std::string(kMinus) + grouped(digits.substr(1), style);
}

std::string format_exact(double value) {
    return fmt::format("{}", value);
}

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
    if (smallest_gap == 0) {
        // One value has no neighbour to be told from: as many decimals as it has, to six digits.
        constexpr double kSame = 1e-6;
        for (int decimals = 1; decimals < 8; ++decimals) {
            const double scale = std::pow(10, decimals);
            if (std::fabs(std::round(largest * scale) / scale - largest) <= kSame * largest)
                return decimals;
        }
        return 8;
    }
    // Two significant digits of the smallest gap, never beyond the noise of a double.
    const int wanted = 1 - static_cast<int>(std::floor(std::log10(smallest_gap)));
    return std::clamp(wanted, 0, 8);
}

} // namespace diaban::base
