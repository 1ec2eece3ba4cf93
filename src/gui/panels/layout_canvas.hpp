// The sheet of the editor of layouts: the painted page with its items outlined, and the mouse on
// it.
//
// Guarantee: a drag is one change of the draft, made when the button is let go; until then boxes
// move at once and the picture of the page stays.
#pragma once

#include "gui/panels/page_picture.hpp"
#include "map/layout_edit.hpp"

namespace diaban::gui {

class LayoutCanvas {
public:
    struct Look {
        const PagePicture& picture;
        const std::vector<std::string>& faulty; // ids of items that something is wrong with
        bool snap = true;                       // Alt turns it off for as long as it is held
    };
    void draw(Ui& ui, const Rect& area, map::LayoutDraft& draft, const Look& look);
    bool dragging() const { return moved_; }
    bool give_up(); // the drag; false if there is none
    void fit() { fitted_ = true; }
    void zoom_by(double factor); // about the middle
    void actual_size();          // 100 %
    double percent() const;      // of the true size
    // The sheet on the screen in its own pixels, across.
    int width_px(const map::Layout& layout) const;

private:
    enum class Doing { Nothing, Moving, Sizing, Choosing, Panning };
    void place(Ui& ui, const Rect& area, const map::PageSize& size);
    void zoom_about(ImVec2 at, double factor);
    geo::Point on_sheet(ImVec2 at) const;
    ImVec2 on_screen(geo::Point at) const;
    std::optional<map::Handle> handle_at(Ui& ui, const map::LayoutDraft& draft, ImVec2 at) const;
    void hand(Ui& ui, map::LayoutDraft& draft, const Look& look);
    void press(Ui& ui, map::LayoutDraft& draft);
    void hold(Ui& ui, const map::LayoutDraft& draft, const Look& look);
    void release(map::LayoutDraft& draft);
    void show_cursor(Ui& ui, const map::LayoutDraft& draft) const;
    void paint_sheet(Ui& ui, const map::Layout& layout, const PagePicture& picture) const;
    void paint_items(Ui& ui, const map::Layout& layout, const map::LayoutDraft& draft,
                     const std::vector<std::string>& faulty) const;
    void paint_drag(Ui& ui, const map::Layout& layout, const map::LayoutDraft& draft) const;
    void report(Ui& ui, const map::Layout& layout, const map::LayoutDraft& draft) const;

    Rect area_;
    ImVec2 origin_;             // of the sheet on the screen
    double px_per_mm_ = 1;      // of the screen
    double true_px_per_mm_ = 1; // at 100 %
    geo::Point centre_;         // of what is seen, on the sheet
    bool fitted_ = true;        // the whole sheet is seen, whatever size the window has
    Doing doing_ = Doing::Nothing;
    bool moved_ = false; // further than a hand that only clicks
    bool chose_ = false; // the press itself has changed what is chosen
    ImVec2 from_;
    geo::Point centre_from_;
    map::Handle handle_;
    map::Dragged dragged_;
    map::Rect frame_; // of what is being chosen
};

} // namespace diaban::gui
