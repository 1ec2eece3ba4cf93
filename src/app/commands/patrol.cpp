#include "app/commands/patrol.hpp"

#include "app/commands/patrol_parts.hpp"
#include "app/commands/query.hpp"
#include "app/held_period.hpp"
#include "app/map_files.hpp"
#include "app/named_units.hpp"
#include "app/plan_file.hpp"
#include "app/selection.hpp"
#include "app/statuses.hpp"
#include "app/target_gaps.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "geo/face_shapes.hpp"
#include "geo/locate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

// Units that are named have their codes from here on; a kind of place with a distance stays.
PatrolRequest with_named_codes(PatrolRequest request, const data::UnitTable& units) {
    const auto is_kind = [](const std::string& one) { return one.find(':') != one.npos; };
    const auto take = [&](const char* flag, std::vector<std::string>& given) {
        auto named = given;
        std::erase_if(named, is_kind);
        const auto codes = named_codes(flag, named, units);
        std::size_t next = 0;
        for (auto& one : given)
            if (!is_kind(one)) one = codes[next++];
    };
    take("--select", request.select);
    take("--forbid", request.forbid);
    take("--must", request.must);
    take("--at", request.at);
    take("--near", request.near);
    take("--border", request.border);
    take("--behind", request.behind);
    request.candidates = base::joined(candidate_codes(request.candidates, units), ",");
    return request;
}

// What the plan is made of: the numbers that may leave, and who takes part.
class PatrolData {
public:
    PatrolData(const PatrolRequest& request, const std::shared_ptr<const Dataset>& dataset,
               PatrolReport& report, base::JobContext& ctx)
        : dataset_(*dataset), cube_(dataset->cube) {
        if (request.classification == Classification::Public) {
            const auto public_data = mask(dataset, {}, ctx);
            cube_ = with_stand_ins(public_data, {});
            report.masked = public_data.cells;
        }
        const auto& units = dataset->vintage->units;
        for (std::uint32_t u = 0; u < units.size(); ++u) row_of_.emplace(units.code[u], u);
        part_.assign(units.size(), request.select.empty());
        for (const auto face : faces_of_codes(request.select, units)) part_[face] = 1;
        for (const auto face : faces_of_codes(request.must, units)) part_[face] = 1;
        for (const auto face : faces_of_codes(request.forbid, units)) part_[face] = 0;
        const auto faces = dataset->vintage->coverage->faces();
        for (std::size_t u = 0; u < part_.size(); ++u)
            if (faces[u].ring_count == 0) part_[u] = 0;
        for (const auto row : rows_of(request.must))
            if (!part_[row])
                throw Error(ErrorKind::Usage, "error.patrol.must_out",
                            {{"unit", units.name[row].empty()
                                          ? units.code[row]
                                          : units.name[row] + " (" + units.code[row] + ")"}});
    }

    const data::IndicatorCube& cube() const { return *cube_; }
    const std::vector<char>& part() const { return part_; }
    std::vector<std::uint32_t> rows_of(const std::vector<std::string>& codes) const {
        std::vector<std::uint32_t> out;
        for (const auto& code : codes) { // in the order given
            const auto at = row_of_.find(code);
            out.push_back(at != row_of_.end()
                              ? at->second
                              : faces_of_codes({code}, dataset_.vintage->units).front());
        }
        return out;
    }
    // A point inside every unit, and further ones after them.
    analysis::GroundPoints points(const std::vector<PatrolPlace>& more = {}) const {
        const auto& coverage = *dataset_.vintage->coverage;
        std::vector<geo::Point> at;
        for (const auto& face : coverage.faces())
            at.push_back(face.ring_count == 0 ? coverage.box().centre()
                                              : geo::label_of(geo::source_of(coverage), face));
        for (const auto& place : more) at.push_back(place.at);
        if (!coverage.crs().known()) return analysis::GroundPoints::from_plane(at);
        geo::transform(at, coverage.crs(), geo::Crs::wgs84());
        return analysis::GroundPoints::from_degrees(at);
    }
    // Values of an indicator and period; NaN where there is none.
    std::vector<double> values(std::size_t indicator, std::size_t period) const {
        const auto slice = cube_->slice(indicator, period);
        std::vector<double> out(slice.size(), base::kNaN);
        for (std::size_t u = 0; u < out.size(); ++u)
            if (slice.has(u)) out[u] = slice.value[u];
        return out;
    }
    // The period asked for, or the last in which one of the indicators has values.
    std::size_t period_of(const PatrolRequest& request,
                          const std::vector<std::size_t>& indicators) const {
        if (request.period != data::Period{}) {
            const auto at = cube_->find(request.period);
            if (!at)
                throw Error(ErrorKind::Usage, "error.patrol.period",
                            {{"period", data::to_string(request.period)}});
            return *at;
        }
        for (auto p = cube_->periods.size(); p-- > 0;)
            for (const auto i : indicators)
                if (has_values(*cube_, i, p)) return p;
        throw Error(ErrorKind::Data, "error.patrol.no_burden");
    }

private:
    const Dataset& dataset_;
    std::shared_ptr<const data::IndicatorCube> cube_;
    std::vector<char> part_;
    std::unordered_map<std::string, std::uint32_t> row_of_; // by code
};

