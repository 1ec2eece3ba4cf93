// Bottom: what a plan asks for, what has been reached in the year on the map, what is still needed;
// the communes that are nearest to being healthy.
#pragma once

#include "app/commands/targets.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class TargetsPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the last evaluation led to, told by its job.
    struct Outcome {
        app::TargetsRequest request; // that it answers
        std::shared_ptr<const app::Dataset> dataset;
        std::string language;
        std::string title;
        std::vector<app::TargetLine> lines;
        std::vector<std::size_t> nearest;
        std::vector<std::string> findings;
        std::optional<base::Error> error;
        friend bool same(const Outcome& a, const Outcome& b) {
            return a.request == b.request && a.dataset == b.dataset && a.language == b.language;
        }
    };
    app::TargetsRequest wanted(Ui& ui) const;
    void refresh(Ui& ui);
    void draw_bar(Ui& ui, const Rect& area);
    void ask_plan(Ui& ui);
    void draw_lines(Ui& ui);
    void draw_nearest(Ui& ui);
    void choose_export(Ui& ui);

    std::vector<std::string> plans_; // ids
    std::shared_ptr<const app::Dataset> listed_for_;
    std::filesystem::path source_; // of the data that the plan is held against
    std::string plan_;             // id of a plan, or a file; empty: not chosen yet
    std::vector<std::string> own_; // plan files opened here
    std::filesystem::path totals_;
    std::shared_ptr<std::string> said_ = std::make_shared<std::string>(); // by an export
    Outcome asked_; // the request under way or answered
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
};

} // namespace diaban::gui
