// Search for communes, districts and places, without regard to diacritics; flies to the hit.
#pragma once

#include "gui/ui.hpp"

namespace diaban::gui {

class SearchBox {
public:
    // The field itself, inside the menu bar's window.
    void draw_field(Ui& ui, float x, float y, float width);
    // The list of hits, above everything.
    void draw_hits(Ui& ui);

private:
    struct Hit {
        std::string title, below;
        geo::Box box;
        std::optional<std::size_t> unit;
    };
    void find(Ui& ui);
    void go(Ui& ui, const Hit& hit);

    std::string query_, found_for_;
    std::shared_ptr<const app::Dataset> found_in_;
    std::vector<Hit> hits_;
    std::size_t at_ = 0;
    Rect field_, hits_area_;
    bool open_ = false, clear_ = false;
};

} // namespace diaban::gui
