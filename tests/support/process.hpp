// Runs a program as a user's shell would, and keeps what came of it.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diaban::test {

struct Outcome {
    int code = -1;   // exit code; 128 + signal if it was killed; -1 if it did not end in time
    std::string out; // what it wrote to stdout
    std::string err; // and to stderr
    double seconds = 0;
};

// Programs made with a sanitizer take several times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::chrono::seconds kRunLimit{600};
#else
inline constexpr std::chrono::seconds kRunLimit{120};
#endif

struct RunOptions {
    std::filesystem::path folder = {}; // where it runs; empty: here
    // Environment variables to set, or to remove.
    std::vector<std::pair<std::string, std::optional<std::string>>> environment = {};
    std::chrono::milliseconds limit = kRunLimit; // then it is killed
    // Sends SIGINT after this time.
    std::optional<std::chrono::milliseconds> interrupt_after = {};
    // Runs as this user instead of root (0: as we are); for folders that root may write anyway.
    unsigned user = 0;
    std::filesystem::path stdout_to = {}; // a file or device instead of keeping it
};

// arguments.front() is the program, looked up in PATH. Throws std::runtime_error if it cannot run.
Outcome run_program(const std::vector<std::string>& arguments, const RunOptions& options = {});

} // namespace diaban::test
