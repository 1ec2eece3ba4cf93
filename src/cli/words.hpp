// What is wrong with the words of a command line, said before CLI11 stumbles over them.
//
// Guarantee: errors name the flag or word concerned, with the nearest ones that exist; nothing is
// read out of the messages of CLI11.
#pragma once

#include "base/error.hpp"

#include <CLI/CLI.hpp>

namespace diaban::cli {

// Throws Error Usage for a flag that the verb has not, one without its value, and one given twice.
void check_flags(const CLI::App& app, const std::vector<std::string>& arguments);
// The word that no verb or argument is.
base::Error unknown_word(const CLI::App& app, const std::vector<std::string>& arguments);
// The required flag or argument of the verb that was left out.
base::Error missing_flag(const CLI::App& app);

} // namespace diaban::cli
