// The tables of a store (docs/store.md), and how values are written in them.
#pragma once

#include "data/crosswalk.hpp"
#include "data/cube.hpp"
#include "data/units.hpp"

#include <string>
#include <string_view>

namespace diaban::files {

inline constexpr int kApplicationId = 0x4442414E; // "DBAN", in the header of every store

class Database;

// Brings a database from schema version `from` (0 = empty) to kStoreVersion, within the caller's
// transaction: a new store and one brought up to date are the same. Geometry columns are registered
// by the caller, who has SpatiaLite.
void raise_schema(const Database& database, int from);
// The schema version of a store. Throws Error Database "error.store.not_a_store",
// "error.store.newer".
std::int64_t require_store(const Database& database);

// The vintages of a store, for a message: "2009, 2025".
std::string vintage_list(const Database& database);

std::string_view text_of(data::Kind kind);   // "count" "ratio" "intensity" "category"
std::string_view text_of(data::Basis basis); // "declared" "population" "area"
// Throw Error Database "error.store.damaged" for anything else.
data::Kind kind_of(std::string_view text, const std::string& file);
data::Basis basis_of(std::string_view text, const std::string& file);
data::Cell cell_of(std::int64_t state, const std::string& file);

std::string text_of(data::Date date); // "2025-07-01"; "" if open
data::Date date_of(std::string_view text);

} // namespace diaban::files
