#include "app/commands/map.hpp"

#include "app/archipelagos.hpp"
#include "app/change.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/map_parts.hpp"
#include "app/commands/map_preview.hpp"
#include "app/commands/map_series.hpp"
#include "app/laid_out.hpp"
#include "app/map_files.hpp"
#include "app/map_kind.hpp"
#include "app/smoothed.hpp"
#include "app/statuses.hpp"
#include "app/view_notes.hpp"
#include "app/where_filter.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "map/page.hpp"

#include <algorithm>
#include <tuple>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

// Only provinces and countries read true north straight up; a map far wider than its zone does not.
bool north_is_up(const geo::Coverage& coverage) {
    return coverage.crs().known() && coverage.main_box().width() < 1'500'000;
}

std::string crs_line(const geo::Crs& crs) {
    if (!crs.known()) return "";
    return crs.epsg_code() ? crs.name() + " (EPSG:" + std::to_string(crs.epsg_code()) + ")"
                           : crs.name();
}

std::string default_title(const StyledMap& map, const Dataset& dataset, const Language& language) {
    if (!map.title.empty()) return map.title;
    const auto& categories = dataset.cube->indicators[map.indicator].categories;
    const bool status = std::find(categories.begin(), categories.end(), "hot") != categories.end();
    return status ? language.text("page.status_title", {{"indicator", map.indicator_name}})
                  : map.indicator_name;
}

// Of data of one province; empty otherwise.
std::string province_name(const Dataset& dataset) {
    const auto& provinces =
        dataset.vintage->units.groups[static_cast<std::size_t>(data::Level::Province)];
    return provinces.size() == 1 ? provinces[0].name : std::string();
}

std::string default_subtitle(const StyledMap& map, const Dataset& dataset,
                             const Language& language) {
    const auto period = data::to_string(map.choice.period);
    const auto area = area_name(dataset, language);
    if (period.empty()) return area;
    return language.text("page.subtitle", {{"area", area}, {"period", period}});
}

std::vector<map::Symbol> symbols_of(const MapRequest& request, const Dataset& dataset,
                                    data::Period period) {
    const auto& hidden = request.hidden_kinds;
    std::vector<map::Symbol> out;
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places)
            if (data::exists_in(place, period) &&
                std::find(hidden.begin(), hidden.end(), place.kind) == hidden.end())
                out.push_back({place.at, place.kind, place.name});
    return out;
}

// The lines among the places that are drawn; their symbols have the row of the legend.
void add_place_lines(std::vector<map::Overlay>& out, const MapRequest& request,
                     const Dataset& dataset, data::Period period) {
    constexpr double kWidth = 1.6; // px at 96 dpi
    auto set = std::make_shared<map::LineSet>();
    const auto& hidden = request.hidden_kinds;
    for (const auto& layer : dataset.places)
        for (const auto& place : layer.places) {
            if (!place.line || !data::exists_in(place, period) ||
                std::find(hidden.begin(), hidden.end(), place.kind) != hidden.end())
                continue;
            for (const auto& part : place.rings) {
                geo::Box box;
                for (const auto p : part) box.add(p);
                set->boxes.push_back(box);
                set->lines.push_back(part);
            }
        }
    if (!set->lines.empty()) out.push_back({"", map::kProvinceLine, kWidth, std::move(set)});
}

// The kinds of places on the map, each with its word, in the order they first appear.
std::vector<std::pair<std::string, std::string>>
symbol_rows(const std::vector<map::Symbol>& symbols, const Language& language) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& symbol : symbols)
        if (std::none_of(rows.begin(), rows.end(),
                         [&](const auto& row) { return row.first == symbol.kind; }))
            rows.emplace_back(symbol.kind, place_kind_text(symbol.kind, language));
    return rows;
}

