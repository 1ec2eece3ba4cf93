#include "data/join.hpp"

#include "base/text.hpp"
#include "data/code_index.hpp"
#include "data/join_values.hpp"
#include "data/value_kind.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include <fmt/ranges.h>

namespace diaban::data {
namespace {

using base::Error;
using base::ErrorKind;
using base::Severity;

constexpr std::size_t kNoUnit = static_cast<std::size_t>(-1);

base::Finding counted(Severity severity, std::string key, std::size_t count, const char* unit,
                      base::Args args) {
    args.emplace_back("count", static_cast<std::int64_t>(count));
    base::Finding finding{severity, std::move(key), std::move(args), "", {}, unit, {}};
    finding.amount = static_cast<double>(count);
    return finding;
}

class Joiner {
public:
    Joiner(const UnitTable& units, const RawTable& table, const JoinSpec& spec)
        : units_(units), table_(table), spec_(spec) {}

    Joined run(const std::string& vintage) {
        find_columns();
        read_codes();
        read_periods();
        prepare_cube(vintage);
        for (std::size_t row = 0; row < table_.rows(); ++row) add_row(row);
        finish_report();
        name_kinds();
        add_ratios();
        return std::move(out_);
    }

private:
    void find_columns() {
        const auto key = spec_.key.empty() ? find_code_column(table_) : std::optional(spec_.key);
        if (!key)
            throw Error(ErrorKind::Data, "error.table.no_key",
                        {{"file", table_.source},
                         {"columns", fmt::format("{}", fmt::join(table_.column_names(), ", "))}});
        key_ = &require_column(table_, *key);
        const bool wide = std::any_of(spec_.values.begin(), spec_.values.end(), [](const auto& v) {
            return v.find("{year}") != std::string::npos;
        });
        if (!spec_.year_column.empty())
            year_ = &require_column(table_, spec_.year_column);
        else if (const auto found = wide ? std::nullopt : find_year_column(table_))
            year_ = table_.find(*found);
        if (year_ == key_) year_ = nullptr;
        const auto* unread = year_ || wide ? nullptr : report_unread_years();
        series_ = find_series(table_, spec_, *key_, year_ ? year_ : unread);
        // A value that is itself called "year" was asked for as a value.
        for (const auto& series : series_)
            if (spec_.year_column.empty() && series.parts.front().column == year_) year_ = nullptr;
        for (std::size_t s = 0; s < series_.size(); ++s)
            readers_.emplace_back(series_[s], table_, s < spec_.indicators.size());
        if (spec_.values.empty()) report_wide();
        report_half_read();
        out_.report.key = key_->name;
        if (year_) out_.report.year_column = year_->name;
    }

    // Without their years the rows of a unit contradict each other; that is where to look first.
    const Column* report_unread_years() {
        const auto unread = unread_years(table_);
        if (!unread || unread->column == key_) return nullptr;
        const auto named = [&](const std::string& value) {
            return table_.find(value) == unread->column;
        };
        if (std::any_of(spec_.values.begin(), spec_.values.end(), named)) return nullptr;
        if (unread->count == 0) return unread->column; // a header without rows
        out_.findings.push_back(
            counted(Severity::Problem, "year_not_used", unread->count, "cells",
                    {{"column", unread->column->name},
                     {"row", static_cast<std::int64_t>(table_.first_row + unread->first_row)},
                     {"value", unread->column->cell(unread->first_row)}}));
        return unread->column;
    }

    // Columns for single years that were taken together without being asked for.
    void report_wide() {
        std::size_t wide = 0;
        std::string columns;
        for (const auto& series : series_) {
            if (!series.wide()) continue;
            ++wide;
            columns += (columns.empty() ? "" : "; ") + series.parts.front().column->name + " – " +
                       series.parts.back().column->name;
        }
        if (wide)
            out_.findings.push_back(
                counted(Severity::Info, "wide_columns", wide, "columns", {{"columns", columns}}));
    }

