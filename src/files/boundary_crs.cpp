#include "files/boundary_crs.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace diaban::files {
namespace {

using base::Finding;
using base::Severity;
using geo::Box;
using geo::Crs;

Box swapped(const Box& b) {
    return {b.min_y, b.min_x, b.max_y, b.max_x};
}

void swap_axes(geo::PolygonSoup& soup) {
    for (auto& p : soup.points) std::swap(p.x, p.y);
}

bool inside(const Box& inner, const Box& outer) {
    return !inner.empty() && outer.contains({inner.min_x, inner.min_y}) &&
           outer.contains({inner.max_x, inner.max_y});
}

bool looks_like_degrees(const Box& b) {
    return b.min_x >= -180 && b.max_x <= 360 && b.min_y >= -90 && b.max_y <= 90;
}

// Corners and centre are enough to see on which continent a box lies.
Box lon_lat(const Box& box, const Crs& crs) {
    std::array<geo::Point, 5> points{{{box.min_x, box.min_y},
                                      {box.max_x, box.min_y},
                                      {box.max_x, box.max_y},
                                      {box.min_x, box.max_y},
                                      box.centre()}};
    geo::transform(points, crs, Crs::wgs84());
    Box out;
    for (const auto& p : points) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) return {};
        out.add(p);
    }
    return out;
}

// Coordinates that make sense in `crs` as they are, or only with the axes swapped?
enum class Fit { AsIs, Swapped, Neither };
Fit fit_of(const Box& box, const Crs& crs) {
    constexpr double kMargin = 1; // degrees; files may reach a little over the border
    const Box viet_nam = geo::kVietNam.grown(kMargin);
    if (crs.geographic() && looks_like_degrees(box)) {
        // Latitudes of Viet Nam (7..23) are fine longitudes elsewhere, so look both ways.
        const bool turned = !inside(box, viet_nam) && inside(swapped(box), viet_nam);
        return turned ? Fit::Swapped : Fit::AsIs;
    }
    if (crs.geographic()) return inside(swapped(box), viet_nam) ? Fit::Swapped : Fit::Neither;
    // Degrees of Viet Nam are no metres of any grid of its.
    if (inside(box, viet_nam) || inside(swapped(box), viet_nam)) return Fit::Neither;
    if (!inside(lon_lat(box, crs), viet_nam) && inside(lon_lat(swapped(box), crs), viet_nam))
        return Fit::Swapped;
    return Fit::AsIs;
}

// The only province of the units, as code or name; empty if there are several or none.
std::string only_province(const data::UnitTable& units) {
    const auto& provinces = units.groups[static_cast<std::size_t>(data::Level::Province)];
    if (provinces.size() != 1) return {};
    const auto& [code, name] = provinces.front();
    // A name is sure; a code may belong to another list with as many digits.
    if (geo::vn2000_zone(name)) return name;
    return geo::vn2000_zone(code) ? code : std::string();
}

Box expected_box(const data::UnitTable& units) {
    Box box;
    for (const auto& group : units.groups[static_cast<std::size_t>(data::Level::Province)]) {
        auto one = geo::province_box(group.name);
        if (!one) one = geo::province_box(group.code);
        if (!one) return geo::kVietNam;
        box.add(*one);
    }
    return box.empty() ? geo::kVietNam : box;
}

void adopt(const geo::CrsGuess& guess, RawUnits& out) {
    out.crs = guess.crs;
    if (guess.swapped) swap_axes(out.soup);
}

bool is_degree(const geo::Point& p) {
    return p.x >= -180 && p.x <= 360 && p.y >= -90 && p.y <= 90;
}

