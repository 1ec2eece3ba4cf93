#include "gui/panels/import_panel.hpp"

#include "app/commands/store.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/sheet.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> kReportFiles = {".xlsx", ".xls", ".ods",    ".csv",
                                               ".tsv",  ".dbf", ".sqlite", ".txt"};
const std::vector<std::string> kStores = {".sqlite"};

std::int64_t number(std::size_t n) {
    return static_cast<std::int64_t>(n);
}

ImU32 colour_of(const Ui& ui, data::Role role) {
    switch (role) {
    case data::Role::Ignored:
        return ui.theme->faint;
    case data::Role::Refused:
        return ui.theme->warning;
    default:
        return ui.theme->accent;
    }
}

} // namespace

void ImportPanel::begin_file(Ui& ui, const fs::path& file) {
    const auto store = request_.store.empty() ? ui.document.project().data.store : request_.store;
    request_ = {.file = fs::absolute(file).lexically_normal(), .store = store};
    period_.clear();
    header_row_.clear();
    header_rows_.clear();
    words_.clear();
    bad_period_ = bad_words_ = false;
    sheet_ = 0;
    tab_ = Tab::Columns;
    suggested_.clear();
    outcome_->done.reset();
}

void ImportPanel::take_files(Ui& ui) {
    if (!ui.shell.to_import.empty()) begin_file(ui, std::exchange(ui.shell.to_import, {}));
    if (!outcome_->made_store.empty())
        request_.store = std::exchange(outcome_->made_store, {}), request_.vintage.clear();
    if (request_.store.empty()) request_.store = ui.document.project().data.store;
    if (request_.file.empty() && !asked_) {
        asked_ = true; // the file is what the assistant begins with
        ui.shell.picking =
            Picking{.title = "ui.import.choose_file",
                    .extensions = kReportFiles,
                    .then = [this](Ui& now, const fs::path& f) { begin_file(now, f); }};
    }
}

// Reads the report anew when what was asked has changed. A newer request replaces an older one.
void ImportPanel::refresh(Ui& ui) {
    if (request_.file.empty()) return;
    if (outcome_->read_for == request_) return;
    outcome_->read_for = request_;
    ui.document.jobs().run(
        {.key = "import_preview", .replace = true},
        [request = request_](base::JobContext& ctx) {
            Outcome outcome;
            outcome.read_for = request;
            try {
                outcome.preview = app::preview_of(request, ctx);
            } catch (const base::Error& error) {
                outcome.unread = error;
            }
            return outcome;
        },
        [to = outcome_](app::Document&, Outcome outcome) {
            if (!(to->read_for == outcome.read_for)) return;
            to->preview = std::move(outcome.preview);
            to->unread = std::move(outcome.unread);
        });
}

void ImportPanel::start(Ui& ui) {
    ui.document.jobs().run(
        {.key = "import", .replace = false},
        [request = request_](base::JobContext& ctx) mutable -> app::ImportReport {
            request.again = true; // the preview has said what it takes back
            return app::run(request, ctx);
        },
        [to = outcome_](app::Document& document, app::ImportReport report) {
            const fs::path store = report.request.store;
            to->done = std::move(report);
            to->read_for = {}; // the preview is of the store as it was
            if (document.project().data.store == store) {
                document.refresh();
                return;
            }
            app::DataRequest data;
            data.store = store;
            data.vintage = to->done->delivery.vintage;
            document.open_data(std::move(data), "edit.open");
        });
}

// A store with the boundaries that are open, to import into.
void ImportPanel::make_store(Ui& ui, const fs::path& file) {
    app::StoreInitRequest init;
    init.store = file;
    init.data = ui.document.project().data;
    init.data.vintage = new_vintage_;
    if (const auto dataset = ui.document.dataset()) init.title = dataset->title;
    ui.document.jobs().run(
        {.key = "store_init"},
        [init](base::JobContext& ctx) {
            // The question was asked by the file dialog.
            std::error_code none;
            fs::remove(init.store, none);
            return app::run(init, ctx);
        },
        [to = outcome_](app::Document&, const app::StoreInitReport& report) {
            to->made_store = report.store;
        });
}

