#include "app/recovery.hpp"

#include "app/json_node.hpp"
#include "app/layout_file.hpp"
#include "base/paths.hpp"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <functional>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <tuple>
#include <unistd.h>

namespace diaban::app {
using nlohmann::ordered_json;
namespace fs = std::filesystem;
namespace {

constexpr const char* kExtension = ".recovery";

fs::path lock_of(fs::path file) {
    return file.replace_extension(".lock");
}

// The lock of a process that is gone can be taken.
bool owner_lives(const fs::path& file) {
    const int lock = open(lock_of(file).c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return false;
    const bool taken = flock(lock, LOCK_EX | LOCK_NB) == 0;
    close(lock);
    return !taken;
}

// A layout and what it was, in one text.
std::string layout_work_json(const LayoutWork& work) {
    const ordered_json object = {{"layout", layout_json(work.layout)},
                                 {"saved", layout_json(work.saved)},
                                 {"folder", work.folder.string()},
                                 {"file", work.file.string()}};
    return object.dump();
}

// Throws as parse_draft().
LayoutWork parse_layout_work(const std::string& json) {
    LayoutWork work;
    const auto in = JsonNode::parse(json, "layout");
    work.folder = in.text("folder", true);
    work.file = in.text("file", true);
    const auto name = work.file.filename().string();
    work.layout = parse_draft(in.text("layout", true), name);
    work.saved = parse_draft(in.text("saved", true), name);
    return work;
}

// Its name in the file ("project", "layout") and its text.
using WorkText = std::pair<std::string, std::string>;

std::function<WorkText()> project_text(const Project& project, const fs::path& file) {
    return [&] { return WorkText{"project", project_json(project, file.parent_path())}; };
}

// One that could not be read again is no copy: the one before it stays.
std::function<WorkText()> layout_text(const LayoutWork& work) {
    return [&] {
        WorkText out{"layout", layout_work_json(work)};
        parse_layout_work(out.second);
        return out;
    };
}

} // namespace

struct Autosave::Copy {
    std::function<WorkText()> work; // may throw
    const fs::path& original;
    const fs::path& opened;
    bool ended;
};

fs::path recovery_folder() {
    const auto folder = base::settings_folder();
    return folder.empty() ? folder : folder / "recovery";
}

Autosave::Autosave(fs::path folder) {
    if (folder.empty()) return;
    std::error_code failed;
    fs::create_directories(folder, failed);
    // The process and the time: two programs never share a name.
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    const auto file = folder / (std::to_string(getpid()) + "-" + std::to_string(now) + kExtension);
    lock_file_ = lock_of(file);
    lock_ = open(lock_file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ >= 0 && flock(lock_, LOCK_EX | LOCK_NB) == 0) file_ = file;
}

Autosave::~Autosave() {
    forget();
    if (lock_ < 0) return;
    std::error_code ignored;
    fs::remove(lock_file_, ignored);
    close(lock_);
}

void Autosave::keep(const Project& project, const fs::path& original, const fs::path& opened) {
    write({project_text(project, file_), original, opened, false});
}

void Autosave::keep(const LayoutWork& work, const fs::path& opened) {
    write({layout_text(work), work.file, opened, false});
}

void Autosave::leave(const Project& project, const fs::path& original, const fs::path& opened) {
    write({project_text(project, file_), original, opened, true});
    file_.clear(); // nothing forgets it any more
}

void Autosave::leave(const LayoutWork& work, const fs::path& opened) {
    write({layout_text(work), work.file, opened, true});
    file_.clear();
}

void Autosave::write(const Copy& copy) {
    if (file_.empty()) return;
    try {
        auto [kind, text] = copy.work();
        if (text == written_ && !copy.ended) return;
        const auto now = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::system_clock::now().time_since_epoch());
        const ordered_json object = {{"diaban_recovery", 1},
                                     {"original", copy.original.string()},
                                     {"opened", copy.opened.string()},
                                     {"ended", copy.ended},
                                     {"time", now.count()},
                                     {kind, text}};
        base::write_file(file_, object.dump(2) + "\n");
        written_ = std::move(text);
    } catch (const std::exception&) {
        // The next change tries again.
    }
}

void Autosave::forget() {
    if (file_.empty() || written_.empty()) return;
    std::error_code ignored;
    fs::remove(file_, ignored);
    written_.clear();
}

std::vector<Recovery> find_recoveries(const fs::path& folder) {
    std::vector<Recovery> found;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed); !failed && at != fs::directory_iterator();
         at.increment(failed)) {
        if (at->path().extension() != kExtension || owner_lives(at->path())) continue;
        try {
            const auto object = ordered_json::parse(base::read_file(at->path()));
            found.push_back({.file = at->path(),
                             .original = object.at("original").get<std::string>(),
                             .layout = object.contains("layout"),
                             .opened = object.value("opened", std::string()),
                             .ended = object.value("ended", false),
                             .time = object.at("time").get<std::int64_t>()});
        } catch (const std::exception&) {
            // Cut off while it was written: nothing to recover from it.
        }
    }
    std::sort(found.begin(), found.end(), [](const Recovery& a, const Recovery& b) {
        return std::tuple(a.layout, b.time) < std::tuple(b.layout, a.time);
    });
    return found;
}

Project load_recovery(const Recovery& recovery) {
    ordered_json object;
    try {
        object = ordered_json::parse(base::read_file(recovery.file));
    } catch (const ordered_json::exception&) {
        throw base::Error(base::ErrorKind::Data, "error.project.not_a_project");
    }
    return parse_project(object.value("project", std::string()), recovery.file.parent_path());
}

LayoutWork load_layout_recovery(const Recovery& recovery) {
    const auto in =
        JsonNode::parse(base::read_file(recovery.file), recovery.file.filename().string());
    return parse_layout_work(in.text("layout", true));
}

void discard_recovery(const Recovery& recovery) {
    std::error_code ignored;
    fs::remove(recovery.file, ignored);
    fs::remove(lock_of(recovery.file), ignored);
}

} // namespace diaban::app
