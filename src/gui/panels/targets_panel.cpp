#include "gui/panels/targets_panel.hpp"

#include "app/commands/map.hpp"
#include "app/commands/status.hpp"
#include "app/plan_file.hpp"
#include "base/text.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/sheet.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

constexpr float kTargetsBar = 42; // height of the line above the table
constexpr int kColumns = 7;
constexpr float kWideLines = 1050; // room for every column of the table as it likes

Icon icon_of(data::TargetState state) {
    switch (state) {
    case data::TargetState::Achieved:
        return Icon::Check;
    case data::TargetState::OnTrack:
        return Icon::Right;
    case data::TargetState::Behind:
        return Icon::Warning;
    case data::TargetState::NoData:
    case data::TargetState::NotApplicable:
    case data::TargetState::NotDue:
        break;
    }
    return Icon::Minus;
}

ImU32 colour_of(const Ui& ui, data::TargetState state) {
    switch (state) {
    case data::TargetState::Achieved:
    case data::TargetState::OnTrack:
        return ui.theme->accent;
    case data::TargetState::Behind:
        return ui.theme->warning;
    case data::TargetState::NoData:
    case data::TargetState::NotApplicable:
    case data::TargetState::NotDue:
        break;
    }
    return ui.theme->faint;
}

} // namespace

app::TargetsRequest TargetsPanel::wanted(Ui& ui) const {
    app::TargetsRequest request;
    request.data = ui.document.project().data;
    request.plan = plan_;
    request.totals = totals_;
    request.rule = ui.document.project().rule.name();
    if (const auto* styled = ui.document.styled()) request.period = styled->choice.period;
    return request;
}

// The plan is held against the year on the map, whenever one of them changes.
void TargetsPanel::refresh(Ui& ui) {
    if (plan_.empty()) return;
    Outcome next{.request = wanted(ui),
                 .dataset = ui.document.dataset(),
                 .language = ui.document.language().code()};
    if (same(next, asked_)) return;
    asked_ = next;
    ui.document.jobs().run(
        {.key = "targets", .replace = true},
        [next](base::JobContext& ctx) {
            Outcome out = next;
            const auto language = app::Language::load(out.language);
            try {
                auto request = out.request;
                request.classification = app::Classification::Internal; // nothing leaves
                const auto report = app::run(request, out.dataset, *language, ctx);
                out.title = app::targets_title(report, *language);
                out.lines = app::target_lines(report, *language);
                out.nearest = report.nearest;
                for (const auto& miss : report.misses)
                    out.reasons.push_back(app::nearest_line(miss, *language));
                for (const auto& finding : report.findings)
                    out.findings.push_back(language->text(finding));
            } catch (const base::Error& error) {
                out.error = error;
            }
            return out;
        },
        [to = outcome_](app::Document&, Outcome outcome) { *to = std::move(outcome); });
}

void TargetsPanel::choose_export(Ui& ui) {
    ui.shell.picking =
        Picking{.save = true,
                .title = "ui.targets.export",
                .extensions = {".xlsx", ".ods", ".csv", ".html"},
                .name = base::file_name_part(fs::path(plan_).stem().string()) + "_" +
                        data::to_string(asked_.request.period) + ".xlsx",
                .then = [asked = asked_, said = said_](Ui& now, const fs::path& file) {
                    now.document.jobs().run(
                        {.key = "targets_export"},
                        [asked, file](base::JobContext& ctx) {
                            auto request = asked.request;
                            request.out = file;
                            return app::run(request, asked.dataset,
                                            *app::Language::load(asked.language), ctx)
                                .files;
                        },
                        [said, text = now.text("ui.targets.exported",
                                               {{"file", file.filename().string()}})](
                            app::Document&, const std::vector<fs::path>&) { *said = text; });
                }};
}

