// Private to writing a store: the rows of one vintage and the layer that QGIS sees.
#pragma once

#include "files/sqlite.hpp"
#include "files/store.hpp"

#include <functional>

namespace diaban::files {

// Units with the ids first_id, first_id + 1 ...; `step` after each. Geometry is written as it is.
void insert_units(const Database& database, const StoredVintage& vintage, std::int64_t first_id,
                  const std::function<void()>& step);
// The view unit_<id> and its registration; the geometry of `unit` is registered already.
void insert_vintage_layer(const Database& database, const std::string& id);
void insert_place(const Database& database, const data::Place& place, const std::string& from,
                  const std::string& until);
void insert_weights(const Database& database, std::int64_t id, const data::Crosswalk& crosswalk,
                    std::int64_t first_from, std::int64_t first_to);

} // namespace diaban::files
