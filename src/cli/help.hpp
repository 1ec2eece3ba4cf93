// How the help of a verb looks: aligned also where letters take several bytes, with defaults.
#pragma once

#include "app/language.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace diaban::cli {

std::shared_ptr<CLI::Formatter> help_formatter(const app::Language& language);
// Without the second of two empty lines that CLI11 leaves around groups without options.
std::string tidy_help(std::string help);

} // namespace diaban::cli
