#include "gui/panels/matrix_panel.hpp"

#include "app/commands/transitions.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/sheet.hpp"
#include "gui/style_cache.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

constexpr float kMatrixHead = 34; // height of the line with what is compared

// One cell: its count on a ground that is darker the more units it holds; the diagonal is framed.
void draw_cell(Ui& ui, const app::Change& change, std::size_t row, std::size_t column, ImVec2 at,
               ImVec2 size, std::size_t most) {
    const std::size_t count = change.matrix[row][column];
    const std::string name = "cell:" + std::to_string(row) + ":" + std::to_string(column);
    ImGui::SetCursorScreenPos(at);
    const bool clicked = ImGui::InvisibleButton(name.c_str(), size) && count > 0;
    record(ui, name, count > 0);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + size.x - 2, at.y + size.y - 2};
    const float share = most > 0 ? static_cast<float>(count) / static_cast<float>(most) : 0.0F;
    list.AddRectFilled(at, end,
                       count > 0 ? faded(ui.theme->accent, 0.06F + 0.34F * share) : ui.theme->hover,
                       ui.px(4));
    if (row == column) list.AddRect(at, end, ui.theme->faint, ui.px(4));
    if (ImGui::IsItemHovered() && count > 0) {
        list.AddRect(at, end, ui.theme->accent, ui.px(4), 0, ui.px(1.5F));
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        tooltip(ui, change.classes[row] + " → " + change.classes[column] + ": " +
                        ui.document.language().count(count));
    }
    const std::string text = ui.document.language().count(count);
    ImFont* font = row == column ? ui.fonts.body : ui.fonts.strong;
    const ImVec2 words = text_size(font, text);
    draw_text(list, font, {(at.x + end.x - words.x) / 2, (at.y + end.y - words.y) / 2},
              count > 0 ? ui.theme->text : ui.theme->faint, text);
    if (clicked) choose_units(ui, app::faces_of_cell(change, row, column));
}

// The domain whose statuses an indicator holds, if it holds any.
std::optional<app::Domains> status_domain(const data::IndicatorCube& cube, std::size_t indicator) {
    if (data::find_status(cube, data::Domain::Drug, {}) == indicator) return app::Domains::Drug;
    if (data::find_status(cube, data::Domain::Prostitution, {}) == indicator)
        return app::Domains::Prostitution;
    return std::nullopt;
}

// A segment of the choice of domains.
bool domain_button(Ui& ui, std::string_view key, bool on) {
    const bool clicked = tool_button(ui, key, {.label = true, .on = on});
    ImGui::SameLine(0, ui.px(2));
    return clicked;
}

} // namespace

void MatrixPanel::check_report(Ui& ui, const std::filesystem::path& file, data::Period period) {
    ui.document.jobs().run(
        {.key = "check_totals"},
        [dataset = ui.document.dataset(), file, period,
         code = ui.document.language().code()](base::JobContext& ctx) {
            return Checked{
                file.filename().string(),
                app::checked_totals(dataset, {}, period, file, *app::Language::load(code), ctx)};
        },
        [to = checked_](app::Document&, Checked checked) { *to = std::move(checked); });
}

// A report's totals held against the statuses of the period.
void MatrixPanel::draw_check(Ui& ui, data::Period period) {
    if (text_button(ui, "ui.moves.check"))
        ui.shell.picking =
            Picking{.title = "ui.moves.check",
                    .extensions = {".csv", ".xlsx", ".ods", ".tsv"},
                    .then = [this, period](Ui& now, const std::filesystem::path& file) {
                        check_report(now, file, period);
                    }};
    if (!checked_->file.empty()) {
        paragraph(ui, ui.fonts.strong, ui.theme->text, checked_->file);
        if (checked_->lines.empty())
            paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.moves.checked"));
        for (const auto& line : checked_->lines)
            paragraph(ui, ui.fonts.small, ui.theme->warning, line);
        ui.probe.state("moves.checked", static_cast<double>(checked_->lines.size()));
    }
}

