// The kinds of places as people and gazetteers write them. Private to src/files.
#pragma once

#include <string>
#include <string_view>

namespace diaban::files {

// "Khu công nghiệp", "KCN", GeoNames' "INDS" -> "industrial_zone"; "" if the word is not known.
std::string place_kind(std::string_view text);

} // namespace diaban::files
