// Left: boundaries, indicators, places by kind, findings.
#include "app/finding_list.hpp"
#include "app/indicator_themes.hpp"
#include "app/smoothed.hpp"
#include "gui/panels/lines_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <array>
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
        if (clicked) uncover_map(ui);
        if (clicked && !current) {
            app::Project next = ui.document.project();
            next.data.vintage = id;
            // Where all years stand on one vintage, the year stays.
            if (next.across != app::Across::Carried) next.map.period = {};
            ui.document.edit(std::move(next), "edit.vintage");
        }
    }
    if (dataset.vintages.size() < 2) return;
    app::Project next = ui.document.project();
    auto across = static_cast<std::size_t>(next.across);
    if (choice(ui, "ui.data.across", across,
               {ui.text("ui.data.across.no"), ui.text("ui.data.across.own"),
                ui.text("ui.data.across.carried", {{"vintage", dataset.vintage->id}})})) {
        uncover_map(ui);
        next.across = static_cast<app::Across>(across);
        if (next.data.vintage.empty()) next.data.vintage = dataset.vintage->id;
        if (const auto* styled = ui.document.styled()) next.map.period = styled->choice.period;
        // The year on the map may be one of the years that are no longer shown.
        if (!dataset.cube->find(next.map.period) || next.across == app::Across::No)
            next.map.period = {};
        ui.document.edit(std::move(next), "edit.across");
    }
    ImGui::Dummy({1, ui.px(4)});
}

// Which rate of a numerator and a denominator the map shows.
void draw_rate(Ui& ui, const data::IndicatorCube& cube, const data::Indicator& indicator,
               const app::MapChoice& shown) {
    using analysis::RateKind;
    constexpr std::array kRates{RateKind::Raw, RateKind::ExcessRisk, RateKind::EmpiricalBayes,
                                RateKind::SpatialBayes};
    if (indicator.kind != data::Kind::Ratio || !cube.find(indicator.numerator) ||
        !cube.find(indicator.denominator))
        return;
    const auto now = app::parse_smoothed(shown.indicator);
    std::size_t at = 0;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kRates.size(); ++i) {
        names.push_back(ui.text("hotspots.rate." + std::string(analysis::to_string(kRates[i]))));
        if (now && now->kind == kRates[i]) at = i;
    }
    if (!choice(ui, "ui.data.rate", at, names)) return;
    auto next = ui.document.project().map;
    next.indicator = app::smoothed_id(indicator.id, kRates[at]);
    next.period = shown.period;
    // Ends that were set by hand are those of other numbers.
    if (next.method == map::Method::Manual) next.method = map::Method::Quantile;
    choose(ui, next, "edit.indicator");
}

void draw_indicator(Ui& ui, const app::Dataset& dataset, const app::StyledMap* styled,
                    std::size_t i) {
    const data::Indicator& indicator = dataset.cube->indicators[i];
    const bool current = styled && (styled->indicator == i ||
                                    app::as_it_stands(styled->choice.indicator) == indicator.id);
    const bool clicked =
        list_row(ui, {.name = "indicator:" + indicator.id,
                      .text = app::indicator_name(indicator, ui.document.language()),
                      .selected = current,
                      .height = 28});
    if (current) draw_rate(ui, *dataset.cube, indicator, styled->choice);
    if (!clicked) return;
    // Who clicks an indicator wants to see it, also where a sheet lies over the map or a result
    // over its values.
    uncover_map(ui);
    if (ui.document.shows_result()) ui.document.show_result(std::nullopt);
    if (current) return;
    app::MapChoice next = ui.document.project().map;
    next.indicator = indicator.id;
    if (styled) next.period = styled->choice.period; // the year stays
    choose(ui, next, "edit.indicator");
}

void draw_indicators(Ui& ui, const app::Dataset& dataset) {
    if (!dataset.cube || dataset.cube->indicators.empty()) return;
    heading(ui, "ui.data.indicators");
    const app::StyledMap* styled = ui.document.styled();
    if (styled) ui.probe.state("map.shown", styled->legend_title);
    for (const auto& theme : app::indicator_themes(*dataset.cube, ui.document.language())) {
        // A group folds to its name.
        const bool folded = ui.shell.folded_themes.contains(theme.id);
        if (list_row(ui, {.name = "theme:" + theme.id,
                          .text = theme.text,
                          .trailing = folded ? ui.document.language().count(theme.indicators.size())
                                             : std::string(),
                          .muted = true,
                          .icon = folded ? Icon::Right : Icon::Down,
                          .indent = 0,
                          .height = 24})) {
            if (folded)
                ui.shell.folded_themes.erase(theme.id);
            else
                ui.shell.folded_themes.insert(theme.id);
        }
        if (!folded)
            for (const auto i : theme.indicators) draw_indicator(ui, dataset, styled, i);
    }
}

