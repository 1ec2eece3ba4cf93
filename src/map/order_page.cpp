#include "map/order_page.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "map/order_layout.hpp"
#include "map/page_layout.hpp"
#include "map/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace diaban::map {
namespace {

constexpr double kMapPart = 0.5, kMapShape = 0.62; // of the room on a sheet; height by width
constexpr double kRowLines = 2.4;                  // least height of a row: room to write in
constexpr double kTightRowLines = 2;               // where that saves a sheet of a row or two
constexpr std::size_t kMeasured = 40;              // the longest texts of a column are measured
constexpr double kSignRoom = 5.5;                  // to sign in, in lines of text
constexpr Colour kHeadGround{0xF1, 0xF0, 0xEC};
constexpr std::size_t kLongestNumber = 888; // of a sheet, to know how wide its words can be

// "{count} of …" with a number in the place of a name.
std::string with_number(std::string text, std::string_view name, std::size_t number,
                        const base::NumberStyle& style) {
    if (const auto at = text.find(name); at != std::string::npos)
        text.replace(at, name.size(), base::format_count(static_cast<std::int64_t>(number), style));
    return text;
}

// The map of an order, laid out in its part of a sheet. Stays where it is: the layout refers to it.
struct OrderMap {
    Page page;
    std::optional<PageLayout> layout;
};

class OrderSheets {
public:
    OrderSheets(const OrderBook& book, const Typesetter& typesetter)
        : book_(book), look_(page_look(book.size)),
          typesetter_(typesetter), numbers_{book.text.decimal, book.text.group},
          content_(Rect{0, 0, look_.width, look_.height}.inset(look_.margin)),
          pad_(look_.body * 0.4) {
        std::vector<ColumnNeed> needs;
        for (std::size_t c = 0; c < book.columns.size(); ++c) needs.push_back(need_of(c));
        widths_ = column_widths(needs, content_.width);
        floor_ = paint_footer(nullptr, kLongestNumber, kLongestNumber);
        head_ = row_height(titles(), true);
    }

    void lay_out(base::JobContext& ctx) {
        for (const auto& order : book_.orders) {
            ctx.check();
            const double top = paint_header(nullptr, order, true);
            const double height = std::min(content_.width * kMapShape, (floor_ - top) * kMapPart);
            maps_.push_back(map_of(order, {content_.x, top, content_.width, height}));
            paginate(order, top + height + look_.gap * 0.6);
        }
    }
    std::size_t sheets() const { return leaves_.size(); }
    void paint(Canvas& canvas, std::size_t sheet, base::JobContext& ctx) const;

private:
    struct Leaf { // one sheet
        std::size_t order;
        std::size_t number; // within its order, from 1
        double top;         // where its list begins
        std::vector<OrderItem> items;
    };

    std::unique_ptr<OrderMap> map_of(const Order& order, const Rect& box) const;
    std::vector<std::string> notes_of(std::size_t order) const;
    std::vector<std::string> titles() const;
    Text cell_text(const std::string& string, std::size_t column, bool head) const;
    double row_height(const std::vector<std::string>& cells, bool head) const; // of its words
    ColumnNeed need_of(std::size_t column) const;
    Text note_text(const std::string& note) const;
    double signatures_height() const;
    void paginate(const Order& order, double first_top);
    // Each returns where it ends (the footer: where it begins); without a canvas nothing is
    // painted.
    double paint_header(Canvas* canvas, const Order& order, bool first) const;
    double paint_footer(Canvas* canvas, std::size_t number, std::size_t of) const;
    void paint_cells(Canvas& canvas, const std::vector<std::string>& cells, double y, double height,
                     bool head) const;
    void paint_signatures(Canvas& canvas, double y) const;
    [[noreturn]] void too_small() const;

