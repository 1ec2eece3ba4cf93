// Breaks of classes changed by a person, one at a time; pure functions.
//
// Guarantee: breaks stay ascending and different, and there stay at least two classes and at most
// kMostClasses.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace diaban::app {

using Breaks = std::vector<double>; // k + 1 of them, ends included
inline constexpr std::size_t kMostClasses = 12;

// Nothing where the value is not between its neighbours (or beyond the other end).
std::optional<Breaks> with_break(Breaks breaks, std::size_t at, double value);
// Splits the widest class in the middle. Nothing where there are as many as there can be.
std::optional<Breaks> with_break_added(Breaks breaks);
// Joins the classes on both sides; an end goes with its class.
std::optional<Breaks> without_break(Breaks breaks, std::size_t at);

} // namespace diaban::app
