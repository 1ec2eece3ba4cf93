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
    if (report.scan->clusters.empty()) return language.text("hotspots.scan.nothing");
    if (report.clusters.empty())
        return scan_text("hotspots.scan.not_significant", report, 0, language) + ".";
    auto text = scan_text("hotspots.scan.found", report, 0, language) + ".";
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
                               {{"level", language.number(report.request.alpha * 100, 0)},
                                {"periods", as_count(report.periods.size())}})
               : language.text("hotspots.sentence.whole",
                               {{"pieces", text}, {"chance", chance_text(report, language)}});
}

struct Tally {
    std::size_t units = 0, clusters = 0;
};
Tally tally(const HotspotsReport& report, std::initializer_list<Pattern> kinds) {
    Tally out;
    for (const auto& cluster : report.clusters)
        if (std::find(kinds.begin(), kinds.end(), cluster.kind) != kinds.end())
            out.units += cluster.units.size(), ++out.clusters;
    return out;
}

// "12 communes form 3 clusters of high rates and 5 form 2 of low ones; by chance one would expect
// fewer than 1."
std::string sentence_of(const HotspotsReport& report, bool rate, const Language& language) {
    if (report.scan) return scan_sentence(report, language);
    if (report.request.method == HotspotMethod::Emerging)
        return emerging_sentence(report, language);
    if (report.request.method == HotspotMethod::Trend) return trend_sentence(report, language);
    if (report.tested == 0) return language.text("hotspots.sentence.nothing_tested");
    const base::Args level{{"level", language.number(report.request.alpha * 100, 0)}};
    if (report.significant == 0) return language.text("hotspots.sentence.none", level);
    const auto piece = [&](const std::string& key, const Tally& t) {
        const char* const number = t.units == 1 ? "_single" : t.clusters == 1 ? "_one" : "";
        return language.text(
            "hotspots.sentence." + key + number,
            {{"units", as_count(t.units)},
             {"clusters", as_count(t.clusters)},
             {"what", language.text(rate ? "hotspots.rates" : "hotspots.values")}});
    };
    std::vector<std::string> pieces;
    const auto high = tally(report, {Pattern::Hot, Pattern::HighHigh});
    const auto low = tally(report, {Pattern::Cold, Pattern::LowLow});
    const auto alike = tally(report, {Pattern::OtherSimilar});
    const auto together = tally(report, {Pattern::Together});
    if (high.units) pieces.push_back(piece("high", high));
    if (low.units) pieces.push_back(piece("low", low));
    if (alike.units) pieces.push_back(piece("alike", alike));
    if (together.units) pieces.push_back(piece("together", together));
    const auto rest = report.significant - high.units - low.units - alike.units - together.units;
    if (rest > 0) pieces.push_back(piece("differ", {rest, 2}));
    std::string all;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        all += (i == 0                   ? ""
                : i + 1 == pieces.size() ? " " + language.text("hotspots.and") + " "
                                         : ", ") +
               pieces[i];
    return language.text("hotspots.sentence.whole",
                         {{"pieces", all}, {"chance", chance_text(report, language)}});
}

std::string method_line_of(const HotspotsReport& report, const Language& language) {
    const auto& r = report.request;
    auto line = language.text("hotspots.method." + std::string(to_string(r.method)));
    if (r.rate)
        line += " (" + language.text("hotspots.rate." + std::string(analysis::to_string(*r.rate))) +
                ")";
    if (report.scan)
        return line + "; " +
               language.text("hotspots.line.scan", {{"share", r.most_population * 100},
                                                    {"replicas", std::int64_t{r.replicas}},
                                                    {"seed", static_cast<std::int64_t>(r.seed)},
                                                    {"alpha", r.alpha}}) +
               "; n = " + language.count(report.observed);
    if (r.method == HotspotMethod::Trend) {
        line += "; " + language.text("hotspots.line.trend",
                                     {{"from", data::to_string(report.periods.front())},
                                      {"until", data::to_string(report.periods.back())}});
    } else {
        line += "; " + report.neighbours + "; ";
        line += r.permutations == 0 ? language.text("hotspots.line.analytic")
                                    : language.text(r.directed ? "hotspots.line.directed"
                                                               : "hotspots.line.permutations",
                                                    {{"count", std::int64_t{r.permutations}},
                                                     {"seed", static_cast<std::int64_t>(r.seed)}});
    }
    line += "; " + language.text("hotspots.line." + std::string(analysis::to_string(r.correction)),
                                 {{"alpha", r.alpha}});
    line += "; n = " + language.count(report.observed);
    return line;
}

StyledMap styled_result(const HotspotsReport& report, const HotspotsInputs& in,
                        const Language& language) {
    const auto& cube = *in.dataset->cube;
    StyledMap out;
    out.indicator = in.indicator;
    out.period = in.period;
    out.categorical = true;
    const auto& indicator = cube.indicators[in.indicator];
    out.choice.indicator = indicator.id;
    out.choice.period = cube.periods[in.period];
    out.indicator_name = indicator_name(indicator, language);
    auto period = data::to_string(cube.periods[in.period]);
    if (report.periods.size() > 1) period = data::to_string(report.periods.front()) + "–" + period;
    if (report.request.method == HotspotMethod::Differential)
        period = data::to_string(cube.periods[in.since]) + " → " + period;
    auto what = out.indicator_name;
    if (report.request.method == HotspotMethod::Bivariate)
        what += " / " + indicator_name(cube.indicators[in.second], language);
    out.legend_title =
        period.empty() ? what
                       : language.text("legend.title", {{"indicator", what}, {"period", period}});
    out.legend_note =
        language.text("hotspots.method." + std::string(to_string(report.request.method)));
    out.style = report.scan ? class_style(scan_rows(scan_labels(report, language), language),
                                          report.classes)
                : report.request.method == HotspotMethod::Trend
                    ? class_style(trend_rows(language), report.classes)
                : report.request.method == HotspotMethod::Emerging
                    ? class_style(emerging_rows(below_ten(report), language), report.classes)
                    : hotspot_style(report.local, language);
    map::count_drawn(out.style, in.dataset->vintage->coverage->faces());
    out.title = language.text(report.request.method == HotspotMethod::Trend ? "hotspots.trend.title"
                                                                            : "hotspots.title",
                              {{"indicator", what}});
    out.lines = {report.sentence, report.method_line};
    return out;
}

} // namespace

void put_into_words(HotspotsReport& report, const HotspotsInputs& in, const Language& language) {
    const bool rate = in.dataset->cube->indicators[in.indicator].kind == data::Kind::Ratio;
    report.sentence = sentence_of(report, rate, language);
    report.neighbours =
        report.request.method == HotspotMethod::Trend
            ? ""
            : neighbours_text(report.request.neighbours, in.weights.distance_m, language);
    report.method_line = method_line_of(report, language);
    report.map = styled_result(report, in, language);
    std::vector<double> p = report.local.units > 0 ? report.local.p() : std::vector<double>{};
    for (const auto& unit : report.trends) p.push_back(unit.trend.p);
    if (p.empty()) return; // of no unit by itself
    report.significance = report.map;
    report.significance.style = significance_style(p, report.classes, language);
    map::count_drawn(report.significance.style, in.dataset->vintage->coverage->faces());
}

} // namespace diaban::app
