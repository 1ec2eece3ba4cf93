#include "data/import_read.hpp"

#include "base/text.hpp"
#include "data/import_cells.hpp"
#include "data/import_totals.hpp"
#include "data/join.hpp"
#include "data/personal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace diaban::data {
namespace {

using base::Severity;
using What = CellReading::What;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kMostOfAKind = 500; // findings; the rest are counted
constexpr std::uint64_t kRowsBetweenChecks = 8192;

const SheetCell& cell_at(std::span<const SheetCell> cells, const PlannedColumn* column) {
    static const SheetCell kEmpty;
    return column && column->column < cells.size() ? cells[column->column] : kEmpty;
}

// Findings of one sheet: at most so many of a kind, and then how many more there were.
class FindingList {
public:
    explicit FindingList(base::Findings findings) : findings_(std::move(findings)) {}

    void add(Severity severity, const char* key, base::Args args, std::string unit = "") {
        if (++count_[key] > kMostOfAKind) return;
        findings_.push_back({severity, key, std::move(args), std::move(unit), {}, "", {}});
    }
    base::Findings take() {
        for (const auto& [key, count] : count_) {
            if (count <= kMostOfAKind) continue;
            base::Finding more{Severity::Warning, "import_more", {}, "", {}, "rows", {}};
            more.args = {{"kind", key}, {"count", static_cast<std::int64_t>(count - kMostOfAKind)}};
            more.amount = static_cast<double>(count - kMostOfAKind);
            findings_.push_back(std::move(more));
        }
        return std::move(findings_);
    }
    base::Findings& all() { return findings_; }

private:
    base::Findings findings_;
    std::map<std::string, std::size_t> count_;
};

class SheetReader {
public:
    SheetReader(const Sheet& sheet, const SheetPlan& plan, const UnitTable& units,
                const FindUnits& find_units, const std::vector<Indicator>& own,
                base::JobContext& ctx)
        : sheet_(sheet), units_(units), find_units_(find_units), own_(own), ctx_(ctx),
          found_(plan.findings) {
        out_.plan = plan;
        code_ = out_.plan.find(Role::Code);
        name_ = out_.plan.find(Role::Name);
        district_ = out_.plan.find(Role::District);
        province_ = out_.plan.find(Role::Province);
        period_ = out_.plan.find(Role::Period);
        label_ = out_.plan.find(Role::Indicator);
        for (const auto& column : out_.plan.columns)
            if (column.role == Role::Value || column.role == Role::Part) values_.push_back(&column);
    }

    SheetImport run() {
        look_at_districts();
        look_through();
        settle_columns();
        if (keyed()) resolve_units();
        sheet_.visit([&](std::uint32_t number, std::span<const SheetCell> cells) {
            if (number >= out_.plan.first_data_row) read_row(number, cells);
        });
        close_section();
        report_totals(totals_->finish());
        finish();
        return std::move(out_);
    }

private:
    bool keyed() const { return out_.plan.shape != Shape::Indicators; }
    std::string place() const { return out_.plan.sheet; }

    // ------------------------------------------------------------------ first pass

    void look_at_districts() {
        const auto& districts = units_.groups[static_cast<std::size_t>(Level::District)];
        std::set<std::string> unit_names;
        for (const auto& name : units_.name) unit_names.insert(base::search_key(name));
        for (const auto& district : districts)
            if (const auto key = base::search_key(district.name); !unit_names.contains(key))
                districts_.emplace(key, district.name);
    }

    void look_through() {
        samples_.resize(values_.size());
        std::vector<StyleSample> texts(out_.plan.columns.size());
        std::uint64_t n = 0;
        sheet_.visit([&](std::uint32_t number, std::span<const SheetCell> cells) {
            if (number < out_.plan.first_data_row) return;
            if (++n % kRowsBetweenChecks == 0) ctx_.check();
            for (std::size_t v = 0; v < values_.size(); ++v)
                samples_[v].add(cell_at(cells, values_[v]));
            for (std::size_t c = 0; c < texts.size(); ++c)
                texts[c].add(cell_at(cells, &out_.plan.columns[c]));
            if (keyed() && kind_of_row(cells) == RowKind::Unit) note_key(cells);
        });
        refuse_personal(texts);
    }

