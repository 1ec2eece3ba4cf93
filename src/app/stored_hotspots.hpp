// Results of `hotspots` kept in a project: what was asked, what came out, and of which inputs, so
// that a result can say when its inputs have changed.
#pragma once

#include "app/commands/hotspots.hpp"

namespace diaban::app {

struct StoredHotspots {
    std::string name;
    HotspotsRequest request; // without data, files and page: those are the project's
    std::string inputs;      // hash of values and links, 16 hexadecimal digits
    std::size_t significant = 0;
    std::string sentence, method_line; // as they were said
    // Units that took no part, with the word of their class: island, no-data, undefined,
    // few-periods.
    std::vector<std::pair<std::string, std::string>> left_out;
    friend bool operator==(const StoredHotspots&, const StoredHotspots&) = default;
};

// A number that changes when a value, a unit or a link that the statistics use changes.
std::string inputs_hash(const HotspotsInputs& inputs);
StoredHotspots to_store(std::string name, const HotspotsReport& report,
                        const HotspotsInputs& inputs);

// Those of a project, oldest first. Throws Error Data "error.project.bad_value".
std::vector<StoredHotspots> stored_hotspots(const Project& project);
// The project with one more; one of the same name is replaced. Links drawn by hand for it become
// the project's: who asks it again gets those of the project.
Project with_stored(Project project, const StoredHotspots& result);
// The result under a name that no other request has in the project: "Gi* 2015 (2)".
StoredHotspots with_free_name(const Project& project, StoredHotspots result);
Project without_stored(Project project, const std::string& name);
// Throws Error Usage "error.hotspots.no_stored" naming those there are.
StoredHotspots find_stored(const Project& project, const std::string& name);

} // namespace diaban::app
