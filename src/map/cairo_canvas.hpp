// The canvas of PNG and PDF. Cairo is given as an opaque pointer because no header shows it.
#pragma once

#include "map/canvas.hpp"

namespace diaban::map {

// How a Cairo target paints faces.
struct CairoTarget {
    void* cairo = nullptr; // cairo_t
    const Typesetter* typesetter = nullptr;
    bool raster = false; // faces through raster_faces(), exact; otherwise as vector shapes
    double scale = 1;    // device pixels per page unit (raster)
    int first_row = 0, last_row = 0; // of the page, in this surface (raster)
};

class CairoCanvas final : public Canvas {
public:
    explicit CairoCanvas(const CairoTarget& target) : target_(target) {}
    void begin_layer(std::string_view, std::string_view) override {}
    void end_layer() override {}
    void clip(const Rect& box) override;
    void unclip() override;
    void fill(const Path& path, Colour colour) override;
    void stroke(const Path& path, const Stroke& stroke) override;
    void hatch(const Path& path, Hatch hatch, const HatchLook& look) override;
    void faces(const FaceDrawing& faces, double scale, base::JobContext& ctx) override;
    void text(const Text& text, geo::Point top_left) override;
    void text_along(const Text& text, std::span<const geo::Point> path) override;
    void picture(const Picture& picture, const Rect& box) override;

private:
    void raster_faces_of(const FaceDrawing& faces, base::JobContext& ctx);
    void closed_fill(const Path& path, Colour colour); // with a hairline over the seam
    void vector_faces_of(const FaceDrawing& faces, base::JobContext& ctx);
    CairoTarget target_;
};

} // namespace diaban::map
