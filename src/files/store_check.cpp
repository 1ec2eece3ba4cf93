#include "files/store_check.hpp"

#include "data/cube.hpp"
#include "files/sqlite.hpp"
#include "files/store_geometry.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace diaban::files {
namespace {

using base::Severity;

// Questions whose every row is a contradiction: text, then how many.
struct Question {
    const char* kind; // of the finding
    int since;        // schema version
    const char* sql;
};
constexpr std::array kQuestions = std::to_array<Question>({
    {"store_unit_order", 1,
     "SELECT vintage, count(*) FROM unit GROUP BY vintage HAVING min(seq) <> 0 OR "
     "max(seq) <> count(*) - 1 OR max(id) - min(id) <> count(*) - 1"},
    {"store_crosswalk", 1,
     "SELECT u.code, 1 FROM crosswalk_weight w JOIN unit u ON u.id = w.from_unit "
     "GROUP BY w.crosswalk, w.from_unit HAVING abs(sum(w.weight) - 1) > 1e-6"},
    {"store_part", 2,
     "SELECT i.code || ' ' || part.year || ' ' || part.part, 1 FROM area_observation part "
     "JOIN indicator i ON i.id = part.indicator "
     "JOIN area_observation whole USING (indicator, year, half, area) "
     "WHERE part.part <> '' AND whole.part = '' AND part.value > whole.value"},
    // What a report says about recognition belongs to the class that it gives.
    {"store_status", 3,
     "SELECT u.code || ' ' || s.year || ' ' || s.domain, 1 FROM status s JOIN unit u ON u.id = "
     "s.unit WHERE s.origin = 'report' AND s.domain <> 'drug_free' AND NOT EXISTS (SELECT 1 FROM "
     "indicator i JOIN observation o ON o.indicator = i.id AND o.year = s.year AND o.half = s.half "
     "AND o.unit = s.unit JOIN category c ON c.indicator = i.id AND c.value = o.value WHERE i.code "
     "= CASE s.domain WHEN 'drug' THEN 'ST01' ELSE 'ST02' END AND c.code = s.status)"},
});

// Millions of observations are read where they lie in memory, not copied page by page.
void map_into_memory(const Database& database) {
    database.execute("PRAGMA mmap_size = 8589934592");
}

// Reads every page; a store of twenty million values takes as long for this as for all the rest,
// which is asked meanwhile over a connection of its own.
std::vector<std::string> damages_of(const std::filesystem::path& file, base::JobContext& ctx) {
    const auto database = open_store(file, &ctx);
    map_into_memory(database);
    std::vector<std::string> out;
    auto rows = database.prepare("PRAGMA integrity_check(20)");
    while (rows.step())
        if (rows.text(0) != "ok") out.emplace_back(rows.text(0));
    return out;
}

// The observations of one indicator and period.
struct Slice {
    std::int64_t indicator = 0;
    data::Period period;
    std::uint64_t cells = 0;
    std::int64_t first_unit = 0;
    std::uint64_t no_unit = 0, no_source = 0; // that refer to rows that do not exist
};

class Checker {
public:
    Checker(const std::filesystem::path& file, base::JobContext& ctx)
        : database_(open_store(file, &ctx)), ctx_(ctx) {}

    StoreCheck run() {
        out_.version = static_cast<int>(require_store(database_));
        ctx_.stage("stage.store_check");
        map_into_memory(database_);
        auto damages = std::async(std::launch::async, damages_of, database_.file(), std::ref(ctx_));
        const bool whole = check_tables();
        if (whole) {
            scan_observations();
            check_references();
            check_periods();
            check_halves();
            for (const auto& question : kQuestions)
                if (question.since <= out_.version) ask(question);
            check_layer("unit", "MULTIPOLYGON");
            check_layer("place", "");
        }
        for (auto& damage : damages.get()) find("store_integrity", std::move(damage));
        // The worst comes first.
        std::stable_partition(out_.findings.begin(), out_.findings.end(),
                              [](const auto& f) { return f.key == "store_integrity"; });
        return std::move(out_);
    }

private:
    void find(std::string kind, std::string what, double count = 1) {
        base::Finding finding{Severity::Problem, std::move(kind), {}, "", {}, "rows", {}};
        finding.args = {{"what", std::move(what)}, {"count", static_cast<std::int64_t>(count)}};
        finding.amount = count;
        out_.findings.push_back(std::move(finding));
    }

