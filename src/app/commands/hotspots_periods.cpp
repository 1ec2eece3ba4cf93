// Methods of `hotspots` that look at circles or at several periods: scan and emerging.
#include "app/commands/hotspots_parts.hpp"
#include "app/hotspot_style.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace diaban::app {

namespace {

using analysis::Outcome;

void count_untested(HotspotsReport& report, const std::string& word) {
    report.no_data += word == "no-data";
    report.islands += word == "island";
    report.undefined += word == "undefined";
}

} // namespace

void run_scan(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx) {
    const auto& request = report.request;
    const auto& cube = *in.cube;
    const auto units = cube.units();
    const HotspotValues values(request, cube, in.links);
    const bool status = cube.indicators[in.indicator].kind == data::Kind::Category;
    analysis::ScanInput input;
    input.at = analysis::centroids(*in.dataset->vintage->coverage);
    input.periods = in.periods.size();
    input.cases.resize(units * input.periods);
    input.base.resize(units * input.periods);
    for (std::size_t t = 0; t < input.periods; ++t) {
        const auto period = in.periods[t];
        report.periods.push_back(cube.periods[period]);
        const auto cases = values.cases(in.indicator, period);
        const auto people = values.people(in.indicator, period);
        for (std::size_t u = 0; u < units; ++u) {
            input.cases[u * input.periods + t] = cases[u];
            input.base[u * input.periods + t] = people[u];
        }
    }
    const auto model = status ? analysis::ScanModel::Bernoulli : analysis::ScanModel::Poisson;
    report.scan_model = model;
    report.scan = analysis::scan(input, scan_spec(request, model), ctx);
    report.observed = report.scan->units;
    // Where there is nothing to look for nobody lies outside of what was not found.
    const bool tested = report.scan->units > 1 && report.scan->cases > 0;
    report.tested = tested ? report.scan->units : 0;
    report.undefined += tested ? 0 : report.scan->units;
    report.classes.assign(units, tested ? "no-cluster" : "undefined");
    for (const auto u : report.scan->left_out) {
        const auto* const known = &input.cases[u * input.periods];
        const bool some = std::any_of(known, known + input.periods,
                                      [](double cases) { return std::isfinite(cases); });
        report.classes[u] = some && input.periods > 1 ? "incomplete" : "no-data";
        report.no_data += report.classes[u] == "no-data";
    }
    for (const auto& cluster : report.scan->clusters) {
        if (cluster.p > request.alpha) continue;
        report.clusters.push_back({analysis::Pattern::Hot, cluster.units});
        for (const auto u : cluster.units)
            report.classes[u] = "cluster-" + std::to_string(report.clusters.size());
        report.significant += cluster.units.size();
    }
    report.by_chance = request.alpha; // of clusters: the maximum is tested once
}

namespace {

// Why a unit was never tested, the strongest reason of all periods.
std::string untested_word(const std::set<Outcome>& reasons) {
    return reasons.count(Outcome::Island)      ? "island"
           : reasons.count(Outcome::Undefined) ? "undefined"
                                               : "no-data";
}

// One unit through the periods: 1 hot, -1 cold, 0 neither; NaN z where it was not tested.
HotspotHistory history_of(const std::vector<std::int8_t>& step, const std::vector<double>& z,
                          const std::vector<data::Period>& periods,
                          const std::set<Outcome>& untested, double alpha) {
    HotspotHistory out;
    std::vector<std::int8_t> known;
    std::size_t run = 0;
    for (std::size_t t = 0; t < step.size(); ++t) {
        if (std::isnan(z[t])) continue;
        if (!known.empty() && known.back() != step[t]) out.last_change = periods[t];
        known.push_back(step[t]);
        out.hot += step[t] == 1;
        out.cold += step[t] == -1;
        run = step[t] == 1 ? run + 1 : 0;
        out.longest_hot = std::max(out.longest_hot, run);
    }
    out.known = known.size();
    if (known.empty()) {
        out.word = untested_word(untested);
    } else if (periods.size() < analysis::kFewestForEmerging) {
        out.word = known.back() == 1    ? "hot-now"
                   : known.back() == -1 ? "cold-now"
                   : out.hot > 0        ? "hot-before"
                   : out.cold > 0       ? "cold-before"
                                        : "no-pattern";
    } else if (known.size() < analysis::kFewestForEmerging) {
        out.word = "few-periods"; // known, for a category
    } else {
        out.emerging = analysis::emerging(known, z, alpha);
        out.word = out.emerging.category == analysis::Emerging::None
                       ? "no-pattern"
                       : std::string(to_string(out.emerging.category)) +
                             (out.emerging.cold ? "-cold" : "-hot");
    }
    return out;
}

} // namespace

