#include "cli/parse.hpp"

#include "app/project_views.hpp"
#include "app/stored_hotspots.hpp"
#include "app/stored_plans.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "cli/flag_pairs.hpp"
#include "cli/help.hpp"
#include "cli/verb.hpp"
#include "cli/words.hpp"

#include <algorithm>

namespace diaban::cli {
namespace {

using base::Error;
using base::ErrorKind;

// --name VALUE or --name=VALUE before the real parse: the language decides the words of the help,
// and a project gives the defaults that the other flags override.
std::string early_value(const std::vector<std::string>& arguments, std::string_view name) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view a = arguments[i];
        if (a == "--") break;
        if (a == name && i + 1 < arguments.size()) return arguments[i + 1];
        if (a.starts_with(name) && a.size() > name.size() && a[name.size()] == '=')
            return std::string(a.substr(name.size() + 1));
    }
    return {};
}

// Where the verb stands, also behind --lang; the end: nowhere.
std::vector<std::string>::const_iterator verb_at(const std::vector<std::string>& arguments) {
    auto at = arguments.begin();
    for (; at != arguments.end() && at->starts_with('-'); ++at)
        if (*at == "--lang" && ++at == arguments.end()) break;
    return at;
}

// A file where the verb belongs is one to be shown, as whoever opens it from a desktop means.
std::vector<std::string> with_verb(std::vector<std::string> arguments) {
    const auto at = verb_at(arguments);
    const bool first = at == arguments.begin() || arguments.front().starts_with("--lang");
    std::error_code failed;
    if (at != arguments.end() && first && at->find_first_of("./\\") != std::string::npos &&
        std::filesystem::exists(*at, failed))
        arguments.insert(at, "view");
    return arguments;
}

// "2010-2025", "2010,2012", "2010-H1,2010-H2".
std::vector<data::Period> periods_flag(const std::string& text) {
    std::vector<data::Period> out;
    for (const auto& part : CLI::detail::split(text, ',')) {
        const auto dash = part.find('-');
        if (part.size() == 9 && dash == 4 && part[5] != 'H') {
            const auto first = period_flag("--years", part.substr(0, 4)).year;
            const auto last = period_flag("--years", part.substr(5)).year;
            if (last < first || last - first > 500) bad_value("--years", part, "2010-2025");
            for (int year = first; year <= last; ++year) out.push_back({year, 0});
        } else if (const auto period = data::parse_period(part)) {
            out.push_back(*period);
        } else {
            bad_value("--years", part, "2010-2025 | 2010,2015");
        }
    }
    return out;
}

// What a view says beyond the map of the project, which is the view's already.
void start_from_view(Requests& r, const app::Project& project, const app::SavedView& view,
                     bool stored) {
    r.map = app::request_of(project, view);
    r.chart.select = r.table.select = view.selection;
    r.table.period = r.query.period = view.map.period;
    r.status.period = r.targets.period = r.join.period = view.map.period;
    r.join.indicator = view.map.indicator;
    if (view.years.size() > 1 && view.years.front() < view.years.back())
        r.transitions.from = view.years.front(), r.transitions.to = view.years.back();
    if (stored) return; // a result is asked for again as it was
    r.hotspots.indicator = view.map.indicator;
    r.hotspots.period = view.map.period;
}

// What a kept plan was asked, with its lines where they are now. Who may read the answer is asked
// anew every time: the values of an internal plan are for those who say so now.
app::PatrolRequest plan_request(const app::Project& project, const std::filesystem::path& store,
                                const std::filesystem::path& kept_in, const std::string& name) {
    auto request = app::find_plan(app::plans_kept(project, store), name).request;
    for (const auto& file : {kept_in, store}) { // the plan is kept in one of them
        if (file.empty()) continue;
        const auto folder = std::filesystem::absolute(file).parent_path();
        request.lines = app::lines_again(request, app::near_lines(project.lines), folder);
        request.targets = app::targets_again(request.targets, folder);
    }
    if (request.outline.empty()) request.outline = project.outline;
    request.classification = app::Classification::Public;
    return request;
}

