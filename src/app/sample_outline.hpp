// Borders of the sample province: fractal lines drawn inside the triangles of the lattice.
//
// Guarantees: neighbours share every vertex of their border bit for bit, in both vintages; borders
// meet only at nodes. A piece of border stays within a diamond inside its triangle, and diamonds of
// one triangle do not touch, so no two borders cross.
#pragma once

#include "app/sample_province.hpp"
#include "geo/polygons.hpp"

#include <unordered_map>

namespace diaban::app::sample {

class Outline {
public:
    explicit Outline(const Province& province);

    // Polygons of the labels 0..count-1 of a labelling that is a union of parts of communes
    // (Province::commune_of or unit_of), WGS 84 degrees on a grid of 1e-7.
    geo::PolygonSoup trace(const std::vector<std::uint32_t>& label, std::size_t count,
                           base::JobContext& ctx) const;

    // Where the border between a cell and its k-th neighbour crosses the line between them.
    geo::Point crossing(CellId cell, int k) const;
    // A polygon around a cell, at this share of the way to its neighbours.
    std::vector<geo::Point> around(CellId cell, double share) const;
    geo::Point lon_lat(geo::Point lattice) const;
    geo::Point cell_lon_lat(CellId cell) const { return lon_lat(at_[cell]); }
    double km_per_spacing() const { return spacing_km_; }

private:
    struct Triangle;
    Triangle triangle(CellId a, CellId b, CellId c) const;
    geo::Point crossing_between(CellId a, CellId b) const;
    geo::Point node_of(const Triangle& t) const;
    void draw(const Triangle& t, int from, int to, std::vector<geo::Point>& out) const;
    void piece(const Triangle& t, int from, int to, std::vector<geo::Point>& out) const;
    void contract_corners();

    const Province& province_;
    std::vector<geo::Point> at_;      // of every cell, in spacings
    std::vector<std::uint32_t> part_; // commune, with the top bit set where it was moved
    std::unordered_map<std::uint64_t, geo::Point> corner_; // triangle -> node shared with another
    double spacing_km_ = 1;
    int levels_ = 2;
};

} // namespace diaban::app::sample
