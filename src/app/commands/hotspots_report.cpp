// What `hotspots` says: --json, the text for people, and the flags that ask for it again.
#include "app/commands/flags.hpp"
#include "app/commands/hotspots.hpp"
#include "app/commands/json.hpp"
#include "app/hotspot_style.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

using analysis::GlobalTest;

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

Json test_json(const GlobalTest& test, std::uint32_t permutations) {
    if (!test.defined) return {};
    Json out{{"value", number(test.statistic)},
             {"expected", number(test.expectation)},
             {"variance", number(test.variance)},
             {"z", number(test.z)},
             {"p_normal", number(test.p_analytic)}};
    if (test.p_permutation >= 0) {
        out["p_permutation"] = test.p_permutation;
        out["permutations"] = permutations;
    }
    return out;
}

Json global_json(const HotspotsReport& r) {
    Json out = Json::object();
    const auto global_json = [&](const GlobalTest& test) {
        return test_json(test, r.global.permutations);
    };
    if (r.joins) {
        out["joins_yes_yes"] = global_json(r.joins->both);
        out["joins_no_no"] = global_json(r.joins->neither);
        out["joins_yes_no"] = global_json(r.joins->mixed);
        return out;
    }
    out["moran"] = global_json(r.global.moran);
    out["geary"] = global_json(r.global.geary);
    out["general_g"] = global_json(r.global.general_g);
    if (r.bivariate) out["bivariate_moran"] = global_json(*r.bivariate);
    return out;
}

const char* cluster_word(analysis::Pattern pattern) {
    switch (pattern) {
    case analysis::Pattern::Cold:
    case analysis::Pattern::LowLow:
        return "low";
    case analysis::Pattern::OtherSimilar:
        return "alike";
    case analysis::Pattern::Together:
        return "together";
    default:
        return "high";
    }
}

Json clusters_json(const HotspotsReport& r) {
    Json out = Json::array();
    for (const auto& cluster : r.clusters) {
        Json units = Json::array();
        for (const auto u : cluster.units) units.push_back(r.codes[u]);
        out.push_back({{"kind", cluster_word(cluster.kind)},
                       {"size", cluster.units.size()},
                       {"units", std::move(units)}});
    }
    return out;
}

Json scan_json(const HotspotsReport& r) {
    Json out = Json::array();
    for (const auto& cluster : r.scan->clusters) {
        Json units = Json::array();
        for (const auto u : cluster.units) units.push_back(r.codes[u]);
        out.push_back({{"llr", cluster.llr},
                       {"p", cluster.p},
                       {"significant", cluster.p <= r.request.alpha},
                       {"from", data::to_string(r.periods[cluster.from])},
                       {"until", data::to_string(r.periods[cluster.until])},
                       {"cases", cluster.cases},
                       {"expected", cluster.expected},
                       {"relative_risk", number(cluster.relative_risk)},
                       {"radius_m", cluster.radius_m},
                       {"units", std::move(units)}});
    }
    return out;
}

Json units_json(const HotspotsReport& r, std::string_view word) {
    Json out = Json::array();
    for (std::size_t u = 0; u < r.classes.size(); ++u)
        if (r.classes[u] == word) out.push_back(r.codes[u]);
    return out;
}

Json unstable_json(const HotspotsReport& r) {
    Json out = Json::array();
    for (std::size_t u = 0; u < r.unstable.size(); ++u)
        if (r.unstable[u]) out.push_back(r.codes[u]);
    return out;
}

} // namespace

std::string to_json(const HotspotsReport& r, const Language& language) {
    Json legend = Json::array();
    for (const auto& entry : r.map.style.entries)
        legend.push_back(
            {{"label", entry.label}, {"color", map::to_hex(entry.colour)}, {"count", entry.count}});
    const double critical = r.local.units > 0 ? r.local.critical : r.critical;
    Json advice = Json::array(), files = Json::array();
    for (const auto& one : r.advice)
        advice.push_back({{"kind", one.key}, {"text", language.text(one)}});
    for (const auto& file : r.files) files.push_back(file.string());
    Json out{
        {"method", to_string(r.request.method)},
        {"indicator", r.map.choice.indicator},
        {"period", data::to_string(r.map.choice.period)},
        {"yes", r.counted.empty() ? Json() : Json(r.yes)},
        {"rate", r.request.rate ? Json(analysis::to_string(*r.request.rate)) : Json()},
        {"weights", r.neighbours.empty() ? Json() : Json(r.neighbours)},
        {"n", r.observed},
        {"tested", r.tested},
        {"significant", r.significant},
        {"expected_by_chance", r.by_chance},
        {"correction", r.scan ? "maximum" : std::string(analysis::to_string(r.request.correction))},
        {"alpha", r.request.alpha},
        {"critical_p", critical >= 0 ? Json(critical) : Json()},
        {"permutations", r.scan             ? r.request.replicas
                         : r.trends.empty() ? r.request.permutations
                                            : 0},
        {"directed", r.request.directed},
        {"seed", r.request.seed},
        {"global", global_json(r)},
        {"legend", std::move(legend)},
        {"clusters", clusters_json(r)},
        {"islands", units_json(r, "island")},
        {"left_out", units_json(r, "no-data")},
        {"incomplete", units_json(r, "incomplete")},
        {"unstable", unstable_json(r)},
        {"undefined", r.undefined},
        {"sentence", r.sentence},
        {"note", r.note},
        {"method_line", r.method_line},
        {"advice", std::move(advice)},
        {"masked", r.masked},
        {"files", std::move(files)}};
    if (r.scan) {
        out["scan"] = scan_json(r);
        out["scan_model"] = r.scan_model == analysis::ScanModel::Poisson ? "poisson" : "bernoulli";
        out["most_population"] = r.request.most_population;
        if (r.periods.size() > 1) out["most_time"] = r.request.most_time;
    }
    if (!r.trends.empty())
        out["trend"] = {{"rising", units_json(r, "rising")}, {"falling", units_json(r, "falling")}};
    if (r.request.method == HotspotMethod::Emerging)
        out["global_period"] = data::to_string(r.map.choice.period);
    if (!r.periods.empty()) {
        out["periods"] = Json::array();
        for (const auto period : r.periods) out["periods"].push_back(data::to_string(period));
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

namespace {

// Four decimals; of a smaller number, as General G of a country is, three digits.
int shown_decimals_of(double statistic) {
    if (statistic == 0 || statistic == std::round(statistic)) return statistic == 0 ? 4 : 0;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(std::fabs(statistic)))), 4, 9);
}

} // namespace

