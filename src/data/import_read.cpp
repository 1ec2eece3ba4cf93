#include "data/import_read.hpp"

#include "base/text.hpp"
#include "data/import_checks.hpp"
#include "data/import_closing.hpp"
#include "data/import_headers.hpp"
#include "data/import_rows.hpp"
#include "data/import_totals.hpp"
#include "data/import_values.hpp"
#include "data/personal.hpp"

#include <algorithm>
#include <limits>

namespace diaban::data {
namespace {

using base::Severity;
using What = CellReading::What;

constexpr std::size_t kNone = ValueWriter::kNone;
constexpr std::uint64_t kRowsBetweenChecks = 8192;

class SheetReader {
public:
    SheetReader(const Sheet& sheet, const SheetPlan& plan, const UnitTable& units,
                const FindUnits& find_units, const std::vector<Indicator>& own,
                base::JobContext& ctx)
        : sheet_(sheet), units_(units), find_units_(find_units), ctx_(ctx), found_(plan.findings),
          out_(of(plan)), rows_(out_.plan, units), write_(out_, units, own, found_),
          headers_(out_.plan), beside_(out_.plan), closing_(out_.plan) {
        for (const auto& column : out_.plan.columns)
            if (column.role == Role::Value || column.role == Role::Part) values_.push_back(&column);
    }

    // Two passes: what stands in the columns, and which units the rows name, is known before the
    // first number is read.
    SheetImport run() {
        look_through();
        settle_columns();
        if (rows_.keyed()) {
            answers_ = find_units_(rows_.keys());
            elsewhere_ = provinces_elsewhere(rows_, units_);
            rows_.forget_section();
        }
        sheet_.visit([&](std::uint32_t number, std::span<const SheetCell> cells) {
            if (number >= out_.plan.first_data_row && !headers_.contains(number) &&
                !closing_.contains(number))
                read_row(number, cells);
        });
        report_totals(totals_->close());
        report_totals(totals_->finish());
        finish();
        return std::move(out_);
    }

private:
    static SheetImport of(const SheetPlan& plan) {
        SheetImport out;
        out.plan = plan;
        return out;
    }

    // ------------------------------------------------------------------ first pass

    void look_through() {
        samples_.resize(values_.size());
        std::vector<std::vector<std::string>> written(out_.plan.columns.size());
        std::uint64_t n = 0;
        sheet_.visit([&](std::uint32_t number, std::span<const SheetCell> cells) {
            if (number < out_.plan.first_data_row) return;
            if (++n % kRowsBetweenChecks == 0) ctx_.check();
            headers_.see(number, cells);
            if (headers_.contains(number)) return;
            beside_.see(number, cells);
            closing_.see(number, cells);
            for (std::size_t v = 0; v < values_.size(); ++v)
                samples_[v].add(cell_at(cells, values_[v]));
            for (std::size_t c = 0; c < written.size(); ++c) {
                constexpr std::size_t kEnough = 2000;
                const auto& cell = cell_at(cells, &out_.plan.columns[c]);
                // Numbers too: a spreadsheet makes one of a citizen's number.
                if (!cell.empty() && written[c].size() < kEnough)
                    written[c].push_back(cell.as_text());
            }
            if (rows_.keyed() && rows_.kind_of(cells) == RowKind::Unit) rows_.note_key(cells);
        });
        if (const auto row = headers_.other_table())
            found_.add(Severity::Problem, "import_other_table", write_.at_row(row));
        refuse_personal_columns(out_.plan, written, found_);
        leave_out([](const PlannedColumn& column) { return column.role == Role::Refused; });
        rows_.leave_out_refused();
        if (const auto row = beside_.differs_in()) {
            found_.add(Severity::Problem, "import_table_beside", write_.at_row(row));
            for (auto& column : out_.plan.columns)
                if (beside_.has(column)) column.role = Role::Ignored;
            leave_out([](const PlannedColumn& column) { return column.role == Role::Ignored; });
        }
    }

