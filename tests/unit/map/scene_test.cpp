#include "map/scene.hpp"

#include "map/map_drawing.hpp"
#include "map/symbols.hpp"
#include "province.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>

using namespace diaban;

namespace {

double length(std::span<const geo::Point> run) {
    double sum = 0;
    for (std::size_t i = 1; i < run.size(); ++i)
        sum += std::hypot(run[i].x - run[i - 1].x, run[i].y - run[i - 1].y);
    return sum;
}

map::LabelBox fixed_measure(const map::Label& label) {
    return {static_cast<double>(label.text.size()) * label.size_px * 0.5, label.size_px};
}

geo::Box box_on_screen(const map::Label& label, const map::Camera& c, double w, double h) {
    const auto size = fixed_measure(label);
    const double x = w / 2 + (label.at.x - c.centre.x) / c.metres_per_px;
    const double y = h / 2 - (label.at.y - c.centre.y) / c.metres_per_px;
    return {x - size.width_px / 2, y - size.height_px / 2, x + size.width_px / 2,
            y + size.height_px / 2};
}

// How often a path winds around a point: the sum of the angles under which its pieces are seen.
int winding(const map::Path& path, geo::Point p) {
    double sum = 0;
    for (std::size_t r = 0; r < path.runs(); ++r) {
        const auto run = path.run(r);
        for (std::size_t i = 0; i < run.size(); ++i) {
            const auto a = run[i], b = run[(i + 1) % run.size()];
            const double cross = (a.x - p.x) * (b.y - p.y) - (a.y - p.y) * (b.x - p.x);
            const double dot = (a.x - p.x) * (b.x - p.x) + (a.y - p.y) * (b.y - p.y);
            sum += std::atan2(cross, dot);
        }
    }
    return static_cast<int>(std::lround(sum / 6.283185307179586));
}

// Two halves of a square, and a unit that lies over the first.
std::shared_ptr<const data::Vintage> overlapping_units() {
    geo::PolygonSoup soup;
    const auto square = [&](double x0, double y0, double x1, double y1) {
        soup.points.insert(soup.points.end(), {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}});
        soup.end_ring();
        soup.end_face();
    };
    square(0, 0, 4500, 9000);
    square(4500, 0, 9000, 9000);
    square(1000, 2000, 3000, 7000);
    auto vintage = std::make_shared<data::Vintage>();
    vintage->units.code = {"1", "2", "3"};
    vintage->units.name = {"tây", "đông", "đè"};
    base::JobContext ctx(1);
    vintage->coverage = geo::build_coverage(soup, {}, ctx).coverage;
    return vintage;
}

// Whether a point lies in a district, by how often its units wind around it.
bool lies_over(const data::Vintage& vintage, std::uint32_t district, geo::Point at) {
    const auto& coverage = *vintage.coverage;
    map::Path path;
    for (std::size_t f = 0; f < coverage.face_count(); ++f) {
        if (vintage.units.parent[1][f] != district) continue;
        const auto& face = coverage.faces()[f];
        for (const auto& ring : coverage.rings().subspan(face.first_ring, face.ring_count)) {
            path.begin();
            coverage.ring_points(ring, 0, path.points);
        }
    }
    return winding(path, at) != 0;
}

} // namespace

TEST_CASE("the rank of a line is the highest level it separates") {
    const auto vintage = test::grid_province(9, 6);
    const auto ranks = map::line_ranks(*vintage);
    const auto arcs = vintage->coverage->arcs();
    REQUIRE(ranks.size() == arcs.size());
    std::map<map::LineRank, int> seen;
    for (std::size_t a = 0; a < arcs.size(); ++a) {
        ++seen[ranks[a]];
        const auto l = arcs[a].left, r = arcs[a].right;
        if (l == geo::kOutside || r == geo::kOutside)
            CHECK(ranks[a] == map::LineRank::Coast);
        else if (vintage->units.parent[2][l] != vintage->units.parent[2][r])
            CHECK(ranks[a] == map::LineRank::Province);
        else if (vintage->units.parent[1][l] != vintage->units.parent[1][r])
            CHECK(ranks[a] == map::LineRank::District);
        else
            CHECK(ranks[a] == map::LineRank::Commune);
    }
    CHECK(seen.size() == 4);
}

