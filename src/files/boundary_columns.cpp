#include "files/boundary_columns.hpp"

#include "base/text.hpp"
#include "data/column_names.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <unordered_map>

namespace diaban::files {
namespace {

namespace usual = data::usual;
using base::Finding;
using base::Findings;
using base::Severity;

// GSO codes: digits of a province and of a district.
constexpr std::size_t kProvinceWidth = 2, kDistrictWidth = 3;

int find_one(const std::vector<std::string>& keys, data::ColumnNames names) {
    const auto at = data::find_column(keys, names);
    return at ? static_cast<int>(*at) : -1;
}

int named_column(const std::vector<std::string>& names, const std::string& wanted,
                 const std::string& file) {
    if (const auto at = data::name_meant(names, wanted)) return static_cast<int>(*at);
    throw base::Error(base::ErrorKind::Data, "error.column.missing",
                      {{"file", file},
                       {"column", wanted},
                       {"columns", fmt::format("{}", fmt::join(names, ", "))}});
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
}

// A column as codes: text as it stands, trimmed; whole numbers without decimals.
std::vector<std::string> code_texts(const data::Column& column) {
    std::vector<std::string> out(column.rows());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (column.null[i]) continue;
        if (column.type == data::ColumnType::Number &&
            std::floor(column.number[i]) == column.number[i])
            out[i] = fmt::format("{:.0f}", column.number[i]);
        else
            out[i] = std::string(base::trim(column.cell(i)));
    }
    return out;
}

struct Padded {
    std::size_t count = 0; // codes that were shorter
    std::string example;   // the first of them, with its zeros
};

// Pads digits to `width`; 0 = nothing to do.
Padded pad(std::vector<std::string>& codes, std::size_t width) {
    Padded out;
    for (auto& code : codes)
        if (all_digits(code) && code.size() < width) {
            code.insert(0, width - code.size(), '0');
            if (out.count++ == 0) out.example = code;
        }
    return out;
}

// How wide the codes of a column were before a number format took their leading zeros; 0 if they
// show no loss. `usual` is the width of GSO codes: 2 (province), 3 (district), 5 (commune). Text
// shows a loss by its uneven width; a column of numbers cannot have kept zeros at all.
std::size_t lost_width(const std::vector<std::string>& codes, std::size_t usual, bool numbers) {
    std::size_t longest = 0, shortest = usual;
    for (const auto& code : codes) {
        if (code.empty()) continue;
        if (!all_digits(code)) return 0;
        longest = std::max(longest, code.size());
        shortest = std::min(shortest, code.size());
    }
    const bool lost = shortest < usual && (numbers ? longest <= usual : longest == usual);
    return lost ? usual : 0;
}

// For codes that may be anything: five digits, if most of them have that many. Numbers 1 to 154 are
// no codes that lost their zeros.
std::size_t width_of_most(const std::vector<std::string>& codes) {
    constexpr std::size_t kUsual = 5;
    const auto full = static_cast<std::size_t>(std::count_if(
        codes.begin(), codes.end(), [](const auto& code) { return code.size() == kUsual; }));
    return 2 * full > codes.size() ? lost_width(codes, kUsual, true) : 0;
}

bool is_number(const data::Column& column) {
    return column.type == data::ColumnType::Number;
}

void report_restored(const std::string& file, const std::string& column, const Padded& padded,
                     Findings& findings) {
    if (padded.count == 0) return;
    auto note = base::finding(Severity::Info, "restored_zeros",
                              {{"file", file},
                               {"column", column},
                               {"count", static_cast<std::int64_t>(padded.count)},
                               {"example", padded.example}});
    note.amount = static_cast<double>(padded.count);
    note.amount_unit = "rows";
    findings.push_back(std::move(note));
}

bool tells_apart(const std::vector<std::string>& codes) {
    std::unordered_map<std::string_view, int> seen;
    for (const auto& code : codes)
        if (code.empty() || ++seen[code] > 1) return false;
    return true;
}

std::string value_of(const data::RawTable& table, int column, std::size_t row) {
    if (column < 0) return {};
    return base::single_blanks(table.columns[static_cast<std::size_t>(column)].cell(row));
}

// ---- Codes -----------------------------------------------------------------------------------

std::vector<std::string> row_numbers(std::size_t rows) {
    std::vector<std::string> out(rows);
    for (std::size_t i = 0; i < rows; ++i) out[i] = std::to_string(i + 1);
    return out;
}

void report_missing_codes(const std::vector<std::string>& codes,
                          const std::vector<std::string>& names, const std::string& file,
                          Findings& findings) {
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (!codes[i].empty()) continue;
        const std::string name = names.empty() ? std::string() : names[i];
        findings.push_back(base::finding(Severity::Warning, "no_code",
                                         {{"file", file},
                                          {"feature", static_cast<std::int64_t>(i + 1)},
                                          {"name", name},
                                          {"named", name.empty() ? name : " (" + name + ")"}}));
    }
}

