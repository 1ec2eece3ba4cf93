// What a run of the clusters panel led to: sentence, legend, scatter, and the results that are
// kept.
#include "gui/panels/hotspots_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {

// Value across, mean of the neighbours upwards, both standardised; the slope of the line is Moran's
// I for row-standardised weights.
void HotspotsPanel::draw_scatter(Ui& ui, const analysis::LocalResult& local) {
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(170);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({width, height});
    record(ui, "moran.scatter");
    ImDrawList& list = *ImGui::GetWindowDrawList();
    double most = 1, xy = 0, xx = 0;
    for (std::size_t u = 0; u < local.units; ++u) {
        if (std::isnan(local.value[u]) || std::isnan(local.lag[u])) continue;
        most = std::max({most, std::fabs(local.value[u]), std::fabs(local.lag[u])});
        xy += local.value[u] * local.lag[u];
        xx += local.value[u] * local.value[u];
    }
    most = std::min(most, 5.0); // what lies beyond stands on the edge
    const auto place = [&](double x, double y) {
        const auto part = [&](double v) {
            return static_cast<float>(std::clamp(v / most, -1.0, 1.0));
        };
        return ImVec2{at.x + width / 2 + part(x) * width / 2,
                      at.y + height / 2 - part(y) * height / 2};
    };
    list.AddRect(at, {at.x + width, at.y + height}, ui.theme->line, ui.px(2));
    list.AddLine(place(-most, 0), place(most, 0), ui.theme->line);
    list.AddLine(place(0, -most), place(0, most), ui.theme->line);
    for (std::size_t u = 0; u < local.units; ++u) {
        if (std::isnan(local.value[u]) || std::isnan(local.lag[u])) continue;
        list.AddCircleFilled(place(local.value[u], local.lag[u]), ui.px(2),
                             local.significant[u] ? ui.theme->text : ui.theme->muted, 8);
    }
    if (xx > 0) {
        const double slope = xy / xx;
        const double reach = std::min(most, most / std::max(std::fabs(slope), 1e-9));
        list.AddLine(place(-reach, -slope * reach), place(reach, slope * reach), ui.theme->warning,
                     ui.px(1.5F));
    }
}

void HotspotsPanel::show(Ui& ui, bool shown) {
    const auto& report = ui.shell.result->report;
    ui.document.show_result(
        shown ? std::optional(ui.shell.significance ? report.significance : report.map)
              : std::nullopt);
}

void HotspotsPanel::draw_result(Ui& ui) {
    if (!ui.shell.result || ui.shell.result->inputs.dataset != ui.document.dataset()) return;
    bool shown = ui.document.shows_result();
    if (ui.shell.result->language != ui.document.language().code()) {
        ui.shell.result = std::make_shared<const app::HotspotsResult>(
            app::reworded(*ui.shell.result, ui.document.language()));
        if (shown) show(ui, true);
    }
    const auto& report = ui.shell.result->report;
    paragraph(ui, ui.fonts.strong, ui.theme->text, report.sentence);
    paragraph(ui, ui.fonts.small, ui.theme->muted, report.method_line);
    ui.probe.state("result", report.sentence);
    if (check(ui, "ui.hotspots.on_map", shown)) show(ui, shown);
    if (!report.significance.style.entries.empty() &&
        check(ui, "ui.hotspots.significance", ui.shell.significance))
        show(ui, true);
    if (ui.document.shows_result()) draw_legend(ui);
    if (report.local.tested > 0 && report.request.method != app::HotspotMethod::JoinCount) {
        if (report.global.moran.defined)
            paragraph(ui, ui.fonts.small, ui.theme->muted,
                      ui.text("report.moran") + ": " +
                          ui.document.language().number(report.global.moran.statistic, 4));
        draw_scatter(ui, report.local);
    }
    const float width = ImGui::GetContentRegionAvail().x;
    if (text_button(ui, "ui.hotspots.keep", false, true, width))
        ui.document.edit(app::with_stored(ui.document.project(), outcome_->stored), "edit.result");
    if (text_button(ui, "ui.hotspots.export", false, ui.document.shows_result(), width))
        show_panel(ui, "export");
    rule(ui);
    gap(ui, 6);
}

void HotspotsPanel::draw_stored(Ui& ui) {
    std::vector<app::StoredHotspots> all;
    ui.attempt([&] { all = app::stored_hotspots(ui.document.project()); });
    if (all.empty()) return;
    gap(ui, 6);
    heading(ui, "ui.hotspots.stored");
    for (const auto& one : all) {
        if (list_row(ui, {.name = "stored:" + one.name, .text = one.name})) {
            request_ = one.request;
            ui.shell.neighbours = one.request.neighbours;
            ui.shell.neighbours.links.clear(); // those are the project's
            auto map = ui.document.project().map;
            map.indicator = one.request.indicator;
            map.period = one.request.period;
            choose(ui, map, "edit.indicator");
            checked_ = one.name;
            checked_inputs_ = one.inputs;
            start(ui);
        }
        if (checked_ != one.name || outcome_->inputs.empty()) continue;
        paragraph(ui, ui.fonts.small, ui.theme->muted, one.sentence);
        const bool same = outcome_->inputs == checked_inputs_;
        paragraph(ui, ui.fonts.small, same ? ui.theme->muted : ui.theme->warning,
                  ui.text(same ? "said.inputs_same" : "said.inputs_changed", {{"name", one.name}}));
        if (link(ui, "ui.hotspots.forget", ui.text("ui.hotspots.forget"))) {
            ui.document.edit(app::without_stored(ui.document.project(), one.name), "edit.result");
            checked_.clear();
        }
    }
}

} // namespace diaban::gui
