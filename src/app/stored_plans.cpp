#include "app/stored_plans.hpp"

#include "app/inputs_hash.hpp"
#include "app/kept_list.hpp"
#include "app/plan_file.hpp"
#include "app/target_gaps.hpp"
#include "app/timestamp.hpp"
#include "base/text.hpp"
#include "data/status.hpp"
#include "files/store_records.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace diaban::app {
namespace {

// Relative to the folder of what keeps it; without one the name alone, so that what is handed on
// tells of no other folders.
std::string kept_path(const std::filesystem::path& file, const std::filesystem::path& folder) {
    if (folder.empty()) return file.filename().string();
    const auto relative =
        std::filesystem::absolute(file).lexically_relative(std::filesystem::absolute(folder));
    return (relative.empty() ? file.filename() : relative).generic_string();
}

std::filesystem::path folder_of(const std::filesystem::path& store) {
    return std::filesystem::absolute(store).parent_path();
}

// The lines that distances of a rota are measured to, and what people said of single communes.
void put_lines(Json& out, const PatrolRequest& r, const std::filesystem::path& folder) {
    for (const auto& line : r.lines)
        out["lines"].push_back(
            {{"file", kept_path(line.file, folder)}, {"kind", line.kind}, {"layer", line.layer}});
    for (const auto& word : r.outline)
        out["outline"].push_back({{"kind", word.kind}, {"code", word.code}, {"is", word.is}});
}

// The id of a plan, or where its file lies.
std::string kept_targets(const std::string& targets, const std::filesystem::path& folder) {
    return targets.ends_with(".json") ? kept_path(targets, folder) : targets;
}

void read_plan_lines(const Json& in, PatrolRequest& r) {
    for (const auto& line : in.value("lines", Json::array()))
        r.lines.push_back({line.at("file").get<std::string>(), line.at("kind").get<std::string>(),
                           line.value("layer", "")});
    for (const auto& word : in.value("outline", Json::array()))
        r.outline.push_back({word.at("kind").get<std::string>(), word.at("code").get<std::string>(),
                             word.value("is", true)});
}

Json request_json(const PatrolRequest& r, const std::filesystem::path& folder = {}) {
    Json out{
        {"kind", to_string(r.kind)},
        {"indicator", r.indicator},
        {"period", data::to_string(r.period)},
        {"select", r.select},
        {"forbid", r.forbid},
        {"must", r.must},
        {"seed", r.seed},
        {"goal", to_string(r.goal)},
        {"bases", r.bases},
        {"within_m", r.within_m},
        {"detour", r.detour},
        {"at", r.at},
        {"candidates", r.candidates},
        {"candidates_at", r.candidates_at},
        {"fast", r.fast},
        {"nodes", r.nodes},
        {"teams", r.teams},
        {"locked", r.locked},
        {"links", r.links},
        {"months", r.months},
        {"visits", r.visits},
        {"random_share", r.random_share},
        {"weights", r.weights},
        {"near", r.near},
        {"border", r.border},
        {"behind", r.behind},
        {"targets", kept_targets(r.targets, folder)},
        {"classification", r.classification == Classification::Internal ? "internal" : "public"}};
    put_lines(out, r, folder);
    return out;
}

PatrolRequest patrol_request_of(const Json& in) {
    PatrolRequest r;
    r.kind = parse_patrol_kind(in.value("kind", "")).value_or(r.kind);
    r.indicator = in.value("indicator", "");
    r.period = data::parse_period(in.value("period", "")).value_or(data::Period{});
    r.seed = in.value("seed", r.seed);
    r.goal = analysis::parse_location_goal(in.value("goal", "")).value_or(r.goal);
    r.bases = in.value("bases", r.bases);
    r.within_m = in.value("within_m", r.within_m);
    r.detour = in.value("detour", r.detour);
    r.fast = in.value("fast", r.fast);
    r.nodes = in.value("nodes", r.nodes);
    r.teams = in.value("teams", r.teams);
    r.months = in.value("months", r.months);
    r.visits = in.value("visits", r.visits);
    r.random_share = in.value("random_share", r.random_share);
    r.weights = in.value("weights", r.weights);
    r.locked = in.value("locked", r.locked);
    r.links = in.value("links", r.links);
    r.select = in.value("select", r.select);
    r.forbid = in.value("forbid", r.forbid);
    r.must = in.value("must", r.must);
    r.at = in.value("at", r.at);
    r.candidates = in.value("candidates", "");
    r.candidates_at = in.value("candidates_at", r.candidates_at);
    r.near = in.value("near", r.near);
    r.border = in.value("border", r.border);
    r.behind = in.value("behind", r.behind);
    r.targets = in.value("targets", r.targets);
    read_plan_lines(in, r);
    if (in.value("classification", "") == "internal") r.classification = Classification::Internal;
    // In plans of bases kept before, these took part like the chosen ones.
    if (r.kind == PatrolKind::Cover && !r.select.empty())
        r.select.insert(r.select.end(), r.must.begin(), r.must.end());
    return relevant(std::move(r));
}

Json plan_json(const StoredPlan& plan, const std::filesystem::path& folder = {}) {
    Json parts = Json::array();
    for (const auto& part : plan.parts) parts.push_back({part.code, part.group, part.word});
    return {{"name", plan.name},           {"request", request_json(plan.request, folder)},
            {"inputs", plan.inputs},       {"parts", std::move(parts)},
            {"bases", plan.bases},         {"moved", plan.moved},
            {"objective", plan.objective}, {"burden", plan.burden},
            {"mean_m", plan.mean_m},       {"farthest_m", plan.farthest_m},
            {"proven", plan.proven},       {"stopped", plan.stopped},
            {"sentences", plan.sentences}};
}

StoredPlan plan_of(const Json& in) {
    StoredPlan plan;
    plan.name = in.at("name");
    plan.request = patrol_request_of(in.at("request"));
    plan.inputs = in.value("inputs", "");
    plan.bases = in.value("bases", plan.bases);
    for (const auto& part : in.at("parts")) {
        plan.parts.push_back({part.at(0).get<std::string>(), part.at(1).get<std::size_t>(),
                              part.at(2).get<std::string>()});
        if (plan.parts.back().group >= plan.bases.size())
            throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                              {{"key", "plans"}, {"value", part.dump()}});
    }
    plan.moved = in.value("moved", plan.moved);
    plan.objective = in.value("objective", 0.0);
    plan.burden = in.value("burden", 0.0);
    plan.mean_m = in.value("mean_m", 0.0);
    plan.farthest_m = in.value("farthest_m", 0.0);
    plan.proven = in.value("proven", false);
    plan.stopped = in.value("stopped", false);
    plan.sentences = in.value("sentences", plan.sentences);
    return plan;
}

