// The sample province, written once and loaded, and what tests of `hotspots` ask of it.
#pragma once

#include "app/commands/hotspots.hpp"
#include "app/sample.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <set>

namespace diaban::test {

struct Province {
    TempFolder folder;
    app::Sample sample;
    app::SampleFiles files;
    std::shared_ptr<const app::Dataset> dataset;

    Province() {
        base::JobContext ctx;
        sample = app::make_sample({}, ctx);
        files = app::write_sample(sample, folder.path(), ctx);
        dataset = app::load({.store = files.store, .use_cache = false}, app::Need::Picture, ctx);
    }
};
inline const Province& province() {
    static const Province one;
    return one;
}

inline app::HotspotsReport run_on(std::shared_ptr<const app::Dataset> dataset,
                                  const app::HotspotsRequest& request) {
    base::JobContext ctx(2);
    const auto inputs = app::prepare(request, std::move(dataset), ctx);
    return app::run(request, inputs, *app::Language::load("en"), ctx);
}

// The rate whose cases are counted by `numerator`.
inline std::string rate_id(const std::string& numerator = "DR01") {
    for (const auto& indicator : province().dataset->cube->indicators)
        if (indicator.kind == data::Kind::Ratio && indicator.numerator == numerator)
            return indicator.id;
    return "";
}

inline std::set<std::string> advice_of(std::shared_ptr<const app::Dataset> dataset,
                                       const app::HotspotsRequest& request) {
    base::JobContext ctx;
    std::set<std::string> keys;
    for (const auto& one : app::prepare(request, std::move(dataset), ctx).advice)
        keys.insert(one.key);
    return keys;
}

// The key of the error that a request ends with; empty: none.
inline std::string refusal_of(std::shared_ptr<const app::Dataset> dataset,
                              const app::HotspotsRequest& request) {
    base::JobContext ctx;
    return test::thrown_key([&] { app::prepare(request, std::move(dataset), ctx); });
}

// The province with cases `c` among people `p` and their rate `c_rate`, as two functions of period
// and unit say; NaN: no value.
template <class Cases, class People>
std::shared_ptr<const app::Dataset> with_series(const std::vector<data::Period>& periods,
                                                Cases cases, People people) {
    const auto& base = *province().dataset;
    const auto units = base.cube->units();
    std::vector<data::Indicator> indicators(2);
    indicators[0].id = "c";
    indicators[1].id = "p";
    auto cube =
        std::make_shared<data::IndicatorCube>(base.cube->vintage, indicators, periods, units);
    for (std::size_t t = 0; t < periods.size(); ++t)
        for (std::size_t u = 0; u < units; ++u) {
            if (const double c = cases(t, u); c == c) cube->set(0, t, u, c);
            if (const double p = people(t, u); p == p) cube->set(1, t, u, p);
        }
    data::Indicator rate;
    rate.id = "c_rate";
    rate.kind = data::Kind::Ratio;
    rate.numerator = "c";
    rate.denominator = "p";
    rate.scale = 1000;
    cube->add_ratio(rate);
    auto dataset = std::make_shared<app::Dataset>(base);
    dataset->cube = std::move(cube);
    return dataset;
}

} // namespace diaban::test
