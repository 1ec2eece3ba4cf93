#include "map/style.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "map/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace diaban::map {
namespace {

using Role = LegendEntry::Role;

// The look of a unit without a value; each differs from the others also without colour.
LegendEntry empty_entry(Role role, const StyleWords& words) {
    LegendEntry entry;
    entry.role = role;
    switch (role) {
    case Role::Suppressed:
        entry.key = "suppressed";
        entry.label = words.suppressed;
        entry.colour = kNoData;
        entry.hatch = Hatch::Diagonal;
        break;
    case Role::NotApplicable:
        entry.key = "not_applicable";
        entry.label = words.not_applicable;
        entry.colour = {0xE4, 0xE4, 0xE4};
        entry.hatch = Hatch::Horizontal;
        break;
    case Role::NotExisting:
        entry.key = "not_existing";
        entry.label = words.not_existing;
        entry.colour = {0xFF, 0xFF, 0xFF};
        entry.outline_only = true;
        break;
    default:
        entry.key = "no_data";
        entry.label = words.no_data;
        entry.colour = kNoData;
        entry.hatch = Hatch::FineDots;
        break;
    }
    return entry;
}

// Zero is nearly white: neither the lowest class nor "no data".
LegendEntry zero_entry() {
    LegendEntry entry;
    entry.role = Role::Zero;
    entry.key = "zero";
    entry.label = "0";
    entry.colour = {0xF5, 0xF3, 0xEE};
    return entry;
}

Role role_of(data::Cell state) {
    switch (state) {
    case data::Cell::Suppressed:
        return Role::Suppressed;
    case data::Cell::NotApplicable:
        return Role::NotApplicable;
    case data::Cell::NotExisting:
        return Role::NotExisting;
    default:
        return Role::NoData;
    }
}

// Gives units their entries; the empties follow the classes, in a fixed order, only where used.
class Assigner {
public:
    Assigner(Style& style, const StyleWords& words) : style_(style), words_(words) {}

