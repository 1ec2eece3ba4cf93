#include "map/laid_parts.hpp"

#include "base/error.hpp"
#include "map/laid_measure.hpp"
#include "map/order_layout.hpp"
#include "map/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::map {
namespace {

constexpr double kSpare = 0.5; // page units that rounding may take

// A table at one size of text: the widths of its columns, the heights of its rows.
struct MeasuredTable {
    double size = 0, pad = 0, height = 0;
    Text heading, note;
    double heading_height = 0;
    std::vector<double> widths, heights; // heights: header first where there is one
    bool narrow = false;                 // some word has no room
};

const std::vector<std::string>& row_of(const LaidTable& table, std::size_t row) {
    if (table.header.empty()) return table.rows[row];
    return row == 0 ? table.header : table.rows[row - 1];
}

Align align_of(const LaidTable& table, std::size_t column) {
    return column < table.align.size() ? table.align[column] : Align::Left;
}

// What the columns of a table ask for at one size of text.
std::vector<ColumnNeed> column_needs(const LaidTable& table, double size, double pad,
                                     const Typesetter& typesetter) {
    constexpr double kRounding = 1; // page units
    std::vector<ColumnNeed> out;
    const auto ask = [&](const std::vector<std::string>& row, bool head) {
        if (out.size() < row.size()) out.resize(row.size());
        for (std::size_t c = 0; c < row.size(); ++c) {
            const Text text{row[c], size, head};
            const double word = longest_word(text, typesetter) + 2 * pad + kRounding;
            const double whole = typesetter.measure(text).width + 2 * pad + kRounding;
            // A number is never broken; the heading above it may be.
            const bool number = !head && align_of(table, c) == Align::Right;
            out[c].least = std::max(out[c].least, number ? whole : word);
            out[c].natural = std::max(out[c].natural, whole);
        }
    };
    ask(table.header, true);
    for (const auto& row : table.rows) ask(row, false);
    for (const auto& row : table.elsewhere) ask(row, false);
    return out;
}

Text cell_text(const LaidTable& table, std::size_t row, std::size_t column,
               const MeasuredTable& measured) {
    const bool head = row == 0 && !table.header.empty();
    Text text{row_of(table, row)[column], measured.size, head};
    text.wrap = std::max(1.0, measured.widths[column] - 2 * measured.pad);
    text.align = align_of(table, column);
    return text;
}

MeasuredTable measured(const LaidItem& placed, double room, double size,
                       const Typesetter& typesetter) {
    const auto& table = placed.table;
    MeasuredTable out;
    out.size = size;
    out.pad = size * 0.35;
    const auto needs = column_needs(table, size, out.pad, typesetter);
    out.widths = column_widths(needs, room);
    for (std::size_t c = 0; c < needs.size(); ++c)
        out.narrow |= out.widths[c] + kSpare < needs[c].least;
    out.heading = {placed.text, size * 1.12, true};
    out.heading.wrap = room;
    if (!placed.text.empty())
        out.heading_height = typesetter.measure(out.heading).height + size * 0.4;
    out.height = out.heading_height;
    const std::size_t rows = table.rows.size() + (table.header.empty() ? 0 : 1);
    for (std::size_t r = 0; r < rows; ++r) {
        double height = 0;
        for (std::size_t c = 0; c < row_of(table, r).size(); ++c)
            height = std::max(height, typesetter.measure(cell_text(table, r, c, out)).height);
        out.heights.push_back(height + 0.7 * out.pad);
        out.height += out.heights.back();
    }
    const auto note =
        table.rows.size() < table.notes.size() ? table.notes[table.rows.size()] : std::string();
    out.note = {note, size, false, kMuted};
    out.note.wrap = room;
    if (!note.empty()) out.height += out.pad + typesetter.measure(out.note).height;
    return out;
}

void paint_table(Canvas& canvas, const LaidTable& table, const MeasuredTable& m, const Rect& box,
                 double scale) {
    const Stroke line{kRule, 0.8 * scale, 1, 0};
    double y = box.y;
    if (!m.heading.string.empty()) canvas.text(m.heading, {box.x, y});
    y += m.heading_height;
    for (std::size_t r = 0; r < m.heights.size(); ++r) {
        double x = box.x;
        for (std::size_t c = 0; c < row_of(table, r).size(); ++c) {
            const auto text = cell_text(table, r, c, m);
            if (!text.string.empty()) canvas.text(text, {x + m.pad, y + 0.35 * m.pad});
            x += m.widths[c];
        }
        y += m.heights[r];
        canvas.stroke(straight({box.x, y}, {box.right(), y}), line);
    }
    if (!m.note.string.empty()) canvas.text(m.note, {box.x, y + m.pad});
}

struct MeasuredBars {
    double size = 0, bar = 0, above = 0, gap = 0, height = 0; // `above` a bar, `gap` below
    Text heading;
    double heading_height = 0;
    std::vector<Text> labels;
    std::vector<double> label_heights;
};

MeasuredBars measured_bars(const LaidItem& placed, double room, double size,
                           const Typesetter& typesetter) {
    MeasuredBars out;
    out.size = size;
    out.bar = size * 0.9;
    out.above = size * 0.3;
    out.gap = size * 0.6;
    out.heading = {placed.text, size * 1.12, true};
    out.heading.wrap = room;
    if (!placed.text.empty())
        out.heading_height = typesetter.measure(out.heading).height + size * 0.3;
    out.height = out.heading_height;
    for (const auto& bar : placed.bars) {
        Text label{bar.label, size};
        label.wrap = room;
        out.label_heights.push_back(typesetter.measure(label).height);
        out.labels.push_back(std::move(label));
        out.height += out.label_heights.back() + (bar.done ? out.above + out.bar : 0) + out.gap;
    }
    return out;
}

// What is reached is dark on the light way to the target, which ends in a tick.
void paint_bar(Canvas& canvas, double done, const Rect& bar, double scale) {
    constexpr Colour kWay{0xE6, 0xE8, 0xEB};
    canvas.fill(rectangle(bar), kWay);
    const double part = std::clamp(done, 0.0, 1.0);
    if (part > 0) canvas.fill(rectangle({bar.x, bar.y, bar.width * part, bar.height}), kHealthy);
    const double over = bar.height * 0.25;
    canvas.stroke(straight({bar.right(), bar.y - over}, {bar.right(), bar.bottom() + over}),
                  {kText, 1.4 * scale, 1, 0});
}

} // namespace

