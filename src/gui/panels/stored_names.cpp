#include "gui/panels/stored_names.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {

void StoredNames::read(Ui& ui, const std::filesystem::path& store) {
    store_ = store;
    queries_.clear();
    ui.attempt([&] { queries_ = kind_.read(store_); });
}

std::optional<app::NamedQuery> StoredNames::draw(Ui& ui) {
    std::optional<app::NamedQuery> clicked;
    for (std::size_t i = 0; i < queries_.size(); ++i) {
        const auto& query = queries_[i];
        const auto done = named_row(ui, kind_.row + ":" + std::to_string(i), query);
        if (done == KeptRow::Clicked) clicked = query;
        if (asked_ == query.name)
            paragraph(ui, ui.fonts.small, ui.theme->warning,
                      ui.text("ui.query.forget_sure", {{"name", query.name}}));
        if (done == KeptRow::Removed && std::exchange(asked_, query.name) == query.name) {
            asked_.clear();
            change(ui, [forget = kind_.forget, store = store_,
                        name = query.name](base::JobContext& ctx) { forget(store, name, ctx); });
        }
    }
    return clicked;
}

void StoredNames::keep(Ui& ui, app::NamedQuery query) {
    change(ui, [keep = kind_.keep, store = store_,
                query = std::move(query)](base::JobContext& ctx) { keep(store, query, ctx); });
}

void StoredNames::change(Ui& ui, std::function<void(base::JobContext&)> change) {
    ui.document.jobs().run(
        {.key = "query_store"},
        [change = std::move(change), read = kind_.read, store = store_](base::JobContext& ctx) {
            change(ctx);
            return read(store);
        },
        [this](app::Document&, std::vector<app::NamedQuery> queries) {
            queries_ = std::move(queries);
        });
}

} // namespace diaban::gui
