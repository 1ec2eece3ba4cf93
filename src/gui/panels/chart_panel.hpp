// Bottom: charts of what is mapped, linked to the selection: histogram with the class breaks,
// ranked bars, time series, scatter with regression, boxes by district. The numbers come from app.
#pragma once

#include "app/chart_data.hpp"
#include "app/commands/chart.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class ChartPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    using Kind = app::ChartKind;
    void draw_histogram(Ui& ui, const Rect& plot);
    void draw_breaks(Ui& ui, const Rect& plot, double low, double high);
    void draw_ranked(Ui& ui, const Rect& plot);
    void draw_series(Ui& ui, const Rect& plot);
    void draw_scatter(Ui& ui, const Rect& plot);
    void draw_boxes(Ui& ui, const Rect& plot);

    void draw_export(Ui& ui);
    app::ChartRequest request(const Ui& ui) const;

    Kind kind_ = Kind::Histogram;
    bool internal_ = false;              // exported with small numbers of persons
    std::string across_;                 // indicator on the other axis of the scatter
    std::optional<std::size_t> dragged_; // class break
};

} // namespace diaban::gui
