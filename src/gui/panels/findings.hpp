// Bottom: what was noticed about the data, in groups; a click shows the place, marks on the map
// show all places of a group.
#pragma once

#include "app/finding_list.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class FindingsPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    void take_dataset(Ui& ui, const std::shared_ptr<const app::Dataset>& dataset);
    void draw_groups(Ui& ui, const Rect& area);
    void draw_lines(Ui& ui, const Rect& area);
    void draw_head(Ui& ui, const app::NotedGroup& group);
    void export_list(Ui& ui) const;
    // The group that is chosen; the first if none is.
    std::size_t chosen(const Ui& ui) const;

    std::shared_ptr<const app::Dataset> made_for_;
    std::string made_in_;                 // language
    std::uint64_t made_of_ = 0;           // the map whose units without data are listed
    std::vector<app::NotedGroup> noted_;  // of the data
    std::vector<app::NotedGroup> groups_; // and of the map
};

} // namespace diaban::gui