// What every commune weighs; those without a value weigh nothing and are counted.
std::vector<double> burden_of(const PatrolRequest& request, const PatrolData& ground,
                              const Dataset& dataset, const Language& language,
                              PatrolReport& report) {
    std::vector<double> out(ground.part().size(), 1);
    report.burden_name = burden_name(request, dataset, language);
    if (!request.indicator.empty()) {
        const auto& cube = ground.cube();
        const auto indicator = cube.find(request.indicator);
        if (!indicator)
            throw Error(ErrorKind::Usage, "error.patrol.indicator", {{"id", request.indicator}});
        const auto& meaning = cube.indicators[*indicator];
        const auto period = ground.period_of(request, {*indicator});
        report.period = cube.periods[period];
        out = ground.values(*indicator, period);
        const bool status = data::is_status(meaning);
        if (meaning.kind == data::Kind::Category && !status)
            throw Error(ErrorKind::Usage, "error.patrol.indicator", {{"id", request.indicator}});
        for (auto& value : out) {
            if (!status || std::isnan(value)) continue;
            const auto known =
                data::parse_status(meaning.categories[static_cast<std::size_t>(value)]);
            const int rank = known ? data::rank_of(*known) : -1;
            value = rank < 0 ? base::kNaN : rank;
        }
    }
    for (std::size_t u = 0; u < out.size(); ++u) {
        if (ground.part()[u] && out[u] < 0)
            throw Error(ErrorKind::Data, "error.patrol.negative", {{"id", request.indicator}});
        if (ground.part()[u] && std::isnan(out[u])) {
            ++report.unknown;
            report.without_value.push_back(u);
        }
        if (!ground.part()[u] || std::isnan(out[u])) out[u] = 0;
        report.burden += out[u];
    }
    return out;
}

// The communes that may be bases, where the request names them: of a query or set, not forbidden.
std::vector<char> named_bases(const PatrolRequest& request, const PatrolData& ground,
                              const Dataset& dataset) {
    std::vector<char> out(ground.part().size(), 0);
    const auto codes = candidate_codes(request.candidates, dataset.vintage->units);
    for (const auto row : ground.rows_of(codes)) out[row] = 1;
    for (const auto row : ground.rows_of(request.forbid)) out[row] = 0;
    const auto faces = dataset.vintage->coverage->faces();
    for (std::size_t u = 0; u < out.size(); ++u)
        if (faces[u].ring_count == 0) out[u] = 0;
    if (std::find(out.begin(), out.end(), 1) == out.end())
        throw Error(ErrorKind::Usage, "error.patrol.candidates_none");
    return out;
}

// The places that may be bases, without those in a commune that is forbidden.
std::vector<PatrolPlace> place_bases(PatrolReport& report, const Dataset& dataset) {
    const auto& request = report.request;
    if (request.candidates_at.empty()) return {};
    const auto period = report.period.year != 0 ? report.period : request.period;
    report.places_at = places_period(period, dataset);
    auto out = places_for_bases(request.candidates_at, period, dataset, report.outside);
    if (request.forbid.empty()) return out;
    const auto forbidden = faces_of_codes(request.forbid, dataset.vintage->units);
    const geo::Locator locator(dataset.vintage->coverage);
    std::erase_if(out, [&](const PatrolPlace& place) {
        const auto face = locator.face_at(place.at);
        return face && std::find(forbidden.begin(), forbidden.end(), *face) != forbidden.end();
    });
    if (out.empty()) throw Error(ErrorKind::Usage, "error.patrol.candidates_none");
    return out;
}

