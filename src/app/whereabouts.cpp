#include "app/whereabouts.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace diaban::app {
namespace {

constexpr std::array kPlaceLevels{data::Level::District, data::Level::Province};

// Whether the units taken have names of that level, and not all the same.
template <class Taken>
bool names_differ(const data::UnitTable& units, data::Level level, const Taken& taken) {
    const data::Group* first = nullptr;
    bool any = false;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!taken(i)) continue;
        const auto* group = units.group_of(level, i);
        if (any && group != first && (!group || !first || group->name != first->name)) return true;
        if (!std::exchange(any, true)) first = group;
    }
    return false;
}

std::string place_words(const data::UnitTable& units, const std::vector<data::Level>& levels,
                        std::size_t unit) {
    std::vector<std::string> out;
    for (const auto level : levels)
        if (auto name = name_of_group(units, level, unit); !name.empty())
            out.push_back(std::move(name));
    return base::joined(out);
}

} // namespace

std::string name_of_group(const data::UnitTable& units, data::Level level, std::size_t unit) {
    const auto* group = units.group_of(level, unit);
    return group ? group->name : std::string();
}

std::string level_heading(data::Level level, const Language& language) {
    return language.text(level == data::Level::District ? "column.district" : "column.province");
}

Whereabouts whereabouts(const data::UnitTable& units, const std::vector<std::size_t>& listed,
                        const std::function<bool(std::size_t)>& about) {
    Whereabouts out;
    if (listed.empty()) return out;
    std::vector<bool> row(units.size(), false);
    for (const auto i : listed) row[i] = true;
    std::vector<data::Level> shared;
    for (const auto level : kPlaceLevels) {
        if (!names_differ(units, level, [&](std::size_t i) { return !about || about(i); }))
            continue;
        const bool differ = names_differ(units, level, [&](std::size_t i) { return row[i]; });
        if (differ || listed.size() == 1)
            out.columns.push_back(level);
        else
            shared.push_back(level);
    }
    out.all_in = place_words(units, shared, listed.front());
    return out;
}

std::string named_with_places(const data::UnitTable& units,
                              const std::vector<std::size_t>& listed) {
    std::vector<data::Level> levels;
    for (const auto level : kPlaceLevels)
        if (names_differ(units, level, [](std::size_t) { return true; })) levels.push_back(level);
    std::vector<std::pair<std::string, std::vector<std::string>>> places; // in their order
    for (const auto i : listed) {
        const auto place = place_words(units, levels, i);
        auto at = std::find_if(places.begin(), places.end(),
                               [&](const auto& one) { return one.first == place; });
        if (at == places.end()) at = places.insert(at, {place, {}});
        at->second.push_back(units.name[i].empty() ? units.code[i] : units.name[i]);
    }
    std::vector<std::string> out;
    for (const auto& [place, names] : places)
        out.push_back(base::joined(names) + (place.empty() ? "" : " (" + place + ")"));
    return base::joined(out, "; ");
}

} // namespace diaban::app
