// The map's colours in every year, for the strip of years on the commune card.
#pragma once

#include "app/change.hpp"
#include "app/document.hpp"
#include "app/query_ground.hpp"
#include "app/status_view.hpp"

namespace diaban::gui {

class StyleCache {
public:
    // The style of each period with the present indicator and classes; empty without values.
    // Computed once per choice; the classes are shared, so a colour means the same in all years.
    const std::vector<app::StyledMap>& all_years(app::Document& document);

    // What changed from one period to another; nullptr without values.
    const app::Change* change(app::Document& document, data::Period from, data::Period to);

    // Who says what about the status of a unit in the year on the map, and why; nullptr without
    // statuses. Reports are looked up in the store once per unit and year.
    const app::StatusCard* status_card(app::Document& document, std::size_t unit);

    // The data with who lies on coast and border, where lines of the project tell; found beside the
    // frames, until then without. nullptr without data.
    std::shared_ptr<const app::Dataset> outlined(app::Document& document);

private:
    struct Outlined {
        std::shared_ptr<const app::Dataset> of, found;
        app::QuerySources lines; // those of coast and border alone
    };
    std::shared_ptr<Outlined> outlined_ = std::make_shared<Outlined>();
    std::uint64_t outlined_at_ = 0; // the revision that its lines were read at
    struct CardKey {
        std::shared_ptr<const app::Dataset> dataset;
        std::string rule, language;
        data::Period period;
        std::size_t unit = 0;
        friend bool operator==(const CardKey&, const CardKey&) = default;
    };
    std::optional<CardKey> card_for_;
    std::optional<app::StatusCard> card_;
    std::string background_rule_;
    std::uint64_t sources_at_ = 0; // the revision that sources_ were read at
    app::QuerySources sources_;
    std::shared_ptr<const app::StatusBackground> background_;
    struct ChangeKey {
        std::shared_ptr<const app::Dataset> dataset;
        app::MapChoice choice;
        std::shared_ptr<const app::WhereFilter> where;
        std::string language;
        data::Period from, to;
        friend bool operator==(const ChangeKey&, const ChangeKey&) = default;
    };
    std::optional<ChangeKey> changed_for_;
    app::Change change_;
    std::shared_ptr<const app::Dataset> dataset_;
    app::MapChoice choice_;
    std::shared_ptr<const app::WhereFilter> where_;
    std::string language_;
    std::vector<app::StyledMap> years_;
};

} // namespace diaban::gui
