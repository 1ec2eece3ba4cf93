#include "app/commands/hotspots.hpp"

#include "app/commands/hotspots_parts.hpp"
#include "app/commands/json.hpp"
#include "app/hotspot_style.hpp"
#include "app/map_files.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::app {
namespace {

using analysis::Outcome;
using analysis::Pattern;
using analysis::RateKind;
using base::Error;
using base::ErrorKind;

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
    const auto& cube = *in.cube;
    if (cube.indicators.empty()) throw Error(ErrorKind::Usage, "error.indicator.none");
    MapChoice choice{.indicator = request.indicator, .period = request.period};
    if (choice.indicator.empty() && request.method != HotspotMethod::JoinCount)
        choice.indicator = first_number(cube);
    choice = resolve(choice, *in.dataset);
    in.indicator = *cube.find(choice.indicator);
    choose_periods(in, request, choice.period);
    const HotspotValues values(request, cube, in.links);
    in.x = values.of(in.indicator, in.period);
    if (request.method == HotspotMethod::Bivariate) {
        if (request.second.empty()) throw Error(ErrorKind::Usage, "error.hotspots.no_second");
        in.second = *cube.find(
            resolve({.indicator = request.second, .period = choice.period}, *in.dataset).indicator);
        in.y = values.of(in.second, in.period);
    } else if (request.method == HotspotMethod::Differential) {
        const auto before = values.of(in.indicator, in.since);
        for (std::size_t i = 0; i < in.x.size(); ++i) in.x[i] -= before[i];
    } else if (request.method == HotspotMethod::Scan) {
        values.cases(in.indicator, in.period); // refused before anything is drawn
    }
    in.observed = analysis::observe(in.x, in.y, in.links);
    in.unstable = values.unstable_rates(in.indicator, in.period);
}

// Values in use that are masked in public; the numbers that stand for them become the cube.
void mask_used(HotspotsInputs& in, const HotspotsRequest& request, base::JobContext& ctx) {
    const auto masked = mask(in.dataset, {}, ctx);
    in.cube = with_stand_ins(masked, {});
    fill_values(in, request);
    const auto& cube = *in.cube;
    std::vector<std::size_t> indicators{in.indicator};
    if (request.method == HotspotMethod::Bivariate) indicators.push_back(in.second);
    const auto used = [&](const MaskedCell& cell) {
        return std::any_of(indicators.begin(), indicators.end(),
                           [&](std::size_t i) {
                               const auto& what = cube.indicators[i];
                               return cell.indicator == what.id ||
                                      cell.indicator == what.numerator ||
                                      cell.indicator == what.denominator;
                           }) &&
               std::any_of(in.periods.begin(), in.periods.end(),
                           [&](std::size_t p) { return cell.period == cube.periods[p]; });
    };
    for (const auto& cell : masked.cells) {
        if (!used(cell)) continue;
        in.masked.resize(cube.units(), false);
        in.masked[cell.row] = true;
        in.masked_cells.push_back(cell);
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

std::string_view to_string(HotspotMethod method) {
    for (const auto& [m, word] : kMethods)
        if (m == method) return word;
    return "gi-star";
}

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
    check_numbers(request);
    check_output(dataset->request, request.out);
    HotspotsInputs in;
    in.dataset = std::move(dataset);
    in.weights = weights_of(request.neighbours, *in.dataset, ctx);
    in.links = analysis::statistic_links(in.weights);
    in.cube = in.dataset->cube;
    if (request.classification == Classification::Public)
        mask_used(in, request, ctx);
    else
        fill_values(in, request);
    advise(in, request);
    return in;
}

analysis::LocalSpec local_spec(const HotspotsRequest& request, const HotspotsInputs& in) {
    return {.method = statistic_of(request.method),
            .permutations = request.permutations,
            .seed = request.seed,
            .alpha = request.alpha,
            .correction = request.correction,
            .directed = request.directed,
            .self_weight = in.weights.self_weight};
}

namespace {

void run_local(HotspotsReport& report, const HotspotsInputs& in, base::JobContext& ctx) {
    report.local =
        analysis::local_statistic(in.observed, in.x.size(), local_spec(report.request, in), ctx);
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
    check_map_file(request.map_out, request.page);
    HotspotsReport report;
    report.request = request;
    report.advice = in.advice;
    report.unstable = in.unstable;
    if (const auto& what = in.cube->indicators[in.indicator]; what.kind == data::Kind::Category)
        report.yes = counted_categories(what, request.yes);
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
    report.global.permutations = global;
    if (request.method == HotspotMethod::JoinCount)
        report.joins = analysis::join_counts(in.observed, global, request.seed, ctx);
    else if (request.method != HotspotMethod::Scan && request.method != HotspotMethod::Trend)
        report.global = analysis::global_statistics(in.observed, global, request.seed, ctx);
    if (request.method == HotspotMethod::Bivariate)
        report.bivariate = analysis::bivariate_moran(in.observed, global, request.seed, ctx);
    put_into_words(report, in, language);
    return report;
}

} // namespace diaban::app