    // Columns that would be statuses or numbers but for some words: shown word by word, or not at
    // all.
    void report_half_read() {
        for (const auto& column : table_.columns) {
            if (&column == key_ || &column == year_) continue;
            const auto used = [&](const Series& series) {
                return std::any_of(series.parts.begin(), series.parts.end(),
                                   [&](const auto& part) { return part.column == &column; });
            };
            const auto series = std::find_if(series_.begin(), series_.end(), used);
            const bool shown = series != series_.end();
            if (static_cast<std::size_t>(series - series_.begin()) < spec_.indicators.size())
                continue; // somebody said what it is
            if (shown ? has_statuses(series->indicator) : !spec_.values.empty()) continue;
            const auto strange = half_statuses(table_, column);
            if (!strange && shown) report_half_numbers(column);
            if (!strange) continue;
            out_.findings.push_back(counted(Severity::Warning, "half_statuses", strange->count,
                                            "words",
                                            {{"column", column.name},
                                             {"words", strange->list},
                                             {"example", strange->example},
                                             {"shown", std::int64_t{shown ? 1 : 0}}}));
        }
    }

    void report_half_numbers(const Column& column) {
        if (const auto words = words_among_numbers(table_, column))
            out_.findings.push_back(counted(Severity::Warning, "half_numbers", words->cells,
                                            "cells",
                                            {{"column", column.name}, {"words", words->list}}));
    }

    void read_codes() {
        const auto rows = table_.rows();
        out_.report.table_rows = rows;
        codes_.resize(rows);
        for (std::size_t row = 0; row < rows; ++row)
            codes_[row] = std::string(base::trim(key_->cell(row)));
        const CodeIndex index(
            units_, spec_.restore_zeros,
            common_width(std::vector<std::string_view>(codes_.begin(), codes_.end())));
        unit_.assign(rows, kNoUnit);
        std::unordered_set<std::string_view> restored;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto match = index.find(codes_[row]);
            if (!match) continue;
            unit_[row] = match->unit;
            if (match->restored) restored.insert(codes_[row]);
        }
        out_.report.restored_codes = restored.size();
        if (!restored.empty())
            out_.findings.push_back(
                counted(Severity::Info, "restored_zeros", restored.size(), "codes",
                        {{"column", key_->name}, {"example", std::string(*restored.begin())}}));
        for (const auto unit : index.repeated_units()) {
            base::Finding finding{Severity::Problem, "duplicate_unit_code", {}, "", {}, "", {}};
            finding.args = {{"code", units_.code[unit]},
                            {"name", units_.name.size() > unit ? units_.name[unit] : ""}};
            finding.unit = units_.code[unit];
            out_.findings.push_back(std::move(finding));
        }
    }

    // The period of every row of a long table; nothing where the cell holds no period.
    void read_periods() {
        row_period_.assign(table_.rows(), Period{});
        if (!year_) return;
        std::size_t bad = 0, first_bad = 0;
        std::string last_text;
        std::optional<Period> last;
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            auto text = year_->cell(row);
            if (text != last_text || !last) {
                last = parse_year_cell(text);
                last_text = std::move(text);
            }
            row_period_[row] = last;
            if (last || codes_[row].empty()) continue;
            if (bad++ == 0) first_bad = row;
            out_.report.bad_values.push_back(describe(row));
        }
        if (bad)
            out_.findings.push_back(
                counted(Severity::Warning, "bad_period", bad, "rows",
                        {{"column", year_->name},
                         {"row", static_cast<std::int64_t>(table_.first_row + first_bad)},
                         {"value", year_->cell(first_bad)}}));
    }

    void prepare_cube(const std::string& vintage) {
        std::set<Period> periods;
        for (const auto& series : series_)
            for (const auto& part : series.parts) {
                if (part.period)
                    periods.insert(*part.period);
                else
                    for (const auto& period : row_period_)
                        if (period) periods.insert(*period);
            }
        if (periods.empty()) periods.insert(Period{});
        std::vector<Indicator> indicators;
        for (const auto& series : series_) indicators.push_back(series.indicator);
        out_.cube = IndicatorCube(vintage, std::move(indicators), {periods.begin(), periods.end()},
                                  units_.size());
        const auto cells = out_.cube.periods.size() * units_.size();
        seen_.assign(cells, 0);
        filled_.assign(cells * series_.size(), Filled::No);
        bad_.assign(series_.size(), {});
        has_row_.assign(units_.size(), 0);
    }

