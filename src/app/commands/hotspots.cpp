#include "app/commands/hotspots.hpp"

#include "app/commands/hotspots_parts.hpp"
#include "app/commands/json.hpp"
#include "app/hotspot_style.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace diaban::app {
namespace {

using analysis::Outcome;
using analysis::Pattern;
using analysis::RateKind;
using base::Error;
using base::ErrorKind;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kFewUnits = 30; // Gi* needs about so many (Ord & Getis; domain reference 9)
constexpr std::size_t kFewOnes = 10;
constexpr double kManyZeros = 0.8; // beyond this share of equal values a normal z says little
constexpr std::uint32_t kGlobalPermutations = 999; // of the whole map, where there are any

constexpr std::array<std::pair<HotspotMethod, std::string_view>, 10> kMethods{{
    {HotspotMethod::Gi, "gi"},
    {HotspotMethod::GiStar, "gi-star"},
    {HotspotMethod::LocalMoran, "local-moran"},
    {HotspotMethod::LocalGeary, "local-geary"},
    {HotspotMethod::JoinCount, "join-count"},
    {HotspotMethod::Bivariate, "bivariate"},
    {HotspotMethod::Differential, "differential"},
    {HotspotMethod::Scan, "scan"},
    {HotspotMethod::Emerging, "emerging"},
    {HotspotMethod::Trend, "trend"},
}};

analysis::LocalMethod statistic_of(HotspotMethod method) {
    switch (method) {
    case HotspotMethod::Gi:
        return analysis::LocalMethod::Gi;
    case HotspotMethod::GiStar:
    case HotspotMethod::Emerging:
        return analysis::LocalMethod::GiStar;
    case HotspotMethod::LocalGeary:
        return analysis::LocalMethod::Geary;
    case HotspotMethod::JoinCount:
        return analysis::LocalMethod::JoinCount;
    case HotspotMethod::Bivariate:
        return analysis::LocalMethod::Bivariate;
    default:
        return analysis::LocalMethod::Moran;
    }
}

// The first rate, else the first number: a local statistic of counts shows where people are.
std::string first_number(const data::IndicatorCube& cube) {
    for (const bool rates_only : {true, false})
        for (const auto& indicator : cube.indicators)
            if (indicator.kind == data::Kind::Ratio ||
                (!rates_only && indicator.kind != data::Kind::Category))
                return indicator.id;
    throw Error(ErrorKind::Usage, "error.hotspots.no_number");
}

void fill_values(HotspotsInputs& in, const HotspotsRequest& request) {
    const auto& cube = *in.dataset->cube;
    if (cube.indicators.empty()) throw Error(ErrorKind::Usage, "error.indicator.none");
    MapChoice choice{.indicator = request.indicator, .period = request.period};
    if (choice.indicator.empty() && request.method != HotspotMethod::JoinCount)
        choice.indicator = first_number(cube);
    choice = resolve(choice, *in.dataset);
    in.indicator = *cube.find(choice.indicator);
    in.period = *cube.find(choice.period);
    const HotspotValues values(request, cube, in.links);
    in.x = values.of(in.indicator, in.period);
    if (request.method == HotspotMethod::Bivariate) {
        if (request.second.empty()) throw Error(ErrorKind::Usage, "error.hotspots.no_second");
        in.second = *cube.find(
            resolve({.indicator = request.second, .period = choice.period}, *in.dataset).indicator);
        in.y = values.of(in.second, in.period);
    } else if (spans_periods(request.method)) {
        const auto first = request.since.year                      ? request.since
                           : request.method == HotspotMethod::Scan ? choice.period
                                                                   : cube.periods.front();
        in.since = *cube.find(
            resolve({.indicator = choice.indicator, .period = first}, *in.dataset).period);
        if (in.since > in.period)
            throw Error(
                ErrorKind::Usage, "error.hotspots.since",
                {{"since", data::to_string(first)}, {"period", data::to_string(choice.period)}});
        if (request.method == HotspotMethod::Scan) values.cases(in.indicator, in.period);
        const auto periods = in.period - in.since + 1;
        if (request.method == HotspotMethod::Trend && periods < analysis::kFewestForTrend)
            throw Error(
                ErrorKind::Usage, "error.hotspots.few_periods",
                {{"count", as_count(periods)}, {"wanted", as_count(analysis::kFewestForTrend)}});
    } else if (request.method == HotspotMethod::Differential) {
        const auto since = request.since.year ? request.since : cube.periods.front();
        in.since = *cube.find(
            resolve({.indicator = choice.indicator, .period = since}, *in.dataset).period);
        if (in.since >= in.period)
            throw Error(
                ErrorKind::Usage, "error.hotspots.since",
                {{"since", data::to_string(since)}, {"period", data::to_string(choice.period)}});
        const auto before = values.of(in.indicator, in.since);
        for (std::size_t i = 0; i < in.x.size(); ++i) in.x[i] -= before[i];
    }
    in.observed = analysis::observe(in.x, in.y, in.links);
    in.unstable = values.unstable_rates(in.indicator, in.period);
    if (const auto shaky = std::count(in.unstable.begin(), in.unstable.end(), true); shaky > 0)
        in.advice.push_back({"advice.unstable", {{"count", std::int64_t{shaky}}}});
}

void advise(HotspotsInputs& in, const HotspotsRequest& request) {
    // Each unit is asked alone, in all periods: what is said below is about one period's map.
    if (request.method == HotspotMethod::Trend) return;
    const auto& indicator = in.dataset->cube->indicators[in.indicator];
    const auto& x = in.observed.x;
    const auto say = [&](const char* key, base::Args args = {}) {
        in.advice.push_back({key, std::move(args)});
    };
    if (const auto missing = in.x.size() - x.size(); missing > 0)
        say("advice.missing", {{"count", as_count(missing)}});
    const bool joins = request.method == HotspotMethod::JoinCount;
    const bool scan = request.method == HotspotMethod::Scan;
    if (request.method == HotspotMethod::Emerging &&
        in.period - in.since + 1 < analysis::kFewestForEmerging)
        say("advice.few_periods", {{"count", as_count(in.period - in.since + 1)},
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
    if (request.permutations == 0 || scan) return;
    in.reach = analysis::permutation_reach(in.testable, request.permutations, request.alpha,
                                           request.correction, request.directed);
    if (in.reach.out_of_reach || in.reach.units_needed > 1)
        say(in.reach.out_of_reach ? "advice.out_of_reach" : "advice.reach",
            {{"permutations", std::int64_t{request.permutations}},
             {"units", as_count(in.reach.units_needed)},
             {"wanted", static_cast<std::int64_t>(in.reach.wanted)}});
}

// Values of the periods used that are masked in public.
void find_masked(HotspotsInputs& in, const HotspotsRequest& request) {
    const auto& cube = *in.dataset->cube;
    std::vector<std::size_t> indicators{in.indicator}, periods{in.period};
    if (request.method == HotspotMethod::Bivariate) indicators.push_back(in.second);
    if (request.method == HotspotMethod::Differential) periods.push_back(in.since);
    if (spans_periods(request.method))
        for (auto p = in.since; p < in.period; ++p) periods.push_back(p);
    const auto used = [&](const MaskedCell& cell) {
        return std::any_of(indicators.begin(), indicators.end(),
                           [&](std::size_t i) {
                               const auto& what = cube.indicators[i];
                               return cell.indicator == what.id || cell.indicator == what.numerator;
                           }) &&
               std::any_of(periods.begin(), periods.end(),
                           [&](std::size_t p) { return cell.period == cube.periods[p]; });
    };
    std::map<std::string, std::size_t> row;
    const auto& codes = in.dataset->vintage->units.code;
    for (std::size_t u = 0; u < codes.size(); ++u) row[codes[u]] = u;
    for (auto& cell : mask(in.dataset, {}).cells) {
        if (!used(cell)) continue;
        in.masked.resize(codes.size(), false);
        in.masked[row.at(cell.unit)] = true;
        in.masked_cells.push_back(std::move(cell));
    }
}

// Rows of units by kind of cluster; what stands out from its neighbours is no cluster.
void find_clusters(HotspotsReport& report, const geo::Csr& links) {
    constexpr std::array kKinds{Pattern::Hot,    Pattern::Cold,         Pattern::HighHigh,
                                Pattern::LowLow, Pattern::OtherSimilar, Pattern::Together};
    for (const auto kind : kKinds)
        for (auto& units : analysis::clusters(report.local, links, std::span(&kind, 1)))
            report.clusters.push_back({kind, std::move(units)});
    std::stable_sort(report.clusters.begin(), report.clusters.end(),
                     [](const auto& a, const auto& b) { return a.units.size() > b.units.size(); });
}

} // namespace

bool spans_periods(HotspotMethod method) {
    return method == HotspotMethod::Scan || method == HotspotMethod::Emerging ||
           method == HotspotMethod::Trend;
}

std::string_view to_string(HotspotMethod method) {
    for (const auto& [m, word] : kMethods)
        if (m == method) return word;
    return "gi-star";
}

std::optional<HotspotMethod> parse_hotspot_method(std::string_view word) {
    for (const auto& [method, text] : kMethods)
        if (text == word) return method;
    return std::nullopt;
}

std::optional<RateKind> parse_rate(std::string_view word) {
    for (const auto kind : {RateKind::Raw, RateKind::ExcessRisk, RateKind::EmpiricalBayes,
                            RateKind::SpatialBayes, RateKind::BayesIndex})
        if (analysis::to_string(kind) == word) return kind;
    return std::nullopt;
}

std::optional<analysis::Correction> parse_correction(std::string_view word) {
    using analysis::Correction;
    for (const auto one : {Correction::Fdr, Correction::Bonferroni, Correction::None})
        if (analysis::to_string(one) == word) return one;
    return std::nullopt;
}

HotspotsInputs prepare(const HotspotsRequest& request, std::shared_ptr<const Dataset> dataset,
                       base::JobContext& ctx) {
    HotspotsInputs in;
    in.dataset = std::move(dataset);
    in.weights = weights_of(request.neighbours, *in.dataset, ctx);
    in.links = analysis::statistic_links(in.weights);
    fill_values(in, request);
    advise(in, request);
    if (request.classification == Classification::Public) find_masked(in, request);
    return in;
}

namespace {

void run_local(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx) {
    const auto& request = report.request;
    const analysis::LocalSpec spec{.method = statistic_of(request.method),
                                   .permutations = request.permutations,
                                   .seed = request.seed,
                                   .alpha = request.alpha,
                                   .correction = request.correction,
                                   .directed = request.directed,
                                   .self_weight = in.weights.self_weight};
    report.local = analysis::local_statistic(in.observed, in.x.size(), spec, ctx);
    report.observed = report.local.observed;
    report.tested = report.local.tested;
    for (std::size_t u = 0; u < in.x.size(); ++u) {
        report.significant += report.local.significant[u];
        report.islands += report.local.outcome[u] == Outcome::Island;
        report.no_data += report.local.outcome[u] == Outcome::NoData;
        report.undefined += report.local.outcome[u] == Outcome::Undefined;
        report.classes.push_back(hotspot_class(report.local, u));
    }
    report.by_chance = analysis::expected_by_chance(report.local);
    find_clusters(report, in.links);
}

} // namespace

HotspotsReport run(const HotspotsRequest& request, const HotspotsInputs& in,
                   const Language& language, base::JobContext& ctx) {
    HotspotsReport report;
    report.request = request;
    report.advice = in.advice;
    report.unstable = in.unstable;
    report.codes = in.dataset->vintage->units.code;
    report.names = in.dataset->vintage->units.name;
    report.masked = static_cast<std::size_t>(std::count(in.masked.begin(), in.masked.end(), true));
    if (request.method == HotspotMethod::Scan)
        run_scan(report, in, ctx);
    else if (request.method == HotspotMethod::Emerging)
        run_emerging(report, in, ctx);
    else if (request.method == HotspotMethod::Trend)
        run_trend(report, in, ctx);
    else
        run_local(report, in, ctx);
    const auto global = std::min(request.permutations, kGlobalPermutations);
    if (request.method == HotspotMethod::JoinCount)
        report.joins = analysis::join_counts(in.observed, global, request.seed, ctx);
    else if (request.method != HotspotMethod::Scan && request.method != HotspotMethod::Trend)
        report.global = analysis::global_statistics(in.observed, global, request.seed, ctx);
    if (request.method == HotspotMethod::Bivariate && in.observed.size() > 1)
        report.bivariate = analysis::bivariate_moran(in.observed);
    put_into_words(report, in, language);
    return report;
}

} // namespace diaban::app
