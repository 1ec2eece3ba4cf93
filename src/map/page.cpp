#include "map/page.hpp"

#include "base/error.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "map/laid_page.hpp"
#include "map/page_painter.hpp"

namespace diaban::map {

std::optional<Format> format_of(const std::filesystem::path& file) {
    const auto extension = base::lower(file.extension().string());
    if (extension == ".png") return Format::Png;
    if (extension == ".svg") return Format::Svg;
    if (extension == ".pdf") return Format::Pdf;
    return std::nullopt;
}

void set_page_number(Page& page, std::size_t number, std::size_t pages, std::string words) {
    page.text.page_number = std::move(words);
    if (!page.laid) return;
    auto laid = *page.laid;
    laid.page = number;
    laid.pages = pages;
    page.laid = std::make_shared<const LaidOut>(std::move(laid));
}

void check_page(const Page& page) {
    const auto faces = page.scene.vintage->coverage->faces();
    check_legend(page.scene.style, faces);
    for (const auto& panel : page.panels) {
        check_legend(panel.style, faces);
        if (panel.theme) check_theme(*panel.theme, panel.style, faces);
    }
    if (page.scene.theme) check_theme(*page.scene.theme, page.scene.style, faces);
}

namespace {

std::optional<geo::Georeference> georeference(const Frame* frame, const PageSize& size) {
    if (!frame) return std::nullopt;
    const auto& camera = frame->camera;
    const auto& box = frame->box;
    return geo::Georeference{
        {camera.centre.x - (box.x + box.width / 2) * camera.metres_per_px,
         camera.centre.y + (box.y + box.height / 2) * camera.metres_per_px},
        camera.metres_per_px * 96 / size.dpi};
}

} // namespace

FinishedPage finished_page(Page page, const Typesetter& typesetter) {
    check_page(page);
    // The layout fills in what follows from the page itself.
    if (page.scene.ranks.empty()) page.scene.ranks = line_ranks(*page.scene.vintage);
    if (page.laid) {
        auto laid = std::make_shared<const LaidPage>(std::move(page), typesetter);
        const auto at = georeference(laid->frame(), laid->size());
        return {[laid = std::move(laid)](Canvas& canvas, base::JobContext& ctx) {
                    laid->paint(canvas, ctx);
                },
                at};
    }
    struct Kept { // the layout refers to the page
        Page page;
        std::unique_ptr<PageLayout> layout;
    };
    auto kept = std::make_shared<Kept>(Kept{std::move(page), nullptr});
    kept->layout = std::make_unique<PageLayout>(kept->page, typesetter);
    auto& text = kept->page.text;
    if (kept->layout->contested() && !text.overlap_note.empty()) {
        text.source_lines.push_back(text.overlap_note);
        kept->layout = std::make_unique<PageLayout>(kept->page, typesetter);
    }
    const auto at = georeference(&kept->layout->frame(), kept->page.size);
    return {[kept](Canvas& canvas, base::JobContext& ctx) { kept->layout->paint(canvas, ctx); },
            at};
}

namespace {

std::string bytes_of(const FinishedPage& finished, const Page& page, Format format,
                     const Typesetter& typesetter, base::JobContext& ctx) {
    ctx.check();
    const PaintPage paint = [&](Canvas& canvas) { finished.paint(canvas, ctx); };
    switch (format) {
    case Format::Png:
        return png_file(page.size, typesetter, paint);
    case Format::Svg:
        return svg_file(page.size, page.text, typesetter, paint);
    case Format::Pdf:
        break;
    }
    return pdf_file(page.size, page.text, typesetter, {paint});
}

} // namespace

std::string page_bytes(const Page& page, Format format, base::JobContext& ctx) {
    const Typesetter typesetter(find_font_family());
    return bytes_of(finished_page(page, typesetter), page, format, typesetter, ctx);
}

void paint_page(const Page& page, const std::vector<std::filesystem::path>& files,
                base::JobContext& ctx) {
    std::vector<Format> formats;
    for (const auto& file : files) {
        const auto format = format_of(file);
        if (!format)
            throw base::Error(base::ErrorKind::Usage, "error.page.format",
                              {{"file", file.filename().string()}});
        formats.push_back(*format);
    }
    const Typesetter typesetter(find_font_family());
    const auto finished = finished_page(page, typesetter);
    std::vector<std::string> bytes(files.size());
    base::parallel_for(files.size(), 1, ctx, [&](std::size_t i, std::size_t) {
        bytes[i] = bytes_of(finished, page, formats[i], typesetter, ctx);
    });
    for (std::size_t i = 0; i < files.size(); ++i) base::write_file(files[i], bytes[i]);
}

void paint_page(const Page& page, const std::filesystem::path& file, base::JobContext& ctx) {
    paint_page(page, std::vector{file}, ctx);
}

PlacedPicture placed_picture(const Page& page, base::JobContext& ctx) {
    const Typesetter typesetter(find_font_family());
    const auto finished = finished_page(page, typesetter);
    if (!finished.at) throw base::Error(base::ErrorKind::Usage, "error.page.no_map");
    ctx.check();
    const PaintPage paint = [&](Canvas& canvas) { finished.paint(canvas, ctx); };
    return {png_file(page.size, typesetter, paint), *finished.at};
}

std::string pdf_of_pages(const std::vector<Page>& pages, const PageText& text,
                         const std::vector<std::string>& bookmarks, base::JobContext& ctx) {
    for (const auto& page : pages) check_page(page);
    const Typesetter typesetter(find_font_family());
    std::vector<PaintPage> sheets;
    std::size_t painted = 0;
    // Laid out only while it is painted: a book of many pages needs no more memory than one.
    for (std::size_t i = 0; i < pages.size(); ++i)
        sheets.push_back([&, i](Canvas& canvas) {
            finished_page(pages[i], typesetter).paint(canvas, ctx);
            ctx.step(++painted, pages.size());
        });
    return pdf_file(pages.front().size, text, typesetter, sheets, bookmarks);
}

} // namespace diaban::map
