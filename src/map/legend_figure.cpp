#include "map/legend_figure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diaban::map {
namespace {

constexpr double kCartogramRoom = 5.2; // height of the circles of a cartogram, in body texts
constexpr double kLeastStep = 2.5;     // diameter of a circle of the legend, on A4
constexpr double kArrowHead = 3;       // on A4
constexpr double kNextAcross = 0.6;    // between figure and texts, in body texts

bool all_whole_amounts(const Theme& theme) {
    return std::all_of(theme.amount.begin(), theme.amount.end(),
                       [](double v) { return v == std::floor(v); });
}

double largest_amount(const Theme& theme) {
    return theme.amount.empty() ? 0 : *std::max_element(theme.amount.begin(), theme.amount.end());
}

} // namespace

LegendFigure::LegendFigure(const Page& page, const PageLook& look, const Typesetter& typesetter)
    : theme_(page.scene.theme.get()), style_(page.scene.style), look_(look),
      typesetter_(typesetter), numbers_{page.text.decimal, page.text.group} {
    counted_ = page.panels.empty();
    if (sizes()) {
        whole_ = all_whole_amounts(*theme_);
        most_ = largest_amount(*theme_);
        for (const auto& panel : page.panels) {
            if (!panel.theme) continue;
            whole_ = whole_ && all_whole_amounts(*panel.theme);
            most_ = std::max(most_, largest_amount(*panel.theme));
        }
        title_ = {theme_->size_title, look.small, false, kMuted};
        if (theme_->kind == MapKind::Symbols && theme_->largest > 0) {
            const double most = theme_->largest_px * look.scale;
            make_steps(most / std::sqrt(theme_->largest), most);
            room_ = steps_.empty() ? 0 : steps_.front().diameter;
        } else {
            room_ = kCartogramRoom * look.body;
        }
    }
    if (!square()) return;
    up_ = {theme_->up.name, look.small};
    across_ = {theme_->across.name, look.small};
}

bool LegendFigure::sizes() const {
    return theme_ && (theme_->kind == MapKind::Symbols || theme_->kind == MapKind::Cartogram);
}

double LegendFigure::line_height() const {
    return typesetter_.measure({"0", look_.small}).height;
}

void LegendFigure::make_steps(double per_root, double most) {
    const double largest = theme_->kind == MapKind::Symbols ? theme_->largest : most_;
    steps_ = size_steps(per_root, largest, most, kLeastStep * look_.scale, whole_);
}

void LegendFigure::set_ground(double metres_per_unit) {
    if (!theme_ || theme_->kind != MapKind::Cartogram) return;
    make_steps(2 * std::sqrt(theme_->m2_per_amount / std::numbers::pi) / metres_per_unit, room_);
}

TextSize LegendFigure::arrange(double most_width) {
    if (square()) return arrange_square(most_width);
    if (sizes()) return arrange_sizes(most_width);
    return {0, 0, 0};
}

TextSize LegendFigure::arrange_sizes(double most_width) {
    title_.wrap = most_width;
    const auto title = typesetter_.measure(title_);
    title_height_ = title_.string.empty() ? 0 : title.height;
    // Of all years, as the circles are.
    const double largest = std::max(theme_->largest, most_);
    const double widest =
        typesetter_.measure({base::format_number(largest, whole_ ? 0 : 2, numbers_), look_.small})
            .width;
    const double height = std::max(room_, 3 * line_height());
    const double width = room_ + 2 * kNextAcross * look_.body + widest;
    return {std::max(width, title_height_ > 0 ? title.width : 0), title_height_ + height, 1};
}

TextSize LegendFigure::arrange_square(double most_width) {
    double widest = 0;
    left_ = 0;
    for (const auto& entry : style_.entries)
        if (holds(entry))
            widest = std::max(
                widest,
                typesetter_
                    .measure({base::format_count(static_cast<std::int64_t>(entry.count), numbers_),
                              look_.small, true})
                    .width);
    for (const auto& number : theme_->up.breaks)
        left_ = std::max(left_, typesetter_.measure({number, look_.small}).width);
    left_ += kNextAcross * look_.body + 2 * kArrowHead * look_.scale;
    double break_width = 0;
    for (const auto& number : theme_->across.breaks)
        break_width = std::max(break_width, typesetter_.measure({number, look_.small}).width);
    cell_height_ = std::max(look_.body * 2, line_height() * 1.3);
    cell_width_ =
        std::max({cell_height_ * 1.3, widest + look_.body, break_width + look_.body * 0.5});
    const double width =
        left_ + cell_width_ * static_cast<double>(std::max<std::size_t>(theme_->across.classes, 1));
    up_.wrap = across_.wrap = std::max(width, most_width);
    const auto up = typesetter_.measure(up_), across = typesetter_.measure(across_);
    up_height_ = up.height + look_.body * 0.3;
    across_height_ = line_height() + 3 * kArrowHead * look_.scale + across.height;
    return {std::max({width, up.width, across.width}),
            up_height_ + cell_height_ * static_cast<double>(theme_->up.classes) + across_height_,
            1};
}

void LegendFigure::paint(Canvas& canvas, geo::Point at) const {
    if (square()) paint_square(canvas, at);
    if (sizes()) paint_sizes(canvas, at);
}

