#include "app/json_node.hpp"

#include "base/paths.hpp"

#include <algorithm>

namespace diaban::app {
namespace fs = std::filesystem;

std::vector<std::string> shipped(const std::string& folder) {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(base::asset(folder)))
        if (entry.path().extension() == ".json") out.push_back(entry.path().stem().string());
    std::sort(out.begin(), out.end());
    return out;
}

fs::path find_shipped(const std::string& folder, const std::string& path_or_id) {
    const bool id = path_or_id.find_first_of("/\\.") == std::string::npos;
    if (!id || fs::exists(path_or_id)) return path_or_id;
    const auto ids = shipped(folder);
    if (std::find(ids.begin(), ids.end(), path_or_id) != ids.end())
        return base::asset(folder + "/" + path_or_id + ".json");
    std::string known;
    for (const auto& one : ids) known += (known.empty() ? "" : ", ") + one;
    throw base::Error(base::ErrorKind::Input, "error.shipped.unknown",
                      {{"name", path_or_id}, {"known", known}});
}

} // namespace diaban::app
