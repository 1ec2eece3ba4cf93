// Vietnamese text: everything inside the program is UTF-8 in NFC.
//
// Guarantees: every function accepts any bytes; ill-formed UTF-8 becomes U+FFFD where text must be
// produced. No function depends on the process locale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban::base {

bool valid_utf8(std::string_view text);
// Unicode normalisation form C; returns the input unchanged (and fast) if it already is NFC.
std::string nfc(std::string_view text);
// Form D, for tests and for telling how a file was written.
std::string nfd(std::string_view text);
bool is_nfc(std::string_view text);

// Key for searching: NFC, case folded, diacritics removed, đ -> d, spaces collapsed.
// "Xã Tân Thạnh" -> "xa tan thanh".
std::string search_key(std::string_view text);
// True if every word of `query` begins some word of `text`, both compared by search_key.
bool search_matches(std::string_view text_key, std::string_view query_key);

// Sort keys in Vietnamese dictionary order (ICU collation vi); compare with operator<.
std::string sort_key(std::string_view text);
// As sort_key for many texts, one collator.
std::vector<std::string> sort_keys(const std::vector<std::string>& texts);

// One of the ten ASCII digits, in any locale.
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_ascii(std::string_view text);

std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");
// With no-break spaces for blanks: "≥ 60 %" stays on one line.
std::string unbroken(std::string_view text);
std::string lower(std::string_view text);
std::string upper(std::string_view text);     // Vietnamese capitals: "xã" -> "XÃ"
std::string_view trim(std::string_view text); // ASCII blanks, NBSP and BOM
std::string single_blanks(std::string_view text); // trimmed, and one blank for several
// ASCII file name part: "Tỉnh Sóc Trăng" -> "tinh_soc_trang".
std::string file_name_part(std::string_view text);
// Number of user-perceived characters.
std::size_t length(std::string_view text);
// Edit distance in code points; used to suggest a near name ("did you mean").
std::size_t edit_distance(std::string_view a, std::string_view b);
// The candidates nearest to `word`, best first, none farther than a third of its length.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates,
                                 std::size_t most = 3);

} // namespace diaban::base
