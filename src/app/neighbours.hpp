// Who counts as whose neighbour: the choice a user makes, from flags, a panel or a weights file.
#pragma once

#include "analysis/weights.hpp"
#include "app/dataset.hpp"
#include "app/language.hpp"

namespace diaban::app {

using UnitLink = std::pair<std::string, std::string>; // codes of two units linked by hand

struct NeighbourChoice {
    analysis::WeightsSpec spec;  // `drawn` stays empty here: rows are known only with the data
    std::vector<UnitLink> links; // added to whatever spec or file gives
    // .gal or .gwt; then spec gives only the decay. The third column of a .gwt is used as weights
    // unless it holds distances, or spec asks for a decay of its own.
    std::filesystem::path file;
    friend bool operator==(const NeighbourChoice&, const NeighbourChoice&) = default;
};

// What names each unit in weights files and in links drawn by hand: its code, or "row_7" (rows
// count from 1) where it has none.
std::vector<std::string> link_ids(const data::UnitTable& units);

// The links with one more between two units; none with itself, and none twice.
std::vector<UnitLink> with_link(std::vector<UnitLink> links, const data::UnitTable& units,
                                std::size_t a, std::size_t b);
// Both lists, each link once, whichever way it was drawn.
std::vector<UnitLink> joined_links(std::vector<UnitLink> links, const std::vector<UnitLink>& more);
// Those between units that are there; a project keeps its links when other boundaries are shown.
std::vector<UnitLink> links_here(const std::vector<UnitLink>& links, const data::UnitTable& units);
// Rows of linked units; links to units that are not there are left out.
std::vector<std::pair<std::uint32_t, std::uint32_t>> known_links(const std::vector<UnitLink>& links,
                                                                 const data::UnitTable& units);

// Throws Error Usage "error.weights.unknown_unit" for a link to a unit that is not there.
analysis::Weights weights_of(const NeighbourChoice& choice, const Dataset& dataset,
                             base::JobContext& ctx);
// "queen contiguity of order 1, 2 links drawn by hand". `weights` are those of the choice.
std::string neighbours_text(const NeighbourChoice& choice, const analysis::Weights& weights,
                            const Language& language);
void add_flags(std::vector<std::string>& flags, const NeighbourChoice& choice);

} // namespace diaban::app
