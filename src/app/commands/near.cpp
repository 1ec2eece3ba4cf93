#include "app/commands/near.hpp"

#include "app/commands/near_parts.hpp"
#include "app/map_files.hpp"
#include "app/statuses.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "files/lines.hpp"
#include "files/places.hpp"
#include "geo/face_shapes.hpp"
#include "geo/outline_parts.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using geo::Shape;

// How far a shoreline or border drawn by somebody else may lie from the outer border of the units.
// Public shorelines and commune borders of Viet Nam differ by up to about 2.5 km in the deltas.
constexpr double kOutlineReach_m = 3000;
constexpr double kAnyDistance = std::numeric_limits<double>::infinity();
constexpr double kMore = 1.1, kLess = 0.9; // conventions.md 5: sensitivity at a tenth either way

Shape shape_of_place(const data::Place& place) {
    if (place.line) return {Shape::Kind::Lines, place.rings};
    const bool area = place.rings.size() > 1 || (!place.rings.empty() && place.rings[0].size() > 2);
    if (!area) return {Shape::Kind::Points, {{place.at}}};
    return {Shape::Kind::Area, place.rings};
}

struct Targets {
    std::vector<NearTarget> names;
    std::vector<Shape> shapes;
    std::vector<NearOutline> outlines;
    void add(std::string kind, std::string name, Shape shape) {
        names.push_back({std::move(kind), std::move(name)});
        shapes.push_back(std::move(shape));
    }
};

// The lines of one kind, of all files that were given for it.
struct KindLines {
    std::string kind;
    geo::OutlineReference reference;
};

KindLines& lines_of(std::vector<KindLines>& all, const std::string& kind) {
    for (auto& one : all)
        if (one.kind == kind) return one;
    all.push_back({kind, {}});
    return all.back();
}

// What people said of single units, beside the lines of that kind.
void add_words(std::vector<KindLines>& all, const NearRequest& request,
               const data::UnitTable& units) {
    for (const auto& word : request.outline) {
        const auto at = std::find(units.code.begin(), units.code.end(), word.code);
        if (at == units.code.end())
            throw Error(ErrorKind::Usage, "error.near.no_unit", {{"code", word.code}});
        auto& reference = lines_of(all, word.kind).reference;
        (word.is ? reference.always : reference.never)
            .push_back(static_cast<geo::FaceId>(at - units.code.begin()));
    }
    // What is not on a shore that nobody has drawn says nothing.
    std::erase_if(all, [](const KindLines& one) {
        return one.reference.lines.empty() && one.reference.always.empty();
    });
}

bool asks_for(const NearRequest& request, const std::string& kind) {
    return request.kinds.empty() ||
           std::find(request.kinds.begin(), request.kinds.end(), kind) != request.kinds.end();
}

// Tells coast and border apart on the outer border of the units. One that was asked for must be
// there.
void add_outlines(Targets& out, const std::vector<KindLines>& all, const NearRequest& request,
                  const Dataset& dataset, const Language& language, base::JobContext& ctx) {
    const auto& coverage = *dataset.vintage->coverage;
    std::vector<geo::OutlineReference> references;
    for (const auto& one : all) {
        references.push_back(one.reference);
        references.back().shore = one.kind == "coast";
    }
    if (references.empty()) return;
    ctx.stage("stage.outline");
    const analysis::Ground ground(coverage.crs(), coverage.box());
    auto parts = geo::outline_parts(coverage, references, ground.most_plane(kOutlineReach_m), ctx);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto name = place_kind_text(all[i].kind, language);
        if (parts[i].lines.empty() && !asks_for(request, all[i].kind)) continue;
        if (parts[i].lines.empty())
            throw Error(ErrorKind::Data, "error.near.no_outline",
                        {{"kind", base::lower(name)},
                         {"reach", static_cast<std::int64_t>(kOutlineReach_m / 1000)}});
        for (const auto face : references[i].always)
            if (!std::binary_search(parts[i].faces.begin(), parts[i].faces.end(), face))
                throw Error(ErrorKind::Data, "error.near.no_outer_border",
                            {{"code", dataset.vintage->units.code[face]}});
        out.outlines.push_back({all[i].kind, {parts[i].faces.begin(), parts[i].faces.end()}});
        out.add(all[i].kind, name, {Shape::Kind::Lines, std::move(parts[i].lines)});
    }
}

