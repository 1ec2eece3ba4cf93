// What `patrol` writes: --json, the text for people, files, and the flags that ask for it again.
#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/map_preview.hpp"
#include "app/commands/near_parts.hpp"
#include "app/commands/patrol_parts.hpp"
#include "app/plan_comparison.hpp"
#include "app/target_gaps.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/layer_writer.hpp"
#include "files/sheets.hpp"
#include "geo/face_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace diaban::app {
namespace {

constexpr std::size_t kPatrolListed = 60; // communes or visits named in the text
constexpr std::string_view kLayerFormats[] = {".gpkg", ".shp", ".geojson", ".fgb", ".kml"};

double rounded(double value, double steps) {
    return std::round(value * steps) / steps;
}

files::Sheet patrol_sheet(const PatrolReport& r, const Language& language) {
    const auto kind = std::string(to_string(r.request.kind));
    files::Sheet sheet{.name = language.text("patrol.legend." + kind),
                       .header = {language.text("patrol.column." + kind),
                                  language.text("column.code"), language.text("column.name"),
                                  language.text("column.district")},
                       .rows = {}};
    const bool rota = r.request.kind == PatrolKind::Rota,
               cover = r.request.kind == PatrolKind::Cover;
    if (cover) sheet.header.push_back(language.text("patrol.column.distance"));
    if (!cover && !rota) sheet.header.push_back(r.burden_name);
    if (cover || rota) sheet.header.push_back(language.text("patrol.column.reason"));
    if (rota)
        for (const char* id : {"patrol.column.score", "patrol.column.doubt", "patrol.column.months",
                               "patrol.column.why"})
            sheet.header.push_back(language.text(id));
    for (const auto& row : r.rows) {
        std::vector<files::SheetCell> cells{cover ? files::SheetCell(base_called(r, row.group))
                                                  : files::SheetCell(double(row.group + 1)),
                                            r.codes[row.unit], r.names[row.unit],
                                            r.districts[row.unit]};
        if (cover) cells.emplace_back(std::round(row.value));
        if (!cover && !rota)
            cells.push_back(has_work(r, row.unit) ? files::SheetCell(row.value)
                                                  : files::SheetCell());
        if (cover || rota)
            cells.emplace_back(
                language.text("patrol.class." + row.word,
                              {{"km", language.number(r.request.within_m / 1000, 1)}}));
        if (rota) {
            cells.emplace_back(rounded(row.value, 1000));
            cells.emplace_back(rounded(row.doubt, 1000));
            cells.emplace_back(row.months_since);
            cells.emplace_back(score_words(r, row.unit, language));
        }
        sheet.rows.push_back(std::move(cells));
    }
    return sheet;
}

// A sheet for everybody who goes: where to and why, and room for whom to ask and what came of it.
std::vector<files::Sheet> order_sheets(const PatrolReport& r, const Language& language) {
    const auto all = patrol_sheet(r, language);
    std::vector<files::Sheet> out;
    for (std::size_t g = 0; g < r.groups.size(); ++g) {
        auto& sheet = out.emplace_back();
        sheet.name = group_called(r, g, language);
        // What stands in the first column is the name of the sheet.
        sheet.header.assign(all.header.begin() + 1, all.header.end());
        sheet.header.push_back(language.text("patrol.column.contact"));
        sheet.header.push_back(language.text("patrol.column.result"));
        for (std::size_t k = 0; k < r.rows.size(); ++k) {
            if (r.rows[k].group != g || r.rows[k].word == "beyond") continue;
            auto& cells = sheet.rows.emplace_back(all.rows[k].begin() + 1, all.rows[k].end());
            cells.resize(sheet.header.size());
        }
    }
    return out;
}

// The communes of the plan with their shapes; names of columns fit a .dbf.
void write_patrol_layer(const PatrolReport& r, const Dataset& dataset, base::JobContext& ctx) {
    const auto& coverage = *dataset.vintage->coverage;
    geo::PolygonSoup soup;
    data::RawTable table;
    const auto column = [&](const char* name, data::ColumnType type) {
        data::Column made;
        made.name = name;
        made.type = type;
        made.null.assign(r.rows.size(), 0);
        return made;
    };
    using enum data::ColumnType;
    auto code = column("code", Text), name = column("name", Text), word = column("class", Text),
         group = column("group", Number), value = column("value", Number);
    for (std::size_t k = 0; k < r.rows.size(); ++k) {
        const auto& row = r.rows[k];
        const auto& face = coverage.faces()[row.unit];
        for (std::uint32_t ring = 0; ring < face.ring_count; ++ring) {
            coverage.ring_points(coverage.rings()[face.first_ring + ring], 0, soup.points);
            soup.end_ring();
        }
        soup.end_face();
        const bool hidden = r.request.kind == PatrolKind::Sectors && !has_work(r, row.unit);
        code.text.push_back(r.codes[row.unit]);
        name.text.push_back(r.names[row.unit]);
        word.text.push_back(row.word);
        group.number.push_back(static_cast<double>(row.group + 1));
        value.number.push_back(hidden ? 0 : rounded(row.value, 1000));
        value.null[k] = hidden;
    }
    table.columns = {code, name, word, group, value};
    files::write_polygon_layer(r.request.out, soup, table, coverage.crs(), ctx);
}

// The bases of a cover: places, or points inside the communes.
std::vector<files::Waypoint> base_waypoints(const PatrolReport& r, const Language& language) {
    std::vector<files::Waypoint> points;
    for (std::size_t g = 0; g < r.groups.size(); ++g) {
        const auto& group = r.groups[g];
        auto& point = points.emplace_back();
        point.lon_lat = *group.lon_lat;
        point.name = point.description = base_called(r, g);
        if (group.place)
            point.type = place_kind_text(group.place->kind, language);
        else if (!r.names[*group.unit].empty())
            point.name = r.names[*group.unit];
    }
    return points;
}

// A point inside every commune of the plan; of a cover, the bases.
void write_patrol_waypoints(const PatrolReport& r, const Dataset& dataset,
                            const Language& language) {
    const auto& coverage = *dataset.vintage->coverage;
    if (!coverage.crs().known())
        throw base::Error(base::ErrorKind::Data, "error.near.gpx_crs",
                          {{"file", r.request.out.filename().string()}});
    if (r.request.kind == PatrolKind::Cover)
        return files::write_waypoints(r.request.out, base_waypoints(r, language));
    std::vector<geo::Point> at;
    std::vector<files::Waypoint> points;
    for (const auto& row : r.rows) {
        at.push_back(geo::label_of(geo::source_of(coverage), coverage.faces()[row.unit]));
        points.push_back({{},
                          r.names[row.unit].empty() ? r.codes[row.unit] : r.names[row.unit],
                          unit_name(r, row.unit),
                          ""});
        points.back().type =
            language.text("patrol.column." + std::string(to_string(r.request.kind))) + " " +
            std::to_string(row.group + 1);
    }
    geo::transform(at, coverage.crs(), geo::Crs::wgs84());
    for (std::size_t i = 0; i < at.size(); ++i) points[i].lon_lat = at[i];
    files::write_waypoints(r.request.out, points);
}

void write_patrol_map(PatrolReport& report, const Dataset& dataset, const Language& language,
                      base::JobContext& ctx) {
    const auto& request = report.request;
    MapRequest page{.page = request.page, .dpi = request.dpi};
    page.lines = request.layers;
    page.classification = request.classification;
    page.out = request.map_out;
    report.files.push_back(draw(page, report.map, dataset, language, ctx));
}

Json place_json(const PatrolPlace& place) {
    return {{"kind", place.kind}, {"name", place.name}, {"code", place.code}};
}

Json group_json(const PatrolReport& r, std::size_t g) {
    const auto& group = r.groups[g];
    Json one = Json::object();
    const bool cover = r.request.kind == PatrolKind::Cover;
    if (!cover) one["team"] = g + 1;
    one["base"] = group.unit ? Json(r.codes[*group.unit]) : Json();
    one["base_name"] = group.unit    ? Json(r.names[*group.unit])
                       : group.place ? Json(group.place->name)
                                     : Json();
    if (group.place) one["place"] = place_json(*group.place); // that is the base
    if (cover) {
        one["lon"] = group.lon_lat ? Json(written_degrees(group.lon_lat->x)) : Json();
        one["lat"] = group.lon_lat ? Json(written_degrees(group.lon_lat->y)) : Json();
    }
    one[cover ? "burden" : "work"] = group.burden;
    one["estimated"] = group.estimated; // small counts in it are masked
    one["communes"] = Json::array();
    for (const auto& row : r.rows) {
        if (row.group != g || row.word == "beyond") continue;
        if (cover)
            one["communes"].push_back(
                {{"code", r.codes[row.unit]}, {"distance_m", rounded(row.value, 10)}});
        else
            one["communes"].push_back(r.codes[row.unit]);
    }
    return one;
}

// What the term "gap" of a commune is the mean of.
Json targets_json(const PatrolReport& r, std::size_t unit) {
    Json out = Json::array();
    for (const auto& one : r.gaps->regions[r.gaps->region_of[unit]])
        out.push_back({{"id", one.id}, {"area", one.area}, {"gap", rounded(one.gap, 1e6)}});
    return out;
}

Json visit_json(const PatrolReport& r, const PatrolRow& row) {
    Json points = Json::object();
    for (std::size_t t = 0; t < r.terms.size(); ++t) {
        const double given = r.scores.points[t][row.unit];
        points[std::string(to_string(r.terms[t]))] =
            std::isnan(given) ? Json() : Json(rounded(given, 1e6));
    }
    Json out{{"month", row.group + 1},           {"code", r.codes[row.unit]},
             {"name", r.names[row.unit]},        {"reason", row.word},
             {"score", rounded(row.value, 1e6)}, {"doubt", rounded(row.doubt, 1e6)},
             {"months_since", row.months_since}, {"points", std::move(points)}};
    if (r.gaps) out["targets"] = targets_json(r, row.unit);
    return out;
}

Json comparison_json(const PlanComparison& c) {
    Json numbers = Json::object(), changes = Json::array();
    for (const auto& number : c.numbers)
        numbers[number.key] = {{"before", rounded(number.before, 1e6)},
                               {"after", rounded(number.after, 1e6)}};
    for (const auto& change : c.changes)
        changes.push_back(
            {{"code", change.code}, {"before", change.before}, {"after", change.after}});
    return {{"with", c.name},
            {"same", c.same},
            {"numbers", std::move(numbers)},
            {"changes", std::move(changes)}};
}

std::string comparison_text(const PatrolReport& r, const PlanComparison& c,
                            const Language& language) {
    std::string out;
    for (const auto& line : comparison_words(c, language)) out += line + "\n";
    for (std::size_t k = 0; k < std::min(c.changes.size(), kPatrolListed); ++k) {
        const auto at = std::find(r.codes.begin(), r.codes.end(), c.changes[k].code);
        out +=
            "  " +
            (at == r.codes.end() ? c.changes[k].code
                                 : unit_name(r, static_cast<std::size_t>(at - r.codes.begin()))) +
            ": " + change_words(c, c.changes[k], language) + "\n";
    }
    if (c.changes.size() > kPatrolListed)
        out += "  " +
               language.text("near.more", {{"count", as_count(c.changes.size() - kPatrolListed)}}) +
               "\n";
    return out;
}

// Order sheets are tables, or pages to print.
void check_orders(const std::filesystem::path& file) {
    constexpr std::string_view kFormats[] = {"", ".pdf", ".xlsx", ".ods", ".html", ".csv"};
    if (std::find(std::begin(kFormats), std::end(kFormats), base::lower_extension(file)) ==
            std::end(kFormats) ||
        (!file.empty() && file.extension().empty()))
        throw base::Error(base::ErrorKind::Usage, "error.patrol.orders",
                          {{"file", file.filename().string()}});
}

// Of the lines those that a nearness measures to; coast and border are told apart by both.
void keep_measured(PatrolRequest& request) {
    std::set<std::string> kinds;
    for (const auto* given : {&request.near, &request.border})
        for (const auto& one : *given)
            if (const auto colon = one.find(':'); colon != one.npos)
                kinds.insert(one.substr(0, colon));
    const bool outline = std::any_of(kinds.begin(), kinds.end(), is_outline_kind);
    std::erase_if(request.lines, [&](const NearLine& line) {
        return !kinds.contains(line.kind) && !(outline && is_outline_kind(line.kind));
    });
    if (!outline) request.outline.clear();
}

[[noreturn]] void bad_patrol_value(const std::string& flag, const std::string& text,
                                   const char* expected) {
    throw base::Error(base::ErrorKind::Usage, "error.flag.bad_value",
                      {{"flag", flag}, {"value", text}, {"expected", std::string(expected)}});
}

} // namespace