    void add_row(std::size_t row) {
        auto& report = out_.report;
        if (codes_[row].empty() && blank_row(row)) return;
        const auto unit = unit_[row];
        if (unit == kNoUnit) {
            report.unmatched_rows.push_back(describe(row));
            return;
        }
        ++report.matched_rows;
        has_row_[unit] = 1;
        if (!row_period_[row]) return;
        // In a wide or undated table every row of a unit stands for all periods.
        const auto own = out_.cube.find(*row_period_[row]).value_or(0);
        auto& seen = seen_[own * units_.size() + unit];
        if (seen) report.duplicate_rows.push_back(describe(row));
        seen = 1;
        for (std::size_t s = 0; s < series_.size(); ++s)
            for (const auto& part : series_[s].parts)
                add_cell(s, part.period ? *out_.cube.find(*part.period) : own, unit, *part.column,
                         row);
    }

    void add_cell(std::size_t s, std::size_t period, std::size_t unit, const Column& column,
                  std::size_t row) {
        const auto cell = readers_[s].read(column, row);
        if (cell.what == CellValue::What::Bad) {
            bad_[s].push_back({&column, row});
            auto described = describe(row);
            described.value = column.cell(row);
            out_.report.bad_values.push_back(std::move(described));
        }
        if (cell.what != CellValue::What::Value && cell.what != CellValue::What::Suppressed) return;
        const auto state = cell.what == CellValue::What::Value ? Cell::Observed : Cell::Suppressed;
        auto& filled = filled_[(s * out_.cube.periods.size() + period) * units_.size() + unit];
        if (filled == Filled::No) {
            out_.cube.set(s, period, unit, cell.value, state);
            filled = Filled::Yes;
        } else if (filled == Filled::Yes &&
                   (out_.cube.state(s, period, unit) != state ||
                    (state == Cell::Observed && out_.cube.value(s, period, unit) != cell.value))) {
            out_.cube.set(s, period, unit, 0, Cell::Missing);
            filled = Filled::Conflict;
            if (conflicts_++ == 0) first_conflict_ = row;
        }
    }

