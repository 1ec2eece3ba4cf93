// Plans that the project and the store keep: under a name, marked where their inputs have changed,
// asked again, and beside the plan that is shown.
#include "gui/panels/neighbours_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/patrol_panel.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace diaban::gui {
namespace {

constexpr std::size_t kChangesListed = 60; // communes; one click selects all

} // namespace

// The plan that has the name already is lost only when it is asked a second time.
bool PatrolPanel::sure_to_replace(const Report& report, bool in_store) {
    const bool asked = replacing_ == name_ && replacing_in_store_ == in_store;
    const auto kept = std::span(stored_).first(in_store ? stored_.size() : of_project_);
    const bool taken = std::any_of(kept.begin(), kept.end(),
                                   [&](const app::StoredPlan& one) { return one.name == name_; });
    replacing_ = taken && !asked ? name_ : "";
    replacing_with_ = report;
    replacing_in_store_ = in_store;
    return replacing_.empty();
}

void PatrolPanel::draw_keep(Ui& ui, const Report& report) {
    gap(ui, 4);
    field(ui, "ui.patrol.name", name_);
    if (replacing_ != name_ || replacing_with_ != report) replacing_.clear();
    const float width = ImGui::GetContentRegionAvail().x;
    const auto& store = dataset_->request.store;
    const auto& project = ui.document.project();
    if (text_button(ui, "ui.patrol.keep", false, !name_.empty(), width)) {
        if (sure_to_replace(report, false)) {
            ui.document.edit(
                app::with_plan(project, app::to_plan(name_, *report, *outcome_->dataset)),
                "edit.plan");
            name_.clear();
        }
    } else if (!store.empty() &&
               text_button(ui, "ui.patrol.keep_in_store", false, !name_.empty(), width) &&
               sure_to_replace(report, true)) {
        change_store(ui, [store, plan = app::to_plan(name_, *report, *outcome_->dataset)](
                             base::JobContext& ctx) { app::keep_plan(store, plan, ctx); });
        name_.clear();
    }
    if (!replacing_.empty())
        paragraph(ui, ui.fonts.small, ui.theme->warning,
                  ui.text("ui.query.replace_sure", {{"name", name_}}));
    ui.probe.state("patrol.replacing", replacing_);
}

void PatrolPanel::change_store(Ui& ui, std::function<void(base::JobContext&)> change) {
    ui.document.jobs().run(
        {.key = "patrol_store"},
        [change = std::move(change)](base::JobContext& ctx) {
            change(ctx);
            return true;
        },
        // The panel lives as long as the window does.
        [this](app::Document&, bool) {
            ++store_changes_;
            revision_ = 0; // read again
        });
}

// What is better, what is worse, and who changes, against a plan that was kept.
void PatrolPanel::draw_comparison(Ui& ui, const Report& report) {
    if (stored_.empty()) return;
    std::vector<std::string> names{ui.text("ui.patrol.compare_none")};
    std::size_t at = 0;
    for (const auto& plan : stored_) {
        if (plan.name == compare_with_) at = names.size();
        names.push_back(plan.name);
    }
    if (at == 0) compare_with_.clear(); // removed
    if (choice(ui, "ui.patrol.compare", at, names)) compare_with_ = at > 0 ? names[at] : "";
    if (compare_with_.empty()) return;
    const auto of = std::to_string(plans_read_) + " " + compare_with_;
    if (compared_ != report || compared_said_ != of) {
        compared_ = report;
        compared_said_ = of;
        comparison_.reset();
        comparison_error_.reset();
        face_of_.clear();
        try {
            comparison_ =
                app::compared(stored_[at - 1], app::to_plan("", *report, *outcome_->dataset));
            std::set<std::string_view> changed;
            for (const auto& change : comparison_->changes) changed.insert(change.code);
            // Of a plan for other boundaries not every commune is on this map.
            const auto& codes = dataset_->vintage->units.code;
            for (std::size_t u = 0; u < codes.size(); ++u)
                if (changed.contains(codes[u])) face_of_[codes[u]] = static_cast<geo::FaceId>(u);
        } catch (const base::Error& error) {
            comparison_error_ = error;
        }
    }
    const auto& language = ui.document.language();
    if (comparison_error_)
        paragraph(ui, ui.fonts.small, ui.theme->error, language.text(*comparison_error_));
    if (!comparison_) return;
    for (const auto& line : app::comparison_words(*comparison_, language))
        paragraph(ui, ui.fonts.small, ui.theme->text, line);
    const auto& changes = comparison_->changes;
    ui.probe.state("patrol.changes", static_cast<double>(changes.size()));
    if (!changes.empty() && list_row(ui, {.name = "patrol:changes",
                                          .text = ui.text("ui.patrol.select_changes"),
                                          .trailing = language.count(changes.size()),
                                          .indent = 0,
                                          .height = 28})) {
        app::Faces all;
        for (const auto& [code, face] : face_of_) all.push_back(face);
        std::sort(all.begin(), all.end());
        choose_units(ui, std::move(all));
    }
    for (std::size_t k = 0; k < std::min(changes.size(), kChangesListed); ++k) {
        const auto known = face_of_.find(changes[k].code);
        if (known == face_of_.end()) continue;
        const auto face = known->second;
        if (list_row(ui, {.name = "patrol_change:" + changes[k].code,
                          .text = outcome_->names[face],
                          .trailing = app::change_words(*comparison_, changes[k], language),
                          .height = 26}))
            show_unit(ui, face, true);
    }
}