void report_duplicates(const std::vector<std::string>& codes, const std::string& file,
                       Findings& findings) {
    std::map<std::string_view, std::vector<std::size_t>> rows_of;
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (!codes[i].empty()) rows_of[codes[i]].push_back(i + 1);
    for (const auto& [code, rows] : rows_of) {
        if (rows.size() < 2) continue;
        auto note = base::finding(Severity::Problem, "duplicate_code",
                                  {{"file", file},
                                   {"code", std::string(code)},
                                   {"features", fmt::format("{}", fmt::join(rows, ", "))}},
                                  std::string(code));
        note.amount = static_cast<double>(rows.size());
        note.amount_unit = "rows";
        findings.push_back(std::move(note));
    }
}

std::vector<std::string> unit_codes(const data::RawTable& table, std::size_t rows,
                                    const UnitColumns& columns, const std::string& file,
                                    Findings& findings) {
    if (columns.code >= 0) {
        const auto& column = table.columns[static_cast<std::size_t>(columns.code)];
        auto codes = code_texts(column);
        if (!columns.code_unsure || tells_apart(codes)) {
            const auto width = columns.code_width > 0
                                   ? lost_width(codes, columns.code_width, is_number(column))
                                   : width_of_most(codes);
            report_restored(file, column.name, pad(codes, width), findings);
            return codes;
        }
    }
    auto listed = fmt::format("{}", fmt::join(table.column_names(), ", "));
    if (!listed.empty()) listed = " (" + listed + ")";
    findings.push_back(base::finding(Severity::Warning, "no_code_column",
                                     {{"file", file}, {"columns", std::move(listed)}}));
    return row_numbers(rows);
}

// ---- Parents ---------------------------------------------------------------------------------

struct Parent {
    std::vector<std::string> code, name; // one per unit; both empty where unknown
    bool any() const { return !code.empty() || !name.empty(); }
};

Parent parent_columns(const data::RawTable& table, std::size_t rows, int code, int name,
                      std::size_t width, const std::string& file, Findings& findings) {
    Parent out;
    if (code >= 0) {
        const auto& column = table.columns[static_cast<std::size_t>(code)];
        out.code = code_texts(column);
        const auto lost = lost_width(out.code, width, is_number(column));
        report_restored(file, column.name, pad(out.code, lost), findings);
    }
    if (name >= 0) {
        out.name.resize(rows);
        for (std::size_t i = 0; i < rows; ++i) out.name[i] = value_of(table, name, i);
    }
    return out;
}

// "VNM.1.2.3_1" (GADM) -> "VNM.1.2": one level up. Empty if the code has no such structure.
std::string gadm_parent(std::string_view code) {
    const auto body = code.substr(0, code.find('_'));
    const auto dot = body.rfind('.');
    return dot == std::string_view::npos || body.find('.') == dot
               ? std::string()
               : std::string(body.substr(0, dot));
}

// Parents that nested codes carry themselves: GADM, and the ten digits province + district +
// commune. Five-digit commune codes name no parent.
Parent parents_from_codes(const std::vector<std::string>& codes, data::Level level) {
    Parent out;
    out.code.resize(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const bool district = level == data::Level::District;
        if (all_digits(codes[i]) && codes[i].size() == 10)
            out.code[i] = district ? codes[i].substr(2, 3) : codes[i].substr(0, 2);
        else if (auto up = gadm_parent(codes[i]); !up.empty())
            out.code[i] = district ? up : gadm_parent(up);
        if (out.code[i].empty()) return {};
    }
    return out;
}

// Groups in the order of their province and code (or name): the same file gives the same order
// whatever the order of its features.
void make_groups(data::UnitTable& units, data::Level level, const Parent& parent) {
    const auto l = static_cast<std::size_t>(level);
    const auto rows = units.size();
    units.parent[l].assign(rows, geo::kNoGroup);
    if (!parent.any()) return;
    const auto& provinces = units.parent[static_cast<std::size_t>(data::Level::Province)];
    using Key = std::tuple<geo::GroupIndex, std::string, std::string>;
    std::map<Key, geo::GroupIndex> known;
    const auto key_of = [&](std::size_t i) -> std::optional<Key> {
        const auto code = parent.code.empty() ? std::string() : parent.code[i];
        const auto name = parent.name.empty() ? std::string() : parent.name[i];
        if (code.empty() && name.empty()) return std::nullopt;
        const auto above = level == data::Level::District && !provinces.empty() ? provinces[i] : 0;
        // A code names the group by itself; spellings of its name may vary.
        return Key{above, code, code.empty() ? name : std::string()};
    };
    std::map<Key, std::string> name_of;
    for (std::size_t i = 0; i < rows; ++i)
        if (const auto key = key_of(i))
            name_of.try_emplace(*key, parent.name.empty() ? std::string() : parent.name[i]);
    for (const auto& [key, name] : name_of) {
        known.emplace(key, static_cast<geo::GroupIndex>(units.groups[l].size()));
        units.groups[l].push_back({std::get<1>(key), name});
    }
    for (std::size_t i = 0; i < rows; ++i)
        if (const auto key = key_of(i)) units.parent[l][i] = known.at(*key);
}

