// What a result of `hotspots` says in words: the sentence, the method line, legend and titles.
#include "app/commands/hotspots_parts.hpp"
#include "app/commands/json.hpp"
#include "app/hotspot_style.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

using analysis::Pattern;

bool below_ten(const HotspotsReport& report) {
    return report.periods.size() < analysis::kFewestForEmerging;
}

// "fewer than 1", "about 3".
std::string chance_text(const HotspotsReport& report, const Language& language) {
    if (report.by_chance < 1) return language.text("hotspots.chance.below_one");
    return language.text("hotspots.chance.about", {{"count", std::lround(report.by_chance)}});
}

// " after correction", where there is one.
std::string after_correction(const HotspotsReport& report, const Language& language) {
    if (report.request.correction == analysis::Correction::None) return "";
    return " " + language.text("hotspots.after_correction");
}

std::string period_range(const HotspotsReport& report, const analysis::ScanCluster& cluster) {
    const auto from = data::to_string(report.periods[cluster.from]);
    const auto until = data::to_string(report.periods[cluster.until]);
    return from == until ? from : from + "–" + until;
}

std::string scan_text(const char* key, const HotspotsReport& report, std::size_t index,
                      const Language& language) {
    const auto& cluster = report.scan->clusters[index];
    auto text = language.text(key, {{"number", as_count(index + 1)},
                                    {"units", as_count(cluster.units.size())},
                                    {"cases", as_count(static_cast<std::size_t>(cluster.cases))},
                                    {"expected", language.number(cluster.expected, 1)},
                                    {"risk", std::isfinite(cluster.relative_risk)
                                                 ? language.number(cluster.relative_risk, 1)
                                                 : "∞"},
                                    {"p", language.number(cluster.p, 4)}});
    if (report.periods.size() > 1) text += ", " + period_range(report, cluster);
    return text;
}

std::vector<std::string> scan_labels(const HotspotsReport& report, const Language& language) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < report.clusters.size(); ++i)
        labels.push_back(scan_text("hotspots.scan.label", report, i, language));
    return labels;
}

std::string scan_sentence(const HotspotsReport& report, const Language& language) {
    const auto& scan = *report.scan;
    const auto untested = [&](const char* why) {
        return language.text("hotspots.sentence.nothing_tested") + " " +
               language.text(why, {{"count", as_count(scan.units)}});
    };
    if (scan.units < 2) return untested("hotspots.nothing.few_scanned");
    if (scan.cases == 0)
        return untested(report.scan_model == analysis::ScanModel::Poisson
                            ? "hotspots.nothing.no_cases"
                            : "hotspots.nothing.nobody");
    if (scan.clusters.empty()) return language.text("hotspots.scan.nothing");
    if (report.clusters.empty())
        return scan_text("hotspots.scan.not_significant", report, 0, language) + ".";
    auto text = scan_text("hotspots.scan.found", report, 0, language) + ".";
    // A circle of so much of the province says that one side of it differs, not where.
    constexpr double kWide = 0.25; // of all people
    const auto& strongest = scan.clusters.front();
    if (const double share = strongest.expected / scan.cases; share > kWide)
        text += " " + language.text("hotspots.scan.wide", {{"share", std::round(share * 100)}});
    if (report.clusters.size() > 1)
        text += " " + language.text("hotspots.scan.more",
                                    {{"count", as_count(report.clusters.size() - 1)}});
    return text;
}

std::string emerging_sentence(const HotspotsReport& report, const Language& language) {
    std::size_t now = 0, before = 0;
    for (const auto& unit : report.history) {
        const bool is_now = unit.word == "hot-now" ||
                            (unit.word.ends_with("-hot") && !unit.word.starts_with("historical"));
        now += is_now;
        before += !is_now && unit.hot > 0;
    }
    return language.text(below_ten(report) ? "hotspots.history.sentence"
                                           : "hotspots.emerging.sentence",
                         {{"now", as_count(now)},
                          {"before", as_count(before)},
                          {"periods", as_count(report.periods.size())}});
}

