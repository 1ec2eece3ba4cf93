#include "app/commands/store.hpp"

#include "base/csv.hpp"
#include "base/paths.hpp"
#include "files/store.hpp"
#include "files/store_schema.hpp"
#include "geo/crs.hpp"

#include <array>
#include <cmath>
#include <system_error>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
constexpr std::array kStates = {"observed",       "missing",   "suppressed",
                                "not_applicable", "estimated", "not_existing"};

data::Date date_flag(const char* flag, const std::string& text) {
    const auto date = files::date_of(text);
    if (!text.empty() && files::text_of(date) != text)
        throw Error(ErrorKind::Usage, "error.flag.bad_value",
                    {{"flag", std::string(flag)}, {"value", text}, {"expected", "2009-01-31"}});
    return date;
}

std::string number_cell(double value) {
    return std::isnan(value) ? std::string() : base::format_exact(value);
}

// The name of a category, or the number.
std::string value_cell(const data::Indicator& indicator, double value) {
    if (indicator.kind == data::Kind::Category && value >= 0 &&
        value < static_cast<double>(indicator.categories.size()))
        return indicator.categories[static_cast<std::size_t>(value)];
    return number_cell(value);
}

} // namespace

StoreInitReport run(const StoreInitRequest& request, base::JobContext& ctx) {
    std::error_code failed;
    if (std::filesystem::exists(request.store, failed))
        throw Error(ErrorKind::Usage, "error.store.exists", {{"file", request.store.string()}});
    const auto& d = request.data;
    auto raw = files::read_boundaries({.file = d.boundaries,
                                       .layer = d.layer,
                                       .code_column = d.code_column,
                                       .name_column = d.name_column,
                                       .encoding = d.encoding,
                                       .crs = d.crs,
                                       .attributes = false},
                                      ctx);
    if (!raw.crs.known())
        throw Error(ErrorKind::Data, "error.store.no_crs", {{"file", d.boundaries.string()}});
    geo::transform_many(raw.soup.points, raw.crs, geo::Crs::wgs84(), ctx, 1e-9);

    StoreInitReport report{.store = request.store, .findings = std::move(raw.findings)};
    files::StoreContent content;
    content.title = request.title.empty() ? request.store.stem().string() : request.title;
    auto& vintage = content.vintages.emplace_back();
    vintage.id = report.vintage = d.vintage.empty() ? "1" : d.vintage;
    vintage.from = date_flag("--valid-from", request.valid_from);
    vintage.until = date_flag("--valid-until", request.valid_until);
    vintage.units = std::move(raw.units);
    vintage.soup = std::move(raw.soup);
    report.units = vintage.units.size();
    files::write_store(request.store, content, ctx);
    return report;
}

StoreExportReport run(const StoreExportRequest& request, base::JobContext& ctx) {
    auto dataset = load(request.data, Need::Values, ctx);
    StoreExportReport report{.out = request.out};
    if (request.classification == Classification::Public) {
        auto masked = mask(dataset, {});
        report.masked = masked.cells.size();
        dataset = std::move(masked.dataset);
    }
    const auto& cube = *dataset->cube;
    const auto& units = dataset->vintage->units;
    for (const auto& wanted : request.indicators)
        if (!cube.find(wanted))
            throw Error(ErrorKind::Data, "error.indicator.unknown", {{"indicator", wanted}});
    std::string csv = "\xEF\xBB\xBF"
                      "code,name,district,indicator,period,value,state\r\n";
    for (std::size_t k = 0; k < cube.indicators.size(); ++k) {
        const auto& indicator = cube.indicators[k];
        if (!request.indicators.empty() &&
            std::find(request.indicators.begin(), request.indicators.end(), indicator.id) ==
                request.indicators.end())
            continue;
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            ctx.check();
            const auto slice = cube.slice(k, p);
            for (std::size_t i = 0; i < slice.size(); ++i) {
                if (slice.state[i] == data::Cell::Missing) continue;
                const auto* district = units.group_of(data::Level::District, i);
                csv += base::csv_cell(units.code[i]) + "," + base::csv_cell(units.name[i]) + "," +
                       base::csv_cell(district ? district->name : "") + "," +
                       base::csv_cell(indicator.id) + "," + data::to_string(cube.periods[p]) + "," +
                       base::csv_cell(value_cell(indicator, slice.value[i])) + "," +
                       kStates[static_cast<std::size_t>(slice.state[i])] + "\r\n";
                ++report.rows;
            }
        }
    }
    base::write_file(request.out, csv);
    return report;
}

std::string import_report_csv(const ImportReport& report, const Language& language) {
    std::string out = "\xEF\xBB\xBF"
                      "kind,severity,sheet,row,unit,indicator,period,before,after,explanation\r\n";
    const auto arg = [](const base::Finding& finding, const char* name) {
        for (const auto& [key, value] : finding.args) {
            if (key != name) continue;
            if (const auto* text = std::get_if<std::string>(&value)) return *text;
            if (const auto* number = std::get_if<std::int64_t>(&value))
                return std::to_string(*number);
        }
        return std::string();
    };
    constexpr std::array kSeverities = {"info", "warning", "problem"};
    for (const auto& finding : report.findings)
        out += finding.key + "," + kSeverities[static_cast<std::size_t>(finding.severity)] + "," +
               base::csv_cell(arg(finding, "sheet")) + "," + arg(finding, "row") + "," +
               base::csv_cell(finding.unit) + "," + base::csv_cell(arg(finding, "indicator")) +
               ",,,," + base::csv_cell(language.text(finding)) + "\r\n";
    for (const auto& change : report.changes.changes) {
        const bool revised = change.kind == files::CellChange::Kind::Revised;
        out += std::string(revised ? "revised" : "removed") + ",info," +
               base::csv_cell(change.sheet) + "," + (change.row ? std::to_string(change.row) : "") +
               "," + base::csv_cell(change.unit) + "," + base::csv_cell(change.indicator) + "," +
               data::to_string(change.period) + "," + number_cell(change.before) + "," +
               number_cell(change.after) + "," + base::csv_cell(change.name) + "\r\n";
    }
    return out;
}

} // namespace diaban::app
