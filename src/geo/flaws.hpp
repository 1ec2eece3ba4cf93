// Borders that only a defect of the file makes: of overlaps and of narrow gaps between neighbours.
#pragma once

#include "geo/coverage.hpp"

namespace diaban::geo {

// One flag per arc. True for arcs with a face on one side only that run inside another face, and
// for those around enclosed bare ground of at most `most_gap_m2`. False for every border between
// two faces, for coasts, and around lakes and missing units.
std::vector<bool> flawed_arcs(const Coverage& coverage, double most_gap_m2);

} // namespace diaban::geo
