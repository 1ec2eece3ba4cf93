#include "base/paths.hpp"

#include "base/error.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace diaban::base;
using diaban::test::TempFolder;
namespace fs = std::filesystem;

namespace {

// Sets environment variables as long as a test runs.
class Environment {
public:
    using Values = std::vector<std::pair<const char*, std::optional<std::string>>>;
    explicit Environment(const Values& values) {
        for (const auto& [name, value] : values) {
            const char* old = std::getenv(name);
            old_.emplace_back(name, old ? std::optional<std::string>(old) : std::nullopt);
            set(name, value);
        }
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() {
        for (const auto& [name, value] : old_) set(name, value);
    }

private:
    static void set(const char* name, const std::optional<std::string>& value) {
        value ? setenv(name, value->c_str(), 1) : unsetenv(name);
    }
    Values old_;
};

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

ErrorKind kind_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.kind;
    }
    return ErrorKind::Bug;
}

} // namespace

TEST_CASE("a file is written whole and read back") {
    TempFolder folder;
    const std::string content("a\0b\r\n\xFF", 6);
    write_file(folder / "tên có dấu.bin", content);
    CHECK(read_file(folder / "tên có dấu.bin") == content);
    write_file(folder / "tên có dấu.bin", "");
    CHECK(read_file(folder / "tên có dấu.bin").empty());
    CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("a failed write leaves the old file and nothing else") {
    TempFolder folder;
    write_file(folder / "a.txt", "old");
    struct Stop {};
    CHECK_THROWS_AS(write_atomically(folder / "a.txt",
                                     [](const fs::path& temporary) {
                                         std::ofstream(temporary) << "half";
                                         throw Stop{};
                                     }),
                    Stop);
    CHECK(read_file(folder / "a.txt") == "old");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"a.txt"});
}

TEST_CASE("the temporary lies beside the target and keeps its extension") {
    TempFolder folder;
    write_atomically(folder / "map.2015.png", [&](const fs::path& temporary) {
        CHECK(temporary.parent_path() == folder.path());
        CHECK(temporary.extension() == ".png");
        CHECK(temporary.filename().string().front() == '.');
        std::ofstream(temporary) << "x";
    });
    CHECK(read_file(folder / "map.2015.png") == "x");
}

TEST_CASE("a relative name without folder is written where we stand") {
    TempFolder folder;
    const auto back = fs::current_path();
    fs::current_path(folder.path());
    write_file("plain.txt", "here");
    fs::current_path(back);
    CHECK(read_file(folder / "plain.txt") == "here");
}

TEST_CASE("two writers of one file do not meet in the temporary") {
    TempFolder folder;
    write_atomically(folder / "a.txt", [&](const fs::path& outer) {
        std::ofstream(outer) << "outer";
        write_atomically(folder / "a.txt", [&](const fs::path& inner) {
            CHECK(inner != outer);
            std::ofstream(inner) << "inner";
        });
    });
    CHECK(read_file(folder / "a.txt") == "outer");
}

TEST_CASE("an existing file keeps its permissions") {
    TempFolder folder;
    write_file(folder / "a.txt", "old");
    fs::permissions(folder / "a.txt", fs::perms(0640));
    write_file(folder / "a.txt", "new");
    CHECK(fs::status(folder / "a.txt").permissions() == fs::perms(0640));
}

TEST_CASE("a link stays a link: what it points to is replaced") {
    TempFolder folder;
    write_file(folder / "real.txt", "old");
    fs::create_symlink("real.txt", folder / "link.txt");
    write_file(folder / "link.txt", "new");
    CHECK(fs::is_symlink(folder / "link.txt"));
    CHECK(read_file(folder / "real.txt") == "new");
}

TEST_CASE("a pipe is written to, not replaced") {
    TempFolder folder;
    const auto pipe = folder / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    std::string received;
    std::thread reader([&] {
        std::ifstream in(pipe);
        std::getline(in, received);
    });
    write_file(pipe, "through\n");
    reader.join();
    CHECK(received == "through");
    CHECK(fs::is_fifo(pipe));
}

