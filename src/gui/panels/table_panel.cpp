#include "gui/panels/table_panel.hpp"

#include "app/commands/table.hpp"
#include "app/mask.hpp"
#include "app/where_filter.hpp"
#include "gui/panels/panels.hpp"
#include "gui/style_cache.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

using Kind = app::TableColumn::Kind;

constexpr float kTableBar = 40;          // height of the line above the table
constexpr std::size_t kMostColumns = 60; // Dear ImGui tables hold 64

// `note` is said of the cell as a whole; without one only what is cut is said.
void draw_cell(Ui& ui, ImFont* font, const std::string& text, bool right, ImU32 ink,
               const std::function<std::string()>& note = {}) {
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size = text_size(font, text);
    const float shift = right ? std::max(0.0F, width - size.x) : 0;
    const bool cut =
        draw_text_cut(*ImGui::GetWindowDrawList(), font, {at.x + shift, at.y}, width, ink, text);
    ImGui::Dummy({std::max(1.0F, note ? width : std::min(width, size.x)), size.y});
    if (!ImGui::IsItemHovered()) return;
    const std::string said = note ? note() : "";
    if (!said.empty()) ui.probe.state("table.note", said);
    if (cut || !said.empty()) tooltip(ui, !cut ? said : said.empty() ? text : text + "\n" + said);
}

// One small square a year, in the colour the unit has on that year's map.
void draw_years(Ui& ui, std::size_t unit) {
    const auto& years = ui.styles.all_years(ui.document);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float step = ui.px(8), side = ui.px(14);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto entry_of = [&](std::size_t i) -> const map::LegendEntry& {
        return years[i].style.entries[years[i].style.entry_of[unit]];
    };
    for (std::size_t i = 0; i < years.size(); ++i)
        swatch(ui, list, {at.x + step * static_cast<float>(i), at.y + ui.px(3)},
               {step - ui.px(1), side}, entry_of(i));
    ImGui::Dummy({step * static_cast<float>(years.size()), side});
    if (years.empty() || !ImGui::IsItemHovered()) return;
    const float along = (ImGui::GetIO().MousePos.x - at.x) / step;
    const std::size_t i =
        std::min(years.size() - 1, static_cast<std::size_t>(std::max(0.0F, along)));
    tooltip(ui, data::to_string(years[i].choice.period) + " · " + entry_of(i).label);
}

bool numeric(const app::Dataset& dataset, app::TableColumn column) {
    return column.kind == Kind::Value &&
           dataset.cube->indicators[column.indicator].kind != data::Kind::Category;
}

std::string column_name(app::TableColumn column) {
    constexpr const char* kNames[] = {"code",  "name",   "district", "province",
                                      "coast", "border", "years",    "value"};
    const std::string name = kNames[static_cast<int>(column.kind)];
    return column.kind == Kind::Value ? name + std::to_string(column.indicator) : name;
}

// The name of a column of numbers stands above them, at the right; the arrow of sorting keeps its
// corner.
void number_head(Ui& ui, int column, const std::string& title) {
    ImGui::TableHeader(("##head" + std::to_string(column)).c_str());
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    const ImGuiStyle& style = ImGui::GetStyle();
    const bool sorted = ImGui::TableGetColumnFlags(column) & ImGuiTableColumnFlags_IsSorted;
    const float arrow = sorted ? ImGui::GetFontSize() * 0.65F + style.FramePadding.x : 0;
    const float room = to.x - from.x - 2 * style.CellPadding.x - arrow;
    const ImVec2 words = text_size(ui.fonts.strong, title);
    const float x = from.x + style.CellPadding.x + std::max(0.0F, room - words.x);
    const bool cut = draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.strong,
                                   {x, from.y + style.CellPadding.y}, room, ui.theme->muted, title);
    if (cut && ImGui::IsItemHovered()) tooltip(ui, title);
}

} // namespace

void TablePanel::take_dataset(Ui& ui) {
    const auto dataset = ui.styles.outlined(ui.document);
    if (dataset == dataset_) return;
    // What is found of coast and border adds a column to the same data.
    const bool same_shape =
        dataset_ && (app::table_columns(*dataset) == columns_ ||
                     (dataset->vintage == dataset_->vintage && dataset->cube == dataset_->cube));
    dataset_ = dataset;
    columns_ = app::table_columns(*dataset);
    if (!same_shape) {
        hidden_.clear();
        filters_.clear();
        query_ = {};
    }
    made_.reset();
    anchor_.reset();
}

