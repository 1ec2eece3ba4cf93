#include "app/sample_record.hpp"

#include "app/inputs_hash.hpp"
#include "base/error.hpp"
#include "base/paths.hpp"

#include <fstream>

#include <nlohmann/json.hpp>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRecordName = ".sample.json";

// "size hash" of the content; "" of a file that cannot be read.
std::string written_mark(const fs::path& file) {
    constexpr std::streamsize kChunk = 1 << 20;
    std::ifstream in(file, std::ios::binary);
    std::string chunk(static_cast<std::size_t>(kChunk), '\0');
    InputsHash hash;
    std::uint64_t size = 0;
    while (in) {
        in.read(chunk.data(), kChunk);
        const auto got = static_cast<std::size_t>(in.gcount());
        if (got == 0) break;
        hash.add(chunk.substr(0, got));
        size += got;
    }
    return in.eof() ? std::to_string(size) + " " + hash.text() : "";
}

} // namespace

SampleRecord::SampleRecord(fs::path folder) : folder_(std::move(folder)) {
    std::ifstream in(folder_ / kRecordName, std::ios::binary);
    if (!in) return;
    const auto json = nlohmann::json::parse(in, nullptr, false);
    if (!json.is_object() || !json.contains("files") || !json["files"].is_object()) return;
    const auto& files = json["files"];
    for (auto at = files.begin(); at != files.end(); ++at)
        if (at.value().is_string()) written_[at.key()] = at.value().get<std::string>();
}

std::optional<fs::path> SampleRecord::changed(const std::vector<fs::path>& files) const {
    for (const auto& file : files) {
        std::error_code failed;
        if (!fs::exists(fs::symlink_status(file, failed))) continue;
        const auto known = written_.find(file.filename().string());
        if (known == written_.end() || known->second != written_mark(file)) return file;
    }
    return std::nullopt;
}

void SampleRecord::add(const std::vector<fs::path>& files) {
    for (const auto& file : files)
        if (auto mark = written_mark(file); !mark.empty())
            written_[file.filename().string()] = std::move(mark);
    nlohmann::ordered_json json{
        {"sample", true},
        {"about", "Written by diaban sample: files that are still like this may be written anew."}};
    auto marks = nlohmann::ordered_json::object();
    for (const auto& [name, mark] : written_) marks[name] = mark;
    json["files"] = std::move(marks);
    base::write_file(folder_ / kRecordName, json.dump(1, ' ') + "\n");
}

} // namespace diaban::app
