#include "data/import_checks.hpp"

#include "base/spelling.hpp"
#include "base/text.hpp"
#include "data/import_period.hpp"
#include "data/personal.hpp"
#include "data/status_check.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

namespace diaban::data {
namespace {

using base::Severity;

base::Args at_row(const SheetImport& sheet, std::uint32_t row) {
    return {{"sheet", sheet.plan.sheet}, {"row", static_cast<std::int64_t>(row)}};
}

const ImportSlice* slice_of(const SheetImport& sheet, std::string_view code, Period period) {
    for (const auto& [key, slice] : sheet.slices)
        if (key.second == period && sheet.indicators[key.first].id == code) return &slice;
    return nullptr;
}

void add_all(FindingList& found, Severity severity, base::Findings findings,
             const std::string& unit) {
    for (auto& finding : findings)
        found.add(severity, finding.key.c_str(), std::move(finding.args), unit);
}

} // namespace

std::optional<SheetArea> area_of_total(std::string_view label, const std::string& section,
                                       const std::vector<std::uint8_t>& seen,
                                       const UnitTable& units) {
    const auto level = [](Level l) { return static_cast<std::size_t>(l); };
    const auto& districts = units.groups[level(Level::District)];
    const auto& provinces = units.groups[level(Level::Province)];
    const auto key = base::search_key(without_numbering(label));
    const bool under_heading = key == "cong" && !section.empty();
    const auto wanted = under_heading ? base::search_key(section) : key;
    for (const auto& district : districts) {
        const auto name = base::search_key(district.name);
        if (!name.empty() && (wanted == name || wanted.ends_with(" " + name)))
            return SheetArea{Level::District, district.code, district.name};
    }
    if (!total_label(label) || (key.starts_with("cong ") && !key.starts_with("cong toan ")))
        return std::nullopt;
    const auto& parent = units.parent[level(Level::District)];
    std::set<geo::GroupIndex> met;
    for (std::size_t i = 0; i < seen.size() && i < parent.size(); ++i)
        if (seen[i]) met.insert(parent[i]);
    if (met.size() == 1 && districts.size() > 1 && *met.begin() < districts.size())
        return SheetArea{Level::District, districts[*met.begin()].code,
                         districts[*met.begin()].name};
    if (provinces.size() != 1) return std::nullopt;
    return SheetArea{Level::Province, provinces[0].code, provinces[0].name};
}

std::optional<SheetArea> area_named(std::string_view name, Level level, const UnitTable& units) {
    const auto bare = [&](std::string_view text) {
        return base::search_key(without_prefix(base::tone_key(text), level));
    };
    const auto plain = without_numbering(name);
    for (const auto& group : units.groups[static_cast<std::size_t>(level)])
        if (group.code == name || bare(group.name) == bare(plain))
            return SheetArea{level, group.code, group.name};
    return std::nullopt;
}

std::map<std::string, std::size_t> provinces_elsewhere(const RowReader& rows,
                                                       const UnitTable& units) {
    std::map<std::string, std::size_t> out;
    const auto& groups = units.groups[static_cast<std::size_t>(Level::Province)];
    if (!rows.province() || groups.empty()) return out;
    const auto bare = [](const std::string& name) {
        return base::search_key(without_prefix(base::tone_key(name), Level::Province));
    };
    std::set<std::string> own;
    for (const auto& group : groups) own.insert({bare(group.name), bare(group.code)});
    for (const auto& key : rows.keys())
        if (!key.province.empty() && !own.contains(bare(key.province)))
            out.emplace(key.province, 0);
    return out;
}

void refuse_personal_columns(SheetPlan& plan, const std::vector<std::vector<std::string>>& written,
                             FindingList& found) {
    for (std::size_t c = 0; c < written.size(); ++c) {
        auto& column = plan.columns[c];
        const auto& cells = written[c];
        if (column.role == Role::Refused || !personal_cells(cells.size(), [&](std::size_t i) {
                return std::string_view(cells[i]);
            }))
            continue;
        column.role = Role::Refused;
        found.add(Severity::Warning, "refused_personal_column",
                  {{"column", column.header.empty() ? fmt::format("#{}", c + 1) : column.header}});
    }
}

void check_name_of_code(SheetImport& sheet, std::uint32_t row, const UnitKey& key,
                        const UnitAnswer& answer, const UnitTable& units, FindingList& found) {
    if (key.code.empty() || key.name.empty()) return;
    ++sheet.coded_rows;
    if (!answer.name_differs) return;
    ++sheet.misnamed_rows;
    auto args = at_row(sheet, row);
    args.emplace_back("code", units.code[*answer.unit]);
    args.emplace_back("name", key.name);
    args.emplace_back("called", units.name[*answer.unit]);
    found.add(Severity::Problem, "import_code_name_differ", std::move(args),
              units.code[*answer.unit]);
}

std::optional<Recognition> recognition_in(const std::string& word, std::string decision,
                                          const std::string& day) {
    Recognition said;
    said.decision = std::move(decision);
    said.decided_on = find_day(day);
    static const std::set<std::string_view> kNo{"khong", "chua", "0", "no", "-", "n", "false"};
    if (const auto key = base::search_key(word); !key.empty())
        said.recognised = !kNo.contains(key);
    else if (!said.decision.empty())
        said.recognised = true;
    if (!said.recognised && said.decision.empty()) return std::nullopt;
    return said;
}

void report_unmatched(const SheetImport& sheet, const UnitTable& units, FindingList& found) {
    for (const auto& row : sheet.unmatched) {
        std::string near;
        for (const auto unit : row.candidates)
            near += (near.empty() ? "" : ", ") + units.name[unit] + " (" + units.code[unit] + ")";
        auto args = at_row(sheet, row.row);
        args.emplace_back("name", row.key.name.empty() ? row.key.code : row.key.name);
        args.emplace_back("near", near.empty() ? std::string("–") : near);
        found.add(Severity::Problem, "import_row_unmatched", std::move(args));
    }
}

// A report of one district does not miss the communes of the others.
void find_missing_units(SheetImport& sheet, const std::vector<std::uint8_t>& seen,
                        const UnitTable& units, FindingList& found) {
    const auto& parent = units.parent[static_cast<std::size_t>(Level::District)];
    std::set<geo::GroupIndex> reported;
    for (std::size_t i = 0; i < parent.size(); ++i)
        if (seen[i]) reported.insert(parent[i]);
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (seen[i] || (!parent.empty() && !reported.contains(parent[i]))) continue;
        sheet.missing_units.push_back(i);
        found.add(Severity::Warning, "import_unit_missing",
                  {{"sheet", sheet.plan.sheet}, {"code", units.code[i]}, {"name", units.name[i]}},
                  units.code[i]);
    }
}