    const OrderBook& book_;
    PageLook look_;
    const Typesetter& typesetter_;
    base::NumberStyle numbers_;
    Rect content_;
    double pad_;
    std::vector<double> widths_;                  // of the columns
    double floor_ = 0;                            // above the footer
    double head_ = 0;                             // height of the titles of the list
    std::vector<std::unique_ptr<OrderMap>> maps_; // of each order
    std::vector<std::vector<std::string>> notes_; // of each order
    std::vector<Leaf> leaves_;
    std::vector<std::size_t> sheets_of_; // of each order
};

void OrderSheets::too_small() const {
    throw base::Error(
        base::ErrorKind::Usage, "error.page.too_small",
        {{"width", std::round(book_.size.width_mm)}, {"height", std::round(book_.size.height_mm)}});
}

std::unique_ptr<OrderMap> OrderSheets::map_of(const Order& order, const Rect& box) const {
    auto out = std::make_unique<OrderMap>();
    auto& page = out->page;
    page = order.map;
    check_legend(page.scene.style, page.scene.vintage->coverage->faces());
    if (page.scene.ranks.empty()) page.scene.ranks = line_ranks(*page.scene.vintage);
    page.size = book_.size;
    for (auto* text :
         {&page.text.title, &page.text.subtitle, &page.text.classification, &page.text.notice})
        text->clear();
    page.text.source_lines.clear();
    for (auto& mark : page.marks) mark.size_px = look_.body, mark.bold = true;
    out->layout.emplace(page, typesetter_, box);
    return out;
}

std::vector<std::string> OrderSheets::titles() const {
    std::vector<std::string> out;
    for (const auto& column : book_.columns) out.push_back(column.title);
    return out;
}

Text OrderSheets::cell_text(const std::string& string, std::size_t column, bool head) const {
    Text text{string, head ? look_.small : look_.body, head};
    text.wrap = widths_[column] - 2 * pad_;
    if (book_.columns[column].number) text.align = Align::Right;
    return text;
}

// Of the texts and words with most letters: one of them is the widest, or nearly so.
ColumnNeed OrderSheets::need_of(std::size_t column) const {
    auto longer = [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    };
    std::set<std::string, decltype(longer)> texts(longer), words(longer);
    const auto keep = [](auto& longest, std::string one) {
        longest.insert(std::move(one));
        if (longest.size() > kMeasured) longest.erase(std::prev(longest.end()));
    };
    const auto keep_words = [&](const std::string& text) {
        std::istringstream in(text);
        for (std::string word; in >> word;) keep(words, std::move(word));
    };
    for (const auto& order : book_.orders)
        for (const auto& row : order.rows)
            if (!row[column].empty()) {
                keep(texts, row[column]);
                keep_words(row[column]);
            }
    ColumnNeed need{.share = book_.columns[column].share, .by_hand = texts.empty()};
    const auto width = [&](const std::string& string, double size, bool bold) {
        return std::ceil(typesetter_.measure({string, size, bold}).width) + 1 + 2 * pad_;
    };
    for (const auto& word : words)
        need.least = std::max(need.least, width(word, look_.body, false));
    for (const auto& text : texts)
        need.natural = std::max(need.natural, width(text, look_.body, false));
    std::istringstream title(book_.columns[column].title);
    for (std::string word; title >> word;)
        need.least = std::max(need.least, width(word, look_.small, true));
    need.natural = std::max(need.natural, width(book_.columns[column].title, look_.small, true));
    return need;
}

double OrderSheets::row_height(const std::vector<std::string>& cells, bool head) const {
    double height = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        if (cells[c].empty()) continue;
        const auto text = cell_text(cells[c], c, head);
        const auto size = typesetter_.measure(text);
        // A letter that is wider than its column.
        if (size.width > text.wrap + 1) too_small();
        height = std::max(height, size.height + 2 * pad_);
    }
    return height;
}

Text OrderSheets::note_text(const std::string& note) const {
    Text text{note, look_.small, false, kMuted};
    text.wrap = content_.width;
    return text;
}

double OrderSheets::signatures_height() const {
    const double line = typesetter_.measure({"X", look_.body}).height;
    return look_.gap + (3 + kSignRoom) * line;
}

