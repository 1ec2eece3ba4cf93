// The program for tests that run it as a user without rights.
#pragma once

#include <filesystem>

namespace diaban::test {

// `program` itself, or, if a folder above it is closed to others (as root's home is), a copy of it
// and of its files that anyone may run; made once per process and removed at its end.
std::filesystem::path for_anyone(const std::filesystem::path& program);

} // namespace diaban::test