    // Columns whose cells are about persons are refused whatever their header says.
    void refuse_personal(const std::vector<StyleSample>& texts) {
        for (std::size_t c = 0; c < texts.size(); ++c) {
            auto& column = out_.plan.columns[c];
            const auto& cells = texts[c].cells();
            if (column.role == Role::Refused || !personal_cells(cells.size(), [&](std::size_t i) {
                    return std::string_view(cells[i]);
                }))
                continue;
            column.role = Role::Refused;
            found_.add(
                Severity::Warning, "refused_personal_column",
                {{"column", column.header.empty() ? fmt::format("#{}", c + 1) : column.header}});
        }
        std::erase_if(values_,
                      [](const PlannedColumn* column) { return column->role == Role::Refused; });
        for (auto** column : {&code_, &name_, &district_, &province_, &period_, &label_})
            if (*column && (*column)->role == Role::Refused) *column = nullptr;
    }

    std::string_view key_text(std::span<const SheetCell> cells) {
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

    void note_key(std::span<const SheetCell> cells) {
        const auto text = key_text(cells);
        if (keys_.find(text) != keys_.end()) return;
        keys_.emplace(std::string(text), key_list_.size());
        UnitKey key{cell_at(cells, code_).as_text(), cell_at(cells, name_).as_text(),
                    cell_at(cells, district_).as_text(), cell_at(cells, province_).as_text()};
        if (!district_) key.district = section_;
        key_list_.push_back(std::move(key));
    }

    void resolve_units() {
        answers_ = find_units_(key_list_);
        section_.clear();
    }

    void settle_columns() {
        std::vector<std::string> headers;
        for (const auto* column : values_) headers.push_back(column->header);
        samples_.resize(values_.size());
        styles_ = styles_of(samples_, headers, found_.all());
        if (sheet_.typed() && samples_.empty()) styles_.assign(values_.size(), {});
        const auto& plan = out_.plan;
        const bool dated = plan.period || period_ ||
                           std::all_of(values_.begin(), values_.end(), [](const auto* column) {
                               return column->period.has_value();
                           });
        if (!dated)
            throw base::Error(base::ErrorKind::Data, "error.import.no_period",
                              {{"sheet", plan.sheet}});
        for (const auto* column : values_)
            column_series_.push_back(column->indicator.empty() ? kNone : series(column->indicator));
        totals_.emplace(values_.size());
    }

    // ------------------------------------------------------------------ rows

    enum class RowKind { Blank, Unit, Total, Part, District };

    // The words that say what a row is: the first text of the columns that name rows.
    std::string_view row_label(std::span<const SheetCell> cells) const {
        for (const auto* column : {name_, code_, district_, label_}) {
            const auto& cell = cell_at(cells, column);
            if (column && cell.kind == SheetCell::Kind::Text) return cell.text;
        }
        // "Tổng cộng" often stands in the column of the numbers of the rows.
        for (std::size_t c = 0; c < std::min<std::size_t>(cells.size(), 3); ++c)
            if (cells[c].kind == SheetCell::Kind::Text) return cells[c].text;
        return {};
    }

    RowKind kind_of_row(std::span<const SheetCell> cells) {
        const auto label = row_label(cells);
        if (label.empty() && cell_at(cells, code_).empty()) return RowKind::Blank;
        if (cell_at(cells, code_).kind == SheetCell::Kind::Number) return RowKind::Unit;
        if (label.empty()) return RowKind::Blank;
        const auto [at, added] = kinds_.try_emplace(std::string(label), RowKind::Unit);
        if (added) at->second = kind_of_label(label);
        auto kind = at->second;
        const bool coded =
            code_ && !cell_at(cells, code_).empty() && label != cell_at(cells, code_).text;
        if (kind == RowKind::District) {
            if (coded) return RowKind::Unit;
            section_ = districts_.at(base::search_key(without_numbering(label)));
        }
        return kind == RowKind::Total && coded && !total_label(cell_at(cells, code_).as_text())
                   ? RowKind::Unit
                   : kind;
    }

    RowKind kind_of_label(std::string_view label) const {
        if (total_label(label)) return RowKind::Total;
        if (is_part(label)) return RowKind::Part;
        if (keyed() && !district_ &&
            districts_.contains(base::search_key(without_numbering(label))))
            return RowKind::District;
        return RowKind::Unit;
    }

    static bool is_part(std::string_view label) {
        return base::search_key(without_numbering(label)).starts_with("trong do");
    }

    bool has_values(std::span<const SheetCell> cells) const {
        return std::any_of(values_.begin(), values_.end(), [&](const PlannedColumn* column) {
            return !cell_at(cells, column).empty();
        });
    }

    void read_row(std::uint32_t number, std::span<const SheetCell> cells) {
        if (++visited_ % kRowsBetweenChecks == 0) ctx_.check();
        const auto kind = kind_of_row(cells);
        if (kind == RowKind::Blank && !has_values(cells)) return;
        ++out_.rows;
        switch (kind) {
        case RowKind::Blank:
            found_.add(Severity::Warning, "import_row_unnamed", at_row(number));
            return;
        case RowKind::Total:
            return check_total(number, cells, Totals::Where::Below);
        case RowKind::District:
            close_section();
            totals_->end_section();
            if (has_values(cells)) check_total(number, cells, Totals::Where::Above);
            return;
        case RowKind::Part:
            return read_part_row(number, cells);
        case RowKind::Unit:
            break;
        }
        if (keyed())
            read_unit_row(number, cells);
        else
            read_indicator_row(number, cells);
    }

    base::Args at_row(std::uint32_t number) const {
        return {{"sheet", place()}, {"row", static_cast<std::int64_t>(number)}};
    }

    void read_unit_row(std::uint32_t number, std::span<const SheetCell> cells) {
        const auto found = keys_.find(key_text(cells));
        const auto& answer = answers_[found->second];
        add_to_totals(cells);
        if (!answer.unit) {
            last_unit_ = kNone;
            out_.unmatched.push_back({number, key_list_[found->second], answer.candidates});
            return;
        }
        last_unit_ = *answer.unit;
        ++out_.unit_rows;
        seen_.resize(units_.size());
        seen_[last_unit_] = 1;
        const auto period = row_period(number, cells);
        if (period_ && !period) return;
        auto row_series = kNone;
        if (label_) {
            row_series = series_of_label(cell_at(cells, label_).as_text(), number);
            if (row_series == kNone) return;
        }
        duplicate_of_ = 0;
        disagrees_ = false;
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const auto s = column_series_[v] == kNone ? row_series : column_series_[v];
            const auto when = values_[v]->period ? values_[v]->period : period;
            if (s == kNone || !when) continue;
            const auto reading = read(cell_at(cells, values_[v]), s, v, number);
            if (values_[v]->role == Role::Part)
                add_part(s, *when, last_unit_, values_[v]->part, reading, number);
            else
                put(s, *when, last_unit_, reading, number);
        }
        if (duplicate_of_) report_duplicate(number);
    }

