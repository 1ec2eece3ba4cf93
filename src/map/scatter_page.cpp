#include "map/scatter_page.hpp"

#include "map/sheet.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

// Steps of 1, 2 or 5 times a power of ten, about five of them; zero is always in it.
Axis axis_of(double least, double most, double from, double to) {
    double low = std::min(least, -1.0), high = std::max(most, 1.0);
    const double step = round_step(high - low, 5);
    low = std::floor(low / step) * step;
    high = std::ceil(high / step) * step;
    return {low, high, from, to, step};
}

class Scatter {
public:
    Scatter(const ScatterPage& page, const Typesetter& typesetter)
        : page_(page), sheet_(page.size, page.text, typesetter), look_(sheet_.look()),
          typesetter_(typesetter) {}

    void paint(Canvas& canvas) {
        std::vector<SheetRow> rows;
        for (const auto& row : page_.rows)
            rows.push_back({SheetRow::Mark::Dot, row.label + " (" + std::to_string(row.count) + ")",
                            row.colour});
        paint_plot(canvas, sheet_.paint_around(canvas, rows, page_.facts));
    }

private:
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
        if (box.width < 60 || box.height < 60) sheet_.too_small();
        double least_x = 0, most_x = 0, least_y = 0, most_y = 0;
        for (const auto& dot : page_.dots) {
            least_x = std::min(least_x, dot.x), most_x = std::max(most_x, dot.x);
            least_y = std::min(least_y, dot.y), most_y = std::max(most_y, dot.y);
        }
        const auto x = axis_of(least_x, most_x, box.x, box.right());
        const auto y = axis_of(least_y, most_y, box.bottom(), box.y);
        canvas.fill(rectangle(box), kMapGround);
        sheet_.paint_ticks(canvas, x, box, false);
        sheet_.paint_ticks(canvas, y, box, true);
        paint_quarters(canvas, box);
        canvas.text(upwards, {box.x, area.y});
        canvas.text(across, {box.right() - typesetter_.measure(across).width,
                             area.bottom() - typesetter_.measure(across).height});
        canvas.clip(box);
        canvas.stroke(straight({x.at(x.low), y.at(page_.slope * x.low)},
                               {x.at(x.high), y.at(page_.slope * x.high)}),
                      {kWarning, 1.6 * look_.scale, 1, 0});
        canvas.unclip();
        // Rare kinds over the many that say nothing: rows in turn, the last one lowest.
        for (std::size_t row = page_.rows.size(); row-- > 0;)
            for (std::size_t i = 0; i < page_.dots.size(); ++i)
                if (page_.row_of[i] == row)
                    sheet_.paint_dot(canvas, {x.at(page_.dots[i].x), y.at(page_.dots[i].y)},
                                     3 * look_.scale, page_.rows[row].colour);
        canvas.stroke(rectangle(box), {kRule, look_.scale, 1, 0});
    }

    const ScatterPage& page_;
    Sheet sheet_;
    const PageLook& look_;
    const Typesetter& typesetter_;
};

} // namespace

std::string scatter_bytes(const ScatterPage& page, Format format) {
    return sheet_bytes(page.size, page.text, format,
                       [&](Canvas& canvas, const Typesetter& typesetter) {
                           Scatter(page, typesetter).paint(canvas);
                       });
}

void paint_scatter(const ScatterPage& page, const std::filesystem::path& file,
                   base::JobContext& ctx) {
    write_sheet(page.size, page.text, file, ctx, [&](Canvas& canvas, const Typesetter& typesetter) {
        Scatter(page, typesetter).paint(canvas);
    });
}

} // namespace diaban::map
