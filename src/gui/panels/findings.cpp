#include "gui/panels/findings.hpp"

#include "app/commands/check.hpp"
#include "app/commands/join.hpp"
#include "base/paths.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

constexpr float kGroupsWidth = 280, kLeastForBoth = 620; // interface pixels
constexpr float kRow = 28;

// Places of the lines in map coordinates; of a line without a place, its unit's.
std::vector<geo::Point> places_of(const app::NotedGroup& group, const geo::Coverage& coverage) {
    std::vector<geo::Point> out;
    std::vector<geo::Point> degrees;
    for (const auto& line : group.lines) {
        if (line.at)
            degrees.push_back({line.at->first, line.at->second});
        else if (line.units.size() == 1 && coverage.faces()[line.units.front()].ring_count > 0)
            out.push_back(coverage.faces()[line.units.front()].label_at);
    }
    if (coverage.crs().known()) geo::transform(degrees, geo::Crs::wgs84(), coverage.crs());
    out.insert(out.end(), degrees.begin(), degrees.end());
    return out;
}

// How much ground is shown around a finding: a few times its own size, never less than a street.
double reach_of(const app::NotedLine& line) {
    constexpr double kLeast_m = 150, kMost_m = 4000, kTimes = 6;
    if (!line.amount) return kMost_m / 2;
    const double size = line.amount_unit == "m2"  ? std::sqrt(std::abs(*line.amount))
                        : line.amount_unit == "m" ? std::abs(*line.amount)
                                                  : kMost_m / 2 / kTimes;
    return std::clamp(kTimes * size, kLeast_m, kMost_m);
}

void show_line(Ui& ui, const app::NotedLine& line) {
    const auto dataset = ui.document.dataset();
    if (line.units.size() > 1) return choose_units(ui, line.units);
    if (!line.at) {
        if (line.units.size() == 1) show_unit(ui, line.units.front(), true);
        return;
    }
    std::vector<geo::Point> at{{line.at->first, line.at->second}};
    const geo::Crs& crs = dataset->vintage->coverage->crs();
    if (crs.known()) geo::transform(at, geo::Crs::wgs84(), crs);
    geo::Box box;
    box.add(at.front());
    ui.map.fly_to(ui, box.grown(reach_of(line)));
    if (line.units.size() == 1) ui.document.pin(line.units.front());
}

// Selects them and brings all of them into view.
void show_units(Ui& ui, app::Faces units) {
    geo::Box box;
    const auto faces = ui.document.dataset()->vintage->coverage->faces();
    for (const geo::FaceId unit : units)
        if (!faces[unit].box.empty()) box.add(faces[unit].box);
    if (!box.empty()) ui.map.fly_to(ui, box);
    choose_units(ui, std::move(units));
}

} // namespace

void FindingsPanel::take_dataset(Ui& ui, const std::shared_ptr<const app::Dataset>& dataset) {
    const app::Language& language = ui.document.language();
    const app::StyledMap* styled = ui.document.styled();
    const std::uint64_t serial = styled ? styled->serial : 0;
    const bool same = made_for_ == dataset && made_in_ == language.code();
    if (same && made_of_ == serial) return;
    if (!same) noted_ = app::noted(*dataset, language);
    made_for_ = dataset;
    made_in_ = language.code();
    made_of_ = serial;
    groups_ = styled ? app::with_no_data(noted_, *dataset, *styled, language) : noted_;
    ui.shell.marks.reset();
}

std::size_t FindingsPanel::chosen(const Ui& ui) const {
    for (std::size_t i = 0; i < groups_.size(); ++i)
        if (groups_[i].key == ui.shell.finding_group) return i;
    return 0;
}

void FindingsPanel::draw_groups(Ui& ui, const Rect& area) {
    begin_region(ui, "finding groups", area, {.padding = {kPad, 8}, .scroll = true});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    const std::size_t now = chosen(ui);
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        const app::NotedGroup& group = groups_[i];
        if (list_row(ui, {.name = "group:" + group.key,
                          .text = group.title,
                          .trailing = ui.document.language().count(group.lines.size()),
                          .selected = i == now,
                          .warning = group.severity != base::Severity::Info,
                          .indent = 0,
                          .height = kRow}))
            ui.shell.finding_group = group.key;
    }
    ImGui::PopStyleVar();
    end_region();
}

