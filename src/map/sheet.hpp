// What stands around the plot of a sheet: title, sources, and a column with rows and facts. Private
// to src/map.
//
// Guarantee: nothing is painted over anything; a sheet that cannot hold its texts is refused.
#pragma once

#include "base/number.hpp"
#include "map/canvas.hpp"
#include "map/page_look.hpp"

namespace diaban::map {

// One row of the column: a mark and its words.
struct SheetRow {
    enum class Mark { Dot, Box, Line } mark = Mark::Dot;
    std::string label;
    Colour colour;
};

// Numbers along one side: from `low` to `high` in page units from `from` to `to`.
struct Axis {
    double low, high, from, to, step;
    double at(double value) const { return from + (value - low) / (high - low) * (to - from); }
};

class Sheet {
public:
    Sheet(const PageSize& size, const PageText& text, const Typesetter& typesetter)
        : size_(size), text_(text), look_(page_look(size)), typesetter_(typesetter),
          content_(Rect{0, 0, look_.width, look_.height}.inset(look_.margin)), rest_(content_) {}

    const PageLook& look() const { return look_; }
    const Typesetter& typesetter() const { return typesetter_; }
    // Paints everything around the plot, from the edges inwards. Returns the room for the plot.
    Rect paint_around(Canvas& canvas, const std::vector<SheetRow>& rows,
                      const std::vector<std::string>& facts);
    // The same without the column: title, sources and number of the page.
    Rect paint_header_and_footer(Canvas& canvas);
    void paint_dot(Canvas& canvas, geo::Point at, double radius, Colour colour) const;
    // Lines across a plot and their numbers beside or below it.
    void paint_ticks(Canvas& canvas, const Axis& axis, const Rect& box, bool upwards) const;
    base::NumberStyle numbers() const { return {text_.decimal, text_.group}; }
    [[noreturn]] void too_small() const; // throws Error Usage "error.page.too_small"

private:
    double write(Canvas& canvas, const Text& text, geo::Point at) const; // where the text ends
    void paint_header(Canvas& canvas);
    void paint_footer(Canvas& canvas);
    void paint_column(Canvas& canvas, const Rect& box, const std::vector<SheetRow>& rows,
                      const std::vector<std::string>& facts) const;

    const PageSize& size_;
    const PageText& text_;
    PageLook look_;
    const Typesetter& typesetter_;
    Rect content_, rest_;
};

Path straight(geo::Point a, geo::Point b);
// A step of 1, 2 or 5 times a power of ten, about `steps` of them in a range.
double round_step(double range, double steps);
// The bytes of a file of a sheet, and the file itself, whole or not at all. Throws Error Usage
// "error.page.format", Write, Input "error.font.missing".
std::string sheet_bytes(const PageSize& size, const PageText& text, Format format,
                        const std::function<void(Canvas&, const Typesetter&)>& paint);
void write_sheet(const PageSize& size, const PageText& text, const std::filesystem::path& file,
                 base::JobContext& ctx,
                 const std::function<void(Canvas&, const Typesetter&)>& paint);

} // namespace diaban::map
