#include "data/join_values.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/empty_signs.hpp"
#include "data/wide_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <fmt/ranges.h>

namespace diaban::data {
namespace {

using base::Error;
using base::ErrorKind;
constexpr std::string_view kYear = "{year}";
constexpr std::array kStatusOrder = {"none", "present", "hot", "hot3", "hot2", "hot1"};

std::string joined(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

// The columns that the file has. A name that begins with a control character is not its own.
std::vector<std::string> own_names(const RawTable& table) {
    auto names = table.column_names();
    std::erase_if(names, [](const auto& name) {
        return !name.empty() && static_cast<unsigned char>(name.front()) < 0x20;
    });
    return names;
}

bool same(std::string_view a, std::string_view b) {
    return a == b || base::search_key(a) == base::search_key(b);
}

std::string folded(std::string_view text) {
    return base::lower(base::nfc(text));
}

// The year that `name` has where `pattern` has {year}: HR60 and "hr{year}" -> 1960.
std::optional<Period> wide_period(const std::string& name, const std::string& pattern) {
    const auto at = pattern.find(kYear);
    const auto prefix = folded(pattern.substr(0, at));
    const auto suffix = folded(pattern.substr(at + kYear.size()));
    const auto whole = folded(name);
    if (whole.size() <= prefix.size() + suffix.size() || !whole.starts_with(prefix) ||
        !whole.ends_with(suffix))
        return std::nullopt;
    const auto digits = whole.substr(prefix.size(), whole.size() - prefix.size() - suffix.size());
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    if (digits.size() == 4) return parse_period(digits);
    if (digits.size() != 2) return std::nullopt;
    const int two = (digits[0] - '0') * 10 + (digits[1] - '0');
    return Period{two >= 30 ? 1900 + two : 2000 + two, 0};
}

// "hr{year}" -> "hr", "{year}_pop" -> "pop".
IndicatorId id_of_pattern(std::string pattern) {
    pattern.erase(pattern.find(kYear), kYear.size());
    while (!pattern.empty() && std::string_view("_-. ").find(pattern.back()) != std::string::npos)
        pattern.pop_back();
    const auto first = pattern.find_first_not_of("_-. ");
    return first == pattern.npos ? "value" : pattern.substr(first);
}

Series make_series(const RawTable& table, const std::string& value) {
    Series series;
    if (value.find(kYear) == value.npos) {
        const auto& column = require_column(table, value);
        series.indicator.id = column.name;
        series.parts.push_back({std::nullopt, &column});
        return series;
    }
    std::map<Period, const Column*> columns;
    for (const auto& column : table.columns)
        if (const auto period = wide_period(column.name, value)) columns.emplace(*period, &column);
    if (columns.empty())
        throw Error(ErrorKind::Data, "error.table.no_wide_column",
                    {{"column", value}, {"file", table.source}, {"columns", columns_of(table)}});
    series.indicator.id = id_of_pattern(value);
    for (const auto& [period, column] : columns) series.parts.push_back({period, column});
    return series;
}

std::set<std::string> distinct_words(const Column& column, std::size_t most) {
    std::set<std::string> words;
    for (std::size_t i = 0; i < column.rows() && words.size() <= most; ++i)
        if (!column.null[i]) words.insert(column.cell(i));
    return words;
}

bool mostly_status(const std::set<std::string>& words) {
    const auto known = std::count_if(words.begin(), words.end(), [](const std::string& w) {
        return status_code(w).has_value();
    });
    return !words.empty() && static_cast<std::size_t>(known) * 10 >= words.size() * 8;
}

// Words of a column that is none of statuses, each class once, however it is written: "TĐ" and
// "tđ", "hot" and "trọng điểm". What says that there is no value is no class beside "no data".
std::set<std::string> distinct_classes(const std::set<std::string>& words) {
    std::set<std::string> codes; // that stand there as codes, with the name of a status
    for (const auto& word : words)
        if (const auto code = status_code(word); code && same(*code, word)) codes.insert(*code);
    std::set<std::string> keys, out;
    for (const auto& word : words) {
        if (empty_sign(word)) continue;
        const auto code = status_code(word);
        const auto& name = code && codes.contains(*code) ? *code : word;
        if (keys.insert(base::search_key(name)).second) out.insert(name);
    }
    if (out.empty() && !words.empty()) out.insert("unknown");
    return out;
}

bool bookkeeping_name(const std::string& name) {
    static constexpr std::array kNames = {
        "fid",        "ogc_fid",   "id",       "objectid", "gid",   "ogc fid", "shape_area",
        "shape_leng", "rowid",     "x",        "y",        "lon",   "lat",     "stt",
        "tt",         "longitude", "latitude", "kinh do",  "vi do", "pk_uid"};
    const auto key = base::search_key(name);
    return std::find(kNames.begin(), kNames.end(), key) != kNames.end();
}

std::optional<CellValue> marker(std::string_view text) {
    const auto sign = empty_sign(text);
    if (!sign) return std::nullopt;
    const bool missing = *sign == EmptySign::Missing;
    return CellValue{missing ? CellValue::What::Missing : CellValue::What::Suppressed, 0};
}

// Statuses that other words hide are no reason to say that the table holds nothing.
[[noreturn]] void no_values(const RawTable& table) {
    for (const auto& column : table.columns)
        if (const auto strange = half_statuses(table, column))
            throw Error(ErrorKind::Data, "error.table.status_words",
                        {{"file", table.source},
                         {"column", column.name},
                         {"words", strange->list},
                         {"example", strange->example}});
    throw Error(ErrorKind::Data, "error.table.no_values",
                {{"file", table.source}, {"columns", columns_of(table)}});
}

} // namespace

bool has_statuses(const Indicator& indicator) {
    const auto& codes = indicator.categories;
    return indicator.kind == Kind::Category &&
           std::find(codes.begin(), codes.end(), "none") != codes.end() &&
           std::find(codes.begin(), codes.end(), "present") != codes.end();
}

std::string columns_of(const RawTable& table) {
    return joined(own_names(table));
}

const Column& require_column(const RawTable& table, const std::string& name) {
    if (const auto* column = table.find(name)) return *column;
    const auto near = base::nearest(name, own_names(table));
    throw Error(ErrorKind::Data, "error.table.no_column",
                {{"column", name},
                 {"file", table.source},
                 {"columns", columns_of(table)},
                 {"near", std::int64_t{near.empty() ? 0 : 1}},
                 {"suggestion", joined(near)}});
}

std::vector<std::string> value_columns(const RawTable& table, const Column* key,
                                       const Column* year) {
    std::vector<std::string> values;
    for (const auto& column : table.columns) {
        if (&column == key || &column == year || usual_code_name(column.name) ||
            bookkeeping_name(column.name))
            continue;
        if (column.type == ColumnType::Number ||
            mostly_status(distinct_words(column, kMostCategories)))
            values.push_back(column.name);
    }
    return values;
}

std::vector<Series> find_series(const RawTable& table, const JoinSpec& spec, const Column& key,
                                const Column* year) {
    auto values = spec.values.empty() ? value_columns(table, &key, year) : spec.values;
    // A table without a column of years may have a column for each of them.
    if (spec.values.empty() && !year && spec.denominator.empty())
        values = with_year_patterns(values);
    if (values.empty()) no_values(table);
    std::vector<Series> series;
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto one = make_series(table, values[i]);
        if (i < spec.indicators.size()) {
            const auto found_id = one.indicator.id;
            one.indicator = spec.indicators[i];
            if (one.indicator.id.empty()) one.indicator.id = found_id;
        }
        series.push_back(std::move(one));
    }
    if (spec.denominator.empty()) return series;
    auto denominator = make_series(table, spec.denominator);
    const bool among_values = std::any_of(series.begin(), series.end(), [&](const Series& s) {
        return s.parts.front().column == denominator.parts.front().column;
    });
    if (among_values) return series;
    // A denominator without years serves every year of wide values.
    if (!denominator.wide() && series.front().wide()) {
        const auto* column = denominator.parts.front().column;
        denominator.parts.clear();
        for (const auto& part : series.front().parts)
            denominator.parts.push_back({part.period, column});
    }
    series.push_back(std::move(denominator));
    return series;
}

CellReader::CellReader(Series& series, const RawTable& table, bool kind_given)
    : indicator_(series.indicator) {
    if (indicator_.kind == Kind::Category) {
        if (indicator_.categories.empty()) collect_categories(table, series);
        return;
    }
    const bool words = std::all_of(series.parts.begin(), series.parts.end(), [](const auto& part) {
        return part.column->type == ColumnType::Text;
    });
    const bool empty = std::all_of(series.parts.begin(), series.parts.end(), [](const auto& part) {
        return std::find(part.column->null.begin(), part.column->null.end(), 0) ==
               part.column->null.end();
    });
    if (kind_given || !words || empty) return;
    indicator_.kind = Kind::Category;
    collect_categories(table, series);
}

void CellReader::collect_categories(const RawTable& table, const Series& series) {
    std::set<std::string> words;
    for (const auto& part : series.parts)
        words.merge(distinct_words(*part.column, kMostCategories));
    if (mostly_status(words)) {
        std::set<std::string> codes;
        for (const auto& word : words)
            if (const auto code = status_code(word)) codes.insert(*code);
        const bool classes =
            codes.contains("hot1") || codes.contains("hot2") || codes.contains("hot3");
        for (const std::string code : kStatusOrder) {
            const bool always = code == "none" || code == "present" || (code == "hot" && !classes);
            if (always || codes.contains(code)) indicator_.categories.push_back(code);
        }
        return;
    }
    if (words.size() > kMostCategories) {
        const auto& column = *series.parts.front().column;
        std::size_t row = 0;
        while (row + 1 < column.rows() && column.null[row]) ++row;
        throw Error(ErrorKind::Data, "error.table.words",
                    {{"column", column.name},
                     {"file", table.source},
                     {"row", static_cast<std::int64_t>(table.first_row + row)},
                     {"value", column.cell(row)}});
    }
    words = distinct_classes(words);
    std::vector<std::string> sorted(words.begin(), words.end());
    const bool numbers = std::all_of(sorted.begin(), sorted.end(), [](const std::string& w) {
        return base::parse_number(w, {}).has_value();
    });
    const auto keys = base::sort_keys(sorted);
    std::vector<std::size_t> order(sorted.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (numbers) return *base::parse_number(sorted[a], {}) < *base::parse_number(sorted[b], {});
        return keys[a] < keys[b];
    });
    for (const auto i : order) indicator_.categories.push_back(sorted[i]);
}

