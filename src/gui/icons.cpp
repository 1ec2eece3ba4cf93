#include "gui/icons.hpp"

#include "map/symbols.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::gui {
namespace {

// A pen on the 20x20 grid.
class Pen {
public:
    Pen(ImDrawList& list, ImVec2 centre, float size, ImU32 colour)
        : list_(list), unit_(size / 20), origin_(centre.x - size / 2, centre.y - size / 2),
          colour_(colour), weight_(std::max(1.0F, 1.6F * unit_)) {}

    ImVec2 at(float x, float y) const { return {origin_.x + x * unit_, origin_.y + y * unit_}; }
    template <std::size_t N> void line(const std::array<ImVec2, N>& points, bool closed = false) {
        for (const ImVec2& p : points) list_.PathLineTo(at(p.x, p.y));
        list_.PathStroke(colour_, closed ? ImDrawFlags_Closed : 0, weight_);
    }
    template <std::size_t N> void fill(const std::array<ImVec2, N>& points) {
        for (const ImVec2& p : points) list_.PathLineTo(at(p.x, p.y));
        list_.PathFillConvex(colour_);
    }
    void box(float x0, float y0, float x1, float y1, float rounding = 1.5F) {
        list_.AddRect(at(x0, y0), at(x1, y1), colour_, rounding * unit_, 0, weight_);
    }
    void solid(float x0, float y0, float x1, float y1) {
        list_.AddRectFilled(at(x0, y0), at(x1, y1), colour_);
    }
    void circle(float x, float y, float r) {
        list_.AddCircle(at(x, y), r * unit_, colour_, 0, weight_);
    }
    void dot(float x, float y, float r) { list_.AddCircleFilled(at(x, y), r * unit_, colour_); }
    // Angles in quarter turns, clockwise from the right.
    void arc(float x, float y, float r, float from, float to) {
        list_.PathArcTo(at(x, y), r * unit_, from * 1.5707963F, to * 1.5707963F, 20);
        list_.PathStroke(colour_, 0, weight_);
    }

private:
    ImDrawList& list_;
    float unit_;
    ImVec2 origin_;
    ImU32 colour_;
    float weight_;
};

using L2 = std::array<ImVec2, 2>;
using L3 = std::array<ImVec2, 3>;
using L4 = std::array<ImVec2, 4>;

void draw_file_icon(Pen& pen, Icon icon) {
    switch (icon) {
    case Icon::Open:
    case Icon::Folder:
        pen.line(
            std::array<ImVec2, 6>{
                {{2.5F, 16}, {2.5F, 4.5F}, {7.5F, 4.5F}, {9.5F, 6.5F}, {17.5F, 6.5F}, {17.5F, 16}}},
            true);
        break;
    case Icon::File:
    case Icon::Export:
        pen.line(
            std::array<ImVec2, 5>{
                {{4.5F, 2.5F}, {11.5F, 2.5F}, {15.5F, 6.5F}, {15.5F, 17.5F}, {4.5F, 17.5F}}},
            true);
        pen.line(L3{{{11.5F, 2.5F}, {11.5F, 6.5F}, {15.5F, 6.5F}}});
        break;
    case Icon::Save:
        pen.line(std::array<ImVec2, 5>{{{3, 3}, {14, 3}, {17, 6}, {17, 17}, {3, 17}}}, true);
        pen.line(L4{{{6.5F, 3}, {6.5F, 7.5F}, {12.5F, 7.5F}, {12.5F, 3}}});
        pen.line(L4{{{6, 17}, {6, 11.5F}, {14, 11.5F}, {14, 17}}});
        break;
    case Icon::Copy:
        pen.box(6.5F, 6.5F, 17, 17);
        pen.line(L4{{{13.5F, 3.5F}, {3.5F, 3.5F}, {3.5F, 13.5F}, {4.5F, 13.5F}}});
        break;
    default:
        break;
    }
}

void draw_action_icon(Pen& pen, Icon icon) {
    switch (icon) {
    case Icon::Undo:
        pen.line(L3{{{7, 3.5F}, {3, 7.5F}, {7, 11.5F}}});
        pen.line(L2{{{3, 7.5F}, {12, 7.5F}}});
        pen.arc(12, 11.75F, 4.25F, -1, 1);
        pen.line(L2{{{12, 16}, {8, 16}}});
        break;
    case Icon::Redo:
        pen.line(L3{{{13, 3.5F}, {17, 7.5F}, {13, 11.5F}}});
        pen.line(L2{{{17, 7.5F}, {8, 7.5F}}});
        pen.arc(8, 11.75F, 4.25F, 1, 3);
        pen.line(L2{{{8, 16}, {12, 16}}});
        break;
    case Icon::Pointer:
        pen.line(std::array<ImVec2, 7>{{{5, 3},
                                        {5, 16},
                                        {8.5F, 12.7F},
                                        {10.8F, 17.4F},
                                        {12.8F, 16.4F},
                                        {10.6F, 12},
                                        {15, 11.6F}}},
                 true);
        break;
    case Icon::Fit:
        pen.line(L3{{{3, 7}, {3, 3}, {7, 3}}});
        pen.line(L3{{{13, 3}, {17, 3}, {17, 7}}});
        pen.line(L3{{{17, 13}, {17, 17}, {13, 17}}});
        pen.line(L3{{{7, 17}, {3, 17}, {3, 13}}});
        pen.dot(10, 10, 2);
        break;
    case Icon::Search:
        pen.circle(8.5F, 8.5F, 5);
        pen.line(L2{{{12.2F, 12.2F}, {17, 17}}});
        break;
    case Icon::Close:
    case Icon::Cancel:
        pen.line(L2{{{5, 5}, {15, 15}}});
        pen.line(L2{{{15, 5}, {5, 15}}});
        break;
    case Icon::Check:
        pen.line(L3{{{4, 10.5F}, {8, 14.5F}, {16, 5.5F}}});
        break;
    case Icon::Plus:
        pen.line(L2{{{10, 4}, {10, 16}}});
        [[fallthrough]];
    case Icon::Minus:
        pen.line(L2{{{4, 10}, {16, 10}}});
        break;
    case Icon::Eye:
    case Icon::EyeOff:
        pen.line(std::array<ImVec2, 8>{{{2, 10},
                                        {5, 6.6F},
                                        {10, 5},
                                        {15, 6.6F},
                                        {18, 10},
                                        {15, 13.4F},
                                        {10, 15},
                                        {5, 13.4F}}},
                 true);
        pen.circle(10, 10, 2.2F);
        if (icon == Icon::EyeOff) pen.line(L2{{{4, 17}, {16, 3}}});
        break;
    case Icon::Drop:
        pen.line(L2{{{10, 3}, {10, 12}}});
        pen.line(L3{{{6, 8.5F}, {10, 12.5F}, {14, 8.5F}}});
        pen.line(L4{{{3, 13}, {3, 17}, {17, 17}, {17, 13}}});
        break;
    default:
        break;
    }
}

void draw_time_icon(Pen& pen, Icon icon) {
    switch (icon) {
    case Icon::Play:
        pen.line(L3{{{6, 3.5F}, {16, 10}, {6, 16.5F}}}, true);
        break;
    case Icon::Pause:
        pen.line(L2{{{7, 4}, {7, 16}}});
        pen.line(L2{{{13, 4}, {13, 16}}});
        break;
    case Icon::First:
        pen.line(L2{{{5, 4.5F}, {5, 15.5F}}});
        pen.line(L3{{{14, 4.5F}, {8.5F, 10}, {14, 15.5F}}});
        break;
    case Icon::Last:
        pen.line(L2{{{15, 4.5F}, {15, 15.5F}}});
        pen.line(L3{{{6, 4.5F}, {11.5F, 10}, {6, 15.5F}}});
        break;
    case Icon::Previous:
    case Icon::Left:
        pen.line(L3{{{12.5F, 4.5F}, {7, 10}, {12.5F, 15.5F}}});
        break;
    case Icon::Next:
    case Icon::Right:
        pen.line(L3{{{7.5F, 4.5F}, {13, 10}, {7.5F, 15.5F}}});
        break;
    case Icon::Up:
        pen.line(L3{{{4.5F, 12.5F}, {10, 7}, {15.5F, 12.5F}}});
        break;
    case Icon::Down:
        pen.line(L3{{{4.5F, 7.5F}, {10, 13}, {15.5F, 7.5F}}});
        break;
    default:
        break;
    }
}

void draw_tool_icon(Pen& pen, Icon icon) {
    switch (icon) {
    case Icon::SelectBox: // a dashed frame
        for (const float x : {3.0F, 8.5F, 14.0F}) {
            pen.line(L2{{{x, 3.5F}, {x + 3, 3.5F}}});
            pen.line(L2{{{x, 16.5F}, {x + 3, 16.5F}}});
        }
        for (const float y : {3.5F, 8.5F, 13.5F}) {
            pen.line(L2{{{3, y}, {3, y + 3}}});
            pen.line(L2{{{17, y}, {17, y + 3}}});
        }
        break;
    case Icon::Lasso:
        pen.arc(10.5F, 8.5F, 6, 1.6F, 5.1F);
        pen.circle(6.5F, 13.5F, 1.8F);
        pen.line(L2{{{6, 15.2F}, {4, 18}}});
        break;
    case Icon::SelectCircle:
        for (const float from : {0.1F, 0.77F, 1.43F, 2.1F, 2.77F, 3.43F})
            pen.arc(10, 10, 7, from, from + 0.42F);
        pen.dot(10, 10, 1.2F);
        break;
    case Icon::Ruler:
        pen.line(L4{{{3, 13}, {13, 3}, {17, 7}, {7, 17}}}, true);
        pen.line(L2{{{6.4F, 9.6F}, {8.2F, 11.4F}}});
        pen.line(L2{{{9.6F, 6.4F}, {11.4F, 8.2F}}});
        break;
    case Icon::Swipe:
        pen.box(2.5F, 4.5F, 17.5F, 15.5F);
        pen.line(L2{{{10, 2.5F}, {10, 17.5F}}});
        pen.line(L3{{{7, 8}, {5, 10}, {7, 12}}});
        pen.line(L3{{{13, 8}, {15, 10}, {13, 12}}});
        break;
    case Icon::Funnel:
        pen.line(
            std::array<ImVec2, 6>{
                {{3, 4}, {17, 4}, {11.7F, 10.5F}, {11.7F, 15}, {8.3F, 17}, {8.3F, 10.5F}}},
            true);
        break;
    case Icon::Target: // rings around a point
        pen.circle(10, 10, 7.5F);
        pen.circle(10, 10, 3.8F);
        pen.dot(10, 10, 1.2F);
        break;
    case Icon::Bookmark:
        pen.line(std::array<ImVec2, 5>{{{5, 3}, {15, 3}, {15, 17}, {10, 13}, {5, 17}}}, true);
        break;
    default:
        break;
    }
}

void draw_view_icon(Pen& pen, Icon icon) {
    switch (icon) {
    case Icon::Compare:
        pen.box(2.5F, 4.5F, 17.5F, 15.5F);
        pen.line(L2{{{10, 4.5F}, {10, 15.5F}}});
        break;
    case Icon::Grid:
        pen.box(3, 3, 9, 9);
        pen.box(11, 3, 17, 9);
        pen.box(3, 11, 9, 17);
        pen.box(11, 11, 17, 17);
        break;
    case Icon::Change:
        pen.line(L4{{{3, 13}, {8, 8}, {11.5F, 11.5F}, {17, 5}}});
        pen.line(L3{{{12.5F, 5}, {17, 5}, {17, 9.5F}}});
        break;
    case Icon::Chart:
        pen.line(L3{{{3, 3}, {3, 17}, {17.5F, 17}}});
        pen.line(L2{{{7, 14.5F}, {7, 10}}});
        pen.line(L2{{{11, 14.5F}, {11, 6}}});
        pen.line(L2{{{15, 14.5F}, {15, 8.5F}}});
        break;
    case Icon::Matrix:
        pen.box(3, 3, 17, 17);
        pen.line(L2{{{3, 10}, {17, 10}}});
        pen.line(L2{{{10, 3}, {10, 17}}});
        pen.solid(11.5F, 11.5F, 15.5F, 15.5F);
        break;
    case Icon::Columns:
        pen.box(2.5F, 3.5F, 17.5F, 16.5F);
        pen.line(L2{{{7.5F, 3.5F}, {7.5F, 16.5F}}});
        pen.line(L2{{{12.5F, 3.5F}, {12.5F, 16.5F}}});
        break;
    case Icon::Group:
        pen.line(L2{{{3, 5}, {17, 5}}});
        pen.line(L2{{{7, 10}, {17, 10}}});
        pen.line(L2{{{7, 15}, {17, 15}}});
        pen.line(L3{{{3, 8}, {3, 15}, {5, 15}}});
        break;
    default:
        break;
    }
}

void draw_sign_icon(Pen& pen, Icon icon) {
    switch (icon) {
    case Icon::Warning:
        pen.line(L3{{{10, 3}, {18, 16.5F}, {2, 16.5F}}}, true);
        pen.line(L2{{{10, 8}, {10, 12}}});
        pen.dot(10, 14.2F, 0.9F);
        break;
    case Icon::Error:
        pen.circle(10, 10, 7.5F);
        pen.line(L2{{{10, 5.8F}, {10, 11}}});
        pen.dot(10, 13.8F, 1);
        break;
    case Icon::Info:
        pen.circle(10, 10, 7.5F);
        pen.line(L2{{{10, 9}, {10, 14}}});
        pen.dot(10, 6.3F, 1);
        break;
    case Icon::Panel:
        pen.box(2.5F, 3.5F, 17.5F, 16.5F);
        pen.line(L2{{{7.5F, 3.5F}, {7.5F, 16.5F}}});
        break;
    case Icon::Table:
        pen.box(2.5F, 3.5F, 17.5F, 16.5F);
        pen.line(L2{{{2.5F, 8}, {17.5F, 8}}});
        pen.line(L2{{{8, 8}, {8, 16.5F}}});
        break;
    case Icon::Map:
        pen.line(std::array<ImVec2, 8>{{{2.5F, 5},
                                        {7.5F, 3},
                                        {12.5F, 5},
                                        {17.5F, 3},
                                        {17.5F, 15},
                                        {12.5F, 17},
                                        {7.5F, 15},
                                        {2.5F, 17}}},
                 true);
        pen.line(L2{{{7.5F, 3}, {7.5F, 15}}});
        pen.line(L2{{{12.5F, 5}, {12.5F, 17}}});
        break;
    default:
        break;
    }
}

// Two bars that end on one line, or have their middles there; upright or level.
void draw_line_icon(Pen& pen, bool across, float line, float long_at, float short_at) {
    const auto bar = [&](float from, float length, float at) {
        if (across)
            pen.box(from, at - 2, from + length, at + 2, 0.8F);
        else
            pen.box(at - 2, from, at + 2, from + length, 0.8F);
    };
    bar(long_at, 11, 6.5F);
    bar(short_at, 6.5F, 13.5F);
    pen.line(across ? L2{{{line, 2}, {line, 18}}} : L2{{{2, line}, {18, line}}});
}

void draw_page_icon(Pen& pen, Icon icon) {
    switch (icon) {
    case Icon::Magnet:
        pen.arc(10, 9, 6, 2, 4);
        pen.line(L4{{{4, 9}, {4, 16.5F}, {7.5F, 16.5F}, {7.5F, 9}}});
        pen.line(L4{{{16, 9}, {16, 16.5F}, {12.5F, 16.5F}, {12.5F, 9}}});
        pen.arc(10, 9, 2.5F, 2, 4);
        pen.line(L2{{{4, 13.2F}, {7.5F, 13.2F}}});
        pen.line(L2{{{12.5F, 13.2F}, {16, 13.2F}}});
        break;
    case Icon::LineLeft:
        return draw_line_icon(pen, true, 3, 5.5F, 5.5F);
    case Icon::LineCentre:
        return draw_line_icon(pen, true, 10, 4.5F, 6.75F);
    case Icon::LineRight:
        return draw_line_icon(pen, true, 17, 3.5F, 8);
    case Icon::LineTop:
        return draw_line_icon(pen, false, 3, 5.5F, 5.5F);
    case Icon::LineMiddle:
        return draw_line_icon(pen, false, 10, 4.5F, 6.75F);
    case Icon::LineBottom:
        return draw_line_icon(pen, false, 17, 3.5F, 8);
    case Icon::SpaceLevel:
        for (const float x : {2.5F, 8.5F, 14.5F}) pen.box(x, 5, x + 3, 15, 0.8F);
        break;
    case Icon::SpaceUpright:
        for (const float y : {2.5F, 8.5F, 14.5F}) pen.box(5, y, 15, y + 3, 0.8F);
        break;
    case Icon::ToFront:
        pen.solid(3, 3, 12, 12);
        pen.line(std::array<ImVec2, 5>{{{14, 8}, {17, 8}, {17, 17}, {8, 17}, {8, 14}}});
        break;
    case Icon::ToBack:
        pen.box(3, 3, 12, 12, 0.8F);
        pen.solid(13.2F, 8, 17, 17);
        pen.solid(8, 13.2F, 17, 17);
        break;
    case Icon::Bin:
        pen.line(L2{{{3.5F, 5.5F}, {16.5F, 5.5F}}});
        pen.line(L4{{{7.5F, 5.5F}, {7.5F, 3}, {12.5F, 3}, {12.5F, 5.5F}}});
        pen.line(L4{{{5, 5.5F}, {5.8F, 17}, {14.2F, 17}, {15, 5.5F}}});
        pen.line(L2{{{8.5F, 8.5F}, {8.5F, 14}}});
        pen.line(L2{{{11.5F, 8.5F}, {11.5F, 14}}});
        break;
    default:
        break;
    }
}

} // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 at, float size, ImU32 colour) {
    Pen pen(list, at, size, colour);
    draw_file_icon(pen, icon);
    draw_action_icon(pen, icon);
    draw_time_icon(pen, icon);
    draw_tool_icon(pen, icon);
    draw_view_icon(pen, icon);
    draw_sign_icon(pen, icon);
    draw_page_icon(pen, icon);
}

