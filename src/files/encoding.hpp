// Vietnamese text in legacy encodings: found out from the bytes and converted to UTF-8 NFC.
// Tables: domain.md 6 (TCVN3/ABC, VNI-Windows, Windows-1258).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban::files {

struct EncodingScore {
    std::string encoding; // "UTF-8", "CP1258", "TCVN3", "VNI"
    double score = 0;     // 1 = every word reads as Vietnamese
};

// Scores every known encoding on raw cell bytes, best first. Pure ASCII scores 1 everywhere and
// "UTF-8" comes first.
std::vector<EncodingScore> score_encodings(const std::vector<std::string_view>& cells);
// The best of them for delimited text, judged by its first few thousand cells; "UTF-8" if it is
// well-formed.
std::string guess_text_encoding(std::string_view text);

// The share of words beyond ASCII that read as Vietnamese in one encoding, 0..1 (any iconv name).
double score_encoding(const std::vector<std::string_view>& cells, std::string_view encoding);

// One spelling for each encoding: "utf8" -> "UTF-8", "1258" -> "CP1258", "ANSI 1252" -> "CP1252".
std::string canonical_encoding(std::string_view name);

// Converts to UTF-8 NFC. Unmappable bytes become U+FFFD; *bad (if given) counts them.
// Throws Error Usage "error.encoding.unknown" for a name nobody knows.
std::string decode(std::string_view bytes, std::string_view encoding, std::size_t* bad = nullptr);
bool encoding_known(std::string_view encoding);
// The inverse, for writing test files. Throws for characters the encoding lacks.
std::string encode(std::string_view utf8, std::string_view encoding);

} // namespace diaban::files
