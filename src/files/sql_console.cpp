#include "files/sql_console.hpp"

#include "base/text.hpp"
#include "files/shape_guard.hpp"
#include "files/sqlite.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"
#include "geo/geos_bridge.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <mutex>
#include <set>
#include <sqlite3.h>
#include <unistd.h>

namespace diaban::files {
namespace {

using base::Error;
using base::ErrorKind;
using Clock = std::chrono::steady_clock;

constexpr int kLongestValue = 16 << 20; // bytes of one text or shape
constexpr int kLongestStatement = 1 << 20;
constexpr int kMostColumns = 500;
constexpr int kStepsBetweenLooks = 10'000; // virtual machine steps, well under a millisecond
// Of shapes that are being made. Other work of the window is counted with them, so it is plenty.
constexpr std::int64_t kMostShapeBytes = std::int64_t{1} << 30;
constexpr auto kBetweenWeighings = std::chrono::milliseconds(5);
constexpr const char* kPublicTable = "observation_text";

// Tables without counts of persons: what a public console may read of a store.
constexpr std::array<std::string_view, 35> kOpenTables{"meta",
                                                       "vintage",
                                                       "unit",
                                                       "indicator",
                                                       "category",
                                                       "period",
                                                       "state",
                                                       "place",
                                                       "crosswalk",
                                                       "catalogue",
                                                       "area",
                                                       "unit_name",
                                                       "assignment",
                                                       "rule",
                                                       "status",
                                                       "status_history",
                                                       "plan",
                                                       "target",
                                                       "saved_query",
                                                       "crosswalk_incomplete",
                                                       "sqlite_master",
                                                       "sqlite_schema",
                                                       "sqlite_temp_master",
                                                       "json_each",
                                                       "json_tree",
                                                       "geometry_columns",
                                                       "spatialindex",
                                                       "spatial_ref_sys",
                                                       "sqlite_temp_schema",
                                                       "knn",
                                                       "knn2",
                                                       "spatial_ref_sys_aux",
                                                       "vector_layers",
                                                       "pragma_table_info",
                                                       "elementarygeometries"};
// Questions about the schema; those with an argument take the name of a table.
constexpr std::array<std::string_view, 8> kOpenPragmas{
    "table_info",       "table_xinfo", "table_list",   "index_list",
    "foreign_key_list", "index_info",  "user_version", "application_id"};
constexpr std::array<std::string_view, 2> kPragmasWithoutArgument{"user_version", "application_id"};
// Beginnings of functions that load code, run text as SQL, or read and write files.
constexpr std::array<std::string_view, 12> kClosedFunctions{
    "load_extension", "eval",   "readfile", "writefile",  "edit",    "fts3_tokenizer",
    "export",         "import", "blobfrom", "blobtofile", "xb_load", "sqlproc_"};

template <class List> bool stands_in(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// What a statement wanted and was not given.
struct Refusal {
    const char* key = nullptr;
    std::string name;
};

struct Gate {
    bool all = false;
    std::set<std::string> there; // tables and views of the store, in small letters
    Refusal refusal;

    int refuse(const char* key, std::string name) {
        if (!refusal.key) refusal = {key, std::move(name)};
        return SQLITE_DENY;
    }
    int read(std::string_view table, std::string_view database) {
        const auto name = base::lower(table);
        // Of a table that is only counted the database is not told; the view of the same name would
        // not get past the tables below it. What the store does not have, the statement has made.
        const bool own = database != "main" && (name == kPublicTable || !there.contains(name));
        if (all || own || stands_in(kOpenTables, name) || name.starts_with("idx_") ||
            name.starts_with("pragma_"))
            return SQLITE_OK;
        return refuse("error.sql.table", std::string(table));
    }
    int function(std::string_view function) {
        const auto name = base::lower(function);
        for (const auto closed : kClosedFunctions)
            if (name.starts_with(closed)) return refuse("error.sql.function", name);
        return SQLITE_OK;
    }
    int pragma(std::string_view pragma, bool argument) {
        const auto name = base::lower(pragma);
        const bool open = stands_in(kOpenPragmas, name) &&
                          !(argument && stands_in(kPragmasWithoutArgument, name));
        return open ? SQLITE_OK : refuse("error.sql.pragma", name);
    }
};

int at_the_gate(void* gate, int action, const char* first, const char* second, const char* database,
                const char* /*view*/) {
    auto& g = *static_cast<Gate*>(gate);
    const auto word = [](const char* text) { return text ? text : ""; };
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return g.read(word(first), word(database));
    case SQLITE_UPDATE:
        // SQLite asks for this when it first looks at a virtual table, and by itself refuses to do
        // it for anybody.
        if (const auto table = base::lower(word(first));
            table == "sqlite_master" || table == "sqlite_temp_master")
            return SQLITE_OK;
        return g.refuse("error.sql.write", word(first));
    case SQLITE_FUNCTION:
        return g.function(word(second));
    case SQLITE_PRAGMA:
        return g.pragma(word(first), second != nullptr);
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
        return g.refuse("error.sql.attach", word(first));
    default:
        return g.refuse("error.sql.write", word(first));
    }
}

// Memory is counted by SQLite for the whole process: one console at a time.
class HeapLimit {
public:
    explicit HeapLimit(std::int64_t bytes)
        : lock_(mutex()), before_(sqlite3_hard_heap_limit64(-1)) {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + bytes);
    }
    ~HeapLimit() { sqlite3_hard_heap_limit64(before_); }
    HeapLimit(const HeapLimit&) = delete;
    HeapLimit& operator=(const HeapLimit&) = delete;

private:
    static std::mutex& mutex() {
        static std::mutex one;
        return one;
    }
    std::lock_guard<std::mutex> lock_;
    std::int64_t before_;
};

// What this process has in memory; 0 where the system does not say.
std::int64_t resident_bytes() {
    std::ifstream in("/proc/self/statm");
    std::int64_t all = 0, resident = 0;
    return in >> all >> resident ? resident * sysconf(_SC_PAGESIZE) : 0;
}

struct Watch {
    Clock::time_point until;
    const base::JobContext* ctx = nullptr;
    bool late = false, heavy = false, stopped = false;
    std::int64_t before = resident_bytes();
    Clock::time_point weighed = {}; // when the memory was looked at
};

// Memory of shapes is not SQLite's to count; while they are made, it is looked at from outside.
bool too_heavy(Watch& w, Clock::time_point now) {
    if (now - w.weighed < kBetweenWeighings) return false;
    w.weighed = now;
    return resident_bytes() - w.before > kMostShapeBytes;
}

int look(void* watch) {
    auto& w = *static_cast<Watch*>(watch);
    const auto now = Clock::now();
    w.late = now >= w.until;
    w.heavy = w.heavy || too_heavy(w, now);
    w.stopped = w.stopped || w.late || w.heavy || w.ctx->cancelled();
    return w.stopped ? 1 : 0;
}

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using RawStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

class SqlRun {
public:
    SqlRun(const Database& database, const SqlAccess& access, const SqlLimits& limits,
           base::JobContext& ctx)
        : database_(database.handle()), limits_(limits),
          guard_(database_, database.file(), kLongestValue, ctx) {
        gate_.all = access.all;
        auto names = database.prepare("SELECT lower(name) FROM sqlite_master");
        while (names.step()) gate_.there.emplace(names.text(0));
        const auto time = std::chrono::duration<double>(limits.seconds);
        watch_.until = Clock::now() + std::chrono::duration_cast<Clock::duration>(time);
        watch_.ctx = &ctx;
        sqlite3_limit(database_, SQLITE_LIMIT_LENGTH, kLongestValue);
        sqlite3_limit(database_, SQLITE_LIMIT_SQL_LENGTH, kLongestStatement);
        sqlite3_limit(database_, SQLITE_LIMIT_COLUMN, kMostColumns);
        sqlite3_limit(database_, SQLITE_LIMIT_ATTACHED, 0);
        sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
        sqlite3_set_authorizer(database_, at_the_gate, &gate_);
        sqlite3_progress_handler(database_, kStepsBetweenLooks, look, &watch_);
    }
    ~SqlRun() {
        sqlite3_set_authorizer(database_, nullptr, nullptr);
        sqlite3_progress_handler(database_, 0, nullptr, nullptr);
    }
    SqlRun(const SqlRun&) = delete;
    SqlRun& operator=(const SqlRun&) = delete;

