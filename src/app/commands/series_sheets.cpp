#include "app/commands/series_sheets.hpp"

#include "app/commands/json.hpp"
#include "app/laid_out.hpp"
#include "app/map_kind.hpp"
#include "app/smoothed.hpp"
#include "app/statuses.hpp"
#include "base/text.hpp"
#include "geo/face_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

constexpr double kMarginAround = 0.05; // of the larger side of an area: what is seen of neighbours
constexpr map::Colour kOverviewLand{0xF1, 0xEF, 0xEA};

// The request of the first map, which classes and masking of all follow.
MapRequest first_request(const MapRequest& request) {
    auto out = request;
    if (!request.series.indicators.empty()) out.map.indicator = request.series.indicators.front();
    if (!request.series.atlas.empty()) out.extent = {}; // the area decides
    return out;
}

std::shared_ptr<const Dataset> with_rates(const Dataset& given, const SeriesChoice& series) {
    auto out = std::make_shared<const Dataset>(given);
    for (const auto& indicator : series.indicators) out = with_smoothed(out, indicator);
    return out;
}

// "{area}" and "{year}" in words of the user.
std::string filled_in(std::string text, const std::string& area, const std::string& years) {
    for (const auto& [part, words] : {std::pair<std::string, std::string>{"{area}", area},
                                      std::pair<std::string, std::string>{"{year}", years}})
        for (auto at = text.find(part); at != text.npos; at = text.find(part, at + words.size()))
            text.replace(at, part.size(), words);
    return text;
}

// The middle of an area: in the unit that is nearest to its centre of gravity.
geo::Point middle_of_area(const geo::Coverage& coverage, const std::vector<geo::FaceId>& units) {
    geo::Point sum;
    double weight = 0;
    for (const auto unit : units) {
        const auto& face = coverage.faces()[unit];
        const auto centre = face.box.centre();
        sum.x += face.area_m2 * centre.x;
        sum.y += face.area_m2 * centre.y;
        weight += face.area_m2;
    }
    const geo::Point at = weight > 0 ? geo::Point{sum.x / weight, sum.y / weight} : sum;
    double nearest = std::numeric_limits<double>::infinity();
    geo::FaceId best = units.front();
    for (const auto unit : units) {
        const auto centre = coverage.faces()[unit].box.centre();
        const double distance = std::hypot(centre.x - at.x, centre.y - at.y);
        if (distance < nearest) nearest = distance, best = unit;
    }
    return geo::label_of(geo::source_of(coverage), coverage.faces()[best]);
}

std::string first_names(const std::vector<std::string>& names, std::size_t most) {
    const std::vector<std::string> first(
        names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), most)));
    return base::joined(first) + (names.size() > most ? " …" : "");
}

} // namespace

SeriesSheets::SeriesSheets(const MapRequest& request, const Dataset& dataset,
                           const Language& language, base::JobContext& ctx,
                           const QuerySources* sources)
    : request_(request), language_(language),
      plan_(planned(first_request(request), *with_rates(dataset, request.series), language, ctx,
                    nullptr, sources)) {
    years_ = plan_.periods;
    make_areas();
    style_maps();
    sheets_ = series_sheets(size(), request.series);
    if (sheets_.front().maps.size() > 1 &&
        sheets_.front().maps[0].indicator != sheets_.front().maps[1].indicator)
        share_classes();
    const auto plain = first_request(request);
    for (const auto& of_indicator : maps_) {
        auto& pages = pages_.emplace_back();
        for (const auto& map : of_indicator)
            pages.push_back(usual_page(plain, map, *plan_.dataset, language, plan_.lines));
    }
    const bool places = std::any_of(pages_.begin(), pages_.end(), [](const auto& pages) {
        return std::any_of(pages.begin(), pages.end(),
                           [](const map::Page& page) { return !page.scene.symbols.empty(); });
    });
    if (places && !ground_.empty())
        units_at_ = std::make_shared<const geo::Locator>(dataset.vintage->coverage);
    check_sums();
}

