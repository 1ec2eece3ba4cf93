// Files that a project names and that are not there: which, where they were looked for, and the
// project with them found again.
//
// Guarantee: finding a file changes nothing of the project but paths to files that were missing.
#pragma once

#include "app/project.hpp"

namespace diaban::app {

struct MissingFile {
    enum class Role { Boundaries, Table, Store, Places, Lines, Rule, CompareRule } role;
    std::size_t at = 0;         // of Places and Lines: which
    std::filesystem::path file; // absolute, as the project has it
    friend bool operator==(const MissingFile&, const MissingFile&) = default;
};
std::string_view to_string(MissingFile::Role role); // "boundaries", "table", ...
std::string_view flag_of(MissingFile::Role role);   // that names another file on the command line

// In the order they are needed. Approved names (data.aliases) need not exist.
std::vector<MissingFile> missing_files(const Project& project);
// The project with one file in its new place, and with every other missing one that lies where the
// move of the first says, or beside it.
Project with_file_found(Project project, const MissingFile& missing,
                        const std::filesystem::path& found);
// Without a file it can do without: a table, places, lines or a rule. Others: unchanged.
Project without_file(Project project, const MissingFile& missing);
// The folder nearest to where the file was that there is, to begin looking in.
std::filesystem::path nearest_folder(const std::filesystem::path& file);
// An error of reading a file that the project names and that is not there, said in terms of the
// project: which file, where it was looked for, what to do. Other errors stay as they are.
base::Error explained(const base::Error& error, const Project& project,
                      const std::filesystem::path& project_file);

} // namespace diaban::app
