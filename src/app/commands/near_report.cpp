// What `near` writes: --json, the text for people, files, and the flags that ask for it again.
#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/map_preview.hpp"
#include "app/commands/near_parts.hpp"
#include "app/map_files.hpp"
#include "app/place_source.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/layer_writer.hpp"
#include "files/sheets.hpp"
#include "geo/face_shapes.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

constexpr std::size_t kNearListed = 40; // units named one by one in the text

double to_tenths(double metres) {
    return std::round(metres * 10) / 10;
}

Json codes_json(const NearReport& r, const std::vector<std::size_t>& units) {
    Json out = Json::array();
    for (const auto unit : units) out.push_back(r.codes[unit]);
    return out;
}

Json place_json(const NearReport& r, const analysis::NearPlace& place) {
    const auto& target = r.targets[place.place];
    return {
        {"kind", target.kind}, {"name", target.name}, {"distance_m", to_tenths(place.distance_m)}};
}

std::string target_text(const NearTarget& target, const Language& language) {
    return target.name.empty() ? place_kind_text(target.kind, language) : target.name;
}

std::string ground_text(double metres, const Language& language) {
    return metres < 1000 ? language.number(metres, 0) + " m"
                         : language.number(metres / 1000, 2) + " km";
}

std::string near_name(const NearReport& r, std::size_t unit) {
    return r.names[unit].empty() ? r.codes[unit] : r.names[unit];
}

std::string near_names(const NearReport& r, const std::vector<std::size_t>& units) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(units.size(), kNearListed); ++i)
        names.push_back(near_name(r, units[i]));
    return base::joined(names, "; ") + (units.size() > kNearListed ? " …" : "");
}

std::string full_name(const NearReport& r, std::size_t unit) {
    auto out = near_name(r, unit);
    if (!r.names[unit].empty()) out += " (" + r.codes[unit] + ")";
    if (!r.districts[unit].empty()) out += ", " + r.districts[unit];
    return out;
}

bool lies_on(const NearOutline& outline, std::size_t unit) {
    return std::binary_search(outline.units.begin(), outline.units.end(), unit);
}

