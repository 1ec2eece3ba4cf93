#include "map/marks.hpp"

#include "geo/segment_part.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::map {
namespace {

constexpr double kMarkGap = 2; // between a text and what it must not touch, px
// How far beyond what it names a number is tried, in heights of the text.
constexpr std::array kBeyond{0.5, 1.2, 2.0, 3.0, 4.5, 6.5};
// Directions tried in this order: along the page, then slantwise.
constexpr std::array<geo::Point, 16> kDirections{{{1, 0},
                                                  {-1, 0},
                                                  {0, -1},
                                                  {0, 1},
                                                  {0.71, -0.71},
                                                  {-0.71, -0.71},
                                                  {0.71, 0.71},
                                                  {-0.71, 0.71},
                                                  {0.92, -0.38},
                                                  {-0.92, -0.38},
                                                  {0.92, 0.38},
                                                  {-0.92, 0.38},
                                                  {0.38, -0.92},
                                                  {-0.38, -0.92},
                                                  {0.38, 0.92},
                                                  {-0.38, 0.92}}};
constexpr std::size_t kMostLeaders = 200; // more lines nobody can follow on one map
constexpr double kAlong = 6;              // length of the pieces of boxes_along(), px

struct Segment {
    geo::Point a, b;
};

geo::Box box_about(geo::Point middle, double width, double height) {
    return {middle.x - width / 2, middle.y - height / 2, middle.x + width / 2,
            middle.y + height / 2};
}

bool runs_through(const Segment& s, const geo::Box& box) {
    return geo::part_in_box(s.a, s.b, box).has_value();
}

bool lines_cross(const Segment& s, const Segment& t) {
    const auto side = [](const Segment& of, geo::Point p) {
        return (of.b.x - of.a.x) * (p.y - of.a.y) - (of.b.y - of.a.y) * (p.x - of.a.x);
    };
    return side(s, t.a) * side(s, t.b) <= 0 && side(t, s.a) * side(t, s.b) <= 0;
}

// Where a text that stands beside what it names ends towards it.
geo::Point edge_towards(geo::Point middle, const LabelBox& size, geo::Point to) {
    const double dx = std::abs(to.x - middle.x), dy = std::abs(to.y - middle.y);
    const double half_width = size.width_px / 2 + kMarkGap / 2,
                 half_height = size.height_px / 2 + kMarkGap / 2;
    const double share =
        std::min({1.0, dx > 0 ? half_width / dx : 1.0, dy > 0 ? half_height / dy : 1.0});
    return {middle.x + share * (to.x - middle.x), middle.y + share * (to.y - middle.y)};
}

class MarkPlaces {
public:
    MarkPlaces(const Camera& camera, double width, double height,
               const std::function<LabelBox(const Label&)>& measure, std::vector<geo::Box> blocked,
               double symbol)
        : camera_(camera), width_(width), height_(height), measure_(measure),
          symbols_(std::move(blocked)), symbol_(symbol) {}

    std::vector<PlacedMark> place(const std::vector<Label>& marks) {
        std::vector<Label> roomy, tiny;
        for (auto mark : marks) {
            const auto size = measure_(mark);
            const double room = mark.room_m / camera_.metres_per_px;
            const bool small = mark.room_m > 0 && room < std::max(size.width_px, size.height_px);
            if (small) grounds_.push_back(box_about(on_page(mark.at), room, room));
            (small ? tiny : roomy).push_back(std::move(mark));
        }
        // What is small is not to be covered by the number of another either.
        roomy = put(std::move(roomy), true, 0);
        roomy = put(std::move(roomy), true, symbol_);
        std::stable_sort(tiny.begin(), tiny.end(),
                         [](const Label& a, const Label& b) { return a.priority > b.priority; });
        std::vector<Label> left;
        for (auto& mark : tiny) {
            if (!put_beside(mark, true) && !put_beside(mark, false))
                left.push_back(std::move(mark));
        }
        // Better over it than nowhere.
        left.insert(left.end(), std::make_move_iterator(roomy.begin()),
                    std::make_move_iterator(roomy.end()));
        put(put(std::move(left), false, 0), false, symbol_);
        return std::move(placed_);
    }

private:
    geo::Point on_page(geo::Point p) const {
        return {width_ / 2 + (p.x - camera_.centre.x) / camera_.metres_per_px,
                height_ / 2 - (p.y - camera_.centre.y) / camera_.metres_per_px};
    }
    geo::Point on_map(geo::Point p) const {
        return {camera_.centre.x + (p.x - width_ / 2) * camera_.metres_per_px,
                camera_.centre.y - (p.y - height_ / 2) * camera_.metres_per_px};
    }

