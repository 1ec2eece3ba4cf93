// A layout: where what stands on a sheet, as plain data. What is written there is filled in by app
// (LaidOut); map/laid_page.hpp paints it.
//
// Units: millimetres from the upper left corner of the sheet, points for text.
#pragma once

#include "base/error.hpp"
#include "map/page.hpp"
#include "map/shapes.hpp"
#include "map/typesetter.hpp"

#include <array>
#include <memory>

namespace diaban::map {

enum class ItemKind : std::uint8_t {
    Map,
    Title,
    Subtitle,
    Text,
    Legend,
    ScaleBar,
    NorthArrow,
    Locator,  // where the part that is drawn lies in the whole
    Offshore, // units far out at sea, each in a little map of its own
    Table,    // "top", "targets", "transitions"
    Chart,    // units of each class over the years
    Picture,
    Sources,
    Banner, // the classification, of an internal page
    Notice, // of invented data
    PageNumber,
    Signatures,
    Frame,
    Rule
};
// The words of a layout file, in the order of ItemKind.
inline constexpr std::array<std::string_view, 19> kItemKinds{
    "map",     "title",       "subtitle",   "text",  "legend",  "scale_bar", "north_arrow",
    "locator", "offshore",    "table",      "chart", "picture", "sources",   "banner",
    "notice",  "page_number", "signatures", "frame", "rule"};
std::string_view to_string(ItemKind kind);

enum class VerticalAlign : std::uint8_t { Top, Middle, Bottom };

// A text in both languages; {year} and the like are filled in by app. Empty: what the kind says.
struct LayoutText {
    std::string vi, en;
    bool empty() const { return vi.empty() && en.empty(); }
    const std::string& in(std::string_view language) const {
        return (language == "vi" && !vi.empty()) || en.empty() ? vi : en;
    }
    friend bool operator==(const LayoutText&, const LayoutText&) = default;
};

// What only some kinds ask for.
struct ItemParams {
    std::string show;               // Table: "top", "targets", "transitions"
    std::size_t rows = 10;          // Table "top": at most; Chart: years
    std::vector<std::string> names; // Offshore: of the units, or of their districts
    std::string file;               // Picture: beside the layout file
    std::string from;               // Table "transitions": the earlier year; empty: the one before
    double line_mm = 0.25;          // Frame, Rule: width of the line
    // The id of a table or chart before this item. It stands there only where that one has nothing
    // to show:
    std::string instead_of; // this item takes its place; their boxes may share ground
    std::string grow_over;  // this item's box reaches over its box too
    friend bool operator==(const ItemParams&, const ItemParams&) = default;
};

struct LayoutItem {
    std::string id;
    ItemKind kind = ItemKind::Text;
    Rect box_mm;
    LayoutText text;
    double size_pt = 9;
    bool bold = false;
    Align align = Align::Left;
    VerticalAlign valign = VerticalAlign::Top;
    Colour colour = kText;
    ItemParams params;
};
bool operator==(const LayoutItem& a, const LayoutItem& b);

struct Layout {
    std::string id;
    LayoutText name;
    PageSize size;
    std::vector<LayoutItem> items; // in the order of painting
};
bool operator==(const Layout& a, const Layout& b);

// The smallest text of a sheet, in points: 7 on paper, 14 on slides (conventions.md 2).
double smallest_text_pt(const PageSize& size);

// An item may stand on the map where nothing is drawn: scale bar, arrow, little maps, stamps.
bool stands_on_map(ItemKind kind);

// The smallest box around two.
Rect around(const Rect& a, const Rect& b);
// One may not stand on the other, and does.
bool lie_over(const Layout& layout, const LayoutItem& a, const LayoutItem& b);

// What a layout asks of itself: ids are different, boxes lie on the sheet, text is not too small,
// there is one map at most and no scale bar, arrow or little map without it, and nothing stands on
// anything but what stands_on_map(), frames and rules, and what stands there instead. Throws Error
// Data, "error.layout.…", that names the item and what to change.
void check_layout(const Layout& layout);
// All that check_layout() would say, in the order of the items; the first is what it throws.
std::vector<base::Error> layout_faults(const Layout& layout);

// A filled or stroked shape of a drawn picture.
struct PictureShape {
    Path path;
    Colour colour;
    double stroke_width = 0; // 0: filled
};
// A picture: the pixels of a PNG file, or else shapes.
struct Picture {
    int width = 0, height = 0;       // pixels; 0 of one that is drawn
    std::vector<std::uint32_t> argb; // premultiplied, rows from the top
    std::string png;                 // the file itself, for formats that take it as it is
    std::vector<PictureShape> shapes = {};
    double drawn_width = 0, drawn_height = 0; // what the shapes are told in
};
// Nothing if these bytes are no PNG that can be read.
std::shared_ptr<const Picture> read_picture(const std::string& png);

// Rows and columns of words.
struct LaidTable {
    std::vector<std::string> header; // empty: none
    std::vector<std::vector<std::string>> rows;
    std::vector<Align> align;       // of each column
    std::vector<std::string> notes; // below: the one of as many rows as are shown; none: no note
    bool may_end_early = false;     // rows that find no room are left out, the last first
    std::vector<std::vector<std::string>> elsewhere; // on other sheets: for columns as wide there
};
// How far one target is reached: 0 to 1, where it is known.
struct LaidBar {
    std::string label;
    std::optional<double> done;
};
// Units of each class, one column for each year.
struct LaidChart {
    std::vector<std::string> years;
    std::vector<Colour> colours;                  // of the classes
    std::vector<std::vector<std::size_t>> counts; // by year, then by class
};
struct LaidItem {
    LayoutItem item;
    std::string text; // filled in but for {page} and {pages}; heading of legend, table, chart
    LaidTable table;
    std::vector<LaidBar> bars; // of a table of targets
    LaidChart chart;
    std::vector<FarUnits> far;
    std::shared_ptr<const Picture> picture;
};

// A layout with what it shows on one page.
struct LaidOut {
    std::string name; // of the layout, for what is said about it
    std::vector<LaidItem> items;
    std::size_t page = 1, pages = 1;
    base::Findings findings; // of what was left out
};

} // namespace diaban::map