void ImportPanel::draw_source(Ui& ui) {
    const float width = ImGui::GetContentRegionAvail().x;
    heading(ui, "ui.import.file");
    if (!request_.file.empty()) {
        paragraph(ui, ui.fonts.strong, ui.theme->text,
                  base::nfc(request_.file.filename().string()));
        if (ImGui::IsItemHovered()) tooltip(ui, base::nfc(request_.file.string()));
    }
    if (text_button(ui, request_.file.empty() ? "ui.import.choose" : "ui.import.other_file",
                    request_.file.empty(), true, width))
        ui.shell.picking =
            Picking{.title = "ui.import.choose_file",
                    .extensions = kReportFiles,
                    .then = [this](Ui& now, const fs::path& f) { begin_file(now, f); }};
}

void ImportPanel::draw_store(Ui& ui) {
    const float width = ImGui::GetContentRegionAvail().x;
    heading(ui, "ui.import.store");
    if (request_.store.empty())
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.import.no_store"));
    else
        paragraph(ui, ui.fonts.strong, ui.theme->text,
                  base::nfc(request_.store.filename().string()));
    ui.probe.state("import.store", request_.store.string());
    if (text_button(ui, "ui.import.other_store", false, true, width))
        ui.shell.picking = Picking{.title = "ui.import.other_store",
                                   .extensions = kStores,
                                   .then = [this](Ui&, const fs::path& file) {
                                       request_.store = fs::absolute(file).lexically_normal();
                                       request_.vintage.clear();
                                   }};
    // Without a store: one can be made from what is on the map.
    const auto dataset = ui.document.dataset();
    if (draw_running(ui, "store_init")) return;
    if (!dataset || !request_.store.empty()) return;
    if (new_vintage_.empty() && dataset->cube && !dataset->cube->periods.empty() &&
        dataset->cube->periods.front().year > 0)
        new_vintage_ = std::to_string(dataset->cube->periods.front().year);
    field(ui, "ui.import.new_vintage", new_vintage_);
    if (text_button(ui, "ui.import.make_store", false, !new_vintage_.empty(), width))
        ui.shell.picking =
            Picking{.save = true,
                    .title = "ui.import.make_store",
                    .extensions = kStores,
                    .name = base::file_name_part(dataset->title) + ".sqlite",
                    .then = [this](Ui& now, const fs::path& file) { make_store(now, file); }};
}

const app::SheetHead* ImportPanel::head(const app::ImportPreview& preview) const {
    return sheet_ < preview.sheets.size() ? &preview.sheets[sheet_] : nullptr;
}

void ImportPanel::draw_action(Ui& ui) {
    const float width = ImGui::GetContentRegionAvail().x;
    if (draw_running(ui, "import")) return;
    const auto& preview = outcome_->preview;
    const bool ready = preview && preview->report && !bad_period_ &&
                       outcome_->read_for == request_ && preview->request == request_;
    // What stays behind is said where the button is.
    std::size_t open = 0;
    if (ready) {
        const auto& findings = preview->report->findings;
        const auto problems = static_cast<std::size_t>(
            std::count_if(findings.begin(), findings.end(), [](const base::Finding& f) {
                return f.severity == base::Severity::Problem;
            }));
        const auto names = app::unanswered(*preview->report);
        open = problems + names;
        if (open > 0 && !outcome_->done)
            paragraph(ui, ui.fonts.small, ui.theme->warning,
                      ui.text("ui.import.open",
                              {{"problems", number(problems)}, {"names", number(names)}}));
    }
    if (text_button(ui, "ui.import.run", open == 0, ready, width)) start(ui);
    if (text_button(ui, "ui.export.copy_command", false,
                    !request_.file.empty() && !request_.store.empty(), width))
        put_command(ui,
                    app::to_flags(ready ? app::as_command(request_, *preview->report) : request_));
}

