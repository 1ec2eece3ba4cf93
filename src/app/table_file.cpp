#include "app/table_file.hpp"

#include "app/cell_words.hpp"
#include "app/classified.hpp"
#include "app/held_period.hpp"
#include "app/table_sums.hpp"
#include "app/together.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

std::string headed(const Dataset& dataset, TableColumn column, const Language& language) {
    auto title = column_title(dataset, column, language);
    if (column.kind != TableColumn::Kind::Value) return title;
    const auto unit = unit_text(dataset.cube->indicators[column.indicator], language);
    return unit.empty() ? title : title + " (" + unit + ")";
}

// Why a cell is empty, or that it is an estimate; nothing of an ordinary one.
std::string remark(data::Cell state, const Language& language) {
    return state == data::Cell::Estimated ? language.text("cell.estimated")
                                          : empty_words(state, language);
}

// One row for a unit; the last cell collects the remarks.
std::vector<files::SheetCell> file_row(const Dataset& dataset, const TableFile& request,
                                       std::uint32_t unit, const Language& language) {
    std::vector<files::SheetCell> row;
    std::string remarks;
    for (const auto column : request.columns) {
        if (column.kind == TableColumn::Kind::Years) continue;
        if (column.kind != TableColumn::Kind::Value) {
            row.emplace_back(cell_text(dataset, column, unit, request.query.period, language));
            continue;
        }
        const auto& cube = *dataset.cube;
        const auto& indicator = cube.indicators[column.indicator];
        const auto period = held_period(cube, column.indicator, request.query.period);
        const auto said = remark(cube.state(column.indicator, period, unit), language);
        if (!said.empty())
            remarks +=
                (remarks.empty() ? "" : "; ") + indicator_name(indicator, language) + ": " + said;
        const auto slice = cube.slice(column.indicator, period);
        if (!slice.has(unit))
            row.emplace_back();
        else if (indicator.kind == data::Kind::Category)
            row.emplace_back(value_text(dataset, column.indicator, period, unit, language));
        else
            row.emplace_back(slice.value[unit]);
    }
    row.emplace_back(std::move(remarks));
    return row;
}

// The row of a district: its name, and what its units are together.
class GroupRows {
public:
    GroupRows(const TableFile& request, const Dataset& shown, const TableRows& rows,
              TableSums& sums, const Language& language)
        : request_(request), shown_(shown), rows_(rows), sums_(sums), language_(language) {}

    std::vector<files::SheetCell> row(std::uint32_t group) {
        const auto& units = rows_.groups[group];
        const TableColumn name{TableColumn::Kind::Name, 0};
        const auto title = group_text(shown_, name, group, units, request_.query.period, language_);
        remarks_ =
            language_.text("table_file.subtotal", {{"n", static_cast<std::int64_t>(units.size())}});
        std::vector<files::SheetCell> out;
        const auto& columns = request_.columns;
        // The name stands in its column, or in the first one.
        const auto at = std::find(columns.begin(), columns.end(), name);
        for (auto column = columns.begin(); column != columns.end(); ++column) {
            if (column->kind == TableColumn::Kind::Years) continue;
            if (column->kind == TableColumn::Kind::Value)
                out.push_back(value(column->indicator, group));
            else if (column == at || (at == columns.end() && out.empty()))
                out.emplace_back(title);
            else
                out.emplace_back(std::string());
        }
        out.emplace_back(remarks_);
        return out;
    }
    std::vector<MaskedCell> masked; // by the name of the group

private:
    files::SheetCell value(std::size_t indicator, std::uint32_t group) {
        const auto& units = rows_.groups[group];
        const auto& cube = *shown_.cube;
        const auto& what = cube.indicators[indicator];
        const auto period = held_period(cube, indicator, request_.query.period);
        if (what.kind == data::Kind::Category)
            return together(shown_, indicator, period, units, language_).text;
        const auto [whole, hidden] = sums_.of(indicator, period, units);
        if (hidden) {
            masked.push_back({group_title(shown_, group, language_), what.id, cube.periods[period],
                              !whole.value || !too_few(*whole.value), 0});
            remark(what, language_.text("legend.suppressed"));
            return {};
        }
        if (whole.units < units.size())
            remark(what, language_.text("ui.card.known",
                                        {{"n", static_cast<std::int64_t>(whole.units)},
                                         {"all", static_cast<std::int64_t>(units.size())}}));
        if (whole.too_large) remark(what, language_.text("together.too_large"));
        if (!whole.value) return {};
        if (whole.mean) remark(what, language_.text("table_file.mean"));
        const auto states = cube.slice(indicator, period).state;
        if (std::any_of(units.begin(), units.end(),
                        [&](geo::FaceId unit) { return states[unit] == data::Cell::Estimated; }))
            remark(what, language_.text("cell.estimated"));
        return in_a_file(*whole.value);
    }
    void remark(const data::Indicator& indicator, const std::string& words) {
        remarks_ += "; " + indicator_name(indicator, language_) + ": " + words;
    }

