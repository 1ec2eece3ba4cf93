// Communes given to other teams: those that are selected, or one dragged on the map. The steps are
// the project's, so that they are undone and done again like every other edit; the plan follows.
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/patrol_panel.hpp"
#include "gui/widgets.hpp"

#include <cfloat>

namespace diaban::gui {

bool PatrolPanel::on_map(Ui& ui) const {
    return ui.document.shows_result(outcome_->serial);
}

// Those of another plan than this one say nothing.
std::vector<app::PlanMoves::Step> PatrolPanel::steps_kept(Ui& ui) const {
    const auto& moves = ui.document.project().moves;
    return moves.plan == outcome_->key ? moves.steps : std::vector<app::PlanMoves::Step>();
}

void PatrolPanel::keep_steps(Ui& ui, std::vector<app::PlanMoves::Step> steps) {
    auto next = ui.document.project();
    next.moves = {steps.empty() ? "" : outcome_->key, std::move(steps)};
    ui.document.edit(std::move(next), "edit.plan_move");
}

void PatrolPanel::follow(Ui& ui) {
    auto& outcome = *outcome_;
    if (!outcome.made || outcome.dataset != ui.document.dataset()) return;
    auto steps = steps_kept(ui);
    if (steps == outcome.steps) return;
    const bool shown = on_map(ui);
    outcome.refused.reset();
    try {
        const auto& language = ui.document.language();
        outcome.report = std::make_shared<const app::PatrolReport>(
            app::with_steps(*outcome.made, steps, *outcome.dataset, language));
        outcome.language = language.code();
    } catch (const base::Error& error) {
        outcome.refused = error; // steps of a project that was changed elsewhere
    }
    outcome.steps = std::move(steps);
    if (shown) show(ui.document, outcome);
}

void PatrolPanel::give(Ui& ui, const std::vector<app::PatrolMove>& moves) {
    auto& outcome = *outcome_;
    const auto& report = *outcome.report;
    outcome.refused.reset();
    try {
        app::with_moved(report, moves, *outcome.dataset, ui.document.language());
    } catch (const base::Error& error) {
        outcome.refused = error;
        return;
    }
    app::PlanMoves::Step step;
    for (const auto& [unit, team] : moves)
        if (const auto from = app::sector_of(report, unit); from && *from != team)
            step.emplace_back(report.codes[unit], team);
    auto steps = steps_kept(ui);
    steps.push_back(std::move(step));
    keep_steps(ui, std::move(steps));
}

// What letting go there would lead to; told many times on the way, worked out once for a team.
Handing::Told PatrolPanel::tell_move(Ui& ui, geo::FaceId unit, std::optional<geo::FaceId> to) {
    const Report report = outcome_->report;
    const auto& language = ui.document.language();
    const auto number = [](std::size_t team) { return static_cast<std::int64_t>(team + 1); };
    const auto from = app::sector_of(*report, unit);
    const auto team = to ? app::sector_of(*report, *to) : std::nullopt;
    if (!from) return {};
    if (!team || team == from)
        return {{ui.text("ui.patrol.drag_from",
                         {{"unit", outcome_->names[unit]}, {"from", number(*from)}}),
                 ui.text("ui.patrol.drag_where")},
                false};
    auto& last = previewed_;
    if (last.of == report && last.move.unit == unit && last.move.team == *team) return last.told;
    last = {report, {unit, *team}, {}};
    try {
        const auto after =
            app::with_moved(*report, {last.move}, *outcome_->dataset, ui.document.language());
        last.told = {app::move_words(*report, after, unit, language), true};
    } catch (const base::Error& error) {
        last.told.lines = {ui.text("patrol.move.who", {{"unit", outcome_->names[unit]},
                                                       {"from", number(*from)},
                                                       {"to", number(*team)}}),
                           language.text(error)};
    }
    return last.told;
}

// The mouse hands communes over while this is on; only of the plan that is seen.
void PatrolPanel::draw_drag(Ui& ui) {
    bool dragging = ui.shell.tool == MapTool::Give;
    if (!on_map(ui)) {
        if (dragging) ui.shell.tool = MapTool::Pointer;
        return;
    }
    if (const auto& told = ui.shell.handing; !told || told->serial != outcome_->serial) {
        auto handing = std::make_shared<Handing>();
        handing->serial = outcome_->serial;
        handing->takes_part = [this](geo::FaceId unit) {
            return outcome_->report && app::sector_of(*outcome_->report, unit).has_value();
        };
        handing->tell = [this](Ui& later, geo::FaceId unit, std::optional<geo::FaceId> to) {
            return tell_move(later, unit, to);
        };
        handing->give = [this](Ui& later, geo::FaceId unit, geo::FaceId to) {
            if (const auto team = app::sector_of(*outcome_->report, to))
                give(later, {{unit, *team}});
        };
        ui.shell.handing = std::move(handing);
    }
    if (check(ui, "ui.patrol.drag", dragging)) set_tool(ui, MapTool::Give);
    if (dragging) paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.patrol.drag_help"));
}

// The numbers follow at once.
void PatrolPanel::draw_moves(Ui& ui, const app::PatrolReport& report) {
    if (!report.division) {
        if (ui.shell.tool == MapTool::Give) ui.shell.tool = MapTool::Pointer;
        return;
    }
    auto& outcome = *outcome_;
    draw_drag(ui);
    std::vector<app::PatrolMove> moves;
    for (const auto face : ui.document.selection())
        if (report.division->made[face] != analysis::kNoSector) moves.push_back({face, 0});
    if (!moves.empty()) {
        std::vector<std::string> teams;
        for (std::size_t g = 0; g < report.groups.size(); ++g)
            teams.push_back(group_name(ui, report, g, outcome.names));
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.patrol.move_selected",
                          {{"count", static_cast<std::int64_t>(moves.size())}}));
        auto at = teams.size(); // none yet
        if (small_choice(ui, "ui.patrol.move", at, teams, -FLT_MIN)) {
            for (auto& move : moves) move.team = at;
            give(ui, moves);
        }
    }
    if (outcome.refused)
        paragraph(ui, ui.fonts.small, ui.theme->error,
                  ui.document.language().text(*outcome.refused));
    if (outcome.steps.empty() || !link(ui, "ui.patrol.undo", ui.text("ui.patrol.undo"))) return;
    auto steps = outcome.steps;
    steps.pop_back();
    keep_steps(ui, std::move(steps));
}

} // namespace diaban::gui