CellValue CellReader::read(const Column& column, std::size_t row) {
    if (column.null[row]) return {};
    return indicator_.kind == Kind::Category ? category(column, row) : number(column, row);
}

CellValue CellReader::number(const Column& column, std::size_t row) const {
    if (column.type == ColumnType::Number && std::isfinite(column.number[row]))
        return {CellValue::What::Value, column.number[row]};
    const auto text = column.cell(row);
    if (const auto empty = marker(text)) return *empty;
    if (column.type == ColumnType::Text)
        if (const auto value = base::parse_number(text, {}))
            return {CellValue::What::Value, *value};
    return {CellValue::What::Bad, 0};
}

CellValue CellReader::category(const Column& column, std::size_t row) {
    const auto word = column.cell(row);
    const auto [at, added] = words_.try_emplace(word);
    if (added) at->second = category_of(word);
    return at->second;
}

CellValue CellReader::category_of(const std::string& word) const {
    const auto& categories = indicator_.categories;
    const auto index = [&](std::string_view name) -> std::optional<double> {
        for (std::size_t k = 0; k < categories.size(); ++k)
            if (same(categories[k], name)) return static_cast<double>(k);
        return std::nullopt;
    };
    if (same(word, "unknown")) return {CellValue::What::Missing, 0};
    if (const auto k = index(word)) return {CellValue::What::Value, *k};
    if (const auto code = status_code(word)) {
        if (*code == "unknown") return {CellValue::What::Missing, 0};
        if (const auto k = index(*code)) return {CellValue::What::Value, *k};
    }
    // Integer codes count the categories from 0.
    if (const auto value = base::parse_number(word, {});
        value && *value >= 0 && *value < static_cast<double>(categories.size()) &&
        *value == std::floor(*value)) {
        const auto k = static_cast<std::size_t>(*value);
        return categories[k] == "unknown" ? CellValue{CellValue::What::Missing, 0}
                                          : CellValue{CellValue::What::Value, *value};
    }
    if (const auto empty = marker(word)) return *empty;
    return {CellValue::What::Bad, 0};
}

} // namespace diaban::data
