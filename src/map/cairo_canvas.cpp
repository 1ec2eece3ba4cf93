#include "map/cairo_canvas.hpp"

#include "map/face_raster.hpp"
#include "map/layout.hpp"

#include <algorithm>
#include <cairo.h>

namespace diaban::map {
namespace {

constexpr double kRoundFrom = 1.5; // pixels; lines as wide as this show their corners

cairo_t* of(const CairoTarget& target) {
    return static_cast<cairo_t*>(target.cairo);
}

void trace(cairo_t* cr, const Path& path) {
    cairo_new_path(cr);
    for (std::size_t r = 0; r < path.runs(); ++r) {
        const auto run = path.run(r);
        if (run.empty()) continue;
        cairo_move_to(cr, run[0].x, run[0].y);
        const bool returns = !path.closed && run.size() > 2 && run.front() == run.back();
        for (std::size_t i = 1; i + (returns ? 1 : 0) < run.size(); ++i)
            cairo_line_to(cr, run[i].x, run[i].y);
        if (path.closed || returns) cairo_close_path(cr);
    }
}

void set_colour(cairo_t* cr, Colour c, double opacity = 1) {
    if (c.a == 255 && opacity >= 1)
        cairo_set_source_rgb(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0);
    else
        cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0 * opacity);
}

} // namespace

void CairoCanvas::clip(const Rect& box) {
    cairo_t* cr = of(target_);
    cairo_save(cr);
    cairo_rectangle(cr, box.x, box.y, box.width, box.height);
    cairo_clip(cr);
}

void CairoCanvas::unclip() {
    cairo_restore(of(target_));
}

void CairoCanvas::fill(const Path& path, Colour colour) {
    cairo_t* cr = of(target_);
    trace(cr, path);
    set_colour(cr, colour);
    cairo_fill(cr);
}

void CairoCanvas::stroke(const Path& path, const Stroke& stroke) {
    cairo_t* cr = of(target_);
    trace(cr, path);
    set_colour(cr, stroke.colour, stroke.opacity);
    cairo_set_line_width(cr, stroke.width);
    // Round corners of the thinnest lines cost most of their painting and cannot be seen.
    const bool hairline = target_.raster && stroke.width * target_.scale < kRoundFrom;
    cairo_set_line_join(cr, hairline ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    if (stroke.dash > 0) cairo_set_dash(cr, &stroke.dash, 1, 0);
    cairo_stroke(cr);
    cairo_set_dash(cr, nullptr, 0, 0);
}

void CairoCanvas::hatch(const Path& path, Hatch hatch, const HatchLook& look) {
    if (hatch == Hatch::None || path.empty()) return;
    cairo_t* cr = of(target_);
    cairo_save(cr);
    trace(cr, path);
    cairo_clip(cr);
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
    if (x1 > x0 && y1 > y0) {
        trace(cr, hatch_lines(hatch, look, {x0, y0, x1 - x0, y1 - y0}));
        set_colour(cr, look.colour);
        if (dotted(hatch)) {
            const double dashes[2] = {0, dot_spacing(hatch, look)};
            cairo_set_dash(cr, dashes, 2, 0);
            cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
            cairo_set_line_width(cr, dot_size(hatch, look));
        } else {
            cairo_set_line_width(cr, look.width);
        }
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

void CairoCanvas::faces(const FaceDrawing& faces, double scale, base::JobContext& ctx) {
    if (target_.raster)
        raster_faces_of(faces, ctx);
    else
        vector_faces_of(faces, ctx);
    for (std::size_t e = 0; e < faces.entries().size(); ++e) {
        ctx.check();
        const auto& entry = faces.entries()[e];
        if (entry.hatch == Hatch::None) continue;
        const auto look = hatch_look(entry, scale);
        if (!target_.raster) {
            hatch(faces.ground_of_entry(e), entry.hatch, look);
            continue;
        }
        // One by one: a few units far apart must not cost the hatch of all the land between them.
        for (const auto f : faces.faces) {
            if (faces.entry_of(f) != e) continue;
            Path path;
            faces.add_face(f, path);
            hatch(path, entry.hatch, look);
        }
    }
    // Pixels are settled already, but a hatch below another unit's colour is not.
    const bool hatched =
        std::any_of(faces.contested.begin(), faces.contested.end(), [&](geo::FaceId f) {
            return faces.entries()[faces.entry_of(f)].hatch != Hatch::None;
        });
    if (target_.raster && !hatched) return;
    for (const auto f : faces.contested) {
        const auto& entry = faces.entries()[faces.entry_of(f)];
        Path path;
        faces.add_face(f, path);
        closed_fill(path, entry.colour);
        hatch(path, entry.hatch, hatch_look(entry, scale));
    }
}

void CairoCanvas::raster_faces_of(const FaceDrawing& faces, base::JobContext& ctx) {
    auto pixels = raster_faces(faces, target_.scale, target_.first_row, target_.last_row,
                               {255, 255, 255}, ctx);
    if (pixels.height <= 0) return;
    cairo_t* cr = of(target_);
    cairo_surface_t* image = cairo_image_surface_create_for_data(
        reinterpret_cast<unsigned char*>(pixels.argb.data()), CAIRO_FORMAT_RGB24, pixels.width,
        pixels.height, pixels.width * 4);
    cairo_save(cr);
    cairo_identity_matrix(cr);
    cairo_set_source_surface(cr, image, pixels.x, pixels.y - target_.first_row);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_rectangle(cr, pixels.x, pixels.y - target_.first_row, pixels.width, pixels.height);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_surface_destroy(image);
}

void CairoCanvas::vector_faces_of(const FaceDrawing& faces, base::JobContext& ctx) {
    // Viewers blend each shape with what lies below, so that touching shapes show a light seam. A
    // hairline in the shape's own colour closes it; border lines hide that it is there.
    for (std::size_t e = 0; e < faces.entries().size(); ++e) {
        ctx.check();
        const auto& entry = faces.entries()[e];
        if (entry.outline_only) continue;
        const auto path = faces.ground_of_entry(e);
        if (path.empty()) continue;
        closed_fill(path, entry.colour);
    }
}

void CairoCanvas::closed_fill(const Path& path, Colour colour) {
    cairo_t* cr = of(target_);
    trace(cr, path);
    set_colour(cr, colour);
    cairo_fill_preserve(cr);
    cairo_set_line_width(cr, 0.3);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
}

void CairoCanvas::text(const Text& text, geo::Point top_left) {
    target_.typesetter->show(target_.cairo, text, top_left);
}

void CairoCanvas::text_along(const Text& text, std::span<const geo::Point> path) {
    target_.typesetter->show_along(target_.cairo, text, path);
}

void CairoCanvas::picture(const Picture& picture, const Rect& box) {
    cairo_t* cr = of(target_);
    // Cairo only reads pixels that are a source, and has a PDF keep a copy of its own.
    auto* pixels =
        reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(picture.argb.data()));
    cairo_surface_t* image = cairo_image_surface_create_for_data(
        pixels, CAIRO_FORMAT_ARGB32, picture.width, picture.height, picture.width * 4);
    cairo_save(cr);
    cairo_translate(cr, box.x, box.y);
    cairo_scale(cr, box.width / picture.width, box.height / picture.height);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    // Its edges stay sharp where it is enlarged; a PDF holds the picture as it is.
    if (target_.raster) cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_rectangle(cr, 0, 0, picture.width, picture.height);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_surface_destroy(image);
}

} // namespace diaban::map
