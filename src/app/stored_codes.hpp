// The codes of the units of a store, and the errors that name one, or a record, that is not there.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace diaban::app {

// Of all vintages, with the newest name. Throws Error Input, Database.
std::map<std::string, std::string> stored_codes(const std::filesystem::path& store);
// What somebody may have meant who wrote `word` for a code, likeliest first, at most three: the
// code without its lost zeros, units of that name, near codes, near names. "00123 Xã Tân Thạnh".
std::vector<std::string> near_units(const std::string& word,
                                    const std::map<std::string, std::string>& names);
// Throws Error Data "error.store.unknown_unit", or "error.store.unknown_unit_near" with the near
// ones, unless a vintage has the code.
void require_stored_code(const std::filesystem::path& store, const std::string& code,
                         const std::map<std::string, std::string>& names);
// Throws Error Usage "error.store.no_such" where nothing was removed: most likely it is misspelt.
void require_removed(std::size_t removed, const std::string& what,
                     const std::filesystem::path& store);

} // namespace diaban::app
