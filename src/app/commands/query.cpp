#include "app/commands/query.hpp"

#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/hotspot_style.hpp"
#include "app/map_files.hpp"
#include "app/where_filter.hpp"
#include "base/text.hpp"
#include "files/sheets.hpp"
#include "map/palette.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

constexpr std::size_t kQueryListed = 40; // units named one by one in the text

Json units_json(const QueryReport& r, const Faces& faces) {
    Json out = Json::array();
    const auto& units = r.dataset->vintage->units;
    for (const auto face : faces)
        out.push_back({{"code", units.code[face]},
                       {"name", units.name[face]},
                       {"district", district_name(*r.dataset, face)}});
    return out;
}

files::Sheet query_sheet(const QueryReport& r, const Language& language) {
    files::Sheet sheet{.name = language.text("query.sheet"),
                       .header = {language.text("column.code"), language.text("column.name"),
                                  language.text("column.district")},
                       .rows = {}};
    const auto& units = r.dataset->vintage->units;
    for (const auto face : r.units.yes)
        sheet.rows.push_back({units.code[face], units.name[face], district_name(*r.dataset, face)});
    return sheet;
}

std::string dated_text(const data::Query& query, data::Period period) {
    auto out = data::to_text(query);
    if (period.year != 0) out += " (" + data::to_string(period) + ")";
    return out;
}

} // namespace

data::Period query_period(const Dataset& dataset, data::Period asked) {
    if (!dataset.cube || dataset.cube->indicators.empty()) return asked;
    MapChoice choice;
    choice.period = asked;
    return resolve(choice, dataset).period;
}

StyledMap units_map(const QueryUnits& units, UnitsLayer words, const Dataset& dataset) {
    StyledMap out;
    out.indicator = static_cast<std::size_t>(-1); // of none
    out.categorical = true;
    const auto colours = map::palette_colours("Blues", 3);
    std::vector<std::string> classes(dataset.vintage->units.size(), "out");
    for (const auto face : units.yes) classes[face] = "in";
    for (const auto face : units.unknown) classes[face] = "unknown";
    std::vector<ClassRow> rows{{"in", std::move(words.in), colours[2], map::Hatch::Diagonal, true},
                               {"out", std::move(words.out), colours[0], map::Hatch::None, true}};
    if (!words.unknown.empty())
        rows.push_back(
            {"unknown", std::move(words.unknown), map::kNoData, map::Hatch::FineDots, false});
    out.style = class_style(rows, classes);
    map::count_drawn(out.style, dataset.vintage->coverage->faces());
    out.indicator_name = out.legend_title = std::move(words.legend_title);
    out.title = std::move(words.title);
    out.lines = {std::move(words.line)};
    return out;
}

StyledMap query_map(const data::Query& query, const QueryUnits& units, data::Period period,
                    const Dataset& dataset, const Language& language) {
    const base::Args dated{{"query", dated_text(query, period)}};
    return units_map(units,
                     {.in = language.text("query.in"),
                      .out = language.text("query.out"),
                      .unknown = language.text("query.unknown"),
                      .legend_title = language.text("query.legend"),
                      .title = language.text("query.title", dated),
                      .line = language.text("query.line", dated)},
                     dataset);
}

QueryReport run(const QueryRequest& request, std::shared_ptr<const Dataset> dataset,
                const QuerySources& sources, const Language& language, base::JobContext& ctx) {
    check_map_file(request.map_out, request.page);
    QueryReport out;
    out.request = request;
    if (request.text.empty())
        throw base::Error(base::ErrorKind::Usage, "error.query.empty",
                          {{"sample", std::string("status = hot and near(port) <= 5km")}});
    try {
        out.query = data::parse_query(request.text);
        QueryGround ground(dataset, sources, request.classification, ctx);
        out.period = query_period(*dataset, request.period);
        ground.find(data::needs_of(out.query), out.period, language, ctx);
        out.units = query_units(ground.flags(out.query, out.period));
    } catch (base::Error& error) {
        throw error.in({"context.query", {{"query", request.text}}});
    }
    out.dataset = std::move(dataset);
    out.of = out.dataset->vintage->units.size();
    out.sentence = language.text("query.said", {{"count", as_count(out.units.yes.size())},
                                                {"all", as_count(out.of)},
                                                {"query", dated_text(out.query, out.period)}});
    out.map = query_map(out.query, out.units, out.period, *out.dataset, language);
    return out;
}

