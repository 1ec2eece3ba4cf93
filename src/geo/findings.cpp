#include "geo/findings.hpp"

#include "geo/face_shapes.hpp"

#include "geo/identity.hpp"

#include <map>

namespace diaban::geo {
namespace {

using base::Finding;
using base::Severity;

// Overlaps and gaps below this are slivers: told as one finding with their number and sum.
constexpr double kSliverM2 = 1;

class Writer {
public:
    Writer(const CoverageSpec& spec, const Coverage::Parts& parts, std::span<const Point> position)
        : spec_(spec), parts_(parts), position_(position) {}

    Finding& add(Severity severity, std::string key, FaceId face) {
        Finding& f = findings_.emplace_back();
        f.severity = severity, f.key = std::move(key), f.unit = code(face);
        places_.push_back({kNoPlace, kNoPlace});
        if (face != kOutside) {
            f.args.emplace_back("unit", f.unit);
            if (face < parts_.faces.size() && parts_.faces[face].ring_count)
                places_.back() = label_of(source_of(parts_), parts_.faces[face]);
        }
        return f;
    }
    void at(Point map) { places_.back() = map; }
    void at_vertex(std::uint32_t id) {
        if (id < position_.size()) places_.back() = position_[id];
    }
    static void amount(Finding& f, double value, const char* unit) {
        f.amount = value, f.amount_unit = unit;
        f.args.emplace_back("amount", value);
    }
    static void count(Finding& f, std::size_t n) {
        f.args.emplace_back("count", static_cast<std::int64_t>(n));
    }
    std::string code(FaceId face) const {
        if (face == kOutside) return {};
        return face < spec_.unit_codes.size() ? spec_.unit_codes[face] : std::to_string(face + 1);
    }

