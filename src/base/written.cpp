#include "base/written.hpp"

#include <algorithm>
#include <mutex>

namespace diaban::base {
namespace fs = std::filesystem;
namespace {

std::mutex notes_mutex; // guards the list and the notes in it
std::vector<WrittenFiles*> notes_alive;

} // namespace

WrittenFiles::WrittenFiles() {
    const std::lock_guard lock(notes_mutex);
    notes_alive.push_back(this);
}

WrittenFiles::~WrittenFiles() {
    const std::lock_guard lock(notes_mutex);
    std::erase(notes_alive, this);
}

std::vector<fs::path> WrittenFiles::there() const {
    std::vector<fs::path> out;
    {
        const std::lock_guard lock(notes_mutex);
        out = files_;
    }
    std::error_code failed;
    std::erase_if(out, [&](const fs::path& file) { return !fs::is_regular_file(file, failed); });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void note_written(const fs::path& file) {
    std::error_code failed;
    const auto whole = fs::absolute(file, failed).lexically_normal();
    const std::lock_guard lock(notes_mutex);
    for (auto* note : notes_alive) note->files_.push_back(whole);
}

} // namespace diaban::base
