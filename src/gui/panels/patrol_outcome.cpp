// What the panel of plans shows once there is a plan: what it says, the legend, communes to move,
// the list, files.
#include "app/commands/patrol.hpp"
#include "app/timestamp.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/patrol_panel.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <cfloat>
#include <utility>

namespace diaban::gui {
namespace {

constexpr std::size_t kPatrolRows = 300; // communes listed; groups select all of theirs

app::Faces faces_of_group(const app::PatrolReport& report, std::size_t group) {
    app::Faces out;
    for (const auto& row : report.rows)
        if (row.group == group && row.word != "beyond")
            out.push_back(static_cast<geo::FaceId>(row.unit));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

} // namespace

std::string PatrolPanel::group_name(Ui& ui, const app::PatrolReport& report, std::size_t group,
                                    const std::vector<std::string>& names) {
    const auto& base = report.groups[group].unit;
    if (report.request.kind == app::PatrolKind::Cover && base) return names[*base];
    if (const auto& place = report.groups[group].place) return place->name;
    auto out = ui.text("patrol.column." + std::string(to_string(report.request.kind))) + " " +
               std::to_string(group + 1);
    if (base) out += " · " + names[*base];
    return out;
}

void PatrolPanel::show(app::Document& document, Outcome& outcome) {
    outcome.serial = document.show_answer(outcome.report->map);
}

// The first plan only until the better one is there; that one may fail where the first did not.
void PatrolPanel::deliver(app::Document& document, const std::shared_ptr<Outcome>& to,
                          Outcome found) {
    if (found.run != to->run || found.dataset != document.dataset()) return;
    const bool told = to->told == to->run && to->report;
    if (told && found.first) return;
    if (told && found.error) {
        to->error = std::move(found.error);
        return;
    }
    if (told) found.fresh = to->fresh; // the panel has scrolled to it already
    found.made = found.report;
    found.key = std::to_string(found.run) + " " + app::now_utc();
    *to = std::move(found);
    if (to->report) show(document, *to);
}

void PatrolPanel::draw_sentences(Ui& ui, const app::PatrolReport& report) {
    const auto small = [&](ImU32 ink, const std::string& text) {
        paragraph(ui, ui.fonts.small, ink, text);
    };
    paragraph(ui, ui.fonts.strong, ui.theme->text, report.sentences.front());
    record(ui, "patrol.answer");
    if (std::exchange(outcome_->fresh, false)) ImGui::SetScrollHereY(0.4F);
    const bool doubtful = report.stopped || !report.apart.empty();
    for (std::size_t i = 1; i < report.sentences.size(); ++i)
        small(doubtful ? ui.theme->warning : ui.theme->muted, report.sentences[i]);
    const bool internal = report.request.classification == app::Classification::Internal;
    if (internal) small(ui.theme->warning, ui.text("ui.patrol.shown_internal"));
    if (!report.masked.empty())
        small(ui.theme->muted,
              ui.text("ui.patrol.masked",
                      {{"count", static_cast<std::int64_t>(report.masked.size())}}));
    if (outcome_->first)
        small(ui.theme->warning,
              ui.text(job_runs(ui, "patrol") ? "ui.patrol.first_running" : "ui.patrol.first"));
    auto now = wanted(ui);
    now.page = outcome_->request.page; // no matter of the plan
    now.layers = outcome_->request.layers;
    if (!(now == outcome_->request)) small(ui.theme->warning, ui.text("ui.patrol.stale"));
    ui.probe.state("patrol", report.sentences.front());
    ui.probe.state("patrol.classification", internal ? "internal" : "public");
    ui.probe.state("patrol.stopped", report.stopped ? "yes" : "no");
    ui.probe.state("patrol.proven", report.proven ? "yes" : "no");
    ui.probe.state("patrol.first", outcome_->first ? "yes" : "no");
    ui.probe.state("patrol.count", static_cast<double>(report.rows.size()));
    ui.probe.state("patrol.objective", report.objective);
    ui.probe.state("patrol.by_hand", static_cast<double>(report.by_hand.size()));
}

// Of the one selected commune: why it is in the plan, or what its score is if it is not.
void PatrolPanel::draw_score(Ui& ui, const app::PatrolReport& report) {
    if (ui.document.selection().size() != 1) return;
    const auto row = app::row_of(report, ui.document.selection().front());
    if (!row) return;
    const auto words = app::patrol_words(report, *row, ui.document.language());
    gap(ui, 4);
    paragraph(ui, ui.fonts.small, ui.theme->text, words);
    record(ui, "patrol.why");
    ui.probe.state("patrol.why", words);
}

void PatrolPanel::draw_row(Ui& ui, const app::PatrolReport& report, const app::PatrolRow& row) {
    const auto& language = ui.document.language();
    const auto& selection = ui.document.selection();
    const auto face = static_cast<geo::FaceId>(row.unit);
    std::string trailing;
    switch (report.request.kind) {
    case app::PatrolKind::Cover:
        trailing = language.number(row.value / 1000, 1) + " km";
        break;
    case app::PatrolKind::Sectors:
        trailing = app::work_words(report, row, language);
        break;
    case app::PatrolKind::Rota:
        trailing = language.number(row.value, 2);
        break;
    }
    if (list_row(ui, {.name = "patrol_unit:" + std::to_string(row.group + 1) + ":" +
                              report.codes[row.unit],
                      .text = outcome_->names[row.unit],
                      .trailing = std::move(trailing),
                      .selected = std::binary_search(selection.begin(), selection.end(), face),
                      .muted = row.word == "beyond",
                      .height = 26}))
        show_unit(ui, row.unit, true);
    if (ImGui::IsItemHovered()) tooltip(ui, app::patrol_words(report, row, language));
}

// Base by base, team by team or month by month; a click on a group selects it and shows it whole.
void PatrolPanel::draw_list(Ui& ui, const app::PatrolReport& report) {
    const auto& language = ui.document.language();
    const auto faces = ui.document.dataset()->vintage->coverage->faces();
    const bool rota = report.request.kind == app::PatrolKind::Rota;
    std::size_t listed = 0;
    std::string counts;
    for (std::size_t g = 0; g < report.groups.size(); ++g) {
        const auto& group = report.groups[g];
        auto trailing = language.count(group.communes);
        counts += (g > 0 ? " " : "") + std::to_string(group.communes);
        if (!rota && !report.request.indicator.empty())
            trailing += " · " + app::sum_words(group.burden, 0, group.estimated, language);
        if (list_row(ui, {.name = "patrol_group:" + std::to_string(g + 1),
                          .text = group_name(ui, report, g, outcome_->names),
                          .trailing = std::move(trailing),
                          .icon = Icon::Target,
                          .indent = 0,
                          .height = 30})) {
            const auto units = faces_of_group(report, g);
            geo::Box box;
            for (const auto unit : units) box.add(faces[unit].box);
            choose_units(ui, units);
            if (!box.empty()) ui.map.fly_to(ui, box);
        }
        for (const auto& row : report.rows) {
            if (row.group != g || listed == kPatrolRows) continue;
            draw_row(ui, report, row);
            ++listed;
        }
    }
    ui.probe.state("patrol.groups", counts);
    if (report.rows.size() > listed)
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("near.more",
                          {{"count", static_cast<std::int64_t>(report.rows.size() - listed)}}));
}

// Asks for a file and writes the plan that is shown into it.
void PatrolPanel::write_files(Ui& ui, std::filesystem::path app::PatrolRequest::*file,
                              std::vector<std::string> extensions) {
    ui.shell.picking = Picking{
        .save = true,
        .title = "ui.patrol.write",
        .extensions = std::move(extensions),
        .name = ui.text("ui.patrol.file_name"),
        .folder = {},
        .then = [plan = outcome_->report, file](Ui& later, const std::filesystem::path& chosen) {
            auto report = *plan;
            report.request.*file = whole_path(chosen);
            report.request.page = later.document.project().page;
            report.request.layers = later.document.project().lines;
            write_beside(later, "patrol_write",
                         [report = std::move(report), dataset = later.document.dataset()](
                             const app::Language& language, base::JobContext& ctx) {
                             auto written = report;
                             app::write(written, *dataset, language, ctx);
                             return written.files;
                         });
        }};
}

void PatrolPanel::draw_files(Ui& ui, const app::PatrolReport& report) {
    gap(ui, 4);
    const float width = ImGui::GetContentRegionAvail().x;
    if (report.apart.empty())
        copy_command(ui, "patrol", app::to_flags(report.request), width);
    else
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.patrol.no_command"));
    if (draw_running(ui, "patrol_write")) return;
    if (text_button(ui, "ui.patrol.write", false, true, width))
        write_files(ui, &app::PatrolRequest::out,
                    {".xlsx", ".csv", ".ods", ".html", ".gpkg", ".shp", ".geojson", ".fgb", ".kml",
                     ".gpx"});
    if (text_button(ui, "ui.patrol.write_orders", false, true, width))
        write_files(ui, &app::PatrolRequest::orders, {".pdf", ".xlsx", ".ods", ".html", ".csv"});
    if (text_button(ui, "ui.patrol.write_map", false, true, width))
        write_files(ui, &app::PatrolRequest::map_out, {".png", ".pdf", ".svg"});
}

void PatrolPanel::draw_outcome(Ui& ui) {
    auto& outcome = *outcome_;
    if (!outcome.report || outcome.dataset != ui.document.dataset()) return;
    bool shown = on_map(ui);
    if (outcome.language != ui.document.language().code()) {
        outcome.language = ui.document.language().code();
        outcome.report = std::make_shared<const app::PatrolReport>(
            app::reworded(*outcome.report, *outcome.dataset, ui.document.language()));
        if (shown) show(ui.document, outcome);
    }
    // A copy: a move puts another plan in its place.
    const Report report = outcome.report;
    gap(ui, 4);
    rule(ui);
    gap(ui, 4);
    draw_sentences(ui, *report);
    if (check(ui, "ui.patrol.on_map", shown)) {
        if (shown)
            show(ui.document, outcome);
        else
            ui.document.show_result(std::nullopt);
    }
    if (shown) {
        draw_legend(ui);
        gap(ui, 8);
    }
    draw_files(ui, *report); // above what may be long
    draw_keep(ui, report);
    draw_comparison(ui, report);
    gap(ui, 4);
    draw_moves(ui, *report);
    draw_score(ui, *report);
    gap(ui, 4);
    draw_list(ui, *report);
}

} // namespace diaban::gui
