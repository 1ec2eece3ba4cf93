#include "files/store_records.hpp"

#include "files/sqlite.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

#include <algorithm>
#include <functional>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

void bind_alias(Statement& statement, const data::Alias& alias) {
    statement.bind_texts({alias.name, alias.district, alias.province, alias.code});
}

constexpr const char* kSameName = "name = ?1 AND district = ?2 AND province = ?3";

} // namespace

std::vector<NameDecision> read_name_decisions(const fs::path& store) {
    const auto database = open_store(store);
    const auto version = require_store(database);
    std::vector<NameDecision> out;
    const auto read = [&](const char* table, bool approved) {
        auto rows =
            database.prepare(std::string("SELECT name, district, province, code FROM ") + table);
        while (rows.step())
            out.push_back({{std::string(rows.text(0)), std::string(rows.text(1)),
                            std::string(rows.text(2)), std::string(rows.text(3))},
                           approved});
    };
    if (version >= 2) read("alias", true);
    if (version >= 3) read("alias_refused", false);
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.alias.name < b.alias.name; });
    return out;
}

std::size_t put_name_decisions(const Database& database, const std::vector<NameDecision>& decisions,
                               const std::string& at) {
    const std::string same = kSameName;
    auto approve = database.prepare(
        "INSERT INTO alias VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
        "code = excluded.code, approved_at = excluded.approved_at WHERE code <> excluded.code");
    auto refuse =
        database.prepare("INSERT OR IGNORE INTO alias_refused VALUES (?1, ?2, ?3, ?4, ?5)");
    auto no_refusal =
        database.prepare("DELETE FROM alias_refused WHERE " + same + " AND code = ?4");
    auto no_approval = database.prepare("DELETE FROM alias WHERE " + same + " AND code = ?4");
    std::size_t count = 0;
    for (const auto& decision : decisions) {
        auto& undo = decision.approved ? no_refusal : no_approval;
        bind_alias(undo, decision.alias);
        undo.run();
        auto& put = decision.approved ? approve : refuse;
        bind_alias(put, decision.alias);
        put.bind(5, std::string_view(at)).run();
        count += database.changes();
    }
    return count;
}

std::size_t add_name_decisions(const fs::path& store, const std::vector<NameDecision>& decisions,
                               const std::string& at, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        return put_name_decisions(database, decisions, at);
    });
}

std::size_t remove_names(const fs::path& store, const std::string& name,
                         const std::string& district, const std::string& province,
                         base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        std::size_t count = 0;
        for (const auto* table : {"alias", "alias_refused"}) {
            auto remove = database.prepare(
                std::string("DELETE FROM ") + table +
                " WHERE name = ?1 AND ?2 IN ('', district) AND ?3 IN ('', province)");
            remove.bind_texts({name, district, province}).run();
            count += database.changes();
        }
        return count;
    });
}

std::vector<StoredRule> read_rules(const fs::path& store) {
    const auto database = open_store(store);
    if (require_store(database) < 3) return {};
    return text_rows<StoredRule, 8>(
        database.prepare("SELECT id, version, domain, title, document, valid_from, valid_until, "
                         "content FROM rule ORDER BY id, version"));
}

std::vector<StoredPlan> read_plans(const fs::path& store) {
    const auto database = open_store(store);
    if (require_store(database) < 3) return {};
    return text_rows<StoredPlan, 7>(
        database.prepare("SELECT id, title, area, source, valid_from, valid_until, content "
                         "FROM plan ORDER BY id"));
}

std::vector<StoredQuery> read_queries(const fs::path& store) {
    const auto database = open_store(store);
    if (require_store(database) < 2) return {};
    return text_rows<StoredQuery, 2>(
        database.prepare("SELECT name, content FROM saved_query ORDER BY name"));
}

bool add_query(const fs::path& store, const StoredQuery& query, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
               auto put = database.prepare(
                   "INSERT INTO saved_query VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
                   "content = excluded.content WHERE content <> excluded.content");
               put.bind_texts({query.name, query.content}).run();
               return database.changes();
           }) > 0;
}

std::size_t remove_query(const fs::path& store, const std::string& name, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        auto remove = database.prepare("DELETE FROM saved_query WHERE name = ?1");
        remove.bind(1, std::string_view(name)).run();
        return database.changes();
    });
}

namespace {

constexpr const char* kPatrolNamed = "kind = 'patrol' AND json_extract(content, '$.name') = ?1";

std::size_t removed_patrols(const Database& database, const std::string& name) {
    auto remove = database.prepare(std::string("DELETE FROM result WHERE ") + kPatrolNamed);
    remove.bind(1, std::string_view(name)).run();
    return database.changes();
}

} // namespace

