// Rules that decide a status: thresholds on counts and rates, k of n, other classes, places, score
// sheets.
//
// Guarantee: a threshold that has not been entered and a value that is missing are unknown, not
// "no"; what is unknown can only make a result unknown or uncertain, never better.
#pragma once

#include "data/status.hpp"
#include "data/units.hpp"

#include <functional>
#include <map>

namespace diaban::data {

enum class CriterionKind : std::uint8_t {
    Count, // the sum of some indicators
    Rate,  // their sum per denominator, times scale (percent: 100)
    Class, // the status of a domain ranks at least `status`
    Place, // named facts about where the unit lies: "edge", "place:port", "neighbour:hot", or
           // indicators that are not 0; all of them
    Lower, // at least `least` different criteria of class `status` or above are met, and the facts
    Any,   // one of `any` is met
};
std::string_view to_string(CriterionKind kind);

struct Criterion {
    std::string id, text_vi, text_en; // "a", "Người nghiện ... / dân số"
    CriterionKind kind = CriterionKind::Count;
    std::vector<IndicatorId> indicators;
    IndicatorId denominator;
    double scale = 100;
    std::optional<double> at_least, below; // [at_least, below); both missing = to be entered
    bool entered = true;                   // false: the document's number is not known here
    Domain domain = Domain::Drug;          // of Class
    Status status = Status::Present;       // of Class; of Lower: the class whose criteria count
    std::size_t least = 1;                 // of Lower
    std::vector<std::string> facts;        // of Place and Lower
    std::vector<Criterion> any;
    std::string source; // document, article
};

// One class with its criteria: at least `least` of them must be met (1 = any, all = their number).
struct RuleClass {
    Status status = Status::Hot;
    std::size_t least = 1;
    std::vector<Criterion> criteria;
};

// A score sheet: points per criterion, summed; the class by limits on the sum.
struct SheetCriterion {
    std::string id, text_vi, text_en;
    std::optional<double> most; // points; nothing = to be entered
    IndicatorId points;         // indicator with the points given
};
struct SheetContent {
    std::string id, text_vi, text_en;
    std::vector<SheetCriterion> criteria;
};
struct SheetLimit {
    Status status = Status::None;
    std::optional<double> at_least; // points; nothing = to be entered
};

struct Rule {
    std::string id, version; // "nqlt-01-2008", "1"
    std::string title_vi, title_en;
    std::string document; // "NQLT 01/2008/NQLT-BLĐTBXH-BCA-BVHTTDL-UBTƯMTTQVN"
    Date from, until;     // validity; open if 0
    Domain domain = Domain::Drug;
    std::vector<RuleClass> classes;     // highest first
    Status otherwise = Status::Unknown; // if no class is met and nothing is unknown
    std::vector<SheetContent> sheet;    // of a score sheet
    std::vector<SheetLimit> limits;     // highest limit first
    std::size_t expected_criteria = 0;  // of the sheet, as the document says; 0 = not known
    bool score_sheet() const { return !sheet.empty(); }
};
// What a person still has to enter: ids of criteria, limits and points without number.
std::vector<std::string> to_be_entered(const Rule& rule);
// The most points that a score sheet can give; nothing as long as some are to be entered.
std::optional<double> most_points(const Rule& rule);
// Valid in (some of) the period; a rule without dates always is.
bool valid_in(const Rule& rule, Period period);

struct RuleInputs {
    const IndicatorCube* cube = nullptr;
    // Where values are known within bounds only: `cube` holds the least each may be, this one the
    // most, of the same shape. What the bounds do not decide is unknown. Null: `cube` is exact.
    const IndicatorCube* most = nullptr;
    Period period;
    // Statuses of the period by domain, for criteria of kind Class; may be empty.
    std::map<Domain, std::vector<Status>> statuses;
    // Facts by name, one flag per unit, for criteria of kind Place that are no indicator.
    std::map<std::string, std::vector<Flag>> facts;
};

struct RuleResult {
    std::vector<Status> status;
    // The class given is certain only downwards: a higher one could not be judged.
    std::vector<std::uint8_t> uncertain;
    std::vector<double> score; // of a score sheet; NaN if a criterion has no points, or bounds
    std::vector<std::uint8_t> undecided; // unknown for no other reason than bounds
    std::size_t unknown = 0, uncertain_count = 0, undecided_count = 0;
};
// Time grows with units times criteria; 11,000 units take a few milliseconds.
RuleResult evaluate(const Rule& rule, const RuleInputs& inputs);

// ---- The why card
struct CriterionOutcome {
    std::size_t class_index = 0; // into rule.classes, or into rule.sheet
    std::string id, text_vi, text_en, source;
    CriterionKind kind = CriterionKind::Count;
    Flag met = Flag::Unknown;
    std::optional<double> value, threshold, below;
    std::optional<double> margin; // value - threshold; negative = missing that much
    bool entered = true;
    bool of_sheet = false;            // a criterion of a content of the score sheet
    std::vector<IndicatorId> missing; // indicators without a value
};
struct ClassOutcome {
    Status status = Status::Hot;
    Flag met = Flag::Unknown;
    std::size_t least = 1, yes = 0, unknown = 0, of = 0;
};
struct Why {
    Status status = Status::Unknown;
    bool uncertain = false;
    std::optional<double> score;
    std::vector<ClassOutcome> classes;
    std::vector<CriterionOutcome> criteria;
};
Why explain(const Rule& rule, const RuleInputs& inputs, std::size_t unit);

// ---- Nearest to the best status
// A unit that would have the best status of the rule (of whom no class is met, or who reaches the
// best limit of a score sheet) if the answer to one criterion alone were the other one.
struct NearMiss {
    std::size_t unit = 0;
    Status status = Status::Unknown; // what it has
    // The criterion. Criteria of the same letter in several classes are one: it is told with the
    // lowest threshold that is reached. Of a score sheet the one with the most points to gain,
    // whose threshold is what the sum of points would need of it. Where several would do, one by
    // one, the one with the least to go, as a share of its threshold.
    CriterionOutcome criterion;
    std::size_t others = 0; // further criteria of which one alone would do as well
    bool withheld = false;  // the amount of the criterion is hidden
};
// True where the amount behind a criterion is not to be told of a unit.
using HiddenAmount = std::function<bool(const CriterionOutcome&, std::size_t unit)>;
// Units whose status is certain and not the best, and that one criterion keeps from it; those with
// the least to go first. A rule that gives no status where no class is met has no such units.
// Hidden amounts are not in the answer and decide nothing in it: neither the order nor which of
// several criteria is named, and nothing at all of a score sheet.
std::vector<NearMiss> nearest_misses(const Rule& rule, const RuleInputs& inputs,
                                     const HiddenAmount& hidden = {});

// ---- Two versions side by side
enum class ChangeCause : std::uint8_t { None, Rule, Data, Both };
std::string_view to_string(ChangeCause cause); // "none", "rule", "data", "both"
struct RuleChange {
    Status before = Status::Unknown; // first rule, first data
    Status data = Status::Unknown;   // first rule, second data
    Status after = Status::Unknown;  // second rule, second data
    ChangeCause cause = ChangeCause::None;
};
// Data: the first rule alone already gives another status. Rule: the second rule does, on the same
// data. Both: each step changes it. What bounds leave undecided is no change.
std::vector<RuleChange> compare(const Rule& first, const RuleInputs& before,
                                const RuleInputs& first_after, const Rule& second,
                                const RuleInputs& after);

} // namespace diaban::data
