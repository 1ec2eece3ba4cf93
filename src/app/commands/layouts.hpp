// `layouts`: the layouts of pages there are, one of them in full, and a copy to change.
#pragma once

#include "app/layout_file.hpp"

namespace diaban::app {

struct LayoutsRequest {
    std::string layout;        // a name or a file; empty: all that are shipped
    std::filesystem::path out; // a copy of the layout's file; empty: none
    bool replace = false;      // a file that is there
    friend bool operator==(const LayoutsRequest&, const LayoutsRequest&) = default;
};

struct LayoutsReport {
    struct One {
        std::string name; // to be given to --layout
        map::Layout layout;
    };
    std::vector<One> layouts;
    bool one = false; // that was asked for: with its items
    std::filesystem::path file;
};

// Throws as layout_named(), Error Usage "error.layouts.which" for a copy of none and
// "error.layouts.exists" for one over a file that is not to be replaced, Write.
LayoutsReport run(const LayoutsRequest& request);
std::string to_json(const LayoutsReport& report, const Language& language);
std::string to_text(const LayoutsReport& report, const Language& language);
std::vector<std::string> to_flags(const LayoutsRequest& request);

} // namespace diaban::app
