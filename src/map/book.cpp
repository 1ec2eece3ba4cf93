#include "map/book.hpp"

#include "base/error.hpp"
#include "base/paths.hpp"
#include "map/index_page.hpp"
#include "map/page_painter.hpp"

#include <algorithm>

namespace diaban::map {
namespace {

// Sheets that are laid out at a time, on all processors. Not by their number, so that nothing
// depends on it.
constexpr std::size_t kLaidOutTogether = 16;

struct DrawnSheet {
    explicit DrawnSheet(const std::string& family) : typesetter(family) {}
    Typesetter typesetter;
    FinishedPage page;
};

class BookSheets {
public:
    BookSheets(const Book& book, std::size_t before, std::string family)
        : book_(book), before_(before), family_(std::move(family)) {}

    void paint(Canvas& canvas, std::size_t sheet, base::JobContext& ctx) {
        if (sheet >= first_ + laid_out_.size() || laid_out_.empty()) lay_out(sheet, ctx);
        laid_out_[sheet - first_]->page.paint(canvas, ctx);
        laid_out_[sheet - first_].reset();
        ctx.step(sheet + 1, book_.sheets.size());
    }

private:
    void lay_out(std::size_t first, base::JobContext& ctx) {
        first_ = first;
        laid_out_.clear();
        laid_out_.resize(std::min(kLaidOutTogether, book_.sheets.size() - first));
        base::parallel_for(laid_out_.size(), 1, ctx, [&](std::size_t i, std::size_t) {
            auto made = std::make_unique<DrawnSheet>(family_);
            auto page = book_.page(first_ + i);
            const auto number = before_ + first_ + i + 1, pages = before_ + book_.sheets.size();
            set_page_number(page, number, pages, book_.number(number, pages));
            made->page = finished_page(std::move(page), made->typesetter);
            laid_out_[i] = std::move(made);
        });
    }

    const Book& book_;
    std::size_t before_, first_ = 0;
    std::string family_;
    std::vector<std::unique_ptr<DrawnSheet>> laid_out_;
};

} // namespace

std::size_t first_sheet_page(const Book& book) {
    if (!book.index) return 1;
    const Typesetter typesetter(find_font_family());
    return IndexPages(book, typesetter).count() + 1;
}

std::string book_bytes(const Book& book, base::JobContext& ctx) {
    const auto family = find_font_family();
    const Typesetter typesetter(family);
    std::optional<IndexPages> index;
    std::vector<PaintPage> pages;
    std::vector<std::string> bookmarks;
    if (book.index) {
        if (book.overview) check_page(*book.overview);
        index.emplace(book, typesetter);
        index->draw_overview();
        for (std::size_t p = 0; p < index->count(); ++p) {
            pages.emplace_back([&index, &ctx, p](Canvas& canvas) { index->paint(canvas, p, ctx); });
            bookmarks.push_back(p == 0 ? book.index_bookmark : "");
        }
    }
    BookSheets sheets(book, pages.size(), family);
    for (std::size_t s = 0; s < book.sheets.size(); ++s) {
        pages.emplace_back([&sheets, &ctx, s](Canvas& canvas) { sheets.paint(canvas, s, ctx); });
        bookmarks.push_back(book.sheets[s].bookmark);
    }
    return pdf_file(book.size, book.text, typesetter, pages, bookmarks);
}

void write_book(const Book& book, const std::filesystem::path& file, base::JobContext& ctx) {
    if (format_of(file) != Format::Pdf)
        throw base::Error(base::ErrorKind::Usage, "error.page.format",
                          {{"file", file.filename().string()}});
    base::write_file(file, book_bytes(book, ctx));
}

} // namespace diaban::map
