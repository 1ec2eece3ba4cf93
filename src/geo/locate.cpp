#include "geo/locate.hpp"

#include "geo/face_grid.hpp"
#include "geo/plane.hpp"

namespace diaban::geo {

struct Locator::Impl {
    std::shared_ptr<const Coverage> coverage;
    FaceGrid grid;

    Side side_of(FaceId f, Point p) const {
        const Coverage& c = *coverage;
        const Face& face = c.faces()[f];
        InsideTest test(p);
        for (const Ring& r : c.rings().subspan(face.first_ring, face.ring_count))
            for (ArcRef ref : c.arc_refs().subspan(r.first, r.count)) {
                const auto points = c.vertices_of(c.arcs()[arc_of(ref)]);
                for (std::size_t i = 1; i < points.size(); ++i) test.edge(points[i - 1], points[i]);
            }
        return test.side();
    }
};

Locator::Locator(std::shared_ptr<const Coverage> coverage) : impl_(std::make_unique<Impl>()) {
    impl_->grid = FaceGrid(coverage->faces(), coverage->box());
    impl_->coverage = std::move(coverage);
}
Locator::~Locator() = default;
Locator::Locator(Locator&&) noexcept = default;
Locator& Locator::operator=(Locator&&) noexcept = default;

const Coverage& Locator::coverage() const {
    return *impl_->coverage;
}

std::optional<FaceId> Locator::face_at(Point p) const {
    const auto faces = coverage().faces();
    std::optional<FaceId> best;
    for (FaceId f : impl_->grid.near(p)) {
        if (!faces[f].box.contains(p)) continue;
        const Side side = impl_->side_of(f, p);
        if (side == Side::Outside) continue;
        if (!best || (side == Side::Inside && faces[f].area_m2 <= faces[*best].area_m2)) best = f;
    }
    return best;
}

std::vector<FaceId> Locator::faces_in(const Box& map_box) const {
    std::vector<FaceId> found;
    impl_->grid.each_near(map_box, [&](FaceId f) {
        if (coverage().faces()[f].box.intersects(map_box)) found.push_back(f);
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace diaban::geo
