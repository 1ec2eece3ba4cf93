// What `patrol` says and shows: sentences and the map.
#include "app/commands/json.hpp"
#include "app/commands/patrol_parts.hpp"
#include "app/hotspot_style.hpp"
#include "app/target_gaps.hpp"
#include "base/text.hpp"
#include "map/palette.hpp"
#include "map/symbols.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace diaban::app {
namespace {

using analysis::LocationGoal;

constexpr std::size_t kSectorColours = 12; // of the palette; more teams begin again, hatched
constexpr map::Hatch kSectorHatches[] = {map::Hatch::None, map::Hatch::Diagonal, map::Hatch::Dots};

std::string km_text(double metres, const Language& language) {
    return language.number(metres / 1000, 1);
}

int burden_decimals(double value) {
    return value == std::round(value) ? 0 : 1;
}

std::string burden_text(double value, const Language& language) {
    return language.number(value, burden_decimals(value));
}

std::string cover_sentence(const PatrolReport& r, const Language& language) {
    const auto sum = [&](double value) {
        return sum_words(value, burden_decimals(value), r.estimated, language);
    };
    const base::Args args{
        {"bases", as_count(r.groups.size())},
        {"share",
         sum_words(r.burden > 0 ? 100 * r.objective / r.burden : 0, 1, r.estimated, language)},
        {"reached", sum(r.objective)},
        {"all", sum(r.burden)},
        {"burden", r.burden_name},
        {"km", km_text(r.request.goal == LocationGoal::Cover ? r.request.within_m : r.objective,
                       language)},
        {"mean", km_text(r.mean_m, language)}};
    return language.text("patrol.said." + std::string(to_string(r.request.goal)), args);
}

// Who could be a base, if not everybody who takes part.
void add_candidate_sentences(std::vector<std::string>& out, const PatrolReport& r,
                             const Language& language) {
    if (r.candidates == 0) return;
    std::vector<std::string> kinds;
    for (const auto& kind : r.request.candidates_at)
        kinds.push_back(place_kind_text(kind, language));
    out.push_back(
        language.text(kinds.empty() ? "patrol.candidates" : "patrol.candidates_at",
                      {{"count", as_count(r.candidates)}, {"kinds", base::joined(kinds, ", ")}}));
    if (r.outside > 0)
        out.push_back(language.text("patrol.outside", {{"count", as_count(r.outside)}}));
}

std::string rota_sentence(const PatrolReport& r, const Language& language) {
    const auto count = [&](const char* word) {
        return as_count(static_cast<std::size_t>(std::count_if(
            r.rows.begin(), r.rows.end(), [&](const PatrolRow& row) { return row.word == word; })));
    };
    return language.text(r.request.must.empty() ? "patrol.said.rota" : "patrol.said.rota_must",
                         {{"visits", as_count(r.rows.size())},
                          {"months", as_count(r.request.months)},
                          {"must", count("must")},
                          {"priority", count("priority")},
                          {"verification", count("verification")},
                          {"random", count("random")},
                          {"seed", as_count(r.request.seed)}});
}

std::vector<ClassRow> patrol_rows(const PatrolReport& r, const Language& language) {
    std::vector<ClassRow> rows;
    const auto blues = map::palette_colours("Blues", 5);
    const auto row = [&](const char* word, map::Colour colour, map::Hatch hatch) {
        rows.push_back({word,
                        language.text(std::string("patrol.class.") + word,
                                      {{"km", km_text(r.request.within_m, language)}}),
                        colour, hatch, true});
    };
    switch (r.request.kind) {
    case PatrolKind::Cover:
        row("base", blues[4], map::Hatch::Diagonal);
        rows.back().always = !has_places(r); // these have symbols
        row("within", blues[2], map::Hatch::None);
        if (r.request.goal == LocationGoal::Cover) row("beyond", blues[0], map::Hatch::Dots);
        break;
    case PatrolKind::Sectors: {
        const auto colours = map::palette_colours("Paired", kSectorColours);
        for (std::size_t team = 0; team < r.groups.size(); ++team)
            rows.push_back({"team-" + std::to_string(team + 1),
                            language.text("patrol.class.team", {{"team", as_count(team + 1)}}),
                            colours[team % kSectorColours],
                            kSectorHatches[team / kSectorColours % std::size(kSectorHatches)],
                            true});
        break;
    }
    case PatrolKind::Rota:
        row("must", blues[4], map::Hatch::Cross);
        rows.back().always = false; // only where there are such communes
        row("priority", blues[4], map::Hatch::Diagonal);
        row("verification", blues[3], map::Hatch::Dots);
        row("random", blues[2], map::Hatch::None);
        break;
    }
    rows.push_back({"none", language.text("patrol.class.none"), blues[0], map::Hatch::None, false});
    rows.push_back(
        {"no-data", language.text("near.no_shape"), map::kNoData, map::Hatch::FineDots, false});
    return rows;
}

} // namespace

