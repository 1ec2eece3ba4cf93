// SQL by experts over a store: one statement that reads.
//
// Guarantees: the file is opened read-only, and an authorizer lets nothing through but reading,
// functions without files and questions about the schema: no writes, no ATTACH, no load_extension,
// no PRAGMA that changes anything; time, rows and memory are limited, and what stopped a statement
// is said. What SpatiaLite takes for shapes is not counted by SQLite: functions that could make
// boundless ones are refused where they would (files/shape_guard.hpp), and a statement is stopped
// when the process grows by 1 GB. In public only tables without counts are read, and
// `observation_text` holds the values that it is given.
#pragma once

#include "base/job.hpp"
#include "data/cube.hpp"
#include "files/sheets.hpp"
#include "files/store_geometry.hpp"

#include <filesystem>
#include <functional>

namespace diaban::files {

// A row of observation_text in public.
struct PublicValue {
    std::string vintage, code, name, indicator;
    data::Period period;
    std::optional<double> value; // nothing: missing or masked
    std::string category, state;
};

struct SqlAccess {
    bool all = false; // internal: every table as it is
    // Hands over the values one by one; called only if the statement may look at them.
    std::function<void(const std::function<void(const PublicValue&)>& take)> values;
};

struct SqlLimits {
    double seconds = 10;
    std::size_t rows = 100'000;
    std::int64_t bytes = std::int64_t{256} << 20; // of SQLite and of the answer, each
    friend bool operator==(const SqlLimits&, const SqlLimits&) = default;
};

struct SqlAnswer {
    std::vector<std::string> columns;
    std::vector<std::vector<SheetCell>> rows; // shapes and other bytes as "…"
    // WGS 84 degrees of a point in the first shape of each row; as many as rows if there is one.
    std::vector<std::optional<std::pair<double, double>>> at;
    BlobParts shapes;        // WGS 84 degrees: what the first shapes of all rows hold, to be drawn
    bool shapes_cut = false; // there was more to draw than kMostDrawn points
    bool cut = false;        // there were more rows
};

inline constexpr std::size_t kMostDrawn = 4'000'000;

// Throws Error Usage "error.sql.*" (refused, stopped, not understood), Input, Database; Cancelled.
SqlAnswer run_sql(const std::filesystem::path& store, const std::string& sql,
                  const SqlAccess& access, const SqlLimits& limits, base::JobContext& ctx);

} // namespace diaban::files