    template <class Which> void leave_out(Which which) {
        for (auto v = values_.size(); v-- > 0;) { // each keeps the sample that is its own
            if (!which(*values_[v])) continue;
            values_.erase(values_.begin() + static_cast<std::ptrdiff_t>(v));
            samples_.erase(samples_.begin() + static_cast<std::ptrdiff_t>(v));
        }
    }

    void settle_columns() {
        std::vector<std::string> headers;
        for (const auto* column : values_) headers.push_back(column->header);
        samples_.resize(values_.size());
        styles_ = styles_of(samples_, headers, found_.all());
        if (sheet_.typed() && samples_.empty()) styles_.assign(values_.size(), {});
        const auto& plan = out_.plan;
        const bool dated = plan.period || rows_.period() ||
                           std::all_of(values_.begin(), values_.end(), [](const auto* column) {
                               return column->period.has_value();
                           });
        if (!dated && !plan.other_period.empty())
            throw base::Error(base::ErrorKind::Data, "error.import.other_period",
                              {{"sheet", plan.sheet}, {"period", plan.other_period}});
        if (!dated)
            throw base::Error(base::ErrorKind::Data, "error.import.no_period",
                              {{"sheet", plan.sheet}});
        for (const auto* column : values_)
            column_series_.push_back(column->indicator.empty() ? kNone
                                                               : write_.series(column->indicator));
        recognised_ = plan.find(Role::Recognised);
        decision_ = plan.find(Role::Decision);
        decided_on_ = plan.find(Role::DecidedOn);
        totals_.emplace(values_.size());
        report_same_columns(out_.plan, found_);
    }

    // ------------------------------------------------------------------ rows

    bool has_values(std::span<const SheetCell> cells) const {
        return std::any_of(values_.begin(), values_.end(), [&](const PlannedColumn* column) {
            return !cell_at(cells, column).empty();
        });
    }

    // Whether any of the values can be read: "Giám đốc" in a column of numbers is none.
    bool has_readings(std::span<const SheetCell> cells) const {
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const auto& cell = cell_at(cells, values_[v]);
            if (!cell.empty() && read_number(cell, styles_[v], out_.plan.empty).what != What::Bad)
                return true;
        }
        return false;
    }

    void read_row(std::uint32_t number, std::span<const SheetCell> cells) {
        if (++visited_ % kRowsBetweenChecks == 0) ctx_.check();
        const auto kind = rows_.kind_of(cells);
        if (kind == RowKind::Blank && !has_values(cells)) return;
        ++out_.rows;
        switch (kind) {
        case RowKind::Blank:
            found_.add(Severity::Warning, "import_row_unnamed", at_row(number));
            return;
        case RowKind::Total:
            in_parts_ = false;
            last_unit_ = kNone;
            last_area_.reset();
            return check_total(number, cells, Totals::Where::Below);
        case RowKind::District:
            in_parts_ = false;
            last_unit_ = kNone;
            last_total_.reset();
            report_totals(totals_->close());
            totals_->end_section();
            if (has_values(cells)) check_total(number, cells, Totals::Where::Above);
            return;
        case RowKind::Part:
            return read_part_row(number, cells);
        case RowKind::Unit:
            break;
        }
        if (rows_.keyed() && goes_on_with_parts(cells))
            read_part(std::string(without_numbering(rows_.label(cells))), number, cells);
        else if (rows_.keyed())
            read_unit_row(number, cells);
        else if (out_.plan.shape == Shape::Areas)
            read_area_row(number, cells);
        else
            read_indicator_row(number, cells);
    }

    base::Args at_row(std::uint32_t number) const { return write_.at_row(number); }

    CellReading read(std::span<const SheetCell> cells, std::size_t s, std::size_t v, double factor,
                     std::uint32_t number) {
        return write_.read(cell_at(cells, values_[v]), s, styles_[v], factor, values_[v]->header,
                           number);
    }
    std::optional<double> factor_of(std::span<const SheetCell> cells, std::size_t s, std::size_t v,
                                    const ValueWriter::Label* label, std::uint32_t number) {
        if (!label && !rows_.measure()) return values_[v]->factor;
        return write_.factor_of(s, label, cell_at(cells, rows_.measure()).as_text(), *values_[v],
                                number);
    }

