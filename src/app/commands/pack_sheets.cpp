// Where things stand on the pages of a pack, on sheets of any size; long tables go on.
#include "app/commands/json.hpp"
#include "app/commands/pack_parts.hpp"
#include "base/text.hpp"
#include "map/laid_measure.hpp"
#include "map/page_look.hpp"
#include "map/page_painter.hpp"
#include "map/typesetter.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

using map::Align;
using map::ItemKind;
using map::LaidItem;
using map::Rect;
using map::VerticalAlign;

constexpr double kMmPerUnit = map::kMmPerInch / 96;
constexpr double kPtPerUnit = 72.0 / 96;
constexpr double kLine = 1.42; // of a text's size: a line of it, with room for accents

// The sheet in millimetres, and how high a line of each size of text is on it.
struct PackSheet {
    map::PageSize size;
    map::PageLook look;
    double margin, gap;
    explicit PackSheet(const map::PageSize& of)
        : size(of), look(map::page_look(of)), margin(look.margin * kMmPerUnit),
          gap(look.gap * kMmPerUnit) {}
    double line(double units) const { return units * kMmPerUnit * kLine; }
    double width() const { return size.width_mm - 2 * margin; }
    bool wide() const { return size.width_mm >= size.height_mm; }
};

// Letters of a table, in those of the page's texts: of few rows, as usual, the smallest before a
// table has a sheet of its own.
constexpr double kLargeTable = 1.4, kUsualTable = 1.06, kSmallTable = 0.9;

// Several tables, or a map with its tables, are more than one sheet holds: each has its own then.
[[noreturn]] void no_room_for_tables() {
    throw base::Error(base::ErrorKind::Usage, "error.layout.no_room");
}

struct ItemLook {
    double units = 0;
    bool bold = false;
    map::Colour colour = map::kText;
    Align align = Align::Left;
    VerticalAlign valign = VerticalAlign::Top;
};

class PackLayout {
public:
    // `roomy`: a long legend has half of the sheet, and less is said below the map.
    PackLayout(const PackPage& page, const PackSheet& sheet, bool head, bool roomy,
               const Language& language)
        : page_(page), sheet_(sheet), roomy_(roomy), language_(language),
          typesetter_(map::find_font_family()), room_{sheet.margin, sheet.margin, sheet.width(),
                                                      sheet.size.height_mm - 2 * sheet.margin} {
        // Title and foot of a slide stand around its picture.
        if (!head)
            room_.y = sheet.margin * 0.15, room_.height = sheet.size.height_mm - sheet.margin * 0.3;
        place_stamps(head);
        place_foot(head);
        if (head && page.kind != PackPage::Kind::Title) place_head();
        switch (page.kind) {
        case PackPage::Kind::Title:
            place_title();
            break;
        case PackPage::Kind::Map:
            place_map();
            break;
        case PackPage::Kind::Table:
            place_tables();
            break;
        }
    }
    std::shared_ptr<const map::LaidOut> take() {
        laid_.name = page_.page.text.title;
        return std::make_shared<const map::LaidOut>(std::move(laid_));
    }

private:
    LaidItem& add(const char* id, ItemKind kind, const Rect& box, const ItemLook& look,
                  std::string text = {}) {
        LaidItem out;
        out.item.id = id;
        out.item.kind = kind;
        out.item.box_mm = box;
        out.item.size_pt = look.units * kPtPerUnit;
        out.item.bold = look.bold;
        out.item.colour = look.colour;
        out.item.align = look.align;
        out.item.valign = look.valign;
        out.text = std::move(text);
        laid_.items.push_back(std::move(out));
        return laid_.items.back();
    }
    // Millimetres that a text needs in lines so long.
    double height_of(const std::string& text, double units, double width_mm,
                     bool bold = false) const {
        if (text.empty()) return 0;
        map::Text lines{text, units, bold};
        lines.wrap = width_mm / kMmPerUnit;
        return typesetter_.measure(lines).height * kMmPerUnit + 0.3;
    }

