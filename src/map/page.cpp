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

void paint_page(const Page& page, const std::filesystem::path& file, base::JobContext& ctx) {
    const auto format = format_of(file);
    if (!format)
        throw base::Error(base::ErrorKind::Usage, "error.page.format",
                          {{"file", file.filename().string()}});
    base::write_file(file, page_bytes(page, *format, ctx));
}

void check_page(const Page& page) {
    const auto faces = page.scene.vintage->coverage->faces();
    check_legend(page.scene.style, faces);
    for (const auto& panel : page.panels) check_legend(panel.style, faces);
}

PageWithJob page_painter(Page page, const Typesetter& typesetter) {
    check_page(page);
    // The layout fills in what follows from the page itself.
    if (page.scene.ranks.empty()) page.scene.ranks = line_ranks(*page.scene.vintage);
    if (page.laid) {
        auto laid = std::make_shared<const LaidPage>(std::move(page), typesetter);
        return [laid = std::move(laid)](Canvas& canvas, base::JobContext& ctx) {
            laid->paint(canvas, ctx);
        };
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
    return [kept](Canvas& canvas, base::JobContext& ctx) { kept->layout->paint(canvas, ctx); };
}

std::string page_bytes(const Page& page, Format format, base::JobContext& ctx) {
    const Typesetter typesetter(find_font_family());
    const auto painter = page_painter(page, typesetter);
    ctx.check();
    const PaintPage paint = [&](Canvas& canvas) { painter(canvas, ctx); };
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

} // namespace diaban::map