void SeriesSheets::make_areas() {
    if (request_.series.atlas.empty()) return;
    const auto& vintage = *plan_.dataset->vintage;
    const auto level = atlas_level(request_.series.atlas);
    areas_ = atlas_areas(vintage, level,
                         language_.text(level == data::Level::District ? "series.no_district"
                                                                       : "series.no_province"));
    if (areas_.areas.empty()) throw Error(ErrorKind::Data, "error.series.no_shapes");
    for (const auto& area : areas_.areas) // units of no area have no neighbours of their kind
        ground_.push_back(std::make_shared<const map::SheetArea>(
            map::area_of(vintage, area.units, area.rest ? std::nullopt : std::optional(level))));
    if (areas_.areas.size() > 1) locator_ = map::make_locator(vintage);
}

void SeriesSheets::style_maps() {
    std::vector<StyledMap> firsts{plan_.map};
    for (std::size_t i = 1; i < request_.series.indicators.size(); ++i) {
        auto choice = request_.map;
        choice.period = years_.front();
        choice.indicator = full_id(request_.series.indicators[i], *plan_.dataset->cube);
        firsts.push_back(styled(*plan_.masked.dataset, resolve(choice, *plan_.dataset), language_,
                                plan_.map.where));
    }
    for (const auto& first : firsts) {
        auto& of_indicator = maps_.emplace_back();
        for (const auto period : years_)
            of_indicator.push_back(
                plan_.change ? first : restyled(*plan_.masked.dataset, first, period, language_));
    }
}

// Maps of several indicators under one legend have the same classes: those of all values pooled.
void SeriesSheets::share_classes() {
    const auto& cube = *plan_.masked.dataset->cube;
    const auto& first = maps_.front().front();
    if (first.choice.kind == map::MapKind::Bivariate)
        throw Error(ErrorKind::Usage, "error.series.pairs");
    std::vector<double> values;
    double total = 0;
    for (const auto& of_indicator : maps_) {
        const auto& map = of_indicator.front();
        const auto &a = cube.indicators[first.indicator], &b = cube.indicators[map.indicator];
        const bool alike =
            map.categorical == first.categorical &&
            (map.categorical ? a.categories == b.categories
                             : a.unit == b.unit && a.kind == b.kind && a.scale == b.scale);
        if (!alike)
            throw Error(ErrorKind::Usage, "error.series.no_common_legend",
                        {{"first", a.id}, {"other", b.id}});
        if (map.categorical) continue;
        total = std::max(total, map.typical_total);
        const auto own = cube.pooled(map.indicator);
        values.insert(values.end(), own.begin(), own.end());
    }
    if (values.empty()) return;
    const auto classes = classes_for(first.choice, values, plan_.dataset->vintage->units.size());
    for (auto& of_indicator : maps_)
        for (auto& map : of_indicator) {
            map.classes = classes;
            map.typical_total = total; // circles of a cartogram mean the same on all
            map = restyled(*plan_.masked.dataset, map, map.choice.period, language_);
        }
}

// Legends of the sheets against the legend of the whole: a unit that is missing from the atlas, or
// is in it twice, must not leave unseen.
void SeriesSheets::check_sums() const {
    if (ground_.empty()) return;
    for (const auto& of_indicator : maps_)
        for (const auto& map : of_indicator) {
            std::vector<std::size_t> sums(map.style.entries.size(), 0);
            for (std::size_t a = 0; a < ground_.size(); ++a) {
                const auto style = style_in(map.style, a);
                for (std::size_t e = 0; e < sums.size(); ++e) sums[e] += style.entries[e].count;
            }
            std::size_t in_sheets = 0, in_whole = 0;
            bool agree = true;
            for (std::size_t e = 0; e < sums.size(); ++e) {
                in_sheets += sums[e];
                in_whole += map.style.entries[e].count;
                agree = agree && sums[e] == map.style.entries[e].count;
            }
            if (!agree)
                throw Error(ErrorKind::Data, "error.legend.disagrees",
                            {{"legend", as_count(in_sheets)}, {"units", as_count(in_whole)}});
        }
}

