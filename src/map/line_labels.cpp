#include "map/line_labels.hpp"

#include "geo/label_point.hpp"
#include "geo/plane.hpp"
#include "geo/segment_part.hpp"
#include "geo/thin_line.hpp"
#include "map/marks.hpp"
#include "map/occupied.hpp"
#include "map/srgb.hpp"
#include "map/text_path.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <utility>

namespace diaban::map {
namespace {

using geo::Point;

// Lengths are ems of the name.
constexpr double kStep = 0.25;              // between the points of a line as names see it
constexpr std::array kSmoothings{0.9, 2.2}; // standard deviations: the gentler is tried too
constexpr double kFromLine = 0.16;          // between the ink and the line
constexpr double kFarthestOut = 0.9;        // the line may stand out so far from its smooth course
constexpr double kFreeEnd = 0.3;            // of a line, before and after its name
constexpr double kRoomAround = 0.3;         // to what else is written
constexpr double kAgainAfter = 28;          // between the middles of two names of one line
constexpr double kBeyondName = 0.6;         // of the course, taken beyond the name on both sides
constexpr double kSharpest =
    18 * std::numbers::pi / 180; // between two letters that follow each other
constexpr double kMostTurned = 80 * std::numbers::pi / 180; // between any two letters of a name
constexpr double kUpright = -0.1;                           // least cosine of the angle of a letter
constexpr double kMostTries = 120;                          // places along one line
constexpr double kReadable = 0.183; // luminance with a contrast of 4.5 to white

Point moved(Point p, Point way, double by) {
    return {p.x + by * way.x, p.y + by * way.y};
}
Point unit(Point v) {
    const double length = std::hypot(v.x, v.y);
    return length > 0 ? Point{v.x / length, v.y / length} : Point{1, 0};
}
// Upwards on the page for a text that goes to the right.
Point up_of(Point along) {
    return {along.y, -along.x};
}

// ---- Lines -------------------------------------------------------------------------------------

// One line of a name within the frame.
struct Course {
    const Overlay* overlay = nullptr;
    std::string name;
    std::vector<Point> line; // page units
    double length = 0;
};

// Lines of one name, joined where exactly two of their ends meet.
class Joined {
public:
    explicit Joined(std::vector<const std::vector<Point>*> lines)
        : lines_(std::move(lines)), used_(lines_.size(), false) {
        for (std::size_t l = 0; l < lines_.size(); ++l)
            for (const auto& end : {lines_[l]->front(), lines_[l]->back()})
                ends_[{end.x, end.y}].push_back(l);
    }
    std::vector<std::vector<Point>> chains() {
        std::vector<std::vector<Point>> out;
        for (std::size_t l = 0; l < lines_.size(); ++l) {
            if (used_[l]) continue;
            used_[l] = true;
            auto chain = *lines_[l];
            extend(chain);
            std::reverse(chain.begin(), chain.end());
            extend(chain);
            out.push_back(std::move(chain));
        }
        return out;
    }

private:
    void extend(std::vector<Point>& chain) {
        while (const auto next = other_at(chain.back())) {
            used_[*next] = true;
            const auto& line = *lines_[*next];
            if (line.front() == chain.back())
                chain.insert(chain.end(), line.begin() + 1, line.end());
            else
                chain.insert(chain.end(), line.rbegin() + 1, line.rend());
        }
    }
    std::optional<std::size_t> other_at(Point end) const {
        const auto& there = ends_.at({end.x, end.y});
        if (there.size() != 2) return std::nullopt;
        for (const auto l : there)
            if (!used_[l]) return l;
        return std::nullopt;
    }

