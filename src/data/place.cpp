#include "data/place.hpp"

#include "data/dates.hpp"

#include <cmath>

namespace diaban::data {

double length_of_line(const std::vector<geo::Point>& line) {
    double out = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        out += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return out;
}

geo::Point middle_of_line(const std::vector<geo::Point>& line) {
    if (line.empty()) return {};
    double left = length_of_line(line) / 2;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const auto a = line[i - 1], b = line[i];
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        if (length > 0 && length >= left)
            return {a.x + (b.x - a.x) * left / length, a.y + (b.y - a.y) * left / length};
        left -= length;
    }
    return line.front();
}

bool exists_in(const Place& place, Period period) {
    return period.year == 0 || holds_in({place.from, place.until}, days_of(period));
}

} // namespace diaban::data