    SqlAnswer answer(const std::string& sql) {
        const auto statement = prepared(sql);
        const int columns = sqlite3_column_count(statement.get());
        if (columns == 0 || !sqlite3_stmt_readonly(statement.get()))
            throw Error(ErrorKind::Usage, "error.sql.write", {{"name", std::string()}});
        SqlAnswer out;
        for (int c = 0; c < columns; ++c)
            out.columns.emplace_back(sqlite3_column_name(statement.get(), c));
        int code = SQLITE_OK;
        // SQLite looks at the clock between its steps, a function on shapes is one of them.
        const geo::GeosStop stop([this] { return look(&watch_) != 0; });
        while ((code = sqlite3_step(statement.get())) == SQLITE_ROW && !watch_.stopped) {
            if (out.rows.size() == limits_.rows) {
                out.cut = true;
                return out;
            }
            add_row(out, statement.get());
        }
        if (watch_.stopped) fail_sql(SQLITE_INTERRUPT);
        if (code != SQLITE_DONE) fail_sql(code);
        return out;
    }

private:
    [[noreturn]] void fail_sql(int code) const {
        if (watch_.heavy) too_large(kMostShapeBytes);
        if ((code & 0xFF) == SQLITE_INTERRUPT && !watch_.late) throw base::Cancelled{};
        if ((code & 0xFF) == SQLITE_INTERRUPT)
            throw Error(ErrorKind::Usage, "error.sql.time", {{"seconds", limits_.seconds}});
        if ((code & 0xFF) == SQLITE_NOMEM || (code & 0xFF) == SQLITE_TOOBIG)
            too_large(limits_.bytes);
        if (!guard_.refused().empty())
            throw Error(ErrorKind::Usage, "error.sql.shape",
                        {{"name", guard_.refused()},
                         {"count", static_cast<std::int64_t>(ShapeGuard::kMostCorners)}});
        if (gate_.refusal.key)
            throw Error(ErrorKind::Usage, gate_.refusal.key, {{"name", gate_.refusal.name}});
        const int at = sqlite3_error_offset(database_);
        throw Error(ErrorKind::Usage, "error.sql.failed",
                    {{"reason", std::string(sqlite3_errmsg(database_))},
                     {"column", static_cast<std::int64_t>(std::max(at, 0) + 1)}});
    }
    [[noreturn]] void too_large(std::int64_t bytes) const {
        throw Error(ErrorKind::Usage, "error.sql.memory", {{"mb", std::int64_t{bytes >> 20}}});
    }