// The column's meaning in a button; a list of meanings below it, found by typing.
void ImportPanel::draw_meaning(Ui& ui, const app::ImportPreview& preview,
                               const app::SheetHead& head, std::size_t column) {
    const auto at = std::find_if(head.plan.columns.begin(), head.plan.columns.end(),
                                 [&](const data::PlannedColumn& c) { return c.column == column; });
    if (at == head.plan.columns.end() || at->header.empty()) return;
    const app::Language& language = ui.document.language();
    const std::string name = "import.column:" + std::to_string(column);
    const std::string text = app::meaning_text(*at, preview, language);
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(26);
    const bool clicked = ImGui::InvisibleButton(name.c_str(), {std::max(width, 1.0F), height});
    record(ui, name, at->role != data::Role::Refused);
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (hovered || (ImGui::IsItemFocused() && ui.shell.keyboard))
        list.AddRectFilled(corner, {corner.x + width, corner.y + height}, ui.theme->accent_ground,
                           ui.px(4));
    draw_icon(list, Icon::Down, {corner.x + width - ui.px(9), corner.y + height / 2}, ui.px(12),
              ui.theme->muted);
    draw_text_cut(list, ui.fonts.small, {corner.x + ui.px(2), corner.y + ui.px(5)},
                  width - ui.px(20), colour_of(ui, at->role), text);
    ui.probe.state(name, app::meaning_id(*at));
    if (hovered) tooltip(ui, at->header + " → " + text);
    const std::string popup = name + "#list";
    if (clicked && at->role != data::Role::Refused) {
        filter_.clear();
        ImGui::OpenPopup(popup.c_str());
    }
    ImGui::SetNextWindowSize({ui.px(380), ui.px(360)});
    if (!ImGui::BeginPopup(popup.c_str())) return;
    if (ImGui::IsWindowAppearing()) take_keyboard(ui);
    text_input(ui, "ui.import.find_indicator", filter_, -1, "import:find");
    draw_factors(ui, *at);
    begin_part("meanings");
    const std::string wanted = base::search_key(filter_);
    for (const auto& meaning : app::column_meanings(preview, language)) {
        if (!wanted.empty() && base::search_key(meaning.text).find(wanted) == std::string::npos)
            continue;
        const bool now = meaning.id == app::meaning_id(*at);
        if (ImGui::Selectable((meaning.text + "##" + meaning.id).c_str(), now)) {
            request_.own.columns[at->header] = meaning.id;
            ImGui::CloseCurrentPopup();
        }
        record(ui, "meaning:" + meaning.id, true, now);
    }
    ImGui::EndChild();
    ImGui::EndPopup();
}

// What the numbers of a column are in: one by one, thousands, millions, billions. Also the answer
// where the header names a unit of something else.
void ImportPanel::draw_factors(Ui& ui, const data::PlannedColumn& column) {
    const auto code = column.indicator.empty() ? column.asked : column.indicator;
    if (code.empty()) return;
    constexpr std::array kFactors = {"1", "1000", "1000000", "1000000000"};
    const auto period = column.period ? "@" + data::to_string(*column.period) : std::string();
    for (const auto* factor : kFactors) {
        const bool now = column.indicator == code && base::format_exact(column.factor) == factor;
        const auto text =
            ui.text("ui.import.factor", {{"indicator", code}, {"factor", std::string(factor)}});
        if (ImGui::Selectable((text + "##" + factor).c_str(), now)) {
            request_.own.columns[column.header] = code + period + "*" + factor;
            ImGui::CloseCurrentPopup();
        }
        record(ui, std::string("factor:") + factor, true, now);
    }
    rule(ui);
}

