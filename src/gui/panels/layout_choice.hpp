// Which layout a page has: a shipped one, a file, or none; and whose targets it shows.
#pragma once

#include "app/layout_file.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

class LayoutChoice {
public:
    // Draws the lists; changes the page where something is chosen.
    void draw(Ui& ui, app::PageChoice& page);
    // The sheet of a page; that of the size where its layout cannot be read.
    map::PageSize size_of(const app::PageChoice& page);
    // A layout file may have been written since.
    void look_again() { seen_.clear(), size_.reset(), targets_ = false; }

private:
    void read_names(Ui& ui);
    void look_at(const app::PageChoice& page);
    void draw_plans(Ui& ui, app::PageChoice& page);

    std::string language_; // that titles_ are in
    std::vector<std::string> names_, titles_;
    std::string seen_; // the layout that the rest is of
    std::optional<map::PageSize> size_;
    bool targets_ = false; // it has a table of targets
    std::vector<std::string> plans_;
};

} // namespace diaban::gui
