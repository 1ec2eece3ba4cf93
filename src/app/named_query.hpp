// A question kept under a name, in a project or in a store.
#pragma once

#include <string>

namespace diaban::app {

struct NamedQuery {
    std::string name;
    std::string text; // in the grammar of data/query.hpp
    friend bool operator==(const NamedQuery&, const NamedQuery&) = default;
};

} // namespace diaban::app
