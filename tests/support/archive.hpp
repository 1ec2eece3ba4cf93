// One file out of a zip archive, read by GDAL.
#pragma once

#include <filesystem>
#include <string>

namespace diaban::test {

// Throws std::runtime_error if there is no such file in it.
std::string text_in_zip(const std::filesystem::path& zip, const std::string& name);

} // namespace diaban::test
