// The flags of status, transitions, targets and carry.

#include "cli/verb.hpp"

namespace diaban::cli {
namespace {

void add_statuses(Verb& verb, app::StatusChoice& s) {
    verb.option("--drug", s.drug, "help.flag.drug");
    verb.option("--prostitution", s.prostitution, "help.flag.prostitution");
    verb.path("--overrides", s.overrides, "help.flag.overrides");
}

// A table has one list of units: every year on its own boundaries is for maps.
void add_carried(Verb& verb, app::Across& across) {
    verb.parsed("--across", "help.flag.carried", [&across](const std::string& text) {
        if (text != "no" && text != "carried") bad_value("--across", text, "no | carried");
        across = text == "carried" ? app::Across::Carried : app::Across::No;
    });
}

void add_domain(Verb& verb, app::Domains& domains) {
    verb.parsed("--domain", "help.flag.domain", [&domains](const std::string& text) {
        const auto found = app::parse_domains(text);
        if (!found) bad_value("--domain", text, "both | drug | prostitution");
        domains = *found;
    });
}

void add_period(Verb& verb, const char* name, data::Period& period, const char* help_id) {
    verb.parsed(name, help_id, [&period, flag = std::string(name)](const std::string& text) {
        period = period_flag(flag, text);
    });
}

} // namespace

void define_statuses(CLI::App& app, Requests& r, Invocation& invocation,
                     const app::Language& language) {
    Verb status(app, "status", language);
    status.data(r.status.data, true);
    add_carried(status, r.status.across);
    add_statuses(status, r.status.statuses);
    add_domain(status, r.status.domains);
    add_period(status, "--year", r.status.period, "help.flag.year");
    status.option("--rule", r.status.rule, "help.flag.rule");
    status.option("--compare-rule", r.status.compare_rule, "help.flag.compare_rule");
    add_period(status, "--compare-year", r.status.compare_period, "help.flag.compare_year");
    status.lines(invocation.lines, invocation.outline);
    status.option("--why", r.status.why, "help.flag.why");
    status.path("--reported", r.status.reported, "help.flag.reported");
    status.classification(r.status.classification);
    status.path("--out", r.status.out, "help.flag.tables_out");
    status.path("--map", r.status.map_out, "help.flag.status_map");
    status.parsed("--voice", "help.flag.status_voice", [&r](const std::string& text) {
        for (const auto voice :
             {app::StatusVoice::Counts, app::StatusVoice::Report, app::StatusVoice::Rule})
            if (text == app::to_string(voice)) return void(r.status.voice = voice);
        bad_value("--voice", text, "counts | report | rule");
    });
    status.page(r.status.page, r.status.dpi);
    status.line_layers(r.status.lines, "help.flag.lines");
    status.list("--hide-places", r.status.hidden_kinds, "help.flag.hide_places");
    status.flag("--keep", r.status.keep, "help.flag.keep");
    status.common(invocation);

    Verb transitions(app, "transitions", language);
    transitions.data(r.transitions.data, true);
    add_carried(transitions, r.transitions.across);
    add_statuses(transitions, r.transitions.statuses);
    add_domain(transitions, r.transitions.domains);
    add_period(transitions, "--from", r.transitions.from, "help.flag.from");
    add_period(transitions, "--to", r.transitions.to, "help.flag.to");
    transitions.path("--out", r.transitions.out, "help.flag.tables_out");
    transitions.common(invocation);

    Verb targets(app, "targets", language);
    targets.data(r.targets.data, true);
    add_carried(targets, r.targets.across);
    add_statuses(targets, r.targets.statuses);
    targets.option("--plan", r.targets.plan, "help.flag.plan");
    add_period(targets, "--year", r.targets.period, "help.flag.year");
    targets.path("--totals", r.targets.totals, "help.flag.totals");
    targets.option("--rule", r.targets.rule, "help.flag.targets_rule");
    targets.classification(r.targets.classification);
    targets.path("--out", r.targets.out, "help.flag.tables_out");
    targets.common(invocation);

    Verb carry(app, "carry", language);
    carry.data(r.carry.data, true);
    carry.option("--to-vintage", r.carry.to_vintage, "help.flag.to_vintage");
    carry.path("--to-boundaries", r.carry.to_boundaries, "help.flag.to_boundaries");
    carry.path("--crosswalk", r.carry.crosswalk, "help.flag.crosswalk");
    carry.paths("--then", r.carry.then, "help.flag.crosswalk_then");
    carry.path("--shares", r.carry.shares, "help.flag.shares");
    carry.option("--from-code", r.carry.columns.from, "help.flag.from_code");
    carry.option("--to-code", r.carry.columns.to, "help.flag.to_code");
    carry.option("--share", r.carry.columns.share, "help.flag.share");
    carry.classification(r.carry.classification);
    carry.path("--out", r.carry.out, "help.flag.tables_out");
    carry.common(invocation);
}

} // namespace diaban::cli
