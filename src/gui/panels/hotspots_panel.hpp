// Right, instead of legend and card: what to test, how, and what came out; the map shows the
// result.
#pragma once

#include "app/stored_hotspots.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class HotspotsPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the last run led to, told by its job.
    struct Outcome {
        std::shared_ptr<const app::Dataset> dataset; // it was run on
        std::optional<app::HotspotsReport> report;
        app::StoredHotspots stored;
        std::string inputs; // hash of them
    };
    void draw_request(Ui& ui, const app::Dataset& dataset);
    void draw_links(Ui& ui);
    void draw_run(Ui& ui);
    void draw_result(Ui& ui);
    void draw_scatter(Ui& ui, const analysis::LocalResult& local);
    void draw_stored(Ui& ui);
    void start(Ui& ui);
    app::HotspotsRequest wanted(Ui& ui) const;

    app::HotspotsRequest request_;
    bool significance_ = false; // the map shows p instead of the classes
    std::string checked_;       // name of the stored result that was asked again
    std::string checked_inputs_;
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
};

} // namespace diaban::gui