TEST_CASE("a full device is a write error with its reason") {
    if (!fs::exists("/dev/full")) {
        WARN("skipped: this system has no /dev/full");
        return;
    }
    try {
        write_file("/dev/full", "more than fits");
        FAIL("nothing was thrown");
    } catch (const Error& error) {
        CHECK(error.kind == ErrorKind::Write);
        CHECK(error.message.key == "error.file.cannot_write");
        CHECK(std::get<std::string>(error.message.args[0].second) == "/dev/full");
        CHECK(std::get<std::string>(error.message.args[1].second) == "reason.disk_full");
    }
    CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("what cannot be written is a write error") {
    TempFolder folder;
    CHECK(kind_of([&] { write_file(folder / "no" / "such" / "folder.txt", "x"); }) ==
          ErrorKind::Write);
    CHECK(kind_of([&] { write_file(folder.path(), "x"); }) == ErrorKind::Write);
    CHECK(kind_of([&] { write_atomically(folder / "never.txt", [](const fs::path&) {}); }) ==
          ErrorKind::Write);
    CHECK(names_in(folder.path()).empty());
    if (geteuid() == 0) {
        WARN("skipped: root may write into a folder that is closed");
    } else {
        fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
        CHECK(kind_of([&] { write_file(folder / "a.txt", "x"); }) == ErrorKind::Write);
        fs::permissions(folder.path(), fs::perms::owner_all);
    }
}

TEST_CASE("what cannot be read is an input error") {
    TempFolder folder;
    CHECK(kind_of([&] { read_file(folder / "missing"); }) == ErrorKind::Input);
    CHECK(kind_of([&] { read_file(folder.path()); }) == ErrorKind::Input);
    CHECK(kind_of([&] { read_file(""); }) == ErrorKind::Input);
}

TEST_CASE("shipped files are found, missing ones are named") {
    CHECK(fs::exists(asset("locale/vi.mo")));
    CHECK(fs::exists(asset("locale/en.mo")));
    try {
        asset("locale/no_such_language.mo");
        FAIL("nothing was thrown");
    } catch (const Error& error) {
        CHECK(error.kind == ErrorKind::Input);
        CHECK(error.message.key == "error.asset.missing");
        CHECK(std::get<std::string>(error.message.args[0].second) == "locale/no_such_language.mo");
    }
    const auto number = version();
    CHECK(std::count(number.begin(), number.end(), '.') == 2);
}

TEST_CASE("user folders follow the environment and are made") {
    TempFolder folder;
    {
        Environment set({{"XDG_CACHE_HOME", (folder / "c").string()},
                         {"XDG_CONFIG_HOME", (folder / "s").string()}});
        CHECK(cache_folder() == folder / "c" / "diaban");
        CHECK(settings_folder() == folder / "s" / "diaban");
        CHECK(fs::is_directory(cache_folder()));
    }
    {
        Environment set({{"XDG_CACHE_HOME", std::nullopt}, {"HOME", folder.path().string()}});
        CHECK(cache_folder() == folder / ".cache" / "diaban");
    }
    { // The specification: a relative path in these variables is invalid and to be ignored.
        Environment set({{"XDG_CACHE_HOME", "relative"}, {"HOME", folder.path().string()}});
        CHECK(cache_folder() == folder / ".cache" / "diaban");
    }
    {
        Environment set({{"XDG_CACHE_HOME", std::nullopt}, {"HOME", std::nullopt}});
        CHECK(cache_folder().empty());
    }
    {
        write_file(folder / "file", "in the way");
        Environment set({{"XDG_CACHE_HOME", (folder / "file").string()}});
        CHECK(cache_folder().empty());
    }
}

TEST_CASE("the language comes from the locale") {
    const auto with = [](std::optional<std::string> all, std::optional<std::string> messages,
                         std::optional<std::string> lang) {
        Environment set({{"LC_ALL", all}, {"LC_MESSAGES", messages}, {"LANG", lang}});
        return environment_language();
    };
    CHECK(with({}, {}, {}) == "vi");
    CHECK(with({}, {}, "C.UTF-8") == "vi"); // no language chosen: the users' own
    CHECK(with({}, {}, "POSIX") == "vi");
    CHECK(with({}, {}, "vi_VN.UTF-8") == "vi");
    CHECK(with({}, {}, "en_US.UTF-8") == "en");
    CHECK(with({}, {}, "fr_FR.UTF-8") == "en");
    CHECK(with({}, "vi_VN", "en_US") == "vi");
    CHECK(with("en_GB", "vi_VN", "vi_VN") == "en");
    CHECK(with("", "", "en_US") == "en");
}

TEST_CASE("a display is told from none") {
    const Environment none({{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}});
    CHECK_FALSE(has_display());
    {
        Environment x11({{"DISPLAY", std::string(":0")}});
        CHECK(has_display());
    }
    Environment wayland({{"WAYLAND_DISPLAY", std::string("wayland-0")}});
    CHECK(has_display());
}

TEST_CASE("a pipe is no terminal") {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    CHECK_FALSE(is_terminal(ends[0]));
    close(ends[0]);
    close(ends[1]);
    CHECK_FALSE(is_terminal(-1));
}