// One row per unit of the answer; columns repeat for each place named.
files::Sheet near_sheet(const NearReport& r, const Language& language) {
    files::Sheet sheet{.name = language.text("near.sheet"),
                       .header = {language.text("column.code"), language.text("column.name"),
                                  language.text("column.district")},
                       .rows = {}};
    const auto named = std::max<std::size_t>(r.request.nearest, 1);
    for (std::size_t k = 0; k < named; ++k) {
        const auto number = named > 1 ? " " + std::to_string(k + 1) : "";
        sheet.header.push_back(language.text("near.column.place") + number);
        sheet.header.push_back(language.text("near.column.kind") + number);
        sheet.header.push_back(language.text("near.column.distance") + number);
    }
    const bool rings = !r.request.rings_m.empty();
    if (rings) sheet.header.push_back(language.text("near.column.ring"));
    if (by_share(r.request.rule)) sheet.header.push_back(language.text("near.column.share"));
    for (const auto& outline : r.outlines)
        sheet.header.push_back(language.text("near.column.on." + outline.kind));
    for (const auto& unit : r.units) {
        std::vector<files::SheetCell> row{r.codes[unit.unit], r.names[unit.unit],
                                          r.districts[unit.unit]};
        for (std::size_t k = 0; k < named; ++k) {
            if (k >= unit.places.size()) {
                row.insert(row.end(), 3, files::SheetCell{});
                continue;
            }
            const auto& place = unit.places[k];
            row.emplace_back(target_text(r.targets[place.place], language));
            row.emplace_back(place_kind_text(r.targets[place.place].kind, language));
            row.emplace_back(std::round(place.distance_m));
        }
        if (rings) row.emplace_back(near_ring_text(r.request, unit.ring, language));
        if (by_share(r.request.rule))
            row.push_back(unit.share ? files::SheetCell(std::round(*unit.share * 1000) / 10)
                                     : files::SheetCell());
        for (const auto& outline : r.outlines)
            row.emplace_back(lies_on(outline, unit.unit) ? 1.0 : 0.0);
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

// The units of the answer with their shapes; names of columns fit a .dbf.
void write_near_layer(const NearReport& r, const Dataset& dataset, base::JobContext& ctx) {
    const auto& coverage = *dataset.vintage->coverage;
    geo::PolygonSoup soup;
    data::RawTable table;
    const auto column = [](const char* name, data::ColumnType type) {
        data::Column made;
        made.name = name;
        made.type = type;
        return made;
    };
    using enum data::ColumnType;
    auto code = column("code", Text), name = column("name", Text), place = column("place", Text),
         kind = column("kind", Text), distance = column("distance_m", Number),
         share = column("share", Number), ring = column("ring", Number);
    std::vector<data::Column> flags;
    for (const auto& outline : r.outlines)
        flags.push_back(column(outline.kind == "coast" ? "on_coast" : "on_border", Number));
    for (const auto& unit : r.units) {
        const auto& face = coverage.faces()[unit.unit];
        for (auto at = face.first_ring; at < face.first_ring + face.ring_count; ++at) {
            coverage.ring_points(coverage.rings()[at], 0, soup.points);
            soup.end_ring();
        }
        soup.end_face();
        const bool any = !unit.places.empty();
        const auto* target = any ? &r.targets[unit.places.front().place] : nullptr;
        code.text.push_back(r.codes[unit.unit]);
        name.text.push_back(r.names[unit.unit]);
        place.text.push_back(target ? target->name : "");
        kind.text.push_back(target ? target->kind : "");
        distance.number.push_back(any ? to_tenths(unit.places.front().distance_m) : 0);
        share.number.push_back(std::round(unit.share.value_or(0) * 1e4) / 1e4);
        ring.number.push_back(static_cast<double>(unit.ring + 1));
        for (auto* one : {&code, &name, &ring}) one->null.push_back(0);
        for (auto* one : {&place, &kind, &distance}) one->null.push_back(!any);
        share.null.push_back(!unit.share);
        for (std::size_t k = 0; k < flags.size(); ++k) {
            flags[k].number.push_back(lies_on(r.outlines[k], unit.unit) ? 1 : 0);
            flags[k].null.push_back(0);
        }
    }
    table.columns = {code, name, place, kind, distance, ring};
    if (by_share(r.request.rule)) table.columns.push_back(share);
    table.columns.insert(table.columns.end(), flags.begin(), flags.end());
    files::write_polygon_layer(r.request.out, soup, table, coverage.crs(), ctx);
}

// A point inside each unit, to be driven to.
void write_near_waypoints(const NearReport& r, const Dataset& dataset, const Language& language) {
    const auto& coverage = *dataset.vintage->coverage;
    if (!coverage.crs().known())
        throw base::Error(base::ErrorKind::Data, "error.near.gpx_crs",
                          {{"file", r.request.out.filename().string()}});
    std::vector<geo::Point> at;
    for (const auto& unit : r.units)
        at.push_back(geo::label_of(geo::source_of(coverage), coverage.faces()[unit.unit]));
    geo::transform(at, coverage.crs(), geo::Crs::wgs84());
    std::vector<files::Waypoint> points;
    for (std::size_t i = 0; i < r.units.size(); ++i) {
        const auto& unit = r.units[i];
        points.push_back({at[i], near_name(r, unit.unit), full_name(r, unit.unit), ""});
        if (unit.places.empty()) continue;
        points.back().description += ": " + near_words(r, unit, language);
        points.back().type = r.targets[unit.places.front().place].kind;
    }
    files::write_waypoints(r.request.out, points);
}

void write_near_map(NearReport& report, const Dataset& dataset, const Language& language,
                    base::JobContext& ctx) {
    const auto& request = report.request;
    MapRequest page{.page = request.page, .dpi = request.dpi};
    page.classification = request.classification;
    page.out = request.map_out;
    // Of the other kinds the answer says nothing.
    for (const auto& kind : near_kinds({}, dataset))
        if (!request.kinds.empty() &&
            std::find(request.kinds.begin(), request.kinds.end(), kind) == request.kinds.end())
            page.hidden_kinds.push_back(kind);
    auto lines = load_line_layers(request.layers, *dataset.vintage->coverage, ctx);
    for (auto& ring : near_buffers(report, dataset, language, ctx))
        lines.overlays.push_back(std::move(ring));
    paint_map_files(page,
                    {{page_of(page, report.map, dataset, language, lines), request.map_out, {}}},
                    language, ctx);
    report.files.push_back(request.map_out);
}

[[noreturn]] void bad_near_value(const std::string& flag, const std::string& text,
                                 const char* expected) {
    throw base::Error(base::ErrorKind::Usage, "error.flag.bad_value",
                      {{"flag", flag}, {"value", text}, {"expected", std::string(expected)}});
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(separator, from), text.size());
        out.emplace_back(base::trim(text.substr(from, end - from)));
        from = end + 1;
    }
    return out;
}

} // namespace