void OrderSheets::paginate(const Order& order, double first_top) {
    const auto at = maps_.size() - 1;
    const auto& layout = *maps_[at]->layout;
    auto notes = order.notes;
    if (layout.marks_left_out() > 0)
        notes.push_back(
            with_number(book_.marks_left_out, "{count}", layout.marks_left_out(), numbers_));
    if (layout.contested() && !order.map.text.overlap_note.empty())
        notes.push_back(order.map.text.overlap_note);
    std::vector<OrderItem> items;
    for (std::size_t r = 0; r < order.rows.size(); ++r) {
        const double words = row_height(order.rows[r], false);
        items.push_back({OrderPart::Row, r, std::max(words, look_.body * kRowLines),
                         std::max(words, look_.body * kTightRowLines)});
    }
    for (std::size_t n = 0; n < notes.size(); ++n) {
        const double height = typesetter_.measure(note_text(notes[n])).height + look_.gap * 0.35;
        items.push_back({OrderPart::Note, n, height, height});
    }
    items.push_back({OrderPart::Signatures, 0, signatures_height(), signatures_height()});
    const double next_top = paint_header(nullptr, order, false);
    auto sheets = on_sheets(items, floor_ - first_top - head_, floor_ - next_top - head_);
    if (!sheets) too_small();
    for (std::size_t s = 0; s < sheets->size(); ++s)
        leaves_.push_back({at, s + 1, s == 0 ? first_top : next_top, std::move((*sheets)[s])});
    sheets_of_.push_back(sheets->size());
    notes_.push_back(std::move(notes));
}

double OrderSheets::paint_header(Canvas* canvas, const Order& order, bool first) const {
    double below = content_.y, room = content_.width;
    for (const bool dashed : {false, true}) {
        const auto& words = dashed ? book_.text.notice : book_.text.classification;
        if (words.empty()) continue;
        const auto badge = make_badge(words, dashed, content_.width * 0.35, look_, typesetter_);
        if (canvas)
            paint_badge(*canvas, badge, {content_.right() - badge.width, below}, look_,
                        typesetter_);
        below += badge.height + look_.gap * 0.4;
        room = std::min(room, content_.width - badge.width - look_.gap);
    }
    auto words = order.title;
    if (!first) {
        words = book_.continued;
        if (const auto at = words.find("{title}"); at != words.npos)
            words.replace(at, std::string_view("{title}").size(), order.title);
    }
    Text title{words, look_.heading * (first ? 1.5 : 1.15), true};
    title.wrap = room;
    double y = content_.y;
    if (canvas) canvas->text(title, {content_.x, y});
    y += typesetter_.measure(title).height;
    if (first && !order.subtitle.empty()) {
        Text subtitle{order.subtitle, look_.body, false, kMuted};
        subtitle.wrap = room;
        if (canvas) canvas->text(subtitle, {content_.x, y});
        y += typesetter_.measure(subtitle).height;
    }
    return std::max(y, below) + look_.gap * 0.6;
}

double OrderSheets::paint_footer(Canvas* canvas, std::size_t number, std::size_t of) const {
    const Text page{
        with_number(with_number(book_.number, "{page}", number, numbers_), "{pages}", of, numbers_),
        look_.small, false, kMuted};
    const Text widest{with_number(with_number(book_.number, "{page}", kLongestNumber, numbers_),
                                  "{pages}", kLongestNumber, numbers_),
                      look_.small, false, kMuted};
    std::string lines;
    for (const auto& line : book_.text.source_lines)
        if (!line.empty()) lines += (lines.empty() ? "" : "  ·  ") + line;
    Text source{lines, look_.small, false, kMuted};
    source.wrap = content_.width - typesetter_.measure(widest).width - look_.gap;
    const auto size = typesetter_.measure(page);
    const double height =
        std::max(size.height, lines.empty() ? 0 : typesetter_.measure(source).height);
    const double top = content_.bottom() - height, rule = top - look_.gap * 0.35;
    if (canvas) {
        canvas->stroke(straight({content_.x, rule}, {content_.right(), rule}),
                       {kRule, 0.8 * look_.scale, 1, 0});
        if (!lines.empty()) canvas->text(source, {content_.x, top});
        canvas->text(page, {content_.right() - size.width, top});
    }
    return rule - look_.gap * 0.5;
}

