#include "files/store_vintage.hpp"

#include "files/sqlite.hpp"
#include "files/store_geometry.hpp"
#include "files/store_schema.hpp"
#include "files/store_units.hpp"
#include "files/store_update.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kLargeVintage = 2'000; // units; fewer are committed within a moment

std::int64_t first_unit(const Database& database, const std::string& vintage) {
    auto row = database.prepare("SELECT min(id) FROM unit WHERE vintage = ?1");
    row.bind(1, std::string_view(vintage));
    if (!row.step() || row.type(0) == Statement::Type::Null)
        throw Error(ErrorKind::Data, "error.store.unknown_vintage", {{"vintage", vintage}});
    return row.integer(0);
}

void end_open_vintages(const Database& database, const StoredVintage& vintage,
                       base::Findings& findings) {
    if (vintage.from == data::Date{}) return;
    const auto from = text_of(vintage.from);
    auto open = database.prepare("SELECT id FROM vintage WHERE valid_until IS NULL AND "
                                 "ifnull(valid_from, '') < ?1");
    open.bind(1, std::string_view(from));
    while (open.step())
        findings.push_back({base::Severity::Info,
                            "vintage_ended",
                            {{"vintage", std::string(open.text(0))}, {"date", from}},
                            "",
                            {},
                            "",
                            {}});
    open.reset();
    database
        .prepare("UPDATE vintage SET valid_until = ?1 WHERE valid_until IS NULL AND "
                 "ifnull(valid_from, '') < ?1")
        .bind(1, std::string_view(from))
        .run();
}

// Vintages are numbered from the oldest on; those without a date come first.
void number_vintages(const Database& database) {
    database.execute("UPDATE vintage SET seq = -1 - seq");
    std::vector<std::string> order;
    auto rows =
        database.prepare("SELECT id FROM vintage ORDER BY ifnull(valid_from, ''), seq DESC");
    while (rows.step()) order.emplace_back(rows.text(0));
    auto set = database.prepare("UPDATE vintage SET seq = ?2 WHERE id = ?1");
    for (std::size_t i = 0; i < order.size(); ++i)
        set.bind(1, std::string_view(order[i])).bind(2, static_cast<std::int64_t>(i)).run();
}

// How many rows of a table a condition about the vintage ?1 counts; none in a store that is too old
// to have it.
std::int64_t rows_with(const Database& database, const char* table, const std::string& vintage,
                       const std::string& sql) {
    if (!database.has_table(table)) return 0;
    auto rows = database.prepare(sql);
    rows.bind(1, std::string_view(vintage));
    rows.step();
    return rows.integer(0);
}

// What would be left without its units. Plans of inspections know communes by their codes, which
// another vintage may have as well.
base::Args uses_of(const Database& database, const std::string& vintage) {
    const auto of_units = [&](const char* table) {
        return rows_with(database, table, vintage,
                         std::string("SELECT count(*) FROM ") + table +
                             " WHERE unit IN (SELECT id FROM unit WHERE vintage = ?1)");
    };
    const auto parts = [&](const char* table) {
        return rows_with(database, table, vintage,
                         std::string("SELECT count(*) FROM ") + table +
                             " WHERE area IN (SELECT area.id FROM area JOIN unit ON unit.id = "
                             "area.unit WHERE unit.vintage = ?1)");
    };
    return {{"observations", of_units("observation") + parts("area_observation")},
            {"former", of_units("observation_history") + parts("area_observation_history")},
            {"statuses", of_units("status") + of_units("status_history")},
            {"crosswalks", rows_with(database, "crosswalk", vintage,
                                     "SELECT count(*) FROM crosswalk WHERE ?1 IN (from_vintage, "
                                     "to_vintage)")},
            {"plans", rows_with(database, "result", vintage,
                                "SELECT count(DISTINCT r.id) FROM result r, json_each(r.content, "
                                "'$.parts') part JOIN unit ON unit.code = "
                                "json_extract(part.value, '$[0]') WHERE r.kind = 'patrol' AND "
                                "unit.vintage = ?1 AND NOT EXISTS (SELECT 1 FROM unit other WHERE "
                                "other.code = unit.code AND other.vintage <> ?1)")}};
}

