#include "files/store_geometry.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>
#include <numeric>

namespace diaban::files {
namespace {

static_assert(std::endian::native == std::endian::little, "blobs are written as memory lies");

using geo::Point;
using RingView = std::span<const Point>;

constexpr std::uint8_t kStart = 0x00, kLittleEndian = 0x01, kBoxEnd = 0x7C, kEntity = 0x69,
                       kBlobEnd = 0xFE;
constexpr std::int32_t kPoint = 1, kLine = 2, kPolygon = 3, kMultiPoint = 4, kMultiLine = 5,
                       kMultiPolygon = 6, kCollection = 7;

double twice_area(RingView ring) {
    double sum = 0;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
        sum += (ring[j].x - ring[0].x) * (ring[i].y - ring[0].y) -
               (ring[i].x - ring[0].x) * (ring[j].y - ring[0].y);
    return sum;
}

bool inside(Point p, RingView ring) {
    bool in = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const auto a = ring[i], b = ring[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in;
}

// Rings may touch in vertices, so edges are asked, and three of them vote.
bool lies_in(RingView inner, RingView outer) {
    int votes = 0;
    for (int k = 0; k < 3; ++k) {
        const auto i = inner.size() * static_cast<std::size_t>(k) / 3;
        const auto a = inner[i], b = inner[(i + 1) % inner.size()];
        votes += inside({(a.x + b.x) / 2, (a.y + b.y) / 2}, outer);
    }
    return votes >= 2;
}

class Writer {
public:
    template <typename T> void put(T value) {
        const auto at = bytes_.size();
        bytes_.resize(at + sizeof(T));
        std::memcpy(bytes_.data() + at, &value, sizeof(T));
    }
    void points(RingView points) {
        const auto at = bytes_.size();
        bytes_.resize(at + points.size_bytes());
        std::memcpy(bytes_.data() + at, points.data(), points.size_bytes());
    }
    void begin(const geo::Box& box, std::int32_t type) {
        put(kStart), put(kLittleEndian), put(std::int32_t{kWgs84Srid});
        put(box.min_x), put(box.min_y), put(box.max_x), put(box.max_y);
        put(kBoxEnd), put(type);
    }
    GeometryBlob end() {
        put(kBlobEnd);
        return std::move(bytes_);
    }

private:
    GeometryBlob bytes_;
};

class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    template <typename T> T get() {
        T value{};
        if (!has(sizeof(T))) return value;
        std::memcpy(&value, bytes_.data() + at_, sizeof(T));
        at_ += sizeof(T);
        return value;
    }
    // A count of things that take at least `size` bytes each; 0 if so many cannot follow.
    std::size_t count(std::size_t size) {
        const auto n = get<std::int32_t>();
        if (n < 0 || static_cast<std::size_t>(n) > (bytes_.size() - at_) / size) ok_ = false;
        return ok_ ? static_cast<std::size_t>(n) : 0;
    }
    void points(std::size_t n, std::vector<Point>& out) {
        if (!has(n * sizeof(Point))) return;
        const auto first = out.size();
        out.resize(first + n);
        std::memcpy(out.data() + first, bytes_.data() + at_, n * sizeof(Point));
        at_ += n * sizeof(Point);
    }
    void skip(std::size_t n) {
        if (has(n)) at_ += n;
    }
    bool ok() const { return ok_; }
    void fail() { ok_ = false; }

private:
    bool has(std::size_t n) { return ok_ = ok_ && bytes_.size() - at_ >= n; }
    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

// Reads up to the kind of shape, which it returns.
std::int32_t read_head(Reader& in) {
    const bool known = in.get<std::uint8_t>() == kStart && in.get<std::uint8_t>() == kLittleEndian;
    in.skip(sizeof(std::int32_t) + 4 * sizeof(double));
    if (!known || in.get<std::uint8_t>() != kBoxEnd) in.fail();
    return in.get<std::int32_t>();
}

void read_polygon(Reader& in, geo::PolygonSoup& soup) {
    const auto rings = in.count(sizeof(std::int32_t));
    for (std::size_t r = 0; r < rings && in.ok(); ++r) {
        const auto first = soup.points.size();
        in.points(in.count(sizeof(Point)), soup.points);
        if (soup.points.size() > first + 1 && soup.points.back() == soup.points[first])
            soup.points.pop_back();
        soup.end_ring();
    }
}

} // namespace

Polygons nest_rings(const std::vector<RingView>& given) {
    struct Candidate {
        RingView ring;
        double twice_area;
        geo::Box box;
    };
    std::vector<Candidate> rings;
    for (auto ring : given) {
        if (ring.size() > 1 && ring.front() == ring.back()) ring = ring.first(ring.size() - 1);
        if (ring.size() < 3) continue;
        rings.push_back({ring, twice_area(ring), {}});
        for (const auto p : ring) rings.back().box.add(p);
    }
    // A container is larger than what it contains, so it is already known when its content comes.
    std::stable_sort(rings.begin(), rings.end(), [](const Candidate& a, const Candidate& b) {
        return std::fabs(a.twice_area) > std::fabs(b.twice_area);
    });
    Polygons polygons;
    std::vector<std::size_t> polygon_of(rings.size());
    std::vector<std::size_t> depth(rings.size(), 0);
    for (std::size_t i = 0; i < rings.size(); ++i) {
        std::size_t parent = i;
        for (std::size_t j = 0; j < i; ++j)
            if (rings[j].box.intersects(rings[i].box) && lies_in(rings[i].ring, rings[j].ring))
                parent = j, ++depth[i]; // the last, smallest container is the direct one
        const bool hole = depth[i] % 2 == 1;
        if (hole) {
            polygon_of[i] = polygon_of[parent];
        } else {
            polygon_of[i] = polygons.size();
            polygons.emplace_back();
        }
        auto& out =
            polygons[polygon_of[i]].emplace_back(rings[i].ring.begin(), rings[i].ring.end());
        if ((rings[i].twice_area > 0) == hole) std::reverse(out.begin(), out.end());
    }
    return polygons;
}

GeometryBlob multipolygon_blob(const Polygons& polygons) {
    geo::Box box;
    for (const auto& polygon : polygons)
        for (const auto p : polygon.front()) box.add(p);
    Writer out;
    out.begin(box, kMultiPolygon);
    out.put(static_cast<std::int32_t>(polygons.size()));
    for (const auto& polygon : polygons) {
        out.put(kEntity), out.put(kPolygon);
        out.put(static_cast<std::int32_t>(polygon.size()));
        for (const auto& ring : polygon) {
            out.put(static_cast<std::int32_t>(ring.size() + 1));
            out.points(ring);
            out.points({ring.data(), 1}); // closed
        }
    }
    return out.end();
}

GeometryBlob multilinestring_blob(const std::vector<std::vector<Point>>& lines) {
    geo::Box box;
    for (const auto& line : lines)
        for (const auto p : line) box.add(p);
    Writer out;
    out.begin(box, kMultiLine);
    out.put(static_cast<std::int32_t>(lines.size()));
    for (const auto& line : lines) {
        out.put(kEntity), out.put(kLine);
        out.put(static_cast<std::int32_t>(line.size()));
        out.points(line);
    }
    return out.end();
}

GeometryBlob point_blob(Point point) {
    Writer out;
    geo::Box box;
    box.add(point);
    out.begin(box, kPoint);
    out.put(point.x), out.put(point.y);
    return out.end();
}

bool append_face(std::span<const std::uint8_t> blob, geo::PolygonSoup& soup) {
    const auto points = soup.points.size();
    const auto rings = soup.ring_first.size();
    Reader in(blob);
    const auto type = read_head(in);
    if (type == kPolygon) {
        read_polygon(in, soup);
    } else if (type == kMultiPolygon) {
        const auto polygons = in.count(1);
        for (std::size_t i = 0; i < polygons && in.ok(); ++i) {
            if (in.get<std::uint8_t>() != kEntity || in.get<std::int32_t>() != kPolygon) in.fail();
            read_polygon(in, soup);
        }
    } else if (type != kPoint) {
        in.fail();
    }
    if (!in.ok()) {
        soup.points.resize(points);
        soup.ring_first.resize(rings);
    }
    soup.end_face();
    return in.ok();
}

std::optional<std::vector<std::vector<Point>>> blob_lines(std::span<const std::uint8_t> blob) {
    Reader in(blob);
    const auto type = read_head(in);
    if (type != kLine && type != kMultiLine) return std::nullopt;
    const auto lines = type == kLine ? 1 : in.count(1);
    std::vector<std::vector<Point>> out;
    for (std::size_t i = 0; i < lines && in.ok(); ++i) {
        if (type == kMultiLine &&
            (in.get<std::uint8_t>() != kEntity || in.get<std::int32_t>() != kLine))
            in.fail();
        in.points(in.count(sizeof(Point)), out.emplace_back());
    }
    if (!in.ok()) return std::nullopt;
    return out;
}

namespace {

// One shape; the parts of a collection are no collections themselves.
void read_parts(Reader& in, std::int32_t type, BlobParts& out) {
    if (type == kPoint) {
        in.points(1, out.points);
    } else if (type == kLine) {
        in.points(in.count(sizeof(Point)), out.lines.emplace_back());
    } else if (type == kPolygon) {
        const auto rings = in.count(sizeof(std::int32_t));
        for (std::size_t r = 0; r < rings && in.ok(); ++r)
            in.points(in.count(sizeof(Point)), out.rings.emplace_back());
    } else {
        in.fail();
    }
}

} // namespace

std::size_t BlobParts::size() const {
    auto out = points.size();
    for (const auto& line : lines) out += line.size();
    for (const auto& ring : rings) out += ring.size();
    return out;
}

bool append_parts(std::span<const std::uint8_t> blob, BlobParts& parts) {
    Reader in(blob);
    BlobParts read;
    const auto type = read_head(in);
    if (type < kMultiPoint) {
        read_parts(in, type, read);
    } else if (type <= kCollection) {
        const auto count = in.count(1);
        for (std::size_t i = 0; i < count && in.ok(); ++i) {
            if (in.get<std::uint8_t>() != kEntity) in.fail();
            read_parts(in, in.get<std::int32_t>(), read);
        }
    } else {
        in.fail();
    }
    if (!in.ok()) return false;
    const auto move_all = [](auto& from, auto& to) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    };
    move_all(read.points, parts.points);
    move_all(read.lines, parts.lines);
    move_all(read.rings, parts.rings);
    return true;
}

} // namespace diaban::files