// Rows of the candidates: of communes, then of the places that follow them.
void add_candidates(analysis::LocationProblem& problem, PatrolReport& report,
                    const PatrolData& ground, const Dataset& dataset, std::size_t places) {
    const auto& request = report.request;
    auto may = !request.candidates_at.empty() ? std::vector<char>(ground.part().size(), 0)
               : request.candidates.empty()   ? ground.part()
                                              : named_bases(request, ground, dataset);
    // Bases that are there may lie outside of what the plan is about.
    for (const auto row : problem.fixed) may[row] = 1;
    may.resize(may.size() + places, 1);
    for (std::uint32_t row = 0; row < may.size(); ++row)
        if (may[row]) problem.candidates.push_back(row);
    if (request.candidates.empty() && request.candidates_at.empty()) return;
    report.candidates = problem.candidates.size();
    if (report.candidates < request.bases)
        throw Error(ErrorKind::Usage, "error.patrol.candidates_few",
                    {{"count", static_cast<std::int64_t>(report.candidates)},
                     {"bases", static_cast<std::int64_t>(request.bases)}});
}

void plan_cover(PatrolReport& report, const PatrolData& ground, const Dataset& dataset,
                const Language& language, base::JobContext& ctx) {
    const auto& request = report.request;
    analysis::LocationProblem problem;
    problem.goal = request.goal;
    problem.burden = burden_of(request, ground, dataset, language, report);
    const auto units = problem.burden.size();
    const auto places = place_bases(report, dataset);
    problem.burden.resize(units + places.size(), 0); // nobody has to reach a place
    problem.at = ground.points(places);
    problem.fixed = ground.rows_of(request.at);
    std::sort(problem.fixed.begin(), problem.fixed.end());
    problem.fixed.erase(std::unique(problem.fixed.begin(), problem.fixed.end()),
                        problem.fixed.end());
    add_candidates(problem, report, ground, dataset, places.size());
    problem.p = request.bases;
    problem.radius_m = request.within_m;
    problem.detour = request.detour;
    if (problem.candidates.empty()) throw Error(ErrorKind::Data, "error.patrol.no_burden");
    auto plan = analysis::first_plan(problem, ctx);
    if (!request.fast) plan = analysis::exact_plan(problem, std::move(plan), ctx, request.nodes);
    report.objective = plan.objective;
    report.bound = plan.bound;
    report.gap = analysis::gap(problem, plan);
    report.proven = plan.proven;
    report.stopped = plan.stopped;
    report.nodes = plan.nodes;
    report.groups.resize(plan.chosen.size());
    for (std::size_t b = 0; b < plan.chosen.size(); ++b)
        if (plan.chosen[b] < units)
            report.groups[b].unit = plan.chosen[b];
        else
            report.groups[b].place = places[plan.chosen[b] - units];
    for (auto& group : report.groups) group.lon_lat = lon_lat_of_base(group, dataset);
    const bool rings = request.goal == analysis::LocationGoal::Cover;
    for (std::uint32_t u = 0; u < units; ++u) {
        if (!ground.part()[u] && !std::binary_search(plan.chosen.begin(), plan.chosen.end(), u))
            continue;
        const auto base = static_cast<std::size_t>(
            std::lower_bound(plan.chosen.begin(), plan.chosen.end(), plan.base_of[u]) -
            plan.chosen.begin());
        const bool within = !rings || plan.distance_m[u] <= request.within_m;
        const bool is_base = plan.chosen[base] == u;
        report.rows.push_back({u, base,
                               is_base  ? "base"
                               : within ? "within"
                                        : "beyond",
                               plan.distance_m[u]});
        report.mean_m += problem.burden[u] * plan.distance_m[u] / report.burden;
        if (!within) continue;
        report.groups[base].burden += problem.burden[u];
        ++report.groups[base].communes;
    }
}

void plan_sectors(PatrolReport& report, const PatrolData& ground, const Dataset& dataset,
                  const Language& language, base::JobContext& ctx) {
    const auto& request = report.request;
    analysis::SectorProblem problem;
    problem.work = burden_of(request, ground, dataset, language, report);
    problem.at = ground.points();
    problem.part = ground.part();
    problem.teams = request.teams;
    problem.bases = ground.rows_of(request.at);
    problem.seed = request.seed;
    for (const auto& [code, team] : request.locked)
        problem.locked.push_back(
            {ground.rows_of({code}).front(), static_cast<std::uint32_t>(team - 1)});
    // A corner in common is no way from one commune to the other.
    NeighbourChoice neighbours{.links = request.links};
    neighbours.spec.kind = analysis::WeightsKind::Rook;
    problem.links = weights_of(neighbours, dataset, ctx).links;
    for (const auto& [island, shore] : analysis::ferries(problem.links, problem.at, problem.part)) {
        report.ferries.emplace_back(island, shore);
        neighbours.links.emplace_back(dataset.vintage->units.code[island],
                                      dataset.vintage->units.code[shore]);
    }
    if (!report.ferries.empty()) problem.links = weights_of(neighbours, dataset, ctx).links;
    const auto plan = analysis::divide(problem, ctx);
    auto division = std::make_shared<PatrolDivision>();
    division->made = plan.team_of;
    division->bound = plan.bound;
    division->stopped = plan.stopped;
    division->problem = std::move(problem);
    report.division = std::move(division);
    tell_sectors(report, plan);
}