    void read_unit_row(std::uint32_t number, std::span<const SheetCell> cells) {
        const auto key = *rows_.key_of(cells);
        const auto& answer = answers_[key];
        in_parts_ = false;
        last_total_.reset();
        if (!answer.unit) return read_unmatched(number, key, cells);
        last_unit_ = *answer.unit;
        ++out_.unit_rows;
        seen_.resize(units_.size());
        seen_[last_unit_] = 1;
        if (answer.restored && restored_++ == 0) first_restored_ = number;
        check_name_of_code(out_, number, rows_.keys()[key], answer, units_, found_);
        const auto period = row_period(number, cells);
        if (rows_.period() && !period) return;
        const ValueWriter::Label* label = nullptr;
        if (rows_.indicator()) {
            label = &write_.label_of(cell_at(cells, rows_.indicator()).as_text(), number);
            if (label->series == kNone) return;
        }
        write_.begin_row();
        numbers_.assign(values_.size(), std::numeric_limits<double>::quiet_NaN());
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const auto s = column_series_[v] != kNone ? column_series_[v]
                           : label                    ? label->series
                                                      : kNone;
            const auto when = values_[v]->period ? values_[v]->period : period;
            if (s == kNone || !when) continue;
            const auto factor = factor_of(cells, s, v, label, number);
            if (!factor) continue;
            const auto reading = read(cells, s, v, *factor, number);
            const bool part = values_[v]->role == Role::Part;
            if (part) write_.add_part(s, *when, last_unit_, values_[v]->part, reading, number);
            // What counts once is also added up once.
            if (part ? write_.duplicate_of() == 0
                     : write_.put(s, *when, last_unit_, reading, number))
                numbers_[v] = number_of(cells, v);
        }
        add_to_totals();
        read_recognition(number, cells, period);
        if (write_.duplicate_of()) report_duplicate(number);
    }

    void read_unmatched(std::uint32_t number, std::size_t key, std::span<const SheetCell> cells) {
        last_unit_ = kNone;
        const auto& row = rows_.keys()[key];
        const auto& answer = answers_[key];
        // Who signed, below the table: there is nothing to be lost in such a row.
        if (!has_readings(cells) && row.code.empty() &&
            (answer.candidates.empty() || person_name(row.name))) {
            --out_.rows;
            return;
        }
        numbers_of(cells);
        add_to_totals();
        if (elsewhere_.contains(row.province)) {
            ++elsewhere_.at(row.province);
            return;
        }
        out_.unmatched.push_back({number, row, answer.candidates, answer.clear});
    }

    void read_recognition(std::uint32_t number, std::span<const SheetCell> cells,
                          std::optional<Period> period) {
        if (!period || (!recognised_ && !decision_)) return;
        auto said = recognition_in(cell_at(cells, recognised_).as_text(),
                                   cell_at(cells, decision_).as_text(),
                                   cell_at(cells, decided_on_).as_text());
        if (!said) return;
        said->unit = last_unit_;
        said->period = *period;
        said->row = number;
        check_recognition(out_, *said, units_, found_);
        out_.recognitions.push_back(std::move(*said));
    }

    void report_duplicate(std::uint32_t number) {
        if (write_.duplicate_of() == number) return; // two columns of this very row: told for all
        out_.duplicate_rows.push_back(number);
        auto args = at_row(number);
        args.emplace_back("first", static_cast<std::int64_t>(write_.duplicate_of()));
        args.emplace_back("name", units_.name[last_unit_]);
        found_.add(write_.disagrees() ? Severity::Problem : Severity::Warning,
                   write_.disagrees() ? "import_duplicate_disagrees" : "import_duplicate_row",
                   std::move(args), units_.code[last_unit_]);
    }

