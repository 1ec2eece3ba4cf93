// The error that names an indicator which is not there, with near ones or those that are.
#pragma once

#include "base/error.hpp"
#include "base/text.hpp"
#include "data/cube.hpp"

namespace diaban::data {

inline base::Error unknown_indicator(base::ErrorKind kind, const IndicatorId& wanted,
                                     const std::vector<Indicator>& indicators) {
    std::vector<std::string> ids;
    for (const auto& indicator : indicators) ids.push_back(indicator.id);
    const auto near = base::nearest(wanted, ids);
    return {kind,
            "error.indicator.unknown",
            {{"indicator", wanted},
             {"guess", std::int64_t{near.empty() ? 0 : 1}},
             {"known", base::joined(near.empty() ? ids : near, ", ")}}};
}

} // namespace diaban::data
