#include "map/index_page.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "map/furniture.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::map {
namespace {

constexpr double kColumnEms = 19;       // the narrowest column of the list, in sizes of its text
constexpr double kMapPartOfIndex = 0.5; // of the room on the first page
constexpr double kRoomy = 0.15;         // between rows, of the size of their text
constexpr double kColumnGap = 2;        // between columns, of the gaps of the page
constexpr double kFinest = 8.0 / 7;     // page numbers on the map, beside the smallest text

// Nothing is painted: to know how much room texts leave.
class NoCanvas final : public Canvas {
public:
    void begin_layer(std::string_view, std::string_view) override {}
    void end_layer() override {}
    void clip(const Rect&) override {}
    void unclip() override {}
    void fill(const Path&, Colour) override {}
    void stroke(const Path&, const Stroke&) override {}
    void hatch(const Path&, Hatch, const HatchLook&) override {}
    void faces(const FaceDrawing&, double, base::JobContext&) override {}
    void text(const Text&, geo::Point) override {}
    void text_along(const Text&, std::span<const geo::Point>) override {}
    void picture(const Picture&, const Rect&) override {}
};

} // namespace

IndexPages::IndexPages(const Book& book, const Typesetter& typesetter)
    : book_(book), look_(page_look(book.size)), typesetter_(typesetter) {
    NoCanvas nowhere;
    // The widest number a footer can have, so that the room is the same before pages are counted.
    auto text = book.text;
    text.page_number = book.number(88888, 88888);
    first_rest_ = Sheet(book.size, text, typesetter).paint_header_and_footer(nowhere);
    further_rest_ = first_rest_;
    if (!book.text.notice.empty()) {
        const auto badge =
            make_badge(book.text.notice, true, first_rest_.width * 0.5, look_, typesetter);
        first_rest_.height -= badge.height + look_.gap * 0.6;
    }
    number_width_ = typesetter.measure({"88888", look_.body}).width;
    const auto first = list_room(first_rest_, true), further = list_room(further_rest_, false);
    place_rows(first, further, kRoomy);
    if (pages_ == 1) return;
    // Rows close together only where that saves a page.
    const auto roomy = rows_;
    const auto pages = pages_;
    place_rows(first, further, 0);
    if (pages_ == pages) rows_ = roomy;
}

void IndexPages::too_small() const {
    throw base::Error(
        base::ErrorKind::Usage, "error.page.too_small",
        {{"width", std::round(book_.size.width_mm)}, {"height", std::round(book_.size.height_mm)}});
}

Rect IndexPages::map_room(const Rect& rest) const {
    if (rest.width >= rest.height)
        return {rest.x, rest.y, rest.width * kMapPartOfIndex - look_.gap, rest.height};
    return {rest.x, rest.y, rest.width, rest.height * kMapPartOfIndex - look_.gap};
}

Rect IndexPages::list_room(const Rect& rest, bool first) const {
    if (!first || !book_.overview) return rest;
    if (rest.width >= rest.height)
        return {rest.x + rest.width * kMapPartOfIndex, rest.y, rest.width * (1 - kMapPartOfIndex),
                rest.height};
    return {rest.x, rest.y + rest.height * kMapPartOfIndex, rest.width,
            rest.height * (1 - kMapPartOfIndex)};
}

// Columns from left to right, pages one after the other. A heading never ends a column.
void IndexPages::place_rows(const Rect& first, const Rect& further, double between) {
    rows_.clear();
    const double gap = look_.gap * kColumnGap;
    const auto columns_in = [&](const Rect& room) {
        return std::max(1.0, std::floor((room.width + gap) / (look_.body * kColumnEms + gap)));
    };
    // Of the narrower of both rooms, so that all columns of the list are alike.
    column_width_ =
        std::min((first.width - gap * (columns_in(first) - 1)) / columns_in(first),
                 (further.width - gap * (columns_in(further) - 1)) / columns_in(further));
    if (column_width_ < number_width_ + look_.body * 4) too_small();
    for (std::size_t s = 0; s < book_.sheets.size(); ++s)
        for (const bool heading : {true, false}) {
            const auto& words = heading ? book_.sheets[s].heading : book_.sheets[s].title;
            if (heading && words.empty()) continue;
            Row row;
            row.text = {words, look_.body, heading};
            row.text.wrap = heading ? column_width_ : column_width_ - number_width_ - look_.body;
            row.heading = heading;
            row.sheet = s;
            row.height = typesetter_.measure(row.text).height + look_.body * between;
            rows_.push_back(std::move(row));
        }
    std::size_t page = 0;
    double column = 0, y = 0;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        auto& row = rows_[r];
        const double above = row.heading && y > 0 ? look_.body * 0.5 : 0;
        const double with_next =
            row.height + (row.heading && r + 1 < rows_.size() ? rows_[r + 1].height : 0);
        const Rect* room = page == 0 ? &first : &further;
        if (with_next > room->height && with_next > further.height) too_small();
        bool moved = false;
        while (y + (moved ? 0 : above) + with_next > room->height) {
            y = 0, moved = true;
            if (++column < columns_in(*room)) continue;
            column = 0;
            ++page;
            room = &further;
        }
        if (y > 0) y += above;
        row.page = page;
        row.x = room->x + column * (column_width_ + gap);
        row.y = room->y + y;
        y += row.height;
    }
    pages_ = page + 1;
}

void IndexPages::draw_overview() {
    if (!book_.overview) return;
    overview_ = *book_.overview;
    overview_.size = book_.size;
    overview_.marks.clear();
    auto& scene = overview_.scene;
    if (scene.ranks.empty()) scene.ranks = line_ranks(*scene.vintage);
    const base::NumberStyle numbers{book_.text.decimal, book_.text.group};
    for (std::size_t s = 0; s < book_.places.size(); ++s) {
        if (!book_.places[s]) continue;
        Label mark;
        mark.text = base::format_count(static_cast<std::int64_t>(pages_ + s + 1), numbers);
        mark.at = *book_.places[s];
        mark.size_px = look_.smallest * kFinest;
        mark.bold = true;
        overview_.marks.push_back(std::move(mark));
    }
    layout_.emplace(overview_, typesetter_, MapPart{map_room(first_rest_)});
}

PageText IndexPages::text_of(std::size_t page) const {
    auto text = book_.text;
    text.page_number = book_.number(page + 1, pages_ + book_.sheets.size());
    return text;
}

void IndexPages::paint(Canvas& canvas, std::size_t page, base::JobContext& ctx) const {
    const auto text = text_of(page);
    Sheet(book_.size, text, typesetter_).paint_header_and_footer(canvas);
    if (page == 0 && layout_) layout_->paint_map(canvas, ctx);
    if (page == 0 && !text.notice.empty()) {
        const auto badge =
            make_badge(text.notice, true, first_rest_.width * 0.5, look_, typesetter_);
        paint_badge(canvas, badge, {first_rest_.x, further_rest_.bottom() - badge.height}, look_,
                    typesetter_);
    }
    const base::NumberStyle numbers{book_.text.decimal, book_.text.group};
    for (const auto& row : rows_) {
        if (row.page != page) continue;
        canvas.text(row.text, {row.x, row.y});
        if (row.heading) continue;
        const Text number{
            base::format_count(static_cast<std::int64_t>(pages_ + row.sheet + 1), numbers),
            look_.body};
        const auto size = typesetter_.measure(number);
        canvas.text(number, {row.x + column_width_ - size.width, row.y});
    }
}

} // namespace diaban::map
