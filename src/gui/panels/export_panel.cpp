#include "gui/panels/export_panel.hpp"

#include "app/commands/map_series.hpp"
#include "app/series_list.hpp"
#include "app/status_view.hpp"
#include "gui/map_view.hpp"
#include "gui/panels/panels.hpp"
#include "gui/views.hpp"
#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> kSizes = {"A4 landscape", "A4 portrait", "A3 landscape",
                                         "A3 portrait",  "slide",       "1920x1080px"};
const std::vector<std::string> kPlotFormats = {"png", "svg", "pdf"};
const std::vector<std::string> kMapFormats = {"png", "svg", "pdf", "tif", "pptx"};
// Values may change over the years.
const std::vector<std::string> kFormats = {"png", "svg", "pdf", "tif", "pptx", "apng"};
// A result of the analysis can also leave as a table or a layer with one row per unit.
const std::vector<std::string> kResultFormats = {"png",     "svg", "pdf", "gpkg", "shp",
                                                 "geojson", "csv", "tif", "pptx"};
constexpr double kDpi[] = {96, 150, 300};

std::size_t place_in(const std::vector<std::string>& list, const std::string& text) {
    const auto at = std::find(list.begin(), list.end(), text);
    return at == list.end() ? 0 : static_cast<std::size_t>(at - list.begin());
}

// The Moran scatter plot leaves, not the map.
bool shows_scatter(Ui& ui) {
    return shows_clusters(ui) && ui.shell.scatter && app::has_scatter(ui.shell.result->report);
}

// Values, and not a result in place of them, are what the page holds.
bool shows_values(Ui& ui) {
    return !shows_clusters(ui) && !shows_statuses(ui);
}

bool is_picture(const std::string& format) {
    return std::find(kFormats.begin(), kFormats.end(), format) != kFormats.end();
}

bool takes_layout(const std::string& format) {
    return format == "png" || format == "svg" || format == "pdf" || format == "apng";
}

// Many sheets of one map can be such files.
bool takes_series(const std::string& format) {
    return format == "png" || format == "svg" || format == "pdf";
}

bool has_dpi(const std::string& format) {
    return format == "png" || format == "tif";
}

} // namespace

const std::vector<std::string>& ExportPanel::formats(Ui& ui) const {
    if (shows_scatter(ui)) return kPlotFormats;
    return shows_clusters(ui) ? kResultFormats : shows_statuses(ui) ? kMapFormats : kFormats;
}

const std::string& ExportPanel::format(Ui& ui) const {
    const auto& list = formats(ui);
    return list[std::min(format_, list.size() - 1)];
}

app::Classification ExportPanel::classification() const {
    return classification_ == 0 ? app::Classification::Public : app::Classification::Internal;
}

fs::path ExportPanel::target(Ui& ui) const {
    return many_files(ui) ? fs::path(folder_) : fs::path(folder_) / name_;
}

// What was asked of the analysis, with what becomes of it.
app::HotspotsRequest ExportPanel::result_request(Ui& ui) const {
    auto request = ui.shell.result->report.request;
    request.page = page_choice(ui);
    request.layers = ui.document.project().lines;
    request.classification = classification();
    const bool picture = is_picture(format(ui));
    request.dpi = has_dpi(format(ui)) ? kDpi[dpi_] : 0;
    request.significance = picture && !shows_scatter(ui) && ui.shell.significance;
    (shows_scatter(ui) ? request.scatter_out
     : picture         ? request.map_out
                       : request.out) = target(ui);
    return request;
}

app::StatusRequest ExportPanel::status_request(Ui& ui) const {
    auto request = map_of_statuses(ui);
    request.page = page_choice(ui);
    request.classification = classification();
    request.dpi = has_dpi(format(ui)) ? kDpi[dpi_] : 0;
    request.map_out = target(ui);
    return request;
}

std::vector<std::string> ExportPanel::flags(Ui& ui) const {
    if (shows_clusters(ui)) return app::to_flags(result_request(ui));
    if (shows_statuses(ui)) return app::to_flags(status_request(ui));
    return app::to_flags(request(ui));
}

