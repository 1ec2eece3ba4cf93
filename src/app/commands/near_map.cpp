// What `near` shows: its map, the ground within the distance as lines, and the words for both.
#include "app/commands/near_parts.hpp"
#include "app/ground_ring.hpp"
#include "app/hotspot_style.hpp"
#include "base/text.hpp"
#include "geo/buffers.hpp"
#include "geo/thin_line.hpp"
#include "map/palette.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

constexpr std::size_t kMostBuffers = 4000;  // places; beyond, their rings are a blur
constexpr int kBufferSteps = 16;            // corners to a quarter of a circle, for drawing
constexpr double kBufferDetail = 0.01;      // of the distance: how far a drawn ring may be off
constexpr std::size_t kBufferPoints = 8000; // of one line; a country's coast is drawn more coarsely
constexpr map::Colour kBufferInk{0x0B, 0x63, 0xCE};
constexpr double kBufferWidth = 1.2; // px at 96 dpi

// A long line with the points that a ring at this distance needs, and no more than can be drawn
// around in a second or two.
geo::Shape thinned(const geo::Shape& shape, double distance) {
    if (shape.kind != geo::Shape::Kind::Lines) return shape;
    for (double tolerance = distance * kBufferDetail;; tolerance *= 2) {
        geo::Shape out{shape.kind, {}};
        std::size_t points = 0;
        for (const auto& line : shape.parts) {
            out.parts.emplace_back();
            geo::thin_line(line, tolerance, out.parts.back());
            points += out.parts.back().size();
        }
        if (points <= kBufferPoints || points <= 3 * shape.parts.size() || tolerance > distance / 4)
            return out;
    }
}

geo::Point middle_of(const geo::Shape& shape) {
    geo::Box box;
    for (const auto& part : shape.parts)
        for (const auto& p : part) box.add(p);
    return box.centre();
}

std::shared_ptr<const map::LineSet> closed_lines(const std::vector<geo::Polygon>& ground) {
    auto set = std::make_shared<map::LineSet>();
    const auto add = [&](std::vector<geo::Point> ring) {
        if (ring.empty()) return;
        ring.push_back(ring.front());
        geo::Box box;
        for (const auto& p : ring) box.add(p);
        set->boxes.push_back(box);
        set->lines.push_back(std::move(ring));
    };
    for (const auto& polygon : ground) {
        add(polygon.outer);
        for (const auto& hole : polygon.holes) add(hole);
    }
    return set;
}

std::vector<ClassRow> near_rows(const NearRequest& request, const Language& language) {
    const auto ends = near_ring_ends(request);
    // Blues of ColorBrewer from near to far: no alarm red for where people live. The lightest two
    // are not used for rings: they are hard to tell from what lies beyond.
    const auto colours = map::palette_colours("Blues", std::max<std::size_t>(ends.size() + 2, 3));
    constexpr map::Hatch kRingHatches[] = {map::Hatch::Diagonal, map::Hatch::Dots,
                                           map::Hatch::None};
    const base::Args far{{"km", near_km(request.within_m, language)}};
    if (request.farther)
        return {
            {"far", language.text("near.farther", far), colours[2], map::Hatch::Diagonal, true},
            {"rest", language.text("near.within", far), colours[0], map::Hatch::None, true},
            {"no-data", language.text("near.no_shape"), map::kNoData, map::Hatch::FineDots, false}};
    std::vector<ClassRow> rows;
    for (std::size_t r = 0; r < ends.size(); ++r)
        rows.push_back({"ring-" + std::to_string(r + 1), near_ring_text(request, r, language),
                        colours[colours.size() - 1 - r],
                        kRingHatches[std::min<std::size_t>(r, std::size(kRingHatches) - 1)], true});
    const bool other = by_share(request.rule) || request.within_m == 0;
    rows.push_back({"rest", language.text(other ? "near.not" : "near.farther", far), colours[0],
                    map::Hatch::None, true});
    rows.push_back(
        {"no-data", language.text("near.no_shape"), map::kNoData, map::Hatch::FineDots, false});
    return rows;
}

} // namespace

