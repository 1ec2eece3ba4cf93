// Published data sets with neighbours and statistics computed by spdep: small CSV files, read here.
#pragma once

#include "geo/point.hpp"
#include "support/geodata.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
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

// Number columns of a dBase file: text of fixed width behind a header.
class Dbf {
public:
    explicit Dbf(const std::filesystem::path& file) {
        std::ifstream in(file, std::ios::binary);
        bytes_.assign(std::istreambuf_iterator<char>(in), {});
        header_ = word(8), width_ = word(10), rows_ = word(4) + 65536 * word(6);
        for (std::size_t at = 32, offset = 1; bytes_[at] != 0x0D; at += 32) {
            const std::size_t length = static_cast<unsigned char>(bytes_[at + 16]);
            field_[bytes_.substr(at, 11).c_str()] = {offset, length};
            offset += length;
        }
    }
    std::vector<double> numbers(const std::string& name) const {
        const auto [offset, length] = field_.at(name);
        std::vector<double> out;
        for (std::size_t row = 0; row < rows_; ++row)
            out.push_back(std::strtod(
                bytes_.substr(header_ + row * width_ + offset, length).c_str(), nullptr));
        return out;
    }

private:
    std::size_t word(std::size_t at) const {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at])) +
               256 * static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at + 1]));
    }
    std::string bytes_;
    std::size_t header_ = 0, width_ = 0, rows_ = 0;
    std::map<std::string, std::pair<std::size_t, std::size_t>> field_;
};

// Area centroids of the polygons of a shapefile on little-endian machines; rings inside others turn
// the other way, so signed areas add up.
inline std::vector<geo::Point> polygon_centroids(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    const auto little = [&](std::size_t at, auto value) {
        std::memcpy(&value, bytes.data() + at, sizeof value);
        return value;
    };
    const auto big = [&](std::size_t at) {
        std::size_t value = 0;
        for (std::size_t k = 0; k < 4; ++k)
            value = value * 256 + static_cast<unsigned char>(bytes[at + k]);
        return value;
    };
    std::vector<geo::Point> out;
    for (std::size_t at = 100; at + 8 < bytes.size();) {
        const auto parts = little(at + 44, std::uint32_t{}),
                   points = little(at + 48, std::uint32_t{});
        const std::size_t first = at + 52 + 4 * std::size_t{parts};
        const auto point = [&](std::size_t k) {
            return geo::Point{little(first + 16 * k, 0.0), little(first + 16 * k + 8, 0.0)};
        };
        const auto origin = point(0);
        double area = 0, x = 0, y = 0;
        for (std::uint32_t part = 0; part < parts; ++part) {
            const auto from = little(at + 52 + 4 * part, std::uint32_t{});
            const auto until =
                part + 1 < parts ? little(at + 56 + 4 * part, std::uint32_t{}) : points;
            for (auto k = from; k + 1 < until; ++k) {
                const auto p = point(k), q = point(k + 1);
                const double px = p.x - origin.x, py = p.y - origin.y, qx = q.x - origin.x,
                             qy = q.y - origin.y, cross = px * qy - qx * py;
                area += cross;
                x += cross * (px + qx);
                y += cross * (py + qy);
            }
        }
        out.push_back({origin.x + x / (3 * area), origin.y + y / (3 * area)});
        at += 8 + 2 * big(at + 4);
    }
    return out;
}

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