void OrderSheets::paint_cells(Canvas& canvas, const std::vector<std::string>& cells, double y,
                              double height, bool head) const {
    const Stroke line{kRule, 0.8 * look_.scale, 1, 0};
    double x = content_.x;
    if (head) canvas.fill(rectangle({x, y, content_.width, height}), kHeadGround);
    for (std::size_t c = 0; c < cells.size(); ++c) {
        if (!cells[c].empty()) canvas.text(cell_text(cells[c], c, head), {x + pad_, y + pad_});
        canvas.stroke(straight({x, y}, {x, y + height}), line);
        x += widths_[c];
    }
    canvas.stroke(straight({content_.right(), y}, {content_.right(), y + height}), line);
    for (const double edge : {y, y + height})
        canvas.stroke(straight({content_.x, edge}, {content_.right(), edge}), line);
}

void OrderSheets::paint_signatures(Canvas& canvas, double y) const {
    const double line = typesetter_.measure({"X", look_.body}).height;
    const double width = content_.width / static_cast<double>(book_.signatures.size());
    const auto write = [&](const std::string& words, std::size_t place, double at, bool bold,
                           Colour colour) {
        Text text{words, look_.body, bold, colour};
        text.wrap = width;
        text.align = Align::Centre;
        if (!words.empty())
            canvas.text(text, {content_.x + width * static_cast<double>(place), at});
    };
    y += look_.gap;
    if (book_.signatures.empty()) return;
    write(book_.date, book_.signatures.size() - 1, y, false, kText);
    for (std::size_t s = 0; s < book_.signatures.size(); ++s) {
        write(book_.signatures[s], s, y + line, true, kText);
        write(book_.sign_here, s, y + 2 * line, false, kMuted);
    }
}

void OrderSheets::paint(Canvas& canvas, std::size_t sheet, base::JobContext& ctx) const {
    const auto& leaf = leaves_[sheet];
    const auto& order = book_.orders[leaf.order];
    paint_header(&canvas, order, leaf.number == 1);
    if (leaf.number == 1) maps_[leaf.order]->layout->paint(canvas, ctx);
    double y = leaf.top;
    if (!leaf.items.empty() && leaf.items.front().part == OrderPart::Row) {
        paint_cells(canvas, titles(), y, head_, true);
        y += head_;
    }
    for (const auto& item : leaf.items) {
        if (item.part == OrderPart::Row)
            paint_cells(canvas, order.rows[item.index], y, item.height, false);
        else if (item.part == OrderPart::Note)
            canvas.text(note_text(notes_[leaf.order][item.index]),
                        {content_.x, y + look_.gap * 0.35});
        else
            paint_signatures(canvas, y);
        y += item.height;
    }
    paint_footer(&canvas, leaf.number, sheets_of_[leaf.order]);
}

} // namespace

std::string order_bytes(const OrderBook& book, base::JobContext& ctx) {
    const Typesetter typesetter(find_font_family());
    OrderSheets sheets(book, typesetter);
    sheets.lay_out(ctx);
    std::vector<PaintPage> pages;
    for (std::size_t s = 0; s < sheets.sheets(); ++s)
        pages.emplace_back([&sheets, &ctx, s](Canvas& canvas) { sheets.paint(canvas, s, ctx); });
    return pdf_file(book.size, book.text, typesetter, pages);
}

void write_orders(const OrderBook& book, const std::filesystem::path& file, base::JobContext& ctx) {
    base::write_file(file, order_bytes(book, ctx));
}

} // namespace diaban::map