// "9 communes rise and 2 fall over 16 periods; by chance one would expect fewer than 1."
std::string trend_sentence(const HotspotsReport& report, const Language& language) {
    const auto units_in = [&](const char* word) {
        return as_count(static_cast<std::size_t>(
            std::count(report.classes.begin(), report.classes.end(), word)));
    };
    const auto text =
        language.text("hotspots.trend.sentence", {{"rising", units_in("rising")},
                                                  {"falling", units_in("falling")},
                                                  {"periods", as_count(report.periods.size())}});
    return report.tested == 0 ? language.text("hotspots.sentence.nothing_tested")
           : report.significant == 0
               ? language.text("hotspots.trend.none",
                               {{"level", report.request.alpha * 100},
                                {"correction", after_correction(report, language)},
                                {"periods", as_count(report.periods.size())}})
               : language.text("hotspots.sentence.whole",
                               {{"pieces", text}, {"chance", chance_text(report, language)}});
}

struct Tally {
    std::size_t units = 0, clusters = 0, singles = 0; // one unit by itself is no cluster
};
Tally tally(const HotspotsReport& report, std::initializer_list<Pattern> kinds) {
    Tally out;
    for (const auto& cluster : report.clusters) {
        if (std::find(kinds.begin(), kinds.end(), cluster.kind) == kinds.end()) continue;
        if (cluster.units.size() == 1)
            ++out.singles;
        else
            out.units += cluster.units.size(), ++out.clusters;
    }
    return out;
}

// "rates", "values", "index values", "values of both indicators", "changes 2010 → 2015".
std::string what_text(const HotspotsReport& report, const HotspotsInputs& in,
                      const Language& language) {
    const auto& r = report.request;
    if (r.method == HotspotMethod::Differential)
        return language.text("hotspots.changes",
                             {{"from", data::to_string(in.cube->periods[in.since])},
                              {"until", data::to_string(in.cube->periods[in.period])}});
    if (r.method == HotspotMethod::Bivariate) return language.text("hotspots.both_values");
    if (r.rate == analysis::RateKind::BayesIndex) return language.text("hotspots.index_values");
    const bool rate = in.cube->indicators[in.indicator].kind == data::Kind::Ratio;
    return language.text(rate ? "hotspots.rates" : "hotspots.values");
}

// Why no unit with the status could be tested; empty: not for want of them.
const char* too_few_with_status(const analysis::Observed& observed) {
    std::size_t with = 0, linked = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        with += observed.x[i] == 1;
        linked += observed.x[i] == 1 && !observed.links.row(i).empty();
    }
    return with == 0 ? "nobody" : with == 1 ? "single" : linked == 0 ? "status_islands" : "";
}

// Everybody is the neighbour of everybody, but perhaps for one.
bool complete(const analysis::Observed& observed) {
    for (std::size_t i = 0; i < observed.size(); ++i)
        if (const auto around = observed.links.row(i).size();
            around > 0 && around + 2 < observed.size())
            return false;
    return true;
}

// Why nothing could be tested: the first reason that explains it.
std::string nothing_tested(const HotspotsReport& report, const HotspotsInputs& in,
                           const Language& language) {
    constexpr std::size_t kFewest = 3;
    const auto& x = in.observed.x;
    const bool constant =
        std::all_of(x.begin(), x.end(), [&](double value) { return value == x.front(); });
    std::string why = report.joins ? too_few_with_status(in.observed) : "";
    if (x.size() < kFewest)
        why = "few";
    else if (in.observed.linked() == 0)
        why = "islands";
    else if (why.empty())
        why = constant ? "constant" : complete(in.observed) ? "complete" : "alike";
    return language.text("hotspots.sentence.nothing_tested") + " " +
           language.text("hotspots.nothing." + why, {{"count", as_count(x.size())}});
}