// The columns that the data can fill; the rest is left out and named.
class Terms {
public:
    Terms(PatrolReport& report, const PatrolData& ground, const Dataset& dataset,
          const Language& language, base::JobContext& ctx)
        : report_(report), ground_(ground) {
        const auto& cube = ground.cube();
        const auto inspections = cube.find("IN01"), visits = cube.find("IN02"),
                   violations = cube.find("IN03"), establishments = cube.find("IN06");
        std::vector<std::size_t> known;
        for (const auto& one : {inspections, visits, violations, establishments})
            if (one) known.push_back(*one);
        for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution})
            if (const auto status = data::find_status(cube, domain, {})) known.push_back(*status);
        at_ = ground.period_of(report.request, known);
        report.period = cube.periods[at_];
        using enum analysis::PriorityTerm;
        add_status(dataset, ctx);
        if (violations && visits) {
            add(Violations, analysis::violations_column(ground.values(*violations, at_),
                                                        ground.values(*visits, at_)));
            add(Trend, analysis::trend_column(history(*violations), history(*visits)));
        } else {
            lacks(Violations);
            lacks(Trend);
        }
        if (inspections)
            add(Since, analysis::since_column(history(*inspections)));
        else
            lacks(Since);
        if (visits && establishments)
            add(Uninspected, analysis::uninspected_column(ground.values(*visits, at_),
                                                          ground.values(*establishments, at_)));
        else
            lacks(Uninspected);
        add_near(Near, "--near", report.request.near, dataset, language, ctx);
        add_near(Border, "--border", report.request.border, dataset, language, ctx);
        add_gap(dataset, ctx);
    }

    const std::vector<analysis::PriorityColumn>& columns() const { return columns_; }
    // Months since the last inspection, at least one; NaN where nothing is known.
    std::vector<double> months_since() const {
        for (const auto& column : columns_)
            if (column.term == analysis::PriorityTerm::Since) {
                auto out = column.value;
                for (auto& value : out)
                    if (!std::isnan(value))
                        value = std::max(1.0, 12 * analysis::kLongestSince * value);
                return out;
            }
        return std::vector<double>(ground_.part().size(), base::kNaN);
    }

