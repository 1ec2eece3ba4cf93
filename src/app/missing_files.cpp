#include "app/missing_files.hpp"

#include <algorithm>
#include <array>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using FileRole = MissingFile::Role;

struct RoleWords {
    std::string_view name, flag;
};
constexpr std::array<RoleWords, 7> kRoles{{{"boundaries", "--boundaries"},
                                           {"table", "--db"},
                                           {"store", "--store"},
                                           {"places", "--places"},
                                           {"lines", "--lines"},
                                           {"rule", "--rule"},
                                           {"compare_rule", "--compare-rule"}}};

// Every path of a project that must lead to a file. `Any` is a Project, const or not.
template <class Any, class Visit> void each_file(Any& project, Visit visit) {
    visit(FileRole::Boundaries, std::size_t{0}, project.data.boundaries);
    visit(FileRole::Store, std::size_t{0}, project.data.store);
    visit(FileRole::Table, std::size_t{0}, project.data.db);
    for (std::size_t i = 0; i < project.data.places.size(); ++i)
        visit(FileRole::Places, i, project.data.places[i].file);
    for (std::size_t i = 0; i < project.lines.size(); ++i)
        visit(FileRole::Lines, i, project.lines[i].file);
    visit(FileRole::Rule, std::size_t{0}, project.rule.file);
    visit(FileRole::CompareRule, std::size_t{0}, project.compare_rule.file);
}

bool there(const fs::path& file) {
    std::error_code none;
    return fs::exists(file, none);
}

} // namespace

std::string_view to_string(FileRole role) {
    return kRoles[static_cast<std::size_t>(role)].name;
}

std::string_view flag_of(FileRole role) {
    return kRoles[static_cast<std::size_t>(role)].flag;
}

std::vector<MissingFile> missing_files(const Project& project) {
    std::vector<MissingFile> out;
    each_file(project, [&](FileRole role, std::size_t at, const fs::path& file) {
        if (!file.empty() && !there(file)) out.push_back({role, at, file});
    });
    return out;
}

Project with_file_found(Project project, const MissingFile& missing, const fs::path& found) {
    const auto place = fs::absolute(found).lexically_normal();
    const auto folder = place.parent_path();
    each_file(project, [&](FileRole role, std::size_t at, fs::path& file) {
        if (file.empty() || there(file)) return;
        if (role == missing.role && at == missing.at) {
            file = place;
            return;
        }
        const auto beside = file.lexically_relative(missing.file.parent_path());
        for (const auto& candidate :
             {(folder / beside).lexically_normal(), folder / file.filename()})
            if (!candidate.empty() && there(candidate)) {
                file = candidate;
                return;
            }
    });
    return project;
}

Project without_file(Project project, const MissingFile& missing) {
    const auto drop = [&](auto& list) {
        if (missing.at < list.size())
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(missing.at));
    };
    auto& data = project.data;
    switch (missing.role) {
    case FileRole::Table:
        data.db.clear();
        data.table.clear();
        data.key.clear();
        data.year_column.clear();
        data.values.clear();
        data.denominator.clear();
        break;
    case FileRole::Places:
        drop(data.places);
        break;
    case FileRole::Lines:
        drop(project.lines);
        break;
    case FileRole::Rule:
        project.rule = {};
        break;
    case FileRole::CompareRule:
        project.compare_rule = {};
        break;
    case FileRole::Boundaries:
    case FileRole::Store:
        break; // there is no map without them
    }
    return project;
}

fs::path nearest_folder(const fs::path& file) {
    auto folder = file.parent_path();
    while (!folder.empty() && !there(folder) && folder != folder.parent_path())
        folder = folder.parent_path();
    return folder;
}

base::Error explained(const base::Error& error, const Project& project,
                      const fs::path& project_file) {
    if (error.message.key != "error.file.missing") return error;
    const auto missing = missing_files(project);
    const auto named = std::find_if(missing.begin(), missing.end(), [&](const MissingFile& m) {
        const base::Value full = m.file.string(), name = m.file.filename().string();
        return std::any_of(
            error.message.args.begin(), error.message.args.end(),
            [&](const auto& arg) { return arg.second == full || arg.second == name; });
    });
    if (named == missing.end()) return error;
    return {error.kind,
            "error.project.missing_file",
            {{"project", project_file.filename().string()},
             {"file", named->file.filename().string()},
             {"folder", named->file.parent_path().string()},
             {"flag", std::string(flag_of(named->role))}}};
}

} // namespace diaban::app
