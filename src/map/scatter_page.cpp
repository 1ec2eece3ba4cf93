#include "map/scatter_page.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "map/canvas.hpp"
#include "map/furniture.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

// Numbers along one side: from `low` to `high` in page units from `from` to `to`.
struct Axis {
    double low, high, from, to, step;
    double at(double value) const { return from + (value - low) / (high - low) * (to - from); }
};

// Steps of 1, 2 or 5 times a power of ten, about five of them; zero is always in it.
Axis axis_of(double least, double most, double from, double to) {
    constexpr double kSteps = 5;
    double low = std::min(least, -1.0), high = std::max(most, 1.0);
    const double raw = (high - low) / kSteps, power = std::pow(10, std::floor(std::log10(raw)));
    const double step = power * (raw <= power       ? 1
                                 : raw <= 2 * power ? 2
                                 : raw <= 5 * power ? 5
                                                    : 10);
    low = std::floor(low / step) * step;
    high = std::ceil(high / step) * step;
    return {low, high, from, to, step};
}

Path line(geo::Point a, geo::Point b) {
    Path path;
    path.closed = false;
    path.begin();
    path.add(a);
    path.add(b);
    return path;
}

class Sheet {
public:
    Sheet(const ScatterPage& page, const Typesetter& typesetter)
        : page_(page), look_(page_look(page.size)), typesetter_(typesetter),
          content_(Rect{0, 0, look_.width, look_.height}.inset(look_.margin)), rest_(content_) {}

    // Lays out and paints in one go, from the edges of the sheet inwards.
    void paint(Canvas& canvas) {
        rest_ = content_;
        paint_header(canvas);
        paint_footer(canvas);
        const bool beside = rest_.width >= rest_.height;
        const double column = beside ? content_.width * 0.28 : content_.width;
        const double column_height = beside ? rest_.height : rest_.height * 0.3;
        Rect plot = beside ? Rect{rest_.x, rest_.y, rest_.width - column - look_.gap, rest_.height}
                           : Rect{rest_.x, rest_.y, rest_.width, rest_.height - column_height};
        paint_column(canvas, beside ? Rect{rest_.right() - column, rest_.y, column, rest_.height}
                                    : Rect{rest_.x, plot.bottom() + look_.gap, column,
                                           column_height - look_.gap});
        paint_plot(canvas, plot);
    }

private:
    // Where the text ends.
    double write(Canvas& canvas, const Text& text, geo::Point at) {
        canvas.text(text, at);
        return at.y + typesetter_.measure(text).height;
    }

    void paint_header(Canvas& canvas) {
        double room = content_.width;
        if (!page_.text.classification.empty()) {
            const auto badge = make_badge(page_.text.classification, false, content_.width * 0.35,
                                          look_, typesetter_);
            paint_badge(canvas, badge, {content_.right() - badge.width, content_.y}, look_,
                        typesetter_);
            room -= badge.width + look_.gap;
        }
        Text title{page_.text.title, look_.title, true};
        title.wrap = room;
        while (typesetter_.measure(title).lines > 2 && title.size > look_.heading)
            title.size *= 0.94;
        double y = write(canvas, title, {content_.x, content_.y});
        Text subtitle{page_.text.subtitle, look_.subtitle, false, kMuted};
        subtitle.wrap = content_.width;
        if (!subtitle.string.empty()) y = write(canvas, subtitle, {content_.x, y});
        y += look_.gap * 0.8;
        rest_.height -= y - rest_.y;
        rest_.y = y;
    }

    void paint_footer(Canvas& canvas) {
        std::string lines;
        for (const auto& one : page_.text.source_lines)
            if (!one.empty()) lines += (lines.empty() ? "" : "  ·  ") + one;
        if (lines.empty()) return;
        Text source{lines, look_.small, false, kMuted};
        source.wrap = content_.width;
        const double top = content_.bottom() - typesetter_.measure(source).height;
        canvas.text(source, {content_.x, top});
        const double rule = top - look_.gap * 0.35;
        canvas.stroke(line({content_.x, rule}, {content_.right(), rule}),
                      {kRule, 0.8 * look_.scale, 1, 0});
        rest_.height = rule - look_.gap * 0.7 - rest_.y;
    }

    void paint_column(Canvas& canvas, const Rect& box) {
        double y = box.y;
        Text heading{page_.text.legend_title, look_.heading, true};
        heading.wrap = box.width;
        y = write(canvas, heading, {box.x, y});
        Text note{page_.text.legend_note, look_.small, false, kMuted};
        note.wrap = box.width;
        if (!note.string.empty()) y = write(canvas, note, {box.x, y});
        y += look_.gap * 0.5;
        const double dot = look_.body * 0.35;
        for (const auto& row : page_.rows) {
            Text text{row.label + " (" + std::to_string(row.count) + ")", look_.body};
            text.wrap = box.width - 4 * dot;
            paint_dot(canvas, {box.x + dot, y + look_.body * 0.72}, dot, row.colour);
            y = write(canvas, text, {box.x + 4 * dot, y}) + look_.body * 0.2;
        }
        y += look_.gap * 0.5;
        for (const auto& fact : page_.facts) {
            Text text{fact, look_.body};
            text.wrap = box.width;
            y = write(canvas, text, {box.x, y});
        }
        if (!page_.text.notice.empty()) {
            const auto badge = make_badge(page_.text.notice, true, box.width, look_, typesetter_);
            const double at = std::max(y + look_.gap, box.bottom() - badge.height);
            paint_badge(canvas, badge, {box.x, at}, look_, typesetter_);
            y = at + badge.height;
        }
        if (y > box.bottom() + 1) too_small();
    }