// Throws where the vintage has to stay. How many units it has.
std::size_t check_removable(const Database& database, const std::string& vintage) {
    const auto there =
        rows_with(database, "vintage", vintage, "SELECT count(*) FROM vintage WHERE id = ?1");
    if (there == 0)
        throw Error(ErrorKind::Usage, "error.store.unknown_vintage",
                    {{"vintage", vintage}, {"known", vintage_list(database)}});
    if (database.integer("SELECT count(*) FROM vintage") == 1)
        throw Error(ErrorKind::Data, "error.store.vintage_alone", {{"vintage", vintage}});
    auto uses = uses_of(database, vintage);
    const bool used = std::any_of(uses.begin(), uses.end(), [](const auto& use) {
        return std::get<std::int64_t>(use.second) > 0;
    });
    uses.emplace_back("vintage", vintage);
    if (used) throw Error(ErrorKind::Data, "error.store.vintage_in_use", std::move(uses));
    return static_cast<std::size_t>(
        rows_with(database, "unit", vintage, "SELECT count(*) FROM unit WHERE vintage = ?1"));
}

// Those that ended where this one began, unless another one begins there, too.
constexpr const char* kEndedBy =
    "valid_until = (SELECT valid_from FROM vintage WHERE id = ?1) AND id <> ?1 AND NOT EXISTS "
    "(SELECT 1 FROM vintage other WHERE other.id <> ?1 AND other.valid_from = "
    "vintage.valid_until)";

void find_reopened(const Database& database, const std::string& vintage, base::Findings& findings) {
    auto rows = database.prepare(std::string("SELECT id, valid_until, ifnull((SELECT valid_until "
                                             "FROM vintage WHERE id = ?1), '…') FROM vintage "
                                             "WHERE ") +
                                 kEndedBy);
    rows.bind(1, std::string_view(vintage));
    while (rows.step())
        findings.push_back({base::Severity::Info,
                            "vintage_reopened",
                            {{"removed", vintage},
                             {"vintage", std::string(rows.text(0))},
                             {"date", std::string(rows.text(1))},
                             {"until", std::string(rows.text(2))}},
                            "",
                            {},
                            "",
                            {}});
}

void delete_vintage_layer(const Database& database, const std::string& vintage) {
    auto views = database.prepare("SELECT name FROM sqlite_master WHERE type = 'view' AND "
                                  "substr(name, 1, 5) = 'unit_' AND substr(sql, -length(?1)) = ?1");
    views.bind(1, std::string_view(" FROM unit WHERE vintage = " + quoted_text(vintage)));
    std::vector<std::string> names;
    while (views.step()) names.emplace_back(views.text(0));
    views.reset();
    for (const auto& name : names) {
        database.prepare("DELETE FROM views_geometry_columns WHERE view_name = ?1")
            .bind(1, std::string_view(name))
            .run();
        database.execute("DROP VIEW " + quoted_name(name));
    }
}

void delete_vintage(const Database& database, const std::string& vintage) {
    database
        .prepare(std::string("UPDATE vintage SET valid_until = (SELECT valid_until FROM vintage "
                             "WHERE id = ?1) WHERE ") +
                 kEndedBy)
        .bind(1, std::string_view(vintage))
        .run();
    delete_vintage_layer(database, vintage);
    // For every unit it is made sure that no number is of it, which takes long without an index.
    database.execute("CREATE INDEX removal_now ON observation (unit);"
                     "CREATE INDEX removal_before ON observation_history (unit);");
    for (const auto* sql :
         {"DELETE FROM area WHERE unit IN (SELECT id FROM unit WHERE vintage = ?1)",
          "DELETE FROM unit WHERE vintage = ?1", "DELETE FROM period WHERE vintage = ?1",
          "DELETE FROM vintage WHERE id = ?1"})
        database.prepare(sql).bind(1, std::string_view(vintage)).run();
    database.execute("DROP INDEX removal_now; DROP INDEX removal_before;");
    number_vintages(database);
}

