// Bottom: how many units went from which class to which; of statuses also what became of them, for
// how long, and whether a report's totals hold. Every number selects its units.
#pragma once

#include "app/change.hpp"
#include "app/transition_view.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class MatrixPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the lists beside the matrix are of.
    struct Key {
        std::shared_ptr<const app::Dataset> dataset;
        std::string language;
        app::Domains domains = app::Domains::Both;
        data::Period from, to;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Checked {
        std::string file;
        std::vector<std::string> lines;
    };
    void draw_check(Ui& ui, data::Period period);
    void draw_head(Ui& ui, const app::Change& change);
    void draw_cells(Ui& ui, const app::Change& change, float width);
    void draw_moves(Ui& ui, data::Period from, data::Period to);
    void check_report(Ui& ui, const std::filesystem::path& file, data::Period period);

    app::Domains domains_ = app::Domains::Both;
    std::optional<Key> made_for_;
    std::optional<app::TransitionView> view_;
    std::shared_ptr<Checked> checked_ = std::make_shared<Checked>();
};

} // namespace diaban::gui
