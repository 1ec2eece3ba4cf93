#include "gui/screen_painter.hpp"

#include "map/hatch.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

constexpr double kSelectionPx = 3.0;
constexpr int kSamples = 4;

void set_colour(GLint at, map::Colour c, double opacity = 1) {
    glUniform4f(at, static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255,
                static_cast<float>(c.b) / 255, static_cast<float>(c.a / 255.0 * opacity));
}

template <class T> void fill_buffer(GLenum kind, const GlBuffer& buffer, const std::vector<T>& v) {
    glBindBuffer(kind, buffer);
    glBufferData(kind, static_cast<GLsizeiptr>(v.size() * sizeof(T)), v.data(), GL_STATIC_DRAW);
}

// A rectangle of device pixels, y from the bottom as GL counts.
struct Strip {
    int x0, y0, x1, y1;
    bool empty() const { return x0 >= x1 || y0 >= y1; }
};

// Where `region` lies in the picture, cut to it.
Strip strip_of(const geo::Box& region, const PaintSpec& spec) {
    const int width = spec.width + 2 * spec.margin, height = spec.height + 2 * spec.margin;
    const double left = spec.camera.centre.x - width / 2.0 * spec.camera.metres_per_px;
    const double bottom = spec.camera.centre.y - height / 2.0 * spec.camera.metres_per_px;
    auto px = [&](double metres, double from, int most) {
        return static_cast<int>(
            std::clamp(std::round((metres - from) / spec.camera.metres_per_px), 0.0, most * 1.0));
    };
    return {px(region.min_x, left, width), px(region.min_y, bottom, height),
            px(region.max_x, left, width), px(region.max_y, bottom, height)};
}

} // namespace

ScreenPainter::ScreenPainter()
    : fill_(make_program("fill")), hatch_(make_program("hatch")), line_(make_program("line")) {
    const auto fill_uniforms = [](GLuint program) {
        return FillUniforms{.centre = glGetUniformLocation(program, "centre"),
                            .clip = glGetUniformLocation(program, "clip_per_metre"),
                            .phase = glGetUniformLocation(program, "phase"),
                            .spacing = glGetUniformLocation(program, "spacing"),
                            .width = glGetUniformLocation(program, "width")};
    };
    at_ = {.fill = fill_uniforms(fill_),
           .hatch = fill_uniforms(hatch_),
           .line_centre = glGetUniformLocation(line_, "centre"),
           .line_metres = glGetUniformLocation(line_, "metres_per_px"),
           .line_viewport = glGetUniformLocation(line_, "viewport"),
           .line_width = glGetUniformLocation(line_, "width_px"),
           .line_cap = glGetUniformLocation(line_, "cap_px"),
           .line_colour = glGetUniformLocation(line_, "colour"),
           .line_adapt = glGetUniformLocation(line_, "adapt")};
    glUseProgram(fill_);
    glUniform1i(glGetUniformLocation(fill_, "colours"), 0);
    glUseProgram(hatch_);
    glUniform1i(glGetUniformLocation(hatch_, "colours"), 0);
    glUniform1i(glGetUniformLocation(hatch_, "inks"), 1);
    glUseProgram(line_);
    glUniform1i(glGetUniformLocation(line_, "faces"), 0);
    glGetIntegerv(GL_MAX_SAMPLES, &most_samples_);
}

void ScreenPainter::warm_up() {
    constexpr int kSide = 64;
    MapGeometry little;
    little.vertices = {{0, 0, 0}, {kSide / 4, 0, 0}, {0, kSide / 4, 0}};
    little.index = {0, 1, 2};
    little.segments = {{0, 0, kSide / 4, 0, 0, geo::kOutside}};
    little.rank_first = {0, 1, 1, 1, 1};
    set_base(little);
    PaintSpec spec{
        .camera = {.centre = {0, 0}, .metres_per_px = 1}, .width = kSide, .height = kSide};
    spec.width_px.fill(1);
    for (const auto hatch : {map::Hatch::None, map::Hatch::Diagonal}) {
        map::Style style;
        style.entries.resize(1);
        style.entries.front().hatch = hatch;
        style.entry_of = {0};
        Picture picture;
        picture.set_colours(style, 1, true);
        for (const bool smooth : {true, false}) {
            spec.smooth = smooth;
            paint(picture, spec, false);
        }
    }
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    clear();
}

void ScreenPainter::clear() {
    base_ = {};
    detail_ = {};
    has_detail_ = false;
    selected_ = {};
    ++geometry_;
}

