#include "gui/panels/patrol_panel.hpp"

#include "app/chart_data.hpp"
#include "app/commands/query.hpp"
#include "app/commands/targets.hpp"
#include "app/plan_file.hpp"
#include "app/stored_plans.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "gui/panels/neighbours_panel.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <functional>

namespace diaban::gui {
namespace {

constexpr std::array kPatrolKinds{app::PatrolKind::Cover, app::PatrolKind::Sectors,
                                  app::PatrolKind::Rota};
constexpr std::array kPatrolGoals{analysis::LocationGoal::Cover, analysis::LocationGoal::Median,
                                  analysis::LocationGoal::Centre};
constexpr std::array kPatrolNodes{200, analysis::kNodeLimit, 20'000, 200'000};
constexpr std::array kRandomShares{0.0,  0.05, 0.1, 0.15, analysis::kRandomShare,
                                   0.25, 0.3,  0.4, 0.5};
constexpr int kMostTeams = 99, kMostMonths = 24, kMostWeight = 20, kMostPatrolSeed = 9999;
constexpr double kLeastRadiusKm = 0.1, kMostRadiusKm = 2000, kMostDetour = 5, kMostVisits = 20'000;

// The codes of what is selected.
std::vector<std::string> selected_codes(Ui& ui) {
    return app::named_set("", ui.document.selection(), ui.document.dataset()->vintage->units).codes;
}

std::int64_t as_number(std::size_t count) {
    return static_cast<std::int64_t>(count);
}

} // namespace

// What is new since the last frame: other data, other saved queries.
void PatrolPanel::begin(Ui& ui) {
    const auto dataset = ui.document.dataset();
    if (dataset == dataset_ && revision_ == ui.document.revision()) return;
    const auto& project = ui.document.project();
    if (dataset != dataset_) {
        request_ = app::suited(std::move(request_), *dataset);
        of_store_.clear(); // read once: the revision grows with every click
        ui.attempt([&] { of_store_ = app::saved_queries({}, dataset->request.store); });
    }
    dataset_ = dataset;
    revision_ = ui.document.revision();
    const auto& store = dataset->request.store;
    if (const auto kept = project.plans + "\n" + store.string() + std::to_string(store_changes_);
        plans_ != kept) {
        plans_ = kept;
        ++plans_read_;
        stored_.clear();
        ui.attempt([&] { stored_ = app::stored_plans(project); });
        of_project_ = stored_.size();
        ui.attempt([&] { stored_ = app::plans_kept(project, store); });
    }
    queries_ = project.queries;
    for (const auto& query : of_store_)
        if (std::none_of(queries_.begin(), queries_.end(),
                         [&](const auto& one) { return one.name == query.name; }))
            queries_.push_back(query);
}

// What is set here, with the data and the links of the project.
app::PatrolRequest PatrolPanel::wanted(Ui& ui) const {
    auto request = request_;
    request.data = ui.document.project().data;
    request.page = ui.document.project().page;
    request.layers = ui.document.project().lines;
    request.links = project_links(ui);
    request.lines = app::lines_again(request_, app::near_lines(ui.document.project().lines),
                                     request.data.store.parent_path());
    request.targets = app::targets_again(request.targets, request.data.store.parent_path());
    if (request.outline.empty()) request.outline = ui.document.project().outline;
    return app::relevant(std::move(request));
}

// A plan at once, and beside it the search for a better one; stopping keeps the best so far.
void PatrolPanel::start(Ui& ui, std::optional<app::StoredPlan> again) {
    const auto request = wanted(ui);
    // A kept plan is shown as what it is; what a new one will be remains as chosen.
    auto meant = request;
    if (again) meant.classification = again->request.classification;
    const auto run = ++outcome_->run;
    outcome_->error.reset();
    const auto begin_job = [&](const char* key, const app::PatrolRequest& asked, bool first) {
        ui.document.jobs().run(
            {.key = key, .replace = true, .keep_stopped = true},
            [asked, request, run, first, again, dataset = ui.document.dataset(),
             code = ui.document.language().code()](base::JobContext& ctx) {
                Outcome found{.run = run,
                              .told = run,
                              .first = first,
                              .dataset = dataset,
                              .language = code,
                              .request = request};
                try {
                    found.names = app::distinct_names(dataset->vintage->units);
                    const auto language = app::Language::load(code);
                    auto plan = app::run(asked, dataset, *language, ctx);
                    if (again) plan = app::restored(std::move(plan), *again, *dataset, *language);
                    found.report = std::make_shared<const app::PatrolReport>(std::move(plan));
                } catch (const base::Error& error) {
                    found.error = error; // said here, not as a failure of the program
                }
                return found;
            },
            [to = outcome_](app::Document& document, Outcome found) {
                deliver(document, to, std::move(found));
            });
    };
    if (request.kind == app::PatrolKind::Cover && !request.fast) {
        auto fast = meant;
        fast.fast = true;
        begin_job("patrol_first", app::relevant(std::move(fast)), true);
    }
    begin_job("patrol", meant, false);
}

void PatrolPanel::number(Ui& ui, std::string_view key, double& value, double least, double most,
                         int decimals) {
    const auto& language = ui.document.language();
    auto at = typed_.find(key);
    if (at == typed_.end())
        at = typed_.emplace(std::string(key), language.number(value, decimals)).first;
    field(ui, key, at->second);
    const auto read = base::parse_number(at->second, language.numbers());
    const bool whole = decimals > 0 || (read && *read == std::floor(*read));
    if (read && whole && *read >= least && *read <= most) {
        value = *read;
        return;
    }
    good_ = false;
    paragraph(ui, ui.fonts.small, ui.theme->error,
              ui.text("ui.patrol.bad_number", {{"least", language.number(least, least < 1 ? 1 : 0)},
                                               {"most", language.number(most, 0)}}));
}

void PatrolPanel::draw_kind(Ui& ui) {
    auto kind = index_of(kPatrolKinds, request_.kind);
    if (choice(ui, "ui.patrol.kind", kind, texts_of(ui, "ui.patrol.kind.", kPatrolKinds)))
        request_.kind = kPatrolKinds[kind];
    switch (request_.kind) {
    case app::PatrolKind::Cover:
        draw_cover(ui);
        break;
    case app::PatrolKind::Sectors:
        draw_sectors(ui);
        break;
    case app::PatrolKind::Rota:
        draw_rota(ui);
        break;
    }
}

void PatrolPanel::draw_cover(Ui& ui) {
    auto goal = index_of(kPatrolGoals, request_.goal);
    if (choice(ui, "ui.patrol.goal", goal, texts_of(ui, "ui.patrol.goal.", kPatrolGoals)))
        request_.goal = kPatrolGoals[goal];
    int bases = static_cast<int>(request_.bases);
    if (stepper(ui, "ui.patrol.bases", bases, 1, kMostTeams))
        request_.bases = static_cast<std::size_t>(bases);
    if (request_.goal == analysis::LocationGoal::Cover) {
        double km = request_.within_m / 1000;
        number(ui, "ui.patrol.within", km, kLeastRadiusKm, kMostRadiusKm, 1);
        request_.within_m = km * 1000;
    }
    number(ui, "ui.patrol.detour", request_.detour, 1, kMostDetour, 2);
    check(ui, "ui.patrol.fast", request_.fast);
    if (request_.fast) return;
    std::vector<std::string> nodes;
    for (const int count : kPatrolNodes)
        nodes.push_back(ui.document.language().count(static_cast<std::uint64_t>(count)));
    auto at = index_of(kPatrolNodes, request_.nodes);
    if (choice(ui, "ui.patrol.nodes", at, nodes)) request_.nodes = kPatrolNodes[at];
}

void PatrolPanel::draw_sectors(Ui& ui) {
    int teams = static_cast<int>(request_.teams);
    if (stepper(ui, "ui.patrol.teams", teams, 1, kMostTeams))
        request_.teams = static_cast<std::size_t>(teams);
    if (const auto links = project_links(ui); !links.empty())
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.patrol.links", {{"count", as_number(links.size())}}));
}

// The weights of the score stand where everybody sees them.
void PatrolPanel::draw_rota(Ui& ui) {
    int months = static_cast<int>(request_.months);
    if (stepper(ui, "ui.patrol.months", months, 1, kMostMonths))
        request_.months = static_cast<std::size_t>(months);
    auto visits = static_cast<double>(request_.visits);
    number(ui, "ui.patrol.visits", visits, 1, kMostVisits, 0);
    request_.visits = static_cast<std::size_t>(visits);
    std::vector<std::string> shares;
    for (const double share : kRandomShares)
        shares.push_back(ui.document.language().number(100 * share, 0) + " %");
    auto share = index_of(kRandomShares, request_.random_share);
    if (choice(ui, "ui.patrol.random", share, shares)) request_.random_share = kRandomShares[share];
    gap(ui, 4);
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.patrol.weights"));
    for (std::size_t t = 0; t < analysis::kPriorityTerms; ++t) {
        const auto word = std::string(to_string(static_cast<analysis::PriorityTerm>(t)));
        int weight = static_cast<int>(std::lround(request_.weights[t]));
        if (stepper(ui, "ui.patrol.weight." + word, weight, 0, kMostWeight))
            request_.weights[t] = weight;
    }
    const bool none = std::all_of(request_.weights.begin(), request_.weights.end(),
                                  [](double weight) { return weight == 0; });
    if (none) {
        good_ = false;
        paragraph(ui, ui.fonts.small, ui.theme->error, ui.text("error.priority.weights"));
    }
}

// What weighs, and when.
void PatrolPanel::draw_burden(Ui& ui) {
    const auto& cube = dataset_->cube;
    if (!cube) return;
    const auto& language = ui.document.language();
    if (request_.kind != app::PatrolKind::Rota) {
        std::vector<std::string> ids{""}, names{ui.text("ui.patrol.every_one")};
        for (const auto& indicator : cube->indicators) {
            if (indicator.kind == data::Kind::Category && !data::is_status(indicator)) continue;
            ids.push_back(indicator.id);
            names.push_back(app::indicator_name(indicator, language));
        }
        auto at = index_of(ids, request_.indicator);
        if (choice(ui, "ui.patrol.burden", at, names)) request_.indicator = ids[at];
        if (request_.indicator.empty()) {
            request_.period = {};
            return;
        }
    }
    std::vector<data::Period> periods{{}};
    std::vector<std::string> texts{ui.text("ui.patrol.latest")};
    for (auto p = cube->periods.rbegin(); p != cube->periods.rend(); ++p) {
        if (p->year == 0) continue;
        periods.push_back(*p);
        texts.push_back(data::to_string(*p));
    }
    auto at = index_of(periods, request_.period);
    if (choice(ui, "ui.patrol.period", at, texts)) request_.period = periods[at];
}

// The communes that a query answers with, found beside the frames.
void PatrolPanel::take_query(Ui& ui, const app::NamedQuery& query, Codes role) {
    ui.document.jobs().run(
        {.key = "patrol_query", .replace = true},
        [asked = app::PatrolRequest{.period = request_.period,
                                    .where = query.text,
                                    .classification = request_.classification},
         plan_of = role == &app::PatrolRequest::select,
         sources = app::query_sources(ui.document.project()), dataset = dataset_,
         code = ui.document.language().code()](base::JobContext& ctx) {
            const auto language = app::Language::load(code);
            // Only of those whom the plan is about none would mean all.
            return std::pair(
                dataset, plan_of ? app::narrowed(asked, dataset, sources, {}, *language, ctx).select
                                 : app::codes_meeting({.text = asked.where,
                                                       .period = asked.period,
                                                       .classification = asked.classification},
                                                      dataset, sources, *language, ctx));
        },
        // The panel lives as long as the window does.
        [this, role](app::Document&, auto found) {
            if (found.first == dataset_) request_.*role = std::move(found.second);
        });
}

// Who has a role: nobody, what is selected now, a saved set, or those who answer a saved query.
void PatrolPanel::draw_role(Ui& ui, std::string_view key, std::string_view nobody, Codes role) {
    auto& codes = request_.*role;
    enum class From { Nobody, Kept, Selection, Set, Query };
    std::vector<std::pair<From, std::size_t>> from{{From::Nobody, 0}};
    std::vector<std::string> texts{ui.text(nobody)};
    const auto offer = [&](From source, std::size_t at, std::string text) {
        from.emplace_back(source, at);
        texts.push_back(std::move(text));
    };
    if (!codes.empty())
        offer(From::Kept, 0, ui.text("ui.patrol.kept", {{"count", as_number(codes.size())}}));
    if (const auto& selection = ui.document.selection(); !selection.empty())
        offer(From::Selection, 0,
              ui.text("ui.patrol.selected", {{"count", as_number(selection.size())}}));
    const auto& sets = ui.document.project().sets;
    for (std::size_t i = 0; i < sets.size(); ++i)
        offer(From::Set, i, ui.text("ui.patrol.set", {{"name", sets[i].name}}));
    for (std::size_t i = 0; i < queries_.size(); ++i)
        offer(From::Query, i, ui.text("ui.patrol.query", {{"name", queries_[i].name}}));
    std::size_t at = codes.empty() ? 0 : 1;
    if (!choice(ui, key, at, texts)) return;
    const auto [source, which] = from[at];
    const auto& units = dataset_->vintage->units;
    switch (source) {
    case From::Nobody:
        codes.clear();
        break;
    case From::Kept:
        break;
    case From::Selection:
        codes = selected_codes(ui);
        break;
    case From::Set:
        codes = app::named_set("", app::faces_of_set(sets[which], units), units).codes;
        break;
    case From::Query:
        take_query(ui, queries_[which], role);
        break;
    }
}

// The communes that a query answers with may be bases, found beside the frames.
void PatrolPanel::take_candidates(Ui& ui, const app::NamedQuery& query) {
    ui.document.jobs().run(
        {.key = "patrol_query", .replace = true},
        [asked = app::PatrolRequest{.period = request_.period,
                                    .candidates = query.text,
                                    .classification = request_.classification},
         sources = app::query_sources(ui.document.project()), dataset = dataset_,
         code = ui.document.language().code()](base::JobContext& ctx) {
            const auto language = app::Language::load(code);
            return std::pair(dataset,
                             app::narrowed(asked, dataset, sources, {}, *language, ctx).candidates);
        },
        [this](app::Document&, auto found) { // the panel lives as long as the window does
            if (found.first != dataset_) return;
            request_.candidates = std::move(found.second);
            request_.candidates_at.clear();
        });
}

// What may be a base: communes that take part, those selected, of a set or a query, or places of
// one or several kinds.
void PatrolPanel::draw_candidates(Ui& ui) {
    auto& codes = request_.candidates;
    auto& kinds = request_.candidates_at;
    const auto& language = ui.document.language();
    const auto& units = dataset_->vintage->units;
    std::vector<std::string> texts;
    std::vector<std::function<void()>> take;
    const auto offer = [&](std::string text, std::function<void()> chosen) {
        texts.push_back(std::move(text));
        take.push_back(std::move(chosen));
    };
    const auto choose_codes = [&](const std::vector<std::string>& chosen) {
        codes = base::joined(chosen, ",");
        kinds.clear();
    };
    offer(ui.text("ui.patrol.candidates.all"), [&] { choose_codes({}); });
    std::vector<std::string> words;
    for (const auto& kind : kinds) words.push_back(app::place_kind_text(kind, language));
    if (!kinds.empty())
        offer(ui.text("ui.patrol.candidates.places", {{"kind", base::joined(words)}}), [] {});
    else if (!codes.empty())
        offer(ui.text("ui.patrol.kept",
                      {{"count", 1 + std::int64_t{std::count(codes.begin(), codes.end(), ',')}}}),
              [] {});
    const std::size_t at_first = texts.size() - 1;
    if (const auto& selection = ui.document.selection(); !selection.empty())
        offer(ui.text("ui.patrol.selected", {{"count", as_number(selection.size())}}),
              [&] { choose_codes(selected_codes(ui)); });
    for (const auto& set : ui.document.project().sets)
        offer(ui.text("ui.patrol.set", {{"name", set.name}}), [&] {
            choose_codes(app::named_set("", app::faces_of_set(set, units), units).codes);
        });
    for (const auto& query : queries_)
        offer(ui.text("ui.patrol.query", {{"name", query.name}}),
              [&] { take_candidates(ui, query); });
    for (const auto& kind : app::near_kinds({}, *dataset_)) {
        if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) continue;
        offer(ui.text(kinds.empty() ? "ui.patrol.candidates.places" : "ui.patrol.candidates.also",
                      {{"kind", app::place_kind_text(kind, language)}}),
              [&, kind] {
                  codes.clear();
                  kinds.push_back(kind);
              });
    }
    auto at = at_first;
    if (choice(ui, "ui.patrol.candidates", at, texts)) take[at]();
}

