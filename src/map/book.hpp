// A series of pages as one PDF: an index first, then the sheets, numbered through, with bookmarks.
//
// Guarantees: the same sheets give the same bytes with any number of threads; no more than a few
// sheets are held at once; the index names every sheet with the number of its page, wraps long
// titles and cuts none.
#pragma once

#include "map/page.hpp"

namespace diaban::map {

struct BookSheet {
    std::string heading; // of the index, above this row and those after it; empty: as before
    std::string title;   // in the index
    std::string bookmark;
};

struct Book {
    PageSize size;
    PageText text; // of the file and of its index
    std::vector<BookSheet> sheets;
    // The page of sheet i, its number excepted. Called from several threads.
    std::function<Page(std::size_t)> page;
    std::function<std::string(std::size_t page, std::size_t pages)> number; // "Trang 3/64"
    bool index = true;
    std::string index_bookmark;
    // On the first page of the index; the places of sheets are marked with page numbers. Its size,
    // texts and marks are the book's.
    std::optional<Page> overview;
    std::vector<std::optional<geo::Point>> places; // of sheets on the overview
};

// On which page of the file sheet 0 is, from 1; less one: how many pages the index has. Throws
// Error Usage "error.page.too_small".
std::size_t first_sheet_page(const Book& book);
std::string book_bytes(const Book& book, base::JobContext& ctx);
// Into a file (.pdf), whole or not at all. Throws as paint_page(); Cancelled.
void write_book(const Book& book, const std::filesystem::path& file, base::JobContext& ctx);

} // namespace diaban::map