void delete_crosswalk(const Database& database, std::int64_t id) {
    for (const auto* sql : {"DELETE FROM crosswalk_weight WHERE crosswalk = ?1",
                            "DELETE FROM crosswalk_incomplete WHERE crosswalk = ?1",
                            "DELETE FROM crosswalk WHERE id = ?1"})
        database.prepare(sql).bind(1, id).run();
}

std::optional<std::int64_t> crosswalk_id(const Database& database, const std::string& from,
                                         const std::string& to) {
    auto row =
        database.prepare("SELECT id FROM crosswalk WHERE from_vintage = ?1 AND to_vintage = ?2");
    row.bind_texts({from, to});
    if (!row.step()) return std::nullopt;
    return row.integer(0);
}

// Writes records one by one and says how many are new and how many differ from before.
template <class Record>
RecordChanges put_records(const fs::path& store, const std::vector<Record>& records,
                          base::JobContext& ctx, const char* find, const char* put,
                          const std::function<void(Statement&, const Record&)>& bind) {
    RecordChanges out;
    update_store(
        store, ChangeSize::Small,
        [&](const Database& database) {
            auto known = database.prepare(find);
            auto write = database.prepare(put);
            for (const auto& record : records) {
                known.reset();
                bind(known, record);
                const bool there = known.step();
                if (there && known.integer(0) != 0) continue; // the same
                known.reset();
                bind(write, record);
                write.run();
                ++(there ? out.revised : out.added);
            }
            return out.added + out.revised > 0;
        },
        ctx);
    return out;
}

} // namespace

void add_vintage(const fs::path& store, const StoredVintage& vintage, base::Findings& findings,
                 base::JobContext& ctx) {
    ctx.stage("stage.store");
    const auto size = vintage.units.size() > kLargeVintage ? ChangeSize::Large : ChangeSize::Small;
    base::Findings ended;
    update_store(
        store, size,
        [&](const Database& database) {
            database.load_spatial(); // the triggers of the layers need it
            auto known = database.prepare("SELECT 1 FROM vintage WHERE id = ?1");
            known.bind(1, std::string_view(vintage.id));
            if (known.step())
                throw Error(ErrorKind::Data, "error.store.vintage_exists",
                            {{"vintage", vintage.id}});
            known.reset();
            ended.clear();
            end_open_vintages(database, vintage, ended);
            database
                .prepare("INSERT INTO vintage VALUES (?1, (SELECT ifnull(max(seq), -1) + 1 FROM "
                         "vintage), nullif(?2, ''), nullif(?3, ''))")
                .bind_texts({vintage.id, text_of(vintage.from), text_of(vintage.until)})
                .run();
            number_vintages(database);
            std::size_t done = 0;
            insert_units(database, vintage,
                         database.integer("SELECT ifnull(max(id), 0) + 1 FROM unit"), [&] {
                             constexpr std::size_t kBetween = 256;
                             if (++done % kBetween == 0) ctx.step(done, vintage.units.size());
                         });
            insert_vintage_layer(database, vintage.id);
            return true;
        },
        ctx);
    findings.insert(findings.end(), ended.begin(), ended.end());
}

std::size_t remove_vintage(const fs::path& store, const std::string& vintage, bool dry_run,
                           base::Findings& findings, base::JobContext& ctx) {
    std::size_t units = 0;
    base::Findings reopened;
    {
        const auto database = open_store(store, &ctx);
        require_store(database);
        units = check_removable(database, vintage);
        find_reopened(database, vintage, reopened);
    }
    if (!dry_run) {
        ctx.stage("stage.store");
        update_store(
            store, units > kLargeVintage ? ChangeSize::Large : ChangeSize::Small,
            [&](const Database& database) {
                database.load_spatial(); // the triggers of the layers need it
                // As it is now: another program may have imported meanwhile.
                units = check_removable(database, vintage);
                reopened.clear();
                find_reopened(database, vintage, reopened);
                delete_vintage(database, vintage);
                return true;
            },
            ctx);
    }
    findings.insert(findings.end(), reopened.begin(), reopened.end());
    return units;
}

