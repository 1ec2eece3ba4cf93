#include "files/svg.hpp"

#include "files/xml.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string>

namespace diaban::files {
namespace {

using geo::Point;

constexpr double kPi = 3.14159265358979323846;
constexpr int kCurveSteps = 24;                // short lines for one curve
constexpr std::size_t kMostPoints = 2'000'000; // of a whole drawing

// What is not understood; the file is refused.
struct NotDrawn {};

// x' = a x + c y + e; y' = b x + d y + f.
struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
    Point of(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
    Matrix then_first(const Matrix& m) const {
        return {a * m.a + c * m.b, b * m.a + d * m.b,     a * m.c + c * m.d,
                b * m.c + d * m.d, a * m.e + c * m.f + e, b * m.e + d * m.f + f};
    }
    double scale() const { return std::sqrt(std::fabs(a * d - b * c)); }
};

using Rgb = std::array<std::uint8_t, 3>;

// What an element hands down to those inside it.
struct Look {
    std::optional<Rgb> fill = Rgb{0, 0, 0}, stroke;
    double fill_opacity = 1, stroke_opacity = 1, opacity = 1, stroke_width = 1;
    bool even_odd = false;
    Matrix matrix;
};

// Numbers in a row, with blanks and commas between them where they are needed.
class Numbers {
public:
    explicit Numbers(std::string_view text) : text_(text) {}
    void skip() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == ',' || text_[at_] == '\t' ||
                text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
    }
    bool end() {
        skip();
        return at_ >= text_.size();
    }
    char peek() {
        skip();
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    char take() { return text_[at_++]; }
    double number() {
        skip();
        if (at_ < text_.size() && text_[at_] == '+') ++at_;
        double value = 0;
        const auto [rest, status] =
            std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (status != std::errc{} || !std::isfinite(value) || std::fabs(value) > 1e9)
            throw NotDrawn{};
        at_ = static_cast<std::size_t>(rest - text_.data());
        return value;
    }
    bool flag() { // 0 or 1, which nothing needs to follow
        const char c = peek();
        if (c != '0' && c != '1') throw NotDrawn{};
        ++at_;
        return c == '1';
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

// A length in units of the drawing: "12", "12px".
double svg_length(std::string_view text) {
    Numbers in(text);
    const double value = in.number();
    if (in.end()) return value;
    if (in.take() == 'p' && !in.end() && in.take() == 'x' && in.end()) return value;
    throw NotDrawn{};
}

std::optional<Rgb> svg_colour(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, Rgb>, 6> kNamed{
        {{"black", {0, 0, 0}},
         {"white", {255, 255, 255}},
         {"red", {255, 0, 0}},
         {"yellow", {255, 255, 0}},
         {"gold", {255, 215, 0}},
         {"blue", {0, 0, 255}}}};
    if (text == "none" || text == "transparent") return std::nullopt;
    for (const auto& [name, rgb] : kNamed)
        if (text == name) return rgb;
    const auto hex = [](std::string_view digits) {
        unsigned value = 0;
        const auto* const last = digits.data() + digits.size();
        const auto [end, status] = std::from_chars(digits.data(), last, value, 16);
        if (status != std::errc{} || end != last) throw NotDrawn{};
        return static_cast<std::uint8_t>(value);
    };
    if (text.size() == 7 && text[0] == '#')
        return Rgb{hex(text.substr(1, 2)), hex(text.substr(3, 2)), hex(text.substr(5, 2))};
    if (text.size() == 4 && text[0] == '#') {
        const auto twice = [&](std::size_t at) {
            return static_cast<std::uint8_t>(hex(text.substr(at, 1)) * 17);
        };
        return Rgb{twice(1), twice(2), twice(3)};
    }
    throw NotDrawn{}; // url(#gradient), currentColor …
}

Matrix transform_of(std::string_view text) {
    Matrix out;
    while (true) {
        const auto open = text.find('('), close = text.find(')');
        if (open == text.npos) return out;
        if (close == text.npos || close < open) throw NotDrawn{};
        const auto from = text.find_first_not_of(" ,\t\r\n");
        const auto kind = text.substr(from, open - from);
        Numbers in(text.substr(open + 1, close - open - 1));
        std::vector<double> v;
        while (!in.end()) v.push_back(in.number());
        Matrix m;
        if (kind == "translate" && !v.empty() && v.size() <= 2)
            m = {1, 0, 0, 1, v[0], v.size() > 1 ? v[1] : 0};
        else if (kind == "scale" && !v.empty() && v.size() <= 2)
            m = {v[0], 0, 0, v.size() > 1 ? v[1] : v[0], 0, 0};
        else if (kind == "matrix" && v.size() == 6)
            m = {v[0], v[1], v[2], v[3], v[4], v[5]};
        else if (kind == "rotate" && v.size() == 1)
            m = {std::cos(v[0] * kPi / 180),
                 std::sin(v[0] * kPi / 180),
                 -std::sin(v[0] * kPi / 180),
                 std::cos(v[0] * kPi / 180),
                 0,
                 0};
        else
            throw NotDrawn{};
        out = out.then_first(m);
        text = text.substr(close + 1);
    }
}

// Runs of points before any transformation.
struct Runs {
    std::vector<Point> points;
    std::vector<std::uint32_t> starts;
    bool closed = false; // every run returns

    void begin(Point p) {
        starts.push_back(static_cast<std::uint32_t>(points.size()));
        add(p);
    }
    void add(Point p) {
        if (points.size() >= kMostPoints) throw NotDrawn{};
        points.push_back(p);
    }
    Point last() const { return points.back(); }
    void cubic(Point b, Point c, Point d) {
        const Point a = last();
        for (int i = 1; i <= kCurveSteps; ++i) {
            const double t = static_cast<double>(i) / kCurveSteps, s = 1 - t;
            const double wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
            add({wa * a.x + wb * b.x + wc * c.x + wd * d.x,
                 wa * a.y + wb * b.y + wc * c.y + wd * d.y});
        }
    }
};

// The arc of an ellipse as SVG gives it, by its two ends (SVG 1.1, appendix F.6.5).
void add_arc(Runs& out, double rx, double ry, double turned, bool large, bool sweep, Point to) {
    const Point from = out.last();
    rx = std::fabs(rx), ry = std::fabs(ry);
    if (rx == 0 || ry == 0 || from == to) return out.add(to);
    const double phi = turned * kPi / 180, cosine = std::cos(phi), sine = std::sin(phi);
    const double dx = (from.x - to.x) / 2, dy = (from.y - to.y) / 2;
    const double x = cosine * dx + sine * dy, y = -sine * dx + cosine * dy;
    const double too_far = x * x / (rx * rx) + y * y / (ry * ry);
    if (too_far > 1) rx *= std::sqrt(too_far), ry *= std::sqrt(too_far);
    const double below = rx * rx * y * y + ry * ry * x * x;
    const double above = std::max(0.0, rx * rx * ry * ry - below);
    const double root = (large == sweep ? -1 : 1) * std::sqrt(above / below);
    const double cx = root * rx * y / ry, cy = -root * ry * x / rx;
    const double first = std::atan2((y - cy) / ry, (x - cx) / rx);
    double swept = std::atan2((-y - cy) / ry, (-x - cx) / rx) - first;
    if (sweep && swept < 0) swept += 2 * kPi;
    if (!sweep && swept > 0) swept -= 2 * kPi;
    const double mx = (from.x + to.x) / 2, my = (from.y + to.y) / 2;
    for (int i = 1; i < kCurveSteps; ++i) {
        const double angle = first + swept * i / kCurveSteps;
        const double u = rx * std::cos(angle) + cx, v = ry * std::sin(angle) + cy;
        out.add({cosine * u - sine * v + mx, sine * u + cosine * v + my});
    }
    out.add(to);
}

// The points of a path's "d". An open run of a filled path is closed by filling it.
Runs runs_of_path(std::string_view d) {
    Runs out;
    Numbers in(d);
    char command = 0, before = 0;
    Point at, start, control;
    while (!in.end()) {
        if (std::isalpha(static_cast<unsigned char>(in.peek())))
            command = in.take();
        else if (command == 0 || command == 'Z' || command == 'z')
            throw NotDrawn{};
        const char kind = static_cast<char>(std::toupper(static_cast<unsigned char>(command)));
        const bool relative = kind != command;
        if (out.points.empty() && kind != 'M') throw NotDrawn{};
        const auto point = [&] {
            const double x = in.number(), y = in.number();
            return relative ? Point{at.x + x, at.y + y} : Point{x, y};
        };
        const auto mirrored = [&](const char* kinds) {
            const bool follows = std::string_view(kinds).find(before) != std::string_view::npos;
            return follows ? Point{2 * at.x - control.x, 2 * at.y - control.y} : at;
        };
        // After a "Z" the next run begins where the last one did.
        if (before == 'Z' && kind != 'M' && kind != 'Z') out.begin(at);
        switch (kind) {
        case 'M':
            start = at = point();
            out.begin(at);
            command = relative ? 'l' : 'L'; // for further pairs
            break;
        case 'L':
            out.add(at = point());
            break;
        case 'H':
            at.x = relative ? at.x + in.number() : in.number();
            out.add(at);
            break;
        case 'V':
            at.y = relative ? at.y + in.number() : in.number();
            out.add(at);
            break;
        case 'C':
        case 'S': {
            const Point b = kind == 'C' ? point() : mirrored("CS");
            control = point();
            const Point to = point();
            out.cubic(b, control, to);
            at = to;
            break;
        }
        case 'Q':
        case 'T': {
            const Point q = kind == 'Q' ? point() : mirrored("QT");
            const Point to = point();
            const auto third = [&](Point end) {
                return Point{end.x + (q.x - end.x) * 2 / 3, end.y + (q.y - end.y) * 2 / 3};
            };
            out.cubic(third(at), third(to), to);
            control = q;
            at = to;
            break;
        }
        case 'A': {
            const double rx = in.number(), ry = in.number(), turned = in.number();
            const bool large = in.flag(), sweep = in.flag();
            const Point to = point();
            add_arc(out, rx, ry, turned, large, sweep, to);
            at = to;
            break;
        }
        case 'Z':
            at = start;
            if (!(out.last() == start)) out.add(start);
            break;
        default:
            throw NotDrawn{};
        }
        before = kind;
    }
    return out;
}

Runs runs_of_ellipse(double cx, double cy, double rx, double ry) {
    Runs out;
    out.closed = true;
    out.begin({cx + rx, cy});
    for (int i = 1; i < 4 * kCurveSteps; ++i) {
        const double angle = 2 * kPi * i / (4 * kCurveSteps);
        out.add({cx + rx * std::cos(angle), cy + ry * std::sin(angle)});
    }
    return out;
}

Runs runs_of_points(std::string_view text, bool closed) {
    Runs out;
    out.closed = closed;
    Numbers in(text);
    while (!in.end()) {
        const double x = in.number(), y = in.number();
        out.points.empty() ? out.begin({x, y}) : out.add({x, y});
    }
    return out;
}

class SvgDrawer {
public:
    explicit SvgDrawer(std::string_view text) : xml_(text) {}

    SvgDrawing read() {
        for (auto event = xml_.next(); event != XmlReader::Event::End; event = xml_.next()) {
            if (event == XmlReader::Event::Open)
                open();
            else if (event == XmlReader::Event::Close)
                close();
        }
        if (!begun_ || !looks_.empty() || out_.width <= 0 || out_.height <= 0) throw NotDrawn{};
        return std::move(out_);
    }

private:
    double number(std::string_view name, std::optional<double> otherwise) const {
        const auto text = xml_.attribute(name);
        if (!text && !otherwise) throw NotDrawn{};
        return text ? svg_length(*text) : *otherwise;
    }

    void open() {
        const auto name = xml_.name();
        if (hidden_ > 0) return void(++hidden_);
        // What says nothing about looks; what is defined to be used is refused where it is used.
        if (name == "title" || name == "desc" || name == "metadata" || name == "defs" ||
            name == "namedview")
            return void(hidden_ = 1);
        auto look = looks_.empty() ? Look{} : looks_.back();
        read_look(look);
        if (name == "svg") {
            if (begun_) throw NotDrawn{};
            begun_ = true;
            read_frame(look);
        } else if (!begun_) {
            throw NotDrawn{};
        } else if (name != "g") {
            draw(name, look);
        }
        // Of a group, what its shapes hide of each other would show through.
        if ((name == "g" || name == "svg") && look.opacity < 1) throw NotDrawn{};
        looks_.push_back(look);
    }

    void close() {
        if (hidden_ > 0)
            --hidden_;
        else if (!looks_.empty())
            looks_.pop_back();
        else
            throw NotDrawn{};
    }

    void read_frame(Look& look) {
        if (const auto box = xml_.attribute("viewBox")) {
            Numbers in(*box);
            const double x = in.number(), y = in.number();
            out_.width = in.number(), out_.height = in.number();
            look.matrix = look.matrix.then_first({1, 0, 0, 1, -x, -y});
        } else {
            out_.width = number("width", {}), out_.height = number("height", {});
        }
    }

    void take(Look& look, std::string_view name, std::string_view value) {
        if (name == "fill")
            look.fill = svg_colour(value);
        else if (name == "stroke")
            look.stroke = svg_colour(value);
        else if (name == "fill-opacity")
            look.fill_opacity = svg_length(value);
        else if (name == "stroke-opacity")
            look.stroke_opacity = svg_length(value);
        else if (name == "opacity")
            look.opacity *= svg_length(value);
        else if (name == "stroke-width")
            look.stroke_width = svg_length(value);
        else if (name == "fill-rule")
            look.even_odd = value == "evenodd";
        else if ((name == "display" || name == "visibility" || name == "clip-path" ||
                  name == "mask" || name == "filter" || name == "stroke-dasharray") &&
                 value != "none" && value != "inline" && value != "visible")
            throw NotDrawn{};
        else if (name == "display" && value == "none")
            throw NotDrawn{};
    }

    void read_look(Look& look) {
        for (const auto* name : {"fill", "stroke", "fill-opacity", "stroke-opacity", "opacity",
                                 "stroke-width", "fill-rule", "display", "visibility", "clip-path",
                                 "mask", "filter", "stroke-dasharray"})
            if (const auto value = xml_.attribute(name)) take(look, name, *value);
        if (xml_.attribute("class")) throw NotDrawn{}; // of a style sheet
        if (const auto style = xml_.attribute("style")) read_style(look, *style);
        if (const auto transform = xml_.attribute("transform"))
            look.matrix = look.matrix.then_first(transform_of(*transform));
    }

    // "fill:#DA251D;stroke:none"
    void read_style(Look& look, std::string_view style) {
        const auto trimmed = [](std::string_view text) {
            const auto from = text.find_first_not_of(" \t\r\n");
            if (from == text.npos) return std::string_view();
            return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
        };
        while (!style.empty()) {
            const auto end = std::min(style.find(';'), style.size());
            const auto one = style.substr(0, end);
            if (const auto colon = one.find(':'); colon != one.npos)
                take(look, trimmed(one.substr(0, colon)), trimmed(one.substr(colon + 1)));
            style.remove_prefix(std::min(end + 1, style.size()));
        }
    }

    void draw(std::string_view name, const Look& look) {
        Runs runs;
        if (name == "path") {
            runs = runs_of_path(xml_.attribute("d").value_or(""));
        } else if (name == "rect") {
            if (number("rx", 0) > 0 || number("ry", 0) > 0) throw NotDrawn{};
            const double x = number("x", 0), y = number("y", 0);
            const double w = number("width", {}), h = number("height", {});
            runs.closed = true;
            runs.begin({x, y});
            runs.add({x + w, y}), runs.add({x + w, y + h}), runs.add({x, y + h});
        } else if (name == "circle") {
            const double r = number("r", {});
            runs = runs_of_ellipse(number("cx", 0), number("cy", 0), r, r);
        } else if (name == "ellipse") {
            runs = runs_of_ellipse(number("cx", 0), number("cy", 0), number("rx", {}),
                                   number("ry", {}));
        } else if (name == "polygon" || name == "polyline") {
            runs = runs_of_points(xml_.attribute("points").value_or(""), name == "polygon");
        } else if (name == "line") {
            runs.begin({number("x1", 0), number("y1", 0)});
            runs.add({number("x2", 0), number("y2", 0)});
        } else {
            throw NotDrawn{};
        }
        if (runs.points.empty()) return;
        if (look.fill && look.even_odd && runs.starts.size() > 1) throw NotDrawn{};
        if (look.fill && name != "line") add(runs, look, *look.fill, look.fill_opacity, 0);
        if (look.stroke && look.stroke_width > 0)
            add(runs, look, *look.stroke, look.stroke_opacity,
                look.stroke_width * look.matrix.scale());
    }

    void add(const Runs& runs, const Look& look, const Rgb& rgb, double opacity, double width) {
        total_ += runs.points.size();
        if (total_ > kMostPoints) throw NotDrawn{};
        SvgShape shape;
        for (const auto p : runs.points) shape.points.push_back(look.matrix.of(p));
        shape.starts = runs.starts;
        shape.closed = runs.closed || width == 0;
        shape.stroke_width = width;
        const double alpha = std::clamp(opacity * look.opacity, 0.0, 1.0);
        shape.rgba = {rgb[0], rgb[1], rgb[2], static_cast<std::uint8_t>(std::lround(alpha * 255))};
        out_.shapes.push_back(std::move(shape));
    }

    XmlReader xml_;
    SvgDrawing out_;
    std::vector<Look> looks_; // of the elements that are open
    std::size_t hidden_ = 0, total_ = 0;
    bool begun_ = false;
};

} // namespace

std::optional<SvgDrawing> read_svg(std::string_view text) {
    try {
        return SvgDrawer(text).read();
    } catch (const NotDrawn&) {
        return std::nullopt;
    }
}

} // namespace diaban::files
