#include "app/where_filter.hpp"

#include "app/query_ground.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

using Role = map::LegendEntry::Role;

// Darker than the lightest class, so that what counts little is not taken for what does not count.
constexpr map::Colour kLeftOut{0xDC, 0xDE, 0xE2};

map::LegendEntry left_out_row(const char* key, std::string label, map::Colour colour,
                              map::Hatch hatch) {
    map::LegendEntry entry;
    entry.role = Role::LeftOut;
    entry.key = key;
    entry.label = std::move(label);
    entry.colour = colour;
    entry.hatch = hatch;
    return entry;
}

} // namespace

const std::vector<data::Flag>& WhereFilter::at(data::Period period) const {
    const auto found = std::find_if(periods.begin(), periods.end(),
                                    [&](const auto& one) { return one.first == period; });
    return found == periods.end() ? periods.back().second : found->second;
}

Faces WhereFilter::units(data::Period period) const {
    return query_units(at(period)).yes;
}

std::shared_ptr<const WhereFilter> where_filter(const std::string& text,
                                                std::shared_ptr<const Dataset> dataset,
                                                const QuerySources* sources,
                                                Classification classification,
                                                const Language& language, base::JobContext& ctx) {
    if (text.empty()) return nullptr;
    try {
        const auto query = data::parse_query(text);
        auto out = std::make_shared<WhereFilter>();
        out->text = text;
        std::vector<data::Period> periods;
        if (dataset->cube) periods = dataset->cube->periods;
        if (periods.empty()) periods.emplace_back();
        QueryGround ground(std::move(dataset), sources ? *sources : QuerySources{}, classification,
                           ctx);
        const auto needs = data::needs_of(query);
        for (const auto period : periods) {
            ctx.check();
            ground.find(needs, period, language, ctx);
            out->periods.emplace_back(period, ground.flags(query, period));
        }
        return out;
    } catch (base::Error& error) {
        throw error.in({"context.query", {{"query", text}}});
    }
}

void set_aside(map::Style& style, const WhereFilter& filter, data::Period period,
               const Language& language) {
    const auto& flags = filter.at(period);
    const auto out = style.entries.size();
    style.entries.push_back(left_out_row("not_in_query", language.text("legend.not_in_query"),
                                         kLeftOut, map::Hatch::None));
    const auto move = [&](std::size_t unit, std::size_t entry) {
        --style.entries[style.entry_of[unit]].count;
        style.entry_of[unit] = static_cast<std::uint16_t>(entry);
        ++style.entries[entry].count;
    };
    for (std::size_t unit = 0; unit < style.entry_of.size() && unit < flags.size(); ++unit) {
        if (flags[unit] == data::Flag::Yes ||
            style.entries[style.entry_of[unit]].role == Role::NotExisting)
            continue;
        if (flags[unit] == data::Flag::Unknown && style.entries.size() == out + 1)
            style.entries.push_back(left_out_row("query_unknown",
                                                 language.text("legend.query_unknown"), kLeftOut,
                                                 map::Hatch::FineDots));
        move(unit, flags[unit] == data::Flag::No ? out : out + 1);
    }
}

std::vector<map::LegendEntry> rows_in_query(const map::Style& style) {
    auto out = style.entries;
    std::erase_if(out, [](const map::LegendEntry& row) { return row.role == Role::LeftOut; });
    return out;
}

std::shared_ptr<const Dataset> with_values_of(const Faces& units,
                                              const std::shared_ptr<const Dataset>& dataset) {
    auto cube = std::make_shared<data::IndicatorCube>(*dataset->cube);
    std::vector<bool> kept(cube->units(), false);
    for (const auto unit : units) kept[unit] = true;
    for (std::size_t i = 0; i < cube->indicators.size(); ++i)
        for (std::size_t p = 0; p < cube->periods.size(); ++p)
            for (std::size_t u = 0; u < kept.size(); ++u)
                if (!kept[u]) cube->set(i, p, u, 0, data::Cell::Missing);
    auto out = std::make_shared<Dataset>(*dataset);
    out->cube = std::move(cube);
    return out;
}

} // namespace diaban::app