    void place_stamps(bool head);
    void place_foot(bool head);
    void place_head();
    void place_title();
    void place_map();
    void place_on_map(const Rect& map);
    std::optional<double> legend_height(double width, int columns) const;
    std::optional<Rect> below_legend(const Rect& side) const;
    Rect beside_map() const;
    Rect below_map() const;
    void place_tables();
    std::vector<const PackPage*> blocks() const;
    LaidItem table_of(const PackPage& block, double scale) const;
    std::optional<std::vector<LaidItem>> fitted_tables(const Rect& room, double largest,
                                                       double smallest) const;
    bool add_tables(const Rect& room, double largest, double smallest);

    const PackPage& page_;
    const PackSheet& sheet_;
    bool roomy_;
    const Language& language_;
    map::Typesetter typesetter_;
    Rect room_;               // what is left of the sheet
    double stamps_width_ = 0; // of the upper right corner
    double stamps_bottom_ = 0;
    map::LaidOut laid_;
};

// Who may read the page, and that its data is invented: upper right, on every page.
void PackLayout::place_stamps(bool head) {
    const auto& text = page_.page.text;
    if (text.classification.empty() && text.notice.empty()) return;
    stamps_width_ = sheet_.width() * (sheet_.wide() ? 0.36 : 0.42);
    // Beside the map where it has a column of its own.
    const double x = sheet_.size.width_mm - sheet_.margin - stamps_width_;
    double y = room_.y;
    const auto place = [&](const char* id, ItemKind kind, const std::string& words) {
        if (words.empty()) return;
        const double height = height_of(words, sheet_.look.small, stamps_width_ * 0.88) +
                              sheet_.line(sheet_.look.small) * 0.9;
        add(id, kind, {x, y, stamps_width_, height},
            {.units = sheet_.look.small, .align = Align::Right});
        y += height + sheet_.gap * 0.2;
    };
    place("classification", ItemKind::Banner, text.classification);
    place("notice", ItemKind::Notice, text.notice);
    stamps_bottom_ = y;
    if (!head && page_.kind == PackPage::Kind::Table) room_.height -= y - room_.y, room_.y = y;
}

void PackLayout::place_foot(bool head) {
    const double number = head ? sheet_.width() * (sheet_.wide() ? 0.14 : 0.22) : 0;
    std::string sources;
    const auto& lines = page_.page.text.source_lines;
    const auto said = roomy_ ? std::min<std::size_t>(lines.size(), 2) : lines.size();
    for (std::size_t l = 0; l < said; ++l) sources += (l == 0 ? "" : "  ·  ") + lines[l];
    // A remark that only the painter knows whether it is needed has room, too.
    const auto longest = page_.kind == PackPage::Kind::Map
                             ? sources + "  ·  " + page_.page.text.overlap_note
                             : sources;
    const double width = sheet_.width() - number - (number > 0 ? sheet_.gap : 0);
    const double height =
        std::max(sheet_.line(sheet_.look.small), height_of(longest, sheet_.look.small, width));
    const double y = room_.bottom() - height;
    add("rule", ItemKind::Rule, {room_.x, y - sheet_.gap * 0.25, sheet_.width(), 0},
        {.colour = map::kRule});
    add("sources", ItemKind::Sources, {room_.x, y, width, height},
        {.units = sheet_.look.small, .colour = map::kMuted}, sources);
    if (number > 0)
        add("page", ItemKind::PageNumber,
            {room_.right() - number, y, number, sheet_.line(sheet_.look.small)},
            {.units = sheet_.look.small, .colour = map::kMuted, .align = Align::Right},
            language_.text("patrol.order.page"));
    room_.height = y - sheet_.gap * 0.6 - room_.y;
}