void TablePanel::refresh(Ui& ui) {
    const app::StyledMap* styled = ui.document.styled();
    query_.period = styled ? styled->period : 0;
    query_.where = styled ? styled->where : nullptr;
    query_.filters.clear();
    if (filtering_)
        for (const auto& [column, text] : filters_)
            if (!text.empty()) query_.filters.emplace_back(column, text);
    const app::Faces none;
    const app::Faces& selection = query_.selected ? ui.document.selection() : none;
    const std::string& language = ui.document.language().code();
    if (made_ == query_ && made_selection_ == selection && made_language_ == language) return;
    rows_ = app::table_rows(*dataset_, query_, selection, ui.document.language());
    made_ = query_;
    made_selection_ = selection;
    made_language_ = language;
    anchor_.reset();
}

void TablePanel::choose_columns(Ui& ui) {
    if (!ImGui::BeginPopup("columns")) return;
    for (const app::TableColumn column : columns_) {
        if (column.kind == Kind::Name) continue; // a row without a name says nothing
        bool on = !hidden_.contains(column);
        const std::string title = app::column_title(*dataset_, column, ui.document.language());
        if (!check_named(ui, "choose:" + column_name(column), title, on)) continue;
        if (on)
            hidden_.erase(column);
        else
            hidden_.insert(column);
    }
    ImGui::EndPopup();
}

// The rows as they are shown, or the selected ones of them, for a spreadsheet. In public, as
// everything that leaves: small counts are hidden.
void TablePanel::copy(Ui& ui) {
    ui.document.jobs().run(
        {.key = "table_copy", .replace = true},
        [dataset = dataset_, query = query_, rows = rows_, columns = shown_,
         selection = ui.document.selection(), sources = where_sources(ui),
         code = ui.document.language().code()](base::JobContext& ctx) mutable {
            const auto language = app::Language::load(code);
            const auto masked = app::mask(dataset, {}, ctx);
            // Filtered and sorted by what the copy shows: the place of a row tells nothing more,
            // and the query knows no masked value.
            if (!masked.cells.empty()) {
                query.where = sources && query.where
                                  ? app::where_filter(query.where->text, dataset, &*sources,
                                                      app::Classification::Public, *language, ctx)
                                  : nullptr;
                rows = app::table_rows(*masked.dataset, query, selection, *language);
            }
            if (selection.size() > 1)
                std::erase_if(rows.rows, [&](const app::TableRow& row) {
                    return row.group ||
                           !std::binary_search(selection.begin(), selection.end(), row.index);
                });
            const auto copied = std::count_if(rows.rows.begin(), rows.rows.end(),
                                              [](const auto& row) { return !row.group; });
            return Copied{app::table_text(*masked.dataset, columns, rows, query.period, *language),
                          static_cast<std::int64_t>(copied), !masked.cells.empty()};
        },
        [shell = &ui.shell](app::Document& document, const Copied& copied) {
            ImGui::SetClipboardText(copied.text.c_str());
            shell->notice = document.language().text(
                copied.masked ? "ui.table.copied_masked" : "ui.table.copied", {{"n", copied.rows}});
        });
}

app::TableFile TablePanel::file_of(Ui& ui, app::Classification classification) const {
    return {.columns = shown_,
            .query = query_,
            .selection = ui.document.selection(),
            .classification = classification};
}

// The rows and columns shown, into a file that is chosen next.
void TablePanel::choose_file(Ui& ui, app::Classification classification) {
    auto wanted = file_of(ui, classification);
    ui.shell.picking = Picking{
        .save = true,
        .title = "ui.table.export",
        .extensions = {".xlsx", ".ods", ".csv", ".html"},
        .name = app::table_file_name(*dataset_, query_.period, "xlsx", ui.document.language()),
        .then = [wanted = std::move(wanted), dataset = dataset_,
                 said = said_](Ui& now, const std::filesystem::path& file) {
            now.document.jobs().run(
                {.key = "table_export"},
                [wanted, dataset, file, sources = where_sources(now),
                 code = now.document.language().code()](base::JobContext& ctx) {
                    const auto language = app::Language::load(code);
                    auto request = wanted;
                    request.out = file;
                    if (sources && request.query.where)
                        request.query.where =
                            app::where_filter(request.query.where->text, dataset, &*sources,
                                              request.classification, *language, ctx);
                    return app::write_table(dataset, request, *language, ctx);
                },
                [said, file](app::Document& document, const app::TableFileReport& report) {
                    *said = document.language().text(
                        report.masked > 0 ? "ui.table.exported_masked" : "ui.table.exported",
                        {{"file", file.filename().string()},
                         {"n", static_cast<std::int64_t>(report.rows)},
                         {"masked", static_cast<std::int64_t>(report.masked)}});
                });
        }};
}