// Looks beside the frames whether values, units or links of the kept plans have changed.
void PatrolPanel::take_stored(Ui& ui) {
    StoredInputs wanted_inputs{dataset_, plans_, project_links(ui), {}};
    if (wanted_inputs.dataset == asked_inputs_.dataset &&
        wanted_inputs.plans == asked_inputs_.plans && wanted_inputs.links == asked_inputs_.links)
        return;
    asked_inputs_ = wanted_inputs;
    ui.document.jobs().run(
        {.key = "patrol_stored", .replace = true},
        [inputs = std::move(wanted_inputs), plans = stored_](base::JobContext& ctx) mutable {
            for (auto plan : plans) {
                ctx.check();
                plan.request.links = inputs.links;
                inputs.hash[plan.name] = app::inputs_hash(plan.request, *inputs.dataset);
            }
            return inputs;
        },
        [kept = inputs_](app::Document&, StoredInputs inputs) { *kept = std::move(inputs); });
}

void PatrolPanel::ask_again(Ui& ui, const app::StoredPlan& plan) {
    const auto chosen = request_.classification;
    request_ = app::suited(plan.request, *dataset_);
    request_.classification = chosen;
    typed_.clear(); // the fields show what is asked
    start(ui, plan);
}

void PatrolPanel::draw_stored(Ui& ui) {
    if (stored_.empty()) return;
    take_stored(ui);
    gap(ui, 6);
    heading(ui, "ui.patrol.stored");
    std::string changed;
    for (std::size_t i = 0; i < stored_.size(); ++i) {
        const auto& plan = stored_[i];
        const auto now = inputs_->hash.find(plan.name);
        const bool known =
            inputs_->dataset == dataset_ && inputs_->plans == plans_ && now != inputs_->hash.end();
        const bool differs = known && now->second != plan.inputs;
        if (differs) changed += plan.name + "\n";
        const auto done = kept_row(ui, "stored_plan:" + std::to_string(i), plan.name,
                                   !app::tells_values(plan, request_.classification)
                                       ? ui.text("ui.patrol.stored_internal")
                                   : plan.sentences.empty() ? ""
                                                            : plan.sentences.front(),
                                   known ? std::optional(differs) : std::nullopt);
        if (done == KeptRow::Clicked) ask_again(ui, plan);
        if (done != KeptRow::Removed) continue;
        if (i < of_project_)
            ui.document.edit(app::without_plan(ui.document.project(), plan.name), "edit.plan");
        else
            change_store(ui, [store = dataset_->request.store, name = plan.name](
                                 base::JobContext& ctx) { app::forget_plan(store, name, ctx); });
        break;
    }
    ui.probe.state("patrol.stored", static_cast<double>(stored_.size()));
    ui.probe.state("patrol.stored_changed", changed);
}

} // namespace diaban::gui
