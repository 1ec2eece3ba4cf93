#include "data/empty_signs.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace diaban::data {

std::optional<EmptySign> empty_sign(std::string_view cell) {
    const auto text = base::trim(cell);
    if (text.empty()) return EmptySign::Missing;
    if (text.front() == '<' || text == "*" || text == "**") return EmptySign::Suppressed;
    static constexpr std::array kMissing = {"…",
                                            "...",
                                            "..",
                                            "na",
                                            "n/a",
                                            "nan",
                                            "null",
                                            "#n/a",
                                            "chua ro",
                                            "khong ro",
                                            "chua co so lieu",
                                            "khong co so lieu",
                                            "chua bao cao",
                                            "unknown"};
    const auto key = base::search_key(text);
    if (std::any_of(kMissing.begin(), kMissing.end(), [&](const char* m) { return key == m; }))
        return EmptySign::Missing;
    return std::nullopt;
}

bool is_dash(std::string_view cell) {
    static constexpr std::array<std::string_view, 4> kDashes{"-", "–", "—", "−"};
    auto text = base::trim(cell);
    if (text.empty()) return false;
    while (!text.empty()) {
        const auto* const dash = std::find_if(kDashes.begin(), kDashes.end(),
                                              [&](auto one) { return text.starts_with(one); });
        if (dash == kDashes.end()) return false;
        text.remove_prefix(dash->size());
    }
    return true;
}

} // namespace diaban::data
