// Texts that tables write where there is no number.
#pragma once

#include <optional>
#include <string_view>

namespace diaban::data {

enum class EmptySign {
    Missing,   // nothing, "…", "n/a", "chưa có số liệu"
    Suppressed // "<10", "*"
};
// Nothing if the text is something else: a number, a word, or a dash, which can mean zero as well.
std::optional<EmptySign> empty_sign(std::string_view cell);
// "-", "–", "—", however many.
bool is_dash(std::string_view cell);

} // namespace diaban::data
