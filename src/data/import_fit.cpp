#include "data/import_fit.hpp"

#include "data/import_rows.hpp"
#include "data/join.hpp"

namespace diaban::data {
namespace {

constexpr std::size_t kFirstRows = 20'000;

} // namespace

SheetFit fit_of(const Sheet& sheet, const SheetPlan& plan, const UnitTable& units,
                const FindUnits& find_units) {
    SheetFit out;
    out.units = units.size();
    RowReader rows(plan, units);
    if (!rows.keyed()) return out;
    sheet.visit(
        [&](std::uint32_t number, std::span<const SheetCell> cells) {
            if (number >= plan.first_data_row && rows.kind_of(cells) == RowKind::Unit)
                rows.note_key(cells);
        },
        kFirstRows);
    for (const auto& answer : find_units(rows.keys())) {
        ++out.keys;
        out.fitting += answer.unit && !answer.name_differs;
    }
    return out;
}

std::set<Period> periods_of(const Sheet& sheet, const SheetPlan& plan) {
    std::set<Period> out;
    bool dated = true; // by headers, all of them
    for (const auto& column : plan.columns) {
        if (column.role != Role::Value && column.role != Role::Part) continue;
        if (column.period)
            out.insert(*column.period);
        else
            dated = false;
    }
    const auto* column = plan.find(Role::Period);
    if (!column && plan.period && !dated) out.insert(*plan.period);
    if (!column) return out;
    std::string last;
    sheet.visit(
        [&](std::uint32_t number, std::span<const SheetCell> cells) {
            if (number < plan.first_data_row) return;
            auto text = cell_at(cells, column).as_text();
            if (text == last) return;
            auto period = parse_year_cell(text);
            if (!period) period = find_period(text);
            if (period) out.insert(*period);
            last = std::move(text);
        },
        kFirstRows);
    return out;
}

} // namespace diaban::data