void check_recognition(const SheetImport& sheet, const Recognition& said, const UnitTable& units,
                       FindingList& found) {
    if (said.recognised != true) return;
    for (const auto& [key, slice] : sheet.slices) {
        const auto& indicator = sheet.indicators[key.first];
        if (key.second != said.period || slice.row[said.unit] != said.row ||
            (indicator.id != "ST01" && indicator.id != "ST02") || !(slice.value[said.unit] > 0))
            continue;
        auto args = at_row(sheet, said.row);
        args.emplace_back("name", units.name[said.unit]);
        args.emplace_back("indicator", indicator.id);
        args.emplace_back(
            "status", indicator.categories.at(static_cast<std::size_t>(slice.value[said.unit])));
        found.add(Severity::Problem, "import_recognised_not_healthy", std::move(args),
                  units.code[said.unit]);
    }
}

void report_elsewhere(const SheetImport& sheet, const std::map<std::string, std::size_t>& rows_of,
                      FindingList& found) {
    std::size_t rows = 0;
    std::string names;
    for (const auto& [province, count] : rows_of) {
        rows += count;
        if (count > 0 && names.size() < 200) names += (names.empty() ? "" : ", ") + province;
    }
    if (rows > 0)
        found.add(Severity::Warning, "import_other_provinces",
                  {{"sheet", sheet.plan.sheet},
                   {"count", static_cast<std::int64_t>(rows)},
                   {"provinces", names}});
}
void check_halves(const SheetImport& sheet, const UnitTable& units, FindingList& found) {
    for (const auto& [key, half] : sheet.slices) {
        const auto [s, period] = key;
        const auto* entry = find_in_catalogue(sheet.indicators[s].id);
        if (period.half != 1 || !entry || entry->reading != Accrual::Flow) continue;
        const auto year = sheet.slices.find({s, Period{period.year, 0}});
        if (year == sheet.slices.end()) continue;
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (!(half.value[i] > year->second.value[i])) continue;
            auto args = at_row(sheet, half.row[i]);
            args.emplace_back("name", units.name[i]);
            args.emplace_back("indicator", sheet.indicators[s].id);
            args.emplace_back("half", half.value[i]);
            args.emplace_back("whole", year->second.value[i]);
            found.add(Severity::Problem, "import_half_exceeds", std::move(args), units.code[i]);
        }
    }
}
void check_shares(const SheetImport& sheet, FindingList& found) {
    constexpr std::size_t kEnough = 3;
    for (const auto& [key, slice] : sheet.slices) {
        const auto& indicator = sheet.indicators[key.first];
        if (indicator.unit != "%") continue;
        std::size_t values = 0;
        double highest = 0, example = 0;
        for (std::size_t i = 0; i < slice.value.size(); ++i) {
            if (slice.state[i] != Cell::Observed) continue;
            ++values;
            highest = std::max(highest, slice.value[i]);
            if (slice.value[i] > 0 && slice.value[i] < 1) example = slice.value[i];
        }
        if (values < kEnough || highest > 1 || example == 0) continue;
        const auto column =
            std::find_if(sheet.plan.columns.begin(), sheet.plan.columns.end(),
                         [&](const auto& one) { return one.indicator == indicator.id; });
        // Somebody has said what the numbers are.
        if (column != sheet.plan.columns.end() && column->factor_given) continue;
        found.add(Severity::Warning, "import_share_of_one",
                  {{"sheet", sheet.plan.sheet},
                   {"indicator", indicator.id + " " + to_string(key.second)},
                   {"example", example},
                   {"map", (column == sheet.plan.columns.end() ? indicator.id : column->header) +
                               "=" + indicator.id + "*100"}});
    }
}
void check_visits(const SheetImport& sheet, const UnitTable& units, FindingList& found) {
    for (const auto& [key, visits] : sheet.slices) {
        if (sheet.indicators[key.first].id != "IN02") continue;
        const auto* violating = slice_of(sheet, "IN03", key.second);
        if (!violating) continue;
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (!(visits.value[i] < violating->value[i])) continue;
            base::Findings findings;
            check_visits(units.name[i] + ", " + to_string(key.second) + ": IN02, IN03",
                         visits.value[i], violating->value[i], findings);
            add_all(found, Severity::Problem, std::move(findings), units.code[i]);
        }
    }
}

