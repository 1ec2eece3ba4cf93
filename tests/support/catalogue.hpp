// The texts of the program in one language, as they lie in the source tree.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace diaban::test {

struct Catalogue {
    std::map<std::string, std::string> text;
    std::vector<std::string> twice;
};

inline std::string unescaped_message(const std::string& quoted) {
    std::string out;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        if (quoted[i] != '\\' || i + 1 == quoted.size()) {
            out += quoted[i];
            continue;
        }
        const char c = quoted[++i];
        out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
    return out;
}

// The part of the .po format that we write: msgid, msgstr, continued lines, comments.
inline Catalogue read_catalogue(const std::filesystem::path& tree, const std::string& code) {
    Catalogue out;
    std::string id, value;
    std::string* current = nullptr;
    const auto store = [&] {
        if (current == &value && !id.empty() && !out.text.emplace(id, value).second)
            out.twice.push_back(id);
    };
    static const std::regex line(R"re(^(msgid|msgstr)?\s*"(.*)"\s*$)re");
    std::ifstream lines(tree / "assets" / "locale" / (code + ".po"), std::ios::binary);
    for (std::string row; std::getline(lines, row);) {
        std::smatch match;
        if (!std::regex_match(row, match, line)) continue;
        if (match[1] == "msgid") {
            store();
            id.clear();
            value.clear();
            current = &id;
        } else if (match[1] == "msgstr") {
            current = &value;
        }
        if (current) *current += unescaped_message(match[2]);
    }
    store();
    return out;
}

} // namespace diaban::test
