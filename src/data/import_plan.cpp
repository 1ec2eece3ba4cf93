#include "data/import_plan.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/import_columns.hpp"
#include "data/join.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace diaban::data {
namespace {

using base::Severity;

constexpr auto kRoles = std::to_array<std::string_view>(
    {"ignored", "refused", "code", "name", "district", "province", "period", "indicator", "value",
     "part", "recognised", "decision", "decided_on", "measure"});
constexpr std::size_t kHeadRows = 60;     // titles and header stand within these
constexpr std::size_t kDeepestHeader = 3; // rows

// The rows at the head of a sheet, copied.
struct HeadRow {
    std::uint32_t number;
    std::vector<SheetCell> cells;
    std::vector<std::string> text; // of every cell, "" if empty
    std::size_t filled() const {
        return static_cast<std::size_t>(
            std::count_if(text.begin(), text.end(), [](const auto& t) { return !t.empty(); }));
    }
    std::size_t distinct() const {
        std::vector<std::string> sorted(text);
        std::sort(sorted.begin(), sorted.end());
        const auto end = std::unique(sorted.begin(), sorted.end());
        return static_cast<std::size_t>(end - sorted.begin()) -
               (!sorted.empty() && sorted.front().empty());
    }
};

std::vector<HeadRow> head_of(const Sheet& sheet) {
    std::vector<HeadRow> rows;
    sheet.visit(
        [&](std::uint32_t number, std::span<const SheetCell> cells) {
            HeadRow row{number, {cells.begin(), cells.end()}, {}};
            for (const auto& cell : cells) row.text.push_back(cell.as_text());
            rows.push_back(std::move(row));
        },
        kHeadRows);
    return rows;
}

bool text_at(const HeadRow& row, std::size_t column) {
    return column < row.text.size() && !row.text[column].empty();
}

// "(1) (2) (3)", "A B 1 2 3": the row that numbers the columns.
bool numbers_columns(const HeadRow& row) {
    int last = 0;
    std::size_t numbers = 0, others = 0;
    for (const auto& text : row.text) {
        if (text.empty()) continue;
        std::string_view inner = text;
        if (inner.size() > 2 && inner.front() == '(' && inner.back() == ')')
            inner = inner.substr(1, inner.size() - 2);
        const auto value = base::parse_number(inner, {});
        if (value && *value == last + 1)
            ++numbers, ++last;
        else if (inner.size() > 1 || value)
            return false;
        else
            ++others;
    }
    return numbers >= 3 || (numbers >= 2 && others >= 1);
}

// A row with numbers that are no years is data.
bool data_row(const HeadRow& row) {
    return std::any_of(row.text.begin(), row.text.end(), [](const std::string& text) {
        const auto value = base::parse_number(text, {'.', '\0'});
        return value && !(*value >= 1900 && *value <= 2099 && text.size() == 4);
    });
}

// The header of every column when rows [first, first + depth) are the header. A group's title that
// is written once, without merging its cells, stands for the columns on its right as well.
std::vector<std::string> headers_of(const std::vector<HeadRow>& rows, std::size_t first,
                                    std::size_t depth) {
    std::size_t width = 0;
    for (std::size_t r = first; r < first + depth; ++r)
        width = std::max(width, rows[r].text.size());
    std::vector<std::string> headers(width);
    for (std::size_t r = first; r < first + depth; ++r) {
        const auto& row = rows[r];
        std::string group;
        for (std::size_t c = 0; c < width; ++c) {
            std::string text = c < row.text.size() ? row.text[c] : "";
            const bool last = r + 1 == first + depth;
            if (!text.empty())
                group = text;
            else if (!last && text_at(rows[r + 1], c) && c > 0)
                text = group;
            auto& header = headers[c];
            if (text.empty() || header == text || header.ends_with(std::string(kHeaderJoin) + text))
                continue;
            header += (header.empty() ? "" : std::string(kHeaderJoin)) + text;
        }
    }
    return headers;
}

struct Candidate {
    std::size_t first = 0, depth = 0;
    int score = 0;
    std::vector<PlannedColumn> columns;
};

int score_of(const std::vector<PlannedColumn>& columns) {
    int score = 0;
    bool row_is_named = false;
    for (const auto& column : columns) {
        if (column.role == Role::Code || column.role == Role::Name ||
            column.role == Role::Indicator || column.role == Role::District ||
            column.role == Role::Province)
            row_is_named = true;
        if (column.role == Role::Value || column.role == Role::Part)
            score += column.indicator.empty() ? 2 : 3;
        else if (column.role != Role::Ignored)
            score += 2;
        else if (!column.header.empty() && role_named(column.header))
            score += 1;
    }
    return row_is_named ? score : 0;
}

// How much speaks against a header: the row after it goes on with words where numbers should stand,
// or two columns would say the same.
int doubt_of(const std::vector<PlannedColumn>& columns, const HeadRow* next) {
    int doubt = 0;
    for (const auto& column : columns) {
        if (column.role != Role::Value) continue;
        for (const auto& other : columns)
            if (&other < &column && other.role == Role::Value && !column.indicator.empty() &&
                other.indicator == column.indicator && other.period == column.period)
                doubt += 3;
        if (!next || !text_at(*next, column.column)) continue;
        const auto& text = next->text[column.column];
        const bool number = text.find_first_of("0123456789") != text.npos;
        const bool sign = base::search_key(text).size() < 4;
        if (!number && !sign && !status_code(text)) doubt += 3;
    }
    return doubt;
}

Candidate find_header(const std::vector<HeadRow>& rows, const ImportProfile& profile,
                      const ColumnReader& reader) {
    Candidate best;
    for (std::size_t first = 0; first < rows.size(); ++first) {
        if (profile.header_row != 0 && rows[first].number != profile.header_row) continue;
        for (std::size_t depth = 1; depth <= kDeepestHeader && first + depth <= rows.size();
             ++depth) {
            if (profile.header_rows != 0 && depth != profile.header_rows) continue;
            const auto& last = rows[first + depth - 1];
            // A title over the whole sheet is no header; neither is a row of data.
            if (rows[first].distinct() < 2 || numbers_columns(last) || data_row(last)) break;
            Candidate candidate{first, depth, 0, {}};
            const auto headers = headers_of(rows, first, depth);
            for (std::size_t c = 0; c < headers.size(); ++c)
                candidate.columns.push_back(reader.read(static_cast<std::uint32_t>(c), headers[c]));
            candidate.score = score_of(candidate.columns) * 4;
            const auto after = first + depth;
            candidate.score -=
                4 * doubt_of(candidate.columns, after < rows.size() ? &rows[after] : nullptr);
            // Of equal headers the one with fewer rows: what follows is data.
            candidate.score -= static_cast<int>(depth);
            if (candidate.score > best.score) best = std::move(candidate);
        }
    }
    return best;
}

// With their tones: "sở" is an office, "số" is a number; files without diacritics need longer
// words.
bool speaks_for_an_agency(std::string_view text) {
    const auto tones = base::lower(text);
    for (const std::string_view word :
         {"ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", "sở ", "công an", "phòng lao động",
          "phòng lđ", "phòng văn hóa", "phòng y tế", "chi cục", "ban chỉ đạo", "bộ ", "cục ",
          "so lao dong", "so y te", "uy ban nhan dan", "cong an", "chi cuc", "phong lao dong"})
        if (tones.starts_with(word)) return true;
    return false;
}

// An as-of day alone says the year only where the year was nearly over.
std::optional<Period> period_of_day(const std::string& day) {
    if (day.empty() || day.substr(5, 2) != "12") return std::nullopt;
    return Period{std::stoi(day.substr(0, 4)), 0};
}

// The indicator that a title names: "Biểu 1. Số người nghiện có hồ sơ giai đoạn 2011-2013".
std::string indicator_of_title(std::string_view text, const std::vector<Indicator>& own) {
    std::string bare;
    take_measure(text, &bare);
    auto rest = read_title_period(bare).rest;
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view word :
             {"bieu so", "bang so", "bieu", "bang", "so lieu", "thong ke", "tong hop", "bao cao",
              "ket qua", "danh sach", "tinh hinh"})
            if (rest.starts_with(std::string(word) + " ")) {
                rest = rest.substr(word.size() + 1);
                again = true;
            }
        // "Biểu số 1.2": its number.
        const auto number = rest.find_first_not_of("0123456789 ");
        if (number != 0 && number != rest.npos && rest[number - 1] == ' ') {
            rest = rest.substr(number);
            again = true;
        }
        if (const auto plain = std::string(without_numbering(rest)); plain.size() < rest.size()) {
            rest = plain;
            again = true;
        }
        for (const std::string_view word : {" giai doan", " cac nam", " tu nam den", " tu den",
                                            " qua cac nam", " trong cac nam", " theo nam"})
            if (rest.ends_with(word)) {
                rest.resize(rest.size() - word.size());
                again = true;
            }
    }
    return indicator_named(rest, own);
}