private:
    void lacks(analysis::PriorityTerm term) { report_.left_out.push_back(term); }
    void add(analysis::PriorityTerm term, std::vector<double> value) {
        columns_.push_back(
            {term, report_.request.weights[static_cast<std::size_t>(term)], std::move(value)});
        report_.terms.push_back(term);
    }
    // Those named by their codes, and those that lie near enough to places of a kind.
    void add_near(analysis::PriorityTerm term, const std::string& flag,
                  const std::vector<std::string>& given, const Dataset& dataset,
                  const Language& language, base::JobContext& ctx) {
        auto codes = given;
        for (const auto& one : given) {
            const auto nearness = parse_nearness(flag, one);
            if (!nearness) continue;
            std::erase(codes, one);
            NearRequest asked{.kinds = {nearness->first}};
            asked.lines = report_.request.lines;
            asked.outline = report_.request.outline;
            asked.within_m = nearness->second;
            asked.period = report_.period; // what was built later is not there yet
            report_.places_at = places_period(asked.period, dataset);
            const auto metres = near_distances(asked, dataset, language, ctx);
            for (std::size_t u = 0; u < metres.size(); ++u) // not of units without a shape
                if (metres[u] <= nearness->second) codes.push_back(dataset.vintage->units.code[u]);
        }
        if (codes.empty() && !given.empty()) // that none is near is known too
            return add(term, std::vector<double>(ground_.part().size(), 0));
        add_codes(term, codes);
    }
    void add_codes(analysis::PriorityTerm term, const std::vector<std::string>& codes) {
        if (codes.empty()) return lacks(term);
        std::vector<double> value(ground_.part().size(), 0);
        for (const auto row : ground_.rows_of(codes)) value[row] = 1;
        add(term, std::move(value));
    }
    // By how much the district of a commune lags behind the targets of a plan. Of communes that are
    // named somebody knows that they miss one.
    void add_gap(const Dataset& dataset, base::JobContext& ctx) {
        const auto& request = report_.request;
        if (request.targets.empty()) return add_codes(analysis::PriorityTerm::Gap, request.behind);
        const auto plan = plan_named(request.targets, dataset.request.store);
        Statuses statuses;
        try {
            statuses = find_statuses(dataset, {}, ctx);
        } catch (const Error& error) {
            if (error.message.key != "error.status.none") throw; // there may be other targets
        }
        report_.gaps = std::make_shared<const TargetGaps>(
            target_gaps(plan, dataset, ground_.cube(), statuses, report_.period));
        if (!report_.gaps->any() && request.behind.empty())
            return lacks(analysis::PriorityTerm::Gap);
        auto value = report_.gaps->value;
        for (const auto row : ground_.rows_of(request.behind)) value[row] = 1;
        add(analysis::PriorityTerm::Gap, std::move(value));
    }
    void add_status(const Dataset& dataset, base::JobContext& ctx) {
        const auto& cube = ground_.cube();
        if (!data::find_status(cube, data::Domain::Drug, {}) &&
            !data::find_status(cube, data::Domain::Prostitution, {}))
            return lacks(analysis::PriorityTerm::Status);
        constexpr double kHighestRank = 4;
        const auto statuses = find_statuses(dataset, {}, ctx);
        std::vector<double> value(ground_.part().size(), base::kNaN);
        for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution}) {
            const auto now = data::statuses_at(statuses.of(domain), report_.period);
            for (std::size_t u = 0; u < now.size(); ++u)
                if (const int rank = data::rank_of(now[u]); rank >= 0)
                    value[u] = std::fmax(value[u], rank / kHighestRank);
        }
        add(analysis::PriorityTerm::Status, std::move(value));
    }
    // The years up to the period of the plan, oldest first.
    analysis::PeriodValues history(std::size_t indicator) const {
        analysis::PeriodValues out;
        const auto& periods = ground_.cube().periods;
        for (std::size_t p = 0; p <= at_; ++p)
            if (periods[p].half == periods[at_].half && periods[p].year > 0)
                out.push_back(ground_.values(indicator, p));
        return out;
    }

    PatrolReport& report_;
    const PatrolData& ground_;
    std::size_t at_ = 0;
    std::vector<analysis::PriorityColumn> columns_;
};

void plan_rota(PatrolReport& report, const PatrolData& ground, const Dataset& dataset,
               const Language& language, base::JobContext& ctx) {
    const auto& request = report.request;
    const Terms terms(report, ground, dataset, language, ctx);
    report.scores = analysis::priority_scores(terms.columns(), ground.part().size());
    auto score = report.scores.score;
    for (std::size_t u = 0; u < score.size(); ++u)
        if (!ground.part()[u]) score[u] = base::kNaN;
    const auto rota = analysis::make_rota(score, report.scores.doubt, terms.months_since(),
                                          {.months = request.months,
                                           .per_month = request.visits,
                                           .random_share = request.random_share,
                                           .seed = request.seed,
                                           .must = ground.rows_of(request.must)});
    constexpr std::string_view kReasons[] = {"must", "priority", "verification", "random"};
    report.groups.resize(request.months);
    for (const auto& visit : rota) {
        report.rows.push_back({visit.commune, visit.month,
                               std::string(kReasons[static_cast<std::size_t>(visit.reason)]),
                               report.scores.score[visit.commune],
                               report.scores.doubt[visit.commune], visit.months_since});
        ++report.groups[visit.month].communes;
        report.groups[visit.month].burden += report.scores.score[visit.commune];
        report.objective += report.scores.score[visit.commune];
    }
}

} // namespace

std::string burden_name(const PatrolRequest& request, const Dataset& dataset,
                        const Language& language) {
    const auto indicator = request.indicator.empty() || !dataset.cube
                               ? std::nullopt
                               : dataset.cube->find(request.indicator);
    return indicator ? indicator_name(dataset.cube->indicators[*indicator], language)
                     : language.text("patrol.burden_one");
}

