// A table of sixteen years for the communes of another table.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace diaban::bench {

// `codes`: a CSV whose first column is the code. `out`: a CSV with commune_code, v2010, …, v2025;
// numbers that differ from row to row and from year to year, for --value "v{year}".
inline void write_years(const std::filesystem::path& codes, const std::filesystem::path& out) {
    std::ifstream in(codes);
    std::ofstream wide(out);
    std::string line;
    std::getline(in, line);
    wide << "commune_code";
    for (int year = 2010; year <= 2025; ++year) wide << ",v" << year;
    wide << '\n';
    for (std::size_t row = 0; std::getline(in, line); ++row) {
        wide << line.substr(0, line.find(','));
        for (std::size_t year = 0; year < 16; ++year)
            wide << ',' << (row * 7919 + year * 104729) % 9973;
        wide << '\n';
    }
}

} // namespace diaban::bench
