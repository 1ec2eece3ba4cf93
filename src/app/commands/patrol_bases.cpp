// Who may be a base of a plan, and bases that are places: found, named, and written as points.
#include "app/commands/json.hpp"
#include "app/commands/patrol_parts.hpp"
#include "app/commands/query.hpp"
#include "app/named_query.hpp"
#include "app/named_units.hpp"
#include "app/query_ground.hpp"
#include "app/selection.hpp"
#include "base/text.hpp"
#include "data/query.hpp"
#include "files/layer_writer.hpp"
#include "geo/face_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

// A port in the sea lies beside the communes; what is farther off than this is of another area.
constexpr double kBesideMap = 0.1; // of the longer side of all communes

std::vector<std::string> candidate_parts(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        if (const auto part = base::trim(text.substr(from, end - from)); !part.empty())
            out.emplace_back(part);
        from = end + 1;
    }
    return out;
}

bool all_are_codes(const std::vector<std::string>& parts, const data::UnitTable& units) {
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
        return std::find(units.code.begin(), units.code.end(), part) != units.code.end();
    });
}

// What the query or set of this name answers with; nothing if neither is kept.
std::optional<std::vector<data::UnitCode>>
kept_candidates(const std::string& name, const data::UnitTable& units, const QuerySources& sources,
                const std::vector<NamedQuery>& queries, const MeetingCodes& meeting) {
    for (const auto& query : queries)
        if (query.name == name) return meeting(query.text);
    for (const auto& set : sources.sets)
        if (set.name == name) return named_set("", faces_of_set(set, units), units).codes;
    return std::nullopt;
}

bool reads_as_query(const std::string& text) try {
    data::parse_query(text);
    return true;
} catch (const Error&) {
    return false;
}

// A word without any sign of a condition was meant as a name, of a kept query, a set or a commune.
std::vector<data::UnitCode> named_candidates(const std::string& text, const data::UnitTable& units,
                                             const QuerySources& sources,
                                             const std::vector<NamedQuery>& queries) {
    try {
        return named_codes("--candidates", candidate_parts(text), units);
    } catch (const Error& error) {
        if (error.message.key != "error.select.unknown_name") throw;
    }
    std::vector<std::string> known;
    for (const auto& query : queries) known.push_back(query.name);
    for (const auto& set : sources.sets) known.push_back(set.name);
    throw Error(ErrorKind::Usage, "error.patrol.candidates_name",
                {{"name", text}, {"known", known.empty() ? "–" : base::joined(known)}});
}

} // namespace

std::string codes_for_candidates(const std::string& text, const data::UnitTable& units,
                                 const QuerySources& sources,
                                 const std::vector<NamedQuery>& queries,
                                 const MeetingCodes& meeting) {
    const auto parts = candidate_parts(text);
    if (all_are_codes(parts, units)) return base::joined(parts, ",");
    auto codes = kept_candidates(text, units, sources, queries, meeting);
    if (!codes && !reads_as_query(text) && text.find_first_of("=<>()") == std::string::npos)
        codes = named_candidates(text, units, sources, queries);
    if (!codes) codes = meeting(text);
    if (codes->empty())
        throw Error(ErrorKind::Usage, "error.patrol.candidates_nobody", {{"query", text}});
    return base::joined(*codes, ",");
}

std::vector<std::string> candidate_codes(const std::string& candidates,
                                         const data::UnitTable& units) {
    return named_codes("--candidates", candidate_parts(candidates), units);
}

std::string suited_candidates(const std::string& candidates, const data::UnitTable& units) {
    auto codes = candidate_parts(candidates);
    std::erase_if(codes, [&](const std::string& code) { return !all_are_codes({code}, units); });
    return base::joined(codes, ",");
}

