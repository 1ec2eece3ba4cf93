// Right: which communes meet conditions; the same query as text and as parts to choose, with the
// count while it is written, as selection, layer, saved under a name, and as a command.
#pragma once

#include "app/commands/query.hpp"
#include "app/query_builder.hpp"
#include "gui/panels/registry.hpp"
#include "gui/panels/stored_names.hpp"

namespace diaban::gui {

class QueryPanel : public Panel {
public:
    void draw(Ui& ui, const Rect& area, bool overlay) override;

private:
    // What queries look at, told by a job.
    struct Found {
        std::shared_ptr<const app::QueryGround> ground;
        std::string asked; // the text and the period it was looked for
        std::optional<base::Error> error;
    };
    void begin(Ui& ui);
    void read(const std::string& text);
    void look_for(Ui& ui, const data::QueryNeeds& needs);
    void count(Ui& ui);
    void draw_text(Ui& ui);
    void draw_answer(Ui& ui);
    void draw_filter(Ui& ui);
    void draw_other_filter(Ui& ui);
    void narrow(Ui& ui, std::string where);
    void draw_keep(Ui& ui);
    bool sure_to_replace(const std::vector<app::NamedQuery>& kept, const app::NamedQuery& query,
                         bool in_store);
    void draw_saved(Ui& ui);
    app::QueryRequest wanted(Ui& ui) const;

    std::string text_;
    std::optional<data::Query> query_;            // of the text, if it can be read
    std::map<std::string, std::string> typed_;    // into the fields of the parts, by name
    std::optional<base::Error> error_;            // of reading or counting
    std::shared_ptr<const app::Dataset> dataset_; // that all this is about
    std::uint64_t revision_ = 0;                  // of the document, when sources_ were read
    app::QuerySources sources_;
    data::Period period_;
    std::shared_ptr<Found> found_ = std::make_shared<Found>();
    std::shared_ptr<const app::QueryGround> counted_on_;
    std::optional<app::QueryUnits> units_; // of the query
    std::uint64_t serial_ = 0;             // of the map that shows it
    std::string name_;
    StoredNames stored_{
        {"stored_query",
         [](const std::filesystem::path& store) { return app::saved_queries({}, store); },
         app::store_query, app::forget_query}};
    std::optional<app::NamedQuery> replacing_; // to be put in place of another if asked again
    bool replacing_in_store_ = false;
};

// The parts of a query, to be changed by choosing. True if something was. `typed` keeps what stands
// in the fields. Private to the panel.
bool draw_query_parts(Ui& ui, data::Query& query, const app::QueryHints& hints,
                      std::map<std::string, std::string>& typed);

} // namespace diaban::gui
