#include "files/sqlite.hpp"

#include "base/paths.hpp"
#include "base/system_reason.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>

#include <sys/stat.h>

// spatialite.h needs the types of sqlite3.h.
#include <sqlite3.h>

#include <spatialite.h>

namespace diaban::files {
namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

namespace {

constexpr std::string_view kSqliteMagic("SQLite format 3\0", 16);
constexpr int kBusyTimeoutMs = 1500;
constexpr int kWriterTimeoutMs = 15'000;  // another import may be merging
constexpr int kOpsBetweenChecks = 20'000; // virtual machine steps, well under a millisecond

// POSIX drops all locks of a process on a file as soon as it closes any handle on it, so files that
// this process writes to are opened by SQLite alone.
class FilesBeingWritten {
public:
    using Id = std::pair<dev_t, ino_t>;
    static std::optional<Id> id_of(const fs::path& file) {
        struct stat info {};
        if (stat(file.c_str(), &info) != 0) return std::nullopt;
        return Id{info.st_dev, info.st_ino};
    }
    void add(Id id) {
        const std::lock_guard lock(mutex_);
        ids_.insert(id);
    }
    void remove(Id id) {
        const std::lock_guard lock(mutex_);
        if (const auto found = ids_.find(id); found != ids_.end()) ids_.erase(found);
    }
    bool contains(const fs::path& file) {
        const std::lock_guard lock(mutex_);
        const auto id = id_of(file);
        return id && ids_.contains(*id);
    }

private:
    std::mutex mutex_;
    std::multiset<Id> ids_;
};

FilesBeingWritten& being_written() {
    static FilesBeingWritten files;
    return files;
}

std::string header_of(const fs::path& file) {
    if (being_written().contains(file)) return std::string(kSqliteMagic);
    std::ifstream in(file, std::ios::binary);
    std::array<char, 100> bytes{};
    in.read(bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(in.gcount())};
}

// Percent-encodes what has a meaning in an SQLite URI.
std::string uri_of(const fs::path& file, std::string_view options) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : fs::absolute(file).string()) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
        } else {
            uri += c;
        }
    }
    return uri.append("?").append(options);
}

fs::path beside(const fs::path& file, const char* suffix) {
    return fs::path(file.string() + suffix);
}

bool has_content(const fs::path& file) {
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    return !missing && size > 0;
}

// Reading a database in WAL mode the usual way creates -wal and -shm files beside it. With nothing
// waiting in a -wal file the main file is complete and can be read as immutable. With changes
// waiting, a -shm file tells that another program has it open, and we can share it.
bool read_as_immutable(const fs::path& file, std::string_view header) {
    constexpr std::size_t kWriteVersion = 18;
    const bool wal_mode = header.size() > kWriteVersion && header[kWriteVersion] == 2;
    if (!wal_mode) return false;
    if (!has_content(beside(file, "-wal"))) return true;
    std::error_code ignored;
    if (!fs::exists(beside(file, "-shm"), ignored))
        throw Error(ErrorKind::Database, "error.database.unfinished", {{"file", file.string()}});
    return false;
}

[[noreturn]] void fail(sqlite3* handle, int code, const std::string& file) {
    const std::string reason = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    switch (code & 0xFF) {
    case SQLITE_INTERRUPT:
        throw base::Cancelled{};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error(ErrorKind::Database, "error.database.locked", {{"file", file}});
    case SQLITE_NOTADB:
        throw Error(ErrorKind::Database, "error.database.not_a_database", {{"file", file}});
    case SQLITE_CORRUPT:
        throw Error(ErrorKind::Database, "error.database.damaged",
                    {{"file", file}, {"reason", reason}});
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
        if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY)
            throw Error(ErrorKind::Database, "error.database.unfinished", {{"file", file}});
        if (code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ)
            throw Error(ErrorKind::Database, "error.database.damaged",
                        {{"file", file}, {"reason", reason}});
        throw Error(ErrorKind::Write, "error.file.cannot_write",
                    {{"file", file}, {"reason", reason}});
    default:
        throw Error(ErrorKind::Database, "error.database.failed",
                    {{"file", file}, {"reason", reason}});
    }
}

int asked_to_stop(void* ctx) {
    return static_cast<base::JobContext*>(ctx)->cancelled() ? 1 : 0;
}

void watch(sqlite3* handle, base::JobContext* ctx) {
    if (ctx) sqlite3_progress_handler(handle, kOpsBetweenChecks, asked_to_stop, ctx);
}

} // namespace

bool looks_like_sqlite(const fs::path& file) {
    return header_of(file).starts_with(kSqliteMagic);
}