TEST_CASE("without districts and provinces there are communes and the coast") {
    auto vintage = std::make_shared<data::Vintage>(*test::grid_province(4, 4));
    vintage->units.parent[1].clear();
    vintage->units.parent[2].clear();
    for (const auto rank : map::line_ranks(*vintage))
        CHECK((rank == map::LineRank::Commune || rank == map::LineRank::Coast));
}

TEST_CASE("fit shows the whole box, centred") {
    const geo::Box box{0, 0, 2000, 1000};
    const auto camera = map::fit(box, 220, 220, 10);
    CHECK(camera.centre == geo::Point{1000, 500});
    CHECK(camera.metres_per_px == Approx(10));
    CHECK(map::fit({5, 5, 5, 5}, 100, 100, 0).metres_per_px == 1);
}

TEST_CASE("every border is drawn once") {
    map::Scene scene;
    scene.vintage = test::grid_province(9, 6);
    scene.style = test::striped_style(54, 5);
    scene.ranks = map::line_ranks(*scene.vintage);
    map::Frame frame;
    frame.box = {0, 0, 900, 600};
    frame.camera = map::fit(scene.vintage->coverage->box(), 900, 600, 4);
    const auto faces = map::draw_faces(scene, frame);
    double drawn = 0, there = 0;
    for (const auto& line : map::draw_lines(faces, frame.camera.metres_per_px, 1))
        for (std::size_t r = 0; r < line.path.runs(); ++r) drawn += length(line.path.run(r));
    for (geo::ArcId a = 0; a < scene.vintage->coverage->arcs().size(); ++a)
        there += length(faces.arc(a));
    CHECK(drawn == Approx(there));
}

TEST_CASE("the ground of a class is that of its units, without what lies between them") {
    std::mt19937 random(7);
    for (const bool overlap : {false, true}) {
        const auto vintage = overlap ? overlapping_units() : test::grid_province(9, 6);
        map::Scene scene;
        scene.vintage = vintage;
        const auto units = vintage->coverage->face_count();
        scene.style = test::striped_style(units, 2);
        for (std::size_t i = 0; i < units; ++i) // some neighbours alike
            scene.style.entry_of[i] = overlap ? 0 : static_cast<std::uint16_t>(i / 3 % 2);
        map::Frame frame;
        frame.box = {10, 20, 400, 300};
        frame.camera = map::fit(vintage->coverage->box(), 400, 300, 3);
        const auto drawing = map::draw_faces(scene, frame);
        for (std::size_t entry = 0; entry < 2; ++entry) {
            const auto rings = drawing.faces_of_entry(entry);
            const auto ground = drawing.ground_of_entry(entry);
            CHECK(ground.points.size() <= rings.points.size());
            if (!rings.empty()) CHECK(ground.points.size() < rings.points.size());
            std::map<int, int> seen;
            for (int i = 0; i < 3000; ++i) {
                const geo::Point p{10 + 400 * std::generate_canonical<double, 32>(random),
                                   20 + 300 * std::generate_canonical<double, 32>(random)};
                const int times = winding(ground, p);
                ++seen[times];
                if (times != winding(rings, p)) FAIL_CHECK("at " << p.x << ", " << p.y);
            }
            CHECK(seen.size() == (rings.empty() ? 1u : overlap ? 3u : 2u));
        }
    }
}

TEST_CASE("lines between tiny communes vanish, those of provinces never") {
    map::Scene scene;
    scene.vintage = test::grid_province(60, 60);
    scene.style = test::striped_style(3600, 5);
    scene.ranks = map::line_ranks(*scene.vintage);
    const auto communes_at = [&](double px) {
        map::Frame frame;
        frame.box = {0, 0, px, px};
        frame.camera = map::fit(scene.vintage->coverage->box(), px, px, 1);
        double opacity = 0;
        bool province = false;
        for (const auto& line :
             map::draw_lines(map::draw_faces(scene, frame), frame.camera.metres_per_px, 1)) {
            if (line.rank == map::LineRank::Commune) opacity = std::max(opacity, line.opacity);
            province = province || line.rank == map::LineRank::Province;
        }
        CHECK(province);
        return opacity;
    };
    CHECK(communes_at(100) == 0);
    CHECK(communes_at(700) < 1);
    CHECK(communes_at(3000) == 1);
}

