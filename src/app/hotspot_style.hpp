// The fixed look of local statistics: colours of the field with a hatch each, so that a photocopy
// still reads, and a legend that counts every unit.
#pragma once

#include "analysis/local.hpp"
#include "app/language.hpp"
#include "map/style.hpp"

#include <span>
#include <string>
#include <vector>

namespace diaban::app {

// Rows of the legend, in this order; those in brackets only where a unit needs them:
// Gi, Gi*: hot 99, 95, 90 %, cold 90, 95, 99 % as far as they count as significant at the level
// asked for, and that level itself if it is weaker than all of them; Moran: HH, LL, HL, LH; Geary:
// HH, LL, other alike, unlike; join count: together, apart; then not significant, [not asked],
// [island], [not defined], [no data]. The text of a row is the message `words` + word;
// "hotspots.change." speaks of changes.
map::Style hotspot_style(const analysis::LocalResult& result, const Language& language,
                         const std::string& words = "hotspots.class.");

// The words of the classes that units tested can have, in the order of the legend, and "island".
std::vector<std::string> local_class_words(analysis::LocalMethod method, double alpha);
// What such a word is called in the legend.
std::string local_class_text(const std::string& word, analysis::LocalMethod method, double alpha,
                             const Language& language,
                             const std::string& words = "hotspots.class.");

// One row of such a legend. `word` is what a unit of that class carries in files and --json.
struct ClassRow {
    std::string word, label;
    map::Colour colour;
    map::Hatch hatch = map::Hatch::None;
    bool always = true; // keeps its row also if no unit has it
};
// The style of units by the words of their classes; every word must have a row.
map::Style class_style(const std::vector<ClassRow>& rows, const std::vector<std::string>& classes);

// Steps of p, uncorrected as they stand: 0.001, 0.01, 0.05, larger; then the units not tested, as
// their classes say. One p and one class per unit.
map::Style significance_style(std::span<const double> p, std::vector<std::string> classes,
                              const Language& language);

// Strongest clusters first, cluster-1, cluster-2 …, of more than eight the weaker ones in one row;
// then none and the units left out. One label per cluster, one class per unit.
map::Style scan_style(const std::vector<std::string>& labels, std::vector<std::string> classes,
                      const Language& language);
// Categories of emerging hot and cold spots ("new-hot" …), or below ten periods the history
// ("hot-now", "hot-before", "cold-now", "cold-before"), then none and the units not tested.
std::vector<ClassRow> emerging_rows(bool history, const Language& language);
// "rising", "falling", "no-trend", then "constant" and the units not tested.
std::vector<ClassRow> trend_rows(const Language& language);

// The stable English word of a unit's class in files and --json: "hot-99", "hot" (of a level weaker
// than 90 %), "high-high",
// "not-significant", "island", "no-data", "undefined", "not-asked".
std::string hotspot_class(const analysis::LocalResult& result, std::size_t unit);

} // namespace diaban::app
