#include "files/store_check.hpp"

#include "data/cube.hpp"
#include "files/sqlite.hpp"
#include "files/store_geometry.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"
#include "files/store_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <iterator>
#include <limits>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace diaban::files {
namespace {

using base::Severity;

// Questions whose every row is a contradiction: text, then how many. They are asked in this order,
// the rates after the parts.
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
    // A plan that was kept has a name of its own, and is of communes that there are.
    {"store_plan", 2,
     "SELECT ifnull(json_extract(content, '$.name'), ''), count(*) FROM result "
     "WHERE kind = 'patrol' GROUP BY 1 HAVING count(*) > 1"},
    {"store_plan", 2,
     "SELECT ifnull(json_extract(r.content, '$.name'), r.id), count(*) FROM result r, "
     "json_each(r.content, '$.parts') part WHERE r.kind = 'patrol' AND NOT EXISTS "
     "(SELECT 1 FROM unit u WHERE u.code = json_extract(part.value, '$[0]')) GROUP BY r.id"},
    // What a report says about recognition belongs to the class that it gives.
    {"store_status", 3,
     "SELECT u.code || ' ' || s.year || ' ' || s.domain, 1 FROM status s JOIN unit u ON u.id = "
     "s.unit WHERE s.origin = 'report' AND s.domain <> 'drug_free' AND NOT EXISTS (SELECT 1 FROM "
     "indicator i JOIN observation o ON o.indicator = i.id AND o.year = s.year AND o.half = s.half "
     "AND o.unit = s.unit JOIN category c ON c.indicator = i.id AND c.value = o.value WHERE i.code "
     "= CASE s.domain WHEN 'drug' THEN 'ST01' ELSE 'ST02' END AND c.code = s.status)"},
});