std::vector<std::string> global_lines(const HotspotsReport& r, const Language& language) {
    std::vector<std::string> lines;
    const auto add = [&](const char* label, const GlobalTest& test) {
        if (!test.defined) return;
        auto text = language.text(label) + ": " +
                    language.number(test.statistic, shown_decimals_of(test.statistic)) +
                    " (z = " + language.number(test.z, 2);
        if (test.p_permutation >= 0)
            text += ", p = " + language.number(test.p_permutation, 4) + ", " +
                    language.text("report.permutations",
                                  {{"count", std::int64_t{r.global.permutations}}});
        else
            text += ", p = " + language.number(test.p_analytic, 4);
        lines.push_back(text + ")");
    };
    // Of several periods they are those of the last.
    if (r.request.method == HotspotMethod::Emerging && r.global.moran.defined)
        lines.push_back(
            language.text("report.global_of", {{"period", data::to_string(r.map.choice.period)}}));
    if (r.joins) {
        add("report.joins_both", r.joins->both);
        add("report.joins_neither", r.joins->neither);
        add("report.joins_mixed", r.joins->mixed);
    } else {
        add("report.moran", r.global.moran);
        add("report.geary", r.global.geary);
        add("report.general_g", r.global.general_g);
        if (r.bivariate) add("report.bivariate_moran", *r.bivariate);
    }
    return lines;
}

std::string to_text(const HotspotsReport& r, const Language& language) {
    Lines lines(language);
    lines.raw(r.map.legend_title + "\n").raw(r.sentence + "\n").raw(r.method_line + "\n");
    if (!r.note.empty()) lines.raw(r.note + "\n");
    for (const auto& line : global_lines(r, language)) lines.raw(line + "\n");
    for (const auto& entry : r.map.style.entries)
        lines.raw("  " + entry.label + ": " + language.count(entry.count) + "\n");
    return lines.take();
}

std::vector<std::string> to_flags(const HotspotsRequest& r) {
    const HotspotsRequest standard;
    Flags flags{"hotspots"};
    const auto text = [&](const char* flag, const std::string& value) {
        if (!value.empty()) flags.insert(flags.end(), {flag, value});
    };
    add_flags(flags, r.data);
    if (r.method != standard.method) text("--method", std::string(to_string(r.method)));
    text("--indicator", r.indicator);
    text("--year", data::to_string(r.period));
    text("--since", data::to_string(r.since));
    text("--second", r.second);
    for (const auto& one : r.yes) text("--yes", one);
    if (r.rate) text("--rate", std::string(analysis::to_string(*r.rate)));
    add_flags(flags, r.neighbours);
    if (r.permutations != standard.permutations)
        text("--permutations", std::to_string(r.permutations));
    if (r.seed != standard.seed) text("--seed", std::to_string(r.seed));
    if (r.alpha != standard.alpha) text("--alpha", number_flag(r.alpha));
    if (r.correction != standard.correction)
        text("--correction", std::string(analysis::to_string(r.correction)));
    if (r.directed) flags.emplace_back("--geoda");
    if (r.most_population != standard.most_population)
        text("--most-population", number_flag(r.most_population));
    if (r.most_time != standard.most_time) text("--most-time", number_flag(r.most_time));
    if (r.replicas != standard.replicas) text("--replicas", std::to_string(r.replicas));
    add_flags(flags, r.layers);
    add_flags(flags, r.page, r.dpi);
    add_flags(flags, r.classification);
    text("--out", r.out.string());
    text("--map", r.map_out.string());
    text("--scatter", r.scatter_out.string());
    if (r.significance) flags.emplace_back("--significance");
    return flags;
}

} // namespace diaban::app
