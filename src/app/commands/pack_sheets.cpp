// Where things stand on the pages of a pack, on sheets of any size; long tables go on.
#include "app/commands/json.hpp"
#include "app/commands/pack_parts.hpp"
#include "base/text.hpp"
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
            place_table();
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
    void place_table();

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
    const double top = std::max(sheet_.size.height_mm * 0.2, stamps_bottom_ + sheet_.gap);
    const double title = sheet_.line(sheet_.look.title * 1.35) * 2.1;
    add("title", ItemKind::Title, {room_.x, top, sheet_.width(), title},
        {.units = sheet_.look.title * 1.35, .bold = true, .valign = VerticalAlign::Bottom},
        text.title);
    double y = top + title + sheet_.gap * 0.3;
    const double subtitle = sheet_.line(sheet_.look.subtitle * 1.15);
    add("subtitle", ItemKind::Subtitle, {room_.x, y, sheet_.width(), subtitle},
        {.units = sheet_.look.subtitle * 1.15, .colour = map::kMuted}, text.subtitle);
    y += subtitle + sheet_.gap;
    std::string lines;
    for (const auto& figure : page_.figures)
        lines += (lines.empty() ? "" : "\n") + figure.label + ": " + language_.count(figure.count);
    if (!lines.empty())
        add("figures", ItemKind::Text, {room_.x, y, sheet_.width(), room_.bottom() - y},
            {.units = sheet_.look.heading * 1.15}, lines);
}

// The legend in a column at the right, on a high sheet below the map. Arrow and scale bar stand on
// the map where nothing of it is drawn.
void PackLayout::place_map() {
    const double arrow = 2.9 * sheet_.line(sheet_.look.small);
    const double bar = 2.1 * sheet_.line(sheet_.look.small);
    Rect map = room_, side = room_;
    if (sheet_.wide()) {
        side.width = sheet_.width() * (roomy_ ? 0.5 : 0.4);
        side.x = room_.right() - side.width;
        map.width = side.x - sheet_.gap - map.x;
        if (const double below = stamps_bottom_ + sheet_.gap * 0.4; below > side.y) {
            side.height = side.bottom() - below;
            side.y = below;
        }
    } else {
        const double top = std::max(map.y, stamps_bottom_), bottom = room_.bottom();
        map.y = top;
        map.height = (bottom - top) * 0.6;
        side.y = map.bottom() + sheet_.gap;
        side.height = bottom - side.y;
    }
    add("map", ItemKind::Map, map, {});
    add("north", ItemKind::NorthArrow, {map.right() - arrow * 0.75, map.y, arrow * 0.7, arrow},
        {.units = sheet_.look.small});
    add("scale", ItemKind::ScaleBar, {map.x, map.bottom() - bar, map.width * 0.36, bar},
        {.units = sheet_.look.small, .valign = VerticalAlign::Bottom});
    add("legend", ItemKind::Legend, side, {.units = sheet_.look.body});
    if (page_.far.empty()) return;
    // In the corner where the sea is.
    auto& far = add("offshore", ItemKind::Offshore,
                    {map.right() - map.width * 0.34, map.bottom() - map.height * 0.32,
                     map.width * 0.34, map.height * 0.32},
                    {.units = sheet_.look.small});
    far.far = page_.far;
}

void PackLayout::place_table() {
    auto& placed = add("table", ItemKind::Table, room_, {.units = sheet_.look.body * 1.06});
    auto& table = placed.table;
    table.header = page_.table.header;
    table.notes.assign(page_.table.rows.size() + 1, pack_note(page_.table)); // of however many
    for (const bool right : page_.table.numbers)
        table.align.push_back(right ? Align::Right : Align::Left);
    for (const auto& row : page_.table.rows) {
        auto& out = table.rows.emplace_back();
        for (const auto& cell : row) out.push_back(pack_text(cell, language_));
    }
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
        const auto from = static_cast<std::ptrdiff_t>(all * p / parts);
        const auto until = static_cast<std::ptrdiff_t>(all * (p + 1) / parts);
        part.table.rows.assign(page.table.rows.begin() + from, page.table.rows.begin() + until);
        if (p + 1 < parts) part.table.note.clear();
        if (parts > 1)
            part.page.text.title = language.text("pack.part", {{"title", page.page.text.title},
                                                               {"part", as_count(p + 1)},
                                                               {"parts", as_count(parts)}});
    }
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
        if (!no_room_on(error)) throw;
        out.laid = PackLayout(page, sheet, head, true, language).take();
    }
    return out;
}

std::vector<PackPage> on_sheets(const Pack& pack, const map::PageSize& size,
                                const Language& language, base::JobContext& ctx) {
    const map::Typesetter typesetter(map::find_font_family());
    const auto fits = [&](const PackPage& page) {
        ctx.check();
        if (page.kind == PackPage::Kind::Map) return true; // it finds its own way
        try {
            map::finished_page(drawn_page(page, size, true, language), typesetter);
            return true;
        } catch (const base::Error& error) {
            if (!no_room_on(error)) throw;
            return false;
        }
    };
    std::vector<PackPage> out;
    for (const auto& page : pack.pages) {
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
