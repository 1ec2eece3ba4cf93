#include "files/store_status.hpp"

#include "data/catalogue.hpp"
#include "files/sqlite.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;
using data::Domain;
using data::StatusRecord;
using data::StatusSource;

constexpr std::array<Domain, 2> kDomains{Domain::Drug, Domain::Prostitution};

const char* indicator_code(Domain domain) {
    return domain == Domain::Drug ? "ST01" : "ST02";
}

const char* origin_of(StatusSource source) {
    return source == StatusSource::Report ? "report"
           : source == StatusSource::Rule ? "rule"
                                          : "manual";
}

// Ids of the units of a vintage are one run.
struct UnitRange {
    std::int64_t first = 0, count = 0;
};
UnitRange range_of(const Database& database, const std::string& vintage) {
    auto rows = database.prepare("SELECT min(id), count(*) FROM unit WHERE vintage = ?1");
    rows.bind(1, std::string_view(vintage));
    rows.step();
    const UnitRange range{rows.integer(0), rows.integer(1)};
    if (range.count == 0)
        throw Error(ErrorKind::Data, "error.store.unknown_vintage",
                    {{"vintage", vintage}, {"known", vintage_list(database)}});
    return range;
}

data::Status status_of(std::string_view code, const Database& database) {
    if (const auto status = data::parse_status(code)) return *status;
    throw Error(ErrorKind::Database, "error.store.damaged",
                {{"file", database.file().filename().string()}, {"reason", std::string(code)}});
}

StatusRecord record_of(const Statement& row, const Database& database) {
    StatusRecord record;
    record.status = status_of(row.text(5), database);
    if (row.type(6) != Statement::Type::Null) record.score = row.real(6);
    if (row.type(7) != Statement::Type::Null) record.recognised = row.integer(7) != 0;
    record.decision = row.text(8);
    if (!row.text(9).empty())
        record.decision += (record.decision.empty() ? "" : ", ") + std::string(row.text(9));
    record.rule = row.text(10);
    if (!row.text(11).empty()) record.rule += " " + std::string(row.text(11));
    record.reason = row.text(12);
    record.author = row.text(13);
    return record;
}

// The class that reports give a commune: the observation of its status.
class ReportedStatus {
public:
    explicit ReportedStatus(const Database& database)
        : database_(database),
          find_(database.prepare("SELECT category.code FROM indicator i JOIN observation o "
                                 "ON o.indicator = i.id AND o.year = ?2 AND o.half = ?3 AND "
                                 "o.unit = ?4 JOIN category ON category.indicator = i.id AND "
                                 "category.value = o.value WHERE i.code = ?1")) {}

    std::optional<data::Status> find(Domain domain, data::Period period, std::int64_t unit) {
        find_.reset();
        find_.bind(1, std::string_view(indicator_code(domain)));
        find_.bind(2, period.year).bind(3, period.half).bind(4, unit);
        if (!find_.step()) return std::nullopt;
        return status_of(find_.text(0), database_);
    }

private:
    const Database& database_;
    Statement find_;
};

void complete(StatusRecord& record, const StoredClaims& at, StatusSource source) {
    record.unit = at.unit;
    record.period = at.period;
    record.domain = at.domain;
    record.source = source;
}

// Writes rows of the table `status` and what they held before.
class StatusWriter {
public:
    StatusWriter(const Database& database, const std::string& vintage, const std::string& at)
        : database_(database), at_(at), vintage_(vintage), range_(range_of(database, vintage)),
          find_(database.prepare("SELECT status, ifnull(score, ''), reason, author, rule, "
                                 "rule_version FROM status WHERE unit = ?1 AND year = ?2 AND half "
                                 "= ?3 AND domain = ?4 AND origin = ?5")),
          put_(database.prepare(
              "INSERT OR REPLACE INTO status (unit, year, half, domain, origin, status, score, "
              "recognised, decision, decided_on, rule, rule_version, reason, author, entered_at) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', nullif(?10, ''), nullif(?11, ''), "
              "?12, ?13, ?14)")),
          remember_(database.prepare(
              "INSERT INTO status_history (unit, year, half, domain, origin, status, recognised, "
              "decision, rule, rule_version, reason, author, entered_at, replaced_at) SELECT unit, "
              "year, half, domain, origin, status, recognised, decision, rule, rule_version, "
              "reason, author, entered_at, ?6 FROM status WHERE unit = ?1 AND year = ?2 AND half = "
              "?3 AND domain = ?4 AND origin = ?5")),
          remove_(database.prepare("DELETE FROM status WHERE unit = ?1 AND year = ?2 AND half = ?3 "
                                   "AND domain = ?4 AND origin = ?5")) {}

