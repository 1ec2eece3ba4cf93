// Clean rings of vertex identities: simple loops, oriented and nested.
//
// Guarantees: no ring visits a vertex twice or has fewer than three vertices; outer rings turn
// counter-clockwise and are followed by their holes, clockwise; what was left out is counted.
#pragma once

#include "base/job.hpp"
#include "geo/point.hpp"

#include <vector>

namespace diaban::geo {

// Runs of vertex ids. Ring r owns id[first[r] .. first[r+1]) and belongs to face[r]; rings are
// sorted by face. kNoVertex entries are skipped by clean_rings().
struct RingIds {
    std::vector<std::uint32_t> id;
    std::vector<std::uint32_t> first{0};
    std::vector<FaceId> face;

    std::size_t count() const { return face.size(); }
    std::span<const std::uint32_t> ring(std::size_t r) const {
        return {id.data() + first[r], id.data() + first[r + 1]};
    }
    std::span<std::uint32_t> ring(std::size_t r) {
        return {id.data() + first[r], id.data() + first[r + 1]};
    }
    void end_ring(FaceId f) {
        first.push_back(static_cast<std::uint32_t>(id.size()));
        face.push_back(f);
    }
};

// Something wrong with a ring: which face, how often, how large, where.
struct RingDefect {
    enum Kind { ZeroArea, Spike, SelfTouch, RepeatedRing } kind;
    FaceId face;
    std::uint32_t count;  // occurrences in this face
    double amount;        // area of the ring (RepeatedRing), source units squared; 0 otherwise
    std::uint32_t vertex; // where, the first of them
};

struct CleanRings {
    RingIds rings;
    std::vector<RingDefect> defects;
    // Vertices that faces visited only with parts too thin to keep: where they touched others.
    std::vector<std::pair<FaceId, std::uint32_t>> thin_tips;
    std::vector<FaceId> thin; // faces that kept rings without area, sorted
};

// What to do with rings that have no area, or are thinner than the tolerance: a bow-tie has none
// either until it is cut where it crosses itself.
enum class ThinRings { Keep, Drop };

// Splits rings at vertices they visit twice, drops what is thin if told so, and orients and orders
// the rest by even-odd nesting. `position` is in the plane, by id. With `only` (sorted), the rings
// of all other faces are clean already and stay as they are: cleaning twice changes nothing.
CleanRings clean_rings(const RingIds& raw, std::span<const Point> position, double tolerance,
                       ThinRings thin, base::JobContext& ctx,
                       const std::vector<FaceId>* only = nullptr);

// Order in which the rings of one face are stored: every outer ring is followed by its holes.
// Rings are simple and do not cross. `hole[k]` tells about ring order[k].
struct Nesting {
    std::vector<std::uint32_t> order;
    std::vector<bool> hole;
};
Nesting nest(std::span<const std::vector<Point>> rings);

} // namespace diaban::geo