// The sheet as it stands, with what every column is taken for above it.
void ImportPanel::draw_columns(Ui& ui, const app::ImportPreview& preview) {
    const auto* shown = head(preview);
    if (!shown || shown->columns == 0) return;
    constexpr std::size_t kMostColumns = 60; // ImGui's limit is 64
    const std::size_t columns = std::min(shown->columns, kMostColumns);
    const ImGuiTableFlags flags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY |
                                  ImGuiTableFlags_BordersInner | ImGuiTableFlags_NoSavedSettings |
                                  ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_Resizable;
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {ui.px(6), ui.px(3)});
    if (ImGui::BeginTable("import.sheet", static_cast<int>(columns) + 1, flags)) {
        ImGui::TableSetupScrollFreeze(1, 1);
        ImGui::TableSetupColumn("#", ImGuiTableColumnFlags_WidthFixed, ui.px(44));
        for (std::size_t c = 0; c < columns; ++c)
            ImGui::TableSetupColumn(std::to_string(c).c_str(), ImGuiTableColumnFlags_WidthFixed,
                                    ui.px(158));
        ImGui::TableNextRow(0, ui.px(32));
        ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, ui.theme->panel);
        for (std::size_t c = 0; c < columns; ++c)
            if (ImGui::TableSetColumnIndex(static_cast<int>(c) + 1))
                draw_meaning(ui, preview, *shown, c);
        const auto& plan = shown->plan;
        for (std::size_t r = 0; r < shown->rows.size(); ++r) {
            const auto row = shown->numbers[r];
            const bool header = plan.header_row > 0 && row >= plan.header_row &&
                                row < plan.header_row + plan.header_rows;
            const bool title = plan.first_data_row > 0 && row < plan.first_data_row && !header;
            ImGui::TableNextRow(0, ui.px(25));
            if (header) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, ui.theme->accent_ground);
            ImGui::TableSetColumnIndex(0);
            paragraph(ui, ui.fonts.small, ui.theme->faint, std::to_string(row), -1);
            for (std::size_t c = 0; c < columns; ++c) {
                if (!ImGui::TableSetColumnIndex(static_cast<int>(c) + 1)) continue;
                const bool refused = !title && !header &&
                                     (shown->refused_cells.contains({r, c}) ||
                                      std::find(shown->refused.begin(), shown->refused.end(), c) !=
                                          shown->refused.end());
                const auto text = refused ? ui.text("ui.import.refused_cell") : shown->rows[r][c];
                if (text.empty()) continue;
                const ImVec2 at = ImGui::GetCursorScreenPos();
                const float width = ImGui::GetContentRegionAvail().x;
                const bool cut = draw_text_cut(
                    *ImGui::GetWindowDrawList(), header ? ui.fonts.label : ui.fonts.small, at,
                    width, title || refused || shown->closing[r] ? ui.theme->muted : ui.theme->text,
                    text);
                ImGui::Dummy({width, ui.px(18)});
                if (cut && ImGui::IsItemHovered()) tooltip(ui, text);
            }
        }
        ImGui::EndTable();
    }
    ImGui::PopStyleVar();
}

// Every name that is not certain with its suggestions, and a yes or no to them.
void ImportPanel::draw_names(Ui& ui, const app::ImportReport& report) {
    begin_part("import.names");
    if (report.suggestions.empty())
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.import.names_certain"));
    const bool open = !outcome_->done; // what is done is not asked about again
    for (const auto& question : report.suggestions) {
        const auto id = std::to_string(question.number);
        ImGui::PushID(static_cast<int>(question.number));
        paragraph(ui, ui.fonts.strong, ui.theme->text, app::key_text(question.key));
        ImGui::SameLine();
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.import.row", {{"row", std::int64_t{question.row}}}));
        if (question.decision) {
            const auto said = decided_text(ui, question, report);
            paragraph(ui, ui.fonts.body, ui.theme->muted, said);
            if (open &&
                tool_button(ui, "ui.import.reconsider",
                            {.icon = Icon::Undo, .label = true, .name = "name.again:" + id}))
                request_ = app::reconsidered(request_, question);
        } else {
            draw_question(ui, report, question, id);
        }
        rule(ui);
        ImGui::PopID();
    }
    ImGui::EndChild();
}

// What was decided about a name, in words.
std::string ImportPanel::decided_text(Ui& ui, const app::ImportSuggestion& question,
                                      const app::ImportReport& report) const {
    if (!*question.decision) return ui.text("ui.import.name_refused");
    for (const auto& decision : request_.decisions) {
        if (decision.alias.name != question.key.name || !decision.approved) continue;
        for (const auto unit : question.candidates)
            if (report.unit_codes[unit] == decision.alias.code)
                return "= " + report.unit_names[unit] + " (" + report.unit_codes[unit] + ")";
    }
    return ui.text("ui.import.name_approved");
}

