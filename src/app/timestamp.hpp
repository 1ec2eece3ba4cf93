// The present moment as the store writes it: "2025-07-01T08:00:00Z".
#pragma once

#include <string>

namespace diaban::app {

std::string now_utc();

} // namespace diaban::app
