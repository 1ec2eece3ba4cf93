#include "gui/panels/query_panel.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {

void QueryPanel::read(const std::string& text) {
    text_ = text;
    query_.reset();
    units_.reset();
    error_.reset();
    try {
        query_ = data::parse_query(text_);
    } catch (const base::Error& error) {
        error_ = error;
    }
}

// What is new since the last frame: other data, another project, a query from elsewhere.
void QueryPanel::begin(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const bool other_data = dataset != dataset_;
    bool again = other_data;
    if (other_data) {
        dataset_ = dataset;
        *found_ = {};
        typed_.clear();
        stored_.read(ui, dataset->request.store);
    }
    if (other_data || revision_ != ui.document.revision()) {
        revision_ = ui.document.revision();
        auto sources = app::query_sources(ui.document.project());
        if (sources != sources_) *found_ = {}, again = true;
        sources_ = std::move(sources);
        const auto* styled = ui.document.styled();
        const auto period = styled ? styled->choice.period : app::query_period(*dataset, {});
        again = again || period != period_;
        period_ = period;
    }
    if (auto& wanted = ui.shell.query_wanted) {
        typed_.clear();
        read(*wanted);
        wanted.reset();
    } else if (text_.empty() && !query_) {
        read(data::to_text(app::first_query({*dataset, sources_, period_})));
    } else if (again) {
        read(text_);
    }
}

// Statuses, neighbours and distances that the query needs and that nobody has looked for yet.
void QueryPanel::look_for(Ui& ui, const data::QueryNeeds& needs) {
    const auto asked = text_ + "\n" + data::to_string(period_);
    if (found_->asked == asked) return; // on its way, or it failed
    found_->asked = asked;
    found_->error.reset();
    base::JobContext whole;
    auto ground = found_->ground
                      ? *found_->ground
                      // Nothing leaves the program on the screen: true values (conventions 6).
                      : app::QueryGround(dataset_, sources_, app::Classification::Internal, whole);
    ui.document.jobs().run(
        {.key = "query", .replace = true},
        [ground, needs, asked, period = period_,
         code = ui.document.language().code()](base::JobContext& ctx) mutable {
            Found out{nullptr, asked, std::nullopt};
            try {
                ground.find(needs, period, *app::Language::load(code), ctx);
                out.ground = std::make_shared<const app::QueryGround>(std::move(ground));
            } catch (const base::Error& error) {
                out.error = error; // said here, not as a failure of the program
            }
            return out;
        },
        [to = found_](app::Document&, Found out) {
            if (out.asked != to->asked) return; // another query, or other data
            if (!out.ground) out.ground = to->ground;
            *to = std::move(out);
        });
}

void QueryPanel::count(Ui& ui) {
    if (!query_) return;
    const auto needs = data::needs_of(*query_);
    if (!found_->ground || !found_->ground->has(needs, period_)) {
        look_for(ui, needs);
        if (found_->error) error_ = found_->error;
        return;
    }
    if ((units_ && counted_on_ == found_->ground) || error_) return;
    counted_on_ = found_->ground;
    try {
        units_ = app::query_units(found_->ground->flags(*query_, period_));
    } catch (const base::Error& error) {
        error_ = error;
    }
}

void QueryPanel::draw_text(Ui& ui) {
    std::string text = text_;
    if (field(ui, "ui.query.text", text)) {
        typed_.clear();
        read(text);
    }
    count(ui);
    if (error_)
        paragraph(ui, ui.fonts.small, ui.theme->error, ui.document.language().text(*error_));
    ui.probe.state("query.text", text_);
    ui.probe.state("query.error", error_ ? error_->message.key : "");
    // In sight, however many parts there are.
    if (units_) {
        const base::Args args{{"count", static_cast<std::int64_t>(units_->yes.size())},
                              {"all", static_cast<std::int64_t>(dataset_->vintage->units.size())},
                              {"unknown", static_cast<std::int64_t>(units_->unknown.size())}};
        paragraph(ui, ui.fonts.strong, ui.theme->text, ui.text("ui.query.count", args));
    }
    gap(ui, 4);
    if (!query_) return;
    auto query = *query_;
    if (draw_query_parts(ui, query, {*dataset_, sources_, period_}, typed_)) {
        read(data::to_text(query));
        count(ui);
    }
}

app::QueryRequest QueryPanel::wanted(Ui& ui) const {
    const auto& project = ui.document.project();
    return {.data = project.data, .text = text_, .period = period_, .page = project.page};
}