void ImportPanel::draw_question(Ui& ui, const app::ImportReport& report,
                                const app::ImportSuggestion& question, const std::string& id) {
    auto& at = suggested_[app::key_text(question.key)];
    at = std::min(at, question.candidates.size() - 1);
    for (std::size_t k = 0; k < question.candidates.size(); ++k) {
        const auto unit = question.candidates[k];
        if (list_row(ui, {.name = "name.suggestion:" + id + ":" + std::to_string(k),
                          .text = report.unit_names[unit] + " (" + report.unit_codes[unit] + ")",
                          .selected = k == at,
                          .icon = k == at ? Icon::Check : Icon::Minus,
                          .height = 28}))
            at = k;
    }
    if (tool_button(ui, "ui.import.approve",
                    {.icon = Icon::Check, .label = true, .name = "name.approve:" + id}))
        request_ = app::answered(request_, question, at, report.unit_codes);
    ImGui::SameLine(0, ui.px(6));
    if (tool_button(ui, "ui.import.refuse",
                    {.icon = Icon::Close, .label = true, .name = "name.refuse:" + id}))
        request_ = app::answered(request_, question, std::nullopt, report.unit_codes);
}

// All of them leave the window, for whoever has to be asked.
void ImportPanel::draw_findings_tools(Ui& ui, const app::ImportReport& report) {
    if (tool_button(ui, "ui.import.save_findings", {.icon = Icon::Export, .label = true}))
        ui.shell.picking =
            Picking{.save = true,
                    .title = "ui.import.save_findings",
                    .extensions = {".csv"},
                    .name = base::file_name_part(request_.file.stem().string()) + "_findings.csv",
                    .then = [csv = app::import_report_csv(report, ui.document.language())](
                                Ui& now, const fs::path& file) {
                        try {
                            base::write_file(file, csv);
                            now.shell.notice = now.text("ui.import.saved_findings");
                        } catch (const base::Error& error) {
                            now.shell.notice = now.document.language().text(error);
                        }
                    }};
    ImGui::SameLine(0, ui.px(6));
    if (!tool_button(ui, "ui.import.copy_findings", {.icon = Icon::Copy, .label = true})) return;
    std::string text;
    for (const auto& finding : report.findings) text += ui.document.language().text(finding) + "\n";
    ImGui::SetClipboardText(text.c_str());
    ui.shell.notice = ui.text("ui.export.copied");
}

void ImportPanel::draw_findings(Ui& ui, const app::ImportReport& report) {
    const app::Language& language = ui.document.language();
    if (!report.findings.empty()) draw_findings_tools(ui, report);
    begin_part("import.findings");
    if (report.findings.empty())
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.findings.none"));
    for (const auto& group : app::finding_groups(report.findings, language)) {
        const bool info = group.severity == base::Severity::Info;
        if (!group.explanation.empty())
            paragraph(ui, ui.fonts.small, ui.theme->muted, group.explanation);
        constexpr std::size_t kShown = 200;
        for (std::size_t i = 0; i < std::min(group.findings.size(), kShown); ++i) {
            const ImVec2 at = ImGui::GetCursorScreenPos();
            draw_icon(*ImGui::GetWindowDrawList(), info ? Icon::Info : Icon::Warning,
                      {at.x + ui.px(9), at.y + ui.px(10)}, ui.px(15),
                      info ? ui.theme->muted : ui.theme->warning);
            ImGui::Indent(ui.px(26));
            paragraph(ui, ui.fonts.body, info ? ui.theme->text : ui.theme->warning,
                      language.text(*group.findings[i]));
            record(ui, "finding:" + group.key + ":" + std::to_string(i));
            ImGui::Unindent(ui.px(26));
        }
        if (group.findings.size() > kShown)
            paragraph(
                ui, ui.fonts.small, ui.theme->muted,
                ui.text("finding.import_more",
                        {{"count", number(group.findings.size() - kShown)}, {"kind", group.key}}));
        rule(ui);
    }
    ImGui::EndChild();
}

