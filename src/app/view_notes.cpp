#include "app/view_notes.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

struct Commonest {
    double value = 0, share = 0; // of all values, 0..1
};
Commonest commonest(std::vector<double> values) {
    Commonest out;
    std::sort(values.begin(), values.end());
    for (auto from = values.begin(); from != values.end();) {
        const auto to = std::upper_bound(from, values.end(), *from);
        const double share = static_cast<double>(to - from) / static_cast<double>(values.size());
        if (share > out.share) out = {*from, share};
        from = to;
    }
    return out;
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

std::string fewer_classes(const Dataset& dataset, const StyledMap& styled,
                          const Language& language) {
    const auto wanted = static_cast<std::size_t>(styled.choice.k);
    const auto method = styled.classes.method;
    // Of round numbers and deviations there are about as many as asked for, never exactly.
    const bool exact = map::takes_k(method) && method != map::Method::Pretty &&
                       method != map::Method::StandardDeviation;
    if (styled.categorical || !exact || styled.classes.k() >= wanted || styled.classes.k() == 0)
        return {};
    const auto most = commonest(dataset.cube->pooled(styled.indicator));
    return language.text(
        "legend.fewer_classes",
        {{"k", static_cast<std::int64_t>(styled.classes.k())},
         {"wanted", static_cast<std::int64_t>(wanted)},
         {"share", language.number(most.share * 100, most.share < 0.1 ? 1 : 0)},
         {"value", language.number(most.value, dataset.decimals[styled.indicator])}});
}

} // namespace diaban::app
