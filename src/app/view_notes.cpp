#include "app/view_notes.hpp"

#include "app/map_kind.hpp"
#include "app/mask.hpp"
#include "base/text.hpp"
#include "data/catalogue.hpp"
#include "map/zero_share.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace diaban::app {
namespace {

struct Values {
    double commonest = 0, share = 0; // of all values, 0..1
    std::size_t distinct = 0;
};
Values describe(std::vector<double> values) {
    Values out;
    std::sort(values.begin(), values.end());
    for (auto from = values.begin(); from != values.end();) {
        const auto to = std::upper_bound(from, values.end(), *from);
        const double share = static_cast<double>(to - from) / static_cast<double>(values.size());
        if (share > out.share) out.commonest = *from, out.share = share;
        ++out.distinct;
        from = to;
    }
    return out;
}

// Whether there are at least so many different values; mostly the first few tell.
bool different_at_least(const std::vector<double>& values, std::size_t least) {
    std::set<double> seen;
    return std::any_of(values.begin(), values.end(), [&](double value) {
        seen.insert(value);
        return seen.size() >= least;
    });
}

bool is_record(const data::Indicator& indicator) {
    if (indicator.kind == data::Kind::Category)
        return std::any_of(
            indicator.categories.begin(), indicator.categories.end(),
            [](const auto& c) { return c == "present" || c == "hot" || c == "lost"; });
    const auto* known = data::find_in_catalogue(indicator.id);
    return counts_persons(indicator) || (known && indicator.id != "population");
}

} // namespace

bool shows_counts(const Dataset& dataset, const StyledMap& styled) {
    return !styled.categorical &&
           dataset.cube->indicators[styled.indicator].kind == data::Kind::Count;
}

std::optional<std::size_t> rate_of(const Dataset& dataset, const StyledMap& styled) {
    if (!shows_counts(dataset, styled)) return std::nullopt;
    const auto& all = dataset.cube->indicators;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].kind == data::Kind::Ratio && all[i].numerator == all[styled.indicator].id)
            return i;
    return std::nullopt;
}

bool shows_records(const Dataset& dataset, const StyledMap& styled) {
    const auto& all = *dataset.cube;
    // A map of distances shows no indicator at all.
    if (styled.indicator >= all.indicators.size()) return false;
    const auto& indicator = all.indicators[styled.indicator];
    if (indicator.kind != data::Kind::Ratio) return is_record(indicator);
    const auto numerator = all.find(indicator.numerator);
    return numerator && is_record(all.indicators[*numerator]);
}

bool above_zero(const Dataset& dataset, const StyledMap& styled) {
    const auto& classes = styled.classes;
    return !styled.categorical && classes.method == map::Method::Quantile &&
           !classes.breaks.empty() && classes.breaks.front() == 0 &&
           map::quantiles_above_zero(dataset.cube->pooled(styled.indicator));
}

std::string fewer_classes(const Dataset& dataset, const StyledMap& styled,
                          const Language& language) {
    const auto wanted = static_cast<std::size_t>(styled.choice.k);
    const auto method = styled.classes.method;
    // Of round numbers and deviations there are about as many as asked for, never exactly.
    const bool exact = map::takes_k(method) && method != map::Method::Pretty &&
                       method != map::Method::StandardDeviation;
    if (styled.categorical || !exact || styled.classes.k() == 0) return {};
    if (!has_classes(styled.choice.kind)) return {};
    auto pooled = dataset.cube->pooled(styled.indicator);
    // Asked anew for every year on the map, where sorting the values of all years would take longer
    // than anything else: nothing is missing, and nothing is to be said.
    if (styled.classes.k() >= wanted && different_at_least(pooled, wanted + 1)) return {};
    const auto values = describe(std::move(pooled));
    base::Args args{{"k", static_cast<std::int64_t>(styled.classes.k())},
                    {"wanted", static_cast<std::int64_t>(wanted)}};
    // Zero has a row of its own where the classes begin above it.
    if (values.distinct < wanted + (above_zero(dataset, styled) ? 1 : 0)) {
        args.emplace_back("count", static_cast<std::int64_t>(values.distinct));
        return language.text("legend.few_values", args);
    }
    if (styled.classes.k() >= wanted) return {};
    args.emplace_back("share", language.number(values.share * 100, values.share < 0.1 ? 1 : 0));
    args.emplace_back("value",
                      language.number(values.commonest, dataset.decimals[styled.indicator]));
    return language.text("legend.fewer_classes", args);
}

std::size_t not_drawn(const Dataset& dataset) {
    const auto faces = dataset.vintage->coverage->faces();
    return static_cast<std::size_t>(std::count_if(
        faces.begin(), faces.end(), [](const geo::Face& face) { return face.ring_count == 0; }));
}

std::string units_not_drawn(const Dataset& dataset, const Language& language) {
    constexpr std::size_t kNamed = 6;
    const auto count = not_drawn(dataset);
    if (count == 0) return "";
    const auto faces = dataset.vintage->coverage->faces();
    const auto& units = dataset.vintage->units;
    std::vector<std::string> named;
    for (std::size_t i = 0; i < faces.size() && named.size() < kNamed; ++i)
        if (faces[i].ring_count == 0)
            named.push_back(units.code[i].empty() ? units.name[i] : units.code[i]);
    return language.text(count == 1 ? "legend.not_drawn_one" : "legend.not_drawn",
                         {{"count", static_cast<std::int64_t>(count)},
                          {"units", base::joined(named) + (count > kNamed ? " …" : "")}});
}

} // namespace diaban::app
