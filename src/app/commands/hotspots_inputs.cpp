// What a run of `hotspots` looks at, before anything is computed: its periods, what does not belong
// to its method, and what a user should know.
#include "app/commands/hotspots_parts.hpp"
#include "app/commands/json.hpp"
#include "app/held_period.hpp"
#include "data/catalogue.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kFewUnits = 30; // Gi* needs about so many (Ord & Getis; domain reference 9)
constexpr std::size_t kFewOnes = 10;
constexpr double kManyZeros = 0.8;   // beyond this share of equal values a normal z says little
constexpr double kOverdispersed = 2; // times the variance of Poisson counts
constexpr std::size_t kFewestToCompare = 2; // periods

std::size_t fewest_periods(HotspotMethod method) {
    return method == HotspotMethod::Trend      ? analysis::kFewestForTrend
           : method == HotspotMethod::Emerging ? kFewestToCompare
                                               : 1;
}

// What is counted of a rate, a count or a status.
const std::string& counted_id(const data::Indicator& what) {
    return what.kind == data::Kind::Ratio ? what.numerator : what.id;
}

// Scanned over several periods, cases must be new in each of them. People on file, or communes with
// a status, are counted again every year.
void refuse_stock(const data::Indicator& what) {
    const auto* known = data::find_in_catalogue(counted_id(what));
    if (what.kind == data::Kind::Category || (known && known->reading != data::Accrual::Flow))
        throw Error(ErrorKind::Usage, "error.hotspots.stock", {{"indicator", what.id}});
}

void advise_scan(HotspotsInputs& in, const HotspotsRequest& request) {
    const auto& cube = *in.cube;
    const auto& what = cube.indicators[in.indicator];
    const auto say = [&](const char* key, base::Args args = {}) {
        in.advice.push_back({key, std::move(args)});
    };
    if (in.periods.size() > 1 && !data::find_in_catalogue(counted_id(what)))
        say("advice.new_cases");
    const HotspotValues values(request, cube, in.links);
    // Units that a scan leaves out: one period unknown is enough.
    std::vector<double> cases(cube.units(), 0), people(cube.units(), 0);
    std::size_t incomplete = 0;
    std::vector<std::size_t> known(cube.units(), 0);
    for (const auto period : in.periods) {
        const auto c = values.cases(in.indicator, period), p = values.people(in.indicator, period);
        for (std::size_t u = 0; u < cube.units(); ++u) {
            known[u] += !std::isnan(c[u]) && !std::isnan(p[u]);
            cases[u] += c[u];
            people[u] += p[u];
        }
    }
    for (const auto count : known) incomplete += count > 0 && count < in.periods.size();
    if (incomplete > 0)
        say("advice.incomplete",
            {{"count", as_count(incomplete)}, {"periods", as_count(in.periods.size())}});
    if (what.kind == data::Kind::Category) return;
    const double times = analysis::overdispersion(cases, people);
    if (times >= kOverdispersed)
        say("advice.overdispersed", {{"times", std::round(times * 10) / 10}});
}

void advise_reach(HotspotsInputs& in, const HotspotsRequest& request) {
    const auto said = [&](const analysis::PermutationReach& reach) {
        return base::Args{{"permutations", std::int64_t{request.permutations}},
                          {"units", as_count(reach.units_needed)},
                          {"wanted", static_cast<std::int64_t>(reach.wanted)}};
    };
    const auto reach_at = [&](double alpha) {
        return analysis::permutation_reach(in.testable, request.permutations, alpha,
                                           request.correction, request.directed);
    };
    in.reach = reach_at(request.alpha);
    if (in.reach.out_of_reach || in.reach.units_needed > 1) {
        in.advice.push_back(
            {in.reach.out_of_reach ? "advice.out_of_reach" : "advice.reach", said(in.reach)});
        return;
    }
    // The strictest row of the legend may still be out of reach: an empty row tells nothing then.
    constexpr double kStrictest = 0.01;
    const bool levels =
        request.method == HotspotMethod::Gi || request.method == HotspotMethod::GiStar;
    if (const auto strict = reach_at(kStrictest);
        levels && request.alpha > kStrictest && (strict.out_of_reach || strict.units_needed > 1))
        in.advice.push_back({"advice.level_reach", said(strict)});
}

} // namespace