    RawStatement prepared(const std::string& sql) const {
        sqlite3_stmt* statement = nullptr;
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()),
                                            &statement, &rest);
        RawStatement out(statement);
        if (code != SQLITE_OK) fail_sql(code);
        if (!statement) throw Error(ErrorKind::Usage, "error.sql.empty");
        const std::string_view left(rest, sql.size() - static_cast<std::size_t>(rest - sql.data()));
        if (left.find_first_not_of(" \t\r\n;") != std::string_view::npos)
            throw Error(ErrorKind::Usage, "error.sql.several");
        return out;
    }

    void add_row(SqlAnswer& out, sqlite3_stmt* row) {
        std::vector<SheetCell> cells;
        std::optional<std::pair<double, double>> at;
        bool shape = false;
        for (int c = 0; c < static_cast<int>(out.columns.size()); ++c) {
            bytes_ += static_cast<std::int64_t>(sizeof(SheetCell));
            switch (sqlite3_column_type(row, c)) {
            case SQLITE_NULL:
                cells.emplace_back();
                break;
            case SQLITE_INTEGER:
            case SQLITE_FLOAT:
                cells.emplace_back(sqlite3_column_double(row, c));
                break;
            case SQLITE_TEXT: {
                const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, c));
                const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, c));
                bytes_ += static_cast<std::int64_t>(size);
                cells.emplace_back(std::string(text ? text : "", text ? size : 0));
                break;
            }
            default:
                if (!shape) at = point_in(sqlite3_column_value(row, c), out);
                shape = true;
                cells.emplace_back(std::string("…"));
            }
        }
        if (bytes_ > limits_.bytes) too_large(limits_.bytes);
        if (shape) {
            out.at.resize(out.rows.size());
            out.at.push_back(at);
        } else if (!out.at.empty()) {
            out.at.emplace_back();
        }
        out.rows.push_back(std::move(cells));
    }

    // A point in a shape, WGS 84 degrees; nothing of bytes that are no shape. The shape itself
    // joins those to be drawn.
    std::optional<std::pair<double, double>> point_in(sqlite3_value* value, SqlAnswer& answer) {
        if (!point_)
            point_ = prepared("SELECT ST_X(p), ST_Y(p), CastToXY(g) FROM (SELECT g, "
                              "coalesce(ST_PointOnSurface(g), ST_Centroid(g)) AS p FROM "
                              "(SELECT ST_Transform(?1, 4326) AS g))");
        std::optional<std::pair<double, double>> out;
        sqlite3_bind_value(point_.get(), 1, value);
        if (sqlite3_step(point_.get()) == SQLITE_ROW &&
            sqlite3_column_type(point_.get(), 0) == SQLITE_FLOAT)
            out.emplace(sqlite3_column_double(point_.get(), 0),
                        sqlite3_column_double(point_.get(), 1));
        if (out) take_shape(answer);
        sqlite3_reset(point_.get());
        return out;
    }

    void take_shape(SqlAnswer& answer) {
        const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(point_.get(), 2));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(point_.get(), 2));
        BlobParts parts;
        if (!bytes || !append_parts({bytes, size}, parts)) return;
        drawn_ += parts.size();
        answer.shapes_cut = answer.shapes_cut || drawn_ > kMostDrawn;
        if (!answer.shapes_cut) append_parts({bytes, size}, answer.shapes);
    }

    sqlite3* database_;
    const SqlLimits& limits_;
    Gate gate_;
    Watch watch_;
    ShapeGuard guard_; // outlives the statements below
    RawStatement point_;
    std::int64_t bytes_ = 0;
    std::size_t drawn_ = 0; // points of shapes
};

