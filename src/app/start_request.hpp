// What the flags of `view` and the files after them open together.
#pragma once

#include "app/dataset.hpp"

namespace diaban::app {

struct Start {
    DataRequest data;                         // opened first; empty: nothing but the files
    std::vector<std::filesystem::path> files; // then, in order
};
// Flags without boundaries or a store say how the first of the files is read that is neither a
// table nor a project. Paths become absolute. Throws Error Usage "error.data.none" if there are
// flags and nothing that they could be about.
Start start_request(DataRequest flags, std::vector<std::filesystem::path> files);

} // namespace diaban::app
