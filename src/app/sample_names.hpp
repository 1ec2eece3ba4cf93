// Vietnamese names for the units of the sample province.
//
// Guarantees: before the reform names are unique within a district, and repeat between districts as
// they do in the country ("Tân Thành", "Phường 1"); after it they are unique in the province.
#pragma once

#include "app/sample_province.hpp"

#include <string>

namespace diaban::app::sample {

struct Named {
    std::string type, bare; // "Xã", "Tân Thành"
    std::string full() const { return type + " " + bare; }
};

struct Names {
    std::vector<Named> communes, districts, units;
};
Names make_names(const Province& province);

// The commune that gives a unit its name and code: the most settled of its members.
std::uint32_t seat_of(const Province& province, const Unit& unit);

} // namespace diaban::app::sample
