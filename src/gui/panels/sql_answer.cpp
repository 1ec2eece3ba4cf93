// The answer of the SQL panel: what was refused or stopped, or the rows.
#include "gui/panels/panels.hpp"
#include "gui/panels/sql_panel.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

constexpr std::size_t kMostSqlColumns = 60; // Dear ImGui tables hold 64
constexpr std::size_t kMeasuredRows = 100;  // that the widths of columns are made for
constexpr std::size_t kShownBytes = 240;    // of a text in a cell; a tooltip has more
constexpr std::size_t kTooltipBytes = 2000;

// The beginning of a text, whole letters, on one line.
std::string beginning(std::string_view text, std::size_t most, bool one_line) {
    std::string out(text.substr(0, most));
    if (text.size() > most) {
        while (!out.empty() && (static_cast<unsigned char>(text[out.size()]) & 0xC0) == 0x80)
            out.pop_back();
        out += "…";
    }
    if (one_line)
        std::replace_if(
            out.begin(), out.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; },
            ' ');
    return out;
}

// What a cell shows, however long it is.
std::string shown_cell(const files::SheetCell& cell, const app::Language& language,
                       std::size_t most = kShownBytes, bool one_line = true) {
    if (const auto* text = std::get_if<std::string>(&cell)) return beginning(*text, most, one_line);
    return app::cell_text(cell, language);
}

} // namespace

// How wide each column is, and which are of numbers.
void SqlPanel::measure(Ui& ui) {
    if (measured_ == outcome_->run) return;
    measured_ = outcome_->run;
    const auto& answer = outcome_->report->answer;
    const auto columns = std::min(answer.columns.size(), kMostSqlColumns);
    widths_.assign(columns, 0);
    numeric_.assign(columns, false);
    for (std::size_t c = 0; c < columns; ++c) {
        float wide = text_size(ui.fonts.strong, answer.columns[c]).x + ui.px(24);
        bool numbers = false, texts = false;
        for (std::size_t r = 0; r < std::min(answer.rows.size(), kMeasuredRows); ++r) {
            const auto& cell = answer.rows[r][c];
            numbers = numbers || std::holds_alternative<double>(cell);
            texts = texts || std::holds_alternative<std::string>(cell);
            wide = std::max(wide,
                            text_size(ui.fonts.body, shown_cell(cell, ui.document.language())).x);
        }
        widths_[c] = std::clamp(wide / ui.scale + 4, 56.0F, 340.0F);
        numeric_[c] = numbers && !texts;
    }
}

void SqlPanel::draw_head(Ui& ui, std::size_t columns) {
    const auto& names = outcome_->report->answer.columns;
    ImGui::TableSetupScrollFreeze(0, 1);
    for (std::size_t c = 0; c < columns; ++c)
        ImGui::TableSetupColumn((names[c] + "##" + std::to_string(c)).c_str(),
                                ImGuiTableColumnFlags_WidthFixed, ui.px(widths_[c]),
                                static_cast<ImGuiID>(c));
    if (ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs(); specs && specs->SpecsDirty) {
        specs->SpecsDirty = false;
        Sort wanted;
        if (specs->SpecsCount > 0 && specs->Specs[0].ColumnUserID < columns)
            wanted = {names[specs->Specs[0].ColumnUserID],
                      specs->Specs[0].SortDirection == ImGuiSortDirection_Descending};
        if (wanted != sort_) {
            sort_ = std::move(wanted);
            sort(ui);
        }
    }
    ImGui::PushFont(ui.fonts.strong);
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme->muted);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, ui.px(kTableRow + 3));
    for (int c = 0; c < static_cast<int>(columns); ++c) {
        if (!ImGui::TableSetColumnIndex(c)) continue;
        ImGui::TableHeader(ImGui::TableGetColumnName(c));
        record(ui, "sql.column:" + std::to_string(c));
    }
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

// A row that is about a commune shows it when it is clicked.
void SqlPanel::draw_row(Ui& ui, std::size_t row, std::size_t columns) {
    const auto& report = *outcome_->sorted;
    const auto unit = report.unit_of.empty() ? std::nullopt : report.unit_of[row];
    const auto& selection = ui.document.selection();
    const bool selected = unit && (ui.document.pinned() == unit ||
                                   std::binary_search(selection.begin(), selection.end(), *unit));
    ImGui::TableNextRow(0, ui.px(kTableRow));
    for (std::size_t c = 0; c < columns; ++c) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(c))) continue;
        if (c == 0) {
            const ImVec2 at = ImGui::GetCursorPos();
            if (ImGui::Selectable(("##sql_row" + std::to_string(row)).c_str(), selected,
                                  ImGuiSelectableFlags_SpanAllColumns, {0, ui.px(kTableRow - 8)}) &&
                unit) {
                if (ImGui::GetIO().KeyCtrl)
                    ui.document.toggle(*unit);
                else
                    show_unit(ui, *unit, false);
            }
            record(ui, "sql.row:" + std::to_string(row), true, selected);
            ImGui::SetCursorPos(at);
        }
        const auto& cell = report.answer.rows[row][c];
        const std::string text = shown_cell(cell, ui.document.language());
        const float width = ImGui::GetContentRegionAvail().x;
        const ImVec2 at = ImGui::GetCursorScreenPos(), size = text_size(ui.fonts.body, text);
        const float shift = numeric_[c] ? std::max(0.0F, width - size.x) : 0;
        const bool cut = draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.body,
                                       {at.x + shift, at.y}, width, ui.theme->text, text);
        ImGui::Dummy({std::max(1.0F, std::min(width, size.x)), size.y});
        if (row == 0 && c == 0) ui.probe.state("sql.first", text);
        if (cut && ImGui::IsItemHovered())
            tooltip(ui, shown_cell(cell, ui.document.language(), kTooltipBytes, false));
    }
}

void SqlPanel::draw_answer(Ui& ui, const Rect& area) {
    const auto say = [&](ImU32 ink, const std::string& text) {
        ImGui::SetCursorScreenPos({area.x0 + ui.px(10), area.y0 + ui.px(10)});
        begin_part("sql_said", {area.width() - ui.px(20), area.height() - ui.px(12)});
        paragraph(ui, ui.fonts.body, ink, text);
        ImGui::EndChild();
    };
    if (outcome_->error) return say(ui.theme->error, ui.document.language().text(*outcome_->error));
    if (!outcome_->report) return say(ui.theme->muted, ui.text("ui.sql.hint"));
    measure(ui);
    const auto columns = widths_.size();
    const auto& rows = outcome_->sorted->answer.rows;
    ImGui::SetCursorScreenPos({area.x0, area.y0});
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {ui.px(10), ui.px(4)});
    // Columns of another answer are others, though they have the same places.
    const std::string id = "sql_rows" + std::to_string(outcome_->run);
    const ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_ScrollX |
                                  ImGuiTableFlags_Sortable | ImGuiTableFlags_SortTristate |
                                  ImGuiTableFlags_Resizable | ImGuiTableFlags_BordersInnerH |
                                  ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_SizingFixedFit |
                                  ImGuiTableFlags_PadOuterX;
    if (columns > 0 && ImGui::BeginTable(id.c_str(), static_cast<int>(columns), flags,
                                         {area.width(), area.height()})) {
        draw_head(ui, columns);
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(rows.size()), ui.px(kTableRow));
        while (clipper.Step())
            for (int r = clipper.DisplayStart; r < clipper.DisplayEnd; ++r)
                draw_row(ui, static_cast<std::size_t>(r), columns);
        ImGui::EndTable();
    }
    ImGui::PopStyleVar();
}

} // namespace diaban::gui
