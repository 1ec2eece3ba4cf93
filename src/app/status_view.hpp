// Statuses as the window shows them: what a report, a rule and people say, as a map, as lists that
// select communes, and for one commune with every criterion.
//
// Guarantee: the units of all lines of status_groups() together are all units.
#pragma once

#include "app/commands/status.hpp"
#include "app/project.hpp"
#include "app/selection.hpp"
#include "data/unit_records.hpp"
#include "files/store_source.hpp"
#include "map/page.hpp"

namespace diaban::app {

// Rules that can be chosen: shipped ones, those of the store by version, and the file of the
// project.
struct RuleEntry {
    RuleChoice choice;
    std::string text; // title, version, and how much of it is still to be entered
};
std::vector<RuleEntry> known_rules(const Project& project, const Language& language);

std::vector<data::Status> statuses_of(const StatusReport& report, StatusVoice voice);
// As a layer in place of the values. Throws Error Usage "error.indicator.none".
StyledMap status_map(const StatusReport& report, StatusVoice voice, const Language& language);
// The voice that the request of a report asks for.
StatusVoice voice_of(const StatusReport& report);
// The page that request.map_out would hold. Needs none. Throws Error Usage "error.status.voice".
map::Page status_page(const StatusReport& report, const Language& language, base::JobContext& ctx);

struct StatusGroup {
    std::string code, text;
    Faces units;
};
std::vector<StatusGroup> status_groups(const StatusReport& report, StatusVoice voice,
                                       const Language& language);
// Units whose voices differ, and those whose rule status is certain downwards only; empty ones are
// left out.
std::vector<StatusGroup> status_doubts(const StatusReport& report, const Language& language);
// Units that one criterion of the rule keeps from its best status; nothing without any.
std::vector<StatusGroup> status_nearest(const StatusReport& report, const Language& language);
// Two versions of a rule side by side: by cause.
std::vector<StatusGroup> change_groups(const StatusReport& report, const Language& language);
// "Xã A: present → hotspot (the rule)", for every unit that changes.
std::vector<std::pair<std::size_t, std::string>> change_lines(const StatusReport& report,
                                                              const Language& language);

// ---- One commune
// What the cards of all communes of a period need; made once.
struct StatusBackground {
    std::shared_ptr<const Dataset> dataset;
    data::Period period;
    Statuses statuses;
    std::vector<files::StoredClaims> claims; // of all periods
    std::optional<data::Rule> rule;
    data::RuleInputs inputs;
    std::vector<data::StatusSpan> drug_spans, prostitution_spans;
    std::vector<data::Assignment> assignments; // of all communes, by code and day
};
// `rule`: a name for rule_named(), or empty; `sources`: as of run(). Throws Error as they do.
std::shared_ptr<const StatusBackground> status_background(std::shared_ptr<const Dataset> dataset,
                                                          const std::string& rule,
                                                          data::Period period,
                                                          base::JobContext& ctx,
                                                          const QuerySources* sources = nullptr);

struct WhyLine {
    enum class Kind { Heading, Criterion } kind = Kind::Criterion;
    data::Flag met = data::Flag::Unknown;
    std::string text;   // "a) ...: 87 · at least 100 · no (13 short)"
    std::string source; // "bao_cao.xlsx, Biểu 1, row 12"; empty: not known
};
struct VoiceLine {
    data::StatusSource source = data::StatusSource::Report;
    std::string text; // "the report: present", with decision, reason and author where there are
    bool counts = false;
};
struct StatusCard {
    struct Domain {
        data::Domain domain = data::Domain::Drug;
        std::string title;             // "Drugs"
        std::vector<VoiceLine> voices; // only where more than the report speaks
        bool disagree = false;
        std::string span;        // how long
        bool overridden = false; // by a person: can be taken back
    };
    std::vector<Domain> domains;
    struct Agency {
        std::string text; // "Đội 178 tỉnh: 2011-01-01 – …"
        bool now = false; // at the end of the period
    };
    std::vector<Agency> agencies; // responsible for the commune, over the years
    std::string rule;             // title and version; empty: no rule chosen
    std::string verdict;          // "hotspot class III (uncertain)"
    std::vector<WhyLine> lines;
};
StatusCard status_card(const StatusBackground& background, std::size_t unit,
                       const std::map<data::IndicatorId, files::CellSource>& sources,
                       const Language& language);

} // namespace diaban::app
