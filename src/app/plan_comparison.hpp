// Two plans of one kind beside each other: what each reaches, how far, how even, and who changes.
//
// Guarantees: a commune is counted once, as staying or as changing; teams carry no names, so those
// of the other plan are called as the team of this one with which they share most communes.
#pragma once

#include "app/stored_plans.hpp"

namespace diaban::app {

struct PlanNumber {
    // Ends a message id "patrol.number.": "reached" (%), "mean", "farthest" (km), "busiest",
    // "fair", "excess" (%), "visits", "communes".
    std::string key;
    double before = 0, after = 0;
    int decimals = 0;
};

struct PlanChange {
    std::string code;
    std::string before, after; // base (code or place), number of the team, months "1,3" or empty
};

struct PlanComparison {
    PatrolKind kind = PatrolKind::Cover;
    std::string name; // of the plan before
    std::vector<PlanNumber> numbers;
    std::vector<PlanChange> changes; // by code
    std::size_t same = 0;            // communes with the same base, team or months in both
};

// Throws Error Usage "error.patrol.compare" unless both are of one kind, and
// "error.patrol.compare_internal" if the plan before is internal and this one is for the public.
void require_comparable(const StoredPlan& before, const PatrolRequest& now);
// Throws as require_comparable() does.
PlanComparison compared(const StoredPlan& before, const StoredPlan& after);
// "Reached: 71.2 % before, 74.0 % now": a line for every number, after one that counts the changes.
std::vector<std::string> comparison_words(const PlanComparison& comparison,
                                          const Language& language);
// "team 1 → team 2", "not in the plan → 3".
std::string change_words(const PlanComparison& comparison, const PlanChange& change,
                         const Language& language);

} // namespace diaban::app
