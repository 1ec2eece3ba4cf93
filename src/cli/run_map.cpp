// Maps, one or a series of sheets; the classes of their values; the layouts of their pages.
#include "app/classified.hpp"
#include "app/commands/map_series.hpp"
#include "app/layout_file.hpp"
#include "app/load_for_map.hpp"
#include "app/reform.hpp"
#include "app/smoothed.hpp"
#include "app/view_notes.hpp"
#include "app/where_filter.hpp"
#include "cli/console.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace diaban::cli {
namespace {

using app::Need;

// What a reader should know about a map before believing it.
void advise(const app::Dataset& dataset, const app::StyledMap& map, bool coloured,
            const Console& c) {
    const bool areas = map.choice.kind == map::MapKind::Choropleth;
    if (coloured && areas && app::shows_counts(dataset, map)) {
        if (const auto rate = app::rate_of(dataset, map)) {
            const auto& indicator = dataset.cube->indicators[*rate];
            c.say(c.language->text(
                "said.counts",
                {{"rate", indicator.id}, {"name", app::indicator_name(indicator, *c.language)}}));
        } else {
            c.say(c.language->text("said.counts_no_rate"));
        }
        c.say(c.language->text("said.counts_symbols"));
    }
    if (const auto fewer = app::fewer_classes(dataset, map, *c.language); !fewer.empty())
        c.say(fewer);
}

// Findings that are told in full where a map is made; the others are counted.
constexpr std::array<std::string_view, 19> kToldInFull{
    // What a map of the country ought to show.
    "no_archipelagos",
    // What was asked for and is not on the maps; no other verb tells of it.
    "years_without_data", "legend_rows_unknown", "areas_without_shape",
    // What is held against a plan that says nothing of the year.
    "plan_other_year",
    // Files that are named otherwise than they were asked to be.
    "series_names_repeated",
    // What the words of a column mean decides how the whole map looks.
    "half_statuses", "strange_statuses", "half_numbers",
    // Where everything lies, when the file does not say it, or says what cannot be.
    "crs_unknown", "crs_unknown_none", "crs_unknown_swapped", "crs_from_province", "crs_impossible",
    "crs_contradicts", "crs_elsewhere", "swapped_axes",
    // Where places lie, when nobody says in what their metres are.
    "places_metres", "places_elsewhere"};

// A query may ask about more than the one indicator that is mapped, and so may the tables of a
// layout: statuses, targets of a plan.
bool needs_one_indicator(const app::MapRequest& r) {
    return r.across == app::Across::No && r.change.empty() && r.map.where.empty() &&
           r.map.kind != map::MapKind::Bivariate && r.series.indicators.empty() &&
           r.page.layout.empty();
}

void say_findings(const base::Findings& findings, const Console& c) {
    std::int64_t others = 0;
    for (const auto& finding : findings) {
        if (finding.key.starts_with("layout_") ||
            std::find(kToldInFull.begin(), kToldInFull.end(), finding.key) != kToldInFull.end())
            c.say(c.language->text(finding));
        else
            ++others;
    }
    if (others > 0) c.say(c.language->text("said.findings", {{"count", others}}));
}

// How many files, and where: without a folder in their names they lie where the program was called.
void say_series(const app::SeriesReport& report, const Console& c) {
    const auto folder = report.files.front().parent_path();
    base::Args args{{"count", static_cast<std::int64_t>(report.written)}};
    if (folder.empty()) return c.say(c.language->text("said.series_written_here", args));
    args.push_back({"folder", folder.string()});
    c.say(c.language->text("said.series_written", args));
}

} // namespace

int run(const app::ClassesRequest& r, const Console& c) {
    // Rates smoothed among neighbours, and queries, need to know who borders on whom.
    const auto dataset = app::load_across(
        r.data, r.across,
        app::parse_smoothed(r.map.indicator) || !r.map.where.empty() ? Need::Picture : Need::Values,
        c.ctx);
    const auto sources = c.query_sources(dataset.get());
    const auto report = app::run(
        r, dataset, *c.language, c.ctx,
        app::where_filter(r.map.where, dataset, &sources, r.classification, *c.language, c.ctx));
    advise(*report.shown, report.map, false, c);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    say_findings(report.shown->findings, c);
    return 0;
}

int run(const app::MapRequest& r, const Console& c) {
    app::page_size_of(r.page); // a wrong one is said before the work
    if (r.series.on()) return run_series(r, c);
    const bool own = r.across == app::Across::Own && r.change.empty();
    const bool one = needs_one_indicator(r);
    const auto dataset = own   ? nullptr
                         : one ? app::load_for_map(r.data, r.map.indicator, Need::Picture, c.ctx)
                               : app::load_across(r.data, r.across, Need::Picture, c.ctx);
    const auto sources = c.query_sources(dataset.get());
    const auto report = own ? app::run_on_own_boundaries(r, *c.language, c.ctx, &sources)
                            : app::run(r, *dataset, *c.language, c.ctx, nullptr, &sources);
    if (c.invocation.json) std::fputs(to_json(report, *c.language).c_str(), stdout);
    for (const auto& file : report.files)
        c.say(c.language->text("said.written", {{"file", file.string()}}));
    c.say(report.map.legend_title);
    for (const auto& entry : report.map.style.entries)
        c.say("  " + entry.label + ": " + c.language->count(entry.count));
    if (r.change.empty() && report.shown) advise(*report.shown, report.map, true, c);
    if (report.shown)
        if (const auto missing = app::units_not_drawn(*report.shown, *c.language); !missing.empty())
            c.say(missing);
    if (report.masked > 0)
        c.say(
            c.language->text("said.masked", {{"count", static_cast<std::int64_t>(report.masked)}}));
    say_findings(report.findings, c);
    return 0;
}

int run(const app::LayoutsRequest& r, const Console& c) {
    const auto report = app::run(r);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    if (!report.file.empty()) c.say_written({report.file});
    return 0;
}

int run_series(const app::MapRequest& r, const Console& c) {
    const bool one = needs_one_indicator(r);
    const auto dataset = one ? app::load_for_map(r.data, r.map.indicator, Need::Picture, c.ctx)
                             : app::load_across(r.data, r.across, Need::Picture, c.ctx);
    const auto sources = c.query_sources(dataset.get());
    const auto report = app::run_series(r, *dataset, *c.language, c.ctx, &sources);
    if (c.invocation.json) std::fputs(to_json(report, *c.language).c_str(), stdout);
    if (report.files.size() == 1)
        c.say_written(report.files);
    else
        say_series(report, c);
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
    say_findings(report.findings, c);
    return 0;
}

} // namespace diaban::cli
