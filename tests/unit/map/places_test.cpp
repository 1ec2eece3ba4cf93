// Places on a page: the legend counts what is drawn, in any format.
#include "map/canvas.hpp"
#include "map/page_layout.hpp"
#include "province.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace diaban;

namespace {

// Notes the texts of the legend instead of painting.
struct Notes : map::Canvas {
    std::vector<std::string> layers, legend;
    std::vector<std::pair<map::Text, geo::Point>> labels;
    void begin_layer(std::string_view id, std::string_view) override { layers.emplace_back(id); }
    void end_layer() override { layers.pop_back(); }
    void clip(const map::Rect&) override {}
    void unclip() override {}
    void fill(const map::Path&, map::Colour) override {}
    void stroke(const map::Path&, const map::Stroke&) override {}
    void hatch(const map::Path&, map::Hatch, const map::HatchLook&) override {}
    void faces(const map::FaceDrawing&, double, base::JobContext&) override {}
    void text_along(const map::Text&, std::span<const geo::Point>) override {}
    void picture(const map::Picture&, const map::Rect&) override {}
    void text(const map::Text& text, geo::Point at) override {
        if (!layers.empty() && layers.back() == "legend") legend.push_back(text.string);
        if (!layers.empty() && layers.back() == "labels") labels.emplace_back(text, at);
    }
    bool names(const std::string& what) const {
        return std::any_of(labels.begin(), labels.end(),
                           [&](const auto& label) { return label.first.string == what; });
    }
    std::size_t districts() const {
        return static_cast<std::size_t>(
            std::count_if(labels.begin(), labels.end(), [](const auto& label) {
                return label.first.string.starts_with("Huyện");
            }));
    }
};

Notes painted(const map::Page& page) {
    base::JobContext ctx(1);
    const map::Typesetter typesetter(map::find_font_family());
    const map::PageLayout layout(page, typesetter);
    Notes notes;
    layout.paint(notes, ctx);
    return notes;
}

// The number beside a label of the legend; empty: no such row.
std::string counted(const Notes& notes, const std::string& label) {
    for (std::size_t i = 0; i + 1 < notes.legend.size(); ++i)
        if (notes.legend[i] == label) return notes.legend[i + 1];
    return "";
}

} // namespace

TEST_CASE("the legend counts the places that are drawn, not those of the file") {
    for (const char* size : {"A4 landscape", "A4 portrait", "slide"}) {
        auto page = test::grid_page(size);
        page.scene.ranks = map::line_ranks(*page.scene.vintage);
        const auto inside = page.scene.vintage->coverage->faces()[0].label_at;
        const geo::Point far{inside.x + 1e6, inside.y};
        page.text.symbols = {
            {"industrial_zone", "khu công nghiệp"}, {"port", "cảng"}, {"market", "chợ"}};
        page.scene.symbols = {{inside, "industrial_zone"}, {far, "industrial_zone"},
                              {far, "industrial_zone"},    {far, "port"},
                              {inside, "market"},          {inside, "market"}};
        const auto notes = painted(page);
        INFO(size);
        CHECK(counted(notes, "khu công nghiệp") == "1");
        CHECK(counted(notes, "cảng").empty()); // nothing of it is there to be explained
        CHECK(counted(notes, "chợ") == "2");
    }
}

TEST_CASE("names of places stand on the page where they are asked for, over nothing else") {
    const map::Typesetter typesetter(map::find_font_family());
    for (const char* size : {"A4 landscape", "A4 portrait", "slide"}) {
        INFO(size);
        auto page = test::grid_page(size);
        page.scene.ranks = map::line_ranks(*page.scene.vintage);
        const auto faces = page.scene.vintage->coverage->faces();
        const geo::Point far{faces[0].label_at.x + 1e6, faces[0].label_at.y};
        page.scene.symbols = {{faces[18].label_at, "port", "Cảng Một"},
                              {faces[29].label_at, "port", "Cảng Hai"},
                              {faces[24].label_at, "port", ""},
                              {far, "port", "Cảng Xa"}};
        // In one spot, more than there is room for.
        for (int i = 0; i < 12; ++i)
            page.scene.symbols.push_back(
                {faces[33].label_at, "market", "Chợ " + std::to_string(i)});
        CHECK_FALSE(painted(page).names("Cảng Một"));
        const auto districts = painted(page).districts();
        CHECK(districts > 2);
        page.place_labels = true;
        const auto both = painted(page);
        CHECK(both.districts() == districts); // whose names come first
        CHECK(both.names("Cảng Một"));
        CHECK(both.names("Cảng Hai"));
        CHECK_FALSE(both.names("Cảng Xa"));
        CHECK(both.labels.size() > districts + 2);
        CHECK(both.labels.size() < districts + 2 + 12);
        std::vector<geo::Box> boxes;
        for (const auto& [text, at] : both.labels) {
            const auto words = typesetter.measure(text);
            // As high as letters are; the line has room above and below them.
            boxes.push_back(
                {at.x, at.y + words.height * 0.08, at.x + words.width, at.y + words.height * 0.92});
        }
        for (std::size_t a = 0; a < boxes.size(); ++a)
            for (std::size_t b = a + 1; b < boxes.size(); ++b) {
                INFO(both.labels[a].first.string << " | " << both.labels[b].first.string);
                CHECK_FALSE(boxes[a].intersects(boxes[b]));
            }
        page.district_labels = false;
        const auto places = painted(page);
        CHECK(places.districts() == 0);
        CHECK(places.names("Cảng Một"));
    }
}

TEST_CASE("islets of a few pixels have no outline, larger ones a thin one") {
    // One square of 100 km with islets of 0.1, 1 and 20 km off its coast.
    auto vintage = std::make_shared<data::Vintage>();
    geo::PolygonSoup soup;
    const auto square = [&](double x, double y, double side) {
        soup.points.insert(soup.points.end(),
                           {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}});
        soup.end_ring();
        soup.end_face();
        vintage->units.code.push_back(std::to_string(vintage->units.code.size()));
        vintage->units.name.push_back("Xã");
    };
    square(0, 0, 100e3);
    square(110e3, 0, 100);
    square(110e3, 10e3, 1000);
    square(110e3, 30e3, 20e3);
    base::JobContext ctx(1);
    vintage->coverage = geo::build_coverage(soup, {}, ctx).coverage;
    map::Scene scene;
    scene.vintage = vintage;
    scene.style = test::striped_style(4, 2);
    scene.ranks = map::line_ranks(*vintage);
    map::Frame frame;
    frame.box = {0, 0, 800, 800};
    frame.camera = {{65e3, 50e3}, 130e3 / 800}; // 6 pixels for the kilometre
    double full = 0, thin = 0;
    std::size_t rings = 0;
    for (const auto& line :
         map::draw_lines(map::draw_faces(scene, frame), frame.camera.metres_per_px, 1)) {
        rings += line.path.runs();
        full = std::max(full, line.style.width_px * line.opacity);
        if (line.path.runs() == 1 && line.opacity < 1) thin = line.style.width_px * line.opacity;
    }
    CHECK(rings == 3); // not the smallest
    CHECK(thin > 0);
    CHECK(thin < full / 2);
}