TEST_CASE("white lines turn grey between light units") {
    CHECK(map::commune_line({255, 255, 212}, {255, 255, 255}) != map::kCommuneLine);
    CHECK(map::commune_line({153, 52, 4}, {255, 255, 255}) == map::kCommuneLine);
}

TEST_CASE("labels never touch each other, blocked places or the edge; the important win") {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> place(-45000, 45000);
    std::vector<map::Label> candidates;
    for (int i = 0; i < 400; ++i) {
        map::Label label;
        label.text = std::string(3 + random() % 12, 'x');
        label.at = {place(random), place(random)};
        label.priority = static_cast<int>(random() % 1000);
        candidates.push_back(label);
    }
    candidates[7].priority = 5000;
    candidates[7].at = {0, 0};
    const map::Camera camera{{0, 0}, 100};
    const std::vector<geo::Box> blocked{{100, 100, 200, 300}};
    const auto placed = map::place_labels(candidates, camera, 900, 900, fixed_measure, blocked);
    CHECK(placed.size() > 60);
    CHECK(placed.size() < 400);
    CHECK(placed.front().priority == 5000);
    CHECK(placed.front().at == geo::Point{0, 0});
    for (std::size_t a = 0; a < placed.size(); ++a) {
        const auto box = box_on_screen(placed[a], camera, 900, 900);
        CHECK_FALSE(box.intersects(blocked[0]));
        CHECK((box.min_x >= 0 && box.min_y >= 0 && box.max_x <= 900 && box.max_y <= 900));
        for (std::size_t b = a + 1; b < placed.size(); ++b)
            CHECK_FALSE(box.intersects(box_on_screen(placed[b], camera, 900, 900)));
    }
}

TEST_CASE("two names of one line do not read as one") {
    const map::Camera camera{{0, 0}, 1};
    std::vector<map::Label> names(2);
    names[0].text = "TP. Cần Thơ", names[0].priority = 2;
    names[1].text = "Bến Tre";
    const auto height = fixed_measure(names[0]).height_px;
    // Side by side with the width of a blank between them: the second goes elsewhere.
    const double touching =
        (fixed_measure(names[0]).width_px + fixed_measure(names[1]).width_px) / 2 + 0.25 * height;
    const auto gap = [&](double apart) {
        names[1].at = {apart, 0};
        const auto placed = map::place_labels(names, camera, 900, 900, fixed_measure);
        REQUIRE(placed.size() == 2);
        const auto a = box_on_screen(placed[0], camera, 900, 900),
                   b = box_on_screen(placed[1], camera, 900, 900);
        const bool one_line = a.min_y < b.max_y && b.min_y < a.max_y;
        return one_line ? b.min_x - a.max_x : 900;
    };
    CHECK(gap(touching) >= 0.6 * height - 1e-9);
    CHECK(gap(touching + 0.5 * height) == Approx(0.75 * height)); // far enough: both stay
}

TEST_CASE("a name beside a symbol stands at its right, else left, above or below, never over it") {
    const map::Camera camera{{0, 0}, 1}; // a metre is a pixel; y is upwards
    map::Label label;
    label.text = "Cảng";
    label.aside_px = 10;
    const auto size = fixed_measure(label);
    const double x = 10 + size.width_px / 2, y = 10 + size.height_px / 2;
    std::vector<geo::Box> blocked{{242, 242, 258, 258}}; // the symbol, in the middle of 500 by 500
    for (const geo::Point middle :
         {geo::Point{x, 0}, geo::Point{-x, 0}, geo::Point{0, y}, geo::Point{0, -y}}) {
        const auto placed = map::place_labels({label}, camera, 500, 500, fixed_measure, blocked);
        REQUIRE(placed.size() == 1);
        CHECK(placed[0].at.x == Approx(middle.x).margin(1e-9));
        CHECK(placed[0].at.y == Approx(middle.y).margin(1e-9));
        blocked.push_back(box_on_screen(placed[0], camera, 500, 500)); // is taken the next time
    }
    CHECK(map::place_labels({label}, camera, 500, 500, fixed_measure, blocked).empty());
}