bool spans_periods(HotspotMethod method) {
    return method == HotspotMethod::Scan || method == HotspotMethod::Emerging ||
           method == HotspotMethod::Trend;
}

bool same_kind(data::Period a, data::Period b) {
    return (a.half == 0) == (b.half == 0);
}

analysis::ScanSpec scan_spec(const HotspotsRequest& request, analysis::ScanModel model) {
    return {.model = model,
            .most_population = request.most_population,
            .most_time = request.most_time,
            .replicas = request.replicas,
            .seed = request.seed,
            .alpha = request.alpha};
}

void check_numbers(const HotspotsRequest& request) {
    analysis::check_spec(
        analysis::LocalSpec{.permutations = request.permutations, .alpha = request.alpha});
    if (request.method == HotspotMethod::Scan)
        analysis::check_spec(scan_spec(request, analysis::ScanModel::Poisson));
}

void choose_periods(HotspotsInputs& in, const HotspotsRequest& request, data::Period last) {
    const auto& cube = *in.cube;
    const auto& what = cube.indicators[in.indicator];
    in.period = *cube.find(last);
    in.periods = {in.period};
    const bool two = request.method == HotspotMethod::Differential;
    if (!two && !spans_periods(request.method)) return;
    // The first of its kind in which anything is known; a scan looks at one period unless asked.
    in.since = in.period;
    if (request.since.year) {
        in.since = *cube.find(
            resolve({.indicator = what.id, .period = request.since}, *in.dataset).period);
        const base::Args both{{"since", data::to_string(request.since)},
                              {"period", data::to_string(last)}};
        if (in.since > in.period || (two && in.since == in.period))
            throw Error(ErrorKind::Usage, "error.hotspots.since", both);
        if (!same_kind(request.since, last))
            throw Error(ErrorKind::Usage, "error.hotspots.mixed_periods", both);
    } else if (request.method != HotspotMethod::Scan) {
        for (std::size_t p = in.period; p-- > 0;)
            if (same_kind(cube.periods[p], last) && has_values(cube, in.indicator, p)) in.since = p;
        if (two && in.since == in.period)
            throw Error(ErrorKind::Usage, "error.hotspots.few_periods",
                        {{"count", std::int64_t{1}}, {"wanted", as_count(kFewestToCompare)}});
    }
    in.periods.clear();
    std::size_t other_kind = 0;
    for (auto p = in.since; p <= in.period; ++p) {
        if (!has_values(cube, in.indicator, p)) continue;
        if (!same_kind(cube.periods[p], last))
            ++other_kind;
        else if (!two || p == in.since || p == in.period)
            in.periods.push_back(p);
    }
    if (in.periods.empty()) in.periods = {in.period};
    if (other_kind > 0 && !two)
        in.advice.push_back({last.half ? "advice.years_left_out" : "advice.halves_left_out",
                             {{"count", as_count(other_kind)}}});
    const auto wanted = fewest_periods(request.method);
    if (in.periods.size() < wanted)
        throw Error(ErrorKind::Usage, "error.hotspots.few_periods",
                    {{"count", as_count(in.periods.size())}, {"wanted", as_count(wanted)}});
    if (request.method == HotspotMethod::Scan && in.periods.size() > 1) refuse_stock(what);
}