void PackLayout::place_head() {
    const auto& text = page_.page.text;
    const double width = sheet_.width() - (stamps_width_ > 0 ? stamps_width_ + sheet_.gap : 0);
    // One line as it is meant, two of them smaller.
    const double title = sheet_.line(sheet_.look.title) * 1.45;
    const double one = height_of(text.title, sheet_.look.title, width, true);
    const double height = std::min(title, std::max(one, sheet_.line(sheet_.look.title)));
    add("title", ItemKind::Title, {room_.x, room_.y, width, height},
        {.units = sheet_.look.title, .bold = true}, text.title);
    double y = room_.y + height;
    if (!text.subtitle.empty()) {
        const double room = std::min(height_of(text.subtitle, sheet_.look.subtitle, width),
                                     2 * sheet_.line(sheet_.look.subtitle));
        add("subtitle", ItemKind::Subtitle, {room_.x, y, width, room},
            {.units = sheet_.look.subtitle, .colour = map::kMuted}, text.subtitle);
        y += room;
    }
    y = std::max(y, page_.kind == PackPage::Kind::Table ? stamps_bottom_ : 0) + sheet_.gap * 0.6;
    room_.height = room_.bottom() - y;
    room_.y = y;
}

// Large in the upper half; below it what the meeting is about, at a glance.
void PackLayout::place_title() {
    const auto& text = page_.page.text;
    // Paper has more room than a slide, whose texts are large everywhere.
    const double large = sheet_.size.slide ? 1.35 : 1.6, figures = sheet_.size.slide ? 1.15 : 1.6;
    const double top = std::max(sheet_.size.height_mm * 0.2, stamps_bottom_ + sheet_.gap);
    const double title = sheet_.line(sheet_.look.title * large) * 2.1;
    add("title", ItemKind::Title, {room_.x, top, sheet_.width(), title},
        {.units = sheet_.look.title * large, .bold = true, .valign = VerticalAlign::Bottom},
        text.title);
    double y = top + title + sheet_.gap * 0.3;
    const double subtitle = sheet_.line(sheet_.look.subtitle * figures);
    add("subtitle", ItemKind::Subtitle, {room_.x, y, sheet_.width(), subtitle},
        {.units = sheet_.look.subtitle * figures, .colour = map::kMuted}, text.subtitle);
    y += subtitle + sheet_.gap;
    std::string lines;
    for (const auto& figure : page_.figures)
        lines += (lines.empty() ? "" : "\n") + figure.label + ": " + language_.count(figure.count);
    if (!lines.empty())
        add("figures", ItemKind::Text, {room_.x, y, sheet_.width(), room_.bottom() - y},
            {.units = sheet_.look.heading * figures}, lines);
}

// How high the legend is in a box so wide if none of its labels has to be broken; in one column or
// several.
std::optional<double> PackLayout::legend_height(double width, int columns) const {
    auto page = page_.page;
    page.size = sheet_.size;
    const auto used =
        map::legend_room(page, sheet_.look.body * kPtPerUnit, width, columns, typesetter_);
    const double title = 1.5 * sheet_.line(sheet_.look.heading); // that may take a second line
    if (!used || used->height_mm > used->unbroken_mm + title) return std::nullopt;
    return used->height_mm + 0.5;
}

// Where the tables have room below the legend of a column, which is as low as its labels allow.
std::optional<Rect> PackLayout::below_legend(const Rect& side) const {
    for (const int columns : {1, 2}) {
        const auto legend = legend_height(side.width, columns);
        if (!legend) continue;
        Rect out = side;
        out.y += *legend + sheet_.gap;
        out.height -= *legend + sheet_.gap;
        if (out.height > 0 && fitted_tables(out, kUsualTable, kSmallTable)) return out;
    }
    return std::nullopt;
}

// The column at the right of the map: wide enough for what stands there, as long as that costs the
// map little.
Rect PackLayout::beside_map() const {
    constexpr double kUsual = 0.4, kLeastMap = 0.85;
    const auto column = [&](double part) {
        Rect side = room_;
        side.width = sheet_.width() * part;
        side.x = room_.right() - side.width;
        if (const double below = stamps_bottom_ + sheet_.gap * 0.4; below > side.y) {
            side.height = side.bottom() - below;
            side.y = below;
        }
        return side;
    };
    const auto left_for_map = [&](const Rect& side) {
        return map::map_largeness(page_.page,
                                  {room_.x, room_.y, side.x - sheet_.gap - room_.x, room_.height});
    };
    const double usual = left_for_map(column(kUsual));
    for (double part = kUsual - 0.04; part < 0.56; part += 0.04) {
        const auto side = column(part);
        if (left_for_map(side) < kLeastMap * usual) break;
        if (!page_.with.empty()) {
            if (below_legend(side)) return side;
            continue;
        }
        for (const int columns : {1, 2}) {
            const auto height = legend_height(side.width, columns);
            if (height && *height <= side.height) return side;
        }
    }
    return column(roomy_ ? 0.5 : kUsual);
}

