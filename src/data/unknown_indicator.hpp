// The error of an indicator that is not there: it names what was wanted, and those that are written
// nearly so, or all there are.
#pragma once

#include "base/error.hpp"
#include "base/text.hpp"
#include "data/cube.hpp"

namespace diaban::data {

inline base::Error unknown_indicator(base::ErrorKind kind, const std::string& wanted,
                                     const std::vector<Indicator>& there) {
    std::vector<std::string> ids;
    for (const auto& one : there) ids.push_back(one.id);
    const auto near = base::nearest(wanted, ids);
    return {kind,
            "error.indicator.unknown",
            {{"indicator", wanted},
             {"guess", std::int64_t{near.empty() ? 0 : 1}},
             {"known", base::joined(near.empty() ? ids : near)}}};
}

} // namespace diaban::data