// Far-off units that the frame leaves out are named: no unit goes missing without a word. Where
// only a part was asked for, that is said instead.
std::string outside_line(const MapRequest& request, const Dataset& dataset,
                         const Language& language) {
    constexpr std::size_t kNamed = 4;
    const auto& coverage = *dataset.vintage->coverage;
    if (!request.extent.all())
        return language.text("page.part", {{"count", as_count(dataset.vintage->units.size())}});
    std::vector<geo::FaceId> in_little_maps;
    for (const auto& far : far_units(request, dataset))
        in_little_maps.insert(in_little_maps.end(), far.faces.begin(), far.faces.end());
    const auto elsewhere = [&](std::size_t i) {
        return std::find(in_little_maps.begin(), in_little_maps.end(), i) != in_little_maps.end();
    };
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < coverage.face_count(); ++i) {
        const auto& face = coverage.faces()[i];
        if (face.ring_count == 0 || coverage.main_box().intersects(face.box)) continue;
        if (elsewhere(i)) continue;
        if (++count <= kNamed)
            names += (names.empty() ? "" : ", ") + dataset.vintage->units.name[i];
    }
    if (count == 0) return "";
    if (count > kNamed) names += " …";
    return language.text("page.outside", {{"count", as_count(count)}, {"names", names}});
}

map::PageText page_text(const MapRequest& request, const StyledMap& styled, const Dataset& dataset,
                        const Language& language) {
    map::PageText text;
    text.title =
        request.page.title.empty() ? default_title(styled, dataset, language) : request.page.title;
    text.subtitle = request.page.subtitle.empty() ? default_subtitle(styled, dataset, language)
                                                  : request.page.subtitle;
    text.legend_title = styled.legend_title;
    text.legend_note = styled.legend_note;
    text.total_label = language.text("page.total_units");
    const auto source =
        request.page.source.empty() ? source_names(dataset, true) : request.page.source;
    text.source_lines.push_back(language.text("page.source", {{"source", source}}));
    std::string second;
    const auto say = [&second](const std::string& sentence) {
        second += (second.empty() ? "" : " ") + sentence;
    };
    if (!dataset.vintage->id.empty())
        say(language.text("page.vintage", {{"vintage", dataset.vintage->id}}) + ".");
    if (shows_records(dataset, styled)) say(language.text("page.recorded"));
    if (const auto crs = crs_line(dataset.vintage->coverage->crs()); !crs.empty()) say(crs + ".");
    if (!second.empty()) text.source_lines.push_back(second);
    // A sheet of an atlas says it of its own area.
    const bool whole = request.series.atlas.empty();
    if (auto outside = outside_line(request, dataset, language); whole && !outside.empty())
        text.source_lines.push_back(std::move(outside));
    if (auto missing = units_not_drawn(dataset, language); whole && !missing.empty())
        text.source_lines.push_back(std::move(missing));
    text.overlap_note = language.text("page.overlap");
    text.source_lines.insert(text.source_lines.end(), styled.lines.begin(), styled.lines.end());
    text.symbols = symbol_rows(symbols_of(request, dataset, styled.choice.period), language);
    if (request.classification == Classification::Internal)
        text.classification = language.text("page.internal");
    if (dataset.sample) text.notice = language.text("page.sample_notice");
    if (!dataset.vintage->coverage->crs().known()) text.notice = language.text("page.crs_unknown");
    text.north = language.text("page.north");
    text.decimal = language.numbers().decimal;
    text.group = language.numbers().group;
    return text;
}

// "{year}" wherever it is in the name, else _<year> before the extension when there are several.
fs::path file_for(const fs::path& out, const std::string& period, bool several) {
    constexpr std::string_view kPlace = "{year}";
    auto text = out.string();
    auto at = text.find(kPlace);
    if (at == std::string::npos && !several) return out;
    if (at != std::string::npos) {
        for (; at != std::string::npos; at = text.find(kPlace, at + period.size()))
            text.replace(at, kPlace.size(), period);
        return text;
    }
    auto path = out;
    path.replace_filename(out.stem().string() + "_" + period + out.extension().string());
    return path;
}

// Everything but the texts and the style.
map::Page blank_page(const MapRequest& request, const Dataset& dataset, const LineLayers& lines,
                     data::Period period) {
    map::Page page;
    shape_page(page, request);
    page.district_labels = request.page.district_labels;
    page.place_labels = request.page.place_labels;
    page.north_arrow = north_is_up(*dataset.vintage->coverage);
    page.scale_bar = dataset.vintage->coverage->crs().known();
    page.scene.vintage = dataset.vintage;
    page.scene.ranks = map::line_ranks(*dataset.vintage);
    page.scene.symbols = symbols_of(request, dataset, period);
    page.scene.overlays = lines.overlays;
    add_place_lines(page.scene.overlays, request, dataset, period);
    page.scene.selected = faces_of_codes(request.selected, dataset.vintage->units);
    page.extent = box_of(request.extent, *dataset.vintage->coverage);
    return page;
}

