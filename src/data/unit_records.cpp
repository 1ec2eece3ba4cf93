#include "data/unit_records.hpp"

#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/import_plan.hpp"
#include "data/join_values.hpp"
#include "data/personal.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace diaban::data {
namespace {

const Column* first_of(const RawTable& table, std::initializer_list<const char*> names) {
    for (const auto* name : names)
        for (const auto& column : table.columns)
            if (column_key(column.name) == column_key(name)) return &column;
    return nullptr;
}
const Column& required_of(const RawTable& table, std::initializer_list<const char*> names) {
    const auto* found = first_of(table, names);
    return found ? *found : require_column(table, *names.begin());
}

std::string cell(const Column* column, std::size_t row) {
    return column ? base::nfc(base::trim(column->cell(row))) : std::string();
}

// "2004-08-31" as it is, "31/8/2004" turned round; nothing if a text is no day.
std::optional<std::string> day_of(const std::string& text) {
    if (text.empty()) return text;
    auto day = find_day(text);
    if (day.empty()) return std::nullopt;
    return day;
}

struct Dates {
    const Column *from, *until;
    explicit Dates(const RawTable& table)
        : from(first_of(table, {"valid_from", "from", "tu_ngay"})),
          until(first_of(table, {"valid_to", "valid_until", "until", "den_ngay"})) {}

    // False, with a finding, if they are no days or turn back in time.
    bool read(std::size_t row, std::size_t line, std::string& begin, std::string& end,
              base::Findings& findings) const {
        const auto first = day_of(cell(from, row)), last = day_of(cell(until, row));
        if (first && last && (last->empty() || *last > *first)) {
            begin = *first;
            end = *last;
            return true;
        }
        base::Finding finding{base::Severity::Problem, "record_dates", {}, "", {}, "", {}};
        finding.args = {{"row", static_cast<std::int64_t>(line)},
                        {"value", cell(from, row) + " – " + cell(until, row)}};
        findings.push_back(std::move(finding));
        return false;
    }
};

// Spells of one code follow each other; of two that overlap the later one is left out.
template <class Record>
void leave_out_overlaps(std::vector<Record>& records, base::Findings& findings) {
    std::map<std::string, std::vector<Record>> by_code;
    for (auto& record : records) by_code[record.code].push_back(std::move(record));
    records.clear();
    for (auto& [code, spells] : by_code) {
        std::sort(spells.begin(), spells.end(),
                  [](const Record& a, const Record& b) { return a.from < b.from; });
        std::string until;
        bool first = true;
        for (auto& spell : spells) {
            if (!first && (until.empty() || spell.from < until)) {
                base::Finding finding{
                    base::Severity::Warning, "record_overlap", {}, code, {}, "", {}};
                finding.args = {{"code", code}, {"from", spell.from}};
                findings.push_back(std::move(finding));
                continue;
            }
            first = false;
            until = spell.until;
            records.push_back(std::move(spell));
        }
    }
}

} // namespace

std::vector<UnitName> read_unit_names(const RawTable& table, base::Findings& findings) {
    const auto& code = required_of(table, {"code", "commune_code", "ma_xa"});
    const auto& name = required_of(table, {"name", "commune", "ten_xa"});
    const auto* type = first_of(table, {"type", "loai"});
    const auto* parent = first_of(table, {"district_code", "ma_huyen", "province_code", "ma_tinh"});
    const auto* document = first_of(table, {"document", "decree", "van_ban"});
    const Dates dates(table);
    std::vector<UnitName> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        UnitName record{
            cell(&code, row),   "", "", cell(&name, row), cell(type, row), cell(parent, row),
            cell(document, row)};
        if (record.code.empty()) continue;
        if (dates.read(row, table.first_row + row, record.from, record.until, findings))
            out.push_back(std::move(record));
    }
    leave_out_overlaps(out, findings);
    return out;
}

std::vector<Assignment> read_assignments(const RawTable& table, base::Findings& findings) {
    const auto& code = required_of(table, {"code", "ma_xa", "commune_code"});
    const auto& agency = required_of(table, {"agency", "don_vi", "don_vi_phu_trach", "co_quan"});
    const Dates dates(table);
    std::vector<Assignment> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Assignment record{cell(&code, row), cell(&agency, row), "", ""};
        if (record.code.empty() || record.agency.empty()) continue;
        if (dates.read(row, table.first_row + row, record.from, record.until, findings))
            out.push_back(std::move(record));
    }
    const auto cells = out.size();
    if (personal_cells(cells, [&](std::size_t i) { return std::string_view(out[i].agency); })) {
        findings.push_back({base::Severity::Problem,
                            "refused_personal_column",
                            {{"column", agency.name}},
                            "",
                            {},
                            "",
                            {}});
        out.clear();
    }
    return out;
}

bool valid_on(const std::string& from, const std::string& until, std::string_view day) {
    return (from.empty() || from <= day) && (until.empty() || day < until);
}

} // namespace diaban::data
