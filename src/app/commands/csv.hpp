// One cell of a CSV file, quoted where it must be (RFC 4180). Private to app/commands.
#pragma once

#include <string>

namespace diaban::app {

inline std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

} // namespace diaban::app
