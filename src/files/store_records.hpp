// What people add to a store one by one: names approved or refused, rules, plans with their
// targets, queries, plans of inspections.
//
// Guarantees: every change is one transaction; what is there already leaves the file untouched; a
// rule that statuses were decided by is neither removed nor changed under its version.
#pragma once

#include "base/job.hpp"
#include "data/names.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diaban::files {

class Database;

// ---- Names
struct NameDecision {
    data::Alias alias;    // the name as a report writes it, its parents, the code it is about
    bool approved = true; // false: this name is not that unit
    friend bool operator==(const NameDecision&, const NameDecision&) = default;
};
// Approved and refused, in the order of the names. Throws Error Input, Database.
std::vector<NameDecision> read_name_decisions(const std::filesystem::path& store);
// Within the caller's transaction. An approval takes the place of an earlier one of the same name
// and of its refusal; a refusal takes the place of the approval. Returns how many are new.
std::size_t put_name_decisions(const Database& database, const std::vector<NameDecision>& decisions,
                               const std::string& at);
// `at`: "2025-07-01T08:00:00Z".
std::size_t add_name_decisions(const std::filesystem::path& store,
                               const std::vector<NameDecision>& decisions, const std::string& at,
                               base::JobContext& ctx);
// All decisions about a name; empty parents mean any.
std::size_t remove_names(const std::filesystem::path& store, const std::string& name,
                         const std::string& district, const std::string& province,
                         base::JobContext& ctx);

// ---- Rules and plans
struct StoredRule {
    std::string id, version, domain, title, document;
    std::string from, until; // "2008-08-28"; "" = open
    std::string content;     // the rule file, JSON
    friend bool operator==(const StoredRule&, const StoredRule&) = default;
};
struct StoredTarget {
    std::string id, period, indicator, op;
    std::optional<double> value;
    std::string unit, denominator;
    std::optional<int> baseline_year;
    std::string deadline, kind, text, source;
};
struct StoredPlan {
    std::string id, title, area, source, from, until, content;
    std::vector<StoredTarget> targets = {};
};
// A query kept under a name: {"query": "status = hot"}.
struct StoredQuery {
    std::string name, content; // JSON
    friend bool operator==(const StoredQuery&, const StoredQuery&) = default;
};
std::vector<StoredQuery> read_queries(const std::filesystem::path& store); // by name
// One of the same name is replaced; false: it was there as it is.
bool add_query(const std::filesystem::path& store, const StoredQuery& query, base::JobContext& ctx);
std::size_t remove_query(const std::filesystem::path& store, const std::string& name,
                         base::JobContext& ctx);

// ---- Plans of `patrol`, kept under a name: rows of kind "patrol" of the table of results.
struct StoredPatrol {
    std::string name, made_at; // "2025-07-01T08:00:00Z"
    std::string request;       // what was asked, JSON
    std::string content;       // the plan with its name at "$.name", JSON
};
std::vector<StoredPatrol> read_patrols(const std::filesystem::path& store); // oldest first
// One of the same name is replaced; false: it was there as it is.
bool add_patrol(const std::filesystem::path& store, const StoredPatrol& plan,
                base::JobContext& ctx);
std::size_t remove_patrol(const std::filesystem::path& store, const std::string& name,
                          base::JobContext& ctx);

// By id and version; those of older stores are none.
std::vector<StoredRule> read_rules(const std::filesystem::path& store);
std::vector<StoredPlan> read_plans(const std::filesystem::path& store); // without their targets

// Within the caller's transaction; false: it was there. Throws Error Data
// "error.store.rule_changed" where statuses were decided by another content under this version.
bool put_rule(const Database& database, const StoredRule& rule);
bool add_rule(const std::filesystem::path& store, const StoredRule& rule, base::JobContext& ctx);
bool add_plan(const std::filesystem::path& store, const StoredPlan& plan, base::JobContext& ctx);
// An empty version means all of them. Throws Error Data "error.store.rule_in_use".
std::size_t remove_rule(const std::filesystem::path& store, const std::string& id,
                        const std::string& version, base::JobContext& ctx);
std::size_t remove_plan(const std::filesystem::path& store, const std::string& id,
                        base::JobContext& ctx);

} // namespace diaban::files
