// Tells whether a word is spelled like a Vietnamese syllable. Private to src/files: it is the
// evidence by which an encoding is recognised.
#pragma once

#include <string_view>

namespace diaban::files {

// True if the word (UTF-8, any normal form, one word without blanks) has the shape onset + vowels +
// final consonant with at most one tone, all of them ones that Vietnamese spelling knows.
// "Thạnh" yes, "TÃ¢n" no. Says nothing about whether the word means anything.
bool vietnamese_syllable(std::string_view word);

} // namespace diaban::files
