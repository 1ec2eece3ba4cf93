#include "geo/face_grid.hpp"

#include <cmath>

namespace diaban::geo {

FaceGrid::FaceGrid(std::span<const Face> faces, const Box& box) : box_(box) {
    if (box.empty()) return;
    const double width = std::max(box.width(), 1e-9), height = std::max(box.height(), 1e-9);
    double cells = 4.0 * static_cast<double>(faces.size()) + 1;
    // Large faces lie in many cells each: a coarser grid then.
    for (;; cells /= 4) {
        columns_ =
            static_cast<std::uint32_t>(std::clamp(std::sqrt(cells * width / height), 1.0, cells));
        rows_ = static_cast<std::uint32_t>(std::clamp(cells / columns_, 1.0, cells));
        std::uint64_t entries = 0;
        for (const Face& f : faces)
            if (!f.box.empty())
                entries += std::uint64_t{column(f.box.max_x) - column(f.box.min_x) + 1} *
                           (row(f.box.max_y) - row(f.box.min_y) + 1);
        if (entries <= 32 * faces.size() || cells < 2) break;
    }
    offset_.assign(std::size_t{columns_} * rows_ + 1, 0);
    const auto each = [&](auto visit) {
        for (FaceId f = 0; f < faces.size(); ++f) {
            const Box& b = faces[f].box;
            if (b.empty()) continue;
            for (std::uint32_t y = row(b.min_y); y <= row(b.max_y); ++y)
                for (std::uint32_t x = column(b.min_x); x <= column(b.max_x); ++x)
                    visit(std::size_t{y} * columns_ + x, f);
        }
    };
    each([&](std::size_t c, FaceId) { ++offset_[c + 1]; });
    for (std::size_t i = 1; i < offset_.size(); ++i) offset_[i] += offset_[i - 1];
    face_.resize(offset_.back());
    std::vector<std::uint32_t> fill(offset_.begin(), offset_.end() - 1);
    each([&](std::size_t c, FaceId f) { face_[fill[c]++] = f; });
}

std::span<const FaceId> FaceGrid::near(Point p) const {
    if (!box_.contains(p)) return {};
    return cell(std::size_t{row(p.y)} * columns_ + column(p.x));
}

std::uint32_t FaceGrid::at(double v, double extent, std::uint32_t count) {
    if (!(extent > 0) || !(v > 0)) return 0;
    const double f = v / extent * count;
    return f >= count ? count - 1 : static_cast<std::uint32_t>(f);
}

} // namespace diaban::geo