void put_crosswalk(const fs::path& store, const data::Crosswalk& crosswalk,
                   const std::vector<std::size_t>& incomplete, const std::string& source,
                   base::JobContext& ctx) {
    update_store(
        store, ChangeSize::Small,
        [&](const Database& database) {
            const auto first_from = first_unit(database, crosswalk.from);
            const auto first_to = first_unit(database, crosswalk.to);
            if (const auto old = crosswalk_id(database, crosswalk.from, crosswalk.to))
                delete_crosswalk(database, *old);
            const auto id = database.integer("SELECT ifnull(max(id), 0) + 1 FROM crosswalk");
            database.prepare("INSERT INTO crosswalk VALUES (?1, ?2, ?3, ?4, ?5)")
                .bind(1, id)
                .bind(2, std::string_view(crosswalk.from))
                .bind(3, std::string_view(crosswalk.to))
                .bind(4, text_of(crosswalk.basis))
                .bind(5, std::string_view(source))
                .run();
            insert_weights(database, id, crosswalk, first_from, first_to);
            auto open = database.prepare("INSERT INTO crosswalk_incomplete VALUES (?1, ?2)");
            for (const auto unit : incomplete)
                open.bind(1, id).bind(2, first_to + static_cast<std::int64_t>(unit)).run();
            return true;
        },
        ctx);
}

std::size_t remove_crosswalk(const fs::path& store, const std::string& from, const std::string& to,
                             base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        std::size_t removed = 0;
        while (const auto id = crosswalk_id(database, from, to)) {
            delete_crosswalk(database, *id);
            ++removed;
        }
        return removed;
    });
}

std::vector<CrosswalkInfo> list_crosswalks(const fs::path& store) {
    const auto database = open_store(store);
    const bool named = require_store(database) >= 3;
    std::vector<CrosswalkInfo> out;
    auto rows = database.prepare(
        std::string("SELECT from_vintage, to_vintage, basis, (SELECT count(*) FROM "
                    "crosswalk_weight w WHERE w.crosswalk = c.id), ") +
        (named ? "source, (SELECT count(*) FROM crosswalk_incomplete i WHERE i.crosswalk = c.id)"
               : "'', 0") +
        " FROM crosswalk c ORDER BY id");
    while (rows.step())
        out.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                       std::string(rows.text(2)), std::string(rows.text(4)),
                       static_cast<std::uint64_t>(rows.integer(3)),
                       static_cast<std::uint64_t>(rows.integer(5))});
    return out;
}

std::vector<std::size_t> read_incomplete(const fs::path& store, const std::string& from,
                                         const std::string& to) {
    const auto database = open_store(store);
    std::vector<std::size_t> out;
    if (require_store(database) < 3) return out;
    const auto id = crosswalk_id(database, from, to);
    if (!id) return out;
    const auto first = first_unit(database, to);
    auto rows = database.prepare(
        "SELECT to_unit FROM crosswalk_incomplete WHERE crosswalk = ?1 ORDER BY to_unit");
    rows.bind(1, *id);
    while (rows.step()) out.push_back(static_cast<std::size_t>(rows.integer(0) - first));
    return out;
}

RecordChanges put_unit_names(const fs::path& store, const std::vector<data::UnitName>& names,
                             base::JobContext& ctx) {
    return put_records<data::UnitName>(
        store, names, ctx,
        "SELECT valid_until = ?3 AND name = ?4 AND type = ?5 AND parent_code = ?6 AND document = "
        "?7 FROM unit_name WHERE code = ?1 AND valid_from = ?2",
        "INSERT OR REPLACE INTO unit_name VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        [](Statement& to, const data::UnitName& n) {
            to.bind_texts({n.code, n.from, n.until, n.name, n.type, n.parent, n.document});
        });
}

std::vector<data::UnitName> read_stored_names(const fs::path& store) {
    const auto database = open_store(store);
    if (require_store(database) < 2) return {};
    return text_rows<data::UnitName, 7>(
        database.prepare("SELECT code, valid_from, valid_until, name, type, parent_code, document "
                         "FROM unit_name ORDER BY code, valid_from"));
}