// Circles of a cartogram were moved: beside them no distance is true, no direction, and no place
// and no line that stayed where it is. What is left out is said.
void leave_out_true_places(map::Page& page, const Language& language) {
    page.scale_bar = page.north_arrow = false;
    if (page.scene.symbols.empty() && page.scene.overlays.empty()) return;
    page.scene.symbols.clear();
    page.scene.overlays.clear();
    page.text.symbols.clear();
    page.text.source_lines.push_back(language.text("page.cartogram_places"));
}

// Symbols of the answer, in place of those that their places have otherwise.
void add_own_symbols(map::Page& page, const StyledMap& styled, const Language& language) {
    auto& symbols = page.scene.symbols;
    std::erase_if(symbols, [&](const map::Symbol& symbol) {
        return std::any_of(styled.symbols.begin(), styled.symbols.end(),
                           [&](const map::Symbol& own) { return own.at == symbol.at; });
    });
    symbols.insert(symbols.end(), styled.symbols.begin(), styled.symbols.end());
    page.text.symbols.emplace(page.text.symbols.begin(), styled.symbols.front().kind,
                              language.text("patrol.class.base"));
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// The periods of a list that the data has, and the others in words. A range names years between the
// censuses too; if the data has none at all, the list stays as it is, to be refused.
std::pair<std::vector<data::Period>, std::string>
with_data(const data::IndicatorCube& cube, const std::vector<data::Period>& asked) {
    std::vector<data::Period> there;
    std::string missing;
    for (const auto& period : asked)
        if (cube.find(period))
            there.push_back(period);
        else
            missing += (missing.empty() ? "" : ", ") + data::to_string(period);
    if (there.empty()) return {asked, ""};
    return {std::move(there), std::move(missing)};
}

// What became of one indicator, as the map of a style.
StyledMap map_of_change(const StyledMap& now, const Change& change) {
    auto out = now;
    out.style = change.style;
    out.title = out.legend_title = change.title;
    out.legend_note = change.note;
    out.categorical = true; // its steps are no classes of values
    out.theme = nullptr;
    return out;
}

} // namespace

std::vector<MaskedCell> cells_shown(const std::vector<MaskedCell>& cells,
                                    const data::Indicator& indicator, data::Period period) {
    std::vector<MaskedCell> shown;
    for (const auto& cell : cells)
        if (cell.period == period &&
            (cell.indicator == indicator.id || cell.indicator == indicator.numerator))
            shown.push_back(cell);
    return shown;
}

StyledMap MapPlan::of(data::Period period, const Language& language) const {
    return change ? map : restyled(*masked.dataset, map, period, language);
}

MapPlan planned(const MapRequest& request, const Dataset& given, const Language& language,
                base::JobContext& ctx, const map::Classes* classes, const QuerySources* sources) {
    MapPlan plan{.dataset = std::make_shared<const Dataset>(given)};
    auto choice = request.map;
    plan.lines = load_line_layers(request.lines, *given.vintage->coverage, ctx);
    // Of the values as they are before anything is computed of them for this map.
    const auto where = where_filter(request.map.where, plan.dataset, sources,
                                    request.classification, language, ctx);
    plan.change = !request.change.empty() && !request.change_of.empty();
    data::Period before;
    std::string note; // below the map
    if (plan.change) {
        std::tie(before, choice.period) = parse_change(request.change, false);
        choice.indicator = request.change_of;
        // --rate without an indicator is about the one that is compared.
        if (const auto rate = parse_smoothed(request.map.indicator);
            rate && (rate->rate.empty() || rate->rate == request.change_of))
            choice.indicator = smoothed_id(request.change_of, rate->kind);
        plan.dataset = with_smoothed(plan.dataset, choice.indicator);
        choice.kind = map::MapKind::Choropleth; // what changed is told by colours
    } else if (!request.change.empty()) {
        const auto [from, to] = parse_change(request.change);
        const auto moves = moves_between(given, {}, Domains::Both, from, to, ctx);
        plan.dataset = with_changes(given, moves);
        note = moves_note(moves, language);
        choice = {};
    } else {
        plan.dataset = with_smoothed(plan.dataset, choice.indicator);
        choice.indicator = full_id(choice.indicator, *plan.dataset->cube);
        if (choice.kind == map::MapKind::Bivariate) {
            plan.dataset = with_smoothed(plan.dataset, choice.second);
            choice.second = full_id(choice.second, *plan.dataset->cube);
        }
        std::tie(plan.periods, plan.missing) = with_data(*plan.dataset->cube, request.years);
    }
    if (!plan.periods.empty()) choice.period = plan.periods.front();
    plan.masked = request.classification == Classification::Public ? mask(plan.dataset, {}, ctx)
                                                                   : Masked{plan.dataset, {}};
    // The choice is filled in from all values, the classes are made of those that are shown.
    plan.map = styled(*plan.masked.dataset, resolve(choice, *plan.dataset), language, where);
    if (!note.empty()) plan.map.lines.push_back(note);
    if (classes && !plan.map.categorical) plan.map.classes = *classes;
    if (plan.periods.empty()) plan.periods.push_back(plan.map.choice.period);
    if (plan.change)
        plan.map = map_of_change(plan.map, change_between(*plan.masked.dataset, plan.map, before,
                                                          plan.map.choice.period, language));
    return plan;
}

