// A sheet: a manifest is chosen, its files are made again beside the frames, and what differs is
// told.
#pragma once

#include "app/commands/verify.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class VerifyPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    struct Outcome {
        std::filesystem::path manifest;
        std::vector<std::filesystem::path> folders; // of the data, as the user showed them
        base::Findings findings;
    };
    static void start(Ui& ui, app::VerifyRequest request, std::shared_ptr<Outcome> outcome);
    void draw_buttons(Ui& ui);
    // Shared with the work, which may end after the panel was closed.
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
};

} // namespace diaban::gui
