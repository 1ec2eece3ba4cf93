#include "app/commands/sql.hpp"

#include "app/cell_words.hpp"
#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/query.hpp"
#include "app/map_files.hpp"
#include "base/text.hpp"
#include "files/store.hpp"
#include "geo/locate.hpp"
#include "geo/thin_line.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace diaban::app {
namespace {

constexpr std::size_t kSqlListed = 50; // rows printed; files and --json have all of them
constexpr map::Colour kShapeInk{0x0B, 0x63, 0xCE}; // as the rings of nearness
constexpr double kShapeWidth = 1.2;                // px at 96 dpi
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

using UnitOf = std::vector<std::optional<geo::FaceId>>; // by row

UnitOf units_by_code(const files::SqlAnswer& answer, std::size_t column,
                     const data::UnitTable& units) {
    std::map<std::string_view, geo::FaceId> faces;
    for (std::size_t u = 0; u < units.size(); ++u)
        faces.emplace(units.code[u], static_cast<geo::FaceId>(u));
    UnitOf out(answer.rows.size());
    for (std::size_t r = 0; r < out.size(); ++r)
        if (const auto* text = std::get_if<std::string>(&answer.rows[r][column]))
            if (const auto found = faces.find(*text); found != faces.end()) out[r] = found->second;
    return out;
}

UnitOf units_by_place(const files::SqlAnswer& answer,
                      const std::shared_ptr<const geo::Coverage>& coverage) {
    std::vector<geo::Point> points;
    std::vector<std::size_t> rows;
    for (std::size_t r = 0; r < answer.at.size(); ++r)
        if (const auto& at = answer.at[r]) {
            points.push_back({at->first, at->second});
            rows.push_back(r);
        }
    geo::transform(points, geo::Crs::wgs84(), coverage->crs());
    const geo::Locator locator(coverage);
    UnitOf out(answer.rows.size());
    for (std::size_t p = 0; p < points.size(); ++p)
        if (const auto face = locator.face_at(points[p])) out[rows[p]] = *face;
    return out;
}

std::size_t rows_matched(const SqlReport& report) {
    return static_cast<std::size_t>(
        std::count_if(report.unit_of.begin(), report.unit_of.end(),
                      [](const auto& unit) { return unit.has_value(); }));
}

// Of which vintages the codes are that the one shown does not have.
std::vector<SqlElsewhere> codes_elsewhere(const SqlReport& report, std::size_t column) {
    if (rows_matched(report) == report.unit_of.size()) return {};
    std::vector<SqlElsewhere> out;
    const files::Store store(report.request.data.store);
    for (const auto& vintage : store.info().vintages) {
        if (vintage == report.dataset->vintage->id) continue;
        const auto units = store.read_units(vintage);
        const std::set<std::string_view> codes(units.code.begin(), units.code.end());
        SqlElsewhere found{vintage, 0};
        for (std::size_t r = 0; r < report.unit_of.size(); ++r) {
            const auto* code = std::get_if<std::string>(&report.answer.rows[r][column]);
            if (!report.unit_of[r] && code && codes.contains(*code)) ++found.rows;
        }
        if (found.rows > 0) out.push_back(std::move(found));
    }
    return out;
}

// Which units the rows are about, and all of them together.
void find_units(SqlReport& report) {
    const auto column = code_column(report.answer);
    report.on_map = column || !report.answer.at.empty();
    if (!report.on_map) return;
    const auto& vintage = *report.dataset->vintage;
    report.unit_of = column ? units_by_code(report.answer, *column, vintage.units)
                            : units_by_place(report.answer, vintage.coverage);
    if (column) report.elsewhere = codes_elsewhere(report, *column);
    for (const auto& unit : report.unit_of)
        if (unit) report.units.push_back(*unit);
    std::sort(report.units.begin(), report.units.end());
    report.units.erase(std::unique(report.units.begin(), report.units.end()), report.units.end());
}

std::string elsewhere_words(const SqlReport& report) {
    std::vector<std::string> out;
    for (const auto& one : report.elsewhere)
        out.push_back(one.vintage + " (" + std::to_string(one.rows) + ")");
    return base::joined(out);
}

// A map on which nothing is of the answer says nothing, unless the answer is empty.
void require_some_unit(const SqlReport& report) {
    if (!report.units.empty() || report.answer.rows.empty() || !code_column(report.answer)) return;
    base::Args args{{"vintage", report.dataset->vintage->id},
                    {"rows", static_cast<std::int64_t>(report.answer.rows.size())}};
    if (report.elsewhere.empty())
        throw base::Error(base::ErrorKind::Data, "error.sql.no_such_codes", std::move(args));
    args.emplace_back("others", elsewhere_words(report));
    args.emplace_back("other",
                      std::max_element(report.elsewhere.begin(), report.elsewhere.end(),
                                       [](const auto& a, const auto& b) { return a.rows < b.rows; })
                          ->vintage);
    throw base::Error(base::ErrorKind::Data, "error.sql.other_vintage", std::move(args));
}

// A statement as one line of a map, cut where it is long; tables are written with the whole of it.
std::string statement_line(const std::string& text) {
    constexpr std::size_t kMostBytes = 300;
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.size() <= kMostBytes) return out;
    auto end = kMostBytes;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end; // whole letters
    return out.substr(0, end) + "…";
}