void write(PatrolReport& report, const Dataset& dataset, const Language& language,
           base::JobContext& ctx) {
    const auto& request = report.request;
    check_orders(request.orders);
    const Origin origin{dataset.request.store, "patrol", &dataset};
    const auto extension = base::lower_extension(request.out);
    const bool layer = std::find(std::begin(kLayerFormats), std::end(kLayerFormats), extension) !=
                       std::end(kLayerFormats);
    if (!request.out.empty() || !request.orders.empty()) ctx.stage("stage.write");
    const auto tables = [&](const std::filesystem::path& file, std::vector<files::Sheet> sheets) {
        files::Workbook book{.title = report.map.title,
                             .language = language.code(),
                             .notes = report.sentences,
                             .sheets = std::move(sheets),
                             .decimal = language.numbers().decimal};
        for (auto& written : write_tables(file, std::move(book), request.classification,
                                          report.masked, language, origin, ctx))
            report.files.push_back(std::move(written));
    };
    if (layer || extension == ".gpx") {
        note_output(origin, request.classification, {request.out}, ctx);
        if (layer)
            write_patrol_layer(report, dataset, ctx);
        else
            write_patrol_waypoints(report, dataset, language);
        write_masked_list(request.out, report.masked);
        report.files.push_back(request.out);
        if (layer && has_places(report)) report.files.push_back(write_base_layer(report, dataset));
    } else if (!request.out.empty()) {
        std::vector<files::Sheet> sheets{patrol_sheet(report, language)};
        if (has_places(report)) sheets.push_back(bases_sheet(report, dataset, language));
        tables(request.out, std::move(sheets));
    }
    if (base::lower_extension(request.orders) == ".pdf") {
        note_output(origin, request.classification, {request.orders}, ctx);
        write_order_pages(report, dataset, language, ctx);
        write_masked_list(request.orders, report.masked);
        report.files.push_back(request.orders);
    } else if (!request.orders.empty()) {
        tables(request.orders, order_sheets(report, language));
    }
    if (!request.map_out.empty()) write_patrol_map(report, dataset, language, ctx);
}

