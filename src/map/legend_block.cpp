#include "map/legend_block.hpp"

#include "map/furniture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace diaban::map {
namespace {

// "Thấp (1,0 – < 2,5)": the range without a place to break it. A dash binds what stands on both
// sides of it, a sign what follows.
std::string with_whole_ranges(const std::string& label) {
    constexpr std::string_view kDash = "–", kNoBreak = "\u00A0";
    constexpr std::array<std::string_view, 4> kSigns{"<", ">", "≥", "≤"};
    std::string out, word;
    const auto ends_in_sign = [&] {
        return word.ends_with(kDash) || std::any_of(kSigns.begin(), kSigns.end(), [&](auto sign) {
                   return word.ends_with(sign);
               });
    };
    for (std::size_t from = 0; from <= label.size();) {
        const auto blank = std::min(label.find(' ', from), label.size());
        const auto next = label.substr(from, blank - from);
        if (from > 0) out += ends_in_sign() || next == kDash ? kNoBreak : " ";
        out += next;
        word = next;
        from = blank + 1;
    }
    return out;
}

} // namespace

LegendBlock::LegendBlock(const Page& page, const PageLook& look, const Typesetter& typesetter)
    : look_(look), numbers_{page.text.decimal, page.text.group}, typesetter_(typesetter),
      swatch_width_(look.body * 1.9), swatch_height_(look.body * 1.2), text_gap_(look.body * 0.75),
      row_gap_(look.body * 0.45), figure_(page, look, typesetter) {
    title_ = {page.text.legend_title, look.heading, true};
    note_ = {page.text.legend_note, look.small, false, kMuted};
    const auto add = [&](Row::Kind kind, const std::string& label, std::size_t count) -> Row& {
        Row row;
        row.kind = kind;
        row.words = label;
        row.label = {label, look.body};
        row.count = {counted(count), look.body, true};
        row.count.align = Align::Right;
        rows_.push_back(std::move(row));
        return rows_.back();
    };
    std::size_t total = 0;
    bool empties = false;
    // Of several maps each has its own counts.
    counted_ = page.panels.empty();
    for (const auto& entry : page.scene.style.entries) {
        if (entry.role == LegendEntry::Role::Around) continue;
        total += entry.count;
        if (figure_.holds(entry)) continue;
        swatch_width_ = std::max(swatch_width_, entry.disc_px * look.scale);
        auto& row = add(Row::Kind::Entry, entry.label, entry.count);
        row.entry = &entry;
        if (!counted_) row.count.string.clear();
        // The empties stand a little apart from the classes: they are not the lowest class.
        const bool empty = entry.role != LegendEntry::Role::Class;
        if (empty != empties && rows_.size() > 1) row.space_before = row_gap_;
        empties = empty;
    }
    if (counted_) {
        auto& sum = add(Row::Kind::Total, page.text.total_label, total);
        sum.space_before = row_gap_ * 1.4;
    }
    bool first_line = true;
    for (const auto& overlay : page.scene.overlays) {
        if (overlay.name.empty()) continue;
        auto& row = add(Row::Kind::Line, overlay.name, 0);
        row.count.string.clear(); // lines are not counted
        row.line = &overlay;
        if (std::exchange(first_line, false)) row.space_before = row_gap_ * 2;
    }
    // The most there can be; count_places() knows better once the frame is known.
    std::map<std::string, std::size_t> places;
    for (const auto& symbol : page.scene.symbols) ++places[symbol.kind];
    bool first = true;
    for (const auto& [kind, label] : page.text.symbols) {
        if (!places.contains(kind)) continue;
        auto& row = add(Row::Kind::Symbol, label, places[kind]);
        if (!counted_) row.count.string.clear();
        row.symbol = kind;
        if (first) row.space_before = row_gap_ * 2;
        first = false;
    }
}

std::string LegendBlock::counted(std::size_t count) const {
    return base::format_count(static_cast<std::int64_t>(count), numbers_);
}

