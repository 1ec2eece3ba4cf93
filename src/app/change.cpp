#include "app/change.hpp"

#include "app/statuses.hpp"
#include "app/where_filter.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

using Role = map::LegendEntry::Role;

constexpr map::Colour kSame{0xEC, 0xEA, 0xE4}, kOther{0xF2, 0xC4, 0x8B};

map::LegendEntry look(std::string label, map::Colour colour, map::Hatch hatch = map::Hatch::None) {
    map::LegendEntry entry;
    entry.label = std::move(label);
    entry.colour = colour;
    entry.hatch = hatch;
    return entry;
}

map::LegendEntry not_compared(const Language& language) {
    auto entry = look(language.text("change.not_compared"), map::kNoData, map::Hatch::FineDots);
    entry.role = Role::NoData;
    return entry;
}

// Fills entry_of and the counts.
template <class EntryOf> void assign(map::Style& style, std::size_t units, EntryOf entry_of) {
    style.entry_of.resize(units);
    for (std::size_t i = 0; i < units; ++i) {
        const auto entry = static_cast<std::uint16_t>(entry_of(i));
        style.entry_of[i] = entry;
        ++style.entries[entry].count;
    }
}

// Statuses: the moves that `transitions` and `map --change` name, in the same look.
void style_moves(Change& out, const data::IndicatorCube& cube, data::Period from, data::Period to,
                 const Language& language) {
    out.moves =
        data::transitions(data::history_of(data::read_statuses(cube, out.indicator), {}), from, to);
    const auto moves = move_cube(*out.moves, cube.vintage);
    map::StyleWords words;
    words.no_data = language.text("change.not_compared");
    for (const auto& category : moves.indicators[0].categories)
        words.categories.push_back(category_text(category, language));
    out.style = map::make_category_style(moves.slice(0, 0), moves.indicators[0], words);
    say_letters(out.style, language);
}

void style_categories(Change& out, const data::Slice& before, const data::Slice& after,
                      const Language& language) {
    out.style.entries = {look(language.text("change.same"), kSame),
                         look(language.text("change.other"), kOther, map::Hatch::Diagonal),
                         not_compared(language)};
    assign(out.style, before.size(), [&](std::size_t i) {
        if (!before.has(i) || !after.has(i)) return 2;
        return before.value[i] == after.value[i] ? 0 : 1;
    });
}

// Two thresholds split the rises and the falls in three; they are the same on both sides, so that
// equal changes look equally strong.
void style_differences(Change& out, const data::Slice& before, const data::Slice& after,
                       int decimals, const Language& language) {
    std::vector<double> sizes;
    for (std::size_t i = 0; i < before.size(); ++i)
        if (before.has(i) && after.has(i) && before.value[i] != after.value[i])
            sizes.push_back(std::abs(after.value[i] - before.value[i]));
    std::sort(sizes.begin(), sizes.end());
    double small = 0, large = 0;
    if (!sizes.empty()) {
        small = sizes[(sizes.size() - 1) / 3];
        large = sizes[(sizes.size() - 1) * 2 / 3];
    }
    const auto text = [&](double v) { return language.number(v, decimals); };
    const auto colours = map::palette_colours("PuOr", 7);
    const auto range = [&](const char* sign, double a, double b) {
        return std::string(sign) + text(a) + " – " + sign + text(b);
    };
    const std::string minus = "−", plus = "+";
    // PuOr runs from brown to purple: purple for falls here, brown for rises.
    out.style.entries = {look("< " + minus + text(large), colours[6]),
                         look(range("−", large, small), colours[5]),
                         look(minus + text(small) + " – < 0", colours[4]),
                         look(language.text("change.none"), kSame),
                         look("> 0 – " + plus + text(small), colours[2]),
                         look(range("+", small, large), colours[1]),
                         look("> " + plus + text(large), colours[0]),
                         not_compared(language)};
    assign(out.style, before.size(), [&](std::size_t i) {
        if (!before.has(i) || !after.has(i)) return 7;
        const double d = after.value[i] - before.value[i], size = std::abs(d);
        if (size == 0) return 3;
        const int step = size > large ? 3 : size > small ? 2 : 1;
        return d < 0 ? 3 - step : 3 + step;
    });
}

// Classes of the matrix: those of both legends, their empties taken together as "no value". One of
// the two may have rows that the other lacks (estimates of years carried across a reform), so
// classes are told by their labels, never by their place.
struct MatrixClasses {
    std::vector<map::LegendEntry> looks; // the last: no value
    std::vector<std::size_t> row_of_entry, column_of_entry;
};

