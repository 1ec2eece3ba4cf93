#include "app/commands/where.hpp"

#include "app/cell_words.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/near.hpp"
#include "app/identify.hpp"
#include "app/table_view.hpp"
#include "app/view.hpp"
#include "geo/locate.hpp"

#include <cmath>

namespace diaban::app {
namespace {

geo::Crs crs_of(const std::string& flag) try {
    return flag.empty() ? geo::Crs::wgs84() : geo::Crs::parse(flag);
} catch (base::Error& error) {
    error.kind = base::ErrorKind::Usage; // nothing is wrong with the data
    throw;
}

// Without a coordinate system "outside every unit" would be a guess.
void need_crs(const Dataset& dataset) {
    if (dataset.vintage->coverage->crs().known()) return;
    std::string candidates;
    for (const auto& guess : dataset.crs_candidates)
        if (const auto code = guess.crs.epsg_code())
            candidates += (candidates.empty() ? "" : ", ") + guess.crs.name() +
                          " (EPSG:" + std::to_string(code) + ")";
    base::Args args{{"file", dataset.boundaries_name}};
    if (!candidates.empty()) args.push_back({"candidates", candidates});
    throw base::Error(base::ErrorKind::Data,
                      candidates.empty() ? "error.where.no_crs_at_all" : "error.where.no_crs",
                      std::move(args));
}

WhereValue value_at(const Dataset& dataset, std::size_t indicator, data::Period asked,
                    std::size_t unit, const Language& language) {
    const auto& cube = *dataset.cube;
    const auto& what = cube.indicators[indicator];
    const auto choice = resolve({.indicator = what.id, .period = asked}, dataset);
    const auto period = *cube.find(choice.period);
    WhereValue out{.indicator = what.id, .period = choice.period};
    out.name = indicator_name(what, language);
    if (choice.period.year != 0) out.name += ", " + data::to_string(choice.period);
    out.text = value_text(dataset, indicator, period, unit, language);
    out.state = cube.state(indicator, period, unit);
    if (!cube.slice(indicator, period).has(unit)) return out;
    const double value = cube.value(indicator, period, unit);
    if (what.kind != data::Kind::Category)
        out.value = value;
    else if (value >= 0 && value < static_cast<double>(what.categories.size()))
        out.category = what.categories[static_cast<std::size_t>(value)];
    return out;
}

// The shown layers with a line within reach, each with the nearest of its lines.
std::vector<WhereLine> lines_near(const WhereRequest& request, const geo::Coverage& coverage,
                                  geo::Point at, base::JobContext& ctx) {
    if (!(request.reach_m > 0)) return {}; // no file is read for nothing
    std::vector<LineLayer> shown;
    for (const auto& layer : request.lines)
        if (layer.shown) shown.push_back(layer);
    std::vector<std::shared_ptr<const map::LineSet>> sets;
    for (const auto& overlay : load_line_layers(shown, coverage, ctx).overlays)
        sets.push_back(overlay.set);
    std::vector<WhereLine> out;
    for (const auto& found : lines_at(sets, at, request.reach_m))
        out.push_back({shown[found.layer].kind, shown[found.layer].title(), found.distance_m});
    return out;
}

} // namespace

WhereReport run(const WhereRequest& request, std::shared_ptr<const Dataset> dataset,
                const Language& language, base::JobContext& ctx) {
    need_crs(*dataset);
    const auto& coverage = dataset->vintage->coverage;
    geo::Point point{request.x, request.y};
    const auto from = crs_of(request.point_crs);
    geo::transform(std::span(&point, 1), from, coverage->crs());
    if (!std::isfinite(point.x) || !std::isfinite(point.y))
        throw base::Error(base::ErrorKind::Usage, "error.where.bad_point",
                          {{"x", number_flag(request.x)}, {"y", number_flag(request.y)}});
    WhereReport report;
    const auto period = places_period(request.period, *dataset);
    for (const auto& found : places_at(dataset->places, {}, point, request.reach_m, period)) {
        const auto& place = dataset->places[found.layer].places[found.place];
        report.places.push_back({place.kind, place.name, found.distance_m, place.attributes,
                                 attribute_words(place.attributes, language)});
    }
    report.lines = lines_near(request, *coverage, point, ctx);
    const auto face = geo::Locator(coverage).face_at(point);
    if (!face) return report;
    if (request.classification == Classification::Public) dataset = mask(dataset, {}, ctx).dataset;
    report.unit = *face;
    const auto& units = dataset->vintage->units;
    report.code = units.code[*face];
    report.name = units.name[*face];
    if (const auto* g = units.group_of(data::Level::District, *face)) report.district = g->name;
    if (const auto* g = units.group_of(data::Level::Province, *face)) report.province = g->name;
    for (const auto& [kind, flags] : dataset->outline) report.outline.emplace(kind, flags[*face]);
    const auto& cube = *dataset->cube;
    if (!request.indicator.empty()) resolve({.indicator = request.indicator}, *dataset);
    for (std::size_t i = 0; i < cube.indicators.size(); ++i)
        if (request.indicator.empty() || cube.indicators[i].id == request.indicator)
            report.values.push_back(value_at(*dataset, i, request.period, *face, language));
    return report;
}

std::string to_json(const WhereReport& r, const Language&) {
    Json out{{"code", r.unit ? Json(r.code) : Json()}, {"name", r.unit ? Json(r.name) : Json()}};
    out["district"] = r.district;
    out["province"] = r.province;
    out["outline"] = Json::object();
    for (const auto& [kind, flag] : r.outline)
        out["outline"][kind] = flag == data::Flag::Unknown ? Json() : Json(flag == data::Flag::Yes);
    out["values"] = Json::array();
    for (const auto& v : r.values) {
        Json one{{"indicator", v.indicator},
                 {"period", data::to_string(v.period)},
                 {"state", state_word(v.state)}};
        one["value"] = v.value ? Json(*v.value) : v.category.empty() ? Json() : Json(v.category);
        out["values"].push_back(std::move(one));
    }
    out["places"] = Json::array();
    for (const auto& place : r.places) {
        Json attributes = Json::object();
        for (const auto& [name, value, number] : place.attributes)
            attributes[name] = number ? Json::parse(value) : Json(value);
        out["places"].push_back({{"kind", place.kind},
                                 {"name", place.name},
                                 {"distance_m", place.distance_m},
                                 {"attributes", std::move(attributes)}});
    }
    out["lines"] = Json::array();
    for (const auto& line : r.lines)
        out["lines"].push_back(
            {{"kind", line.kind}, {"name", line.name}, {"distance_m", line.distance_m}});
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const WhereReport& r, const Language& language) {
    std::string out;
    if (r.unit) {
        out = r.name + " (" + r.code + ")";
        if (!r.district.empty()) out += ", " + r.district;
        if (!r.province.empty()) out += ", " + r.province;
    } else {
        out = language.text("report.nowhere");
    }
    out += "\n";
    for (const auto& [kind, flag] : r.outline)
        out += "  " + language.text("outline." + kind) + ": " + outline_text(flag, language) + "\n";
    for (const auto& v : r.values) out += "  " + v.name + ": " + v.text + "\n";
    for (const auto& place : r.places) {
        out += "  " + place_kind_text(place.kind, language);
        if (!place.name.empty()) out += ": " + place.name;
        if (place.distance_m > 0) out += ", " + language.number(place.distance_m, 0) + " m";
        if (!place.words.empty()) out += " (" + place.words + ")";
        out += "\n";
    }
    for (const auto& line : r.lines)
        out += "  " + line_words(line.name, line.distance_m, language) + "\n";
    return out;
}

std::vector<std::string> to_flags(const WhereRequest& request) {
    Flags flags{"where"};
    add_flags(flags, request.data);
    if (!request.point_crs.empty()) flags.insert(flags.end(), {"--point-crs", request.point_crs});
    add_flags(flags, request.classification);
    add_flags(flags, MapChoice{.indicator = request.indicator, .period = request.period});
    if (request.reach_m > 0) add_flag(flags, "--reach", distance_flag(request.reach_m));
    add_flags(flags, request.lines);
    // "--" keeps a negative coordinate from looking like a flag.
    flags.insert(flags.end(), {"--", number_flag(request.x), number_flag(request.y)});
    return flags;
}

} // namespace diaban::app
