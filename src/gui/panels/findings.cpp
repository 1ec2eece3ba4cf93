#include "gui/panels/findings.hpp"

#include "app/commands/check.hpp"
#include "app/commands/join.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

std::optional<std::size_t> unit_of(const data::UnitTable& units, const std::string& code) {
    if (code.empty()) return std::nullopt;
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units.code[i] == code) return i;
    return std::nullopt;
}

} // namespace

// All lines of a dataset; made once.
void FindingsPanel::make_lines(Ui& ui, const std::shared_ptr<const app::Dataset>& dataset) {
    const app::Language& language = ui.document.language();
    if (made_for_ == dataset && made_in_ == language.code()) return;
    made_for_ = dataset;
    made_in_ = language.code();
    lines_.clear();
    const data::UnitTable& units = dataset->vintage->units;
    for (const base::Finding& f : dataset->findings)
        lines_.push_back({language.text(f), f.severity, std::nullopt, &f});
    if (!dataset->joined) return;
    const data::JoinReport& join = dataset->join;
    auto add = [&](std::string_view key, base::Args args, std::optional<std::size_t> unit) {
        lines_.push_back({language.text(key, args), base::Severity::Warning, unit, nullptr});
    };
    for (const std::size_t unit : join.unmatched_units)
        add("ui.join.unit_without_row",
            {{"name", unit_name(units, unit)}, {"code", units.code[unit]}}, unit);
    auto rows = [&](std::string_view key, const std::vector<data::JoinRow>& list) {
        for (const data::JoinRow& row : list)
            add(key,
                {{"row", std::to_string(row.row)},
                 {"code", row.code},
                 {"period", row.period},
                 {"value", row.value}},
                unit_of(units, row.code));
    };
    rows("ui.join.row_without_unit", join.unmatched_rows);
    rows("ui.join.duplicate_row", join.duplicate_rows);
    rows("ui.join.bad_value", join.bad_values);
}

void FindingsPanel::show_place(Ui& ui, const app::Dataset& dataset, const Line& line) {
    std::optional<std::size_t> unit = line.unit;
    if (line.finding && !unit) unit = unit_of(dataset.vintage->units, line.finding->unit);
    if (line.finding && line.finding->at) {
        std::vector<geo::Point> at{{line.finding->at->first, line.finding->at->second}};
        const geo::Crs& map_crs = dataset.vintage->coverage->crs();
        if (map_crs.known()) geo::transform(at, geo::Crs::wgs84(), map_crs);
        geo::Box box;
        box.add(at.front());
        const double reach = 2000; // metres around the spot
        ui.map.fly_to(ui, box.grown(reach));
        if (unit) {
            ui.document.pin(static_cast<geo::FaceId>(*unit));
            ui.document.select({static_cast<geo::FaceId>(*unit)});
        }
    } else if (unit) {
        show_unit(ui, *unit, true);
    }
}

void FindingsPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_region(ui, "findings", area, {.padding = {kPad, 8}, .scroll = true});
    const auto dataset = ui.document.dataset();
    if (!dataset) return end_region();
    make_lines(ui, dataset);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    if (dataset->joined)
        paragraph(
            ui, ui.fonts.body, ui.theme->muted,
            ui.text("ui.join.summary",
                    {{"matched", static_cast<std::int64_t>(dataset->join.matched_units)},
                     {"units", static_cast<std::int64_t>(dataset->vintage->units.size())},
                     {"rows", static_cast<std::int64_t>(dataset->join.table_rows)},
                     {"lost", static_cast<std::int64_t>(dataset->join.unmatched_rows.size())}}));
    const app::DataRequest& data = ui.document.project().data;
    if (dataset->joined)
        copy_command(ui, "findings", app::to_flags(app::JoinRequest{data, {}}));
    else if (!data.boundaries.empty())
        copy_command(ui, "findings", app::to_flags(app::CheckRequest{data}));
    if (lines_.empty()) paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.findings.none"));
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines_.size()), ui.px(28));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const Line& line = lines_[static_cast<std::size_t>(i)];
            const bool info = line.severity == base::Severity::Info;
            if (list_row(ui, {.name = "line:" + std::to_string(i),
                              .text = line.text,
                              .warning = !info,
                              .icon = info ? Icon::Info : Icon::Warning,
                              .indent = 0,
                              .height = 28}))
                show_place(ui, *dataset, line);
        }
    ImGui::PopStyleVar();
    end_region();
}

} // namespace diaban::gui