void run_emerging(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx) {
    const auto& request = report.request;
    const auto& cube = *in.cube;
    const auto units = cube.units(), periods = in.periods.size();
    const HotspotValues values(request, cube, in.links);
    const auto spec = local_spec(request, in);
    std::vector<std::vector<std::int8_t>> step(units, std::vector<std::int8_t>(periods, 0));
    std::vector<std::vector<double>> z(
        units, std::vector<double>(periods, std::numeric_limits<double>::quiet_NaN()));
    std::vector<std::set<Outcome>> untested(units);
    for (std::size_t t = 0; t < periods; ++t) {
        report.periods.push_back(cube.periods[in.periods[t]]);
        const auto observed =
            analysis::observe(values.of(in.indicator, in.periods[t]), {}, in.links);
        const auto found = analysis::local_statistic(observed, units, spec, ctx);
        for (std::size_t u = 0; u < units; ++u) {
            if (found.outcome[u] != Outcome::Tested) { // an island has a z, but no neighbours
                untested[u].insert(found.outcome[u]);
                continue;
            }
            z[u][t] = found.z[u];
            if (found.significant[u])
                step[u][t] = found.pattern[u] == analysis::Pattern::Hot ? 1 : -1;
        }
    }
    for (std::size_t u = 0; u < units; ++u) {
        report.history.push_back(
            history_of(step[u], z[u], report.periods, untested[u], request.alpha));
        const auto& word = report.history.back().word;
        report.classes.push_back(word);
        count_untested(report, word);
        report.significant +=
            word != "no-pattern" && (word.ends_with("-hot") || word.ends_with("-cold") ||
                                     word.starts_with("hot-") || word.starts_with("cold-"));
    }
    report.observed = units - report.no_data;
    report.tested = report.observed - report.islands - report.undefined;
}

namespace {

std::string trend_word(const HotspotTrend& unit, bool significant) {
    if (unit.known == 0) return "no-data";
    if (unit.known < analysis::kFewestForTrend) return "few-periods";
    if (!unit.trend.defined) return "constant";
    return !significant ? "no-trend" : unit.trend.s > 0 ? "rising" : "falling";
}

} // namespace

void run_trend(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx) {
    const auto& request = report.request;
    const auto& cube = *in.cube;
    const auto units = cube.units(), periods = in.periods.size();
    const HotspotValues values(request, cube, in.links);
    std::vector<std::vector<double>> series(units);
    for (std::size_t t = 0; t < periods; ++t) {
        ctx.check();
        report.periods.push_back(cube.periods[in.periods[t]]);
        const auto now = values.of(in.indicator, in.periods[t]);
        for (std::size_t u = 0; u < units; ++u) series[u].push_back(now[u]);
    }
    std::vector<double> p;
    for (const auto& one : series) {
        const auto missing =
            std::count_if(one.begin(), one.end(), [](double v) { return std::isnan(v); });
        report.trends.push_back(
            {one.size() - static_cast<std::size_t>(missing), analysis::mann_kendall(one)});
        const auto& trend = report.trends.back().trend;
        p.push_back(trend.defined ? trend.p : std::numeric_limits<double>::quiet_NaN());
        report.tested += trend.defined;
    }
    const double critical = analysis::critical_p(p, request.alpha, request.correction);
    report.critical = critical;
    for (std::size_t u = 0; u < units; ++u) {
        const bool significant = p[u] <= critical; // NaN is not
        report.classes.push_back(trend_word(report.trends[u], significant));
        report.significant += significant;
        count_untested(report, report.classes.back());
    }
    report.observed = units - report.no_data;
    report.by_chance = analysis::expected_by_chance(report.tested, report.significant,
                                                    request.alpha, request.correction);
}

} // namespace diaban::app