[[noreturn]] void no_outline_given(const std::string& kind) {
    throw Error(ErrorKind::Usage, "error.near.no_outline_given", {{"kind", kind}});
}

void add_lines(Targets& out, const NearRequest& request, const Dataset& dataset,
               const Language& language, base::Findings& findings, base::JobContext& ctx) {
    const auto& coverage = *dataset.vintage->coverage;
    std::vector<KindLines> plain, outer;
    for (const auto& asked : request.lines) {
        auto read = files::read_lines(asked.file, asked.layer, coverage.crs(), ctx);
        findings.insert(findings.end(), read.findings.begin(), read.findings.end());
        auto& lines =
            lines_of(is_outline_kind(asked.kind) ? outer : plain, asked.kind).reference.lines;
        for (auto& line : read.lines) lines.push_back(std::move(line));
    }
    add_words(outer, request, dataset.vintage->units);
    // Shorelines go up rivers that are a border: there, it is the border.
    std::stable_partition(outer.begin(), outer.end(),
                          [](const KindLines& one) { return one.kind == "border"; });
    add_outlines(out, outer, request, dataset, language, ctx);
    for (auto& one : plain)
        out.add(one.kind, place_kind_text(one.kind, language),
                {Shape::Kind::Lines, std::move(one.reference.lines)});
}

// What can be near, of the kinds asked for; nothing where no such place exists in the period.
Targets find_targets(const NearRequest& request, const Dataset& dataset, const Language& language,
                     base::Findings& findings, base::JobContext& ctx) {
    const auto known = near_kinds(request, dataset);
    // Files that hold no place are data; that no file was given is not.
    const bool given = !dataset.request.places.empty() || !request.lines.empty();
    const auto no_places = [&] {
        return Error(given ? ErrorKind::Data : ErrorKind::Usage, "error.near.no_places");
    };
    for (const auto& kind : request.kinds) {
        if (std::find(known.begin(), known.end(), kind) != known.end()) continue;
        if (is_outline_kind(kind)) no_outline_given(kind);
        if (known.empty()) throw no_places();
        throw Error(ErrorKind::Usage, "error.near.no_kind",
                    {{"kind", kind}, {"known", base::joined(known)}});
    }
    Targets all;
    bool others = false; // of another time
    const auto period = places_period(request.period, dataset);
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places)
            if (data::exists_in(place, period))
                all.add(place.kind, place.name, shape_of_place(place));
            else
                others = true;
    add_lines(all, request, dataset, language, findings, ctx);
    if (all.names.empty() && !others) throw no_places();
    Targets out;
    out.outlines = std::move(all.outlines);
    for (std::size_t i = 0; i < all.names.size(); ++i)
        if (asks_for(request, all.names[i].kind))
            out.add(all.names[i].kind, all.names[i].name, std::move(all.shapes[i]));
    return out;
}

void check_near(const NearRequest& request) {
    const auto bad = [](const char* key) { throw Error(ErrorKind::Usage, key); };
    const bool shares = by_share(request.rule);
    if (!(request.within_m >= 0) || !std::isfinite(request.within_m)) bad("error.near.distance");
    if (request.within_m == 0 && (request.farther || shares)) bad("error.near.distance_zero");
    const auto& rings = request.rings_m;
    if (!rings.empty() &&
        (std::adjacent_find(rings.begin(), rings.end(), std::greater_equal<>()) != rings.end() ||
         rings.front() <= 0 || rings.back() != request.within_m))
        bad("error.near.rings");
    if (!rings.empty() && request.farther) bad("error.near.rings_farther");
    if (shares && request.farther) bad("error.near.share_farther");
    if (!(request.share > 0 && request.share <= 1)) bad("error.near.share");
    if (request.rule == NearRule::PopulationShare && request.people.file.empty())
        bad("error.near.people_missing");
}

