// A small made-up province for the tests of this folder: a grid of units with crooked, shared
// borders, turned so that no border runs along pixels.
#pragma once

#include "base/job.hpp"
#include "geo/coverage.hpp"
#include "map/page.hpp"

#include <cmath>
#include <memory>
#include <string>

namespace diaban::test {

// columns x rows units of about a kilometre; districts are blocks of 3 x 3, provinces halves.
inline std::shared_ptr<const data::Vintage> grid_province(int columns, int rows) {
    const auto corner = [](int x, int y) {
        const auto wobble = [](int a, int b) {
            const unsigned h =
                (static_cast<unsigned>(a) * 73856093u) ^ (static_cast<unsigned>(b) * 19349663u);
            return static_cast<double>(h % 1000) / 1000 - 0.5;
        };
        const double u = 1000 * (x + 0.5 * wobble(x, y)), v = 1000 * (y + 0.5 * wobble(y, x + 77));
        const double c = std::cos(0.3), s = std::sin(0.3);
        return geo::Point{500000 + c * u - s * v, 1100000 + s * u + c * v};
    };
    auto vintage = std::make_shared<data::Vintage>();
    vintage->id = "2009";
    auto& units = vintage->units;
    const int across = (columns + 2) / 3;
    geo::PolygonSoup soup;
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            soup.points.insert(soup.points.end(), {corner(x, y), corner(x + 1, y),
                                                   corner(x + 1, y + 1), corner(x, y + 1)});
            soup.end_ring();
            soup.end_face();
            units.code.push_back(std::to_string(10000 + y * columns + x));
            units.name.push_back("Xã " + std::to_string(y * columns + x + 1));
            units.parent[1].push_back(static_cast<geo::GroupIndex>(y / 3 * across + x / 3));
            units.parent[2].push_back(x < columns / 2 ? 0 : 1);
        }
    for (int d = 0; d < across * ((rows + 2) / 3); ++d)
        units.groups[1].push_back({std::to_string(100 + d), "Huyện " + std::to_string(d + 1)});
    units.groups[2] = {{"01", "Tỉnh Đông"}, {"02", "Tỉnh Tây"}};
    base::JobContext ctx(1);
    vintage->coverage = geo::build_coverage(soup, {}, ctx).coverage;
    return vintage;
}

// Unit i gets entry i % entries; the entries look like a palette of that many classes.
inline map::Style striped_style(std::size_t units, std::size_t entries) {
    map::Style style;
    const auto colours = map::palette_colours("YlOrBr", entries);
    for (std::size_t e = 0; e < entries; ++e) {
        map::LegendEntry entry;
        entry.label = "lớp " + std::to_string(e + 1);
        entry.colour = colours[e];
        style.entries.push_back(entry);
    }
    for (std::size_t i = 0; i < units; ++i) {
        style.entry_of.push_back(static_cast<std::uint16_t>(i % entries));
        ++style.entries[i % entries].count;
    }
    return style;
}

inline map::Page grid_page(const std::string& size) {
    map::Page page;
    page.size = map::parse_page_size(size);
    page.scene.vintage = grid_province(9, 6);
    page.scene.style = striped_style(54, 5);
    page.text.title = "Xã, phường, thị trấn lành mạnh";
    page.text.subtitle = "Tỉnh mẫu, năm 2010";
    page.text.legend_title = "Phân loại";
    page.text.total_label = "Tổng số đơn vị";
    page.text.source_lines = {"Nguồn: dữ liệu mẫu"};
    return page;
}

} // namespace diaban::test
