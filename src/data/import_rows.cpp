#include "data/import_rows.hpp"

#include "base/text.hpp"
#include "data/join.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace diaban::data {

const SheetCell& cell_at(std::span<const SheetCell> cells, const PlannedColumn* column) {
    static const SheetCell kEmpty;
    return column && column->column < cells.size() ? cells[column->column] : kEmpty;
}

namespace {

// "1. Xã Tân Thạnh", "- Xã Tân Thạnh": what counts the rows is no part of a name. "X." is "Xã".
std::string plain_name(std::string name) {
    if (name.starts_with("X.") || name.starts_with("x.")) return name;
    std::string plain(without_numbering(name));
    return plain.empty() ? name : plain;
}

} // namespace

RowReader::RowReader(const SheetPlan& plan, const UnitTable& units)
    : plan_(plan), code_(plan.find(Role::Code)), name_(plan.find(Role::Name)),
      district_(plan.find(Role::District)), province_(plan.find(Role::Province)),
      period_(plan.find(Role::Period)), label_(plan.find(Role::Indicator)),
      measure_(plan.find(Role::Measure)) {
    std::set<std::string> unit_names;
    for (const auto& name : units.name) unit_names.insert(base::search_key(name));
    for (const auto& district : units.groups[static_cast<std::size_t>(Level::District)])
        if (const auto key = base::search_key(district.name); !unit_names.contains(key))
            districts_.emplace(key, district.name);
}

void RowReader::leave_out_refused() {
    for (auto** column : {&code_, &name_, &district_, &province_, &period_, &label_, &measure_})
        if (*column && (*column)->role == Role::Refused) *column = nullptr;
}

std::string_view RowReader::label(std::span<const SheetCell> cells) const {
    for (const auto* column : {name_, code_, district_, label_}) {
        const auto& cell = cell_at(cells, column);
        if (column && cell.kind == SheetCell::Kind::Text) return cell.text;
    }
    if (plan_.shape == Shape::Areas && province_)
        if (const auto& cell = cell_at(cells, province_); cell.kind == SheetCell::Kind::Text)
            return cell.text;
    // "Tổng cộng" often stands in the column of the numbers of the rows.
    for (std::size_t c = 0; c < std::min<std::size_t>(cells.size(), 3); ++c)
        if (cells[c].kind == SheetCell::Kind::Text) return cells[c].text;
    return {};
}

RowKind RowReader::kind_of(std::span<const SheetCell> cells) {
    const auto words = label(cells);
    if (words.empty() && cell_at(cells, code_).empty()) return RowKind::Blank;
    if (cell_at(cells, code_).kind == SheetCell::Kind::Number) return RowKind::Unit;
    if (words.empty()) return RowKind::Blank;
    const auto [at, added] = kinds_.try_emplace(std::string(words), RowKind::Unit);
    if (added) at->second = kind_of_label(words);
    const auto kind = at->second;
    const bool coded =
        code_ && !cell_at(cells, code_).empty() && words != cell_at(cells, code_).text;
    if (kind == RowKind::District) {
        if (coded) return RowKind::Unit;
        section_ = districts_.at(base::search_key(without_numbering(words)));
    }
    return kind == RowKind::Total && coded && !total_label(cell_at(cells, code_).as_text())
               ? RowKind::Unit
               : kind;
}

RowKind RowReader::kind_of_label(std::string_view words) const {
    if (total_label(words)) return RowKind::Total;
    const auto key = base::search_key(without_numbering(words));
    if (key.starts_with("trong do")) return RowKind::Part;
    if (keyed() && !district_ && districts_.contains(key)) return RowKind::District;
    return RowKind::Unit;
}

std::string_view RowReader::key_text(std::span<const SheetCell> cells) {
    key_.clear();
    for (const auto* column : {code_, name_, district_, province_}) {
        const auto& cell = cell_at(cells, column);
        if (cell.kind == SheetCell::Kind::Text)
            key_ += cell.text;
        else if (!cell.empty())
            key_ += cell.as_text();
        key_ += '\x1f';
    }
    if (!district_ && !section_.empty()) key_ += section_;
    return key_;
}

std::size_t RowReader::note_key(std::span<const SheetCell> cells) {
    const auto text = key_text(cells);
    if (const auto found = keys_.find(text); found != keys_.end()) return found->second;
    keys_.emplace(std::string(text), key_list_.size());
    UnitKey key{cell_at(cells, code_).as_text(), plain_name(cell_at(cells, name_).as_text()),
                plain_name(cell_at(cells, district_).as_text()),
                plain_name(cell_at(cells, province_).as_text())};
    if (!district_) key.district = section_;
    key_list_.push_back(std::move(key));
    return key_list_.size() - 1;
}

std::optional<std::size_t> RowReader::key_of(std::span<const SheetCell> cells) {
    const auto found = keys_.find(key_text(cells));
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

bool total_label(std::string_view label) {
    const auto key = base::search_key(without_numbering(label));
    static constexpr std::array kWhole = {
        "tong cong",   "tong",    "cong",       "tong so",        "toan tinh",
        "toan huyen",  "total",   "cong chung", "toan thanh pho", "toan quan",
        "grand total", "ca tinh", "ca huyen"};
    if (std::find(kWhole.begin(), kWhole.end(), key) != kWhole.end()) return true;
    const auto padded = key + " "; // "Cộng huyện" alone as well
    for (const std::string_view start :
         {"tong cong ", "tong so ", "cong huyen ", "cong quan ", "cong thi xa ", "cong thanh pho ",
          "cong tp", "cong:", "tong cong:", "tong:", "cong toan ", "tong toan ", "cong (",
          "tong ("})
        if (padded.starts_with(start)) return true;
    return false;
}

std::optional<Period> CellPeriods::of(const std::string& text) {
    const auto [at, added] = read_.try_emplace(text);
    if (added) {
        // A day within the year is no period; the last month's stands for the year.
        const auto day = find_day(text);
        if (day.empty() || day.substr(5, 2) == "12") at->second = parse_year_cell(text);
        if (!at->second && day.empty()) at->second = find_period(text);
    }
    return at->second;
}

std::optional<SheetPlan> plan_by_district(const Sheet& sheet, const SheetPlan& plan,
                                          const UnitTable& units) {
    const auto* names = plan.find(Role::Name);
    if (plan.shape != Shape::Units || !names || plan.find(Role::Code) || plan.find(Role::District))
        return std::nullopt;
    RowReader rows(plan, units);
    std::size_t districts = 0, others = 0;
    sheet.visit([&](std::uint32_t number, std::span<const SheetCell> cells) {
        if (number < plan.first_data_row || others > 0) return;
        const bool filled =
            std::any_of(plan.columns.begin(), plan.columns.end(), [&](const PlannedColumn& column) {
                return (column.role == Role::Value || column.role == Role::Part) &&
                       !cell_at(cells, &column).empty();
            });
        if (!filled) return;
        const auto kind = rows.kind_of(cells);
        districts += kind == RowKind::District;
        others += kind == RowKind::Unit;
    });
    if (districts == 0 || others > 0) return std::nullopt;
    auto out = plan;
    out.shape = Shape::Areas;
    out.columns[static_cast<std::size_t>(names - plan.columns.data())].role = Role::District;
    return out;
}

} // namespace diaban::data
