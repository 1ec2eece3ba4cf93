// Private to the SQL console: functions of SpatiaLite whose answer one small number can make
// boundless - buffers with a million corners to a quarter circle, grids of a millimetre, segments
// shorter than an atom - are asked first how large it would be.
//
// Guarantee: what is not refused is what SpatiaLite answers.
#pragma once

#include "base/job.hpp"
#include "files/sqlite.hpp"

#include <filesystem>
#include <list>
#include <optional>
#include <string>

struct sqlite3;

namespace diaban::files {

class ShapeGuard {
public:
    // Corners of one answer, 16 bytes each; while it is made it takes some ten times as much.
    static constexpr double kMostCorners = 4e6;

    // Puts itself in the place of the functions of a connection and outlives its statements. SQLite
    // forgets what is replaced, so they are called on a second connection to the same store, which
    // is opened when the first of them is.
    ShapeGuard(sqlite3* console, std::filesystem::path store, int longest_value,
               base::JobContext& ctx);
    ~ShapeGuard();
    ShapeGuard(const ShapeGuard&) = delete;
    ShapeGuard& operator=(const ShapeGuard&) = delete;

    const std::string& refused() const { return refused_; } // the function; "" if none was

private:
    struct Function;
    struct Calls;
    sqlite3* console_;
    std::filesystem::path store_;
    int longest_value_;
    base::JobContext& ctx_;
    std::optional<Database> second_;
    std::list<Function> functions_;
    std::string refused_;
};

} // namespace diaban::files