    // class_of(i) is an index into the entries made so far, or nothing.
    template <class ClassOf> void assign(const data::Slice& slice, ClassOf class_of) {
        const std::size_t units = slice.size();
        style_.entry_of.assign(units, 0);
        std::vector<Role> empty(units, Role::Class);
        std::array<bool, 6> used{};
        for (std::size_t i = 0; i < units; ++i) {
            const std::optional<std::size_t> c =
                slice.has(i) ? class_of(i) : std::optional<std::size_t>();
            if (c) {
                style_.entry_of[i] = static_cast<std::uint16_t>(*c);
                ++style_.entries[*c].count;
            } else {
                empty[i] = role_of(slice.state[i]);
                used[static_cast<std::size_t>(empty[i])] = true;
            }
        }
        std::array<std::size_t, 6> at{};
        for (const Role role :
             {Role::NoData, Role::Suppressed, Role::NotApplicable, Role::NotExisting}) {
            if (!used[static_cast<std::size_t>(role)]) continue;
            const auto known = std::find_if(style_.entries.begin(), style_.entries.end(),
                                            [&](const LegendEntry& e) { return e.role == role; });
            at[static_cast<std::size_t>(role)] =
                static_cast<std::size_t>(known - style_.entries.begin());
            if (known == style_.entries.end()) style_.entries.push_back(empty_entry(role, words_));
        }
        for (std::size_t i = 0; i < units; ++i) {
            if (empty[i] == Role::Class) continue;
            const std::size_t entry = at[static_cast<std::size_t>(empty[i])];
            style_.entry_of[i] = static_cast<std::uint16_t>(entry);
            ++style_.entries[entry].count;
        }
    }

private:
    Style& style_;
    const StyleWords& words_;
};

std::string with_ends(std::string pattern, const std::string& a, const std::string& b) {
    const auto put = [&](std::string_view name, const std::string& value) {
        if (const auto at = pattern.find(name); at != std::string::npos)
            pattern.replace(at, name.size(), value);
    };
    put("{a}", a);
    put("{b}", b);
    return pattern;
}

bool all_whole(const data::Slice& slice) {
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (slice.has(i) && slice.value[i] != std::floor(slice.value[i])) return false;
    return true;
}

// A class of outliers to which no value belongs ends at its fence alone. Of whole numbers at the
// nearest whole one that says the same; otherwise rounded away from the data.
std::string fence_label(const Classes& classes, bool below, bool whole, const StyleWords& words) {
    const double fence = below ? classes.fences->first : classes.fences->second;
    const int decimals = whole ? 0 : printed_decimals(classes);
    const double scale = std::pow(10.0, decimals);
    const double printed =
        below == whole ? std::ceil(fence * scale) / scale : std::floor(fence * scale) / scale;
    const auto text = base::format_number(printed, decimals, {words.decimal, words.group});
    return below ? with_ends(words.below, "", text) : with_ends(words.above, text, "");
}

// The text of one class. Ends are honest: of whole numbers the first and last that fall into
// [a, b); otherwise both breaks, with the open end marked by words.range.
std::string class_label(const Classes& classes, std::size_t c, bool whole, bool without_zero,
                        const StyleWords& words) {
    const base::NumberStyle style{words.decimal, words.group};
    const auto place = classes.place(c);
    if (!place) return fence_label(classes, c == 0, whole, words);
    if (classes.method == Method::Unique)
        return base::format_number(classes.breaks[*place], printed_decimals(classes), style);
    const double a = classes.breaks[*place], b = classes.breaks[*place + 1];
    const bool last = *place + 2 == classes.breaks.size();
    if (whole) {
        double first = std::ceil(a);
        const double final = last ? std::floor(b) : std::ceil(b) - 1;
        if (without_zero && first == 0) first = 1;
        if (first <= final) {
            const auto low = base::format_number(first, 0, style);
            return first == final
                       ? low
                       : with_ends(words.last_range, low, base::format_number(final, 0, style));
        }
    }
    const int decimals = printed_decimals(classes);
    const auto low = base::format_number(a, decimals, style);
    if (a == b) return low;
    return with_ends(last ? words.last_range : words.range, without_zero && a == 0 ? "> 0" : low,
                     base::format_number(b, decimals, style));
}

std::string class_key(const Classes& classes, std::size_t c) {
    return "class:" + std::to_string(c + 1) + "/" + std::to_string(classes.k());
}

LegendEntry outside_entry(const Classes& classes, const StyleWords& words) {
    const base::NumberStyle style{words.decimal, words.group};
    const int decimals = printed_decimals(classes);
    LegendEntry entry;
    entry.key = "outside";
    if (classes.method != Method::Unique)
        entry.label =
            with_ends(words.outside, base::format_number(classes.breaks.front(), decimals, style),
                      base::format_number(classes.breaks.back(), decimals, style));
    else
        entry.label = "…";
    entry.colour = {0xF4, 0xF4, 0xF4};
    entry.hatch = Hatch::BackDiagonal;
    return entry;
}

// Units whose value is an estimate leave their class's row for one of the same colour, hatched.
void set_estimates_apart(Style& style, const data::Slice& slice, const StyleWords& words) {
    if (words.estimated.empty()) return;
    std::vector<std::optional<std::size_t>> twin(style.entries.size());
    for (std::size_t i = 0; i < slice.size(); ++i) {
        if (slice.state[i] != data::Cell::Estimated) continue;
        const std::size_t entry = style.entry_of[i];
        if (!twin[entry]) {
            LegendEntry estimate = style.entries[entry];
            estimate.key.insert(0, "estimated:");
            estimate.label = words.estimated;
            if (const auto at = estimate.label.find("{class}"); at != std::string::npos)
                estimate.label.replace(at, 7, style.entries[entry].label);
            estimate.hatch = estimate.hatch == Hatch::None ? Hatch::Vertical : Hatch::Cross;
            estimate.count = 0;
            twin[entry] = style.entries.size();
            style.entries.push_back(std::move(estimate));
        }
        --style.entries[entry].count;
        ++style.entries[*twin[entry]].count;
        style.entry_of[i] = static_cast<std::uint16_t>(*twin[entry]);
    }
}

// Standard looks of statuses (conventions.md 2). Letters are the initials of the Vietnamese words:
// L(ành mạnh), C(ó tệ nạn), T(rọng điểm); the police classes III, II, I. Moves between two years:
// D(uy trì), M(ới), H (chuyển hóa), K(hông duy trì được), P(hát sinh), R (again, relapsed).
struct StatusLook {
    std::string_view code;
    Colour colour;
    Hatch hatch;
    std::string_view letter;
};
constexpr Colour kBuilt{0x9B, 0xD1, 0xC8}, kTransformed{0x5B, 0x8D, 0xB8},
    kUnchanged{0xE6, 0xE1, 0xD6};
constexpr std::array<StatusLook, 14> kStatusLooks{{
    {"none", kHealthy, Hatch::None, "L"},
    {"present", kPresent, Hatch::Dots, "C"},
    {"hot", kHot, Hatch::Diagonal, "T"},
    {"hot3", kHot3, Hatch::Diagonal, "III"},
    {"hot2", kHot2, Hatch::Cross, "II"},
    {"hot1", kHot1, Hatch::BackDiagonal, "I"},
    {"maintained", kHealthy, Hatch::None, "D"},
    {"newly_built", kBuilt, Hatch::Dots, "M"},
    {"transformed", kTransformed, Hatch::Horizontal, "H"},
    {"not_healthy", kUnchanged, Hatch::None, ""},
    {"lost", kPresent, Hatch::BackDiagonal, "K"},
    {"new_hotspot", kHot, Hatch::Diagonal, "P"},
    {"relapsed", kHot1, Hatch::Cross, "R"},
    {"mixed", kUnchanged, Hatch::BackDiagonal, "±"}, // of several classes, after a reform
}};

const StatusLook* status_look(std::string_view code) {
    for (const auto& look : kStatusLooks)
        if (look.code == code) return &look;
    return nullptr;
}

} // namespace