void TablePanel::choose_export(Ui& ui) {
    if (!ImGui::BeginPopup("table_export")) return;
    if (const auto classification = offer_classifications(ui, "table"))
        choose_file(ui, *classification);
    auto file = file_of(ui, app::Classification::Public);
    file.out = app::table_file_name(*dataset_, query_.period, "xlsx", ui.document.language());
    const auto request = app::table_request(ui.document.project(), *dataset_, file);
    auto flags = app::to_flags(request);
    if (app::asks_for_outline(request)) {
        const auto more =
            app::source_flags(data::parse_query("on(coast)"),
                              app::query_sources(ui.document.project()), ui.document.file());
        flags.insert(flags.end(), more.begin(), more.end());
    }
    copy_command(ui, "table", flags, ImGui::GetContentRegionAvail().x);
    ImGui::EndPopup();
}

void TablePanel::draw_bar(Ui& ui, const Rect& area) {
    const float near = ui.px(4);
    std::string count = ui.text(
        "ui.table.count", {{"n", static_cast<std::int64_t>(rows_.units)},
                           {"all", static_cast<std::int64_t>(dataset_->vintage->units.size())}});
    if (left_out_ > 0)
        count += " · " + ui.text("ui.table.left_out",
                                 {{"n", static_cast<std::int64_t>(shown_.size())},
                                  {"all", static_cast<std::int64_t>(shown_.size() + left_out_)}});
    const ImVec2 size = text_size(ui.fonts.small, count);
    const float count_at = area.x1 - size.x - ui.px(18);
    // Where the words do not fit beside the count, the icons and their tooltips remain.
    float needed = ui.px(10);
    for (const std::string_view key : {"ui.table.filter", "ui.table.group", "ui.table.selected",
                                       "ui.table.columns", "ui.table.copy", "ui.table.export"})
        needed += tool_width(ui, key, true) + near;
    const bool label = area.x0 + needed + ui.px(8) < count_at;
    ImGui::SetCursorScreenPos({area.x0 + ui.px(10), area.y0 + ui.px(3)});
    if (tool_button(ui, "ui.table.filter",
                    {.icon = Icon::Funnel, .label = label, .on = filtering_}))
        filtering_ = !filtering_;
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.table.group",
                    {.icon = Icon::Group, .label = label, .on = query_.grouped}))
        query_.grouped = !query_.grouped;
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.table.selected",
                    {.icon = Icon::Check, .label = label, .on = query_.selected}))
        query_.selected = !query_.selected;
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.table.columns", {.icon = Icon::Columns, .label = label}))
        ImGui::OpenPopup("columns");
    choose_columns(ui);
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.table.copy",
                    {.icon = Icon::Copy, .label = label, .shortcut = "Ctrl+C"}) ||
        (ui.shell.table_focused && ui.pressed(GLFW_KEY_C, GLFW_MOD_CONTROL) &&
         !ImGui::GetIO().WantTextInput))
        copy(ui);
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.table.export",
                    {.icon = Icon::Export, .label = label, .enabled = rows_.units > 0}))
        ImGui::OpenPopup("table_export");
    choose_export(ui);
    if (!said_->empty()) ui.shell.notice = std::exchange(*said_, {});
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.small,
              {count_at, area.y0 + (ui.px(kTableBar) - size.y) / 2}, ui.theme->muted, count);
    ui.probe.state("table.rows", static_cast<double>(rows_.units));
}

