// Bottom: the units with their values of the year shown; filtered, sorted, grouped, linked to the
// map, copied to a spreadsheet or written to a file. What rows there are is decided in
// app/table_view.
#pragma once

#include "app/table_file.hpp"
#include "gui/panels/registry.hpp"

#include <functional>
#include <set>

namespace diaban::gui {

class TablePanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    void take_dataset(Ui& ui);
    void refresh(Ui& ui);
    void draw_bar(Ui& ui, const Rect& area);
    void choose_columns(Ui& ui);
    struct Copied {
        std::string text;
        std::int64_t rows;
        bool masked;
    };
    void copy(Ui& ui);
    app::TableFile file_of(Ui& ui, app::Classification classification) const;
    void choose_export(Ui& ui);
    void choose_file(Ui& ui, app::Classification classification);
    void follow_map(Ui& ui, float height);
    void set_columns(Ui& ui);
    void draw_head(Ui& ui);
    void draw_filters(Ui& ui);
    void draw_group(Ui& ui, std::size_t group);
    void draw_counts(Ui& ui, std::size_t indicator, const app::Faces& units,
                     const std::function<std::string()>& note);
    void draw_unit(Ui& ui, std::size_t unit, std::size_t row);
    void click_row(Ui& ui, std::size_t unit, std::size_t row);

    const map::Style& category_style(Ui& ui, std::size_t indicator);

    std::shared_ptr<const app::Dataset> dataset_;
    std::vector<app::TableColumn> columns_;   // all there are
    std::optional<app::TableColumn> brought_; // into view
    std::set<app::TableColumn> hidden_;
    std::vector<app::TableColumn> shown_;
    std::size_t left_out_ = 0; // columns beyond those that a table holds
    app::TableQuery query_;
    std::map<app::TableColumn, std::string> filters_; // as typed
    bool filtering_ = false;
    // What rows_ were made for.
    std::optional<app::TableQuery> made_;
    app::Faces made_selection_;
    std::string made_language_;
    app::TableRows rows_;
    // The looks of statuses that are not on the map.
    struct StylesOf {
        std::shared_ptr<const app::Dataset> dataset;
        std::size_t period = 0;
        std::string language;
        std::vector<app::LegendEdits> legends;
        friend bool operator==(const StylesOf&, const StylesOf&) = default;
    };
    StylesOf styles_of_;
    std::map<std::size_t, map::Style> styles_;                            // by indicator
    std::shared_ptr<std::string> said_ = std::make_shared<std::string>(); // by an export
    std::optional<std::size_t> anchor_;   // row of the last click: Shift selects up to here
    std::optional<geo::FaceId> followed_; // the pinned unit that was scrolled to
    app::Faces followed_selection_;       // that was scrolled to, or made here
};

} // namespace diaban::gui
