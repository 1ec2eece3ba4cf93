// One frame of the interface: layout, keys, all regions. Knows nothing of GLFW's window.
#pragma once

#include "gui/file_dialog.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/menu_bar.hpp"
#include "gui/panels/missing_panel.hpp"
#include "gui/panels/questions.hpp"
#include "gui/panels/registry.hpp"
#include "gui/style_cache.hpp"

namespace diaban::gui {

class Frame {
public:
    Frame(app::Document& document, Probe& probe) : document_(document), probe_(probe) {}

    // Between ImGui::NewFrame() and ImGui::Render(). True if another frame is wanted soon.
    bool draw(const Fonts& fonts, float scale, const Input& input, double now);

    // What lies below the interface, to be filled before ImGui draws.
    const std::vector<Backdrop>& backdrops() const { return backdrops_; }

    Shell& shell() { return shell_; }
    MapView& map() { return map_; }
    const MapView& map() const { return map_; }
    double take_wanted_scale() { return std::exchange(menu_.wanted_scale, 0); }

private:
    struct Layout {
        Rect window, menu, toolbar, left, right, map, timeline, bottom, status, sheet;
    };
    Layout arrange(const Ui& ui);
    // frame_keys.cpp
    void keys(Ui& ui);
    void keys_of_sheet(Ui& ui);
    void plain_keys(Ui& ui);
    void set_view(Ui& ui, int view);
    void escape(Ui& ui);
    void walk(Ui& ui, int step);
    void draw_keyboard_region(Ui& ui) const;
    void play(Ui& ui);
    // frame.cpp
    void around_map(Ui& ui, const Layout& layout);
    void over_map(Ui& ui, const Layout& layout);
    void splitters(Ui& ui, const Layout& layout);
    void folded(Ui& ui, const Layout& layout);
    void dialogs(Ui& ui, const Layout& layout);
    void leave(Ui& ui);
    void leave_question(Ui& ui, const Layout& layout);
    void report(Ui& ui);

    app::Document& document_;
    Probe& probe_;
    Shell shell_;
    MapView map_;
    StyleCache styles_;
    MenuBar menu_;
    Panels panels_;
    FileDialog dialog_;
    Questions questions_;
    MissingFiles missing_;
    MapView::Covered covered_; // of the map, in the last frame
    float strips_end_ = 0;     // of what is said above, in the last frame: the start page is below
    std::vector<Backdrop> backdrops_;
    std::vector<RegionAt> regions_; // of the frame before, then of this one
    bool clicked_ = false;          // the mouse was used last: the keyboard begins where it was
    bool popup_open_ = false;       // in the last frame
    std::vector<KeyPress> keys_left_; // by the sheet that lies over the map
    bool saving_ = false;           // what the dialog was opened for
    std::function<void(Ui&, const std::filesystem::path&)> picked_; // empty: open or save
};

} // namespace diaban::gui