std::vector<double> near_ring_ends(const NearRequest& request) {
    return request.rings_m.empty() ? std::vector<double>{request.within_m} : request.rings_m;
}

std::string near_ring_text(const NearRequest& request, std::size_t ring, const Language& language) {
    const auto ends = near_ring_ends(request);
    const auto from = ring > 0 ? near_km(ends[ring - 1], language) : std::string("0");
    const char* key = ring > 0                ? "near.ring"
                      : request.within_m == 0 ? "near.touching"
                                              : "near.within";
    return language.text(key, {{"from", from}, {"km", near_km(ends[ring], language)}});
}

std::string near_km(double metres, const Language& language) {
    const double km = metres / 1000;
    const int decimals = km == std::round(km) ? 0 : km * 10 == std::round(km * 10) ? 1 : 3;
    return language.number(km, decimals);
}

std::string near_places_text(const NearReport& report, const Language& language, bool counted) {
    std::vector<std::pair<std::string, std::size_t>> counts;
    for (const auto& target : report.targets) {
        const auto known = std::find_if(counts.begin(), counts.end(),
                                        [&](const auto& c) { return c.first == target.kind; });
        if (known == counts.end())
            counts.emplace_back(target.kind, 1);
        else
            ++known->second;
    }
    std::vector<std::string> words;
    for (const auto& [kind, count] : counts) {
        words.push_back(base::lower(place_kind_text(kind, language)));
        if (counted && count > 1) words.back() += " (" + language.count(count) + ")";
    }
    return base::joined(words);
}

StyledMap near_map(const NearReport& report, const Dataset& dataset, const Language& language) {
    const auto& request = report.request;
    StyledMap out;
    out.indicator = static_cast<std::size_t>(-1); // of none
    out.categorical = true;
    const auto faces = dataset.vintage->coverage->faces();
    std::vector<std::string> classes;
    for (const auto& face : faces) classes.push_back(face.ring_count > 0 ? "rest" : "no-data");
    for (const auto& unit : report.units)
        classes[unit.unit] = request.farther ? "far" : "ring-" + std::to_string(unit.ring + 1);
    out.style = class_style(near_rows(request, language), classes);
    map::count_drawn(out.style, faces);
    out.choice.period = report.period; // of the symbols
    const auto km = near_km(request.within_m, language);
    out.indicator_name = out.legend_title =
        language.text("near.legend", {{"km", km}, {"places", near_places_text(report, language)}});
    const base::Args args{{"km", km}, {"places", near_places_text(report, language, false)}};
    out.title = language.text(request.farther         ? "near.title_farther"
                              : request.within_m == 0 ? "near.title_touching"
                                                      : "near.title",
                              args);
    out.lines = {language.text("near.method." + std::string(to_string(request.rule)),
                               {{"share", std::int64_t{std::lround(request.share * 100)}}})};
    return out;
}

std::vector<map::Overlay> near_buffers(NearReport& report, const Dataset& dataset,
                                       const Language& language, base::JobContext& ctx) {
    if (report.request.within_m == 0) return {};
    if (report.targets.size() > kMostBuffers) {
        report.map.lines.push_back(language.text(
            "near.no_buffers", {{"count", static_cast<std::int64_t>(report.targets.size())}}));
        return {};
    }
    ctx.stage("stage.buffers");
    const auto& crs = dataset.vintage->coverage->crs();
    const auto ends = near_ring_ends(report.request);
    std::vector<map::Overlay> out;
    for (const double end : ends) {
        std::vector<geo::Shape> shapes;
        std::vector<double> distances;
        for (std::size_t i = 0; i < report.shapes->size(); ++i) {
            ctx.step(i, report.shapes->size());
            const auto& shape = report.shapes->shape(i);
            if (shape.parts.empty()) continue;
            shapes.push_back(thinned(shape, end));
            distances.push_back(end * map_scale(crs, middle_of(shape)));
        }
        ctx.check();
        out.push_back({language.text("near.buffer", {{"km", near_km(end, language)}}), kBufferInk,
                       kBufferWidth,
                       closed_lines(geo::ground_within(shapes, distances, kBufferSteps))});
    }
    return out;
}

} // namespace diaban::app
