// Bottom: what a plan asks for, what has been reached in the year on the map, what is still needed;
// the communes that are nearest to being healthy.
#pragma once

#include "app/commands/targets.hpp"
#include "gui/panels/registry.hpp"

#include <map>

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
        std::vector<std::string> reasons; // of `nearest`, where a rule knows them
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

    // What people call a plan: its title, and the document it is in.
    struct Named {
        std::string title, document;
    };
    const Named& named(Ui& ui, const std::string& plan);

    std::vector<std::string> plans_;     // ids
    std::map<std::string, Named> named_; // as far as they were asked for
    std::string named_in_;               // the language
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
