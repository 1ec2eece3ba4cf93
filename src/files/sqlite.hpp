// The one place that talks to SQLite: a database, its statements and transactions as values.
//
// Guarantees: a database opened for reading leaves the bytes and the time of the file as they were
// and no -wal or -shm file behind; every failure is an Error Database (Write when writing) that
// names the file; a cancelled job interrupts a running query.
#pragma once

#include "base/job.hpp"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace diaban::files {

// True if the file begins as every unencrypted SQLite database does.
bool looks_like_sqlite(const std::filesystem::path& file);
// True if the file is called what such databases are called, ".sqlite", ".gpkg", ".db" among
// others.
bool named_like_sqlite(const std::filesystem::path& file);

// "name" with inner quotes doubled, for names that come from a file.
std::string quoted_name(std::string_view name);
// 'text' with inner quotes doubled, where a parameter cannot be bound (CREATE VIEW).
std::string quoted_text(std::string_view text);

class Statement {
public:
    Statement(sqlite3_stmt* handle, std::string file) : handle_(handle), file_(std::move(file)) {}
    Statement(Statement&& other) noexcept
        : handle_(std::exchange(other.handle_, nullptr)), file_(std::move(other.file_)) {}
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // Parameters count from 1. Text and blobs are copied.
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, int value) { return bind(parameter, std::int64_t{value}); }
    Statement& bind(int parameter, double value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind_texts(std::initializer_list<std::string_view> texts); // parameters 1, 2, …
    Statement& bind_blob(int parameter, std::span<const std::uint8_t> bytes);
    Statement& bind_null(int parameter);

    bool step();  // true while there is a row
    void run();   // executes once and resets, for INSERT in a loop
    void reset(); // before binding again

    enum class Type { Null, Integer, Real, Text, Blob };
    int columns() const;
    std::string column_name(int column) const;
    Type type(int column) const; // columns count from 0
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;              // valid until the next step()
    std::span<const std::uint8_t> blob(int column) const; // the same

private:
    sqlite3_stmt* handle_;
    std::string file_;
};

// The rows of a statement as records of texts: the first members are the columns in their order.
template <class Record, int Columns> std::vector<Record> text_rows(Statement rows) {
    std::vector<Record> out;
    while (rows.step()) [&]<int... Column>(std::integer_sequence<int, Column...>) {
            out.push_back({std::string(rows.text(Column))...});
        }
    (std::make_integer_sequence<int, Columns>());
    return out;
}

class Database {
public:
    // Read-only. Throws Error Input (missing, empty), Database (locked, encrypted, not a database).
    static Database open_read_only(const std::filesystem::path& file,
                                   base::JobContext* ctx = nullptr);
    // A new, empty file with SpatiaLite loaded; errors name it `shown_as`. Throws Error Write.
    static Database create_spatial(const std::filesystem::path& file,
                                   const std::filesystem::path& shown_as,
                                   base::JobContext* ctx = nullptr);
    // An existing file, to be changed; foreign keys are on. SpatiaLite is not loaded: triggers that
    // keep a spatial index cannot run. While it is open, this process reads the file through SQLite
    // only: closing any other handle on it would drop the lock. Throws Error Input, Database,
    // Write.
    static Database open_read_write(const std::filesystem::path& file,
                                    base::JobContext* ctx = nullptr);
    // A page by page copy of what is committed, whole when this returns; replaces `target`. Errors
    // name `shown_as`.
    void copy_to(const std::filesystem::path& target, const std::filesystem::path& shown_as) const;
    // Gives this connection the functions of SpatiaLite, for changes to tables with geometry: their
    // triggers keep the spatial index.
    void load_spatial() const;
    Database(Database&&) noexcept;
    Database& operator=(Database&&) = delete;
    ~Database();

    Statement prepare(std::string_view sql) const;
    void execute(const std::string& sql) const;       // several statements are fine
    std::int64_t integer(std::string_view sql) const; // first column of the first row, 0 if none
    std::string text(std::string_view sql) const;
    std::size_t changes() const; // rows that the last statement inserted, changed or removed
    bool has_table(std::string_view name) const; // or view, ignoring case
    const std::filesystem::path& file() const { return file_; }
    sqlite3* handle() const; // for limits that only the console of experts sets

private:
    struct Handles;
    Database(std::unique_ptr<Handles> handles, std::filesystem::path file);
    std::unique_ptr<Handles> handles_;
    std::filesystem::path file_;
};

// Rolls back unless commit() was called.
class Transaction {
public:
    // Immediate: takes the right to write now (others may still read), not at the first change.
    enum class Kind { Deferred, Immediate };
    explicit Transaction(const Database& database, Kind kind = Kind::Deferred);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    const Database& database_;
    bool open_ = true;
};

} // namespace diaban::files