std::string to_json(const PatrolReport& r, const Language& language,
                    const PlanComparison* compared) {
    const bool rota = r.request.kind == PatrolKind::Rota;
    Json plan = Json::array(), weights = Json::object(), left_out = Json::array(),
         files = Json::array();
    if (rota)
        for (const auto& row : r.rows) plan.push_back(visit_json(r, row));
    else
        for (std::size_t g = 0; g < r.groups.size(); ++g) plan.push_back(group_json(r, g));
    for (const auto term : r.terms)
        weights[std::string(to_string(term))] = r.request.weights[static_cast<std::size_t>(term)];
    for (const auto term : r.left_out) left_out.push_back(to_string(term));
    for (const auto& file : r.files) files.push_back(file.string());
    Json out = Json::object();
    out["kind"] = to_string(r.request.kind);
    if (r.request.kind == PatrolKind::Cover) {
        out["goal"] = to_string(r.request.goal);
        out["mean_distance_m"] = rounded(r.mean_m, 10);
        if (r.candidates > 0) out["candidates"] = r.candidates;
        if (!r.request.candidates_at.empty()) out["places_at"] = data::to_string(r.places_at);
    }
    out["period"] = data::to_string(r.period);
    out["objective"] = r.objective;
    out["bound"] = r.bound ? Json(*r.bound) : Json();
    out["gap"] = r.gap ? Json(*r.gap) : Json();
    out["proven"] = r.proven;
    out["stopped"] = r.stopped;
    out["nodes"] = r.nodes;
    out["seed"] = r.request.seed;
    if (rota) {
        out["random_share"] = r.request.random_share;
        out["places_at"] = data::to_string(r.places_at);
        out["weights"] = std::move(weights);
        out["left_out"] = std::move(left_out);
    } else {
        out["burden"] = r.burden;
        out["unknown"] = r.unknown;
    }
    if (r.request.kind == PatrolKind::Sectors) {
        out["cut"] = r.cut;
        out["ferries"] = Json::array();
        for (const auto& [island, shore] : r.ferries)
            out["ferries"].push_back({r.codes[island], r.codes[shore]});
    }
    if (compared) out["compared"] = comparison_json(*compared);
    out["masked"] = r.masked.size();
    out["plan"] = std::move(plan);
    out["sentences"] = r.sentences;
    out["language"] = language.code();
    out["files"] = std::move(files);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const PatrolReport& r, const Language& language,
                    const PlanComparison* compared) {
    std::string out;
    for (const auto& sentence : r.sentences) out += sentence + "\n";
    if (compared) out += comparison_text(r, *compared, language);
    const auto kind = std::string(to_string(r.request.kind));
    if (r.request.kind == PatrolKind::Rota) {
        for (std::size_t k = 0; k < std::min(r.rows.size(), kPatrolListed); ++k) {
            const auto& row = r.rows[k];
            out += "  " + language.text("patrol.column.rota") + " " +
                   std::to_string(row.group + 1) + ": " + unit_name(r, row.unit) + " – " +
                   language.text("patrol.class." + row.word) + "; " +
                   score_words(r, row.unit, language) + "\n";
        }
        if (r.rows.size() > kPatrolListed)
            out +=
                "  " +
                language.text("near.more", {{"count", as_count(r.rows.size() - kPatrolListed)}}) +
                "\n";
        return out;
    }
    for (std::size_t g = 0; g < r.groups.size(); ++g) {
        const auto& group = r.groups[g];
        out += "  " + language.text("patrol.column." + kind) + " " + std::to_string(g + 1) +
               (group.unit || group.place ? " (" + base_called(r, g) + ")" : "") + ": " +
               language.text("patrol.group",
                             {{"count", as_count(group.communes)},
                              {"burden", sum_words(group.burden, 1, group.estimated, language)}}) +
               "\n";
    }
    return out;
}

