#include "files/shape_guard.hpp"

#include "files/store_update.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sqlite3.h>

namespace diaban::files {
namespace {

// How many corners an answer has, of the arguments ?1, ?2 ...; NULL where nothing can be said.
constexpr const char* kBuffer = "ST_NPoints(?1) * abs(CAST(BufferOptions_GetQuadrantSegments() "
                                "AS REAL))";
constexpr const char* kBufferSteps = "ST_NPoints(?1) * abs(CAST(?3 AS REAL))";
// Cells of a grid are squares, hexagons or triangles: ten corners to the square of their size.
constexpr const char* kGrid =
    "10.0 * ((MbrMaxX(?1) - MbrMinX(?1)) / max(abs(CAST(?2 AS REAL)), 1e-300) + 1) * "
    "((MbrMaxY(?1) - MbrMinY(?1)) / max(abs(CAST(?2 AS REAL)), 1e-300) + 1)";
constexpr const char* kPieces = "(ifnull(ST_Length(?1), 0) + ifnull(ST_Perimeter(?1), 0)) / "
                                "max(abs(CAST(?2 AS REAL)), 1e-300)";
constexpr const char* kAny = "NULL";

struct Guarded {
    const char* name;
    int arguments;
    const char* corners;
};
// With and without "ST_". The options of buffers go where buffers are made.
constexpr std::array<Guarded, 15> kGuarded{{{"Buffer", 2, kBuffer},
                                            {"Buffer", 3, kBufferSteps},
                                            {"OffsetCurve", 2, kBuffer},
                                            {"SingleSidedBuffer", 3, kBuffer},
                                            {"SquareGrid", 2, kGrid},
                                            {"SquareGrid", 3, kGrid},
                                            {"SquareGrid", 4, kGrid},
                                            {"HexagonalGrid", 2, kGrid},
                                            {"HexagonalGrid", 3, kGrid},
                                            {"HexagonalGrid", 4, kGrid},
                                            {"TriangularGrid", 2, kGrid},
                                            {"TriangularGrid", 3, kGrid},
                                            {"TriangularGrid", 4, kGrid},
                                            {"Segmentize", 2, kPieces},
                                            {"Line_Interpolate_Equidistant_Points", 2, kPieces}}};
constexpr std::array<Guarded, 9> kBufferOptions{{{"BufferOptions_Reset", 0, kAny},
                                                 {"BufferOptions_SetEndCapStyle", 1, kAny},
                                                 {"BufferOptions_SetJoinStyle", 1, kAny},
                                                 {"BufferOptions_SetMitreLimit", 1, kAny},
                                                 {"BufferOptions_SetQuadrantSegments", 1, kAny},
                                                 {"BufferOptions_GetEndCapStyle", 0, kAny},
                                                 {"BufferOptions_GetJoinStyle", 0, kAny},
                                                 {"BufferOptions_GetMitreLimit", 0, kAny},
                                                 {"BufferOptions_GetQuadrantSegments", 0, kAny}}};

std::string call_of(const std::string& name, int arguments) {
    std::string out = name + "(";
    for (int i = 1; i <= arguments; ++i) out += fmt::format("{}?{}", i > 1 ? ", " : "", i);
    return out + ")";
}

} // namespace

struct ShapeGuard::Function {
    ShapeGuard& guard;
    std::string name;
    int arguments;
    const char* corners;
    sqlite3_stmt *size = nullptr, *call = nullptr; // of the second connection
    ~Function() {
        sqlite3_finalize(size);
        sqlite3_finalize(call);
    }
};

struct ShapeGuard::Calls {
    static sqlite3* second(ShapeGuard& guard) {
        if (!guard.second_) {
            guard.second_.emplace(open_store(guard.store_, &guard.ctx_));
            guard.second_->load_spatial();
            sqlite3_limit(guard.second_->handle(), SQLITE_LIMIT_LENGTH, guard.longest_value_);
        }
        return guard.second_->handle();
    }

