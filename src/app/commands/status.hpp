// `status`: the statuses of one period, counted, explained by a rule, checked and written as
// tables.
#pragma once

#include "app/mask.hpp"
#include "app/project.hpp"
#include "app/statuses.hpp"
#include "data/rule.hpp"
#include "files/sheets.hpp"
#include "files/store_source.hpp"
#include "files/store_status.hpp"

#include <optional>

namespace diaban::app {

struct QuerySources; // app/query_ground.hpp

// Whose statuses are shown: what counts (a person before a report before a rule), or one alone.
enum class StatusVoice { Counts, Report, Rule };
std::string_view to_string(StatusVoice voice); // "counts", "report", "rule"

struct StatusRequest {
    Across across = Across::No; // or Carried: all years on one vintage of a store
    DataRequest data;
    StatusChoice statuses;
    Domains domains = Domains::Both;
    data::Period period;            // undated: the newest with statuses (with a rule: with data)
    std::string rule, compare_rule; // file, or id of a shipped rule; empty: none
    data::Period compare_period;    // of the first rule; undated: the same period
    std::string why;                // code of a unit; needs a rule
    std::filesystem::path reported; // totals that a report prints: code, value; checked by V1-V6
    Classification classification = Classification::Public; // of what is told of values
    std::filesystem::path out;                              // .csv .xlsx .ods .html
    // The map, if there is one: .png, .svg, .pdf; whose statuses it shows (nothing: those of the
    // rule if there is one, else what counts); and what else is on the page.
    std::filesystem::path map_out;
    std::optional<StatusVoice> voice;
    PageChoice page;
    double dpi = 0; // 0: 300 for paper, 96 for pixels
    std::vector<LineLayer> lines;
    std::vector<std::string> hidden_kinds; // places that are left out
    bool keep = false;                     // the rule and what it gives are kept in the store
    friend bool operator==(const StatusRequest&, const StatusRequest&) = default;
};

struct StatusReport {
    std::shared_ptr<const Dataset> dataset;
    StatusRequest request; // with its blanks filled in
    Statuses statuses;
    std::vector<data::Status> drug, prostitution; // of the period; empty: no data
    std::vector<data::Status> reported;           // of the rule's domain, before the rule
    std::vector<data::StatusSpan> drug_span, prostitution_span;
    std::optional<data::Rule> rule, compare_rule;
    data::RuleResult result; // of the rule
    // Units that one criterion of the rule keeps from its best status.
    std::vector<data::NearMiss> nearest;
    std::size_t disagreements = 0; // units whose report and rule both know and differ
    // Of the period, kept in the store: communes about which more than the report speaks.
    std::vector<files::StoredClaims> claims;
    std::size_t claims_differ = 0;            // of them: voices that know and differ
    std::optional<files::StatusChanges> kept; // what keeping the rule's result changed
    std::vector<data::RuleChange> changes;
    std::optional<std::size_t> why_unit;
    data::Why why;
    std::vector<bool> why_withheld; // criteria whose amounts rest on masked counts
    std::map<data::IndicatorId, files::CellSource> why_reports; // behind the values of why_unit
    base::Findings findings;
    std::vector<std::filesystem::path> files;
};

// `sources`: what a project adds for the queries of a rule: lines, sets, results; nullptr: nothing.
// Throws Error Usage ("error.status.none", "error.status.unit", "error.status.voice", ...), Data (a
// rule file), Write; as QueryGround does, with the text of a query that asks for what is not there.
StatusReport run(const StatusRequest& request, std::shared_ptr<const Dataset> dataset,
                 const Language& language, base::JobContext& ctx,
                 const QuerySources* sources = nullptr);
std::string to_json(const StatusReport& report, const Language& language);
std::string to_text(const StatusReport& report, const Language& language);
std::vector<std::string> to_flags(const StatusRequest& request);

// What a rule needs to know about a period: values, statuses, and where units lie. Facts of the
// rule that start with "place:" (a place of that kind inside), "neighbour:" (a neighbour of at
// least that status), "query:" (a query in the grammar of data/query.hpp) or are "edge" (on the
// outer border) come from the map; other facts are indicators. `sources`: as of run().
data::RuleInputs rule_inputs(const data::Rule& rule, const Dataset& dataset,
                             const Statuses& statuses, data::Period period,
                             Classification classification, const QuerySources* sources,
                             base::JobContext& ctx);

// The texts of the queries among the facts of a rule, each once.
std::vector<std::string> queries_of(const data::Rule& rule);

// One line per criterion of a why card: "a) ...: 87 (at least 100; 13 short)". `withheld`: whether
// it is met is said, how much there is is not.
std::string why_line(const data::CriterionOutcome& criterion, const Language& language,
                     bool withheld = false);
std::vector<std::string> why_lines(const StatusReport& report, const Language& language);
// The criterion that keeps a unit from the best status of a rule, as a line of a why card.
std::string nearest_line(const data::NearMiss& miss, const Language& language);
// What a criterion of a why card counts: indicators and denominator, of a score sheet its points.
// Alternatives are criteria of their own.
std::vector<data::IndicatorId> indicators_behind(const data::Rule& rule,
                                                 const data::CriterionOutcome& outcome);
// The reports behind these indicators: "DR01: bao_cao.xlsx, Biểu 1, row 12; …". Empty: not known.
std::string reports_text(const std::vector<data::IndicatorId>& indicators,
                         const std::map<data::IndicatorId, files::CellSource>& reports,
                         const Language& language);

// ---- Shared by the tables of status, transitions and targets
// Districts (else provinces) with their units, then all units, in the order of the file.
std::vector<std::pair<std::string, std::vector<std::size_t>>> regions_of(const Dataset& dataset,
                                                                         const Language& language);
// The number and the share of healthy units; where nothing is known of any of them, nothing: no
// report is no zero.
void add_healthy(std::vector<files::SheetCell>& row, std::size_t healthy, std::size_t known,
                 std::size_t units);
// What a rule is called in a sentence: its document, else its id.
const std::string& rule_called(const data::Rule& rule);
std::string domain_text(data::Domain domain, const Language& language);
std::string status_text(data::Status status, const Language& language);
// Source, vintage, recorded counts: what stands under every table.
std::vector<std::string> status_notes(const Dataset& dataset, const Language& language);

} // namespace diaban::app
