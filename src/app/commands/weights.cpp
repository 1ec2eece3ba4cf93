#include "app/commands/weights.hpp"

#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "base/text.hpp"
#include "files/weights_file.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

constexpr std::size_t kListed = 30; // units named one by one

// "   6 neighbours  ████████ 1,234"; the longest bar has 40 signs.
std::string histogram_text(const std::vector<std::size_t>& histogram, const Language& language) {
    constexpr std::size_t kLongest = 40;
    const auto most = std::max<std::size_t>(
        1, histogram.empty() ? 0 : *std::max_element(histogram.begin(), histogram.end()));
    std::string out;
    for (std::size_t k = 0; k < histogram.size(); ++k) {
        const auto bar = (histogram[k] * kLongest + most - 1) / most;
        auto number = std::to_string(k);
        out += std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') + number + "  ";
        for (std::size_t i = 0; i < bar; ++i) out += "█";
        out += (bar ? " " : "") + language.count(histogram[k]) + "\n";
    }
    return out;
}

// "153; 5; 1; 1 …": the sizes of the components.
std::string sizes_text(const WeightsReport& r, const Language& language) {
    constexpr std::size_t kSizes = 12;
    std::string out;
    for (std::size_t i = 0; i < r.summary.parts.size() && i < kSizes; ++i)
        out += (i ? "; " : "") + language.count(r.summary.parts[i].size());
    return out + (r.summary.parts.size() > kSizes ? " …" : "");
}

// Units apart from the largest component, a component a line; islands have a list of their own.
std::string parts_text(const WeightsReport& r, const Language& language) {
    std::string out;
    for (std::size_t i = 1; i < r.summary.parts.size() && i < kListed; ++i) {
        const auto& part = r.summary.parts[i];
        if (part.size() < 2) break; // they come by size
        std::string names;
        for (std::size_t k = 0; k < part.size() && k < kListed; ++k)
            names +=
                (k ? ", " : "") + (r.names[part[k]].empty() ? r.ids[part[k]] : r.names[part[k]]);
        out += "  – " +
               language.text("weights.part",
                             {{"count", as_count(part.size())},
                              {"names", names + (part.size() > kListed ? " …" : "")}}) +
               "\n";
    }
    return out;
}

Json parts_json(const WeightsReport& r) {
    Json out = Json::array();
    for (const auto& part : r.summary.parts) {
        Json units = Json::array();
        for (const auto u : part) units.push_back(r.ids[u]);
        out.push_back({{"size", part.size()}, {"units", std::move(units)}});
    }
    return out;
}

} // namespace

WeightsReport run(const WeightsRequest& request, const Dataset& dataset, base::JobContext& ctx) {
    const auto extension = base::lower(request.out.extension().string());
    if (!request.out.empty() && extension != ".gal" && extension != ".gwt")
        throw base::Error(base::ErrorKind::Usage, "error.weights.format",
                          {{"file", request.out.string()}});
    ctx.stage("stage.weights");
    const auto weights = weights_of(request.neighbours, dataset, ctx);
    WeightsReport report{.summary = analysis::summarise(weights.links),
                         .neighbours = request.neighbours,
                         .histogram = request.histogram,
                         .distance_m = weights.distance_m};
    const auto& units = dataset.vintage->units;
    report.ids = link_ids(units);
    report.names = units.name;
    const auto& ids = report.ids;
    for (const auto island : report.summary.islands) {
        report.island_codes.push_back(ids[island]);
        report.island_names.push_back(units.name[island]);
    }
    for (std::size_t u = 0; u < ids.size(); ++u)
        if (units.code[u].empty()) {
            report.numbered_ids.push_back(ids[u]);
            report.numbered_names.push_back(units.name[u]);
        }
    if (!request.out.empty()) {
        // A kernel has a height at the unit itself, without which the file would not be the same.
        const bool kernel =
            !weights.metres && !weights.links.weight.empty() && !std::isnan(weights.self_weight);
        files::write_weights(
            request.out, weights.links, ids, request.data.boundaries.stem().string(),
            request.data.code_column.empty() ? "code" : request.data.code_column,
            kernel ? std::vector<double>(ids.size(), weights.self_weight) : std::vector<double>());
        report.file = request.out;
    }
    return report;
}

std::string to_json(const WeightsReport& r, const Language&) {
    Json islands = Json::array();
    for (std::size_t i = 0; i < r.island_codes.size(); ++i)
        islands.push_back({{"code", r.island_codes[i]}, {"name", r.island_names[i]}});
    Json numbered = Json::array();
    for (std::size_t i = 0; i < r.numbered_ids.size(); ++i)
        numbered.push_back({{"id", r.numbered_ids[i]}, {"name", r.numbered_names[i]}});
    const auto& spec = r.neighbours.spec;
    Json out{{"contiguity", analysis::to_string(spec.kind)},
             {"order", spec.order},
             {"decay", analysis::to_string(spec.decay)},
             {"drawn", r.neighbours.links.size()},
             {"n", r.summary.n},
             {"links", r.summary.links},
             {"islands", std::move(islands)},
             {"components", r.summary.components},
             {"parts", parts_json(r)},
             {"min", r.summary.min},
             {"mean", r.summary.mean},
             {"max", r.summary.max},
             {"histogram", r.summary.histogram},
             {"without_code", std::move(numbered)}};
    if (r.distance_m > 0) out["distance_m"] = r.distance_m;
    if (!r.file.empty()) out["file"] = r.file.string();
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const WeightsReport& r, const Language& language) {
    Lines lines(language);
    lines.add("report.units", r.summary.n)
        .add("report.links", r.summary.links)
        .add("report.neighbours_mean", language.number(r.summary.mean, 2))
        .add("report.neighbours_range",
             language.count(r.summary.min) + " – " + language.count(r.summary.max))
        .add("report.components",
             language.count(r.summary.components) +
                 (r.summary.components > 1 ? " (" + sizes_text(r, language) + ")" : ""))
        .add("report.islands", r.summary.islands.size());
    if (r.distance_m > 0) lines.add("report.distance_m", language.number(r.distance_m, 0));
    lines.raw(parts_text(r, language));
    if (r.histogram) lines.raw(histogram_text(r.summary.histogram, language));
    const auto list = [&](const auto& names, const auto& ids) {
        for (std::size_t i = 0; i < ids.size() && i < kListed; ++i)
            lines.raw("  – " + names[i] + (names[i].empty() ? "(" : " (") + ids[i] + ")\n");
    };
    list(r.island_names, r.island_codes);
    if (!r.numbered_ids.empty()) {
        lines.raw(language.text("weights.numbered", {{"count", as_count(r.numbered_ids.size())}}) +
                  "\n");
        list(r.numbered_names, r.numbered_ids);
    }
    return lines.take();
}

std::vector<std::string> to_flags(const WeightsRequest& request) {
    Flags flags{"weights"};
    add_flags(flags, request.data);
    add_flags(flags, request.neighbours);
    if (request.histogram) flags.emplace_back("--histogram");
    if (!request.out.empty()) flags.insert(flags.end(), {"--out", request.out.string()});
    return flags;
}

} // namespace diaban::app
