#include "app/legend_edits.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::app {
namespace {

using Role = map::LegendEntry::Role;

bool contains(const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

// Rows in another order; every unit keeps its row.
void reorder(map::Style& style, const std::vector<std::string>& order) {
    const auto rank = [&](std::size_t entry) {
        const auto at = std::find(order.begin(), order.end(), style.entries[entry].key);
        return static_cast<std::size_t>(at - order.begin());
    };
    std::vector<std::size_t> rows(style.entries.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    std::vector<map::LegendEntry> entries;
    std::vector<std::uint16_t> now(rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        now[rows[r]] = static_cast<std::uint16_t>(r);
        entries.push_back(std::move(style.entries[rows[r]]));
    }
    style.entries = std::move(entries);
    for (auto& entry : style.entry_of) entry = now[entry];
}

} // namespace

LegendEdits edits_of(const std::vector<LegendEdits>& all, const std::string& indicator) {
    for (const auto& edits : all)
        if (edits.indicator == indicator || edits.indicator.empty()) return edits;
    return {.indicator = indicator, .names = {}, .hidden = {}, .order = {}};
}

std::vector<LegendEdits> with_edits(std::vector<LegendEdits> all, LegendEdits edits) {
    std::erase_if(all, [&](const LegendEdits& e) { return e.indicator == edits.indicator; });
    if (!edits.empty()) all.push_back(std::move(edits));
    return all;
}

const std::string* name_in(const LegendEdits& edits, std::string_view key) {
    for (const auto& [known, name] : edits.names)
        if (known == key) return &name;
    return nullptr;
}

LegendEdits renamed(LegendEdits edits, const std::string& key, const std::string& name) {
    const auto at = std::find_if(edits.names.begin(), edits.names.end(),
                                 [&](const auto& known) { return known.first == key; });
    if (name.empty() && at != edits.names.end())
        edits.names.erase(at);
    else if (at != edits.names.end())
        at->second = name;
    else if (!name.empty())
        edits.names.emplace_back(key, name);
    return edits;
}

LegendEdits with_hidden(LegendEdits edits, const std::string& key, bool hidden) {
    std::erase(edits.hidden, key);
    if (hidden) edits.hidden.push_back(key);
    return edits;
}

LegendEdits moved(LegendEdits edits, const map::Style& style, std::size_t from, std::size_t to) {
    std::vector<std::string> keys;
    for (const auto& entry : style.entries) keys.push_back(entry.key);
    const auto key = keys.at(from);
    keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(from));
    keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(std::min(to, keys.size())), key);
    // Rows of other years and other numbers of classes keep what was said of them.
    for (const auto& known : edits.order)
        if (!contains(keys, known)) keys.push_back(known);
    edits.order = std::move(keys);
    return edits;
}

void say_letters(map::Style& style, const Language& language) {
    constexpr std::string_view kEstimated = "estimated:", kIs = "is:";
    for (auto& entry : style.entries) {
        std::string_view key = entry.key;
        if (key.starts_with(kEstimated)) key.remove_prefix(kEstimated.size());
        if (entry.letter.empty() || !key.starts_with(kIs)) continue;
        const auto id = "letter." + std::string(key.substr(kIs.size()));
        if (language.has(id)) entry.letter = language.text(id);
    }
}

void edit_legend(map::Style& style, const LegendEdits& edits, const Language& language) {
    if (edits.empty()) return;
    for (auto& entry : style.entries) {
        if (const auto* name = name_in(edits, entry.key))
            // A class of numbers goes on saying from where to where.
            entry.label =
                entry.key.starts_with("class:")
                    ? language.text("legend.named", {{"name", *name}, {"class", entry.label}})
                    : *name;
        if (!contains(edits.hidden, entry.key) || entry.outline_only) continue;
        entry.outline_only = true;
        entry.hatch = map::Hatch::None;
        entry.letter.clear();
        entry.label = language.text("legend.hidden", {{"class", entry.label}});
    }
    if (!edits.order.empty()) reorder(style, edits.order);
}

std::vector<std::string> unknown_keys(const LegendEdits& edits, const map::Style& style) {
    std::vector<std::string> out;
    const auto look = [&](const std::string& key) {
        const bool known = std::any_of(style.entries.begin(), style.entries.end(),
                                       [&](const auto& entry) { return entry.key == key; });
        if (!known && !contains(out, key)) out.push_back(key);
    };
    for (const auto& [key, name] : edits.names)
        if (key != kIndicatorKey) look(key);
    for (const auto& key : edits.hidden) look(key);
    for (const auto& key : edits.order) look(key);
    return out;
}

} // namespace diaban::app
