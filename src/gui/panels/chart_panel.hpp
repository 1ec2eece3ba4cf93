// Bottom: charts of what is mapped, linked to the selection: histogram with the class breaks,
// ranked bars, time series, scatter with regression, boxes by district; of a status, its units by
// class and by year. The numbers come from app.
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
    void draw_rank(Ui& ui, const Rect& line, std::size_t place, std::size_t unit, double number);
    void take_scale(Ui& ui);
    std::string heading_text(const Ui& ui, std::size_t across) const; // of a scatter
    void draw_series(Ui& ui, const Rect& plot);
    void draw_scatter(Ui& ui, const Rect& plot);
    void draw_boxes(Ui& ui, const Rect& plot);

    bool by_year(const Ui& ui) const; // the units of each class in every year are drawn

    void take_data(Ui& ui);
    void draw_export(Ui& ui);
    app::ChartRequest request(const Ui& ui) const;

    // Of the indicator over all years: kept while it is shown.
    struct Scale {
        std::shared_ptr<const app::Dataset> dataset;
        std::size_t indicator = 0;
        app::Bins bins;
        std::size_t tallest = 0;        // units in one bin of one year
        double most = 0;                // largest size of a value
        std::vector<std::string> names; // of all units, each once
    };
    Scale scale_;
    // The data whose values are charted: those of the units that the query of the map names, or
    // all.
    struct Charted {
        std::shared_ptr<const app::Dataset> of;
        std::shared_ptr<const app::WhereFilter> where;
        data::Period period;
        std::shared_ptr<const app::Dataset> dataset;
        app::Faces units; // that it is about
    };
    Charted charted_;
    Kind kind_ = Kind::Histogram;
    bool internal_ = false;              // exported with small numbers of persons
    bool shares_ = false;                // of a status: the selection against everything
    std::string across_;                 // indicator on the other axis of the scatter
    std::optional<std::size_t> dragged_; // class break
};

} // namespace diaban::gui