// A name like this in the public console hides the view of the store.
void put_public_values(const Database& database, const SqlAccess& access) {
    database.execute(std::string("CREATE TEMP TABLE ") + kPublicTable +
                     " (vintage TEXT, code TEXT, name TEXT, indicator TEXT, year INTEGER, "
                     "half INTEGER, value REAL, category TEXT, state TEXT); BEGIN;");
    auto insert = database.prepare(std::string("INSERT INTO temp.") + kPublicTable +
                                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    access.values([&](const PublicValue& v) {
        insert.bind_texts({v.vintage, v.code, v.name, v.indicator});
        insert.bind(5, v.period.year).bind(6, v.period.half);
        if (v.value)
            insert.bind(7, *v.value);
        else
            insert.bind_null(7);
        if (v.category.empty())
            insert.bind_null(8);
        else
            insert.bind(8, std::string_view(v.category));
        insert.bind(9, std::string_view(v.state)).run();
    });
    database.execute("COMMIT");
}

// Spatial indexes prepare how they would be changed as soon as they are looked at, which the gate
// would refuse: they are looked at before it is closed.
void connect_virtual_tables(const Database& database) {
    auto names =
        database.prepare("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'");
    while (names.step()) {
        const auto sql = "SELECT 1 FROM " + quoted_name(names.text(0)) + " LIMIT 0";
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &statement, nullptr);
        sqlite3_finalize(statement);
    }
}

} // namespace

SqlAnswer run_sql(const std::filesystem::path& store, const std::string& sql,
                  const SqlAccess& access, const SqlLimits& limits, base::JobContext& ctx) {
    const auto database = open_store(store, &ctx);
    require_store(database);
    database.load_spatial();
    if (!access.all && access.values && base::lower(sql).find(kPublicTable) != std::string::npos)
        put_public_values(database, access);
    connect_virtual_tables(database);
    const HeapLimit heap(limits.bytes);
    return SqlRun(database, access, limits, ctx).answer(sql);
}

} // namespace diaban::files
