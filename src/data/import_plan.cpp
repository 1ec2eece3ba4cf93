#include "data/import_plan.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/join.hpp"
#include "data/personal.hpp"

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
     "part", "recognised", "decision", "decided_on"});
constexpr std::size_t kHeadRows = 60;     // titles and header stand within these
constexpr std::size_t kDeepestHeader = 3; // rows
constexpr std::string_view kJoin = " · ";

struct RoleWords {
    Role role;
    std::string_view words; // separated by '|', as search_key leaves them
};
// Beside the usual names of columns (column_names.hpp): what only reports call them.
constexpr auto kRoleWords = std::to_array<RoleWords>({
    {Role::Code, "ma xa phuong thi tran|ma xa phuong tt"},
    {Role::Name, "xa phuong thi tran|xa phuong dac khu|dia phuong|phuong|don vi|don vi hanh chinh|"
                 "ten xa phuong thi tran|dia ban|dia ban xa|ten dia phuong"},
    {Role::District, "huyen thi xa thanh pho|huyen thi thanh pho|thuoc huyen|quan huyen thi xa"},
    {Role::Province, "tinh thanh pho|thanh pho"},
    {Role::Period, "thoi gian|thoi ky"},
    {Role::Indicator,
     "chi tieu|indicator|ten chi tieu|noi dung|noi dung chi tieu|ma chi tieu|cac chi tieu|"
     "indicator code|tieu chi"},
    {Role::Value, "gia tri|value|so lieu|ket qua|thuc hien|ket qua thuc hien|so luong|tong so"},
    {Role::Recognised,
     "cong nhan|duoc cong nhan|da cong nhan|da duoc cong nhan|cong nhan lanh manh|"
     "duoc cong nhan lanh manh|dat chuan|recognised|recognized"},
    {Role::Decision, "so quyet dinh|quyet dinh|quyet dinh cong nhan|so quyet dinh cong nhan|"
                     "quyet dinh so|decision|decision number"},
    {Role::DecidedOn, "ngay quyet dinh|ngay cong nhan|ngay ky|ngay ban hanh|decision date"},
    {Role::Ignored, "stt|tt|so tt|no|don vi tinh|dvt|dv tinh|ghi chu|note|notes|unit|loai hinh"},
});

bool among(std::string_view word, std::string_view list) {
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find('|', at), list.size());
        if (list.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

// search_key without the signs between words: "Xã, phường" and "Xã/Phường" are one name.
std::string role_key(std::string_view header) {
    auto key = base::search_key(header);
    for (char& c : key)
        if (c == ',' || c == '/' || c == '_' || c == '-' || c == '.' || c == ':') c = ' ';
    return base::search_key(key);
}

std::optional<Role> role_named(std::string_view header) {
    const auto usual_key = column_key(header);
    const auto is = [&](ColumnNames names) { return is_one_of(usual_key, names); };
    if (is(usual::kCommuneCode) || is(usual::kPlainCode)) return Role::Code;
    if (is(usual::kCommuneName) || is(usual::kPlainName)) return Role::Name;
    if (is(usual::kDistrictName)) return Role::District;
    if (is(usual::kProvinceName)) return Role::Province;
    if (is(usual::kYear)) return Role::Period;
    if (is(usual::kRowNumber) || is(usual::kUnitType)) return Role::Ignored;
    const auto key = role_key(header);
    for (const auto& [role, words] : kRoleWords)
        if (among(key, words)) return role;
    return std::nullopt;
}

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
            if (text.empty() || header == text || header.ends_with(std::string(kJoin) + text))
                continue;
            header += (header.empty() ? "" : std::string(kJoin)) + text;
        }
    }
    return headers;
}

std::vector<std::string_view> parts_of(std::string_view header) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0;;) {
        const auto end = header.find(kJoin, at);
        parts.push_back(header.substr(at, end == header.npos ? end : end - at));
        if (end == header.npos) return parts;
        at = end + kJoin.size();
    }
}

// "Trong đó: nữ" -> "nữ"; nothing if it is no part.
std::optional<std::string> part_words(std::string_view text) {
    const auto plain = without_numbering(text);
    if (!base::search_key(plain).starts_with("trong do")) return std::nullopt;
    const auto colon = plain.find(':');
    if (colon != plain.npos) return std::string(base::trim(plain.substr(colon + 1)));
    // "trong đó" is two words; what follows is the part.
    auto rest = plain;
    for (int word = 0; word < 2; ++word) {
        const auto blank = rest.find(' ');
        rest = blank == rest.npos ? std::string_view() : base::trim(rest.substr(blank));
    }
    return std::string(rest);
}

class ColumnReader {
public:
    ColumnReader(const ImportProfile& profile, const std::vector<Indicator>& own)
        : profile_(profile), own_(own) {
        for (const auto& [header, meaning] : profile.columns)
            given_.emplace(base::search_key(header), meaning);
    }

