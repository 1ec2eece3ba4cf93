#include "map/natural_breaks.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace diaban::map {
namespace {

// Running sums that give the within sum of squares of any run in O(1). Values are centred and sums
// kept in long double, because the difference of two squares cancels badly otherwise.
class RunCost {
public:
    explicit RunCost(const WeightedValues& values) {
        const std::size_t n = values.value.size();
        weight_.resize(n + 1);
        sum_.resize(n + 1);
        square_.resize(n + 1);
        const long double centre = values.value[n / 2];
        for (std::size_t i = 0; i < n; ++i) {
            const long double x = values.value[i] - centre;
            const long double w = values.weight[i];
            weight_[i + 1] = weight_[i] + w;
            sum_[i + 1] = sum_[i] + w * x;
            square_[i + 1] = square_[i] + w * x * x;
        }
    }
    // Of the values [begin, end), end > begin.
    long double operator()(std::size_t begin, std::size_t end) const {
        const long double s = sum_[end] - sum_[begin];
        const long double cost =
            square_[end] - square_[begin] - s * s / (weight_[end] - weight_[begin]);
        return end - begin == 1 ? 0 : std::max<long double>(cost, 0);
    }

private:
    std::vector<long double> weight_, sum_, square_;
};

// One row of the dynamic programme: best[e] = least cost of the values [0, e) in `classes` classes,
// split[e] = start of the last of them.
struct Row {
    const RunCost& cost;
    const std::vector<long double>& previous;
    std::vector<long double>& best;
    std::vector<std::uint32_t>& split;

    // Fills ends [first, last], whose split is known to lie in [low, high].
    void fill(std::size_t first, std::size_t last, std::size_t low, std::size_t high) {
        const std::size_t end = first + (last - first) / 2;
        long double least = std::numeric_limits<long double>::infinity();
        std::size_t at = low;
        for (std::size_t start = low; start <= std::min(high, end - 1); ++start) {
            const long double c = previous[start] + cost(start, end);
            if (c < least) least = c, at = start;
        }
        best[end] = least;
        split[end] = static_cast<std::uint32_t>(at);
        if (end > first) fill(first, end - 1, low, at);
        if (end < last) fill(end + 1, last, at, high);
    }
};

} // namespace

WeightedValues distinct(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    WeightedValues out;
    for (const double v : sorted) {
        if (out.value.empty() || v != out.value.back()) {
            out.value.push_back(v);
            out.weight.push_back(0);
        }
        out.weight.back() += 1;
    }
    return out;
}

std::vector<std::size_t> natural_splits(const WeightedValues& values, std::size_t k) {
    const std::size_t n = values.value.size();
    const RunCost cost(values);
    std::vector<long double> previous(n + 1, 0), best(n + 1, 0);
    for (std::size_t end = 1; end <= n; ++end) previous[end] = cost(0, end);
    std::vector<std::vector<std::uint32_t>> split(k, std::vector<std::uint32_t>(n + 1, 0));
    for (std::size_t classes = 2; classes <= k; ++classes) {
        // The first classes - 1 values at least lie before the last class.
        Row{cost, previous, best, split[classes - 1]}.fill(classes, n, classes - 1, n - 1);
        std::swap(previous, best);
    }
    std::vector<std::size_t> starts;
    std::size_t end = n;
    for (std::size_t classes = k; classes > 1; --classes) {
        end = split[classes - 1][end];
        starts.push_back(end);
    }
    std::reverse(starts.begin(), starts.end());
    return starts;
}

} // namespace diaban::map
