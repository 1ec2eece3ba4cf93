// The tolerance at which each vertex of an arc goes: levels of detail without gaps or crossings.
//
// Source: Visvalingam and Whyatt, Line generalisation by repeated elimination of points (1993): the
// vertex with the smallest triangle goes first. The tolerance in metres is the square root of that
// triangle's area, made monotone along the removals of an arc, so that any tolerance gives a state
// the removal really went through.
//
// Guarantees: ends of arcs never go; a closed arc keeps three distinct vertices; of arcs with the
// same two ends, all but one keep an inner vertex; a vertex stays while the triangle it spans holds
// a vertex of another line, so lines that do not cross never begin to. A twin follows its original.
// The result does not depend on the number of threads.
#pragma once

#include "geo/arcs.hpp"

namespace diaban::geo {

// `points` are the runs of the arcs, in the plane; `box` encloses them.
std::vector<float> removal_thresholds(std::span<const Arc> arcs, std::span<const ArcId> twin_of,
                                      std::span<const Point> points, const Box& box,
                                      base::JobContext& ctx);

} // namespace diaban::geo
