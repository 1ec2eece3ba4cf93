// Bottom: one reading SQL statement over the store, for experts; its answer as a table, as units
// selected or on the map, copied, written to a file, saved under a name, and as a command.
//
// Guarantees: a statement runs beside the window and can be stopped. On the screen values are true;
// what is copied or written is asked for anew in the classification chosen (conventions.md 6).
#pragma once

#include "app/commands/sql.hpp"
#include "gui/panels/registry.hpp"
#include "gui/panels/stored_names.hpp"

namespace diaban::gui {

class SqlPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What the last statement led to, told by a job.
    struct Outcome {
        std::shared_ptr<const app::SqlReport> report;            // as the statement says
        std::shared_ptr<const app::SqlReport> sorted;            // the same rows as they are shown
        std::shared_ptr<const std::vector<map::Overlay>> shapes; // drawn with it on the map
        std::optional<base::Error> error;
        std::uint64_t run = 0; // counts the answers
    };
    struct Sort {
        std::string column; // empty: as the statement says
        bool descending = false;
        friend bool operator==(const Sort&, const Sort&) = default;
    };
    void begin(Ui& ui);
    app::SqlRequest request(const Ui& ui, app::Classification classification) const;
    void run(Ui& ui);
    void sort(Ui& ui);
    void draw_bar(Ui& ui, const Rect& area);
    void draw_answer_tools(Ui& ui, const Rect& area);
    void draw_saved(Ui& ui);
    void draw_export(Ui& ui);
    void choose_file(Ui& ui, app::Classification classification);
    void copy(Ui& ui);
    void show_on_map(Ui& ui, bool shown);
    void draw_statement(Ui& ui, float width, float height);
    void draw_answer(Ui& ui, const Rect& area);
    void draw_head(Ui& ui, std::size_t columns);
    void draw_row(Ui& ui, std::size_t row, std::size_t columns);
    void measure(Ui& ui);

    std::shared_ptr<const data::Vintage> vintage_; // that the units of the answer are of
    std::filesystem::path store_;
    std::string text_;
    bool edited_ = false;   // by a person: kept as it is
    std::size_t time_ = 0;  // that a statement may take
    app::SqlRequest asked_; // what the answer is of
    std::shared_ptr<Outcome> outcome_ = std::make_shared<Outcome>();
    std::uint64_t measured_ = 0; // the answer that the widths are of
    std::vector<float> widths_;  // of columns, interface pixels
    std::vector<bool> numeric_;  // columns of numbers alone
    Sort sort_;
    std::uint64_t serial_ = 0; // of the map that shows the answer
    std::string name_;
    StoredNames stored_{{"stored_sql", app::saved_sql, app::store_sql, app::forget_sql}};
    std::optional<app::NamedQuery> replacing_; // to be put in place of another if asked again
};

} // namespace diaban::gui