    // The one row of an expression of the arguments; what else there is instead of SQLITE_ROW.
    static int ask(Function& f, sqlite3_stmt*& statement, const std::string& expression,
                   sqlite3_value** values) {
        if (!statement) {
            const auto sql = "SELECT " + expression;
            const int code =
                sqlite3_prepare_v2(second(f.guard), sql.c_str(), -1, &statement, nullptr);
            if (code != SQLITE_OK) return code;
        }
        sqlite3_reset(statement);
        // An estimate may not speak of all of them.
        const int most = std::min(f.arguments, sqlite3_bind_parameter_count(statement));
        for (int i = 0; i < most; ++i) sqlite3_bind_value(statement, i + 1, values[i]);
        return sqlite3_step(statement);
    }

    static void answer(Function& f, sqlite3_context* to, sqlite3_value** values) {
        int code = ask(f, f.size, f.corners, values);
        if (code == SQLITE_ROW && sqlite3_column_double(f.size, 0) > kMostCorners) {
            f.guard.refused_ = f.name;
            return sqlite3_result_error(to, "too large", -1);
        }
        if (code == SQLITE_ROW) code = ask(f, f.call, call_of(f.name, f.arguments), values);
        if (code == SQLITE_ROW)
            sqlite3_result_value(to, sqlite3_column_value(f.call, 0));
        else if ((code & 0xFF) == SQLITE_TOOBIG)
            sqlite3_result_error_toobig(to);
        else if ((code & 0xFF) == SQLITE_NOMEM)
            sqlite3_result_error_nomem(to);
        else if ((code & 0xFF) == SQLITE_INTERRUPT)
            sqlite3_result_error_code(to, SQLITE_INTERRUPT);
        else
            sqlite3_result_error(to, sqlite3_errmsg(second(f.guard)), -1);
        // What was asked about may be large.
        for (auto* statement : {f.size, f.call}) {
            sqlite3_reset(statement);
            sqlite3_clear_bindings(statement);
        }
    }

    // Called by SQLite, which knows no exceptions.
    static void called(sqlite3_context* to, int /*count*/, sqlite3_value** values) {
        try {
            answer(*static_cast<Function*>(sqlite3_user_data(to)), to, values);
        } catch (const std::bad_alloc&) {
            sqlite3_result_error_nomem(to);
        } catch (const base::Error& error) {
            sqlite3_result_error(to, error.message.key.c_str(), -1);
        } catch (const base::Cancelled&) {
            sqlite3_result_error_code(to, SQLITE_INTERRUPT);
        }
    }
};

ShapeGuard::ShapeGuard(sqlite3* console, std::filesystem::path store, int longest_value,
                       base::JobContext& ctx)
    : console_(console), store_(std::move(store)), longest_value_(longest_value), ctx_(ctx) {
    const auto put = [this](const Guarded& one, const std::string& name, int flags) {
        functions_.push_back({*this, name, one.arguments, one.corners});
        sqlite3_create_function_v2(console_, name.c_str(), one.arguments, SQLITE_UTF8 | flags,
                                   &functions_.back(), Calls::called, nullptr, nullptr, nullptr);
    };
    // As SpatiaLite says it of them: what does not change from row to row is made once.
    for (const auto& one : kGuarded) {
        put(one, one.name, SQLITE_DETERMINISTIC);
        put(one, std::string("ST_") + one.name, SQLITE_DETERMINISTIC);
    }
    for (const auto& one : kBufferOptions) put(one, one.name, 0);
}

ShapeGuard::~ShapeGuard() {
    for (const auto& one : functions_)
        sqlite3_create_function_v2(console_, one.name.c_str(), one.arguments, SQLITE_UTF8, nullptr,
                                   nullptr, nullptr, nullptr, nullptr);
    functions_.clear(); // before the connection that their statements are of
}

} // namespace diaban::files
