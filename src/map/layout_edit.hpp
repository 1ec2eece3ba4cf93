// Changing a layout by hand: what lies under the pointer, where a dragged box comes to rest, how
// several stand in line, and the way back.
//
// Units: millimetres of the sheet. Guarantees: nothing here changes what it is given; what is moved
// stays on the sheet if it fits there; positions have no more digits than a hundredth of a
// millimetre. Whether a layout is right says layout_faults(), not these.
#pragma once

#include "map/layout.hpp"

#include <string>
#include <vector>

namespace diaban::map {

// Items of a layout by their place in it, in the order in which they were chosen, each once.
using ItemSet = std::vector<std::size_t>;
bool holds(const ItemSet& set, std::size_t item);

// ---- Under the pointer

// The smallest item there; a frame or a line only within `reach_mm` of what is drawn of it.
std::optional<std::size_t> item_at(const Layout& layout, geo::Point at, double reach_mm);
// Those that lie wholly in a box, in their own order.
ItemSet items_in(const Layout& layout, const Rect& box);
// The one after (`step` 1) or before (-1) the last chosen in reading order, around the ends; of an
// empty set the first or the last. Nothing of a layout without items.
std::optional<std::size_t> next_item(const Layout& layout, const ItemSet& set, int step);
// Around all items of a set; empty of an empty one.
Rect box_around(const Layout& layout, const ItemSet& set);

// The sides of a box that are moved: -1 left or top, 1 right or bottom, 0 neither.
struct Handle {
    int x = 0, y = 0;
    friend bool operator==(const Handle&, const Handle&) = default;
};
inline constexpr std::array<Handle, 8> kHandles{
    {{-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}}};
geo::Point place_of(const Rect& box, Handle handle);

// ---- Dragging

inline constexpr double kMarginMm = 10; // from the edges of the sheet, where boxes like to end

struct Snapping {
    bool on = true;
    double reach_mm = 1.5; // of edges and middles of the sheet, its margin and other items
    double grid_mm = 1;    // where nothing of that is near
};
// A line that a dragged box came to rest on: at x (upright) or y, from and to along it.
struct Guide {
    bool upright = false;
    double at = 0, from = 0, to = 0;
};
struct Dragged {
    Layout layout;
    std::vector<Guide> guides;
};
// All items of the set by as much as the box around them; without snapping by tenths of a
// millimetre.
Dragged moved(const Layout& layout, const ItemSet& set, geo::Point by, const Snapping& snapping);
// One item whose other sides stay. No side becomes shorter than a millimetre; a line stays one.
Dragged resized(const Layout& layout, std::size_t item, Handle handle, geo::Point by,
                const Snapping& snapping);

// ---- In line

enum class Line { Left, Centre, Right, Top, Middle, Bottom };
// On a side or the middle of the box around them. Fewer than two stay as they are.
Layout lined_up(const Layout& layout, const ItemSet& set, Line line);
// Equal gaps between neighbours; the outer two stay. Fewer than three stay as they are.
Layout spaced(const Layout& layout, const ItemSet& set, bool level);

// ---- Adding, removing, order

// An id that no item has: "text", else "text-2" ...
std::string free_id(const Layout& layout, const std::string& wanted);
// Of a usual size and look for the sheet, where there is room for it; without a name yet for what
// only a person can say (the file of a picture).
LayoutItem new_item(const Layout& layout, ItemKind kind);
struct Changed {
    Layout layout;
    ItemSet set; // that is chosen afterwards
};
Changed added(const Layout& layout, LayoutItem item);
// Copies beside them, where there is room; of a map none.
Changed duplicated(const Layout& layout, const ItemSet& set);
Layout without(const Layout& layout, const ItemSet& set);
// Painted last (in front) or first.
Changed to_front(const Layout& layout, const ItemSet& set);
Changed to_back(const Layout& layout, const ItemSet& set);

// On another sheet everything takes the same part of it; text grows or shrinks with the smaller
// change, never below what the sheet allows.
Layout on_sheet(const Layout& layout, const PageSize& size);

// ---- The way back

// A layout that is being changed, with what is chosen on it. Changes of the same `merge` key that
// follow one another are one step back, until something else is chosen.
class LayoutDraft {
public:
    LayoutDraft() : LayoutDraft(Layout{}) {}
    explicit LayoutDraft(Layout layout);

    const Layout& now() const { return states_[at_].layout; }
    const ItemSet& chosen() const { return states_[at_].chosen; }
    void choose(ItemSet set); // no change of the layout; places that do not exist are left out
    void change(Layout next, std::string merge = {}); // what was chosen stays so where it is there
    void change(Changed next);
    bool can_undo() const { return at_ > 0; }
    bool can_redo() const { return at_ + 1 < states_.size(); }
    void undo();
    void redo();
    const Layout& saved() const { return saved_; } // or as it began
    bool unsaved() const { return !(now() == saved_); }
    // As it was written: what that changed of it is no step of its own.
    void mark_saved(Layout as_written);

private:
    struct State {
        Layout layout;
        ItemSet chosen;
    };
    void push(State next, std::string merge);
    std::vector<State> states_;
    std::size_t at_ = 0;
    std::string merge_; // key of the latest change; empty: the next is a step of its own
    Layout saved_;
};

} // namespace diaban::map