    PlannedColumn read(std::uint32_t column, const std::string& header) const {
        PlannedColumn out;
        out.column = column;
        out.header = header;
        if (header.empty() || given(out)) return out;
        const auto parts = parts_of(header);
        if (std::any_of(parts.begin(), parts.end(), personal_column_name)) {
            out.role = Role::Refused;
            return out;
        }
        if (const auto role = role_named(parts.back()); role && parts.size() == 1) {
            out.role = *role;
            return out;
        }
        read_parts(parts, out);
        return out;
    }

private:
    bool given(PlannedColumn& out) const {
        const auto found = given_.find(base::search_key(out.header));
        if (found == given_.end()) return false;
        if (personal_column_name(out.header)) {
            out.role = Role::Refused;
        } else if (const auto role = parse_role(found->second)) {
            out.role = *role;
        } else {
            // "DR01@2010": an indicator and its period.
            const auto at = found->second.find('@');
            out.role = Role::Value;
            out.indicator = found->second.substr(0, at);
            if (at != std::string::npos) out.period = parse_period(found->second.substr(at + 1));
        }
        return true;
    }

    void read_parts(const std::vector<std::string_view>& parts, PlannedColumn& out) const {
        std::string rest_of_all;
        bool total_word = false, measured = false;
        for (const auto text : parts) {
            if (const auto words = part_words(text)) {
                out.part = words->empty() ? std::string(parts.back()) : *words;
                continue;
            }
            if (!out.part.empty() && parts.size() > 1) {
                out.part = std::string(text); // under the group "trong đó"
                continue;
            }
            std::string rest;
            const auto period = find_period(text, &rest);
            if (period) out.period = period;
            if (period && rest.empty()) continue;
            const auto code = indicator_named(period ? std::string_view(rest) : text, own_);
            if (!code.empty())
                out.indicator = code;
            else if (role_named(text) == Role::Value)
                total_word = true;
            else
                measured = true, rest_of_all += " " + std::string(text);
        }
        if (!out.part.empty())
            out.role = Role::Part;
        else if (!out.indicator.empty())
            out.role = Role::Value;
        else if ((out.period || total_word) && !measured)
            out.role = Role::Value; // of the row's indicator
        else if (const auto role = role_named(parts.front()))
            out.role = *role; // a name that stands over two rows of a merged header
        else
            out.nearest = nearest_indicators(rest_of_all);
    }

    const ImportProfile& profile_;
    const std::vector<Indicator>& own_;
    std::map<std::string, std::string> given_;
};

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
            column.role == Role::Indicator)
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

bool speaks_for_an_agency(std::string_view key) {
    for (const std::string_view word : {"ubnd", "uy ban nhan dan", "so lao dong", "so y te",
                                        "cong an", "phong ", "chi cuc", "ban chi dao", "so "})
        if (key.starts_with(word)) return true;
    return false;
}

void read_titles(const std::vector<HeadRow>& rows, std::size_t header, SheetPlan& plan) {
    for (std::size_t r = 0; r < std::min(header, rows.size()); ++r)
        for (std::size_t c = 0; c < rows[r].text.size(); ++c) {
            const auto& text = rows[r].text[c];
            if (text.empty() || (c > 0 && rows[r].text[c - 1] == text)) continue;
            const auto key = base::search_key(text);
            if (plan.as_of.empty()) plan.as_of = find_as_of(text);
            if (!plan.period) plan.period = find_period(text);
            if (plan.agency.empty() && speaks_for_an_agency(key)) plan.agency = text;
        }
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
                column.role = Role::Ignored;
        if (!plan.find(Role::Name)) plan.shape = Shape::Indicators;
    }
    if (plan.shape != Shape::Units) return;
    // A value without an indicator has no meaning in a table of units.
    for (auto& column : *columns)
        if (column.role == Role::Value && column.indicator.empty()) column.role = Role::Ignored;
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
        if (column.role != Role::Ignored || column.header.empty() || role_named(column.header) ||
            role_named(parts_of(column.header).back()))
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
           (find(Role::Code) || find(Role::Name) || find(Role::Indicator));
}

SheetPlan plan_sheet(const Sheet& sheet, const ImportProfile& profile,
                     const std::vector<Indicator>& own) {
    SheetPlan plan;
    plan.sheet = sheet.name();
    plan.empty = profile.empty;
    const auto rows = head_of(sheet);
    auto header = find_header(rows, profile, ColumnReader(profile, own));
    read_titles(rows, header.depth ? header.first : rows.size(), plan);
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
    settle_shape(plan);
    attach_parts(plan.columns);
    report_columns(plan);
    return plan;
}

} // namespace diaban::data