    std::vector<const std::vector<Point>*> lines_;
    std::vector<bool> used_;
    std::map<std::pair<double, double>, std::vector<std::size_t>> ends_;
};

// The parts of a line within a box, each as a line of its own.
std::vector<std::vector<Point>> parts_in(const std::vector<Point>& line, const geo::Box& box) {
    std::vector<std::vector<Point>> out;
    bool going_on = false; // the last part has not left the box
    for (std::size_t i = 1; i < line.size(); ++i) {
        const auto a = line[i - 1], way = line[i] - a;
        const auto part = geo::part_in_box(a, line[i], box);
        if (!part) {
            going_on = false;
            continue;
        }
        if (!going_on || part->first > 0) out.push_back({moved(a, way, part->first)});
        out.back().push_back(moved(a, way, part->second));
        going_on = part->second >= 1;
    }
    return out;
}

std::vector<Course> courses_of(const std::vector<Overlay>& overlays, const Frame& frame) {
    std::vector<Course> out;
    const auto view = frame.map_box();
    const auto& box = frame.box;
    for (const auto& overlay : overlays) {
        const auto& set = *overlay.set;
        std::map<std::string, std::vector<const std::vector<Point>*>> named;
        for (std::size_t l = 0; l < set.names.size(); ++l)
            if (!set.names[l].empty() && set.lines[l].size() > 1 && set.boxes[l].intersects(view) &&
                !(l < set.bounds_area.size() && set.bounds_area[l]))
                named[set.names[l]].push_back(&set.lines[l]);
        const auto first = out.size();
        for (auto& [name, lines] : named)
            for (auto& chain : Joined(std::move(lines)).chains()) {
                for (auto& p : chain) p = frame.to_page(p);
                for (auto& part : parts_in(chain, {box.x, box.y, box.right(), box.bottom()})) {
                    const double length = path_length(part);
                    out.push_back({&overlay, name, std::move(part), length});
                }
            }
        std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                         [](const Course& a, const Course& b) { return a.length > b.length; });
    }
    return out;
}

// Points at equal distances, the ends among them.
std::vector<Point> evenly(const std::vector<Point>& line, double length, double step) {
    const auto parts = static_cast<std::size_t>(std::max(2.0, std::ceil(length / step)));
    std::vector<Point> out;
    out.reserve(parts + 1);
    double passed = 0;
    std::size_t at = 1;
    for (std::size_t k = 0; k <= parts; ++k) {
        const double wanted = length * static_cast<double>(k) / static_cast<double>(parts);
        auto way = line[at] - line[at - 1];
        while (at + 1 < line.size() && passed + std::hypot(way.x, way.y) < wanted) {
            passed += std::hypot(way.x, way.y);
            way = line[at + 1] - line[at];
            ++at;
        }
        const double piece = std::hypot(way.x, way.y);
        const double share = piece > 0 ? std::min((wanted - passed) / piece, 1.0) : 0;
        out.push_back(moved(line[at - 1], way, share));
    }
    return out;
}

// A weighted mean of neighbours (Gauss); beyond its ends the line is thought on, turned about them,
// so that they stay where they are.
std::vector<Point> smoothed(const std::vector<Point>& points, double deviation) {
    const auto last = static_cast<std::ptrdiff_t>(points.size()) - 1;
    const auto reach = std::min(static_cast<std::ptrdiff_t>(std::ceil(2.5 * deviation)), last);
    const auto at = [&](std::ptrdiff_t i) {
        const auto there = [&](std::ptrdiff_t k) { return points[static_cast<std::size_t>(k)]; };
        if (i >= 0 && i <= last) return there(i);
        const auto end = there(i < 0 ? 0 : last), mirrored = there(i < 0 ? -i : 2 * last - i);
        return Point{2 * end.x - mirrored.x, 2 * end.y - mirrored.y};
    };
    std::vector<double> weights;
    double total = 0;
    for (std::ptrdiff_t k = -reach; k <= reach; ++k) {
        const double t = static_cast<double>(k) / deviation;
        weights.push_back(std::exp(-t * t / 2));
        total += weights.back();
    }
    std::vector<Point> out;
    out.reserve(points.size());
    for (std::ptrdiff_t i = 0; i <= last; ++i) {
        Point sum;
        for (std::ptrdiff_t k = -reach; k <= reach; ++k)
            sum = moved(sum, at(i + k), weights[static_cast<std::size_t>(k + reach)] / total);
        out.push_back(sum);
    }
    return out;
}

// ---- Places along one line ---------------------------------------------------------------------

struct Candidate {
    double cost = 0;   // less is better
    double middle = 0; // of the name, along the line
    std::vector<Point> path;
    std::vector<Stand> stands;
};

// How one name could stand along one line, all else aside.
class AlongLine {
public:
    AlongLine(const Course& course, const LineOfText& text, const LineLabelLook& look)
        : text_(text), em_(look.size), half_line_(course.overlay->width_px * look.scale / 2),
          length_(course.length), raw_(evenly(course.line, course.length, kStep * look.size)) {
        for (const double advance : text.advances) width_ += advance;
    }

