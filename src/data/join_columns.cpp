// Which column is the code, the year, the name: recognised by their usual names.

#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/join.hpp"
#include "data/join_values.hpp"

#include <algorithm>

namespace diaban::data {
namespace {

// "nam" is a year and also "male": only a column that holds years is a year column.
bool holds_periods(const Column& column) {
    constexpr std::size_t kLookAt = 1000;
    const auto stride = std::max<std::size_t>(1, column.rows() / kLookAt);
    std::size_t filled = 0, periods = 0;
    for (std::size_t i = 0; i < column.rows(); i += stride) {
        if (column.null[i]) continue;
        ++filled;
        if (parse_year_cell(column.cell(i))) ++periods;
    }
    return filled > 0 && periods * 10 >= filled * 9;
}

std::vector<std::string> keys_of(const RawTable& table) {
    std::vector<std::string> keys;
    for (const auto& column : table.columns) keys.push_back(column_key(column.name));
    return keys;
}

} // namespace

bool usual_code_name(std::string_view column) {
    const auto key = column_key(column);
    return is_one_of(key, usual::kCommuneCode) || is_one_of(key, usual::kPlainCode) ||
           is_one_of(key, usual::kDistrictCode) || is_one_of(key, usual::kProvinceCode) ||
           is_one_of(key, usual::kOtherCode);
}

std::optional<std::string> find_code_column(const RawTable& table) {
    const auto keys = keys_of(table);
    auto at = find_column(keys, usual::kCommuneCode);
    if (!at) at = find_column(keys, usual::kPlainCode);
    // A table of districts or provinces. One of communes by name only has no key: the code of
    // the district is not theirs.
    if (!at && !find_column(keys, usual::kCommuneName)) {
        at = find_column(keys, usual::kDistrictCode);
        if (!at) at = find_column(keys, usual::kProvinceCode);
    }
    return at ? std::optional(table.columns[*at].name) : std::nullopt;
}

std::optional<std::string> find_year_column(const RawTable& table) {
    auto keys = keys_of(table);
    for (std::size_t c = 0; c < keys.size(); ++c)
        if (is_one_of(keys[c], usual::kYear) && !holds_periods(table.columns[c])) keys[c].clear();
    const auto at = find_column(keys, usual::kYear);
    return at ? std::optional(table.columns[*at].name) : std::nullopt;
}

std::optional<UnreadYears> unread_years(const RawTable& table) {
    constexpr std::size_t kFewest = 4; // one cell in so many is a year; fewer are a coincidence
    for (const auto& column : table.columns) {
        if (!is_one_of(column_key(column.name), usual::kYear) || holds_periods(column)) continue;
        UnreadYears out{&column};
        std::size_t years = 0;
        for (std::size_t row = 0; row < column.rows(); ++row) {
            if (parse_year_cell(column.cell(row)))
                ++years;
            else if (out.count++ == 0)
                out.first_row = row;
        }
        if (years * kFewest >= column.rows()) return out;
    }
    return std::nullopt;
}

std::optional<Period> parse_year_cell(std::string_view cell) {
    const auto plausible = [](std::optional<Period> period) {
        return period && period->year <= 2200 ? period : std::nullopt;
    };
    if (const auto period = parse_period(base::trim(cell))) return plausible(period);
    const auto key = base::search_key(cell); // '-' has become a blank
    std::string_view text = key;
    if (text.starts_with("nam ")) text.remove_prefix(4);
    int half = 0;
    if (text.ends_with(" h1") || text.ends_with(" h2")) {
        half = text.back() - '0';
        text.remove_suffix(3);
    } else if (text.size() >= 10 && text[4] == ' ' && text[7] == ' ') {
        text = text.substr(0, 4); // a date stands for its year
    }
    auto period = plausible(parse_period(text));
    if (period && half) period->half = half;
    return period;
}

IndicatorId ratio_id(const IndicatorId& value, const IndicatorId& denominator) {
    return value + "/" + denominator;
}

} // namespace diaban::data
