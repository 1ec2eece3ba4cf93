// The units of the sample province as sets of lattice cells: communes, districts, and the reform.
//
// Guarantees: every land cell belongs to one commune; mainland communes and districts are connected
// through edges; at least one commune is an island, one has a mainland part and an islet, and one
// lies wholly inside another. The reform joins connected communes and splits a few.
#pragma once

#include "app/sample_lattice.hpp"

namespace diaban::app::sample {

enum class Setting : std::uint8_t { Ward, Town, Rural }; // phường, thị trấn, xã

struct Commune {
    std::vector<CellId> cells; // ascending
    geo::Point centre;         // mean of its mainland cells, in cell spacings
    std::uint32_t district = 0;
    Setting setting = Setting::Rural;
    bool island = false;          // no part on the mainland
    std::uint32_t around = kNone; // the commune that surrounds it, for an enclave
    double crowd = 1;             // how densely settled, 1 = open country
};

struct District {
    CellId centre = 0; // its town
    bool city = false;
    std::vector<std::uint32_t> communes; // ascending
};

// A unit after the reform.
struct Unit {
    std::vector<std::uint32_t> members; // whole communes, ascending
    std::vector<std::uint32_t> parts;   // communes of which it holds a part
    bool island = false;
};

// A commune that the reform divided: `moved` cells went to another unit than the rest.
struct Split {
    std::uint32_t commune = 0, stays_in = 0, moves_to = 0;
    std::vector<CellId> moved;
};

struct Province {
    Lattice lattice;
    Land land;
    std::vector<double> crowd;     // one per cell
    std::vector<Commune> communes; // by district, wards and towns first
    std::vector<District> districts;
    geo::Csr links;                        // communes that share a border
    std::vector<std::uint32_t> commune_of; // one per cell; kNone off land
    std::vector<Unit> units;               // after the reform
    std::vector<Split> splits;
    std::vector<std::uint32_t> unit_of; // one per cell
};

Province make_province(std::uint32_t communes, Dice dice, base::JobContext& ctx);

// Steps of make_province.
struct Centre {
    CellId cell;
    bool city;
};
std::vector<std::uint32_t> grow_communes(const Lattice& lattice, const Land& land,
                                         const std::vector<double>& crowd, std::uint32_t count,
                                         base::JobContext& ctx);
void make_districts(Province& province, const std::vector<Centre>& centres);
void make_reform(Province& province, base::JobContext& ctx);

// Which labels share an edge of the lattice; labels kNone take no part.
geo::Csr label_links(const Lattice& lattice, const std::vector<std::uint32_t>& label,
                     std::size_t count);

} // namespace diaban::app::sample