    const TableFile& request_;
    const Dataset& shown_;
    const TableRows& rows_;
    TableSums& sums_;
    const Language& language_;
    std::string remarks_; // of the row that is being made
};

files::Sheet file_sheet(const Dataset& dataset, const TableFile& request, const TableRows& rows,
                        GroupRows& groups, const Language& language, base::JobContext& ctx) {
    files::Sheet sheet{language.text("table_file.sheet"), {}, {}};
    for (const auto column : request.columns)
        if (column.kind != TableColumn::Kind::Years)
            sheet.header.push_back(headed(dataset, column, language));
    sheet.header.push_back(language.text("table_file.remarks"));
    for (const auto& row : rows.rows) {
        ctx.check();
        sheet.rows.push_back(row.group ? groups.row(row.index)
                                       : file_row(dataset, request, row.index, language));
    }
    return sheet;
}

// Of all that is masked, what would stand in the file.
void keep_written(std::vector<MaskedCell>& cells, const Dataset& dataset, const TableFile& request,
                  const TableRows& rows) {
    std::vector<bool> written(dataset.vintage->units.size(), false);
    for (const auto& row : rows.rows)
        if (!row.group) written[row.index] = true;
    const auto& cube = *dataset.cube;
    std::erase_if(cells, [&](const MaskedCell& cell) {
        return !written[cell.row] ||
               std::none_of(request.columns.begin(), request.columns.end(), [&](auto column) {
                   if (column.kind != TableColumn::Kind::Value) return false;
                   const auto period = held_period(cube, column.indicator, request.query.period);
                   return cube.indicators[column.indicator].id == cell.indicator &&
                          cube.periods[period] == cell.period;
               });
    });
}

std::string period_words(const Dataset& dataset, std::size_t period) {
    const bool dated = dataset.cube && period < dataset.cube->periods.size();
    return dated ? data::to_string(dataset.cube->periods[period]) : std::string();
}

} // namespace

TableFileReport write_table(std::shared_ptr<const Dataset> dataset, const TableFile& request,
                            const Language& language, base::JobContext& ctx) {
    check_output(dataset->request, request.out);
    const auto whole = dataset;
    std::vector<MaskedCell> masked;
    if (request.classification == Classification::Public && dataset->cube) {
        auto found = mask(std::move(dataset), {}, ctx);
        dataset = std::move(found.dataset);
        masked = std::move(found.cells);
    }
    const auto rows = table_rows(*dataset, request.query, request.selection, language);
    if (!masked.empty()) keep_written(masked, *dataset, request, rows);
    files::Workbook book;
    book.title = dataset->title;
    if (const auto period = period_words(*dataset, request.query.period); !period.empty())
        book.title += ", " + period;
    book.language = language.code();
    book.decimal = language.numbers().decimal;
    for (const auto* source : {&dataset->boundaries_name, &dataset->table_name})
        if (!source->empty()) book.notes.push_back(*source);
    if (dataset->sample) book.notes.push_back(language.text("page.sample_notice"));
    TableSums sums(whole, dataset, language, ctx);
    GroupRows groups(request, *dataset, rows, sums, language);
    book.sheets.push_back(file_sheet(*dataset, request, rows, groups, language, ctx));
    masked.insert(masked.end(), groups.masked.begin(), groups.masked.end());
    TableFileReport report{.files = {}, .rows = rows.units, .masked = masked.size()};
    report.groups = rows.rows.size() - rows.units;
    report.files = write_tables(request.out, std::move(book), request.classification, masked,
                                language, {whole->request.store, "table", whole.get()}, ctx);
    return report;
}

std::string table_file_name(const Dataset& dataset, std::size_t period, std::string_view extension,
                            const Language& language) {
    auto name = base::file_name_part(language.text("table_file.sheet")) + "_" +
                base::file_name_part(dataset.title);
    if (const auto words = period_words(dataset, period); !words.empty())
        name += "_" + base::file_name_part(words);
    return name + "." + std::string(extension);
}

} // namespace diaban::app