    void finish_report() {
        auto& report = out_.report;
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            if (has_row_[unit])
                ++report.matched_units;
            else
                report.unmatched_units.push_back(unit);
        }
        report.missing_units.resize(out_.cube.periods.size());
        for (std::size_t p = 0; p < report.missing_units.size(); ++p) {
            const auto slice = out_.cube.slice(0, p);
            for (std::size_t unit = 0; unit < units_.size(); ++unit)
                if (!slice.has(unit)) report.missing_units[p].push_back(unit);
        }
        add_findings();
    }

    void add_findings() {
        const auto& report = out_.report;
        auto& findings = out_.findings;
        if (report.matched_rows == 0 && !report.unmatched_rows.empty() && units_.size() > 0) {
            base::Finding finding{Severity::Problem, "nothing_matched", {}, "", {}, "", {}};
            finding.args = {{"column", key_->name},
                            {"table_code", report.unmatched_rows.front().code},
                            {"unit_code", units_.code.front()}};
            findings.push_back(std::move(finding));
        }
        if (!report.unmatched_units.empty())
            findings.push_back(counted(Severity::Warning, "unit_without_row",
                                       report.unmatched_units.size(), "units",
                                       {{"example", units_.code[report.unmatched_units.front()]}}));
        add_unmatched_rows();
        if (!report.duplicate_rows.empty())
            findings.push_back(
                counted(Severity::Warning, "duplicate_row", report.duplicate_rows.size(), "rows",
                        {{"row", static_cast<std::int64_t>(report.duplicate_rows.front().row)},
                         {"code", report.duplicate_rows.front().code}}));
        if (conflicts_)
            findings.push_back(
                counted(Severity::Problem, "duplicate_disagrees", conflicts_, "cells",
                        {{"row", static_cast<std::int64_t>(table_.first_row + first_conflict_)},
                         {"code", codes_[first_conflict_]}}));
        add_bad_values();
    }

    void add_bad_values() {
        for (std::size_t s = 0; s < series_.size(); ++s) {
            if (bad_[s].empty()) continue;
            const auto& [column, row] = bad_[s].front();
            if (has_statuses(out_.cube.indicators[s])) {
                const auto strange = strange_words(table_, bad_[s]);
                out_.findings.push_back(counted(Severity::Warning, "strange_statuses",
                                                bad_[s].size(), "cells",
                                                {{"column", column->name},
                                                 {"words", strange.list},
                                                 {"example", strange.example}}));
                continue;
            }
            out_.findings.push_back(
                counted(Severity::Warning, "bad_value", bad_[s].size(), "cells",
                        {{"column", column->name},
                         {"row", static_cast<std::int64_t>(table_.first_row + row)},
                         {"value", column->cell(row)}}));
        }
    }

    // Rows with a code that no unit has, and rows without any code, each with their first.
    void add_unmatched_rows() {
        std::size_t unknown = 0, blank = 0;
        const JoinRow* first_unknown = nullptr;
        const JoinRow* first_blank = nullptr;
        for (const JoinRow& row : out_.report.unmatched_rows) {
            const bool has_code = !row.code.empty();
            if ((has_code ? unknown : blank)++ == 0)
                (has_code ? first_unknown : first_blank) = &row;
        }
        if (unknown)
            out_.findings.push_back(counted(Severity::Warning, "row_without_unit", unknown, "rows",
                                            {{"row", static_cast<std::int64_t>(first_unknown->row)},
                                             {"code", first_unknown->code}}));
        if (blank)
            out_.findings.push_back(counted(
                Severity::Warning, "row_without_code", blank, "rows",
                {{"column", key_->name}, {"row", static_cast<std::int64_t>(first_blank->row)}}));
    }

    // Nobody said what the numbers of a table are: only what looks like a count is called one.
    void name_kinds() {
        for (std::size_t s = spec_.indicators.size(); s < series_.size(); ++s) {
            auto& indicator = out_.cube.indicators[s];
            if (indicator.kind != Kind::Category)
                indicator.kind =
                    kind_of_values(series_[s].parts.front().column->name, out_.cube.pooled(s));
            if (indicator.kind != Kind::Category && indicator.unit.empty())
                indicator.unit = unit_named(series_[s].parts.front().column->name);
        }
    }

    void add_ratios() {
        if (spec_.denominator.empty()) return;
        // find_series put the denominator last, unless it is one of the values.
        const auto& denominator = denominator_id();
        for (const auto& series : series_) {
            if (series.indicator.id == denominator || series.indicator.kind == Kind::Category)
                continue;
            Indicator ratio;
            ratio.id = ratio_id(series.indicator.id, denominator);
            ratio.numerator = series.indicator.id;
            ratio.denominator = denominator;
            ratio.scale = spec_.scale;
            ratio.counts_persons = series.indicator.counts_persons;
            out_.cube.add_ratio(ratio);
        }
    }

    const IndicatorId& denominator_id() const {
        for (const auto& series : series_)
            if (base::search_key(series.parts.front().column->name) ==
                base::search_key(spec_.denominator))
                return series.indicator.id;
        return series_.back().indicator.id;
    }

    bool blank_row(std::size_t row) const {
        return std::all_of(table_.columns.begin(), table_.columns.end(),
                           [&](const Column& column) { return column.null[row] != 0; });
    }

    JoinRow describe(std::size_t row) const {
        return {table_.first_row + row, codes_[row], year_ ? year_->cell(row) : std::string(),
                series_.front().parts.front().column->cell(row)};
    }

    enum class Filled : std::uint8_t { No, Yes, Conflict };

    const UnitTable& units_;
    const RawTable& table_;
    const JoinSpec& spec_;
    const Column* key_ = nullptr;
    const Column* year_ = nullptr;
    std::vector<Series> series_;
    std::vector<CellReader> readers_;
    std::vector<std::string> codes_;                // per row, as the table writes it
    std::vector<std::size_t> unit_;                 // per row; kNoUnit
    std::vector<std::optional<Period>> row_period_; // per row
    std::vector<std::uint8_t> seen_;                // [period][unit]
    std::vector<Filled> filled_;                    // [series][period][unit]
    std::vector<std::uint8_t> has_row_;             // per unit
    std::vector<std::vector<CellAt>> bad_;          // per series
    std::size_t conflicts_ = 0, first_conflict_ = 0;
    Joined out_;
};

} // namespace

Joined join(const UnitTable& units, const std::string& vintage, const RawTable& table,
            const JoinSpec& spec) {
    return Joiner(units, table, spec).run(vintage);
}

} // namespace diaban::data
