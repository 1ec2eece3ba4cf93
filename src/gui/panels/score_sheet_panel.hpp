// Over the map: a score sheet is filled in and saved as a rule file, which then judges the
// communes.
#pragma once

#include "app/score_sheet.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class ScoreSheetPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    void begin(Ui& ui);
    void open(Ui& ui, const std::filesystem::path& file);
    void save(Ui& ui);
    void draw_about(Ui& ui, const app::SheetCheck& check);
    void draw_action(Ui& ui, const app::SheetCheck& check);
    void draw_contents(Ui& ui);
    void draw_criterion(Ui& ui, std::size_t content, std::size_t criterion);

    std::optional<app::SheetDraft> draft_;
    std::vector<std::string> ids_, names_; // of the indicators that may hold points
    std::shared_ptr<const app::Dataset> listed_for_;
    std::string listed_in_;
};

} // namespace diaban::gui
