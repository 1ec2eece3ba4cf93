#include "map/sheet.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "map/furniture.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {

Path straight(geo::Point a, geo::Point b) {
    Path path;
    path.closed = false;
    path.begin();
    path.add(a);
    path.add(b);
    return path;
}

double round_step(double range, double steps) {
    const double raw = range / steps, power = std::pow(10, std::floor(std::log10(raw)));
    return power * (raw <= power ? 1 : raw <= 2 * power ? 2 : raw <= 5 * power ? 5 : 10);
}

Rect Sheet::paint_around(Canvas& canvas, const std::vector<SheetRow>& rows,
                         const std::vector<std::string>& facts) {
    paint_header_and_footer(canvas);
    const bool beside = rest_.width >= rest_.height;
    const double column = beside ? content_.width * 0.28 : content_.width;
    const double column_height = beside ? rest_.height : rest_.height * 0.3;
    const Rect plot = beside
                          ? Rect{rest_.x, rest_.y, rest_.width - column - look_.gap, rest_.height}
                          : Rect{rest_.x, rest_.y, rest_.width, rest_.height - column_height};
    paint_column(canvas,
                 beside
                     ? Rect{rest_.right() - column, rest_.y, column, rest_.height}
                     : Rect{rest_.x, plot.bottom() + look_.gap, column, column_height - look_.gap},
                 rows, facts);
    return plot;
}

Rect Sheet::paint_header_and_footer(Canvas& canvas) {
    rest_ = content_;
    paint_header(canvas);
    paint_footer(canvas);
    return rest_;
}

double Sheet::write(Canvas& canvas, const Text& text, geo::Point at) const {
    canvas.text(text, at);
    return at.y + typesetter_.measure(text).height;
}

void Sheet::paint_header(Canvas& canvas) {
    double room = content_.width;
    if (!text_.classification.empty()) {
        const auto badge =
            make_badge(text_.classification, false, content_.width * 0.35, look_, typesetter_);
        paint_badge(canvas, badge, {content_.right() - badge.width, content_.y}, look_,
                    typesetter_);
        room -= badge.width + look_.gap;
    }
    Text title{text_.title, look_.title, true};
    title.wrap = room;
    while (typesetter_.measure(title).lines > 2 && title.size > look_.heading) title.size *= 0.94;
    double y = write(canvas, title, {content_.x, content_.y});
    Text subtitle{text_.subtitle, look_.subtitle, false, kMuted};
    subtitle.wrap = content_.width;
    if (!subtitle.string.empty()) y = write(canvas, subtitle, {content_.x, y});
    y += look_.gap * 0.8;
    rest_.height -= y - rest_.y;
    rest_.y = y;
}

void Sheet::paint_footer(Canvas& canvas) {
    std::string lines;
    for (const auto& one : text_.source_lines)
        if (!one.empty()) lines += (lines.empty() ? "" : "  ·  ") + one;
    const Text number{text_.page_number, look_.small, false, kMuted};
    const bool numbered = !number.string.empty();
    if (lines.empty() && !numbered) return;
    const auto number_size = numbered ? typesetter_.measure(number) : TextSize{0, 0, 0};
    Text source{lines, look_.small, false, kMuted};
    source.wrap = content_.width - (numbered ? number_size.width + look_.gap : 0);
    const double height = lines.empty() ? 0 : typesetter_.measure(source).height;
    const double top = content_.bottom() - std::max(height, number_size.height);
    if (!lines.empty()) canvas.text(source, {content_.x, top});
    if (numbered) canvas.text(number, {content_.right() - number_size.width, top});
    const double rule = top - look_.gap * 0.35;
    canvas.stroke(straight({content_.x, rule}, {content_.right(), rule}),
                  {kRule, 0.8 * look_.scale, 1, 0});
    rest_.height = rule - look_.gap * 0.7 - rest_.y;
}

