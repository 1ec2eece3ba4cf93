#include "base/paths.hpp"

#include "base/system_reason.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/written.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <system_error>
#include <unistd.h>

namespace diaban::base {
namespace fs = std::filesystem;
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

fs::path executable_folder() {
    std::error_code failed;
    const auto self = fs::read_symlink("/proc/self/exe", failed);
    return failed ? fs::path() : self.parent_path();
}

fs::path user_folder(const char* variable, const char* under_home) {
    fs::path base = environment(variable);
    if (!base.is_absolute()) { // the XDG specification: a relative path there is to be ignored
        const auto home = environment("HOME");
        if (home.empty()) return {};
        base = fs::path(home) / under_home;
    }
    base /= "diaban";
    std::error_code failed;
    fs::create_directories(base, failed);
    if (failed || access(base.c_str(), W_OK) != 0) return {};
    return base;
}

[[noreturn]] void cannot_write(const fs::path& target, int reason) {
    throw Error(ErrorKind::Write, "error.file.cannot_write",
                {{"file", target.string()}, {"reason", system_reason(reason)}});
}

} // namespace

fs::path asset(std::string_view relative) {
    const auto here = executable_folder();
    // Shaders lie beside assets/ in the source tree, catalogues are made by the build.
    const std::array<fs::path, 5> folders{
        here / "share" / "diaban", here / ".." / "share" / "diaban", fs::path(DIABAN_BUILD_SHARE),
        fs::path(DIABAN_SOURCE_DIR) / "assets", fs::path(DIABAN_SOURCE_DIR)};
    std::error_code ignored;
    for (const auto& folder : folders)
        if (auto candidate = folder / relative; fs::exists(candidate, ignored)) return candidate;
    throw Error(
        ErrorKind::Input, "error.asset.missing",
        {{"file", std::string(relative)}, {"folder", folders[1].lexically_normal().string()}});
}

fs::path cache_folder() {
    return user_folder("XDG_CACHE_HOME", ".cache");
}
fs::path settings_folder() {
    return user_folder("XDG_CONFIG_HOME", ".config");
}
std::string lower_extension(const fs::path& file) {
    return lower(file.extension().string());
}

std::string version() {
    return DIABAN_VERSION;
}

void write_atomically(const fs::path& target, const std::function<void(const fs::path&)>& write) {
    std::error_code failed;
    // What a link points to is replaced, not the link.
    const auto place =
        fs::is_symlink(target, failed) ? fs::weakly_canonical(target, failed) : target;
    const auto old = fs::status(place, failed);
    if (fs::exists(old) && !fs::is_regular_file(old) && !fs::is_directory(old)) {
        write(place); // a pipe or a device cannot be replaced by a file
        return;
    }
    // Same folder, so that the rename stays within one file system; the extension stays last
    // because some writers choose their format by it.
    static std::atomic<unsigned> serial{0};
    auto temporary = place;
    temporary.replace_filename(fmt::format(".{}.part{}_{}{}", place.stem().string(), getpid(),
                                           serial++, place.extension().string()));
    try {
        write(temporary);
    } catch (...) {
        fs::remove(temporary, failed);
        throw;
    }
    if (fs::is_regular_file(old)) fs::permissions(temporary, old.permissions(), failed);
    fs::rename(temporary, place, failed);
    if (failed) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        cannot_write(target, failed.value());
    }
    note_written(target);
}

void write_file(const fs::path& target, std::string_view content) {
    write_atomically(target, [&](const fs::path& temporary) {
        errno = 0;
        std::ofstream out(temporary, std::ios::binary);
        out.write(content.data(), static_cast<std::streamsize>(content.size()));
        out.flush();
        if (!out) cannot_write(target, errno);
    });
}

std::string read_file(const fs::path& source) {
    errno = 0;
    std::ifstream in(source, std::ios::binary);
    std::ostringstream content;
    if (in) content << in.rdbuf();
    if (!in || fs::is_directory(source))
        throw Error(ErrorKind::Input, "error.file.cannot_read",
                    {{"file", source.string()}, {"reason", system_reason(errno ? errno : EISDIR)}});
    return std::move(content).str();
}

void check_exists(const fs::path& file) {
    std::error_code unknown;
    if (fs::exists(file, unknown)) return;
    if (unknown)
        throw Error(ErrorKind::Input, "error.file.cannot_read",
                    {{"file", file.string()}, {"reason", system_reason(unknown)}});
    throw Error(ErrorKind::Input, "error.file.missing", {{"file", file.string()}});
}

bool has_display() {
    return !environment("DISPLAY").empty() || !environment("WAYLAND_DISPLAY").empty();
}

std::string environment_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto value = environment(name);
        if (value.empty()) continue;
        return value.starts_with("vi") || value == "C" || value.starts_with("C.") ||
                       value == "POSIX"
                   ? "vi"
                   : "en";
    }
    return "vi";
}

bool is_terminal(int file_descriptor) {
    return isatty(file_descriptor) != 0;
}

} // namespace diaban::base
