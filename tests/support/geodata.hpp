// Real boundaries for tests: found through DIABAN_GEODATA, never part of the project.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace diaban::test {

// The path of a real file, or nothing (and a line that says what is skipped). With
// DIABAN_REQUIRE_GEODATA set, a missing file is fatal: CI must not skip silently.
inline std::optional<std::filesystem::path> geodata(const std::string& relative) {
    const char* root = std::getenv("DIABAN_GEODATA");
    if (root && std::filesystem::exists(std::filesystem::path(root) / relative))
        return std::filesystem::path(root) / relative;
    if (std::getenv("DIABAN_REQUIRE_GEODATA")) {
        std::cerr << "required real data is missing: " << relative << '\n';
        std::abort();
    }
    std::cerr << "skipped (DIABAN_GEODATA is not set or lacks it): " << relative << '\n';
    return std::nullopt;
}

} // namespace diaban::test