std::vector<data::UnitCode> codes_meeting(const QueryRequest& request,
                                          std::shared_ptr<const Dataset> dataset,
                                          const QuerySources& sources, const Language& language,
                                          base::JobContext& ctx) {
    const auto found = run(request, std::move(dataset), sources, language, ctx);
    return named_set("", found.units.yes, found.dataset->vintage->units).codes;
}

void write(QueryReport& report, const Language& language, base::JobContext& ctx) {
    const auto& request = report.request;
    const Origin origin{report.dataset->request.store, "query"};
    if (!request.out.empty()) {
        ctx.stage("stage.write");
        files::Workbook book{.title = report.map.title,
                             .language = language.code(),
                             .notes = {report.sentence},
                             .sheets = {query_sheet(report, language)},
                             .decimal = language.numbers().decimal};
        for (auto& file : write_tables(request.out, std::move(book), request.classification, {},
                                       language, origin, ctx))
            report.files.push_back(std::move(file));
    }
    if (request.map_out.empty()) return;
    MapRequest page{.page = request.page, .dpi = request.dpi};
    page.classification = request.classification;
    page.out = request.map_out;
    report.files.push_back(draw(page, report.map, *report.dataset, language, ctx));
}

std::string to_json(const QueryReport& r) {
    Json files = Json::array();
    for (const auto& file : r.files) files.push_back(file.string());
    const Json out{{"query", data::to_text(r.query)},
                   {"period", data::to_string(r.period)},
                   {"of", r.of},
                   {"count", r.units.yes.size()},
                   {"units", units_json(r, r.units.yes)},
                   {"unknown", units_json(r, r.units.unknown)},
                   {"files", std::move(files)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const QueryReport& r, const Language& language) {
    std::string out = r.sentence + "\n";
    const auto& units = r.dataset->vintage->units;
    const auto& yes = r.units.yes;
    for (std::size_t i = 0; i < std::min(yes.size(), kQueryListed); ++i) {
        out += "  " + units.name[yes[i]] + " (" + units.code[yes[i]] + ")";
        if (const auto district = district_name(*r.dataset, yes[i]); !district.empty())
            out += ", " + district;
        out += "\n";
    }
    if (yes.size() > kQueryListed)
        out += "  " + language.text("near.more", {{"count", as_count(yes.size() - kQueryListed)}}) +
               "\n";
    if (!r.units.unknown.empty())
        out += language.text("query.said_unknown", {{"count", as_count(r.units.unknown.size())}}) +
               "\n";
    return out;
}

std::vector<std::string> to_flags(const QueryRequest& request) {
    Flags flags{"query"};
    // Before the flags, so that more of them can be added at the end. No query begins with a dash,
    // but a text that is none may.
    const bool dashed = request.text.starts_with('-');
    if (!request.text.empty() && !dashed) flags.push_back(request.text);
    add_flags(flags, request.data);
    add_flag(flags, "--year", data::to_string(request.period));
    add_flag(flags, "--use", request.use);
    add_flag(flags, "--save", request.save);
    if (request.replace) flags.emplace_back("--replace");
    add_flag(flags, "--forget", request.forget);
    if (request.list) flags.emplace_back("--list");
    add_flags(flags, request.page, request.dpi);
    add_flags(flags, request.classification);
    add_flag(flags, "--out", request.out.string());
    add_flag(flags, "--map", request.map_out.string());
    if (dashed) flags.insert(flags.end(), {"--", request.text});
    return flags;
}

TableRequest narrowed(TableRequest request, std::shared_ptr<const Dataset> dataset,
                      const QuerySources& sources, const Language& language,
                      base::JobContext& ctx) {
    const auto filter =
        where_filter(request.where, dataset, &sources, request.classification, language, ctx);
    const auto& units = dataset->vintage->units;
    std::vector<data::UnitCode> codes;
    for (const auto face : filter->units(query_period(*dataset, request.period)))
        if (request.select.empty() || std::find(request.select.begin(), request.select.end(),
                                                units.code[face]) != request.select.end())
            codes.push_back(units.code[face]);
    if (codes.empty())
        throw base::Error(base::ErrorKind::Usage, "error.query.nobody", {{"query", request.where}});
    request.select = std::move(codes);
    return request;
}

} // namespace diaban::app
