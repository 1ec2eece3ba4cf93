// Reading the program's own JSON files (layouts, rules, plans, manifests) with errors that say
// where and what. Private to app.
#pragma once

#include "data/dates.hpp"
#include "data/status.hpp"
#include "data/units.hpp"

#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <nlohmann/json.hpp>

namespace diaban::app {

// Ids of the files of a folder of the assets ("rules", "plans"), sorted.
std::vector<std::string> shipped(const std::string& folder);
// A file by path, or a shipped one by its id. Throws Error Input "error.shipped.unknown".
std::filesystem::path find_shipped(const std::string& folder, const std::string& path_or_id);

// Where a byte of a text stands, both from 1; the column in letters.
struct TextPlace {
    std::int64_t line = 1, column = 1;
};
// `byte`: how many were read, the last of them the one that is wrong, as the JSON library counts;
// one more than the text has: its end.
TextPlace place_of_byte(std::string_view text, std::size_t byte);

// One object of the file; says where it stands when something is wrong with it.
class JsonNode {
public:
    using Json = nlohmann::ordered_json;
    // Throws Error Data "error.json.syntax" with line and column of what is no JSON,
    // "error.json.bad" of what is no object.
    static JsonNode parse(const std::string& text, const std::string& file);
    JsonNode(const Json& json, std::string file, std::string path)
        : json_(json), file_(std::move(file)), path_(std::move(path)) {
        if (!json.is_object()) bad("{}");
    }
    [[noreturn]] void bad(const std::string& what) const {
        throw base::Error(
            base::ErrorKind::Data, "error.json.bad",
            {{"file", file_}, {"place", path_.empty() ? "/" : path_}, {"what", what}});
    }
    std::string text(const char* key, bool required = false) const {
        const auto it = json_.find(key);
        if (it == json_.end() || it->is_null()) {
            if (required) bad(std::string(key) + " …");
            return "";
        }
        if (!it->is_string()) bad(std::string(key) + ": \"…\"");
        return it->get<std::string>();
    }
    std::optional<double> number(const char* key) const {
        const auto it = json_.find(key);
        if (it == json_.end() || it->is_null()) return std::nullopt;
        if (!it->is_number()) bad(std::string(key) + ": 1.5");
        return it->get<double>();
    }
    std::size_t count(const char* key, std::size_t fallback) const {
        const auto value = number(key);
        if (!value) return fallback;
        if (*value < 1 || *value > 1000 ||
            *value != static_cast<double>(static_cast<std::size_t>(*value)))
            bad(std::string(key) + ": 1, 2, 3 …");
        return static_cast<std::size_t>(*value);
    }
    std::vector<std::string> words(const char* key) const {
        std::vector<std::string> out;
        for (const auto& one : array(key)) {
            if (!one.is_string()) bad(std::string(key) + ": [\"…\"]");
            out.push_back(one.get<std::string>());
        }
        return out;
    }
    std::vector<double> numbers(const char* key) const {
        std::vector<double> out;
        for (const auto& one : array(key)) {
            if (!one.is_number()) bad(std::string(key) + ": [1.5, 2]");
            out.push_back(one.get<double>());
        }
        return out;
    }
    bool is_object(const char* key) const {
        const auto it = json_.find(key);
        return it != json_.end() && it->is_object();
    }
    // The object under a key; an empty one where there is none.
    JsonNode node(const char* key) const {
        const auto it = json_.find(key);
        return {it == json_.end() ? Json::object() : *it, file_, path_ + "/" + key};
    }
    std::vector<JsonNode> nodes(const char* key) const {
        std::vector<JsonNode> out;
        std::size_t i = 0;
        for (const auto& one : array(key))
            out.emplace_back(one, file_, path_ + "/" + key + "/" + std::to_string(i++));
        return out;
    }
    data::Status status(const char* key) const {
        const auto code = text(key, true);
        const auto status = data::parse_status(code);
        if (!status) bad(std::string(key) + ": none present hot hot3 hot2 hot1 unknown");
        return *status;
    }
    data::Date date(const char* key) const {
        const auto text = this->text(key);
        data::Date date;
        if (text.empty()) return date;
        if (std::sscanf(text.c_str(), "%d-%d-%d", &date.year, &date.month, &date.day) != 3 ||
            date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 ||
            date.day < 1 || date.day > data::days_in_month(date.year, date.month))
            bad(std::string(key) + ": 2025-08-24");
        return date;
    }
    bool has(const char* key) const { return json_.contains(key); }
    // Throws Error Data "error.json.key" where a key is none of these but nearly one of them: what
    // it says would be left out without a word. Others are the author's own notes.
    void spelled(std::initializer_list<std::string_view> known) const;
    bool flag(const char* key) const {
        const auto it = json_.find(key);
        if (it == json_.end()) return false;
        if (!it->is_boolean()) bad(std::string(key) + ": true");
        return it->get<bool>();
    }
    std::optional<data::Period> period(const char* key) const {
        const auto text = this->text(key);
        if (text.empty()) return std::nullopt;
        const auto period = data::parse_period(text);
        if (!period) bad(std::string(key) + ": \"2015\"");
        return period;
    }

private:
    Json array(const char* key) const {
        const auto it = json_.find(key);
        if (it == json_.end()) return Json::array();
        if (!it->is_array()) bad(std::string(key) + ": […]");
        return *it;
    }
    Json json_;
    std::string file_, path_;
};

} // namespace diaban::app