bool named_like_sqlite(const fs::path& file) {
    static const std::set<std::string> kNames{".sqlite", ".sqlite3",    ".db",  ".db3",
                                              ".gpkg",   ".spatialite", ".s3db"};
    return kNames.contains(base::lower_extension(file));
}

namespace {
std::string quoted(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote) out += quote;
        out += c;
    }
    return out += quote;
}
} // namespace

std::string quoted_name(std::string_view name) {
    return quoted(name, '"');
}
std::string quoted_text(std::string_view text) {
    return quoted(text, '\'');
}

// ---------------------------------------------------------------------------------------------
// Statement

Statement::~Statement() {
    sqlite3_finalize(handle_);
}

namespace {
void checked(sqlite3_stmt* statement, int code, const std::string& file) {
    if (code != SQLITE_OK)
        fail(sqlite3_db_handle(statement), sqlite3_extended_errcode(sqlite3_db_handle(statement)),
             file);
}
} // namespace

Statement& Statement::bind(int parameter, std::int64_t value) {
    checked(handle_, sqlite3_bind_int64(handle_, parameter, value), file_);
    return *this;
}
Statement& Statement::bind(int parameter, double value) {
    checked(handle_, sqlite3_bind_double(handle_, parameter, value), file_);
    return *this;
}
Statement& Statement::bind(int parameter, std::string_view text) {
    checked(handle_,
            sqlite3_bind_text64(handle_, parameter, text.data() ? text.data() : "", text.size(),
                                SQLITE_TRANSIENT, SQLITE_UTF8),
            file_);
    return *this;
}
Statement& Statement::bind_texts(std::initializer_list<std::string_view> texts) {
    int parameter = 1;
    for (const auto text : texts) bind(parameter++, text);
    return *this;
}
Statement& Statement::bind_blob(int parameter, std::span<const std::uint8_t> bytes) {
    checked(handle_,
            sqlite3_bind_blob64(handle_, parameter, bytes.data(), bytes.size(), SQLITE_TRANSIENT),
            file_);
    return *this;
}
Statement& Statement::bind_null(int parameter) {
    checked(handle_, sqlite3_bind_null(handle_, parameter), file_);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3* const database = sqlite3_db_handle(handle_);
    fail(database, sqlite3_extended_errcode(database), file_);
}

void Statement::run() {
    while (step()) {
    }
    sqlite3_reset(handle_);
}

void Statement::reset() {
    sqlite3_reset(handle_);
}

int Statement::columns() const {
    return sqlite3_column_count(handle_);
}

std::string Statement::column_name(int column) const {
    const char* name = sqlite3_column_name(handle_, column);
    return name ? name : "";
}

Statement::Type Statement::type(int column) const {
    switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER:
        return Type::Integer;
    case SQLITE_FLOAT:
        return Type::Real;
    case SQLITE_TEXT:
        return Type::Text;
    case SQLITE_BLOB:
        return Type::Blob;
    default:
        return Type::Null;
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}
double Statement::real(int column) const {
    return sqlite3_column_double(handle_, column);
}

std::string_view Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    if (!text) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::span<const std::uint8_t> Statement::blob(int column) const {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
    return {bytes, static_cast<std::size_t>(bytes ? sqlite3_column_bytes(handle_, column) : 0)};
}

// ---------------------------------------------------------------------------------------------
// Database

struct Database::Handles {
    sqlite3* database = nullptr;
    void* spatialite = nullptr; // cache of the SpatiaLite functions, owned by this connection
    std::optional<FilesBeingWritten::Id> writes;
    ~Handles() {
        sqlite3_close(database);
        if (writes) being_written().remove(*writes);
        if (spatialite) spatialite_cleanup_ex(spatialite);
    }
};

Database::Database(std::unique_ptr<Handles> handles, fs::path file)
    : handles_(std::move(handles)), file_(std::move(file)) {}
