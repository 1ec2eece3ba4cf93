// `patrol`: where to go this month: bases that reach the most burden, contiguous sectors for teams,
// and a rota of inspections by priority.
//
// Guarantees: the same request gives the same plan on any number of threads; a plan stopped by hand
// says so; in public the plan is made of masked numbers alone, so it tells no more than they do
// (app/mask.hpp). Communes are ranked, never persons.
#pragma once

#include "analysis/location.hpp"
#include "analysis/priority.hpp"
#include "analysis/rota.hpp"
#include "analysis/sectors.hpp"
#include "app/commands/near.hpp"
#include "app/mask.hpp"
#include "app/neighbours.hpp"

#include <array>

namespace diaban::app {

enum class PatrolKind { Cover, Sectors, Rota };
std::string_view to_string(PatrolKind kind); // "cover", "sectors", "rota"
std::optional<PatrolKind> parse_patrol_kind(std::string_view word);

struct NamedQuery;     // app/named_query.hpp
struct PlanComparison; // app/plan_comparison.hpp
struct QuerySources;   // app/query_ground.hpp
struct TargetGaps;     // app/target_gaps.hpp

using TermWeights = std::array<double, analysis::kPriorityTerms>;
inline constexpr TermWeights kTermWeights{3, 3, 1, 2, 2, 1, 1, 1}; // in the order of PriorityTerm

struct PatrolRequest {
    DataRequest data;
    PatrolKind kind = PatrolKind::Cover;
    // What weighs: a number, or the rank of a status; empty: every commune weighs 1.
    std::string indicator;
    data::Period period; // default: the last with values
    // Codes, or names as app/named_units.hpp finds them; a report has codes.
    std::vector<std::string> select; // what the plan is about; empty: all
    // A query (data/query.hpp), or the name of one that is kept; narrowed() turns it into `select`.
    std::string where, use;
    std::vector<std::string> forbid; // never visited, no base
    // Sectors: take part in any case; rota: visited at least once. A cover knows no such communes.
    std::vector<std::string> must;
    std::uint64_t seed = 1;
    // cover
    analysis::LocationGoal goal = analysis::LocationGoal::Cover;
    std::size_t bases = 3;
    double within_m = 10'000;
    double detour = 1;           // length of a way over the straight line
    std::vector<std::string> at; // sectors: the base of team 1, 2 …; cover: bases there are
    // Who may be a base beside those that are there; both empty: every commune that takes part.
    // Codes or names of communes with commas between, a query, or the name of a query or set that
    // is kept, which narrowed() turns into codes; these communes need not take part themselves.
    std::string candidates;
    std::vector<std::string> candidates_at; // kinds of places, each of which may be a base itself
    bool fast = false;                      // the first plan only
    int nodes = analysis::kNodeLimit;       // of the exact search
    // sectors
    std::size_t teams = 3;
    std::vector<std::pair<std::string, std::size_t>> locked; // code, team from 1
    std::vector<UnitLink> links;                             // ferries and bridges
    // rota
    std::size_t months = 1, visits = 10;
    double random_share = analysis::kRandomShare;
    TermWeights weights = kTermWeights;
    // As select: near places, on the border, behind a target. The first two may also name a kind
    // of place with a distance, which is measured: "port:10km", "border:0m".
    std::vector<std::string> near, border, behind;
    // A plan whose targets the communes lag behind by district (app/target_gaps.hpp): a file, or
    // the id of a plan of the store or a shipped one; empty: none.
    std::string targets;
    // Coast and border are told apart by them, as `near` does; others are measured to.
    std::vector<NearLine> lines;
    std::vector<OutlineWord> outline;
    std::vector<LineLayer> layers; // over the map, as `map` draws them
    PageChoice page;
    double dpi = 0;
    Classification classification = Classification::Public;
    std::filesystem::path out;     // .csv .xlsx .ods .html .gpkg .shp .geojson .fgb .kml .gpx
    std::filesystem::path map_out; // .png, .svg, .pdf; empty: none
    // A sheet per base, team or month, with room to write on: .pdf with its map, or .xlsx .ods
    // .html .csv; empty: none
    std::filesystem::path orders;
    friend bool operator==(const PatrolRequest&, const PatrolRequest&) = default;
};

// One commune in the plan. Cover and sectors: one row per commune; rota: one per visit.
struct PatrolRow {
    std::size_t unit = 0;
    std::size_t group = 0; // from 0: base, team or month
    // "base" "within" "beyond" | "sector" | "must" "priority" "verification" "random"
    std::string word;
    double value = 0;                   // metres to the base | workload | score
    double doubt = 0, months_since = 0; // rota
};

// Communes divided among teams, kept so that a person can move them.
struct PatrolDivision {
    analysis::SectorProblem problem;
    std::vector<std::uint32_t> made; // the team of every unit, as the program found it
    double bound = 0;
    bool stopped = false;
};

// A place that is a base.
struct PatrolPlace {
    std::string kind, code;
    std::string name; // each its own: of two places of one name the later is "Chợ Mới (2)"
    geo::Point at;    // map CRS
};

struct PatrolGroup {
    std::optional<std::size_t> unit; // of the base, if that is a commune
    double burden = 0;               // of its communes; cover: within the radius
    std::size_t communes = 0;
    bool estimated = false;                          // what stands for masked numbers weighs in it
    std::optional<PatrolPlace> place = std::nullopt; // that is the base
    // Cover: where the base stands, the place or a point inside the commune, WGS 84 degrees;
    // nothing where the coordinate system is not known.
    std::optional<geo::Point> lon_lat = std::nullopt;
};

struct PatrolReport {
    PatrolRequest request;
    data::Period period;
    // The places that exist in it were measured to (rota) or could be bases (cover); undated where
    // none of them has dates.
    data::Period places_at;
    std::string burden_name;
    std::vector<PatrolRow> rows;
    std::vector<PatrolGroup> groups;
    double objective = 0;
    std::optional<double> bound, gap; // none of a rota
    bool proven = false, stopped = false;
    std::uint64_t nodes = 0;
    double burden = 0;                       // of all
    bool estimated = false;                  // what stands for masked numbers weighs in it
    double mean_m = 0;                       // cover: distance, weighted by burden
    std::size_t candidates = 0, outside = 0; // cover: that could be bases; places off the map
    std::size_t cut = 0;     // sectors: pairs of neighbours in different teams; few are compact
    std::size_t unknown = 0; // communes without a value, which weigh nothing
    std::vector<std::size_t> without_value; // these, ascending
    // sectors: islands and the communes they are joined to, because no link leads there
    std::vector<std::pair<std::size_t, std::size_t>> ferries;
    std::shared_ptr<const PatrolDivision> division;
    std::vector<std::size_t> by_hand; // units that a person gave to another team, ascending
    std::vector<std::size_t> apart;   // teams, from 0, that this left in more than one piece
    // rota: the terms there are, what each gives to a commune, and those the data knows nothing of
    std::vector<analysis::PriorityTerm> terms, left_out;
    analysis::PriorityScores scores;
    std::shared_ptr<const TargetGaps> gaps; // of the plan that was named; nullptr: none was
    std::vector<MaskedCell> masked;
    std::vector<std::string> codes, names, districts; // of all units
    std::vector<std::string> sentences;               // the answer, the proof, what is left out
    StyledMap map;
    std::vector<std::filesystem::path> files;
};

// Throws Error Usage and Data "error.patrol.*", "error.rota.*", "error.select.*", and as reading a
// plan with targets does; Cancelled.
// "error.patrol.must_kind": the kind of plan has no communes in any case; "error.patrol.must_out":
// one of them cannot take part; "error.patrol.candidates_*", "error.near.no_kind",
// "error.near.no_places", "error.near.none_then" of those that may be bases.
PatrolReport run(const PatrolRequest& request, std::shared_ptr<const Dataset> dataset,
                 const Language& language, base::JobContext& ctx);
// About only those of the communes that meet its `where`, or the one of `queries` that it `use`s;
// the request then names the communes and no query, of those that may be bases as well. Throws
// Error Usage "error.query.two" of both, "error.query.no_saved", "error.patrol.where_nobody",
// "error.patrol.candidates_nobody", "error.patrol.candidates_name"; as queries do.
PatrolRequest narrowed(PatrolRequest request, std::shared_ptr<const Dataset> dataset,
                       const QuerySources& sources, const std::vector<NamedQuery>& queries,
                       const Language& language, base::JobContext& ctx);
// The files asked for.
void write(PatrolReport& report, const Dataset& dataset, const Language& language,
           base::JobContext& ctx);
// With what differs from another plan, if it was compared with one.
std::string to_json(const PatrolReport& report, const Language& language,
                    const PlanComparison* compared = nullptr);
std::string to_text(const PatrolReport& report, const Language& language,
                    const PlanComparison* compared = nullptr);
std::vector<std::string> to_flags(const PatrolRequest& request);
// Only what matters to this kind of plan; the rest as it is when nobody asks for anything.
PatrolRequest relevant(PatrolRequest request);
// Without the codes, the indicator and the period that the data does not have.
PatrolRequest suited(PatrolRequest request, const Dataset& dataset);

// The same plan told in another language.
PatrolReport reworded(PatrolReport report, const Dataset& dataset, const Language& language);
struct PatrolMove {
    std::size_t unit = 0, team = 0; // from 0
};
// A plan of sectors after communes were given to other teams: new numbers, teams that are
// in several pieces named. Its request locks every commune, so that it asks for this very plan
// again. Throws Error Usage "error.patrol.move_none" | "error.patrol.move_last" (a team would have
// none left) | "error.patrol.move_base" | "error.patrol.move_locked".
PatrolReport with_moved(PatrolReport report, const std::vector<PatrolMove>& moves,
                        const Dataset& dataset, const Language& language);
// A plan with all the steps made by hand since, in their order. Steps that lead back leave it as it
// was. Throws as with_moved() does.
PatrolReport with_steps(const PatrolReport& made, const std::vector<PlanMoves::Step>& steps,
                        const Dataset& dataset, const Language& language);
// What giving a commune to another team leads to, before it is done: who goes where, the work of
// both teams, the busiest, the borders, and teams that it tears apart.
std::vector<std::string> move_words(const PatrolReport& before, const PatrolReport& after,
                                    std::size_t unit, const Language& language);
// The team of a unit, from 0; none: it takes no part, or the plan is of no sectors.
std::optional<std::size_t> sector_of(const PatrolReport& report, std::size_t unit);
// The first row of a commune. One that a rota does not visit has a score all the same: a row whose
// word is "none".
std::optional<PatrolRow> row_of(const PatrolReport& report, std::size_t unit);
// Why a commune is in the plan: the way to its base, its work, or what makes up its score. What is
// masked is not told.
std::string patrol_words(const PatrolReport& report, const PatrolRow& row,
                         const Language& language);
// A number that comes of a sum, "≈ 121" if that is estimated; the sentences say what the sign
// means.
std::string sum_words(double value, int decimals, bool estimated, const Language& language);
// What a commune of a sector weighs; a masked number is not told.
std::string work_words(const PatrolReport& report, const PatrolRow& row, const Language& language);
// What makes up the score of a commune, the largest part first, and what is not known of it.
std::string score_words(const PatrolReport& report, std::size_t unit, const Language& language);

// "30337=2": a commune and the team it is locked to. Throws Error Usage "error.flag.bad_value".
std::pair<std::string, std::size_t> parse_lock(const std::string& flag, const std::string& text);
// "port:10km": a kind of place and how near; nothing of a code. Throws as above.
std::optional<std::pair<std::string, double>> parse_nearness(const std::string& flag,
                                                             const std::string& text);
// "status=3,since=2": the others stay as they are. Throws as above.
TermWeights parse_term_weights(const std::string& flag, const std::string& text);

} // namespace diaban::app