void check_parts(const SheetImport& sheet, const UnitTable& units, FindingList& found) {
    struct Whole {
        double value = std::numeric_limits<double>::quiet_NaN();
        std::vector<double> parts;
        double largest = 0;
    };
    using Key =
        std::tuple<std::size_t, Period, std::optional<std::size_t>, std::optional<std::size_t>>;
    std::map<Key, Whole> wholes;
    for (const auto& part : sheet.parts) {
        if (part.state != Cell::Observed) continue;
        auto& whole = wholes[{part.indicator, part.period, part.unit, part.area}];
        if (part.part.empty()) {
            whole.value = part.value;
            continue;
        }
        whole.parts.push_back(part.value);
        whole.largest = std::max(whole.largest, part.value);
    }
    for (auto& [key, whole] : wholes) {
        const auto& [s, period, unit, area] = key;
        if (unit) {
            const auto slice = sheet.slices.find({s, period});
            if (slice != sheet.slices.end()) whole.value = slice->second.value[*unit];
        }
        double sum = 0;
        for (const auto part : whole.parts) sum += part;
        // One part that is too large is said already.
        if (!(sum > whole.value) || whole.largest > whole.value) continue;
        base::Findings findings;
        check_parts(sheet.indicators[s].id + " " + to_string(period) +
                        (unit ? ", " + units.name[*unit] : std::string()),
                    whole.value, whole.parts, findings);
        add_all(found, Severity::Warning, std::move(findings),
                unit ? units.code[*unit] : std::string());
    }
}

} // namespace diaban::data
