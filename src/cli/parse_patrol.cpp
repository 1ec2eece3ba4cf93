// The flags of `patrol`.

#include "base/text.hpp"
#include "cli/verb.hpp"

namespace diaban::cli {
namespace {

std::size_t count_flag(const char* flag, const std::string& text) {
    return static_cast<std::size_t>(whole_flag(flag, text, 1, "1, 2, 3 …"));
}

void add_bases_and_teams(Verb& verb, app::PatrolRequest& p) {
    verb.parsed("--goal", "help.flag.patrol_goal",
                [&p](const std::string& text) {
                    const auto goal = analysis::parse_location_goal(text);
                    if (!goal) bad_value("--goal", text, "cover | median | centre");
                    p.goal = *goal;
                })
        ->default_str(std::string(to_string(p.goal)));
    verb.parsed("--bases", "help.flag.patrol_bases",
                [&p](const std::string& text) { p.bases = count_flag("--bases", text); })
        ->default_str(std::to_string(p.bases));
    verb.parsed("--within", "help.flag.patrol_within",
                [&p](const std::string& text) {
                    p.within_m = app::parse_ground_distance("--within", text);
                })
        ->default_str(app::distance_flag(p.within_m));
    verb.option("--detour", p.detour, "help.flag.patrol_detour");
    verb.list("--at", p.at, "help.flag.patrol_at");
    verb.parsed("--candidates", "help.flag.patrol_candidates", [&p](const std::string& text) {
        if (base::trim(text).empty()) bad_value("--candidates", text, "\"status = hot\"");
        p.candidates = text;
    });
    verb.app()
        ->add_option_function<std::vector<std::string>>(
            "--candidates-at",
            [&p](const std::vector<std::string>& given) {
                p.candidates_at.clear();
                for (const auto& one : given)
                    for (const auto& kind : CLI::detail::split(one, ','))
                        if (!kind.empty()) p.candidates_at.push_back(kind);
            },
            verb.text("help.flag.patrol_candidates_at"))
        ->allow_extra_args(false)
        ->type_name("");
    verb.flag("--fast", p.fast, "help.flag.patrol_fast");
    verb.parsed("--nodes", "help.flag.patrol_nodes",
                [&p](const std::string& text) {
                    p.nodes = whole_flag("--nodes", text, 1, "1, 2, 3 …");
                })
        ->default_str(std::to_string(p.nodes));
    verb.parsed("--teams", "help.flag.patrol_teams",
                [&p](const std::string& text) { p.teams = count_flag("--teams", text); })
        ->default_str(std::to_string(p.teams));
}

void add_locks_and_links(Verb& verb, app::PatrolRequest& p) {
    const auto several = [&](const char* flag, const char* help_id, auto take) {
        verb.app()
            ->add_option_function<std::vector<std::string>>(flag, take, verb.text(help_id))
            ->allow_extra_args(false)
            ->type_name("");
    };
    several("--lock", "help.flag.patrol_lock", [&p](const std::vector<std::string>& given) {
        p.locked.clear();
        for (const auto& one : given) p.locked.push_back(app::parse_lock("--lock", one));
    });
    several("--link", "help.flag.link", [&p](const std::vector<std::string>& given) {
        p.links.clear();
        for (const auto& one : given) {
            const auto equals = one.find('=');
            if (equals == std::string::npos) bad_value("--link", one, "30337=30340");
            p.links.emplace_back(one.substr(0, equals), one.substr(equals + 1));
        }
    });
}

void add_rota(Verb& verb, app::PatrolRequest& p) {
    verb.parsed("--months", "help.flag.patrol_months",
                [&p](const std::string& text) { p.months = count_flag("--months", text); })
        ->default_str(std::to_string(p.months));
    verb.parsed("--visits", "help.flag.patrol_visits",
                [&p](const std::string& text) { p.visits = count_flag("--visits", text); })
        ->default_str(std::to_string(p.visits));
    verb.option("--random", p.random_share, "help.flag.patrol_random");
    verb.parsed("--weights", "help.flag.patrol_weights", [&p](const std::string& text) {
        p.weights = app::parse_term_weights("--weights", text);
    });
    verb.list("--near", p.near, "help.flag.patrol_near");
    verb.list("--border", p.border, "help.flag.patrol_border");
    verb.list("--behind", p.behind, "help.flag.patrol_behind");
    verb.option("--targets", p.targets, "help.flag.patrol_targets");
    verb.lines(p.lines, p.outline);
}

} // namespace

void define_patrol(CLI::App& app, Requests& r, Invocation& invocation,
                   const app::Language& language) {
    auto& p = r.patrol;
    Verb patrol(app, "patrol", language);
    patrol
        .parsed("kind", "help.flag.patrol_kind",
                [&p](const std::string& text) {
                    const auto kind = app::parse_patrol_kind(text);
                    if (!kind) bad_value("kind", text, "cover | sectors | rota");
                    p.kind = *kind;
                })
        ->required();
    patrol.data(p.data, true);
    patrol.cell(p.indicator, p.period);
    patrol.list("--select", p.select, "help.flag.patrol_select");
    patrol.condition(p.where, "help.flag.patrol_where");
    patrol.option("--use", p.use, "help.flag.patrol_use");
    patrol.list("--forbid", p.forbid, "help.flag.patrol_forbid");
    patrol.list("--must", p.must, "help.flag.patrol_must");
    patrol.option("--seed", p.seed, "help.flag.patrol_seed");
    add_bases_and_teams(patrol, p);
    add_locks_and_links(patrol, p);
    add_rota(patrol, p);
    patrol.line_layers(p.layers, "help.flag.lines");
    patrol.page(p.page, p.dpi);
    patrol.classification(p.classification);
    patrol.option("--save", invocation.save, "help.flag.patrol_save");
    patrol.flag("--replace", invocation.replace, "help.flag.query_replace");
    // Read early, as --project is: the other flags change what was stored.
    patrol.option("--saved", invocation.saved, "help.flag.patrol_saved");
    patrol.option("--compare", invocation.compare, "help.flag.patrol_compare");
    patrol.path("--out", p.out, "help.flag.patrol_out");
    patrol.path("--map", p.map_out, "help.flag.patrol_map");
    patrol.path("--orders", p.orders, "help.flag.patrol_orders");
    patrol.common(invocation);
}

} // namespace diaban::cli