// `plan`: what is saved is a plan, not a result.
void start_from_project(Requests& r, const std::string& file, const std::string& saved, bool plan,
                        const std::string& view_name) {
    auto project = app::load_project(file);
    std::optional<app::SavedView> view;
    if (!view_name.empty()) {
        view = project.views[app::find_view(project, view_name)];
        project = app::showing(std::move(project), *view);
    }
    if (!saved.empty() && plan)
        r.patrol = plan_request(project, project.data.store, file, saved);
    else if (!saved.empty())
        r.hotspots = app::find_stored(project, saved).request;
    r.chart.data = project.data;
    r.chart.map = project.map;
    r.chart.across = project.across;
    r.table.period = project.map.period;
    r.table.across = project.across;
    r.chart.page = project.page;
    r.table.data = r.check.data = r.join.data = r.classes.data = r.map.data = r.weights.data =
        r.where.data = r.hotspots.data = r.status.data = r.transitions.data = r.targets.data =
            r.carry.data = r.near.data = r.query.data = r.sql.data = r.patrol.data = project.data;
    r.weights.neighbours.links = project.links;
    r.hotspots.neighbours.links = project.links;
    r.patrol.links = project.links;
    r.patrol.page = project.page;
    r.hotspots.page = r.near.page = r.query.page = r.sql.page = r.status.page = project.page;
    r.table.where = project.map.where;
    r.classes.map = r.map.map = project.map;
    r.classes.across = r.map.across = project.across;
    if (project.across == app::Across::Carried)
        r.status.across = r.transitions.across = r.targets.across = project.across;
    r.map.page = project.page;
    r.map.lines = r.where.lines = r.status.lines = project.lines;
    r.hotspots.layers = r.near.layers = r.patrol.layers = project.lines;
    r.map.hidden_kinds = {project.hidden_kinds.begin(), project.hidden_kinds.end()};
    r.status.hidden_kinds = r.map.hidden_kinds;
    r.near.lines = app::near_lines(project.lines);
    r.near.outline = project.outline;
    if (saved.empty() || !plan) {
        r.patrol.lines = r.near.lines;
        r.patrol.outline = project.outline;
    }
    r.pack = app::pack_request(project);
    r.query.period = project.map.period;
    r.where.period = project.map.period; // all indicators, in the year that the project shows
    if (view) start_from_view(r, project, *view, !saved.empty());
}

void define_small_verbs(CLI::App& app, Requests& r, Invocation& invocation,
                        const app::Language& language) {
    Verb sample(app, "sample", language);
    sample
        .parsed("folder", "help.flag.sample_folder",
                [&r](const std::string& text) { r.sample.folder = path_word(text); })
        ->required();
    sample.option("--communes", r.sample.communes, "help.flag.communes");
    sample.option("--seed", r.sample.seed, "help.flag.seed");
    sample.flag("--replace", r.sample.replace, "help.flag.sample_replace");
    sample.common(invocation);

    Verb check(app, "check", language);
    check.data(r.check.data, false);
    check.common(invocation);

    Verb join(app, "join", language);
    join.data(r.join.data, true);
    join.cell(r.join.indicator, r.join.period);
    join.classification(r.join.classification);
    join.path("--out", r.join.out, "help.flag.join_out");
    join.common(invocation);

    Verb classes(app, "classes", language);
    classes.data(r.classes.data, true);
    classes.choice(r.classes.map);
    classes.lines(invocation.lines, invocation.outline);
    classes.across(r.classes.across);
    classes.classification(r.classes.classification);
    classes.common(invocation);

    Verb where(app, "where", language);
    where.data(r.where.data, true);
    where.option("x", r.where.x, "help.flag.x")->required();
    where.option("y", r.where.y, "help.flag.y")->required();
    where.cell(r.where.indicator, r.where.period);
    where.option("--point-crs", r.where.point_crs, "help.flag.point_crs");
    where.parsed("--reach", "help.flag.where_reach", [&r](const std::string& text) {
        r.where.reach_m = app::parse_ground_distance("--reach", text);
    });
    where.line_layers(r.where.lines, "help.flag.where_lines");
    where.lines(invocation.lines, invocation.outline);
    where.classification(r.where.classification);
    where.common(invocation);
}

void define_verify(CLI::App& app, Requests& r, Invocation& invocation,
                   const app::Language& language) {
    Verb verify(app, "verify", language);
    verify.path("manifest", r.verify.manifest, "help.flag.verify_manifest")->required();
    verify.paths("--base", r.verify.bases, "help.flag.verify_base");
    verify.common(invocation);
}

