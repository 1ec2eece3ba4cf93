#include "app/commands/table.hpp"

#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/smoothed.hpp"
#include "app/where_filter.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

constexpr std::array<std::pair<std::string_view, TableColumn::Kind>, 6> kTextColumns{
    {{"code", TableColumn::Kind::Code},
     {"name", TableColumn::Kind::Name},
     {"district", TableColumn::Kind::District},
     {"province", TableColumn::Kind::Province},
     {"coast", TableColumn::Kind::Coast},
     {"border", TableColumn::Kind::Border}}};

std::string id_of(const Dataset& dataset, TableColumn column) {
    for (const auto& [id, kind] : kTextColumns)
        if (kind == column.kind) return std::string(id);
    return column.kind == TableColumn::Kind::Value ? dataset.cube->indicators[column.indicator].id
                                                   : std::string();
}

// `known` are the columns that there are.
TableColumn column_named(const Dataset& dataset, const std::vector<TableColumn>& known,
                         const std::string& id) {
    std::vector<std::string> ids;
    for (const auto column : known) {
        const auto one = id_of(dataset, column);
        if (!one.empty() && base::lower(one) == base::lower(id)) return column;
        if (!one.empty()) ids.push_back(one);
    }
    for (const auto* kind : {"coast", "border"})
        if (base::lower(id) == kind)
            throw base::Error(base::ErrorKind::Usage, "error.near.no_outline_given",
                              {{"kind", std::string(kind)}});
    const auto near = base::nearest(id, ids);
    throw base::Error(base::ErrorKind::Usage, "error.table.column",
                      {{"column", id}, {"columns", base::joined(near.empty() ? ids : near)}});
}

} // namespace

bool asks_for_outline(const TableRequest& request) {
    const auto named = [](const std::string& id) {
        const auto word = base::lower(id.substr(0, id.find('=')));
        return word == "coast" || word == "border";
    };
    return named(request.sort) ||
           std::any_of(request.columns.begin(), request.columns.end(), named) ||
           std::any_of(request.filters.begin(), request.filters.end(), named);
}

TableRequest table_request(const Project& project, const Dataset& dataset, const TableFile& file) {
    TableRequest out{.data = project.data,
                     .descending = file.query.descending,
                     .grouped = file.query.grouped,
                     .across = project.across,
                     .classification = file.classification,
                     .out = file.out};
    if (dataset.cube && file.query.period < dataset.cube->periods.size())
        out.period = dataset.cube->periods[file.query.period];
    for (const auto column : file.columns)
        if (auto id = id_of(dataset, column); !id.empty()) out.columns.push_back(std::move(id));
    for (const auto& [column, text] : file.query.filters)
        if (const auto id = id_of(dataset, column); !id.empty())
            out.filters.push_back(id + "=" + text);
    if (file.query.sort != TableColumn{}) out.sort = id_of(dataset, file.query.sort);
    if (file.query.where) out.where = file.query.where->text;
    if (file.query.selected)
        for (const auto face : file.selection)
            out.select.push_back(dataset.vintage->units.code[face]);
    return out;
}

TableFileReport run(const TableRequest& request, std::shared_ptr<const Dataset> dataset,
                    const Language& language, base::JobContext& ctx) {
    for (const auto& id : request.columns) dataset = with_smoothed(std::move(dataset), id);
    const auto known = table_columns(*dataset);
    TableFile file{.columns = {}, .classification = request.classification, .out = request.out};
    for (const auto& id : request.columns)
        file.columns.push_back(column_named(*dataset, known, id));
    const auto is_value = [](TableColumn c) { return c.kind == TableColumn::Kind::Value; };
    if (std::all_of(file.columns.begin(), file.columns.end(), is_value))
        file.columns.insert(file.columns.begin(), known.begin(),
                            request.columns.empty()
                                ? known.end()
                                : std::find_if(known.begin(), known.end(), is_value));
    if (!request.sort.empty()) file.query.sort = column_named(*dataset, known, request.sort);
    file.query.descending = request.descending;
    file.query.grouped = request.grouped;
    const auto& units = dataset->vintage->units;
    if (request.grouped && !units.has_level(data::Level::District) &&
        !units.has_level(data::Level::Province))
        throw base::Error(base::ErrorKind::Data, "error.table.no_groups",
                          {{"file", dataset->title}});
    for (const auto& filter : request.filters) {
        const auto equals = filter.find('=');
        if (equals == std::string::npos || equals == 0)
            throw base::Error(base::ErrorKind::Usage, "error.table.filter", {{"filter", filter}});
        file.query.filters.emplace_back(column_named(*dataset, known, filter.substr(0, equals)),
                                        filter.substr(equals + 1));
    }
    if (dataset->cube && !dataset->cube->indicators.empty()) {
        MapChoice choice;
        choice.period = request.period;
        const auto period = resolve(choice, *dataset).period;
        const auto& periods = dataset->cube->periods;
        file.query.period = static_cast<std::size_t>(
            std::find(periods.begin(), periods.end(), period) - periods.begin());
    }
    const auto rows = table_rows(*dataset, file.query, {}, language);
    if (!rows.unread.empty())
        throw base::Error(base::ErrorKind::Usage, "error.table.filter",
                          {{"filter", request.filters[rows.unread.front()]}});
    if (!request.select.empty()) {
        file.selection = faces_of_codes(request.select, dataset->vintage->units);
        file.query.selected = true;
    }
    return write_table(std::move(dataset), file, language, ctx);
}

std::string to_json(const TableFileReport& r) {
    Json files = Json::array();
    for (const auto& file : r.files) files.push_back(file.string());
    const Json out{
        {"files", std::move(files)}, {"rows", r.rows}, {"groups", r.groups}, {"masked", r.masked}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<std::string> to_flags(const TableRequest& request) {
    Flags flags{"table"};
    add_flags(flags, request.data);
    add_flag(flags, "--year", data::to_string(request.period));
    add_list(flags, "--columns", request.columns);
    for (const auto& filter : request.filters) add_flag(flags, "--filter", filter);
    add_flag(flags, "--where", request.where);
    add_flag(flags, "--sort", request.sort);
    if (request.descending) flags.emplace_back("--descending");
    if (request.grouped) add_flag(flags, "--group", "district");
    add_list(flags, "--select", request.select);
    add_flags(flags, request.across);
    add_flags(flags, request.classification);
    add_flag(flags, "--out", request.out.string());
    return flags;
}

} // namespace diaban::app