// The strip below the map on a high sheet: as high as the legend, side by side in as many columns
// as keep its labels whole, and the tables beside it.
Rect PackLayout::below_map() const {
    constexpr double kUsual = 0.4, kLeast = 0.16;
    const double top = std::max(room_.y, stamps_bottom_);
    const double all = room_.bottom() - top;
    const bool tables = !page_.with.empty();
    const double width = tables ? (sheet_.width() - sheet_.gap) * 0.4 : sheet_.width();
    double height = all * kUsual;
    if (!roomy_)
        for (int columns = 1; columns <= (tables ? 1 : 3); ++columns)
            if (const auto needed = legend_height(width, columns))
                height = std::min(height, std::max(*needed, all * kLeast));
    if (tables) {
        const auto fitted = fitted_tables({0, 0, sheet_.width() - sheet_.gap - width, all * 0.45},
                                          kUsualTable, kSmallTable);
        if (fitted) height = std::max(height, fitted->back().item.box_mm.bottom() + 0.1);
    }
    return {room_.x, room_.bottom() - height, sheet_.width(), height};
}

// Arrow and scale bar stand on the map where nothing of it is drawn.
void PackLayout::place_on_map(const Rect& map) {
    const double arrow = 2.9 * sheet_.line(sheet_.look.small);
    const double bar = 2.1 * sheet_.line(sheet_.look.small);
    add("map", ItemKind::Map, map, {});
    add("north", ItemKind::NorthArrow, {map.right() - arrow * 0.75, map.y, arrow * 0.7, arrow},
        {.units = sheet_.look.small});
    add("scale", ItemKind::ScaleBar, {map.x, map.bottom() - bar, map.width * 0.36, bar},
        {.units = sheet_.look.small, .valign = VerticalAlign::Bottom});
    if (page_.far.empty()) return;
    // In the corner where the sea is.
    auto& far = add("offshore", ItemKind::Offshore,
                    {map.right() - map.width * 0.34, map.bottom() - map.height * 0.32,
                     map.width * 0.34, map.height * 0.32},
                    {.units = sheet_.look.small});
    far.far = page_.far;
}

// The legend in a column at the right, on a high sheet below the map; tables that belong to it
// below the legend, or beside it.
void PackLayout::place_map() {
    Rect map = room_, side;
    if (sheet_.wide()) {
        side = beside_map();
        map.width = side.x - sheet_.gap - map.x;
    } else {
        side = below_map();
        map.y = std::max(map.y, stamps_bottom_);
    }
    if (!page_.with.empty()) {
        Rect tables = side;
        if (sheet_.wide()) {
            const auto below = below_legend(side);
            if (!below) no_room_for_tables();
            tables = *below;
            side.height = tables.y - sheet_.gap - side.y;
        } else {
            side.width = (side.width - sheet_.gap) * 0.4;
            tables.x = side.right() + sheet_.gap;
            tables.width = room_.right() - tables.x;
        }
        if (!add_tables(tables, kUsualTable, kSmallTable)) no_room_for_tables();
    }
    if (!sheet_.wide()) map.height = side.y - sheet_.gap - map.y;
    place_on_map(map);
    add("legend", ItemKind::Legend, side, {.units = sheet_.look.body});
}

// All that have a table, from the top.
std::vector<const PackPage*> PackLayout::blocks() const {
    std::vector<const PackPage*> out;
    if (page_.kind == PackPage::Kind::Table) out.push_back(&page_);
    for (const auto& other : page_.with) out.push_back(&other);
    return out;
}