app::MapRequest ExportPanel::request(Ui& ui) const {
    app::MapRequest request = shown_map(ui, as_seen_);
    request.dpi = has_dpi(format(ui)) ? kDpi[dpi_] : 0;
    if (offers_years(ui) && years_ == 1) request.years = ui.document.years();
    request.world_file = format(ui) == "png" && world_file_;
    request.page = page_choice(ui);
    request.classification = classification();
    request.out = target(ui);
    add_series(ui, request);
    return request;
}

// Painted anew when anything on the page changes; until then the last one stays.
void ExportPanel::ask_preview(Ui& ui, int width_px) {
    PageAsked wanted{.dataset = ui.document.dataset(),
                     .language = ui.document.language().code(),
                     .sources = where_sources(ui),
                     .width_px = width_px,
                     .layouts_saved = ui.shell.layouts_saved};
    // Where it goes is not on the page; its format decides what the page is.
    const fs::path named = "map." + format(ui);
    if (shows_clusters(ui)) {
        auto of_result = result_request(ui);
        of_result.out.clear();
        of_result.map_out = is_picture(format(ui)) ? named : fs::path();
        if (!of_result.scatter_out.empty()) of_result.scatter_out = "plot.png";
        wanted.request = std::move(of_result);
        wanted.result = ui.shell.result;
    } else if (shows_statuses(ui)) {
        auto of_statuses = status_request(ui);
        of_statuses.map_out = named;
        wanted.request = std::move(of_statuses);
    } else {
        auto of_values = request(ui);
        of_values.out = named;
        wanted.request = std::move(of_values);
    }
    picture_.ask(ui, wanted, shared_classes(ui, classification()));
}

void ExportPanel::draw_preview(Ui& ui) {
    if (std::exchange(layouts_saved_, ui.shell.layouts_saved) != ui.shell.layouts_saved)
        layout_.look_again();
    const map::PageSize size =
        format(ui) == "pptx" ? map::parse_page_size("slide") : layout_.size_of(page_choice(ui));
    const float width = ImGui::GetContentRegionAvail().x, most = ui.px(230);
    float w = width, h = static_cast<float>(size.height_mm / size.width_mm) * width;
    if (h > most) w *= most / h, h = most;
    const float raster = std::max(1.0F, ImGui::GetIO().DisplayFramebufferScale.x);
    ask_preview(ui, static_cast<int>(std::lround(w * raster)));
    picture_.take();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 a{std::round(at.x + (width - w) / 2), at.y}, b{a.x + w, a.y + h};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({a.x + ui.px(2), a.y + ui.px(3)}, {b.x + ui.px(2), b.y + ui.px(3)},
                       ui.theme->shadow, ui.px(3));
    list.AddRectFilled(a, b, IM_COL32_WHITE, ui.px(2));
    const auto& error = picture_.error();
    const bool painted = picture_.shown() && !error;
    if (painted) list.AddImage(picture_.texture(), a, b);
    list.AddRect(a, b, ui.theme->line, ui.px(2));
    ImGui::Dummy({width, h + ui.px(6)});
    record(ui, "export.preview");
    ui.probe.state("export.preview", painted ? "painted" : "");
    if (error) paragraph(ui, ui.fonts.small, ui.theme->error, ui.document.language().text(*error));
}

bool ExportPanel::offers_years(Ui& ui) const {
    const auto& one = format(ui);
    return shows_values(ui) && ui.shell.mode != MapMode::Change &&
           (one == "pptx" || one == "apng") && ui.document.years().size() > 1;
}

bool ExportPanel::offers_series(Ui& ui) const {
    return shows_values(ui) && takes_series(format(ui));
}

// The page of the project, without a layout where the format has none.
app::PageChoice ExportPanel::page_choice(Ui& ui) const {
    auto page = ui.document.project().page;
    if (!takes_layout(format(ui))) page.layout.clear();
    return page;
}

