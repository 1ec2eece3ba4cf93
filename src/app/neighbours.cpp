#include "app/neighbours.hpp"

#include "app/commands/flags.hpp"
#include "files/weights_file.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace diaban::app {

constexpr double kMetresPerKm = 1000;

using analysis::Decay;
using analysis::WeightsKind;

namespace {

std::vector<analysis::DrawnLink> rows_of(const std::vector<UnitLink>& links,
                                         const data::UnitTable& units) {
    std::vector<analysis::DrawnLink> out;
    if (links.empty()) return out;
    const auto ids = link_ids(units);
    const auto row = [&](const std::string& code) {
        const auto found = std::find(ids.begin(), ids.end(), code);
        if (found == ids.end())
            throw base::Error(base::ErrorKind::Usage, "error.weights.unknown_unit",
                              {{"code", code}});
        return static_cast<std::uint32_t>(found - ids.begin());
    };
    for (const auto& [a, b] : links) {
        if (a == b)
            throw base::Error(base::ErrorKind::Usage, "error.weights.self_link", {{"code", a}});
        out.emplace_back(row(a), row(b));
    }
    return out;
}

bool all_one(const std::vector<double>& weights) {
    return std::all_of(weights.begin(), weights.end(), [](double w) { return w == 1; });
}

// Links of a file with their weights. Distances (k nearest, distance bands of GeoDa) are none: with
// them, whoever is far away would count most.
analysis::Weights from_file(const std::filesystem::path& file, const Dataset& dataset) {
    auto read = files::read_weights(file, link_ids(dataset.vintage->units));
    analysis::Weights weights;
    weights.links = std::move(read.links);
    auto& column = weights.links.weight;
    if (read.own.empty() && all_one(column)) {
        column.clear();
        return weights;
    }
    if (read.own.empty() && analysis::are_distances(weights.links, *dataset.vintage->coverage)) {
        column.clear();
        weights.column = analysis::FileColumn::Distances;
        return weights;
    }
    weights.column = analysis::FileColumn::Weights;
    weights.self_weight = std::numeric_limits<double>::quiet_NaN();
    for (const double own : read.own) {
        if (std::isnan(own)) continue;
        if (!std::isnan(weights.self_weight) && weights.self_weight != own)
            throw base::Error(base::ErrorKind::Data, "error.weights.own",
                              {{"file", file.filename().string()}});
        weights.self_weight = own;
    }
    return weights;
}

} // namespace

std::vector<std::string> link_ids(const data::UnitTable& units) {
    auto ids = units.code;
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (ids[i].empty()) ids[i] = "row_" + std::to_string(i + 1);
    return ids;
}

std::vector<UnitLink> with_link(std::vector<UnitLink> links, const data::UnitTable& units,
                                std::size_t a, std::size_t b) {
    const auto ids = link_ids(units);
    return joined_links(std::move(links), {{ids.at(a), ids.at(b)}});
}

std::vector<UnitLink> joined_links(std::vector<UnitLink> links, const std::vector<UnitLink>& more) {
    for (const auto& link : more) {
        const UnitLink other_way{link.second, link.first};
        if (link != other_way && std::find(links.begin(), links.end(), link) == links.end() &&
            std::find(links.begin(), links.end(), other_way) == links.end())
            links.push_back(link);
    }
    return links;
}

std::vector<UnitLink> links_here(const std::vector<UnitLink>& links, const data::UnitTable& units) {
    if (links.empty()) return links;
    const auto ids = link_ids(units);
    const std::set<std::string> known(ids.begin(), ids.end());
    std::vector<UnitLink> out;
    for (const auto& link : links)
        if (known.count(link.first) && known.count(link.second)) out.push_back(link);
    return out;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> known_links(const std::vector<UnitLink>& links,
                                                                 const data::UnitTable& units) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;
    const auto ids = link_ids(units);
    const auto row = [&](const std::string& id) {
        return static_cast<std::uint32_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
    };
    for (const auto& [from, to] : links)
        if (const auto a = row(from), b = row(to); a < ids.size() && b < ids.size())
            rows.emplace_back(a, b);
    return rows;
}

analysis::Weights weights_of(const NeighbourChoice& choice, const Dataset& dataset,
                             base::JobContext& ctx) {
    auto spec = choice.spec;
    spec.drawn = rows_of(choice.links, dataset.vintage->units);
    if (choice.file.empty()) return analysis::make_weights(*dataset.vintage->coverage, spec, ctx);
    return analysis::complete(from_file(choice.file, dataset), *dataset.vintage->coverage, spec);
}

std::string neighbours_text(const NeighbourChoice& choice, const analysis::Weights& weights,
                            const Language& language) {
    const auto& spec = choice.spec;
    std::string text;
    if (!choice.file.empty())
        text = language.text(
            spec.decay != Decay::None                           ? "weights.file"
            : weights.column == analysis::FileColumn::Distances ? "weights.file_distances"
            : weights.column == analysis::FileColumn::Weights   ? "weights.file_weights"
                                                                : "weights.file",
            {{"file", choice.file.filename().string()}});
    else if (spec.kind == WeightsKind::Nearest)
        text = language.text("weights.nearest", {{"k", std::int64_t{spec.k}}});
    else if (spec.kind == WeightsKind::DistanceBand)
        text =
            weights.distance_m < kMetresPerKm
                ? language.text(
                      "weights.distance_m",
                      {{"m", language.number(weights.distance_m, weights.distance_m < 10 ? 2 : 0)}})
                : language.text("weights.distance",
                                {{"km", language.number(weights.distance_m / kMetresPerKm, 1)}});
    else
        text = language.text(spec.kind == WeightsKind::Queen ? "weights.queen" : "weights.rook",
                             {{"order", std::int64_t{spec.order}}});
    if (spec.decay == Decay::Inverse)
        text += ", " + language.text("weights.inverse", {{"power", spec.power}});
    else if (spec.decay != Decay::None)
        text += ", " + language.text("weights.kernel",
                                     {{"name", std::string(analysis::to_string(spec.decay))}});
    if (!choice.links.empty())
        text += ", " + language.text("weights.links",
                                     {{"count", static_cast<std::int64_t>(choice.links.size())}});
    return text;
}

void add_flags(Flags& flags, const NeighbourChoice& choice) {
    const auto& spec = choice.spec;
    if (!choice.file.empty()) {
        flags.insert(flags.end(), {"--weights", choice.file.string()});
    } else if (spec.kind == WeightsKind::Nearest) {
        flags.insert(flags.end(), {"--nearest", std::to_string(spec.k)});
    } else if (spec.kind == WeightsKind::DistanceBand) {
        flags.insert(flags.end(), {"--distance", number_flag(spec.distance_m)});
    } else {
        flags.insert(flags.end(), {"--contiguity", std::string(analysis::to_string(spec.kind))});
        if (spec.order != 1) flags.insert(flags.end(), {"--order", std::to_string(spec.order)});
    }
    if (spec.decay != Decay::None)
        flags.insert(flags.end(), {"--decay", std::string(analysis::to_string(spec.decay))});
    if (spec.decay == Decay::Inverse && spec.power != 1)
        flags.insert(flags.end(), {"--power", number_flag(spec.power)});
    for (const auto& [a, b] : choice.links) flags.insert(flags.end(), {"--link", a + "=" + b});
}

} // namespace diaban::app
