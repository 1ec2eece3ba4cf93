// Numbers of a list on a map: on what they name, or beside it with a line to it.
#include "map/marks.hpp"

#include "province.hpp"

#include <catch2/catch.hpp>
#include <geos_c.h>
#include <random>

using namespace diaban;

namespace {

constexpr double kSide = 500; // of the map; a metre is a pixel, y is upwards
const map::Camera kPlain{{0, 0}, 1};

map::LabelBox number_size(const map::Label& label) {
    return {static_cast<double>(label.text.size()) * 8, 14};
}

geo::Point in_pixels(geo::Point p) {
    return {kSide / 2 + p.x, kSide / 2 - p.y};
}

geo::Box number_box(const map::Label& label) {
    const auto size = number_size(label);
    const auto at = in_pixels(label.at);
    return {at.x - size.width_px / 2, at.y - size.height_px / 2, at.x + size.width_px / 2,
            at.y + size.height_px / 2};
}

map::Label numbered(std::size_t number, geo::Point at, double room_m) {
    map::Label mark;
    mark.text = std::to_string(number);
    mark.at = at;
    mark.room_m = room_m;
    mark.priority = -static_cast<int>(number);
    return mark;
}

std::vector<map::PlacedMark> placed_numbers(const std::vector<map::Label>& marks,
                                            const std::vector<geo::Box>& symbols = {}) {
    return map::place_marks(marks, kPlain, kSide, kSide, number_size, symbols, 8);
}

// What GEOS says of a line and a box, or of two lines.
class Meeting {
public:
    Meeting() : geos_(GEOS_init_r()) {}
    ~Meeting() { GEOS_finish_r(geos_); }
    Meeting(const Meeting&) = delete;
    Meeting& operator=(const Meeting&) = delete;

