#include "support/anyone.hpp"

#include "support/temp.hpp"

namespace diaban::test {
namespace {

namespace fs = std::filesystem;

bool others_may_enter(const fs::path& folder) {
    return (fs::status(folder).permissions() & fs::perms::others_exec) != fs::perms::none;
}

bool reachable(const fs::path& file) {
    for (auto folder = fs::canonical(file).parent_path();; folder = folder.parent_path()) {
        if (!others_may_enter(folder)) return false;
        if (folder == folder.root_path()) return true;
    }
}

void open_to_others(const fs::path& folder) {
    constexpr auto kRead = fs::perms::others_read | fs::perms::others_exec;
    fs::permissions(folder, kRead, fs::perm_options::add);
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        fs::permissions(entry.path(), kRead, fs::perm_options::add);
}

// Laid out as an installed program is.
fs::path copied(const fs::path& program, const fs::path& prefix) {
    const fs::path tree = DIABAN_TREE, share = prefix / "share" / "diaban";
    constexpr auto kWhole = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
    fs::create_directories(prefix / "bin");
    fs::create_directories(share);
    const auto copy = prefix / "bin" / program.filename();
    fs::copy_file(program, copy);
    fs::copy(program.parent_path().parent_path() / "share" / "diaban", share, kWhole);
    fs::copy(tree / "assets", share, kWhole);
    fs::copy(tree / "shaders", share / "shaders", kWhole);
    open_to_others(prefix);
    return copy;
}

} // namespace

fs::path for_anyone(const fs::path& program) {
    if (reachable(program)) return program;
    static const TempFolder prefix;
    static const fs::path copy = copied(program, prefix.path());
    return copy;
}

} // namespace diaban::test
