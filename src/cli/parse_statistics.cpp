// The flags of `weights` and `hotspots`.
#include "cli/verb.hpp"

namespace diaban::cli {

void define_weights(CLI::App& app, Requests& r, Invocation& invocation,
                    const app::Language& language) {
    Verb weights(app, "weights", language);
    weights.data(r.weights.data, false);
    weights.neighbours(r.weights.neighbours);
    weights.flag("--histogram", r.weights.histogram, "help.flag.histogram");
    weights.flag("--keep-links", invocation.keep_links, "help.flag.keep_links");
    weights.path("--out", r.weights.out, "help.flag.weights_out");
    weights.common(invocation);
}

void define_hotspots(CLI::App& app, Requests& r, Invocation& invocation,
                     const app::Language& language) {
    Verb verb(app, "hotspots", language);
    auto& h = r.hotspots;
    verb.data(h.data, true);
    verb.parsed("--method", "help.flag.hotspot_method", [&h](const std::string& text) {
        const auto method = app::parse_hotspot_method(text);
        if (!method)
            bad_value("--method", text,
                      "gi gi-star local-moran local-geary join-count bivariate differential scan "
                      "emerging trend");
        h.method = *method;
    });
    verb.option("--indicator", h.indicator, "help.flag.indicator");
    verb.parsed("--year", "help.flag.year",
                [&h](const std::string& text) { h.period = period_flag("--year", text); });
    verb.parsed("--since", "help.flag.since",
                [&h](const std::string& text) { h.since = period_flag("--since", text); });
    verb.option("--second", h.second, "help.flag.second");
    verb.option("--yes", h.yes, "help.flag.yes")->allow_extra_args(false);
    verb.parsed("--rate", "help.flag.rate", [&h](const std::string& text) {
        h.rate = app::parse_rate(text);
        if (!h.rate) bad_value("--rate", text, "raw excess eb spatial-eb eb-index");
    });
    verb.neighbours(h.neighbours);
    verb.option("--permutations", h.permutations, "help.flag.permutations");
    verb.option("--seed", h.seed, "help.flag.hotspot_seed");
    verb.option("--alpha", h.alpha, "help.flag.alpha");
    verb.parsed("--correction", "help.flag.correction", [&h](const std::string& text) {
        const auto correction = app::parse_correction(text);
        if (!correction) bad_value("--correction", text, "fdr bonferroni none");
        h.correction = *correction;
    });
    verb.flag("--geoda", h.directed, "help.flag.geoda");
    verb.option("--most-population", h.most_population, "help.flag.most_population");
    verb.option("--most-time", h.most_time, "help.flag.most_time");
    verb.option("--replicas", h.replicas, "help.flag.replicas");
    verb.line_layers(h.layers, "help.flag.lines");
    verb.page(h.page, h.dpi);
    verb.classification(h.classification);
    verb.option("--save", invocation.save, "help.flag.hotspot_save");
    verb.flag("--replace", invocation.replace, "help.flag.query_replace");
    // Read early, as --project is: the other flags change what was stored.
    verb.option("--saved", invocation.saved, "help.flag.hotspot_saved");
    verb.path("--out", h.out, "help.flag.hotspot_out");
    verb.path("--map", h.map_out, "help.flag.hotspot_map");
    verb.path("--scatter", h.scatter_out, "help.flag.hotspot_scatter");
    verb.flag("--significance", h.significance, "help.flag.significance");
    verb.common(invocation);
}

} // namespace diaban::cli