void ScreenPainter::upload(Level& level, const MapGeometry& geometry) {
    if (!level.fills) {
        level.fills = make_vertices();
        level.vertices = make_buffer(), level.index = make_buffer();
    }
    glBindVertexArray(level.fills);
    fill_buffer(GL_ARRAY_BUFFER, level.vertices, geometry.vertices);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(FillVertex), nullptr);
    glEnableVertexAttribArray(0);
    glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(FillVertex),
                           reinterpret_cast<const void*>(offsetof(FillVertex, face)));
    glEnableVertexAttribArray(1);
    fill_buffer(GL_ELEMENT_ARRAY_BUFFER, level.index, geometry.index);
    glBindVertexArray(0);
    level.lines.upload(geometry.segments);
    level.indices = static_cast<GLsizei>(geometry.index.size());
    level.rank_first = geometry.rank_first;
    level.origin = geometry.origin;
    level.region = geometry.region;
}

void ScreenPainter::set_base(const MapGeometry& geometry) {
    upload(base_, geometry);
    ++geometry_;
}

void ScreenPainter::set_detail(const MapGeometry* geometry) {
    if (has_detail_ || geometry) ++geometry_;
    has_detail_ = geometry != nullptr;
    if (geometry) upload(detail_, *geometry);
}

void ScreenPainter::set_selection(const std::vector<LineSegment>& selected, geo::Point origin) {
    selected_.upload(selected);
    outline_origin_ = origin;
    ++geometry_;
}

void ScreenPainter::use_line_program(const PaintSpec& spec, geo::Point origin) const {
    glUseProgram(line_);
    glUniform2f(at_.line_centre, static_cast<float>(spec.camera.centre.x - origin.x),
                static_cast<float>(spec.camera.centre.y - origin.y));
    glUniform1f(at_.line_metres, static_cast<float>(spec.camera.metres_per_px));
    glUniform2f(at_.line_viewport, static_cast<float>(spec.width + 2 * spec.margin),
                static_cast<float>(spec.height + 2 * spec.margin));
}

void ScreenPainter::draw_rank(const Level& level, std::size_t rank, const PaintSpec& spec) const {
    const auto first = level.rank_first[rank];
    const std::uint32_t count = level.rank_first[rank + 1] - first;
    const double width = spec.width_px[rank];
    if (count == 0 || width <= 0) return;
    glUniform1i(at_.line_adapt, rank == static_cast<std::size_t>(map::LineRank::Commune));
    auto stroke = [&](double px, map::Colour colour, double opacity) {
        // Round ends would show as beads on a line lighter than one pixel.
        glUniform1f(at_.line_width, static_cast<float>(px));
        glUniform1f(at_.line_cap, px > 1 ? static_cast<float>(px / 2) : 0.0F);
        set_colour(at_.line_colour, colour, opacity);
        level.lines.draw(first, count);
    };
    // Dark lines get a light edge, so that they are seen on dark classes too.
    if (rank == static_cast<std::size_t>(map::LineRank::District) && width >= 1.05 * spec.scale)
        stroke(width + 1.6 * spec.scale, map::kCommuneLine, 1);
    stroke(width, spec.colour[rank], 1);
}

void ScreenPainter::use_fill_program(const Picture& picture, const PaintSpec& spec,
                                     geo::Point origin) const {
    const double metres = spec.camera.metres_per_px;
    const FillUniforms& at = picture.hatched_ ? at_.hatch : at_.fill;
    glUseProgram(picture.hatched_ ? hatch_ : fill_);
    glUniform2f(at.centre, static_cast<float>(spec.camera.centre.x - origin.x),
                static_cast<float>(spec.camera.centre.y - origin.y));
    glUniform2f(at.clip, static_cast<float>(2 / ((spec.width + 2 * spec.margin) * metres)),
                static_cast<float>(2 / ((spec.height + 2 * spec.margin) * metres)));
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, picture.colours_);
    if (!picture.hatched_) return;
    glActiveTexture(GL_TEXTURE1);
    glBindTexture(GL_TEXTURE_2D, picture.inks_);
    glActiveTexture(GL_TEXTURE0);
    // Three spacings are a whole number of periods of every pattern, fine dots too.
    const map::HatchLook look = map::hatch_look({}, spec.scale);
    const auto phase = [&](double px) {
        return static_cast<float>(std::fmod(px, 3 * look.spacing));
    };
    const double r = std::sqrt(0.5);
    glUniform4f(at.phase, phase(picture.hatch_at_.x), phase(picture.hatch_at_.y),
                phase((picture.hatch_at_.x - picture.hatch_at_.y) * r),
                phase((picture.hatch_at_.x + picture.hatch_at_.y) * r));
    glUniform1f(at.spacing, static_cast<float>(look.spacing));
    glUniform1f(at.width, static_cast<float>(look.width));
}