// One point inside each unit.
std::vector<geo::Point> points_inside(const geo::Coverage& coverage) {
    std::vector<geo::Point> out;
    for (const auto& face : coverage.faces())
        out.push_back(face.ring_count == 0 ? geo::Point{base::kNaN, base::kNaN}
                                           : geo::label_of(geo::source_of(coverage), face));
    return out;
}

analysis::People read_people(const NearRequest& request, const geo::Crs& crs,
                             base::Findings& findings, base::JobContext& ctx) {
    auto read = files::read_places(request.people, crs, ctx);
    findings.insert(findings.end(), read.findings.begin(), read.findings.end());
    analysis::People out;
    for (std::size_t i = 0; i < read.people.size(); ++i) {
        out.at.push_back(read.layer.places[i].at);
        out.count.push_back(read.people[i]);
    }
    if (std::none_of(out.count.begin(), out.count.end(), [](double n) { return n > 0; }))
        throw Error(ErrorKind::Data, "error.near.people_none",
                    {{"file", request.people.file.filename().string()}});
    return out;
}

// The shares of units within a distance, and whether one of them tells of few people.
struct Shares {
    std::vector<double> share; // NaN where nobody is known to live
    std::vector<bool> few;     // empty of the rule by area
};

class ShareFinder {
public:
    ShareFinder(const NearRequest& request, const Dataset& dataset, base::Findings& findings,
                base::JobContext& ctx)
        : request_(request), dataset_(dataset), ctx_(ctx) {
        if (request.rule == NearRule::PopulationShare)
            people_ = read_people(request, dataset.vintage->coverage->crs(), findings, ctx);
    }

    Shares at(double metres, const geo::ShapeIndex& places,
              const analysis::NearPlaces& near) const {
        const auto& coverage = dataset_.vintage->coverage;
        if (request_.rule == NearRule::AreaShare)
            return {analysis::area_shares(*coverage, places, near, metres, ctx_), {}};
        const auto people = analysis::people_near(coverage, people_, places, metres, ctx_);
        Shares out;
        for (std::size_t i = 0; i < people.all.size(); ++i) {
            const double all = people.all[i], part = people.near[i];
            out.share.push_back(all > 0 ? part / all : base::kNaN);
            // Whoever knows how many live there could count them.
            out.few.push_back(too_few(part) || too_few(all - part));
        }
        return out;
    }

private:
    const NearRequest& request_;
    const Dataset& dataset_;
    base::JobContext& ctx_;
    analysis::People people_;
};

analysis::NearPlaces measure(const NearRequest& request, const Dataset& dataset,
                             const geo::ShapeIndex& places, base::JobContext& ctx) {
    const auto& coverage = dataset.vintage->coverage;
    analysis::ProximitySpec spec{.within_m =
                                     request.farther ? kAnyDistance : request.within_m * kMore,
                                 .nearest = std::max<std::size_t>(request.nearest, 1)};
    if (request.rule == NearRule::AreaShare) spec.nearest = 0; // all of them take their share
    if (request.rule == NearRule::Centroid)
        return analysis::proximity(points_inside(*coverage), coverage->crs(), places, spec, ctx);
    return analysis::proximity(geo::FaceRuns(coverage), places, spec, ctx);
}

void describe_units(NearReport& report, const Dataset& dataset) {
    const auto& units = dataset.vintage->units;
    report.codes = units.code;
    report.names = units.name;
    for (std::size_t i = 0; i < units.size(); ++i) {
        report.districts.push_back(district_name(dataset, i));
        report.measured += dataset.vintage->coverage->faces()[i].ring_count > 0;
    }
}