void PatrolPanel::draw_roles(Ui& ui) {
    heading(ui, "ui.patrol.who");
    draw_role(ui, "ui.patrol.select", "ui.patrol.all", &app::PatrolRequest::select);
    draw_role(ui, "ui.patrol.forbid", "ui.patrol.nobody", &app::PatrolRequest::forbid);
    if (request_.kind != app::PatrolKind::Cover)
        draw_role(ui, "ui.patrol.must", "ui.patrol.nobody", &app::PatrolRequest::must);
    if (request_.kind == app::PatrolKind::Rota) {
        draw_role(ui, "ui.patrol.near", "ui.patrol.nobody", &app::PatrolRequest::near);
        draw_role(ui, "ui.patrol.border", "ui.patrol.nobody", &app::PatrolRequest::border);
        draw_role(ui, "ui.patrol.behind", "ui.patrol.nobody", &app::PatrolRequest::behind);
        draw_targets(ui);
        return;
    }
    draw_role(ui, "ui.patrol.at", "ui.patrol.nobody", &app::PatrolRequest::at);
    if (request_.kind == app::PatrolKind::Cover) draw_candidates(ui);
    if (request_.kind == app::PatrolKind::Sectors) {
        draw_bases(ui);
        draw_locked(ui);
    }
}

// The plan that the gap to target is measured by.
void PatrolPanel::draw_targets(Ui& ui) {
    const auto& language = ui.document.language();
    const auto& store = dataset_->request.store;
    if (const auto of = store.string() + "\n" + language.code(); target_plans_of_ != of) {
        target_plans_of_ = of;
        target_plans_.clear();
        ui.attempt([&] {
            for (const auto& id : app::known_plans(store))
                target_plans_.emplace_back(id,
                                           app::plan_title(app::plan_named(id, store), language));
        });
    }
    std::vector<std::string> ids{""}, titles{ui.text("ui.patrol.no_targets")};
    for (const auto& [id, title] : target_plans_) {
        ids.push_back(id);
        titles.push_back(title);
    }
    // A file that a kept plan names.
    if (std::find(ids.begin(), ids.end(), request_.targets) == ids.end()) {
        ids.push_back(request_.targets);
        titles.push_back(std::filesystem::path(request_.targets).filename().string());
    }
    auto at = index_of(ids, request_.targets);
    if (choice(ui, "ui.patrol.targets", at, titles)) request_.targets = ids[at];
}