    void put(const StatusRecord& record, const StoredRule* rule) {
        require_place(record);
        bind_key(find_, record);
        if (find_.step()) {
            const bool same =
                find_.text(0) == data::to_string(record.status) && find_.text(2) == record.reason &&
                find_.text(3) == record.author &&
                (!rule || (find_.text(4) == rule->id && find_.text(5) == rule->version)) &&
                (find_.type(1) == Statement::Type::Real
                     ? record.score && find_.real(1) == *record.score
                     : !record.score);
            if (same) {
                ++out_.unchanged;
                return;
            }
            remember(record);
            ++out_.revised;
        } else {
            ++out_.added;
        }
        bind_key(put_, record);
        put_.bind(6, data::to_string(record.status));
        record.score ? put_.bind(7, *record.score) : put_.bind_null(7);
        record.recognised ? put_.bind(8, *record.recognised ? 1 : 0) : put_.bind_null(8);
        put_.bind(9, std::string_view(record.decision));
        put_.bind(10, rule ? std::string_view(rule->id) : std::string_view());
        put_.bind(11, rule ? std::string_view(rule->version) : std::string_view());
        put_.bind(12, std::string_view(record.reason)).bind(13, std::string_view(record.author));
        put_.bind(14, std::string_view(at_)).run();
    }
    void remove(const StatusRecord& record) {
        bind_key(find_, record);
        if (!find_.step()) return;
        remember(record);
        bind_key(remove_, record);
        remove_.run();
        ++out_.removed;
    }
    // Rows of a rule for communes that it does not judge any more.
    void remove_others(Domain domain, data::Period period, const std::set<std::size_t>& units) {
        auto rows = database_.prepare(
            "SELECT unit FROM status WHERE unit BETWEEN ?1 AND ?2 AND year = ?3 AND half = ?4 AND "
            "domain = ?5 AND origin = 'rule'");
        rows.bind(1, range_.first).bind(2, range_.first + range_.count - 1);
        rows.bind(3, period.year).bind(4, period.half).bind(5, data::to_string(domain));
        std::vector<StatusRecord> gone;
        while (rows.step()) {
            StatusRecord record;
            record.unit = static_cast<std::size_t>(rows.integer(0) - range_.first);
            record.period = period;
            record.domain = domain;
            record.source = StatusSource::Rule;
            if (!units.contains(record.unit)) gone.push_back(std::move(record));
        }
        for (const auto& record : gone) remove(record);
    }
    StatusChanges take() { return out_; }

private:
    void bind_key(Statement& statement, const StatusRecord& r) {
        statement.reset();
        statement.bind(1, range_.first + static_cast<std::int64_t>(r.unit));
        statement.bind(2, r.period.year).bind(3, r.period.half);
        statement.bind(4, data::to_string(r.domain));
        statement.bind(5, std::string_view(origin_of(r.source)));
    }
    void remember(const StatusRecord& record) {
        find_.reset();
        bind_key(remember_, record);
        remember_.bind(6, std::string_view(at_)).run();
    }
    // A status is shown as the value of its indicator, so that has to be known, with its class and
    // its period.
    void require_place(const StatusRecord& record) {
        if (!ready_.insert({record.domain, record.period, record.status}).second) return;
        const auto* code = indicator_code(record.domain);
        const auto indicator = data::indicator_of(*data::find_in_catalogue(code));
        database_
            .prepare("INSERT OR IGNORE INTO indicator (code, kind, name_vi, name_en, unit, scale, "
                     "counts_persons) VALUES (?1, ?2, ?3, ?4, ?5, 1, 0)")
            .bind(1, std::string_view(code))
            .bind(2, text_of(indicator.kind))
            .bind(3, std::string_view(indicator.name_vi))
            .bind(4, std::string_view(indicator.name_en))
            .bind(5, std::string_view(indicator.unit))
            .run();
        auto categories = indicator.categories;
        if (record.status != data::Status::Unknown)
            categories.emplace_back(data::to_string(record.status));
        for (const auto& category : categories)
            database_
                .prepare("INSERT INTO category SELECT id, (SELECT ifnull(max(value) + 1, 0) FROM "
                         "category WHERE indicator = id), ?2 FROM indicator WHERE code = ?1 AND "
                         "NOT EXISTS (SELECT 1 FROM category WHERE indicator = id AND code = ?2)")
                .bind(1, std::string_view(code))
                .bind(2, std::string_view(category))
                .run();
        database_.prepare("INSERT OR IGNORE INTO period VALUES (?1, ?2, ?3)")
            .bind(1, std::string_view(vintage_))
            .bind(2, record.period.year)
            .bind(3, record.period.half)
            .run();
    }

