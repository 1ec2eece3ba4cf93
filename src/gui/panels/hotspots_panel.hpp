// Right, instead of legend and card: what to test, how, and what came out; the map shows the
// result. What does not fit a request is said before it is run.
#pragma once

#include "app/commands/hotspots_result.hpp"
#include "app/stored_hotspots.hpp"
#include "gui/panels/registry.hpp"

#include <map>

namespace diaban::gui {

class HotspotsPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // Told by the job that looks at a request before it is run.
    struct Advice {
        app::HotspotsRequest request;
        std::shared_ptr<const app::Dataset> dataset;
        std::vector<base::Message> said;
        app::Faces unstable;                   // units that one of them is about
        std::optional<base::Message> reach;    // too few permutations
        std::uint64_t permutations_wanted = 0; // 0: there are enough
        std::optional<base::Error> error;      // it cannot be run
    };
    // Which of the stored results have other inputs now, told by the job that looks at them.
    struct StoredStates {
        std::shared_ptr<const app::Dataset> dataset;
        std::string results; // of the project
        std::vector<app::UnitLink> links;
        std::map<std::string, std::string> inputs; // hash by name; empty: it cannot be asked again
    };
    void take_advice(Ui& ui);
    void draw_request(Ui& ui, const app::Dataset& dataset);
    void draw_second(Ui& ui, const data::IndicatorCube& cube);
    void draw_periods(Ui& ui, const data::IndicatorCube& cube, const app::HotspotsRequest& now);
    void draw_yes(Ui& ui, const data::Indicator& indicator);
    void draw_scan(Ui& ui, const app::HotspotsRequest& now);
    void draw_inference(Ui& ui, const app::HotspotsRequest& now);
    void draw_advice(Ui& ui);
    // Always in sight, below what scrolls: what must be known before running, and the buttons.
    std::optional<std::string> warning(Ui& ui) const;
    float footer_height(Ui& ui, float width) const;
    void draw_footer(Ui& ui, const Rect& area, bool overlay);
    void draw_run(Ui& ui);
    void start(Ui& ui);
    app::HotspotsRequest wanted(Ui& ui) const;

    // hotspots_outcome.cpp
    void draw_result(Ui& ui);
    void draw_clusters(Ui& ui, const app::HotspotsReport& report);
    void take_stored(Ui& ui);
    void draw_stored(Ui& ui);
    void ask_again(Ui& ui, const app::StoredHotspots& stored);
    void show(Ui& ui, bool shown);

    app::HotspotsRequest request_;
    std::shared_ptr<Advice> advice_ = std::make_shared<Advice>();
    app::HotspotsRequest advised_; // the one that advice was last asked for
    std::shared_ptr<const app::Dataset> advised_dataset_;
    std::shared_ptr<app::StoredHotspots> to_keep_ = std::make_shared<app::StoredHotspots>();
    std::shared_ptr<StoredStates> stored_ = std::make_shared<StoredStates>();
    StoredStates asked_stored_; // what they were last asked for
};

} // namespace diaban::gui
