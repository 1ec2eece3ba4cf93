// Smallest distances between the faces of a coverage and other shapes: points, lines and areas.
//
// Guarantees: exact in the plane of the coverage (no buffer, no sampling), 0 where shapes touch,
// overlap or contain each other; a face without rings is near nothing; immutable once built, so
// faces can be asked from several threads; the same input gives the same bits.
#pragma once

#include "geo/box_tree.hpp"
#include "geo/coverage.hpp"

#include <memory>
#include <optional>

namespace diaban::geo {

struct Shape {
    enum class Kind : std::uint8_t { Points, Lines, Area } kind = Kind::Points;
    // One point each; lines; or unclosed rings in any order and direction (even-odd rule). In the
    // CRS of the coverage. Parts with coordinates that are no numbers are left out.
    std::vector<std::vector<Point>> parts;
};

// The borders of all faces cut into short runs with boxes. Borders between two faces lie in it
// once.
class FaceRuns {
public:
    explicit FaceRuns(std::shared_ptr<const Coverage> coverage);
    const Coverage& coverage() const { return *coverage_; }

    struct Segment {
        Point a, b;
    };
    struct Closest {
        double squared;
        Point on_face, on_segment;
    };
    // The nearest points of the face's border and some segments that lie together, if they are
    // nearer than sqrt(`less_than`).
    std::optional<Closest> closest(FaceId face, std::span<const Segment> segments,
                                   double less_than) const;
    bool contains(FaceId face, Point p) const; // border included

private:
    std::shared_ptr<const Coverage> coverage_;
    std::vector<std::uint32_t> first_run_; // one per arc, and the end
    std::vector<Box> run_box_;
    std::vector<Box> arc_box_;
};

// Many shapes, ready to be asked which of them are near.
class ShapeIndex {
public:
    explicit ShapeIndex(std::vector<Shape> shapes);
    std::size_t size() const { return shapes_.size(); }
    const Shape& shape(std::size_t i) const { return shapes_[i]; }

    struct Run { // neighbouring segments of one part
        std::uint32_t shape, part, first, count;
    };
    const BoxTree& runs() const { return run_tree_; }
    const Run& run(std::size_t i) const { return runs_[i]; }
    // Segment `i` of the run's part; a point is a segment without length.
    FaceRuns::Segment segment(const Run& run, std::uint32_t i) const;
    const BoxTree& areas() const { return area_tree_; }
    std::uint32_t area_shape(std::size_t i) const { return areas_[i]; }
    // True if p lies in an area or on its border.
    bool contains(std::size_t shape, Point p) const;

private:
    std::vector<Shape> shapes_;
    std::vector<Run> runs_;
    std::vector<std::uint32_t> areas_;
    BoxTree run_tree_, area_tree_;
};

struct Nearness {
    std::uint32_t shape = 0;
    double distance = 0;     // in the plane
    Point on_face, on_shape; // the nearest points; equal where the shapes meet
};

struct NearnessLimit {
    double distance = 0;   // in the plane; infinity = any
    std::size_t count = 1; // how many shapes are wanted; 0 = all
    // Also those that are at most this many times farther than the last one wanted: for planes
    // whose scale differs from place to place.
    double slack = 1;
};

// The shapes nearest to a face, or to a point: nearest first, among equals by index.
std::vector<Nearness> nearest_shapes(const FaceRuns& faces, FaceId face, const ShapeIndex& shapes,
                                     const NearnessLimit& limit);
std::vector<Nearness> nearest_shapes(Point at, const ShapeIndex& shapes,
                                     const NearnessLimit& limit);

} // namespace diaban::geo
