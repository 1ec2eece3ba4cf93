#include "app/smoothed.hpp"

#include "analysis/weights.hpp"
#include "app/language.hpp"
#include "base/job.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace diaban::app {
namespace {

using analysis::RateKind;
using base::Error;
using base::ErrorKind;
using data::Cell;

constexpr std::array kKinds{RateKind::ExcessRisk, RateKind::EmpiricalBayes, RateKind::SpatialBayes,
                            RateKind::BayesIndex};

// Excess risk and index have no unit; the others are rates per so many people.
bool has_unit(RateKind kind) {
    return kind == RateKind::EmpiricalBayes || kind == RateKind::SpatialBayes;
}

std::vector<double> counted(const data::Slice& slice) {
    std::vector<double> out(slice.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t u = 0; u < out.size(); ++u)
        if (slice.has(u) && slice.value[u] >= 0) out[u] = slice.value[u];
    return out;
}

geo::Csr touching(const Dataset& dataset) {
    if (!dataset.vintage->coverage) throw Error(ErrorKind::Usage, "error.rate.no_boundaries");
    base::JobContext ctx;
    return analysis::make_weights(*dataset.vintage->coverage, {}, ctx).links;
}

void fill(data::IndicatorCube& cube, std::size_t at, RateKind kind, const geo::Csr& links) {
    const auto& what = cube.indicators[at];
    const auto above = *cube.find(what.numerator), below = *cube.find(what.denominator);
    const double scale = has_unit(kind) ? what.scale : 1;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto rates = analysis::rates(counted(cube.slice(above, p)),
                                           counted(cube.slice(below, p)), kind, links);
        for (std::size_t u = 0; u < rates.size(); ++u) {
            const auto cases = cube.state(above, p, u), people = cube.state(below, p, u);
            const bool estimated = cases == Cell::Estimated || people == Cell::Estimated;
            if (!std::isnan(rates[u]))
                cube.set(at, p, u, rates[u] * scale, estimated ? Cell::Estimated : Cell::Observed);
            else if (cube.slice(at, p).has(u)) // of people below zero
                cube.set(at, p, u, 0, Cell::Missing);
        }
    }
}

std::string named(const std::string& name, RateKind kind, const char* language) {
    const auto words = Language::load(language);
    const auto how = words->text("hotspots.rate." + std::string(analysis::to_string(kind)));
    return name.empty() ? "" : name + " (" + how + ")";
}

} // namespace

std::optional<SmoothedRate> parse_smoothed(std::string_view indicator) {
    const auto colon = indicator.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    if (indicator == ":raw") return SmoothedRate{};
    for (const auto kind : kKinds)
        if (indicator.substr(colon + 1) == analysis::to_string(kind))
            return SmoothedRate{data::IndicatorId(indicator.substr(0, colon)), kind};
    return std::nullopt;
}

data::IndicatorId smoothed_id(std::string_view rate, RateKind kind) {
    auto id = as_it_stands(rate);
    if (kind != RateKind::Raw || id.empty()) id += ":" + std::string(analysis::to_string(kind));
    return id;
}

data::IndicatorId as_it_stands(std::string_view indicator) {
    const auto smoothed = parse_smoothed(indicator);
    return smoothed ? smoothed->rate : data::IndicatorId(indicator);
}

data::IndicatorId full_id(const data::IndicatorId& indicator, const data::IndicatorCube& cube) {
    const auto wanted = parse_smoothed(indicator);
    if (!wanted || !wanted->rate.empty()) return indicator;
    for (const auto& one : cube.indicators)
        if (one.kind == data::Kind::Ratio) return smoothed_id(one.id, wanted->kind);
    throw Error(ErrorKind::Usage, "error.hotspots.no_number");
}

std::shared_ptr<const Dataset> with_smoothed(std::shared_ptr<const Dataset> dataset,
                                             const data::IndicatorId& indicator) {
    if (!dataset || !dataset->cube) return dataset;
    const auto id = full_id(indicator, *dataset->cube);
    const auto wanted = parse_smoothed(id);
    if (!wanted || dataset->cube->find(id)) return dataset;
    const auto rate = dataset->cube->find(wanted->rate);
    if (!rate) return dataset; // whoever shows it says that there is no such indicator
    auto what = dataset->cube->indicators[*rate];
    if (what.kind != data::Kind::Ratio || !dataset->cube->find(what.numerator) ||
        !dataset->cube->find(what.denominator))
        throw Error(ErrorKind::Usage, "error.hotspots.no_denominator", {{"indicator", what.id}});
    // Under both names: the language may change while it is shown.
    what.name_vi = named(what.name_vi.empty() ? what.id : what.name_vi, wanted->kind, "vi");
    what.name_en = named(what.name_en.empty() ? what.id : what.name_en, wanted->kind, "en");
    what.id = id;
    if (!has_unit(wanted->kind)) what.unit.clear();
    auto cube = std::make_shared<data::IndicatorCube>(*dataset->cube);
    const auto at = cube->add_ratio(what);
    fill(*cube, at, wanted->kind,
         wanted->kind == RateKind::SpatialBayes ? touching(*dataset) : geo::Csr());
    auto out = std::make_shared<Dataset>(*dataset);
    // As many digits as the rate that it is made of, and at least two: these are no whole numbers.
    constexpr int kLeastDecimals = 2;
    const int decimals = *rate < out->decimals.size() ? out->decimals[*rate] : kLeastDecimals;
    out->decimals.resize(cube->indicators.size(), std::max(decimals, kLeastDecimals));
    out->cube = std::move(cube);
    return out;
}

void fill_smoothed(data::IndicatorCube& cube, const Dataset& dataset) {
    for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
        const auto wanted = parse_smoothed(cube.indicators[i].id);
        if (!wanted) continue;
        fill(cube, i, wanted->kind,
             wanted->kind == RateKind::SpatialBayes ? touching(dataset) : geo::Csr());
    }
}

} // namespace diaban::app
