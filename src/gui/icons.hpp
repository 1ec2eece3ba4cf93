// Icons drawn as vectors in one weight on a 20x20 grid.
#pragma once

#include <imgui.h>
#include <string_view>

namespace diaban::gui {

enum class Icon {
    None,
    Open,
    Save,
    Undo,
    Redo,
    Pointer,
    Fit,
    Export,
    Play,
    Pause,
    First,
    Last,
    Previous,
    Next,
    Search,
    Close,
    Warning,
    Error,
    Info,
    Check,
    Left,
    Right,
    Up,
    Down,
    Folder,
    File,
    Eye,
    EyeOff,
    Panel,
    Table,
    Plus,
    Minus,
    Drop,
    Map,
    Copy,
    Cancel,
    SelectBox,
    Lasso,
    SelectCircle,
    Ruler,
    Compare,
    Grid,
    Change,
    Swipe,
    Chart,
    Matrix,
    Funnel,
    Columns,
    Group,
    Bookmark,
    Target,
    // Of things on a page
    Magnet,
    LineLeft,
    LineCentre,
    LineRight,
    LineTop,
    LineMiddle,
    LineBottom,
    SpaceLevel,
    SpaceUpright,
    ToFront,
    ToBack,
    Bin
};

// `at` is the centre; `size` the side of the grid in pixels.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 at, float size, ImU32 colour);
// The symbol of a kind of place on a dark rounded square: the same shapes for map and list.
void draw_place(ImDrawList& list, std::string_view kind, ImVec2 at, float size, ImU32 ground,
                ImU32 ink);

} // namespace diaban::gui