    // On the spot, or beside the symbol that is there. Returns those that find no room.
    std::vector<Label> put(std::vector<Label> marks, bool clear_of_grounds, double aside) {
        auto blocked = symbols_;
        blocked.insert(blocked.end(), texts_.begin(), texts_.end());
        for (const auto& line : lines_)
            for (const auto& box : boxes_along(line.a, line.b)) blocked.push_back(box);
        if (clear_of_grounds) blocked.insert(blocked.end(), grounds_.begin(), grounds_.end());
        for (auto& mark : marks) {
            mark.room_m = 0; // decided already
            mark.aside_px = aside;
        }
        for (auto& label : place_labels(marks, camera_, width_, height_, measure_, blocked)) {
            std::erase_if(marks, [&](const Label& mark) { return mark.text == label.text; });
            const auto size = measure_(label);
            texts_.push_back(box_about(on_page(label.at), size.width_px, size.height_px));
            placed_.push_back({std::move(label), {}});
        }
        return marks;
    }

    bool put_beside(const Label& mark, bool clear_of_grounds) {
        const auto at = on_page(mark.at);
        if (lines_.size() >= kMostLeaders || at.x < 0 || at.y < 0 || at.x > width_ ||
            at.y > height_)
            return false;
        const auto size = measure_(mark);
        double half = mark.room_m / camera_.metres_per_px / 2;
        for (const auto& box : symbols_)
            if (box.contains(at)) half = std::max(half, symbol_);
        for (const double beyond : kBeyond)
            for (const auto& way : kDirections) {
                const double from_at = half + beyond * size.height_px +
                                       std::abs(way.x) * size.width_px / 2 +
                                       std::abs(way.y) * size.height_px / 2;
                const geo::Point middle{at.x + from_at * way.x, at.y + from_at * way.y};
                const auto box = box_about(middle, size.width_px, size.height_px);
                const Segment line{edge_towards(middle, size, at), at};
                if (!is_free(box, clear_of_grounds) || !is_free(line, at)) continue;
                texts_.push_back(box);
                lines_.push_back(line);
                placed_.push_back({mark, Leader{on_map(line.a), mark.at}});
                placed_.back().label.at = on_map(middle);
                return true;
            }
        return false;
    }

    bool is_free(const geo::Box& box, bool clear_of_grounds) const {
        if (box.min_x < 0 || box.min_y < 0 || box.max_x > width_ || box.max_y > height_)
            return false;
        const auto grown = box.grown(kMarkGap);
        const auto hit = [&](const std::vector<geo::Box>& boxes) {
            return std::any_of(boxes.begin(), boxes.end(),
                               [&](const geo::Box& other) { return other.intersects(grown); });
        };
        return !hit(symbols_) && !hit(texts_) && !(clear_of_grounds && hit(grounds_)) &&
               std::none_of(lines_.begin(), lines_.end(),
                            [&](const Segment& other) { return runs_through(other, grown); });
    }
    bool is_free(const Segment& line, geo::Point at) const {
        return std::none_of(texts_.begin(), texts_.end(),
                            [&](const geo::Box& box) { return runs_through(line, box); }) &&
               std::none_of(symbols_.begin(), symbols_.end(),
                            [&](const geo::Box& box) {
                                return !box.contains(at) && runs_through(line, box);
                            }) &&
               std::none_of(lines_.begin(), lines_.end(),
                            [&](const Segment& other) { return lines_cross(line, other); });
    }

    Camera camera_;
    double width_, height_;
    const std::function<LabelBox(const Label&)>& measure_;
    std::vector<geo::Box> symbols_, texts_, grounds_; // the last of what is small
    double symbol_;
    std::vector<Segment> lines_;
    std::vector<PlacedMark> placed_;
};

} // namespace

std::vector<PlacedMark> place_marks(const std::vector<Label>& marks, const Camera& camera,
                                    double width_px, double height_px,
                                    const std::function<LabelBox(const Label&)>& measure,
                                    std::vector<geo::Box> blocked_px, double symbol_px) {
    return MarkPlaces(camera, width_px, height_px, measure, std::move(blocked_px), symbol_px)
        .place(marks);
}

std::vector<geo::Box> boxes_along(geo::Point a, geo::Point b) {
    const auto pieces = std::max(1.0, std::ceil(std::hypot(b.x - a.x, b.y - a.y) / kAlong));
    std::vector<geo::Box> out;
    for (double k = 0; k < pieces; ++k) {
        geo::Box box;
        for (const double at : {k / pieces, (k + 1) / pieces})
            box.add(geo::Point{a.x + at * (b.x - a.x), a.y + at * (b.y - a.y)});
        out.push_back(box);
    }
    return out;
}

} // namespace diaban::map