    // A report of one area: a row per indicator.
    void read_indicator_row(std::uint32_t number, std::span<const SheetCell> cells) {
        const auto text = cell_at(cells, rows_.indicator()).as_text();
        // "- Nữ" under "Trong đó:" is one more part of the same number.
        const bool dashed = text.starts_with("-") || text.starts_with("+");
        if (in_parts_ && dashed) {
            if (part_label_)
                read_area_values(*part_label_, std::string(without_numbering(text)), number, cells);
            return;
        }
        in_parts_ = false;
        part_label_ = nullptr;
        if (!has_values(cells)) return; // a heading
        const auto& label = write_.label_of(text, number);
        if (label.series == kNone) return;
        part_label_ = &label;
        read_area_values(label, "", number, cells);
    }

    // "- Đội 178 huyện" below "Trong đó:" is one more part; "- Xã Tân Thạnh" is a commune.
    bool goes_on_with_parts(std::span<const SheetCell> cells) {
        if (!in_parts_) return false;
        const auto label = rows_.label(cells);
        const bool dashed =
            !label.empty() &&
            (std::string_view("-+*").find(label.front()) != label.npos || label.starts_with("–") ||
             label.starts_with("—") || label.starts_with("•"));
        if (!dashed) return false;
        const auto key = rows_.key_of(cells);
        return key && !answers_[*key].unit && answers_[*key].candidates.empty();
    }

    void read_part_row(std::uint32_t number, std::span<const SheetCell> cells) {
        const auto label = rows_.label(cells);
        const auto plain = without_numbering(label);
        const auto colon = plain.find(':');
        const std::string part(colon == plain.npos ? plain : base::trim(plain.substr(colon + 1)));
        in_parts_ = true;
        if (has_values(cells)) read_part(part, number, cells); // else: "Trong đó:" above its parts
    }

    void read_part(const std::string& part, std::uint32_t number,
                   std::span<const SheetCell> cells) {
        if (out_.plan.shape == Shape::Areas) return read_part_of_area(part, number, cells);
        if (!rows_.keyed()) {
            if (part_label_) read_area_values(*part_label_, part, number, cells);
            return;
        }
        if (last_unit_ == kNone) return read_part_of_total(part, number, cells);
        each_value(
            number, cells, [&](std::size_t v) { return values_[v]->role != Role::Part; },
            [&](std::size_t v, std::size_t s, Period when, double factor) {
                write_.add_part(s, when, last_unit_, part, read(cells, s, v, factor, number),
                                number);
            });
    }

