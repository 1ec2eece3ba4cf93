#include "app/query_ground.hpp"

#include "app/commands/hotspots_result.hpp"
#include "app/hotspot_style.hpp"
#include "app/project.hpp"
#include "geo/contiguity.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

// Classes that say that there is no class.
constexpr std::array<std::string_view, 4> kNoClass{"no-data", "undefined", "not-asked",
                                                   "few-periods"};

std::vector<std::string> classes_of(const StoredHotspots& stored,
                                    const std::shared_ptr<const Dataset>& dataset,
                                    const QuerySources& sources, Classification classification,
                                    const Language& language, base::JobContext& ctx) {
    auto request = stored.request;
    request.classification = classification;
    request.neighbours.links = links_here(
        joined_links(std::move(request.neighbours.links), sources.links), dataset->vintage->units);
    auto classes = find_hotspots(request, dataset, language, ctx).report.classes;
    for (auto& word : classes)
        if (std::find(kNoClass.begin(), kNoClass.end(), word) != kNoClass.end()) word.clear();
    return classes;
}

constexpr std::size_t kClustersTold = 8; // in a legend, apart from each other
constexpr std::string_view kCluster = "cluster-";

} // namespace

std::vector<std::string> result_words(const HotspotsRequest& request, const Dataset& dataset) {
    std::vector<std::string> out;
    switch (request.method) {
    case HotspotMethod::Scan:
        for (std::size_t k = 1; k <= kClustersTold; ++k)
            out.push_back(std::string(kCluster) + std::to_string(k));
        out.insert(out.end(), {"no-cluster", "incomplete"});
        return out;
    case HotspotMethod::Trend:
        return {"rising", "falling", "no-trend", "constant"};
    case HotspotMethod::Emerging:
        out = {"hot-now", "hot-before", "cold-now", "cold-before"};
        // Few periods have a history only; which periods take part is found with the result.
        if (!dataset.cube || dataset.cube->periods.size() >= analysis::kFewestForEmerging)
            for (const char* side : {"-hot", "-cold"})
                for (auto k = static_cast<int>(analysis::Emerging::Historical);
                     k <= static_cast<int>(analysis::Emerging::Sporadic); ++k)
                    out.push_back(std::string(to_string(static_cast<analysis::Emerging>(k))) +
                                  side);
        out.insert(out.end(), {"no-pattern", "island"});
        return out;
    default:
        return local_class_words(statistic_of(request.method), request.alpha);
    }
}

std::string result_text(const std::string& word, const HotspotsRequest& request,
                        const Language& language) {
    switch (request.method) {
    case HotspotMethod::Scan:
        if (word.starts_with(kCluster))
            return language.text("query.class.cluster", {{"number", word.substr(kCluster.size())}});
        [[fallthrough]];
    case HotspotMethod::Trend:
    case HotspotMethod::Emerging:
        return language.text("hotspots.class." + word);
    default:
        return local_class_text(word, statistic_of(request.method), request.alpha, language,
                                request.method == HotspotMethod::Differential ? "hotspots.change."
                                                                              : "hotspots.class.");
    }
}

QuerySources query_sources(const Project& project) {
    return {.sets = project.sets,
            .lines = near_lines(project.lines),
            .outline = project.outline,
            .results = stored_hotspots(project),
            .links = project.links};
}

std::shared_ptr<const Dataset> with_outline(std::shared_ptr<const Dataset> dataset,
                                            const QuerySources& sources, const Language& language,
                                            base::JobContext& ctx) {
    NearRequest near{.lines = sources.lines};
    near.outline = outline_here(sources.outline, dataset->vintage->units);
    auto flags = outline_flags(std::move(near), *dataset, language, ctx);
    if (flags.empty()) return dataset;
    auto out = std::make_shared<Dataset>(*dataset);
    out->outline = std::move(flags);
    return out;
}

std::vector<std::string> source_flags(const data::Query& query, const QuerySources& sources,
                                      const std::filesystem::path& project) {
    const auto needs = data::needs_of(query);
    const auto drawn = [&](const std::string& kind) {
        const auto of_kind = [&](const auto& one) { return one.kind == kind; };
        return std::any_of(sources.lines.begin(), sources.lines.end(), of_kind) ||
               std::any_of(sources.outline.begin(), sources.outline.end(), of_kind);
    };
    bool lines = !needs.outlines.empty();
    for (const auto& kinds : needs.kinds)
        lines = lines || (kinds.empty() ? !sources.lines.empty() || !sources.outline.empty()
                                        : std::any_of(kinds.begin(), kinds.end(), drawn));
    const auto asked = data::conditions_of(query);
    const bool kept = !needs.results.empty() ||
                      std::any_of(asked.begin(), asked.end(), [](const data::Condition* one) {
                          return one->subject == data::Subject::Set;
                      });
    std::vector<std::string> out;
    if (!project.empty() && (lines || kept))
        out = {"--project", project.string()};
    else if (lines)
        add_flags(out, sources.lines, sources.outline);
    return out;
}

