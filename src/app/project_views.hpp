// The saved views of a project: pure edits, and what a view makes of the project.
//
// Guarantees: names stay unique and non-empty; an edit touches nothing but the list of views.
#pragma once

#include "app/commands/map.hpp"
#include "app/project.hpp"

namespace diaban::app {

// Throws Error Usage "error.view.unknown" that lists the views there are, "error.view.none".
std::size_t find_view(const Project& project, std::string_view name);
// A new view at the end, or one that takes the place of that with its name. Throws Error Usage
// "error.view.no_name".
Project with_view(Project project, SavedView view);
// Throws also "error.view.name_taken".
Project with_view_renamed(Project project, std::size_t at, const std::string& name);
Project with_view_moved(Project project, std::size_t from, std::size_t to);
Project without_view(Project project, std::size_t at);
// `wanted`, or "wanted 2" and so on where that is taken.
std::string free_view_name(const Project& project, const std::string& wanted);

// The project with the map of the view: its choice, its boundaries, its years and its lines.
Project showing(Project project, const SavedView& view);
// What `map --project FILE --view NAME` draws; one picture per year where the view shows several.
// A spotlight is for a room and not on the page: every unit keeps its colour there.
MapRequest request_of(const Project& project, const SavedView& view);

} // namespace diaban::app