    // All that can be read, the best first.
    std::vector<Candidate> candidates() const {
        std::vector<Candidate> out;
        if (length_ < width_ + 2 * kFreeEnd * em_) return out;
        for (std::size_t s = 0; s < kSmoothings.size(); ++s) {
            const Smooth course(smoothed(raw_, kSmoothings[s] / kStep));
            const auto each = static_cast<std::size_t>(
                std::max(2.0, static_cast<double>(raw_.size()) / kMostTries));
            for (std::size_t c = raw_.size() / 2 % each; c < raw_.size(); c += each)
                for (const bool below : {false, true})
                    if (auto found = at(course, c, below)) {
                        found->cost += 0.2 * static_cast<double>(s);
                        out.push_back(std::move(*found));
                    }
        }
        std::stable_sort(out.begin(), out.end(),
                         [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
        return out;
    }

private:
    struct Smooth {
        explicit Smooth(std::vector<Point> given) : points(std::move(given)), passed{0} {
            for (std::size_t i = 1; i < points.size(); ++i) {
                const auto way = points[i] - points[i - 1];
                passed.push_back(passed.back() + std::hypot(way.x, way.y));
            }
        }
        std::size_t index(double along) const {
            const auto found = std::lower_bound(passed.begin(), passed.end(), along);
            return std::min(static_cast<std::size_t>(found - passed.begin()), points.size() - 1);
        }
        std::vector<Point> points;
        std::vector<double> passed; // to each point
    };

    std::optional<Candidate> at(const Smooth& course, std::size_t c, bool below) const {
        const double from = course.passed[c] - width_ / 2, to = from + width_;
        if (from < kFreeEnd * em_ || to > course.passed.back() - kFreeEnd * em_) return {};
        const auto first = course.index(from - kBeyondName * em_),
                   last = course.index(to + kBeyondName * em_);
        std::vector<Point> base(course.points.begin() + static_cast<std::ptrdiff_t>(first),
                                course.points.begin() + static_cast<std::ptrdiff_t>(last) + 1);
        std::vector<Point> real(raw_.begin() + static_cast<std::ptrdiff_t>(first),
                                raw_.begin() + static_cast<std::ptrdiff_t>(last) + 1);
        std::size_t middle = c - first;
        const auto chord =
            unit(course.points[course.index(to)] - course.points[course.index(from)]);
        // Straight up, it is read upwards.
        const bool backwards = std::abs(chord.x) < std::abs(kUpright) ? chord.y > 0 : chord.x < 0;
        if (backwards) {
            std::reverse(base.begin(), base.end());
            std::reverse(real.begin(), real.end());
            middle = base.size() - 1 - middle;
        }
        const auto baseline = beside(base, real, below);
        if (!baseline) return {};
        const double centre = path_length(std::span(baseline->path).first(middle + 1));
        if (centre < width_ / 2 || centre + width_ / 2 > path_length(baseline->path)) return {};
        Candidate out;
        out.path = part_of_path(baseline->path, centre - width_ / 2, centre + width_ / 2);
        out.stands = stands_along(out.path, text_.advances);
        const auto bend = bend_of(out.stands);
        if (!bend || runs_through(out.path)) return {};
        out.middle = length_ * static_cast<double>(c) / static_cast<double>(raw_.size() - 1);
        out.cost = 0.9 * *bend +
                   0.5 * std::abs(std::atan2(chord.y, std::abs(chord.x))) / (std::numbers::pi / 2) +
                   0.8 * std::abs(2 * out.middle / length_ - 1) + 0.6 * baseline->stands_out / em_ +
                   (below ? 0.25 : 0);
        return out;
    }

    struct Baseline {
        std::vector<Point> path;
        double stands_out; // of the real line, towards the name
    };
    // The smooth course moved aside so far that the real line stays clear of the letters; nothing
    // where that would tie itself into a knot.
    std::optional<Baseline> beside(const std::vector<Point>& base, const std::vector<Point>& real,
                                   bool below) const {
        std::vector<Point> ways;
        double stands_out = 0;
        for (std::size_t k = 0; k < base.size(); ++k) {
            const auto along =
                unit(base[std::min(k + 1, base.size() - 1)] - base[k > 0 ? k - 1 : 0]);
            const auto up = up_of(along);
            ways.push_back(below ? Point{-up.x, -up.y} : up);
            stands_out = std::max(stands_out, dot(real[k] - base[k], ways.back()));
        }
        if (stands_out > kFarthestOut * em_) return {};
        const double away =
            half_line_ + kFromLine * em_ + stands_out + (below ? text_.above : text_.below);
        Baseline out{{}, stands_out};
        for (std::size_t k = 0; k < base.size(); ++k)
            out.path.push_back(moved(base[k], ways[k], away));
        for (std::size_t k = 1; k < base.size(); ++k) {
            const auto was = base[k] - base[k - 1], is = out.path[k] - out.path[k - 1];
            if (dot(was, is) < 0.3 * dot(was, was)) return {};
        }
        return out;
    }

    // How much the letters turn in all, radians; nothing if that cannot be read.
    static std::optional<double> bend_of(const std::vector<Stand>& stands) {
        double all = 0, turned = 0, least = 0, most = 0;
        for (std::size_t k = 0; k < stands.size(); ++k) {
            if (std::cos(stands[k].angle) < kUpright) return {};
            if (k == 0) continue;
            const double step =
                std::remainder(stands[k].angle - stands[k - 1].angle, 2 * std::numbers::pi);
            if (std::abs(step) > kSharpest) return {};
            all += std::abs(step);
            turned += step;
            least = std::min(least, turned), most = std::max(most, turned);
        }
        if (most - least > kMostTurned) return {};
        return all;
    }

    // Whether the line itself goes through the letters, where it turns back for instance.
    bool runs_through(const std::vector<Point>& path) const {
        geo::Box near;
        for (const auto& p : path) near.add(p);
        near = near.grown(text_.above + text_.below + half_line_);
        for (const auto& p : raw_) {
            if (!near.contains(p)) continue;
            for (std::size_t k = 1; k < path.size(); ++k) {
                const auto way = path[k] - path[k - 1];
                const auto along = unit(way);
                const auto off = p - path[k - 1];
                const double on = dot(off, along), over = dot(off, up_of(along));
                if (on >= 0 && on <= dot(way, along) && over > -text_.below - half_line_ &&
                    over < text_.above + half_line_)
                    return true;
            }
        }
        return false;
    }

    const LineOfText& text_;
    double em_, half_line_, length_;
    double width_ = 0; // of the name
    std::vector<Point> raw_;
};

// ---- All lines ---------------------------------------------------------------------------------

class LineNamesPlaced {
public:
    LineNamesPlaced(const std::vector<Course>& courses, const Frame& frame,
                    const LineLabelLook& look, const Typesetter& typesetter,
                    const std::vector<geo::Box>& blocked)
        : courses_(courses), frame_(frame.box), look_(look), typesetter_(typesetter) {
        for (const auto& course : courses) {
            course_boxes_.emplace_back();
            for (const auto& p : course.line) course_boxes_.back().add(p);
        }
        for (const auto& box : blocked)
            taken_.add({box.min_x + frame_.x, box.min_y + frame_.y, box.max_x + frame_.x,
                        box.max_y + frame_.y});
    }

    // One name of each line, rather across another line than none; or all that a long line says
    // after it, which cross none.
    void place(std::size_t course, bool again) {
        const auto& along = courses_[course];
        if (again && along.length < kAgainAfter * look_.size) return;
        Text text{along.name, look_.size, false, name_colour(along.overlay->colour)};
        text.halo = std::max(1.2, look_.size * 0.13);
        const auto line = typesetter_.line_of(text);
        auto all = AlongLine(along, line, look_).candidates();
        for (const bool across : {false, true}) {
            if (again && across) return;
            for (auto& one : all) {
                const auto boxes = boxes_of(one, line);
                if (!is_free(along.name, one, boxes)) continue;
                if (!across && crosses_another(course, one, line)) continue;
                for (const auto& box : boxes) taken_.add(box);
                said_[along.name].push_back(middle_of(one));
                labels_.push_back({text, one.path});
                if (!again) return;
            }
        }
    }
    std::vector<LineLabel> labels() { return std::move(labels_); }

private:
    static Point middle_of(const Candidate& one) {
        return point_along(one.path, path_length(one.path) / 2);
    }
    // Within the frame, clear of all that is written, and the name is not written near by.
    bool is_free(const std::string& name, const Candidate& one,
                 const std::vector<geo::Box>& boxes) {
        const auto middle = middle_of(one);
        for (const auto& other : said_[name])
            if (std::hypot(other.x - middle.x, other.y - middle.y) < kAgainAfter * look_.size)
                return false;
        for (const auto& box : boxes)
            if (box.min_x < frame_.x || box.min_y < frame_.y || box.max_x > frame_.right() ||
                box.max_y > frame_.bottom() || taken_.hits(box.grown(kRoomAround * look_.size)))
                return false;
        return true;
    }

    // Whether another line goes through the middle of the letters.
    bool crosses_another(std::size_t course, const Candidate& one, const LineOfText& line) const {
        std::vector<Point> middle;
        geo::Box box;
        for (std::size_t k = 0; k < one.stands.size(); ++k) {
            const Point along{std::cos(one.stands[k].angle), std::sin(one.stands[k].angle)};
            const auto from = moved(one.stands[k].at, up_of(along), (line.above - line.below) / 2);
            for (const auto& p : {from, moved(from, along, line.advances[k])}) {
                middle.push_back(p);
                box.add(p);
            }
        }
        for (std::size_t c = 0; c < courses_.size(); ++c) {
            if (c == course || !course_boxes_[c].intersects(box)) continue;
            const auto& other = courses_[c].line;
            for (std::size_t i = 1; i < other.size(); ++i) {
                if (!geo::part_in_box(other[i - 1], other[i], box)) continue;
                for (std::size_t k = 1; k < middle.size(); ++k)
                    if (geo::cross_properly(other[i - 1], other[i], middle[k - 1], middle[k]))
                        return true;
            }
        }
        return false;
    }

    // What the letters cover.
    static std::vector<geo::Box> boxes_of(const Candidate& one, const LineOfText& line) {
        std::vector<geo::Box> out;
        const double middle = (line.above - line.below) / 2, half = (line.above + line.below) / 2;
        for (std::size_t k = 0; k < one.stands.size(); ++k) {
            const Point along{std::cos(one.stands[k].angle), std::sin(one.stands[k].angle)};
            const auto from = moved(one.stands[k].at, up_of(along), middle);
            for (const auto& box : boxes_along(from, moved(from, along, line.advances[k])))
                out.push_back(box.grown(half));
        }
        return out;
    }

    const std::vector<Course>& courses_;
    std::vector<geo::Box> course_boxes_;
    Rect frame_;
    LineLabelLook look_;
    const Typesetter& typesetter_;
    Occupied taken_;
    std::map<std::string, std::vector<Point>> said_;
    std::vector<LineLabel> labels_;
};

} // namespace

std::vector<LineLabel> place_line_labels(const std::vector<Overlay>& overlays, const Frame& frame,
                                         const LineLabelLook& look, const Typesetter& typesetter,
                                         const std::vector<geo::Box>& blocked) {
    const auto courses = courses_of(overlays, frame);
    LineNamesPlaced names(courses, frame, look, typesetter, blocked);
    // Every line has its name before any says it again.
    for (const bool again : {false, true})
        for (std::size_t c = 0; c < courses.size(); ++c) names.place(c, again);
    return names.labels();
}

std::vector<Label> area_name_candidates(const std::vector<Overlay>& overlays, const Frame& frame,
                                        double size) {
    std::vector<Label> out;
    const auto view = frame.map_box();
    for (const auto& overlay : overlays) {
        const auto& set = *overlay.set;
        for (std::size_t l = 0; l < std::min(set.names.size(), set.bounds_area.size()); ++l) {
            if (set.names[l].empty() || !set.bounds_area[l] || !set.boxes[l].intersects(view))
                continue;
            std::vector<Point> ring;
            geo::thin_line(set.lines[l], frame.detail * frame.camera.metres_per_px, ring);
            if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
            const double area = geo::ring_area(ring);
            if (ring.size() < 3 || area <= 0) continue; // a hole
            Label label;
            label.text = set.names[l];
            label.at = geo::label_point(ring, {});
            label.size_px = size;
            label.room_m = set.boxes[l].width();
            label.colour = name_colour(overlay.colour);
            const double metres = frame.camera.metres_per_px;
            label.priority = static_cast<int>(std::min(area / metres / metres, 2e9));
            if (view.contains(label.at)) out.push_back(std::move(label));
        }
    }
    return out;
}

Colour name_colour(Colour line) {
    line.a = 255;
    const double light =
        0.2126 * to_linear(line.r) + 0.7152 * to_linear(line.g) + 0.0722 * to_linear(line.b);
    if (light <= kReadable) return line;
    const auto darker = [&](std::uint8_t v) {
        return from_linear(to_linear(v) * kReadable / light);
    };
    return {darker(line.r), darker(line.g), darker(line.b)};
}

} // namespace diaban::map