// What became of the communes: every move with its count, identities, the longest hotspots, and
// the check of a report's totals.
void MatrixPanel::draw_moves(Ui& ui, data::Period from, data::Period to) {
    const auto dataset = ui.document.dataset();
    const Key key{dataset, ui.document.language().code(), domains_, from, to};
    if (made_for_ != key) {
        made_for_ = key;
        view_.reset();
        try {
            base::JobContext ctx;
            view_ =
                app::transition_view(*dataset, {}, domains_, from, to, ui.document.language(), ctx);
        } catch (const base::Error&) {
            // The data lacks this domain or one of the periods: there are no moves to list.
        }
    }
    heading(ui, "ui.moves");
    if (domain_button(ui, "ui.moves.both", domains_ == app::Domains::Both))
        domains_ = app::Domains::Both;
    if (domain_button(ui, "ui.moves.drug", domains_ == app::Domains::Drug))
        domains_ = app::Domains::Drug;
    if (domain_button(ui, "ui.moves.prostitution", domains_ == app::Domains::Prostitution))
        domains_ = app::Domains::Prostitution;
    ImGui::NewLine();
    if (!view_) {
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.moves.none"));
        return;
    }
    for (const auto& move : view_->moves) {
        if (list_row(ui, {.name = "move:" + move.code,
                          .text = move.text,
                          .trailing = ui.document.language().count(move.units.size()),
                          .muted = move.units.empty(),
                          .indent = 0,
                          .height = 26}))
            choose_units(ui, move.units);
        ui.probe.state("move:" + move.code, static_cast<double>(move.units.size()));
    }
    gap(ui, 4);
    for (const auto& line : view_->identities) paragraph(ui, ui.fonts.small, ui.theme->muted, line);
    gap(ui, 4);
    draw_check(ui, to);
    if (view_->longest_hot.empty()) return;
    heading(ui, "ui.moves.longest");
    const auto& units = dataset->vintage->units;
    for (const auto& line : view_->longest_hot) {
        if (list_row(ui, {.name = "streak:" + units.code[line.unit],
                          .text = unit_name(units, line.unit) + ": " + line.text,
                          .indent = 0,
                          .height = 26}))
            show_unit(ui, line.unit, true);
    }
}

void MatrixPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_region(ui, "matrix", area, {.padding = {kPad, 10}});
    const app::StyledMap* styled = ui.document.styled();
    const app::Change* change =
        styled ? ui.styles.change(ui.document, compare_period(ui), styled->choice.period) : nullptr;
    if (!change || ui.document.dataset()->cube->periods.size() < 2) {
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.matrix.needs_years"));
        return end_region();
    }
    const bool moves = change->moves.has_value();
    const float lists = moves ? std::min(ui.px(400), area.width() * 0.36F) : 0;
    begin_part("matrix.cells", {area.width() - lists - ui.px(2 * kPad), 0},
               ImGuiWindowFlags_HorizontalScrollbar);
    draw_cells(ui, *change, area.width() - lists);
    ImGui::EndChild();
    if (moves) {
        ImGui::SetCursorScreenPos({area.x1 - lists, area.y0 + ui.px(4)});
        begin_part("matrix.moves", {lists - ui.px(8), 0});
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(2)});
        draw_moves(ui, compare_period(ui), styled->choice.period);
        ImGui::PopStyleVar();
        ImGui::EndChild();
        column_line(ui, area.x1 - lists - ui.px(12), area.y0 + ui.px(8), area.y1 - ui.px(8));
    }
    end_region();
}

// What is compared, the two years to choose, and the same as a command.
void MatrixPanel::draw_head(Ui& ui, const app::Change& change) {
    const app::StyledMap* styled = ui.document.styled();
    const auto& periods = ui.document.dataset()->cube->periods;
    const ImVec2 start = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos(
        {start.x, start.y + (ui.px(kMatrixHead) - text_size(ui.fonts.strong, "X").y) / 2});
    paragraph(ui, ui.fonts.strong, ui.theme->text, change.title);
    ImGui::SameLine(0, ui.px(16));
    const auto at = std::find(periods.begin(), periods.end(), compare_period(ui));
    const auto from = at == periods.end() ? 0 : static_cast<std::size_t>(at - periods.begin());
    ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, start.y});
    if (tool_button(ui, "ui.compare.previous",
                    {.icon = Icon::Previous, .enabled = from > 0, .name = "matrix.previous"}))
        ui.shell.compare = periods[from - 1];
    ImGui::SameLine(0, ui.px(2));
    if (tool_button(
            ui, "ui.compare.next",
            {.icon = Icon::Next, .enabled = from + 1 < periods.size(), .name = "matrix.next"}))
        ui.shell.compare = periods[from + 1];
    // Only statuses have a verb of their own, which asks for two years in their order.
    const auto domains = status_domain(*ui.document.dataset()->cube, styled->indicator);
    if (domains && compare_period(ui) < styled->choice.period) {
        ImGui::SameLine(0, ui.px(16));
        app::TransitionsRequest request{.data = ui.document.project().data};
        request.domains = *domains;
        request.from = compare_period(ui);
        request.to = styled->choice.period;
        copy_command(ui, "matrix", app::to_flags(request));
    }
}

