#include "files/store_update.hpp"

#include "base/error.hpp"
#include "base/system_reason.hpp"
#include "files/store.hpp"
#include "files/store_schema.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

fs::path backup_name(const fs::path& file, std::int64_t version) {
    auto name = file;
    name.replace_extension(fmt::format(".v{}{}", version, file.extension().string()));
    std::error_code ignored;
    for (int copy = 2; fs::exists(name, ignored); ++copy)
        name.replace_extension(fmt::format("_{}{}", copy, file.extension().string()));
    return name;
}

// A link is followed, so that what takes the store's place does not replace the link.
fs::path real_path(const fs::path& file) {
    std::error_code failed;
    auto real = fs::canonical(file, failed);
    return failed ? file : real;
}

void sync(const fs::path& path, const fs::path& shown_as) {
    const int handle = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = handle >= 0 && fsync(handle) == 0;
    const int reason = errno;
    if (handle >= 0) close(handle);
    if (!synced)
        throw base::Error(base::ErrorKind::Write, "error.file.cannot_write",
                          {{"file", shown_as.string()}, {"reason", base::system_reason(reason)}});
}

void raise(const Database& database, std::int64_t version) {
    if (version < kStoreVersion) raise_schema(database, static_cast<int>(version));
}

// True if the header of the file has our application id, in the bytes 68 to 71.
bool has_store_id(const fs::path& file) {
    std::array<unsigned char, 72> header{};
    std::ifstream in(file, std::ios::binary);
    in.read(reinterpret_cast<char*>(header.data()), header.size());
    std::uint32_t id = 0;
    for (std::size_t i = 68; i < header.size(); ++i) id = id << 8 | header[i];
    return in && id == static_cast<std::uint32_t>(kApplicationId);
}

// Copies that killed imports left. Whoever holds the lock on the store is the only one to make any.
void remove_stale_copies(const fs::path& file) {
    std::error_code failed;
    const auto folder = file.parent_path().empty() ? fs::path(".") : file.parent_path();
    const auto start = file.filename().string() + ".";
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(start) || !name.ends_with(".tmp")) continue;
        const auto middle = name.substr(start.size(), name.size() - start.size() - 4);
        if (middle.find_first_not_of("0123456789") == std::string::npos)
            fs::remove(entry.path(), failed);
    }
}

// Makes the change in a copy and puts it in the store's place, while the lock on the store keeps
// other writers out. Nobody reads the copy, so it needs no journal.
void change_copy(const Database& store, const fs::path& file, std::int64_t version,
                 const std::function<bool(const Database&)>& change, base::JobContext& ctx) {
    const fs::path copy = file.string() + fmt::format(".{}.tmp", getpid());
    struct Removed {
        const fs::path& file;
        ~Removed() {
            std::error_code ignored;
            fs::remove(file, ignored);
        }
    } const removed{copy};
    remove_stale_copies(file);
    store.copy_to(copy, file);
    {
        const auto database = Database::open_read_write(copy, &ctx);
        // Cells are merged in the order of their key, so 32 MB of pages are more than are in use at
        // a time; what was read of the file is in memory beside them.
        database.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                         "PRAGMA cache_spill = ON; PRAGMA cache_size = -32768;");
        Transaction transaction(database);
        raise(database, version);
        if (!change(database)) return;
        ctx.check();
        transaction.commit();
    }
    sync(copy, file);
    std::error_code failed;
    fs::permissions(copy, fs::status(file).permissions(), failed);
    fs::rename(copy, file, failed);
    if (failed)
        throw base::Error(base::ErrorKind::Write, "error.file.cannot_write",
                          {{"file", file.string()}, {"reason", base::system_reason(failed)}});
    sync(file.parent_path().empty() ? fs::path(".") : file.parent_path(), file);
}

} // namespace

Database open_store(const fs::path& file, base::JobContext* ctx) {
    try {
        return Database::open_read_only(file, ctx);
    } catch (const base::Error& error) {
        if (error.message.key != "error.database.unfinished" || !has_store_id(file)) throw;
    }
    Database::open_read_write(file).integer("SELECT count(*) FROM sqlite_master");
    return Database::open_read_only(file, ctx);
}

StoreUpdate update_store(const fs::path& given, ChangeSize size,
                         const std::function<bool(const Database&)>& change,
                         base::JobContext& ctx) {
    StoreUpdate update;
    std::error_code ignored;
    for (const auto file = real_path(given);;) {
        const auto opened = fs::last_write_time(file, ignored);
        const auto database = Database::open_read_write(file, &ctx);
        Transaction transaction(database, Transaction::Kind::Immediate);
        // Another import may have put a new file in its place while we waited for the lock.
        if (fs::last_write_time(file, ignored) != opened) continue;
        const auto version = require_store(database);
        if (version < kStoreVersion && update.backup.empty()) {
            const auto backup = backup_name(file, version);
            database.copy_to(backup, backup);
            sync(backup, backup);
            update.backup = backup;
        }
        if (size == ChangeSize::Large) {
            change_copy(database, file, version, change, ctx);
            return update;
        }
        raise(database, version);
        if (!change(database)) break;
        ctx.check();
        transaction.commit();
        return update;
    }
    // Nothing changed, so neither did the schema.
    if (!update.backup.empty()) fs::remove(update.backup, ignored);
    return {};
}

std::size_t update_rows(const fs::path& file, base::JobContext& ctx,
                        const std::function<std::size_t(const Database&)>& change) {
    std::size_t count = 0;
    update_store(
        file, ChangeSize::Small,
        [&](const Database& database) {
            count = change(database);
            return count > 0;
        },
        ctx);
    return count;
}

} // namespace diaban::files
