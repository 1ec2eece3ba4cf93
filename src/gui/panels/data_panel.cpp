// Left: boundaries, indicators, places by kind, findings.
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/widgets.hpp"

#include <map>

namespace diaban::gui {
namespace {

void draw_boundaries(Ui& ui, const app::Dataset& dataset) {
    heading(ui, "ui.data.boundaries");
    const std::size_t units = dataset.vintage->units.size();
    if (dataset.vintages.empty()) {
        list_row(ui, {.name = "vintage:file",
                      .text = dataset.title,
                      .trailing = ui.document.language().count(units)});
        return;
    }
    for (const std::string& id : dataset.vintages) {
        const bool current = id == dataset.vintage->id;
        const bool clicked =
            list_row(ui, {.name = "vintage:" + id,
                          .text = ui.text("ui.data.vintage", {{"vintage", id}}),
                          .trailing = current ? ui.document.language().count(units) : std::string(),
                          .selected = current && dataset.vintages.size() > 1});
        if (clicked && !current) {
            app::Project next = ui.document.project();
            next.data.vintage = id;
            next.map.period = {};
            ui.document.edit(std::move(next), "edit.vintage");
        }
    }
}

void draw_indicators(Ui& ui, const app::Dataset& dataset) {
    if (!dataset.cube || dataset.cube->indicators.empty()) return;
    heading(ui, "ui.data.indicators");
    const app::StyledMap* styled = ui.document.styled();
    for (std::size_t i = 0; i < dataset.cube->indicators.size(); ++i) {
        const data::Indicator& indicator = dataset.cube->indicators[i];
        const bool current = styled && styled->indicator == i;
        const bool clicked =
            list_row(ui, {.name = "indicator:" + indicator.id,
                          .text = app::indicator_name(indicator, ui.document.language()),
                          .selected = current});
        if (clicked && !current) {
            app::MapChoice next = ui.document.project().map;
            next.indicator = indicator.id;
            if (styled) next.period = styled->choice.period; // the year stays
            choose(ui, next, "edit.indicator");
        }
    }
}

void draw_place_kinds(Ui& ui, const app::Dataset& dataset) {
    std::map<std::string, std::size_t> kinds;
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places) ++kinds[place.kind];
    if (kinds.empty()) return;
    heading(ui, "ui.data.places");
    auto& hidden = ui.shell.hidden_kinds;
    for (const auto& [kind, count] : kinds) {
        const bool off = hidden.contains(kind);
        if (list_row(ui, {.name = "place:" + kind,
                          .text = app::place_kind_text(kind, ui.document.language()),
                          .trailing = ui.document.language().count(count),
                          .muted = off,
                          .place_kind = kind})) {
            if (off)
                hidden.erase(kind);
            else
                hidden.insert(kind);
        }
    }
}

void draw_finding_groups(Ui& ui, const app::Dataset& dataset) {
    struct Group {
        std::size_t count = 0;
        const base::Finding* first = nullptr;
    };
    std::map<std::string, Group> groups;
    for (const base::Finding& finding : dataset.findings) {
        Group& group = groups[finding.key];
        if (group.count++ == 0) group.first = &finding;
    }
    const bool table = dataset.joined;
    if (groups.empty() && !table) return;
    heading(ui, "ui.data.findings");
    const app::Language& language = ui.document.language();
    bool open = false;
    if (table)
        open |= list_row(ui, {.name = "join",
                              .text = ui.text("ui.data.matched"),
                              .trailing = language.count(dataset.join.matched_units) + " / " +
                                          language.count(dataset.vintage->units.size())});
    for (const auto& [key, group] : groups)
        open |= list_row(ui, {.name = "finding:" + key,
                              .text = language.text(*group.first),
                              .trailing = group.count > 1 ? language.count(group.count) : "",
                              .warning = group.first->severity != base::Severity::Info});
    if (open) show_panel(ui, "findings");
}

} // namespace

void draw_data_panel(Ui& ui, const Rect& area, bool overlay) {
    begin_region(
        ui, "data", area,
        {.ground = ui.theme->ground, .padding = {kPad, 10}, .scroll = true, .overlay = overlay});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    if (const auto dataset = ui.document.dataset()) {
        draw_boundaries(ui, *dataset);
        draw_indicators(ui, *dataset);
        draw_place_kinds(ui, *dataset);
        draw_finding_groups(ui, *dataset);
        gap(ui, 16);
    }
    ImGui::PopStyleVar();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({area.x1 - 0.5F, area.y0}, {area.x1 - 0.5F, area.y1}, ui.theme->line);
    end_region();
}

} // namespace diaban::gui
