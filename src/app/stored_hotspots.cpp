#include "app/stored_hotspots.hpp"

#include "app/inputs_hash.hpp"
#include "app/kept_list.hpp"

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

Json neighbours_json(const NeighbourChoice& n) {
    Json out{{"kind", analysis::to_string(n.spec.kind)},
             {"order", n.spec.order},
             {"k", n.spec.k},
             {"distance_m", n.spec.distance_m},
             {"decay", analysis::to_string(n.spec.decay)},
             {"power", n.spec.power}};
    if (!n.links.empty()) out["links"] = n.links;
    if (!n.file.empty()) out["file"] = n.file.string();
    return out;
}

NeighbourChoice read_neighbours(const Json& in) {
    using analysis::WeightsKind;
    NeighbourChoice n;
    const auto kind = in.value("kind", "queen");
    for (const auto one :
         {WeightsKind::Queen, WeightsKind::Rook, WeightsKind::Nearest, WeightsKind::DistanceBand})
        if (analysis::to_string(one) == kind) n.spec.kind = one;
    n.spec.order = in.value("order", 1);
    n.spec.k = in.value("k", 6);
    n.spec.distance_m = in.value("distance_m", 0.0);
    n.spec.decay = analysis::parse_decay(in.value("decay", "none")).value_or(analysis::Decay::None);
    n.spec.power = in.value("power", 1.0);
    if (in.contains("links")) in.at("links").get_to(n.links);
    n.file = in.value("file", "");
    return n;
}

Json to_json(const StoredHotspots& s) {
    const auto& r = s.request;
    Json out{{"name", s.name},
             {"method", to_string(r.method)},
             {"indicator", r.indicator},
             {"period", data::to_string(r.period)},
             {"since", data::to_string(r.since)},
             {"second", r.second},
             {"yes", r.yes},
             {"rate", r.rate ? std::string(analysis::to_string(*r.rate)) : ""},
             {"weights", neighbours_json(r.neighbours)},
             {"permutations", r.permutations},
             {"seed", r.seed},
             {"alpha", r.alpha},
             {"correction", analysis::to_string(r.correction)},
             {"directed", r.directed},
             {"most_population", r.most_population},
             {"most_time", r.most_time},
             {"replicas", r.replicas},
             {"inputs", s.inputs},
             {"significant", s.significant},
             {"sentence", s.sentence},
             {"method_line", s.method_line},
             {"left_out", s.left_out}};
    return out;
}

StoredHotspots from_json(const Json& in) {
    StoredHotspots s;
    auto& r = s.request;
    s.name = in.at("name");
    r.method = parse_hotspot_method(in.value("method", "")).value_or(HotspotMethod::GiStar);
    r.indicator = in.value("indicator", "");
    r.period = data::parse_period(in.value("period", "")).value_or(data::Period{});
    r.since = data::parse_period(in.value("since", "")).value_or(data::Period{});
    r.second = in.value("second", "");
    if (in.contains("yes")) in.at("yes").get_to(r.yes);
    r.rate = parse_rate(in.value("rate", ""));
    if (in.contains("weights")) r.neighbours = read_neighbours(in.at("weights"));
    r.permutations = in.value("permutations", r.permutations);
    r.seed = in.value("seed", r.seed);
    r.alpha = in.value("alpha", r.alpha);
    r.correction = parse_correction(in.value("correction", "")).value_or(r.correction);
    r.directed = in.value("directed", false);
    r.most_population = in.value("most_population", r.most_population);
    r.most_time = in.value("most_time", r.most_time);
    r.replicas = in.value("replicas", r.replicas);
    s.inputs = in.value("inputs", "");
    s.significant = in.value("significant", std::size_t{0});
    s.sentence = in.value("sentence", "");
    s.method_line = in.value("method_line", "");
    if (in.contains("left_out")) in.at("left_out").get_to(s.left_out);
    r = relevant(r);
    return s;
}

} // namespace

std::string inputs_hash(const HotspotsInputs& in) {
    InputsHash hash;
    for (const auto& code : in.dataset->vintage->units.code) hash.add(code);
    // True values, whatever the classification: all that x and y are made of.
    const auto& cube = *in.dataset->cube;
    const auto& what = cube.indicators[in.indicator];
    const auto second = in.y.empty() ? "" : cube.indicators[in.second].id;
    for (const auto& id : {what.id, what.numerator, what.denominator, second}) {
        const auto at = cube.find(id);
        if (!at) continue;
        for (const auto p : in.periods) {
            const auto slice = cube.slice(*at, p);
            for (std::size_t u = 0; u < slice.size(); ++u) {
                hash.add(static_cast<std::uint64_t>(slice.state[u]));
                hash.add(slice.value[u]);
            }
        }
    }
    for (const auto offset : in.links.offset) hash.add(std::uint64_t{offset});
    for (const auto to : in.links.index) hash.add(std::uint64_t{to});
    for (const double w : in.links.weight) hash.add(w);
    return hash.text();
}

StoredHotspots to_store(std::string name, const HotspotsReport& report,
                        const HotspotsInputs& inputs) {
    StoredHotspots s{.name = std::move(name),
                     .request = report.request,
                     .inputs = inputs_hash(inputs),
                     .significant = report.significant,
                     .sentence = report.sentence,
                     .method_line = report.method_line};
    // The same request with the same defaults, also when newer data arrives.
    s.request.indicator = report.map.choice.indicator;
    s.request.period = report.map.choice.period;
    const HotspotsRequest standard;
    s.request.data = standard.data;
    s.request.page = standard.page;
    s.request.layers.clear();
    s.request.dpi = standard.dpi;
    s.request.classification = standard.classification;
    s.request.out.clear();
    s.request.map_out.clear();
    s.request.scatter_out.clear();
    s.request.significance = false;
    for (std::size_t u = 0; u < report.classes.size(); ++u)
        if (const auto& word = report.classes[u]; word == "island" || word == "no-data" ||
                                                  word == "undefined" || word == "few-periods" ||
                                                  word == "incomplete")
            s.left_out.emplace_back(report.codes[u], word);
    return s;
}

namespace {

constexpr KeptList<StoredHotspots> kResults{"results", from_json, to_json};

} // namespace

std::vector<StoredHotspots> stored_hotspots(const Project& project) {
    return kResults.of(project.results);
}

Project with_stored(Project project, const StoredHotspots& result) {
    project.links = joined_links(std::move(project.links), result.request.neighbours.links);
    project.results = kResults.with(project.results, result);
    return project;
}

StoredHotspots with_free_name(const Project& project, StoredHotspots result) {
    // Links are the project's, whoever drew them.
    const auto without_links = [](HotspotsRequest request) {
        request.neighbours.links.clear();
        return request;
    };
    const auto kept = stored_hotspots(project);
    const auto taken = [&](const std::string& name) {
        return std::any_of(kept.begin(), kept.end(), [&](const StoredHotspots& one) {
            return one.name == name &&
                   !(without_links(one.request) == without_links(result.request));
        });
    };
    const auto name = result.name;
    for (int k = 2; taken(result.name); ++k) result.name = name + " (" + std::to_string(k) + ")";
    return result;
}

Project without_stored(Project project, const std::string& name) {
    project.results = kResults.without(project.results, name);
    return project;
}

StoredHotspots find_stored(const Project& project, const std::string& name) {
    std::string known;
    for (auto& one : stored_hotspots(project)) {
        if (one.name == name) return one;
        known += (known.empty() ? "" : ", ") + one.name;
    }
    throw Error(ErrorKind::Usage, "error.hotspots.no_stored", {{"name", name}, {"known", known}});
}

} // namespace diaban::app
