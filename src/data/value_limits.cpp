#include "data/value_limits.hpp"

#include "base/text.hpp"
#include "data/catalogue.hpp"
#include "data/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::data {
namespace {

// Percentages that are no share: "tốc độ tăng", "mức giảm so với năm trước", "hoàn thành kế hoạch".
constexpr auto kNoShareWords =
    std::to_array<std::string_view>({"tang", "giam", "so voi", "bien dong", "ke hoach", "chi tieu",
                                     "growth", "change", "increase", "decrease", "reduction"});

bool names_share(const Indicator& indicator) {
    const auto key =
        " " + base::search_key(indicator.name_vi + " " + indicator.name_en + " " + indicator.id) +
        " ";
    return std::none_of(kNoShareWords.begin(), kNoShareWords.end(), [&](std::string_view word) {
        return key.find(" " + std::string(word) + " ") != std::string::npos;
    });
}

} // namespace

bool ValueLimits::any() const {
    return whole || std::isfinite(low) || std::isfinite(high);
}

bool ValueLimits::contains(double value) const {
    return value >= low && value <= high && (!whole || value == std::floor(value));
}

ValueLimits value_limits(const Indicator& indicator, std::string_view unit) {
    ValueLimits out;
    const bool known = find_in_catalogue(indicator.id) != nullptr;
    if (indicator.kind == Kind::Count) {
        out.whole = counted_one_by_one(unit) || indicator.counts_persons;
        if (out.whole || known) out.low = 0;
    } else if (indicator.kind != Kind::Category && unit == "%" &&
               (known || names_share(indicator))) {
        out.low = 0;
        out.high = 100;
    }
    return out;
}

} // namespace diaban::data