std::pair<std::string, std::size_t> parse_lock(const std::string& flag, const std::string& text) {
    constexpr const char* kExpected = "30337=2";
    const auto equals = text.find('=');
    const auto team = equals == std::string::npos
                          ? std::nullopt
                          : base::parse_number(std::string_view(text).substr(equals + 1), {});
    if (equals == 0 || !team || !(*team >= 1) || *team > 1e6 || *team != std::floor(*team))
        bad_patrol_value(flag, text, kExpected);
    return {text.substr(0, equals), static_cast<std::size_t>(*team)};
}

std::optional<std::pair<std::string, double>> parse_nearness(const std::string& flag,
                                                             const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) return std::nullopt;
    if (colon == 0) bad_patrol_value(flag, text, "port:10km");
    return std::pair(text.substr(0, colon), parse_ground_distance(flag, text.substr(colon + 1)));
}

TermWeights parse_term_weights(const std::string& flag, const std::string& text) {
    constexpr const char* kExpected =
        "status=3,violations=3,trend=1,since=2,uninspected=2,near=1,border=1,gap=1";
    auto out = kTermWeights;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        const auto part = text.substr(from, end - from);
        const auto equals = std::min(part.find('='), part.size());
        const auto term = analysis::parse_priority_term(base::trim(part.substr(0, equals)));
        const auto weight =
            equals < part.size() ? base::parse_number(part.substr(equals + 1), {}) : std::nullopt;
        if (!term || !weight || !(*weight >= 0) || !std::isfinite(*weight))
            bad_patrol_value(flag, text, kExpected);
        out[static_cast<std::size_t>(*term)] = *weight;
        from = end + 1;
    }
    return out;
}