// Nested at their feet, each with a line from its top to its amount.
void LegendFigure::paint_sizes(Canvas& canvas, geo::Point at) const {
    if (title_height_ > 0) canvas.text(title_, at);
    if (steps_.empty()) return;
    const double line = line_height();
    const double height = std::max(room_, 3 * line);
    const double foot = at.y + title_height_ + height, middle = at.x + room_ / 2;
    const double text_x = at.x + room_ + 2 * kNextAcross * look_.body;
    double lowest = foot; // the lower edge that is left for a text
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
        const double top = foot - step->diameter;
        const double text_top = std::min(top - line / 2, lowest - line);
        lowest = text_top;
        Path leader;
        leader.closed = false;
        leader.begin();
        leader.points = {{middle, top},
                         {text_x - kNextAcross * look_.body / 2, text_top + line / 2}};
        canvas.stroke(leader, {kRule, 0.8 * look_.scale, 1, 0});
        const auto amount =
            base::format_number(step->amount, step_decimals(step->amount), numbers_);
        canvas.text({amount, look_.small}, {text_x, text_top});
    }
    const bool filled = theme_->kind == MapKind::Symbols;
    for (const auto& step : steps_) {
        const auto shape = circle({middle, foot - step.diameter / 2}, step.diameter / 2);
        auto pale = theme_->colour;
        pale.a = 60;
        if (filled) canvas.fill(shape, pale);
        canvas.stroke(shape, {filled ? theme_->colour : kAbsent, look_.scale, 1, 0});
    }
}

void LegendFigure::paint_arrow(Canvas& canvas, geo::Point from, geo::Point to) const {
    const double head = kArrowHead * look_.scale;
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const double dx = (to.x - from.x) / length * head, dy = (to.y - from.y) / length * head;
    Path path;
    path.closed = false;
    path.begin();
    path.add(from);
    path.add(to);
    path.begin();
    path.add({to.x - dx + dy * 0.6, to.y - dy - dx * 0.6});
    path.add(to);
    path.add({to.x - dx - dy * 0.6, to.y - dy + dx * 0.6});
    canvas.stroke(path, {kMuted, look_.scale, 1, 0});
}

void LegendFigure::paint_square(Canvas& canvas, geo::Point at) const {
    const auto columns = static_cast<double>(theme_->across.classes);
    const auto rows = static_cast<double>(theme_->up.classes);
    const double head = kArrowHead * look_.scale, line = line_height();
    const Rect box{at.x + left_, at.y + up_height_, columns * cell_width_, rows * cell_height_};
    canvas.text(up_, at);
    for (const auto& entry : style_.entries) {
        const auto cell = pair_cell(entry);
        if (!cell) continue;
        const double x = box.x + static_cast<double>(cell->first) * cell_width_;
        const double y = box.bottom() - static_cast<double>(cell->second + 1) * cell_height_;
        const auto shape = rectangle({x, y, cell_width_, cell_height_});
        if (!entry.outline_only) canvas.fill(shape, entry.colour);
        canvas.hatch(shape, entry.hatch, hatch_look(entry, look_.scale));
        canvas.stroke(
            shape, {entry.outline_only ? kAbsent : Colour{255, 255, 255}, 0.8 * look_.scale, 1, 0});
        if (!counted_) continue;
        Text count{base::format_count(static_cast<std::int64_t>(entry.count), numbers_),
                   look_.small, true};
        if (!entry.outline_only && white_on(entry.colour)) count.colour = {255, 255, 255};
        const auto size = typesetter_.measure(count);
        if (entry.hatch != Hatch::None && !entry.outline_only) { // it stops short of the number
            const double clear = size.width + 4 * look_.scale;
            canvas.fill(
                rounded_rectangle({x + (cell_width_ - clear) / 2,
                                   y + (cell_height_ - size.height) / 2, clear, size.height},
                                  2 * look_.scale),
                entry.colour);
        }
        canvas.text(count,
                    {x + (cell_width_ - size.width) / 2, y + (cell_height_ - size.height) / 2});
    }
    for (std::size_t b = 0; b < theme_->up.breaks.size(); ++b) {
        const Text number{theme_->up.breaks[b], look_.small, false, kMuted};
        const double width = typesetter_.measure(number).width;
        canvas.text(number, {box.x - kNextAcross * look_.body / 2 - width,
                             box.bottom() - static_cast<double>(b + 1) * cell_height_ - line / 2});
    }
    for (std::size_t b = 0; b < theme_->across.breaks.size(); ++b) {
        const Text number{theme_->across.breaks[b], look_.small, false, kMuted};
        const double width = typesetter_.measure(number).width;
        canvas.text(number,
                    {box.x + static_cast<double>(b + 1) * cell_width_ - width / 2, box.bottom()});
    }
    paint_arrow(canvas, {at.x + head / 2, box.bottom()}, {at.x + head / 2, box.y});
    const double below = box.bottom() + line + 1.5 * head;
    paint_arrow(canvas, {box.x, below}, {box.right(), below});
    canvas.text(across_, {at.x, below + 1.5 * head});
}

} // namespace diaban::map