LaidItem PackLayout::table_of(const PackPage& block, double scale) const {
    LaidItem placed;
    placed.item.id = block.id;
    placed.item.kind = ItemKind::Table;
    placed.item.size_pt = sheet_.look.body * scale * kPtPerUnit;
    if (!page_.with.empty()) placed.text = block.heading;
    auto& table = placed.table;
    table.header = block.table.header;
    for (const bool right : block.table.numbers)
        table.align.push_back(right ? Align::Right : Align::Left);
    table.rows = pack_rows(block.table.rows, language_);
    table.elsewhere = pack_rows(block.table.elsewhere, language_);
    table.notes.assign(table.rows.size() + 1, pack_note(block.table)); // of however many
    return placed;
}

// One below the other in letters of one size, the largest that has room; nothing: none has. Letters
// larger than usual break no line that is whole in those.
std::optional<std::vector<LaidItem>> PackLayout::fitted_tables(const Rect& room, double largest,
                                                               double smallest) const {
    constexpr double kStep = 0.96;
    const auto all = blocks();
    double usual = 0; // height of all in usual letters
    for (const auto* block : all) {
        auto placed = table_of(*block, kUsualTable);
        placed.item.box_mm = room;
        usual += map::table_height_mm(placed, sheet_.size, typesetter_).value_or(0);
    }
    for (double scale = largest; scale >= smallest; scale *= kStep) {
        std::vector<LaidItem> out;
        double y = room.y, used = 0;
        bool fits = true;
        for (std::size_t b = 0; b < all.size() && fits; ++b) {
            auto placed = table_of(*all[b], scale);
            // Of tables that say the same below, the last says it.
            if (b + 1 < all.size() && pack_note(all[b]->table) == pack_note(all[b + 1]->table))
                placed.table.notes.clear();
            placed.item.box_mm = {room.x, y, room.width, room.height};
            const auto height = map::table_height_mm(placed, sheet_.size, typesetter_);
            if (!height) fits = false;
            if (!fits) break;
            used += *height;
            placed.item.box_mm.height = *height + 0.3;
            y += *height + 0.3 + 1.2 * sheet_.gap;
            out.push_back(std::move(placed));
        }
        const bool broken = scale > kUsualTable && used > usual * scale / kUsualTable * 1.02;
        if (fits && !broken && y - 1.2 * sheet_.gap <= room.bottom()) return out;
    }
    return std::nullopt;
}

bool PackLayout::add_tables(const Rect& room, double largest, double smallest) {
    auto fitted = fitted_tables(room, largest, smallest);
    if (!fitted) return false;
    for (auto& placed : *fitted) laid_.items.push_back(std::move(placed));
    return true;
}

// A sheet with few rows has larger letters; the sheets of one long table have the same.
void PackLayout::place_tables() {
    if (add_tables(room_, page_.parts == 1 ? kLargeTable : kUsualTable, kSmallTable)) return;
    if (!page_.with.empty()) no_room_for_tables();
    auto placed = table_of(page_, kSmallTable); // smaller still, or it is said that it does not fit
    placed.item.box_mm = room_;
    laid_.items.push_back(std::move(placed));
}

bool no_room_on(const base::Error& error) {
    return error.message.key == "error.layout.no_room" ||
           error.message.key == "error.page.too_small";
}

base::Error sheet_too_small(const map::PageSize& size) {
    return {base::ErrorKind::Usage,
            "error.page.too_small",
            {{"width", std::round(size.width_mm)}, {"height", std::round(size.height_mm)}}};
}

// The rows of a table in so many parts, as equal as can be.
std::vector<PackPage> in_parts(const PackPage& page, std::size_t parts, const Language& language) {
    std::vector<PackPage> out;
    const auto all = page.table.rows.size();
    for (std::size_t p = 0; p < parts; ++p) {
        auto& part = out.emplace_back(page);
        part.parts = parts;
        const auto from = static_cast<std::ptrdiff_t>(all * p / parts);
        const auto until = static_cast<std::ptrdiff_t>(all * (p + 1) / parts);
        part.table.elsewhere = page.table.rows;
        auto& rows = part.table.elsewhere;
        part.table.rows.assign(rows.begin() + from, rows.begin() + until);
        rows.erase(rows.begin() + from, rows.begin() + until);
        if (p + 1 < parts) part.table.note.clear();
        if (parts > 1)
            part.page.text.title = language.text("pack.part", {{"title", page.page.text.title},
                                                               {"part", as_count(p + 1)},
                                                               {"parts", as_count(parts)}});
    }
    return out;
}

