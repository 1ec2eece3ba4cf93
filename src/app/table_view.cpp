#include "app/table_view.hpp"

#include "app/aggregate.hpp"
#include "app/held_period.hpp"
#include "app/together.hpp"
#include "app/where_filter.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace diaban::app {
namespace {

using Kind = TableColumn::Kind;
using Test = std::function<bool(std::uint32_t)>;

data::Level level_of(Kind kind) {
    return kind == Kind::District ? data::Level::District : data::Level::Province;
}

bool is_level(Kind kind) {
    return kind == Kind::District || kind == Kind::Province;
}

constexpr std::array<std::pair<const char*, Kind>, 2> kOutlines{
    {{"coast", Kind::Coast}, {"border", Kind::Border}}};

bool is_outline(Kind kind) {
    return kind == Kind::Coast || kind == Kind::Border;
}

data::Flag outline_flag(const Dataset& dataset, Kind kind, std::size_t unit) {
    const auto found = dataset.outline.find(kind == Kind::Coast ? "coast" : "border");
    return found == dataset.outline.end() ? data::Flag::Unknown : found->second[unit];
}

const std::string& group_name(const data::Group& group) {
    return group.name.empty() ? group.code : group.name;
}

std::optional<double> number_in(std::string_view text, const Language& language) {
    if (const auto value = base::parse_number(text, language.numbers())) return value;
    return base::parse_number(text, {'.', '\0'});
}

// A test of values; nothing if the text is none.
std::optional<std::function<bool(double)>> value_test(std::string_view text,
                                                      const Language& language) {
    if (const auto dots = text.find(".."); dots != text.npos) {
        const auto low = number_in(base::trim(text.substr(0, dots)), language);
        const auto high = number_in(base::trim(text.substr(dots + 2)), language);
        if (!low || !high) return std::nullopt;
        return [low = *low, high = *high](double v) { return v >= low && v <= high; };
    }
    const auto signs = text.find_first_not_of("<>=");
    if (signs == text.npos) return std::nullopt;
    const auto sign = text.substr(0, signs);
    const auto limit = number_in(base::trim(text.substr(signs)), language);
    if (!limit) return std::nullopt;
    const double x = *limit;
    if (sign == ">") return [x](double v) { return v > x; };
    if (sign == ">=") return [x](double v) { return v >= x; };
    if (sign == "<") return [x](double v) { return v < x; };
    if (sign == "<=") return [x](double v) { return v <= x; };
    if (sign.empty() || sign == "=") return [x](double v) { return v == x; };
    return std::nullopt;
}

// For texts that many units share: compared once per group or category.
Test test_of_each(std::vector<bool> good, std::function<std::size_t(std::uint32_t)> which) {
    return [good = std::move(good), which = std::move(which)](std::uint32_t unit) {
        const std::size_t at = which(unit);
        return at < good.size() && good[at];
    };
}

Test value_filter(const Dataset& dataset, std::size_t indicator, std::size_t period,
                  const std::string& text, const Language& language) {
    const auto& cube = *dataset.cube;
    const auto slice = cube.slice(indicator, held_period(cube, indicator, period));
    if (text == "?") return [slice](std::uint32_t unit) { return !slice.has(unit); };
    const auto& what = cube.indicators[indicator];
    if (what.kind == data::Kind::Category) {
        const auto wanted = base::search_key(text);
        std::vector<bool> good;
        for (const auto& category : what.categories)
            good.push_back(
                base::search_matches(base::search_key(category_text(category, language)), wanted));
        return test_of_each(std::move(good), [slice](std::uint32_t unit) {
            return slice.has(unit) ? static_cast<std::size_t>(slice.value[unit])
                                   : static_cast<std::size_t>(-1);
        });
    }
    const auto test = value_test(text, language);
    if (!test) return {};
    return [slice, test = *test](std::uint32_t unit) {
        return slice.has(unit) && test(slice.value[unit]);
    };
}

// Empty if the text cannot be understood.
Test filter_of(const Dataset& dataset, TableColumn column, const std::string& text,
               std::size_t period, const Language& language) {
    const auto& units = dataset.vintage->units;
    if (column.kind == Kind::Value)
        return value_filter(dataset, column.indicator, period, text, language);
    const auto wanted = base::search_key(text);
    if (column.kind == Kind::Code)
        return [&units, wanted](std::uint32_t unit) {
            return base::search_key(units.code[unit]).starts_with(wanted);
        };
    if (column.kind == Kind::Name)
        return [&dataset, wanted](std::uint32_t unit) {
            return base::search_matches(dataset.search_keys[unit], wanted);
        };
    if (column.kind == Kind::Years) return {};
    if (is_outline(column.kind)) {
        std::vector<bool> good;
        for (const auto flag : {data::Flag::No, data::Flag::Yes, data::Flag::Unknown})
            good.push_back(
                base::search_matches(base::search_key(outline_text(flag, language)), wanted));
        return test_of_each(std::move(good), [&dataset, kind = column.kind](std::uint32_t unit) {
            return static_cast<std::size_t>(outline_flag(dataset, kind, unit));
        });
    }
    const auto level = static_cast<std::size_t>(level_of(column.kind));
    std::vector<bool> good;
    for (const auto& group : units.groups[level])
        good.push_back(base::search_matches(base::search_key(group_name(group)), wanted));
    return test_of_each(std::move(good), [&parent = units.parent[level]](std::uint32_t unit) {
        return static_cast<std::size_t>(parent[unit]);
    });
}

// Vietnamese order of the groups of a level.
std::vector<std::size_t> group_order(const data::UnitTable& units, data::Level level) {
    const auto& groups = units.groups[static_cast<std::size_t>(level)];
    std::vector<std::string> names;
    for (const auto& group : groups) names.push_back(group_name(group));
    const auto keys = base::sort_keys(names);
    std::vector<std::size_t> order(groups.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    return order;
}

void sort_rows(const Dataset& dataset, const TableQuery& query, std::vector<std::uint32_t>& rows) {
    const auto& units = dataset.vintage->units;
    const auto by = [&](auto end, auto less) {
        std::stable_sort(rows.begin(), end, [&](std::uint32_t a, std::uint32_t b) {
            return query.descending ? less(b, a) : less(a, b);
        });
    };
    if (query.sort.kind == Kind::Value) {
        const auto& cube = *dataset.cube;
        const auto slice =
            cube.slice(query.sort.indicator, held_period(cube, query.sort.indicator, query.period));
        // Units without a value come last in both directions.
        const auto empty = std::stable_partition(
            rows.begin(), rows.end(), [&](std::uint32_t unit) { return slice.has(unit); });
        by(empty, [&](auto a, auto b) { return slice.value[a] < slice.value[b]; });
    } else if (is_level(query.sort.kind)) {
        const auto level = static_cast<std::size_t>(level_of(query.sort.kind));
        const auto order = group_order(units, level_of(query.sort.kind));
        std::vector<std::size_t> rank(order.size() + 1, order.size());
        for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
        const auto rank_of = [&](std::uint32_t unit) {
            return rank[std::min<std::size_t>(units.parent[level][unit], order.size())];
        };
        by(rows.end(), [&](auto a, auto b) { return rank_of(a) < rank_of(b); });
    } else if (is_outline(query.sort.kind)) {
        constexpr std::array kOrder{1, 0, 2}; // of No, Yes, Unknown
        const auto rank_of = [&](std::uint32_t unit) {
            return kOrder[static_cast<std::size_t>(outline_flag(dataset, query.sort.kind, unit))];
        };
        by(rows.end(), [&](auto a, auto b) { return rank_of(a) < rank_of(b); });
    } else if (query.sort.kind == Kind::Name) {
        by(rows.end(), [&](auto a, auto b) { return dataset.sort_keys[a] < dataset.sort_keys[b]; });
    } else {
        by(rows.end(), [&](auto a, auto b) { return units.code[a] < units.code[b]; });
    }
}

std::string plain_number(double value, int decimals, const Language& language) {
    return base::format_number(value, decimals, {language.numbers().decimal, '\0'});
}

} // namespace

std::vector<TableColumn> table_columns(const Dataset& dataset) {
    const auto& units = dataset.vintage->units;
    std::vector<TableColumn> out{{Kind::Code, 0}, {Kind::Name, 0}};
    if (units.has_level(data::Level::District)) out.push_back({Kind::District, 0});
    if (units.groups[static_cast<std::size_t>(data::Level::Province)].size() > 1)
        out.push_back({Kind::Province, 0});
    for (const auto& [word, kind] : kOutlines)
        if (dataset.outline.contains(word)) out.push_back({kind, 0});
    if (dataset.cube && dataset.cube->periods.size() > 1) out.push_back({Kind::Years, 0});
    if (dataset.cube)
        for (std::size_t i = 0; i < dataset.cube->indicators.size(); ++i)
            out.push_back({Kind::Value, i});
    return out;
}

std::string outline_text(data::Flag flag, const Language& language) {
    return language.text(flag == data::Flag::Yes  ? "outline.yes"
                         : flag == data::Flag::No ? "outline.no"
                                                  : "outline.unknown");
}

std::string column_title(const Dataset& dataset, TableColumn column, const Language& language) {
    switch (column.kind) {
    case Kind::Code:
        return language.text("ui.table.code");
    case Kind::Name:
        return language.text("ui.table.name");
    case Kind::District:
        return language.text("ui.table.district");
    case Kind::Province:
        return language.text("ui.table.province");
    case Kind::Coast:
        return language.text("outline.coast");
    case Kind::Border:
        return language.text("outline.border");
    case Kind::Years:
        return language.text("ui.table.years");
    case Kind::Value:
        break;
    }
    return indicator_name(dataset.cube->indicators[column.indicator], language);
}

TableRows table_rows(const Dataset& dataset, const TableQuery& query, const Faces& selection,
                     const Language& language) {
    TableRows out;
    const auto& units = dataset.vintage->units;
    std::vector<std::uint32_t> shown;
    if (query.selected) {
        shown.assign(selection.begin(), selection.end());
    } else {
        shown.resize(units.size());
        std::iota(shown.begin(), shown.end(), 0U);
    }
    if (query.where) {
        const auto dated = dataset.cube && query.period < dataset.cube->periods.size();
        const auto& flags =
            query.where->at(dated ? dataset.cube->periods[query.period] : data::Period{});
        std::erase_if(shown, [&](std::uint32_t unit) { return flags[unit] != data::Flag::Yes; });
    }
    for (std::size_t f = 0; f < query.filters.size(); ++f) {
        const auto& [column, typed] = query.filters[f];
        const std::string text(base::trim(typed));
        if (text.empty()) continue;
        const auto test = filter_of(dataset, column, text, query.period, language);
        if (test)
            std::erase_if(shown, [&](std::uint32_t unit) { return !test(unit); });
        else
            out.unread.push_back(f);
    }
    sort_rows(dataset, query, shown);
    out.units = shown.size();
    if (!query.grouped) {
        for (const auto unit : shown) out.rows.push_back({false, unit});
        return out;
    }
    const auto level = group_units(units).level;
    const auto& parent = units.parent[static_cast<std::size_t>(level)];
    auto order = group_order(units, level);
    order.push_back(order.size()); // units without a group
    out.groups.resize(order.size());
    for (const auto unit : shown)
        out.groups[unit < parent.size() ? std::min<std::size_t>(parent[unit], order.size() - 1)
                                        : order.size() - 1]
            .push_back(unit);
    for (const auto group : order) {
        if (out.groups[group].empty()) continue;
        out.rows.push_back({true, static_cast<std::uint32_t>(group)});
        for (const auto unit : out.groups[group]) out.rows.push_back({false, unit});
    }
    return out;
}

std::string cell_text(const Dataset& dataset, TableColumn column, std::size_t unit,
                      std::size_t period, const Language& language) {
    const auto& units = dataset.vintage->units;
    switch (column.kind) {
    case Kind::Code:
        return units.code[unit];
    case Kind::Name:
        return units.name[unit];
    case Kind::District:
    case Kind::Province: {
        const auto* group = units.group_of(level_of(column.kind), unit);
        return group ? group_name(*group) : "";
    }
    case Kind::Coast:
    case Kind::Border:
        return outline_text(outline_flag(dataset, column.kind, unit), language);
    case Kind::Years:
        return "";
    case Kind::Value:
        break;
    }
    return value_text(dataset, column.indicator, period, unit, language);
}

std::string group_title(const Dataset& dataset, std::size_t group, const Language& language) {
    const auto& table = dataset.vintage->units;
    const auto& groups = table.groups[static_cast<std::size_t>(group_units(table).level)];
    return group < groups.size() ? group_name(groups[group]) : language.text("ui.table.no_group");
}

std::string group_text(const Dataset& dataset, TableColumn column, std::size_t group,
                       const Faces& units, std::size_t asked, const Language& language) {
    if (column.kind == Kind::Name)
        return group_title(dataset, group, language) + " (" + language.count(units.size()) + ")";
    if (column.kind != Kind::Value) return "";
    return with_unit(together(dataset, column.indicator, asked, units, language),
                     dataset.cube->indicators[column.indicator], language);
}

std::string group_rule(const Dataset& dataset, TableColumn column, const Faces& units,
                       std::size_t asked, const Language& language) {
    if (column.kind != Kind::Value) return "";
    return together_rule(dataset, column.indicator,
                         together(dataset, column.indicator, asked, units, language), units.size(),
                         language);
}

std::string table_text(const Dataset& dataset, const std::vector<TableColumn>& columns,
                       const TableRows& rows, std::size_t asked, const Language& language) {
    std::string out;
    const auto add_line = [&](const auto& text_of) {
        bool first = true;
        for (const auto column : columns) {
            if (column.kind == Kind::Years) continue;
            std::string text = text_of(column);
            std::replace_if(
                text.begin(), text.end(), [](char x) { return x == '\t' || x == '\n'; }, ' ');
            out += (first ? "" : "\t") + text;
            first = false;
        }
        out += "\n";
    };
    add_line([&](TableColumn c) { return column_title(dataset, c, language); });
    for (const auto& row : rows.rows) {
        if (row.group) continue; // a spreadsheet makes its own
        add_line([&](TableColumn c) -> std::string {
            if (c.kind != Kind::Value) return cell_text(dataset, c, row.index, asked, language);
            const auto& cube = *dataset.cube;
            const auto period = held_period(cube, c.indicator, asked);
            const bool number = cube.indicators[c.indicator].kind != data::Kind::Category &&
                                cube.slice(c.indicator, period).has(row.index);
            return number ? plain_number(cube.value(c.indicator, period, row.index),
                                         dataset.decimals[c.indicator], language)
                          : value_text(dataset, c.indicator, period, row.index, language);
        });
    }
    return out;
}

} // namespace diaban::app