// What the file is named after: a file of all years is not that of one.
app::StyledMap ExportPanel::named_after(Ui& ui, app::StyledMap styled) const {
    if (offers_years(ui) && years_ == 1) styled.choice.period = {};
    return styled;
}

void ExportPanel::draw_format(Ui& ui) {
    std::vector<std::string> names;
    for (const std::string& one : formats(ui)) names.push_back(ui.text("ui.format." + one));
    format_ = std::min(format_, names.size() - 1);
    if (choice(ui, "ui.export.format", format_, names)) suggested_.clear();
    if (has_dpi(format(ui))) {
        std::vector<std::string> dpi;
        for (const double d : kDpi)
            dpi.push_back(ui.text("ui.export.dpi_value", {{"dpi", static_cast<std::int64_t>(d)}}));
        choice(ui, "ui.export.dpi", dpi_, dpi);
    }
    if (format(ui) == "png" && shows_values(ui)) check(ui, "ui.export.world_file", world_file_);
    if (offers_years(ui))
        choice(ui, "ui.export.years", years_,
               {ui.text("ui.export.years.one"), ui.text("ui.export.years.all")});
}

void ExportPanel::draw_fields(Ui& ui, const app::StyledMap& styled) {
    app::Project next = ui.document.project();
    if (shows_clusters(ui) && app::has_scatter(ui.shell.result->report)) {
        std::size_t what = ui.shell.scatter;
        if (choice(ui, "ui.export.what", what,
                   {ui.text("ui.export.what.map"), ui.text("ui.export.what.scatter")})) {
            ui.shell.scatter = what == 1;
            suggested_.clear();
        }
    }
    if (takes_layout(format(ui))) layout_.draw(ui, next.page);
    // A table has no page. A layout has a size of its own, and so have slides.
    const bool page = is_picture(format(ui));
    if (page && page_choice(ui).layout.empty() && format(ui) != "pptx") {
        std::vector<std::string> sizes;
        for (const std::string& size : kSizes) sizes.push_back(ui.text("ui.size." + size));
        std::size_t size = place_in(kSizes, next.page.size);
        if (choice(ui, "ui.export.size", size, sizes)) next.page.size = kSizes[size];
    }
    draw_format(ui);
    if (page) field(ui, "ui.export.title", next.page.title);
    std::optional<app::MapChoice> named;
    if (shows_values(ui) && ui.shell.mode != MapMode::Change)
        named = indicator_name_field(ui, styled);
    if (page && format(ui) != "tif") field(ui, "ui.export.source", next.page.source);
    if (page) check(ui, "ui.export.labels", next.page.district_labels);
    if (page && !ui.document.dataset()->places.empty())
        check(ui, "ui.export.place_labels", next.page.place_labels);
    choice(ui, "ui.export.classification", classification_,
           {ui.text("ui.export.public"), ui.text("ui.export.internal")});
    if (classification_ == 1)
        paragraph(ui, ui.fonts.small, ui.theme->warning, ui.text("ui.export.internal_note"));
    if (!(next.page == ui.document.project().page))
        ui.document.edit(std::move(next), "edit.page", "page");

    const std::string suggested =
        (shows_scatter(ui) ? "moran_" : "") +
        app::suggested_name(named_after(ui, styled), *ui.document.dataset(), format(ui));
    if (suggested != suggested_) name_ = suggested_ = suggested, replace_ = false;
    if (folder_.empty()) {
        const fs::path& file = ui.document.file();
        const char* home = std::getenv("HOME");
        folder_ = !file.empty() ? file.parent_path().string() : home ? home : ".";
    }
    if (field(ui, "ui.export.folder", folder_)) replace_ = false;
    if (field(ui, "ui.export.name", name_)) replace_ = false;
    if (shows_values(ui)) check(ui, "ui.export.as_seen", as_seen_);
    if (named) choose(ui, *named, "edit.legend", kNamingIndicator);
}

