// The flags of `store alias|rule|plan|override`.

#include "cli/verb.hpp"

namespace diaban::cli {

void add_action(Verb& verb, app::RecordAction& action, std::filesystem::path& store) {
    verb.parsed("action", "help.flag.action",
                [&action](const std::string& text) {
                    const auto found = app::parse_action(text);
                    if (!found) bad_value("action", text, "list | add | remove");
                    action = *found;
                })
        ->required();
    verb.path("store", store, "help.flag.store_file")->required();
}

namespace {

void define_document(CLI::App& store, const char* name, const char* id, app::DocumentRequest& r,
                     app::DocumentRequest::Kind kind, Invocation& invocation,
                     const app::Language& language) {
    Verb verb(store, name, language, id);
    r.kind = kind;
    add_action(verb, r.action, r.store);
    verb.option("what", r.what, "help.flag.document");
    verb.path("--out", r.out, "help.flag.document_out");
    verb.common(invocation);
}

} // namespace

void define_store_records(CLI::App& store, Requests& r, Invocation& invocation,
                          const app::Language& language) {
    Verb alias(store, "alias", language, "store_alias");
    add_action(alias, r.store_alias.action, r.store_alias.store);
    alias.option("--name", r.store_alias.name, "help.flag.alias_name");
    alias.option("--district", r.store_alias.district, "help.flag.alias_district");
    alias.option("--province", r.store_alias.province, "help.flag.alias_province");
    alias.option("--unit", r.store_alias.code, "help.flag.unit_code");
    alias.path("--file", r.store_alias.file, "help.flag.alias_file");
    alias.flag("--refuse", r.store_alias.refuse, "help.flag.refuse");
    alias.common(invocation);

    using Kind = app::DocumentRequest::Kind;
    define_document(store, "rule", "store_rule", r.store_rule, Kind::Rule, invocation, language);
    define_document(store, "plan", "store_plan", r.store_plan, Kind::Plan, invocation, language);
    define_document(store, "patrol", "store_patrol", r.store_patrol, Kind::Patrol, invocation,
                    language);

    auto& o = r.store_override;
    Verb person(store, "override", language, "store_override");
    add_action(person, o.action, o.store);
    person.option("--vintage", o.vintage, "help.flag.vintage");
    person.option("--unit", o.code, "help.flag.unit_code");
    person.parsed("--year", "help.flag.year",
                  [&o](const std::string& text) { o.period = period_flag("--year", text); });
    person.parsed("--domain", "help.flag.domain", [&o](const std::string& text) {
        const auto found = app::parse_domains(text);
        if (!found || *found == app::Domains::Both)
            bad_value("--domain", text, "drug | prostitution");
        o.domain = *found;
    });
    person.option("--status", o.status, "help.flag.status");
    person.option("--reason", o.reason, "help.flag.reason");
    person.option("--author", o.author, "help.flag.author");
    person.path("--file", o.file, "help.flag.overrides");
    person.common(invocation);
}

} // namespace diaban::cli
