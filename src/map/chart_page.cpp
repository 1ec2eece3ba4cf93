#include "map/chart_page.hpp"

#include "map/sheet.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

constexpr Colour kDot{0x4A, 0x74, 0x9C}, kBoxFill{0xE4, 0xEE, 0xFB}, kFit{0x9A, 0x5B, 0x00};
constexpr double kNoRotation = 0.94; // of the room of a name that it may fill

struct Range {
    double low = INFINITY, high = -INFINITY;
    void add(double v) { low = std::min(low, v), high = std::max(high, v); }
    bool empty() const { return !(low <= high); }
};

// Round ends around a range; one value has room on both sides.
Axis axis_of(Range range, double from, double to) {
    if (range.empty()) range = {0, 1};
    if (range.low == range.high) {
        const double room = range.low == 0 ? 1 : std::abs(range.low) * 0.5;
        range.low -= room, range.high += room;
    }
    const double step = round_step(range.high - range.low, 6);
    return {std::floor(range.low / step + 1e-9) * step, std::ceil(range.high / step - 1e-9) * step,
            from, to, step};
}

class Chart {
public:
    Chart(const ChartPage& page, const Typesetter& typesetter)
        : page_(page), sheet_(page.size, page.text, typesetter), look_(sheet_.look()),
          typesetter_(typesetter) {}

    void paint(Canvas& canvas) {
        std::vector<SheetRow> rows;
        for (const auto& row : page_.rows) {
            auto words = row.label;
            if (page_.counted)
                words +=
                    " (" +
                    base::format_count(static_cast<std::int64_t>(row.count), sheet_.numbers()) +
                    ")";
            rows.push_back({SheetRow::Mark::Box, std::move(words), row.colour});
        }
        for (const auto& line : page_.lines)
            rows.push_back({SheetRow::Mark::Line, line.name, line.colour});
        const auto area = sheet_.paint_around(canvas, rows, page_.facts);
        if (page_.ranked.empty())
            paint_plot(canvas, area);
        else
            paint_ranked(canvas, area);
    }

private:
    Range heights() const {
        Range y;
        for (const auto& bar : page_.bars) y.add(0), y.add(bar.height);
        for (const auto& line : page_.lines)
            for (const auto& v : line.values)
                if (v) y.add(*v);
        for (const auto& dot : page_.dots) y.add(dot.y);
        for (const auto& box : page_.boxes) {
            y.add(box.low), y.add(box.high);
            for (const double v : box.outliers) y.add(v);
        }
        return y;
    }
    Range widths() const {
        Range x;
        for (const auto& bar : page_.bars) x.add(bar.from), x.add(bar.to);
        for (const auto& dot : page_.dots) x.add(dot.x);
        return x;
    }

    void paint_plot(Canvas& canvas, const Rect& area) {
        const Text upwards{"↑ " + page_.upwards, look_.small};
        const Text across{page_.across + (page_.across.empty() ? "" : " →"), look_.small};
        const double text = typesetter_.measure(upwards).height;
        Range y_range = heights();
        const Axis probe = axis_of(y_range, 1, 0);
        double side = 0; // of the longest number left of the plot
        for (const double v : {probe.low, probe.high})
            side = std::max(
                side,
                typesetter_.measure({base::format_number(v, 2, sheet_.numbers()), look_.small})
                    .width);
        side += look_.gap * 0.5;
        const double below = page_.names.empty() ? 2 * text : names_height(area.width - side);
        const Rect box{area.x + side, area.y + text + look_.gap * 0.4, area.width - side,
                       area.height - text - below - look_.gap * 1.4};
        if (box.width < 60 || box.height < 60) sheet_.too_small();
        const Axis y = axis_of(y_range, box.bottom(), box.y);
        canvas.fill(rectangle(box), kMapGround);
        sheet_.paint_ticks(canvas, y, box, true);
        canvas.text(upwards, {box.x, area.y});
        const auto words = typesetter_.measure(across);
        canvas.text(across, {box.right() - words.width, area.bottom() - words.height});
        if (page_.names.empty()) {
            const Axis x = axis_of(widths(), box.x, box.right());
            sheet_.paint_ticks(canvas, x, box, false);
            paint_numbers(canvas, x, y, box);
        } else {
            paint_names(canvas, box);
            paint_places(canvas, y, box);
        }
        canvas.stroke(rectangle(box), {kRule, look_.scale, 1, 0});
    }

