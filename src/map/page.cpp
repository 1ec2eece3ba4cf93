#include "map/page.hpp"

#include "base/error.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "map/canvas.hpp"
#include "map/page_layout.hpp"

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

std::string page_bytes(const Page& page, Format format, base::JobContext& ctx) {
    check_legend(page.scene.style, page.scene.vintage->coverage->faces());
    const Typesetter typesetter(find_font_family());
    // The layout fills in what follows from the page itself.
    Page complete = page;
    if (complete.scene.ranks.empty()) complete.scene.ranks = line_ranks(*complete.scene.vintage);
    auto layout = std::make_unique<PageLayout>(complete, typesetter);
    if (layout->contested() && !page.text.overlap_note.empty()) {
        complete.text.source_lines.push_back(page.text.overlap_note);
        layout = std::make_unique<PageLayout>(complete, typesetter);
    }
    ctx.check();
    const PaintPage paint = [&](Canvas& canvas) { layout->paint(canvas, ctx); };
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