PageLook look_with_text(PageLook look, double units) {
    look.small = std::max(look.smallest, units * look.small / look.body);
    look.heading = units * look.heading / look.body;
    look.body = units;
    return look;
}

std::optional<double> table_height_mm(const LaidItem& placed, const PageSize& size,
                                      const Typesetter& typesetter) {
    const double mm = on_page({0, 0, 1, 1}).width;
    const double units = std::max(smallest_text_pt(size), placed.item.size_pt) * kUnitsPerPt;
    const auto table = measured(placed, placed.item.box_mm.width * mm, units, typesetter);
    if (table.narrow) return std::nullopt;
    return table.height / mm;
}

void no_room(const LaidItem& placed) {
    const auto& box = placed.item.box_mm;
    throw base::Error(base::ErrorKind::Usage, "error.layout.no_room",
                      {{"item", placed.item.id},
                       {"width", std::round(box.width * 10) / 10},
                       {"height", std::round(box.height * 10) / 10}});
}

double fitting_size(const LaidItem& placed, const PageSize& size,
                    const std::function<bool(double units)>& fits) {
    const double least = smallest_text_pt(size) * kUnitsPerPt;
    for (double units = std::max(least, placed.item.size_pt * kUnitsPerPt);;) {
        if (fits(units)) return units;
        if (units <= least) no_room(placed);
        units = std::max(least, units * 0.96);
    }
}

Text fitted_text(const LaidItem& placed, const PageSize& size, const Typesetter& typesetter,
                 Text text) {
    const auto box = on_page(placed.item.box_mm);
    text.align = placed.item.align;
    text.wrap = box.width;
    text.size = fitting_size(placed, size, [&](double units) {
        text.size = units;
        const auto used = typesetter.measure(text);
        return used.height <= box.height + kSpare && used.width <= box.width + kSpare;
    });
    return text;
}

void even_lines(Text& text, const Typesetter& typesetter) {
    constexpr double kStep = 0.02, kShortest = 0.45; // of the width; of the longer line
    const auto lines = typesetter.measure(text).lines;
    if (lines < 2) return;
    const auto width_of = [&](const std::string& line) {
        auto one = text;
        one.string = line, one.wrap = 0;
        return typesetter.measure(one).width;
    };
    // Two lines part best after a colon or a semicolon, then after a comma: there little is torn.
    for (const std::string_view marks : {":;", ","}) {
        double least = text.wrap;
        std::size_t best = std::string::npos;
        for (auto at = text.string.find(' '); lines == 2 && at != std::string::npos;
             at = text.string.find(' ', at + 1)) {
            if (at == 0 || marks.find(text.string[at - 1]) == std::string_view::npos) continue;
            const double above = width_of(text.string.substr(0, at));
            const double below = width_of(text.string.substr(at + 1));
            if (std::min(above, below) < kShortest * std::max(above, below)) continue;
            if (std::max(above, below) + kSpare < least) least = std::max(above, below), best = at;
        }
        if (best != std::string::npos) {
            text.string[best] = '\n';
            return;
        }
    }
    // A narrower text with as many lines has none that is much shorter than the others.
    auto narrower = text;
    for (const double width = text.wrap; narrower.wrap > width * 0.5;) {
        narrower.wrap -= width * kStep;
        const auto used = typesetter.measure(narrower);
        if (used.lines > lines || used.width > narrower.wrap + kSpare) break;
        text.wrap = narrower.wrap;
    }
}

