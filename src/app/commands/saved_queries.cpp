#include "app/commands/saved_queries.hpp"

#include "app/commands/json.hpp"
#include "base/text.hpp"
#include "files/store_records.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

// What a kept text is of, in the JSON of the store.
constexpr const char* kKeptQuery = "query";
constexpr const char* kKeptSql = "sql";

std::vector<NamedQuery> kept_in_store(const std::filesystem::path& store, const char* kind) {
    std::vector<NamedQuery> out;
    if (store.empty()) return out;
    for (const auto& stored : files::read_queries(store)) {
        const auto json = nlohmann::json::parse(stored.content, nullptr, false);
        if (json.is_object() && json.contains(kind) && json[kind].is_string())
            out.push_back({stored.name, json[kind].get<std::string>()});
    }
    return out;
}

bool has_name(const std::vector<NamedQuery>& queries, const std::string& name) {
    return std::any_of(queries.begin(), queries.end(),
                       [&](const NamedQuery& one) { return one.name == name; });
}

void keep_in_store(const std::filesystem::path& store, const NamedQuery& query, const char* kind,
                   const char* other, base::JobContext& ctx) {
    if (has_name(kept_in_store(store, other), query.name))
        throw base::Error(base::ErrorKind::Usage, "error.query.name_taken", {{"name", query.name}});
    files::add_query(store, {query.name, Json{{kind, query.text}}.dump()}, ctx);
}

void forget_in_store(const std::filesystem::path& store, const std::string& name, const char* kind,
                     base::JobContext& ctx) {
    find_query(kept_in_store(store, kind), name);
    files::remove_query(store, name, ctx);
}

} // namespace

std::vector<NamedQuery> saved_queries(const std::vector<NamedQuery>& of_project,
                                      const std::filesystem::path& store) {
    auto out = of_project;
    for (auto& one : kept_in_store(store, kKeptQuery))
        if (!has_name(out, one.name)) out.push_back(std::move(one));
    return out;
}

std::vector<NamedQuery> saved_sql(const std::filesystem::path& store) {
    return kept_in_store(store, kKeptSql);
}

const NamedQuery& find_query(const std::vector<NamedQuery>& queries, const std::string& name) {
    std::vector<std::string> known;
    for (const auto& one : queries) {
        if (one.name == name) return one;
        known.push_back(one.name);
    }
    throw base::Error(base::ErrorKind::Usage, "error.query.no_saved",
                      {{"name", name}, {"known", known.empty() ? "–" : base::joined(known)}});
}

bool would_replace(const std::vector<NamedQuery>& queries, const NamedQuery& query) {
    return std::any_of(queries.begin(), queries.end(), [&](const NamedQuery& one) {
        return one.name == query.name && one.text != query.text;
    });
}

void check_replaces_none(const std::vector<NamedQuery>& queries, const NamedQuery& query) {
    if (would_replace(queries, query))
        throw base::Error(base::ErrorKind::Usage, "error.query.kept_already",
                          {{"name", query.name}});
}

std::vector<NamedQuery> with_query(std::vector<NamedQuery> queries, NamedQuery query) {
    std::erase_if(queries, [&](const NamedQuery& one) { return one.name == query.name; });
    queries.push_back(std::move(query));
    return queries;
}

std::vector<NamedQuery> without_query(std::vector<NamedQuery> queries, const std::string& name) {
    find_query(queries, name);
    std::erase_if(queries, [&](const NamedQuery& one) { return one.name == name; });
    return queries;
}

void store_query(const std::filesystem::path& store, const NamedQuery& query,
                 base::JobContext& ctx) {
    keep_in_store(store, query, kKeptQuery, kKeptSql, ctx);
}

void store_sql(const std::filesystem::path& store, const NamedQuery& statement,
               base::JobContext& ctx) {
    keep_in_store(store, statement, kKeptSql, kKeptQuery, ctx);
}

void forget_query(const std::filesystem::path& store, const std::string& name,
                  base::JobContext& ctx) {
    forget_in_store(store, name, kKeptQuery, ctx);
}

void forget_sql(const std::filesystem::path& store, const std::string& name,
                base::JobContext& ctx) {
    forget_in_store(store, name, kKeptSql, ctx);
}

std::string list_json(const std::vector<NamedQuery>& queries) {
    Json list = Json::array();
    for (const auto& one : queries) list.push_back({{"name", one.name}, {"text", one.text}});
    return Json{{"queries", std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace) +
           "\n";
}

std::string list_text(const std::vector<NamedQuery>& queries) {
    std::string out;
    for (const auto& one : queries) out += one.name + "\t" + one.text + "\n";
    return out;
}

} // namespace diaban::app