    void report_duplicate(std::uint32_t number) {
        out_.duplicate_rows.push_back(number);
        auto args = at_row(number);
        args.emplace_back("first", static_cast<std::int64_t>(duplicate_of_));
        args.emplace_back("name", units_.name[last_unit_]);
        found_.add(disagrees_ ? Severity::Problem : Severity::Warning,
                   disagrees_ ? "import_duplicate_disagrees" : "import_duplicate_row",
                   std::move(args), units_.code[last_unit_]);
    }

    // A report of one area: a row per indicator.
    void read_indicator_row(std::uint32_t number, std::span<const SheetCell> cells) {
        const auto label = cell_at(cells, label_).as_text();
        // "- Nữ" under "Trong đó:" is one more part of the same number.
        const bool dashed = label.starts_with("-") || label.starts_with("+");
        if (in_parts_ && dashed) {
            if (part_series_ != kNone)
                read_area_values(part_series_, std::string(without_numbering(label)), number,
                                 cells);
            return;
        }
        in_parts_ = false;
        part_series_ = kNone;
        if (!has_values(cells)) return; // a heading
        const auto s = series_of_label(label, number);
        part_series_ = s;
        if (s != kNone) read_area_values(s, "", number, cells);
    }

    void read_part_row(std::uint32_t number, std::span<const SheetCell> cells) {
        const auto label = row_label(cells);
        const auto plain = without_numbering(label);
        const auto colon = plain.find(':');
        const std::string part(colon == plain.npos ? plain : base::trim(plain.substr(colon + 1)));
        in_parts_ = true;
        if (!has_values(cells)) return; // "Trong đó:" above its parts
        if (!keyed()) {
            if (part_series_ != kNone) read_area_values(part_series_, part, number, cells);
            return;
        }
        if (last_unit_ == kNone) return;
        const auto period = row_period(number, cells);
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const auto when = values_[v]->period ? values_[v]->period : period;
            if (column_series_[v] == kNone || !when || values_[v]->role == Role::Part) continue;
            add_part(column_series_[v], *when, last_unit_, part,
                     read(cell_at(cells, values_[v]), column_series_[v], v, number), number);
        }
    }

