// What a person changed in the legend of one indicator: other words, another order, colours hidden.
//
// Guarantees: no unit leaves its row, so the counts still add up; the ends of a class stay in its
// label, whatever it is called; what was changed for five classes says nothing about six.
#pragma once

#include "app/language.hpp"
#include "map/style.hpp"

#include <string_view>
#include <utility>

namespace diaban::app {

// Rows are named by map::LegendEntry::key: "class:2/5", "zero", "is:hot", "no_data". What is mapped
// is named by kIndicatorKey: in the titles of page and legend, and above tables.
inline constexpr std::string_view kIndicatorKey = "indicator";
struct LegendEdits {
    std::string indicator;                                  // empty: whatever is mapped
    std::vector<std::pair<std::string, std::string>> names; // key, words
    std::vector<std::string> hidden;                        // drawn as outlines only, and said so
    std::vector<std::string> order; // first these; the others follow as they are
    bool empty() const { return names.empty() && hidden.empty() && order.empty(); }
    friend bool operator==(const LegendEdits&, const LegendEdits&) = default;
};

// Those of an indicator; none: empty.
LegendEdits edits_of(const std::vector<LegendEdits>& all, const std::string& indicator);
// The list with these in the place of the indicator's.
std::vector<LegendEdits> with_edits(std::vector<LegendEdits> all, LegendEdits edits);
const std::string* name_in(const LegendEdits& edits, std::string_view key);
// An empty name takes the own words of the row back.
LegendEdits renamed(LegendEdits edits, const std::string& key, const std::string& name);
LegendEdits with_hidden(LegendEdits edits, const std::string& key, bool hidden);
// Moves the row at `from` of the legend as it stands to `to`.
LegendEdits moved(LegendEdits edits, const map::Style& style, std::size_t from, std::size_t to);

// The letters that tell statuses apart on a photocopy: initials in the language of the legend.
void say_letters(map::Style& style, const Language& language);
void edit_legend(map::Style& style, const LegendEdits& edits, const Language& language);
// Keys of the edits that no row of the style has, for whoever typed them.
std::vector<std::string> unknown_keys(const LegendEdits& edits, const map::Style& style);

} // namespace diaban::app