std::string near_distance(const NearUnit& unit, const Language& language) {
    return unit.places.empty() ? "" : ground_text(unit.places.front().distance_m, language);
}

std::string near_words(const NearReport& report, const NearUnit& unit, const Language& language) {
    std::string out;
    for (const auto& place : unit.places) {
        const bool nearest = out.empty();
        out += (nearest ? "" : "; ") + ground_text(place.distance_m, language) + " – " +
               target_text(report.targets[place.place], language);
        // The ring is of the nearest.
        if (nearest && !report.request.rings_m.empty())
            out += " (" + near_ring_text(report.request, unit.ring, language) + ")";
    }
    return out;
}

void write(NearReport& report, const Dataset& dataset, const Language& language,
           base::JobContext& ctx) {
    const auto& request = report.request;
    const Origin origin{dataset.request.store, "near"};
    if (!request.out.empty()) {
        ctx.stage("stage.write");
        const auto extension = base::lower_extension(request.out);
        if (extension == ".csv" || extension == ".xlsx" || extension == ".ods" ||
            extension == ".html") {
            files::Workbook book{.title = report.map.title,
                                 .language = language.code(),
                                 .notes = {report.sentence},
                                 .sheets = {near_sheet(report, language)},
                                 .decimal = language.numbers().decimal};
            for (auto& file : write_tables(request.out, std::move(book), request.classification,
                                           report.masked, language, origin, ctx))
                report.files.push_back(std::move(file));
        } else {
            note_output(origin, request.classification, {request.out}, ctx);
            if (extension == ".gpx")
                write_near_waypoints(report, dataset, language);
            else
                write_near_layer(report, dataset, ctx);
            write_masked_list(request.out, report.masked);
            report.files.push_back(request.out);
        }
    }
    if (!request.map_out.empty()) {
        note_output(origin, request.classification, {request.map_out}, ctx);
        write_near_map(report, dataset, language, ctx);
    }
}

