#include "base/spelling.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace diaban::base {
namespace {

// Grave, acute, tilde, hook and dot, as form D writes them.
constexpr std::array<std::string_view, 5> kTones{"\xCC\x80", "\xCC\x81", "\xCC\x83", "\xCC\x89",
                                                 "\xCC\xA3"};
// Blanks and hyphens, longer ones as UTF-8: NBSP, the hyphens U+2010 to U+2015, the minus.
constexpr std::array<std::string_view, 9> kGaps{"\xC2\xA0",     "\xE2\x80\x90", "\xE2\x80\x91",
                                                "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94",
                                                "\xE2\x80\x95", "\xE2\x88\x92", "\xE3\x80\x80"};

template <std::size_t N>
std::string_view begins(std::string_view text, const std::array<std::string_view, N>& any) {
    for (const auto one : any)
        if (text.starts_with(one)) return one;
    return {};
}

std::size_t gap_at(std::string_view text) {
    constexpr std::string_view kAscii = " \t\r\n\v-_";
    if (kAscii.find(text.front()) != kAscii.npos) return 1;
    return begins(text, kGaps).size();
}

bool consonant(char c) {
    return c >= 'a' && c <= 'z' && std::string_view("aeiouy").find(c) == std::string_view::npos;
}

} // namespace

std::string written_key(std::string_view text) {
    const auto small = lower(nfc(text));
    std::string out;
    for (std::size_t i = 0; i < small.size();) {
        const auto rest = std::string_view(small).substr(i);
        if (const auto gap = gap_at(rest)) {
            if (!out.empty() && out.back() != ' ') out += ' ';
            i += gap;
        } else if (rest.starts_with("\xC3\xB0")) { // the eth that some fonts write for đ
            out += "\xC4\x91";
            i += 2;
        } else {
            out += small[i++];
        }
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string tone_key(std::string_view text) {
    const auto apart = nfd(written_key(text));
    std::string out, tones;
    for (std::size_t i = 0; i < apart.size();) {
        const auto tone = begins(std::string_view(apart).substr(i), kTones);
        if (!tone.empty()) {
            tones += tone;
            i += tone.size();
            continue;
        }
        if (apart[i] == ' ') out += std::exchange(tones, {});
        out += apart[i++];
    }
    return out + tones;
}

std::string letter_key(std::string_view key) {
    std::string out(key);
    for (std::size_t i = 1; i < out.size(); ++i) {
        if (out[i] != 'y') continue;
        const bool last = i + 1 == out.size() || out[i + 1] == ' ' || (out[i + 1] & 0x80) != 0;
        const bool after_qu = i >= 2 && out[i - 1] == 'u' && out[i - 2] == 'q';
        // đ ends in the byte 0x91, which no other letter of form D has.
        const bool alone = consonant(out[i - 1]) || out[i - 1] == '\x91';
        if (last && (alone || after_qu)) out[i] = 'i';
    }
    return out;
}

} // namespace diaban::base