// Of a project: without the folders of this machine.
Json plan_of_project(const StoredPlan& plan) {
    return plan_json(plan);
}

constexpr KeptList<StoredPlan> kPlans{"plans", plan_of, plan_of_project};

// What the targets of a request are measured by; of a plan that is not there any more nothing.
std::set<data::IndicatorId> measured_by(const PatrolRequest& request, const Dataset& dataset) {
    if (request.targets.empty()) return {};
    try {
        return indicators_of(plan_named(request.targets, dataset.request.store));
    } catch (const base::Error&) {
        return {};
    }
}

// The indicators that a plan looks at: what weighs, or what a score is made of.
std::vector<std::size_t> looked_at(const PatrolRequest& request, const Dataset& dataset) {
    const auto& cube = *dataset.cube;
    std::vector<std::size_t> out;
    const auto take = [&](std::optional<std::size_t> indicator) {
        if (indicator) out.push_back(*indicator);
    };
    if (request.kind != PatrolKind::Rota) {
        if (!request.indicator.empty()) take(cube.find(request.indicator));
        return out;
    }
    for (const char* id : {"IN01", "IN02", "IN03", "IN06"}) take(cube.find(id));
    for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution})
        take(data::find_status(cube, domain, {}));
    for (const auto& id : measured_by(request, dataset)) {
        const auto at = cube.find(id);
        if (at && std::find(out.begin(), out.end(), *at) == out.end()) out.push_back(*at);
    }
    return out;
}

} // namespace

