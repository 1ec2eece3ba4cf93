// `map` with a series: an atlas, several indicators, small maps side by side.
#include "app/commands/map_series.hpp"
#include "app/load_for_map.hpp"
#include "app/reform.hpp"
#include "app/view_notes.hpp"
#include "cli/console.hpp"

namespace diaban::cli {

int run_series(const app::MapRequest& r, const Console& c) {
    const bool one = r.across == app::Across::No && r.change.empty() && r.map.where.empty() &&
                     r.series.indicators.empty();
    const auto dataset = one ? app::load_for_map(r.data, r.map.indicator, app::Need::Picture, c.ctx)
                             : app::load_across(r.data, r.across, app::Need::Picture, c.ctx);
    const auto sources = c.query_sources(dataset.get());
    const auto report = app::run_series(r, *dataset, *c.language, c.ctx, &sources);
    if (c.invocation.json) std::fputs(to_json(report, *c.language).c_str(), stdout);
    if (report.files.size() == 1)
        c.say_written(report.files);
    else
        c.say(c.language->text("said.series_written",
                               {{"count", static_cast<std::int64_t>(report.written)},
                                {"folder", report.files.front().parent_path().string()}}));
    c.say(c.language->text("said.series_sheets",
                           {{"count", static_cast<std::int64_t>(report.sheets.size())}}));
    if (r.series.resume)
        c.say(c.language->text("said.series_unchanged",
                               {{"count", static_cast<std::int64_t>(report.unchanged)}}));
    if (const auto missing = app::units_not_drawn(*report.shown, *c.language); !missing.empty())
        c.say(missing);
    if (report.masked > 0)
        c.say(
            c.language->text("said.masked", {{"count", static_cast<std::int64_t>(report.masked)}}));
    for (const auto& finding : report.findings)
        if (finding.key == "series_names_repeated" || finding.key == "areas_without_shape" ||
            finding.key == "years_without_data")
            c.say(c.language->text(finding));
    return 0;
}

} // namespace diaban::cli
