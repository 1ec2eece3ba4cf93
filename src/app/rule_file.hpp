// Rule files (*.json): read, checked, written. Shipped ones lie in assets/rules; docs/rules.md
// describes the format. A file may leave numbers out: they are "to be entered", never guessed.
#pragma once

#include "app/language.hpp"
#include "data/rule.hpp"
#include "files/store_records.hpp"

#include <filesystem>

namespace diaban::app {

// Throws Error Input (unreadable), Data "error.json.bad" naming the place in the file and why.
data::Rule load_rule(const std::filesystem::path& file);
data::Rule parse_rule(const std::string& json, const std::string& name);
// The same rule, as a file that load_rule reads back equal.
std::string rule_json(const data::Rule& rule);
void save_rule(const data::Rule& rule, const std::filesystem::path& file); // throws Error Write

// A file by path, or a shipped rule by its id ("nqlt-01-2008"). Throws Error Input.
std::filesystem::path find_rule(const std::string& path_or_id);
// A file by path, else one that the store keeps ("id", the newest version, or "id@version"), else a
// shipped one. An empty store means none. Throws Error Input, Data, Database.
data::Rule rule_named(const std::string& what, const std::filesystem::path& store);
// As the store keeps it, with its title in that language.
files::StoredRule stored_rule(const data::Rule& rule, const Language& language);
// Shipped, or kept in the store, number by number: what the rule gives is then a status that
// somebody answers for, and no trial. An empty store means none. Throws Error Input, Data,
// Database.
bool kept_rule(const data::Rule& rule, const std::filesystem::path& store);
// Ids of the shipped rules.
std::vector<std::string> shipped_rules();

} // namespace diaban::app
