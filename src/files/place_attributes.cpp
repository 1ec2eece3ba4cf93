#include "files/place_attributes.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/catalogue.hpp"
#include "data/column_names.hpp"
#include "data/import_plan.hpp"
#include "data/personal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace diaban::files {
namespace {

constexpr double kFewPersons = 10; // conventions.md 6: counts below are masked
// Parts of column_key(name) of columns that count persons, beside those of the catalogue.
constexpr std::array<std::string_view, 11> kPersonWords{
    "nguoi",   "doituong", "nhankhau", "danso", "congnhan", "laodong",
    "hocvien", "person",   "people",   "pop",   "worker"};

bool heads_persons(const std::string& name) {
    if (const auto* entry = data::find_in_catalogue(data::indicator_named(name, {})))
        if (entry->counts_persons) return true;
    const auto key = data::column_key(name);
    return std::any_of(kPersonWords.begin(), kPersonWords.end(),
                       [&](std::string_view word) { return key.find(word) != key.npos; });
}

bool tells_of_persons(const data::Column& column) {
    if (data::personal_column_name(column.name)) return true;
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < column.rows(); ++row) cells.push_back(column.cell(row));
    return data::personal_cells(cells.size(),
                                [&](std::size_t row) { return std::string_view(cells[row]); });
}

void quote_json(std::string_view text, std::string& out) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<int>(c));
        else
            out += c;
    }
    out += '"';
}

} // namespace

AttributeColumns::AttributeColumns(const data::RawTable& table,
                                   const std::function<bool(const data::Column&)>& used,
                                   base::Findings& findings) {
    for (const auto& column : table.columns) {
        if (used(column) || data::is_one_of(data::column_key(column.name), data::usual::kRowNumber))
            continue;
        if (tells_of_persons(column))
            findings.push_back(base::finding(base::Severity::Warning, "refused_personal_column",
                                             {{"column", column.name}}));
        else
            kept_.push_back({&column, heads_persons(column.name)});
    }
}

std::vector<data::Attribute> AttributeColumns::of(std::size_t row) {
    std::vector<data::Attribute> out;
    for (auto& [column, persons, left_out] : kept_) {
        if (column->null[row]) continue;
        const bool number =
            column->type == data::ColumnType::Number && std::isfinite(column->number[row]);
        auto value = number ? fmt::format("{}", column->number[row])
                            : std::string(base::trim(column->cell(row)));
        if (value.empty()) continue;
        if (persons) {
            const auto count =
                number ? column->number[row] : base::parse_number(value, {}).value_or(base::kNaN);
            if (count > 0 && count < kFewPersons) {
                ++left_out;
                continue;
            }
        }
        out.push_back({column->name, std::move(value), number});
    }
    return out;
}

void AttributeColumns::report(const std::string& file, base::Findings& findings) const {
    for (const auto& kept : kept_)
        if (kept.left_out > 0)
            findings.push_back(base::finding(
                base::Severity::Info, "place_few_persons",
                {{"file", file}, {"column", kept.column->name}, {"count", kept.left_out}}));
}

std::string attributes_json(const std::vector<data::Attribute>& attributes) {
    std::string out = "{";
    for (const auto& attribute : attributes) {
        if (out.size() > 1) out += ", ";
        quote_json(attribute.name, out);
        out += ": ";
        if (attribute.number)
            out += attribute.value;
        else
            quote_json(attribute.value, out);
    }
    return out + "}";
}

} // namespace diaban::files