std::string to_json(const NearReport& r, const Language& language) {
    Json units = Json::array();
    for (const auto& unit : r.units) {
        Json one{{"code", r.codes[unit.unit]}, {"name", r.names[unit.unit]}};
        const bool any = !unit.places.empty();
        one["distance_m"] = any ? Json(to_tenths(unit.places.front().distance_m)) : Json();
        one["place"] = any ? Json(r.targets[unit.places.front().place].name) : Json();
        one["kind"] = any ? Json(r.targets[unit.places.front().place].kind) : Json();
        one["share"] = unit.share ? Json(std::round(*unit.share * 10000) / 10000) : Json();
        one["ring"] = unit.ring + 1;
        if (r.request.nearest > 1) {
            one["places"] = Json::array();
            for (const auto& place : unit.places) one["places"].push_back(place_json(r, place));
        }
        units.push_back(std::move(one));
    }
    Json rings = Json::array();
    for (const double end : near_ring_ends(r.request)) rings.push_back(end);
    Json outlines = Json::object();
    for (const auto& outline : r.outlines) outlines[outline.kind] = codes_json(r, outline.units);
    Json files = Json::array();
    for (const auto& file : r.files) files.push_back(file.string());
    const Json out{{"rule", to_string(r.request.rule)},
                   {"within_m", r.request.within_m},
                   {"farther", r.request.farther},
                   {"rings_m", std::move(rings)},
                   {"places", r.targets.size()},
                   {"period", data::to_string(r.period)},
                   {"measured", r.measured},
                   {"nobody", r.nobody},
                   {"masked", r.masked.size()},
                   {"count", r.units.size()},
                   {"units", std::move(units)},
                   {"changes_at_110_percent", codes_json(r, r.at_more)},
                   {"changes_at_90_percent", codes_json(r, r.at_less)},
                   {"outline", std::move(outlines)},
                   {"files", std::move(files)},
                   {"findings", findings_json(r.findings, language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const NearReport& r, const Language& language) {
    std::string out = r.sentence + "\n";
    for (std::size_t i = 0; i < std::min(r.units.size(), kNearListed); ++i) {
        const auto& unit = r.units[i];
        out += "  " + full_name(r, unit.unit);
        if (!unit.places.empty()) out += ": " + near_words(r, unit, language);
        if (unit.share) out += " (" + language.number(*unit.share * 100, 1) + " %)";
        out += "\n";
    }
    if (r.units.size() > kNearListed)
        out += "  " +
               language.text("near.more", {{"count", as_count(r.units.size() - kNearListed)}}) +
               "\n";
    const auto changes = [&](const char* key, const char* none,
                             const std::vector<std::size_t>& units) {
        out += language.text(units.empty() ? none : key,
                             {{"count", as_count(units.size())}, {"names", near_names(r, units)}}) +
               "\n";
    };
    changes("near.at_more", "near.at_more_none", r.at_more);
    changes("near.at_less", "near.at_less_none", r.at_less);
    for (const auto& outline : r.outlines)
        out += language.text("near.on." + outline.kind, {{"count", as_count(outline.units.size())},
                                                         {"names", near_names(r, outline.units)}}) +
               "\n";
    if (r.nobody > 0) out += language.text("near.nobody", {{"count", as_count(r.nobody)}}) + "\n";
    return out + findings_text(r.findings, language);
}

double parse_ground_distance(const std::string& flag, const std::string& text) {
    constexpr const char* kExpected = "5km, 800m";
    const bool km = text.ends_with("km");
    if (!km && !text.ends_with("m")) bad_near_value(flag, text, kExpected);
    const auto number =
        base::parse_number(std::string_view(text).substr(0, text.size() - (km ? 2 : 1)), {});
    if (!number || !(*number >= 0) || !std::isfinite(*number))
        bad_near_value(flag, text, kExpected);
    return km ? *number * 1000 : *number;
}

std::string distance_flag(double metres) {
    // Kilometres only where they read back as the same metres.
    const double km = metres / 1000;
    return metres >= 1000 && km * 1000 == metres ? number_flag(km) + "km"
                                                 : number_flag(metres) + "m";
}

std::vector<double> parse_rings(const std::string& flag, const std::string& text) {
    constexpr const char* kExpected = "0-2,2-5,5-10km";
    const bool km = text.ends_with("km");
    if (!km && !text.ends_with("m")) bad_near_value(flag, text, kExpected);
    std::vector<double> ends;
    double from = 0;
    for (const auto& ring : parts_of(text.substr(0, text.size() - (km ? 2 : 1)), ',')) {
        const auto words = parts_of(ring, '-');
        const auto a = base::parse_number(words.front(), {});
        const auto b = base::parse_number(words.back(), {});
        if (words.size() != 2 || !a || !b || *a != from || !(*b > *a) || !std::isfinite(*b))
            bad_near_value(flag, text, kExpected);
        from = *b;
        ends.push_back(km ? *b * 1000 : *b);
    }
    return ends;
}

std::string rings_flag(const std::vector<double>& ends_m) {
    std::string out;
    double from = 0;
    for (const double end : ends_m) {
        out += (out.empty() ? "" : ",") + number_flag(from) + "-" + number_flag(end);
        from = end;
    }
    return out.empty() ? out : out + "m";
}

std::vector<NearLine> near_lines(const std::vector<LineLayer>& layers) {
    std::vector<NearLine> out;
    for (const auto& layer : layers)
        if (!layer.kind.empty()) out.push_back({layer.file, layer.kind, layer.layer});
    return out;
}

NearLine parse_near_line(const std::string& flag, const std::string& text) {
    constexpr const char* kExpected = "coast=bo_bien.shp | song=song.gpkg;layer=rivers";
    constexpr std::string_view kLayer = ";layer=";
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) bad_near_value(flag, text, kExpected);
    const auto file = text.substr(equals + 1);
    const auto layer = file.find(kLayer);
    NearLine out{file.substr(0, layer), text.substr(0, equals), {}};
    if (layer != std::string::npos) out.layer = file.substr(layer + kLayer.size());
    if (out.file.empty()) bad_near_value(flag, text, kExpected);
    return out;
}

std::vector<OutlineWord> parse_outline(const std::string& flag, const std::string& text) {
    constexpr const char* kExpected = "coast=31681,-31531 | border=30328";
    const auto equals = text.find('=');
    const auto kind = text.substr(0, equals);
    if (equals == std::string::npos || !is_outline_kind(kind))
        bad_near_value(flag, text, kExpected);
    std::vector<OutlineWord> out;
    for (const auto& code : parts_of(text.substr(equals + 1), ',')) {
        const bool is = !code.starts_with('-');
        out.push_back({kind, is ? code : code.substr(1), is});
        if (out.back().code.empty()) bad_near_value(flag, text, kExpected);
    }
    return out;
}

void add_flags(std::vector<std::string>& flags, const std::vector<NearLine>& lines,
               const std::vector<OutlineWord>& outline) {
    for (const auto& line : lines)
        add_flag(flags, "--line",
                 line.kind + "=" + line.file.string() +
                     (line.layer.empty() ? "" : ";layer=" + line.layer));
    for (const auto& word : outline)
        add_flag(flags, "--outline", word.kind + (word.is ? "=" : "=-") + word.code);
}

std::vector<std::string> to_flags(const NearRequest& request) {
    const NearRequest plain;
    Flags flags{"near"};
    add_flags(flags, request.data);
    for (const auto& kind : request.kinds) add_flag(flags, "--to", kind);
    add_flags(flags, request.lines, request.outline);
    add_flag(flags, "--year", data::to_string(request.period));
    if (!request.rings_m.empty())
        add_flag(flags, "--rings", rings_flag(request.rings_m));
    else
        add_flag(flags, request.farther ? "--farther-than" : "--within",
                 distance_flag(request.within_m));
    if (request.nearest != plain.nearest)
        add_flag(flags, "--nearest", std::to_string(request.nearest));
    if (request.rule != plain.rule) add_flag(flags, "--rule", std::string(to_string(request.rule)));
    if (request.share != plain.share) add_flag(flags, "--share", number_flag(request.share));
    if (!request.people.file.empty()) add_flag(flags, "--people", to_text(request.people));
    add_flags(flags, request.layers);
    add_flags(flags, request.page, request.dpi);
    add_flags(flags, request.classification);
    add_flag(flags, "--out", request.out.string());
    add_flag(flags, "--map", request.map_out.string());
    return flags;
}

} // namespace diaban::app
