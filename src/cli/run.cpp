#include "cli/run.hpp"

#include "app/classified.hpp"
#include "app/load_for_map.hpp"
#include "app/missing_files.hpp"
#include "app/plan_comparison.hpp"
#include "app/reform.hpp"
#include "app/sample.hpp"
#include "app/smoothed.hpp"
#include "app/stored_hotspots.hpp"
#include "app/view_notes.hpp"
#include "app/where_filter.hpp"
#include "base/memory.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "cli/console.hpp"
#include "cli/manifest.hpp"
#include "cli/progress.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

namespace diaban::cli {
namespace {

using app::Language;
using app::Need;

int run(const app::CheckRequest& r, const Console& c) {
    const auto report = app::run(r, *c.load(r.data, Need::Topology));
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    return 0;
}

int run(const app::JoinRequest& r, const Console& c) {
    const auto summary = app::run(r, c.load(r.data, Need::Values), *c.language, c.ctx);
    c.result([&] { return to_json(summary, *c.language); },
             [&] { return to_text(summary, *c.language); });
    if (!r.out.empty()) c.say(c.language->text("said.written", {{"file", r.out.string()}}));
    return 0;
}

// Links of the project to units that these boundaries do not have stay out, and that is said. One
// that was given on the command line is an error.
app::NeighbourChoice neighbours_here(app::NeighbourChoice asked, const app::Dataset& dataset,
                                     const Console& c) {
    if (c.invocation.project.empty() || asked.links.empty() ||
        asked.links != app::load_project(c.invocation.project).links)
        return asked;
    const auto all = asked.links.size();
    asked.links = app::links_here(asked.links, dataset.vintage->units);
    if (const auto gone = all - asked.links.size(); gone > 0)
        c.say(
            c.language->text("said.links_elsewhere", {{"count", static_cast<std::int64_t>(gone)}}));
    return asked;
}

void keep_links(const app::NeighbourChoice& asked, const Console& c) {
    const auto& file = c.invocation.project;
    if (file.empty()) throw base::Error(base::ErrorKind::Usage, "error.weights.keep_where");
    auto project = app::load_project(file);
    project.links = app::joined_links(std::move(project.links), asked.links);
    app::save_project(project, file);
    c.say(c.language->text("said.written", {{"file", file.string()}}));
}

int run(app::WeightsRequest r, const Console& c) {
    const auto dataset = c.load(r.data, Need::Topology);
    r.neighbours = neighbours_here(std::move(r.neighbours), *dataset, c);
    const auto report = app::run(r, *dataset, c.ctx);
    if (c.invocation.keep_links) keep_links(r.neighbours, c);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    if (!report.file.empty())
        c.say(c.language->text("said.written", {{"file", report.file.string()}}));
    return 0;
}

// The same request may well give something else by now, so a name that is taken is free only to
// those who say so.
template <class Kept>
void check_name_is_free(const std::vector<Kept>& kept, const Invocation& given) {
    if (given.save.empty() || given.replace) return;
    if (std::any_of(kept.begin(), kept.end(),
                    [&](const Kept& one) { return one.name == given.save; }))
        throw base::Error(base::ErrorKind::Usage, "error.save.taken", {{"name", given.save}});
}

int run(app::HotspotsRequest r, const Console& c) {
    const auto& given = c.invocation;
    if ((!given.save.empty() || !given.saved.empty()) && given.project.empty())
        throw base::Error(base::ErrorKind::Usage, "error.hotspots.save_where");
    if (!given.save.empty())
        check_name_is_free(app::stored_hotspots(app::load_project(given.project)), given);
    // What a stored request does not need any more, once flags have changed it, nobody asked for.
    if (c.invocation.saved.empty()) app::check_relevant(r);
    r = app::relevant(std::move(r));
    const auto dataset = c.load(r.data, Need::Picture);
    r.neighbours = neighbours_here(std::move(r.neighbours), *dataset, c);
    const auto inputs = app::prepare(r, dataset, c.ctx);
    // Before the work: what the user may want to change first.
    for (const auto& advice : inputs.advice) c.say(c.language->text(advice));
    auto report = app::run(r, inputs, *c.language, c.ctx);
    app::write(report, inputs, *c.language, c.ctx);
    if (!given.saved.empty()) {
        const auto stored = app::find_stored(app::load_project(given.project), given.saved);
        c.say(c.language->text(stored.inputs == app::inputs_hash(inputs) ? "said.inputs_same"
                                                                         : "said.inputs_changed",
                               {{"name", stored.name}}));
    }
    if (!given.save.empty()) {
        app::save_project(app::with_stored(app::load_project(given.project),
                                           app::to_store(given.save, report, inputs)),
                          given.project);
        c.say(c.language->text("said.written", {{"file", given.project.string()}}));
    }
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    for (const auto& file : report.files)
        c.say(c.language->text("said.written", {{"file", file.string()}}));
    if (report.masked > 0 && !r.out.empty())
        c.say(c.language->text("said.values_masked",
                               {{"count", static_cast<std::int64_t>(report.masked)}}));
    return 0;
}

// With what the lines tell of coast and border. Where those of the project cannot be read, that is
// said, and the rest of the answer stands.
std::shared_ptr<const app::Dataset> outlined(std::shared_ptr<const app::Dataset> dataset,
                                             const Console& c) {
    const auto sources = c.query_sources(dataset.get());
    if (sources.lines.empty() && sources.outline.empty()) return dataset;
    try {
        return app::with_outline(dataset, sources, *c.language, c.ctx);
    } catch (const base::Error& error) {
        if (!c.invocation.lines.empty() || !c.invocation.outline.empty()) throw;
        c.say(c.language->text(error));
        return dataset;
    }
}

int run(const app::WhereRequest& r, const Console& c) {
    const auto dataset = outlined(c.load(r.data, Need::Picture), c);
    const auto report = app::run(r, dataset, *c.language, c.ctx);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    return 0;
}

int run(app::NearRequest r, const Console& c) {
    const auto dataset = app::load(r.data, Need::Picture, c.ctx); // its report says all of places
    // What the project says of units that these boundaries do not have stays out. A code that was
    // given on the command line is an error.
    if (const auto& project = c.invocation.project;
        !project.empty() && r.outline == app::load_project(project).outline)
        r.outline = app::outline_here(std::move(r.outline), dataset->vintage->units);
    auto report = app::run(r, *dataset, *c.language, c.ctx);
    app::write(report, *dataset, *c.language, c.ctx);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    for (const auto& file : report.files)
        c.say(c.language->text("said.written", {{"file", file.string()}}));
    if (!report.masked.empty())
        c.say(c.language->text("said.shares_masked",
                               {{"count", static_cast<std::int64_t>(report.masked.size())}}));
    return 0;
}

// A plan asked for again says whether its inputs have changed, and carries what was changed by hand
// unless the flags ask for another plan.
app::PatrolReport saved_plan(app::PatrolReport report, const std::vector<app::StoredPlan>& plans,
                             const app::Dataset& dataset, const Console& c) {
    auto stored = app::find_plan(plans, c.invocation.saved);
    if (stored.request.kind != report.request.kind)
        throw base::Error(
            base::ErrorKind::Usage, "error.patrol.saved_kind",
            {{"name", stored.name}, {"kind", std::string(to_string(stored.request.kind))}});
    stored.request.links = report.request.links;
    const auto asked = app::bare(report.request);
    c.say(c.language->text(stored.inputs == app::inputs_hash(stored.request, dataset)
                               ? "said.inputs_same"
                               : "said.inputs_changed",
                           {{"name", stored.name}}));
    if (!app::tells_values(stored, asked.classification))
        c.say(c.language->text("said.plan_made_public", {{"name", stored.name}}));
    if (!(asked == app::bare(stored.request))) return report;
    return app::restored(std::move(report), stored, dataset, *c.language);
}

// A plan is kept in the project, or without one in the store.
void keep_plan(const app::StoredPlan& plan, const app::Project& project,
               const std::filesystem::path& store, const Console& c, base::JobContext& ctx) {
    const auto& file = c.invocation.project.empty() ? store : c.invocation.project;
    if (c.invocation.project.empty())
        app::keep_plan(store, plan, ctx);
    else
        app::save_project(app::with_plan(project, plan), file);
    c.say(c.language->text("said.written", {{"file", file.string()}}));
}

// What a query that chooses the communes of a plan looks at: the lines of the plan before those of
// the project.
app::QuerySources sources_of(const app::PatrolRequest& r, const app::Project& project) {
    auto out = app::query_sources(project);
    std::erase_if(out.lines, [&](const app::NearLine& line) {
        return std::any_of(r.lines.begin(), r.lines.end(),
                           [&](const app::NearLine& own) { return own.kind == line.kind; });
    });
    out.lines.insert(out.lines.end(), r.lines.begin(), r.lines.end());
    if (!r.outline.empty()) out.outline = r.outline;
    return out;
}

int run(app::PatrolRequest r, const Console& c) {
    const auto& given = c.invocation;
    const bool named = !(given.save.empty() && given.saved.empty() && given.compare.empty());
    if (named && given.project.empty() && r.data.store.empty())
        throw base::Error(base::ErrorKind::Usage, "error.patrol.save_where");
    const auto dataset = c.load(r.data, Need::Picture);
    const auto project = given.project.empty() ? app::Project{} : app::load_project(given.project);
    // Links that the project keeps for other boundaries stay out.
    if (!given.project.empty() && r.links == project.links)
        r.links = app::links_here(r.links, dataset->vintage->units);
    if (!given.saved.empty() || r.outline == project.outline)
        r.outline = app::outline_here(std::move(r.outline), dataset->vintage->units);
    if (!r.where.empty() || !r.use.empty() || !r.candidates.empty()) {
        const auto queries = r.use.empty() && r.candidates.empty()
                                 ? std::vector<app::NamedQuery>()
                                 : app::saved_queries(project.queries, r.data.store);
        const auto sources = sources_of(r, project);
        r = app::narrowed(std::move(r), dataset, sources, queries, *c.language, c.ctx);
    }
    const auto plans =
        named ? app::plans_kept(project, r.data.store) : std::vector<app::StoredPlan>();
    check_name_is_free(given.project.empty() ? plans : app::stored_plans(project), given);
    // A name that is not there, or may not be told of, is said before the work.
    for (const auto& name : {given.saved, given.compare})
        if (!name.empty()) app::find_plan(plans, name);
    if (!given.compare.empty()) app::require_comparable(app::find_plan(plans, given.compare), r);
    auto report = app::run(r, dataset, *c.language, c.ctx);
    if (!given.saved.empty()) report = saved_plan(std::move(report), plans, *dataset, c);
    std::optional<app::PlanComparison> compared;
    if (!given.compare.empty())
        compared = app::compared(app::find_plan(plans, given.compare),
                                 app::to_plan(given.save, report, *dataset));
    // What was found before Ctrl-C is written and kept all the same; the plan says that it was
    // stopped. A second Ctrl-C ends the program.
    base::JobContext after_stop(c.ctx.threads());
    auto& ctx = report.stopped ? after_stop : c.ctx;
    app::write(report, *dataset, *c.language, ctx);
    if (!given.save.empty())
        keep_plan(app::to_plan(given.save, report, *dataset), project, r.data.store, c, ctx);
    const auto* with = compared ? &*compared : nullptr;
    c.result([&] { return to_json(report, *c.language, with); },
             [&] { return to_text(report, *c.language, with); });
    for (const auto& file : report.files)
        c.say(c.language->text("said.written", {{"file", file.string()}}));
    return report.stopped ? 130 : 0;
}

int run(const app::ChartRequest& r, const Console& c) {
    const auto dataset = app::load_across(r.data, r.across, Need::Picture, c.ctx);
    const auto sources = c.query_sources(dataset.get());
    const auto report = app::run(r, dataset, *c.language, c.ctx, &sources);
    if (c.invocation.json) std::fputs(to_json(report, *c.language).c_str(), stdout);
    c.say(c.language->text("said.written", {{"file", report.file.string()}}));
    for (const auto& fact : report.page.facts) c.say(fact);
    return 0;
}

int run(app::TableRequest r, const Console& c) {
    auto dataset = app::load_across(r.data, r.across, Need::Picture, c.ctx);
    const auto sources = c.query_sources(dataset.get());
    if (!r.where.empty()) r = app::narrowed(std::move(r), dataset, sources, *c.language, c.ctx);
    if (app::asks_for_outline(r))
        dataset = app::with_outline(std::move(dataset), sources, *c.language, c.ctx);
    const auto report = app::run(r, dataset, *c.language, c.ctx);
    if (c.invocation.json) std::fputs(to_json(report).c_str(), stdout);
    for (const auto& file : report.files)
        c.say(c.language->text("said.written", {{"file", file.string()}}));
    c.say(c.language->text("said.table", {{"rows", static_cast<std::int64_t>(report.rows)},
                                          {"masked", static_cast<std::int64_t>(report.masked)}}));
    return 0;
}

int run(app::PackRequest r, const Console& c) {
    const auto dataset = app::load_across(r.data, r.across, Need::Picture, c.ctx);
    // What the project says of units that these boundaries do not have stays out.
    if (const auto& project = c.invocation.project;
        !project.empty() && r.outline == app::load_project(project).outline)
        r.outline = app::outline_here(std::move(r.outline), dataset->vintage->units);
    auto sources = app::query_sources(c.project());
    sources.lines = r.lines;
    sources.outline = r.outline;
    const auto report = app::run(r, dataset, *c.language, c.ctx, &sources);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    c.say_written(report.files);
    for (const auto& warning : pack_warnings(report, *c.language)) c.say(warning);
    if (report.masked > 0)
        c.say(c.language->text("said.cells_masked",
                               {{"count", static_cast<std::int64_t>(report.masked)}}));
    return 0;
}

int run(const SampleRequest& r, const Console& c) {
    if (!r.replace) app::require_untouched_sample(r.folder); // before a long wait
    const auto sample = app::make_sample({.communes = r.communes, .seed = r.seed}, c.ctx);
    const auto files = app::write_sample(sample, r.folder, c.ctx, r.replace);
    const auto list = {files.boundaries, files.boundaries_after, files.places, files.zones,
                       files.store,      files.project,          files.truth};
    nlohmann::ordered_json json{{"communes", r.communes}, {"seed", r.seed}};
    for (const auto& file : list) {
        json["files"].push_back(file.string());
        c.say(c.language->text("said.written", {{"file", file.string()}}));
    }
    json["project"] = files.project.string();
    if (c.invocation.json) std::fputs((json.dump(2) + "\n").c_str(), stdout);
    return 0;
}

template <class Report> void print_tables(const Report& report, const Console& c) {
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    for (const auto& file : report.files)
        c.say(c.language->text("said.written", {{"file", file.string()}}));
}

int run(const app::StatusRequest& r, const Console& c) {
    // Rules and maps ask where units lie; counting does not.
    const auto need = r.rule.empty() && r.map_out.empty() ? Need::Values : Need::Picture;
    const auto dataset = app::load_across(r.data, r.across, need, c.ctx);
    const auto sources = c.query_sources(dataset.get());
    print_tables(app::run(r, dataset, *c.language, c.ctx, &sources), c);
    return 0;
}

int run(const app::TransitionsRequest& r, const Console& c) {
    const auto dataset = app::load_across(r.data, r.across, Need::Values, c.ctx);
    print_tables(app::run(r, dataset, *c.language, c.ctx), c);
    return 0;
}

int run(const app::TargetsRequest& r, const Console& c) {
    const auto dataset =
        r.data.empty() ? nullptr : app::load_across(r.data, r.across, Need::Values, c.ctx);
    print_tables(app::run(r, dataset, *c.language, c.ctx), c);
    return 0;
}

int run(const app::CarryRequest& r, const Console& c) {
    print_tables(app::run(r, c.load(r.data, Need::Values), *c.language, c.ctx), c);
    return 0;
}

int run(const app::StoreInitRequest& r, const Console& c) {
    const auto report = app::run(r, c.ctx);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    return 0;
}

int run(const app::ImportRequest& r, const Console& c) {
    const auto report = app::published(app::run(r, c.ctx), *c.language);
    if (!r.out.empty()) {
        base::write_file(r.out, app::import_report_csv(report, *c.language));
        c.say(c.language->text("said.written", {{"file", r.out.string()}}));
    }
    if (!r.names_out.empty()) {
        base::write_file(r.names_out, app::suggestions_csv(report));
        c.say(c.language->text("said.written", {{"file", r.names_out.string()}}));
    }
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    return 0;
}

int print_records(const app::RecordsReport& report, const Console& c) {
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    if (!report.file.empty())
        c.say(c.language->text("said.written", {{"file", report.file.string()}}));
    return 0;
}
int run(const app::AliasRequest& r, const Console& c) {
    return print_records(app::run(r, c.ctx), c);
}
int run(const app::DocumentRequest& r, const Console& c) {
    return print_records(app::run(r, *c.language, c.ctx), c);
}
int run(const app::OverrideRequest& r, const Console& c) {
    return print_records(app::run(r, c.ctx), c);
}

template <class Request>
requires std::is_same_v<Request, app::VintageRequest> ||
    std::is_same_v<Request, app::StoreCrosswalkRequest> ||
    std::is_same_v<Request, app::UnitRecordsRequest> ||
    std::is_same_v<Request, app::StorePlacesRequest> ||
    std::is_same_v<Request, app::StoreLogRequest> ||
    std::is_same_v<Request, app::StoreHistoryRequest>
int run(const Request& r, const Console& c) {
    return print_records(app::run(r, c.ctx), c);
}

int run(const app::StoreListRequest& r, const Console& c) {
    const auto list = app::published(files::list_store(r.store), r.classification);
    c.result([&] { return app::to_json(list); }, [&] { return app::to_text(list, *c.language); });
    return 0;
}

// What is wrong in a store is its result, and the exit code says so.
int run(const app::StoreCheckRequest& r, const Console& c) {
    const auto check = files::check_store(r.store, c.ctx);
    c.result([&] { return app::to_json(check, *c.language); },
             [&] { return app::to_text(check, *c.language); });
    return check.findings.empty() ? 0 : static_cast<int>(base::ErrorKind::Data);
}

int run(const app::StoreExportRequest& r, const Console& c) {
    const auto report = app::run(r, *c.language, c.ctx);
    if (c.invocation.json) std::fputs(to_json(report).c_str(), stdout);
    for (const auto& file : report.files)
        c.say(c.language->text("said.written", {{"file", file.string()}}));
    if (report.masked > 0)
        c.say(c.language->text("said.cells_masked",
                               {{"count", static_cast<std::int64_t>(report.masked)}}));
    if (!report.left_out.empty())
        c.say(
            c.language->text("said.export_left_out", {{"vintage", report.vintage},
                                                      {"others", base::joined(report.left_out)}}));
    return 0;
}

// What is printed with all its values leaves as a file does, which is noted where it is written. An
// import is in the log of the store itself.
template <class Request> void note_printed(const Request& r, const Console& c) {
    if constexpr (requires { r.classification; } && !std::is_same_v<Request, app::ImportRequest>) {
        if constexpr (requires { r.out; })
            if (!r.out.empty()) return;
        if constexpr (requires { r.forget; }) // of names nothing is told
            if (r.list || !r.forget.empty()) return;
        std::filesystem::path store;
        if constexpr (requires { r.data.store; })
            store = r.data.store;
        else
            store = r.store;
        const auto flags = app::to_flags(r);
        const auto verb = flags[0] == "store" ? flags[0] + " " + flags[1] : flags[0];
        app::note_output({store, verb}, r.classification, {std::filesystem::path()}, c.ctx);
    }
}

// A year that only another vintage of the store has is said to be there.
template <class Request> int run_request(const Request& r, const Console& c) {
    note_printed(r, c);
    if constexpr (requires { r.across; }) {
        try {
            return run(r, c);
        } catch (const base::Error& error) {
            if (r.across != app::Across::No) throw;
            throw app::in_other_vintage(error, r.data);
        }
    } else {
        return run(r, c);
    }
}

} // namespace

// A file that the project names and that is not there is said in terms of the project.
int carry_out(const Console& console) try {
    return std::visit(
        [&](const auto& request) -> int {
            if constexpr (std::is_same_v<std::decay_t<decltype(request)>, ViewRequest>)
                return 0; // the window is opened elsewhere
            else
                return run_request(request, console);
        },
        console.invocation.request);
} catch (const base::Error& error) {
    const auto& project = console.invocation.project;
    if (project.empty() || error.message.key != "error.file.missing") throw;
    throw app::explained(error, app::load_project(project), project);
}

namespace {

int report(const base::Error& error, const Language& language) {
    fmt::print(stderr, "diaban: {}\n", language.text(error));
    return static_cast<int>(error.kind);
}

} // namespace

int run(const std::vector<std::string>& arguments, const OpenWindow& open_window) {
    std::shared_ptr<const Language> language;
    try {
        language = Language::load(base::environment_language());
        language = Language::load(wanted_language(arguments));
        const auto invocation = parse(arguments);
        language = Language::load(invocation.language);
        if (!invocation.print.empty()) {
            std::fputs(invocation.print.c_str(), stdout);
            return 0;
        }
        if (const auto* view = std::get_if<ViewRequest>(&invocation.request))
            return open_window(*view, invocation.language);
        base::keep_freed_memory(); // not of the window, which stays
        const bool plans = std::holds_alternative<app::PatrolRequest>(invocation.request);
        ConsoleJob job(invocation.threads, invocation.quiet || invocation.json, language,
                       plans && !invocation.quiet ? "said.patrol_stopping" : "");
        const Console console{invocation, language, job.context()};
        const int code = carry_out(console, arguments);
        if (std::fflush(stdout) != 0 || std::ferror(stdout))
            throw base::Error(base::ErrorKind::Write, "error.stdout");
        return code;
    } catch (const base::Cancelled&) {
        fmt::print(stderr, "{}\n", language ? language->text("said.cancelled") : "cancelled");
        return 130;
    } catch (const base::Error& error) {
        if (language) return report(error, *language);
        fmt::print(stderr, "diaban: {}\n", error.what());
        return static_cast<int>(error.kind);
    } catch (const std::exception& error) {
        fmt::print(stderr, "diaban: {}\n",
                   language ? language->text("error.bug", {{"reason", std::string(error.what())}})
                            : error.what());
        return 1;
    }
}

} // namespace diaban::cli