SeriesSize SeriesSheets::size() const {
    return {std::max<std::size_t>(1, areas_.areas.size()), maps_.size(), years_.size()};
}

const SeriesArea* SeriesSheets::area_of(std::size_t sheet) const {
    return areas_.areas.empty() ? nullptr : &areas_.areas[sheets_[sheet].area];
}

std::string SeriesSheets::area_text(std::size_t sheet) const {
    const auto* area = area_of(sheet);
    if (!area) return area_name(*plan_.dataset, language_);
    return area->name + (area->province.empty() ? "" : ", " + area->province);
}

std::string SeriesSheets::years_text(const SeriesSheet& sheet) const {
    const auto first = data::to_string(years_[sheet.maps.front().year]);
    const auto last = data::to_string(years_[sheet.maps.back().year]);
    return first == last ? first : first + "–" + last;
}

std::string SeriesSheets::indicators_text(const SeriesSheet& sheet) const {
    std::vector<std::string> names;
    for (const auto& map : sheet.maps) {
        const auto& name = maps_[map.indicator][map.year].indicator_name;
        if (names.empty() || names.back() != name) names.push_back(name);
    }
    return base::joined(names);
}

map::Style SeriesSheets::style_in(const map::Style& style, std::size_t area) const {
    if (ground_.empty()) return style;
    return map::style_within(style, *ground_[area], plan_.dataset->vintage->coverage->faces());
}

std::shared_ptr<const map::Theme>
SeriesSheets::theme_in(const std::shared_ptr<const map::Theme>& theme, std::size_t area) const {
    return ground_.empty() ? theme : map::theme_within(theme, *ground_[area]);
}

// Those in the area, and those that no unit holds (at sea, say), which the frame decides about.
std::vector<map::Symbol> SeriesSheets::symbols_in(const std::vector<map::Symbol>& symbols,
                                                  std::size_t area) const {
    auto out = symbols;
    if (!units_at_) return out;
    std::erase_if(out, [&](const map::Symbol& symbol) {
        const auto unit = units_at_->face_at(symbol.at);
        return unit && !ground_[area]->inside[*unit];
    });
    return out;
}

void SeriesSheets::set_area(map::Page& page, std::size_t at) const {
    const auto& area = areas_.areas[at];
    const auto& units = plan_.dataset->vintage->units;
    const auto faces = plan_.dataset->vintage->coverage->faces();
    page.area = ground_[at];
    page.locator = locator_;
    page.extent = ground_[at]->box.grown(
        kMarginAround * std::max(ground_[at]->box.width(), ground_[at]->box.height()));
    page.scene.style = style_in(page.scene.style, at);
    page.scene.theme = map::theme_within(page.scene.theme, *ground_[at]);
    page.scene.symbols = symbols_in(page.scene.symbols, at);
    // No unit goes missing without a word.
    std::vector<std::string> outside, unseen;
    std::set<geo::FaceId> in_little_maps;
    auto far_off = far_units(first_request(request_), *plan_.dataset, ground_[at].get());
    for (const auto& far : far_off) in_little_maps.insert(far.faces.begin(), far.faces.end());
    // The frame of a cartogram holds the circles of all.
    const bool moved = page.scene.theme && page.scene.theme->kind == map::MapKind::Cartogram;
    page.far.clear();
    if (!moved && !page.bare && request_.page.layout.empty()) page.far = std::move(far_off);
    for (const auto unit : area.units)
        if (!moved && !faces[unit].box.intersects(ground_[at]->box) &&
            !in_little_maps.contains(unit))
            outside.push_back(units.name[unit]);
    for (const auto unit : area.unseen)
        unseen.push_back(units.code[unit].empty() ? units.name[unit] : units.code[unit]);
    if (!outside.empty())
        page.text.source_lines.push_back(
            language_.text("page.outside", {{"count", as_count(outside.size())},
                                            {"names", first_names(outside, 4)}}));
    if (!unseen.empty())
        page.text.source_lines.push_back(language_.text(
            unseen.size() == 1 ? "legend.not_drawn_one" : "legend.not_drawn",
            {{"count", as_count(unseen.size())}, {"units", first_names(unseen, 6)}}));
}

