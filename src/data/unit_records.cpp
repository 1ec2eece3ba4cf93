#include "data/unit_records.hpp"

#include "base/spelling.hpp"
#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/dates.hpp"
#include "data/import_plan.hpp"
#include "data/join_values.hpp"
#include "data/names.hpp"
#include "data/personal.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

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

// "31/02/2015", "2015", "07/2015": not a day, but meant to be one.
bool like_a_day(const std::string& text) {
    if (!find_day(text).empty()) return true;
    std::size_t groups = 0;
    bool year = false;
    for (std::size_t at = 0; at < text.size();) {
        if (std::string_view("/-. ").find(text[at]) != std::string_view::npos) {
            ++at;
            continue;
        }
        if (!base::is_digit(text[at])) return false;
        const auto first = at;
        while (at < text.size() && base::is_digit(text[at])) ++at;
        const auto digits = std::string_view(text).substr(first, at - first);
        year =
            year || (digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20")));
        ++groups;
    }
    return year || groups == 3;
}

// The first text of a column that has some, none of them like a day.
std::optional<std::string> dateless_text(const RawTable& table, const Column& column) {
    std::optional<std::string> first;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto text = cell(&column, row);
        if (text.empty()) continue;
        if (like_a_day(text)) return std::nullopt;
        if (!first) first = text;
    }
    return first;
}

// As first_of(), but not a column that means something else.
const Column* first_dated(const RawTable& table, std::initializer_list<const char*> names,
                          std::vector<DateColumns::Dateless>& dateless) {
    for (const auto* name : names) {
        const auto* column = first_of(table, {name});
        if (!column) continue;
        const auto text = dateless_text(table, *column);
        if (!text) return column;
        dateless.push_back({column->name, *text});
    }
    return nullptr;
}

constexpr auto kFromNames = {"valid_from", "from", "tu_ngay"};
constexpr auto kUntilNames = {"valid_to", "valid_until", "until"};
constexpr auto kLastNames = {"den_ngay", "den_het_ngay"};

// "2012-12-31" -> "2013-01-01".
std::string day_after(const std::string& day) {
    if (day.size() != 10) return day;
    int y = std::stoi(day.substr(0, 4)), m = std::stoi(day.substr(5, 2)),
        d = std::stoi(day.substr(8, 2));
    if (++d > days_in_month(y, m)) d = 1, ++m;
    if (m > 12) m = 1, ++y;
    return fmt::format("{:04}-{:02}-{:02}", y, m, d);
}

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

// Of two agencies at once the one that began last counts: that is said.
void report_shared(const std::vector<Assignment>& assignments, base::Findings& findings) {
    std::map<std::string, std::vector<const Assignment*>> by_code;
    for (const auto& one : assignments) by_code[one.code].push_back(&one);
    for (auto& [code, spells] : by_code) {
        std::sort(spells.begin(), spells.end(),
                  [](const Assignment* a, const Assignment* b) { return a->from < b->from; });
        for (std::size_t i = 1; i < spells.size(); ++i) {
            const auto& before = *spells[i - 1];
            const auto& after = *spells[i];
            if (before.agency == after.agency ||
                (!before.until.empty() && before.until <= after.from))
                continue;
            base::Finding finding{
                base::Severity::Warning, "assignment_shared", {}, code, {}, "", {}};
            finding.args = {{"code", code},
                            {"first", before.agency},
                            {"second", after.agency},
                            {"from", after.from}};
            findings.push_back(std::move(finding));
        }
    }
}

// "Tỉnh An Giang" is "an giang", "01" is "1".
std::string province_key(std::string_view text) {
    auto key = base::search_key(without_prefix(base::tone_key(text), Level::Province));
    key.erase(0, std::min(key.find_first_not_of('0'), key.size()));
    return key;
}

// The codes that any row puts into a province: a reform may have given them to another since.
std::set<std::string> codes_in(const RawTable& table, const Column& code,
                               const std::string& province) {
    const auto* number = first_of(table, {"province_code", "ma_tinh"});
    const auto* name = first_of(table, {"province", "province_name", "tinh", "ten_tinh"});
    if (!number && !name) require_column(table, "province_code");
    const auto key = province_key(province);
    const auto is = [&](const std::string& text) {
        return !text.empty() && province_key(text) == key;
    };
    std::set<std::string> out, known;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (is(cell(number, row)) || is(cell(name, row))) out.insert(cell(&code, row));
        known.insert(cell(name ? name : number, row));
    }
    if (!out.empty()) return out;
    known.erase("");
    std::vector<std::string> some(known.begin(), known.end());
    constexpr std::size_t kMost = 12;
    if (some.size() > kMost) some.resize(kMost), some.emplace_back("…");
    throw base::Error(
        base::ErrorKind::Data, "error.names.province",
        {{"province", province}, {"file", table.source}, {"known", base::joined(some, ", ")}});
}