bool is_class(const map::LegendEntry& entry) {
    return entry.role == Role::Class || entry.role == Role::Zero;
}

MatrixClasses matrix_classes(const map::Style& before, const map::Style& after,
                             const Language& language) {
    MatrixClasses out;
    const auto find = [&](const map::LegendEntry& entry) {
        return std::find_if(out.looks.begin(), out.looks.end(), [&](const map::LegendEntry& known) {
            return known.role == entry.role && known.label == entry.label;
        });
    };
    for (const auto& entry : before.entries)
        if (is_class(entry)) out.looks.push_back(entry);
    // A class that only the second legend has comes after the one it follows there.
    auto next = out.looks.begin();
    for (const auto& entry : after.entries) {
        if (!is_class(entry)) continue;
        const auto known = find(entry);
        next = std::next(known == out.looks.end() ? out.looks.insert(next, entry) : known);
    }
    const auto rows_of = [&](const map::Style& style) {
        std::vector<std::size_t> rows;
        for (const auto& entry : style.entries)
            rows.push_back(is_class(entry)
                               ? static_cast<std::size_t>(find(entry) - out.looks.begin())
                               : out.looks.size());
        return rows;
    };
    out.row_of_entry = rows_of(before);
    out.column_of_entry = rows_of(after);
    auto none = not_compared(language);
    none.label = language.text("legend.no_data");
    out.looks.push_back(std::move(none));
    return out;
}

} // namespace

Change change_between(const Dataset& dataset, const StyledMap& now, data::Period from,
                      data::Period to, const Language& language) {
    const auto& cube = *dataset.cube;
    // Moves are between classes, however the map of one period is drawn.
    auto plain = now.choice;
    plain.kind = map::MapKind::Choropleth;
    auto all = now.theme ? styled(dataset, plain, language)
                         : now; // the units that are meant are those of the later period
    all.where.reset();
    const auto* const flags = now.where ? &now.where->at(to) : nullptr;
    const auto before = restyled(dataset, all, from, language);
    const auto after = restyled(dataset, all, to, language);
    Change out;
    out.indicator = now.indicator;
    out.from = before.period;
    out.to = after.period;
    out.categorical = now.categorical;
    const auto& what = cube.indicators[out.indicator];
    const auto a = cube.slice(out.indicator, out.from), b = cube.slice(out.indicator, out.to);
    if (!out.categorical)
        style_differences(out, a, b, dataset.decimals[out.indicator], language);
    else if (data::is_status(what))
        style_moves(out, cube, from, to, language);
    else
        style_categories(out, a, b, language);
    if (now.where) set_aside(out.style, *now.where, to, language);
    map::count_drawn(out.style, dataset.vintage->coverage->faces());
    out.title = language.text("change.title", {{"indicator", now.indicator_name},
                                               {"from", data::to_string(from)},
                                               {"to", data::to_string(to)}});
    out.note = language.text(out.categorical ? "change.note_classes" : "change.note_difference");

    auto classes = matrix_classes(before.style, after.style, language);
    const std::size_t n = classes.looks.size();
    for (const auto& entry : classes.looks) out.classes.push_back(entry.label);
    out.looks = std::move(classes.looks);
    out.matrix.assign(n, std::vector<std::size_t>(n, 0));
    const std::size_t units = before.style.entry_of.size();
    out.row_of.resize(units), out.column_of.resize(units);
    for (std::size_t i = 0; i < units; ++i) {
        const auto row = classes.row_of_entry[before.style.entry_of[i]];
        const auto column = classes.column_of_entry[after.style.entry_of[i]];
        if (flags && (*flags)[i] != data::Flag::Yes) { // in no cell
            out.row_of[i] = out.column_of[i] = static_cast<std::uint16_t>(n);
            continue;
        }
        out.row_of[i] = static_cast<std::uint16_t>(row);
        out.column_of[i] = static_cast<std::uint16_t>(column);
        ++out.matrix[row][column];
    }
    return out;
}

Faces faces_of_cell(const Change& change, std::size_t row, std::size_t column) {
    Faces out;
    for (std::size_t i = 0; i < change.row_of.size(); ++i)
        if (change.row_of[i] == row && change.column_of[i] == column)
            out.push_back(static_cast<geo::FaceId>(i));
    return out;
}

} // namespace diaban::app
