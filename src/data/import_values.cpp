#include "data/import_values.hpp"

#include "data/value_kind.hpp"

#include <algorithm>
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

std::size_t ValueWriter::series_of_label(const std::string& label, std::uint32_t number) {
    const auto [at, added] = labels_.try_emplace(label);
    if (added) {
        if (const auto code = indicator_named(label, own_); !code.empty()) {
            at->second.series = series(code);
        } else {
            const auto near = nearest_indicators(label);
            at->second.near =
                near.empty() ? std::string("–") : fmt::format("{}", fmt::join(near, ", "));
        }
    }
    if (at->second.series == kNone) {
        auto args = at_row(number);
        args.emplace_back("label", label);
        args.emplace_back("near", at->second.near);
        found_.add(Severity::Problem, "import_row_unknown_indicator", std::move(args));
    }
    return at->second.series;
}

CellReading ValueWriter::read(const SheetCell& cell, std::size_t s, base::NumberStyle style,
                              const std::string& header, std::uint32_t number) {
    auto& indicator = out_.indicators[s];
    const auto reading = indicator.kind == Kind::Category
                             ? categories_[s].read(cell, indicator, out_.plan.empty)
                             : read_number(cell, style, out_.plan.empty);
    if (reading.what != What::Bad) return reading;
    auto args = at_row(number);
    args.emplace_back("column", header);
    args.emplace_back("value", cell.as_text());
    found_.add(Severity::Problem, "import_bad_value", std::move(args));
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

void ValueWriter::put(std::size_t s, Period period, std::size_t unit, CellReading reading,
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

void ValueWriter::add_part(std::size_t s, Period period, std::optional<std::size_t> unit,
                           const std::string& part, CellReading reading, std::uint32_t number) {
    const auto state = state_of(reading.what);
    if (state == Cell::Missing) return;
    const double value =
        state == Cell::Observed ? reading.value : std::numeric_limits<double>::quiet_NaN();
    // NaN compares false: without a whole there is nothing to exceed.
    const double whole = unit ? slice(s, period).value[*unit] : whole_of_area(s, period);
    if (!part.empty() && value > whole) {
        auto args = at_row(number);
        args.emplace_back("part", part);
        args.emplace_back("value", value);
        args.emplace_back("whole", whole);
        found_.add(Severity::Problem, "import_part_exceeds", std::move(args));
    }
    out_.parts.push_back({s, period, unit, part, value, state, number});
}

double ValueWriter::whole_of_area(std::size_t s, Period period) const {
    for (auto part = out_.parts.rbegin(); part != out_.parts.rend(); ++part)
        if (part->indicator == s && part->period == period && part->part.empty())
            return part->value;
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace diaban::data
