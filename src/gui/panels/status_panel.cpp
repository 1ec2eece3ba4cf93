#include "gui/panels/status_panel.hpp"

#include "app/commands/map.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>

namespace diaban::gui {
namespace {

constexpr std::array kVoices{app::StatusVoice::Counts, app::StatusVoice::Report,
                             app::StatusVoice::Rule};
constexpr std::array kDomains{app::Domains::Drug, app::Domains::Prostitution};

void group_rows(Ui& ui, const std::string& prefix, const std::vector<app::StatusGroup>& groups,
                bool warning = false) {
    for (const auto& group : groups) {
        if (list_row(ui, {.name = prefix + group.code,
                          .text = group.text,
                          .trailing = ui.document.language().count(group.units.size()),
                          .muted = group.units.empty(),
                          .warning = warning,
                          .indent = 0,
                          .height = 28}))
            choose_units(ui, group.units);
        ui.probe.state(prefix + group.code, static_cast<double>(group.units.size()));
    }
}

} // namespace

bool shows_statuses(Ui& ui) {
    return ui.shell.statuses && ui.document.shows_result(ui.shell.statuses_serial);
}

app::StatusRequest map_of_statuses(Ui& ui) {
    auto request = *ui.shell.statuses;
    const auto& project = ui.document.project();
    request.lines = project.lines;
    request.hidden_kinds = {project.hidden_kinds.begin(), project.hidden_kinds.end()};
    request.compare_rule.clear(); // is in the panel, not on the map
    request.compare_period = {};
    return request;
}

app::StatusRequest StatusPanel::wanted(Ui& ui) const {
    const auto& project = ui.document.project();
    app::StatusRequest request;
    request.data = project.data;
    if (project.across == app::Across::Carried) request.across = project.across;
    if (const auto* styled = ui.document.styled()) request.period = styled->choice.period;
    request.rule = project.rule.name();
    request.classification = app::Classification::Internal; // nothing leaves
    // A rule speaks of one domain; without one the panel says which.
    if (request.rule.empty()) request.domains = domain_;
    const auto dataset = ui.document.dataset();
    if (!request.rule.empty()) {
        request.compare_rule = project.compare_rule.name();
        if (compare_year_ > 0 && dataset && compare_year_ <= dataset->cube->periods.size())
            request.compare_period = dataset->cube->periods[compare_year_ - 1];
        // The year of the map itself and no other rule: there is nothing to compare.
        if (request.compare_rule.empty() && request.compare_period == request.period)
            request.compare_period = {};
    }
    return request;
}

void StatusPanel::refresh(Ui& ui) {
    const auto dataset = ui.document.dataset();
    const auto request = wanted(ui);
    const auto& code = ui.document.language().code();
    if (read_at_ != ui.document.revision()) { // what the queries of a rule look at
        read_at_ = ui.document.revision();
        sources_ =
            request.rule.empty() ? app::QuerySources() : app::query_sources(ui.document.project());
    }
    if (asked_ == request && asked_on_ == dataset && asked_in_ == code && asked_with_ == sources_)
        return;
    asked_with_ = sources_;
    asked_ = request;
    asked_on_ = dataset;
    asked_in_ = code;
    ui.document.jobs().run(
        {.key = "status", .replace = true},
        [request, dataset, code, sources = sources_](base::JobContext& ctx) {
            Outcome out{.request = request, .dataset = dataset, .language = code};
            try {
                out.report = std::make_shared<app::StatusReport>(
                    app::run(request, dataset, *app::Language::load(code), ctx, &sources));
            } catch (const base::Error& error) {
                out.error = error;
            }
            return out;
        },
        [to = outcome_](app::Document&, Outcome outcome) { *to = std::move(outcome); });
}

// Keeps what is on the map in step with the choice.
void StatusPanel::show(Ui& ui) {
    const auto* report = outcome_->report.get();
    if (!on_map_ || !report || outcome_->dataset != ui.document.dataset()) return;
    if (shown_ == report && shown_voice_ == voice_ && ui.document.shows_result(shown_serial_))
        return;
    ui.attempt([&] {
        ui.document.show_result(app::status_map(*report, voice_, ui.document.language()));
        shown_serial_ = ui.document.shown()->serial;
        auto request = outcome_->request;
        request.voice = voice_;
        ui.shell.statuses = std::make_shared<const app::StatusRequest>(std::move(request));
        ui.shell.statuses_serial = shown_serial_;
    });
    shown_ = report;
    shown_voice_ = voice_;
}

void StatusPanel::draw_rules(Ui& ui) {
    const auto& project = ui.document.project();
    const auto& code = ui.document.language().code();
    if (rules_.empty() || rules_for_.data.store != project.data.store ||
        rules_for_.rule != project.rule || rules_for_.compare_rule != project.compare_rule ||
        rules_in_ != code) {
        ui.attempt([&] { rules_ = app::known_rules(project, ui.document.language()); });
        rules_for_ = project;
        rules_in_ = code;
    }
    std::vector<std::string> names{ui.text("ui.status.no_rule")};
    for (const auto& entry : rules_) names.push_back(entry.text);
    const auto index = [&](const app::RuleChoice& choice) {
        for (std::size_t i = 0; i < rules_.size(); ++i)
            if (rules_[i].choice == choice) return i + 1;
        return std::size_t{0};
    };
    app::Project next = project;
    std::size_t at = index(project.rule);
    if (choice(ui, "ui.status.rule", at, names)) {
        next.rule = at == 0 ? app::RuleChoice{} : rules_[at - 1].choice;
        if (at == 0) next.compare_rule = {};
        voice_ = at == 0 ? app::StatusVoice::Counts : app::StatusVoice::Rule;
    }
    if (text_button(ui, "ui.status.open_rule"))
        ui.shell.picking =
            Picking{.title = "ui.status.open_rule",
                    .extensions = {".json"},
                    .then = [](Ui& now, const std::filesystem::path& file) {
                        app::Project opened = now.document.project();
                        opened.rule = {"", std::filesystem::absolute(file).lexically_normal()};
                        now.document.edit(std::move(opened), "edit.rule");
                    }};
    ImGui::SameLine();
    if (text_button(ui, "ui.status.score_sheet")) show_panel(ui, "score_sheet");
    if (!project.rule.empty()) {
        names.front() = ui.text("ui.status.same_rule");
        std::size_t other = index(project.compare_rule);
        if (choice(ui, "ui.status.compare_rule", other, names))
            next.compare_rule = other == 0 ? app::RuleChoice{} : rules_[other - 1].choice;
        std::vector<std::string> years{ui.text("ui.status.same_year")};
        for (const auto& period : ui.document.dataset()->cube->periods)
            years.push_back(data::to_string(period));
        choice(ui, "ui.status.compare_year", compare_year_, years);
    }
    if (!(next == project)) ui.document.edit(std::move(next), "edit.rule");
}

void StatusPanel::draw_voices(Ui& ui) {
    const auto* report = outcome_->report.get();
    const bool ruled = report && report->rule.has_value();
    std::vector<std::string> names;
    for (const auto voice : kVoices)
        if (voice != app::StatusVoice::Rule || ruled)
            names.push_back(ui.text("voice." + std::string(to_string(voice))));
    auto at = static_cast<std::size_t>(voice_);
    if (at >= names.size()) at = 0;
    if (choice(ui, "ui.status.voice", at, names)) voice_ = kVoices[at];
    if (!ruled) {
        std::vector<std::string> domains;
        for (const auto domain : kDomains)
            domains.push_back(
                ui.text(domain == app::Domains::Drug ? "ui.moves.drug" : "ui.moves.prostitution"));
        std::size_t domain = domain_ == app::Domains::Drug ? 0 : 1;
        if (choice(ui, "ui.status.domain", domain, domains)) domain_ = kDomains[domain];
    }
    if (check(ui, "ui.status.on_map", on_map_) && !on_map_) {
        ui.document.show_result(std::nullopt);
        shown_ = nullptr;
    }
    if (!report) return;
    group_rows(ui, "status:", app::status_groups(*report, voice_, ui.document.language()));
    group_rows(ui, "status:", app::status_doubts(*report, ui.document.language()), true);
    group_rows(ui, "status:", app::status_nearest(*report, ui.document.language()));
}

// Two versions, or two years, side by side: what changed, and because of what.
void StatusPanel::draw_changes(Ui& ui) {
    const auto* report = outcome_->report.get();
    if (!report || report->changes.empty()) return;
    heading(ui, "ui.status.changes");
    group_rows(ui, "cause:", app::change_groups(*report, ui.document.language()));
    gap(ui, 4);
    const auto lines = app::change_lines(*report, ui.document.language());
    constexpr std::size_t kShown = 100;
    for (std::size_t i = 0; i < std::min(lines.size(), kShown); ++i)
        if (list_row(ui, {.name = "changed:" + std::to_string(i),
                          .text = lines[i].second,
                          .indent = 0,
                          .height = 26}))
            show_unit(ui, lines[i].first, true);
}

// The rule's result becomes one of the voices of the store.
void StatusPanel::keep(Ui& ui) {
    auto request = wanted(ui);
    request.keep = true;
    ui.document.jobs().run(
        {.key = "status_keep"},
        [request, dataset = ui.document.dataset(), sources = sources_,
         code = ui.document.language().code()](base::JobContext& ctx) {
            app::run(request, dataset, *app::Language::load(code), ctx, &sources);
            return true;
        },
        [](app::Document& document, bool) { document.refresh(); });
}

void StatusPanel::draw_keep(Ui& ui) {
    const auto* report = outcome_->report.get();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool ruled = report && report->rule.has_value();
    if (draw_running(ui, "status_keep")) return;
    if (ruled &&
        text_button(ui, "ui.status.keep", true, !ui.document.project().data.store.empty(), width))
        keep(ui);
    if (text_button(ui, "ui.export.copy_command", false, true, width)) {
        auto copied = wanted(ui);
        copied.classification = app::Classification::Public;
        auto flags = app::to_flags(copied);
        const auto queries = ruled ? app::queries_of(*report->rule) : std::vector<std::string>();
        for (const auto& query : queries)
            if (const auto more =
                    app::source_flags(data::parse_query(query), sources_, ui.document.file());
                !more.empty()) {
                flags.insert(flags.end(), more.begin(), more.end());
                break;
            }
        put_command(ui, flags);
    }
}

void StatusPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "status", "ui.statuses", area, overlay);
    const auto dataset = ui.document.dataset();
    if (dataset && dataset->cube && ui.document.styled()) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
        refresh(ui);
        show(ui);
        draw_rules(ui);
        if (outcome_->error)
            paragraph(ui, ui.fonts.small, ui.theme->error,
                      ui.document.language().text(*outcome_->error));
        else if (outcome_->report)
            for (const auto& finding : outcome_->report->findings)
                if (finding.key.starts_with("rule_"))
                    paragraph(ui, ui.fonts.small, ui.theme->warning,
                              ui.document.language().text(finding));
        draw_voices(ui);
        draw_changes(ui);
        gap(ui, 4);
        draw_keep(ui);
        ImGui::PopStyleVar();
    }
    end_right_panel(ui, area);
}

} // namespace diaban::gui