// Little maps beside small maps would be too small: the units are named instead.
void SeriesSheets::leave_out_far_units(map::Page& page) const {
    std::vector<std::string> outside;
    for (const auto& far : page.far)
        for (const auto unit : far.faces)
            outside.push_back(plan_.dataset->vintage->units.name[unit]);
    page.far.clear();
    if (outside.empty()) return;
    page.text.source_lines.push_back(language_.text(
        "page.outside", {{"count", as_count(outside.size())}, {"names", first_names(outside, 4)}}));
}

void SeriesSheets::set_panels(map::Page& page, std::size_t at) const {
    const auto& sheet = sheets_[at];
    if (sheet.maps.size() < 2) return;
    const bool years = sheet.maps[0].year != sheet.maps[1].year;
    page.scene.symbols.clear();
    leave_out_far_units(page);
    for (const auto& one : sheet.maps) {
        const auto& map = maps_[one.indicator][one.year];
        const auto& symbols = pages_[one.indicator][one.year].scene.symbols;
        page.panels.push_back({years ? data::to_string(years_[one.year]) : map.indicator_name,
                               style_in(map.style, sheet.area), symbols_in(symbols, sheet.area),
                               theme_in(map.theme, sheet.area)});
        // The legend explains every row that any of the maps shows.
        auto& rows = page.scene.style.entries;
        for (const auto& entry : map.style.entries) {
            const bool known = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
                return row.role == entry.role && row.key == entry.key &&
                       (!row.key.empty() || row.label == entry.label);
            });
            if (known) continue;
            rows.push_back(entry);
            rows.back().count = 0;
        }
        // All kinds that any of the maps shows have their row.
        const auto& shown = page.panels.back().symbols;
        page.scene.symbols.insert(page.scene.symbols.end(), shown.begin(), shown.end());
        for (const auto& row : pages_[one.indicator][one.year].text.symbols)
            if (std::find(page.text.symbols.begin(), page.text.symbols.end(), row) ==
                page.text.symbols.end())
                page.text.symbols.push_back(row);
    }
    const auto& first = maps_[sheet.maps[0].indicator][sheet.maps[0].year];
    page.text.legend_title =
        years ? first.indicator_name : data::to_string(years_[sheet.maps[0].year]);
    if (!years && request_.page.title.empty()) page.text.title = indicators_text(sheet);
    if (first.choice.kind != map::MapKind::Bivariate) return;
    // The numbers of units stand below each map, not in the square.
    page.text.legend_title = first.title;
    page.text.legend_note = language_.text(
        "legend.method_pooled",
        {{"method", language_.text("method." + std::string(to_string(first.classes.method)))},
         {"k", as_count(first.classes.k())}});
}

void SeriesSheets::set_words(map::Page& page, std::size_t at) const {
    const auto area = area_text(at), years = years_text(sheets_[at]);
    const auto& own = request_.page;
    page.text.title = filled_in(page.text.title, area, years);
    if (own.subtitle.empty())
        page.text.subtitle =
            years.empty() ? area
                          : language_.text("page.subtitle", {{"area", area}, {"period", years}});
    else
        page.text.subtitle = filled_in(own.subtitle, area, years);
    // Words of the user that are the same on all sheets do not say which this one is.
    if (!areas_.areas.empty() && page.text.title.find(area) == std::string::npos &&
        page.text.subtitle.find(area) == std::string::npos)
        page.text.subtitle = area + " · " + page.text.subtitle;
}