void TargetsPanel::draw_bar(Ui& ui, const Rect& area) {
    auto plans = plans_;
    plans.insert(plans.end(), own_.begin(), own_.end());
    std::vector<std::string> names;
    for (const auto& plan : plans) names.push_back(named(ui, plan).title);
    auto at =
        static_cast<std::size_t>(std::find(plans.begin(), plans.end(), plan_) - plans.begin());
    ImGui::SetCursorScreenPos({area.x0 + ui.px(kPad), area.y0 + ui.px(4)});
    if (small_choice(ui, "ui.targets.plan", at, names, ui.px(230))) plan_ = plans[at];
    ImGui::SameLine(0, ui.px(6));
    if (tool_button(ui, "ui.targets.open", {.icon = Icon::Folder, .label = true}))
        ui.shell.picking = Picking{.title = "ui.targets.open",
                                   .extensions = {".json"},
                                   .then = [this](Ui&, const fs::path& file) {
                                       plan_ = file.string();
                                       if (std::find(own_.begin(), own_.end(), plan_) == own_.end())
                                           own_.push_back(plan_);
                                   }};
    ImGui::SameLine(0, ui.px(6));
    if (tool_button(ui, "ui.targets.totals",
                    {.icon = Icon::File, .label = true, .on = !totals_.empty()}))
        ui.shell.picking = Picking{.title = "ui.targets.totals",
                                   .extensions = {".csv", ".xlsx", ".ods", ".tsv"},
                                   .then = [this](Ui&, const fs::path& file) { totals_ = file; }};
    if (!totals_.empty()) {
        ImGui::SameLine(0, ui.px(2));
        if (tool_button(ui, "ui.targets.no_totals",
                        {.icon = Icon::Close, .name = "targets.no_totals"}))
            totals_.clear();
    }
    ImGui::SameLine(0, ui.px(6));
    if (tool_button(ui, "ui.targets.export",
                    {.icon = Icon::Export,
                     .label = true,
                     .enabled = !plan_.empty() && !outcome_->lines.empty() && !outcome_->error}))
        choose_export(ui);
    ImGui::SameLine(0, ui.px(6));
    if (tool_button(ui, "ui.export.copy_command",
                    {.icon = Icon::Copy, .enabled = !plan_.empty()}))
        put_command(ui, app::to_flags(wanted(ui)));
}

// Whose plan it is that counts, only the user knows.
void TargetsPanel::ask_plan(Ui& ui) {
    paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.targets.ask_plan"));
    gap(ui, 4);
    for (std::size_t i = 0; i < plans_.size(); ++i) {
        const Named& name = named(ui, plans_[i]);
        if (list_row(ui, {.name = "plan:" + std::to_string(i),
                          .text = name.title + (name.document.empty() ? "" : " · " + name.document),
                          .icon = Icon::Target,
                          .indent = 0}))
            plan_ = plans_[i];
    }
}

const TargetsPanel::Named& TargetsPanel::named(Ui& ui, const std::string& plan) {
    const app::Language& language = ui.document.language();
    if (named_in_ != language.code()) named_.clear(), named_in_ = language.code();
    const auto known = named_.find(plan);
    if (known != named_.end()) return known->second;
    Named name{fs::path(plan).stem().string(), ""};
    try {
        const auto read = app::plan_named(plan, ui.document.project().data.store);
        name = {app::plan_title(read, language), read.document};
    } catch (const base::Error&) {
        // What is wrong with it is said when it is chosen.
    }
    return named_.emplace(plan, std::move(name)).first->second;
}

void TargetsPanel::draw_lines(Ui& ui) {
    const ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH |
                                  ImGuiTableFlags_Resizable | ImGuiTableFlags_NoSavedSettings;
    // Where there is little room the sentence of a target comes before the words beside it.
    const bool wide = ImGui::GetContentRegionAvail().x > ui.px(kWideLines);
    if (!ImGui::BeginTable("targets", kColumns, flags)) return;
    ImGui::TableSetupScrollFreeze(0, 1);
    const auto column = [&](const char* key, float width, bool stretch = false) {
        ImGui::TableSetupColumn((ui.text(key) + "##" + key).c_str(),
                                stretch ? ImGuiTableColumnFlags_WidthStretch
                                        : ImGuiTableColumnFlags_WidthFixed,
                                stretch ? 1 : ui.px(width));
    };
    column("ui.targets.state", wide ? 190.0F : 132.0F); // "not due until 2015-12-31"
    column("ui.targets.id", 66);
    column("ui.targets.text", 0, true);
    column("ui.targets.asked", wide ? 110.0F : 84.0F);
    column("ui.targets.reached", wide ? 190.0F : 132.0F);
    column("ui.targets.required", 92);
    column("ui.targets.needed", 92);
    ImGui::PushFont(ui.fonts.strong);
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme->muted);
    ImGui::TableHeadersRow();
    ImGui::PopStyleColor();
    ImGui::PopFont();
    for (const auto& line : outcome_->lines) {
        ImGui::TableNextRow(0, ui.px(kTableRow));
        ImGui::TableSetColumnIndex(0);
        const ImVec2 at = ImGui::GetCursorScreenPos(), local = ImGui::GetCursorPos();
        if (ImGui::Selectable(("##" + line.id).c_str(), false, ImGuiSelectableFlags_SpanAllColumns,
                              {0, ui.px(kTableRow - 8)}) &&
            !line.lost.empty())
            choose_units(ui, {line.lost.begin(), line.lost.end()});
        record(ui, "target:" + line.id);
        ui.probe.state("target:" + line.id, data::to_string(line.at));
        ui.probe.state("target.needed:" + line.id, line.needed);
        if (ImGui::IsItemHovered())
            tooltip(ui,
                    line.id + " · " + line.text + "\n" + line.state +
                        (line.missing.empty()
                             ? std::string()
                             : "\n" + ui.text("targets.missing", {{"list", line.missing}})) +
                        (line.settled ? "\n" + line.reached : std::string()) +
                        (line.lost.empty() ? std::string() : "\n" + ui.text("ui.targets.lost")));
        ImGui::SetCursorPos(local);
        const ImU32 ink = colour_of(ui, line.at);
        draw_icon(*ImGui::GetWindowDrawList(), icon_of(line.at), {at.x + ui.px(8), at.y + ui.px(9)},
                  ui.px(15), ink);
        draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.body, {at.x + ui.px(22), at.y},
                      ImGui::GetContentRegionAvail().x - ui.px(22), ink, line.state);
        const std::string* texts[] = {&line.id,      &line.text,     &line.asked,
                                      &line.reached, &line.required, &line.needed};
        for (int c = 1; c < kColumns; ++c) {
            if (!ImGui::TableSetColumnIndex(c)) continue;
            const auto& text = *texts[c - 1];
            const float width = ImGui::GetContentRegionAvail().x;
            const bool number = c >= 5;
            const float words = text_size(ui.fonts.body, text).x;
            const ImVec2 corner = ImGui::GetCursorScreenPos();
            draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.body,
                          {number && words < width ? corner.x + width - words : corner.x, corner.y},
                          width, ui.theme->text, text);
        }
    }
    ImGui::EndTable();
}