void advise(HotspotsInputs& in, const HotspotsRequest& request) {
    const auto& indicator = in.cube->indicators[in.indicator];
    const auto& x = in.observed.x;
    const auto say = [&](const char* key, base::Args args = {}) {
        in.advice.push_back({key, std::move(args)});
    };
    const HotspotValues values(request, *in.cube, in.links);
    std::size_t below_zero = 0;
    for (const auto period : in.periods)
        below_zero = std::max(below_zero, values.below_zero(in.indicator, period));
    if (below_zero > 0) say("advice.below_zero", {{"count", as_count(below_zero)}});
    if (const auto shaky = std::count(in.unstable.begin(), in.unstable.end(), true); shaky > 0)
        say("advice.unstable", {{"count", std::int64_t{shaky}}});
    // Each unit is asked alone, in all periods: what is said below is about one period's map.
    if (request.method == HotspotMethod::Trend) return;
    const bool joins = request.method == HotspotMethod::JoinCount;
    const bool scan = request.method == HotspotMethod::Scan;
    if (const auto missing = in.x.size() - x.size(); missing > 0)
        say("advice.missing", {{"count", as_count(missing)}});
    if (request.method == HotspotMethod::Emerging &&
        in.periods.size() < analysis::kFewestForEmerging)
        say("advice.few_periods", {{"count", as_count(in.periods.size())},
                                   {"wanted", as_count(analysis::kFewestForEmerging)}});
    in.testable = 0;
    std::size_t nonzero = 0, islands = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const bool alone = in.observed.links.row(i).empty();
        islands += alone;
        nonzero += x[i] != 0;
        in.testable += !alone && (!joins || x[i] == 1);
    }
    if (islands > 0 && !scan) say("advice.islands", {{"count", as_count(islands)}});
    if (x.size() < kFewUnits && !scan)
        say("advice.few_units", {{"count", as_count(x.size())}, {"wanted", as_count(kFewUnits)}});
    if (joins && nonzero < kFewOnes)
        say("advice.few_ones", {{"count", as_count(nonzero)}, {"wanted", as_count(kFewOnes)}});
    if (!joins && !scan && request.method != HotspotMethod::Differential && !x.empty() &&
        static_cast<double>(x.size() - nonzero) > kManyZeros * static_cast<double>(x.size()))
        say("advice.many_zeros", {{"count", as_count(nonzero)}});
    if (indicator.kind == data::Kind::Count && !joins) say("advice.counts");
    if (scan) return advise_scan(in, request);
    if (request.permutations > 0) advise_reach(in, request);
}

HotspotsRequest relevant(HotspotsRequest r) {
    const HotspotsRequest standard;
    const bool scan = r.method == HotspotMethod::Scan, trend = r.method == HotspotMethod::Trend;
    const bool joins = r.method == HotspotMethod::JoinCount;
    if (r.method != HotspotMethod::Bivariate) r.second.clear();
    if (!joins && !scan) r.yes.clear();
    if (joins || scan) r.rate.reset();
    if (!spans_periods(r.method) && r.method != HotspotMethod::Differential) r.since = {};
    if (scan || (trend && r.rate != analysis::RateKind::SpatialBayes))
        r.neighbours = standard.neighbours;
    if (scan || trend) {
        r.permutations = standard.permutations;
        r.directed = standard.directed;
    }
    if (trend) r.seed = standard.seed;
    if (scan) r.correction = standard.correction;
    if (!scan) {
        r.most_population = standard.most_population;
        r.replicas = standard.replicas;
    }
    if (!scan || r.since.year == 0) r.most_time = standard.most_time;
    return r;
}

HotspotsRequest suited(HotspotsRequest r, const data::IndicatorCube& cube) {
    const auto at = cube.find(r.indicator);
    if (!at) return r;
    const auto& what = cube.indicators[*at];
    if (what.kind != data::Kind::Ratio) r.rate.reset();
    std::erase_if(r.yes, [&](const std::string& one) {
        return std::find(what.categories.begin(), what.categories.end(), one) ==
               what.categories.end();
    });
    if (!cube.find(r.second)) r.second.clear();
    if (r.since.year != 0 && !cube.find(r.since)) r.since = {};
    return r;
}

void check_relevant(const HotspotsRequest& request) {
    const auto given = to_flags(request), used = to_flags(relevant(request));
    for (const auto& flag : given)
        if (flag.starts_with("--") && std::find(used.begin(), used.end(), flag) == used.end())
            throw Error(ErrorKind::Usage, "error.hotspots.unused",
                        {{"flag", flag}, {"method", std::string(to_string(request.method))}});
}

} // namespace diaban::app