bool LegendBlock::count_places(const std::map<std::string, std::size_t>& drawn) {
    const auto before = rows_.size();
    std::erase_if(rows_, [&](const Row& row) {
        return row.kind == Row::Kind::Symbol && !drawn.contains(row.symbol);
    });
    double space = row_gap_ * 2; // above the first that is left
    for (auto& row : rows_) {
        if (row.kind != Row::Kind::Symbol) continue;
        if (counted_) row.count.string = counted(drawn.at(row.symbol));
        row.space_before = std::exchange(space, 0.0);
    }
    return rows_.size() != before;
}

TextSize LegendBlock::arrange(double max_width, int columns) {
    // Of many columns none is wider than its rows ask for; the total's words take two lines then.
    const bool crowded = columns > 2;
    const double column_gap = look_.body * (crowded ? 1 : 2);
    count_width_ = 0;
    double widest = 0, range = 0; // the widest label; the widest that is not broken
    for (auto& row : rows_) {
        row.label.wrap = row.count.wrap = 0;
        if (whole_ranges_ && row.kind == Row::Kind::Entry) {
            row.label.string = with_whole_ranges(row.words);
            range = std::max(range, longest_word(row.label, typesetter_));
        }
        row.label.string = row.words;
        count_width_ = std::max(count_width_, typesetter_.measure(row.count).width);
        if (!crowded || row.kind != Row::Kind::Total)
            widest = std::max(widest, typesetter_.measure(row.label).width);
    }
    const double fixed = swatch_width_ + 2 * text_gap_ + count_width_;
    const double most = (max_width - column_gap * (columns - 1)) / columns - fixed;
    widest = std::ceil(widest) + 1; // a label as wide as its column takes one line
    const double least = crowded ? std::min(look_.body * 4, widest) : look_.body * 4;
    label_width_ = std::max({least, std::min(widest, most), std::min(range + 1, widest)});
    column_width_ = fixed + label_width_;
    const double width = columns * column_width_ + (columns - 1) * column_gap;

    title_.wrap = note_.wrap =
        wide_ ? max_width : std::max(width, std::min(max_width, width * 1.15));
    double used = width, y = 0;
    if (!title_.string.empty()) {
        const auto size = typesetter_.measure(title_);
        y += size.height;
        used = std::max(used, size.width);
    }
    note_y_ = y;
    if (!note_.string.empty()) {
        const auto size = typesetter_.measure(note_);
        y += size.height;
        used = std::max(used, size.width);
    }
    if (y > 0) y += look_.body * 0.8;
    figure_y_ = y;
    if (const auto figure = figure_.arrange(std::min(max_width, used)); figure.height > 0) {
        y += figure.height + look_.body * 0.8;
        used = std::max(used, figure.width);
    }

    // Columns of about equal height; a row is never split.
    double sum = 0;
    for (auto& row : rows_) {
        // Only where it is broken at all: a text that is copied from a page has plain blanks else.
        if (whole_ranges_ && row.kind == Row::Kind::Entry &&
            typesetter_.measure(row.label).width > label_width_)
            row.label.string = with_whole_ranges(row.words);
        row.label.wrap = label_width_;
        if (row.kind == Row::Kind::Total) row.label.wrap += swatch_width_ + text_gap_; // no swatch
        row.label_height = typesetter_.measure(row.label).height;
        const double disc = row.entry ? row.entry->disc_px * look_.scale : 0;
        row.height = std::max({swatch_height_, row.label_height, disc});
        row.count.wrap = count_width_ + 1;
        sum += row.space_before + row.height + row_gap_;
    }
    const double target = sum / columns;
    double column_y = 0, deepest = 0;
    int column = 0;
    for (auto& row : rows_) {
        if (column + 1 < columns && column_y > 0 &&
            column_y + row.space_before + row.height / 2 > target)
            ++column, column_y = 0;
        if (column_y > 0) column_y += row.space_before;
        row.x = column * (column_width_ + column_gap);
        row.y = y + column_y;
        column_y += row.height + row_gap_;
        deepest = std::max(deepest, column_y - row_gap_);
    }
    return {used, y + deepest, 1};
}