    void paint_dot(Canvas& canvas, geo::Point at, double radius, Colour colour) {
        const auto round = circle(at, radius);
        canvas.fill(round, colour);
        canvas.stroke(round, {kText, 0.5 * look_.scale, 0.55, 0});
    }

    void paint_ticks(Canvas& canvas, const Axis& axis, const Rect& box, bool upwards) {
        const int decimals = axis.step < 1 ? 1 : 0;
        for (double v = axis.low; v <= axis.high + axis.step / 2; v += axis.step) {
            const double at = axis.at(v);
            const bool zero = std::fabs(v) < axis.step / 1e6;
            canvas.stroke(upwards ? line({box.x, at}, {box.right(), at})
                                  : line({at, box.y}, {at, box.bottom()}),
                          {zero ? kMuted : kRule, (zero ? 1.0 : 0.5) * look_.scale, 1, 0});
            const Text label{
                base::format_number(zero ? 0 : v, decimals, {page_.text.decimal, page_.text.group}),
                look_.small, false, kMuted};
            const auto size = typesetter_.measure(label);
            canvas.text(
                label, upwards
                           ? geo::Point{box.x - size.width - look_.gap * 0.35, at - size.height / 2}
                           : geo::Point{at - size.width / 2, box.bottom() + look_.gap * 0.25});
        }
    }

    void paint_quarters(Canvas& canvas, const Rect& box) {
        const double inset = look_.gap * 0.4;
        for (std::size_t q = 0; q < page_.quarters.size(); ++q) {
            const Text text{page_.quarters[q], look_.small, false, kMuted};
            const auto size = typesetter_.measure(text);
            const bool right = q == 0 || q == 3, top = q < 2;
            canvas.text(text, {right ? box.right() - size.width - inset : box.x + inset,
                               top ? box.y + inset : box.bottom() - size.height - inset});
        }
    }

    void paint_plot(Canvas& canvas, const Rect& area) {
        const Text upwards{"↑ " + page_.upwards, look_.small, false, kText};
        const Text across{page_.across + " →", look_.small, false, kText};
        const double text = typesetter_.measure(upwards).height;
        const double side = look_.small * 3.2; // numbers left of the plot
        const Rect box{area.x + side, area.y + text + look_.gap * 0.4, area.width - side,
                       area.height - 3 * text - look_.gap * 1.2};
        if (box.width < 60 || box.height < 60) too_small();
        double least_x = 0, most_x = 0, least_y = 0, most_y = 0;
        for (const auto& dot : page_.dots) {
            least_x = std::min(least_x, dot.x), most_x = std::max(most_x, dot.x);
            least_y = std::min(least_y, dot.y), most_y = std::max(most_y, dot.y);
        }
        const auto x = axis_of(least_x, most_x, box.x, box.right());
        const auto y = axis_of(least_y, most_y, box.bottom(), box.y);
        canvas.fill(rectangle(box), kMapGround);
        paint_ticks(canvas, x, box, false);
        paint_ticks(canvas, y, box, true);
        paint_quarters(canvas, box);
        canvas.text(upwards, {box.x, area.y});
        canvas.text(across, {box.right() - typesetter_.measure(across).width,
                             area.bottom() - typesetter_.measure(across).height});
        canvas.clip(box);
        canvas.stroke(line({x.at(x.low), y.at(page_.slope * x.low)},
                           {x.at(x.high), y.at(page_.slope * x.high)}),
                      {kWarning, 1.6 * look_.scale, 1, 0});
        canvas.unclip();
        // Rare kinds over the many that say nothing: rows in turn, the last one lowest.
        for (std::size_t row = page_.rows.size(); row-- > 0;)
            for (std::size_t i = 0; i < page_.dots.size(); ++i)
                if (page_.row_of[i] == row)
                    paint_dot(canvas, {x.at(page_.dots[i].x), y.at(page_.dots[i].y)},
                              3 * look_.scale, page_.rows[row].colour);
        canvas.stroke(rectangle(box), {kRule, look_.scale, 1, 0});
    }

    [[noreturn]] void too_small() const {
        throw base::Error(base::ErrorKind::Usage, "error.page.too_small",
                          {{"width", std::round(page_.size.width_mm)},
                           {"height", std::round(page_.size.height_mm)}});
    }

    const ScatterPage& page_;
    PageLook look_;
    const Typesetter& typesetter_;
    Rect content_, rest_;
};

} // namespace

std::string scatter_bytes(const ScatterPage& page, Format format) {
    const Typesetter typesetter(find_font_family());
    const PaintPage paint = [&](Canvas& canvas) { Sheet(page, typesetter).paint(canvas); };
    switch (format) {
    case Format::Png:
        return png_file(page.size, typesetter, paint);
    case Format::Svg:
        return svg_file(page.size, page.text, typesetter, paint);
    case Format::Pdf:
        break;
    }
    return pdf_file(page.size, page.text, typesetter, paint);
}

void paint_scatter(const ScatterPage& page, const std::filesystem::path& file,
                   base::JobContext& ctx) {
    const auto format = format_of(file);
    if (!format)
        throw base::Error(base::ErrorKind::Usage, "error.page.format",
                          {{"file", file.filename().string()}});
    ctx.check();
    base::write_file(file, scatter_bytes(page, *format));
}

} // namespace diaban::map
