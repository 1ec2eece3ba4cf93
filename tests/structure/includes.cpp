// Folders include only downwards, and third-party headers stay in the folder that owns them.
#include "structure/tree.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>

using namespace diaban::test;

namespace {

// The arrows of docs/architecture.md: whose headers a folder may include, directly.
const std::map<std::string, std::set<std::string>> kBelow{
    {"base", {}},
    {"geo", {"base"}},
    {"data", {"base", "geo"}},
    {"files", {"base", "geo", "data"}},
    {"analysis", {"base", "geo", "data"}},
    {"map", {"base", "geo", "data"}},
    {"app", {"base", "geo", "data", "files", "analysis", "map"}},
    {"cli", {"base", "geo", "data", "files", "analysis", "map", "app"}},
    {"gui", {"base", "geo", "data", "files", "analysis", "map", "app"}},
};
// The program has one main for both faces.
const std::set<std::pair<std::string, std::string>> kExceptions{{"cli/main.cpp", "gui"}};

struct Owner {
    const char* header; // how its name begins
    std::set<std::string> folders;
};
const std::vector<Owner> kOwners{
    {"unicode/", {"base"}},
    {"geos_c.h", {"geo"}},
    {"proj.h", {"geo"}},
    {"proj_experimental.h", {"geo"}},
    {"geodesic.h", {"geo"}},
    {"gdal", {"files"}},
    {"ogr", {"files"}},
    {"cpl_", {"files"}},
    {"sqlite3", {"files"}},
    {"spatialite", {"files"}},
    {"freexl.h", {"files"}},
    {"iconv.h", {"files"}},
    {"libdeflate.h", {"files"}},
    {"glib.h", {"files"}},
    {"cairo", {"map"}},
    {"pango/", {"map"}},
    {"png.h", {"map"}},
    {"zlib.h", {"map", "files"}},
    {"ft2build.h", {"map", "gui"}},
    {"fontconfig/", {"map", "app"}},
    {"coin/", {"analysis"}},
    {"nlohmann/", {"app", "cli"}},
    {"CLI/", {"cli"}},
    {"GLFW/", {"gui"}},
    {"GL/", {"gui"}},
    {"epoxy/", {"gui"}},
    {"imgui", {"gui"}},
    {"backends/imgui", {"gui"}},
    {"misc/", {"gui"}},
    {"X11/", {"gui"}},
    {"fmt/", {"base", "geo", "data", "files", "analysis", "map", "app", "cli", "gui"}},
    // What belongs to the operating system.
    {"unistd.h", {"base", "files", "app", "cli", "gui"}},
    {"sys/", {"base", "files", "app", "cli", "gui"}},
    {"fcntl.h", {"base", "files", "app", "cli", "gui"}},
    {"signal.h", {"base", "cli"}},
    {"pthread.h", {"base"}},
    {"malloc.h", {"base"}},
    {"poll.h", {"gui"}},
    {"spawn.h", {"app", "gui"}},
    {"dlfcn.h", {"gui"}},
    {"immintrin.h", {"geo", "map", "analysis"}},
};

const std::set<std::string> kStandard{"algorithm",
                                      "any",
                                      "array",
                                      "atomic",
                                      "barrier",
                                      "bit",
                                      "bitset",
                                      "cassert",
                                      "cctype",
                                      "cerrno",
                                      "cfloat",
                                      "charconv",
                                      "chrono",
                                      "cinttypes",
                                      "climits",
                                      "cmath",
                                      "compare",
                                      "complex",
                                      "concepts",
                                      "condition_variable",
                                      "csignal",
                                      "cstdarg",
                                      "cstddef",
                                      "cstdint",
                                      "cstdio",
                                      "cstdlib",
                                      "cstring",
                                      "ctime",
                                      "deque",
                                      "exception",
                                      "execution",
                                      "filesystem",
                                      "fstream",
                                      "functional",
                                      "future",
                                      "initializer_list",
                                      "iomanip",
                                      "ios",
                                      "iosfwd",
                                      "iostream",
                                      "istream",
                                      "iterator",
                                      "latch",
                                      "limits",
                                      "list",
                                      "locale",
                                      "map",
                                      "memory",
                                      "memory_resource",
                                      "mutex",
                                      "new",
                                      "numbers",
                                      "numeric",
                                      "optional",
                                      "ostream",
                                      "queue",
                                      "random",
                                      "ranges",
                                      "ratio",
                                      "regex",
                                      "semaphore",
                                      "set",
                                      "shared_mutex",
                                      "source_location",
                                      "span",
                                      "sstream",
                                      "stack",
                                      "stdexcept",
                                      "stop_token",
                                      "streambuf",
                                      "string",
                                      "string_view",
                                      "system_error",
                                      "thread",
                                      "tuple",
                                      "type_traits",
                                      "typeindex",
                                      "typeinfo",
                                      "unordered_map",
                                      "unordered_set",
                                      "utility",
                                      "valarray",
                                      "variant",
                                      "vector",
                                      "version"};

struct Include {
    std::string name;
    bool ours = false; // "..." rather than <...>
};

std::vector<Include> includes_of(const SourceFile& file) {
    static const std::regex line(R"re((?:^|\n)\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    std::vector<Include> out;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), line), end; it != end; ++it)
        out.push_back({(*it)[2], (*it)[1] == "\""});
    return out;
}

const Owner* owner_of(const std::string& header) {
    for (const auto& owner : kOwners)
        if (header.starts_with(owner.header)) return &owner;
    return nullptr;
}

// fmt and the system's own headers bring no types of a library into an interface.
bool third_party(const std::string& header) {
    if (kStandard.contains(header)) return false;
    const auto* owner = owner_of(header);
    return !owner || owner->folders.size() < 3;
}

} // namespace

TEST_CASE("folders include only downwards") {
    const auto files = sources();
    REQUIRE(files.size() > 20);
    for (const auto& file : files) {
        INFO(file.path);
        REQUIRE(kBelow.contains(file.folder));
        for (const auto& include : includes_of(file)) {
            if (!include.ours) continue;
            INFO("includes \"" << include.name << "\"");
            const auto slash = include.name.find('/');
            REQUIRE(slash != std::string::npos); // written from src/: "geo/point.hpp"
            const auto folder = include.name.substr(0, slash);
            const bool allowed = folder == file.folder || kBelow.at(file.folder).contains(folder) ||
                                 kExceptions.contains({file.path, folder});
            CHECK(allowed);
        }
    }
}

TEST_CASE("libraries are used in their own folder only") {
    for (const auto& file : sources())
        for (const auto& include : includes_of(file)) {
            if (include.ours || kStandard.contains(include.name)) continue;
            INFO(file.path << " includes <" << include.name << ">");
            const auto* owner = owner_of(include.name);
            REQUIRE(owner); // a new library: say in kOwners which folder may use it
            CHECK(owner->folders.contains(file.folder));
        }
}

TEST_CASE("headers that other folders see show no types of a library") {
    std::map<std::string, const SourceFile*> by_path;
    const auto files = sources();
    for (const auto& file : files) by_path[file.path] = &file;
    // Everything each file sees, through headers of any folder.
    for (const auto& file : files) {
        if (file.folder == "gui") continue;
        std::set<std::string> seen;
        std::vector<std::string> open{file.path};
        while (!open.empty()) {
            const auto path = open.back();
            open.pop_back();
            if (!seen.insert(path).second || !by_path.contains(path)) continue;
            for (const auto& include : includes_of(*by_path.at(path)))
                if (include.ours) open.push_back(include.name);
        }
        for (const auto& path : seen) {
            const auto header = by_path.find(path);
            if (header == by_path.end() || header->second->folder == file.folder) continue;
            for (const auto& include : includes_of(*header->second)) {
                INFO(file.path << " sees " << path << ", which includes <" << include.name << ">");
                CHECK((include.ours || !third_party(include.name)));
            }
        }
    }
}

TEST_CASE("a source includes its own header first") {
    const auto files = sources();
    for (const auto& file : files) {
        const auto own = file.path.substr(0, file.path.rfind('.')) + ".hpp";
        const auto is_own = [&](const auto& other) { return other.path == own; };
        if (file.header || std::none_of(files.begin(), files.end(), is_own)) continue;
        INFO(file.path);
        const auto includes = includes_of(file);
        REQUIRE_FALSE(includes.empty());
        CHECK(includes.front().name == own);
    }
}

TEST_CASE("every header says its purpose and is read once") {
    for (const auto& file : sources()) {
        if (!file.header) continue;
        INFO(file.path);
        CHECK(file.text.starts_with("// "));
        CHECK(file.text.find("\n#pragma once\n") != std::string::npos);
        CHECK(file.text.find("using namespace") == std::string::npos);
    }
}

TEST_CASE("namespaces are the folders") {
    for (const auto& file : sources()) {
        if (file.path.ends_with("/main.cpp")) continue;
        INFO(file.path);
        CHECK(file.text.find("namespace diaban::" + file.folder) != std::string::npos);
    }
}
