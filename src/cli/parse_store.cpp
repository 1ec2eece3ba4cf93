// The flags of `store init|import|list|check|export|log|history`.

#include "cli/verb.hpp"

#include "app/import_profile.hpp"
#include "data/import_present.hpp"

namespace diaban::cli {
namespace {

void define_import(Verb& verb, app::ImportRequest& r) {
    verb.path("file", r.file, "help.flag.import_file")->required();
    verb.path("--into", r.store, "help.flag.into")->required();
    verb.option("--vintage", r.vintage, "help.flag.vintage");
    verb.option("--encoding", r.encoding, "help.flag.encoding");
    verb.option("--profile", r.profile, "help.flag.profile");
    verb.option("--save-profile", r.save_profile, "help.flag.save_profile");
    verb.option("--replaces", r.replaces, "help.flag.replaces");
    verb.option("--sheet", r.own.sheets, "help.flag.sheet")->allow_extra_args(false);
    verb.option("--header-row", r.own.header_row, "help.flag.header_row");
    verb.option("--header-rows", r.own.header_rows, "help.flag.header_rows");
    verb.parsed("--period", "help.flag.period",
                [&r](const std::string& text) { r.own.period = period_flag("--period", text); });
    verb.option("--as-of", r.own.as_of, "help.flag.as_of");
    verb.option("--agency", r.own.agency, "help.flag.agency");
    verb.option("--area", r.own.area, "help.flag.area");
    verb.parsed("--present", "help.flag.present", [&r](const std::string& text) {
        if (!data::parse_present(text))
            bad_value("--present", text, "auto | inclusive | exclusive");
        r.own.present = text;
    });
    verb.app()
        ->add_option_function<std::vector<std::string>>(
            "--map",
            [&r](const std::vector<std::string>& given) {
                r.own.columns.clear();
                for (const auto& one : given) {
                    const auto equals = one.rfind('=');
                    if (equals == std::string::npos || equals == 0)
                        bad_value("--map", one, "\"Người nghiện=DR01\"");
                    r.own.columns[one.substr(0, equals)] = one.substr(equals + 1);
                }
            },
            verb.text("help.flag.map_column"))
        ->allow_extra_args(false)
        ->type_name("");
    verb.classification(r.classification);
    verb.app()
        ->add_option_function<std::vector<std::string>>(
            "--empty",
            [&r](const std::vector<std::string>& given) {
                r.own.empty = {};
                for (const auto& one : given)
                    if (!app::set_sign(r.own.empty, one))
                        bad_value("--empty", one,
                                  "dash|none|dots|blank = zero|missing|not_applicable");
            },
            verb.text("help.flag.empty"))
        ->allow_extra_args(false)
        ->type_name("");
    verb.app()
        ->add_option_function<std::vector<std::string>>(
            "--word",
            [&r](const std::vector<std::string>& given) {
                r.own.words.clear();
                for (const auto& one : given)
                    if (!app::set_word(r.own.words, one))
                        bad_value("--word", one,
                                  "\"TĐ=hot\" (none|present|hot|hot1|hot2|hot3|unknown)");
            },
            verb.text("help.flag.word"))
        ->allow_extra_args(false)
        ->type_name("");
    verb.path("--out", r.out, "help.flag.import_out");
    verb.option("--accept-names", r.accept_names, "help.flag.accept_names");
    verb.option("--refuse-names", r.refuse_names, "help.flag.refuse_names");
    verb.path("--names-out", r.names_out, "help.flag.names_out");
    verb.flag("--dry-run", r.dry_run, "help.flag.dry_run");
    verb.flag("--again", r.again, "help.flag.again");
}

} // namespace

void define_store(CLI::App& app, Requests& r, Invocation& invocation,
                  const app::Language& language) {
    Verb store(app, "store", language);
    store.app()->require_subcommand(0, 1); // without one its help is printed
    store.option("--lang", invocation.language, "help.flag.lang");
    auto& parent = *store.app();

    Verb init(parent, "init", language, "store_init");
    init.path("store", r.store_init.store, "help.flag.store_file")->required();
    init.data(r.store_init.data, false);
    init.option("--title", r.store_init.title, "help.flag.title");
    init.option("--valid-from", r.store_init.valid_from, "help.flag.valid_from");
    init.option("--valid-until", r.store_init.valid_until, "help.flag.valid_until");
    init.common(invocation);

    Verb import(parent, "import", language, "store_import");
    define_import(import, r.store_import);
    import.common(invocation);

    Verb list(parent, "list", language, "store_list");
    list.path("store", r.store_list.store, "help.flag.store_file")->required();
    list.classification(r.store_list.classification);
    list.common(invocation);

    Verb check(parent, "check", language, "store_check");
    check.path("store", r.store_check.store, "help.flag.store_file")->required();
    check.common(invocation);

    Verb out(parent, "export", language, "store_export");
    out.path("store", r.store_export.data.store, "help.flag.store_file")->required();
    out.option("--vintage", r.store_export.data.vintage, "help.flag.vintage");
    out.option("--indicator", r.store_export.indicators, "help.flag.indicators")
        ->allow_extra_args(false);
    out.flag("--summary", r.store_export.summary, "help.flag.summary");
    out.parsed("--year", "help.flag.year", [&r](const std::string& text) {
        r.store_export.period = period_flag("--year", text);
    });
    out.option("--agency", r.store_export.agency, "help.flag.agency_name");
    out.classification(r.store_export.classification);
    out.path("--out", r.store_export.out, "help.flag.export_out")->required();
    out.common(invocation);

    Verb log(parent, "log", language, "store_log");
    log.path("store", r.store_log.store, "help.flag.store_file")->required();
    log.common(invocation);

    auto& h = r.store_history;
    Verb history(parent, "history", language, "store_history");
    history.path("store", h.store, "help.flag.store_file")->required();
    history.option("--unit", h.code, "help.flag.unit_code");
    history.cell(h.indicator, h.period);
    history.classification(h.classification);
    history.common(invocation);

    define_store_records(parent, r, invocation, language);
    define_store_units(parent, r, invocation, language);
}

Request chosen_of_store(const CLI::App& store, Requests& r) {
    if (store.got_subcommand("init")) return std::move(r.store_init);
    if (store.got_subcommand("import")) return std::move(r.store_import);
    if (store.got_subcommand("list")) return std::move(r.store_list);
    if (store.got_subcommand("check")) return std::move(r.store_check);
    if (store.got_subcommand("alias")) return std::move(r.store_alias);
    if (store.got_subcommand("rule")) return std::move(r.store_rule);
    if (store.got_subcommand("plan")) return std::move(r.store_plan);
    if (store.got_subcommand("patrol")) return std::move(r.store_patrol);
    if (store.got_subcommand("override")) return std::move(r.store_override);
    if (store.got_subcommand("vintage")) return std::move(r.store_vintage);
    if (store.got_subcommand("crosswalk")) return std::move(r.store_crosswalk);
    if (store.got_subcommand("names")) return std::move(r.store_names);
    if (store.got_subcommand("agency")) return std::move(r.store_agency);
    if (store.got_subcommand("places")) return std::move(r.store_places);
    if (store.got_subcommand("log")) return std::move(r.store_log);
    if (store.got_subcommand("history")) return std::move(r.store_history);
    return std::move(r.store_export);
}

} // namespace diaban::cli