    void paint_bar(Canvas& canvas, const ChartBar& bar, const Axis& y, double left, double right) {
        if (bar.height <= 0) return;
        const auto shape =
            rectangle({left, y.at(bar.height), right - left, y.at(0) - y.at(bar.height)});
        canvas.fill(shape, bar.colour);
        canvas.stroke(shape, {kText, 0.5 * look_.scale, 0.5, 0});
    }

    void paint_numbers(Canvas& canvas, const Axis& x, const Axis& y, const Rect& box) {
        for (const auto& bar : page_.bars) paint_bar(canvas, bar, y, x.at(bar.from), x.at(bar.to));
        for (const auto& dot : page_.dots)
            sheet_.paint_dot(canvas, {x.at(dot.x), y.at(dot.y)}, 2.6 * look_.scale, kDot);
        if (!page_.fit) return;
        const auto [intercept, slope] = *page_.fit;
        canvas.clip(box);
        canvas.stroke(straight({x.at(x.low), y.at(intercept + slope * x.low)},
                               {x.at(x.high), y.at(intercept + slope * x.high)}),
                      {kFit, 1.6 * look_.scale, 1, 0});
        canvas.unclip();
    }

    double place(std::size_t i, const Rect& box) const {
        return box.x +
               box.width * (static_cast<double>(i) + 0.5) / static_cast<double>(page_.names.size());
    }
    Text name_text(std::size_t i, double room) const {
        Text text{page_.names[i], look_.small, false, kMuted};
        text.wrap = room;
        text.align = Align::Centre;
        return text;
    }
    double name_room(double width) const {
        return width / static_cast<double>(page_.names.size()) * kNoRotation;
    }
    double names_height(double width) const {
        double height = 0;
        for (std::size_t i = 0; i < page_.names.size(); ++i)
            height = std::max(height, typesetter_.measure(name_text(i, name_room(width))).height);
        return height + typesetter_.measure({page_.across, look_.small}).height;
    }
    void paint_names(Canvas& canvas, const Rect& box) {
        const double room = name_room(box.width);
        for (std::size_t i = 0; i < page_.names.size(); ++i) {
            const auto text = name_text(i, room);
            // A name that no wrapping brings into its room would run into the next.
            if (typesetter_.measure(text).width > room * 1.02 / kNoRotation) sheet_.too_small();
            canvas.text(text, {place(i, box) - room / 2, box.bottom() + look_.gap * 0.25});
        }
    }

    void paint_places(Canvas& canvas, const Axis& y, const Rect& box) {
        const double half =
            std::min(0.3 * box.width / static_cast<double>(page_.names.size()), 22 * look_.scale);
        const Stroke ink{kText, look_.scale, 1, 0};
        for (const auto& bar : page_.bars) {
            const double x = place(static_cast<std::size_t>(bar.from), box);
            paint_bar(canvas, bar, y, x - half, x + half);
        }
        for (std::size_t i = 0; i < page_.boxes.size(); ++i) {
            const auto& b = page_.boxes[i];
            const double x = place(i, box);
            canvas.stroke(straight({x, y.at(b.low)}, {x, y.at(b.q1)}), ink);
            canvas.stroke(straight({x, y.at(b.q3)}, {x, y.at(b.high)}), ink);
            const auto shape = rectangle({x - half, y.at(b.q3), 2 * half, y.at(b.q1) - y.at(b.q3)});
            canvas.fill(shape, kBoxFill);
            canvas.stroke(shape, ink);
            canvas.stroke(straight({x - half, y.at(b.median)}, {x + half, y.at(b.median)}),
                          {kText, 2 * look_.scale, 1, 0});
            for (const double v : b.outliers)
                canvas.stroke(circle({x, y.at(v)}, 2.2 * look_.scale), ink);
        }
        for (const auto& line : page_.lines)
            for (std::size_t i = 0; i < line.values.size(); ++i) {
                if (!line.values[i]) continue;
                const geo::Point at{place(i, box), y.at(*line.values[i])};
                if (i > 0 && line.values[i - 1])
                    canvas.stroke(straight({place(i - 1, box), y.at(*line.values[i - 1])}, at),
                                  {line.colour, 2 * look_.scale, 1, 0});
                canvas.fill(circle(at, 2.4 * look_.scale), line.colour);
            }
    }