std::string inputs_hash(const PatrolRequest& request, const Dataset& dataset) {
    InputsHash hash;
    for (const auto& code : dataset.vintage->units.code) hash.add(code);
    for (const auto& face : dataset.vintage->coverage->faces()) {
        hash.add(face.label_at.x);
        hash.add(face.label_at.y);
    }
    if (request.kind == PatrolKind::Sectors)
        for (const auto& [a, b] : request.links) {
            hash.add(a);
            hash.add(b);
        }
    const auto measured = [](const std::vector<std::string>& given) {
        return std::any_of(given.begin(), given.end(), [](const std::string& one) {
            return one.find(':') != std::string::npos;
        });
    };
    if (measured(request.near) || measured(request.border) || !request.candidates_at.empty())
        for (const auto& layer : dataset.places)
            for (const auto& place : layer.places) {
                hash.add(place.kind);
                hash.add(place.at.x);
                hash.add(place.at.y);
                if (!place.line) continue;
                for (const auto& part : place.rings)
                    for (const auto p : part) {
                        hash.add(p.x);
                        hash.add(p.y);
                    }
            }
    if (!dataset.cube) return hash.text();
    const auto& cube = *dataset.cube;
    const bool rota = request.kind == PatrolKind::Rota, dated = request.period != data::Period{};
    for (const auto indicator : looked_at(request, dataset)) {
        hash.add(cube.indicators[indicator].id);
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            // A dated burden is of its period, a dated score of all up to it.
            const auto& period = cube.periods[p];
            if (dated && (rota ? request.period < period : period != request.period)) continue;
            const auto slice = cube.slice(indicator, p);
            for (std::size_t u = 0; u < slice.size(); ++u) {
                hash.add(static_cast<std::uint64_t>(slice.state[u]));
                hash.add(slice.value[u]);
            }
        }
    }
    return hash.text();
}

// What a plan keeps is what it is written with: one list for both.
PatrolRequest bare(const PatrolRequest& request) {
    auto out = patrol_request_of(request_json(request));
    out.lines = relevant(request).lines; // where they lie now
    return out;
}

std::vector<NearLine> lines_again(const PatrolRequest& kept, const std::vector<NearLine>& here,
                                  const std::filesystem::path& folder) {
    if (kept.lines.empty()) return here;
    std::vector<NearLine> out;
    for (auto line : kept.lines) {
        const auto at = std::find_if(here.begin(), here.end(), [&](const NearLine& one) {
            return one.kind == line.kind && one.layer == line.layer &&
                   one.file.filename() == line.file.filename();
        });
        if (at != here.end()) {
            line = *at;
        } else {
            // Its place beside what keeps it, or the same name there.
            for (const auto& place : {line.file, line.file.filename()})
                if (const auto file = (folder / place).lexically_normal();
                    line.file.is_relative() && std::filesystem::exists(file))
                    line.file = file;
        }
        out.push_back(std::move(line));
    }
    return out;
}

std::string targets_again(const std::string& kept, const std::filesystem::path& folder) {
    const std::filesystem::path file(kept);
    if (!kept.ends_with(".json") || file.is_absolute()) return kept;
    for (const auto& place : {file, file.filename()})
        if (const auto found = (folder / place).lexically_normal(); std::filesystem::exists(found))
            return found.string();
    return kept;
}

bool tells_values(const StoredPlan& plan, Classification asked) {
    return asked == Classification::Internal ||
           plan.request.classification == Classification::Public;
}

