// The numbers that `hotspots` works on.
#include "app/commands/hotspots_parts.hpp"
#include "app/commands/json.hpp"
#include "data/crosswalk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaban::app {
namespace {

using analysis::RateKind;
using base::Error;
using base::ErrorKind;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<double> values_of(const data::Slice& slice) {
    std::vector<double> out(slice.size(), kNaN);
    for (std::size_t i = 0; i < out.size(); ++i)
        if (slice.has(i)) out[i] = slice.value[i];
    return out;
}

bool counts_as_yes(const std::string& category, const std::vector<std::string>& yes) {
    if (yes.empty()) return category.starts_with("hot");
    return std::find(yes.begin(), yes.end(), category) != yes.end();
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
    for (double& v : x) {
        if (std::isnan(v)) continue;
        const auto& category = indicator.categories.at(static_cast<std::size_t>(v));
        v = category == "unknown" || category == data::kMixed ? kNaN
            : counts_as_yes(category, yes)                    ? 1
                                                              : 0;
    }
    return x;
}

} // namespace

bool HotspotValues::yes_no(const data::Indicator& indicator) const {
    return request_.method == HotspotMethod::JoinCount ||
           (request_.method == HotspotMethod::Scan && indicator.kind == data::Kind::Category);
}

std::vector<double> HotspotValues::of(std::size_t indicator, std::size_t period) const {
    const auto& what = cube_.indicators[indicator];
    if (yes_no(what)) return as_yes_no(what, cube_.slice(indicator, period), request_.yes);
    if (what.kind == data::Kind::Category)
        throw Error(ErrorKind::Usage, "error.hotspots.category", {{"indicator", what.id}});
    if (!request_.rate) return values_of(cube_.slice(indicator, period));
    return analysis::rates(part(what, what.numerator, period), part(what, what.denominator, period),
                           *request_.rate, links_);
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
    return values_of(cube_.slice(*at, period));
}

} // namespace diaban::app