void QueryPanel::draw_answer(Ui& ui) {
    if (draw_running(ui, "query") || !units_) return;
    const auto& language = ui.document.language();
    ui.probe.state("query.count", static_cast<double>(units_->yes.size()));
    ui.probe.state("query.unknown", static_cast<double>(units_->unknown.size()));
    const float width = ImGui::GetContentRegionAvail().x;
    if (text_button(ui, "ui.query.select", true, !units_->yes.empty(), width))
        choose_units(ui, units_->yes);
    if (!units_->unknown.empty() &&
        list_row(ui, {.name = "query:unknown",
                      .text = ui.text("ui.query.unknown"),
                      .trailing = language.count(units_->unknown.size()),
                      .warning = true,
                      .indent = 0,
                      .height = 28}))
        choose_units(ui, units_->unknown);
    bool shown = ui.document.shows_result(serial_);
    if (check(ui, "ui.query.on_map", shown)) {
        if (shown)
            serial_ = ui.document.show_answer(
                app::query_map(*query_, *units_, period_, *dataset_, language));
        else
            ui.document.show_result(std::nullopt);
    }
    draw_filter(ui);
    auto flags = app::to_flags(wanted(ui));
    const auto more = app::source_flags(*query_, sources_, ui.document.file());
    flags.insert(flags.end(), more.begin(), more.end());
    copy_command(ui, "query", flags, width);
}

// The map, its charts, the table and what is written of them are of these communes alone.
void QueryPanel::draw_filter(Ui& ui) {
    const auto& now = ui.document.project().map.where;
    if (!query_ || !ui.document.styled()) return;
    const auto text = data::to_text(*query_);
    bool narrows = now == text;
    if (check(ui, "ui.query.as_filter", narrows)) narrow(ui, narrows ? text : std::string());
}

void QueryPanel::narrow(Ui& ui, std::string where) {
    auto next = ui.document.project().map;
    next.where = std::move(where);
    choose(ui, next, "edit.where");
}

// A query that narrows the map while another one is written.
void QueryPanel::draw_other_filter(Ui& ui) {
    const auto where = ui.document.project().map.where; // an edit may follow
    ui.probe.state("query.filter", where);
    if (where.empty() || (query_ && where == data::to_text(*query_))) return;
    paragraph(ui, ui.fonts.small, ui.theme->muted,
              ui.text("ui.query.filtered", {{"query", where}}));
    if (link(ui, "ui.query.unfilter", ui.text("ui.query.unfilter"))) narrow(ui, "");
    gap(ui, 4);
}

// What another query is kept under is lost only when it is asked a second time.
bool QueryPanel::sure_to_replace(const std::vector<app::NamedQuery>& kept,
                                 const app::NamedQuery& query, bool in_store) {
    const bool asked = replacing_ == query && replacing_in_store_ == in_store;
    if (asked || !app::would_replace(kept, query)) return true;
    replacing_ = query;
    replacing_in_store_ = in_store;
    return false;
}

// Under a name, in the project or in the store that is open.
void QueryPanel::draw_keep(Ui& ui) {
    const bool store = !dataset_->request.store.empty();
    const float width = ImGui::GetContentRegionAvail().x;
    field(ui, "ui.query.name", name_);
    const app::NamedQuery named{name_, text_};
    if (replacing_ != named) replacing_.reset();
    const bool possible = query_ && !name_.empty();
    const auto kept_now = [&] {
        name_.clear();
        replacing_.reset();
    };
    if (text_button(ui, "ui.query.keep", false, possible, width)) {
        app::Project next = ui.document.project();
        if (sure_to_replace(next.queries, named, false)) {
            next.queries = app::with_query(std::move(next.queries), named);
            ui.document.edit(std::move(next), "edit.queries");
            kept_now();
        }
    } else if (store && text_button(ui, "ui.query.keep_in_store", false, possible, width) &&
               sure_to_replace(stored_.queries(), named, true)) {
        stored_.keep(ui, named);
        kept_now();
    }
    if (replacing_)
        paragraph(ui, ui.fonts.small, ui.theme->warning,
                  ui.text("ui.query.replace_sure", {{"name", name_}}));
    ui.probe.state("query.replacing", replacing_ ? replacing_->name : "");
}

void QueryPanel::draw_saved(Ui& ui) {
    const auto of_project = ui.document.project().queries; // an edit may follow
    if (of_project.empty() && stored_.empty()) return;
    heading(ui, "ui.query.saved");
    for (std::size_t i = 0; i < of_project.size(); ++i) {
        const auto done = named_row(ui, "saved_query:" + std::to_string(i), of_project[i]);
        if (done == KeptRow::Clicked) ui.shell.query_wanted = of_project[i].text;
        if (done != KeptRow::Removed) continue;
        app::Project next = ui.document.project();
        next.queries.erase(next.queries.begin() + static_cast<std::ptrdiff_t>(i));
        ui.document.edit(std::move(next), "edit.queries");
        break;
    }
    if (const auto query = stored_.draw(ui)) ui.shell.query_wanted = query->text;
}

void QueryPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "query", "ui.query", area, overlay);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    begin(ui);
    draw_other_filter(ui);
    draw_text(ui);
    gap(ui, 4);
    rule(ui);
    gap(ui, 4);
    draw_answer(ui);
    gap(ui, 4);
    draw_keep(ui);
    draw_saved(ui);
    ImGui::PopStyleVar();
    end_right_panel(ui, area);
}

} // namespace diaban::gui
