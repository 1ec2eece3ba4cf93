// Crash recovery: unsaved work is kept in a folder of the program, never in the user's files.
//
// Guarantees: a copy exists from shortly after a change until the work is saved or given up; what a
// program that still runs keeps is not offered to another; nothing here throws but load_recovery()
// and load_layout_recovery(): a full disk must not stop anybody's work.
#pragma once

#include "app/project.hpp"
#include "map/layout.hpp"

#include <cstdint>

namespace diaban::app {

// A page layout that is being changed.
struct LayoutWork {
    map::Layout layout;           // right or not
    map::Layout saved;            // as it was last saved, or as it began
    std::filesystem::path folder; // that its pictures are told from
    std::filesystem::path file;   // that it belongs to; empty: never saved
    friend bool operator==(const LayoutWork&, const LayoutWork&) = default;
};

// Keeps one unsaved work of this process: a project or a page layout.
class Autosave {
public:
    explicit Autosave(std::filesystem::path folder); // empty: keeps nothing
    ~Autosave();                                     // an orderly end: nothing to recover
    Autosave(const Autosave&) = delete;
    Autosave& operator=(const Autosave&) = delete;

    // `original`: the file the work belongs to, empty if it has none. `opened`: what was open last.
    void keep(const Project& project, const std::filesystem::path& original,
              const std::filesystem::path& opened = {});
    void keep(const LayoutWork& work, const std::filesystem::path& opened = {});
    void forget(); // saved, or as it was opened
    // The system ends the program in order, and nobody can be asked: the copy stays, marked so.
    void leave(const Project& project, const std::filesystem::path& original,
               const std::filesystem::path& opened);
    void leave(const LayoutWork& work, const std::filesystem::path& opened);

private:
    struct Copy; // what a file of it says
    std::filesystem::path file_, lock_file_;
    void write(const Copy& copy);
    int lock_ = -1; // held as long as this process lives
    std::string written_;
};

// Work that a program left behind when it ended without a goodbye.
struct Recovery {
    std::filesystem::path file;     // the copy
    std::filesystem::path original; // may be empty
    bool layout = false;            // a page layout, no project
    std::filesystem::path opened;   // what was open last; may be empty
    bool ended = false;             // in order, by the system: no crash
    std::int64_t time = 0;          // seconds since 1970
};
// Projects, then page layouts, which are looked at on what is open; the newest first.
std::vector<Recovery> find_recoveries(const std::filesystem::path& folder);
Project load_recovery(const Recovery& recovery);           // of a project; throws Error
LayoutWork load_layout_recovery(const Recovery& recovery); // of a page layout; throws Error
void discard_recovery(const Recovery& recovery);

std::filesystem::path recovery_folder(); // beside the settings; empty if there is none

} // namespace diaban::app