// What the layout says is said of this sheet.
void SeriesSheets::set_layout(map::Page& page, std::size_t at) const {
    const auto& sheet = sheets_[at];
    const auto& map = maps_[sheet.maps.front().indicator][sheet.maps.front().year];
    const auto* area = area_of(at);
    const bool district =
        area && !area->rest && atlas_level(request_.series.atlas) == data::Level::District;
    const LaidSheet words{area_text(at), district ? area->name : "", years_text(sheet),
                          indicators_text(sheet), plan_.masked.dataset};
    page.laid = laid_out(first_request(request_), page, map, *plan_.dataset, language_, &words);
}

map::Page SeriesSheets::page(std::size_t at) const {
    const auto& sheet = sheets_[at];
    auto page = pages_[sheet.maps.front().indicator][sheet.maps.front().year];
    set_panels(page, at);
    if (!ground_.empty()) set_area(page, sheet.area);
    set_words(page, at);
    if (!request_.page.layout.empty()) set_layout(page, at);
    return page;
}

SheetName SeriesSheets::name(std::size_t at) const {
    const auto& sheet = sheets_[at];
    const auto& map = maps_[sheet.maps.front().indicator][sheet.maps.front().year];
    SheetName out;
    out.topic = map.title.empty() ? indicators_text(sheet) : map.title;
    // As suggested_name(): whole words, not too many of them.
    out.topic = base::file_name_part(out.topic);
    if (out.topic.size() > 40) {
        const auto end = out.topic.rfind('_', 40);
        out.topic.resize(end == out.topic.npos ? 40 : end);
    }
    const auto& cube = *plan_.dataset->cube;
    out.indicator = cube.indicators[map.indicator].id;
    out.year = years_text(sheet);
    const auto* area = area_of(at);
    out.area = area ? area->name : area_name(*plan_.dataset, language_);
    if (area) out.province = area->province, out.code = area->code;
    return out;
}

map::BookSheet SeriesSheets::row(std::size_t at) const {
    map::BookSheet out;
    const auto& sheet = sheets_[at];
    const auto* area = area_of(at);
    const auto n = size();
    std::vector<std::string> words; // what differs beside the area
    if (n.indicators > 1 && sheet.maps.size() < n.indicators)
        words.push_back(indicators_text(sheet));
    if ((n.years > 1 && sheet.maps.size() < n.years) || (words.empty() && !area))
        words.push_back(years_text(sheet));
    const auto rest = base::joined(words, " · ");
    if (!area) {
        out.title = out.bookmark = rest;
        return out;
    }
    const auto* before = at > 0 ? area_of(at - 1) : nullptr;
    const auto& order = request_.series.order;
    const bool by_area = order.empty() || order.front() == kSeriesOrder.front();
    out.bookmark = area_text(at) + (rest.empty() ? "" : " · " + rest);
    if (by_area && !rest.empty()) { // its sheets below its name
        out.title = rest;
        if (before != area) out.heading = area_text(at);
        return out;
    }
    out.title = area->name + (rest.empty() ? "" : " · " + rest);
    if (!area->province.empty() && (!before || before->province != area->province))
        out.heading = area->province;
    return out;
}

std::optional<geo::Point> SeriesSheets::place(std::size_t at) const {
    const auto* area = area_of(at);
    // Of several sheets of one area the first.
    const bool again =
        std::any_of(sheets_.begin(), sheets_.begin() + static_cast<std::ptrdiff_t>(at),
                    [&](const SeriesSheet& sheet) { return sheet.area == sheets_[at].area; });
    if (!area || again) return std::nullopt;
    return middle_of_area(*plan_.dataset->vintage->coverage, area->units);
}