std::string area_name(const Dataset& dataset, const Language& language) {
    const auto provinces =
        dataset.vintage->units.groups[static_cast<std::size_t>(data::Level::Province)].size();
    auto area = province_name(dataset);
    // A file name says little to a reader; how much land it is says more.
    if (area.empty() && provinces > 1)
        area = language.text("page.provinces", {{"count", as_count(provinces)}});
    return area.empty() ? dataset.title : area;
}

map::Page usual_page(const MapRequest& request, const StyledMap& styled, const Dataset& dataset,
                     const Language& language, const LineLayers& lines) {
    map::check_legend(styled.style, dataset.vintage->coverage->faces());
    auto page = blank_page(request, dataset, lines, styled.choice.period);
    page.text = page_text(request, styled, dataset, language);
    page.scene.style = styled.style;
    page.scene.theme = styled.theme;
    if (!styled.symbols.empty()) add_own_symbols(page, styled, language);
    if (styled.theme && styled.theme->kind == map::MapKind::Cartogram)
        leave_out_true_places(page, language);
    else if (!page.bare && request.page.layout.empty())
        page.far = far_units(request, dataset);
    return page;
}

map::Page page_of(const MapRequest& request, const StyledMap& styled, const Dataset& dataset,
                  const Language& language, const LineLayers& lines) {
    auto page = usual_page(request, styled, dataset, language, lines);
    if (!request.page.layout.empty())
        page.laid = laid_out(request, page, styled, dataset, language);
    return page;
}

fs::path draw(const MapRequest& request, const StyledMap& styled, const Dataset& dataset,
              const Language& language, base::JobContext& ctx, std::vector<map::Overlay> above) {
    check_map_file(request);
    auto lines = load_line_layers(request.lines, *dataset.vintage->coverage, ctx);
    for (auto& overlay : above) lines.overlays.push_back(std::move(overlay));
    const auto file = file_for(request.out, data::to_string(styled.choice.period), false);
    write_map_files(request, {dataset.request.store, "map"},
                    {{page_of(request, styled, dataset, language, lines), file, {}}}, language,
                    ctx);
    return file;
}

MapReport run(const MapRequest& request, const Dataset& given, const Language& language,
              base::JobContext& ctx, const map::Classes* classes, const QuerySources* sources) {
    auto prepared = prepare_map(request, given, language, ctx, classes, sources);
    // What was added to the numbers tells no more of them.
    const auto* told = prepared.all->cube == given.cube ? prepared.all.get() : &given;
    prepared.report.files = write_map_files(request, {given.request.store, "map", told},
                                            prepared.sheets, language, ctx);
    return std::move(prepared.report);
}

