#include "data/code_index.hpp"

#include <algorithm>

namespace diaban::data {
namespace {

constexpr std::size_t kAmbiguous = static_cast<std::size_t>(-1);

std::string_view without_zeros(std::string_view code) {
    const auto first = code.find_first_not_of('0');
    return first == code.npos ? code.substr(code.size() - 1) : code.substr(first);
}

} // namespace

bool numeric_code(std::string_view code) {
    return !code.empty() &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t common_width(const std::vector<std::string_view>& codes) {
    std::size_t width = 0;
    for (const auto code : codes) {
        if (!numeric_code(code)) continue;
        if (width != 0 && code.size() != width) return 0;
        width = code.size();
    }
    return width;
}

CodeIndex::CodeIndex(const UnitTable& units, bool restore_zeros, std::size_t table_width)
    : restore_zeros_(restore_zeros),
      unit_width_(common_width({units.code.begin(), units.code.end()})), table_width_(table_width) {
    exact_.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::string_view code = units.code[i];
        if (code.empty()) continue;
        if (!exact_.emplace(code, i).second) {
            repeated_.push_back(i);
            continue;
        }
        if (!restore_zeros || !numeric_code(code)) continue;
        const auto [at, added] = stripped_.emplace(without_zeros(code), i);
        if (!added) at->second = kAmbiguous;
    }
}

std::optional<CodeIndex::Match> CodeIndex::find(std::string_view code) const {
    if (code.empty()) return std::nullopt;
    if (const auto found = exact_.find(code); found != exact_.end())
        return Match{found->second, false};
    if (code.ends_with(".0")) return find(code.substr(0, code.size() - 2));
    if (!restore_zeros_ || !numeric_code(code)) return std::nullopt;
    const auto found = stripped_.find(without_zeros(code));
    if (found == stripped_.end() || found->second == kAmbiguous) return std::nullopt;
    const bool table_lost = unit_width_ != 0 && code.size() < unit_width_;
    const bool units_lost = unit_width_ == 0 && table_width_ != 0;
    if (!table_lost && !units_lost) return std::nullopt;
    return Match{found->second, true};
}

} // namespace diaban::data
