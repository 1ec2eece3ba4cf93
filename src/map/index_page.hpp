// The index of a book: which sheet is on which page, and a map of where they lie. Private to
// src/map.
#pragma once

#include "map/book.hpp"
#include "map/page_layout.hpp"
#include "map/sheet.hpp"

namespace diaban::map {

class IndexPages {
public:
    IndexPages(const Book& book, const Typesetter& typesetter);
    std::size_t count() const { return pages_; }
    void draw_overview(); // before paint()
    void paint(Canvas& canvas, std::size_t page, base::JobContext& ctx) const;

private:
    struct Row {
        Text text; // heading or title
        std::size_t sheet = 0;
        bool heading = false;
        std::size_t page = 0;
        double x = 0, y = 0, height = 0;
    };
    PageText text_of(std::size_t page) const; // with its number
    Rect list_room(const Rect& rest, bool first) const;
    Rect map_room(const Rect& rest) const;
    // `between`: rows, of the size of their text.
    void place_rows(const Rect& first, const Rect& further, double between);
    [[noreturn]] void too_small() const;

    const Book& book_;
    PageLook look_;
    const Typesetter& typesetter_;
    Rect first_rest_, further_rest_;
    double column_width_ = 0, number_width_ = 0;
    std::vector<Row> rows_;
    std::size_t pages_ = 1;
    Page overview_;
    std::optional<PageLayout> layout_;
};

} // namespace diaban::map