void tell_sectors(PatrolReport& report, const analysis::SectorPlan& plan) {
    const auto& problem = report.division->problem;
    report.objective = plan.busiest;
    report.bound = plan.bound;
    report.gap = analysis::gap(plan);
    report.proven = plan.proven;
    report.stopped = plan.stopped;
    report.cut = plan.cut;
    report.rows.clear();
    report.groups.assign(problem.teams, {});
    for (std::size_t t = 0; t < problem.bases.size(); ++t) report.groups[t].unit = problem.bases[t];
    for (std::size_t team = 0; team < problem.teams; ++team)
        for (std::size_t u = 0; u < plan.team_of.size(); ++u) {
            if (plan.team_of[u] != team) continue;
            report.rows.push_back({u, team, "sector", problem.work[u]});
            report.groups[team].burden += problem.work[u];
            ++report.groups[team].communes;
        }
}

std::string_view to_string(PatrolKind kind) {
    constexpr std::string_view kWords[] = {"cover", "sectors", "rota"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::optional<PatrolKind> parse_patrol_kind(std::string_view word) {
    for (const auto kind : {PatrolKind::Cover, PatrolKind::Sectors, PatrolKind::Rota})
        if (word == to_string(kind)) return kind;
    return std::nullopt;
}

PatrolRequest narrowed(PatrolRequest request, std::shared_ptr<const Dataset> dataset,
                       const QuerySources& sources, const std::vector<NamedQuery>& queries,
                       const Language& language, base::JobContext& ctx) {
    if (!request.candidates.empty())
        request.candidates = codes_for_candidates(
            request.candidates, dataset->vintage->units, sources, queries,
            [&](const std::string& text) {
                return codes_meeting({.text = text,
                                      .period = request.period,
                                      .classification = request.classification},
                                     dataset, sources, language, ctx);
            });
    if (request.where.empty() && request.use.empty()) return request;
    if (!request.where.empty() && !request.use.empty())
        throw Error(ErrorKind::Usage, "error.query.two", {{"name", request.use}});
    const QueryRequest query{.text = request.use.empty() ? request.where
                                                         : find_query(queries, request.use).text,
                             .period = request.period,
                             .classification = request.classification};
    auto codes = codes_meeting(query, dataset, sources, language, ctx);
    const auto among = named_codes("--select", request.select, dataset->vintage->units);
    if (!among.empty())
        std::erase_if(codes, [&](const data::UnitCode& code) {
            return std::find(among.begin(), among.end(), code) == among.end();
        });
    // No commune would mean every one.
    if (codes.empty())
        throw Error(ErrorKind::Usage, "error.patrol.where_nobody", {{"query", query.text}});
    request.select = std::move(codes);
    request.where.clear();
    request.use.clear();
    return request;
}

PatrolReport run(const PatrolRequest& asked, std::shared_ptr<const Dataset> dataset,
                 const Language& language, base::JobContext& ctx) {
    PatrolReport report;
    report.request = with_named_codes(asked, dataset->vintage->units);
    const auto& request = report.request;
    check_output(dataset->request, request.out);
    check_map_file(request.map_out, request.page);
    if (!(request.detour >= 1) || !std::isfinite(request.detour))
        throw Error(ErrorKind::Usage, "error.patrol.detour");
    if (request.kind == PatrolKind::Cover && !request.must.empty())
        throw Error(ErrorKind::Usage, "error.patrol.must_kind");
    const bool among = !request.candidates.empty(), places = !request.candidates_at.empty();
    if (request.kind != PatrolKind::Cover && (among || places))
        throw Error(ErrorKind::Usage, "error.patrol.candidates_kind");
    if (among && places) throw Error(ErrorKind::Usage, "error.patrol.candidates_two");
    const auto& units = dataset->vintage->units;
    report.codes = units.code;
    report.names = units.name;
    for (std::size_t u = 0; u < units.size(); ++u)
        report.districts.push_back(district_name(*dataset, u));
    const PatrolData ground(request, dataset, report, ctx);
    switch (request.kind) {
    case PatrolKind::Cover:
        plan_cover(report, ground, *dataset, language, ctx);
        break;
    case PatrolKind::Sectors:
        plan_sectors(report, ground, *dataset, language, ctx);
        break;
    case PatrolKind::Rota:
        plan_rota(report, ground, *dataset, language, ctx);
        break;
    }
    // Only what the plan was made of.
    std::erase_if(report.masked, [&](const MaskedCell& cell) {
        return cell.indicator != request.indicator || cell.period != report.period;
    });
    mark_estimated(report);
    report.sentences = patrol_sentences(report, language);
    report.map = patrol_map(report, *dataset, language);
    return report;
}

} // namespace diaban::app
