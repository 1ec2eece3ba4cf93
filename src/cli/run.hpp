// The command line: parses, runs one verb, prints, and gives the exit code.
#pragma once

#include "cli/parse.hpp"

#include <functional>

namespace diaban::cli {

// Opens the window; given by main, because the command line does not know the window.
using OpenWindow = std::function<int(const ViewRequest&, const std::string& language)>;

// Results go to stdout, everything else to stderr. Catches every exception; returns the exit code
// of conventions.md 1.
int run(const std::vector<std::string>& arguments, const OpenWindow& open_window);

} // namespace diaban::cli