void Sheet::paint_column(Canvas& canvas, const Rect& box, const std::vector<SheetRow>& rows,
                         const std::vector<std::string>& facts) const {
    double y = box.y;
    Text heading{text_.legend_title, look_.heading, true};
    heading.wrap = box.width;
    if (!heading.string.empty()) y = write(canvas, heading, {box.x, y});
    Text note{text_.legend_note, look_.small, false, kMuted};
    note.wrap = box.width;
    if (!note.string.empty()) y = write(canvas, note, {box.x, y});
    y += look_.gap * 0.5;
    const double dot = look_.body * 0.35;
    for (const auto& row : rows) {
        Text text{row.label, look_.body};
        text.wrap = box.width - 4 * dot;
        const double middle = y + look_.body * 0.72;
        if (row.mark == SheetRow::Mark::Dot)
            paint_dot(canvas, {box.x + dot, middle}, dot, row.colour);
        else if (row.mark == SheetRow::Mark::Line)
            canvas.stroke(straight({box.x, middle}, {box.x + 3 * dot, middle}),
                          {row.colour, 2 * look_.scale, 1, 0});
        else
            canvas.fill(rectangle({box.x, middle - dot, 2.6 * dot, 2 * dot}), row.colour);
        y = write(canvas, text, {box.x + 4 * dot, y}) + look_.body * 0.2;
    }
    y += look_.gap * 0.5;
    for (const auto& fact : facts) {
        Text text{fact, look_.body};
        text.wrap = box.width;
        y = write(canvas, text, {box.x, y});
    }
    if (!text_.notice.empty()) {
        const auto badge = make_badge(text_.notice, true, box.width, look_, typesetter_);
        const double at = std::max(y + look_.gap, box.bottom() - badge.height);
        paint_badge(canvas, badge, {box.x, at}, look_, typesetter_);
        y = at + badge.height;
    }
    if (y > box.bottom() + 1) too_small();
}

void Sheet::paint_dot(Canvas& canvas, geo::Point at, double radius, Colour colour) const {
    const auto round = circle(at, radius);
    canvas.fill(round, colour);
    canvas.stroke(round, {kText, 0.5 * look_.scale, 0.55, 0});
}

void Sheet::paint_ticks(Canvas& canvas, const Axis& axis, const Rect& box, bool upwards) const {
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(axis.step) - 1e-9)));
    for (double v = axis.low; v <= axis.high + axis.step / 2; v += axis.step) {
        const double at = axis.at(v);
        const bool zero = std::fabs(v) < axis.step / 1e6;
        canvas.stroke(upwards ? straight({box.x, at}, {box.right(), at})
                              : straight({at, box.y}, {at, box.bottom()}),
                      {zero ? kMuted : kRule, (zero ? 1.0 : 0.5) * look_.scale, 1, 0});
        const Text label{base::format_number(zero ? 0 : v, decimals, numbers()), look_.small, false,
                         kMuted};
        const auto size = typesetter_.measure(label);
        canvas.text(
            label, upwards ? geo::Point{box.x - size.width - look_.gap * 0.35, at - size.height / 2}
                           : geo::Point{at - size.width / 2, box.bottom() + look_.gap * 0.25});
    }
}

void Sheet::too_small() const {
    throw base::Error(
        base::ErrorKind::Usage, "error.page.too_small",
        {{"width", std::round(size_.width_mm)}, {"height", std::round(size_.height_mm)}});
}

std::string sheet_bytes(const PageSize& size, const PageText& text, Format format,
                        const std::function<void(Canvas&, const Typesetter&)>& paint) {
    const Typesetter typesetter(find_font_family());
    const PaintPage on = [&](Canvas& canvas) { paint(canvas, typesetter); };
    switch (format) {
    case Format::Png:
        return png_file(size, typesetter, on);
    case Format::Svg:
        return svg_file(size, text, typesetter, on);
    case Format::Pdf:
        break;
    }
    return pdf_file(size, text, typesetter, {on});
}

void write_sheet(const PageSize& size, const PageText& text, const std::filesystem::path& file,
                 base::JobContext& ctx,
                 const std::function<void(Canvas&, const Typesetter&)>& paint) {
    const auto format = format_of(file);
    if (!format)
        throw base::Error(base::ErrorKind::Usage, "error.page.format",
                          {{"file", file.filename().string()}});
    ctx.check();
    base::write_file(file, sheet_bytes(size, text, *format, paint));
}

} // namespace diaban::map