// Which units are in, at the distance asked for and a tenth either way, each with its places.
void choose_near(NearReport& report, const Dataset& dataset, analysis::NearPlaces near,
                 const ShareFinder& finder, base::JobContext& ctx) {
    const auto& request = report.request;
    const auto faces = dataset.vintage->coverage->faces();
    const bool shares = by_share(request.rule);
    const auto at = [&](double factor) {
        ctx.check();
        return shares ? finder.at(request.within_m * factor, *report.shapes, near) : Shares{};
    };
    const Shares now = at(1), more = at(kMore), less = at(kLess);
    const auto in = [&](std::size_t unit, double factor, const Shares& found) {
        if (faces[unit].ring_count == 0) return false;
        if (shares) return found.share[unit] >= request.share;
        const bool reached =
            !near[unit].empty() && near[unit].front().distance_m <= request.within_m * factor;
        return reached != request.farther;
    };
    const auto ends = near_ring_ends(request);
    const bool open = request.classification == Classification::Public;
    for (std::size_t i = 0; i < near.size(); ++i) {
        const bool chosen = in(i, 1, now);
        if (in(i, kMore, more) != chosen) report.at_more.push_back(i);
        if (in(i, kLess, less) != chosen) report.at_less.push_back(i);
        if (shares && faces[i].ring_count > 0 && !(now.share[i] >= 0)) ++report.nobody;
        if (!chosen) continue;
        NearUnit unit{.unit = i, .places = std::move(near[i])};
        // Those of the tenth beyond were looked at for the sensitivity only.
        if (!request.farther)
            std::erase_if(unit.places, [&](const analysis::NearPlace& place) {
                return place.distance_m > request.within_m;
            });
        if (shares) {
            if (open && !now.few.empty() && now.few[i])
                report.masked.push_back(
                    {report.codes[i], std::string(to_string(request.rule)), {}, false, i});
            else
                unit.share = now.share[i];
        }
        if (!unit.places.empty()) {
            const auto end =
                std::lower_bound(ends.begin(), ends.end(), unit.places.front().distance_m);
            unit.ring = std::min(static_cast<std::size_t>(end - ends.begin()), ends.size() - 1);
        }
        if (unit.places.size() > std::max<std::size_t>(request.nearest, 1))
            unit.places.resize(std::max<std::size_t>(request.nearest, 1));
        report.units.push_back(std::move(unit));
    }
    const auto distance = [](const NearUnit& unit) {
        return unit.places.empty() ? kAnyDistance : unit.places.front().distance_m;
    };
    std::stable_sort(
        report.units.begin(), report.units.end(), [&](const NearUnit& a, const NearUnit& b) {
            return request.farther ? distance(a) > distance(b) : distance(a) < distance(b);
        });
}

} // namespace

std::string_view to_string(NearRule rule) {
    constexpr std::string_view kWords[] = {"edge", "centroid", "area-share", "population-share"};
    return kWords[static_cast<std::size_t>(rule)];
}

std::optional<NearRule> parse_near_rule(std::string_view word) {
    for (const auto rule :
         {NearRule::Edge, NearRule::Centroid, NearRule::AreaShare, NearRule::PopulationShare})
        if (word == to_string(rule)) return rule;
    return std::nullopt;
}

bool is_outline_kind(std::string_view kind) {
    return kind == "coast" || kind == "border";
}

std::vector<OutlineWord> outline_here(std::vector<OutlineWord> words,
                                      const data::UnitTable& units) {
    std::erase_if(words, [&](const OutlineWord& word) {
        return std::find(units.code.begin(), units.code.end(), word.code) == units.code.end();
    });
    return words;
}

bool dated_places(const Dataset& dataset) {
    const auto dated = [](const data::Place& place) {
        return place.from != data::Date{} || place.until != data::Date{};
    };
    return std::any_of(dataset.places.begin(), dataset.places.end(), [&](const auto& layer) {
        return std::any_of(layer.places.begin(), layer.places.end(), dated);
    });
}

data::Period places_period(data::Period asked, const Dataset& dataset) {
    if (!dated_places(dataset)) return {};
    if (asked.year != 0 || !dataset.cube || dataset.cube->periods.empty()) return asked;
    return dataset.cube->periods.back();
}

