// Right: whose statuses the map shows, the rule and the version it is compared with, what differs,
// and what one commune's status is decided to be.
#pragma once

#include "app/query_ground.hpp"
#include "app/status_view.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class StatusPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the last run answered, told by its job.
    struct Outcome {
        app::StatusRequest request;
        std::shared_ptr<const app::Dataset> dataset;
        std::string language;
        std::shared_ptr<const app::StatusReport> report;
        std::optional<base::Error> error;
    };
    app::StatusRequest wanted(Ui& ui) const;
    void refresh(Ui& ui);
    void show(Ui& ui);
    void draw_rules(Ui& ui);
    void draw_voices(Ui& ui);
    void draw_changes(Ui& ui);
    void draw_keep(Ui& ui);
    void keep(Ui& ui);

    app::StatusVoice voice_ = app::StatusVoice::Counts;
    app::Domains domain_ = app::Domains::Drug;
    std::size_t compare_year_ = 0; // 0: the same year; else one of the periods, from 1
    std::vector<app::RuleEntry> rules_;
    app::Project rules_for_; // the project and language that rules_ were listed for
    std::string rules_in_;
    bool on_map_ = false;
    app::StatusRequest asked_;
    std::shared_ptr<const app::Dataset> asked_on_;
    std::string asked_in_;
    std::uint64_t read_at_ = 0; // of the document, when sources_ were read
    app::QuerySources sources_, asked_with_;
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
    const app::StatusReport* shown_ = nullptr; // on the map
    std::uint64_t shown_serial_ = 0;           // of that map
    app::StatusVoice shown_voice_ = app::StatusVoice::Counts;
};

} // namespace diaban::gui
