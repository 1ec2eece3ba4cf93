// The flags of `near`.

#include "app/place_source.hpp"
#include "cli/verb.hpp"

namespace diaban::cli {
namespace {

// There is one distance: a second flag that says another is refused, not silently the winner.
class OneDistance {
public:
    void take(const char* flag) {
        if (!first_.empty() && first_ != flag)
            throw base::Error(base::ErrorKind::Usage, "error.near.two_distances",
                              {{"first", first_}, {"second", std::string(flag)}});
        first_ = flag;
    }

private:
    std::string first_;
};

void add_distance(Verb& verb, app::NearRequest& near) {
    const auto one = std::make_shared<OneDistance>();
    verb.parsed("--within", "help.flag.within",
                [&near, one](const std::string& text) {
                    one->take("--within");
                    near.within_m = app::parse_ground_distance("--within", text);
                })
        ->default_str(app::distance_flag(near.within_m));
    verb.parsed("--farther-than", "help.flag.farther_than", [&near, one](const std::string& text) {
        one->take("--farther-than");
        near.within_m = app::parse_ground_distance("--farther-than", text);
        near.farther = true;
    });
    verb.parsed("--rings", "help.flag.rings", [&near, one](const std::string& text) {
        one->take("--rings");
        near.rings_m = app::parse_rings("--rings", text);
        near.within_m = near.rings_m.back();
    });
}

} // namespace

void define_near(CLI::App& app, Requests& r, Invocation& invocation,
                 const app::Language& language) {
    auto& n = r.near;
    Verb near(app, "near", language);
    near.data(n.data, true);
    near.option("--to", n.kinds, "help.flag.near_to")->allow_extra_args(false);
    near.lines(n.lines, n.outline);
    near.parsed("--year", "help.flag.near_year",
                [&n](const std::string& text) { n.period = period_flag("--year", text); });
    add_distance(near, n);
    near.parsed("--nearest", "help.flag.near_nearest",
                [&n](const std::string& text) {
                    n.nearest =
                        static_cast<std::size_t>(whole_flag("--nearest", text, 1, "1, 2, 3 …"));
                })
        ->default_str("1");
    near.parsed("--rule", "help.flag.near_rule",
                [&n](const std::string& text) {
                    const auto rule = app::parse_near_rule(text);
                    if (!rule)
                        bad_value("--rule", text,
                                  "edge | centroid | area-share | population-share");
                    n.rule = *rule;
                })
        ->default_str(std::string(app::to_string(n.rule)));
    near.option("--share", n.share, "help.flag.near_share");
    near.parsed("--people", "help.flag.near_people",
                [&n](const std::string& text) { n.people = app::parse_people(text); });
    near.line_layers(n.layers, "help.flag.lines");
    near.page(n.page, n.dpi);
    near.classification(n.classification);
    near.path("--out", n.out, "help.flag.near_out");
    near.path("--map", n.map_out, "help.flag.near_map");
    near.common(invocation);
}

} // namespace diaban::cli