int printed_decimals(const Classes& classes) {
    return classes.decimals ? *classes.decimals : base::decimals_for(classes.breaks);
}

Style make_style(const data::Slice& slice, const Classes& classes, const ColourSpec& colours,
                 const StyleWords& words) {
    Style style;
    const bool unique = classes.method == Method::Unique;
    const bool whole = all_whole(slice);
    // True for a class in which nothing but zero can lie: [0, 0], or [0, 1) of whole numbers.
    const auto is_zero_class = [&](std::size_t c) {
        const auto place = classes.place(c);
        if (!place || classes.breaks[*place] != 0) return false;
        const double end = unique ? 0 : classes.breaks[*place + 1];
        return end == 0 || (whole && end <= 1 && *place + 2 < classes.breaks.size());
    };
    // Zero stands before the class that the data begin with.
    const std::size_t first = classes.none_below() ? 1 : 0;
    const bool zero_apart = colours.zero_apart && !unique && !classes.breaks.empty() &&
                            classes.breaks.front() == 0 && !is_zero_class(first);
    const auto row_of = [&](std::size_t c) { return c + (zero_apart && c >= first ? 1 : 0); };

    const auto fills = palette_colours(colours.palette, classes.k(), colours.reversed);
    for (std::size_t c = 0; c < classes.k(); ++c) {
        if (zero_apart && c == first) style.entries.push_back(zero_entry());
        LegendEntry entry;
        entry.label = class_label(classes, c, whole, zero_apart, words);
        entry.colour = fills[c];
        if (colours.zero_apart && is_zero_class(c)) entry = zero_entry();
        entry.key = class_key(classes, c);
        style.entries.push_back(std::move(entry));
    }

    // Values that a person's own breaks shut out are drawn and counted, in a row of their own.
    const auto shut_out = [&](std::size_t i) {
        return slice.has(i) && classes.of(slice.value[i]) < 0;
    };
    const std::size_t outside = style.entries.size();
    for (std::size_t i = 0; i < slice.size(); ++i) {
        if (!shut_out(i)) continue;
        style.entries.push_back(outside_entry(classes, words));
        break;
    }
    Assigner(style, words).assign(slice, [&](std::size_t i) -> std::optional<std::size_t> {
        if (zero_apart && slice.value[i] == 0) return first;
        const int c = classes.of(slice.value[i]);
        return c >= 0 ? row_of(static_cast<std::size_t>(c)) : outside;
    });
    set_estimates_apart(style, slice, words);
    return style;
}

namespace {

// What two cells are together: a value where both have one.
data::Cell state_of_pair(data::Cell a, data::Cell b) {
    using data::Cell;
    for (const auto one :
         {Cell::Suppressed, Cell::NotExisting, Cell::NotApplicable, Cell::Missing, Cell::Estimated})
        if (a == one || b == one) return one;
    return Cell::Observed;
}

std::size_t nearest_class(const Classes& classes, double value) {
    const int c = classes.of(value);
    if (c >= 0) return static_cast<std::size_t>(c);
    return value < classes.breaks.front() ? 0 : classes.k() - 1;
}

} // namespace

Style make_pair_style(const data::Slice& first, const Classes& of_first, const data::Slice& second,
                      const Classes& of_second, const StyleWords& words) {
    Style style;
    const std::size_t columns = of_first.k(), rows = of_second.k();
    const bool whole_first = all_whole(first), whole_second = all_whole(second);
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) {
            LegendEntry entry;
            entry.key = "pair:" + std::to_string(c + 1) + "/" + std::to_string(r + 1);
            entry.label = with_ends(words.pair, class_label(of_first, c, whole_first, false, words),
                                    class_label(of_second, r, whole_second, false, words));
            entry.colour = pair_colour(c, r);
            entry.hatch = pair_hatch(c, r);
            style.entries.push_back(std::move(entry));
        }
    std::vector<data::Cell> state(first.size());
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] = state_of_pair(first.state[i], second.state[i]);
    const data::Slice both{first.value, state};
    Assigner(style, words).assign(both, [&](std::size_t i) -> std::optional<std::size_t> {
        return nearest_class(of_second, second.value[i]) * columns +
               nearest_class(of_first, first.value[i]);
    });
    set_estimates_apart(style, both, words);
    return style;
}