void define_map(CLI::App& app, Requests& r, Invocation& invocation, const app::Language& language) {
    Verb map(app, "map", language);
    map.heading("help.group.data");
    map.data(r.map.data, true);
    map.heading("help.group.shown");
    map.choice(r.map.map);
    map.map_kind(r.map.map);
    map.parsed("--years", "help.flag.years",
               [&r](const std::string& text) { r.map.years = periods_flag(text); });
    map.option("--change", r.map.change, "help.flag.change");
    map.option("--change-of", r.map.change_of, "help.flag.change_of");
    map.across(r.map.across);
    map.extent(r.map.extent);
    map.line_layers(r.map.lines, "help.flag.lines");
    map.lines(invocation.lines, invocation.outline);
    map.list("--hide-places", r.map.hidden_kinds, "help.flag.hide_places");
    map.list("--select", r.map.selected, "help.flag.select");
    map.heading("help.group.page");
    map.page(r.map.page, r.map.dpi);
    map.heading("help.group.series");
    define_series(map, r.map.series);
    map.heading("help.group.file");
    map.first_path("--out", r.map.out, r.map.also, "help.flag.map_out")->required();
    map.flag("--world-file", r.map.world_file, "help.flag.world_file");
    map.parsed("--frame-ms", "help.flag.frame_ms", [&r](const std::string& text) {
        r.map.frame_ms = whole_flag("--frame-ms", text, 20, "20 - 60000");
        if (r.map.frame_ms > 60'000) bad_value("--frame-ms", text, "20 - 60000");
    });
    map.classification(r.map.classification);
    map.heading("help.group.common");
    map.common(invocation);
}

void define_chart(CLI::App& app, Requests& r, Invocation& invocation,
                  const app::Language& language) {
    Verb chart(app, "chart", language);
    chart.data(r.chart.data, true);
    chart.choice(r.chart.map);
    chart
        .parsed("--kind", "help.flag.chart_kind",
                [&r](const std::string& text) {
                    const auto& kinds = app::kChartKinds;
                    const auto at = std::find(kinds.begin(), kinds.end(), text);
                    if (at == kinds.end())
                        bad_value("--kind", text, "histogram | ranked | series | scatter | boxes");
                    r.chart.kind = static_cast<app::ChartKind>(at - kinds.begin());
                })
        ->default_str(std::string(app::kChartKinds.front()));
    chart.lines(invocation.lines, invocation.outline);
    chart.across(r.chart.across);
    chart.option("--second", r.chart.second, "help.flag.chart_second");
    chart.list("--select", r.chart.select, "help.flag.chart_select");
    chart.page(r.chart.page, r.chart.dpi, false);
    chart.classification(r.chart.classification);
    chart.path("--out", r.chart.out, "help.flag.chart_out")->required();
    chart.common(invocation);
}

void define_table(CLI::App& app, Requests& r, Invocation& invocation,
                  const app::Language& language) {
    Verb table(app, "table", language);
    table.data(r.table.data, true);
    table.parsed("--year", "help.flag.year",
                 [&r](const std::string& text) { r.table.period = period_flag("--year", text); });
    table.list("--columns", r.table.columns, "help.flag.table_columns");
    table.option("--filter", r.table.filters, "help.flag.table_filter")->allow_extra_args(false);
    table.condition(r.table.where, "help.flag.table_where");
    table.lines(invocation.lines, invocation.outline);
    table.option("--sort", r.table.sort, "help.flag.table_sort");
    table.flag("--descending", r.table.descending, "help.flag.table_descending");
    table.parsed("--group", "help.flag.table_group", [&r](const std::string& text) {
        if (text != "district") bad_value("--group", text, "district");
        r.table.grouped = true;
    });
    table.list("--select", r.table.select, "help.flag.table_select");
    table.across(r.table.across);
    table.classification(r.table.classification);
    table.path("--out", r.table.out, "help.flag.table_out")->required();
    table.common(invocation);
}

void define_view(CLI::App& app, Requests& r, Invocation& invocation,
                 const app::Language& language) {
    Verb view(app, "view", language);
    view.app()
        ->add_option_function<std::vector<std::string>>(
            "files",
            [&r](const std::vector<std::string>& files) {
                for (const auto& file : files) r.view.files.push_back(path_word(file));
            },
            language.text("help.flag.files"))
        ->type_name("");
    view.data(r.view.data, true);
    view.parsed("--scale", "help.flag.scale", [&r](const std::string& text) {
        r.view.scale = range_flag("--scale", text, 0.75, 3);
    });
    view.parsed("--window", "help.flag.window", [&r](const std::string& text) {
        const auto parts = CLI::detail::split(text, 'x');
        const auto number = [&](std::size_t i) {
            return static_cast<int>(base::parse_number(parts[i], {}).value_or(0));
        };
        if (parts.size() != 2 || number(0) < 400 || number(1) < 300)
            bad_value("--window", text, "1280x720");
        r.view.width = number(0);
        r.view.height = number(1);
    });
    view.path("--dump-items", r.view.dump_items, "help.flag.dump_items")->group("");
    view.flag("--bench", r.view.bench, "help.flag.bench")->group("");
    view.common(invocation);
}

Request chosen(const CLI::App& app, Requests& r) {
    if (app.got_subcommand("sample")) return std::move(r.sample);
    if (app.got_subcommand("check")) return std::move(r.check);
    if (app.got_subcommand("join")) return std::move(r.join);
    if (app.got_subcommand("classes")) return std::move(r.classes);
    if (app.got_subcommand("map")) return std::move(r.map);
    if (app.got_subcommand("layouts")) return std::move(r.layouts);
    if (app.got_subcommand("pack")) return std::move(r.pack);
    if (app.got_subcommand("chart")) return std::move(r.chart);
    if (app.got_subcommand("table")) return std::move(r.table);
    if (app.got_subcommand("weights")) return std::move(r.weights);
    if (app.got_subcommand("hotspots")) return std::move(r.hotspots);
    if (app.got_subcommand("where")) return std::move(r.where);
    if (app.got_subcommand("near")) return std::move(r.near);
    if (app.got_subcommand("query")) return std::move(r.query);
    if (app.got_subcommand("sql")) return std::move(r.sql);
    if (app.got_subcommand("patrol")) return std::move(r.patrol);
    if (app.got_subcommand("status")) return std::move(r.status);
    if (app.got_subcommand("transitions")) return std::move(r.transitions);
    if (app.got_subcommand("targets")) return std::move(r.targets);
    if (app.got_subcommand("carry")) return std::move(r.carry);
    if (app.got_subcommand("verify")) return std::move(r.verify);
    if (app.got_subcommand("store")) return chosen_of_store(*app.get_subcommand("store"), r);
    return std::move(r.view);
}

} // namespace

