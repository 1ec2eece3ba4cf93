// Plan files (*.json): the targets of a plan. Shipped ones lie in assets/plans.
#pragma once

#include "data/target.hpp"

#include <filesystem>

namespace diaban::app {

// Throws Error Input (unreadable), Data "error.json.bad" naming the place in the file and why.
data::Plan load_plan(const std::filesystem::path& file);
data::Plan parse_plan(const std::string& json, const std::string& name);

} // namespace diaban::app