void FindingsPanel::export_list(Ui& ui) const {
    ui.shell.picking = Picking{
        .save = true,
        .title = "ui.findings.export",
        .extensions = {".csv"},
        .name = "phat_hien",
        .then = [text = app::noted_csv(groups_, made_for_->vintage->units)](
                    Ui& later, const std::filesystem::path& file) {
            base::write_file(file, text);
            later.shell.notice = later.text("said.written", {{"file", file.filename().string()}});
        }};
}

// What the group means, and what can be done with the list.
void FindingsPanel::draw_head(Ui& ui, const app::NotedGroup& group) {
    if (tool_button(ui, "ui.findings.export", {.icon = Icon::Export, .label = true}))
        export_list(ui);
    ImGui::SameLine(0, ui.px(4));
    const app::DataRequest& data = ui.document.project().data;
    if (made_for_->joined)
        copy_command(ui, "findings", app::to_flags(app::JoinRequest{data, {}}));
    else if (!data.boundaries.empty())
        copy_command(ui, "findings", app::to_flags(app::CheckRequest{data}));
    else
        ImGui::NewLine();
    if (!group.why.empty()) {
        paragraph(ui, ui.fonts.small, ui.theme->muted, group.why);
        record(ui, "finding.why");
    }
    auto units = app::units_of(group);
    gap(ui, 4);
    if (units.size() > 1 && text_button(ui, "ui.findings.select")) show_units(ui, std::move(units));
}

void FindingsPanel::draw_lines(Ui& ui, const Rect& area) {
    begin_region(ui, "findings", area, {.padding = {kPad, 8}, .scroll = true});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    if (made_for_->joined)
        paragraph(
            ui, ui.fonts.body, ui.theme->muted,
            ui.text("ui.join.summary",
                    {{"matched", static_cast<std::int64_t>(made_for_->join.matched_units)},
                     {"units", static_cast<std::int64_t>(made_for_->vintage->units.size())},
                     {"rows", static_cast<std::int64_t>(made_for_->join.table_rows)},
                     {"lost", static_cast<std::int64_t>(made_for_->join.unmatched_rows.size())}}));
    if (groups_.empty()) {
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.findings.none"));
    } else {
        const app::NotedGroup& group = groups_[chosen(ui)];
        draw_head(ui, group);
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(group.lines.size()), ui.px(kRow));
        while (clipper.Step())
            for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
                const app::NotedLine& line = group.lines[static_cast<std::size_t>(i)];
                const bool info = group.severity == base::Severity::Info;
                if (list_row(ui, {.name = "line:" + std::to_string(i),
                                  .text = line.text,
                                  .warning = !info,
                                  .icon = info ? Icon::Info : Icon::Warning,
                                  .indent = 0,
                                  .height = kRow}))
                    show_line(ui, line);
            }
    }
    ImGui::PopStyleVar();
    end_region();
}

void FindingsPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    const auto dataset = ui.document.dataset();
    if (!dataset) {
        begin_region(ui, "findings", area, {.padding = {kPad, 8}});
        return end_region();
    }
    take_dataset(ui, dataset);
    const bool both = area.width() > ui.px(kLeastForBoth) && groups_.size() > 1;
    const float split = both ? area.x0 + ui.px(kGroupsWidth) : area.x0;
    if (both) draw_groups(ui, {area.x0, area.y0, split, area.y1});
    draw_lines(ui, {split, area.y0, area.x1, area.y1});
    if (groups_.empty()) return;
    const app::NotedGroup& group = groups_[chosen(ui)];
    if (!ui.shell.marks || ui.shell.marks->of != group.key)
        ui.shell.marks = std::make_shared<const Marks>(
            Marks{group.key, dataset, places_of(group, *dataset->vintage->coverage)});
}

} // namespace diaban::gui