// Whose base is where; the others move up when one is taken out.
void PatrolPanel::draw_bases(Ui& ui) {
    const auto& units = dataset_->vintage->units;
    for (std::size_t i = 0; i < request_.at.size() && i < request_.teams; ++i) {
        const auto at = std::find(units.code.begin(), units.code.end(), request_.at[i]);
        if (at == units.code.end()) continue;
        const auto unit = static_cast<std::size_t>(at - units.code.begin());
        const base::Args args{{"team", as_number(i + 1)}, {"unit", unit_name(units, unit)}};
        if (link(ui, "patrol_base:" + request_.at[i], ui.text("ui.patrol.base_of", args))) {
            request_.at.erase(request_.at.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
    if (request_.at.size() > request_.teams) {
        good_ = false;
        paragraph(ui, ui.fonts.small, ui.theme->error,
                  ui.text("ui.patrol.many_bases", {{"count", as_number(request_.at.size())},
                                                   {"teams", as_number(request_.teams)}}));
    }
}

// Communes that stay with a team: the selected ones or those of a set are added, one click frees
// those of a team.
void PatrolPanel::draw_locked(Ui& ui) {
    auto& locked = request_.locked;
    lock_team_ = std::clamp(lock_team_, 1, static_cast<int>(request_.teams));
    const auto lock = [&](const std::vector<std::string>& codes) {
        std::erase_if(locked, [&](const auto& one) {
            return std::find(codes.begin(), codes.end(), one.first) != codes.end();
        });
        for (const auto& code : codes)
            locked.emplace_back(code, static_cast<std::size_t>(lock_team_));
    };
    const auto codes = selected_codes(ui);
    const auto& sets = ui.document.project().sets;
    if (!codes.empty() || !sets.empty())
        stepper(ui, "ui.patrol.lock_team", lock_team_, 1, static_cast<int>(request_.teams));
    const base::Args args{{"count", as_number(codes.size())}, {"team", std::int64_t{lock_team_}}};
    if (!codes.empty() && link(ui, "patrol_lock", ui.text("ui.patrol.lock", args))) lock(codes);
    if (!sets.empty()) {
        std::vector<std::string> names;
        for (const auto& set : sets) names.push_back(set.name);
        auto at = names.size(); // none yet
        const auto& units = dataset_->vintage->units;
        if (small_choice(ui, "ui.patrol.lock_set", at, names, -FLT_MIN))
            lock(app::named_set("", app::faces_of_set(sets[at], units), units).codes);
    }
    for (std::size_t team = 1; team <= static_cast<std::size_t>(kMostTeams); ++team) {
        const auto of_team = [&](const auto& one) { return one.second == team; };
        const auto count = std::count_if(locked.begin(), locked.end(), of_team);
        const base::Args theirs{{"count", std::int64_t{count}}, {"team", as_number(team)}};
        if (count > 0 &&
            link(ui, "patrol_unlock:" + std::to_string(team), ui.text("ui.patrol.unlock", theirs)))
            std::erase_if(locked, of_team);
    }
}

void PatrolPanel::draw_choices_of_run(Ui& ui) {
    if (request_.kind != app::PatrolKind::Cover) {
        int seed = static_cast<int>(request_.seed);
        if (stepper(ui, "ui.patrol.seed", seed, 1, kMostPatrolSeed))
            request_.seed = static_cast<std::uint64_t>(seed);
    }
    bool internal = request_.classification == app::Classification::Internal;
    if (check(ui, "ui.patrol.internal", internal))
        request_.classification =
            internal ? app::Classification::Internal : app::Classification::Public;
    if (outcome_->error && outcome_->dataset == dataset_)
        paragraph(ui, ui.fonts.small, ui.theme->error,
                  ui.document.language().text(*outcome_->error));
    // Of the plan below as soon as there is one.
    if (good_ && !(outcome_->report && outcome_->dataset == dataset_))
        copy_command(ui, "patrol", app::to_flags(wanted(ui)), ImGui::GetContentRegionAvail().x);
}

void PatrolPanel::draw_footer(Ui& ui, const Rect& area, bool overlay) {
    begin_region(ui, "patrol_footer", area, {.padding = {18, 8}, .overlay = overlay});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(6)});
    rule(ui);
    gap(ui, 2);
    const float width = ImGui::GetContentRegionAvail().x;
    if (draw_running(ui, "patrol"))
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.patrol.keeps_best"));
    else if (text_button(ui, "ui.patrol.run", true, good_, width))
        start(ui);
    ImGui::PopStyleVar();
    ImGui::GetWindowDrawList()->AddLine({area.x0 + 0.5F, area.y0}, {area.x0 + 0.5F, area.y1},
                                        ui.theme->line);
    end_region();
}

void PatrolPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    constexpr float kFooter = 46, kRunning = 58; // beside the button; progress and two lines
    Rect body = area;
    body.y1 -= ui.px(kButton + kFooter + (job_runs(ui, "patrol") ? kRunning : 0));
    begin_right_panel(ui, "patrol", "ui.patrol", body, overlay);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
    begin(ui);
    good_ = true;
    draw_kind(ui);
    draw_burden(ui);
    draw_roles(ui);
    draw_choices_of_run(ui);
    draw_outcome(ui);
    draw_stored(ui);
    ImGui::PopStyleVar();
    end_right_panel(ui, body);
    draw_footer(ui, {area.x0, body.y1, area.x1, area.y1}, overlay);
}

} // namespace diaban::gui