std::vector<StoredPatrol> read_patrols(const fs::path& store) {
    const auto database = open_store(store);
    if (require_store(database) < 2) return {};
    return text_rows<StoredPatrol, 4>(
        database.prepare("SELECT json_extract(content, '$.name'), made_at, request, content "
                         "FROM result WHERE kind = 'patrol' ORDER BY id"));
}

bool add_patrol(const fs::path& store, const StoredPatrol& plan, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) -> std::size_t {
               auto known = database.prepare(std::string("SELECT content FROM result WHERE ") +
                                             kPatrolNamed);
               known.bind(1, std::string_view(plan.name));
               if (known.step() && known.text(0) == plan.content) return 0;
               known.reset();
               removed_patrols(database, plan.name);
               auto put = database.prepare("INSERT INTO result (kind, made_at, request, content) "
                                           "VALUES ('patrol', ?1, ?2, ?3)");
               put.bind_texts({plan.made_at, plan.request, plan.content}).run();
               return 1;
           }) > 0;
}

std::size_t remove_patrol(const fs::path& store, const std::string& name, base::JobContext& ctx) {
    return update_rows(store, ctx,
                       [&](const Database& database) { return removed_patrols(database, name); });
}

namespace {

std::int64_t statuses_of(const Database& database, const std::string& id,
                         const std::string& version) {
    auto count = database.prepare(
        "SELECT count(*) FROM status WHERE rule = ?1 AND ?2 IN ('', rule_version)");
    count.bind_texts({id, version});
    count.step();
    return count.integer(0);
}

[[noreturn]] void in_use(const char* key, const std::string& id, const std::string& version,
                         std::int64_t statuses) {
    throw Error(ErrorKind::Data, key,
                {{"rule", id + (version.empty() ? "" : " " + version)}, {"count", statuses}});
}

} // namespace

bool put_rule(const Database& database, const StoredRule& r) {
    auto known = database.prepare("SELECT content FROM rule WHERE id = ?1 AND version = ?2");
    known.bind_texts({r.id, r.version});
    if (known.step()) {
        if (known.text(0) == r.content) return false;
        if (const auto statuses = statuses_of(database, r.id, r.version))
            in_use("error.store.rule_changed", r.id, r.version, statuses);
    }
    known.reset();
    auto insert =
        database.prepare("INSERT OR REPLACE INTO rule VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    insert.bind_texts({r.id, r.version, r.domain, r.title, r.document, r.from, r.until, r.content})
        .run();
    return true;
}

bool add_rule(const fs::path& store, const StoredRule& rule, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) -> std::size_t {
               return put_rule(database, rule) ? 1 : 0;
           }) > 0;
}

bool add_plan(const fs::path& store, const StoredPlan& plan, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) -> std::size_t {
               auto known = database.prepare("SELECT content FROM plan WHERE id = ?1");
               known.bind(1, std::string_view(plan.id));
               if (known.step() && known.text(0) == plan.content) return 0;
               known.reset();
               database.prepare("DELETE FROM plan WHERE id = ?1")
                   .bind(1, std::string_view(plan.id))
                   .run();
               auto head = database.prepare("INSERT INTO plan VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
               head.bind_texts({plan.id, plan.title, plan.area, plan.source, plan.from, plan.until,
                                plan.content})
                   .run();
               auto row = database.prepare("INSERT INTO target VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                                           "?8, ?9, ?10, ?11, ?12, ?13, ?14)");
               for (const auto& t : plan.targets) {
                   row.bind_texts({plan.id, t.id, plan.area, t.period, t.indicator, t.op});
                   t.value ? row.bind(7, *t.value) : row.bind_null(7);
                   row.bind(8, std::string_view(t.unit)).bind(9, std::string_view(t.denominator));
                   t.baseline_year ? row.bind(10, *t.baseline_year) : row.bind_null(10);
                   row.bind(11, std::string_view(t.deadline)).bind(12, std::string_view(t.kind));
                   row.bind(13, std::string_view(t.text)).bind(14, std::string_view(t.source));
                   row.run();
               }
               return 1;
           }) > 0;
}

std::size_t remove_rule(const fs::path& store, const std::string& id, const std::string& version,
                        base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        if (const auto statuses = statuses_of(database, id, version))
            in_use("error.store.rule_in_use", id, version, statuses);
        auto remove = database.prepare("DELETE FROM rule WHERE id = ?1 AND ?2 IN ('', version)");
        remove.bind_texts({id, version}).run();
        return database.changes();
    });
}

std::size_t remove_plan(const fs::path& store, const std::string& id, base::JobContext& ctx) {
    return update_rows(store, ctx, [&](const Database& database) {
        auto remove = database.prepare("DELETE FROM plan WHERE id = ?1");
        remove.bind(1, std::string_view(id)).run();
        return database.changes();
    });
}

} // namespace diaban::files
