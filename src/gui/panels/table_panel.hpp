// Bottom: every unit with its values of the year shown; virtual, sortable, linked to the map.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class TablePanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    enum class Sort { Code, Name, District, Province, Value };
    void order(Ui& ui, const app::Dataset& dataset);
    void set_columns(Ui& ui, const app::Dataset& dataset, bool districts, bool provinces);
    void draw_row(Ui& ui, const app::Dataset& dataset, std::size_t unit);

    std::vector<std::uint32_t> rows_;     // units in the order shown
    std::vector<std::size_t> indicators_; // columns shown
    // What rows_ was sorted for.
    std::shared_ptr<const app::Dataset> dataset_;
    Sort sort_ = Sort::Code;
    std::size_t sort_indicator_ = 0, sort_period_ = 0;
    bool descending_ = false, sorted_ = false;
    std::optional<geo::FaceId> followed_; // the pinned unit that was scrolled to
};

} // namespace diaban::gui
