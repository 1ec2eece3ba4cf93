#include "gui/overlay_shapes.hpp"

#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace diaban::gui {
namespace {

constexpr float kKeyHeight = 14; // of the box of a filled layer, interface pixels

struct RowCrossing {
    int row;
    float x;
    int turn; // up or down
};

// Where an edge crosses the centres of rows.
void add_crossings(ImVec2 a, ImVec2 b, int first_row, int end_row, std::vector<RowCrossing>& out) {
    const int turn = a.y < b.y ? 1 : -1;
    if (turn < 0) std::swap(a, b);
    // Far outside of the window numbers may be beyond those of rows.
    const auto top = static_cast<float>(first_row), bottom = static_cast<float>(end_row);
    const int from = static_cast<int>(std::ceil(std::clamp(a.y - 0.5F, top, bottom)));
    const int to = static_cast<int>(std::ceil(std::clamp(b.y - 0.5F, top, bottom)));
    for (int row = from; row < to; ++row) {
        const float share = (static_cast<float>(row) + 0.5F - a.y) / (b.y - a.y);
        out.push_back({row, a.x + share * (b.x - a.x), turn});
    }
}

Rect seen_by(const ImDrawList& list, float margin) {
    const ImVec2 a = list.GetClipRectMin(), b = list.GetClipRectMax();
    return {a.x - margin, a.y - margin, b.x + margin, b.y + margin};
}

// The part of a -> b that may be within a box, as shares of its length: a line that goes on for
// thousands of pixels beside the window has dashes that nobody sees.
std::optional<std::pair<double, double>> seen_part(ImVec2 a, ImVec2 b, const Rect& box) {
    double from = 0, to = 1;
    const auto narrow = [&](double start, double way, double least, double most) {
        if (way == 0) {
            if (start < least || start > most) to = -1;
            return;
        }
        const double s = (least - start) / way, t = (most - start) / way;
        from = std::max(from, std::min(s, t));
        to = std::min(to, std::max(s, t));
    };
    narrow(a.x, static_cast<double>(b.x) - a.x, box.x0, box.x1);
    narrow(a.y, static_cast<double>(b.y) - a.y, box.y0, box.y1);
    if (to < from) return std::nullopt;
    return std::pair{from, to};
}

} // namespace

std::vector<RowSpan> row_spans(const std::vector<std::vector<ImVec2>>& rings, const Rect& clip) {
    const int first_row = static_cast<int>(std::floor(clip.y0));
    const int end_row = static_cast<int>(std::ceil(clip.y1));
    std::vector<RowCrossing> crossings;
    for (const auto& ring : rings)
        for (std::size_t i = 0; i < ring.size(); ++i)
            add_crossings(ring[i], ring[(i + 1) % ring.size()], first_row, end_row, crossings);
    std::sort(crossings.begin(), crossings.end(), [](const auto& a, const auto& b) {
        return a.row != b.row ? a.row < b.row : a.x < b.x;
    });
    std::vector<RowSpan> out;
    int winding = 0;
    for (std::size_t i = 0; i < crossings.size(); ++i) {
        const bool was_out = winding == 0;
        winding += crossings[i].turn;
        if (was_out) out.push_back({crossings[i].row, std::max(crossings[i].x, clip.x0), 0});
        if (winding != 0) continue;
        out.back().to = std::min(crossings[i].x, clip.x1);
        if (out.back().to <= out.back().from) out.pop_back();
    }
    return out;
}

void fill_rings(ImDrawList& list, const std::vector<std::vector<ImVec2>>& rings, const Rect& clip,
                ImU32 colour) {
    for (const RowSpan& span : row_spans(rings, clip)) {
        const auto y = static_cast<float>(span.row);
        list.AddRectFilled({span.from, y}, {span.to, y + 1}, colour);
    }
}

void dashed_line(ImDrawList& list, const std::vector<ImVec2>& points, ImU32 colour, float width,
                 float gap) {
    if (gap <= 0) {
        list.AddPolyline(points.data(), static_cast<int>(points.size()), colour, 0, width);
        return;
    }
    // As on a page, where round ends make a dash longer by its width.
    const float dash = gap + 2 * width;
    const double period = static_cast<double>(dash) + gap;
    const Rect seen = seen_by(list, width);
    std::vector<ImVec2> piece;
    const auto end_piece = [&] {
        if (piece.size() > 1)
            list.AddPolyline(piece.data(), static_cast<int>(piece.size()), colour, 0, width);
        piece.clear();
    };
    double begun = 0; // where the segment begins on the line
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const ImVec2 a = points[i], b = points[i + 1];
        const double length = std::hypot(static_cast<double>(b.x) - a.x, b.y - a.y);
        const double ended = begun + length;
        const auto part = seen_part(a, b, seen);
        if (!part) end_piece();
        for (double at = part ? std::floor((begun + part->first * length) / period) * period : 0;
             part && at < begun + part->second * length; at += period) {
            const double from = std::max(at, begun), to = std::min(at + dash, ended);
            if (to <= from) continue; // it ended on the segment before
            const auto spot = [&](double d) {
                const auto t = static_cast<float>((d - begun) / length);
                return ImVec2{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
            };
            if (from > begun) end_piece(); // otherwise it goes on around the corner
            if (piece.empty()) piece.push_back(spot(from));
            piece.push_back(spot(to));
            if (to < ended) end_piece();
        }
        begun = ended;
    }
    end_piece();
}

void draw_centred_lines(ImDrawList& list, ImFont* font, ImVec2 middle, ImU32 colour, ImU32 halo,
                        float thickness, std::string_view text) {
    float y = middle.y - text_size(font, text).y / 2;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        const auto words = text.substr(from, end - from);
        const ImVec2 size = text_size(font, words);
        draw_text_halo(list, font, {middle.x - size.x / 2, y}, colour, halo, thickness, words);
        y += size.y;
        from = end + 1;
    }
}

void line_key(const Ui& ui, ImDrawList& list, const app::LineLayer& layer, ImVec2 left_middle,
              float length) {
    const ImU32 ink = layer.shown ? colour(map::parse_colour(layer.colour).value_or(map::Colour{}))
                                  : ui.theme->line;
    const float width = ui.px(static_cast<float>(layer.width));
    const float gap = ui.px(static_cast<float>(layer.gap));
    const ImVec2 right{left_middle.x + length, left_middle.y};
    const auto fill = app::fill_of(layer);
    if (!fill) return dashed_line(list, {left_middle, right}, ink, width, gap);
    const float half = ui.px(kKeyHeight) / 2;
    const ImVec2 a{left_middle.x, left_middle.y - half}, b{right.x, right.y + half};
    if (layer.shown) list.AddRectFilled(a, b, colour(*fill));
    dashed_line(list, {a, {b.x, a.y}, b, {a.x, b.y}, a}, ink, width, gap);
}

} // namespace diaban::gui