std::vector<std::string> inner_breaks(const Classes& classes, const StyleWords& words) {
    std::vector<std::string> out;
    for (std::size_t b = 1; b + 1 < classes.breaks.size(); ++b)
        out.push_back(base::format_number(classes.breaks[b], printed_decimals(classes),
                                          {words.decimal, words.group}));
    return out;
}

std::optional<std::size_t> entry_of_class(const Style& style, const Classes& classes, int c) {
    if (c < 0) return std::nullopt;
    const auto key = class_key(classes, static_cast<std::size_t>(c));
    for (std::size_t e = 0; e < style.entries.size(); ++e)
        if (style.entries[e].key == key) return e;
    return std::nullopt;
}

Style make_category_style(const data::Slice& slice, const data::Indicator& indicator,
                          const StyleWords& words) {
    Style style;
    const auto& codes = indicator.categories;
    const auto others =
        static_cast<std::size_t>(std::count_if(codes.begin(), codes.end(), [](const auto& c) {
            return !status_look(c) && c != "unknown";
        }));
    const auto fills = palette_colours("Set2", std::max<std::size_t>(others, 1));
    // More categories than colours: those that have a colour again have it with a hatch.
    constexpr std::size_t kSet2Colours = 8;
    constexpr std::array kAgain{Hatch::None,         Hatch::Diagonal,   Hatch::Dots,
                                Hatch::BackDiagonal, Hatch::Horizontal, Hatch::Cross};
    std::size_t next_fill = 0;
    for (std::size_t k = 0; k < codes.size(); ++k) {
        LegendEntry entry;
        if (codes[k] == "unknown") {
            // "Unknown" is no class; units without a report join it.
            entry = empty_entry(Role::NoData, words);
        } else if (const auto* look = status_look(codes[k])) {
            entry.colour = look->colour;
            entry.hatch = look->hatch;
            entry.letter = look->letter;
        } else {
            entry.colour = fills[next_fill];
            entry.hatch = kAgain[next_fill++ / kSet2Colours % kAgain.size()];
        }
        entry.key = "is:" + codes[k];
        entry.label = k < words.categories.size() ? words.categories[k] : codes[k];
        style.entries.push_back(std::move(entry));
    }
    Assigner(style, words).assign(slice, [&](std::size_t i) -> std::optional<std::size_t> {
        const double v = slice.value[i];
        if (!(v >= 0 && v < static_cast<double>(codes.size()))) return std::nullopt;
        return static_cast<std::size_t>(v);
    });
    set_estimates_apart(style, slice, words);
    return style;
}

namespace {

// drawn(i) tells whether unit i is on the map.
template <class Drawn> void check_counts(const Style& style, std::size_t units, Drawn drawn) {
    std::vector<std::size_t> counted(style.entries.size(), 0);
    bool agrees = style.entry_of.size() == units;
    std::size_t on_map = 0, in_legend = 0;
    for (std::size_t i = 0; i < units; ++i) on_map += drawn(i);
    for (std::size_t i = 0; agrees && i < units; ++i) {
        agrees = style.entry_of[i] < counted.size();
        if (agrees && drawn(i)) ++counted[style.entry_of[i]];
    }
    for (std::size_t e = 0; e < counted.size(); ++e) {
        agrees = agrees && counted[e] == style.entries[e].count;
        in_legend += style.entries[e].count;
    }
    if (!agrees || in_legend != on_map)
        throw base::Error(base::ErrorKind::Data, "error.legend.disagrees",
                          {{"legend", static_cast<std::int64_t>(in_legend)},
                           {"units", static_cast<std::int64_t>(on_map)}});
}

} // namespace

void count_drawn(Style& style, std::span<const geo::Face> faces) {
    for (std::size_t i = 0; i < style.entry_of.size() && i < faces.size(); ++i)
        if (faces[i].ring_count == 0) --style.entries[style.entry_of[i]].count;
}

void check_legend(const Style& style, std::span<const geo::Face> faces) {
    check_counts(style, faces.size(), [&](std::size_t i) { return faces[i].ring_count > 0; });
}

void check_legend(const Style& style, std::size_t units) {
    check_counts(style, units, [](std::size_t) { return true; });
}

} // namespace diaban::map