PreparedMap prepare_map(const MapRequest& request, const Dataset& given, const Language& language,
                        base::JobContext& ctx, const map::Classes* classes,
                        const QuerySources* sources) {
    if (request.out.empty()) throw Error(ErrorKind::Usage, "error.map.no_out");
    check_map_file(request);
    const auto plan = planned(request, given, language, ctx, classes, sources);
    PreparedMap out;
    auto& [report, sheets, all] = out;
    all = plan.dataset;
    report.shown = plan.masked.dataset;
    report.units = plan.dataset->vintage->units.size();
    const bool several = plan.periods.size() > 1 && !one_file_of_years(request);
    for (const auto& period : plan.periods) {
        report.map = plan.of(period, language);
        const auto& indicator = plan.dataset->cube->indicators[report.map.indicator];
        sheets.push_back({page_of(request, report.map, *plan.dataset, language, plan.lines),
                          file_for(request.out, data::to_string(period), several),
                          cells_shown(plan.masked.cells, indicator, period)});
        for (const auto& file : request.also)
            sheets.back().also.push_back(file_for(file, data::to_string(period), several));
        if (report.map.choice.kind == map::MapKind::Bivariate)
            for (auto& cell : cells_shown(
                     plan.masked.cells, plan.dataset->cube->indicators[report.map.second], period))
                sheets.back().masked.push_back(std::move(cell));
        if (!plan.change) continue;
        const auto from = parse_change(request.change, false).first;
        const auto earlier = cells_shown(plan.masked.cells, indicator, from);
        auto& masked = sheets.back().masked;
        masked.insert(masked.end(), earlier.begin(), earlier.end());
    }
    for (const auto& sheet : sheets) report.masked += sheet.masked.size();
    if (const auto& laid = sheets.back().page.laid)
        report.findings.insert(report.findings.end(), laid->findings.begin(), laid->findings.end());
    for (const auto& entry : report.map.style.entries)
        if (entry.role == map::LegendEntry::Role::NoData) report.no_data += entry.count;
    report.findings.insert(report.findings.end(), plan.dataset->findings.begin(),
                           plan.dataset->findings.end());
    if (!request.extent.all()) leave_out_archipelagos(report.findings);
    report.findings.insert(report.findings.end(), plan.lines.findings.begin(),
                           plan.lines.findings.end());
    // A row that was named for nothing: it may be misspelt.
    if (const auto unknown = unknown_keys(
            edits_of(request.map.legends, report.map.choice.indicator), report.map.style);
        !unknown.empty()) {
        std::vector<std::string> known;
        for (const auto& entry : report.map.style.entries) known.push_back(entry.key);
        report.findings.push_back({base::Severity::Info,
                                   "legend_rows_unknown",
                                   {{"rows", joined(unknown)}, {"known", joined(known)}},
                                   "",
                                   {},
                                   "",
                                   {}});
    }
    if (!plan.missing.empty())
        report.findings.push_back({base::Severity::Info,
                                   "years_without_data",
                                   {{"years", plan.missing}},
                                   "",
                                   {},
                                   "",
                                   {}});
    return out;
}

map::Page first_page(const MapRequest& request, const Dataset& given, const Language& language,
                     base::JobContext& ctx, const map::Classes* classes,
                     const QuerySources* sources) {
    if (!request.out.empty()) check_map_file(request); // a preview says it before the file does
    const auto plan = planned(request, given, language, ctx, classes, sources);
    return page_of(request, plan.of(plan.periods.front(), language), *plan.dataset, language,
                   plan.lines);
}

namespace {

// How large the circles are: units with one, and the largest, where areas tell amounts.
Json circles_json(const StyledMap& styled) {
    if (!styled.theme || styled.theme->kind == map::MapKind::Dots ||
        styled.theme->kind == map::MapKind::Bivariate)
        return nullptr;
    const auto& theme = *styled.theme;
    Json out{{"units", std::count_if(theme.amount.begin(), theme.amount.end(),
                                     [](double v) { return v > 0; })}};
    if (theme.kind == map::MapKind::Symbols)
        out["largest"] = theme.largest,
        out["largest_mm"] = largest_mm(styled.choice, theme.amount.size());
    if (theme.kind == map::MapKind::Cartogram) out["m2_per_unit"] = theme.m2_per_amount;
    return out;
}

Json dots_json(const StyledMap& styled) {
    if (!styled.theme || styled.theme->kind != map::MapKind::Dots) return nullptr;
    std::size_t count = 0;
    for (const double amount : styled.theme->amount)
        count += map::dots_of(amount, styled.theme->dot_value);
    return {{"value", styled.theme->dot_value}, {"count", count}};
}

} // namespace

