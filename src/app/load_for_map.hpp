// Loading no more of a large store than one map needs.
//
// Guarantee: what the map of `indicator` shows, masks and is advised about is the same as from
// load(); other indicators are not in the cube.
#pragma once

#include "app/dataset.hpp"

namespace diaban::app {

// An empty indicator means the first status, as app::resolve() chooses it; a smoothed one
// (app/smoothed.hpp) means the rate it is made of. Without that, and for data from files, everything
// is read. Throws as load().
std::shared_ptr<const Dataset> load_for_map(const DataRequest& request,
                                            const std::string& indicator, Need need,
                                            base::JobContext& ctx);

// True if a store holds so much that a first map should not wait for all of it. Throws as load().
bool is_large_store(const std::filesystem::path& store);

} // namespace diaban::app
