#include "files/store_values.hpp"

#include "data/catalogue.hpp"
#include "data/value_limits.hpp"
#include "files/sqlite.hpp"
#include "files/store_schema.hpp"

#include <fmt/format.h>

namespace diaban::files {
namespace {

constexpr int kMostOfAnIndicator = 20;

// The two tables of numbers: how a row names its place, and since when it names its source.
struct NumberTable {
    const char* name;
    int since;        // schema version
    const char* join; // of the table of places, as p
    const char* code;
    const char* label;
    const char* place; // what tells equal codes apart
};
constexpr NumberTable kNumberTables[] = {
    {"observation", 1, "JOIN unit p ON p.id = o.unit", "p.code", "p.name", "p.vintage"},
    {"area_observation", 2, "JOIN area p ON p.id = o.area", "p.code",
     "p.name || CASE o.part WHEN '' THEN '' ELSE ', ' || o.part END", "p.level"},
};
constexpr int kSourceSince = 2;

struct LimitedIndicator {
    std::int64_t id = 0;
    std::string code;
    data::ValueLimits limits;
    const char* finding = "";
};

std::vector<LimitedIndicator> limited_indicators(const Database& database) {
    std::vector<LimitedIndicator> out;
    auto rows = database.prepare(
        "SELECT id, code, kind, name_vi, name_en, unit, counts_persons FROM indicator ORDER BY id");
    while (rows.step()) {
        data::Indicator indicator;
        indicator.id = rows.text(1);
        indicator.kind = kind_of(rows.text(2), database.file().string());
        indicator.name_vi = rows.text(3);
        indicator.name_en = rows.text(4);
        indicator.unit = rows.text(5);
        indicator.counts_persons = rows.integer(6) != 0;
        const auto* entry = data::find_in_catalogue(indicator.id);
        if (indicator.unit.empty() && entry) indicator.unit = entry->unit;
        const auto limits = data::value_limits(indicator, indicator.unit);
        if (!limits.any()) continue;
        const char* finding = limits.whole                          ? "store_value_count"
                              : indicator.kind == data::Kind::Count ? "store_value_amount"
                                                                    : "store_value_share";
        out.push_back({rows.integer(0), indicator.id, limits, finding});
    }
    return out;
}

// "bao_cao.xlsx · Biểu 1 · 12"; "–" where the store does not say.
std::string source_text(const Statement& row, int file) {
    if (row.type(file) != Statement::Type::Text) return "–";
    std::string out(row.text(file));
    if (!row.text(file + 1).empty() && row.text(file + 1) != row.text(file))
        out += " · " + std::string(row.text(file + 1));
    if (row.integer(file + 2) > 0) out += fmt::format(" · {}", row.integer(file + 2));
    return out;
}

Statement impossible_rows(const Database& database, const NumberTable& table, int version) {
    const bool sources = version >= kSourceSince;
    // A cast is exact up to here; larger numbers have no fraction.
    return database.prepare(fmt::format(
        "SELECT {}, {}, {}, o.year, o.half, o.value, {} FROM {} o {} {} WHERE o.indicator = ?1 AND "
        "(o.value < ?2 OR o.value > ?3 OR (?4 AND o.state = {} AND abs(o.value) < 9e15 AND "
        "o.value <> CAST(o.value AS INTEGER))) ORDER BY o.year, o.half",
        table.code, table.label, table.place,
        sources ? "s.file, s.sheet, o.source_row" : "NULL, NULL, NULL", table.name, table.join,
        sources ? "LEFT JOIN source s ON s.id = o.source" : "",
        static_cast<int>(data::Cell::Observed)));
}

base::Finding value_finding(const LimitedIndicator& indicator, const Statement& row) {
    const data::Period period{static_cast<int>(row.integer(3)), static_cast<int>(row.integer(4))};
    auto finding = base::finding(base::Severity::Problem, indicator.finding,
                                 {{"indicator", indicator.code},
                                  {"period", data::to_string(period)},
                                  {"code", std::string(row.text(0))},
                                  {"name", std::string(row.text(1))},
                                  {"vintage", std::string(row.text(2))},
                                  {"value", row.real(5)},
                                  {"source", source_text(row, 6)}},
                                 std::string(row.text(0)));
    finding.amount = 1;
    finding.amount_unit = "rows";
    return finding;
}

} // namespace

base::Findings impossible_values(const Database& database, int version, base::JobContext& ctx) {
    base::Findings out;
    const auto indicators = limited_indicators(database);
    for (const auto& table : kNumberTables) {
        if (version < table.since) continue;
        auto rows = impossible_rows(database, table, version);
        for (const auto& indicator : indicators) {
            ctx.check();
            rows.reset();
            rows.bind(1, indicator.id).bind(2, indicator.limits.low);
            rows.bind(3, indicator.limits.high).bind(4, indicator.limits.whole ? 1 : 0);
            std::int64_t count = 0;
            while (rows.step())
                if (++count <= kMostOfAnIndicator) out.push_back(value_finding(indicator, rows));
            if (count <= kMostOfAnIndicator) continue;
            const auto more = count - kMostOfAnIndicator;
            out.push_back(base::finding(base::Severity::Problem, "store_value_more",
                                        {{"indicator", indicator.code}, {"count", more}}));
            out.back().amount = static_cast<double>(more);
            out.back().amount_unit = "rows";
        }
    }
    return out;
}

} // namespace diaban::files
