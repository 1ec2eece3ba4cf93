// Right, instead of legend and card: what the page will hold, where it goes, one primary button.
#pragma once

#include "app/commands/map.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class ExportPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the last export led to, told by its job.
    struct Result {
        std::string text;
        std::filesystem::path file;
    };
    app::MapRequest request(Ui& ui) const;
    void draw_preview(Ui& ui, const app::StyledMap& styled);
    void draw_fields(Ui& ui, const app::StyledMap& styled);
    void start(Ui& ui);

    std::size_t format_ = 0, dpi_ = 2, classification_ = 0;
    std::string folder_, name_, suggested_;
    bool replace_ = false;

    std::shared_ptr<Result> result_ = std::make_shared<Result>();
};

} // namespace diaban::gui
