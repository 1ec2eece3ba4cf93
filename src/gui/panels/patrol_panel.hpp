// Right: where to go this month. Bases, sectors for teams, or a rota of inspections: what is asked,
// the plan on the map and as a list, changed by hand, as files and as a command.
#pragma once

#include "app/commands/patrol.hpp"
#include "app/named_query.hpp"
#include "app/plan_comparison.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class PatrolPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;
    void follow(Ui& ui) override;

private:
    using Report = std::shared_ptr<const app::PatrolReport>;
    // What the last run led to, told by its jobs.
    struct Outcome {
        std::uint64_t run = 0;  // counts what was asked
        std::uint64_t told = 0; // the run that all below is of
        bool first = false;     // the plan found at once; a better one is, or was, looked for
        bool fresh = true;      // not yet brought into sight
        std::shared_ptr<const app::Dataset> dataset;
        std::string language;
        // That stood in the panel; a kept plan has the classification of its own.
        app::PatrolRequest request;
        Report report;
        std::optional<base::Error> error;
        std::vector<std::string> names; // of the units, each its own
        Report made;                    // before all moves by hand of this window
        std::string key;                // of the moves that are this plan's (app::PlanMoves)
        std::vector<app::PlanMoves::Step> steps; // that `report` has taken
        std::optional<base::Error> refused;      // the last move
        std::uint64_t serial = 0;                // of the map that shows it
    };
    // Inputs of the plans that the project keeps, as they are now; told by a job.
    struct StoredInputs {
        std::shared_ptr<const app::Dataset> dataset;
        std::string plans;
        std::vector<app::UnitLink> links;
        std::map<std::string, std::string> hash; // by name
    };
    using Codes = std::vector<std::string> app::PatrolRequest::*;

    // patrol_panel.cpp: what is asked
    void begin(Ui& ui);
    app::PatrolRequest wanted(Ui& ui) const;
    // `again`: a stored plan that is made once more, with what was changed by hand.
    void start(Ui& ui, std::optional<app::StoredPlan> again = std::nullopt);
    void draw_kind(Ui& ui);
    void draw_cover(Ui& ui);
    void draw_sectors(Ui& ui);
    void draw_rota(Ui& ui);
    void draw_burden(Ui& ui);
    void draw_roles(Ui& ui);
    void draw_role(Ui& ui, std::string_view key, std::string_view nobody, Codes role);
    void take_query(Ui& ui, const app::NamedQuery& query, Codes role);
    void draw_candidates(Ui& ui);
    void take_candidates(Ui& ui, const app::NamedQuery& query);
    void draw_targets(Ui& ui);
    void draw_bases(Ui& ui);
    void draw_locked(Ui& ui);
    void draw_choices_of_run(Ui& ui);
    // Always in sight, below what scrolls.
    void draw_footer(Ui& ui, const Rect& area, bool overlay);
    // A number in a field; marks the request as not good while it cannot be read.
    void number(Ui& ui, std::string_view key, double& value, double least, double most,
                int decimals);

    // patrol_outcome.cpp: what came out
    static void deliver(app::Document& document, const std::shared_ptr<Outcome>& to, Outcome found);
    static void show(app::Document& document, Outcome& outcome);
    // What a base, team or month is called in the list.
    static std::string group_name(Ui& ui, const app::PatrolReport& report, std::size_t group,
                                  const std::vector<std::string>& names);
    void draw_outcome(Ui& ui);
    void draw_sentences(Ui& ui, const app::PatrolReport& report);
    void draw_list(Ui& ui, const app::PatrolReport& report);
    void draw_row(Ui& ui, const app::PatrolReport& report, const app::PatrolRow& row);
    void draw_score(Ui& ui, const app::PatrolReport& report);
    void draw_files(Ui& ui, const app::PatrolReport& report);
    void write_files(Ui& ui, std::filesystem::path app::PatrolRequest::*file,
                     std::vector<std::string> extensions);

    // patrol_moves.cpp: communes given to other teams, from the list or with the mouse on the map
    void draw_moves(Ui& ui, const app::PatrolReport& report);
    void draw_drag(Ui& ui);
    bool on_map(Ui& ui) const; // the plan is
    std::vector<app::PlanMoves::Step> steps_kept(Ui& ui) const;
    void keep_steps(Ui& ui, std::vector<app::PlanMoves::Step> steps);
    void give(Ui& ui, const std::vector<app::PatrolMove>& moves);
    Handing::Told tell_move(Ui& ui, geo::FaceId unit, std::optional<geo::FaceId> to);

    // patrol_stored.cpp: plans that the project keeps, and the one beside which this one stands
    void draw_keep(Ui& ui, const Report& report);
    bool sure_to_replace(const Report& report, bool in_store);
    // Changes the plans of the store beside the frames, and reads them again.
    void change_store(Ui& ui, std::function<void(base::JobContext&)> change);
    void draw_comparison(Ui& ui, const Report& report);
    void draw_stored(Ui& ui);
    void take_stored(Ui& ui);
    void ask_again(Ui& ui, const app::StoredPlan& plan);

    app::PatrolRequest request_; // without what the project says
    // Plans with targets, by id, and their titles in the language.
    std::vector<std::pair<std::string, std::string>> target_plans_;
    std::string target_plans_of_; // store and language that they were read for
    int lock_team_ = 1;
    std::map<std::string, std::string, std::less<>> typed_; // into the fields, by key
    bool good_ = true;                                      // what stands in them can be used
    std::shared_ptr<const app::Dataset> dataset_;           // that all this is about
    std::uint64_t revision_ = 0;                      // of the document, when all this was read
    std::vector<app::NamedQuery> of_store_, queries_; // of the store; of it and the project
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
    // The latest move that was told before it was made.
    struct Previewed {
        Report of;
        app::PatrolMove move;
        Handing::Told told;
    } previewed_;
    std::string plans_;                   // of the project, when stored_ was read
    std::uint64_t plans_read_ = 0;        // how often
    std::uint64_t store_changes_ = 0;     // counts what was kept in the store or taken from it
    std::vector<app::StoredPlan> stored_; // by the project, then by the store
    std::size_t of_project_ = 0;          // how many of these
    std::shared_ptr<StoredInputs> inputs_ = std::make_shared<StoredInputs>();
    StoredInputs asked_inputs_; // what they were last asked for
    std::string name_;          // for a plan to be kept
    std::string replacing_; // name that another plan has, to be replacing_with_'s if asked again
    Report replacing_with_;
    bool replacing_in_store_ = false;
    std::string compare_with_;  // a stored plan; empty: none
    Report compared_;           // with it
    std::string compared_said_; // of which the comparison is
    std::optional<app::PlanComparison> comparison_;
    std::map<std::string, geo::FaceId, std::less<>> face_of_; // of the units that change
    std::optional<base::Error> comparison_error_;
};

} // namespace diaban::gui
