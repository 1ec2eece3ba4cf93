// A score sheet while a person fills it in: contents, criteria with their most points and the
// indicator that holds the points given, limits of the classes.
//
// Guarantees: sheet_of(draft_of(rule)) has the sheet and limits of the rule; a number that has not
// been entered stays to be entered, and no number is made up.
#pragma once

#include "app/language.hpp"
#include "data/rule.hpp"

namespace diaban::app {

struct CriterionDraft {
    std::string id, text, most; // most: points as typed; empty = to be entered
    std::string points;         // indicator; empty = not chosen yet
    friend bool operator==(const CriterionDraft&, const CriterionDraft&) = default;
};
struct ContentDraft {
    std::string id, text;
    std::vector<CriterionDraft> criteria;
    friend bool operator==(const ContentDraft&, const ContentDraft&) = default;
};
struct LimitDraft {
    data::Status status = data::Status::None;
    std::string at_least; // points as typed
    friend bool operator==(const LimitDraft&, const LimitDraft&) = default;
};
struct SheetDraft {
    std::string id, version, title, document;
    data::Domain domain = data::Domain::Prostitution;
    std::vector<ContentDraft> contents;
    std::vector<LimitDraft> limits; // highest first
    data::Rule base;                // what is not edited here: dates, expected criteria, texts
};

SheetDraft draft_of(const data::Rule& rule, const Language& language);
// The version after this one: "2" after "1", "1.2" after "1.1"; other texts get "-2".
std::string next_version(const std::string& version);

void add_content(SheetDraft& draft);
void add_criterion(SheetDraft& draft, std::size_t content);
void remove_criterion(SheetDraft& draft, std::size_t content, std::size_t criterion);

struct SheetCheck {
    std::size_t criteria = 0, expected = 0;
    double most = 0;                   // points that can be reached
    std::vector<std::string> problems; // that keep it from being saved
    std::vector<std::string> open;     // to be entered; statuses stay unknown until then
};
SheetCheck check(const SheetDraft& draft, const Language& language);
// Nothing while there are problems.
std::optional<data::Rule> sheet_of(const SheetDraft& draft, const Language& language);

} // namespace diaban::app
