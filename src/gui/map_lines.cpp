#include "gui/map_lines.hpp"

#include "app/identify.hpp"
#include "geo/thin_line.hpp"
#include "gui/map_view.hpp"

#include <cmath>

namespace diaban::gui {

void MapLines::update(Ui& ui, const std::shared_ptr<const app::Dataset>& dataset) {
    const auto& layers = ui.document.project().lines;
    Key key{dataset, {}};
    for (const app::LineLayer& layer : layers) key.files.emplace_back(layer.file, layer.layer);
    if (read_->fresh && read_->key == key) ui.shell.line_columns = read_->columns;
    if (!dataset || key == asked_) return;
    asked_ = key;
    ui.shell.line_columns.clear();
    if (key.files.empty()) {
        *read_ = {};
        return;
    }
    ui.document.jobs().run(
        {.key = "lines", .replace = true},
        [key](base::JobContext& ctx) {
            Read out{.key = key, .sets = {}, .columns = {}, .errors = {}, .fresh = true};
            for (const auto& [file, layer] : key.files) {
                out.sets.emplace_back();
                out.columns.emplace_back();
                app::LineLayer one;
                one.file = file;
                one.layer = layer;
                try {
                    auto read = app::load_line_layers({one}, *key.dataset->vintage->coverage, ctx);
                    out.sets.back() = read.overlays.front().set;
                    out.columns.back() = std::move(read.text_columns.front());
                } catch (const base::Error& error) {
                    out.errors.push_back(error);
                }
            }
            return out;
        },
        [read = read_](app::Document& document, Read now) {
            for (const base::Error& error : now.errors) document.report(error);
            *read = std::move(now);
        });
}

// A step of two in scale shares one set of points.
void MapLines::thin(double metres_per_px) {
    const double tolerance = std::exp2(std::floor(std::log2(metres_per_px * 0.5)));
    if (!std::exchange(read_->fresh, false) && tolerance == thinned_for_m_) return;
    thinned_for_m_ = tolerance;
    thinned_.assign(read_->sets.size(), {});
    for (std::size_t s = 0; s < read_->sets.size(); ++s) {
        if (!read_->sets[s]) continue;
        for (const auto& line : read_->sets[s]->lines)
            geo::thin_line(line, tolerance, thinned_[s].emplace_back());
    }
}

void MapLines::draw(Ui& ui, const geo::Box& seen, double metres_per_px,
                    const std::function<void(const Areas&)>& fill,
                    const std::function<void(const Line&)>& paint) {
    drawn_ = 0;
    if (!(read_->key == asked_)) return; // of other data
    thin(metres_per_px);
    const auto& layers = ui.document.project().lines;
    for (std::size_t s = 0; s < std::min(layers.size(), thinned_.size()); ++s) {
        if (!layers[s].shown || !read_->sets[s]) continue;
        const map::LineSet& set = *read_->sets[s];
        if (const auto ink = app::fill_of(layers[s])) {
            Areas areas{.rings = {}, .fill = *ink};
            for (std::size_t l = 0; l < thinned_[s].size(); ++l)
                if (set.bounds_area[l] && set.boxes[l].intersects(seen))
                    areas.rings.emplace_back(thinned_[s][l]);
            if (!areas.rings.empty()) fill(areas);
        }
        const auto colour = map::parse_colour(layers[s].colour).value_or(map::Colour{});
        for (std::size_t l = 0; l < thinned_[s].size(); ++l) {
            if (!set.boxes[l].intersects(seen)) continue;
            paint({thinned_[s][l], colour, layers[s].width, layers[s].gap});
            ++drawn_;
        }
    }
}

std::vector<std::string> MapLines::words_at(const Ui& ui, geo::Point at, double reach_m) const {
    std::vector<std::string> out;
    if (!(read_->key == asked_)) return out;
    const auto& layers = ui.document.project().lines;
    auto sets = read_->sets;
    sets.resize(std::min(sets.size(), layers.size()));
    for (std::size_t s = 0; s < sets.size(); ++s)
        if (!layers[s].shown) sets[s] = nullptr;
    for (const app::LineAt& found : app::lines_at(sets, at, reach_m))
        out.push_back(
            app::line_words(layers[found.layer].title(), found.distance_m, ui.document.language()));
    return out;
}

} // namespace diaban::gui