void ExportPanel::start(Ui& ui) {
    std::error_code none;
    const bool there = many_files(ui)
                           ? fs::exists(app::series_list_of(folder_, {}), none) && !resume_
                           : fs::exists(target(ui), none);
    if (there && !replace_) {
        replace_ = true; // asked on the button itself
        return;
    }
    replace_ = false;
    result_->text.clear();
    const std::string written = ui.text("ui.export.done", {{"file", target(ui).string()}});
    if (shows_clusters(ui)) return start_result(ui, written);
    if (shows_statuses(ui)) return start_statuses(ui, written);
    if (request(ui).series.on()) return start_series(ui);
    ui.document.jobs().run(
        {.key = "export"},
        [wanted = request(ui), dataset = ui.document.dataset(),
         classes = shared_classes(ui, classification()), sources = where_sources(ui),
         code = ui.document.language().code()](base::JobContext& ctx) {
            // Years on boundaries of their own: more than the window has loaded.
            if (wanted.across == app::Across::Own && !wanted.years.empty())
                return app::run_on_own_boundaries(wanted, *app::Language::load(code), ctx,
                                                  sources ? &*sources : nullptr);
            return app::run(wanted, *dataset, *app::Language::load(code), ctx,
                            classes ? &*classes : nullptr, sources ? &*sources : nullptr);
        },
        [result = result_, written](app::Document&, const app::MapReport& report) {
            result->text = written;
            if (!report.files.empty()) result->file = report.files.front();
        });
}

void ExportPanel::start_result(Ui& ui, const std::string& written) {
    ui.document.jobs().run(
        {.key = "export"},
        [wanted = result_request(ui), result = ui.shell.result,
         code = ui.document.language().code()](base::JobContext& ctx) {
            return app::export_hotspots(*result, wanted, *app::Language::load(code), ctx);
        },
        [result = result_, written](app::Document&, const std::vector<fs::path>& files) {
            result->text = written;
            if (!files.empty()) result->file = files.front();
        });
}

void ExportPanel::start_statuses(Ui& ui, const std::string& written) {
    ui.document.jobs().run(
        {.key = "export"},
        [wanted = status_request(ui), dataset = ui.document.dataset(),
         code = ui.document.language().code()](base::JobContext& ctx) {
            return app::run(wanted, dataset, *app::Language::load(code), ctx).files;
        },
        [result = result_, written](app::Document&, const std::vector<fs::path>& files) {
            result->text = written;
            if (!files.empty()) result->file = files.front();
        });
}

void ExportPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "export", "ui.export", area, overlay);
    const app::StyledMap* styled = shows_values(ui) ? ui.document.styled() : ui.document.shown();
    if (styled) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
        if (is_picture(format(ui)))
            draw_preview(ui);
        else
            paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.export.table_note"));
        if (shows_values(ui) && ui.document.shows_result()) {
            paragraph(ui, ui.fonts.small, ui.theme->warning,
                      ui.text("ui.export.not_result", {{"indicator", styled->indicator_name}}));
            ui.probe.state("export.not_result", styled->indicator_name);
        }
        // In reach at every height of the window: the fields below may need to be scrolled.
        if (replace_)
            paragraph(ui, ui.fonts.small, ui.theme->warning,
                      ui.text("ui.file.exists", {{"file", many_files(ui) ? folder_ : name_}}));
        const float width = ImGui::GetContentRegionAvail().x;
        const bool run = text_button(ui, replace_ ? "ui.export.replace" : "ui.export.run", true,
                                     !name_.empty() && !folder_.empty(), width);
        if (!result_->text.empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, result_->text);
        gap(ui, 4);
        draw_fields(ui, *styled);
        gap(ui, 4);
        if (run) start(ui);
        copy_command(ui, "export", flags(ui), width);
        if (offers_series(ui)) draw_series(ui);
        ui.probe.state("export.result", result_->text);
        ImGui::PopStyleVar();
    }
    end_right_panel(ui, area);
}

} // namespace diaban::gui
