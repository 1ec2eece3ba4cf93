// The Moran scatter plot of a result of `hotspots`.
#include "app/commands/hotspots_parts.hpp"
#include "app/commands/json.hpp"
#include "app/commands/map_preview.hpp"

#include <cmath>

namespace diaban::app {
namespace {

// The slope of the mean of the neighbours on the value: Moran's I of row-standardised weights.
double slope_of(const analysis::LocalResult& local) {
    double xy = 0, xx = 0;
    for (std::size_t u = 0; u < local.units; ++u) {
        if (std::isnan(local.value[u]) || std::isnan(local.lag[u])) continue;
        xy += local.value[u] * local.lag[u];
        xx += local.value[u] * local.value[u];
    }
    return xx > 0 ? xy / xx : 0;
}

void add_dots(map::ScatterPage& page, const HotspotsReport& report,
              const std::vector<bool>& masked) {
    const auto& local = report.local;
    const auto& style = report.map.style;
    std::vector<std::size_t> count(style.entries.size(), 0);
    std::vector<std::size_t> entry_of;
    for (std::size_t u = 0; u < local.units; ++u) {
        if (std::isnan(local.value[u]) || std::isnan(local.lag[u])) continue;
        if (!masked.empty() && masked[u]) continue;
        page.dots.push_back({local.value[u], local.lag[u]});
        entry_of.push_back(style.entry_of[u]);
        ++count[style.entry_of[u]];
    }
    std::vector<std::uint16_t> row_of(count.size(), 0);
    for (std::size_t e = 0; e < count.size(); ++e) {
        if (count[e] == 0) continue;
        row_of[e] = static_cast<std::uint16_t>(page.rows.size());
        page.rows.push_back(style.entries[e]);
        page.rows.back().count = count[e];
    }
    for (const auto entry : entry_of) page.row_of.push_back(row_of[entry]);
}

void add_facts(map::ScatterPage& page, const HotspotsReport& report, const Language& language) {
    const auto& moran = report.bivariate ? *report.bivariate : report.global.moran;
    if (!moran.defined) return;
    page.facts.push_back(
        language.text(report.bivariate ? "report.bivariate_moran" : "report.moran") + ": " +
        language.number(moran.statistic, 4));
    page.facts.push_back("z = " + language.number(moran.z, 2));
    if (moran.p_permutation >= 0)
        page.facts.push_back("p = " + language.number(moran.p_permutation, 4));
}

} // namespace

bool has_scatter(const HotspotsReport& report) {
    return report.local.units > 0 && report.request.method != HotspotMethod::JoinCount;
}

map::ScatterPage scatter_of(const HotspotsReport& report, const HotspotsInputs& in,
                            const Language& language) {
    if (!has_scatter(report))
        throw base::Error(base::ErrorKind::Usage, "error.hotspots.no_scatter");
    const auto sheet =
        page_of(page_request(report, in, language), report.map, *in.dataset, language);
    map::ScatterPage page{.size = sheet.size, .text = sheet.text};
    auto shown = report.map.indicator_name;
    const bool change = report.request.method == HotspotMethod::Differential;
    if (change)
        shown = language.text("hotspots.change.of",
                              {{"indicator", shown}, {"periods", shown_periods(report, in)}});
    const base::Args indicator{{"indicator", shown}};
    if (report.request.page.title.empty())
        page.text.title = language.text("hotspots.scatter.title", indicator);
    page.across = language.text("hotspots.scatter.across", indicator);
    page.upwards = language.text(
        "hotspots.scatter.upwards",
        {{"indicator", report.bivariate
                           ? indicator_name(in.dataset->cube->indicators[in.second], language)
                           : shown}});
    constexpr const char* kQuarters[] = {"high-high", "low-high", "low-low", "high-low"};
    for (std::size_t q = 0; q < page.quarters.size(); ++q)
        page.quarters[q] = language.text((change ? "hotspots.change." : "hotspots.class.") +
                                         std::string(kQuarters[q]));
    add_dots(page, report, in.masked);
    add_facts(page, report, language);
    page.slope = slope_of(report.local);
    if (!in.masked.empty())
        page.facts.push_back(
            language.text("hotspots.scatter.masked", {{"count", as_count(report.masked)}}));
    return page;
}

} // namespace diaban::app