    // put(column, series, period, factor) for every number of a row that is wanted(column), has a
    // period and a unit of measure that is understood.
    template <class Wanted, class Put>
    void each_value(std::uint32_t number, std::span<const SheetCell> cells, Wanted wanted,
                    Put put) {
        const auto period = row_period(number, cells);
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const auto s = column_series_[v];
            const auto when = values_[v]->period ? values_[v]->period : period;
            if (s == kNone || !when || !wanted(v)) continue;
            if (const auto factor = factor_of(cells, s, v, nullptr, number))
                put(v, s, *when, *factor);
        }
    }

    // Its place among the areas of the sheet; where it is none, the finding `key` names `what`.
    std::optional<std::size_t> index_of(const std::optional<SheetArea>& area, const char* key,
                                        const char* what, const std::string& name,
                                        std::uint32_t number) {
        if (!area) {
            auto args = at_row(number);
            args.emplace_back(what, name);
            found_.add(Severity::Problem, key, std::move(args));
            return std::nullopt;
        }
        const auto at = std::find(out_.areas.begin(), out_.areas.end(), *area);
        if (at != out_.areas.end()) return static_cast<std::size_t>(at - out_.areas.begin());
        out_.areas.push_back(*area);
        return out_.areas.size() - 1;
    }

    // A row per district or province, as the ministry's tables have them.
    void read_area_row(std::uint32_t number, std::span<const SheetCell> cells) {
        const auto* column = out_.plan.find(Role::District);
        const auto level = column ? Level::District : Level::Province;
        if (!column) column = out_.plan.find(Role::Province);
        const auto name = cell_at(cells, column).as_text();
        if (!has_values(cells)) return; // a heading, or who signed
        const auto area = area_named(name, level, units_);
        numbers_of(cells);
        add_to_totals();
        const auto index = index_of(area, "import_area_unknown", "name", name, number);
        last_area_ = index;
        last_area_numbers_ = numbers_;
        if (!index) return;
        each_value(
            number, cells, [&](std::size_t v) { return !cell_at(cells, values_[v]).empty(); },
            [&](std::size_t v, std::size_t s, Period when, double factor) {
                const bool part = values_[v]->role == Role::Part;
                write_.add_part(s, when, std::nullopt, part ? values_[v]->part : std::string(),
                                read(cells, s, v, factor, number), number, std::nullopt, *index);
            });
    }

    // "Trong đó: Đội 178 huyện" below the row of its district.
    void read_part_of_area(const std::string& part, std::uint32_t number,
                           std::span<const SheetCell> cells) {
        if (!last_area_) return;
        each_value(
            number, cells, [&](std::size_t v) { return values_[v]->role != Role::Part; },
            [&](std::size_t v, std::size_t s, Period when, double factor) {
                write_.add_part(s, when, std::nullopt, part, read(cells, s, v, factor, number),
                                number, last_area_numbers_[v] * factor, *last_area_);
            });
    }

    // "Trong đó: Đội 178 tỉnh" below "Tổng cộng": a part of the whole area, of no commune.
    void read_part_of_total(const std::string& part, std::uint32_t number,
                            std::span<const SheetCell> cells) {
        const auto area = last_total_
                              ? area_of_total(last_total_->label, rows_.section(), seen_, units_)
                              : std::nullopt;
        const auto index = index_of(area, "import_part_of_nothing", "part", part, number);
        if (!index) return;
        each_value(
            number, cells, [&](std::size_t v) { return values_[v]->role != Role::Part; },
            [&](std::size_t v, std::size_t s, Period when, double factor) {
                write_.add_part(s, when, std::nullopt, part, read(cells, s, v, factor, number),
                                number, scaled(last_total_->stated[v], factor), *index);
            });
    }

    void read_area_values(const ValueWriter::Label& label, const std::string& part,
                          std::uint32_t number, std::span<const SheetCell> cells) {
        const auto s = label.series;
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const auto when = values_[v]->period ? values_[v]->period : row_period(number, cells);
            const auto& cell = cell_at(cells, values_[v]);
            if (!when || (cell.empty() && out_.plan.empty.blank == Empty::Missing)) continue;
            const auto factor = factor_of(cells, s, v, &label, number);
            if (factor)
                write_.add_part(s, *when, std::nullopt,
                                values_[v]->role == Role::Part ? values_[v]->part : part,
                                read(cells, s, v, *factor, number), number);
            else if (part.empty())
                out_.shares.push_back({s, *when, cell.as_text(), number});
        }
    }

    std::optional<Period> row_period(std::uint32_t number, std::span<const SheetCell> cells) {
        if (!rows_.period()) return out_.plan.period;
        const auto text = cell_at(cells, rows_.period()).as_text();
        const auto period = periods_.of(text);
        if (!period) {
            auto args = at_row(number);
            args.emplace_back("value", text);
            found_.add(Severity::Problem, "import_bad_period", std::move(args));
        }
        return period;
    }

    // ------------------------------------------------------------------ totals

    double number_of(std::span<const SheetCell> cells, std::size_t v) const {
        const auto s = column_series_[v];
        if (s == kNone || out_.indicators[s].kind != Kind::Count)
            return std::numeric_limits<double>::quiet_NaN();
        const auto reading = read_number(cell_at(cells, values_[v]), styles_[v], out_.plan.empty);
        return reading.what == What::Value ? reading.value
                                           : std::numeric_limits<double>::quiet_NaN();
    }
    const std::vector<double>& numbers_of(std::span<const SheetCell> cells) {
        numbers_.clear();
        for (std::size_t v = 0; v < values_.size(); ++v) numbers_.push_back(number_of(cells, v));
        return numbers_;
    }
    bool summed() const {
        return out_.plan.shape == Shape::Units || out_.plan.shape == Shape::Areas;
    }
    void add_to_totals() {
        if (summed()) totals_->add(numbers_);
    }
    void check_total(std::uint32_t number, std::span<const SheetCell> cells, Totals::Where where) {
        if (!summed()) return;
        ++out_.totals;
        if (where == Totals::Where::Below) report_totals(totals_->close());
        last_total_ = Total{std::string(rows_.label(cells)), numbers_of(cells)};
        report_totals(totals_->check(number, last_total_->label, last_total_->stated, where));
    }
    void report_totals(const std::vector<Totals::Wrong>& wrong) {
        for (const auto& one : wrong) {
            ++out_.wrong_totals;
            auto args = at_row(one.row);
            args.emplace_back("label", one.label);
            args.emplace_back("column", values_[one.column]->header);
            args.emplace_back("indicator", values_[one.column]->indicator);
            args.emplace_back("stated", one.stated);
            args.emplace_back("sum", one.sum);
            found_.add(Severity::Problem, "import_total_wrong", std::move(args));
        }
    }

    // ------------------------------------------------------------------ the end

    void finish() {
        report_unmatched(out_, units_, found_);
        report_elsewhere(out_, elsewhere_, found_);
        report_restored();
        seen_.resize(units_.size());
        if (rows_.keyed()) find_missing_units(out_, seen_, units_, found_);
        check_halves(out_, units_, found_);
        check_shares(out_, found_);
        check_visits(out_, units_, found_);
        check_parts(out_, units_, found_);
        out_.findings = found_.take();
    }

    void report_restored() {
        if (restored_ == 0) return;
        auto args = at_row(first_restored_);
        args.emplace_back("count", static_cast<std::int64_t>(restored_));
        found_.add(Severity::Info, "import_zeros_restored", std::move(args));
    }

    const Sheet& sheet_;
    const UnitTable& units_;
    const FindUnits& find_units_;
    base::JobContext& ctx_;
    FindingList found_;
    SheetImport out_;
    RowReader rows_;
    ValueWriter write_;
    HeaderRows headers_;
    TableBeside beside_;
    ClosingLines closing_;

    std::vector<const PlannedColumn*> values_;
    const PlannedColumn *recognised_ = nullptr, *decision_ = nullptr, *decided_on_ = nullptr;
    std::vector<StyleSample> samples_;
    std::vector<base::NumberStyle> styles_;
    std::vector<std::size_t> column_series_; // per value column; kNone: the row's own
    std::vector<double> numbers_;            // of the row at hand
    std::vector<UnitAnswer> answers_;        // per key
    CellPeriods periods_;
    std::optional<Totals> totals_;
    std::vector<std::uint8_t> seen_; // per unit
    struct Total {
        std::string label;
        std::vector<double> stated; // per value column, as written
    };
    std::optional<Total> last_total_;              // while its parts may follow
    std::map<std::string, std::size_t> elsewhere_; // rows of other provinces
    std::size_t restored_ = 0;
    std::uint32_t first_restored_ = 0;
    std::optional<std::size_t> last_area_; // of a table of districts, while its parts may follow
    std::vector<double> last_area_numbers_;
    std::size_t last_unit_ = kNone;
    const ValueWriter::Label* part_label_ = nullptr; // of the row that parts may follow
    bool in_parts_ = false;
    std::uint64_t visited_ = 0;
};

} // namespace

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
    const auto by_district = plan_by_district(sheet, plan, units);
    return SheetReader(sheet, by_district ? *by_district : plan, units, find_units, own, ctx).run();
}

} // namespace diaban::data