void TargetsPanel::draw_nearest(Ui& ui) {
    const auto dataset = ui.document.dataset();
    heading(ui, "ui.targets.nearest");
    const auto& nearest = outcome_->nearest;
    if (nearest.empty()) {
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.targets.no_nearest"));
        return;
    }
    if (list_row(ui, {.name = "nearest.all",
                      .text = ui.text("ui.targets.select_nearest"),
                      .trailing = ui.document.language().count(nearest.size()),
                      .icon = Icon::Check,
                      .indent = 0,
                      .height = 28}))
        choose_units(ui, {nearest.begin(), nearest.end()});
    const auto& units = dataset->vintage->units;
    for (std::size_t k = 0; k < nearest.size(); ++k) {
        const auto unit = nearest[k];
        if (unit >= units.size()) continue; // of data that has just been replaced
        if (list_row(ui, {.name = "nearest:" + units.code[unit],
                          .text = unit_name(units, unit),
                          .trailing = units.code[unit],
                          .indent = 0,
                          .height = 26}))
            show_unit(ui, unit, true);
        if (k >= outcome_->reasons.size()) continue;
        ui.probe.state("nearest.why:" + units.code[unit], outcome_->reasons[k]);
        paragraph(ui, ui.fonts.small, ui.theme->muted, outcome_->reasons[k]);
    }
}

void TargetsPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_region(ui, "targets", area, {.padding = {kPad, 4}});
    if (listed_for_ != ui.document.dataset()) {
        listed_for_ = ui.document.dataset();
        const auto& data = ui.document.project().data;
        ui.attempt([&] { plans_ = app::known_plans(data.store); });
        named_.clear();
        // The plan of one province says nothing about another.
        const auto& source = data.store.empty() ? data.boundaries : data.store;
        if (std::exchange(source_, source) != source) plan_.clear(), totals_.clear();
    }
    refresh(ui);
    if (!said_->empty()) ui.shell.notice = std::exchange(*said_, {});
    draw_bar(ui, area);
    const float lists = std::min(ui.px(290), area.width() * 0.28F);
    const float top = area.y0 + ui.px(kTargetsBar), height = area.y1 - top - ui.px(4);
    ImGui::SetCursorScreenPos({area.x0 + ui.px(kPad), top});
    begin_part("targets.lines", {area.width() - lists - ui.px(kPad + 24), height});
    if (plan_.empty()) {
        ask_plan(ui);
    } else if (outcome_->error) {
        paragraph(ui, ui.fonts.body, ui.theme->error,
                  ui.document.language().text(*outcome_->error));
    } else if (!outcome_->lines.empty()) {
        paragraph(ui, ui.fonts.strong, ui.theme->text, outcome_->title);
        record(ui, "targets.title");
        draw_lines(ui);
    }
    ImGui::EndChild();
    ImGui::SetCursorScreenPos({area.x1 - lists, area.y0 + ui.px(2)});
    begin_part("targets.nearest", {lists - ui.px(8), area.height() - ui.px(6)});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(2)});
    if (!plan_.empty() && !outcome_->error) draw_nearest(ui);
    for (const auto& finding : outcome_->findings)
        paragraph(ui, ui.fonts.small, ui.theme->warning, finding);
    ImGui::PopStyleVar();
    ImGui::EndChild();
    column_line(ui, area.x1 - lists - ui.px(12), area.y0 + ui.px(8), area.y1 - ui.px(8));
    end_region();
}

} // namespace diaban::gui
