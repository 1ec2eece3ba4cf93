#include "map/face_raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::map {
namespace {

constexpr int kBandRows = 64; // a band's buffer stays in the processor's cache

// Red, green, blue, and a spare lane that makes it one vector register.
struct alignas(16) Rgb {
    float c[4]{};
    Rgb& operator+=(const Rgb& o) {
        for (int i = 0; i < 4; ++i) c[i] += o.c[i];
        return *this;
    }
    friend Rgb operator*(const Rgb& a, float s) {
        return {{a.c[0] * s, a.c[1] * s, a.c[2] * s, a.c[3] * s}};
    }
    bool zero() const { return c[0] == 0 && c[1] == 0 && c[2] == 0; }
};

// An arc whose two sides differ, in pixels of the frame.
struct Jump {
    std::uint32_t first, last; // points
    float top, bottom;
    Rgb delta; // added to the right of a segment that runs down
};

struct Edges {
    std::vector<std::array<float, 2>> points;
    std::vector<Jump> jumps;
};

// The jump of each arc is summed over the rings that use it, not read from its sides: rings are
// closed, so whatever is wrong with a coverage stays where it is and cannot smear along a row.
std::vector<Rgb> jumps_of_arcs(const FaceDrawing& faces, Colour background) {
    const auto& coverage = faces.coverage();
    std::vector<Rgb> jump(coverage.arcs().size());
    for (const auto f : faces.faces) {
        const auto& entry = faces.entries()[faces.entry_of(f)];
        if (entry.outline_only) continue;
        const Rgb over{{static_cast<float>(entry.colour.r - background.r),
                        static_cast<float>(entry.colour.g - background.g),
                        static_cast<float>(entry.colour.b - background.b), 0}};
        const auto& face = coverage.faces()[f];
        for (const auto& ring : coverage.rings().subspan(face.first_ring, face.ring_count))
            for (const auto ref : coverage.arc_refs().subspan(ring.first, ring.count))
                jump[geo::arc_of(ref)] += over * (ref >= 0 ? 1.f : -1.f);
    }
    return jump;
}

Edges edges_of(const FaceDrawing& faces, double scale, geo::Point origin, Colour background) {
    Edges out;
    const auto jumps = jumps_of_arcs(faces, background);
    for (geo::ArcId a = 0; a < jumps.size(); ++a) {
        const auto points = faces.arc(a);
        if (points.empty() || jumps[a].zero()) continue;
        Jump jump{static_cast<std::uint32_t>(out.points.size()), 0, 1e30f, -1e30f, jumps[a]};
        for (const auto& p : points) {
            const auto x = static_cast<float>(p.x * scale - origin.x);
            const auto y = static_cast<float>(p.y * scale - origin.y);
            out.points.push_back({x, y});
            jump.top = std::min(jump.top, y);
            jump.bottom = std::max(jump.bottom, y);
        }
        jump.last = static_cast<std::uint32_t>(out.points.size());
        out.jumps.push_back(jump);
    }
    return out;
}

class Band {
public:
    Band(int width, int first_row, int rows)
        : width_(width), rows_(rows), top_(static_cast<float>(first_row)),
          stride_(static_cast<std::size_t>(width) + 2),
          cells_(stride_ * static_cast<std::size_t>(rows)) {}

    void add(const Edges& edges, const Jump& jump) {
        for (auto i = jump.first; i + 1 < jump.last; ++i)
            segment(edges.points[i], edges.points[i + 1], jump.delta);
    }

