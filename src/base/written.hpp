// Which files the program has written: what a manifest lists as the outcome of a request.
//
// Guarantees: a file is noted once it stands in its place, whole; of several notes alive each gets
// all files. Safe to write from several threads.
#pragma once

#include <filesystem>
#include <vector>

namespace diaban::base {

// Notes what is written anywhere in the process while it lives.
class WrittenFiles {
public:
    WrittenFiles();
    ~WrittenFiles();
    WrittenFiles(const WrittenFiles&) = delete;
    WrittenFiles& operator=(const WrittenFiles&) = delete;
    // Those that are still there, absolute, each once, in order of their names.
    std::vector<std::filesystem::path> there() const;

private:
    friend void note_written(const std::filesystem::path& file);
    std::vector<std::filesystem::path> files_;
};

// Called by whatever puts a file in its place.
void note_written(const std::filesystem::path& file);

} // namespace diaban::base