    const Database& database_;
    const std::string& at_;
    const std::string& vintage_;
    UnitRange range_;
    Statement find_, put_, remember_, remove_;
    std::set<std::tuple<Domain, data::Period, data::Status>> ready_;
    StatusChanges out_;
};

template <class Change>
StatusChanges changed(const fs::path& store, const std::string& vintage, const std::string& at,
                      base::JobContext& ctx, Change change) {
    StatusChanges out;
    update_store(
        store, ChangeSize::Small,
        [&](const Database& database) {
            StatusWriter writer(database, vintage, at);
            const bool more = change(database, writer);
            out = writer.take();
            return more || out.any();
        },
        ctx);
    return out;
}

} // namespace

std::vector<StoredClaims> read_claims(const fs::path& store, const std::string& vintage) {
    const auto database = open_store(store);
    std::vector<StoredClaims> out;
    if (require_store(database) < 3) return out;
    const auto range = range_of(database, vintage);
    auto rows = database.prepare(
        "SELECT unit, year, half, domain, origin, status, score, recognised, decision, decided_on, "
        "ifnull(rule, ''), ifnull(rule_version, ''), reason, author FROM status WHERE unit BETWEEN "
        "?1 AND ?2 ORDER BY unit, year, half, domain");
    rows.bind(1, range.first).bind(2, range.first + range.count - 1);
    ReportedStatus reported(database);
    while (rows.step()) {
        StoredClaims at;
        at.unit = static_cast<std::size_t>(rows.integer(0) - range.first);
        at.period = {static_cast<int>(rows.integer(1)), static_cast<int>(rows.integer(2))};
        const auto domain = std::find_if(kDomains.begin(), kDomains.end(), [&](Domain d) {
            return data::to_string(d) == rows.text(3);
        });
        if (domain == kDomains.end()) continue; // "drug_free" has no order
        at.domain = *domain;
        const bool same = !out.empty() && out.back().unit == at.unit &&
                          out.back().period == at.period && out.back().domain == at.domain;
        if (!same) {
            if (const auto said = reported.find(at.domain, at.period, rows.integer(0))) {
                at.claims.report.emplace();
                complete(*at.claims.report, at, StatusSource::Report);
                at.claims.report->status = *said;
            }
            out.push_back(at);
        }
        auto& claims = out.back().claims;
        auto record = record_of(rows, database);
        if (rows.text(4) == "report") {
            if (!claims.report) continue; // of an observation that is gone
            const auto status = claims.report->status;
            claims.report = std::move(record);
            complete(*claims.report, out.back(), StatusSource::Report);
            claims.report->status = status;
        } else if (rows.text(4) == "rule") {
            complete(record, out.back(), StatusSource::Rule);
            claims.rule = std::move(record);
        } else {
            complete(record, out.back(), StatusSource::Override);
            claims.override_ = std::move(record);
        }
    }
    return out;
}

StatusChanges put_rule_statuses(const fs::path& store, const std::string& vintage,
                                const StoredRule& rule, Domain domain, data::Period period,
                                const std::vector<StatusRecord>& records, const std::string& at,
                                base::JobContext& ctx) {
    return changed(store, vintage, at, ctx, [&](const Database& database, StatusWriter& writer) {
        const bool added = put_rule(database, rule);
        std::set<std::size_t> units;
        for (const auto& record : records)
            if (record.status != data::Status::Unknown) units.insert(record.unit);
        writer.remove_others(domain, period, units);
        for (auto record : records) {
            if (record.status == data::Status::Unknown) continue;
            record.domain = domain;
            record.period = period;
            record.source = StatusSource::Rule;
            writer.put(record, &rule);
        }
        return added;
    });
}

StatusChanges put_overrides(const fs::path& store, const std::string& vintage,
                            const std::vector<StatusRecord>& records, const std::string& at,
                            base::JobContext& ctx) {
    for (const auto& record : records)
        if (record.reason.empty() || record.author.empty())
            throw Error(ErrorKind::Data, "error.override.reason");
    return changed(store, vintage, at, ctx, [&](const Database&, StatusWriter& writer) {
        for (auto record : records) {
            record.source = StatusSource::Override;
            writer.put(record, nullptr);
        }
        return false;
    });
}

StatusChanges remove_overrides(const fs::path& store, const std::string& vintage,
                               const std::vector<StatusRecord>& records, const std::string& at,
                               base::JobContext& ctx) {
    return changed(store, vintage, at, ctx, [&](const Database&, StatusWriter& writer) {
        for (auto record : records) {
            record.source = StatusSource::Override;
            writer.remove(record);
        }
        return false;
    });
}

} // namespace diaban::files