QueryGround::QueryGround(std::shared_ptr<const Dataset> dataset, QuerySources sources,
                         Classification classification, base::JobContext& ctx)
    : dataset_(std::move(dataset)), sources_(std::move(sources)), classification_(classification) {
    shown_ = dataset_->cube && classification == Classification::Public
                 ? mask(dataset_, {}, ctx).dataset
                 : dataset_;
    inputs_.units = &dataset_->vintage->units;
    inputs_.cube = shown_->cube.get();
    for (const auto& set : sources_.sets) inputs_.sets[set.name] = set.codes;
    for (const auto& stored : sources_.results) inputs_.known_results.push_back(stored.name);
}

data::Period QueryGround::place_period(data::Period period) const {
    return dated_places(*dataset_) ? period : data::Period{};
}

NearRequest QueryGround::measured_to(std::vector<std::string> kinds) const {
    NearRequest near{.kinds = std::move(kinds), .lines = sources_.lines};
    near.outline = outline_here(sources_.outline, dataset_->vintage->units);
    return near;
}

bool QueryGround::has(const data::QueryNeeds& needs, data::Period period) const {
    const auto known = [](const auto& map) {
        return [&map](const auto& key) { return map.contains(key); };
    };
    const auto stored = [&](const std::string& name) {
        return inputs_.results.contains(name) ||
               std::none_of(sources_.results.begin(), sources_.results.end(),
                            [&](const StoredHotspots& one) { return one.name == name; });
    };
    return (!needs.neighbours || neighbours_) && (needs.domains.empty() || statuses_found_) &&
           (needs.kinds.empty() || measured_ == place_period(period)) &&
           std::all_of(needs.kinds.begin(), needs.kinds.end(), known(inputs_.metres)) &&
           std::all_of(needs.outlines.begin(), needs.outlines.end(), known(inputs_.outlines)) &&
           std::all_of(needs.results.begin(), needs.results.end(), stored);
}

void QueryGround::take(const Statuses& statuses) {
    statuses_found_ = true;
    for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution})
        if (!statuses.of(domain).empty()) inputs_.statuses[domain] = statuses.of(domain);
}

void QueryGround::find(const data::QueryNeeds& needs, data::Period period, const Language& language,
                       base::JobContext& ctx) {
    if (needs.neighbours && !neighbours_)
        neighbours_ = std::make_shared<const geo::Csr>(
            geo::neighbours(*dataset_->vintage->coverage, geo::Contiguity::Queen));
    inputs_.neighbours = neighbours_.get();
    if (!needs.domains.empty() && !statuses_found_) {
        try {
            take(find_statuses(*dataset_, {}, ctx));
        } catch (const base::Error& error) {
            if (error.message.key != "error.status.none") throw;
            statuses_found_ = true; // the query says where it asks for what is not there
        }
    }
    if (measured_ != place_period(period)) inputs_.metres.clear();
    measured_ = place_period(period);
    for (const auto& kinds : needs.kinds) {
        if (inputs_.metres.contains(kinds)) continue;
        auto near = measured_to(kinds);
        near.period = measured_;
        inputs_.metres[kinds] = near_distances(std::move(near), *dataset_, language, ctx);
    }
    if (!std::all_of(needs.outlines.begin(), needs.outlines.end(),
                     [&](const auto& kind) { return inputs_.outlines.contains(kind); }))
        inputs_.outlines = outline_flags(
            measured_to({needs.outlines.begin(), needs.outlines.end()}), *dataset_, language, ctx);
    for (const auto& stored : sources_.results)
        if (needs.results.contains(stored.name) && !inputs_.results.contains(stored.name)) {
            inputs_.results[stored.name] =
                classes_of(stored, dataset_, sources_, classification_, language, ctx);
            inputs_.result_words[stored.name] = result_words(stored.request, *dataset_);
        }
}

std::vector<data::Flag> QueryGround::flags(const data::Query& query, data::Period period) const {
    return data::evaluate(query, inputs_, period);
}

QueryUnits query_units(const std::vector<data::Flag>& flags) {
    QueryUnits out;
    for (std::size_t u = 0; u < flags.size(); ++u)
        if (flags[u] != data::Flag::No)
            (flags[u] == data::Flag::Yes ? out.yes : out.unknown)
                .push_back(static_cast<geo::FaceId>(u));
    return out;
}

std::vector<data::Flag> query_fact(const std::string& text, const Dataset& dataset,
                                   const Statuses& statuses, data::Period period,
                                   Classification classification, const QuerySources& sources,
                                   base::JobContext& ctx) {
    try {
        const auto query = data::parse_query(text);
        // Not owned: the facts are gone before the dataset is.
        QueryGround ground(std::shared_ptr<const Dataset>(std::shared_ptr<void>(), &dataset),
                           sources, classification, ctx);
        ground.take(statuses);
        // Places are measured to, their names are not shown.
        ground.find(data::needs_of(query), period, *Language::load("en"), ctx);
        return ground.flags(query, period);
    } catch (base::Error& error) {
        throw error.in({"context.query", {{"query", text}}});
    }
}

} // namespace diaban::app
