#include "app/named_units.hpp"

#include "base/error.hpp"
#include "base/spelling.hpp"
#include "base/text.hpp"
#include "data/names.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace diaban::app {
namespace {

constexpr std::size_t kUnitsNamed = 5; // in a refusal

// From the surest: the same text, without its prefix, without its marks.
using NameKeys = std::array<std::string, 3>;
NameKeys name_keys(std::string_view name, data::Level level) {
    const auto written = base::tone_key(name);
    const auto bare = data::without_prefix(written, level);
    return {written, base::letter_key(bare), base::search_key(bare)};
}

std::string plain_name(std::string_view name, data::Level level) {
    return name_keys(name, level).back();
}

// "Tân Thạnh (Châu Thành)" -> "Tân Thạnh", "Châu Thành".
std::pair<std::string, std::string> name_and_place(const std::string& given) {
    const auto open = given.rfind('(');
    if (open == std::string::npos || open == 0 || given.back() != ')') return {given, ""};
    return {std::string(base::trim(given.substr(0, open))),
            given.substr(open + 1, given.size() - open - 2)};
}

class UnitsByName {
public:
    explicit UnitsByName(const data::UnitTable& units) : units_(units) {
        for (std::size_t u = 0; u < units.size(); ++u) {
            if (units.name[u].empty()) continue;
            const auto keys = name_keys(units.name[u], data::Level::Commune);
            for (std::size_t step = 0; step < keys.size(); ++step)
                by_[step][keys[step]].push_back(u);
        }
    }

    // Those that are called so in the surest way in which any is; in the place if one is given.
    std::vector<std::size_t> find(const std::string& given) const {
        auto found = called(given, "");
        if (found.empty())
            if (const auto [name, place] = name_and_place(given); !place.empty())
                found = called(name, place);
        return found;
    }

private:
    std::vector<std::size_t> called(const std::string& name, const std::string& place) const {
        const auto keys = name_keys(name, data::Level::Commune);
        for (std::size_t step = 0; step < keys.size(); ++step) {
            const auto at = by_[step].find(keys[step]);
            if (at == by_[step].end()) continue;
            auto out = at->second;
            if (!place.empty())
                std::erase_if(out, [&](std::size_t unit) { return !lies_in(unit, place); });
            if (!out.empty()) return out;
        }
        return {};
    }
    bool lies_in(std::size_t unit, const std::string& place) const {
        if (units_.code[unit] == place) return true;
        for (const auto level : {data::Level::District, data::Level::Province}) {
            const auto* group = units_.group_of(level, unit);
            if (group && (group->code == place ||
                          plain_name(group->name, level) == plain_name(place, level)))
                return true;
        }
        return false;
    }

    const data::UnitTable& units_;
    std::array<std::unordered_map<std::string, std::vector<std::size_t>>, 3> by_; // of each key
};

// "Xã Tân Thạnh (Huyện Châu Thành) 30337".
std::string unit_with_place(const data::UnitTable& units, std::size_t unit) {
    const auto* around = units.group_of(data::Level::District, unit);
    if (!around) around = units.group_of(data::Level::Province, unit);
    return units.name[unit] + (around && !around->name.empty() ? " (" + around->name + ")" : "") +
           " " + units.code[unit];
}

[[noreturn]] void refuse_several(const std::string& flag, const std::string& given,
                                 const std::vector<std::size_t>& found,
                                 const data::UnitTable& units) {
    std::vector<std::string> words;
    for (std::size_t k = 0; k < std::min(found.size(), kUnitsNamed); ++k)
        words.push_back(unit_with_place(units, found[k]));
    throw base::Error(
        base::ErrorKind::Usage, "error.select.ambiguous",
        {{"flag", flag},
         {"name", given},
         {"count", static_cast<std::int64_t>(found.size())},
         {"known", base::joined(words, "; ") + (found.size() > kUnitsNamed ? " …" : "")}});
}

[[noreturn]] void refuse_unknown(const std::string& flag, const std::vector<std::string>& unknown,
                                 const data::UnitTable& units) {
    // A name is compared with names as they are searched for.
    std::vector<std::string> keys = units.code;
    for (const auto& name : units.name) keys.push_back(plain_name(name, data::Level::Commune));
    std::vector<std::string> known;
    auto near = base::nearest(unknown.front(), units.code);
    if (near.empty()) near = base::nearest(plain_name(unknown.front(), data::Level::Commune), keys);
    const bool guessed = !near.empty();
    if (!guessed)
        near.assign(units.code.begin(),
                    units.code.begin() + std::min<std::ptrdiff_t>(3, std::ssize(units.code)));
    for (const auto& key : near) {
        const auto at =
            static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
        known.push_back(unit_with_place(units, at % units.size()));
    }
    auto named = unknown;
    if (named.size() > kUnitsNamed) named.resize(kUnitsNamed);
    throw base::Error(base::ErrorKind::Usage, "error.select.unknown_name",
                      {{"flag", flag},
                       {"names", base::joined(named) + (unknown.size() > kUnitsNamed ? " …" : "")},
                       {"guess", std::int64_t{guessed ? 1 : 0}},
                       {"known", base::joined(known, "; ")}});
}

} // namespace

std::vector<data::UnitCode> named_codes(const std::string& flag,
                                        const std::vector<std::string>& given,
                                        const data::UnitTable& units) {
    const std::unordered_set<std::string> codes(units.code.begin(), units.code.end());
    std::optional<UnitsByName> names; // costs something, and codes are usual
    std::vector<data::UnitCode> out;
    std::vector<std::string> unknown;
    for (const auto& one : given) {
        if (codes.contains(one)) {
            out.push_back(one);
            continue;
        }
        if (!names) names.emplace(units);
        const auto found = names->find(one);
        if (found.size() > 1) refuse_several(flag, one, found, units);
        if (found.empty())
            unknown.push_back(one);
        else
            out.push_back(units.code[found.front()]);
    }
    if (!unknown.empty()) refuse_unknown(flag, unknown, units);
    return out;
}

} // namespace diaban::app
