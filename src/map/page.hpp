// A page: a map with title, legend, scale bar, north arrow and source lines, at any size; painted
// to PNG, SVG or PDF.
//
// Guarantees: the same page gives the same bytes on every run (named fonts, no dates, no paths);
// legend counts add up to the units drawn, and those of places to the symbols; text is never cut or
// drawn over text.
#pragma once

#include "base/job.hpp"
#include "geo/georeference.hpp"
#include "map/locator.hpp"
#include "map/scene.hpp"
#include "map/sheet_area.hpp"

#include <filesystem>

namespace diaban::map {

inline constexpr double kMmPerInch = 25.4;

struct PageSize {
    double width_mm = 0, height_mm = 0;
    double dpi = 300;   // of raster output
    bool slide = false; // larger smallest text
    double width_px() const { return width_mm / 25.4 * dpi; }
    double height_px() const { return height_mm / 25.4 * dpi; }
};
// "A4", "A4 landscape", "A3 portrait", "slide", "1920x1080px", "200x150mm". Paper without a word
// is landscape; a slide is 13 1/3 x 7 1/2 inches. dpi 0 = 300 for paper, 96 for pixels, 144 for
// slides (1920 x 1080). Pixels are kept whatever the dpi. Throws Error Usage "error.page.size",
// "error.page.dpi", "error.page.unpaintable" (a size in millimetres or pixels that no picture can
// have).
PageSize parse_page_size(std::string_view text, double dpi = 0);

// Texts of a page, in the user's language.
struct PageText {
    std::string title, subtitle;
    std::string legend_title, legend_note; // "Tỷ lệ …, 2015"; "người/km² · phân vị, 5 lớp"
    std::string total_label;               // "Tổng số đơn vị"
    std::vector<std::string> source_lines; // source, vintage, CRS, method
    std::string overlap_note;   // joins source_lines where units drawn overlap; empty: none
    std::string classification; // "Lưu hành nội bộ"; empty: none
    std::string notice;         // "Dữ liệu mẫu – mọi số liệu đều giả định"
    std::string north = "B";    // letter of the north arrow
    std::string page_number;    // "Trang 3/64", at the end of the footer; empty: none
    // Legend rows of place kinds, in this order: {"port", "cảng"}. A kind that is not named here
    // is drawn but has no row; one with no place in the frame has none either.
    std::vector<std::pair<std::string, std::string>> symbols;
    char decimal = ',', group = '.';
};

struct LaidOut;

// One of several small maps: what it shows of the same ground as the others. Classes and rows are
// those of the page's own style; only counts and units differ.
struct MapPanel {
    std::string caption;
    Style style;
    std::vector<Symbol> symbols;                  // those of the page are for its legend
    std::shared_ptr<const Theme> theme = nullptr; // sizes mean the same on all of them
};

// Units far out at sea that one little map shows.
struct FarUnits {
    std::string name;
    std::vector<geo::FaceId> faces;
};

struct Page {
    PageSize size;
    PageText text;
    Scene scene;     // its camera and size are set by the layout
    geo::Box extent; // what the map must show; empty = the coverage's main box
    bool district_labels = true;
    bool place_labels = false; // names beside the symbols, where nothing else is written
    bool line_labels = true;   // names along the lines and in the areas of layers that have any
    // Short words of their own, each another, written before all names: numbers of a list, beside
    // what they name where that is smaller (map/marks.hpp). Those that find no room are left out
    // and counted (PageLayout::marks_left_out).
    std::vector<Label> marks;
    bool north_arrow = true; // caller: false where the projection makes it untrue
    bool scale_bar = true;   // caller: false where coordinates are no metres
    std::shared_ptr<const LaidOut> laid = nullptr; // a layout of its own (map/layout.hpp)
    // The part of the country that the sheet is about; nullptr: all. Its box is the extent.
    std::shared_ptr<const SheetArea> area;
    std::shared_ptr<const LocatorMap> locator; // where that lies; nullptr: not shown
    // In place of the one map: each with its caption and counts, under one legend without counts.
    std::vector<MapPanel> panels;
    // Units that the extent leaves out, each group in a little map of its own in a corner of the map;
    // of a page with a layout its own items say so.
    std::vector<FarUnits> far;
    // The map alone, as large as the sheet; of the texts only classification and notice are
    // painted, into its corners. For pictures that are laid over others by their place.
    bool bare = false;
    // A picture between the title and the foot of a slide: it needs no margin above and below.
    bool in_slide = false;
};

// What a page of several says of its place among them: in the words of the page's own layout, else
// `words` at its foot.
void set_page_number(Page& page, std::size_t number, std::size_t pages, std::string words);

enum class Format { Png, Svg, Pdf };
std::optional<Format> format_of(const std::filesystem::path& file); // by extension

// Throws Error Data "error.legend.disagrees": of the page, or of one of its small maps, their
// circles and dots too.
void check_page(const Page& page);

// The file's bytes, for a clipboard or a preview. Throws Error Input "error.font.missing", Data
// "error.legend.disagrees", Usage "error.page.too_small" (the texts do not fit the sheet) or, of a
// layout, "error.layout.no_room", "error.layout.no_banner".
std::string page_bytes(const Page& page, Format format, base::JobContext& ctx);
// A PNG, and where its pixels lie: those of the map; what stands around it lies nowhere. Throws as
// page_bytes().
struct PlacedPicture {
    std::string png;
    geo::Georeference at;
};
PlacedPicture placed_picture(const Page& page, base::JobContext& ctx);
// One PDF of several pages of the size of the first, with a bookmark for each; none for an empty
// one. `text`: title and subtitle of the file. Throws as page_bytes().
std::string pdf_of_pages(const std::vector<Page>& pages, const PageText& text,
                         const std::vector<std::string>& bookmarks, base::JobContext& ctx);

// Paints a page into a file, whole or not at all. Throws Error Write, Error Input
// "error.font.missing" (no font that covers Vietnamese; names the package to install).
void paint_page(const Page& page, const std::filesystem::path& file, base::JobContext& ctx);
// The same page into several files, laid out once and painted side by side; none is written before
// all are painted.
void paint_page(const Page& page, const std::vector<std::filesystem::path>& files,
                base::JobContext& ctx);

} // namespace diaban::map