TEST_CASE("a label much wider than what it names is left out") {
    map::Label label;
    label.text = "Thành phố Long Xuyên";
    label.room_m = 5000;
    const auto placed_at = [&](double metres_per_px) {
        return map::place_labels({label}, {{0, 0}, metres_per_px}, 500, 500, fixed_measure).size();
    };
    CHECK(placed_at(10) == 1);
    CHECK(placed_at(1000) == 0);
}

TEST_CASE("a label much higher than what it names is left out") {
    map::Label label;
    label.text = "Bình Phước";
    const auto height = fixed_measure(label).height_px;
    const auto placed = [&](double high_m) {
        label.room_high_m = high_m;
        return map::place_labels({label}, {{0, 0}, 1}, 500, 500, fixed_measure).size();
    };
    CHECK(placed(0) == 1); // as high as it likes
    CHECK(placed(height) == 1);
    CHECK(placed(height / 2) == 0);
}

TEST_CASE("a name that moves aside stays over what it names") {
    const auto vintage = test::grid_province(9, 6);
    std::mt19937 random(5);
    std::size_t moved = 0, left_out = 0;
    constexpr double kView = 300;
    for (const double px : {60.0, 90.0, 140.0}) {
        const auto camera = map::fit(vintage->coverage->box(), px, px, 1);
        const auto somewhere = [&] {
            return (kView - px) / 2 + static_cast<double>(random() % static_cast<unsigned>(px));
        };
        for (int round = 0; round < 40; ++round) {
            auto names = map::label_candidates(*vintage, data::Level::District, 12);
            // Wider than the districts, as the names of cities are.
            for (auto& name : names) name.room_m = name.room_high_m = 0;
            std::vector<geo::Box> blocked;
            for (int i = 0; i < 3; ++i) {
                const double x = somewhere(), y = somewhere();
                blocked.push_back({x, y, x + 6, y + 6});
            }
            const auto placed =
                map::place_labels(names, camera, kView, kView, fixed_measure, blocked);
            left_out += names.size() - placed.size();
            for (const auto& label : placed) {
                const auto meant = std::find_if(names.begin(), names.end(), [&](const auto& one) {
                    return one.ground_name == label.ground_name;
                });
                REQUIRE(meant != names.end());
                moved += meant->at != label.at;
                CHECK(lies_over(*vintage, label.ground_name, label.at));
            }
        }
    }
    CHECK(moved > 20);
    CHECK(left_out > 20);
}

TEST_CASE("what lies in a named ground is told by its borders, not by its box") {
    const auto vintage = test::grid_province(9, 6);
    const auto faces = vintage->coverage->faces();
    const map::NamedGround communes(vintage->coverage);
    const map::NamedGround both(vintage->coverage, {{0, 1}, {2}});
    for (const auto f : {0U, 1U, 2U}) {
        const auto at = faces[f].box.centre();
        CHECK(communes.holds(f, at));
        CHECK_FALSE(communes.holds(f + 1, at));
        CHECK(both.holds(0, at) == (f < 2));
        CHECK(both.holds(1, at) == (f == 2));
    }
}

TEST_CASE("names leave out the word for a rank where nothing else is called the same") {
    const auto shortened = [](std::vector<std::string> names) {
        std::vector<map::Label> labels(names.size());
        for (std::size_t i = 0; i < names.size(); ++i) labels[i].text = names[i];
        labels = map::short_names(std::move(labels));
        for (std::size_t i = 0; i < names.size(); ++i) names[i] = labels[i].text;
        return names;
    };
    using Names = std::vector<std::string>;
    CHECK(shortened({"Huyện Phú Tân", "Thành phố Long Xuyên", "Huyện đảo Lý Sơn"}) ==
          Names{"Phú Tân", "Long Xuyên", "Lý Sơn"});
    // One of two would not be known from the other.
    CHECK(shortened({"Huyện Cao Lãnh", "Thành phố Cao Lãnh", "Thị xã Hồng Ngự"}) ==
          Names{"Huyện Cao Lãnh", "Thành phố Cao Lãnh", "Hồng Ngự"});
    CHECK(shortened({"Quận 1", "Phường 12", "TP. Huế", "Huyện ", ""}) ==
          Names{"Quận 1", "Phường 12", "Huế", "Huyện ", ""});
}

