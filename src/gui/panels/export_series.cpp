// Many pages at once from the export panel: an atlas, all years, years side by side.
#include "app/commands/map_series.hpp"
#include "app/held_period.hpp"
#include "gui/panels/export_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

namespace diaban::gui {
namespace {

// The areas that an atlas of the data can have a sheet of: words of --atlas.
std::vector<std::string> atlas_words(Ui& ui) {
    std::vector<std::string> out;
    const auto& units = ui.document.dataset()->vintage->units;
    if (units.has_level(data::Level::District)) out.emplace_back("district");
    if (units.has_level(data::Level::Province)) out.emplace_back("province");
    return out;
}

std::vector<data::Period> years_with_values(Ui& ui) {
    std::vector<data::Period> out;
    const auto& cube = *ui.document.dataset()->cube;
    const auto indicator = cube.find(ui.document.styled()->choice.indicator);
    for (std::size_t p = 0; indicator && p < cube.periods.size(); ++p)
        if (app::has_values(cube, *indicator, p)) out.push_back(cube.periods[p]);
    return out;
}

} // namespace

bool ExportPanel::many_files(Ui& ui) const {
    return offers_series(ui) && series_open_ && (atlas_ > 0 || all_years_) && !side_by_side_ &&
           (format(ui) != "pdf" || !one_file_);
}

void ExportPanel::add_series(Ui& ui, app::MapRequest& request) const {
    if (!offers_series(ui) || !series_open_ || (atlas_ == 0 && !all_years_)) return;
    const auto words = atlas_words(ui);
    auto& series = request.series;
    if (atlas_ > 0 && atlas_ <= words.size()) {
        series.atlas = words[atlas_ - 1];
        request.extent = {}; // the area decides
    }
    if (all_years_) request.years = years_with_values(ui);
    series.small_multiples = all_years_ && side_by_side_ && request.years.size() > 1;
    series.book = !many_files(ui) && format(ui) == "pdf" && all_years_;
    if (!many_files(ui)) return;
    series.pattern = pattern_ + "." + format(ui);
    series.resume = resume_;
}

void ExportPanel::draw_series(Ui& ui) {
    gap(ui, 4);
    check(ui, "ui.export.series", series_open_);
    if (!series_open_) return;
    std::vector<std::string> areas{ui.text("ui.export.atlas.none")};
    for (const auto& word : atlas_words(ui)) areas.push_back(ui.text("ui.export.atlas." + word));
    atlas_ = std::min(atlas_, areas.size() - 1);
    if (areas.size() > 1) choice(ui, "ui.export.atlas", atlas_, areas);
    const auto years = years_with_values(ui).size();
    if (years > 1) check(ui, "ui.export.all_years", all_years_);
    all_years_ = all_years_ && years > 1;
    if (all_years_ && years <= app::kMostSmallMaps)
        check(ui, "ui.export.side_by_side", side_by_side_);
    else
        side_by_side_ = false;
    if (format(ui) == "pdf" && !side_by_side_ && check(ui, "ui.export.one_file", one_file_))
        replace_ = false;
    if (many_files(ui)) {
        if (field(ui, "ui.export.pattern", pattern_)) replace_ = false;
        if (check(ui, "ui.export.resume", resume_)) replace_ = false;
    }
}

void ExportPanel::start_series(Ui& ui) {
    ui.document.jobs().run(
        {.key = "export"},
        [wanted = request(ui), dataset = ui.document.dataset(), sources = where_sources(ui),
         code = ui.document.language().code()](base::JobContext& ctx) {
            return app::run_series(wanted, *dataset, *app::Language::load(code), ctx,
                                   sources ? &*sources : nullptr);
        },
        [result = result_, folder = folder_](app::Document& document,
                                             const app::SeriesReport& report) {
            const auto& language = document.language();
            const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
            result->file = report.files.front();
            result->text =
                report.files.size() == 1
                    ? language.text(
                          "ui.export.series_done",
                          {{"count", count(report.sheets.size())}, {"file", result->file.string()}})
                    : language.text("said.series_written",
                                    {{"count", count(report.written)}, {"folder", folder}});
            if (report.unchanged > 0)
                result->text += " " + language.text("said.series_unchanged",
                                                    {{"count", count(report.unchanged)}});
        });
}

} // namespace diaban::gui
