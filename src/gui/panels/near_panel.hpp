// Right: which units lie near which places, how far, by which rule; the answer as a list, as a
// selection, on the map with its buffers, and as files.
#pragma once

#include "app/commands/near.hpp"
#include "gui/panels/registry.hpp"

#include <set>

namespace diaban::gui {

class NearPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the last run answered, told by its job.
    struct Outcome {
        std::shared_ptr<const app::Dataset> dataset;
        std::string language;
        std::shared_ptr<const app::NearReport> report;
        std::shared_ptr<const std::vector<map::Overlay>> rings; // drawn with it
        std::optional<base::Error> error;
        std::vector<std::string> names; // of the units, each its own
        bool fresh = true;              // not yet brought into sight
        std::uint64_t serial = 0;       // of the map that shows it
    };
    app::NearRequest wanted(Ui& ui) const;
    void start(Ui& ui);
    void offer_file(Ui& ui, const char* key, std::filesystem::path app::NearRequest::*file,
                    std::vector<std::string> extensions);
    void draw_kinds(Ui& ui);
    void draw_lines(Ui& ui);
    void draw_by_hand(Ui& ui, std::string_view kind, const std::vector<data::UnitCode>& chosen);
    void draw_distance(Ui& ui);
    void draw_rule(Ui& ui);
    void draw_people(Ui& ui);
    void draw_run(Ui& ui);
    void draw_answer(Ui& ui, const app::NearReport& report);
    void draw_units(Ui& ui, const app::NearReport& report);
    bool on_map(Ui& ui) const;

    app::NearRequest request_;  // without what the project says
    std::set<std::string> off_; // kinds that are not measured to
    std::string km_, rings_;
    // What the positions of the settlements may be in, for the data they were listed for; 0: as
    // the file says.
    std::vector<geo::Crs> systems_;
    std::shared_ptr<const app::Dataset> systems_of_;
    std::size_t system_ = 0;
    bool good_ = true; // what stands in the fields can be used
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
};

} // namespace diaban::gui
