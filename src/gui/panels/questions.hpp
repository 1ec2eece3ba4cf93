// What only a person can tell about the data: which layer, table or column is meant, and where
// coordinates lie when the file does not say.
#pragma once

#include "gui/ui.hpp"

namespace diaban::gui {

class Questions {
public:
    // A strip at the top of the map while the coordinate system is unknown. Returns the map area
    // that is left for other strips.
    Rect draw_crs(Ui& ui, Rect map_area);
    // The question of the document, in the middle of an area.
    void draw_question(Ui& ui, const Rect& around);

private:
    void choose_crs(Ui& ui, const app::Dataset& dataset, const std::string& crs);

    std::shared_ptr<const app::Dataset> crs_of_, put_aside_;
    std::size_t candidate_ = 0;
    std::string typed_;
};

} // namespace diaban::gui
