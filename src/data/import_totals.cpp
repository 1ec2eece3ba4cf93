#include "data/import_totals.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diaban::data {

void Totals::add(const std::vector<double>& numbers) {
    for (std::size_t c = 0; c < numbers.size(); ++c) {
        if (std::isnan(numbers[c])) continue;
        section_[c] += numbers[c];
        all_[c] += numbers[c];
    }
    ++section_rows_;
    ++all_rows_;
}

std::vector<Totals::Wrong> Totals::compare(std::uint32_t row, const std::string& label,
                                           const std::vector<double>& stated,
                                           const std::vector<double>& sum) const {
    std::vector<Wrong> wrong;
    for (std::size_t c = 0; c < stated.size(); ++c) {
        // Sums of decimals differ by rounding; counts are exact well below this.
        const double tolerance = 1e-9 * std::max(1.0, std::abs(sum[c]));
        if (!std::isnan(stated[c]) && std::abs(stated[c] - sum[c]) > tolerance)
            wrong.push_back({row, label, c, stated[c], sum[c]});
    }
    return wrong;
}

std::vector<Totals::Wrong> Totals::check(std::uint32_t row, std::string label,
                                         std::vector<double> stated, Where where) {
    if (where == Where::Above) {
        section_total_ = Open{row, std::move(label), std::move(stated)};
        return {};
    }
    if (all_rows_ == 0) {
        first_total_ = Open{row, std::move(label), std::move(stated)};
        return {};
    }
    auto wrong = compare(row, label, stated, all_);
    if (section_rows_ > 0) {
        // Which of the two it stands for is what it agrees with better.
        auto of_section = compare(row, label, stated, section_);
        if (of_section.size() < wrong.size()) wrong = std::move(of_section);
    }
    end_section();
    return wrong;
}

std::vector<Totals::Wrong> Totals::close() {
    const auto open = std::exchange(section_total_, std::nullopt);
    // A heading over nothing is another level's: there is nothing to compare it with.
    if (!open || section_rows_ == 0) return {};
    return compare(open->row, open->label, open->stated, section_);
}

std::vector<Totals::Wrong> Totals::finish() {
    const auto open = std::exchange(first_total_, std::nullopt);
    if (!open) return {};
    return compare(open->row, open->label, open->stated, all_);
}

void Totals::end_section() {
    std::fill(section_.begin(), section_.end(), 0.0);
    section_rows_ = 0;
}

} // namespace diaban::data