// Returns the indicator that one of them names; "" if none does.
std::string read_titles(const std::vector<HeadRow>& rows, std::size_t header,
                        const std::vector<Indicator>& own, SheetPlan& plan) {
    std::string indicator;
    bool agency_block = true; // an office and its part: the last line is who reports
    std::string day;
    for (std::size_t r = 0; r < std::min(header, rows.size()); ++r)
        for (std::size_t c = 0; c < rows[r].text.size(); ++c) {
            const auto& text = rows[r].text[c];
            if (text.empty() || (c > 0 && rows[r].text[c - 1] == text)) continue;
            if (day.empty()) day = find_as_of(text);
            const auto said = read_title_period(text);
            if (!plan.period && !said.of_date) plan.period = said.period;
            if (plan.other_period.empty()) plan.other_period = said.other;
            if (speaks_for_an_agency(text) && agency_block)
                plan.agency = text;
            else if (!plan.agency.empty() && c == 0)
                agency_block = false;
            const auto key = base::search_key(text);
            const bool of_measure = key.find("dvt") != key.npos || key.find("don vi") != key.npos ||
                                    key.find("unit") != key.npos;
            if (of_measure && !plan.measure) plan.measure = take_measure(text);
            if (indicator.empty()) indicator = indicator_of_title(text, own);
        }
    if (plan.as_of.empty()) plan.as_of = day;
    if (!plan.period && plan.other_period.empty()) plan.period = period_of_day(day);
    // Two titles that disagree: which one holds is not for the program to say.
    if (!plan.other_period.empty()) plan.period.reset();
    return indicator;
}