// Names, widths and the order the user asks for.
void TablePanel::set_columns(Ui& ui) {
    ImGui::TableSetupScrollFreeze(2, filtering_ ? 2 : 1);
    const app::StyledMap* styled = ui.document.styled();
    float left = 0; // where the column begins
    for (std::size_t c = 0; c < shown_.size(); ++c) {
        const app::TableColumn column = shown_[c];
        const std::string title = app::column_title(*dataset_, column, ui.document.language());
        float width = 84;
        if (column.kind == Kind::Name)
            width = 220;
        else if (column.kind == Kind::District || column.kind == Kind::Province)
            width = 180;
        else if (column.kind == Kind::Years)
            width = 20 + 8 * static_cast<float>(dataset_->cube->periods.size());
        else if (column.kind == Kind::Value) // room for "no data" in words, too
            width = std::clamp(text_size(ui.fonts.strong, title).x / ui.scale + 34, 150.0F, 260.0F);
        if (styled && column.kind == Kind::Value && column.indicator == styled->indicator &&
            brought_ != column) {
            // The column that is shown on the map is brought into view once.
            brought_ = column;
            ImGui::SetScrollX(std::max(0.0F, left + ui.px(width) - ImGui::GetWindowWidth() * 0.8F));
        }
        left += ui.px(width) + 2 * ImGui::GetStyle().CellPadding.x;
        ImGui::TableSetupColumn((title + "##" + column_name(column)).c_str(),
                                ImGuiTableColumnFlags_WidthFixed |
                                    (c == 0 ? ImGuiTableColumnFlags_DefaultSort : 0),
                                ui.px(width), static_cast<ImGuiID>(c));
    }
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (!specs || !specs->SpecsDirty) return;
    if (specs->SpecsCount > 0 && specs->Specs[0].ColumnUserID < shown_.size()) {
        query_.sort = shown_[specs->Specs[0].ColumnUserID];
        query_.descending = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
    }
    specs->SpecsDirty = false;
}

void TablePanel::draw_head(Ui& ui) {
    ImGui::PushFont(ui.fonts.strong);
    ImGui::PushStyleColor(ImGuiCol_Text, ui.theme->muted);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, ui.px(kTableRow + 3));
    for (int c = 0; c < static_cast<int>(shown_.size()); ++c) {
        if (!ImGui::TableSetColumnIndex(c)) continue;
        const app::TableColumn column = shown_[static_cast<std::size_t>(c)];
        if (numeric(*dataset_, column))
            number_head(ui, c, app::column_title(*dataset_, column, ui.document.language()));
        else
            ImGui::TableHeader(ImGui::TableGetColumnName(c));
        record(ui, "column:" + std::to_string(c));
    }
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

void TablePanel::draw_filters(Ui& ui) {
    if (!filtering_) return;
    ImGui::TableNextRow(0, ui.px(kTableRow + 4));
    std::size_t active = 0; // of query_.filters, in the order of filters_
    std::set<app::TableColumn> unread;
    for (const auto& [column, text] : filters_) {
        if (text.empty()) continue;
        if (std::find(rows_.unread.begin(), rows_.unread.end(), active) != rows_.unread.end())
            unread.insert(column);
        ++active;
    }
    for (std::size_t c = 0; c < shown_.size(); ++c) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(c))) continue;
        const app::TableColumn column = shown_[c];
        if (column.kind == Kind::Years) continue;
        const bool bad = unread.contains(column);
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ui.px(6), ui.px(2)});
        if (bad) ImGui::PushStyleColor(ImGuiCol_Text, ui.theme->error);
        text_input(ui, numeric(*dataset_, column) ? "ui.table.limit" : "ui.table.contains",
                   filters_[column], -1, "filter:" + std::to_string(c));
        if (bad) ImGui::PopStyleColor();
        ImGui::PopStyleVar();
        if (ImGui::IsItemHovered())
            tooltip(ui, ui.text(bad                          ? "ui.table.unread"
                                : numeric(*dataset_, column) ? "ui.table.limit_help"
                                                             : "ui.table.contains_help"));
    }
}

void TablePanel::draw_group(Ui& ui, std::size_t group) {
    ImGui::TableNextRow(0, ui.px(kTableRow));
    ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, ui.theme->panel);
    const app::Faces& units = rows_.groups[group];
    for (std::size_t c = 0; c < shown_.size(); ++c) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(c))) continue;
        if (c == 0) {
            const ImVec2 at = ImGui::GetCursorPos();
            const std::string id = "##group" + std::to_string(group);
            if (ImGui::Selectable(id.c_str(), false, ImGuiSelectableFlags_SpanAllColumns,
                                  {0, ui.px(kTableRow - 8)}))
                choose_units(ui, units);
            record(ui, "group:" + std::to_string(group));
            ImGui::SetCursorPos(at);
        }
        const app::TableColumn column = shown_[c];
        const auto& language = ui.document.language();
        const std::string text =
            app::group_text(*dataset_, column, group, units, query_.period, language);
        const auto rule = [&] {
            return app::group_rule(*dataset_, column, units, query_.period, language);
        };
        if (column.kind == Kind::Value && !numeric(*dataset_, column))
            draw_counts(ui, column.indicator, units, [&] { return text + "\n" + rule(); });
        else
            draw_cell(ui, ui.fonts.strong, text, numeric(*dataset_, column), ui.theme->text, rule);
    }
}

