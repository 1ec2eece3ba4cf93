// Right, instead of legend and card: who counts as whose neighbour in statistics; how many each
// has, islands, links drawn by hand, and weights files.
#pragma once

#include "gui/panels/registry.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {

// The kind of neighbours with its number: order, count, or distance. Shared by the panels.
void draw_neighbour_kind(Ui& ui, app::NeighbourChoice& choice);

// The links drawn by hand that the boundaries of today have; the project keeps the others too.
std::vector<app::UnitLink> project_links(Ui& ui);

template <class List, class T> std::size_t index_of(const List& list, const T& value) {
    const auto at = std::find(std::begin(list), std::end(list), value);
    return at == std::end(list) ? 0 : static_cast<std::size_t>(at - std::begin(list));
}
// The texts of a list of values: prefix and word of each.
template <class List>
std::vector<std::string> texts_of(Ui& ui, const std::string& prefix, const List& list) {
    std::vector<std::string> out;
    for (const auto& one : list) out.push_back(ui.text(prefix + std::string(to_string(one))));
    return out;
}

class NeighboursPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // Told by the job that makes the weights.
    struct Found {
        std::shared_ptr<const app::Dataset> dataset;
        app::NeighbourChoice choice;
        std::shared_ptr<const LinksShown> shown;
        analysis::WeightsSummary summary;
        double distance_m = 0;
        std::optional<base::Error> error;
    };
    void take_weights(Ui& ui);
    void draw_more(Ui& ui);
    void draw_summary(Ui& ui);
    void draw_histogram(Ui& ui);
    void draw_components(Ui& ui);
    void draw_islands(Ui& ui);
    void draw_links(Ui& ui);
    void draw_file(Ui& ui);

    std::shared_ptr<Found> found_ = std::make_shared<Found>();
    app::NeighbourChoice asked_;
    std::shared_ptr<const app::Dataset> asked_dataset_;
    std::string read_, out_;
    std::shared_ptr<std::string> written_ = std::make_shared<std::string>();
};

} // namespace diaban::gui