// A column per year and no indicator in any header: the title says what the numbers are.
void name_columns(SheetPlan& plan, const std::string& indicator) {
    if (indicator.empty() || plan.find(Role::Indicator)) return;
    for (const auto& column : plan.columns)
        if (column.role == Role::Value && !column.indicator.empty()) return;
    for (auto& column : plan.columns)
        if (column.role == Role::Value && column.period) column.indicator = indicator;
}

void settle_shape(SheetPlan& plan) {
    const bool named = plan.find(Role::Code) || plan.find(Role::Name);
    auto* const columns = &plan.columns;
    const bool indicators = plan.find(Role::Indicator) != nullptr;
    plan.shape = !indicators ? Shape::Units : named ? Shape::Long : Shape::Indicators;
    if (indicators && !plan.find(Role::Code)) {
        // "Chỉ tiêu | Đơn vị | Năm 2010": here "đơn vị" is the unit of measure.
        for (auto& column : *columns)
            if (column.role == Role::Name && base::search_key(column.header) == "don vi")
                column.role = Role::Measure;
        if (!plan.find(Role::Name)) plan.shape = Shape::Indicators;
    }
    if (!named && !indicators && (plan.find(Role::District) || plan.find(Role::Province)))
        plan.shape = Shape::Areas;
    if (plan.shape != Shape::Units && plan.shape != Shape::Areas) return;
    // A value without an indicator has no meaning in a table of units.
    for (auto& column : *columns)
        if (column.role == Role::Value && column.indicator.empty()) column.role = Role::Ignored;
    // Beside one column of numbers the measure of a row is theirs; beside several it is nobody's.
    const auto numbers = std::count_if(columns->begin(), columns->end(), [](const auto& column) {
        return column.role == Role::Value || column.role == Role::Part;
    });
    for (auto& column : *columns)
        if (column.role == Role::Measure && numbers != 1) column.role = Role::Ignored;
}

void leave_out(PlannedColumn& column) {
    column.role = Role::Ignored;
    column.asked = std::exchange(column.indicator, "");
}

base::Finding column_finding(Severity severity, const char* key, const SheetPlan& plan,
                             const PlannedColumn& column, base::Args more) {
    base::Finding finding{severity, key, std::move(more), "", {}, "", {}};
    finding.args.emplace_back("sheet", plan.sheet);
    finding.args.emplace_back("column", column.header);
    return finding;
}

// A column of nine months is neither the year nor half of it, whatever it is mapped to.
void leave_out_other_periods(SheetPlan& plan) {
    for (auto& column : plan.columns) {
        const bool number = column.role == Role::Value || column.role == Role::Part;
        if (column.other_period.empty() || column.period || !number) continue;
        plan.findings.push_back(
            column_finding(Severity::Problem, "import_column_period", plan, column,
                           {{"period", column.other_period}, {"indicator", column.indicator}}));
        leave_out(column);
    }
}

// Numbers in thousands or millions become numbers of the indicator's unit; a unit of something else
// is a question.
void settle_measures(SheetPlan& plan, const std::vector<Indicator>& own) {
    for (auto& column : plan.columns) {
        const bool number = column.role == Role::Value || column.role == Role::Part;
        if (!number || column.indicator.empty() || column.factor_given) continue;
        const auto* entry = find_in_catalogue(column.indicator);
        if (entry && entry->reading == Accrual::Class && entry->unit.empty()) continue;
        const auto unit = unit_of(column.indicator, own);
        auto written = column.measure;
        if (!written && plan.measure && !unit.empty() && factor_to(unit, *plan.measure))
            written = plan.measure;
        if (!written) continue;
        const auto factor = factor_to(unit, *written);
        const base::Args args{
            {"indicator", column.indicator}, {"measure", written->written}, {"wanted", unit}};
        if (!factor) {
            plan.findings.push_back(
                column_finding(Severity::Problem, "import_unit_incompatible", plan, column, args));
            leave_out(column);
            continue;
        }
        column.factor = *factor;
        if (*factor == 1) continue;
        plan.findings.push_back(
            column_finding(Severity::Info, "import_scaled", plan, column, args));
        plan.findings.back().args.emplace_back("factor", base::format_exact(*factor));
    }
}

