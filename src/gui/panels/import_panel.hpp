// Over the map: the import assistant. A report, a store, what its columns mean, names that wait for
// an answer, findings, and what would change; nothing is written before the button is pressed.
#pragma once

#include "app/import_assistant.hpp"
#include "gui/panels/registry.hpp"

namespace diaban::gui {

class ImportPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    enum class Tab { Columns, Names, Findings, Changes };
    // What jobs hand over.
    struct Outcome {
        std::optional<app::ImportPreview> preview;
        std::optional<base::Error> unread; // the report cannot be read at all
        std::optional<app::ImportReport> done;
        std::filesystem::path made_store; // to be used
        app::ImportRequest read_for;      // what preview or unread answers
    };
    void begin_file(Ui& ui, const std::filesystem::path& file);
    void take_files(Ui& ui);
    void refresh(Ui& ui);
    void start(Ui& ui);
    void make_store(Ui& ui, const std::filesystem::path& file);
    void draw_source(Ui& ui);
    void draw_store(Ui& ui);
    void draw_reading(Ui& ui, const app::ImportPreview& preview);
    void draw_area(Ui& ui);
    void draw_header_rows(Ui& ui, const app::SheetHead* shown);
    void draw_signs(Ui& ui);
    void draw_action(Ui& ui);
    void draw_tabs(Ui& ui, const app::ImportPreview& preview);
    void draw_columns(Ui& ui, const app::ImportPreview& preview);
    void draw_meaning(Ui& ui, const app::ImportPreview& preview, const app::SheetHead& head,
                      std::size_t column);
    void draw_factors(Ui& ui, const data::PlannedColumn& column);
    void draw_names(Ui& ui, const app::ImportReport& report);
    void draw_question(Ui& ui, const app::ImportReport& report,
                       const app::ImportSuggestion& question, const std::string& id);
    std::string decided_text(Ui& ui, const app::ImportSuggestion& question,
                             const app::ImportReport& report) const;
    void draw_findings_tools(Ui& ui, const app::ImportReport& report);
    void draw_findings(Ui& ui, const app::ImportReport& report);
    void draw_changes(Ui& ui, const app::ImportReport& report);
    const app::SheetHead* head(const app::ImportPreview& preview) const;

    app::ImportRequest request_;
    std::size_t sheet_ = 0;
    Tab tab_ = Tab::Columns;
    std::string period_, header_row_, header_rows_, new_vintage_, filter_, words_;
    bool bad_period_ = false, bad_words_ = false, asked_ = false;
    std::map<std::string, std::size_t> suggested_; // which suggestion of a name is chosen
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
};

} // namespace diaban::gui