// A few vertices that are no place on Earth among many that are: those go, and each unit concerned
// is named. Nothing is done if they are more than a few, or more than half where the others lie in
// Viet Nam; then the CRS is wrong, not the vertices.
bool drop_stray_vertices(const std::string& file, RawUnits& out) {
    const auto& points = out.soup.points;
    const auto good =
        static_cast<std::size_t>(std::count_if(points.begin(), points.end(), is_degree));
    Box box;
    for (const auto& p : points)
        if (is_degree(p)) box.add(p);
    const std::size_t few = inside(box, geo::kVietNam) ? 2 : 10; // one in so many
    if ((points.size() - good) * few > points.size()) return false;
    geo::PolygonSoup kept;
    for (std::size_t face = 0; face < out.soup.faces(); ++face) {
        std::size_t stray = 0;
        for (auto r = out.soup.face_first_ring[face]; r < out.soup.face_first_ring[face + 1]; ++r) {
            const auto first = kept.points.size();
            for (const auto& p : out.soup.ring(r)) {
                if (is_degree(p))
                    kept.points.push_back(p);
                else
                    ++stray;
            }
            if (kept.points.size() - first < 3)
                kept.points.resize(first);
            else
                kept.end_ring();
        }
        kept.end_face();
        if (stray == 0) continue;
        auto note =
            base::finding(Severity::Problem, "bad_coordinates",
                          {{"file", file}, {"feature", static_cast<std::int64_t>(face + 1)}});
        note.unit = out.units.code[face];
        note.amount = static_cast<double>(stray);
        note.amount_unit = "vertices";
        out.findings.push_back(std::move(note));
    }
    out.soup = std::move(kept);
    return true;
}

// Names what a person may choose from. A system that fits with the axes as they are is not listed
// again with them swapped: the file is read that way only where it must be.
void ask(const StatedCrs& stated, RawUnits& out) {
    auto& all = out.crs_candidates;
    std::vector<geo::CrsGuess> as_is;
    std::copy_if(all.begin(), all.end(), std::back_inserter(as_is),
                 [](const auto& g) { return !g.swapped; });
    std::erase_if(all, [&](const auto& g) {
        return g.swapped && std::any_of(as_is.begin(), as_is.end(),
                                        [&](const auto& other) { return other.crs == g.crs; });
    });
    if (all.empty()) {
        out.findings.push_back(
            base::finding(Severity::Problem, "crs_unknown_none", {{"file", stated.file}}));
        return;
    }
    const auto codes = [&](bool swapped) {
        std::vector<std::string> names;
        for (const auto& g : all)
            if (g.swapped == swapped) names.push_back(fmt::format("EPSG:{}", g.crs.epsg_code()));
        return fmt::format("{}", fmt::join(names, ", "));
    };
    if (const auto names = codes(false); !names.empty())
        out.findings.push_back(base::finding(Severity::Problem, "crs_unknown",
                                             {{"file", stated.file}, {"candidates", names}}));
    if (const auto names = codes(true); !names.empty())
        out.findings.push_back(base::finding(Severity::Problem, "crs_unknown_swapped",
                                             {{"file", stated.file}, {"candidates", names}}));
}

// Without a stated CRS: degrees inside Viet Nam are degrees; metres are read in the zone of the
// province if that puts them into the province. Anything else is for the user to say, because
// neighbouring zones differ by tens of kilometres and all look plausible.
void guess(const StatedCrs& stated, RawUnits& out, const Box& box) {
    constexpr double kMargin = 0.05; // degrees; borders are drawn a little differently everywhere
    const auto province = only_province(out.units);
    const auto expected = expected_box(out.units);
    out.crs_candidates = geo::guess_crs(box, expected.grown(kMargin));
    // A province of 2025 is larger than the part whose code it keeps.
    if (out.crs_candidates.empty()) out.crs_candidates = geo::guess_crs(box, geo::kVietNam);
    const auto& candidates = out.crs_candidates;

    const auto degrees = std::find_if(candidates.begin(), candidates.end(),
                                      [](const auto& g) { return g.crs.geographic(); });
    if (degrees != candidates.end()) {
        out.findings.push_back(
            base::finding(Severity::Info, "crs_assumed_degrees",
                          {{"file", stated.file}, {"crs", degrees->crs.name()}}));
        if (degrees->swapped)
            out.findings.push_back(
                base::finding(Severity::Warning, "swapped_axes",
                              {{"file", stated.file}, {"crs", degrees->crs.name()}}));
        adopt(geo::CrsGuess(*degrees), out);
        return;
    }
    if (!province.empty()) {
        const int zone = *geo::vn2000_zone(province);
        const auto own = std::find_if(candidates.begin(), candidates.end(), [&](const auto& g) {
            const auto& b = swapped(box);
            return g.crs.epsg_code() == zone &&
                   inside(lon_lat(g.swapped ? b : box, g.crs), expected.grown(kMargin));
        });
        if (own != candidates.end()) {
            out.findings.push_back(
                base::finding(Severity::Warning, "crs_from_province",
                              {{"file", stated.file},
                               {"province", province},
                               {"crs", fmt::format("EPSG:{} {}", zone, own->crs.name())}}));
            if (own->swapped)
                out.findings.push_back(
                    base::finding(Severity::Warning, "swapped_axes",
                                  {{"file", stated.file}, {"crs", own->crs.name()}}));
            adopt(geo::CrsGuess(*own), out);
            return;
        }
    }
    ask(stated, out);
}