std::string wanted_language(const std::vector<std::string>& arguments) {
    const auto wanted = early_value(arguments, "--lang");
    return wanted.empty() ? base::environment_language() : wanted;
}

Invocation parse(const std::vector<std::string>& typed) {
    const auto arguments = with_verb(typed);
    Invocation invocation;
    invocation.language = wanted_language(arguments);
    const auto language = app::Language::load(invocation.language);

    Requests requests;
    const auto project = early_value(arguments, "--project");
    const auto view = early_value(arguments, "--view");
    const auto saved = early_value(arguments, "--saved");
    const auto at = verb_at(arguments);
    const auto verb = at == arguments.end() ? std::string() : *at;
    if (verb == "view") {
        if (!project.empty()) requests.view.files.emplace_back(project);
        requests.view.view = view;
    } else if (!project.empty()) {
        invocation.project = project;
        start_from_project(requests, project, saved, verb == "patrol", view);
    } else if (!view.empty()) {
        throw Error(ErrorKind::Usage, "error.view.needs_project", {{"view", view}});
    }

    const auto kept_in = early_value(arguments, "--store");
    if (verb == "patrol" && project.empty() && !kept_in.empty() && !saved.empty())
        requests.patrol = plan_request({}, kept_in, kept_in, saved);

    CLI::App app(language->text("help.about"), "diaban");
    app.formatter(help_formatter(*language));
    app.option_defaults()->group(language->text("help.options"));
    app.set_help_flag("-h,--help", language->text("help.flag.help"))
        ->group(language->text("help.options"));
    bool version = false;
    app.add_flag("--version", version, language->text("help.flag.version"));
    app.add_option("--lang", invocation.language, language->text("help.flag.lang"))->type_name("");
    app.footer(language->text("help.footer"));
    app.require_subcommand(0, 1);
    define_view(app, requests, invocation, *language);
    define_small_verbs(app, requests, invocation, *language);
    define_map(app, requests, invocation, *language);
    define_layouts(app, requests, invocation, *language);
    define_pack(app, requests, invocation, *language);
    define_chart(app, requests, invocation, *language);
    define_table(app, requests, invocation, *language);
    define_weights(app, requests, invocation, *language);
    define_hotspots(app, requests, invocation, *language);
    define_near(app, requests, invocation, *language);
    define_query(app, requests, invocation, *language);
    define_patrol(app, requests, invocation, *language);
    define_statuses(app, requests, invocation, *language);
    define_store(app, requests, invocation, *language);
    define_verify(app, requests, invocation, *language);

    check_flags(app, arguments);
    try {
        auto reversed = arguments;
        std::reverse(reversed.begin(), reversed.end()); // what CLI11 asks for
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        const CLI::App* asked = &app;
        std::string before;
        for (auto given = app.get_subcommands(); !given.empty(); given = asked->get_subcommands()) {
            before += (before.empty() ? "" : " ") + asked->get_name();
            asked = given.front();
        }
        invocation.print = tidy_help(before.empty() ? app.help() : asked->help(before));
        return invocation;
    } catch (const CLI::ExtrasError&) {
        throw unknown_word(app, arguments);
    } catch (const CLI::RequiredError&) {
        throw missing_flag(app);
    } catch (const CLI::ParseError&) {
        throw unknown_word(app, arguments);
    }
    if (const auto* store = app.get_subcommand("store");
        store->parsed() && store->get_subcommands().empty()) {
        invocation.print = tidy_help(store->help("diaban"));
        return invocation;
    }
    for (const auto* given : app.get_subcommands()) settle_flags(*given, requests);
    if (version) invocation.print = "diaban " + base::version() + "\n";
    invocation.request = chosen(app, requests);
    return invocation;
}

} // namespace diaban::cli
