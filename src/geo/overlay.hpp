// Laying one coverage over another: how much of each unit lies in each unit of the other.
//
// Guarantees: shares are of ground that both coverages cover, so every row that meets anything sums
// to 1; slivers that come of borders drawn twice do not make neighbours into successors; any number
// of threads gives the same bits.
#pragma once

#include "base/error.hpp"
#include "geo/coverage.hpp"

namespace diaban::geo {

struct OverlayShares {
    Csr weight; // row i: shares of face i of `from` in faces of `to`; empty where it meets none
    // Per face of `from`: the share of its area that `to` covers.
    std::vector<double> covered;
};

// Parts below `least_share` of a face of `from` are slivers and left out. Both coverages have one
// CRS. Faces that GEOS cannot cut are made valid first. Cost: one intersection per pair of faces
// whose boxes meet.
OverlayShares overlay(const Coverage& from, const Coverage& to, double least_share,
                      base::JobContext& ctx);

} // namespace diaban::geo
