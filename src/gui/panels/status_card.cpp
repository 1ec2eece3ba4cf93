#include "gui/panels/status_card.hpp"

#include "app/commands/store_records.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/registry.hpp"
#include "gui/style_cache.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>

namespace diaban::gui {
namespace {

constexpr std::array kStatuses{data::Status::None,   data::Status::Present, data::Status::Hot,
                               data::Status::Hot3,   data::Status::Hot2,    data::Status::Hot1,
                               data::Status::Unknown};

app::Domains domains_of(data::Domain domain) {
    return domain == data::Domain::Drug ? app::Domains::Drug : app::Domains::Prostitution;
}

// Writes a decision into the store, or takes it back; the map follows.
void decide(Ui& ui, app::OverrideRequest request) {
    ui.document.jobs().run(
        {.key = "override", .replace = false},
        [request = std::move(request)](base::JobContext& ctx) { return app::run(request, ctx); },
        [](app::Document& document, const app::RecordsReport&) { document.refresh(); });
}

app::OverrideRequest request_for(Ui& ui, const app::Dataset& dataset, std::size_t unit,
                                 data::Domain domain) {
    app::OverrideRequest request;
    request.store = dataset.request.store;
    request.vintage = dataset.vintage->id;
    request.code = dataset.vintage->units.code[unit];
    request.period = ui.document.styled()->choice.period;
    request.domain = domains_of(domain);
    return request;
}

void draw_voices(Ui& ui, const app::Dataset& dataset, std::size_t unit,
                 const app::StatusCard::Domain& domain) {
    paragraph(ui, ui.fonts.strong, ui.theme->text, domain.title);
    paragraph(ui, ui.fonts.small, ui.theme->muted, domain.span);
    const std::string prefix = "voice:" + std::string(data::to_string(domain.domain));
    for (const auto& voice : domain.voices) {
        const std::string text = (voice.counts ? "● " : "○ ") + voice.text;
        paragraph(ui, ui.fonts.small, voice.counts ? ui.theme->text : ui.theme->muted, text);
        record(ui, prefix + ":" + std::string(data::to_string(voice.source)));
        ui.probe.state(prefix + ":" + std::string(data::to_string(voice.source)), voice.text);
    }
    if (domain.disagree) {
        paragraph(ui, ui.fonts.small, ui.theme->warning, ui.text("ui.card.disagree"));
        record(ui, prefix + ":disagree");
    }
    if (!domain.overridden) return;
    if (tool_button(ui, "ui.card.take_back",
                    {.icon = Icon::Undo, .label = true, .name = prefix + ".take_back"})) {
        auto request = request_for(ui, dataset, unit, domain.domain);
        request.action = app::RecordAction::Remove;
        decide(ui, std::move(request));
    }
}

// Status, reason and author; neither of the last two may be empty.
void draw_draft(Ui& ui, const app::Dataset& dataset, const app::StatusCard& card,
                std::size_t unit) {
    auto& draft = ui.shell.override_draft;
    if (draft.unit != unit) draft = {.open = false, .unit = unit, .author = draft.author};
    if (!draft.open) {
        if (text_button(ui, "ui.card.decide", false, !dataset.request.store.empty())) {
            draft.open = true;
            ui.animating = true;
        }
        if (dataset.request.store.empty() && ImGui::IsItemHovered())
            tooltip(ui, ui.text("ui.card.decide_needs_store"));
        return;
    }
    std::vector<std::string> domains, statuses;
    for (const auto& domain : card.domains) domains.push_back(domain.title);
    for (const auto status : kStatuses)
        statuses.push_back(app::status_text(status, ui.document.language()));
    draft.domain = std::min(draft.domain, domains.size() - 1);
    if (domains.size() > 1) choice(ui, "ui.status.domain", draft.domain, domains);
    choice(ui, "ui.card.status", draft.status, statuses);
    field(ui, "ui.card.reason", draft.reason);
    field(ui, "ui.card.author", draft.author);
    if (text_button(ui, "ui.card.save_decision", true,
                    !draft.reason.empty() && !draft.author.empty())) {
        auto request = request_for(ui, dataset, unit, card.domains[draft.domain].domain);
        request.action = app::RecordAction::Add;
        request.status = data::to_string(kStatuses[draft.status]);
        request.reason = draft.reason;
        request.author = draft.author;
        decide(ui, std::move(request));
        draft = {.open = false, .unit = unit, .author = draft.author};
    }
    ImGui::SameLine();
    if (text_button(ui, "ui.file.cancel")) draft.open = false;
}

// Which agency or post answers for the commune, with its dates.
void draw_agencies(Ui& ui, const app::StatusCard& card) {
    if (card.agencies.empty()) return;
    heading(ui, "ui.card.agencies");
    for (std::size_t i = 0; i < card.agencies.size(); ++i) {
        const auto& agency = card.agencies[i];
        const std::string name = "agency:" + std::to_string(i);
        paragraph(ui, ui.fonts.small, agency.now ? ui.theme->text : ui.theme->muted,
                  (agency.now ? "● " : "○ ") + agency.text);
        record(ui, name);
        ui.probe.state(name, agency.text);
    }
    gap(ui, 3);
}

void draw_why(Ui& ui, const app::StatusCard& card) {
    heading(ui, "ui.card.why");
    paragraph(ui, ui.fonts.small, ui.theme->muted, card.rule);
    paragraph(ui, ui.fonts.strong, ui.theme->text, card.verdict);
    record(ui, "why.verdict");
    ui.probe.state("why.verdict", card.verdict);
    for (std::size_t i = 0; i < card.lines.size(); ++i) {
        const auto& line = card.lines[i];
        if (line.kind == app::WhyLine::Kind::Heading) {
            gap(ui, 2);
            paragraph(ui, ui.fonts.label, ui.theme->text, line.text);
            continue;
        }
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const bool yes = line.met == data::Flag::Yes, no = line.met == data::Flag::No;
        draw_icon(*ImGui::GetWindowDrawList(),
                  yes  ? Icon::Check
                  : no ? Icon::Minus
                       : Icon::Info,
                  {at.x + ui.px(7), at.y + ui.px(9)}, ui.px(13),
                  yes ? ui.theme->accent : ui.theme->faint);
        ImGui::Indent(ui.px(20));
        paragraph(ui, ui.fonts.small, ui.theme->text, line.text);
        record(ui, "why:" + std::to_string(i));
        ui.probe.state("why:" + std::to_string(i), line.text);
        if (!line.source.empty()) {
            paragraph(ui, ui.fonts.tiny, ui.theme->muted, line.source);
            ui.probe.state("why.source:" + std::to_string(i), line.source);
        }
        ImGui::Unindent(ui.px(20));
    }
}

} // namespace

void draw_status_card(Ui& ui, std::size_t unit) {
    const auto dataset = ui.document.dataset();
    const app::StatusCard* card = ui.styles.status_card(ui.document, unit);
    if (!card || (card->domains.empty() && card->rule.empty() && card->agencies.empty())) return;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(3)});
    gap(ui, 6);
    draw_agencies(ui, *card);
    if (card->domains.empty() && card->rule.empty()) return ImGui::PopStyleVar();
    heading(ui, "ui.card.status_heading");
    for (const auto& domain : card->domains) draw_voices(ui, *dataset, unit, domain);
    if (!card->domains.empty()) {
        gap(ui, 3);
        draw_draft(ui, *dataset, *card, unit);
    }
    if (!card->rule.empty())
        draw_why(ui, *card);
    else if (link(ui, "card.choose_rule", ui.text("ui.card.choose_rule")))
        show_panel(ui, "status");
    ImGui::PopStyleVar();
}

} // namespace diaban::gui
