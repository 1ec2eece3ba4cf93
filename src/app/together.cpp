#include "app/together.hpp"

#include "app/aggregate.hpp"
#include "app/cell_words.hpp"
#include "app/held_period.hpp"
#include "app/view.hpp"

namespace diaban::app {

Together together(const Dataset& dataset, std::size_t indicator, std::size_t asked,
                  std::span<const geo::FaceId> units, const Language& language) {
    const auto& cube = *dataset.cube;
    const auto period = held_period(cube, indicator, asked);
    const auto& what = cube.indicators[indicator];
    Together out;
    if (what.kind != data::Kind::Category) {
        const auto sum = aggregate(cube, indicator, period, units);
        out.known = sum.units;
        out.number = sum.value.has_value();
        if (!out.number) {
            out.text = language.text("legend.no_data");
            return out;
        }
        out.text = language.number(*sum.value, dataset.decimals[indicator]);
        if (sum.mean) out.text = language.text("table.mean", {{"value", out.text}});
        return out;
    }
    const auto counts = tally(cube, indicator, period, units);
    for (std::size_t k = 0; k < what.categories.size(); ++k) {
        if (counts[k] == 0) continue;
        out.known += counts[k];
        out.text += (out.text.empty() ? "" : " · ") + language.count(counts[k]) + " " +
                    category_text(what.categories[k], language);
    }
    return out;
}

std::string with_unit(const Together& together, const data::Indicator& indicator,
                      const Language& language) {
    const auto unit = together.number ? unit_text(indicator, language) : std::string();
    return unit.empty() ? together.text : together.text + " " + unit;
}

} // namespace diaban::app
