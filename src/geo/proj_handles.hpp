// PROJ handles with owners, and the per-thread context they live in. Private to src/geo.
//
// Guarantee: PROJ objects never cross threads; PROJ prints nothing and never uses the network.
#pragma once

#include <memory>
#include <proj.h>

namespace diaban::geo {

struct PjDeleter {
    void operator()(PJ* pj) const { proj_destroy(pj); }
};
using Pj = std::unique_ptr<PJ, PjDeleter>;

struct PjContextDeleter {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
using PjContext = std::unique_ptr<PJ_CONTEXT, PjContextDeleter>;

// The calling thread's context.
PJ_CONTEXT* proj_context();

// True if the CRS is based on VN-2000 (EPSG:4756), by code or by the names files use.
bool is_vn2000(PJ* crs);

} // namespace diaban::geo
