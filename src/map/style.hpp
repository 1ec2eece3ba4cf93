// A style gives every unit of a slice its class; a legend counts them. Both painters, the table and
// --json read the same Style, so legend, map and table agree by construction.
#pragma once

#include "data/cube.hpp"
#include "geo/coverage.hpp"
#include "map/classes.hpp"
#include "map/palette.hpp"

#include <cstdint>
#include <optional>

namespace diaban::map {

// One row of the legend and one entry of the colour table.
struct LegendEntry {
    // LeftOut: of a unit that the query which narrows the map does not name. Around: of one beside
    // the area that a sheet is about (map/sheet_area.hpp); it has no row and is in no total.
    enum class Role {
        Class,
        Zero,
        NoData,
        Suppressed,
        NotApplicable,
        NotExisting,
        LeftOut,
        Around
    };
    Role role = Role::Class;
    // Names the row whatever its words: "class:2/5" (from the lowest), "is:hot" (a category),
    // "zero", "no_data", "suppressed", "not_applicable", "not_existing", "outside", "not_in_query",
    // "query_unknown"; of two indicators "pair:2/3"; of estimates "estimated:" and that of their
    // class. Empty where rows are made otherwise.
    std::string key;
    std::string label; // in the user's language, with numbers formatted
    Colour colour;
    Hatch hatch = Hatch::None;
    std::string letter; // status letter for photocopies ("L", "C", "T"); may be empty
    bool outline_only = false;
    // Of a map of circles or dots (map/theme.hpp): its units are land with a circle or dots of this
    // colour on it; and how wide the circle of the row is, page units on A4, where all have one.
    bool over_land = false;
    double disc_px = 0;
    std::size_t count = 0; // units drawn in it; all entries together: every unit
};

struct Style {
    std::vector<LegendEntry> entries;
    // A style for one (indicator, period): entry_of[i] indexes entries, for every unit i.
    std::vector<std::uint16_t> entry_of;
};

// Words the map needs; filled by app in the user's language.
struct StyleWords {
    std::string no_data, suppressed, not_applicable, not_existing;
    std::vector<std::string> categories; // texts of Indicator::categories, same order
    char decimal = ',', group = '.';
    std::string range = "{a} – < {b}";    // [a, b)
    std::string last_range = "{a} – {b}"; // [a, b]; also of whole numbers, whose ends are exact
    std::string outside = "< {a}; > {b}"; // values beyond a person's own breaks
    std::string below = "< {b}", above = "> {a}"; // outliers of a box map where there are none
    std::string pair = "{a} · {b}";               // a class of one indicator and one of another
    // Of a class whose values are estimates ("{class}" is its label): drawn in the class's colour
    // with a hatch and counted in a row of their own. Empty: not told apart.
    std::string estimated;
};

struct ColourSpec {
    std::string palette{kDefaultPalette};
    bool reversed = false;
    // Zero gets a row and a look of its own where the lowest break is 0 (conventions.md 2: zero is
    // one of the four empties and is not mixed with the lowest class). Switch it off for values
    // whose zero means nothing special (a temperature).
    bool zero_apart = true;
};
// Of the ends of classes in a legend.
int printed_decimals(const Classes& classes);
// A style for a numeric indicator. Every class keeps its row, also if no unit has it this year.
Style make_style(const data::Slice& slice, const Classes& classes, const ColourSpec& colours,
                 const StyleWords& words);
// The row of a class, counted from 0; nothing if there is none.
std::optional<std::size_t> entry_of_class(const Style& style, const Classes& classes, int c);
// Two numeric indicators in one style: a row for each pair of classes, "pair:1/1" and on, from the
// lowest of the second; its label are both classes. Units that lack either are empty, masked ones
// before all others. Values beyond a person's own breaks belong to the class next to them.
Style make_pair_style(const data::Slice& first, const Classes& of_first, const data::Slice& second,
                      const Classes& of_second, const StyleWords& words);
// The numbers between the classes, as legends print them.
std::vector<std::string> inner_breaks(const Classes& classes, const StyleWords& words);
// For a Category indicator; statuses get their fixed colours, hatches and letters. Categories that
// no unit has keep their row.
Style make_category_style(const data::Slice& slice, const data::Indicator& indicator,
                          const StyleWords& words);
// Takes units without a shape (their faces have no ring) out of the counts: the legend counts what
// is drawn. Whoever makes a style for a map calls it once.
void count_drawn(Style& style, std::span<const geo::Face> faces);
// The count of every entry is that of the faces drawn in it, and every entry_of is valid; otherwise
// Error Data "error.legend.disagrees". Every export calls it. Faces without a ring are not drawn.
void check_legend(const Style& style, std::span<const geo::Face> faces);
// The same where every one of so many units is drawn.
void check_legend(const Style& style, std::size_t units);

} // namespace diaban::map