// How many units of a group stand in each row of the legend, in its looks; `note` has the words.
void TablePanel::draw_counts(Ui& ui, std::size_t indicator, const app::Faces& units,
                             const std::function<std::string()>& note) {
    const map::Style& style = category_style(ui, indicator);
    std::vector<std::size_t> counts(style.entries.size());
    for (const geo::FaceId unit : units) ++counts[style.entry_of[unit]];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, side = ui.px(11);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    float x = at.x;
    for (std::size_t e = 0; e < counts.size(); ++e) {
        if (counts[e] == 0) continue;
        const std::string number = ui.document.language().count(counts[e]);
        const float wide = side + ui.px(5) + text_size(ui.fonts.strong, number).x;
        if (x + wide > at.x + width) { // the tooltip has them all
            draw_text(list, ui.fonts.strong, {x, at.y}, ui.theme->muted, "…");
            break;
        }
        swatch(ui, list, {x, at.y + ui.px(5)}, {side, side}, style.entries[e]);
        draw_text(list, ui.fonts.strong, {x + side + ui.px(5), at.y}, ui.theme->text, number);
        x += wide + ui.px(12);
    }
    ImGui::Dummy({std::max(1.0F, width), text_size(ui.fonts.strong, "0").y});
    if (!ImGui::IsItemHovered()) return;
    const std::string said = note();
    ui.probe.state("table.note", said);
    tooltip(ui, said);
}

void TablePanel::click_row(Ui& ui, std::size_t unit, std::size_t row) {
    const auto face = static_cast<geo::FaceId>(unit);
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyShift && anchor_) {
        app::Faces between;
        for (std::size_t r = std::min(row, *anchor_); r <= std::max(row, *anchor_); ++r)
            if (r < rows_.rows.size() && !rows_.rows[r].group)
                between.push_back(rows_.rows[r].index);
        choose_units(ui, std::move(between));
        return;
    }
    anchor_ = row;
    if (io.KeyCtrl || io.KeyAlt) {
        if (io.KeyAlt)
            choose_units(ui, {face});
        else
            ui.document.toggle(face);
        return;
    }
    followed_ = face; // it is in view already
    show_unit(ui, unit, false);
}

// The colours of a status: those of the map if it shows it, else those that the map would have.
const map::Style& TablePanel::category_style(Ui& ui, std::size_t indicator) {
    const app::StyledMap* styled = ui.document.styled();
    if (styled && styled->indicator == indicator) return styled->style;
    const StylesOf now{dataset_, query_.period, ui.document.language().code(),
                       ui.document.project().map.legends};
    if (!(styles_of_ == now)) styles_.clear(), styles_of_ = now;
    const auto known = styles_.find(indicator);
    if (known != styles_.end()) return known->second;
    const app::MapChoice choice{.indicator = dataset_->cube->indicators[indicator].id,
                                .period = dataset_->cube->periods[query_.period],
                                .legends = now.legends};
    return styles_.emplace(indicator, app::styled(*dataset_, choice, ui.document.language()).style)
        .first->second;
}

