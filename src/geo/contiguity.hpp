// Neighbours and groups, read off the coverage.
#pragma once

#include "geo/coverage.hpp"

namespace diaban::geo {

enum class Contiguity { Rook, Queen };

// Faces that share an arc (rook), or an arc or a node (queen). Symmetric, no self, rows sorted.
Csr neighbours(const Coverage& coverage, Contiguity contiguity);

// Length of the border shared by each pair of rook neighbours, metres, in Csr::weight.
Csr shared_border_m(const Coverage& coverage);
// Perimeter of each face, metres; equals its shared borders plus its border with the outside.
std::vector<double> perimeter_m(const Coverage& coverage);

// Components of a symmetric neighbour list: component of each row, and the rows without neighbour.
struct Components {
    std::vector<std::uint32_t> of;
    std::uint32_t count = 0;
    std::vector<std::uint32_t> islands;
};
Components components(const Csr& neighbours);

// A line made of chained arcs; closed if its first and last node are the same.
struct Line {
    std::vector<ArcRef> arcs;
    bool closed = false;
};
// Lines of all arcs for which keep(arc) is true, chained at nodes where exactly two of them meet.
std::vector<Line> chain_arcs(const Coverage& coverage, const std::vector<bool>& keep);
// Points of a line at a level.
std::vector<Point> line_points(const Coverage& coverage, const Line& line, double tolerance_m);

// Rings of each group (district, cluster, patrol area): arcs whose sides share the group are
// dropped, the rest chained. group[i] belongs to face i; kNoGroup faces count as outside.
struct GroupShape {
    std::vector<std::vector<ArcRef>> rings;  // outer rings CCW, holes CW
    double area_m2 = 0;
    Box box;
    Point label_at;
};
std::vector<GroupShape> dissolve(const Coverage& coverage, const std::vector<GroupIndex>& group);

// Rank of each arc: the index of the highest (last) level at which the two sides differ;
// levels[0] may be the units themselves. An arc with one side outside has rank levels.size() (coast).
std::vector<std::uint8_t> arc_ranks(const Coverage& coverage,
                                    const std::vector<const std::vector<GroupIndex>*>& levels);

} // namespace diaban::geo
