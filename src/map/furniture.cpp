#include "map/furniture.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "map/symbols.hpp"

#include <cmath>

namespace diaban::map {
namespace {

Path scaled(const Path& path, geo::Point origin, double factor) {
    Path out = path;
    for (auto& p : out.points) p = {origin.x + p.x * factor, origin.y + p.y * factor};
    return out;
}

Path triangle(geo::Point a, geo::Point b, geo::Point c) {
    Path path;
    path.begin();
    path.points = {a, b, c};
    return path;
}

} // namespace

void paint_symbol(Canvas& canvas, std::string_view kind, geo::Point centre, double size) {
    const auto& shape = symbol_shape(kind);
    const double factor = size / kSymbolGrid;
    const geo::Point origin{centre.x - size / 2, centre.y - size / 2};
    const auto plate = scaled(shape.plate, origin, factor);
    const Colour white{255, 255, 255};
    canvas.fill(plate, kProvinceLine);
    canvas.stroke(plate, {white, 0.9 * factor, 1, 0});
    for (const auto& fill : shape.fills) canvas.fill(scaled(fill, origin, factor), white);
    for (const auto& line : shape.strokes)
        canvas.stroke(scaled(line, origin, factor), {white, shape.stroke_width * factor, 1, 0});
}

ScaleBar make_scale_bar(double metres_per_unit, double most_width, const PageText& text,
                        const PageLook& look, const Typesetter& typesetter) {
    ScaleBar bar;
    const double most_m = most_width * metres_per_unit;
    const double base = std::pow(10, std::floor(std::log10(most_m)));
    const double digit = most_m >= 5 * base ? 5 : most_m >= 2 * base ? 2 : 1;
    bar.length_m = digit * base;
    bar.parts = digit == 5 ? 5 : 2;
    bar.width = bar.length_m / metres_per_unit;

    const bool km = bar.length_m >= 1000;
    const double unit = km ? 1000 : 1;
    const base::NumberStyle style{text.decimal, text.group};
    const auto shown = [&](double m) {
        const double v = m / unit;
        int decimals = 0; // as many as it takes: 0.05, 2.5
        for (double scaled = v; decimals < 6 && std::abs(scaled - std::round(scaled)) > 1e-6;
             scaled *= 10)
            ++decimals;
        return base::format_number(v, decimals, style);
    };
    // A tick in the middle (or at one fifth) where its number is short and there is room.
    const double part = bar.length_m / bar.parts;
    const auto size_of = [&](const std::string& s) {
        return typesetter.measure({s, look.small}).width;
    };
    const std::string last = shown(bar.length_m) + (km ? " km" : " m");
    // A bar too short for both of its numbers has the one that tells.
    if ((size_of("0") + size_of(shown(bar.length_m))) / 2 + size_of("0") < bar.width)
        bar.ticks.emplace_back(0, "0");
    if (size_of(shown(part)) * 1.6 < bar.width / bar.parts)
        bar.ticks.emplace_back(bar.width / bar.parts, shown(part));
    bar.ticks.emplace_back(bar.width, last);
    bar.height = typesetter.measure({last, look.small}).height + 9 * look.scale;
    // The first and last text hang over the ends by half a number.
    bar.overall_width = bar.width + size_of("0") / 2 + size_of(last);
    return bar;
}

void paint_scale_bar(Canvas& canvas, const ScaleBar& bar, geo::Point at, const PageLook& look,
                     const Typesetter& typesetter) {
    const double zero = typesetter.measure({"0", look.small}).width / 2;
    const double x = at.x + zero;
    const double text_height = typesetter.measure({"0", look.small}).height;
    const double bar_height = 4.5 * look.scale;
    const double y = at.y + text_height + 3 * look.scale;
    const double part = bar.width / bar.parts;
    canvas.fill(rectangle({x, y, bar.width, bar_height}), {255, 255, 255});
    for (int i = 0; i < bar.parts; i += 2)
        canvas.fill(rectangle({x + i * part, y, part, bar_height}), kText);
    canvas.stroke(rectangle({x, y, bar.width, bar_height}), {kText, 0.8 * look.scale, 1, 0});
    for (std::size_t i = 0; i < bar.ticks.size(); ++i) {
        const auto& [position, string] = bar.ticks[i];
        // The unit hangs to the right of the last number, so that numbers stand over their ticks.
        const auto number = string.substr(0, string.find(' '));
        const double half = typesetter.measure({number, look.small}).width / 2;
        canvas.text({string, look.small}, {x + position - half, at.y});
    }
}

TextSize north_arrow_size(const PageLook& look) {
    return {20 * look.scale, 30 * look.scale + look.small * 1.35, 1};
}

// A slender needle, one half dark, one half light, with the letter above its tip.
void paint_north_arrow(Canvas& canvas, const std::string& letter, geo::Point at,
                       const PageLook& look, const Typesetter& typesetter) {
    const auto size = north_arrow_size(look);
    const double middle = at.x + size.width / 2;
    Text text{letter, look.small, true};
    const auto letters = typesetter.measure(text);
    canvas.text(text, {middle - letters.width / 2, at.y});
    const double top = at.y + letters.height + 1 * look.scale, bottom = at.y + size.height;
    const double half = 7.5 * look.scale;
    const geo::Point tip{middle, top}, notch{middle, bottom - 7 * look.scale};
    const auto left = triangle(tip, notch, {middle - half, bottom});
    const auto right = triangle(tip, {middle + half, bottom}, notch);
    canvas.fill(left, kText);
    canvas.fill(right, {255, 255, 255});
    canvas.stroke(left, {kText, 0.8 * look.scale, 1, 0});
    canvas.stroke(right, {kText, 0.8 * look.scale, 1, 0});
}

Badge make_badge(const std::string& string, bool dashed, double most_width, const PageLook& look,
                 const Typesetter& typesetter) {
    Badge badge;
    badge.dashed = dashed;
    badge.text = {dashed ? string : base::upper(string), look.small, !dashed, kWarning};
    const double pad = look.small * 0.7;
    if (typesetter.measure(badge.text).width > most_width - 2 * pad)
        badge.text.wrap = most_width - 2 * pad;
    const auto size = typesetter.measure(badge.text);
    badge.width = size.width + 2 * pad;
    badge.height = size.height + pad;
    return badge;
}

void paint_badge(Canvas& canvas, const Badge& badge, geo::Point at, const PageLook& look,
                 const Typesetter&) {
    const double pad = look.small * 0.7;
    const auto frame = rounded_rectangle({at.x, at.y, badge.width, badge.height}, 3 * look.scale);
    if (badge.dashed) canvas.fill(frame, kWarningGround);
    canvas.stroke(frame, {badge.dashed ? kWarningRule : kWarning, look.scale, 1,
                          badge.dashed ? 3 * look.scale : 0});
    canvas.text(badge.text, {at.x + pad, at.y + pad / 2});
}

} // namespace diaban::map