// False, with a finding, if the dates of a row are no days or turn back in time.
bool read_dates(const DateColumns& dates, const RawTable& table, std::size_t row,
                std::string& begin, std::string& end, base::Findings& findings) {
    if (const auto days = dates.days(row)) {
        std::tie(begin, end) = *days;
        return true;
    }
    base::Finding finding{base::Severity::Problem, "record_dates", {}, "", {}, "", {}};
    finding.args = {{"row", static_cast<std::int64_t>(table.first_row + row)},
                    {"value", dates.written(row)}};
    findings.push_back(std::move(finding));
    return false;
}

} // namespace

DateColumns::DateColumns(const RawTable& table)
    : from_(first_of(table, kFromNames)), until_(first_of(table, kUntilNames)),
      last_(first_of(table, kLastNames)) {}

DateColumns::DateColumns(const RawTable& table, std::vector<Dateless>& dateless)
    : from_(first_dated(table, kFromNames, dateless)),
      until_(first_dated(table, kUntilNames, dateless)),
      last_(first_dated(table, kLastNames, dateless)) {}

std::string DateColumns::end_of(std::size_t row) const {
    const auto text = cell(until_, row);
    return text.empty() ? cell(last_, row) : text;
}

bool DateColumns::reads(const Column& column) const {
    return &column == from_ || &column == until_ || &column == last_;
}

std::string DateColumns::written(std::size_t row) const {
    return cell(from_, row) + " – " + end_of(row);
}

std::optional<std::pair<std::string, std::string>> DateColumns::days(std::size_t row) const {
    const auto first = day_of(cell(from_, row));
    auto ends = day_of(end_of(row));
    if (ends && cell(until_, row).empty()) ends = day_after(*ends);
    if (!first || !ends || (!ends->empty() && *ends <= *first)) return std::nullopt;
    return std::pair(*first, *ends);
}

std::vector<UnitName> read_unit_names(const RawTable& table, base::Findings& findings,
                                      const std::string& province) {
    const auto& code = required_of(table, {"code", "commune_code", "ma_xa"});
    const auto& name = required_of(table, {"name", "commune", "ten_xa"});
    const auto* type = first_of(table, {"type", "loai"});
    const auto* parent = first_of(table, {"district_code", "ma_huyen", "province_code", "ma_tinh"});
    const auto* document = first_of(table, {"document", "decree", "van_ban"});
    const DateColumns dates(table);
    std::optional<std::set<std::string>> wanted;
    if (!province.empty()) wanted = codes_in(table, code, province);
    std::vector<UnitName> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (wanted && !wanted->contains(cell(&code, row))) continue;
        UnitName record{
            cell(&code, row),   "", "", cell(&name, row), cell(type, row), cell(parent, row),
            cell(document, row)};
        if (record.code.empty()) continue;
        if (read_dates(dates, table, row, record.from, record.until, findings))
            out.push_back(std::move(record));
    }
    leave_out_overlaps(out, findings);
    return out;
}

std::vector<Assignment> read_assignments(const RawTable& table, base::Findings& findings) {
    const auto& code = required_of(table, {"code", "ma_xa", "commune_code"});
    const auto& agency = required_of(table, {"agency", "don_vi", "don_vi_phu_trach", "co_quan"});
    const DateColumns dates(table);
    std::vector<Assignment> out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Assignment record{cell(&code, row), cell(&agency, row), "", ""};
        if (record.code.empty() || record.agency.empty()) continue;
        if (read_dates(dates, table, row, record.from, record.until, findings))
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
    std::erase_if(out, [&](const Assignment& one) {
        if (!person_name(one.agency)) return false;
        findings.push_back(
            base::finding(base::Severity::Problem, "assignment_person", {{"code", one.code}}));
        return true;
    });
    report_shared(out, findings);
    return out;
}

bool valid_on(const std::string& from, const std::string& until, std::string_view day) {
    return (from.empty() || from <= day) && (until.empty() || day < until);
}

} // namespace diaban::data