Database::Database(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::open_read_only(const fs::path& file, base::JobContext* ctx) {
    const auto name = file.string();
    std::error_code failed;
    base::check_exists(file);
    const auto header = header_of(file);
    if (header.empty()) {
        if (has_content(file) || fs::is_directory(file, failed))
            throw Error(ErrorKind::Input, "error.file.cannot_read",
                        {{"file", name},
                         {"reason",
                          base::system_reason(fs::is_directory(file, failed) ? EISDIR : EACCES)}});
        throw Error(ErrorKind::Input, "error.file.empty", {{"file", name}});
    }
    if (!std::string_view(header).starts_with(kSqliteMagic))
        throw Error(ErrorKind::Database, "error.database.not_a_database", {{"file", name}});

    auto handles = std::make_unique<Handles>();
    const auto uri =
        uri_of(file, read_as_immutable(file, header) ? "mode=ro&immutable=1" : "mode=ro");
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    if (const int code = sqlite3_open_v2(uri.c_str(), &handles->database, flags, nullptr))
        fail(handles->database, code, name);
    sqlite3_extended_result_codes(handles->database, 1);
    sqlite3_busy_timeout(handles->database, kBusyTimeoutMs);
    Database database(std::move(handles), file);
    // Touch the schema now, so that a lock or a damaged file is reported here.
    database.integer("SELECT count(*) FROM sqlite_master");
    watch(database.handles_->database, ctx);
    return database;
}

Database Database::create_spatial(const fs::path& file, const fs::path& shown_as,
                                  base::JobContext* ctx) {
    auto handles = std::make_unique<Handles>();
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(file.c_str(), &handles->database, flags, nullptr) != SQLITE_OK)
        throw Error(ErrorKind::Write, "error.file.cannot_write",
                    {{"file", shown_as.string()}, {"reason", sqlite3_errmsg(handles->database)}});
    sqlite3_extended_result_codes(handles->database, 1);
    watch(handles->database, ctx);
    Database database(std::move(handles), shown_as);
    database.load_spatial();
    return database;
}

void Database::load_spatial() const {
    if (handles_->spatialite) return;
    handles_->spatialite = spatialite_alloc_connection();
    spatialite_init_ex(handles_->database, handles_->spatialite, 0);
}

Database Database::open_read_write(const fs::path& file, base::JobContext* ctx) {
    try {
        open_read_only(file); // says what is wrong with the file, if anything
    } catch (const Error& error) {
        // What a killed program left is rolled back by whoever may write, which is us.
        if (error.message.key != "error.database.unfinished") throw;
    }
    auto handles = std::make_unique<Handles>();
    handles->writes = FilesBeingWritten::id_of(file);
    if (handles->writes) being_written().add(*handles->writes);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (const int code = sqlite3_open_v2(file.c_str(), &handles->database, flags, nullptr))
        fail(handles->database, code, file.string());
    sqlite3_extended_result_codes(handles->database, 1);
    sqlite3_busy_timeout(handles->database, kWriterTimeoutMs);
    if (sqlite3_db_readonly(handles->database, "main") == 1)
        throw Error(ErrorKind::Write, "error.file.cannot_write",
                    {{"file", file.string()}, {"reason", base::system_reason(EACCES)}});
    Database database(std::move(handles), file);
    database.execute("PRAGMA foreign_keys = ON; PRAGMA cache_spill = OFF;");
    watch(database.handles_->database, ctx);
    return database;
}

void Database::copy_to(const fs::path& target, const fs::path& shown_as) const {
    std::error_code ignored;
    fs::remove(target, ignored);
    sqlite3* copy = nullptr;
    int code =
        sqlite3_open_v2(target.c_str(), &copy,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code == SQLITE_OK) {
        // Read through a connection of its own: SQLite does not copy from one that is writing.
        const auto source = open_read_only(file_);
        auto* backup = sqlite3_backup_init(copy, "main", source.handles_->database, "main");
        if (backup) {
            sqlite3_backup_step(backup, -1);
            code = sqlite3_backup_finish(backup);
        } else {
            code = sqlite3_errcode(copy);
        }
    }
    const std::string reason = sqlite3_errstr(code);
    sqlite3_close(copy);
    if (code == SQLITE_OK) return;
    fs::remove(target, ignored);
    throw Error(ErrorKind::Write, "error.file.cannot_write",
                {{"file", shown_as.string()}, {"reason", reason}});
}

Statement Database::prepare(std::string_view sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handles_->database, sql.data(), static_cast<int>(sql.size()), &statement,
                           nullptr) != SQLITE_OK)
        fail(handles_->database, sqlite3_extended_errcode(handles_->database), file_.string());
    return {statement, file_.string()};
}

void Database::execute(const std::string& sql) const {
    if (sqlite3_exec(handles_->database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(handles_->database, sqlite3_extended_errcode(handles_->database), file_.string());
}

std::int64_t Database::integer(std::string_view sql) const {
    auto statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(std::string_view sql) const {
    auto statement = prepare(sql);
    return statement.step() ? std::string(statement.text(0)) : std::string();
}

std::size_t Database::changes() const {
    return static_cast<std::size_t>(integer("SELECT changes()"));
}

sqlite3* Database::handle() const {
    return handles_->database;
}

bool Database::has_table(std::string_view name) const {
    auto found = prepare("SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') "
                         "AND name = ?1 COLLATE NOCASE");
    found.bind(1, name);
    return found.step();
}

// ---------------------------------------------------------------------------------------------
// Transaction

Transaction::Transaction(const Database& database, Kind kind) : database_(database) {
    database_.execute(kind == Kind::Immediate ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (...) {
        // SQLite has rolled back by itself (disk full, interrupted).
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

} // namespace diaban::files
