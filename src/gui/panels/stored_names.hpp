// What the store that is open keeps under names, as rows of a panel: queries, SQL statements.
//
// Guarantees: the store is changed beside the frames; then the rows are those of the store again.
// What is deleted does not come back, so it is asked for a second time.
#pragma once

#include "app/commands/saved_queries.hpp"
#include "gui/ui.hpp"

namespace diaban::gui {

class StoredNames {
public:
    struct Kind {
        std::string row; // the name of a row is this, ":" and its number; for tests
        std::vector<app::NamedQuery> (*read)(const std::filesystem::path& store);
        void (*keep)(const std::filesystem::path& store, const app::NamedQuery& query,
                     base::JobContext& ctx);
        void (*forget)(const std::filesystem::path& store, const std::string& name,
                       base::JobContext& ctx);
    };
    // Part of a panel: lives as long as the window does.
    explicit StoredNames(Kind kind) : kind_(std::move(kind)) {}
    StoredNames(const StoredNames&) = delete;
    StoredNames& operator=(const StoredNames&) = delete;

    void read(Ui& ui, const std::filesystem::path& store);
    bool empty() const { return queries_.empty(); }
    const std::vector<app::NamedQuery>& queries() const { return queries_; }
    // The one that was clicked.
    std::optional<app::NamedQuery> draw(Ui& ui);
    void keep(Ui& ui, app::NamedQuery query);
    void spare() { asked_.clear(); } // the next click on deleting is the first again

private:
    void change(Ui& ui, std::function<void(base::JobContext&)> change);

    Kind kind_;
    std::filesystem::path store_;
    std::vector<app::NamedQuery> queries_;
    std::string asked_; // the name of one that is deleted if that is asked again
};

} // namespace diaban::gui
