#include "app/clipboard.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace diaban::app {
namespace {

constexpr std::chrono::seconds kHelperLimit{10};

// Runs a program with a file as its input. True if it ended well.
bool helper_takes(std::vector<std::string> words, const std::filesystem::path& input) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return false;
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
    for (const int out : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions, out, "/dev/null", O_WRONLY, 0);
    pid_t helper = 0;
    const bool runs =
        posix_spawnp(&helper, arguments.front(), &actions, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    if (!runs) return false;
    int status = 0;
    pid_t ended = 0;
    const auto limit = std::chrono::steady_clock::now() + kHelperLimit;
    while ((ended = waitpid(helper, &status, WNOHANG)) == 0) {
        if (std::chrono::steady_clock::now() > limit) {
            kill(helper, SIGKILL);
            waitpid(helper, &status, 0);
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return ended == helper && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool has_variable(const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
}

} // namespace

bool picture_to_clipboard(const std::filesystem::path& png) {
    return (has_variable("WAYLAND_DISPLAY") &&
            helper_takes({"wl-copy", "--type", "image/png"}, png)) ||
           (has_variable("DISPLAY") &&
            helper_takes({"xclip", "-selection", "clipboard", "-t", "image/png"}, png));
}

std::filesystem::path unused_name(const std::filesystem::path& file) {
    std::error_code none;
    auto out = file;
    for (int n = 2; std::filesystem::exists(out, none); ++n)
        out.replace_filename(file.stem().string() + "_" + std::to_string(n) +
                             file.extension().string());
    return out;
}

} // namespace diaban::app
