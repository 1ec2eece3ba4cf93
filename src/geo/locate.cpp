#include "geo/locate.hpp"

#include "geo/plane.hpp"

#include <cmath>

namespace diaban::geo {

// A grid over the face boxes; each cell lists the faces whose box meets it, in order.
struct Locator::Impl {
    std::shared_ptr<const Coverage> coverage;
    Box box;
    std::uint32_t columns = 1, rows = 1;
    std::vector<std::uint32_t> offset, face;

    explicit Impl(std::shared_ptr<const Coverage> c)
        : coverage(std::move(c)), box(coverage->box()) {
        const double n = static_cast<double>(coverage->face_count()) + 1;
        const double width = std::max(box.width(), 1e-9), height = std::max(box.height(), 1e-9);
        columns =
            static_cast<std::uint32_t>(std::clamp(2 * std::sqrt(n * width / height), 1.0, 4 * n));
        rows =
            static_cast<std::uint32_t>(std::clamp(2 * std::sqrt(n * height / width), 1.0, 4 * n));
        offset.assign(std::size_t{columns} * rows + 1, 0);
        each_cell([&](std::size_t cell, FaceId) { ++offset[cell + 1]; });
        for (std::size_t i = 1; i < offset.size(); ++i) offset[i] += offset[i - 1];
        face.resize(offset.back());
        std::vector<std::uint32_t> fill(offset.begin(), offset.end() - 1);
        each_cell([&](std::size_t cell, FaceId f) { face[fill[cell]++] = f; });
    }

    template <class Visit> void each_cell(Visit visit) const {
        for (FaceId f = 0; f < coverage->face_count(); ++f) {
            const Box& b = coverage->faces()[f].box;
            if (b.empty()) continue;
            for (std::uint32_t y = row(b.min_y); y <= row(b.max_y); ++y)
                for (std::uint32_t x = column(b.min_x); x <= column(b.max_x); ++x)
                    visit(std::size_t{y} * columns + x, f);
        }
    }
    std::uint32_t column(double x) const { return at(x - box.min_x, box.width(), columns); }
    std::uint32_t row(double y) const { return at(y - box.min_y, box.height(), rows); }
    static std::uint32_t at(double v, double extent, std::uint32_t count) {
        if (!(extent > 0) || !(v > 0)) return 0;
        const double f = v / extent * count;
        return f >= count ? count - 1 : static_cast<std::uint32_t>(f);
    }

    bool touches(FaceId f, Point p) const {
        const Coverage& c = *coverage;
        const Face& face_of = c.faces()[f];
        InsideTest test(p);
        for (const Ring& r : c.rings().subspan(face_of.first_ring, face_of.ring_count))
            for (ArcRef ref : c.arc_refs().subspan(r.first, r.count)) {
                const auto points = c.vertices_of(c.arcs()[arc_of(ref)]);
                for (std::size_t i = 1; i < points.size(); ++i) test.edge(points[i - 1], points[i]);
            }
        return test.side() != Side::Outside;
    }
};

Locator::Locator(std::shared_ptr<const Coverage> coverage)
    : impl_(std::make_unique<Impl>(std::move(coverage))) {}
Locator::~Locator() = default;
Locator::Locator(Locator&&) noexcept = default;
Locator& Locator::operator=(Locator&&) noexcept = default;

const Coverage& Locator::coverage() const {
    return *impl_->coverage;
}

std::optional<FaceId> Locator::face_at(Point p) const {
    if (!impl_->box.contains(p)) return std::nullopt;
    const std::size_t cell = std::size_t{impl_->row(p.y)} * impl_->columns + impl_->column(p.x);
    for (std::uint32_t i = impl_->offset[cell]; i < impl_->offset[cell + 1]; ++i) {
        const FaceId f = impl_->face[i];
        if (coverage().faces()[f].box.contains(p) && impl_->touches(f, p)) return f;
    }
    return std::nullopt;
}

std::vector<FaceId> Locator::faces_in(const Box& map_box) const {
    std::vector<FaceId> found;
    if (!map_box.intersects(impl_->box)) return found;
    for (std::uint32_t y = impl_->row(map_box.min_y); y <= impl_->row(map_box.max_y); ++y)
        for (std::uint32_t x = impl_->column(map_box.min_x); x <= impl_->column(map_box.max_x);
             ++x) {
            const std::size_t cell = std::size_t{y} * impl_->columns + x;
            for (std::uint32_t i = impl_->offset[cell]; i < impl_->offset[cell + 1]; ++i)
                if (coverage().faces()[impl_->face[i]].box.intersects(map_box))
                    found.push_back(impl_->face[i]);
        }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace diaban::geo
