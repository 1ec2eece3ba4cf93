#include "data/wide_columns.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace diaban::data {
namespace {

// A run of digits in a name, and the name around it.
struct Numbered {
    std::string before, after;
    std::size_t digits = 0;
    int number = 0;

    bool year() const {
        return digits == 4 ? number >= 1900 && number <= 2100
                           : digits == 2 && after.empty() && number >= 50;
    }
    // Families are told apart by these, whatever their letters' case.
    std::string stem() const {
        return base::lower(base::nfc(before)) + '\n' + base::lower(base::nfc(after));
    }
};

// The digits that may be a year: four in a row, or else those at the end.
std::optional<Numbered> numbered(const std::string& name) {
    std::optional<Numbered> found;
    for (std::size_t at = 0; at < name.size();) {
        if (!base::is_digit(name[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < name.size() && base::is_digit(name[end])) ++end;
        const bool last = end == name.size();
        if ((end - at == 4 || last) && end - at <= 4 && !(found && found->year()))
            found = Numbered{name.substr(0, at), name.substr(end), end - at,
                             std::stoi(name.substr(at, end - at))};
        at = end;
    }
    if (found && found->before.empty() && found->after.empty()) return std::nullopt;
    return found;
}

struct Family {
    std::string pattern;
    std::size_t members = 0;
    bool years = true; // all its numbers are
};

} // namespace

std::vector<std::string> with_year_patterns(const std::vector<std::string>& columns) {
    std::map<std::string, Family> families;
    for (const auto& name : columns) {
        const auto number = numbered(name);
        if (!number) continue;
        Family& family = families[number->stem()];
        if (family.members++ == 0) family.pattern = number->before + "{year}" + number->after;
        family.years = family.years && number->year();
    }
    std::vector<std::string> out;
    for (const auto& name : columns) {
        const auto number = numbered(name);
        const Family* family = number ? &families[number->stem()] : nullptr;
        if (!family || !family->years || family->members < 2)
            out.push_back(name);
        else if (std::find(out.begin(), out.end(), family->pattern) == out.end())
            out.push_back(family->pattern);
    }
    return out;
}

} // namespace diaban::data