void ImportPanel::draw_changes(Ui& ui, const app::ImportReport& report) {
    begin_part("import.changes");
    const app::Language& language = ui.document.language();
    paragraph(ui, ui.fonts.strong, ui.theme->text, app::change_summary(report.changes, language));
    record(ui, "import.summary");
    if (!report.changes.imported_before.empty())
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("report.imported_before") + ": " + report.changes.imported_before);
    gap(ui, 6);
    const auto& changes = report.changes.changes;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(changes.size()), ui.px(26));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            list_row(ui, {.name = "change:" + std::to_string(i),
                          .text = app::change_text(changes[static_cast<std::size_t>(i)], report,
                                                   language),
                          .indent = 0,
                          .height = 26});
    ImGui::EndChild();
}

void ImportPanel::draw_tabs(Ui& ui, const app::ImportPreview& preview) {
    const auto* report = outcome_->done   ? &*outcome_->done
                         : preview.report ? &*preview.report
                                          : nullptr;
    const auto tab = [&](Tab which, std::string_view key, bool enabled) {
        if (tool_button(ui, key, {.label = true, .on = tab_ == which, .enabled = enabled}))
            tab_ = which;
        ImGui::SameLine(0, ui.px(4));
    };
    const auto counted = [&](std::size_t count) {
        if (count == 0) return;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        draw_text(*ImGui::GetWindowDrawList(), ui.fonts.label, {at.x, at.y + ui.px(9)},
                  ui.theme->warning, ui.document.language().count(count));
        ImGui::Dummy({ui.px(20), ui.px(kButton)});
        ImGui::SameLine(0, ui.px(4));
    };
    tab(Tab::Columns, "ui.import.tab_columns", true);
    tab(Tab::Names, "ui.import.tab_names", report != nullptr);
    counted(report ? app::unanswered(*report) : 0);
    tab(Tab::Findings, "ui.import.tab_findings", report != nullptr);
    counted(report ? report->findings.size() : 0);
    tab(Tab::Changes, "ui.import.tab_changes", report != nullptr);
    ImGui::NewLine();
    if (preview.problem && !outcome_->done)
        paragraph(ui, ui.fonts.body, ui.theme->error,
                  ui.document.language().text(*preview.problem));
    if (report) {
        paragraph(ui, ui.fonts.body, ui.theme->muted,
                  ui.text("ui.import.rows", {{"rows", number(report->rows())},
                                             {"matched", number(report->unit_rows())},
                                             {"vintage", report->delivery.vintage}}));
        if (outcome_->done)
            paragraph(ui, ui.fonts.strong, ui.theme->text, ui.text(app::said_of(*report)));
    }
    gap(ui, 4);
    if (tab_ == Tab::Columns || !report)
        draw_columns(ui, preview);
    else if (tab_ == Tab::Names)
        draw_names(ui, *report);
    else if (tab_ == Tab::Findings)
        draw_findings(ui, *report);
    else
        draw_changes(ui, *report);
}

void ImportPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    take_files(ui);
    refresh(ui);
    const auto questions = [&] {
        draw_source(ui);
        draw_store(ui);
        if (outcome_->preview) draw_reading(ui, *outcome_->preview);
    };
    const auto content = [&] {
        if (outcome_->unread)
            paragraph(ui, ui.fonts.body, ui.theme->error,
                      ui.document.language().text(*outcome_->unread));
        else if (outcome_->preview)
            draw_tabs(ui, *outcome_->preview);
        else
            paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.import.hint"));
    };
    draw_sheet(ui, "import", "ui.import", area, {questions, [&] { draw_action(ui); }, content});
    const auto& done = outcome_->done;
    ui.probe.state("import.done",
                   done ? app::change_summary(done->changes, ui.document.language()) : "");
}

} // namespace diaban::gui
