// Districts: connected groups of communes around towns.
#include "app/sample_province.hpp"
#include "geo/plane.hpp"

#include <algorithm>
#include <limits>
#include <queue>

namespace diaban::app::sample {
namespace {

constexpr double kWardCrowd = 2.6; // cells this densely settled are town ground

// Each commune goes to the seat that is nearest along the links.
void spread(Province& province, const std::vector<std::uint32_t>& seats) {
    auto& communes = province.communes;
    std::vector<double> reached(communes.size(), std::numeric_limits<double>::infinity());
    for (auto& commune : communes) commune.district = kNone;
    using Entry = std::pair<double, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    for (std::uint32_t d = 0; d < seats.size(); ++d) {
        communes[seats[d]].district = d;
        reached[seats[d]] = 0;
        queue.emplace(0, seats[d]);
    }
    while (!queue.empty()) {
        const auto [so_far, i] = queue.top();
        queue.pop();
        if (so_far != reached[i]) continue;
        for (const auto n : province.links.row(i)) {
            // An enclave is no way through; it follows the commune around it.
            if (communes[n].around != kNone) continue;
            const double then = so_far + geo::distance(communes[i].centre, communes[n].centre);
            if (then >= reached[n]) continue;
            reached[n] = then;
            communes[n].district = communes[i].district;
            queue.emplace(then, n);
        }
    }
}

// The commune nearest to the middle of each district becomes its seat.
void recentre(const Province& province, std::vector<std::uint32_t>& seats) {
    std::vector<geo::Point> middle(seats.size());
    std::vector<double> members(seats.size());
    for (const auto& c : province.communes) {
        if (c.district == kNone) continue;
        middle[c.district].x += c.centre.x, middle[c.district].y += c.centre.y;
        members[c.district] += 1;
    }
    std::vector<double> nearest(seats.size(), std::numeric_limits<double>::infinity());
    for (std::uint32_t i = 0; i < province.communes.size(); ++i) {
        const auto& c = province.communes[i];
        if (c.district == kNone) continue;
        const auto d = c.district;
        const double away =
            geo::distance(c.centre, {middle[d].x / members[d], middle[d].y / members[d]});
        if (away < nearest[d]) nearest[d] = away, seats[d] = i;
    }
}

// Islands follow the nearest mainland commune.
void adopt(Province& province) {
    for (auto& commune : province.communes) {
        if (commune.around != kNone) commune.district = province.communes[commune.around].district;
        if (commune.district != kNone) continue;
        double nearest = std::numeric_limits<double>::infinity();
        for (const auto& other : province.communes) {
            if (other.island || other.district == kNone) continue;
            if (const double d = geo::distance(commune.centre, other.centre); d < nearest)
                nearest = d, commune.district = other.district;
        }
    }
}

} // namespace

void make_districts(Province& province, const std::vector<Centre>& centres) {
    auto& communes = province.communes;
    std::vector<std::uint32_t> seats;
    std::vector<std::uint8_t> used(communes.size());
    for (const auto& centre : centres) {
        auto seat = province.commune_of[centre.cell];
        if (communes[seat].around != kNone) seat = communes[seat].around;
        for (std::uint32_t i = 0; used[seat]; ++i) // two towns in one commune: take a free one
            if (!used[i] && !communes[i].island && communes[i].around == kNone) seat = i;
        used[seat] = 1;
        seats.push_back(seat);
    }
    for (int pass = 0; pass < 3; ++pass) {
        spread(province, seats);
        recentre(province, seats);
    }
    spread(province, seats);
    adopt(province);

    province.districts.resize(seats.size());
    for (std::uint32_t d = 0; d < seats.size(); ++d)
        province.districts[d].centre = communes[seats[d]].cells.front();
    // A town makes its commune a ward of a city, or the township of a rural district.
    for (const auto& centre : centres) {
        auto& commune = communes[province.commune_of[centre.cell]];
        auto& district = province.districts[commune.district];
        district.centre = centre.cell;
        district.city = district.city || centre.city;
        if (!commune.island) commune.setting = Setting::Town;
    }
    for (auto& commune : communes) {
        if (commune.around != kNone) commune.setting = Setting::Town;
        if (province.districts[commune.district].city && !commune.island) {
            if (commune.crowd > kWardCrowd)
                commune.setting = Setting::Ward;
            else if (commune.setting == Setting::Town)
                commune.setting = Setting::Ward;
        }
    }
}

} // namespace diaban::app::sample
