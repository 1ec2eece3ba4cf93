// The flags of `store vintage|crosswalk|names|agency|places`.

#include "cli/verb.hpp"

namespace diaban::cli {

void define_store_units(CLI::App& store, Requests& r, Invocation& invocation,
                        const app::Language& language) {
    auto& v = r.store_vintage;
    Verb vintage(store, "vintage", language, "store_vintage");
    add_action(vintage, v.action, v.data.store);
    vintage.data(v.data, false);
    vintage.option("--valid-from", v.valid_from, "help.flag.valid_from");
    vintage.option("--valid-until", v.valid_until, "help.flag.valid_until");
    vintage.flag("--dry-run", v.dry_run, "help.flag.dry_run");
    vintage.common(invocation);

    auto& w = r.store_crosswalk;
    Verb crosswalk(store, "crosswalk", language, "store_crosswalk");
    add_action(crosswalk, w.action, w.store);
    crosswalk.option("--from", w.from, "help.flag.from_vintage");
    crosswalk.option("--to", w.to, "help.flag.to_vintage");
    crosswalk.path("--table", w.table, "help.flag.crosswalk");
    crosswalk.paths("--then", w.then, "help.flag.crosswalk_then");
    crosswalk.path("--shares", w.shares, "help.flag.shares");
    crosswalk.option("--from-code", w.columns.from, "help.flag.from_code");
    crosswalk.option("--to-code", w.columns.to, "help.flag.to_code");
    crosswalk.option("--share", w.columns.share, "help.flag.share");
    crosswalk.flag("--overlay", w.overlay, "help.flag.overlay");
    crosswalk.option("--least-share", w.least_share, "help.flag.least_share")
        ->check(CLI::Range(0.0, 0.5));
    crosswalk.common(invocation);

    using Kind = app::UnitRecordsRequest::Kind;
    const auto define = [&](const char* name, const char* id, app::UnitRecordsRequest& u,
                            Kind kind) {
        Verb verb(store, name, language, id);
        u.kind = kind;
        add_action(verb, u.action, u.store);
        verb.path("--file", u.file, "help.flag.records_file");
        verb.option("--unit", u.code, "help.flag.unit_code");
        if (kind == Kind::Agency) verb.option("--agency", u.agency, "help.flag.agency_name");
        if (kind == Kind::Names) verb.option("--province", u.province, "help.flag.names_province");
        verb.option("--day", u.day, "help.flag.day");
        verb.path("--out", u.out, "help.flag.records_out");
        verb.common(invocation);
    };
    define("names", "store_names", r.store_names, Kind::Names);
    define("agency", "store_agency", r.store_agency, Kind::Agency);

    auto& p = r.store_places;
    Verb places(store, "places", language, "store_places");
    add_action(places, p.action, p.store);
    places.path("--file", p.file, "help.flag.places_file");
    places.option("--crs", p.crs, "help.flag.places_crs");
    places.option("--kind", p.kind, "help.flag.place_kind");
    places.option("--name", p.name, "help.flag.place_name");
    places.option("--valid-from", p.valid_from, "help.flag.place_valid_from");
    places.option("--valid-until", p.valid_until, "help.flag.place_valid_until");
    places.option("--day", p.day, "help.flag.day");
    places.path("--out", p.out, "help.flag.places_out");
    places.common(invocation);
}

} // namespace diaban::cli