void MatrixPanel::draw_cells(Ui& ui, const app::Change& what, float width) {
    const app::Change* change = &what;
    const ImVec2 start = ImGui::GetCursorScreenPos();
    draw_head(ui, what);
    const std::size_t n = change->classes.size();
    float label = 0;
    for (const std::string& text : change->classes)
        label = std::max(label, text_size(ui.fonts.body, text).x);
    label = std::min(label + ui.px(36), ui.px(230));
    std::size_t most = 0;
    for (std::size_t r = 0; r < n; ++r)
        for (std::size_t c = 0; c < n; ++c)
            if (r != c) most = std::max(most, change->matrix[r][c]);
    // Four statuses and their totals fit the height the panel begins with.
    const ImVec2 at{start.x, start.y + ui.px(kMatrixHead) + ui.px(4)};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 cell{std::max(ui.px(72), std::min(ui.px(150), (width - label - ui.px(120)) /
                                                                   static_cast<float>(n))),
                      ui.px(24)};
    auto class_label = [&](std::size_t i, ImVec2 corner, float room) {
        const float box = ui.px(14);
        swatch(ui, list, {corner.x, corner.y + ui.px(6)}, {box, box}, change->looks[i]);
        draw_text_cut(list, ui.fonts.small, {corner.x + box + ui.px(7), corner.y + ui.px(4)},
                      room - box - ui.px(12), ui.theme->text, change->classes[i]);
    };
    const std::string total = ui.text("ui.matrix.total");
    for (std::size_t c = 0; c < n; ++c)
        class_label(c, {at.x + label + cell.x * static_cast<float>(c), at.y}, cell.x);
    draw_text(list, ui.fonts.small,
              {at.x + label + cell.x * static_cast<float>(n) + ui.px(8), at.y + ui.px(4)},
              ui.theme->muted, total);
    std::vector<std::size_t> columns(n, 0);
    for (std::size_t r = 0; r < n; ++r) {
        const float y = at.y + ui.px(26) + cell.y * static_cast<float>(r);
        class_label(r, {at.x, y}, label);
        std::size_t sum = 0;
        for (std::size_t c = 0; c < n; ++c) {
            draw_cell(ui, *change, r, c, {at.x + label + cell.x * static_cast<float>(c), y}, cell,
                      most);
            sum += change->matrix[r][c];
            columns[c] += change->matrix[r][c];
        }
        draw_text(list, ui.fonts.body,
                  {at.x + label + cell.x * static_cast<float>(n) + ui.px(8), y + ui.px(4)},
                  ui.theme->muted, ui.document.language().count(sum));
    }
    const float y = at.y + ui.px(26) + cell.y * static_cast<float>(n);
    draw_text(list, ui.fonts.small, {at.x, y + ui.px(4)}, ui.theme->muted, total);
    for (std::size_t c = 0; c < n; ++c) {
        const std::string text = ui.document.language().count(columns[c]);
        const ImVec2 words = text_size(ui.fonts.body, text);
        draw_text(
            list, ui.fonts.body,
            {at.x + label + cell.x * static_cast<float>(c) + (cell.x - words.x) / 2, y + ui.px(4)},
            ui.theme->muted, text);
    }
    ImGui::SetCursorScreenPos({at.x, y + cell.y});
    ImGui::Dummy({1, ui.px(2)});
    record(ui, "matrix.end");
}

} // namespace diaban::gui