// The values in a new order.
template <class T> void reordered(std::vector<T>& values, const std::vector<std::uint32_t>& order) {
    if (values.empty()) return;
    std::vector<T> out;
    out.reserve(values.size());
    for (const auto row : order) out.push_back(std::move(values[row]));
    values = std::move(out);
}

// Leaves out points that nobody could tell from the line between the others, coarsely enough for a
// window to draw.
void thin_shapes(std::vector<std::vector<geo::Point>>& lines, const geo::Box& area) {
    constexpr std::size_t kMostPoints = 60'000;
    constexpr double kFinest = 1e-5; // of the width of the map: a tenth of a pixel
    const auto points = [&] {
        std::size_t out = 0;
        for (const auto& line : lines) out += line.size();
        return out;
    };
    const double size = std::max(area.width(), area.height());
    double tolerance = size * kFinest;
    if (!(tolerance > 0)) return;
    for (auto before = points(); before > kMostPoints; tolerance *= 2) {
        for (auto& line : lines) {
            std::vector<geo::Point> thin;
            geo::thin_line(line, tolerance, thin);
            line = std::move(thin);
        }
        // Many small shapes have only what they need.
        const auto now = points();
        if (now == before && tolerance > size / 100) return;
        before = now;
    }
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
    check_map_file(request.map_out, request.page);
    SqlReport out;
    out.request = request;
    out.dataset = dataset;
    files::SqlAccess access{.all = request.classification == Classification::Internal,
                            .values = {}};
    const bool values = base::lower(request.text).find("observation_text") != std::string::npos;
    if (!access.all && values && dataset->cube) {
        auto masked = mask(dataset, {}, ctx);
        out.masked = std::move(masked.cells);
        access.values = [shown = masked.dataset](const auto& take) { hand_over(*shown, take); };
    }
    ctx.stage("stage.sql");
    out.answer = files::run_sql(request.data.store, request.text, access, request.limits, ctx);
    find_units(out);
    if (!request.map_out.empty() && !out.on_map)
        throw base::Error(base::ErrorKind::Usage, "error.sql.no_units",
                          {{"columns", base::joined({kCodeColumns.begin(), kCodeColumns.end()})}});
    if (!request.map_out.empty()) require_some_unit(out);
    if (!request.sort.empty()) sort_rows(out, request.sort, request.descending);
    return out;
}

std::string matched_words(const SqlReport& report, const Language& language) {
    const auto matched = rows_matched(report), rows = report.unit_of.size();
    if (matched == rows) return {};
    const base::Args args{{"matched", as_count(matched)},
                          {"rows", as_count(rows)},
                          {"vintage", report.dataset->vintage->id},
                          {"others", elsewhere_words(report)}};
    return language.text(report.elsewhere.empty() ? "sql.matched" : "sql.matched_elsewhere", args);
}

