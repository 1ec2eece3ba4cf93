#include "data/import_values.hpp"

#include "base/text.hpp"
#include "data/import_columns.hpp"
#include "data/value_kind.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace diaban::data {
namespace {

using base::Severity;
using What = CellReading::What;

Cell state_of(What what) {
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

} // namespace

std::size_t ValueWriter::series(const std::string& code) {
    for (std::size_t s = 0; s < out_.indicators.size(); ++s)
        if (out_.indicators[s].id == code) return s;
    const auto known =
        std::find_if(own_.begin(), own_.end(), [&](const Indicator& i) { return i.id == code; });
    if (known != own_.end()) {
        out_.indicators.push_back(*known);
    } else if (const auto* entry = find_in_catalogue(code)) {
        out_.indicators.push_back(indicator_of(*entry));
    } else {
        Indicator indicator;
        indicator.id = indicator.name_vi = indicator.name_en = code;
        indicator.kind = names_no_count(code) ? Kind::Intensity : Kind::Count;
        out_.indicators.push_back(std::move(indicator));
    }
    categories_.emplace_back();
    return out_.indicators.size() - 1;
}

base::Args ValueWriter::at_row(std::uint32_t number) const {
    return {{"sheet", out_.plan.sheet}, {"row", static_cast<std::int64_t>(number)}};
}

const ValueWriter::Label& ValueWriter::label_of(const std::string& text, std::uint32_t number) {
    const auto [at, added] = labels_.try_emplace(text);
    auto& label = at->second;
    if (added) {
        label.measure = take_measure(text);
        const auto given = out_.plan.given.find(base::search_key(text));
        if (given != out_.plan.given.end() && !parse_role(given->second)) {
            const auto meaning = given_indicator(given->second);
            label.series = series(meaning.code);
            label.factor = meaning.factor;
        } else if (const auto code = indicator_named(text, own_); !code.empty()) {
            label.series = series(code);
        } else {
            const auto near = nearest_indicators(text);
            label.near = near.empty() ? std::string("–") : fmt::format("{}", fmt::join(near, ", "));
        }
    }
    if (label.series == kNone) {
        auto args = at_row(number);
        args.emplace_back("label", text);
        args.emplace_back("near", label.near);
        found_.add(Severity::Problem, "import_row_unknown_indicator", std::move(args));
    }
    return label;
}

const std::string& ValueWriter::unit_of_series(std::size_t s) {
    if (units_of_series_.size() <= s) units_of_series_.resize(s + 1);
    auto& unit = units_of_series_[s];
    if (!unit) unit = unit_of(out_.indicators[s].id, own_);
    return *unit;
}

std::optional<double> ValueWriter::factor_of(std::size_t s, const Label* label,
                                             const std::string& written,
                                             const PlannedColumn& column, std::uint32_t number) {
    if (label && label->factor) return label->factor;
    if (column.factor_given) return column.factor;
    if (out_.indicators[s].kind == Kind::Category) return 1;
    const auto& unit = unit_of_series(s);
    const auto report = [&](Severity severity, const char* key, const std::string& measure) {
        auto args = at_row(number);
        args.emplace_back("indicator", out_.indicators[s].id);
        args.emplace_back("measure", measure);
        args.emplace_back("wanted", unit);
        found_.add(severity, key, std::move(args));
    };
    std::optional<Measure> measure;
    if (!written.empty()) {
        measure = parse_measure(written);
        if (!measure) measure = take_measure(written);
        if (!measure && !unit.empty() && base::search_key(written) != base::search_key(unit))
            report(Severity::Warning, "import_unit_unknown", written);
    }
    if (!measure && label) measure = label->measure;
    if (!measure) {
        if (!column.indicator.empty()) return column.factor; // settled with the plan
        measure = column.measure;
    }
    if (!measure && out_.plan.measure && !unit.empty() && factor_to(unit, *out_.plan.measure))
        measure = out_.plan.measure;
    if (!measure) return 1;
    const auto [at, added] = factors_.try_emplace({s, measure->written});
    if (added) {
        at->second = factor_to(unit, *measure);
        if (at->second && *at->second != 1) {
            report(Severity::Info, "import_row_scaled", measure->written);
            found_.all().back().args.emplace_back("factor", base::format_exact(*at->second));
        }
    }
    // The printed share of communes is compared, not stored: it follows from the count.
    const bool share = !at->second && measure->base == "%" && unit == "xã";
    if (!at->second && !share) report(Severity::Problem, "import_row_unit", measure->written);
    return at->second;
}

const ValueLimits& ValueWriter::limits_of(std::size_t s) {
    if (limits_.size() <= s) limits_.resize(s + 1);
    auto& limits = limits_[s];
    if (!limits) limits = value_limits(out_.indicators[s], unit_of_series(s));
    return *limits;
}

// Beside its limits: nothing that is counted is written as "5 %" or "1e3".
bool ValueWriter::possible(double value, const SheetCell& cell, std::size_t s) {
    const auto& limits = limits_of(s);
    if (!limits.contains(value)) return false;
    if (!limits.whole) return true;
    return cell.kind == SheetCell::Kind::Text ? cell.text.find_first_of("%eE") == cell.text.npos
                                              : !cell.percent;
}

CellReading ValueWriter::read(const SheetCell& cell, std::size_t s, base::NumberStyle style,
                              double factor, const std::string& header, std::uint32_t number) {
    auto& indicator = out_.indicators[s];
    const bool category = indicator.kind == Kind::Category;
    auto reading = category ? categories_[s].read(cell, indicator, out_.plan.empty, out_.plan.words)
                            : read_number(cell, style, out_.plan.empty);
    const char* wrong = "import_bad_value";
    if (reading.what == What::Value && !category) {
        reading.value = scaled(reading.value, factor);
        if (possible(reading.value, cell, s)) return reading;
        wrong =
            indicator.kind == Kind::Count ? "import_impossible_value" : "import_impossible_share";
    } else if (reading.what != What::Bad) {
        return reading;
    }
    auto args = at_row(number);
    args.emplace_back("column", header);
    args.emplace_back("value", cell.as_text());
    args.emplace_back("indicator", indicator.id);
    found_.add(Severity::Problem, wrong, std::move(args));
    return {What::Missing, 0};
}

ImportSlice& ValueWriter::slice(std::size_t s, Period period) {
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

bool ValueWriter::put(std::size_t s, Period period, std::size_t unit, CellReading reading,
                      std::uint32_t number) {
    auto& cells = slice(s, period);
    const auto state = state_of(reading.what);
    const auto take = [&] {
        cells.state[unit] = state;
        if (state == Cell::Observed) cells.value[unit] = reading.value;
        return state == Cell::Observed;
    };
    if (cells.row[unit] == 0) {
        cells.row[unit] = number;
        return take();
    }
    duplicate_of_ = cells.row[unit];
    const bool same = cells.state[unit] == state &&
                      (state != Cell::Observed || cells.value[unit] == reading.value);
    if (same || state == Cell::Missing || conflicts_.contains({s, period, unit})) return false;
    if (cells.state[unit] == Cell::Missing) return take(); // an empty cell disagrees with nothing
    conflicts_.insert({s, period, unit});
    cells.state[unit] = Cell::Missing;
    cells.value[unit] = std::numeric_limits<double>::quiet_NaN();
    disagrees_ = true;
    return false;
}

void ValueWriter::add_part(std::size_t s, Period period, std::optional<std::size_t> unit,
                           const std::string& part, CellReading reading, std::uint32_t number,
                           std::optional<double> whole_given, std::optional<std::size_t> area) {
    const auto state = state_of(reading.what);
    if (state == Cell::Missing) return;
    const double value =
        state == Cell::Observed ? reading.value : std::numeric_limits<double>::quiet_NaN();
    // NaN compares false: without a whole there is nothing to exceed.
    const double whole = whole_given ? *whole_given
                         : unit      ? slice(s, period).value[*unit]
                         : area      ? std::numeric_limits<double>::quiet_NaN()
                                     : whole_of_area(s, period);
    if (!part.empty() && value > whole) {
        auto args = at_row(number);
        args.emplace_back("part", part);
        args.emplace_back("value", value);
        args.emplace_back("whole", whole);
        found_.add(Severity::Problem, "import_part_exceeds", std::move(args));
    }
    const std::pair place(unit.value_or(kNone), area.value_or(kNone));
    if (parts_.emplace(s, period, place, part).second) {
        out_.parts.push_back({s, period, unit, part, value, state, number, area});
        return;
    }
    const auto first = std::find_if(out_.parts.begin(), out_.parts.end(), [&](const auto& p) {
        return p.indicator == s && p.period == period && p.unit == unit && p.part == part &&
               p.area == area;
    });
    const bool same = first->state == state && (state != Cell::Observed || first->value == value);
    if (same) return; // equal ones count once
    auto args = at_row(number);
    args.emplace_back("first", static_cast<std::int64_t>(first->row));
    args.emplace_back("name", part.empty() ? out_.indicators[s].id : part);
    found_.add(Severity::Problem, "import_duplicate_disagrees", std::move(args));
    first->state = Cell::Missing;
    first->value = std::numeric_limits<double>::quiet_NaN();
}

double ValueWriter::whole_of_area(std::size_t s, Period period) const {
    for (auto part = out_.parts.rbegin(); part != out_.parts.rend(); ++part)
        if (part->indicator == s && part->period == period && part->part.empty())
            return part->value;
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace diaban::data
