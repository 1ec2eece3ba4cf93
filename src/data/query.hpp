// Queries: conditions on units combined with and, or, not and "next to", as a tree and as text.
//
// Guarantees: there is one grammar, given at parse_query(); parse_query(to_text(q)) == q for every
// query that is_complete(); what is not known of a unit makes a condition unknown, never yes and
// never no, and "not" does not turn it into a yes. An error says in which column of the text it is
// and what could stand there instead.
#pragma once

#include "data/status.hpp"
#include "data/units.hpp"

#include <map>
#include <set>

namespace diaban::data {

// What a condition is about.
enum class Subject : std::uint8_t {
    Status,   // status(drug, 2015) = hot
    Value,    // value(DR01, 2015) >= 10
    Rate,     // rate(DR01 / population * 1000, 2015) > 2.5
    Rank,     // rank(DR01, 2015) <= 20: 1 is the largest value, equal values share the least rank
    Change,   // change(DR01, 2010, 2015) > 0: later minus earlier
    Move,     // move(drug, 2010, 2015) = new_hotspot
    Known,    // known(DR01, 2015)
    Result,   // result("Gi* 2015") = hot-99: class of a stored statistical result
    Near,     // near(port, border_gate) <= 5km: edge to edge; near() is of places of any kind
    District, // district = "Huyện A": name or code
    Province, // province = 89
    Code,     // code = 31681
    Set,      // set = "to visit": of saved sets
    On,       // on(coast), on(border): a side of the unit is part of it
};
inline constexpr std::size_t kSubjects = 14;
std::string_view to_string(Subject subject); // the word that begins it
enum class Comparison : std::uint8_t { Equal, NotEqual, Less, AtMost, More, AtLeast };
inline constexpr std::size_t kComparisons = 6;
std::string_view to_string(Comparison compare); // "=", "!=", "<", "<=", ">", ">="

// A place in the text, in characters from 1; 0: not from a text. Conditions are the same wherever
// they stand.
struct TextColumn {
    std::size_t at = 0;
    friend constexpr bool operator==(TextColumn, TextColumn) { return true; }
};

struct Condition {
    Subject subject = Subject::Status;
    Domain domain = Domain::Drug;       // of Status and Move
    IndicatorId indicator, denominator; // the second of Rate
    double scale = 1000;                // of Rate: indicator / denominator * scale
    Period period; // undated: the one that is asked about; of Change and Move the later one
    Period from;   // of Change and Move
    Comparison compare = Comparison::Equal;
    double number = 0; // of Value, Rate, Rank and Change; metres of Near
    // Status, move, class of Result, district, province, code, set; of On "coast" or "border".
    std::string word;
    std::string name;               // which result
    std::vector<std::string> kinds; // of Near; empty: any
    TextColumn column;
    friend bool operator==(const Condition&, const Condition&) = default;
};

struct Query {
    enum class Kind : std::uint8_t { Is, And, Or, Not, NextTo } kind = Kind::Is;
    Condition is;          // of Is
    std::vector<Query> of; // two or more of And and Or, one of Not and NextTo
    friend bool operator==(const Query&, const Query&) = default;
};

// How a condition may compare: numbers every way, words of an order too, other words with = and !=,
// distances without them; empty of Known and On.
std::vector<Comparison> compares_of(const Condition& condition);
// The words that a condition can have where there is a fixed list: statuses, moves, coast and
// border.
std::vector<std::string> words_of(Subject subject);
// Everything that the text needs is there: numbers are finite, names are not empty and NFC, the
// comparison fits, and parts lie at most a hundred deep within each other.
bool is_complete(const Query& query);

// The grammar; words may be written in capitals, names with other signs stand in "..." with inner
// quotes doubled:
//   query     = all {"or" all}          all = one {"and" one}
//   one       = "not" one | "(" query ")" | "next_to" "(" query ")" | condition
//   condition = as listed at Subject; the domain and the last period may be left out, then it is
//               drugs and the period that is asked about
// Throws Error Usage "error.query.*" with {column} and what was {expected}.
Query parse_query(std::string_view text);
std::string to_text(const Query& query);
// Conditions of a query, from left to right.
std::vector<const Condition*> conditions_of(const Query& query);

// What the conditions of one query look at beside values.
struct QueryNeeds {
    std::set<Domain> domains;
    bool neighbours = false;
    std::set<std::vector<std::string>> kinds; // of each "near", as they stand
    std::set<std::string> results;
    std::set<std::string> outlines; // "coast", "border"
};
QueryNeeds needs_of(const Query& query);

// Pointers are not owned and may be null where the query does not need them (needs_of).
struct QueryInputs {
    const UnitTable* units = nullptr;
    const IndicatorCube* cube = nullptr;
    std::map<Domain, StatusSeries> statuses;
    const geo::Csr* neighbours = nullptr;
    // Per list of kinds the ground metres from each unit to the nearest place: NaN of units without
    // a shape, infinite where there is no such place.
    std::map<std::vector<std::string>, std::vector<double>> metres;
    std::map<std::string, std::vector<Flag>> outlines;       // "coast", "border": who lies on it
    std::map<std::string, std::vector<std::string>> results; // words of classes; "" = not known
    std::vector<std::string> known_results; // names of all there are, also of those not asked for
    // Words that a result can have at all, if no unit has them; of one not named here any word.
    std::map<std::string, std::vector<std::string>> result_words;
    std::map<std::string, std::vector<UnitCode>> sets;
};
// One flag per unit. `period`: of conditions that name none. Throws Error Usage "error.query.*"
// with {column} for an indicator, a period, a district, a result, its class or a set that is not
// there. Time grows with units times conditions; 11,000 units take about a millisecond per
// condition.
std::vector<Flag> evaluate(const Query& query, const QueryInputs& inputs, Period period);

} // namespace diaban::data
