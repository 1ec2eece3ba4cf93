// The numbers that `hotspots` works on.
#include "app/commands/hotspots_parts.hpp"
#include "app/commands/json.hpp"
#include "base/number.hpp"
#include "data/crosswalk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaban::app {
namespace {

using analysis::RateKind;
using base::Error;
using base::ErrorKind;

std::vector<double> values_of(const data::Slice& slice) {
    std::vector<double> out(slice.size(), base::kNaN);
    for (std::size_t i = 0; i < out.size(); ++i)
        if (slice.has(i)) out[i] = slice.value[i];
    return out;
}

// Cases and people are counted: what lies below zero is no count.
std::vector<double> counted(std::vector<double> x) {
    for (double& v : x)
        if (v < 0) v = base::kNaN;
    return x;
}

std::size_t negatives(const std::vector<double>& x) {
    return static_cast<std::size_t>(
        std::count_if(x.begin(), x.end(), [](double v) { return v < 0; }));
}

// 1 and 0 of a status; of a number as it stands. "unknown" is no value.
std::vector<double> as_yes_no(const data::Indicator& indicator, const data::Slice& slice,
                              const std::vector<std::string>& yes) {
    auto x = values_of(slice);
    if (indicator.kind != data::Kind::Category) return x;
    for (const auto& wanted : yes)
        if (std::find(indicator.categories.begin(), indicator.categories.end(), wanted) ==
            indicator.categories.end()) {
            std::string known;
            for (const auto& one : indicator.categories) known += (known.empty() ? "" : ", ") + one;
            throw Error(ErrorKind::Usage, "error.hotspots.no_category",
                        {{"category", wanted}, {"known", known}});
        }
    const auto counts = counted_categories(indicator, yes);
    for (double& v : x) {
        if (std::isnan(v)) continue;
        const auto& category = indicator.categories.at(static_cast<std::size_t>(v));
        v = category == "unknown" || category == data::kMixed                   ? base::kNaN
            : std::find(counts.begin(), counts.end(), category) == counts.end() ? 0
                                                                                : 1;
    }
    return x;
}

} // namespace

std::vector<std::string> counted_categories(const data::Indicator& status,
                                            const std::vector<std::string>& yes) {
    if (!yes.empty()) return yes;
    std::vector<std::string> hot;
    for (const auto& category : status.categories)
        if (category.starts_with("hot")) hot.push_back(category);
    return hot;
}

bool HotspotValues::yes_no(const data::Indicator& indicator) const {
    return request_.method == HotspotMethod::JoinCount ||
           (request_.method == HotspotMethod::Scan && indicator.kind == data::Kind::Category);
}

std::vector<double> HotspotValues::of(std::size_t indicator, std::size_t period) const {
    const auto& what = cube_.indicators[indicator];
    if (yes_no(what)) return as_yes_no(what, cube_.slice(indicator, period), request_.yes);
    if (what.kind == data::Kind::Category)
        throw Error(ErrorKind::Usage, "error.hotspots.category", {{"indicator", what.id}});
    if (!request_.rate) return as_it_stands(indicator, period);
    return analysis::rates(part(what, what.numerator, period), part(what, what.denominator, period),
                           *request_.rate, links_);
}

// A count below zero is none, nor is a rate of cases or people below zero.
std::vector<double> HotspotValues::as_it_stands(std::size_t indicator, std::size_t period) const {
    const auto& what = cube_.indicators[indicator];
    auto x = values_of(cube_.slice(indicator, period));
    if (what.kind == data::Kind::Count) return counted(std::move(x));
    const auto above = cube_.find(what.numerator), below = cube_.find(what.denominator);
    if (what.kind != data::Kind::Ratio || !above || !below) return x;
    const auto cases = values_of(cube_.slice(*above, period)),
               people = values_of(cube_.slice(*below, period));
    for (std::size_t u = 0; u < x.size(); ++u)
        if (cases[u] < 0 || people[u] < 0) x[u] = base::kNaN;
    return x;
}

std::size_t HotspotValues::below_zero(std::size_t indicator, std::size_t period) const {
    const auto& what = cube_.indicators[indicator];
    if (what.kind == data::Kind::Count) return negatives(values_of(cube_.slice(indicator, period)));
    const auto above = cube_.find(what.numerator), below = cube_.find(what.denominator);
    if (what.kind != data::Kind::Ratio || !above || !below) return 0;
    const auto cases = values_of(cube_.slice(*above, period)),
               people = values_of(cube_.slice(*below, period));
    std::size_t units = 0;
    for (std::size_t u = 0; u < cases.size(); ++u) units += cases[u] < 0 || people[u] < 0;
    return units;
}

std::vector<double> HotspotValues::cases(std::size_t indicator, std::size_t period) const {
    const auto& what = cube_.indicators[indicator];
    return yes_no(what) ? of(indicator, period) : part(what, what.numerator, period);
}

std::vector<double> HotspotValues::people(std::size_t indicator, std::size_t period) const {
    const auto& what = cube_.indicators[indicator];
    return yes_no(what) ? std::vector<double>(cube_.units(), 1)
                        : part(what, what.denominator, period);
}

std::vector<bool> HotspotValues::unstable_rates(std::size_t indicator, std::size_t period) const {
    const auto& what = cube_.indicators[indicator];
    const bool raw =
        !request_.rate || *request_.rate == RateKind::Raw || *request_.rate == RateKind::ExcessRisk;
    if (!raw || what.kind != data::Kind::Ratio || request_.method == HotspotMethod::Scan ||
        !cube_.find(what.numerator) || !cube_.find(what.denominator))
        return {};
    return analysis::unstable(part(what, what.numerator, period),
                              part(what, what.denominator, period));
}

std::vector<double> HotspotValues::part(const data::Indicator& rate, const std::string& id,
                                        std::size_t period) const {
    const auto at = cube_.find(id);
    for (const auto& one : cube_.indicators)
        if (rate.kind == data::Kind::Count && one.kind == data::Kind::Ratio &&
            one.numerator == rate.id)
            throw Error(ErrorKind::Usage, "error.hotspots.choose_rate",
                        {{"indicator", rate.id}, {"rate", one.id}});
    if (rate.kind != data::Kind::Ratio || !at)
        throw Error(ErrorKind::Usage, "error.hotspots.no_denominator", {{"indicator", rate.id}});
    return counted(values_of(cube_.slice(*at, period)));
}

} // namespace diaban::app
