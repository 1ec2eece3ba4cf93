#include "files/store_check.hpp"

#include "files/sqlite.hpp"
#include "files/store_geometry.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

#include <array>
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
    {"store_period", 1,
     "SELECT u.vintage || ' ' || o.year || CASE o.half WHEN 0 THEN '' ELSE '-H' || o.half END, o.n "
     "FROM (SELECT indicator, year, half, min(unit) AS unit, count(*) AS n FROM observation "
     "      GROUP BY indicator, year, half) o JOIN unit u ON u.id = o.unit "
     "LEFT JOIN period p ON p.vintage = u.vintage AND p.year = o.year AND p.half = o.half "
     "WHERE p.year IS NULL"},
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
    {"store_half", 2,
     "SELECT i.code || ' ' || h.year || ' ' || u.code, 1 FROM catalogue c "
     "JOIN indicator i ON i.code = c.code JOIN observation h ON h.indicator = i.id AND h.half = 1 "
     "JOIN observation y ON y.indicator = h.indicator AND y.year = h.year AND y.half = 0 "
     "AND y.unit = h.unit JOIN unit u ON u.id = h.unit "
     "WHERE c.reading = 'flow' AND h.value > y.value"},
});

class Checker {
public:
    Checker(const std::filesystem::path& file, base::JobContext& ctx)
        : database_(open_store(file, &ctx)), ctx_(ctx) {}

    StoreCheck run() {
        out_.version = static_cast<int>(require_store(database_));
        ctx_.stage("stage.store_check");
        out_.observations =
            static_cast<std::uint64_t>(database_.integer("SELECT count(*) FROM observation"));
        check_integrity();
        check_references();
        if (check_tables()) {
            for (const auto& question : kQuestions)
                if (question.since <= out_.version) ask(question);
            check_layer("unit", "MULTIPOLYGON");
            check_layer("place", "");
        }
        return std::move(out_);
    }

private:
    void find(std::string kind, std::string what, double count = 1) {
        base::Finding finding{Severity::Problem, std::move(kind), {}, "", {}, "rows", {}};
        finding.args = {{"what", std::move(what)}, {"count", static_cast<std::int64_t>(count)}};
        finding.amount = count;
        out_.findings.push_back(std::move(finding));
    }

    void check_integrity() {
        auto rows = database_.prepare("PRAGMA integrity_check(20)");
        while (rows.step())
            if (rows.text(0) != "ok") find("store_integrity", std::string(rows.text(0)));
    }

    void check_references() {
        constexpr double kMost = 1e6;
        std::string table, refers_to;
        double count = 0;
        const auto flush = [&] {
            if (count > 0) find("store_orphan", table + " → " + refers_to, count);
            count = 0;
        };
        auto rows = database_.prepare("PRAGMA foreign_key_check");
        while (rows.step() && count < kMost) {
            if (rows.text(0) != table || rows.text(2) != refers_to) flush();
            table = rows.text(0);
            refers_to = rows.text(2);
            ++count;
        }
        flush();
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
        return whole;
    }

    void ask(const Question& question) {
        constexpr int kMost = 20;
        auto rows = database_.prepare(question.sql);
        for (int n = 0; n < kMost && rows.step(); ++n)
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

    Database database_;
    base::JobContext& ctx_;
    StoreCheck out_;
};

} // namespace

StoreCheck check_store(const std::filesystem::path& file, base::JobContext& ctx) {
    return Checker(file, ctx).run();
}

} // namespace diaban::files