    // First and last id of a table; {1, 0} if it is empty, nothing if there are holes between them.
    std::optional<std::pair<std::int64_t, std::int64_t>> range_of(const char* table) {
        auto ids =
            database_.prepare(fmt::format("SELECT min(id), max(id), count(*) FROM {}", table));
        ids.step();
        const auto count = ids.integer(2);
        if (count == 0) return std::pair<std::int64_t, std::int64_t>{1, 0};
        if (ids.integer(1) - ids.integer(0) + 1 != count) return std::nullopt;
        return std::pair{ids.integer(0), ids.integer(1)};
    }

    // One pass over the largest table. Ids of units and sources are one run each, so that a
    // comparison says as much as a look-up would.
    void scan_observations() {
        const auto units = range_of("unit");
        const auto sources = out_.version < 2 ? std::nullopt : range_of("source");
        by_range_ = units && (sources || out_.version < 2);
        auto rows = database_.prepare(
            fmt::format("SELECT indicator, year, half, count(*), min(unit), sum(unit NOT BETWEEN "
                        "?1 AND ?2), {} "
                        "FROM observation GROUP BY indicator, year, half",
                        out_.version < 2 ? "0" : "total(source NOT BETWEEN ?3 AND ?4)"));
        if (by_range_) rows.bind(1, units->first).bind(2, units->second);
        if (by_range_ && sources) rows.bind(3, sources->first).bind(4, sources->second);
        while (rows.step()) {
            slices_.push_back(
                {rows.integer(0),
                 {static_cast<int>(rows.integer(1)), static_cast<int>(rows.integer(2))},
                 static_cast<std::uint64_t>(rows.integer(3)),
                 rows.integer(4),
                 static_cast<std::uint64_t>(rows.integer(5)),
                 static_cast<std::uint64_t>(rows.integer(6))});
            out_.observations += slices_.back().cells;
        }
    }

    void check_references() {
        if (by_range_) {
            double units = 0, sources = 0, indicators = 0;
            auto known = database_.prepare("SELECT 1 FROM indicator WHERE id = ?1");
            for (const auto& slice : slices_) {
                units += static_cast<double>(slice.no_unit);
                sources += static_cast<double>(slice.no_source);
                known.reset();
                known.bind(1, slice.indicator);
                if (!known.step()) indicators += static_cast<double>(slice.cells);
            }
            const std::pair<const char*, double> counts[] = {
                {"unit", units}, {"source", sources}, {"indicator", indicators}};
            for (const auto& [table, count] : counts)
                if (count > 0) find("store_orphan", fmt::format("observation → {}", table), count);
        }
        auto tables = database_.prepare("SELECT DISTINCT m.name FROM sqlite_master m JOIN "
                                        "pragma_foreign_key_list(m.name) WHERE m.type = 'table'");
        while (tables.step())
            if (tables.text(0) != "observation" || !by_range_)
                check_references_of(std::string(tables.text(0)));
    }

    void check_references_of(const std::string& from) {
        constexpr double kMost = 1e6;
        std::map<std::string, double> missing; // by the table referred to
        auto rows =
            database_.prepare(fmt::format("PRAGMA foreign_key_check({})", quoted_name(from)));
        for (double n = 0; n < kMost && rows.step(); ++n) ++missing[std::string(rows.text(2))];
        for (const auto& [to, count] : missing) find("store_orphan", from + " → " + to, count);
    }

    void check_periods() {
        auto known = database_.prepare("SELECT u.vintage FROM unit u LEFT JOIN period p ON "
                                       "p.vintage = u.vintage AND p.year = ?2 AND p.half = ?3 "
                                       "WHERE u.id = ?1 AND p.year IS NULL");
        for (const auto& slice : slices_) {
            known.reset();
            known.bind(1, slice.first_unit).bind(2, slice.period.year).bind(3, slice.period.half);
            if (known.step())
                find("store_period",
                     std::string(known.text(0)) + " " + data::to_string(slice.period),
                     static_cast<double>(slice.cells));
        }
    }

