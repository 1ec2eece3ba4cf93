#include "app/json_node.hpp"

#include "base/paths.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

// One letter missing, too many or wrong, two of them in a longer word, or two that changed places.
bool misspelt(std::string_view written, std::string_view key) {
    constexpr std::size_t kShort = 4, kLong = 6;
    if (written.size() < kShort || key.size() < kShort) return false;
    const auto apart = base::edit_distance(written, key);
    if (apart <= (key.size() < kLong ? 1U : 2U)) return true;
    std::string a(written), b(key);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b && apart == 2;
}

} // namespace

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

void JsonNode::spelled(std::initializer_list<std::string_view> known) const {
    for (const auto& [key, value] : json_.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const auto small = base::lower(key);
        const auto near = std::find_if(known.begin(), known.end(), [&](std::string_view one) {
            return small == one || misspelt(small, one);
        });
        if (near != known.end())
            throw base::Error(base::ErrorKind::Data, "error.json.key",
                              {{"file", file_},
                               {"place", path_.empty() ? "/" : path_},
                               {"key", key},
                               {"near", std::string(*near)}});
    }
}

} // namespace diaban::app