PatrolRequest relevant(PatrolRequest request) {
    const PatrolRequest plain;
    const bool cover = request.kind == PatrolKind::Cover,
               sectors = request.kind == PatrolKind::Sectors,
               rota = request.kind == PatrolKind::Rota;
    if (rota) {
        request.indicator.clear();
        request.at.clear();
    }
    if (!cover) {
        request.goal = plain.goal;
        request.bases = plain.bases;
        request.detour = plain.detour;
        request.fast = false;
    }
    if (!cover) {
        request.candidates.clear();
        request.candidates_at.clear();
    }
    if (!cover || request.goal != analysis::LocationGoal::Cover) request.within_m = plain.within_m;
    if (!cover || request.fast) request.nodes = plain.nodes;
    if (cover) {
        request.seed = plain.seed; // nothing is drawn
        request.must.clear();
    }
    if (!sectors) {
        request.teams = plain.teams;
        request.locked.clear();
        request.links.clear();
    }
    if (!rota) {
        request.months = plain.months;
        request.visits = plain.visits;
        request.random_share = plain.random_share;
        request.weights = plain.weights;
        request.near.clear();
        request.border.clear();
        request.behind.clear();
        request.targets.clear();
        request.lines.clear();
        request.outline.clear();
    }
    keep_measured(request);
    return request;
}

