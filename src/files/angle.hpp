// Angles as people write them in tables. Private to src/files.
#pragma once

#include <optional>
#include <string_view>

namespace diaban::files {

// Degrees from "106.5", "106,5", "106°30'", "106 30 15.5 E", "10°45′N", "Đ 106°30'", "-70.5".
// Letters: N and B (bắc) are positive, S negative; E and Đ (đông) positive, W and T (tây) negative.
// Nothing if it is no angle, or minutes or seconds are not below 60.
std::optional<double> parse_angle(std::string_view text);

} // namespace diaban::files
