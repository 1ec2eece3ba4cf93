// A project: what a user has set up, as one plain value and one JSON file (*.diaban).
//
// Guarantees: saving is atomic; paths in the file are relative to it; unknown keys of a newer minor
// writer survive a load and save; load(save(p)) == p.
#pragma once

#include "app/dataset.hpp"
#include "app/line_layer.hpp"
#include "app/named_query.hpp"
#include "app/outline_word.hpp"
#include "app/saved_view.hpp"

#include <filesystem>
#include <memory>
#include <set>

namespace diaban::app {

inline constexpr int kProjectVersion = 1;

struct LayoutFile;

struct PageChoice {
    std::string size = "A4 landscape";
    std::string title, subtitle, source; // empty: made from the data
    bool district_labels = true;
    bool place_labels = false; // names of the places that are drawn
    // Where everything stands: the name of a shipped layout, or a file; it has a size of its own.
    // A file is absolute in memory. Empty: as the page finds room.
    std::string layout = {};
    std::string plan = {}; // whose targets a layout shows: a file, or the id of one
    // In place of the layout that is named: one that is being changed. Never in a file.
    std::shared_ptr<const LayoutFile> draft = {};
    friend bool operator==(const PageChoice&, const PageChoice&) = default;
};

// A rule that statuses are judged and explained by.
struct RuleChoice {
    std::string id;             // of a shipped one, or "id@version" of one that the store keeps
    std::filesystem::path file; // else a file; absolute in memory
    bool empty() const { return id.empty() && file.empty(); }
    std::string name() const { return file.empty() ? id : file.string(); }
    friend bool operator==(const RuleChoice&, const RuleChoice&) = default;
};

// Communes that a person gave to other teams of the plan on the map. In the project, so that a move
// is undone like everything else; of another plan than the one on the map it says nothing.
struct PlanMoves {
    using Step = std::vector<std::pair<data::UnitCode, std::size_t>>; // commune, team from 0
    std::string plan; // which: a word of the window's own
    std::vector<Step> steps;
    friend bool operator==(const PlanMoves&, const PlanMoves&) = default;
};

struct Project {
    std::string title;
    DataRequest data; // absolute paths in memory
    MapChoice map;
    PageChoice page;
    // Units that count as neighbours because a person said so, by code.
    std::vector<std::pair<std::string, std::string>> links;
    std::string results; // JSON array of stored results (app/stored_hotspots.hpp); empty: none
    std::string plans;   // JSON array of stored plans (app/stored_plans.hpp); empty: none
    PlanMoves moves;
    std::vector<NamedSet> sets;         // saved selections
    std::vector<NamedQuery> queries;    // saved queries
    std::vector<LineLayer> lines;       // drawn over the units, in this order; absolute in memory
    std::set<std::string> hidden_kinds; // of places
    std::vector<OutlineWord> outline;   // of units, where the lines are not right
    std::vector<SavedView> views;       // in the order they are shown one after another
    RuleChoice rule, compare_rule;      // empty: none
    Across across = Across::No;
    std::string unknown; // JSON of keys this version does not know
    friend bool operator==(const Project&, const Project&) = default;
};

// Throws Error Input (unreadable), Data ("error.project.damaged" with line and column,
// "error.project.newer").
Project load_project(const std::filesystem::path& file);
void save_project(const Project& project, const std::filesystem::path& file); // throws Error Write
// The text of the file as it would lie in `folder`; for tests and autosave.
std::string project_json(const Project& project, const std::filesystem::path& folder);
Project parse_project(std::string_view json, const std::filesystem::path& folder);

} // namespace diaban::app
