#include "app/commands/sql.hpp"

#include "app/cell_words.hpp"
#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/query.hpp"
#include "base/text.hpp"
#include "files/store_records.hpp"
#include "geo/locate.hpp"

#include <algorithm>
#include <map>

namespace diaban::app {
namespace {

constexpr std::size_t kSqlListed = 50; // rows printed; files and --json have all of them
constexpr std::array<std::string_view, 4> kCodeColumns{"code", "unit_code", "ma_xa", "maxa"};

// The values of the vintage as a map may tell them.
void hand_over(const Dataset& dataset, const std::function<void(const files::PublicValue&)>& take) {
    const auto& cube = *dataset.cube;
    const auto& units = dataset.vintage->units;
    for (std::size_t i = 0; i < cube.indicators.size(); ++i)
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            const auto slice = cube.slice(i, p);
            for (std::size_t u = 0; u < slice.size(); ++u) {
                if (slice.state[u] == data::Cell::Missing) continue; // of no row in the store
                files::PublicValue v{dataset.vintage->id,
                                     units.code[u],
                                     units.name[u],
                                     cube.indicators[i].id,
                                     cube.periods[p],
                                     std::nullopt,
                                     {},
                                     std::string(state_word(slice.state[u]))};
                if (slice.has(u)) v.value = slice.value[u];
                const auto& categories = cube.indicators[i].categories;
                if (v.value && *v.value >= 0 && *v.value < static_cast<double>(categories.size()))
                    v.category = categories[static_cast<std::size_t>(*v.value)];
                take(v);
            }
        }
}

std::optional<std::size_t> code_column(const files::SqlAnswer& answer) {
    for (std::size_t c = 0; c < answer.columns.size(); ++c)
        if (std::find(kCodeColumns.begin(), kCodeColumns.end(), base::lower(answer.columns[c])) !=
            kCodeColumns.end())
            return c;
    return std::nullopt;
}

Faces units_by_code(const files::SqlAnswer& answer, std::size_t column,
                    const data::UnitTable& units) {
    std::map<std::string_view, geo::FaceId> faces;
    for (std::size_t u = 0; u < units.size(); ++u)
        faces.emplace(units.code[u], static_cast<geo::FaceId>(u));
    Faces out;
    for (const auto& row : answer.rows)
        if (const auto* text = std::get_if<std::string>(&row[column]))
            if (const auto found = faces.find(*text); found != faces.end())
                out.push_back(found->second);
    return out;
}

Faces units_by_place(const files::SqlAnswer& answer,
                     const std::shared_ptr<const geo::Coverage>& coverage) {
    std::vector<geo::Point> points;
    for (const auto& at : answer.at)
        if (at) points.push_back({at->first, at->second});
    geo::transform(points, geo::Crs::wgs84(), coverage->crs());
    const geo::Locator locator(coverage);
    Faces out;
    for (const auto point : points)
        if (const auto face = locator.face_at(point)) out.push_back(*face);
    return out;
}

Json cell_json(const files::SheetCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return *number;
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return {};
}

std::string sql_cell_text(const files::SheetCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return number_flag(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    return {};
}

} // namespace

SqlReport run(const SqlRequest& request, std::shared_ptr<const Dataset> dataset,
              base::JobContext& ctx) {
    if (request.data.store.empty()) throw base::Error(base::ErrorKind::Usage, "error.sql.no_store");
    if (request.text.empty()) throw base::Error(base::ErrorKind::Usage, "error.sql.empty");
    SqlReport out;
    out.request = request;
    out.dataset = dataset;
    files::SqlAccess access{.all = request.classification == Classification::Internal,
                            .values = {}};
    const bool values = base::lower(request.text).find("observation_text") != std::string::npos;
    if (!access.all && values && dataset->cube) {
        auto masked = mask(dataset, {});
        out.masked = std::move(masked.cells);
        access.values = [shown = masked.dataset](const auto& take) { hand_over(*shown, take); };
    }
    ctx.stage("stage.sql");
    out.answer = files::run_sql(request.data.store, request.text, access, request.limits, ctx);
    const auto column = code_column(out.answer);
    out.on_map = column || !out.answer.at.empty();
    if (column)
        out.units = units_by_code(out.answer, *column, dataset->vintage->units);
    else if (out.on_map)
        out.units = units_by_place(out.answer, dataset->vintage->coverage);
    std::sort(out.units.begin(), out.units.end());
    out.units.erase(std::unique(out.units.begin(), out.units.end()), out.units.end());
    return out;
}

void write(SqlReport& report, const Language& language, base::JobContext& ctx) {
    const auto& request = report.request;
    if (request.out.empty()) return;
    ctx.stage("stage.write");
    files::Workbook book{
        .title = language.text("sql.title"),
        .language = language.code(),
        .notes = {language.text("sql.note", {{"sql", request.text}})},
        .sheets = {{.name = "SQL", .header = report.answer.columns, .rows = report.answer.rows}},
        .decimal = language.numbers().decimal};
    report.files = write_tables(request.out, std::move(book), request.classification, report.masked,
                                language, {request.data.store, "sql"});
}

std::string to_json(const SqlReport& r) {
    Json rows = Json::array();
    for (const auto& row : r.answer.rows) {
        Json cells = Json::array();
        for (const auto& cell : row) cells.push_back(cell_json(cell));
        rows.push_back(std::move(cells));
    }
    Json units = Json::array(), files = Json::array();
    for (const auto face : r.units) units.push_back(r.dataset->vintage->units.code[face]);
    for (const auto& file : r.files) files.push_back(file.string());
    const Json out{{"columns", r.answer.columns},
                   {"count", r.answer.rows.size()},
                   {"cut", r.answer.cut},
                   {"rows", std::move(rows)},
                   {"units", r.on_map ? std::move(units) : Json()},
                   {"masked", r.masked.size()},
                   {"files", std::move(files)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const SqlReport& r, const Language& language) {
    std::string out = base::joined(r.answer.columns, "\t") + "\n";
    for (std::size_t i = 0; i < std::min(r.answer.rows.size(), kSqlListed); ++i) {
        std::vector<std::string> cells;
        for (const auto& cell : r.answer.rows[i]) cells.push_back(sql_cell_text(cell));
        out += base::joined(cells, "\t") + "\n";
    }
    out += language.text(r.answer.cut ? "sql.said_cut" : "sql.said",
                         {{"count", as_count(r.answer.rows.size())}}) +
           "\n";
    if (r.on_map)
        out += language.text("sql.said_units", {{"count", as_count(r.units.size())}}) + "\n";
    return out;
}

std::vector<std::string> to_flags(const SqlRequest& request) {
    const files::SqlLimits usual;
    Flags flags{"sql"};
    add_flags(flags, request.data);
    add_flag(flags, "--use", request.use);
    add_flag(flags, "--save", request.save);
    if (request.limits.seconds != usual.seconds)
        add_flag(flags, "--seconds", number_flag(request.limits.seconds));
    if (request.limits.rows != usual.rows)
        add_flag(flags, "--rows", std::to_string(request.limits.rows));
    add_flags(flags, request.classification);
    add_flag(flags, "--out", request.out.string());
    if (!request.text.empty()) flags.insert(flags.end(), {"--", request.text}); // "-- a comment"
    return flags;
}

std::vector<NamedQuery> saved_sql(const std::filesystem::path& store) {
    std::vector<NamedQuery> out;
    for (const auto& stored : files::read_queries(store)) {
        const auto json = nlohmann::json::parse(stored.content, nullptr, false);
        if (json.is_object() && json.contains("sql") && json["sql"].is_string())
            out.push_back({stored.name, json["sql"].get<std::string>()});
    }
    return out;
}

void store_sql(const std::filesystem::path& store, const NamedQuery& statement,
               base::JobContext& ctx) {
    files::add_query(store, {statement.name, Json{{"sql", statement.text}}.dump()}, ctx);
}

} // namespace diaban::app