    base::Findings finish() {
        std::vector<Point> known;
        for (Point p : places_)
            if (p.x < kNoPlace) known.push_back(p);
        if (!known.empty() && spec_.map.known()) transform(known, spec_.map, Crs::wgs84());
        auto next = known.begin();
        for (std::size_t i = 0; i < findings_.size(); ++i)
            if (places_[i].x < kNoPlace) {
                if (next->x == next->x) findings_[i].at = {next->x, next->y};
                ++next;
            }
        return std::move(findings_);
    }

private:
    static constexpr double kNoPlace = std::numeric_limits<double>::infinity();
    const CoverageSpec& spec_;
    const Coverage::Parts& parts_;
    std::span<const Point> position_;
    base::Findings findings_;
    std::vector<Point> places_; // map CRS, one per finding
};

void write_units(const BuildNotes& notes, const PolygonSoup& soup, const Coverage::Parts& parts,
                 Writer& out) {
    for (FaceId f = 0; f < soup.faces(); ++f) {
        // The reader told about those that came without shape.
        const bool null = soup.face_first_ring[f] == soup.face_first_ring[f + 1];
        if (notes.bad_coordinates[f])
            Writer::count(out.add(Severity::Problem, "bad_coordinate", f),
                          notes.bad_coordinates[f]);
        if (!null && parts.faces[f].ring_count == 0) out.add(Severity::Problem, "no_area", f);
    }
}

void write_rings(const BuildNotes& notes, Writer& out) {
    // Several rings of a unit may have the same defect: one finding with their number.
    std::map<std::pair<FaceId, int>, RingDefect> sums;
    for (const RingDefect& d : notes.rings) {
        const auto [it, fresh] = sums.try_emplace({d.face, d.kind}, d);
        if (fresh) continue;
        it->second.count += d.count;
        it->second.amount += d.amount;
    }
    constexpr const char* kKeys[] = {"zero_area", "spike", "self_touch", "repeated_ring"};
    for (const auto& [key, d] : sums) {
        Finding& f = out.add(d.kind == RingDefect::SelfTouch ? Severity::Info : Severity::Warning,
                             kKeys[d.kind], d.face);
        Writer::count(f, d.count);
        if (d.kind == RingDefect::RepeatedRing) Writer::amount(f, d.amount, "m2");
        out.at_vertex(d.vertex);
    }
    for (FaceId face : notes.inner_border) out.add(Severity::Info, "inner_border", face);
}

void write_places(const std::vector<Insertions::Place>& places, const char* key, Severity severity,
                  Writer& out) {
    struct Sum {
        std::size_t count = 0;
        double farthest = -1;
        std::uint32_t vertex = kNoVertex;
    };
    std::map<FaceId, Sum> sums;
    for (const auto& p : places) {
        Sum& s = sums[p.face];
        ++s.count;
        if (p.distance > s.farthest) s.farthest = p.distance, s.vertex = p.vertex;
    }
    for (const auto& [face, s] : sums) {
        Finding& f = out.add(severity, key, face);
        Writer::count(f, s.count);
        if (severity == Severity::Info) Writer::amount(f, s.farthest, "m");
        out.at_vertex(s.vertex);
    }
}

void write_ground(const GroundDefects& ground, bool measured, Writer& out,
                  const Coverage::Parts& parts) {
    std::size_t slivers = 0;
    double sum = 0;
    for (const Overlap& o : ground.overlaps) {
        if (o.area_m2 < kSliverM2) {
            ++slivers, sum += o.area_m2;
            continue;
        }
        const double smaller = std::min(parts.faces[o.a].area_m2, parts.faces[o.b].area_m2);
        const double larger = std::max(parts.faces[o.a].area_m2, parts.faces[o.b].area_m2);
        const bool same = o.area_m2 > (1 - 1e-6) * larger && smaller > (1 - 1e-6) * larger;
        Finding& f = out.add(Severity::Problem, same ? "repeated_unit" : "overlap", o.a);
        f.args.emplace_back("other", out.code(o.b));
        Writer::amount(f, o.area_m2, "m2");
        out.at(o.at);
    }
    if (slivers) {
        Finding& f = out.add(Severity::Info, "overlap_slivers", kOutside);
        Writer::count(f, slivers);
        Writer::amount(f, sum, "m2");
    }
    if (ground.unmeasured)
        Writer::count(out.add(Severity::Problem, measured ? "overlaps_more" : "overlaps_unmeasured",
                              kOutside),
                      ground.unmeasured);
    slivers = 0, sum = 0;
    for (const Gap& g : ground.gaps) {
        if (g.area_m2 < kSliverM2) {
            ++slivers, sum += g.area_m2;
            continue;
        }
        Writer::amount(out.add(Severity::Warning, "gap", g.beside), g.area_m2, "m2");
        out.at(g.at);
    }
    if (slivers) {
        Finding& f = out.add(Severity::Info, "gap_slivers", kOutside);
        Writer::count(f, slivers);
        Writer::amount(f, sum, "m2");
    }
}

} // namespace

void BuildNotes::add(const Insertions& made, double metres_per_unit) {
    for (auto place : made.t_junctions) {
        place.distance *= metres_per_unit;
        t_junctions.push_back(place);
    }
    self_crossings.insert(self_crossings.end(), made.self_crossings.begin(),
                          made.self_crossings.end());
}

base::Findings write_findings(const BuildNotes& notes, const PolygonSoup& soup,
                              const CoverageSpec& spec, const Coverage::Parts& parts,
                              std::span<const Point> position) {
    Writer out(spec, parts, position);
    write_units(notes, soup, parts, out);
    write_rings(notes, out);
    write_places(notes.self_crossings, "self_crossing", Severity::Warning, out);
    write_places(notes.t_junctions, "t_junction", Severity::Info, out);
    write_ground(notes.ground, spec.measure_overlaps, out, parts);
    if (notes.snapped) {
        Finding& f = out.add(Severity::Info, "snapped", kOutside);
        Writer::count(f, notes.snapped);
        Writer::amount(f, notes.snapped_farthest_m, "m");
        out.at_vertex(notes.snapped_vertex);
    }
    if (!notes.crossings_complete) out.add(Severity::Warning, "too_many_crossings", kOutside);
    return out.finish();
}

} // namespace diaban::geo