void mark_estimated(PatrolReport& r) {
    std::set<std::size_t> masked;
    for (const auto& cell : r.masked) masked.insert(cell.row);
    r.estimated = false;
    for (auto& group : r.groups) group.estimated = false;
    for (const auto& row : r.rows) {
        if (!masked.contains(row.unit)) continue;
        r.estimated = true;
        if (row.word != "beyond") r.groups[row.group].estimated = true;
    }
}

std::string sum_words(double value, int decimals, bool estimated, const Language& language) {
    return (estimated ? "≈ " : "") + language.number(value, decimals);
}

std::string unit_name(const PatrolReport& r, std::size_t unit) {
    return r.names[unit].empty() ? r.codes[unit] : r.names[unit] + " (" + r.codes[unit] + ")";
}

bool is_masked(const PatrolReport& r, std::size_t unit) {
    return std::any_of(r.masked.begin(), r.masked.end(),
                       [&](const MaskedCell& cell) { return cell.row == unit; });
}

bool has_work(const PatrolReport& r, std::size_t unit) {
    return !is_masked(r, unit) &&
           !std::binary_search(r.without_value.begin(), r.without_value.end(), unit);
}

std::string work_words(const PatrolReport& r, const PatrolRow& row, const Language& language) {
    if (is_masked(r, row.unit)) return language.text("cell.suppressed");
    return has_work(r, row.unit) ? burden_text(row.value, language) : language.text("cell.missing");
}

namespace {

// Which targets the district of a commune lags behind; of one that somebody named nothing more is
// known.
std::string gap_told(const PatrolReport& r, std::size_t unit, const Language& language) {
    const auto& named = r.request.behind;
    const bool by_name = std::find(named.begin(), named.end(), r.codes[unit]) != named.end();
    return r.gaps && !by_name ? gap_words(*r.gaps, unit, language) : std::string();
}

} // namespace

// "status 0.30, since 0.10".
std::string score_words(const PatrolReport& r, std::size_t unit, const Language& language) {
    std::vector<std::pair<double, std::string>> parts;
    std::vector<std::string> unknown, words;
    for (std::size_t t = 0; t < r.terms.size(); ++t) {
        const double points = r.scores.points[t][unit];
        const auto word = language.text("patrol.term." + std::string(to_string(r.terms[t])));
        if (std::isnan(points))
            unknown.push_back(word);
        else if (points > 0)
            parts.emplace_back(points, word);
    }
    const auto behind_by = gap_told(r, unit, language);
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [points, word] : parts) {
        words.push_back(word + " " + language.number(points, 2));
        if (!behind_by.empty() && word == language.text("patrol.term.gap"))
            words.back() += " (" + behind_by + ")";
    }
    auto out = base::joined(words, ", ");
    if (!unknown.empty())
        out += (out.empty() ? "" : "; ") +
               language.text("patrol.not_known", {{"terms", base::joined(unknown, ", ")}});
    return out;
}

std::optional<PatrolRow> row_of(const PatrolReport& r, std::size_t unit) {
    for (const auto& row : r.rows)
        if (row.unit == unit) return row;
    if (r.request.kind != PatrolKind::Rota || unit >= r.scores.score.size()) return std::nullopt;
    return PatrolRow{unit, 0, "none", r.scores.score[unit], r.scores.doubt[unit]};
}

std::vector<std::string> reason_words(const PatrolReport& r, const PatrolRow& row,
                                      const Language& language) {
    std::vector<std::string> out;
    const auto& base = r.groups[row.group].unit;
    switch (r.request.kind) {
    case PatrolKind::Cover:
        out.push_back(language.text("patrol.class." + row.word,
                                    {{"km", km_text(r.request.within_m, language)}}));
        if (base != row.unit)
            out.push_back(language.text("patrol.way", {{"km", km_text(row.value, language)},
                                                       {"base", base_called(r, row.group)}}));
        break;
    case PatrolKind::Sectors:
        if (base == row.unit) out.push_back(language.text("patrol.reason.base"));
        // That every commune counts as one says nothing of this one.
        out.push_back(r.request.indicator.empty()
                          ? language.text("patrol.reason.sector")
                          : r.burden_name + ": " + work_words(r, row, language));
        if (r.division &&
            std::any_of(r.division->problem.locked.begin(), r.division->problem.locked.end(),
                        [&](const auto& lock) { return lock.unit == row.unit; }))
            out.push_back(language.text("patrol.reason.locked"));
        if (std::binary_search(r.by_hand.begin(), r.by_hand.end(), row.unit))
            out.push_back(language.text("patrol.moved"));
        break;
    case PatrolKind::Rota:
        out.push_back(language.text("patrol.class." + row.word));
        out.push_back(language.text("patrol.scored", {{"score", language.number(row.value, 2)},
                                                      {"doubt", language.number(row.doubt, 2)}}));
        if (row.word != "none")
            out.push_back(
                language.text("patrol.since", {{"months", language.number(row.months_since, 0)}}));
        if (auto words = score_words(r, row.unit, language); !words.empty())
            out.push_back(std::move(words));
        break;
    }
    return out;
}

