#include "files/vietnamese_syllable.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace diaban::files {
namespace {

// Longest first where one begins another. The empty onset is allowed.
constexpr auto kOnsets = std::to_array<std::string_view>(
    {"ngh", "ch", "gh", "gi", "kh", "kr", "ng", "nh", "ph", "qu", "th", "tr", "b", "c",
     "d",   "đ",  "g",  "h",  "k",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v", "x"});
constexpr auto kCodas =
    std::to_array<std::string_view>({"ch", "ng", "nh", "c", "k", "m", "n", "p", "t", ""});
// Vowel groups without tones. The final k stands in names of the highlands (Đắk).
constexpr auto kNuclei = std::to_array<std::string_view>(
    {"a",   "ă",   "â",   "e",   "ê",   "i",   "o",   "ô",   "ơ",   "u",  "ư",   "y",
     "ai",  "ao",  "au",  "ay",  "âu",  "ây",  "eo",  "êu",  "ia",  "iê", "iêu", "iu",
     "oa",  "oă",  "oai", "oay", "oe",  "oeo", "oi",  "oo",  "ôi",  "ơi", "ua",  "uâ",
     "uây", "uê",  "ui",  "uô",  "uôi", "uơ",  "uy",  "uya", "uyu", "ưa", "ươ",  "ưi",
     "ươi", "ươu", "ưu",  "yê",  "yêu", "uêu", "oao", "uyê", "ôô"});

// Tone marks in form D: grave, acute, tilde, hook, dot.
constexpr std::string_view kSac = "\xCC\x81", kNang = "\xCC\xA3";
constexpr std::array<std::string_view, 5> kTones{"\xCC\x80", kSac, "\xCC\x83", "\xCC\x89", kNang};

// A word taken apart: its letters without tone in form C, the tone, and the letter that bears it.
struct Spelling {
    std::string letters;
    std::string_view tone; // empty: level
    int bearer = -1;
    int tones = 0;
};

template <std::size_t N>
bool is_one_of(std::string_view part, const std::array<std::string_view, N>& known) {
    return std::find(known.begin(), known.end(), part) != known.end();
}

int letter_count(std::string_view utf8) {
    return static_cast<int>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }));
}

Spelling take_apart(std::string_view word) {
    Spelling out;
    const std::string decomposed = base::nfd(base::lower(word));
    std::string plain;
    for (std::size_t i = 0; i < decomposed.size();) {
        const auto mark = std::find_if(kTones.begin(), kTones.end(), [&](std::string_view tone) {
            return std::string_view(decomposed).substr(i).starts_with(tone);
        });
        if (mark == kTones.end()) {
            plain += decomposed[i++];
            continue;
        }
        out.tone = *mark;
        out.bearer = letter_count(base::nfc(plain)) - 1;
        ++out.tones;
        i += mark->size();
    }
    out.letters = base::nfc(plain);
    return out;
}

// Where the tone mark sits among the vowels. Before a final consonant it sits on the last vowel;
// "oa", "oe" and "uy" are written both ways (hòa, hoà); otherwise a last vowel bears it only if it
// has a mark of its own (quê, thuở).
bool tone_in_place(std::string_view nucleus, bool closed, int position) {
    const int vowels = letter_count(nucleus);
    if (vowels == 1) return position == 0;
    if (closed) return position == vowels - 1;
    if (nucleus == "oa" || nucleus == "oe" || nucleus == "uy") return position <= 1;
    if (nucleus == "uê" || nucleus == "uơ") return position == 1;
    return position == (vowels == 2 ? 0 : 1);
}

// The rest of a word after its onset of `skipped` letters.
bool rhyme(std::string_view text, int skipped, const Spelling& word) {
    return std::any_of(kCodas.begin(), kCodas.end(), [&](std::string_view coda) {
        if (!text.ends_with(coda)) return false;
        const auto nucleus = text.substr(0, text.size() - coda.size());
        if (!is_one_of(nucleus, kNuclei)) return false;
        if (word.bearer >= 0 && !tone_in_place(nucleus, !coda.empty(), word.bearer - skipped))
            return false;
        // A stop at the end goes with two tones only.
        const bool stop = coda == "c" || coda == "ch" || coda == "p" || coda == "t";
        return !stop || word.tone == kSac || word.tone == kNang;
    });
}

} // namespace

bool vietnamese_syllable(std::string_view word) {
    if (word.empty()) return false;
    const Spelling spelling = take_apart(word);
    if (spelling.tones > 1) return false;
    const std::string_view letters = spelling.letters;
    if (rhyme(letters, 0, spelling)) return true;
    return std::any_of(kOnsets.begin(), kOnsets.end(), [&](std::string_view onset) {
        if (!letters.starts_with(onset)) return false;
        const auto rest = letters.substr(onset.size());
        // "gi" is a whole syllable: the i is onset and vowel at once.
        if (onset == "gi" && (rest.empty() || is_one_of(rest, kCodas))) return true;
        return rhyme(rest, letter_count(onset), spelling);
    });
}

} // namespace diaban::files