void sort_rows(SqlReport& report, const std::string& column, bool descending) {
    auto& answer = report.answer;
    const auto named = std::find(answer.columns.begin(), answer.columns.end(), column);
    if (named == answer.columns.end())
        throw base::Error(base::ErrorKind::Usage, "error.sql.sort",
                          {{"column", column}, {"columns", base::joined(answer.columns)}});
    const auto at = static_cast<std::size_t>(named - answer.columns.begin());
    std::vector<std::string> texts(answer.rows.size());
    for (std::size_t r = 0; r < texts.size(); ++r)
        if (const auto* text = std::get_if<std::string>(&answer.rows[r][at])) texts[r] = *text;
    const auto keys = base::sort_keys(texts);
    const auto cell = [&](std::uint32_t row) -> const files::SheetCell& {
        return answer.rows[row][at];
    };
    const auto less = [&](std::uint32_t a, std::uint32_t b) {
        const auto* x = std::get_if<double>(&cell(a));
        const auto* y = std::get_if<double>(&cell(b));
        if (x && y) return *x < *y;
        return x || y ? x != nullptr : keys[a] < keys[b];
    };
    std::vector<std::uint32_t> order(answer.rows.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto there = std::stable_partition(order.begin(), order.end(), [&](std::uint32_t row) {
        return !std::holds_alternative<std::monostate>(cell(row));
    });
    std::stable_sort(order.begin(), there, [&](std::uint32_t a, std::uint32_t b) {
        return descending ? less(b, a) : less(a, b);
    });
    reordered(answer.rows, order);
    reordered(answer.at, order);
    reordered(report.unit_of, order);
}

StyledMap sql_map(const SqlReport& report, const Language& language) {
    auto out = units_map(
        {report.units, {}},
        {.in = language.text("sql.in"),
         .out = language.text("sql.out"),
         .unknown = {},
         .legend_title = language.text("sql.title"),
         .title = language.text("sql.map_title"),
         .line = language.text("sql.note", {{"sql", statement_line(report.request.text)}})},
        *report.dataset);
    if (auto words = matched_words(report, language); !words.empty())
        out.lines.push_back(std::move(words));
    if (report.answer.shapes_cut)
        out.lines.push_back(
            language.text("sql.shapes_cut", {{"count", as_count(files::kMostDrawn)}}));
    return out;
}

std::vector<map::Overlay> sql_shapes(const SqlReport& report, const Language& language) {
    const auto& shapes = report.answer.shapes;
    if (shapes.size() == 0) return {};
    const auto& coverage = *report.dataset->vintage->coverage;
    auto set = std::make_shared<map::LineSet>();
    set->points = shapes.points;
    set->lines = shapes.lines;
    set->lines.insert(set->lines.end(), shapes.rings.begin(), shapes.rings.end());
    geo::transform(set->points, geo::Crs::wgs84(), coverage.crs());
    for (auto& line : set->lines) geo::transform(line, geo::Crs::wgs84(), coverage.crs());
    thin_shapes(set->lines, coverage.box());
    for (const auto& line : set->lines) {
        geo::Box box;
        for (const auto& p : line) box.add(p);
        set->boxes.push_back(box);
    }
    return {{language.text("sql.shapes"), kShapeInk, kShapeWidth, std::move(set)}};
}

std::string cell_text(const files::SheetCell& cell, const Language& language) {
    auto text = sql_cell_text(cell);
    if (std::holds_alternative<double>(cell))
        std::replace(text.begin(), text.end(), '.', language.numbers().decimal);
    return text;
}

std::string clipboard_text(const SqlReport& report, const Language& language) {
    const auto line = [](std::vector<std::string> cells) {
        for (auto& cell : cells) // a cell with a tab or a new line would be several
            std::replace_if(
                cell.begin(), cell.end(),
                [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
        return base::joined(cells, "\t") + "\n";
    };
    std::string out = line(report.answer.columns);
    for (const auto& row : report.answer.rows) {
        std::vector<std::string> cells;
        for (const auto& cell : row) cells.push_back(cell_text(cell, language));
        out += line(std::move(cells));
    }
    return out;
}

void write(SqlReport& report, const Language& language, base::JobContext& ctx) {
    const auto& request = report.request;
    if (request.out.empty() && request.map_out.empty()) return;
    ctx.stage("stage.write");
    if (!request.out.empty()) {
        files::Workbook book{.title = language.text("sql.title"),
                             .language = language.code(),
                             .notes = {language.text("sql.note", {{"sql", request.text}})},
                             .sheets = {{.name = "SQL",
                                         .header = report.answer.columns,
                                         .rows = report.answer.rows}},
                             .decimal = language.numbers().decimal};
        report.files = write_tables(
            request.out, std::move(book), request.classification, report.masked, language,
            {request.data.store, "sql", report.masked.empty() ? nullptr : report.dataset.get()},
            ctx);
    }
    if (request.map_out.empty()) return;
    MapRequest page{.page = request.page, .dpi = request.dpi};
    page.classification = request.classification;
    page.out = request.map_out;
    report.files.push_back(draw(page, sql_map(report, language), *report.dataset, language, ctx,
                                sql_shapes(report, language)));
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
    Json elsewhere = Json::array();
    for (const auto& one : r.elsewhere)
        elsewhere.push_back({{"vintage", one.vintage}, {"rows", one.rows}});
    const Json out{{"columns", r.answer.columns},
                   {"count", r.answer.rows.size()},
                   {"cut", r.answer.cut},
                   {"rows", std::move(rows)},
                   {"units", r.on_map ? std::move(units) : Json()},
                   {"vintage", r.dataset->vintage->id},
                   {"matched", r.on_map ? Json(rows_matched(r)) : Json()},
                   {"elsewhere", std::move(elsewhere)},
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
    if (const auto words = matched_words(r, language); !words.empty()) out += words + "\n";
    return out;
}

std::vector<std::string> to_flags(const SqlRequest& request) {
    const files::SqlLimits usual;
    Flags flags{"sql"};
    add_flags(flags, request.data);
    add_flag(flags, "--use", request.use);
    add_flag(flags, "--save", request.save);
    if (request.replace) flags.emplace_back("--replace");
    add_flag(flags, "--forget", request.forget);
    if (request.list) flags.emplace_back("--list");
    if (request.limits.seconds != usual.seconds)
        add_flag(flags, "--seconds", number_flag(request.limits.seconds));
    if (request.limits.rows != usual.rows)
        add_flag(flags, "--rows", std::to_string(request.limits.rows));
    add_flag(flags, "--sort", request.sort);
    if (request.descending) flags.emplace_back("--descending");
    add_flags(flags, request.page, request.dpi);
    add_flags(flags, request.classification);
    add_flag(flags, "--out", request.out.string());
    add_flag(flags, "--map", request.map_out.string());
    if (!request.text.empty()) flags.insert(flags.end(), {"--", request.text}); // "-- a comment"
    return flags;
}

} // namespace diaban::app