// A part belongs to the value column before it.
void attach_parts(std::vector<PlannedColumn>& columns) {
    const PlannedColumn* whole = nullptr;
    for (auto& column : columns) {
        if (column.role == Role::Value) whole = &column;
        if (column.role != Role::Part) continue;
        if (!whole) {
            column.role = Role::Ignored;
            continue;
        }
        if (column.indicator.empty()) column.indicator = whole->indicator;
        if (!column.period) column.period = whole->period;
        if (!column.measure) column.measure = whole->measure;
        if (whole->factor_given) column.factor = whole->factor, column.factor_given = true;
    }
}

void report_columns(SheetPlan& plan) {
    for (const auto& column : plan.columns) {
        if (column.role == Role::Refused)
            plan.findings.push_back({Severity::Warning,
                                     "refused_personal_column",
                                     {{"column", column.header}},
                                     "",
                                     {},
                                     "",
                                     {}});
        if (column.role != Role::Ignored || column.header.empty() || !column.asked.empty() ||
            role_named(column.header) || role_named(parts_of_header(column.header).back()) ||
            plan.given.contains(base::search_key(column.header)))
            continue;
        base::Finding finding{Severity::Warning, "import_column_unknown", {}, "", {}, "", {}};
        finding.args = {{"sheet", plan.sheet},
                        {"column", column.header},
                        {"near", column.nearest.empty()
                                     ? std::string("–")
                                     : fmt::format("{}", fmt::join(column.nearest, ", "))}};
        plan.findings.push_back(std::move(finding));
    }
}

// "Năm 2013" with numbers as of 30 September is perhaps nine months.
void report_early_day(SheetPlan& plan) {
    if (!plan.period || plan.period->half != 0 || plan.as_of.size() != 10) return;
    const bool same_year = plan.as_of.substr(0, 4) == std::to_string(plan.period->year);
    if (!same_year || plan.as_of.substr(5, 2) >= "11") return;
    base::Finding finding{Severity::Warning, "import_early_day", {}, "", {}, "", {}};
    finding.args = {
        {"sheet", plan.sheet}, {"period", to_string(*plan.period)}, {"day", plan.as_of}};
    plan.findings.push_back(std::move(finding));
}

} // namespace

std::string_view to_string(Role role) {
    return kRoles[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view text) {
    for (std::size_t i = 0; i < kRoles.size(); ++i)
        if (kRoles[i] == text) return static_cast<Role>(i);
    return std::nullopt;
}

const PlannedColumn* SheetPlan::find(Role role) const {
    for (const auto& column : columns)
        if (column.role == role) return &column;
    return nullptr;
}

bool SheetPlan::usable() const {
    return header_row != 0 && find(Role::Value) &&
           (find(Role::Code) || find(Role::Name) || find(Role::Indicator) || shape == Shape::Areas);
}

SheetPlan plan_sheet(const Sheet& sheet, const ImportProfile& profile,
                     const std::vector<Indicator>& own) {
    SheetPlan plan;
    plan.sheet = sheet.name();
    plan.empty = profile.empty;
    for (const auto& [word, code] : profile.words) plan.words[base::search_key(word)] = code;
    const auto rows = head_of(sheet);
    const ColumnReader reader(profile, own);
    plan.given = reader.given();
    auto header = find_header(rows, profile, reader);
    const auto named = read_titles(rows, header.depth ? header.first : rows.size(), own, plan);
    if (profile.period) plan.period = profile.period;
    if (!profile.as_of.empty()) plan.as_of = profile.as_of;
    if (!profile.agency.empty()) plan.agency = profile.agency;
    plan.area = profile.area;
    plan.cumulative = profile.cumulative.value_or(!plan.period || plan.period->half != 2);
    if (header.depth == 0) return plan;

    plan.columns = std::move(header.columns);
    plan.header_row = rows[header.first].number;
    plan.header_rows = static_cast<std::uint32_t>(header.depth);
    auto next = header.first + header.depth;
    if (next < rows.size() && numbers_columns(rows[next])) ++next;
    plan.first_data_row =
        next < rows.size() ? rows[next].number : rows[header.first + header.depth - 1].number + 1;
    name_columns(plan, named);
    settle_shape(plan);
    attach_parts(plan.columns);
    leave_out_other_periods(plan);
    settle_measures(plan, own);
    report_columns(plan);
    report_early_day(plan);
    return plan;
}

} // namespace diaban::data