void draw_place_kinds(Ui& ui, const app::Dataset& dataset) {
    std::map<std::string, std::size_t> kinds;
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places) ++kinds[place.kind];
    if (kinds.empty()) return;
    heading(ui, "ui.data.places");
    app::Project next = ui.document.project();
    bool changed = false;
    for (const auto& [kind, count] : kinds) {
        const bool off = next.hidden_kinds.contains(kind);
        if (list_row(ui, {.name = "place:" + kind,
                          .text = app::place_kind_text(kind, ui.document.language()),
                          .trailing = ui.document.language().count(count),
                          .muted = off,
                          .place_kind = kind})) {
            uncover_map(ui);
            if (off)
                next.hidden_kinds.erase(kind);
            else
                next.hidden_kinds.insert(kind);
            changed = true;
        }
    }
    if (changed) ui.document.edit(std::move(next), "edit.places");
    bool& names = ui.document.settings().place_names;
    if (list_row(ui, {.name = "place.names",
                      .text = ui.text("ui.menu.place_names"),
                      .selected = names,
                      .icon = names ? Icon::Check : Icon::None})) {
        uncover_map(ui);
        names = !names;
    }
}

} // namespace

void draw_save_set(Ui& ui) {
    static std::string name; // being typed
    const app::Faces& selection = ui.document.selection();
    const float save = text_size(ui.fonts.body, ui.text("ui.data.save_set")).x + ui.px(28);
    const float width = ImGui::GetContentRegionAvail().x - save - ui.px(8);
    text_input(ui, "ui.data.set_name", name, width);
    ImGui::SameLine(0, ui.px(8));
    if (!text_button(ui, "ui.data.save_set", false, !name.empty())) return;
    app::Project next = ui.document.project();
    std::erase_if(next.sets, [&](const app::NamedSet& set) { return set.name == name; });
    next.sets.push_back(app::named_set(name, selection, ui.document.dataset()->vintage->units));
    ui.document.edit(std::move(next), "edit.sets");
    name.clear();
}

namespace {

// What is selected, and the selections kept under a name.
void draw_selection(Ui& ui, const app::Dataset& dataset) {
    const app::Faces& selection = ui.document.selection();
    const auto& sets = ui.document.project().sets;
    if (selection.empty() && sets.empty()) return;
    heading(ui, "ui.data.selection");
    const data::UnitTable& units = dataset.vintage->units;
    if (!selection.empty()) {
        ImGui::Dummy({1, ui.px(2)});
        paragraph(
            ui, ui.fonts.body, ui.theme->text,
            ui.text("ui.data.selected", {{"n", static_cast<std::int64_t>(selection.size())}}));
        ImGui::Dummy({1, ui.px(4)});
        if (!card_has_selection(ui)) draw_save_set(ui);
        ImGui::Dummy({1, ui.px(6)});
    }
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const app::NamedSet set = sets[i];
        const float right = ImGui::GetWindowPos().x + ImGui::GetWindowSize().x;
        const ImVec2 row = ImGui::GetCursorScreenPos();
        ImGui::SetCursorScreenPos({right - ui.px(38), row.y});
        const std::string forget = "set:" + std::to_string(i) + ".forget";
        if (tool_button(ui, "ui.data.forget_set", {.icon = Icon::Close, .name = forget})) {
            app::Project next = ui.document.project();
            next.sets.erase(next.sets.begin() + static_cast<std::ptrdiff_t>(i));
            ui.document.edit(std::move(next), "edit.sets");
            break;
        }
        ImGui::SetCursorScreenPos(row);
        if (list_row(ui, {.name = "set:" + std::to_string(i),
                          .text = set.name,
                          .trailing = ui.document.language().count(set.codes.size()) + "      ",
                          .icon = Icon::Bookmark})) {
            uncover_map(ui);
            choose_units(ui, app::faces_of_set(set, units));
        }
    }
}

