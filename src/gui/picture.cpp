#include "gui/picture.hpp"

#include "map/hatch.hpp"

#include <cmath>
#include <tuple>

namespace diaban::gui {
namespace {

constexpr int kColourRow = 1024;           // faces per row of the colour table; the shader knows it
constexpr std::uint8_t kOutlineOnly = 255; // in place of a hatch; the shader knows it

} // namespace

bool operator==(const PaintSpec& a, const PaintSpec& b) {
    return a.camera.centre == b.camera.centre && a.camera.metres_per_px == b.camera.metres_per_px &&
           a.width == b.width && a.height == b.height && a.scale == b.scale &&
           a.ground == b.ground && a.width_px == b.width_px && a.colour == b.colour &&
           a.edged == b.edged && a.smooth == b.smooth && a.margin == b.margin && a.reach == b.reach;
}

void Picture::set_colours(const map::Style& style, std::size_t units, bool hatches) {
    // By entry: its colour with the number of its hatch, and the ink of the hatch.
    std::vector<std::pair<map::Colour, map::Colour>> looks;
    for (const map::LegendEntry& entry : style.entries) {
        const bool empty = entry.role != map::LegendEntry::Role::Class;
        const map::Hatch hatch = hatches || empty ? entry.hatch : map::Hatch::None;
        looks.emplace_back(entry.colour, map::hatch_look(entry, 1).colour);
        looks.back().first.a = entry.outline_only ? kOutlineOnly : static_cast<std::uint8_t>(hatch);
    }
    const auto rows = static_cast<GLsizei>((units + kColourRow - 1) / kColourRow);
    table_.assign(static_cast<std::size_t>(rows) * kColourRow, {});
    ink_table_ = table_;
    hatched_ = false;
    hidden_.clear();
    for (std::size_t i = 0; i < units && i < style.entry_of.size(); ++i) {
        std::tie(table_[i], ink_table_[i]) = looks[style.entry_of[i]];
        hatched_ = hatched_ || table_[i].a != 0;
        if (table_[i].a == kOutlineOnly) hidden_.push_back(static_cast<geo::FaceId>(i));
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
    upload_table(colours_, table_);
    if (hatched_)
        upload_table(inks_, ink_table_);
    else
        ink_table_.clear();
    colours_ready_ = rows > 0;
    stale_ = true;
}

// The pattern is anchored to the map while it is panned, and to the screen while it is zoomed,
// where any other anchor would make it run.
void Picture::move_hatches(const PaintSpec& spec) {
    const double metres = spec.camera.metres_per_px;
    if (metres != painted_.camera.metres_per_px) return;
    hatch_at_.x -= (spec.camera.centre.x - painted_.camera.centre.x) / metres;
    hatch_at_.y -= (spec.camera.centre.y - painted_.camera.centre.y) / metres;
}

// Whether the painted picture can be shown moved by whole pixels instead of being painted anew.
bool Picture::shifted(const PaintSpec& spec) {
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

void Picture::show(int x, int y, int from, int to) const {
    if (to <= from) return;
    target_.show(painted_.margin + shift_x_ + from, painted_.margin + shift_y_, to - from,
                 painted_.height, x + from, y);
}

std::array<float, 4> Picture::view_in_texture() const {
    const auto w = static_cast<float>(std::max(1, target_.width()));
    const auto h = static_cast<float>(std::max(1, target_.height()));
    const auto x = static_cast<float>(painted_.margin + shift_x_);
    const auto y = static_cast<float>(painted_.margin + shift_y_);
    return {x / w, y / h, (x + static_cast<float>(painted_.width)) / w,
            (y + static_cast<float>(painted_.height)) / h};
}

} // namespace diaban::gui