SeriesReport::Sheet SeriesSheets::told(std::size_t at) const {
    SeriesReport::Sheet out;
    const auto& sheet = sheets_[at];
    if (const auto* area = area_of(at))
        out.area = area->name, out.province = area->province, out.code = area->code;
    for (const auto& one : sheet.maps) {
        const auto& map = maps_[one.indicator][one.year];
        auto style = style_in(map.style, sheet.area);
        std::erase_if(style.entries, [](const map::LegendEntry& entry) {
            return entry.role == map::LegendEntry::Role::Around;
        });
        out.maps.push_back(
            {plan_.dataset->cube->indicators[map.indicator].id, years_[one.year], style.entries});
    }
    return out;
}

std::vector<MaskedCell> SeriesSheets::masked_of(const SeriesSheet::Map& one) const {
    const auto& indicator =
        plan_.dataset->cube->indicators[maps_[one.indicator][one.year].indicator];
    auto out = cells_shown(plan_.masked.cells, indicator, years_[one.year]);
    if (const auto& map = maps_[one.indicator][one.year];
        map.choice.kind == map::MapKind::Bivariate) {
        const auto second = cells_shown(
            plan_.masked.cells, plan_.dataset->cube->indicators[map.second], years_[one.year]);
        out.insert(out.end(), second.begin(), second.end());
    }
    if (!plan_.change) return out;
    const auto from = parse_change(request_.change, false).first;
    const auto earlier = cells_shown(plan_.masked.cells, indicator, from);
    out.insert(out.end(), earlier.begin(), earlier.end());
    return out;
}

std::vector<MaskedCell> SeriesSheets::masked(std::size_t at) const {
    std::vector<MaskedCell> out;
    for (const auto& map : sheets_[at].maps)
        for (auto& cell : masked_of(map))
            if (ground_.empty() || ground_[sheets_[at].area]->inside[cell.row])
                out.push_back(std::move(cell));
    return out;
}

std::vector<MaskedCell> SeriesSheets::masked() const {
    std::vector<MaskedCell> out;
    std::set<std::tuple<std::string, data::Period, std::size_t>> known;
    for (std::size_t i = 0; i < maps_.size(); ++i)
        for (std::size_t y = 0; y < years_.size(); ++y)
            for (auto& cell : masked_of({i, y}))
                if (known.emplace(cell.indicator, cell.period, cell.row).second)
                    out.push_back(std::move(cell));
    return out;
}

map::PageText SeriesSheets::index_text() const {
    auto text = pages_.front().front().text;
    const auto n = size();
    auto years = data::to_string(years_.front());
    if (n.years > 1) years += "–" + data::to_string(years_.back());
    const auto area = area_name(*plan_.dataset, language_);
    if (n.indicators > 1 && request_.page.title.empty())
        text.title = language_.text("series.indicators", {{"count", as_count(n.indicators)}});
    text.title = filled_in(text.title, area, years);
    const auto given = filled_in(request_.page.subtitle, area, years);
    const auto words = !given.empty() ? given
                       : years.empty()
                           ? area
                           : language_.text("page.subtitle", {{"area", area}, {"period", years}});
    text.subtitle = words + " · " + language_.text("series.sheets", {{"count", as_count(count())}});
    text.symbols.clear();
    return text;
}

std::optional<map::Page> SeriesSheets::overview() const {
    if (ground_.empty()) return std::nullopt;
    const auto& first = pages_.front().front();
    map::Page page;
    page.size = first.size;
    page.district_labels = false;
    page.scene.vintage = first.scene.vintage;
    page.scene.ranks = first.scene.ranks;
    map::LegendEntry land;
    land.role = map::LegendEntry::Role::Around;
    land.key = "around";
    land.colour = kOverviewLand;
    for (const auto& face : plan_.dataset->vintage->coverage->faces())
        land.count += face.ring_count > 0;
    page.scene.style.entries.push_back(std::move(land));
    page.scene.style.entry_of.assign(plan_.dataset->vintage->coverage->face_count(), 0);
    return page;
}

} // namespace diaban::app
