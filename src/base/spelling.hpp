// Keys under which names that differ only in how Vietnamese is written down are equal.
//
// Guarantees: every function accepts any bytes; the keys are for comparing, not for showing; a key
// of a key is the key itself.
#pragma once

#include <string>
#include <string_view>

namespace diaban::base {

// NFC, small letters, đ for ð, and one blank for each run of blanks and hyphens: "XÃ  Tân-Thạnh" ->
// "xã tân thạnh".
std::string written_key(std::string_view text);
// The same, and every tone behind its word: "hòa" and "hoà" have one key, "hoa" another.
std::string tone_key(std::string_view text);
// A tone_key with i for y where both stand for one sound: mỹ/mĩ, quý/quí; not thúy/thúi.
std::string letter_key(std::string_view tone_key);

} // namespace diaban::base
