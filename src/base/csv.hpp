// Writing comma-separated values: RFC 4180, lines end in CRLF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban::base {

// Spreadsheets take a file that begins with it for UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A cell, quoted where it must be.
inline std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\n\r") == text.npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

inline std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += (i ? "," : "") + csv_cell(cells[i]);
    return line + "\r\n";
}

} // namespace diaban::base