void TablePanel::draw_unit(Ui& ui, std::size_t unit, std::size_t row) {
    const auto face = static_cast<geo::FaceId>(unit);
    const auto& selection = ui.document.selection();
    const bool selected = ui.document.pinned() == face ||
                          std::binary_search(selection.begin(), selection.end(), face);
    const app::StyledMap* styled = ui.document.styled();
    ImGui::TableNextRow(0, ui.px(kTableRow));
    for (std::size_t c = 0; c < shown_.size(); ++c) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(c))) continue;
        const app::TableColumn column = shown_[c];
        if (c == 0) {
            const ImVec2 at = ImGui::GetCursorPos();
            const std::string& code = dataset_->vintage->units.code[unit];
            // A chosen row is told from the others under the mouse too.
            if (selected) ImGui::PushStyleColor(ImGuiCol_HeaderHovered, ui.theme->accent_ground);
            if (ImGui::Selectable(("##row" + std::to_string(unit)).c_str(), selected,
                                  ImGuiSelectableFlags_SpanAllColumns, {0, ui.px(kTableRow - 8)}))
                click_row(ui, unit, row);
            if (selected) ImGui::PopStyleColor();
            record(ui, "row:" + code, true, selected);
            ImGui::SetCursorPos(at);
        }
        if (column.kind == Kind::Years) {
            draw_years(ui, unit);
            continue;
        }
        const bool value = column.kind == Kind::Value;
        const bool has = !value || dataset_->cube->slice(column.indicator, query_.period).has(unit);
        const bool category = value && !numeric(*dataset_, column);
        if (category && (has || (styled && styled->indicator == column.indicator))) {
            const map::Style& style = category_style(ui, column.indicator);
            const map::LegendEntry& entry = style.entries[style.entry_of[unit]];
            const ImVec2 corner = ImGui::GetCursorScreenPos();
            const float side = ui.px(11);
            swatch(ui, *ImGui::GetWindowDrawList(), {corner.x, corner.y + ui.px(5)}, {side, side},
                   entry);
            ImGui::SetCursorScreenPos({corner.x + ui.px(18), corner.y});
        }
        draw_cell(ui, ui.fonts.body,
                  app::cell_text(*dataset_, column, unit, query_.period, ui.document.language()),
                  value && !category,
                  !has                        ? ui.theme->faint
                  : column.kind == Kind::Code ? ui.theme->muted
                                              : ui.theme->text);
    }
}

// The unit that was pinned, or the first of those that were selected, elsewhere comes into view.
void TablePanel::follow_map(Ui& ui, float height) {
    const auto pinned = ui.document.pinned();
    const app::Faces& selection = ui.document.selection();
    app::Faces wanted;
    if (pinned && pinned != followed_)
        wanted = {*pinned};
    else if (selection != followed_selection_)
        std::set_difference(selection.begin(), selection.end(), followed_selection_.begin(),
                            followed_selection_.end(), std::back_inserter(wanted));
    followed_ = pinned;
    if (wanted.empty()) return;
    const auto at = std::find_if(rows_.rows.begin(), rows_.rows.end(), [&](const auto& r) {
        return !r.group && std::binary_search(wanted.begin(), wanted.end(), r.index);
    });
    if (at == rows_.rows.end()) return; // filtered away
    // Whole rows: the first one is not cut in half below the heading.
    const float row = ui.px(kTableRow), above = std::floor(height / row / 3);
    const auto line = static_cast<float>(at - rows_.rows.begin());
    ImGui::SetScrollY(std::max(0.0F, (line - above) * row));
}

void TablePanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_region(ui, "table", area, {.padding = {0, 0}});
    if (!ui.document.dataset()) return end_region();
    // Else the key copies the map, which is drawn first.
    ui.shell.table_focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows);
    take_dataset(ui);
    shown_.clear();
    left_out_ = 0;
    for (const app::TableColumn column : columns_) {
        if (hidden_.contains(column)) continue;
        if (shown_.size() < kMostColumns)
            shown_.push_back(column);
        else
            ++left_out_;
    }
    refresh(ui);
    draw_bar(ui, area);
    ImGui::SetCursorScreenPos({area.x0, area.y0 + ui.px(kTableBar)});
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {ui.px(10), ui.px(4)});
    std::string id = "units";
    for (const app::TableColumn column : shown_) id += column_name(column);
    const ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_ScrollX |
                                  ImGuiTableFlags_Sortable | ImGuiTableFlags_Resizable |
                                  ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_NoSavedSettings |
                                  ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_PadOuterX;
    if (ImGui::BeginTable(id.c_str(), static_cast<int>(shown_.size()), flags,
                          {area.width(), area.height() - ui.px(kTableBar)})) {
        set_columns(ui);
        refresh(ui);
        draw_head(ui);
        draw_filters(ui);
        follow_map(ui, area.height());
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(rows_.rows.size()), ui.px(kTableRow));
        while (clipper.Step())
            for (int r = clipper.DisplayStart; r < clipper.DisplayEnd; ++r) {
                const auto row = static_cast<std::size_t>(r);
                const app::TableRow& what = rows_.rows[row];
                if (what.group)
                    draw_group(ui, what.index);
                else
                    draw_unit(ui, what.index, row);
            }
        ImGui::EndTable();
        followed_selection_ = ui.document.selection(); // what was chosen here is in view
    }
    ImGui::PopStyleVar();
    end_region();
}

} // namespace diaban::gui