std::vector<PatrolPlace> places_for_bases(const std::vector<std::string>& kinds,
                                          data::Period period, const Dataset& dataset,
                                          std::size_t& outside) {
    const auto known = near_kinds({}, dataset);
    if (known.empty())
        throw Error(dataset.request.places.empty() ? ErrorKind::Usage : ErrorKind::Data,
                    "error.near.no_places");
    for (const auto& kind : kinds)
        if (std::find(known.begin(), known.end(), kind) == known.end())
            throw Error(ErrorKind::Usage, "error.near.no_kind",
                        {{"kind", kind}, {"known", base::joined(known)}});
    const auto& map = dataset.vintage->coverage->box();
    const auto around = map.grown(kBesideMap * std::max(map.width(), map.height()));
    const auto when = places_period(period, dataset);
    std::map<std::string, std::size_t> named; // all places are counted, so that a name stays
    std::vector<PatrolPlace> out;
    std::size_t there = 0;
    outside = 0;
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places) {
            auto name = !place.name.empty()   ? place.name
                        : !place.code.empty() ? place.code
                                              : place.kind;
            if (const auto nth = ++named[name]; nth > 1) name += " (" + std::to_string(nth) + ")";
            if (std::find(kinds.begin(), kinds.end(), place.kind) == kinds.end() ||
                !data::exists_in(place, when))
                continue;
            ++there;
            if (std::isfinite(place.at.x) && std::isfinite(place.at.y) && around.contains(place.at))
                out.push_back({place.kind, place.code, std::move(name), place.at});
            else
                ++outside;
        }
    if (there == 0)
        throw Error(ErrorKind::Data, "error.near.none_then", {{"period", data::to_string(when)}});
    if (out.empty())
        throw Error(ErrorKind::Data, "error.patrol.candidates_outside",
                    {{"count", as_count(outside)}});
    return out;
}

std::string base_called(const PatrolReport& r, std::size_t group) {
    const auto& one = r.groups[group];
    return one.unit ? unit_name(r, *one.unit) : one.place ? one.place->name : std::string();
}

bool has_places(const PatrolReport& r) {
    return std::any_of(r.groups.begin(), r.groups.end(),
                       [](const PatrolGroup& group) { return group.place.has_value(); });
}

geo::Point point_of_base(const PatrolGroup& group, const Dataset& dataset) {
    if (group.place) return group.place->at;
    const auto& coverage = *dataset.vintage->coverage;
    return geo::label_of(geo::source_of(coverage), coverage.faces()[*group.unit]);
}

double written_degrees(double degrees) {
    constexpr double kSteps = 1e6;
    return std::round(degrees * kSteps) / kSteps;
}

std::optional<geo::Point> lon_lat_of_base(const PatrolGroup& group, const Dataset& dataset) {
    const auto& crs = dataset.vintage->coverage->crs();
    if (!crs.known()) return std::nullopt;
    auto at = point_of_base(group, dataset);
    geo::transform(std::span(&at, 1), crs, geo::Crs::wgs84());
    return at;
}

files::Sheet bases_sheet(const PatrolReport& r, const Dataset& dataset, const Language& language) {
    const bool degrees = dataset.vintage->coverage->crs().known();
    files::Sheet sheet{.name = language.text("patrol.bases"),
                       .header = {language.text("patrol.column.cover"),
                                  language.text("near.column.kind"), language.text("column.code")},
                       .rows = {}};
    if (degrees)
        for (const char* id : {"column.lon", "column.lat"})
            sheet.header.push_back(language.text(id));
    sheet.header.push_back(language.text("patrol.column.communes"));
    for (std::size_t g = 0; g < r.groups.size(); ++g) {
        const auto& group = r.groups[g];
        std::vector<files::SheetCell> cells{base_called(r, g),
                                            group.place
                                                ? place_kind_text(group.place->kind, language)
                                                : language.text("patrol.order.commune"),
                                            group.place ? group.place->code : r.codes[*group.unit]};
        if (const auto& at = group.lon_lat) {
            cells.emplace_back(written_degrees(at->x));
            cells.emplace_back(written_degrees(at->y));
        }
        cells.emplace_back(static_cast<double>(group.communes));
        sheet.rows.push_back(std::move(cells));
    }
    return sheet;
}

std::filesystem::path write_base_layer(const PatrolReport& r, const Dataset& dataset) {
    auto file = r.request.out;
    file.replace_filename(file.stem().string() + "_bases" + file.extension().string());
    std::vector<data::Place> bases;
    for (std::size_t g = 0; g < r.groups.size(); ++g) {
        const auto& group = r.groups[g];
        const auto at = point_of_base(group, dataset);
        data::Place base{.kind = group.place ? group.place->kind : "commune",
                         .name = base_called(r, g),
                         .code = group.place ? group.place->code : r.codes[*group.unit],
                         .rings = {{at}},
                         .at = at,
                         .from = {},
                         .until = {}};
        base.attributes = {{"group", std::to_string(g + 1), true},
                           {"communes", std::to_string(group.communes), true}};
        bases.push_back(std::move(base));
    }
    files::write_places(file, bases, dataset.vintage->coverage->crs());
    return file;
}

} // namespace diaban::app
