// Names in two lines, broken between words.
#pragma once

#include <string>
#include <vector>

namespace diaban::map {

// Every way to set a name in two lines, with '\n' between them; none of a name that stays whole.
// Syllables of one word stay together as far as capitals tell: a line begins with a capital, after
// the first syllable or after one without ("Thị trấn Nông trường | Thống Nhất", "Xã | Tân Thạnh").
std::vector<std::string> in_two_lines(const std::string& name);

} // namespace diaban::map