TEST_CASE("districts are named inside themselves, larger first") {
    const auto vintage = test::grid_province(9, 6);
    const auto labels = map::label_candidates(*vintage, data::Level::District, 12);
    REQUIRE(labels.size() == 6);
    const auto faces = vintage->coverage->faces();
    for (std::size_t g = 0; g < labels.size(); ++g) {
        CHECK(labels[g].text == "Huyện " + std::to_string(g + 1));
        bool inside = false;
        for (std::size_t f = 0; f < faces.size(); ++f)
            inside =
                inside || (vintage->units.parent[1][f] == g && faces[f].box.contains(labels[g].at));
        CHECK(inside);
        CHECK(labels[g].priority > 0);
    }
    CHECK(map::label_candidates(*vintage, data::Level::Commune, 12).size() == 54);
}

TEST_CASE("every place symbol lies on its grid and can be drawn as fans") {
    for (const auto& kind : map::symbol_kinds()) {
        const auto& shape = map::symbol_shape(kind);
        INFO(kind);
        CHECK_FALSE(shape.plate.empty());
        CHECK((!shape.fills.empty() || !shape.strokes.empty()));
        auto all = shape.fills;
        all.push_back(shape.plate);
        for (const auto& path : all) {
            REQUIRE(path.runs() == 1);
            const auto run = path.run(0);
            int left = 0, right = 0;
            for (std::size_t i = 0; i < run.size(); ++i) {
                CHECK((run[i].x >= 0 && run[i].x <= 16 && run[i].y >= 0 && run[i].y <= 16));
                const auto &a = run[i], &b = run[(i + 1) % run.size()],
                           &c = run[(i + 2) % run.size()];
                const double turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
                left += turn > 1e-9, right += turn < -1e-9;
            }
            CHECK((left == 0 || right == 0));
        }
    }
    CHECK(&map::symbol_shape("spaceport") == &map::symbol_shape("other"));
}

TEST_CASE("overlaps and narrow gaps of a file are not drawn as the outer border") {
    // Four squares in a row; between the second and third a gap of 1 m, closed above and below by
    // the neighbours' corners; the fourth overlaps the third by 100 m.
    geo::PolygonSoup soup;
    const auto add = [&](std::vector<geo::Point> ring) {
        soup.points.insert(soup.points.end(), ring.begin(), ring.end());
        soup.end_ring();
        soup.end_face();
    };
    add({{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}});
    add({{1000, 0}, {2000, 0}, {1999, 500}, {2000, 1000}, {1000, 1000}});
    add({{2000, 0}, {3000, 0}, {3000, 200}, {3000, 800}, {3000, 1000}, {2000, 1000}});
    add({{2900, 200}, {3000, 200}, {4000, 200}, {4000, 800}, {3000, 800}, {2900, 800}});
    base::JobContext ctx(1);
    auto vintage = std::make_shared<data::Vintage>();
    vintage->coverage = geo::build_coverage(soup, {}, ctx).coverage;
    const auto ranks = map::line_ranks(*vintage);
    double coast_m = 0;
    for (std::size_t a = 0; a < ranks.size(); ++a) {
        if (ranks[a] != map::LineRank::Coast) continue;
        const auto points = vintage->coverage->vertices_of(vintage->coverage->arcs()[a]);
        for (std::size_t i = 1; i < points.size(); ++i)
            coast_m += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    }
    // The outline of all four together: 3000 x 1000 m with a spur of 1000 m on either side of 600.
    CHECK(coast_m == Approx(3000 + 1000 + 3000 + 200 + 200 + 1000 + 600 + 1000));
}
