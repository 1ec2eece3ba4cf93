// What `sample` wrote into a folder, so that writing it again takes nobody's work away.
//
// The record lies in the folder as ".sample.json": size and hash (inputs_hash.hpp) of every file.
// What is not in it, or is not as it says, was changed since, or was never written by `sample`.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace diaban::app {

class SampleRecord {
public:
    // A record that is missing or damaged knows of no file.
    explicit SampleRecord(std::filesystem::path folder);
    // The first of these files of the folder that is there and not as it was written.
    std::optional<std::filesystem::path>
    changed(const std::vector<std::filesystem::path>& files) const;
    // They were just written. Throws Error Write.
    void add(const std::vector<std::filesystem::path>& files);

private:
    std::filesystem::path folder_;
    std::map<std::string, std::string> written_; // by name
};

} // namespace diaban::app
