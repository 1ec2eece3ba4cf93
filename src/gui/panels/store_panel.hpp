// Over the map: what the store holds beside numbers (boundaries, crosswalks, names, agencies,
// places, rules, plans, decisions of persons), what was done to it and what its cells held before,
// its tables to be saved, and its check. Nothing is written before a button is pressed.
#pragma once

#include "app/commands/store.hpp"
#include "app/commands/store_log.hpp"
#include "app/commands/store_units.hpp"
#include "gui/panels/registry.hpp"

#include <variant>

namespace diaban::gui {

class StorePanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // Lists first, in the order of their names on screen.
    enum class Tab {
        Vintages,
        Crosswalks,
        Names,
        Agencies,
        Places,
        Aliases,
        Rules,
        Plans,
        Overrides,
        Log,
        History,
        Tables,
        Check
    };
    using Request =
        std::variant<app::VintageRequest, app::StoreCrosswalkRequest, app::UnitRecordsRequest,
                     app::StorePlacesRequest, app::AliasRequest, app::DocumentRequest,
                     app::OverrideRequest, app::StoreLogRequest, app::StoreHistoryRequest>;
    // What jobs hand over.
    struct Outcome {
        Tab tab = Tab::Vintages;
        std::filesystem::path store;
        std::optional<app::RecordsReport> records;
        std::optional<files::StoreCheck> check;
        std::optional<base::Error> error;
        std::string said;
        std::string would_go; // boundaries of which it was asked what taking them out would do
    };
    bool lists() const { return tab_ < Tab::Tables; }
    bool grows() const { return tab_ < Tab::Log; } // rows can be added to it
    Request request(app::RecordAction action) const;
    void list(Ui& ui, const std::filesystem::path& store);
    void change(Ui& ui, app::RecordAction action);
    void check(Ui& ui);
    void save_tables(Ui& ui, const std::filesystem::path& file);
    app::StoreExportRequest tables(Ui& ui) const;
    void pick_file(Ui& ui, std::string_view key, std::filesystem::path& file,
                   std::vector<std::string> extensions);
    void draw_questions(Ui& ui);
    void draw_vintage(Ui& ui);
    void draw_removal(Ui& ui);
    void remove_vintage(Ui& ui, const std::string& vintage, bool dry_run);
    void draw_crosswalk(Ui& ui);
    void draw_records(Ui& ui);
    void draw_places(Ui& ui);
    void draw_system(Ui& ui);
    void draw_file(Ui& ui);
    void draw_history(Ui& ui);
    void draw_tables(Ui& ui);
    void draw_action(Ui& ui);
    void draw_content(Ui& ui);
    void draw_rows(Ui& ui, const app::RecordsReport& report);
    void draw_cells(Ui& ui, const app::RecordsReport& report, std::size_t row);
    bool ready() const;
    void choose(Tab tab);

    Tab tab_ = Tab::Vintages;
    std::filesystem::path store_;
    app::VintageRequest vintage_;
    app::StoreCrosswalkRequest crosswalk_;
    std::filesystem::path then_; // the table that leads on from its table of codes
    app::UnitRecordsRequest names_{.kind = app::UnitRecordsRequest::Kind::Names};
    app::UnitRecordsRequest agency_{.kind = app::UnitRecordsRequest::Kind::Agency};
    app::StorePlacesRequest places_;
    app::AliasRequest aliases_;
    app::DocumentRequest rules_{.kind = app::DocumentRequest::Kind::Rule};
    app::DocumentRequest plans_{.kind = app::DocumentRequest::Kind::Plan};
    app::OverrideRequest overrides_;
    // On screen values are what they are; what is copied says so.
    app::StoreHistoryRequest history_{.classification = app::Classification::Internal};
    std::filesystem::path document_;                                 // of a rule or a plan
    std::size_t from_ = 0, to_ = 1, how_ = 0, kind_ = 0, going_ = 0; // chosen in lists
    // What the positions of a file of places may be in, for the store they were listed for; 0: as
    // the file says.
    std::vector<geo::Crs> systems_;
    std::filesystem::path systems_of_;
    std::size_t system_ = 0;
    std::size_t what_ = 0, period_ = 0, chosen_agency_ = 0, classification_ = 0;
    std::vector<std::string> vintages_;
    std::optional<std::pair<Tab, std::filesystem::path>> listed_;
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
};

} // namespace diaban::gui
