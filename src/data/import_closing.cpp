#include "data/import_closing.hpp"

#include "base/text.hpp"
#include "data/import_cells.hpp"
#include "data/import_read.hpp"
#include "data/join.hpp"
#include "data/personal.hpp"

#include <algorithm>
#include <array>

namespace diaban::data {
namespace {

// How such a cell begins, as base::search_key gives it.
constexpr auto kClosingStarts = std::to_array<std::string_view>({"nguoi lap",
                                                                 "nguoi tong hop",
                                                                 "nguoi bao cao",
                                                                 "nguoi kiem tra",
                                                                 "nguoi ky",
                                                                 "can bo lap",
                                                                 "lap bieu",
                                                                 "lap bang",
                                                                 "thu truong",
                                                                 "giam doc",
                                                                 "pho giam doc",
                                                                 "chu tich",
                                                                 "pho chu tich",
                                                                 "truong phong",
                                                                 "pho truong phong",
                                                                 "truong ban",
                                                                 "pho truong ban",
                                                                 "chi cuc truong",
                                                                 "pho chi cuc truong",
                                                                 "truong cong an",
                                                                 "pho truong cong an",
                                                                 "chanh van phong",
                                                                 "ke toan",
                                                                 "ky ten",
                                                                 "ky,",
                                                                 "(ky",
                                                                 "da ky",
                                                                 "(da ky",
                                                                 "ghi ro ho ten",
                                                                 "(ghi ro",
                                                                 "dong dau",
                                                                 "noi nhan",
                                                                 "tm. ",
                                                                 "tm ubnd",
                                                                 "kt. ",
                                                                 "tl. ",
                                                                 "tuq. ",
                                                                 "xac nhan cua",
                                                                 "prepared by",
                                                                 "approved by",
                                                                 "signature",
                                                                 "signed"});

bool dated_line(const std::string& key) {
    const auto day = key.find("ngay ");
    const auto month = day == key.npos ? key.npos : key.find("thang ", day);
    return month != key.npos && key.find("nam ", month) != key.npos;
}

bool begins_closing(const std::string& key) {
    return std::any_of(kClosingStarts.begin(), kClosingStarts.end(),
                       [&](auto start) { return key.starts_with(start); });
}

} // namespace

bool closing_words(std::string_view cell) {
    const auto key = base::search_key(cell);
    return begins_closing(key) || dated_line(key);
}

ClosingLines::ClosingLines(const SheetPlan& plan) {
    for (const auto& column : plan.columns) {
        if (column.role == Role::Value || column.role == Role::Part)
            values_.push_back(column.column);
        else if (column.role == Role::Period || column.role == Role::Recognised ||
                 column.role == Role::Decision || column.role == Role::DecidedOn)
            statements_.push_back(column.column);
    }
}

const ClosingLines::Words& ClosingLines::words_of(std::string_view text) {
    constexpr std::size_t kMostKnown = 100'000;
    if (const auto found = known_.find(text); found != known_.end()) return found->second;
    if (known_.size() >= kMostKnown) known_.clear();
    const auto key = base::search_key(text);
    SheetCell cell{SheetCell::Kind::Text, 0, text};
    Words words;
    words.closing = begins_closing(key);
    words.dated = dated_line(key);
    words.person = person_name(text);
    words.reads = read_number(cell, {',', '.'}, {}).what != CellReading::What::Bad ||
                  read_number(cell, {'.', ','}, {}).what != CellReading::What::Bad ||
                  status_code(text).has_value();
    words.total = total_label(text);
    words.part = key.starts_with("trong do");
    return known_.emplace(std::string(text), words).first->second;
}

// Before the first closing line any word may be a value: a class of its own, an agency.
bool ClosingLines::readable(const SheetCell& cell) {
    if (cell.kind != SheetCell::Kind::Text) return cell.kind == SheetCell::Kind::Number;
    if (base::parse_number(cell.text, {})) return true;
    const auto& words = words_of(cell.text);
    return words.reads || (first_ == 0 && !words.closing && !words.dated && !words.person);
}

// The number or day of a decision, a period: days are written there as above a signature.
bool ClosingLines::stated(const SheetCell& cell) {
    if (cell.kind != SheetCell::Kind::Text) return cell.kind == SheetCell::Kind::Number;
    if (first_ != 0) return cell.text.find_first_of("0123456789") != cell.text.npos;
    const auto& words = words_of(cell.text);
    return !words.closing && !words.person;
}

void ClosingLines::see(std::uint32_t row, std::span<const SheetCell> cells) {
    const auto any_of = [&](const std::vector<std::uint32_t>& columns, auto is) {
        return std::any_of(columns.begin(), columns.end(), [&](std::uint32_t column) {
            return column < cells.size() && is(cells[column]);
        });
    };
    // Of the first `most` cells; a code or a number of a row says nothing of the kind.
    const auto any_text = [&](std::size_t most, auto is) {
        const auto few = cells.first(std::min(most, cells.size()));
        return std::any_of(few.begin(), few.end(), [&](const SheetCell& cell) {
            return cell.kind == SheetCell::Kind::Text && !base::parse_number(cell.text, {}) &&
                   is(words_of(cell.text));
        });
    };
    if (any_of(values_, [&](const auto& cell) { return readable(cell); }) ||
        any_of(statements_, [&](const auto& cell) { return stated(cell); })) {
        constexpr std::size_t kLabels = 3; // where a row says that it is a total
        first_ = 0;
        // Parts of the total stand below it.
        if (!any_text(kLabels, [](const Words& words) { return words.part; }))
            after_total_ = any_text(kLabels, [](const Words& words) { return words.total; });
        return;
    }
    if (first_ != 0) return;
    const bool alone =
        after_total_ && any_text(cells.size(), [](const Words& words) { return words.person; }) &&
        std::all_of(cells.begin(), cells.end(), [&](const SheetCell& cell) {
            return cell.empty() ||
                   (cell.kind == SheetCell::Kind::Text && words_of(cell.text).person);
        });
    if (alone ||
        any_text(cells.size(), [](const Words& words) { return words.closing || words.dated; }))
        first_ = row;
}

} // namespace diaban::data