RecordChanges put_assignments(const fs::path& store,
                              const std::vector<data::Assignment>& assignments,
                              base::JobContext& ctx) {
    return put_records<data::Assignment>(
        store, assignments, ctx,
        "SELECT valid_until = ?4 FROM assignment WHERE code = ?1 AND agency = ?2 AND valid_from = "
        "?3",
        "INSERT OR REPLACE INTO assignment (code, agency, valid_from, valid_until) "
        "VALUES (?1, ?2, ?3, ?4)",
        [](Statement& to, const data::Assignment& a) {
            to.bind_texts({a.code, a.agency, a.from, a.until});
        });
}

std::size_t remove_assignments(const fs::path& store, const std::string& code,
                               const std::string& agency, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        database.prepare("DELETE FROM assignment WHERE code = ?1 AND ?2 IN ('', agency)")
            .bind_texts({code, agency})
            .run();
        return database.changes();
    });
}

std::vector<data::Assignment> read_stored_assignments(const fs::path& store) {
    return read_stored_assignments(open_store(store));
}

std::vector<data::Assignment> read_stored_assignments(const Database& database) {
    if (require_store(database) < 2) return {};
    return text_rows<data::Assignment, 4>(
        database.prepare("SELECT code, agency, valid_from, valid_until FROM assignment "
                         "ORDER BY code, valid_from"));
}

namespace {

// What tells a place from others: kind, code and name; of one that has neither of the two, where it
// lies.
using PlaceKey = std::tuple<std::string, std::string, std::string, double, double>;

PlaceKey place_key(std::string kind, std::string code, std::string name, geo::Point at) {
    if (!code.empty() || !name.empty()) at = {};
    return {std::move(kind), std::move(code), std::move(name), at.x, at.y};
}

// Takes out the places that the new ones are put in place of; true for each of those.
std::vector<bool> remove_same(const Database& database, const std::vector<StoredPlace>& places) {
    std::map<PlaceKey, std::vector<std::int64_t>> there;
    auto rows = database.prepare("SELECT id, kind, code, name, lon, lat FROM place");
    while (rows.step())
        there[place_key(std::string(rows.text(1)), std::string(rows.text(2)),
                        std::string(rows.text(3)), {rows.real(4), rows.real(5)})]
            .push_back(rows.integer(0));
    auto remove = database.prepare("DELETE FROM place WHERE id = ?1");
    std::vector<bool> out;
    for (const auto& stored : places) {
        const auto& place = stored.place;
        const auto at = there.find(place_key(place.kind, place.code, place.name, place.at));
        out.push_back(at != there.end());
        if (at == there.end()) continue;
        for (const auto id : at->second) remove.bind(1, id).run();
        at->second.clear(); // several of one name in one file are several places
    }
    return out;
}

} // namespace

RecordChanges put_places(const fs::path& store, const std::vector<StoredPlace>& places,
                         base::JobContext& ctx) {
    RecordChanges out;
    update_store(
        store, ChangeSize::Small,
        [&](const Database& database) {
            out = {};
            database.load_spatial(); // the triggers of the layer need it
            const auto before = remove_same(database, places);
            for (std::size_t i = 0; i < places.size(); ++i) {
                ++(before[i] ? out.revised : out.added);
                insert_place(database, places[i].place, places[i].from, places[i].until);
            }
            return !places.empty();
        },
        ctx);
    return out;
}

std::size_t remove_places(const fs::path& store, const std::string& kind, const std::string& name,
                          base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        database.load_spatial();
        database.prepare("DELETE FROM place WHERE ?1 IN ('', kind) AND ?2 IN ('', name)")
            .bind_texts({kind, name})
            .run();
        return database.changes();
    });
}

std::vector<StoredPlace> read_stored_places(const fs::path& store) {
    const auto places = Store(store).read_places();
    std::vector<StoredPlace> out;
    for (const auto& place : places) out.push_back({place, "", ""});
    const auto database = open_store(store);
    if (require_store(database) < 3) return out;
    auto rows = database.prepare("SELECT valid_from, valid_until FROM place ORDER BY id");
    for (std::size_t i = 0; i < out.size() && rows.step(); ++i) {
        out[i].from = rows.text(0);
        out[i].until = rows.text(1);
    }
    return out;
}

} // namespace diaban::files