void LegendBlock::paint(Canvas& canvas, geo::Point at) const {
    if (!title_.string.empty()) canvas.text(title_, at);
    if (!note_.string.empty()) canvas.text(note_, {at.x, at.y + note_y_});
    figure_.paint(canvas, {at.x, at.y + figure_y_});
    for (const auto& row : rows_) {
        const double x = at.x + row.x, y = at.y + row.y;
        double label_x = x + swatch_width_ + text_gap_;
        auto label = row.label;
        if (row.kind == Row::Kind::Total) {
            Path rule;
            rule.closed = false;
            rule.begin();
            const double rule_y = y - row_gap_ * 0.9;
            rule.points = {{x, rule_y}, {x + column_width_, rule_y}};
            canvas.stroke(rule, {kRule, look_.scale, 1, 0});
            label_x = x;
            label.colour = kMuted;
        } else {
            paint_swatch(canvas, row, {x, y + (row.height - swatch_height_) / 2});
        }
        canvas.text(label, {label_x, y + (row.height - row.label_height) / 2});
        const double count_height = typesetter_.measure(row.count).height;
        canvas.text(row.count,
                    {x + column_width_ - count_width_ - 1, y + (row.height - count_height) / 2});
    }
}

void LegendBlock::paint_swatch(Canvas& canvas, const Row& row, geo::Point at) const {
    if (row.kind == Row::Kind::Symbol) {
        const double size = swatch_height_ * 1.05;
        paint_symbol(canvas, row.symbol, {at.x + swatch_width_ / 2, at.y + swatch_height_ / 2},
                     size);
        return;
    }
    if (row.kind == Row::Kind::Line) {
        const auto stroke = overlay_stroke(*row.line, look_.scale);
        if (row.line->fill) {
            const auto shape = rectangle({at.x, at.y, swatch_width_, swatch_height_});
            canvas.fill(shape, *row.line->fill);
            canvas.stroke(shape, stroke);
            return;
        }
        Path line;
        line.closed = false;
        line.begin();
        const double y = at.y + swatch_height_ / 2;
        line.points = {{at.x, y}, {at.x + swatch_width_, y}};
        canvas.stroke(line, stroke);
        return;
    }
    const auto& entry = *row.entry;
    const Rect box{at.x, at.y, swatch_width_, swatch_height_};
    if (entry.disc_px > 0 && !entry.outline_only) {
        const auto look = disc_look(entry, MapKind::Symbols);
        const auto disc = circle({box.x + box.width / 2, box.y + box.height / 2},
                                 entry.disc_px / 2 * look_.scale);
        canvas.fill(disc, look.fill);
        if (entry.hatch != Hatch::None) canvas.stroke(disc, {look.edge, look_.scale, 1, 0});
        return;
    }
    const auto shape = rounded_rectangle(box, 2 * look_.scale);
    if (!entry.outline_only) canvas.fill(shape, entry.colour);
    canvas.hatch(shape, entry.hatch, hatch_look(entry, look_.scale));
    const bool pale = entry.outline_only || !dark(entry.colour);
    // A unit that did not exist is a dashed outline, here as on the map.
    if (pale)
        canvas.stroke(shape, {kAbsent, (entry.outline_only ? 0.8 : 0.6) * look_.scale, 1,
                              entry.outline_only ? 2.5 * look_.scale : 0});
    if (entry.letter.empty()) return;
    Text letter{entry.letter, std::max(look_.smallest, look_.body * 0.8), true};
    letter.colour = dark(entry.colour) ? Colour{255, 255, 255} : kText;
    const auto size = typesetter_.measure(letter);
    // The hatch stops short of the letter.
    const double clear = size.width + 4 * look_.scale;
    canvas.fill(rounded_rectangle({box.x + (box.width - clear) / 2, box.y + 1.2 * look_.scale,
                                   clear, box.height - 2.4 * look_.scale},
                                  2 * look_.scale),
                entry.colour);
    canvas.text(letter,
                {box.x + (box.width - size.width) / 2, box.y + (box.height - size.height) / 2});
}

} // namespace diaban::map