// "12 communes form 3 clusters of high rates and 5 form 2 of low ones; by chance one would expect
// fewer than 1."
std::string sentence_of(const HotspotsReport& report, const HotspotsInputs& in,
                        const Language& language) {
    if (report.scan) return scan_sentence(report, language);
    if (report.request.method == HotspotMethod::Emerging)
        return emerging_sentence(report, language);
    if (report.request.method == HotspotMethod::Trend) return trend_sentence(report, language);
    if (report.tested == 0) return nothing_tested(report, in, language);
    if (report.significant == 0)
        return language.text("hotspots.sentence.none",
                             {{"level", report.request.alpha * 100},
                              {"correction", after_correction(report, language)}});
    std::vector<std::string> pieces;
    const auto say = [&](const std::string& key, std::size_t units, std::size_t clusters) {
        pieces.push_back(
            language.text("hotspots.sentence." + key, {{"units", as_count(units)},
                                                       {"clusters", as_count(clusters)},
                                                       {"what", what_text(report, in, language)}}));
    };
    std::size_t said = 0;
    const auto add = [&](const std::string& key, std::initializer_list<Pattern> kinds) {
        const auto t = tally(report, kinds);
        if (t.clusters > 0) say(key + (t.clusters == 1 ? "_one" : ""), t.units, t.clusters);
        if (t.singles > 0) say(key + "_single", t.singles, 0);
        said += t.units + t.singles;
    };
    add("high", {Pattern::Hot, Pattern::HighHigh});
    add("low", {Pattern::Cold, Pattern::LowLow});
    add("alike", {Pattern::OtherSimilar});
    add("together", {Pattern::Together});
    if (report.significant > said) say("differ", report.significant - said, 0);
    std::string all;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        all += (i == 0                   ? ""
                : i + 1 == pieces.size() ? " " + language.text("hotspots.and") + " "
                                         : ", ") +
               pieces[i];
    return language.text("hotspots.sentence.whole",
                         {{"pieces", all}, {"chance", chance_text(report, language)}});
}

// "years 2010–2024", "half-years 2010-H1–2014-H2".
std::string periods_text(const HotspotsReport& report, const Language& language) {
    const auto& periods = report.periods;
    return language.text(periods.back().half ? "hotspots.line.halves" : "hotspots.line.years",
                         {{"from", data::to_string(periods.front())},
                          {"until", data::to_string(periods.back())},
                          {"count", as_count(periods.size())}});
}

// What every run says at the end: how many units, and what stands for masked counts.
std::string line_end(const HotspotsReport& report, const Language& language) {
    auto text = "; n = " + language.count(report.observed);
    if (report.masked > 0)
        text += "; " + language.text("hotspots.line.masked", {{"count", as_count(report.masked)}});
    return text;
}

std::string method_line_of(const HotspotsReport& report, const Language& language) {
    const auto& r = report.request;
    auto line = language.text("hotspots.method." + std::string(to_string(r.method)));
    if (!report.counted.empty()) line += " (" + report.counted + ")";
    if (r.rate && !report.scan)
        line += " (" + language.text("hotspots.rate." + std::string(analysis::to_string(*r.rate))) +
                ")";
    if (report.periods.size() > 1) line += "; " + periods_text(report, language);
    const auto seed = std::to_string(r.seed); // to be typed again: not grouped
    if (report.scan) {
        const bool poisson = report.scan_model == analysis::ScanModel::Poisson;
        const auto windows =
            report.periods.size() < 2
                ? ""
                : ", " + language.text("hotspots.line.windows", {{"share", r.most_time * 100}});
        return line + "; " +
               language.text("hotspots.line.scan",
                             {{"model", language.text(poisson ? "hotspots.line.poisson"
                                                              : "hotspots.line.bernoulli")},
                              {"share", r.most_population * 100},
                              {"windows", windows},
                              {"replicas", std::int64_t{r.replicas}},
                              {"seed", seed},
                              {"alpha", r.alpha}}) +
               line_end(report, language);
    }
    if (r.method == HotspotMethod::Trend) {
        line += "; " + language.text("hotspots.line.trend");
    } else {
        line += "; " + report.neighbours + "; ";
        line += r.permutations == 0
                    ? language.text("hotspots.line.analytic")
                    : language.text(r.directed ? "hotspots.line.directed"
                                               : "hotspots.line.permutations",
                                    {{"count", std::int64_t{r.permutations}}, {"seed", seed}});
    }
    line += "; " + language.text("hotspots.line." + std::string(analysis::to_string(r.correction)),
                                 {{"alpha", r.alpha}});
    return line + line_end(report, language);
}

// The status that was counted, "hotspot class I, hotspot class II"; empty for numbers.
std::string counted_text(const HotspotsReport& report, const HotspotsInputs& in,
                         const Language& language) {
    const auto& indicator = in.cube->indicators[in.indicator];
    if (indicator.kind != data::Kind::Category) return "";
    std::string out;
    for (const auto& one : report.yes)
        out += (out.empty() ? "" : ", ") + category_text(one, language);
    return out;
}

map::Style style_of(const HotspotsReport& report, const Language& language) {
    const auto method = report.request.method;
    if (report.scan) return scan_style(scan_labels(report, language), report.classes, language);
    if (method == HotspotMethod::Trend) return class_style(trend_rows(language), report.classes);
    if (method == HotspotMethod::Emerging)
        return class_style(emerging_rows(below_ten(report), language), report.classes);
    return hotspot_style(report.local, language,
                         method == HotspotMethod::Differential ? "hotspots.change."
                                                               : "hotspots.class.");
}