PatrolReport restored(PatrolReport made, const StoredPlan& stored, const Dataset& dataset,
                      const Language& language) {
    if (made.request.classification != stored.request.classification) return made;
    const std::map<std::string, std::size_t> team_of(stored.moved.begin(), stored.moved.end());
    std::vector<PatrolMove> moves;
    const auto& codes = dataset.vintage->units.code;
    for (std::size_t u = 0; u < codes.size(); ++u)
        if (const auto at = team_of.find(codes[u]); at != team_of.end())
            moves.push_back({u, at->second});
    return moves.empty() ? made : with_moved(std::move(made), moves, dataset, language);
}

StoredPlan to_plan(std::string name, const PatrolReport& report, const Dataset& dataset) {
    StoredPlan plan{.name = std::move(name),
                    .request = report.request,
                    .inputs = inputs_hash(report.request, dataset),
                    .objective = report.objective,
                    .burden = report.burden,
                    .mean_m = report.mean_m,
                    .proven = report.proven,
                    .stopped = report.stopped,
                    .sentences = report.sentences};
    if (report.division) {
        // As it was asked for: what was changed by hand is kept beside it.
        plan.request.locked.clear();
        for (const auto& lock : report.division->problem.locked)
            plan.request.locked.emplace_back(report.codes[lock.unit], lock.team + 1);
    }
    plan.request = bare(plan.request);
    const bool cover = report.request.kind == PatrolKind::Cover;
    for (const auto& row : report.rows) {
        plan.parts.push_back({report.codes[row.unit], row.group, row.word});
        if (cover) plan.farthest_m = std::max(plan.farthest_m, row.value);
    }
    for (const auto& group : report.groups)
        plan.bases.push_back(group.unit    ? report.codes[*group.unit]
                             : group.place ? group.place->name
                                           : "");
    for (const auto& row : report.rows)
        if (std::binary_search(report.by_hand.begin(), report.by_hand.end(), row.unit))
            plan.moved.emplace_back(report.codes[row.unit], row.group);
    return plan;
}

std::vector<StoredPlan> stored_plans(const Project& project) {
    return kPlans.of(project.plans);
}

Project with_plan(Project project, const StoredPlan& plan) {
    project.plans = kPlans.with(project.plans, plan);
    return project;
}

Project without_plan(Project project, const std::string& name) {
    project.plans = kPlans.without(project.plans, name);
    return project;
}

std::vector<StoredPlan> plans_kept(const Project& project, const std::filesystem::path& store) {
    auto out = stored_plans(project);
    if (store.empty()) return out;
    for (const auto& kept : files::read_patrols(store)) {
        if (std::any_of(out.begin(), out.end(),
                        [&](const StoredPlan& one) { return one.name == kept.name; }))
            continue;
        try {
            out.push_back(plan_of(Json::parse(kept.content)));
        } catch (const Json::exception&) {
            throw base::Error(base::ErrorKind::Data, "error.patrol.bad_stored",
                              {{"name", kept.name}, {"file", store.filename().string()}});
        }
    }
    return out;
}

void keep_plan(const std::filesystem::path& store, const StoredPlan& plan, base::JobContext& ctx) {
    files::add_patrol(store,
                      {plan.name, now_utc(), request_json(plan.request, folder_of(store)).dump(),
                       plan_json(plan, folder_of(store)).dump()},
                      ctx);
}

void forget_plan(const std::filesystem::path& store, const std::string& name,
                 base::JobContext& ctx) {
    files::remove_patrol(store, name, ctx);
}

StoredPlan find_plan(const std::vector<StoredPlan>& plans, const std::string& name) {
    std::vector<std::string> known;
    for (const auto& one : plans) {
        if (one.name == name) return one;
        known.push_back(one.name);
    }
    throw base::Error(base::ErrorKind::Usage, "error.patrol.no_stored",
                      {{"name", name}, {"known", known.empty() ? "–" : base::joined(known, ", ")}});
}

} // namespace diaban::app
