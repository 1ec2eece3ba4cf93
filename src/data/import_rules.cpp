#include "data/import_rules.hpp"

#include "data/status_check.hpp"

namespace diaban::data {
namespace {

std::map<Period, ReportedTotals> totals_of(const SheetImport& sheet,
                                           std::optional<std::size_t> area) {
    std::map<Period, ReportedTotals> out;
    for (const auto& part : sheet.parts)
        if (!part.unit && part.area == area && part.part.empty() && part.state == Cell::Observed)
            out[part.period].value[sheet.indicators[part.indicator].id] = part.value;
    return out;
}

void check_share(SheetImport& sheet, const PrintedShare& share, std::size_t communes,
                 const std::map<Period, ReportedTotals>& totals) {
    const auto& code = sheet.indicators[share.indicator].id;
    const auto at = totals.find(share.period);
    const auto count = at == totals.end() ? std::nullopt : at->second.get(code);
    if (count && communes > 0) {
        check_percent(code + " " + to_string(share.period), *count, static_cast<double>(communes),
                      share.text, sheet.findings);
        return;
    }
    base::Finding finding{base::Severity::Warning, "import_share_alone", {}, "", {}, "", {}};
    finding.args = {{"sheet", sheet.plan.sheet},
                    {"row", static_cast<std::int64_t>(share.row)},
                    {"value", share.text},
                    {"indicator", code}};
    sheet.findings.push_back(std::move(finding));
}

} // namespace

void check_reported(SheetImport& sheet, std::optional<std::size_t> area, std::size_t communes,
                    const std::map<Period, double>& before) {
    const auto totals = totals_of(sheet, area);
    for (const auto& [period, reported] : totals) {
        auto all = reported;
        if (communes > 0) all.value.emplace("units", static_cast<double>(communes));
        const auto last_year = totals.find(Period{period.year - 1, period.half});
        const auto healthy =
            last_year == totals.end() ? std::nullopt : last_year->second.get("ST10");
        if (healthy)
            all.value.emplace("ST10_before", *healthy);
        else if (const auto stored = before.find(period); stored != before.end())
            all.value.emplace("ST10_before", stored->second);
        const auto first = sheet.findings.size();
        check_totals(all, sheet.findings);
        // Of several areas the finding names its own.
        for (auto i = first; area && i < sheet.findings.size(); ++i)
            sheet.findings[i].unit = sheet.areas[*area].name;
    }
    if (area) return;
    for (const auto& share : sheet.shares) check_share(sheet, share, communes, totals);
}

} // namespace diaban::data