    bool meet(const map::Leader& a, const map::Leader& b) const {
        return intersect(line(a), line(b));
    }
    bool meet(const map::Leader& a, const geo::Box& box) const {
        return intersect(
            line(a), read("POLYGON((" + pair(box.min_x, box.min_y) + "," +
                          pair(box.max_x, box.min_y) + "," + pair(box.max_x, box.max_y) + "," +
                          pair(box.min_x, box.max_y) + "," + pair(box.min_x, box.min_y) + "))"));
    }

private:
    static std::string pair(double x, double y) {
        return std::to_string(x) + " " + std::to_string(y);
    }
    GEOSGeometry* read(const std::string& words) const {
        GEOSWKTReader* reader = GEOSWKTReader_create_r(geos_);
        GEOSGeometry* out = GEOSWKTReader_read_r(geos_, reader, words.c_str());
        GEOSWKTReader_destroy_r(geos_, reader);
        REQUIRE(out);
        return out;
    }
    GEOSGeometry* line(const map::Leader& leader) const {
        const auto a = in_pixels(leader.from), b = in_pixels(leader.to);
        return read("LINESTRING(" + pair(a.x, a.y) + "," + pair(b.x, b.y) + ")");
    }
    bool intersect(GEOSGeometry* a, GEOSGeometry* b) const {
        const bool out = GEOSIntersects_r(geos_, a, b) == 1;
        GEOSGeom_destroy_r(geos_, a);
        GEOSGeom_destroy_r(geos_, b);
        return out;
    }
    GEOSContextHandle_t geos_;
};

std::size_t occurrences(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

TEST_CASE("a number stands on what is large enough, and beside what is not, with a line to it") {
    const auto large = placed_numbers({numbered(7, {10, 20}, 40)});
    REQUIRE(large.size() == 1);
    CHECK(large[0].label.at == geo::Point{10, 20});
    CHECK_FALSE(large[0].leader);
    const auto small = placed_numbers({numbered(7, {10, 20}, 6)});
    REQUIRE(small.size() == 1);
    REQUIRE(small[0].leader);
    CHECK(small[0].leader->to == geo::Point{10, 20});
    // Six pixels across: the ground is all to be seen, and the number is near.
    const auto at = in_pixels({10, 20});
    CHECK_FALSE(number_box(small[0].label).intersects({at.x - 3, at.y - 3, at.x + 3, at.y + 3}));
    CHECK(std::hypot(small[0].label.at.x - 10, small[0].label.at.y - 20) < 30);
    // The line ends at the number, not in it.
    CHECK_FALSE(Meeting().meet(*small[0].leader, number_box(small[0].label)));
    CHECK(Meeting().meet(*small[0].leader, number_box(small[0].label).grown(3)));
    // A mark that says nothing of its ground stands on it as ever.
    CHECK_FALSE(placed_numbers({numbered(7, {10, 20}, 0)})[0].leader);
}

TEST_CASE("numbers, lines and symbols keep clear of each other and within the map") {
    std::mt19937 random(11);
    const auto place = [&] { return static_cast<double>(random() % 4600) / 10 - 230; };
    std::vector<map::Label> marks;
    for (std::size_t k = 0; k < 60; ++k)
        marks.push_back(numbered(k + 1, {place(), place()}, k % 3 == 0 ? 30 : 5));
    const std::vector<geo::Box> symbols{{100, 100, 116, 116}, {300, 220, 316, 236}};
    const auto placed = placed_numbers(marks, symbols);
    CHECK(placed.size() > 50);
    const Meeting geos;
    std::size_t lines = 0;
    for (std::size_t a = 0; a < placed.size(); ++a) {
        const auto box = number_box(placed[a].label);
        INFO(placed[a].label.text);
        CHECK((box.min_x >= 0 && box.min_y >= 0 && box.max_x <= kSide && box.max_y <= kSide));
        for (const auto& symbol : symbols) CHECK_FALSE(box.intersects(symbol));
        for (std::size_t b = 0; b < placed.size(); ++b) {
            if (b == a) continue;
            CHECK_FALSE(box.intersects(number_box(placed[b].label)));
            if (!placed[b].leader) continue;
            CHECK_FALSE(geos.meet(*placed[b].leader, box));
            if (placed[a].leader) CHECK_FALSE(geos.meet(*placed[b].leader, *placed[a].leader));
        }
        lines += placed[a].leader.has_value();
    }
    CHECK(lines > 30);
}

TEST_CASE("the number of a base stands beside its flag") {
    // The flag stands in the middle of a ward of ten pixels.
    const geo::Box flag{kSide / 2 - 8, kSide / 2 - 8, kSide / 2 + 8, kSide / 2 + 8};
    const auto placed = placed_numbers({numbered(1, {0, 0}, 10)}, {flag});
    REQUIRE(placed.size() == 1);
    CHECK_FALSE(number_box(placed[0].label).intersects(flag));
    CHECK(std::hypot(placed[0].label.at.x, placed[0].label.at.y) < 35);
}

TEST_CASE("numbers for which there is no other room stand over what they name") {
    // A map hardly larger than its number.
    const auto placed =
        map::place_marks({numbered(8, {0, 0}, 5)}, kPlain, 20, 20, number_size, {}, 8);
    REQUIRE(placed.size() == 1);
    CHECK_FALSE(placed[0].leader);
    CHECK(placed[0].label.at == geo::Point{0, 0});
}

TEST_CASE("a page draws a line to every ward that is smaller than its number") {
    auto page = test::grid_page("A4");
    const auto faces = page.scene.vintage->coverage->faces();
    for (std::size_t k = 0; k < 5; ++k) {
        auto mark = numbered(k + 1, faces[k * 10].box.centre(), k < 3 ? 10 : 900);
        page.marks.push_back(mark);
    }
    base::JobContext ctx(1);
    const auto svg = map::page_bytes(page, map::Format::Svg, ctx);
    const auto from = svg.find("id=\"leaders\"");
    REQUIRE(from != std::string::npos);
    const auto layer = svg.substr(from, svg.find("</g>", from) - from);
    // Two strokes of all lines, and a dot on each ward.
    CHECK(occurrences(layer, "<path") == 2 + 3);
    for (auto& mark : page.marks) mark.room_m = 0;
    CHECK(map::page_bytes(page, map::Format::Svg, ctx).find("id=\"leaders\"") == std::string::npos);
}