// The user's word counts, but a file that puts the same numbers elsewhere may be right.
void report_contradiction(const StatedCrs& stated, const Crs& user, const Box& box, RawUnits& out) {
    constexpr double kSame = 1e-4; // degrees, about 10 m
    if (stated.text.empty() || box.empty()) return;
    try {
        const Crs own = Crs::parse(stated.text);
        const Box here = lon_lat(box, own), there = lon_lat(box, user);
        if (!own.known() || here.empty() || inside(here, there.grown(kSame))) return;
        out.findings.push_back(
            base::finding(Severity::Warning, "crs_contradicts",
                          {{"file", stated.file}, {"crs", own.name()}, {"used", user.name()}}));
    } catch (const base::Error&) {
        return; // a file that says nothing understandable contradicts nobody
    }
}

// A wrong meridian moves a map by 26 km and more, and it still looks plausible: only what is known
// of the province tells. A code may belong to another list, so it must be known by its name. A
// merged province is larger than what is known of it; its units may lie outside, but not all of
// them, and not where another zone would have put them inside.
void report_elsewhere(const StatedCrs& stated, RawUnits& out) {
    constexpr double kMargin = 0.05; // degrees; borders are drawn a little differently everywhere
    const auto& provinces = out.units.groups[static_cast<std::size_t>(data::Level::Province)];
    if (provinces.size() != 1) return;
    const auto& name = provinces.front().name;
    const auto zone = geo::vn2000_zone(name);
    const auto known = geo::province_box(name);
    if (!zone || !known) return;
    const Box expected = known->grown(kMargin), box = geo::box_of(out.soup.points);
    const Box here = lon_lat(box, out.crs);
    if (here.empty() || inside(here, expected)) return;
    const auto own = Crs::epsg(*zone);
    const bool other_zone = !out.crs.geographic() && inside(lon_lat(box, own), expected);
    if (here.intersects(expected) && !other_zone) return;
    out.findings.push_back(base::finding(Severity::Warning, "crs_elsewhere",
                                         {{"file", stated.file},
                                          {"crs", out.crs.name()},
                                          {"province", name},
                                          {"zone", fmt::format("EPSG:{} {}", *zone, own.name())}}));
}

} // namespace

void settle_crs(const StatedCrs& stated, RawUnits& out) {
    // Infinite coordinates are stray vertices like any other that is no place.
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const Box box = geo::box_of(out.soup.points, {kInfinity, kInfinity});
    Crs crs;
    if (!stated.user.empty()) {
        crs = Crs::parse(stated.user);
        report_contradiction(stated, crs, box, out);
    } else if (!stated.text.empty()) {
        try {
            crs = Crs::parse(stated.text);
        } catch (const base::Error&) {
            out.findings.push_back(base::finding(Severity::Warning,
                                                 stated.shapefile ? "bad_prj" : "bad_crs",
                                                 {{"file", stated.file}}));
        }
    } else {
        out.findings.push_back(base::finding(Severity::Warning,
                                             stated.shapefile ? "missing_prj" : "missing_crs",
                                             {{"file", stated.file}}));
    }
    if (box.empty()) {
        out.crs = crs;
        return;
    }
    if (!crs.known()) return guess(stated, out, box);
    if (crs.geographic() && !looks_like_degrees(box) && drop_stray_vertices(stated.file, out)) {
        out.crs = crs;
        return;
    }
    switch (fit_of(box, crs)) {
    case Fit::AsIs:
        out.crs = crs;
        report_elsewhere(stated, out);
        return;
    case Fit::Swapped:
        out.crs = crs;
        swap_axes(out.soup);
        out.findings.push_back(base::finding(Severity::Warning, "swapped_axes",
                                             {{"file", stated.file}, {"crs", crs.name()}}));
        return;
    case Fit::Neither:
        out.findings.push_back(
            base::finding(Severity::Problem, "crs_impossible",
                          {{"file", stated.file},
                           {"crs", crs.name()},
                           {"chosen", std::int64_t{stated.user.empty() ? 0 : 1}}}));
        // The user's word is not overruled; a file's is.
        if (!stated.user.empty())
            out.crs = crs;
        else
            guess(stated, out, box);
    }
}

} // namespace diaban::files
