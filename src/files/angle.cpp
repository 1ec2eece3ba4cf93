#include "files/angle.hpp"

#include "base/text.hpp"

#include <cctype>
#include <charconv>
#include <string>
#include <vector>

namespace diaban::files {
namespace {

// The numbers of the text as degrees, minutes and seconds; nothing if anything else but
// separators stands between them.
std::optional<std::vector<double>> numbers_of(std::string_view text) {
    std::vector<double> out;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (!std::isdigit(c)) {
            // ° ' " and their typographic forms are separators, as are blanks and colons.
            if (c < 0x80 && c != ' ' && c != '\'' && c != '"' && c != ':' && c != 'o') return {};
            ++i;
            continue;
        }
        std::string number;
        for (; i < text.size(); ++i) {
            const char d = text[i];
            if (std::isdigit(static_cast<unsigned char>(d)))
                number += d;
            else if (d == '.' || d == ',')
                number += '.';
            else
                break;
        }
        double value = 0;
        const auto* end = number.data() + number.size();
        if (const auto [stop, failed] = std::from_chars(number.data(), end, value);
            failed != std::errc() || stop != end)
            return {};
        out.push_back(value);
    }
    return out;
}

} // namespace

std::optional<double> parse_angle(std::string_view text) {
    // Lower case without diacritics: the hemisphere letters become n b s e d w t.
    std::string key = base::search_key(base::trim(text));
    double sign = 1;
    // The minus sign is swallowed by the search key like a hyphen.
    const auto trimmed = base::trim(text);
    if (trimmed.starts_with('-') || trimmed.starts_with("\xE2\x88\x92")) sign = -1;
    const auto hemisphere = [&](char c) {
        if (c == 's' || c == 'w' || c == 't') sign = -sign;
        return c == 'n' || c == 'b' || c == 's' || c == 'e' || c == 'd' || c == 'w' || c == 't';
    };
    if (!key.empty() && hemisphere(key.back()))
        key.pop_back();
    else if (!key.empty() && hemisphere(key.front()))
        key.erase(0, 1);
    const auto numbers = numbers_of(key);
    if (!numbers || numbers->empty() || numbers->size() > 3) return std::nullopt;
    double degrees = 0, unit = 1;
    for (std::size_t i = 0; i < numbers->size(); ++i, unit /= 60) {
        if (i > 0 && (*numbers)[i] >= 60) return std::nullopt;
        degrees += (*numbers)[i] * unit;
    }
    return sign * degrees;
}

} // namespace diaban::files
