// Queries and SQL statements that are kept under names: of a project, of a store.
//
// Guarantees: what is forgotten of a store was of the kind that is meant, and nothing of one kind
// takes the place of a thing of the other kind that has the same name.
#pragma once

#include "app/named_query.hpp"
#include "base/job.hpp"

#include <filesystem>
#include <vector>

namespace diaban::app {

// Of the project first, then those of the store; each name once.
std::vector<NamedQuery> saved_queries(const std::vector<NamedQuery>& of_project,
                                      const std::filesystem::path& store);
// SQL statements; a project has none.
std::vector<NamedQuery> saved_sql(const std::filesystem::path& store);

// Throws Error Usage "error.query.no_saved" naming those there are.
const NamedQuery& find_query(const std::vector<NamedQuery>& queries, const std::string& name);
// Whether keeping a query would put it in place of another one that has its name.
bool would_replace(const std::vector<NamedQuery>& queries, const NamedQuery& query);
// Throws Error Usage "error.query.kept_already" if it would.
void check_replaces_none(const std::vector<NamedQuery>& queries, const NamedQuery& query);
// In place of one of the same name.
std::vector<NamedQuery> with_query(std::vector<NamedQuery> queries, NamedQuery query);
// Throws as find_query().
std::vector<NamedQuery> without_query(std::vector<NamedQuery> queries, const std::string& name);

// In place of one of the same name and kind. Throws Error Usage "error.query.name_taken" where the
// name is of the other kind; Input, Database.
void store_query(const std::filesystem::path& store, const NamedQuery& query,
                 base::JobContext& ctx);
void store_sql(const std::filesystem::path& store, const NamedQuery& statement,
               base::JobContext& ctx);
// Throws as find_query(); Error Input, Database.
void forget_query(const std::filesystem::path& store, const std::string& name,
                  base::JobContext& ctx);
void forget_sql(const std::filesystem::path& store, const std::string& name, base::JobContext& ctx);

// For --list: {"queries": [{"name", "text"}]}, and "name<TAB>text" on a line each.
std::string list_json(const std::vector<NamedQuery>& queries);
std::string list_text(const std::vector<NamedQuery>& queries);

} // namespace diaban::app