// The very shapes of the page, with a light rim that parts them from the map.
void draw_place(ImDrawList& list, std::string_view kind, ImVec2 at, float size, ImU32 ground,
                ImU32 ink) {
    const map::SymbolShape& shape = map::symbol_shape(kind);
    const float unit = size / static_cast<float>(map::kSymbolGrid);
    const auto trace = [&](const map::Path& path) {
        for (const geo::Point& p : path.points)
            list.PathLineTo({at.x - size / 2 + static_cast<float>(p.x) * unit,
                             at.y - size / 2 + static_cast<float>(p.y) * unit});
    };
    const float rim = std::max(2.0F, 1.2F * unit);
    trace(shape.plate);
    list.PathStroke(IM_COL32(255, 255, 255, 220), ImDrawFlags_Closed, rim);
    trace(shape.plate);
    list.PathFillConvex(ground);
    for (const map::Path& fill : shape.fills) {
        trace(fill);
        list.PathFillConvex(ink);
    }
    const float width = std::max(1.0F, static_cast<float>(shape.stroke_width) * unit);
    for (const map::Path& stroke : shape.strokes) {
        trace(stroke);
        list.PathStroke(ink, stroke.closed ? ImDrawFlags_Closed : 0, width);
    }
}

} // namespace diaban::gui
