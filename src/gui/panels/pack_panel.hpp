// Right: the meeting pack. What it holds of the project, where it goes, one button.
//
// Guarantee: what is written is what the command that can be copied writes, byte for byte.
#pragma once

#include "app/commands/pack.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class PackPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    app::PackRequest request(Ui& ui) const;
    void choose_file(Ui& ui);
    static void start(Ui& ui, app::PackRequest request, std::shared_ptr<std::string> said);
    void follow_data(Ui& ui);
    std::string extension() const;

    std::shared_ptr<const app::Dataset> listed_for_;
    std::vector<data::Period> periods_; // that can be compared with, newest first
    std::vector<std::string> plans_, plan_titles_;
    std::string titles_in_; // language of the titles
    std::size_t format_ = 0, classification_ = 0;
    std::size_t before_ = 0, plan_ = 0; // 0: the one before; no plan
    std::shared_ptr<std::string> said_ = std::make_shared<std::string>();
};

} // namespace diaban::gui