// The page and those after it that are of its group, on one sheet. A slide has a map alone: what is
// written there can be changed, a picture cannot.
std::optional<PackPage> shared_sheet(const std::vector<PackPage>& pages, std::size_t first,
                                     bool slide) {
    auto out = pages[first];
    if (out.group.empty() || (slide && out.kind == PackPage::Kind::Map)) return std::nullopt;
    for (std::size_t p = first + 1; p < pages.size() && pages[p].group == out.group; ++p)
        out.with.push_back(pages[p]);
    if (out.with.empty()) return std::nullopt;
    if (out.kind == PackPage::Kind::Table && !out.shared_title.empty())
        out.page.text.title = out.shared_title;
    return out;
}

} // namespace

map::Page drawn_page(const PackPage& page, const map::PageSize& size, bool head,
                     const Language& language) {
    auto out = page.page;
    out.size = size;
    const PackSheet sheet(size);
    out.laid = PackLayout(page, sheet, head, false, language).take();
    if (page.kind != PackPage::Kind::Map) return out;
    try {
        const map::Typesetter typesetter(map::find_font_family());
        map::finished_page(out, typesetter);
    } catch (const base::Error& error) {
        if (!no_room_on(error) || !page.with.empty()) throw;
        out.laid = PackLayout(page, sheet, head, true, language).take();
    }
    return out;
}

std::vector<PackPage> on_sheets(const Pack& pack, const map::PageSize& size,
                                const Language& language, base::JobContext& ctx) {
    const map::Typesetter typesetter(map::find_font_family());
    const auto fits = [&](const PackPage& page) {
        ctx.check();
        // It finds its own way.
        if (page.kind == PackPage::Kind::Map && page.with.empty()) return true;
        try {
            map::finished_page(drawn_page(page, size, true, language), typesetter);
            return true;
        } catch (const base::Error& error) {
            if (!no_room_on(error)) throw;
            return false;
        }
    };
    std::vector<PackPage> out;
    for (std::size_t p = 0; p < pack.pages.size(); ++p) {
        const auto& page = pack.pages[p];
        if (auto shared = shared_sheet(pack.pages, p, size.slide); shared && fits(*shared)) {
            p += shared->with.size();
            out.push_back(std::move(*shared));
            continue;
        }
        const std::size_t most = page.kind == PackPage::Kind::Table
                                     ? std::max<std::size_t>(1, page.table.rows.size())
                                     : 1;
        std::vector<PackPage> parts;
        for (std::size_t n = 1; n <= most && parts.empty(); ++n) {
            parts = in_parts(page, n, language);
            if (!std::all_of(parts.begin(), parts.end(), fits)) parts.clear();
        }
        if (parts.empty()) throw sheet_too_small(size);
        for (auto& part : parts) out.push_back(std::move(part));
    }
    return out;
}

std::string pack_book(const std::vector<PackPage>& pages, const map::PageSize& size,
                      const Language& language, base::JobContext& ctx) {
    std::vector<map::Page> drawn;
    std::vector<std::string> bookmarks;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        drawn.push_back(drawn_page(pages[p], size, true, language));
        map::set_page_number(drawn.back(), p + 1, pages.size(),
                             language.text("page.number", {{"page", as_count(p + 1)},
                                                           {"pages", as_count(pages.size())}}));
        bookmarks.push_back(pages[p].page.text.title);
    }
    try {
        return map::pdf_of_pages(drawn, pages.front().page.text, bookmarks, ctx);
    } catch (const base::Error& error) {
        if (!no_room_on(error)) throw;
        throw sheet_too_small(size);
    }
}

} // namespace diaban::app
