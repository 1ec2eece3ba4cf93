#include "map/face_raster.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

namespace diaban::map {
namespace {

constexpr int kBandRows = 64; // a band's buffer stays in the processor's cache

// Red, green, blue, and how many faces cover the place.
struct alignas(16) Rgb {
    float c[4]{};
    Rgb& operator+=(const Rgb& o) {
        for (int i = 0; i < 4; ++i) c[i] += o.c[i];
        return *this;
    }
    friend Rgb operator*(const Rgb& a, float s) {
        return {{a.c[0] * s, a.c[1] * s, a.c[2] * s, a.c[3] * s}};
    }
    bool zero() const { return c[0] == 0 && c[1] == 0 && c[2] == 0 && c[3] == 0; }
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
// over(f) is what face f adds to the ground.
template <class Over>
std::vector<Rgb> jumps_of_arcs(const FaceDrawing& faces, std::span<const geo::FaceId> which,
                               Over over) {
    const auto& coverage = faces.coverage();
    std::vector<Rgb> jump(coverage.arcs().size());
    for (const auto f : which) {
        const Rgb adds = over(f);
        if (adds.zero()) continue;
        const auto& face = coverage.faces()[f];
        for (const auto& ring : coverage.rings().subspan(face.first_ring, face.ring_count))
            for (const auto ref : coverage.arc_refs().subspan(ring.first, ring.count))
                jump[geo::arc_of(ref)] += adds * (ref >= 0 ? 1.f : -1.f);
    }
    return jump;
}

void add_line(Edges& out, std::span<const geo::Point> points, const Rgb& delta, double scale,
              geo::Point origin) {
    Jump jump{static_cast<std::uint32_t>(out.points.size()), 0, 1e30f, -1e30f, delta};
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

Edges edges_of(const FaceDrawing& faces, const std::vector<Rgb>& jumps, double scale,
               geo::Point origin) {
    Edges out;
    for (geo::ArcId a = 0; a < jumps.size(); ++a)
        if (const auto points = faces.arc(a); !points.empty() && !jumps[a].zero())
            add_line(out, points, jumps[a], scale, origin);
    return out;
}

// The rings of one face, adding 1 to the fourth lane inside.
Edges edges_of(const FaceDrawing& faces, geo::FaceId f, double scale, geo::Point origin) {
    Path path;
    faces.add_face(f, path);
    Edges out;
    std::vector<geo::Point> ring;
    for (std::size_t r = 0; r < path.runs(); ++r) {
        const auto run = path.run(r);
        if (run.empty()) continue;
        ring.assign(run.begin(), run.end());
        ring.push_back(run.front());
        add_line(out, ring, {{0, 0, 0, 1}}, scale, origin);
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

    // Calls visit(row, x, sums) for every pixel, with the sums of all lanes.
    template <class Visit> void each(Visit visit) const {
        for (int row = 0; row < rows_; ++row) {
            const Rgb* cell = cells_.data() + stride_ * static_cast<std::size_t>(row);
            Rgb sum;
            for (int x = 0; x < width_; ++x) {
                sum += *cell++;
                visit(row, x, sum);
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

// A pixel is contested where more than this lies on it: less is the rounding of sums.
constexpr float kOneFace = 1.02f;

std::uint32_t packed(const Rgb& c) {
    std::array<std::uint32_t, 3> v;
    for (std::size_t i = 0; i < 3; ++i)
        v[i] = static_cast<std::uint32_t>(std::clamp(c.c[i] + 0.5f, 0.f, 255.f));
    return 0xFF000000u | v[0] << 16 | v[1] << 8 | v[2];
}

Rgb unpacked(std::uint32_t argb) {
    return {{static_cast<float>(argb >> 16 & 255), static_cast<float>(argb >> 8 & 255),
             static_cast<float>(argb & 255), 0}};
}

Rgb lanes(Colour c) {
    return {{static_cast<float>(c.r), static_cast<float>(c.g), static_cast<float>(c.b), 0}};
}

// The part of a face's box that lies in the pixels, in pixels: first and past-the-last x and y.
struct Window {
    int x0, y0, x1, y1;
    bool empty() const { return x1 <= x0 || y1 <= y0; }
};
Window window_of(const FaceDrawing& faces, geo::FaceId f, double scale, const Pixels& pixels) {
    Path path;
    faces.add_face(f, path);
    geo::Box box;
    for (const auto& p : path.points)
        box.add(geo::Point{p.x * scale - pixels.x, p.y * scale - pixels.y});
    if (box.empty()) return {0, 0, 0, 0};
    const auto clamped = [](double v, int most) {
        return static_cast<int>(std::clamp(v, 0.0, static_cast<double>(most)));
    };
    return {
        clamped(std::floor(box.min_x), pixels.width), clamped(std::floor(box.min_y), pixels.height),
        clamped(std::ceil(box.max_x), pixels.width), clamped(std::ceil(box.max_y), pixels.height)};
}

// Lays one face over the pixels that are contested.
void lay_over(const FaceDrawing& faces, geo::FaceId f, double scale,
              const std::vector<bool>& contested, Pixels& out) {
    const auto window = window_of(faces, f, scale, out);
    if (window.empty()) return;
    const auto at = [&](int row, int x) {
        return static_cast<std::size_t>(window.y0 + row) * static_cast<std::size_t>(out.width) +
               static_cast<std::size_t>(window.x0 + x);
    };
    Band band(window.x1 - window.x0, 0, window.y1 - window.y0);
    const auto edges =
        edges_of(faces, f, scale,
                 {static_cast<double>(out.x + window.x0), static_cast<double>(out.y + window.y0)});
    for (const auto& jump : edges.jumps) band.add(edges, jump);
    const Rgb colour = lanes(faces.entries()[faces.entry_of(f)].colour);
    band.each([&](int row, int x, const Rgb& sum) {
        const auto i = at(row, x);
        if (!contested[i]) return;
        const float cover = std::clamp(std::abs(sum.c[3]), 0.f, 1.f);
        Rgb mixed = unpacked(out.argb[i]) * (1 - cover);
        mixed += colour * cover;
        out.argb[i] = packed(mixed);
    });
}

Pixels blank(const FaceDrawing& faces, double scale, int first_row, int last_row) {
    Pixels out;
    out.x = static_cast<int>(std::floor(faces.frame.x * scale));
    out.y = std::max(first_row, static_cast<int>(std::floor(faces.frame.y * scale)));
    out.width = static_cast<int>(std::ceil(faces.frame.right() * scale)) - out.x;
    out.height =
        std::min(last_row, static_cast<int>(std::ceil(faces.frame.bottom() * scale))) - out.y;
    if (out.width <= 0 || out.height <= 0) out.width = std::max(out.width, 0), out.height = 0;
    return out;
}

// Sums the jumps over all pixels; visit(pixel, sums).
template <class Visit>
void sum_up(const FaceDrawing& faces, const std::vector<Rgb>& jumps, double scale,
            const Pixels& pixels, base::JobContext& ctx, Visit visit) {
    const auto edges = edges_of(faces, jumps, scale,
                                {static_cast<double>(pixels.x), static_cast<double>(pixels.y)});
    const auto width = static_cast<std::size_t>(pixels.width);
    base::parallel_for(
        static_cast<std::size_t>(pixels.height), kBandRows, ctx,
        [&](std::size_t begin, std::size_t end) {
            Band band(pixels.width, static_cast<int>(begin), static_cast<int>(end - begin));
            const auto top = static_cast<float>(begin), bottom = static_cast<float>(end);
            for (const auto& jump : edges.jumps)
                if (jump.bottom > top && jump.top < bottom) band.add(edges, jump);
            band.each([&](int row, int x, const Rgb& sum) {
                visit((begin + static_cast<std::size_t>(row)) * width + static_cast<std::size_t>(x),
                      sum);
            });
        });
}

} // namespace

std::vector<geo::FaceId> contested_faces(const FaceDrawing& faces, base::JobContext& ctx) {
    const auto pixels = blank(faces, 1, 0, 1 << 20);
    if (pixels.height <= 0) return {};
    const auto count = [](geo::FaceId) { return Rgb{{0, 0, 0, 1}}; };
    std::vector<char> contested(static_cast<std::size_t>(pixels.width) *
                                static_cast<std::size_t>(pixels.height));
    std::atomic<bool> any = false;
    sum_up(faces, jumps_of_arcs(faces, faces.faces, count), 1, pixels, ctx,
           [&](std::size_t i, const Rgb& sum) {
               if (sum.c[3] > kOneFace) contested[i] = 1, any = true;
           });
    std::vector<geo::FaceId> out;
    if (!any) return out;
    for (const auto f : faces.faces) {
        const auto window = window_of(faces, f, 1, pixels);
        bool found = false;
        for (int y = window.y0; y < window.y1 && !found; ++y)
            for (int x = window.x0; x < window.x1 && !found; ++x)
                found =
                    contested[static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) +
                              static_cast<std::size_t>(x)] != 0;
        if (found && !faces.entries()[faces.entry_of(f)].outline_only) out.push_back(f);
    }
    sort_by_height(faces.coverage(), out);
    return out;
}

Pixels raster_faces(const FaceDrawing& faces, double scale, int first_row, int last_row,
                    Colour background, base::JobContext& ctx) {
    Pixels out = blank(faces, scale, first_row, last_row);
    if (out.height <= 0) return out;
    const Rgb ground = lanes(background);
    const auto jumps = jumps_of_arcs(faces, faces.faces, [&](geo::FaceId f) {
        const auto& entry = faces.entries()[faces.entry_of(f)];
        if (entry.outline_only) return Rgb{};
        Rgb over = lanes(entry.colour);
        over += ground * -1.f;
        over.c[3] = faces.contested.empty() ? 0.f : 1.f;
        return over;
    });
    const auto pixels = static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height);
    out.argb.resize(pixels);
    std::vector<char> covered(faces.contested.empty() ? 0 : pixels);
    sum_up(faces, jumps, scale, out, ctx, [&](std::size_t i, Rgb sum) {
        if (!covered.empty()) covered[i] = sum.c[3] > kOneFace;
        sum += ground;
        out.argb[i] = packed(sum);
    });
    if (covered.empty()) return out;
    const std::vector<bool> contested(covered.begin(), covered.end());
    for (const auto f : faces.contested) lay_over(faces, f, scale, contested, out);
    return out;
}

} // namespace diaban::map