std::string patrol_words(const PatrolReport& r, const PatrolRow& row, const Language& language) {
    std::string out = unit_name(r, row.unit);
    if (!r.districts[row.unit].empty()) out += ", " + r.districts[row.unit];
    if (r.request.kind == PatrolKind::Sectors)
        out += "\n" + language.text("patrol.class.team", {{"team", as_count(row.group + 1)}});
    for (const auto& reason : reason_words(r, row, language)) out += "\n" + reason;
    return out;
}

PatrolReport reworded(PatrolReport report, const Dataset& dataset, const Language& language) {
    report.burden_name = burden_name(report.request, dataset, language);
    mark_estimated(report);
    report.sentences = patrol_sentences(report, language);
    report.map = patrol_map(report, dataset, language);
    return report;
}

std::vector<std::string> patrol_sentences(const PatrolReport& r, const Language& language) {
    std::vector<std::string> out;
    const auto sum = [&](double value) {
        return sum_words(value, burden_decimals(value), r.estimated, language);
    };
    switch (r.request.kind) {
    case PatrolKind::Cover:
        out.push_back(cover_sentence(r, language));
        add_candidate_sentences(out, r, language);
        break;
    case PatrolKind::Sectors:
        out.push_back(language.text("patrol.said.sectors",
                                    {{"count", as_count(r.rows.size())},
                                     {"teams", as_count(r.groups.size())},
                                     {"busiest", sum(r.objective)},
                                     {"fair", sum(r.burden / static_cast<double>(r.groups.size()))},
                                     {"burden", r.burden_name}}));
        break;
    case PatrolKind::Rota:
        out.push_back(rota_sentence(r, language));
        break;
    }
    if (r.estimated) out.push_back(language.text("patrol.estimated"));
    if (r.stopped) out.push_back(language.text("patrol.stopped"));
    if (r.proven)
        out.push_back(language.text("patrol.proven"));
    else if (r.gap)
        out.push_back(language.text("patrol.gap", {{"percent", language.number(100 * *r.gap, 2)}}));
    if (!r.by_hand.empty())
        out.push_back(language.text("patrol.by_hand", {{"count", as_count(r.by_hand.size())}}));
    std::vector<std::string> words;
    for (const auto team : r.apart) words.push_back(std::to_string(team + 1));
    if (!words.empty())
        out.push_back(language.text("patrol.apart", {{"teams", base::joined(words, ", ")}}));
    if (r.unknown > 0)
        out.push_back(language.text("patrol.unknown", {{"count", as_count(r.unknown)}}));
    words.clear();
    const auto called = [&](std::size_t unit) {
        return r.names[unit].empty() ? r.codes[unit] : r.names[unit];
    };
    for (const auto& [island, shore] : r.ferries)
        words.push_back(called(island) + " – " + called(shore));
    if (!words.empty())
        out.push_back(language.text("patrol.ferries", {{"count", as_count(words.size())},
                                                       {"pairs", base::joined(words, "; ")}}));
    words.clear();
    if (const auto asked = relevant(r.request); asked.kind == PatrolKind::Rota)
        for (const auto& line : asked.lines)
            words.push_back(place_kind_text(line.kind, language) + " (" +
                            line.file.filename().string() + ")");
    if (!words.empty())
        out.push_back(language.text("patrol.lines", {{"lines", base::joined(words, ", ")}}));
    if (r.places_at.year != 0)
        out.push_back(
            language.text("patrol.places_at", {{"period", data::to_string(r.places_at)}}));
    words.clear();
    if (r.gaps) {
        const auto& plan = r.gaps->area(language);
        out.push_back(language.text(r.gaps->any() ? "patrol.targets" : "patrol.targets_none",
                                    {{"plan", plan.empty() ? r.request.targets : plan},
                                     {"document", r.gaps->document},
                                     {"period", data::to_string(r.gaps->period)}}));
    }
    for (const auto term : r.left_out)
        words.push_back(language.text("patrol.term." + std::string(to_string(term))));
    if (!words.empty())
        out.push_back(language.text("patrol.left_out", {{"terms", base::joined(words, ", ")}}));
    return out;
}

StyledMap patrol_map(const PatrolReport& report, const Dataset& dataset, const Language& language) {
    StyledMap out;
    out.indicator = static_cast<std::size_t>(-1); // of none
    out.categorical = true;
    const auto faces = dataset.vintage->coverage->faces();
    std::vector<std::string> classes;
    for (const auto& face : faces) classes.push_back(face.ring_count > 0 ? "none" : "no-data");
    // Of several visits the first says why.
    for (const auto& row : report.rows)
        if (classes[row.unit] == "none")
            classes[row.unit] = report.request.kind == PatrolKind::Sectors
                                    ? "team-" + std::to_string(row.group + 1)
                                    : row.word;
    out.style = class_style(patrol_rows(report, language), classes);
    map::count_drawn(out.style, faces);
    const auto kind = std::string(to_string(report.request.kind));
    out.indicator_name = out.legend_title = language.text("patrol.legend." + kind);
    out.title = language.text("patrol.title." + kind);
    out.lines = report.sentences;
    for (const auto& group : report.groups)
        if (group.place)
            out.symbols.push_back(
                {group.place->at, std::string(map::kBaseSymbol), group.place->name});
    return out;
}

} // namespace diaban::app
