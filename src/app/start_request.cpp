#include "app/start_request.hpp"

#include "app/import_assistant.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace diaban::app {
namespace fs = std::filesystem;

Start start_request(DataRequest flags, std::vector<fs::path> files) {
    if (flags == DataRequest{}) return {{}, std::move(files)};
    if (flags.empty()) {
        const auto first = std::find_if(files.begin(), files.end(), [](const auto& file) {
            return !is_report(file) && base::lower(file.extension().string()) != ".diaban";
        });
        if (first == files.end()) throw base::Error(base::ErrorKind::Usage, "error.data.none");
        flags.boundaries = *first;
        files.erase(first);
    }
    const auto absolute = [](fs::path& path) {
        if (!path.empty()) path = fs::absolute(path).lexically_normal();
    };
    for (auto* path : {&flags.boundaries, &flags.store, &flags.db, &flags.aliases}) absolute(*path);
    for (auto& places : flags.places) absolute(places.file);
    return {std::move(flags), std::move(files)};
}

} // namespace diaban::app
