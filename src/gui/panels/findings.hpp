// Bottom: what was noticed about the data, and both sides of the join; a click shows the place.
#pragma once

#include "gui/panels/registry.hpp"

namespace diaban::gui {

class FindingsPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    struct Line {
        std::string text;
        base::Severity severity = base::Severity::Info;
        std::optional<std::size_t> unit;
        const base::Finding* finding = nullptr; // of made_for_
    };
    void make_lines(Ui& ui, const std::shared_ptr<const app::Dataset>& dataset);
    static void show_place(Ui& ui, const app::Dataset& dataset, const Line& line);

    std::shared_ptr<const app::Dataset> made_for_;
    std::string made_in_; // language
    std::vector<Line> lines_;
};

} // namespace diaban::gui