std::string to_json(const MapReport& r, const Language& language) {
    Json files = Json::array();
    for (const auto& file : r.files) files.push_back(file.string());
    Json legend = Json::array();
    for (const auto& entry : r.map.style.entries)
        legend.push_back({{"key", entry.key},
                          {"label", entry.label},
                          {"color", map::to_hex(entry.colour)},
                          {"count", entry.count}});
    Json out{{"files", std::move(files)},
             {"indicator", r.map.choice.indicator},
             {"period", data::to_string(r.map.choice.period)},
             {"units", r.units},
             {"where", r.map.where ? Json(r.map.where->text) : Json()},
             {"legend", std::move(legend)},
             {"above_zero", above_zero(*r.shown, r.map)},
             {"kind", map::to_string(r.map.choice.kind)},
             {"second",
              r.map.choice.kind == map::MapKind::Bivariate ? Json(r.map.choice.second) : Json()},
             {"circles", circles_json(r.map)},
             {"dots", dots_json(r.map)},
             {"variance_fit", r.map.categorical ? Json() : Json(r.map.variance_fit)},
             {"no_data", r.no_data},
             {"not_drawn", r.shown ? not_drawn(*r.shown) : 0},
             {"masked", r.masked},
             {"findings", findings_json(r.findings, language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

namespace {

// Without what its kind does not look at: flags of that would be refused.
MapChoice with_fitting_flags(MapChoice choice, bool kinds) {
    const MapChoice usual;
    if (!kinds) choice.kind = map::MapKind::Choropleth;
    const bool pair = choice.kind == map::MapKind::Bivariate;
    const bool sizes = choice.kind == map::MapKind::Symbols || choice.kind == map::MapKind::Dots;
    if (sizes) choice.method = usual.method, choice.manual.clear();
    if (sizes || pair) choice.k = usual.k;
    if (pair) choice.palette = usual.palette;
    if (pair || sizes || choice.kind == map::MapKind::Graduated) choice.reversed = false;
    return choice;
}

} // namespace

std::vector<std::string> to_flags(const MapRequest& request) {
    Flags flags{"map"};
    add_flags(flags, request.data);
    // A change is told by colours.
    const auto choice = with_fitting_flags(request.map, request.change.empty());
    add_flags(flags, choice);
    add_kind_flags(flags, choice);
    if (!request.years.empty() && request.change.empty()) {
        std::string years;
        for (const auto year : request.years)
            years += (years.empty() ? "" : ",") + data::to_string(year);
        flags.insert(flags.end(), {"--years", years});
    }
    if (!request.change.empty()) flags.insert(flags.end(), {"--change", request.change});
    if (!request.change_of.empty()) flags.insert(flags.end(), {"--change-of", request.change_of});
    add_flags(flags, request.across);
    add_flags(flags, request.extent);
    add_flags(flags, request.lines);
    add_list(flags, "--hide-places", request.hidden_kinds);
    add_list(flags, "--select", request.selected);
    auto page = request.page;
    if (!request.out.empty() && !takes_layout(request.out)) page.layout.clear();
    if (base::lower_extension(request.out) == ".pptx") page.size = PageChoice{}.size;
    add_flags(flags, page, request.dpi);
    add_flags(flags, request.series);
    if (request.world_file) flags.push_back("--world-file");
    if (request.frame_ms > 0)
        flags.insert(flags.end(), {"--frame-ms", std::to_string(request.frame_ms)});
    add_flags(flags, request.classification);
    if (!request.out.empty()) flags.insert(flags.end(), {"--out", request.out.string()});
    for (const auto& file : request.also) flags.insert(flags.end(), {"--out", file.string()});
    return flags;
}

std::string suggested_name(const StyledMap& map, const Dataset& dataset,
                           std::string_view extension) {
    // A result of the analysis has a title of its own, with the indicator in it.
    std::string name = base::file_name_part(map.title.empty() ? map.indicator_name : map.title);
    if (name.size() > 40) name.resize(name.rfind('_', 40) == name.npos ? 40 : name.rfind('_', 40));
    const auto area = province_name(dataset);
    name += "_" + base::file_name_part(area.empty() ? dataset.title : area);
    if (map.choice.period.year != 0)
        name += "_" + base::file_name_part(data::to_string(map.choice.period));
    return name + "." + std::string(extension);
}

} // namespace diaban::app
