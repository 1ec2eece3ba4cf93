// The chart on a sheet: to a file, and as a command.
#include "app/commands/flags.hpp"
#include "gui/panels/chart_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {

app::ChartRequest ChartPanel::request(const Ui& ui) const {
    app::ChartRequest request;
    const app::Project& project = ui.document.project();
    request.data = project.data;
    request.map = ui.document.styled()->choice;
    request.kind = kind_;
    request.across = project.across;
    if (kind_ == Kind::Scatter) request.second = across_;
    // Of a single unit there is nothing to rank; classes are counted over all units.
    const app::Faces& selection = ui.document.selection();
    if (!by_year(ui) && (kind_ == Kind::Series || (kind_ == Kind::Ranked && selection.size() > 1)))
        request.select = app::named_set({}, selection, ui.document.dataset()->vintage->units).codes;
    request.page = project.page;
    request.page.title.clear(); // that of the map
    request.classification =
        internal_ ? app::Classification::Internal : app::Classification::Public;
    return request;
}

// The chart as a file: where it goes is asked, the rest is as it is shown.
void ChartPanel::draw_export(Ui& ui) {
    gap(ui, 4);
    ImGui::SetCursorPosX(ui.px(10));
    const app::ChartRequest wanted = request(ui);
    const std::string kind(app::kChartKinds[static_cast<std::size_t>(kind_)]);
    const std::string name =
        kind + "_" + app::suggested_name(*ui.document.styled(), *ui.document.dataset(), "png");
    if (tool_button(ui, "ui.charts.export", {.icon = Icon::Export, .name = "charts.export"}))
        ui.shell.picking = Picking{
            .save = true,
            .title = "ui.charts.export",
            .extensions = {".png", ".svg", ".pdf", ".csv"},
            .name = name,
            .folder = {},
            .then = [wanted](Ui& later, const std::filesystem::path& file) {
                app::ChartRequest now = wanted;
                now.out = file;
                const std::string written = later.text("ui.export.done", {{"file", file.string()}});
                Shell* shell = &later.shell;
                later.document.jobs().run(
                    {.key = "export"},
                    [now, dataset = later.document.dataset(), sources = where_sources(later),
                     code = later.document.language().code()](base::JobContext& ctx) {
                        return app::run(now, dataset, *app::Language::load(code), ctx,
                                        sources ? &*sources : nullptr);
                    },
                    [shell, written](app::Document&, const app::ChartReport&) {
                        shell->notice = written;
                    });
            }};
    ImGui::SameLine(0, ui.px(2));
    app::ChartRequest copied = wanted;
    copied.out = name;
    const auto flags = app::to_flags(copied);
    ui.probe.state("charts.command", app::command_line(flags, ui.document.language()));
    if (tool_button(ui, "ui.export.copy_command", {.icon = Icon::Copy, .name = "charts.copy"}))
        put_command(ui, flags);
    ImGui::SameLine(0, ui.px(2));
    if (tool_button(ui, "ui.charts.internal",
                    {.icon = Icon::Eye, .on = internal_, .name = "charts.internal"}))
        internal_ = !internal_;
}

} // namespace diaban::gui