double top_in(const Rect& box, VerticalAlign align, double height) {
    const double left = box.height - height;
    return box.y + (align == VerticalAlign::Top      ? 0
                    : align == VerticalAlign::Middle ? left / 2
                                                     : left);
}

FittedPart fitted_table(const LaidItem& placed, const PageSize& size, const PageLook& look,
                        const Typesetter& typesetter) {
    const auto box = on_page(placed.item.box_mm);
    auto shown = placed;
    auto& rows = shown.table.rows;
    MeasuredTable table;
    const double least = smallest_text_pt(size) * kUnitsPerPt;
    fitting_size(shown, size, [&](double units) {
        table = measured(shown, box.width, units, typesetter);
        while (units <= least && shown.table.may_end_early && rows.size() > 1 &&
               table.height > box.height + kSpare) {
            rows.pop_back();
            table = measured(shown, box.width, units, typesetter);
        }
        return !table.narrow && table.height <= box.height + kSpare;
    });
    const double height = table.height;
    return {[table = std::move(table), rows = std::move(shown.table), box,
             scale = look.scale](Canvas& canvas) { paint_table(canvas, rows, table, box, scale); },
            height};
}

FittedPart fitted_bars(const LaidItem& placed, const PageSize& size, const PageLook& look,
                       const Typesetter& typesetter) {
    const auto box = on_page(placed.item.box_mm);
    MeasuredBars bars;
    fitting_size(placed, size, [&](double units) {
        bars = measured_bars(placed, box.width, units, typesetter);
        return bars.height <= box.height + kSpare;
    });
    const double height = bars.height;
    return {
        [bars = std::move(bars), of = placed.bars, box, scale = look.scale](Canvas& canvas) {
            double y = box.y;
            if (!bars.heading.string.empty()) canvas.text(bars.heading, {box.x, y});
            y += bars.heading_height;
            for (std::size_t i = 0; i < of.size(); ++i) {
                canvas.text(bars.labels[i], {box.x, y});
                y += bars.label_heights[i];
                if (of[i].done) {
                    y += bars.above;
                    paint_bar(canvas, *of[i].done, {box.x, y, box.width - scale, bars.bar}, scale);
                    y += bars.bar;
                }
                y += bars.gap;
            }
        },
        height};
}

FittedPart fitted_chart(const LaidItem& placed, const PageSize& size, const PageLook& look,
                        const Typesetter& typesetter) {
    const auto box = on_page(placed.item.box_mm);
    const auto& chart = placed.chart;
    const auto columns = static_cast<double>(chart.years.size());
    const double step = box.width / std::max(1.0, columns);
    Text heading;
    double heading_height = 0, year_height = 0;
    const double units = fitting_size(placed, size, [&](double at) {
        heading = {placed.text, at * 1.12, true};
        heading.wrap = box.width;
        heading_height = placed.text.empty() ? 0 : typesetter.measure(heading).height + at * 0.4;
        double widest = 0;
        for (const auto& year : chart.years) {
            const auto used = typesetter.measure({year, at});
            widest = std::max(widest, used.width);
            year_height = std::max(year_height, used.height);
        }
        return widest * 1.15 <= step && heading_height + year_height + 3 * at <= box.height;
    });
    std::size_t most = 1;
    for (const auto& of_year : chart.counts)
        most = std::max(most, std::accumulate(of_year.begin(), of_year.end(), std::size_t{0}));
    const Rect plot{box.x, box.y + heading_height, box.width,
                    box.height - heading_height - year_height};
    return {[=, scale = look.scale, &typesetter](Canvas& canvas) {
                if (!heading.string.empty()) canvas.text(heading, {box.x, box.y});
                for (std::size_t y = 0; y < chart.years.size(); ++y) {
                    const double x = plot.x + step * static_cast<double>(y);
                    double from = plot.bottom();
                    for (std::size_t c = 0; c < chart.counts[y].size(); ++c) {
                        const double height = plot.height *
                                              static_cast<double>(chart.counts[y][c]) /
                                              static_cast<double>(most);
                        if (height <= 0) continue;
                        from -= height;
                        canvas.fill(rectangle({x + step * 0.15, from, step * 0.7, height}),
                                    chart.colours[c]);
                    }
                    const Text year{chart.years[y], units, false, kMuted};
                    const double width = typesetter.measure(year).width;
                    canvas.text(year, {x + (step - width) / 2, plot.bottom()});
                }
                canvas.stroke(straight({plot.x, plot.bottom()}, {plot.right(), plot.bottom()}),
                              {kText, 0.8 * scale, 1, 0});
            },
            box.height};
}

} // namespace diaban::map