    void read_area_values(std::size_t s, const std::string& part, std::uint32_t number,
                          std::span<const SheetCell> cells) {
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const auto when = values_[v]->period ? values_[v]->period : row_period(number, cells);
            if (!when) continue;
            const auto reading = read(cell_at(cells, values_[v]), s, v, number);
            add_part(s, *when, std::nullopt,
                     values_[v]->role == Role::Part ? values_[v]->part : part, reading, number);
        }
    }

    std::optional<Period> row_period(std::uint32_t number, std::span<const SheetCell> cells) {
        if (!period_) return out_.plan.period;
        const auto& cell = cell_at(cells, period_);
        const auto text = cell.as_text();
        const auto [at, added] = periods_.try_emplace(text);
        if (added) {
            at->second = parse_year_cell(text);
            if (!at->second) at->second = find_period(text);
        }
        if (!at->second) {
            auto args = at_row(number);
            args.emplace_back("value", text);
            found_.add(Severity::Problem, "import_bad_period", std::move(args));
        }
        return at->second;
    }

    // ------------------------------------------------------------------ values

    std::size_t series(const std::string& code) {
        for (std::size_t s = 0; s < out_.indicators.size(); ++s)
            if (out_.indicators[s].id == code) return s;
        const auto known = std::find_if(own_.begin(), own_.end(),
                                        [&](const Indicator& i) { return i.id == code; });
        if (known != own_.end()) {
            out_.indicators.push_back(*known);
        } else if (const auto* entry = find_in_catalogue(code)) {
            out_.indicators.push_back(indicator_of(*entry));
        } else {
            Indicator indicator;
            indicator.id = indicator.name_vi = indicator.name_en = code;
            out_.indicators.push_back(std::move(indicator));
        }
        categories_.emplace_back();
        return out_.indicators.size() - 1;
    }

    std::size_t series_of_label(const std::string& label, std::uint32_t number) {
        const auto [at, added] = labels_.try_emplace(label, kNone);
        if (added)
            if (const auto code = indicator_named(label, own_); !code.empty())
                at->second = series(code);
        if (at->second == kNone) {
            auto args = at_row(number);
            args.emplace_back("label", label);
            const auto near = nearest_indicators(label);
            args.emplace_back("near", near.empty() ? std::string("–")
                                                   : fmt::format("{}", fmt::join(near, ", ")));
            found_.add(Severity::Problem, "import_row_unknown_indicator", std::move(args));
        }
        return at->second;
    }

    CellReading read(const SheetCell& cell, std::size_t s, std::size_t v, std::uint32_t number) {
        auto& indicator = out_.indicators[s];
        const auto reading = indicator.kind == Kind::Category
                                 ? categories_[s].read(cell, indicator, out_.plan.empty)
                                 : read_number(cell, styles_[v], out_.plan.empty);
        if (reading.what != What::Bad) return reading;
        auto args = at_row(number);
        args.emplace_back("column", values_[v]->header);
        args.emplace_back("value", cell.as_text());
        found_.add(Severity::Problem, "import_bad_value", std::move(args));
        return {What::Missing, 0};
    }

    static Cell state_of(What what) {
        switch (what) {
        case What::Value:
            return Cell::Observed;
        case What::NotApplicable:
            return Cell::NotApplicable;
        case What::Suppressed:
            return Cell::Suppressed;
        case What::Missing:
        case What::Bad:
            break;
        }
        return Cell::Missing;
    }

    ImportSlice& slice(std::size_t s, Period period) {
        if (last_slice_ && last_key_ == std::pair(s, period)) return *last_slice_;
        auto& slice = out_.slices[{s, period}];
        if (slice.row.empty()) {
            slice.value.assign(units_.size(), std::numeric_limits<double>::quiet_NaN());
            slice.state.assign(units_.size(), Cell::Missing);
            slice.row.assign(units_.size(), 0);
        }
        last_key_ = {s, period};
        last_slice_ = &slice;
        return slice;
    }

    void put(std::size_t s, Period period, std::size_t unit, CellReading reading,
             std::uint32_t number) {
        auto& cells = slice(s, period);
        const auto state = state_of(reading.what);
        if (cells.row[unit] == 0) {
            cells.row[unit] = number;
            cells.state[unit] = state;
            if (state == Cell::Observed) cells.value[unit] = reading.value;
            return;
        }
        duplicate_of_ = cells.row[unit];
        const bool same = cells.state[unit] == state &&
                          (state != Cell::Observed || cells.value[unit] == reading.value);
        if (same || state == Cell::Missing || conflicts_.contains({s, period, unit})) return;
        if (cells.state[unit] == Cell::Missing) { // an empty cell disagrees with nothing
            cells.state[unit] = state;
            if (state == Cell::Observed) cells.value[unit] = reading.value;
            return;
        }
        conflicts_.insert({s, period, unit});
        cells.state[unit] = Cell::Missing;
        cells.value[unit] = std::numeric_limits<double>::quiet_NaN();
        disagrees_ = true;
    }

    void add_part(std::size_t s, Period period, std::optional<std::size_t> unit,
                  const std::string& part, CellReading reading, std::uint32_t number) {
        const auto state = state_of(reading.what);
        if (state == Cell::Missing) return;
        const double value =
            state == Cell::Observed ? reading.value : std::numeric_limits<double>::quiet_NaN();
        const double whole = unit ? whole_of_unit(s, period, *unit) : whole_of_area(s, period);
        if (!part.empty() && value > whole) {
            auto args = at_row(number);
            args.emplace_back("part", part);
            args.emplace_back("value", value);
            args.emplace_back("whole", whole);
            found_.add(Severity::Problem, "import_part_exceeds", std::move(args));
        }
        out_.parts.push_back({s, period, unit, part, value, state, number});
    }
    double whole_of_unit(std::size_t s, Period period, std::size_t unit) {
        return slice(s, period).value[unit]; // NaN compares false
    }
    double whole_of_area(std::size_t s, Period period) const {
        for (auto part = out_.parts.rbegin(); part != out_.parts.rend(); ++part)
            if (part->indicator == s && part->period == period && part->part.empty())
                return part->value;
        return std::numeric_limits<double>::quiet_NaN();
    }

    // ------------------------------------------------------------------ totals

    double number_of(std::span<const SheetCell> cells, std::size_t v) const {
        const auto s = column_series_[v];
        if (s == kNone || out_.indicators[s].kind != Kind::Count || out_.plan.shape != Shape::Units)
            return std::numeric_limits<double>::quiet_NaN();
        const auto reading = read_number(cell_at(cells, values_[v]), styles_[v], out_.plan.empty);
        return reading.what == What::Value ? reading.value
                                           : std::numeric_limits<double>::quiet_NaN();
    }
    std::vector<double> numbers_of(std::span<const SheetCell> cells) const {
        std::vector<double> numbers;
        for (std::size_t v = 0; v < values_.size(); ++v) numbers.push_back(number_of(cells, v));
        return numbers;
    }
    void add_to_totals(std::span<const SheetCell> cells) {
        if (out_.plan.shape == Shape::Units) totals_->add(numbers_of(cells));
    }
    void check_total(std::uint32_t number, std::span<const SheetCell> cells, Totals::Where where) {
        if (out_.plan.shape != Shape::Units) return;
        ++out_.totals;
        if (where == Totals::Where::Below) close_section();
        report_totals(
            totals_->check(number, std::string(row_label(cells)), numbers_of(cells), where));
    }
    void close_section() { report_totals(totals_->close()); }
    void report_totals(const std::vector<Totals::Wrong>& wrong) {
        for (const auto& one : wrong) {
            ++out_.wrong_totals;
            auto args = at_row(one.row);
            args.emplace_back("label", one.label);
            args.emplace_back("column", values_[one.column]->header);
            args.emplace_back("stated", one.stated);
            args.emplace_back("sum", one.sum);
            found_.add(Severity::Problem, "import_total_wrong", std::move(args));
        }
    }

    // ------------------------------------------------------------------ the end

    void finish() {
        for (const auto& row : out_.unmatched) report_unmatched(row);
        if (keyed()) find_missing_units();
        check_halves();
        out_.findings = found_.take();
    }

    void report_unmatched(const UnmatchedRow& row) {
        std::string near;
        for (const auto unit : row.candidates)
            near += (near.empty() ? "" : ", ") + units_.name[unit] + " (" + units_.code[unit] + ")";
        auto args = at_row(row.row);
        args.emplace_back("name", row.key.name.empty() ? row.key.code : row.key.name);
        args.emplace_back("near", near.empty() ? std::string("–") : near);
        found_.add(Severity::Problem, "import_row_unmatched", std::move(args));
    }

    // A report of one district does not miss the communes of the others.
    void find_missing_units() {
        seen_.resize(units_.size());
        const auto& parent = units_.parent[static_cast<std::size_t>(Level::District)];
        std::set<geo::GroupIndex> reported;
        for (std::size_t i = 0; i < parent.size(); ++i)
            if (seen_[i]) reported.insert(parent[i]);
        for (std::size_t i = 0; i < units_.size(); ++i) {
            if (seen_[i] || (!parent.empty() && !reported.contains(parent[i]))) continue;
            out_.missing_units.push_back(i);
            found_.add(Severity::Warning, "import_unit_missing",
                       {{"sheet", place()}, {"code", units_.code[i]}, {"name", units_.name[i]}},
                       units_.code[i]);
        }
    }

    // A year contains its first half, for what is counted over a period.
    void check_halves() {
        for (const auto& [key, half] : out_.slices) {
            const auto [s, period] = key;
            const auto* entry = find_in_catalogue(out_.indicators[s].id);
            if (period.half != 1 || !entry || entry->reading != Accrual::Flow) continue;
            const auto year = out_.slices.find({s, Period{period.year, 0}});
            if (year == out_.slices.end()) continue;
            for (std::size_t i = 0; i < units_.size(); ++i)
                if (half.value[i] > year->second.value[i])
                    found_.add(Severity::Problem, "import_half_exceeds",
                               {{"sheet", place()},
                                {"row", static_cast<std::int64_t>(half.row[i])},
                                {"name", units_.name[i]},
                                {"indicator", out_.indicators[s].id},
                                {"half", half.value[i]},
                                {"whole", year->second.value[i]}},
                               units_.code[i]);
        }
    }

    const Sheet& sheet_;
    const UnitTable& units_;
    const FindUnits& find_units_;
    const std::vector<Indicator>& own_;
    base::JobContext& ctx_;
    FindingList found_;
    SheetImport out_;

    const PlannedColumn *code_ = nullptr, *name_ = nullptr, *district_ = nullptr,
                        *province_ = nullptr, *period_ = nullptr, *label_ = nullptr;
    std::vector<const PlannedColumn*> values_;
    std::vector<StyleSample> samples_;
    std::vector<base::NumberStyle> styles_;
    std::vector<std::size_t> column_series_; // per value column; kNone: the row's own

    std::string key_;           // of the row at hand
    TextMap<std::size_t> keys_; // -> key_list_
    std::vector<UnitKey> key_list_;
    std::vector<UnitAnswer> answers_;                // per key
    std::map<std::string, std::string> districts_;   // search key -> name, of headings
    std::string section_;                            // the district whose heading was last
    std::unordered_map<std::string, RowKind> kinds_; // by label
    std::unordered_map<std::string, std::optional<Period>> periods_;
    std::unordered_map<std::string, std::size_t> labels_;
    std::vector<CategoryReader> categories_; // per indicator
    std::optional<Totals> totals_;
    std::vector<std::uint8_t> seen_; // per unit
    std::set<std::tuple<std::size_t, Period, std::size_t>> conflicts_;
    std::pair<std::size_t, Period> last_key_;
    ImportSlice* last_slice_ = nullptr;
    std::size_t last_unit_ = kNone, part_series_ = kNone;
    bool in_parts_ = false, disagrees_ = false;
    std::uint32_t duplicate_of_ = 0;
    std::uint64_t visited_ = 0;
};

} // namespace