std::vector<std::string> near_kinds(const NearRequest& request, const Dataset& dataset) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& kind) {
        if (std::find(out.begin(), out.end(), kind) == out.end()) out.push_back(kind);
    };
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places) add(place.kind);
    for (const auto& lines : request.lines) add(lines.kind);
    for (const auto& word : request.outline)
        if (word.is) add(word.kind);
    return out;
}

std::vector<double> near_distances(NearRequest request, const Dataset& dataset,
                                   const Language& language, base::JobContext& ctx) {
    base::Findings findings;
    auto targets = find_targets(request, dataset, language, findings, ctx);
    ctx.stage("stage.near");
    const geo::ShapeIndex places(std::move(targets.shapes));
    request.rule = NearRule::Edge;
    request.farther = true; // however far it is
    request.nearest = 1;
    // Far from everything, where nothing of the kind exists yet.
    const auto near = places.size() == 0 ? analysis::NearPlaces(dataset.vintage->units.size())
                                         : measure(request, dataset, places, ctx);
    std::vector<double> out;
    for (std::size_t i = 0; i < near.size(); ++i)
        out.push_back(dataset.vintage->coverage->faces()[i].ring_count == 0 ? base::kNaN
                      : near[i].empty()                                     ? kAnyDistance
                                        : near[i].front().distance_m);
    return out;
}

OutlineFlags outline_flags(NearRequest request, const Dataset& dataset, const Language& language,
                           base::JobContext& ctx) {
    std::erase_if(request.lines, [](const NearLine& line) { return !is_outline_kind(line.kind); });
    const auto needed = request.kinds;
    // All kinds are looked for; a list without any would mean that each must be there.
    request.kinds.emplace_back();
    Targets targets;
    base::Findings findings;
    add_lines(targets, request, dataset, language, findings, ctx);
    const auto faces = dataset.vintage->coverage->faces();
    OutlineFlags out;
    for (const auto& outline : targets.outlines) {
        auto& flags = out[outline.kind];
        for (const auto& face : faces)
            flags.push_back(face.ring_count == 0 ? data::Flag::Unknown : data::Flag::No);
        for (const auto unit : outline.units) flags[unit] = data::Flag::Yes;
    }
    for (const auto& kind : needed)
        if (!out.contains(kind)) no_outline_given(kind);
    return out;
}

NearReport run(const NearRequest& request, const Dataset& dataset, const Language& language,
               base::JobContext& ctx) {
    check_near(request);
    check_output(dataset.request, request.out);
    check_map_file(request.map_out, request.page);
    NearReport report;
    report.request = request;
    report.findings = place_assumptions(dataset);
    report.period = places_period(request.period, dataset);
    auto targets = find_targets(request, dataset, language, report.findings, ctx);
    if (targets.names.empty())
        throw Error(ErrorKind::Data, "error.near.none_then",
                    {{"period", data::to_string(report.period)}});
    report.targets = std::move(targets.names);
    report.outlines = std::move(targets.outlines);
    describe_units(report, dataset);
    const ShareFinder finder(request, dataset, report.findings, ctx);
    ctx.stage("stage.near");
    report.shapes = std::make_shared<const geo::ShapeIndex>(std::move(targets.shapes));
    choose_near(report, dataset, measure(request, dataset, *report.shapes, ctx), finder, ctx);
    report.sentence = language.text(request.farther          ? "near.said_farther"
                                    : by_share(request.rule) ? "near.said_share"
                                    : request.within_m == 0  ? "near.said_touching"
                                                             : "near.said",
                                    {{"count", static_cast<std::int64_t>(report.units.size())},
                                     {"all", static_cast<std::int64_t>(report.measured)},
                                     {"km", near_km(request.within_m, language)},
                                     {"share", std::int64_t{std::lround(request.share * 100)}},
                                     {"places", near_places_text(report, language)}});
    report.map = near_map(report, dataset, language);
    return report;
}

} // namespace diaban::app
