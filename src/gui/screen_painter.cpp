#include "gui/screen_painter.hpp"

#include "map/hatch.hpp"

#include <cmath>
#include <tuple>

namespace diaban::gui {
namespace {

constexpr int kColourRow = 1024; // faces per row of the colour table; the shader knows it
constexpr double kSelectionPx = 3.0;
constexpr int kSamples = 4;
constexpr std::uint8_t kOutlineOnly = 255; // in place of a hatch; the shader knows it

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

bool operator==(const PaintSpec& a, const PaintSpec& b) {
    return a.camera.centre == b.camera.centre && a.camera.metres_per_px == b.camera.metres_per_px &&
           a.width == b.width && a.height == b.height && a.scale == b.scale &&
           a.ground == b.ground && a.width_px == b.width_px && a.colour == b.colour &&
           a.smooth == b.smooth && a.margin == b.margin && a.reach == b.reach;
}

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

void ScreenPainter::clear() {
    base_ = {};
    detail_ = {};
    has_detail_ = colours_ready_ = false;
    selected_ = {};
    stale_ = true;
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
    stale_ = true;
}

void ScreenPainter::set_detail(const MapGeometry* geometry) {
    stale_ = stale_ || has_detail_ || geometry;
    has_detail_ = geometry != nullptr;
    if (geometry) upload(detail_, *geometry);
}

void ScreenPainter::set_colours(const map::Style& style, std::size_t units, bool hatches) {
    // By entry: its colour with the number of its hatch, and the ink of the hatch.
    std::vector<std::pair<map::Colour, map::Colour>> looks;
    for (const map::LegendEntry& entry : style.entries) {
        const bool empty = entry.role != map::LegendEntry::Role::Class;
        const map::Hatch hatch = hatches || empty ? entry.hatch : map::Hatch::None;
        looks.emplace_back(entry.colour, map::hatch_look(entry, 1).colour);
        looks.back().first.a = entry.outline_only ? kOutlineOnly : static_cast<std::uint8_t>(hatch);
    }
    const auto rows = static_cast<GLsizei>((units + kColourRow - 1) / kColourRow);
    std::vector<map::Colour> table(static_cast<std::size_t>(rows) * kColourRow), inks = table;
    hatched_ = false;
    for (std::size_t i = 0; i < units && i < style.entry_of.size(); ++i) {
        std::tie(table[i], inks[i]) = looks[style.entry_of[i]];
        hatched_ = hatched_ || table[i].a != 0;
    }
    const auto upload_table = [&](GlTexture& texture, const std::vector<map::Colour>& texels) {
        if (!texture) texture = make_texture();
        glBindTexture(GL_TEXTURE_2D, texture);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, kColourRow, rows, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                     texels.data());
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    };
    glActiveTexture(GL_TEXTURE0);
    upload_table(colours_, table);
    if (hatched_) upload_table(inks_, inks);
    colours_ready_ = rows > 0;
    stale_ = true;
}

void ScreenPainter::set_selection(const std::vector<LineSegment>& selected, geo::Point origin) {
    selected_.upload(selected);
    outline_origin_ = origin;
    stale_ = true;
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

// The pattern is anchored to the map while it is panned, and to the screen while it is zoomed,
// where any other anchor would make it run.
void ScreenPainter::move_hatches(const PaintSpec& spec) {
    const double metres = spec.camera.metres_per_px;
    if (metres != painted_.camera.metres_per_px) return;
    hatch_at_.x -= (spec.camera.centre.x - painted_.camera.centre.x) / metres;
    hatch_at_.y -= (spec.camera.centre.y - painted_.camera.centre.y) / metres;
}

void ScreenPainter::use_fill_program(const PaintSpec& spec, geo::Point origin) const {
    const double metres = spec.camera.metres_per_px;
    const FillUniforms& at = hatched_ ? at_.hatch : at_.fill;
    glUseProgram(hatched_ ? hatch_ : fill_);
    glUniform2f(at.centre, static_cast<float>(spec.camera.centre.x - origin.x),
                static_cast<float>(spec.camera.centre.y - origin.y));
    glUniform2f(at.clip, static_cast<float>(2 / ((spec.width + 2 * spec.margin) * metres)),
                static_cast<float>(2 / ((spec.height + 2 * spec.margin) * metres)));
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, colours_);
    if (!hatched_) return;
    glActiveTexture(GL_TEXTURE1);
    glBindTexture(GL_TEXTURE_2D, inks_);
    glActiveTexture(GL_TEXTURE0);
    // Three spacings are a whole number of periods of every pattern, fine dots too.
    const map::HatchLook look = map::hatch_look({}, spec.scale);
    const auto phase = [&](double px) {
        return static_cast<float>(std::fmod(px, 3 * look.spacing));
    };
    const double r = std::sqrt(0.5);
    glUniform4f(at.phase, phase(hatch_at_.x), phase(hatch_at_.y),
                phase((hatch_at_.x - hatch_at_.y) * r), phase((hatch_at_.x + hatch_at_.y) * r));
    glUniform1f(at.spacing, static_cast<float>(look.spacing));
    glUniform1f(at.width, static_cast<float>(look.width));
}

void ScreenPainter::draw_level(const Level& level, const PaintSpec& spec) const {
    glDisable(GL_BLEND);
    use_fill_program(spec, level.origin);
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

// Whether the painted picture can be shown moved by whole pixels instead of being painted anew.
bool ScreenPainter::shifted(const PaintSpec& spec) {
    PaintSpec there = spec;
    there.camera.centre = painted_.camera.centre;
    there.smooth = painted_.smooth;
    there.reach = painted_.reach;
    if (stale_ || !painted_.reach || !(there == painted_)) return false;
    const double metres = spec.camera.metres_per_px;
    const double dx = std::round((spec.camera.centre.x - painted_.camera.centre.x) / metres);
    const double dy = std::round((spec.camera.centre.y - painted_.camera.centre.y) / metres);
    if (std::abs(dx) > spec.margin || std::abs(dy) > spec.margin) return false;
    shift_x_ = static_cast<int>(dx), shift_y_ = static_cast<int>(dy);
    return true;
}

void ScreenPainter::show(int x, int y) const {
    target_.show(painted_.margin + shift_x_, painted_.margin + shift_y_, painted_.width,
                 painted_.height, x, y);
}

std::array<float, 4> ScreenPainter::view_in_texture() const {
    const auto w = static_cast<float>(std::max(1, target_.width()));
    const auto h = static_cast<float>(std::max(1, target_.height()));
    const auto x = static_cast<float>(painted_.margin + shift_x_);
    const auto y = static_cast<float>(painted_.margin + shift_y_);
    return {x / w, y / h, (x + static_cast<float>(painted_.width)) / w,
            (y + static_cast<float>(painted_.height)) / h};
}

bool ScreenPainter::paint(const PaintSpec& spec, bool moving) {
    if (spec.width <= 0 || spec.height <= 0) return false;
    if (!stale_ && spec == painted_) {
        shift_x_ = shift_y_ = 0;
        return false;
    }
    if (moving && shifted(spec)) return false;
    move_hatches(spec);
    const int width = spec.width + 2 * spec.margin, height = spec.height + 2 * spec.margin;
    target_.resize(width, height, std::min(kSamples, most_samples_));
    target_.bind(spec.smooth);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(static_cast<float>(spec.ground.r) / 255, static_cast<float>(spec.ground.g) / 255,
                 static_cast<float>(spec.ground.b) / 255, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    if (ready()) {
        glEnable(GL_SCISSOR_TEST);
        const int rim = spec.reach ? 0 : spec.margin;
        const Strip all{rim, rim, width - rim, height - rim};
        Strip fine = has_detail_ ? strip_of(*detail_.region, spec) : Strip{0, 0, 0, 0};
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
            draw_level(level, spec);
        };
        for (const Strip& strip : around) within(strip, base_);
        within(fine, detail_);
        glScissor(all.x0, all.y0, all.x1 - all.x0, all.y1 - all.y0);
        draw_outline(selected_, spec, kSelectionPx * spec.scale, map::kSelection);
        glDisable(GL_SCISSOR_TEST);
    }
    glBindVertexArray(0);
    target_.resolve(spec.smooth);
    painted_ = spec;
    shift_x_ = shift_y_ = 0;
    stale_ = false;
    return true;
}

} // namespace diaban::gui
