// The map's colours in every year, for the strip of years on the commune card.
#pragma once

#include "app/document.hpp"

namespace diaban::gui {

class StyleCache {
public:
    // The style of each period with the present indicator and classes; empty without values.
    // Computed once per choice; the classes are shared, so a colour means the same in all years.
    const std::vector<app::StyledMap>& all_years(app::Document& document);

private:
    std::shared_ptr<const app::Dataset> dataset_;
    app::MapChoice choice_;
    std::string language_;
    std::vector<app::StyledMap> years_;
};

} // namespace diaban::gui
