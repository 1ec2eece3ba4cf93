#include "files/store_catalogue.hpp"

#include "files/sqlite.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

#include <limits>

#include <fmt/format.h>

namespace diaban::files {
namespace {

void list_indicators(const Database& database, StoreList& out) {
    // One look at the index per indicator and period, not per observation.
    auto rows = database.prepare(
        "SELECT i.code, i.name_vi, i.name_en, count(*), min(o.year * 10 + o.half), "
        "max(o.year * 10 + o.half) FROM indicator i LEFT JOIN observation o ON o.indicator = i.id "
        "GROUP BY i.id ORDER BY i.id");
    while (rows.step()) {
        StoredCount count;
        count.indicator = rows.text(0);
        count.name_vi = rows.text(1);
        count.name_en = rows.text(2);
        if (rows.type(4) != Statement::Type::Null) {
            count.observations = static_cast<std::uint64_t>(rows.integer(3));
            const auto period = [&](int column) {
                return data::Period{static_cast<int>(rows.integer(column) / 10),
                                    static_cast<int>(rows.integer(column) % 10)};
            };
            count.first = period(4);
            count.last = period(5);
        }
        out.indicators.push_back(std::move(count));
    }
}

std::vector<StoredImport> imports_of(const Database& database) {
    std::vector<StoredImport> out;
    auto rows = database.prepare("SELECT id, imported_at, file, program, rows, added, revised, "
                                 "removed, flipped FROM import_log ORDER BY id DESC");
    while (rows.step())
        out.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2)),
                       std::string(rows.text(3)), rows.integer(4), rows.integer(5), rows.integer(6),
                       rows.integer(7), rows.integer(8)});
    return out;
}

// What the units of an area have, on the boundaries that have most of them; a commune is looked up
// by its code, so that its whole slice is not read.
constexpr std::string_view kCounted =
    "CASE WHEN o.part = '' THEN NULL WHEN a.level = 'commune' THEN "
    "(SELECT c.value FROM unit u CROSS JOIN observation c ON c.unit = u.id AND "
    "c.indicator = o.indicator AND c.year = o.year AND c.half = o.half WHERE u.code = a.code AND "
    "c.value IS NOT NULL LIMIT 1) ELSE "
    "(SELECT sum(c.value) FROM observation c JOIN unit u ON u.id = c.unit WHERE "
    "c.indicator = o.indicator AND c.year = o.year AND c.half = o.half AND CASE a.level "
    "WHEN 'district' THEN u.district_code = a.code OR (a.code = '' AND u.district_name = a.name) "
    "WHEN 'province' THEN u.province_code = a.code OR (a.code = '' AND u.province_name = a.name) "
    "ELSE 1 END GROUP BY u.vintage ORDER BY count(c.value) DESC LIMIT 1) END";

void list_areas(const Database& database, StoreList& out) {
    auto rows = database.prepare(fmt::format(
        "SELECT a.level, a.code, a.name, i.code, o.part, o.year, o.half, o.value, o.state, "
        "s.file, s.sheet, s.agency, s.as_of, o.source_row, {} FROM area_observation o "
        "JOIN area a ON a.id = o.area JOIN indicator i ON i.id = o.indicator "
        "LEFT JOIN source s ON s.id = o.source ORDER BY i.id, o.year, o.half, a.id, o.part",
        kCounted));
    while (rows.step()) {
        StoredArea area;
        area.level = rows.text(0);
        area.code = rows.text(1);
        area.name = rows.text(2);
        area.indicator = rows.text(3);
        area.part = rows.text(4);
        area.period = {static_cast<int>(rows.integer(5)), static_cast<int>(rows.integer(6))};
        area.value = rows.type(7) == Statement::Type::Null
                         ? std::numeric_limits<double>::quiet_NaN()
                         : rows.real(7);
        area.state = cell_of(rows.integer(8), database.file().filename().string());
        area.file = rows.text(9);
        area.sheet = rows.text(10);
        area.agency = rows.text(11);
        area.as_of = rows.text(12);
        area.row = rows.integer(13);
        if (rows.type(14) != Statement::Type::Null) area.counted = rows.real(14);
        out.areas.push_back(std::move(area));
    }
}

} // namespace

StoreList list_store(const std::filesystem::path& file) {
    const auto database = open_store(file);
    StoreList out;
    out.version = static_cast<int>(require_store(database));
    out.title = database.text("SELECT value FROM meta WHERE key = 'title'");
    auto vintages = database.prepare(
        "SELECT v.id, ifnull(v.valid_from, ''), ifnull(v.valid_until, ''), count(u.id) FROM "
        "vintage v LEFT JOIN unit u ON u.vintage = v.id GROUP BY v.id ORDER BY v.seq");
    while (vintages.step())
        out.vintages.push_back({std::string(vintages.text(0)), std::string(vintages.text(1)),
                                std::string(vintages.text(2)),
                                static_cast<std::uint64_t>(vintages.integer(3))});
    list_indicators(database, out);
    for (const auto* table :
         {"place", "crosswalk", "alias", "rule", "status", "plan", "target", "unit_name",
          "assignment", "saved_query", "result", "observation_history"})
        if (database.has_table(table))
            out.tables[table] = static_cast<std::uint64_t>(
                database.integer(fmt::format("SELECT count(*) FROM {}", table)));
    if (out.version < 2) return out;
    out.imports = imports_of(database);
    list_areas(database, out);
    auto profiles = database.prepare("SELECT name FROM profile ORDER BY name");
    while (profiles.step()) out.profiles.emplace_back(profiles.text(0));
    return out;
}

std::vector<StoredImport> read_imports(const std::filesystem::path& file) {
    const auto database = open_store(file);
    if (require_store(database) < 2) return {};
    return imports_of(database);
}

std::vector<StoredOutput> read_outputs(const std::filesystem::path& file) {
    const auto database = open_store(file);
    std::vector<StoredOutput> out;
    if (require_store(database) < 4) return out;
    auto rows =
        database.prepare("SELECT made_at, verb, file, program FROM output_log ORDER BY id DESC");
    while (rows.step())
        out.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                       std::string(rows.text(2)), std::string(rows.text(3))});
    return out;
}

std::vector<data::Alias> read_aliases(const std::filesystem::path& file) {
    const auto database = open_store(file);
    std::vector<data::Alias> out;
    if (require_store(database) < 2) return out;
    auto rows = database.prepare("SELECT name, district, province, code FROM alias");
    while (rows.step())
        out.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                       std::string(rows.text(2)), std::string(rows.text(3))});
    return out;
}

std::map<std::string, std::string> read_profiles(const std::filesystem::path& file) {
    const auto database = open_store(file);
    std::map<std::string, std::string> out;
    if (require_store(database) < 2) return out;
    auto rows = database.prepare("SELECT name, content FROM profile");
    while (rows.step()) out.emplace(std::string(rows.text(0)), std::string(rows.text(1)));
    return out;
}

void add_outputs(const std::filesystem::path& store, const std::vector<StoredOutput>& outputs,
                 base::JobContext& ctx) {
    update_store(
        store, ChangeSize::Small,
        [&](const Database& database) {
            auto row = database.prepare("INSERT INTO output_log (made_at, verb, file, program) "
                                        "VALUES (?1, ?2, ?3, ?4)");
            for (const auto& one : outputs) {
                row.bind_texts({one.made_at, one.verb, one.file, one.program}).run();
            }
            return !outputs.empty();
        },
        ctx);
}

} // namespace diaban::files
