#include "geo/overlay.hpp"

#include "base/job.hpp"
#include "geo/face_grid.hpp"
#include "geo/geos_bridge.hpp"

#include <algorithm>
#include <mutex>

namespace diaban::geo {
namespace {

struct Piece {
    std::uint32_t to = 0;
    double area = 0;
};

double common_area(const std::vector<Polygon>& a, const std::vector<Polygon>& b) {
    if (const auto common = intersection(a, b)) return common->area;
    const auto again = intersection(make_valid(a), make_valid(b));
    return again ? again->area : 0;
}

} // namespace

OverlayShares overlay(const Coverage& from, const Coverage& to, double least_share,
                      base::JobContext& ctx) {
    const auto from_rings = source_of(from), to_rings = source_of(to);
    const FaceGrid grid(to.faces(), to.box());
    std::vector<std::vector<Piece>> pieces(from.face_count());
    std::mutex progress;
    std::size_t done = 0;
    constexpr std::size_t kChunk = 16;
    base::parallel_for(from.face_count(), kChunk, ctx, [&](std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end; ++i) {
            const auto& face = from.faces()[i];
            const auto shape = from_rings.polygons(face, 0);
            if (shape.empty()) continue;
            std::vector<FaceId> near;
            grid.each_near(face.box, [&](FaceId f) {
                if (to.faces()[f].box.intersects(face.box)) near.push_back(f);
            });
            std::sort(near.begin(), near.end());
            near.erase(std::unique(near.begin(), near.end()), near.end());
            for (const auto f : near) {
                const double area = common_area(shape, to_rings.polygons(to.faces()[f], 0));
                if (area > 0) pieces[i].push_back({f, area});
            }
        }
        const std::lock_guard lock(progress);
        ctx.step(done += end - begin, from.face_count());
    });

    OverlayShares out;
    out.weight.offset.assign(1, 0);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const double whole = from.faces()[i].area_m2;
        double covered = 0, kept = 0;
        for (const auto& piece : pieces[i]) covered += piece.area;
        std::erase_if(pieces[i], [&](const Piece& p) { return p.area < least_share * covered; });
        for (const auto& piece : pieces[i]) kept += piece.area;
        for (const auto& piece : pieces[i]) {
            out.weight.index.push_back(piece.to);
            out.weight.weight.push_back(piece.area / kept);
        }
        out.weight.offset.push_back(static_cast<std::uint32_t>(out.weight.index.size()));
        out.covered.push_back(whole > 0 ? std::min(1.0, covered / whole) : 0);
    }
    return out;
}

} // namespace diaban::geo