bool total_label(std::string_view label) {
    const auto key = base::search_key(without_numbering(label));
    static constexpr std::array kWhole = {
        "tong cong", "tong",       "cong",           "tong so",   "toan tinh",  "toan huyen",
        "total",     "cong chung", "toan thanh pho", "toan quan", "grand total"};
    if (std::find(kWhole.begin(), kWhole.end(), key) != kWhole.end()) return true;
    for (const std::string_view start :
         {"tong cong ", "tong so ", "cong huyen ", "cong quan ", "cong thi xa ", "cong thanh pho ",
          "cong tp", "cong:", "tong cong:", "tong:"})
        if (key.starts_with(start)) return true;
    return false;
}

std::size_t SheetImport::observations() const {
    std::size_t count = 0;
    for (const auto& [key, slice] : slices)
        count += static_cast<std::size_t>(
            std::count_if(slice.state.begin(), slice.state.end(),
                          [](Cell state) { return state != Cell::Missing; }));
    return count + parts.size();
}

SheetImport import_sheet(const Sheet& sheet, const SheetPlan& plan, const UnitTable& units,
                         const FindUnits& find_units, const std::vector<Indicator>& own,
                         base::JobContext& ctx) {
    return SheetReader(sheet, plan, units, find_units, own, ctx).run();
}

} // namespace diaban::data