// What lies at the beginning of a store, boundaries and indexes that are asked for again and again,
// is read where it lies in memory, not copied page by page. Not all of it: two connections that had
// the whole of a large store in their address space took twice its size.
void map_into_memory(const Database& database) {
    database.execute("PRAGMA mmap_size = 134217728");
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
    std::int64_t first_unit = 0, last_unit = 0;
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
            auto impossible = impossible_values(database_, out_.version, ctx_);
            out_.findings.insert(out_.findings.end(), std::make_move_iterator(impossible.begin()),
                                 std::make_move_iterator(impossible.end()));
            for (const auto& question : kQuestions) {
                if (question.since <= out_.version) ask(question);
                if (std::string_view(question.kind) == "store_part") check_rates();
            }
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

    // The largest table is read whole by the look for damages alone. Its slices follow one another
    // in its key, each with its first and last unit; ids of units and sources are one run each, so
    // that the ends of a slice say as much as a look-up of every row would.
    void scan_observations() {
        out_.observations =
            static_cast<std::uint64_t>(database_.integer("SELECT count(*) FROM observation"));
        auto next = database_.prepare("SELECT indicator, year, half, unit FROM observation WHERE "
                                      "(indicator, year, half) > (?1, ?2, ?3) "
                                      "ORDER BY indicator, year, half, unit LIMIT 1");
        auto last = database_.prepare("SELECT max(unit) FROM observation WHERE indicator = ?1 AND "
                                      "year = ?2 AND half = ?3");
        Slice at;
        at.indicator = std::numeric_limits<std::int64_t>::min();
        for (;;) {
            next.reset();
            next.bind(1, at.indicator).bind(2, at.period.year).bind(3, at.period.half);
            if (!next.step()) break;
            at = {next.integer(0),
                  {static_cast<int>(next.integer(1)), static_cast<int>(next.integer(2))},
                  next.integer(3),
                  0};
            last.reset();
            last.bind(1, at.indicator).bind(2, at.period.year).bind(3, at.period.half).step();
            at.last_unit = last.integer(0);
            slices_.push_back(at);
        }
    }

    double cells_of(const Slice& slice, const std::string& which = "1") {
        auto count = database_.prepare(fmt::format("SELECT total({}) FROM observation WHERE "
                                                   "indicator = ?1 AND year = ?2 AND half = ?3",
                                                   which));
        count.bind(1, slice.indicator).bind(2, slice.period.year).bind(3, slice.period.half).step();
        return count.real(0);
    }

    // True if ids of units and sources could be compared with the ends of their runs.
    bool check_observation_ids() {
        const auto units = range_of("unit");
        const auto sources = out_.version < 2 ? std::nullopt : range_of("source");
        if (!units || (!sources && out_.version >= 2)) return false;
        double no_unit = 0, no_indicator = 0;
        auto known = database_.prepare("SELECT 1 FROM indicator WHERE id = ?1");
        for (const auto& slice : slices_) {
            if (slice.first_unit < units->first || slice.last_unit > units->second)
                no_unit += cells_of(
                    slice, fmt::format("unit NOT BETWEEN {} AND {}", units->first, units->second));
            known.reset();
            known.bind(1, slice.indicator);
            if (!known.step()) no_indicator += cells_of(slice);
        }
        double no_source = 0;
        if (sources) {
            auto rows = database_.prepare(
                "SELECT count(*) FROM observation WHERE source NOT BETWEEN ?1 AND ?2");
            rows.bind(1, sources->first).bind(2, sources->second).step();
            no_source = rows.real(0);
        }
        const std::pair<const char*, double> counts[] = {
            {"unit", no_unit}, {"source", no_source}, {"indicator", no_indicator}};
        for (const auto& [table, count] : counts)
            if (count > 0) find("store_orphan", fmt::format("observation → {}", table), count);
        return true;
    }

    void check_references() {
        const bool compared = check_observation_ids();
        auto tables = database_.prepare("SELECT DISTINCT m.name FROM sqlite_master m JOIN "
                                        "pragma_foreign_key_list(m.name) WHERE m.type = 'table'");
        while (tables.step())
            if (tables.text(0) != "observation" || !compared)
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
                     cells_of(slice));
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

    // A rate that a report gives may be rounded; one that is far off was left behind by an import.
    // Rate, numerator and denominator of a period lie in the order of units: they are read side by
    // side, each once.
    void check_rates() {
        auto rates = database_.prepare(
            "SELECT i.code, i.id, n.id, d.id, i.scale FROM indicator i JOIN indicator n ON n.code "
            "= i.numerator JOIN indicator d ON d.code = i.denominator WHERE i.kind = 'ratio' "
            "ORDER BY i.code");
        const auto* text = "SELECT unit, value FROM observation WHERE indicator = ?1 AND year = ?2 "
                           "AND half = ?3 AND value IS NOT NULL ORDER BY unit";
        auto rate = database_.prepare(text), above = database_.prepare(text),
             below = database_.prepare(text);
        int found = 0;
        while (rates.step() && found < kMostOfAKind)
            for (const auto& slice : slices_) {
                if (slice.indicator != rates.integer(1) || found == kMostOfAKind) continue;
                ctx_.check();
                const auto start = [&](Statement& values, int column) {
                    values.reset();
                    values.bind(1, rates.integer(column));
                    values.bind(2, slice.period.year).bind(3, slice.period.half);
                };
                start(rate, 1), start(above, 2), start(below, 3);
                const auto off = rates_off(rate, above, below, rates.real(4));
                if (off == 0) continue;
                ++found;
                find("store_rate", std::string(rates.text(0)) + " " + data::to_string(slice.period),
                     off);
            }
    }

    // How many rates of a period do not follow from the two numbers behind them.
    static double rates_off(Statement& rate, Statement& above, Statement& below, double scale) {
        double off = 0;
        bool more = above.step() && below.step();
        while (more && rate.step()) {
            const auto unit = rate.integer(0);
            while (more && above.integer(0) < unit) more = above.step();
            while (more && below.integer(0) < unit) more = below.step();
            if (!more) break;
            if (above.integer(0) != unit || below.integer(0) != unit || below.real(1) <= 0)
                continue;
            const double given = rate.real(1), made = above.real(1) / below.real(1) * scale;
            off += std::fabs(given - made) > std::max(0.05, 0.01 * given);
        }
        return off;
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
        if (out_.version >= 4 && !database_.has_table("output_log"))
            find("store_table", "output_log"), whole = false;
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
        const bool lines = std::string_view(table) == "place";
        geo::PolygonSoup soup;
        for (std::uint64_t n = 0; rows.step(); ++n) {
            if (!append_face(rows.blob(1), soup) && !(lines && blob_lines(rows.blob(1))))
                find("store_layer", fmt::format("{} {}", table, rows.integer(0)));
            if (n % 1024 == 0) soup = {}, ctx_.check();
        }
    }

    static constexpr int kMostOfAKind = 20;
    Database database_;
    base::JobContext& ctx_;
    StoreCheck out_;
    std::vector<Slice> slices_;
};

} // namespace

StoreCheck check_store(const std::filesystem::path& file, base::JobContext& ctx) {
    return Checker(file, ctx).run();
}

} // namespace diaban::files
