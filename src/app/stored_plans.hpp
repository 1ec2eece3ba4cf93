// Plans of `patrol` kept in a project or in a store: what was asked, who goes where, and of which
// inputs, so that a plan can say when its inputs have changed and be compared with another.
//
// Guarantee: what is kept was made under the classification of its request, so a project or a store
// tells no more than the plan did. What leaves them in public tells of an internal plan only what
// tells_values() allows.
#pragma once

#include "app/commands/patrol.hpp"

namespace diaban::app {

struct StoredPlan {
    std::string name;
    PatrolRequest request; // bare()
    std::string inputs;    // hash, 16 hexadecimal digits
    struct Part {
        std::string code;
        std::size_t group = 0; // from 0: base, team or month
        std::string word;      // as in PatrolRow
        friend bool operator==(const Part&, const Part&) = default;
    };
    std::vector<Part> parts;
    std::vector<std::string> bases; // code or place of each group's base; empty: none
    // Given to another team by hand: code, team from 0.
    std::vector<std::pair<std::string, std::size_t>> moved;
    double objective = 0;
    double burden = 0;                 // of all
    double mean_m = 0, farthest_m = 0; // cover
    bool proven = false, stopped = false;
    std::vector<std::string> sentences; // as they were said
    friend bool operator==(const StoredPlan&, const StoredPlan&) = default;
};

// Without data, files and page, which are the project's, and without what its kind does not need.
// Of the lines of a rota a project keeps names, a store where they lie beside it.
PatrolRequest bare(const PatrolRequest& request);
// The lines that a kept rota was measured to: those of the same name and kind that are `here`, or
// what lies where it was beside the project or store (`folder`); one that is nowhere stays as it
// is, for whoever reads it to say so. A plan that kept none has those here.
std::vector<NearLine> lines_again(const PatrolRequest& kept, const std::vector<NearLine>& here,
                                  const std::filesystem::path& folder);
// The plan whose targets a kept rota was held against: an id as it is, a file where it lies beside
// the project or store.
std::string targets_again(const std::string& kept, const std::filesystem::path& folder);
// A number that changes when a value, a unit, its place or a link that the plan was made of
// changes. True values, whatever the classification.
std::string inputs_hash(const PatrolRequest& request, const Dataset& dataset);
StoredPlan to_plan(std::string name, const PatrolReport& report, const Dataset& dataset);
// Whether its sentences and numbers may be told to those who asked under this classification.
bool tells_values(const StoredPlan& plan, Classification asked);

// A plan made again from the request of a stored one, with what was changed by hand since; one made
// under another classification is of other numbers and stays as it was made. Throws as with_moved()
// does.
PatrolReport restored(PatrolReport made, const StoredPlan& stored, const Dataset& dataset,
                      const Language& language);

// Those of a project, oldest first. Throws Error Data "error.project.bad_value".
std::vector<StoredPlan> stored_plans(const Project& project);
// The project with one more; one of the same name is replaced.
Project with_plan(Project project, const StoredPlan& plan);
Project without_plan(Project project, const std::string& name);
// Those of the project, then those of the store (empty: none) whose names it does not have. Throws
// as stored_plans(), Error Data "error.patrol.bad_stored", Input, Database.
std::vector<StoredPlan> plans_kept(const Project& project, const std::filesystem::path& store);
// Throws Error Usage "error.patrol.no_stored" naming those there are.
StoredPlan find_plan(const std::vector<StoredPlan>& plans, const std::string& name);
// Into a store; one of the same name is replaced. Throws Error Input, Database, Write.
void keep_plan(const std::filesystem::path& store, const StoredPlan& plan, base::JobContext& ctx);
void forget_plan(const std::filesystem::path& store, const std::string& name,
                 base::JobContext& ctx);

} // namespace diaban::app
