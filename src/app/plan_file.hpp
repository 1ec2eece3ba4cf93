// Plan files (*.json): the targets of a plan. Shipped ones lie in assets/plans.
#pragma once

#include "app/language.hpp"
#include "data/target.hpp"
#include "files/store_records.hpp"

#include <filesystem>

namespace diaban::app {

// Throws Error Input (unreadable), Data "error.json.bad" naming the place in the file and why.
data::Plan load_plan(const std::filesystem::path& file);
data::Plan parse_plan(const std::string& json, const std::string& name);

// A file by path, else one that the store keeps, else a shipped one; an empty store means none.
// Throws Error Input, Data, Database.
data::Plan plan_named(const std::string& what, const std::filesystem::path& store);
// "Hà Nội 2013–2015": whose plan it is and for when; its id if it names no area.
std::string plan_title(const data::Plan& plan, const Language& language);
// A file or a shipped plan as the store keeps it; its file as the store has it. Throw as above.
files::StoredPlan stored_plan(const std::string& what, const Language& language);
std::string stored_plan_text(const std::string& what, const std::filesystem::path& store);

} // namespace diaban::app
