// The map's colours in every year, for the strip of years on the commune card.
#pragma once

#include "app/change.hpp"
#include "app/document.hpp"

namespace diaban::gui {

class StyleCache {
public:
    // The style of each period with the present indicator and classes; empty without values.
    // Computed once per choice; the classes are shared, so a colour means the same in all years.
    const std::vector<app::StyledMap>& all_years(app::Document& document);

    // What changed from one period to another; nullptr without values.
    const app::Change* change(app::Document& document, data::Period from, data::Period to);

private:
    struct ChangeKey {
        std::shared_ptr<const app::Dataset> dataset;
        app::MapChoice choice;
        std::string language;
        data::Period from, to;
        friend bool operator==(const ChangeKey&, const ChangeKey&) = default;
    };
    std::optional<ChangeKey> changed_for_;
    app::Change change_;
    std::shared_ptr<const app::Dataset> dataset_;
    app::MapChoice choice_;
    std::string language_;
    std::vector<app::StyledMap> years_;
};

} // namespace diaban::gui