    void write(Colour background, std::uint32_t* argb) const {
        for (int row = 0; row < rows_; ++row) {
            const Rgb* cell = cells_.data() + stride_ * static_cast<std::size_t>(row);
            Rgb sum{{static_cast<float>(background.r), static_cast<float>(background.g),
                     static_cast<float>(background.b), 0}};
            for (int x = 0; x < width_; ++x) {
                sum += *cell++;
                std::array<std::uint32_t, 3> v;
                for (std::size_t i = 0; i < 3; ++i)
                    v[i] = static_cast<std::uint32_t>(std::clamp(sum.c[i] + 0.5f, 0.f, 255.f));
                *argb++ = 0xFF000000u | v[0] << 16 | v[1] << 8 | v[2];
            }
        }
    }

private:
    void segment(std::array<float, 2> a, std::array<float, 2> b, const Rgb& delta) {
        a[1] -= top_;
        b[1] -= top_;
        if (a[1] == b[1]) return;
        const bool down = a[1] < b[1];
        if (!down) std::swap(a, b);
        const auto bottom = static_cast<float>(rows_);
        if (b[1] <= 0 || a[1] >= bottom) return;
        const Rgb jump = delta * (down ? 1.f : -1.f);
        const float slope = (b[0] - a[0]) / (b[1] - a[1]);
        float y = std::max(a[1], 0.f);
        float x = a[0] + (y - a[1]) * slope;
        const float end = std::min(b[1], bottom);
        for (int row = static_cast<int>(y); row < rows_ && y < end; ++row) {
            const float next_y = std::min(static_cast<float>(row + 1), end);
            const float next_x = next_y == b[1] ? b[0] : x + slope * (next_y - y);
            spread(row, std::min(x, next_x), std::max(x, next_x), jump * (next_y - y));
            x = next_x;
            y = next_y;
        }
    }

    // Adds a piece of a border within one row: `jump` (times its height) falls to the right of a
    // straight line from x0 to x1 >= x0.
    void spread(int row, float x0, float x1, const Rgb& jump) {
        const auto limit = static_cast<float>(width_);
        x0 = std::clamp(x0, 0.f, limit);
        x1 = std::clamp(x1, 0.f, limit);
        Rgb* cell = cells_.data() + stride_ * static_cast<std::size_t>(row);
        const int first = static_cast<int>(x0);
        const float in_first = x0 - static_cast<float>(first);
        const int last = static_cast<int>(std::ceil(x1));
        cell += first;
        if (last <= first + 1) {
            const float right = (x0 + x1) / 2 - static_cast<float>(first);
            cell[0] += jump * (1 - right);
            cell[1] += jump * right;
            return;
        }
        // Triangles in the outer pixels, equal steps between.
        const float per_pixel = 1 / (x1 - x0);
        const float in_last = x1 - static_cast<float>(last - 1);
        float done = 0.5f * per_pixel * (1 - in_first) * (1 - in_first);
        cell[0] += jump * done;
        float covered = done; // share of the jump that has been added
        for (int i = 1; i < last - first - 1; ++i) {
            const float upto = per_pixel * (static_cast<float>(i) + 0.5f - in_first);
            cell[i] += jump * (upto - covered);
            covered = upto;
        }
        const float rest = 0.5f * per_pixel * in_last * in_last;
        cell[last - first - 1] += jump * (1 - rest - covered);
        cell[last - first] += jump * rest;
    }

    int width_, rows_;
    float top_;
    std::size_t stride_;
    std::vector<Rgb> cells_;
};

} // namespace

Pixels raster_faces(const FaceDrawing& faces, double scale, int first_row, int last_row,
                    Colour background, base::JobContext& ctx) {
    Pixels out;
    out.x = static_cast<int>(std::floor(faces.frame.x * scale));
    out.y = std::max(first_row, static_cast<int>(std::floor(faces.frame.y * scale)));
    out.width = static_cast<int>(std::ceil(faces.frame.right() * scale)) - out.x;
    out.height =
        std::min(last_row, static_cast<int>(std::ceil(faces.frame.bottom() * scale))) - out.y;
    if (out.width <= 0 || out.height <= 0) return out.height = 0, out;
    out.argb.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));

    const auto edges = edges_of(
        faces, scale, {static_cast<double>(out.x), static_cast<double>(out.y)}, background);
    base::parallel_for(
        static_cast<std::size_t>(out.height), kBandRows, ctx,
        [&](std::size_t begin, std::size_t end) {
            Band band(out.width, static_cast<int>(begin), static_cast<int>(end - begin));
            const auto top = static_cast<float>(begin), bottom = static_cast<float>(end);
            for (const auto& jump : edges.jumps)
                if (jump.bottom > top && jump.top < bottom) band.add(edges, jump);
            band.write(background, out.argb.data() + begin * static_cast<std::size_t>(out.width));
        });
    return out;
}

} // namespace diaban::map
