// The map of a page, reduced to what a given scale can show: faces, lines and labels in page units.
//
// Guarantees: neighbours share the very same points, so no painter can leave a gap between them;
// every line is there once; nothing outside the frame is kept.
#pragma once

#include "map/scene.hpp"
#include "map/shapes.hpp"

#include <vector>

namespace diaban::map {

// Where the map lies on the page, and how.
struct Frame {
    Rect box;            // page units
    Camera camera;       // metres per page unit
    double detail = 0.3; // lines may deviate by this much, page units
    geo::Point to_page(geo::Point p) const {
        return {box.x + box.width / 2 + (p.x - camera.centre.x) / camera.metres_per_px,
                box.y + box.height / 2 - (p.y - camera.centre.y) / camera.metres_per_px};
    }
    geo::Box map_box() const {
        const double w = box.width / 2 * camera.metres_per_px;
        const double h = box.height / 2 * camera.metres_per_px;
        return {camera.centre.x - w, camera.centre.y - h, camera.centre.x + w, camera.centre.y + h};
    }
};

// All faces that touch the frame, as arcs reduced to the detail of the page.
struct FaceDrawing {
    const Scene* scene = nullptr;
    Rect frame;
    std::vector<geo::Point> points;       // page units
    std::vector<std::uint32_t> arc_first; // arc a owns points[arc_first[a] .. arc_first[a + 1])
    std::vector<geo::FaceId> faces;       // that touch the frame, ascending
    bool clipped = false;                 // some face reaches beyond the frame
    // Where several faces claim the same ground: those around, from the lowest to the topmost.
    std::vector<geo::FaceId> contested;

    std::span<const geo::Point> arc(geo::ArcId a) const {
        return {points.data() + arc_first[a], points.data() + arc_first[a + 1]};
    }
    std::span<const LegendEntry> entries() const { return scene->style.entries; }
    std::uint16_t entry_of(geo::FaceId f) const { return scene->style.entry_of[f]; }
    const geo::Coverage& coverage() const { return *scene->vintage->coverage; }
    void add_face(geo::FaceId face, Path& path) const; // its rings
    Path faces_of_entry(std::size_t entry) const;      // the rings of all its faces
    // The ground of all its faces, to be filled by the nonzero rule: what lies between two of them
    // is left out, so that there are fewer points than in their rings.
    Path ground_of_entry(std::size_t entry) const;
};
// `left_out`: one flag per face, of those that are shown elsewhere; empty: none is.
FaceDrawing draw_faces(const Scene& scene, const Frame& frame,
                       const std::vector<bool>& left_out = {});

// Sorts faces from the lowest to the topmost. Where units overlap the smaller lies on top, so that
// none vanishes below another; of two equally large ones the later.
void sort_by_height(const geo::Coverage& coverage, std::vector<geo::FaceId>& faces);

// The border of some faces, one flag each, as far as it is drawn: a run for every arc, not closed.
Path outline_of(const FaceDrawing& drawing, const std::vector<bool>& inside);

// Lines that look the same, each chained as far as it goes.
struct LineDrawing {
    LineRank rank;
    LineStyle style; // width in page units
    double opacity = 1;
    Path path; // not closed; a closed line repeats its first point
};
// From thin to heavy, the order of painting. Lines between units that are tiny on the page fade and
// then vanish, so that colours stay readable. `scale` widens lines on large sheets.
std::vector<LineDrawing> draw_lines(const FaceDrawing& faces, double metres_per_unit, double scale);

} // namespace diaban::map