PatrolRequest suited(PatrolRequest request, const Dataset& dataset) {
    const auto& units = dataset.vintage->units;
    const std::set<std::string> known(units.code.begin(), units.code.end());
    for (auto* codes : {&request.select, &request.forbid, &request.must, &request.at, &request.near,
                        &request.border, &request.behind})
        std::erase_if(*codes, [&](const std::string& code) {
            return !known.contains(code) && code.find(':') == std::string::npos; // a nearness
        });
    std::erase_if(request.locked, [&](const auto& lock) { return !known.contains(lock.first); });
    std::erase_if(request.links, [&](const UnitLink& link) {
        return !known.contains(link.first) || !known.contains(link.second);
    });
    request.candidates = suited_candidates(request.candidates, units);
    const auto kinds = near_kinds({}, dataset);
    std::erase_if(request.candidates_at, [&](const std::string& kind) {
        return std::find(kinds.begin(), kinds.end(), kind) == kinds.end();
    });
    request.outline = outline_here(std::move(request.outline), units);
    if (!dataset.cube || !dataset.cube->find(request.indicator)) request.indicator.clear();
    if (!dataset.cube || !dataset.cube->find(request.period)) request.period = {};
    return request;
}

std::vector<std::string> to_flags(const PatrolRequest& request) {
    const PatrolRequest plain;
    Flags flags{"patrol", std::string(to_string(request.kind))};
    add_flags(flags, request.data);
    add_flag(flags, "--indicator", request.indicator);
    add_flag(flags, "--year", data::to_string(request.period));
    add_list(flags, "--select", request.select);
    add_flag(flags, "--where", request.where);
    add_flag(flags, "--use", request.use);
    add_list(flags, "--forbid", request.forbid);
    add_list(flags, "--must", request.must);
    if (request.seed != plain.seed) add_flag(flags, "--seed", std::to_string(request.seed));
    if (request.goal != plain.goal) add_flag(flags, "--goal", std::string(to_string(request.goal)));
    if (request.bases != plain.bases) add_flag(flags, "--bases", std::to_string(request.bases));
    if (request.within_m != plain.within_m)
        add_flag(flags, "--within", distance_flag(request.within_m));
    if (request.detour != plain.detour) add_flag(flags, "--detour", number_flag(request.detour));
    add_list(flags, "--at", request.at);
    add_flag(flags, "--candidates", request.candidates);
    for (const auto& kind : request.candidates_at) add_flag(flags, "--candidates-at", kind);
    if (request.fast) flags.push_back("--fast");
    if (request.nodes != plain.nodes) add_flag(flags, "--nodes", std::to_string(request.nodes));
    if (request.teams != plain.teams) add_flag(flags, "--teams", std::to_string(request.teams));
    for (const auto& [code, team] : request.locked)
        add_flag(flags, "--lock", code + "=" + std::to_string(team));
    for (const auto& [a, b] : request.links) add_flag(flags, "--link", a + "=" + b);
    if (request.months != plain.months) add_flag(flags, "--months", std::to_string(request.months));
    if (request.visits != plain.visits) add_flag(flags, "--visits", std::to_string(request.visits));
    if (request.random_share != plain.random_share)
        add_flag(flags, "--random", number_flag(request.random_share));
    if (request.weights != plain.weights) {
        std::string text;
        for (std::size_t t = 0; t < analysis::kPriorityTerms; ++t)
            text += (t > 0 ? "," : "") +
                    std::string(to_string(static_cast<analysis::PriorityTerm>(t))) + "=" +
                    number_flag(request.weights[t]);
        add_flag(flags, "--weights", text);
    }
    add_list(flags, "--near", request.near);
    add_list(flags, "--border", request.border);
    add_list(flags, "--behind", request.behind);
    add_flag(flags, "--targets", request.targets);
    add_flags(flags, request.lines, request.outline);
    add_flags(flags, request.layers);
    add_flags(flags, request.page, request.dpi);
    add_flags(flags, request.classification);
    add_flag(flags, "--out", request.out.string());
    add_flag(flags, "--map", request.map_out.string());
    add_flag(flags, "--orders", request.orders.string());
    return flags;
}

} // namespace diaban::app