// The queries that the project keeps; the panel asks them.
void draw_queries(Ui& ui) {
    const auto& queries = ui.document.project().queries;
    if (queries.empty()) return;
    heading(ui, "ui.data.queries");
    for (std::size_t i = 0; i < queries.size(); ++i) {
        if (list_row(ui, {.name = "query:" + std::to_string(i),
                          .text = queries[i].name,
                          .icon = Icon::Bookmark})) {
            ui.shell.query_wanted = queries[i].text;
            show_panel(ui, "query");
        }
        if (ImGui::IsItemHovered()) tooltip(ui, queries[i].text);
    }
}

// A table that could not be joined, until its question is answered.
void draw_waiting_table(Ui& ui) {
    const auto& question = ui.document.question();
    if (!question || ui.document.asking()) return;
    if (list_row(ui, {.name = "question",
                      .text = ui.text("ui.data.table_waits", {{"file", question->file}}),
                      .warning = true,
                      .icon = Icon::Warning}))
        ui.document.ask(true);
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
    const app::StyledMap* styled = ui.document.styled();
    const std::size_t without = styled ? app::count_without_data(styled->style) : 0;
    if (groups.empty() && !table && without == 0) return;
    heading(ui, "ui.data.findings");
    const app::Language& language = ui.document.language();
    bool open = false;
    if (table)
        open |= list_row(ui, {.name = "join",
                              .text = ui.text("ui.data.matched"),
                              .trailing = language.count(dataset.join.matched_units) + " / " +
                                          language.count(dataset.vintage->units.size())});
    // A few words name many findings of a kind; a single one says itself.
    const auto words = [&](const std::string& key, const Group& group) {
        const std::string kind = "finding_kind." + key;
        return language.has(kind) ? language.text(kind) : language.text(*group.first);
    };
    for (const auto& [key, group] : groups)
        if (list_row(ui, {.name = "finding:" + key,
                          .text = words(key, group),
                          .trailing = group.count > 1 ? language.count(group.count) : "",
                          .warning = group.first->severity != base::Severity::Info})) {
            open = true;
            ui.shell.finding_group = key;
        }
    if (without > 0 && list_row(ui, {.name = "finding:" + std::string(app::kNoDataGroup),
                                     .text = ui.text("ui.findings.no_data"),
                                     .trailing = language.count(without),
                                     .warning = true})) {
        open = true;
        ui.shell.finding_group = app::kNoDataGroup;
    }
    if (open) show_panel(ui, "findings");
}

void draw_lines(Ui& ui) {
    heading(ui, "ui.lines");
    draw_line_layers(ui, "line:", 12);
    if (list_row(ui, {.name = "lines.open",
                      .text = ui.text("ui.lines.open"),
                      .muted = true,
                      .icon = Icon::Plus}))
        show_panel(ui, "lines");
}

void draw_views(Ui& ui) {
    if (!ui.document.styled()) return;
    heading(ui, "ui.views");
    const auto& views = ui.document.project().views;
    std::optional<std::size_t> wanted;
    for (std::size_t i = 0; i < views.size(); ++i)
        if (list_row(ui, {.name = "view:" + std::to_string(i),
                          .text = views[i].name,
                          .selected = ui.shell.view == i,
                          .icon = Icon::Bookmark}))
            wanted = i;
    if (list_row(ui, {.name = "view.new",
                      .text = ui.text("ui.views.new"),
                      .trailing = "Ctrl+D",
                      .muted = true,
                      .icon = Icon::Plus}))
        show_panel(ui, "views");
    if (wanted) show_view(ui, *wanted);
}

} // namespace

void draw_data_panel(Ui& ui, const Rect& area, bool overlay) {
    begin_region(
        ui, "data", area,
        {.ground = ui.theme->ground, .padding = {kPad, 10}, .scroll = true, .overlay = overlay});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    if (const auto dataset = ui.document.dataset()) {
        draw_boundaries(ui, *dataset);
        draw_waiting_table(ui);
        draw_indicators(ui, *dataset);
        draw_place_kinds(ui, *dataset);
        draw_selection(ui, *dataset);
        draw_queries(ui);
        draw_finding_groups(ui, *dataset);
        draw_lines(ui);
        draw_views(ui);
        gap(ui, 16);
    }
    ImGui::PopStyleVar();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddLine({area.x1 - 0.5F, area.y0}, {area.x1 - 0.5F, area.y1}, ui.theme->line);
    end_region();
}

} // namespace diaban::gui