    // Label, bar and number; negative values go to the left of the zero.
    void paint_ranked(Canvas& canvas, const Rect& area) {
        const double row = look_.body * 1.75;
        const auto fit =
            static_cast<std::size_t>(std::max(0.0, (area.height - look_.body * 1.8) / row));
        const auto count = std::min(fit, page_.ranked.size());
        if (count == 0) sheet_.too_small();
        double labels = 0, numbers = 0;
        Range range{0, 0};
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = page_.ranked[i];
            labels = std::max(labels, typesetter_.measure({one.label, look_.body}).width);
            numbers = std::max(numbers, typesetter_.measure({one.text, look_.body}).width);
            range.add(one.value);
        }
        const double from = area.x + labels + look_.gap * 0.6;
        const double to = area.right() - numbers - look_.gap * 0.6;
        if (to - from < 60) sheet_.too_small();
        if (range.low == range.high) range.high = 1;
        const Axis x{range.low, range.high, from, to, 1};
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = page_.ranked[i];
            const double y = area.y + row * static_cast<double>(i);
            const Text label{one.label, look_.body}, number{one.text, look_.body, false, kMuted};
            const auto words = typesetter_.measure(label);
            const double text_y = y + (row - words.height) / 2;
            canvas.text(label, {from - look_.gap * 0.6 - words.width, text_y});
            const double a = x.at(std::min(0.0, one.value)), b = x.at(std::max(0.0, one.value));
            const auto bar = rectangle({a, y + row * 0.16, std::max(b - a, 1.0), row * 0.68});
            canvas.fill(bar, one.colour);
            canvas.stroke(bar, {kText, 0.5 * look_.scale, 0.5, 0});
            canvas.text(number, {b + look_.gap * 0.4, text_y});
        }
        if (count == page_.ranked.size()) return;
        auto more = page_.more;
        const auto put = [&](std::string_view name, std::size_t n) {
            if (const auto at = more.find(name); at != more.npos)
                more.replace(at, name.size(),
                             base::format_count(static_cast<std::int64_t>(n), sheet_.numbers()));
        };
        put("{shown}", count);
        put("{all}", page_.ranked.size());
        canvas.text({more, look_.small, false, kMuted},
                    {from, area.y + row * static_cast<double>(count) + look_.body * 0.3});
    }

    const ChartPage& page_;
    Sheet sheet_;
    const PageLook& look_;
    const Typesetter& typesetter_;
};

} // namespace

std::string chart_bytes(const ChartPage& page, Format format) {
    return sheet_bytes(page.size, page.text, format,
                       [&](Canvas& canvas, const Typesetter& typesetter) {
                           Chart(page, typesetter).paint(canvas);
                       });
}

void paint_chart(const ChartPage& page, const std::filesystem::path& file, base::JobContext& ctx) {
    write_sheet(page.size, page.text, file, ctx, [&](Canvas& canvas, const Typesetter& typesetter) {
        Chart(page, typesetter).paint(canvas);
    });
}

} // namespace diaban::map
