#include "app/commands/store.hpp"

#include "app/cell_words.hpp"
#include "base/csv.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/sheets.hpp"
#include "files/store.hpp"
#include "files/store_schema.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

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

const std::vector<std::string> kExportColumns{"code",   "name",  "district", "indicator",
                                              "period", "value", "state"};
constexpr std::size_t kValueColumn = 5;
constexpr std::size_t kMostSheetRows = 1'048'575; // of a spreadsheet, without its header

// The name of a category, or the number.
std::string value_cell(const data::Indicator& indicator, double value) {
    if (indicator.kind == data::Kind::Category && value >= 0 &&
        value < static_cast<double>(indicator.categories.size()))
        return indicator.categories[static_cast<std::size_t>(value)];
    return number_cell(value);
}

// Calls take(columns, value) for every cell of an indicator that is not missing.
template <class Take>
void each_cell(const data::IndicatorCube& cube, const data::UnitTable& units, std::size_t k,
               Take take) {
    const auto& indicator = cube.indicators[k];
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto slice = cube.slice(k, p);
        const auto period = data::to_string(cube.periods[p]);
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (slice.state[i] == data::Cell::Missing) continue;
            const auto* district = units.group_of(data::Level::District, i);
            take({units.code[i], units.name[i], district ? district->name : std::string(),
                  indicator.id, period, value_cell(indicator, slice.value[i]),
                  std::string(state_word(slice.state[i]))},
                 slice.value[i]);
        }
    }
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
    const bool csv = base::lower(request.out.extension().string()) == ".csv";
    std::string text = std::string(base::kByteOrderMark) + base::csv_line(kExportColumns);
    files::Workbook book;
    book.title = dataset->title;
    for (std::size_t k = 0; k < cube.indicators.size(); ++k) {
        const auto& indicator = cube.indicators[k];
        if (!request.indicators.empty() &&
            std::find(request.indicators.begin(), request.indicators.end(), indicator.id) ==
                request.indicators.end())
            continue;
        ctx.check();
        const auto first = report.rows;
        files::Sheet sheet{indicator.id, kExportColumns, {}};
        each_cell(cube, units, k, [&](const std::vector<std::string>& words, double value) {
            ++report.rows;
            if (csv) {
                text += base::csv_line(words);
                return;
            }
            auto& row = sheet.rows.emplace_back(words.begin(), words.end());
            if (indicator.kind != data::Kind::Category && !std::isnan(value))
                row[kValueColumn] = value;
        });
        if (csv || report.rows == first) continue;
        if (sheet.rows.size() > kMostSheetRows)
            throw Error(ErrorKind::Usage, "error.export.rows",
                        {{"indicator", indicator.id},
                         {"rows", static_cast<std::int64_t>(sheet.rows.size())},
                         {"most", static_cast<std::int64_t>(kMostSheetRows)}});
        book.sheets.push_back(std::move(sheet));
    }
    if (csv)
        base::write_file(request.out, text);
    else
        files::write_workbook(request.out, book);
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