// "code" beside "name" ("ma", "ten"): the unit's own, so that those of a district and a province in
// the same rows are its parents. A store's own layers are written so.
bool has_own_code_and_name(const std::vector<std::string>& keys) {
    constexpr std::array kCodes{"code", "ma"}, kNames{"name", "ten"};
    return data::find_column(keys, kCodes) && data::find_column(keys, kNames);
}

} // namespace

UnitColumns find_unit_columns(const std::vector<std::string>& names, const BoundarySource& source) {
    std::vector<std::string> keys;
    for (const auto& name : names) keys.push_back(data::column_key(name));
    UnitColumns out;
    out.code = find_one(keys, usual::kCommuneCode);
    out.name = find_one(keys, usual::kCommuneName);
    out.type = find_one(keys, usual::kUnitType);
    out.district_code = find_one(keys, usual::kDistrictCode);
    out.district_name = find_one(keys, usual::kDistrictName);
    out.province_code = find_one(keys, usual::kProvinceCode);
    out.province_name = find_one(keys, usual::kProvinceName);
    constexpr std::size_t kCommuneWidth = 5;
    if (out.code >= 0) {
        out.code_width = kCommuneWidth;
    } else {
        out.code = find_one(keys, usual::kPlainCode);
        if (out.code < 0) out.code = find_one(keys, usual::kRowNumber);
        out.code_unsure = out.code >= 0;
    }
    // A map of districts or provinces: its own code is the unit's, not a parent's.
    const bool communes = out.code_width > 0 || out.name >= 0 || has_own_code_and_name(keys);
    const auto promote = [&](int& code, int& name, std::size_t width) {
        out.code = std::exchange(code, -1);
        out.name = std::exchange(name, -1);
        out.code_unsure = false;
        out.code_width = width;
    };
    if (!communes && out.district_code >= 0)
        promote(out.district_code, out.district_name, kDistrictWidth);
    else if (!communes && out.province_code >= 0)
        promote(out.province_code, out.province_name, kProvinceWidth);
    if (out.name < 0) out.name = find_one(keys, usual::kPlainName);

    const auto file = source.file.string();
    if (!source.code_column.empty()) {
        out.code = named_column(names, source.code_column, file);
        out.code_unsure = false;
        const auto key = data::column_key(names[static_cast<std::size_t>(out.code)]);
        out.code_width = data::is_one_of(key, usual::kCommuneCode) ? kCommuneWidth : 0;
    }
    if (!source.name_column.empty()) out.name = named_column(names, source.name_column, file);
    // A column given as the code is no parent as well.
    for (int* other : {&out.district_code, &out.province_code})
        if (*other == out.code) *other = -1;
    return out;
}

bool may_be_unit_column(const std::string& name, const BoundarySource& source) {
    const auto key = data::column_key(name);
    const auto named = [&](const std::string& column) {
        return !column.empty() && key == data::column_key(column);
    };
    constexpr std::array kWanted{
        &usual::kCommuneCode,  &usual::kPlainCode,   &usual::kRowNumber,    &usual::kCommuneName,
        &usual::kPlainName,    &usual::kUnitType,    &usual::kDistrictCode, &usual::kDistrictName,
        &usual::kProvinceCode, &usual::kProvinceName};
    return named(source.code_column) || named(source.name_column) ||
           std::any_of(kWanted.begin(), kWanted.end(),
                       [&](const auto* names) { return data::is_one_of(key, *names); });
}

data::UnitTable make_units(const data::RawTable& table, std::size_t rows, UnitColumns columns,
                           const std::string& file, Findings& findings) {
    data::UnitTable units;
    units.name.resize(rows);
    units.type.resize(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        units.name[i] = value_of(table, columns.name, i);
        units.type[i] = value_of(table, columns.type, i);
    }
    units.code = unit_codes(table, rows, columns, file, findings);
    report_missing_codes(units.code, units.name, file, findings);
    report_duplicates(units.code, file, findings);

    auto province = parent_columns(table, rows, columns.province_code, columns.province_name,
                                   kProvinceWidth, file, findings);
    auto district = parent_columns(table, rows, columns.district_code, columns.district_name,
                                   kDistrictWidth, file, findings);
    if (!province.any()) province = parents_from_codes(units.code, data::Level::Province);
    if (!district.any()) district = parents_from_codes(units.code, data::Level::District);
    make_groups(units, data::Level::Province, province);
    make_groups(units, data::Level::District, district);
    return units;
}

} // namespace diaban::files
