#include "gui/screen_painter.hpp"

#include "map/hatch.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

constexpr double kSelectionPx = 3.0;
constexpr int kSamples = 4;

void set_colour(GLint at, map::Colour c) {
    glUniform4f(at, static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255,
                static_cast<float>(c.b) / 255, static_cast<float>(c.a) / 255);
}

void clear_to(map::Colour c) {
    glClearColor(static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255,
                 static_cast<float>(c.b) / 255, static_cast<float>(c.a) / 255);
    glClear(GL_COLOR_BUFFER_BIT);
}

// With the margin.
int whole_width(const PaintSpec& spec) {
    return spec.width + 2 * spec.margin;
}
int whole_height(const PaintSpec& spec) {
    return spec.height + 2 * spec.margin;
}

// Where patterns start that are anchored at a point, pixels along x, y and both diagonals. Three
// spacings are a whole number of periods of every pattern, fine dots too.
std::array<double, 4> hatch_phase(geo::Point at, double spacing) {
    const auto phase = [&](double px) { return std::fmod(px, 3 * spacing); };
    const double r = std::sqrt(0.5);
    return {phase(at.x), phase(at.y), phase((at.x - at.y) * r), phase((at.x + at.y) * r)};
}

// All of the target that is bound, from below.
void read_back(const PaintSpec& spec, std::vector<map::Colour>& out) {
    out.resize(static_cast<std::size_t>(whole_width(spec)) *
               static_cast<std::size_t>(whole_height(spec)));
    glReadPixels(0, 0, whole_width(spec), whole_height(spec), GL_RGBA, GL_UNSIGNED_BYTE,
                 out.data());
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
    const int width = whole_width(spec), height = whole_height(spec);
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
    : fill_(make_program("fill")), hatch_(make_program("hatch")), line_(make_program("line")),
      number_(make_program("number")), on_processor_(gl_on_processor()) {
    const auto fill_uniforms = [](GLuint program) {
        return FillUniforms{.centre = glGetUniformLocation(program, "centre"),
                            .clip = glGetUniformLocation(program, "clip_per_metre"),
                            .phase = glGetUniformLocation(program, "phase"),
                            .spacing = glGetUniformLocation(program, "spacing"),
                            .width = glGetUniformLocation(program, "width")};
    };
    at_ = {.fill = fill_uniforms(fill_),
           .hatch = fill_uniforms(hatch_),
           .number = fill_uniforms(number_),
           .number_hidden = glGetUniformLocation(number_, "some_hidden"),
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
    glUseProgram(number_);
    glUniform1i(glGetUniformLocation(number_, "colours"), 0);
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
    ++selection_;
}

void ScreenPainter::use_line_program(const PaintSpec& spec, geo::Point origin) const {
    glUseProgram(line_);
    glUniform2f(at_.line_centre, static_cast<float>(spec.camera.centre.x - origin.x),
                static_cast<float>(spec.camera.centre.y - origin.y));
    glUniform1f(at_.line_metres, static_cast<float>(spec.camera.metres_per_px));
    glUniform2f(at_.line_viewport, static_cast<float>(whole_width(spec)),
                static_cast<float>(whole_height(spec)));
}

void ScreenPainter::draw_rank(const Level& level, map::LineRank rank, const PaintSpec& spec) const {
    const auto r = static_cast<std::size_t>(rank);
    const auto first = level.rank_first[r];
    const std::uint32_t count = level.rank_first[r + 1] - first;
    const double width = spec.width_px[r];
    if (count == 0 || width <= 0) return;
    glUniform1i(at_.line_adapt, rank == map::LineRank::Commune);
    auto stroke = [&](double px, map::Colour colour) {
        // Round ends would show as beads on a line lighter than one pixel.
        glUniform1f(at_.line_width, static_cast<float>(px));
        glUniform1f(at_.line_cap, px > 1 ? static_cast<float>(px / 2) : 0.0F);
        set_colour(at_.line_colour, colour);
        level.lines.draw(first, count);
    };
    if (spec.edged[r] && width >= 1.05 * spec.scale)
        stroke(width + 1.6 * spec.scale, map::kCommuneLine);
    stroke(width, spec.colour[r]);
}

void ScreenPainter::draw_lines(const Level& level, const PaintSpec& spec) const {
    using map::LineRank;
    // The coast under the province line: a province's land border must not be nicked by it.
    for (const LineRank rank : {LineRank::District, LineRank::Coast, LineRank::Province})
        draw_rank(level, rank, spec);
}

void ScreenPainter::draw_selection(const PaintSpec& spec) const {
    if (selected_.count() == 0) return;
    const double width_px = kSelectionPx * spec.scale;
    use_line_program(spec, outline_origin_);
    glUniform1f(at_.line_width, static_cast<float>(width_px));
    glUniform1f(at_.line_cap, static_cast<float>(width_px / 2));
    glUniform1i(at_.line_adapt, 0);
    set_colour(at_.line_colour, map::kSelection);
    selected_.draw(0, selected_.count());
}

void ScreenPainter::set_view(const FillUniforms& at, const PaintSpec& spec,
                             geo::Point origin) const {
    const double metres = spec.camera.metres_per_px;
    glUniform2f(at.centre, static_cast<float>(spec.camera.centre.x - origin.x),
                static_cast<float>(spec.camera.centre.y - origin.y));
    glUniform2f(at.clip, static_cast<float>(2 / (whole_width(spec) * metres)),
                static_cast<float>(2 / (whole_height(spec) * metres)));
}

void ScreenPainter::set_hatches(const Picture& picture, const PaintSpec& spec) const {
    glActiveTexture(GL_TEXTURE1);
    glBindTexture(GL_TEXTURE_2D, picture.inks_);
    glActiveTexture(GL_TEXTURE0);
    const map::HatchLook look = map::hatch_look({}, spec.scale);
    const auto phase = hatch_phase(picture.hatch_at_, look.spacing);
    glUniform4f(at_.hatch.phase, static_cast<float>(phase[0]), static_cast<float>(phase[1]),
                static_cast<float>(phase[2]), static_cast<float>(phase[3]));
    glUniform1f(at_.hatch.spacing, static_cast<float>(look.spacing));
    glUniform1f(at_.hatch.width, static_cast<float>(look.width));
}

void ScreenPainter::draw_fills(const Picture& picture, const Level& level,
                               const PaintSpec& spec) const {
    glUseProgram(picture.hatched_ ? hatch_ : fill_);
    set_view(picture.hatched_ ? at_.hatch : at_.fill, spec, level.origin);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, picture.colours_);
    if (picture.hatched_) set_hatches(picture, spec);
    glBindVertexArray(level.fills);
    glDrawElements(GL_TRIANGLES, level.indices, GL_UNSIGNED_INT, nullptr);
}

// Calls draw(level) for every part of the picture with the level that is shown there, with nothing
// else open to drawing: the parts never overlap, so no border shows twice. Afterwards all that is
// to be painted is open.
template <class Draw> void ScreenPainter::each_strip(const PaintSpec& spec, Draw draw) const {
    const int rim = spec.reach ? 0 : spec.margin;
    const Strip all{rim, rim, whole_width(spec) - rim, whole_height(spec) - rim};
    Strip fine = !has_detail_     ? Strip{0, 0, 0, 0}
                 : detail_.region ? strip_of(*detail_.region, spec)
                                  : all; // a coarse level of everything
    fine = {std::clamp(fine.x0, all.x0, all.x1), std::clamp(fine.y0, all.y0, all.y1),
            std::clamp(fine.x1, all.x0, all.x1), std::clamp(fine.y1, all.y0, all.y1)};
    // Around the fine part the base level.
    const bool none = fine.empty();
    const Strip around[] = {{all.x0, all.y0, all.x1, none ? all.y1 : fine.y0},
                            {all.x0, fine.y1, all.x1, none ? fine.y1 : all.y1},
                            {all.x0, fine.y0, none ? all.x0 : fine.x0, fine.y1},
                            {none ? all.x1 : fine.x1, fine.y0, all.x1, fine.y1}};
    const auto open = [&](const Strip& strip) {
        glScissor(strip.x0, strip.y0, strip.x1 - strip.x0, strip.y1 - strip.y0);
    };
    glEnable(GL_SCISSOR_TEST);
    for (const Strip& strip : around) {
        if (strip.empty()) continue;
        open(strip);
        draw(base_);
    }
    if (!none) {
        open(fine);
        draw(detail_);
    }
    open(all);
}

void ScreenPainter::draw_directly(Picture& picture, const PaintSpec& spec) {
    picture.target_.resize(whole_width(spec), whole_height(spec),
                           on_processor_ ? 1 : std::min(kSamples, most_samples_));
    picture.target_.bind(spec.smooth);
    clear_to(spec.ground);
    if (ready_to_paint(picture)) {
        each_strip(spec, [&](const Level& level) {
            glDisable(GL_BLEND);
            draw_fills(picture, level, spec);
            glEnable(GL_BLEND);
            use_line_program(spec, level.origin);
            draw_rank(level, map::LineRank::Commune, spec);
            draw_lines(level, spec);
        });
        draw_selection(spec);
        glDisable(GL_SCISSOR_TEST);
    }
    picture.target_.resolve(spec.smooth);
}

// The samples of the plate lie in a target of their own, as pixels.
void ScreenPainter::draw_faces(const Picture& picture, const PaintSpec& spec) {
    PaintSpec samples = spec;
    samples.camera.metres_per_px /= kPlateSide;
    for (int* length : {&samples.width, &samples.height, &samples.margin}) *length *= kPlateSide;
    samples_target_.resize(whole_width(samples), whole_height(samples), 1);
    samples_target_.bind(false);
    clear_to({0, 0, 0, 0});
    glDisable(GL_BLEND);
    each_strip(samples, [&](const Level& level) {
        glUseProgram(number_);
        set_view(at_.number, samples, level.origin);
        glUniform1i(at_.number_hidden, !picture.hidden_.empty());
        glActiveTexture(GL_TEXTURE0);
        glBindTexture(GL_TEXTURE_2D, picture.colours_);
        glBindVertexArray(level.fills);
        glDrawElements(GL_TRIANGLES, level.indices, GL_UNSIGNED_INT, nullptr);
    });
    glDisable(GL_SCISSOR_TEST);
    read_back(samples, read_back_);
    plate_.set_faces(whole_width(spec), whole_height(spec), read_back_);
    plate_hidden_ = picture.hidden_;
}

void ScreenPainter::draw_lines_of_plate(const PaintSpec& spec) {
    lines_target_.resize(whole_width(spec), whole_height(spec), 1);
    glEnable(GL_BLEND);
    const auto drawn = [&](auto draw) {
        lines_target_.bind(false);
        clear_to({0, 0, 0, 0});
        each_strip(spec, [&](const Level& level) {
            use_line_program(spec, level.origin);
            draw(level);
        });
    };
    read_back_.clear();
    if (spec.width_px[static_cast<std::size_t>(map::LineRank::Commune)] > 0) {
        drawn([&](const Level& level) { draw_rank(level, map::LineRank::Commune, spec); });
        glDisable(GL_SCISSOR_TEST);
        read_back(spec, read_back_);
    }
    plate_.set_borders(read_back_);
    drawn([&](const Level& level) { draw_lines(level, spec); });
    draw_selection(spec);
    glDisable(GL_SCISSOR_TEST);
    read_back(spec, read_back_);
    plate_.set_lines(read_back_);
}

bool ScreenPainter::has_plate_for(const Picture& picture) const {
    return on_processor_ && plate_geometry_ == geometry_ && plate_selection_ == selection_ &&
           plate_hidden_ == picture.hidden_;
}

void ScreenPainter::colour_plate(Picture& picture, const PaintSpec& spec) {
    PaintSpec wanted = spec;
    wanted.ground = plate_spec_.ground; // is given to it like any colour
    const bool same_view = plate_geometry_ == geometry_ && plate_spec_ == wanted;
    if (!same_view || plate_hidden_ != picture.hidden_) draw_faces(picture, spec);
    if (!same_view || plate_selection_ != selection_) draw_lines_of_plate(spec);
    plate_spec_ = wanted;
    plate_geometry_ = geometry_, plate_selection_ = selection_;

    const map::HatchLook hatches = map::hatch_look({}, spec.scale);
    const auto commune = static_cast<std::size_t>(map::LineRank::Commune);
    read_back_.resize(static_cast<std::size_t>(plate_.width()) *
                      static_cast<std::size_t>(plate_.height()));
    plate_.colour({.colours = picture.table_,
                   .inks = picture.ink_table_,
                   .ground = spec.ground,
                   .pen = spec.colour[commune],
                   .beside = static_cast<int>(spec.width_px[commune] / 2) + 1,
                   .phase = hatch_phase(picture.hatch_at_, hatches.spacing),
                   .spacing = hatches.spacing,
                   .width = hatches.width},
                  read_back_);
    picture.target_.resize(plate_.width(), plate_.height(), 1);
    picture.target_.fill(read_back_.data());
}

bool ScreenPainter::paint(Picture& picture, const PaintSpec& spec, bool moving) {
    if (spec.width <= 0 || spec.height <= 0) return false;
    if (picture.painted_state_ != state()) picture.stale_ = true;
    if (!picture.stale_ && spec == picture.painted_) {
        picture.shift_x_ = picture.shift_y_ = 0;
        return false;
    }
    if (moving && picture.shifted(spec)) return false;
    picture.move_hatches(spec);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    // Of lines over nothing the colours times their opacity, as they are laid over faces later.
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    if (on_processor_ && spec.smooth && ready_to_paint(picture))
        colour_plate(picture, spec);
    else
        draw_directly(picture, spec);
    glBindVertexArray(0);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    picture.painted_ = spec;
    picture.painted_state_ = state();
    picture.shift_x_ = picture.shift_y_ = 0;
    picture.stale_ = false;
    return true;
}

} // namespace diaban::gui
