#include "gui/panels/table_panel.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::gui {
namespace {

// Dear ImGui tables hold 64 columns; four name the unit.
constexpr std::size_t kMostIndicators = 56;

void cell_text(Ui& ui, const std::string& text, bool right, ImU32 ink) {
    const float width = ImGui::GetContentRegionAvail().x;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size = text_size(ui.fonts.body, text);
    const float shift = right ? std::max(0.0F, width - size.x) : 0;
    draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.body, {at.x + shift, at.y}, width, ink,
                  text);
    ImGui::Dummy({1, size.y});
}

} // namespace

void TablePanel::order(Ui& ui, const app::Dataset& dataset) {
    const app::StyledMap* styled = ui.document.styled();
    const std::size_t period = styled ? styled->period : 0;
    const bool by_value = sort_ == Sort::Value;
    if (sorted_ && dataset_ == ui.document.dataset() && (!by_value || period == sort_period_))
        return;
    dataset_ = ui.document.dataset();
    sort_period_ = period;
    sorted_ = true;
    const data::UnitTable& units = dataset.vintage->units;
    rows_.resize(units.size());
    std::iota(rows_.begin(), rows_.end(), 0U);
    auto parent_name = [&](data::Level level, std::uint32_t unit) -> std::string_view {
        const data::Group* group = units.group_of(level, unit);
        return group ? std::string_view(group->name) : std::string_view();
    };
    auto by = [&](auto less) {
        std::stable_sort(rows_.begin(), rows_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return descending_ ? less(b, a) : less(a, b);
        });
    };
    switch (sort_) {
    case Sort::Code:
        by([&](auto a, auto b) { return units.code[a] < units.code[b]; });
        break;
    case Sort::Name:
        by([&](auto a, auto b) { return dataset.sort_keys[a] < dataset.sort_keys[b]; });
        break;
    case Sort::District:
        by([&](auto a, auto b) {
            return parent_name(data::Level::District, a) < parent_name(data::Level::District, b);
        });
        break;
    case Sort::Province:
        by([&](auto a, auto b) {
            return parent_name(data::Level::Province, a) < parent_name(data::Level::Province, b);
        });
        break;
    case Sort::Value: {
        const data::Slice slice = dataset.cube->slice(sort_indicator_, period);
        // Units without a value come last in both directions.
        const auto first_empty = std::stable_partition(
            rows_.begin(), rows_.end(), [&](std::uint32_t unit) { return slice.has(unit); });
        std::stable_sort(rows_.begin(), first_empty, [&](std::uint32_t a, std::uint32_t b) {
            return descending_ ? slice.value[b] < slice.value[a] : slice.value[a] < slice.value[b];
        });
        break;
    }
    }
}

void TablePanel::draw_row(Ui& ui, const app::Dataset& dataset, std::size_t unit) {
    const data::UnitTable& units = dataset.vintage->units;
    const auto face = static_cast<geo::FaceId>(unit);
    const auto& selection = ui.document.selection();
    const bool selected = ui.document.pinned() == face ||
                          std::binary_search(selection.begin(), selection.end(), face);
    ImGui::TableNextRow(0, ui.px(kTableRow));
    ImGui::TableNextColumn();
    const std::string id = "##row" + std::to_string(unit);
    const ImVec2 at = ImGui::GetCursorPos();
    if (ImGui::Selectable(id.c_str(), selected,
                          ImGuiSelectableFlags_SpanAllColumns |
                              ImGuiSelectableFlags_AllowDoubleClick,
                          {0, ui.px(kTableRow) - 2 * ImGui::GetStyle().CellPadding.y})) {
        if (ImGui::GetIO().KeyCtrl)
            ui.document.toggle(face);
        else
            show_unit(ui, unit, ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left));
        followed_ = face;
    }
    record(ui, "row:" + units.code[unit], true, selected);
    ImGui::SetCursorPos(at);
    const ImU32 ink = ui.theme->text;
    cell_text(ui, units.code[unit], false, ink);
    ImGui::TableNextColumn();
    cell_text(ui, units.name[unit], false, ink);
    if (units.has_level(data::Level::District)) {
        ImGui::TableNextColumn();
        const data::Group* group = units.group_of(data::Level::District, unit);
        cell_text(ui, group ? group->name : "", false, ink);
    }
    if (units.groups[static_cast<std::size_t>(data::Level::Province)].size() > 1) {
        ImGui::TableNextColumn();
        const data::Group* group = units.group_of(data::Level::Province, unit);
        cell_text(ui, group ? group->name : "", false, ink);
    }
    const app::StyledMap* styled = ui.document.styled();
    for (const std::size_t i : indicators_) {
        ImGui::TableNextColumn();
        const bool category = dataset.cube->indicators[i].kind == data::Kind::Category;
        const bool has = dataset.cube->slice(i, styled->period).has(unit);
        if (styled->indicator == i && category) {
            const map::LegendEntry& entry = styled->style.entries[styled->style.entry_of[unit]];
            const ImVec2 corner = ImGui::GetCursorScreenPos();
            const float side = ui.px(11);
            swatch(ui, *ImGui::GetWindowDrawList(), {corner.x, corner.y + ui.px(5)}, {side, side},
                   entry);
            ImGui::SetCursorScreenPos({corner.x + ui.px(18), corner.y});
        }
        cell_text(ui, app::value_text(dataset, i, styled->period, unit, ui.document.language()),
                  !category, has ? ink : ui.theme->faint);
    }
}

