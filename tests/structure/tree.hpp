// The source tree as text, for tests about the sources.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace diaban::test {

struct SourceFile {
    std::string path;   // "geo/coverage.cpp"
    std::string folder; // "geo"
    std::string text;
    bool header = false;
};

inline std::string slurp(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// All .hpp and .cpp of src/, in order.
inline std::vector<SourceFile> sources() {
    namespace fs = std::filesystem;
    const auto root = fs::path(DIABAN_TREE) / "src";
    std::vector<SourceFile> files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const auto extension = entry.path().extension();
        if (extension != ".hpp" && extension != ".cpp") continue;
        const auto path = fs::relative(entry.path(), root);
        files.push_back(
            {path.string(), path.begin()->string(), slurp(entry.path()), extension == ".hpp"});
    }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

// The code without its comments; string literals stay.
inline std::string without_comments(const std::string& text) {
    std::string out;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote) {
            out += c;
            if (c == '\\' && i + 1 < text.size())
                out += text[++i];
            else if (c == quote || c == '\n')
                quote = 0;
        } else if (c == '"' ||
                   (c == '\'' &&
                    (i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1]))))) {
            quote = c;
            out += c;
        } else if (c == '/' && text.compare(i, 2, "//") == 0) {
            i = std::min(text.find('\n', i), text.size());
            out += '\n';
        } else if (c == '/' && text.compare(i, 2, "/*") == 0) {
            i = std::min(text.find("*/", i), text.size() - 2) + 1;
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace diaban::test
