// Project files: what loads also saves, and loads again as the same.
#include "app/project.hpp"
#include "fuzz/input.hpp"

using namespace diaban;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::optional<app::Project> project;
    fuzz::only_our_errors(
        [&] { project = app::parse_project(fuzz::text_of(data, size), "/folder"); });
    if (!project) return 0;
    const auto again = app::parse_project(app::project_json(*project, "/folder"), "/folder");
    fuzz::require(again == *project);
    return 0;
}
