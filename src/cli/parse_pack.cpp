// The flags of `pack`.

#include "cli/verb.hpp"

namespace diaban::cli {

void define_pack(CLI::App& app, Requests& r, Invocation& invocation,
                 const app::Language& language) {
    auto& p = r.pack;
    Verb pack(app, "pack", language);
    pack.data(p.data, true);
    pack.parsed("--across", "help.flag.carried", [&p](const std::string& text) {
        if (text != "no" && text != "carried") bad_value("--across", text, "no | carried");
        p.across = text == "carried" ? app::Across::Carried : app::Across::No;
    });
    pack.option("--drug", p.statuses.drug, "help.flag.drug");
    pack.option("--prostitution", p.statuses.prostitution, "help.flag.prostitution");
    pack.path("--overrides", p.statuses.overrides, "help.flag.overrides");
    pack.parsed("--domain", "help.flag.domain", [&p](const std::string& text) {
        const auto found = app::parse_domains(text);
        if (!found) bad_value("--domain", text, "both | drug | prostitution");
        p.domains = *found;
    });
    pack.parsed("--year", "help.flag.year",
                [&p](const std::string& text) { p.period = period_flag("--year", text); });
    pack.parsed("--compare-year", "help.flag.pack_compare",
                [&p](const std::string& text) { p.before = period_flag("--compare-year", text); });
    pack.option("--plan", p.plan, "help.flag.plan");
    pack.option("--rule", p.rule, "help.flag.pack_rule");
    pack.option("--indicator", p.indicator, "help.flag.pack_indicator");
    pack.parsed("--top", "help.flag.pack_top",
                [&p](const std::string& text) {
                    p.top = static_cast<std::size_t>(whole_flag("--top", text, 1, "1 - 100"));
                    if (p.top > app::kMostPackRows) bad_value("--top", text, "1 - 100");
                })
        ->default_str(std::to_string(p.top));
    pack.option("--to", p.kinds, "help.flag.pack_to")->allow_extra_args(false);
    pack.lines(p.lines, p.outline);
    pack.parsed("--within", "help.flag.within",
                [&p](const std::string& text) {
                    p.within_m = app::parse_ground_distance("--within", text);
                })
        ->default_str(app::distance_flag(p.within_m));
    pack.line_layers(p.layers, "help.flag.lines");
    pack.list("--hide-places", p.hidden_kinds, "help.flag.hide_places");
    pack.option("--size", p.size, "help.flag.pack_size");
    pack.option("--title", p.title, "help.flag.title");
    pack.option("--source", p.source, "help.flag.source");
    pack.classification(p.classification);
    pack.path("--out", p.out, "help.flag.pack_out")->required();
    pack.common(invocation);
}

} // namespace diaban::cli
