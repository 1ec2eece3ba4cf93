// What a page is painted on: one interface, three kinds of file.
//
// Units are page units, 1/96 inch, y down. Layers come in painting order and nest at most once.
#pragma once

#include "base/job.hpp"
#include "map/hatch.hpp"
#include "map/map_drawing.hpp"
#include "map/page.hpp"
#include "map/typesetter.hpp"

#include <memory>
#include <string_view>

namespace diaban::map {

struct Picture;

struct Stroke {
    Colour colour = kText;
    double width = 1;
    double opacity = 1;
    double dash = 0; // length of dashes and gaps; 0 = solid
};

// The lines of an overlay, larger by `scale`.
inline Stroke overlay_stroke(const Overlay& overlay, double scale) {
    return {overlay.colour, overlay.width_px * scale, 1, overlay.dash_px() * scale};
}

class Canvas {
public:
    virtual ~Canvas() = default;
    // A named group; `title` is for people who open the file in an editor.
    virtual void begin_layer(std::string_view id, std::string_view title = {}) = 0;
    virtual void end_layer() = 0;
    // Until unclip(), nothing is painted outside the box. Not nested.
    virtual void clip(const Rect& box) = 0;
    virtual void unclip() = 0;

    virtual void fill(const Path& path, Colour colour) = 0;
    virtual void stroke(const Path& path, const Stroke& stroke) = 0;
    virtual void hatch(const Path& path, Hatch hatch, const HatchLook& look) = 0;
    // All faces, with hatches, on the ground colour.
    virtual void faces(const FaceDrawing& faces, double scale, base::JobContext& ctx) = 0;
    virtual void text(const Text& text, geo::Point top_left) = 0;
    // In one line along its baseline, which begins where the text does (map/text_path.hpp).
    virtual void text_along(const Text& text, std::span<const geo::Point> path) = 0;
    // Stretched over the box.
    virtual void picture(const Picture& picture, const Rect& box) = 0;
};

// What to paint, called once or (large pictures are painted in bands) several times.
using PaintPage = std::function<void(Canvas&)>;

// The whole file as bytes, the same on every run.
std::string png_file(const PageSize& size, const Typesetter& typesetter, const PaintPage& paint);
// A PDF has one sheet or several, each with its bookmark; none where that is empty.
std::string pdf_file(const PageSize& size, const PageText& text, const Typesetter& typesetter,
                     const std::vector<PaintPage>& sheets,
                     const std::vector<std::string>& bookmarks = {});
std::string svg_file(const PageSize& size, const PageText& text, const Typesetter& typesetter,
                     const PaintPage& paint);

} // namespace diaban::map
