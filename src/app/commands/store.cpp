#include "app/commands/store.hpp"

#include "app/cell_words.hpp"
#include "app/classified.hpp"
#include "app/stored_vintage.hpp"
#include "app/summary.hpp"
#include "base/csv.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "data/unknown_indicator.hpp"
#include "files/sheets.hpp"
#include "files/store.hpp"
#include "files/store_agency.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

std::string number_cell(double value) {
    return std::isnan(value) ? std::string() : base::format_exact(value);
}

const std::vector<std::string> kExportColumns{"code",   "name",  "district", "indicator",
                                              "period", "value", "state",    "agency"};
constexpr std::size_t kValueColumn = 5;
constexpr std::size_t kMostSheetRows = 1'048'575; // of a spreadsheet, without its header

// The name of a category, or the number.
std::string value_cell(const data::Indicator& indicator, double value) {
    if (indicator.kind == data::Kind::Category && value >= 0 &&
        value < static_cast<double>(indicator.categories.size()))
        return indicator.categories[static_cast<std::size_t>(value)];
    return number_cell(value);
}

// The agency of every unit in one period; "" for those without one.
std::vector<std::string> agencies_in(const data::IndicatorCube& cube, std::size_t period) {
    std::vector<std::string> out(cube.units());
    const auto agency = cube.find(files::kAgencyIndicator);
    if (!agency) return out;
    const auto slice = cube.slice(*agency, period);
    for (std::size_t i = 0; i < out.size(); ++i)
        if (slice.has(i)) out[i] = value_cell(cube.indicators[*agency], slice.value[i]);
    return out;
}

// Calls take(columns, value) for every cell of an indicator that is asked for and not missing.
template <class Take>
void each_cell(const data::IndicatorCube& cube, const data::UnitTable& units,
               const StoreExportRequest& request, std::size_t k, Take take) {
    const auto& indicator = cube.indicators[k];
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        if (request.period.year != 0 && cube.periods[p] != request.period) continue;
        const auto slice = cube.slice(k, p);
        const auto period = data::to_string(cube.periods[p]);
        const auto agencies = agencies_in(cube, p);
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (slice.state[i] == data::Cell::Missing) continue;
            if (!request.agency.empty() && agencies[i] != request.agency) continue;
            const auto* district = units.group_of(data::Level::District, i);
            take({units.code[i], units.name[i], district ? district->name : std::string(),
                  indicator.id, period, value_cell(indicator, slice.value[i]),
                  std::string(state_word(slice.state[i])), agencies[i]},
                 slice.value[i]);
        }
    }
}

} // namespace

StoreInitReport run(const StoreInitRequest& request, base::JobContext& ctx) {
    std::error_code failed;
    if (std::filesystem::exists(request.store, failed))
        throw Error(ErrorKind::Usage, "error.store.exists", {{"file", request.store.string()}});
    StoreInitReport report;
    report.store = request.store;
    files::StoreContent content;
    content.title = request.title.empty() ? request.store.stem().string() : request.title;
    content.vintages.push_back(stored_vintage(request.data, request.valid_from, request.valid_until,
                                              report.findings, ctx));
    report.vintage = content.vintages.front().id;
    report.units = content.vintages.front().units.size();
    files::write_store(request.store, content, ctx);
    return report;
}

namespace {

// An export without a row would look as if nobody had reported.
void require_exported_period(data::Period period, const data::IndicatorCube& cube,
                             const files::Store& store,
                             const std::vector<std::string>& other_vintages) {
    if (period.year == 0 || cube.find(period)) return;
    for (const auto& id : other_vintages) {
        const auto periods = store.periods_of(id);
        if (std::find(periods.begin(), periods.end(), period) != periods.end())
            throw Error(ErrorKind::Usage, "error.export.other_vintage",
                        {{"period", data::to_string(period)}, {"vintage", id}});
    }
    std::vector<std::string> known;
    for (const auto one : cube.periods) known.push_back(data::to_string(one));
    throw Error(ErrorKind::Usage, "error.period.unknown",
                {{"period", data::to_string(period)}, {"known", base::joined(known)}});
}

} // namespace

StoreExportReport run(const StoreExportRequest& request, const Language& language,
                      base::JobContext& ctx) {
    auto dataset = load(request.data, Need::Values, ctx);
    const auto all = dataset;
    const Origin origin{request.data.store, "store export", all.get()};
    StoreExportReport report{.vintage = dataset->vintage->id};
    const files::Store store(request.data.store);
    for (const auto& id : store.info().vintages)
        if (id != report.vintage && !store.periods_of(id).empty()) report.left_out.push_back(id);
    require_exported_period(request.period, *dataset->cube, store, report.left_out);
    if (request.summary) {
        const auto summary = make_summary(
            dataset, {request.period, request.agency, request.classification}, language, ctx);
        report.rows = summary.units;
        report.masked = summary.masked.size();
        report.files = write_tables(request.out, summary.book, request.classification,
                                    summary.masked, language, origin, ctx);
        return report;
    }
    std::vector<MaskedCell> masked;
    if (request.classification == Classification::Public) {
        auto found = mask(dataset, {}, ctx);
        dataset = std::move(found.dataset);
        masked = std::move(found.cells);
        std::erase_if(masked, [&](const MaskedCell& cell) {
            return request.period.year != 0 && cell.period != request.period;
        });
    }
    const auto& cube = *dataset->cube;
    const auto& units = dataset->vintage->units;
    for (const auto& wanted : request.indicators)
        if (!cube.find(wanted))
            throw data::unknown_indicator(ErrorKind::Data, wanted, cube.indicators);
    const bool csv = base::lower(request.out.extension().string()) == ".csv";
    std::string text = std::string(base::kByteOrderMark) + base::csv_line(kExportColumns);
    files::Workbook book;
    book.title = dataset->title;
    for (std::size_t k = 0; k < cube.indicators.size(); ++k) {
        const auto& indicator = cube.indicators[k];
        const bool wanted = request.indicators.empty()
                                ? indicator.id != files::kAgencyIndicator // a column of every row
                                : std::find(request.indicators.begin(), request.indicators.end(),
                                            indicator.id) != request.indicators.end();
        if (!wanted) {
            std::erase_if(masked, [&](const MaskedCell& c) { return c.indicator == indicator.id; });
            continue;
        }
        ctx.check();
        const auto first = report.rows;
        files::Sheet sheet{indicator.id, kExportColumns, {}};
        each_cell(cube, units, request, k,
                  [&](const std::vector<std::string>& words, double value) {
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
    report.masked = masked.size();
    report.files = {request.out};
    if (csv) {
        note_output(origin, request.classification, {request.out}, ctx);
        base::write_file(request.out, text);
        write_masked_list(request.out, masked);
    } else {
        report.files = write_tables(request.out, std::move(book), request.classification, masked,
                                    language, origin, ctx);
    }
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
