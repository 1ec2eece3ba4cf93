// Which unit lies at a point: exact, the same answer for a mouse click and for `where`.
#pragma once

#include "geo/coverage.hpp"

#include <optional>

namespace diaban::geo {

// Built once per coverage, then const and safe to share. A point on a border belongs to the face
// with the lowest index that touches it; where faces overlap it belongs to the smallest, which is
// the one that maps show.
class Locator {
public:
    explicit Locator(std::shared_ptr<const Coverage> coverage);
    ~Locator();
    Locator(Locator&&) noexcept;
    Locator& operator=(Locator&&) noexcept;

    std::optional<FaceId> face_at(Point map_point) const;   // at full detail
    std::vector<FaceId> faces_in(const Box& map_box) const; // whose box intersects it
    const Coverage& coverage() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace diaban::geo
