// Published data sets with neighbours and statistics computed by spdep: small CSV files, read here.
#pragma once

#include "geo/point.hpp"
#include "support/geodata.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace diaban::test {

// Columns of a CSV file by name; quotes are taken off, no cell holds a comma.
struct Csv {
    std::map<std::string, std::vector<std::string>> columns;
    std::size_t rows = 0;

    explicit Csv(std::istream& in) {
        std::vector<std::string> names;
        std::string line, cell;
        while (std::getline(in, line)) {
            line.erase(std::remove(line.begin(), line.end(), '"'), line.end());
            line.erase(std::remove(line.begin(), line.end(), '\r'), line.end());
            std::istringstream cells(line);
            std::size_t at = 0;
            const bool head = names.empty();
            while (std::getline(cells, cell, ','))
                if (head)
                    names.push_back(cell);
                else
                    columns[names.at(at++)].push_back(cell);
            rows += head ? 0 : 1;
        }
    }
    static Csv read(const std::filesystem::path& file) {
        std::ifstream in(file);
        return Csv(in);
    }
    std::vector<double> numbers(const std::string& column) const {
        std::vector<double> out;
        for (const auto& text : columns.at(column))
            out.push_back(text.empty() || text == "NA" ? std::numeric_limits<double>::quiet_NaN()
                                                       : std::strtod(text.c_str(), nullptr));
        return out;
    }
};

// Links from a file of from,to between the given ids.
inline geo::Csr links_of(const Csv& pairs, const std::vector<std::string>& ids) {
    std::map<std::string, std::uint32_t> row;
    for (std::uint32_t i = 0; i < ids.size(); ++i) row[ids[i]] = i;
    std::vector<std::vector<std::uint32_t>> rows(ids.size());
    for (std::size_t k = 0; k < pairs.rows; ++k)
        rows[row.at(pairs.columns.at("from")[k])].push_back(row.at(pairs.columns.at("to")[k]));
    geo::Csr links;
    for (auto& r : rows) {
        std::sort(r.begin(), r.end());
        links.index.insert(links.index.end(), r.begin(), r.end());
        links.offset.push_back(static_cast<std::uint32_t>(links.index.size()));
    }
    return links;
}

// A board of width x height cells with rook neighbours.
inline geo::Csr board(std::uint32_t width, std::uint32_t height) {
    geo::Csr links;
    for (std::uint32_t y = 0; y < height; ++y)
        for (std::uint32_t x = 0; x < width; ++x) {
            const auto at = y * width + x;
            if (y > 0) links.index.push_back(at - width);
            if (x > 0) links.index.push_back(at - 1);
            if (x + 1 < width) links.index.push_back(at + 1);
            if (y + 1 < height) links.index.push_back(at + width);
            links.offset.push_back(static_cast<std::uint32_t>(links.index.size()));
        }
    return links;
}

} // namespace diaban::test