void ScreenPainter::draw_level(const Picture& picture, const Level& level,
                               const PaintSpec& spec) const {
    glDisable(GL_BLEND);
    use_fill_program(picture, spec, level.origin);
    glBindVertexArray(level.fills);
    glDrawElements(GL_TRIANGLES, level.indices, GL_UNSIGNED_INT, nullptr);

    glEnable(GL_BLEND);
    glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    use_line_program(spec, level.origin);
    using map::LineRank;
    // The coast under the province line: a province's land border must not be nicked by it.
    for (LineRank rank :
         {LineRank::Commune, LineRank::District, LineRank::Coast, LineRank::Province})
        draw_rank(level, static_cast<std::size_t>(rank), spec);
}

void ScreenPainter::draw_outline(const SegmentBuffer& outline, const PaintSpec& spec,
                                 double width_px, map::Colour colour) const {
    if (outline.count() == 0) return;
    use_line_program(spec, outline_origin_);
    glUniform1f(at_.line_width, static_cast<float>(width_px));
    glUniform1f(at_.line_cap, static_cast<float>(width_px / 2));
    glUniform1i(at_.line_adapt, 0);
    set_colour(at_.line_colour, colour);
    outline.draw(0, outline.count());
}

bool ScreenPainter::paint(Picture& picture, const PaintSpec& spec, bool moving) {
    if (spec.width <= 0 || spec.height <= 0) return false;
    if (picture.painted_geometry_ != geometry_) picture.stale_ = true;
    if (!picture.stale_ && spec == picture.painted_) {
        picture.shift_x_ = picture.shift_y_ = 0;
        return false;
    }
    if (moving && picture.shifted(spec)) return false;
    picture.move_hatches(spec);
    const int width = spec.width + 2 * spec.margin, height = spec.height + 2 * spec.margin;
    picture.target_.resize(width, height, std::min(kSamples, most_samples_));
    picture.target_.bind(spec.smooth);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(static_cast<float>(spec.ground.r) / 255, static_cast<float>(spec.ground.g) / 255,
                 static_cast<float>(spec.ground.b) / 255, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    if (ready() && picture.colours_ready_) {
        glEnable(GL_SCISSOR_TEST);
        const int rim = spec.reach ? 0 : spec.margin;
        const Strip all{rim, rim, width - rim, height - rim};
        Strip fine = !has_detail_     ? Strip{0, 0, 0, 0}
                     : detail_.region ? strip_of(*detail_.region, spec)
                                      : all; // a coarse level of everything
        fine = {std::clamp(fine.x0, all.x0, all.x1), std::clamp(fine.y0, all.y0, all.y1),
                std::clamp(fine.x1, all.x0, all.x1), std::clamp(fine.y1, all.y0, all.y1)};
        // Around the fine part the base level; the two never overlap, so no border shows twice.
        const bool none = fine.empty();
        const Strip around[] = {{all.x0, all.y0, all.x1, none ? all.y1 : fine.y0},
                                {all.x0, fine.y1, all.x1, none ? fine.y1 : all.y1},
                                {all.x0, fine.y0, none ? all.x0 : fine.x0, fine.y1},
                                {none ? all.x1 : fine.x1, fine.y0, all.x1, fine.y1}};
        auto within = [&](const Strip& strip, const Level& level) {
            if (strip.empty()) return;
            glScissor(strip.x0, strip.y0, strip.x1 - strip.x0, strip.y1 - strip.y0);
            draw_level(picture, level, spec);
        };
        for (const Strip& strip : around) within(strip, base_);
        within(fine, detail_);
        glScissor(all.x0, all.y0, all.x1 - all.x0, all.y1 - all.y0);
        draw_outline(selected_, spec, kSelectionPx * spec.scale, map::kSelection);
        glDisable(GL_SCISSOR_TEST);
    }
    glBindVertexArray(0);
    picture.target_.resolve(spec.smooth);
    picture.painted_ = spec;
    picture.painted_geometry_ = geometry_;
    picture.shift_x_ = picture.shift_y_ = 0;
    picture.stale_ = false;
    return true;
}

} // namespace diaban::gui
