// Plan targets: what a plan asks for, how far an area has come, and how much is still needed.
//
// Guarantees: a count that the plan prints governs over its percentage; a reduction from nothing is
// not applicable; a total of which units are missing is no data, unless nothing that they can
// report would change the answer. Formulas: domain reference 5.
#pragma once

#include "data/transition.hpp"
#include "data/units.hpp"

#include <map>

namespace diaban::data {

enum class TargetKind : std::uint8_t {
    Absolute,    // x op value
    Share,       // x / denominator op value
    Reduction,   // (B - x) / B op value; undefined if B = 0
    Maintain,    // no unit of the baseline's set is lost
    Qualitative, // words without a number
};
enum class Compare : std::uint8_t { AtLeast, MoreThan, AtMost };

struct Target {
    std::string id; // "AG-5a"
    TargetKind kind = TargetKind::Share;
    std::vector<IndicatorId> indicators;     // summed: x
    std::vector<IndicatorId> denominator;    // summed; "units" = communes of the area
    std::optional<double> denominator_value; // printed by the plan (12 communes)
    Compare compare = Compare::AtLeast;
    double value = 0;              // a share as a fraction: 0.6
    std::optional<double> stretch; // the far end of a printed range: 0.2 of "10-20 %"
    std::string unit;              // of x: "xã", "người", "triệu đồng"
    std::optional<Period> baseline;
    std::optional<double> baseline_value; // printed; else x at the baseline
    Period deadline;
    bool yearly = false;         // holds in every year of the plan; there is no path to it
    bool cumulative = false;     // x is summed over the years of the plan so far
    std::string printed_percent; // a percentage printed beside a count, which governs
    std::string text_vi, text_en, source, note_vi, note_en;
};

struct Plan {
    std::string id; // "an-giang-2011"
    std::string area_vi, area_en, document;
    Period from, until;
    std::vector<Target> targets;
};

// A total of the area, and of how many of its units it is known.
struct Amount {
    double value = 0;
    std::size_t known = 0, of = 0; // both 0: a total that was reported as such
    bool complete() const { return known == of; }
};

// What the targets are measured by.
class TargetValues {
public:
    void set(const IndicatorId& id, Period period, Amount amount);
    // Members of a set by unit ("ST08": free of prostitution), for targets of kind Maintain.
    void set_members(const IndicatorId& id, Period period, std::vector<Flag> members);
    std::optional<Amount> get(const IndicatorId& id, Period period) const;
    const std::vector<Flag>* members(const IndicatorId& id, Period period) const;
    // Sums of the counts of a cube, and of statuses: ST03 to ST10 (ST10 = healthy in both),
    // ST11_kept and ST11_new against the period before, "units". Totals set before stay.
    void add(const IndicatorCube& cube);
    void add(const StatusSeries& drug, const StatusSeries& prostitution);

private:
    std::map<std::pair<IndicatorId, Period>, Amount> amounts_;
    std::map<std::pair<IndicatorId, Period>, std::vector<Flag>> members_;
};

enum class TargetState : std::uint8_t {
    Achieved,
    OnTrack,
    Behind,
    NoData,
    NotApplicable,
    NotDue, // not reached, and nothing says how much of it is asked for by now
};
std::string_view to_string(TargetState state); // "achieved", "on_track", ...
std::string_view to_string(TargetKind kind);

struct TargetResult {
    const Target* target = nullptr; // of the plan
    TargetState state = TargetState::NoData;
    std::optional<double> x, denominator, baseline; // amounts
    std::optional<double> reached;                  // x, share or reduction, to hold against value
    std::optional<double> required;                 // amount of x that fulfils it
    std::optional<double> needed;                   // still; 0 if achieved
    std::optional<double> expected;                 // of x now, on the line from the baseline
    Date due;                                       // NotDue: the last day that it may take
    bool stretch_reached = false;
    bool denominator_partial = false; // not all units behind the denominator are known
    bool settled = false;             // whatever the units that are missing report
    std::size_t known = 0, of = 0;    // units behind x
    std::vector<std::size_t> lost;    // units, of Maintain
    std::vector<IndicatorId> missing; // without a total for the period
};
// `now` is judged; before the deadline a target that is not reached is on track if x has come as
// far as the straight line from the baseline (from 0 at the plan's beginning where there is none
// and more is asked for) would have it. Where there is no such line it is not due yet: nobody is
// behind what no plan asks for. So is what a plan asks for of every year in the first half of one.
std::vector<TargetResult> evaluate(const Plan& plan, const TargetValues& values, Period now);

// Amount of x that a target asks for: ceil(v den - 1e-9) of a share, floor(B (1 - v) + 1e-9) of a
// reduction. Nothing if it is undefined.
std::optional<double> required_amount(const Target& target, std::optional<double> denominator,
                                      std::optional<double> baseline);

// Units that miss being healthy by one thing: not healthy in one domain only and no hotspot there;
// in the order of the file.
std::vector<std::size_t> nearest_to_healthy(const std::vector<Status>& drug,
                                            const std::vector<Status>& prostitution);

} // namespace diaban::data
