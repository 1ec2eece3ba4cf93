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

// Takes what is read for nothing but the place where that ends.
class FaultFinder final : public nlohmann::json_sax<JsonNode::Json> {
public:
    std::size_t byte = 0;
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t /*value*/) override { return true; }
    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
    bool string(string_t& /*value*/) override { return true; }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*size*/) override { return true; }
    bool key(string_t& /*value*/) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t /*size*/) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*why*/) override {
        byte = position;
        return false;
    }
};

} // namespace

TextPlace place_of_byte(std::string_view text, std::size_t byte) {
    const auto before = text.substr(0, byte > 0 ? byte - 1 : 0);
    TextPlace out;
    // A mark of the byte order is no letter.
    for (std::size_t i = before.starts_with("\xEF\xBB\xBF") ? 3U : 0U; i < before.size(); ++i) {
        if (before[i] == '\n')
            ++out.line, out.column = 1;
        else if ((static_cast<unsigned char>(before[i]) & 0xC0U) != 0x80U) // begins a letter
            ++out.column;
    }
    return out;
}

JsonNode JsonNode::parse(const std::string& text, const std::string& file) {
    const auto json = Json::parse(text, nullptr, false, true);
    if (!json.is_discarded()) return {json, file, ""};
    FaultFinder fault;
    Json::sax_parse(text, &fault, nlohmann::detail::input_format_t::json, true, true);
    const auto at = place_of_byte(text, fault.byte);
    throw base::Error(base::ErrorKind::Data, "error.json.syntax",
                      {{"file", file}, {"line", at.line}, {"column", at.column}});
}

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
