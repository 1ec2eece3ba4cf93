// What a run of the clusters panel led to: sentence, legend, scatter, and the results that are
// kept.
#include "gui/map_view.hpp"
#include "gui/panels/hotspots_panel.hpp"
#include "gui/panels/moran_plot.hpp"
#include "gui/panels/neighbours_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {

// Clusters by name, largest first. A click selects one and brings it into view.
void HotspotsPanel::draw_clusters(Ui& ui, const app::HotspotsReport& report) {
    constexpr std::size_t kListed = 10;
    if (report.clusters.empty()) return;
    heading(ui, "ui.hotspots.clusters");
    const auto& vintage = *ui.document.dataset()->vintage;
    for (std::size_t i = 0; i < report.clusters.size() && i < kListed; ++i) {
        const auto& units = report.clusters[i].units;
        std::string names;
        for (const auto u : units)
            names += (names.empty() ? "" : ", ") + unit_name(vintage.units, u);
        if (!list_row(ui, {.name = "cluster:" + std::to_string(i),
                           .text = names,
                           .trailing = ui.document.language().count(units.size()),
                           .height = 28}))
            continue;
        geo::Box box;
        for (const auto u : units) box.add(vintage.coverage->faces()[u].box);
        choose_units(ui, {units.begin(), units.end()});
        if (!box.empty()) ui.map.fly_to(ui, box);
    }
    if (report.clusters.size() > kListed)
        paragraph(
            ui, ui.fonts.small, ui.theme->muted,
            ui.text("report.more_findings",
                    {{"count", static_cast<std::int64_t>(report.clusters.size() - kListed)}}));
}

bool shows_clusters(Ui& ui) {
    return ui.shell.result && ui.shell.result->inputs.dataset == ui.document.dataset() &&
           ui.document.shows_result(ui.shell.result_serial);
}

void HotspotsPanel::show(Ui& ui, bool shown) {
    const auto& report = ui.shell.result->report;
    if (!shown) return ui.document.show_result(std::nullopt);
    ui.document.show_result(ui.shell.significance ? report.significance : report.map);
    ui.shell.result_serial = ui.document.shown()->serial;
}

void HotspotsPanel::draw_result(Ui& ui) {
    if (!ui.shell.result || ui.shell.result->inputs.dataset != ui.document.dataset()) return;
    bool shown = shows_clusters(ui);
    if (ui.shell.result->language != ui.document.language().code()) {
        ui.shell.result = std::make_shared<const app::HotspotsResult>(
            app::reworded(*ui.shell.result, ui.document.language()));
        if (shown) show(ui, true);
    }
    const auto& report = ui.shell.result->report;
    // What it is a result of: the map may have gone on to another year.
    paragraph(ui, ui.fonts.small, ui.theme->muted, report.map.legend_title);
    paragraph(ui, ui.fonts.strong, ui.theme->text, report.sentence);
    if (!report.note.empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, report.note);
    paragraph(ui, ui.fonts.small, ui.theme->muted, report.method_line);
    ui.probe.state("result", report.sentence);
    ui.probe.state("result.of", report.map.legend_title);
    if (check(ui, "ui.hotspots.on_map", shown)) show(ui, shown);
    if (!report.significance.style.entries.empty() &&
        check(ui, "ui.hotspots.significance", ui.shell.significance))
        show(ui, true);
    shown = shows_clusters(ui);
    if (shown) {
        draw_legend(ui);
        gap(ui, 8);
    }
    draw_clusters(ui, report);
    std::string said;
    for (const auto& line : app::global_lines(report, ui.document.language())) {
        if (said.empty()) heading(ui, "ui.hotspots.whole_map");
        paragraph(ui, ui.fonts.small, ui.theme->muted, line);
        said += line + "\n";
    }
    ui.probe.state("result.global", said);
    const bool scatter = report.local.tested > 0 && app::has_scatter(report);
    if (scatter) draw_moran_plot(ui, report.local);
    const float width = ImGui::GetContentRegionAvail().x;
    if (text_button(ui, "ui.hotspots.keep", false, true, width)) {
        const auto& project = ui.document.project();
        ui.document.edit(app::with_stored(project, app::with_free_name(project, *to_keep_)),
                         "edit.result");
    }
    if (text_button(ui, "ui.hotspots.export", false, shown, width)) {
        ui.shell.scatter = false;
        show_panel(ui, "export");
    }
    if (scatter && text_button(ui, "ui.hotspots.export_scatter", false, shown, width)) {
        ui.shell.scatter = true;
        show_panel(ui, "export");
    }
    rule(ui);
    gap(ui, 6);
}

// Looks beside the frames whether values, units or links of the stored results have changed.
void HotspotsPanel::take_stored(Ui& ui) {
    const auto& project = ui.document.project();
    StoredStates wanted{ui.document.dataset(), project.results, project_links(ui), {}};
    if (wanted.dataset == asked_stored_.dataset && wanted.results == asked_stored_.results &&
        wanted.links == asked_stored_.links)
        return;
    asked_stored_ = wanted;
    ui.document.jobs().run(
        {.key = "hotspots_stored", .replace = true},
        [states = std::move(wanted), project](base::JobContext& ctx) mutable {
            for (const auto& one : app::stored_hotspots(project)) {
                auto request = one.request;
                request.neighbours.links = states.links;
                request.classification = app::Classification::Internal; // nothing leaves
                try {
                    states.inputs[one.name] =
                        app::inputs_hash(app::prepare(request, states.dataset, ctx));
                } catch (const base::Error&) {
                    states.inputs[one.name] = ""; // its indicator or period is gone
                }
            }
            return states;
        },
        [kept = stored_](app::Document&, StoredStates states) { *kept = std::move(states); });
}

void HotspotsPanel::ask_again(Ui& ui, const app::StoredHotspots& stored) {
    request_ = stored.request;
    ui.shell.neighbours = stored.request.neighbours;
    ui.shell.neighbours.links.clear(); // those are the project's
    auto map = ui.document.project().map;
    map.indicator = stored.request.indicator;
    map.period = stored.request.period;
    choose(ui, map, "edit.indicator");
    start(ui);
}

void HotspotsPanel::draw_stored(Ui& ui) {
    std::vector<app::StoredHotspots> all;
    ui.attempt([&] { all = app::stored_hotspots(ui.document.project()); });
    if (all.empty()) return;
    take_stored(ui);
    gap(ui, 6);
    heading(ui, "ui.hotspots.stored");
    std::string changed;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& one = all[i];
        const std::string name = "stored:" + std::to_string(i);
        const auto now = stored_->inputs.find(one.name);
        const bool known =
            stored_->dataset == ui.document.dataset() && now != stored_->inputs.end();
        const bool differs = known && now->second != one.inputs;
        if (differs) changed += one.name + "\n";
        const auto done = kept_row(ui, name, one.name, one.sentence,
                                   known ? std::optional(differs) : std::nullopt);
        if (done == KeptRow::Clicked) ask_again(ui, one);
        if (done != KeptRow::Removed) continue;
        ui.document.edit(app::without_stored(ui.document.project(), one.name), "edit.result");
        return;
    }
    ui.probe.state("stored.changed", changed);
    ui.probe.state("stored.known", static_cast<double>(stored_->inputs.size()));
}

} // namespace diaban::gui
