#include "gui/panels/map_kind.hpp"

#include "app/map_kind.hpp"
#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"
#include "map/size_steps.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::gui {
namespace {

using map::MapKind;

// Indicators that can be the other one of a bivariate map; rates first, as the fairer ones.
std::vector<std::size_t> seconds_for(const data::IndicatorCube& cube, std::size_t indicator) {
    std::vector<std::size_t> out;
    for (const bool rates : {true, false})
        for (std::size_t i = 0; i < cube.indicators.size(); ++i) {
            const auto kind = cube.indicators[i].kind;
            const bool rate = kind == data::Kind::Ratio;
            if (i != indicator && kind != data::Kind::Category && rate == rates) out.push_back(i);
        }
    return out;
}

void choose_second(Ui& ui, const data::IndicatorCube& cube, const app::StyledMap& styled) {
    const auto seconds = seconds_for(cube, styled.indicator);
    std::vector<std::string> texts;
    std::size_t at = 0;
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        texts.push_back(app::indicator_name(cube.indicators[seconds[i]], ui.document.language()));
        if (seconds[i] == styled.second) at = i;
    }
    if (!choice(ui, "ui.choice.second", at, texts)) return;
    app::MapChoice next = ui.document.project().map;
    next.second = cube.indicators[seconds[at]].id;
    next.second_breaks.clear(); // they were of other numbers
    choose(ui, next, "edit.kind");
}

void choose_dot_value(Ui& ui, const app::StyledMap& styled) {
    const app::Language& language = ui.document.language();
    const double now = app::dot_value_of(styled.classes);
    std::vector<double> values{0}; // as many as suit
    // Round numbers around the one that is drawn; parts of a whole only where it is one itself.
    double value = now;
    for (int below = 0; below < 2; ++below) {
        value = map::round_down(value * 0.99);
        if (value >= 1 || now < 1) values.push_back(value);
    }
    values.push_back(value = now);
    for (int above = 0; above < 3; ++above) values.push_back(value = map::round_up(value * 1.01));
    if (styled.choice.dot_value > 0) values.push_back(styled.choice.dot_value);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<std::string> texts{ui.text("ui.choice.dot_auto")};
    std::size_t at = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        const bool whole = values[i] == std::floor(values[i]);
        texts.push_back(language.number(values[i], whole ? 0 : base::decimals_for({0, values[i]})));
        if (values[i] == styled.choice.dot_value) at = i;
    }
    if (!choice(ui, "ui.choice.dot_value", at, texts)) return;
    app::MapChoice next = ui.document.project().map;
    next.dot_value = values[at];
    choose(ui, next, "edit.kind");
}

void choose_largest(Ui& ui, const app::StyledMap& styled) {
    constexpr int kLeast = 2, kMost = 60;
    int mm =
        static_cast<int>(std::lround(app::largest_mm(styled.choice, styled.style.entry_of.size())));
    if (!stepper(ui, "ui.choice.largest", mm, kLeast, kMost)) return;
    app::MapChoice next = ui.document.project().map;
    next.largest_mm = mm;
    choose(ui, next, "edit.kind", "largest");
}

} // namespace

void draw_map_kind(Ui& ui, const app::StyledMap& styled) {
    const auto dataset = ui.document.dataset();
    if (!dataset || !dataset->cube) return;
    const auto& cube = *dataset->cube;
    auto kinds = app::kinds_for(cube.indicators[styled.indicator]);
    const auto seconds = seconds_for(cube, styled.indicator);
    if (seconds.empty()) std::erase(kinds, MapKind::Bivariate);
    if (kinds.size() < 2) return;
    std::vector<std::string> texts;
    std::size_t at = 0;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        texts.push_back(ui.text("kind." + std::string(map::to_string(kinds[i]))));
        if (kinds[i] == styled.choice.kind) at = i;
    }
    ui.probe.state("map.kind", std::string(map::to_string(styled.choice.kind)));
    if (choice(ui, "ui.choice.kind", at, texts)) {
        app::MapChoice next = ui.document.project().map;
        next.kind = kinds[at];
        const auto known = cube.find(next.second);
        const bool has_second =
            known && std::find(seconds.begin(), seconds.end(), *known) != seconds.end();
        if (next.kind == MapKind::Bivariate && !has_second)
            next.second = cube.indicators[seconds.front()].id;
        choose(ui, next, "edit.kind");
        return;
    }
    if (styled.choice.kind == MapKind::Bivariate) choose_second(ui, cube, styled);
    if (styled.choice.kind == MapKind::Dots) choose_dot_value(ui, styled);
    if (styled.choice.kind == MapKind::Symbols || styled.choice.kind == MapKind::Graduated)
        choose_largest(ui, styled);
}

} // namespace diaban::gui