// What the map is about: the indicator, with the second one or the status that is counted.
std::string topic_of(const HotspotsReport& report, const HotspotsInputs& in,
                     const std::string& indicator, const Language& language) {
    if (report.request.method == HotspotMethod::Bivariate)
        return indicator + " / " + indicator_name(in.cube->indicators[in.second], language);
    return report.counted.empty() ? indicator : indicator + ": " + report.counted;
}

StyledMap styled_result(const HotspotsReport& report, const HotspotsInputs& in,
                        const Language& language) {
    const auto& cube = *in.cube;
    const auto method = report.request.method;
    StyledMap out;
    out.indicator = in.indicator;
    out.period = in.period;
    out.categorical = true;
    const auto& indicator = cube.indicators[in.indicator];
    out.choice.indicator = indicator.id;
    out.choice.period = cube.periods[in.period];
    out.indicator_name = indicator_name(indicator, language);
    const auto what = topic_of(report, in, out.indicator_name, language);
    const auto period = shown_periods(report, in);
    out.legend_title =
        period.empty() ? what
                       : language.text("legend.title", {{"indicator", what}, {"period", period}});
    out.legend_note = language.text("hotspots.method." + std::string(to_string(method)));
    out.style = style_of(report, language);
    map::count_drawn(out.style, in.dataset->vintage->coverage->faces());
    const bool status =
        indicator.kind == data::Kind::Category || method == HotspotMethod::JoinCount;
    out.title = language.text(method == HotspotMethod::Scan && !status ? "hotspots.scan.title"
                              : method == HotspotMethod::Trend         ? "hotspots.trend.title"
                              : method == HotspotMethod::Differential  ? "hotspots.change.title"
                              : status                                 ? "hotspots.joins.title"
                                                                       : "hotspots.title",
                              {{"indicator", what}});
    out.lines = {report.sentence};
    if (!report.note.empty()) out.lines.push_back(report.note);
    out.lines.push_back(report.method_line); // last: a window prints it alone
    return out;
}

// The same map by how small p is; where the correction drew the line is said with it.
StyledMap significance_of(const HotspotsReport& report, const HotspotsInputs& in,
                          std::span<const double> p, const Language& language) {
    auto out = report.map;
    out.style = significance_style(p, report.classes, language);
    map::count_drawn(out.style, in.dataset->vintage->coverage->faces());
    out.title = language.text("hotspots.significance.title",
                              {{"indicator", topic_of(report, in, out.indicator_name, language)}});
    const double critical = report.local.units > 0 ? report.local.critical : report.critical;
    out.legend_note +=
        " · " + (critical < 0 ? language.text("hotspots.significance.none")
                              : language.text("hotspots.significance.up_to",
                                              {{"p", language.number(critical, 4)},
                                               {"count", as_count(report.significant)}}));
    return out;
}

} // namespace

std::string shown_periods(const HotspotsReport& report, const HotspotsInputs& in) {
    const auto& cube = *in.cube;
    const auto last = data::to_string(cube.periods[in.period]);
    if (report.periods.size() > 1) return data::to_string(report.periods.front()) + "–" + last;
    if (report.request.method == HotspotMethod::Differential)
        return data::to_string(cube.periods[in.since]) + " → " + last;
    return last;
}

void put_into_words(HotspotsReport& report, const HotspotsInputs& in, const Language& language) {
    const auto method = report.request.method;
    report.counted = counted_text(report, in, language);
    report.sentence = sentence_of(report, in, language);
    const bool neighbours = method != HotspotMethod::Trend && method != HotspotMethod::Scan;
    report.neighbours =
        neighbours ? neighbours_text(report.request.neighbours, in.weights, language) : "";
    report.method_line = method_line_of(report, language);
    report.note = method == HotspotMethod::Trend ? "" : language.text("hotspots.not_the_status");
    report.map = styled_result(report, in, language);
    std::vector<double> p = report.local.units > 0 ? report.local.p() : std::vector<double>{};
    for (const auto& unit : report.trends) p.push_back(unit.trend.p);
    if (!p.empty()) report.significance = significance_of(report, in, p, language);
}

} // namespace diaban::app
