// Small sums that several statistics begin with.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

namespace diaban::analysis {

// Deviations from the mean; nothing of nothing.
inline std::vector<double> centred(std::vector<double> v) {
    const double mean = std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
    for (double& x : v) x -= mean;
    return v;
}

inline bool constant(const std::vector<double>& v) {
    return std::all_of(v.begin(), v.end(), [&](double x) { return x == v.front(); });
}

} // namespace diaban::analysis