// Names, widths and the order the user asks for.
void TablePanel::set_columns(Ui& ui, const app::Dataset& dataset, bool districts, bool provinces) {
    ImGui::TableSetupScrollFreeze(2, 1);
    auto column = [&](std::string_view text, float width, Sort sort, std::size_t indicator = 0) {
        const auto user = static_cast<ImGuiID>(static_cast<std::size_t>(sort) * 1000 + indicator);
        ImGui::TableSetupColumn((std::string(text) + "##" + std::to_string(user)).c_str(),
                                ImGuiTableColumnFlags_WidthFixed |
                                    (sort == Sort::Code ? ImGuiTableColumnFlags_DefaultSort : 0),
                                ui.px(width), user);
    };
    column(ui.text("ui.table.code"), 84, Sort::Code);
    column(ui.text("ui.table.name"), 220, Sort::Name);
    if (districts) column(ui.text("ui.table.district"), 180, Sort::District);
    if (provinces) column(ui.text("ui.table.province"), 180, Sort::Province);
    for (const std::size_t i : indicators_) {
        const std::string name =
            app::indicator_name(dataset.cube->indicators[i], ui.document.language());
        const float wide = text_size(ui.fonts.strong, name).x / ui.scale + 34;
        column(name, std::clamp(wide, 110.0F, 260.0F), Sort::Value, i);
    }
    if (ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs(); specs && specs->SpecsDirty) {
        if (specs->SpecsCount > 0) {
            const auto user = static_cast<std::size_t>(specs->Specs[0].ColumnUserID);
            sort_ = static_cast<Sort>(user / 1000);
            sort_indicator_ = user % 1000;
            descending_ = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
        }
        sorted_ = false;
        specs->SpecsDirty = false;
    }
}

void TablePanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_region(ui, "table", area, {.padding = {0, 0}});
    const auto dataset = ui.document.dataset();
    if (!dataset) return end_region();
    const data::UnitTable& units = dataset->vintage->units;
    const app::StyledMap* styled = ui.document.styled();
    const bool districts = units.has_level(data::Level::District);
    const bool provinces = units.groups[static_cast<std::size_t>(data::Level::Province)].size() > 1;
    indicators_.clear();
    if (styled)
        for (std::size_t i = 0; i < dataset->cube->indicators.size(); ++i)
            if (indicators_.size() < kMostIndicators || i == styled->indicator)
                indicators_.push_back(i);
    const int columns =
        2 + (districts ? 1 : 0) + (provinces ? 1 : 0) + static_cast<int>(indicators_.size());
    if (dataset_ != dataset) sorted_ = false;
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {ui.px(10), ui.px(4)});
    const std::string id = "units" + std::to_string(columns);
    const ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_ScrollX |
                                  ImGuiTableFlags_Sortable | ImGuiTableFlags_Resizable |
                                  ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_NoSavedSettings |
                                  ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_PadOuterX;
    if (ImGui::BeginTable(id.c_str(), columns, flags, {area.width(), area.height()})) {
        set_columns(ui, *dataset, districts, provinces);
        order(ui, *dataset);
        ImGui::PushFont(ui.fonts.strong);
        ImGui::PushStyleColor(ImGuiCol_Text, ui.theme->muted);
        ImGui::TableNextRow(ImGuiTableRowFlags_Headers, ui.px(kTableRow + 3));
        for (int c = 0; c < columns; ++c) {
            if (!ImGui::TableSetColumnIndex(c)) continue;
            ImGui::TableHeader(ImGui::TableGetColumnName(c));
            record(ui, "column:" + std::to_string(c));
        }
        ImGui::PopStyleColor();
        ImGui::PopFont();
        const auto pinned = ui.document.pinned();
        if (pinned && pinned != followed_) {
            const auto at = std::find(rows_.begin(), rows_.end(), *pinned);
            const auto row = static_cast<float>(at - rows_.begin());
            ImGui::SetScrollY(std::max(0.0F, row * ui.px(kTableRow) - area.height() / 3));
        }
        followed_ = pinned;
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(rows_.size()), ui.px(kTableRow));
        while (clipper.Step())
            for (int r = clipper.DisplayStart; r < clipper.DisplayEnd; ++r)
                draw_row(ui, *dataset, rows_[static_cast<std::size_t>(r)]);
        ImGui::EndTable();
    }
    ImGui::PopStyleVar();
    end_region();
}

} // namespace diaban::gui
