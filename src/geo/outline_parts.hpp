// Telling the outer border of a coverage apart: which of it is coast, which a land border.
//
// A coverage knows where it ends, not what lies beyond. Reference lines (a shoreline, a national
// border) that were drawn by somebody else lie near its outer border, not on it: a piece of the
// outer border belongs to the first reference that is near enough and runs the same way (shorelines
// go far up rivers, also those that are a border: give borders first). The border of a province
// with its neighbours then belongs to none, also where it ends at the sea. Small gaps between faces
// are no outer border.
//
// Of a shoreline it is looked at besides what lies beyond: open water, or in the middle of a river
// the other bank, which makes no coast of it. Faces that reach farther out into the sea than the
// shoreline lies are on the coast all the same. Which side of a shoreline is water is known by the
// faces: what most of those nearest to a point are divided from by an odd number of shores. Asked
// are faces without outer border that are not larger than most: others may be sea for the most part
// (archipelagos). That holds for shorelines that are closed, or end far from the faces. A face
// whose sea ends at that of another face has no outer border there and is no coast: say so by
// `always`.
#pragma once

#include "geo/coverage.hpp"

namespace diaban::geo {

struct OutlineReference {
    std::vector<std::vector<Point>> lines; // in the CRS of the coverage
    // Faces whose outer border is of this kind, or is not, whatever the lines say.
    std::vector<FaceId> always, never;
    bool shore = false; // the lines are a shoreline, with water on one side
};

struct OutlinePart {
    std::vector<std::vector<Point>> lines; // along outer arcs, with their vertices
    std::vector<FaceId> faces;             // whose outer border it is; sorted, each once
};

// One part for each reference. `reach`: how far a reference may lie from the border, in the plane.
// Throws Cancelled.
std::vector<OutlinePart> outline_parts(const Coverage& coverage,
                                       const std::vector<OutlineReference>& references,
                                       double reach, base::JobContext& ctx);

} // namespace diaban::geo