    // A year contains its first half, for what is counted over a period.
    void check_halves() {
        if (out_.version < 2) return;
        auto flow = database_.prepare("SELECT i.code FROM catalogue c JOIN indicator i ON i.code = "
                                      "c.code WHERE c.reading = 'flow' AND i.id = ?1");
        auto larger = database_.prepare(
            "SELECT u.code FROM observation h JOIN observation y ON y.indicator = h.indicator AND "
            "y.year = h.year AND y.half = 0 AND y.unit = h.unit JOIN unit u ON u.id = h.unit WHERE "
            "h.indicator = ?1 AND h.year = ?2 AND h.half = 1 AND h.value > y.value");
        for (const auto& half : slices_) {
            const bool both = half.period.half == 1 &&
                              std::any_of(slices_.begin(), slices_.end(), [&](const Slice& year) {
                                  return year.indicator == half.indicator &&
                                         year.period == data::Period{half.period.year, 0};
                              });
            flow.reset();
            if (!both || !flow.bind(1, half.indicator).step()) continue;
            const auto code = fmt::format("{} {} ", flow.text(0), half.period.year);
            larger.reset();
            larger.bind(1, half.indicator).bind(2, half.period.year);
            for (int n = 0; n < kMostOfAKind && larger.step(); ++n)
                find("store_half", code + std::string(larger.text(0)));
        }
    }

    bool check_tables() {
        bool whole = true;
        for (const auto* name : {"unit", "vintage", "indicator", "observation", "period", "place",
                                 "crosswalk", "crosswalk_weight", "geometry_columns"})
            if (!database_.has_table(name)) find("store_table", name), whole = false;
        if (out_.version >= 2)
            for (const auto* name : {"catalogue", "import_log", "source", "observation_history",
                                     "area", "area_observation", "status", "rule", "target", "plan",
                                     "alias", "unit_name", "saved_query", "profile", "result"})
                if (!database_.has_table(name)) find("store_table", name), whole = false;
        if (out_.version >= 3)
            for (const auto* name : {"status_history", "alias_refused", "crosswalk_incomplete"})
                if (!database_.has_table(name)) find("store_table", name), whole = false;
        return whole;
    }

    void ask(const Question& question) {
        auto rows = database_.prepare(question.sql);
        for (int n = 0; n < kMostOfAKind && rows.step(); ++n)
            find(question.kind, std::string(rows.text(0)), rows.real(1));
    }

    void check_layer(const char* table, std::string_view type) {
        auto row = database_.prepare("SELECT srid, geometry_type, spatial_index_enabled FROM "
                                     "geometry_columns WHERE f_table_name = ?1");
        row.bind(1, std::string_view(table));
        constexpr std::int64_t kMultiPolygon = 6;
        if (!row.step() || row.integer(0) != kWgs84Srid ||
            (!type.empty() && row.integer(1) != kMultiPolygon))
            return find("store_layer", table);
        const auto index = fmt::format("idx_{}_geometry", table);
        if (row.integer(2) != 1 || !database_.has_table(index) ||
            database_.integer(fmt::format("SELECT count(*) FROM {}", quoted_name(index))) !=
                database_.integer(
                    fmt::format("SELECT count(*) FROM {} WHERE geometry IS NOT NULL", table)))
            find("store_layer", index);
        check_geometries(table);
    }

    void check_geometries(const char* table) {
        auto rows = database_.prepare(fmt::format(
            "SELECT id, geometry FROM {} WHERE geometry IS NOT NULL", quoted_name(table)));
        geo::PolygonSoup soup;
        for (std::uint64_t n = 0; rows.step(); ++n) {
            if (!append_face(rows.blob(1), soup))
                find("store_layer", fmt::format("{} {}", table, rows.integer(0)));
            if (n % 1024 == 0) soup = {}, ctx_.check();
        }
    }

    static constexpr int kMostOfAKind = 20;
    Database database_;
    base::JobContext& ctx_;
    StoreCheck out_;
    std::vector<Slice> slices_;
    bool by_range_ = false; // references of observations are checked by comparing
};

} // namespace

StoreCheck check_store(const std::filesystem::path& file, base::JobContext& ctx) {
    return Checker(file, ctx).run();
}

} // namespace diaban::files
