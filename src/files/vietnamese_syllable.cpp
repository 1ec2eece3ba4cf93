#include "files/vietnamese_syllable.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace diaban::files {
namespace {

// Longest first where one begins another. The empty onset is allowed.
constexpr std::array<std::string_view, 28> kOnsets{
    "ngh", "ch", "gh", "gi", "kh", "kr", "ng", "nh", "ph", "qu", "th", "tr", "b", "c",
    "d",   "đ",  "g",  "h",  "k",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v", "x"};
constexpr std::array<std::string_view, 9> kCodas{"ch", "ng", "nh", "c", "m", "n", "p", "t", ""};
// Vowel groups without tones. Names of the highlands add "ă" and "ô" in odd places only.
constexpr std::array<std::string_view, 58> kNuclei{
    "a",   "ă",   "â",   "e",   "ê",   "i",   "o",   "ô",   "ơ",   "u",   "ư",   "y",
    "ai",  "ao",  "au",  "ay",  "âu",  "ây",  "eo",  "êu",  "ia",  "iê",  "iêu", "iu",
    "oa",  "oă",  "oai", "oay", "oe",  "oeo", "oi",  "oo",  "ôi",  "ơi",  "ua",  "uâ",
    "uây", "uê",  "ui",  "uô",  "uôi", "uơ",  "uy",  "uya", "uyê", "uyu", "ưa",  "ươ",
    "ưi",  "ươi", "ươu", "ưu",  "yê",  "yêu", "uêu", "oao", "uyê", "ôô"};

constexpr std::array<std::string_view, 5> kTones{"\xCC\x80", "\xCC\x81", "\xCC\x83", "\xCC\x89",
                                                 "\xCC\xA3"};

// Removes the tone marks of a word in form D; returns how many there were.
int strip_tones(std::string& word) {
    int tones = 0;
    for (const auto tone : kTones)
        for (auto at = word.find(tone); at != std::string::npos; at = word.find(tone, at)) {
            word.erase(at, tone.size());
            ++tones;
        }
    return tones;
}

template <std::size_t N>
bool is_one_of(std::string_view part, const std::array<std::string_view, N>& known) {
    return std::find(known.begin(), known.end(), part) != known.end();
}

bool rhyme(std::string_view text) {
    return std::any_of(kCodas.begin(), kCodas.end(), [&](std::string_view coda) {
        return text.ends_with(coda) &&
               is_one_of(text.substr(0, text.size() - coda.size()), kNuclei);
    });
}

} // namespace

bool vietnamese_syllable(std::string_view word) {
    if (word.empty()) return false;
    std::string letters = base::nfd(base::lower(word));
    if (strip_tones(letters) > 1) return false;
    letters = base::nfc(letters);
    if (rhyme(letters)) return true;
    return std::any_of(kOnsets.begin(), kOnsets.end(), [&](std::string_view onset) {
        if (!letters.starts_with(onset)) return false;
        const auto rest = std::string_view(letters).substr(onset.size());
        // "gi" is a whole syllable: the i is onset and vowel at once.
        return rhyme(rest) || (onset == "gi" && (rest.empty() || is_one_of(rest, kCodas)));
    });
}

} // namespace diaban::files
