// A grid over the boxes of faces: which faces may lie at a point or in a box.
#pragma once

#include "geo/coverage.hpp"

namespace diaban::geo {

// Keeps no reference to the faces. Faces are visited in ascending order within a cell.
class FaceGrid {
public:
    FaceGrid() = default;
    FaceGrid(std::span<const Face> faces, const Box& box);

    // The faces whose box meets the cell of p; none if p is outside the grid.
    std::span<const FaceId> near(Point p) const;
    // Calls visit(face), perhaps repeatedly, for the faces whose box meets the cells of a box.
    template <class Visit> void each_near(const Box& b, Visit visit) const {
        if (!b.intersects(box_)) return;
        for (std::uint32_t y = row(b.min_y); y <= row(b.max_y); ++y)
            for (std::uint32_t x = column(b.min_x); x <= column(b.max_x); ++x)
                for (FaceId f : cell(std::size_t{y} * columns_ + x)) visit(f);
    }

private:
    std::uint32_t column(double x) const { return at(x - box_.min_x, box_.width(), columns_); }
    std::uint32_t row(double y) const { return at(y - box_.min_y, box_.height(), rows_); }
    static std::uint32_t at(double v, double extent, std::uint32_t count);
    std::span<const FaceId> cell(std::size_t c) const {
        return std::span(face_).subspan(offset_[c], offset_[c + 1] - offset_[c]);
    }

    Box box_;
    std::uint32_t columns_ = 1, rows_ = 1;
    std::vector<std::uint32_t> offset_{0, 0};
    std::vector<FaceId> face_;
};

} // namespace diaban::geo
