#include "app/dataset.hpp"

#include "app/archipelagos.hpp"
#include "app/load_for_map.hpp"
#include "app/smoothed.hpp"
#include "app/status_claims.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/cache.hpp"
#include "files/store.hpp"
#include "files/store_agency.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <future>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

// The code column we add to the boundaries' own attributes before joining them to their units.
constexpr const char* kUnitCode = "\x01unit_code";

void append(base::Findings& to, base::Findings from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

std::string only_province(const data::UnitTable& units) {
    const auto& provinces = units.groups[static_cast<std::size_t>(data::Level::Province)];
    if (provinces.size() != 1) return {};
    return provinces[0].code.empty() ? provinces[0].name : provinces[0].code;
}

// Vertices as files count them: the point that closes a ring is one, whether it is kept or not.
std::size_t closed_vertices(const geo::PolygonSoup& soup) {
    std::size_t count = soup.points.size();
    for (std::size_t r = 0; r < soup.rings(); ++r) {
        const auto ring = soup.ring(r);
        count += !ring.empty() && ring.front() != ring.back();
    }
    return count;
}

// What lies on both sides of the antimeridian is a narrow box across it, not one around the Earth:
// its eastern end is beyond 180 degrees.
geo::Box across_antimeridian(const geo::PolygonSoup& soup, const geo::Box& box) {
    if (!(box.width() > 180)) return box;
    geo::Box out;
    for (const auto& p : soup.points)
        if (std::isfinite(p.x) && std::isfinite(p.y))
            out.add(geo::Point{p.x < 0 ? p.x + 360 : p.x, p.y});
    return out.width() < box.width() ? out : box;
}

geo::Box lon_lat_box(const geo::PolygonSoup& soup, const geo::Crs& crs) {
    const geo::Box box = geo::box_of(soup.points);
    if (box.empty() || !crs.known()) return box;
    if (crs.geographic()) return across_antimeridian(soup, box);
    std::vector<geo::Point> corners{{box.min_x, box.min_y},
                                    {box.max_x, box.min_y},
                                    {box.min_x, box.max_y},
                                    {box.max_x, box.max_y}};
    geo::transform(corners, crs, geo::Crs::wgs84());
    geo::Box out;
    for (const auto p : corners)
        if (std::isfinite(p.x) && std::isfinite(p.y)) out.add(p);
    return out;
}

geo::Crs map_crs_of(const files::RawUnits& raw) {
    return geo::choose_map_crs(raw.crs, lon_lat_box(raw.soup, raw.crs), only_province(raw.units));
}

geo::CoverageSpec coverage_spec(const DataRequest& request, const files::RawUnits& raw, Need need) {
    geo::CoverageSpec spec;
    spec.source = raw.crs;
    spec.map = map_crs_of(raw);
    spec.tolerance = request.tolerance.empty() ? 0 : parse_tolerance(request.tolerance, raw.crs);
    spec.thresholds = need == Need::Everything;
    spec.measure_overlaps = need != Need::Picture;
    spec.unit_codes = raw.units.code;
    return spec;
}

// Boundaries from a file or a store, built, with the cache in between where that pays.
files::CachedVintage load_boundaries(const DataRequest& request, const files::Store* store,
                                     Need need, base::JobContext& ctx) {
    files::BoundarySource source{.file = request.boundaries,
                                 .layer = request.layer,
                                 .code_column = request.code_column,
                                 .name_column = request.name_column,
                                 .encoding = request.encoding,
                                 .crs = request.crs,
                                 .attributes = request.db.empty() && need != Need::Topology};
    if (store) source = {.file = request.store, .layer = request.vintage};
    using Content = files::CacheContent;
    const bool cached = request.use_cache && (need == Need::Everything || need == Need::Picture);
    if (cached)
        for (const auto content : {Content::Levels, Content::Shapes}) {
            if (content == Content::Shapes && need == Need::Everything) break;
            const auto key = files::cache_key(source, request.tolerance, content);
            if (auto hit = files::read_cache(key)) return std::move(*hit);
        }

    files::CachedVintage built;
    ctx.stage("stage.read");
    if (store) {
        auto vintage = store->read_vintage(request.vintage, ctx);
        built.raw.soup = std::move(vintage.soup);
        built.raw.units = std::move(vintage.units);
        built.raw.crs = geo::Crs::wgs84();
        built.raw.encoding = "UTF-8";
    } else {
        built.raw = files::read_boundaries(source, ctx);
    }
    if (need != Need::Values) {
        ctx.stage("stage.coverage");
        auto coverage =
            geo::build_coverage(built.raw.soup, coverage_spec(request, built.raw, need), ctx);
        built.coverage = std::move(coverage.coverage);
        built.findings = std::move(coverage.findings);
    }
    if (cached) {
        built.raw.soup = {};
        const auto content = need == Need::Everything ? Content::Levels : Content::Shapes;
        files::write_cache(files::cache_key(source, request.tolerance, content), built);
    }
    return built;
}

bool opens_as_store(const std::filesystem::path& file) {
    const auto extension = base::lower_extension(file);
    if (extension != ".sqlite" && extension != ".db") return false;
    try {
        files::Store store(file);
        return true;
    } catch (const Error&) {
        return false; // any other database; what is wrong with it is said when it is read
    }
}

// A table to join: from --db, or the boundaries' own attributes.
files::TableRead read_values(const DataRequest& request, base::JobContext& ctx) {
    std::vector<std::string> text_columns;
    if (!request.key.empty()) text_columns.push_back(request.key);
    try {
        return files::read_table(
            {.file = request.db, .table = request.table, .text_columns = text_columns}, ctx);
    } catch (const Error& error) {
        // Nobody wants to choose among the inner tables of a store.
        if (error.message.key != "error.table.which" || !opens_as_store(request.db)) throw;
        throw Error(ErrorKind::Usage, "error.table.is_store",
                    {{"file", request.db.filename().string()}});
    }
}

data::JoinSpec join_spec(const DataRequest& request, bool own) {
    data::JoinSpec spec;
    spec.key = own ? kUnitCode : request.key;
    spec.year_column = request.year_column;
    spec.values = request.values;
    spec.denominator = request.denominator;
    spec.scale = request.scale;
    return spec;
}

// Row i of the boundaries' own attributes is unit i, whatever its code: two units may share one.
data::UnitTable numbered(const data::UnitTable& units) {
    data::UnitTable rows;
    for (std::size_t i = 0; i < units.size(); ++i) rows.code.push_back("#" + std::to_string(i));
    rows.name = units.name;
    return rows;
}

data::RawTable with_codes(data::RawTable table, const data::UnitTable& units) {
    data::Column codes;
    codes.name = kUnitCode;
    codes.text = units.code;
    codes.null.assign(units.size(), 0);
    table.columns.push_back(std::move(codes));
    return table;
}

void add_search_keys(Dataset& dataset) {
    const auto& units = dataset.vintage->units;
    dataset.sort_keys = base::sort_keys(units.name);
    dataset.search_keys.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i)
        dataset.search_keys.push_back(base::search_key(units.name[i] + " " + units.code[i]));
}

// Decimals that show three significant digits of a typical value, none for whole numbers.
int shown_decimals(const data::IndicatorCube& cube, std::size_t indicator) {
    double largest = 0;
    bool whole = true;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        const auto slice = cube.slice(indicator, p);
        for (std::size_t i = 0; i < slice.size(); ++i) {
            if (!slice.has(i)) continue;
            largest = std::max(largest, std::fabs(slice.value[i]));
            whole = whole && slice.value[i] == std::round(slice.value[i]);
        }
    }
    if (whole || largest == 0) return 0;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(largest))), 1, 5);
}

// Metres were taken to be of the map's zone. The zone next to it moves them by 26 km and more, and
// farther ones out of sight: places that are all far away are most likely of another.
void report_places_elsewhere(const geo::Coverage& coverage, const files::PlacesSource& source,
                             const files::PlacesRead& read, base::Findings& findings) {
    constexpr std::int64_t kFar_km = 100;
    const auto& places = read.layer.places;
    const geo::Box reach = coverage.box().grown(1000.0 * kFar_km);
    if (!read.assumed || places.empty() ||
        std::any_of(places.begin(), places.end(),
                    [&](const data::Place& place) { return reach.contains(place.at); }))
        return;
    findings.push_back(base::finding(base::Severity::Warning, "places_elsewhere",
                                     {{"file", source.file.filename().string()},
                                      {"km", kFar_km},
                                      {"crs", coverage.crs().name()}}));
}

// In the CRS of the map, `crs`.
void read_place_layers(Dataset& dataset, const DataRequest& request, const files::Store* store,
                       const geo::Crs& crs, base::JobContext& ctx) {
    if (store && dataset.request.places.empty()) {
        data::PlaceLayer layer{store->info().title, store->read_places()};
        for (auto& place : layer.places) {
            geo::transform(std::span(&place.at, 1), geo::Crs::wgs84(), crs);
            for (auto& ring : place.rings) geo::transform(ring, geo::Crs::wgs84(), crs);
        }
        if (!layer.places.empty()) dataset.places.push_back(std::move(layer));
    }
    for (const auto& places : request.places) {
        auto read = files::read_places(places, crs, ctx);
        if (dataset.vintage->coverage)
            report_places_elsewhere(*dataset.vintage->coverage, places, read, read.findings);
        dataset.places.push_back(std::move(read.layer));
        append(dataset.findings, std::move(read.findings));
    }
}

// Puts the code of the unit that each row means into a column of its own.
void find_names(Dataset& dataset, const DataRequest& request, data::RawTable& table,
                base::JobContext& ctx) {
    data::NameJoinSpec spec{.code = request.key, .name = request.name_key};
    if (!request.accept_names.empty()) {
        const auto accept = data::parse_acceptance(request.accept_names);
        if (!accept)
            throw Error(ErrorKind::Usage, "error.flag.bad_value",
                        {{"flag", "--accept-suggestions"},
                         {"value", request.accept_names},
                         {"expected", "all | 3 | 1,4-6"}});
        spec.accept = *accept;
    }
    spec.aliases = approved_names(request.aliases, ctx);
    auto joined = data::join_names(dataset.vintage->units, table, spec);
    dataset.names = std::move(joined.report);
    data::Column codes;
    codes.name = kUnitCode;
    codes.null.assign(joined.codes.size(), 0);
    for (std::size_t i = 0; i < joined.codes.size(); ++i)
        codes.null[i] = joined.codes[i].empty() ? 1 : 0;
    codes.text = std::move(joined.codes);
    table.columns.push_back(std::move(codes));
}

// Whether the boundaries came without codes, so that their rows were numbered instead.
bool numbered_by_row(const base::Findings& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const auto& f) { return f.key == "no_code_column"; });
}

void join_values(Dataset& dataset, const DataRequest& request, const files::RawUnits& raw,
                 std::future<files::TableRead>& table, base::JobContext& ctx) {
    const bool own = !table.valid();
    const data::UnitTable rows = own ? numbered(raw.units) : data::UnitTable{};
    files::TableRead read =
        own ? files::TableRead{with_codes(raw.attributes, rows), {}} : table.get();
    append(dataset.findings, std::move(read.findings));
    ctx.stage("stage.join");
    const auto& units = own ? rows : dataset.vintage->units;
    auto spec = join_spec(request, own);
    const bool named = !own && request.by_name;
    // Row numbers look like codes, and would give units the values of others.
    if (!own && !named && numbered_by_row(dataset.findings))
        throw Error(ErrorKind::Data, "error.join.no_codes",
                    {{"file", dataset.boundaries_name}, {"table", dataset.table_name}});
    if (named) {
        find_names(dataset, request, read.table, ctx);
        spec.key = kUnitCode;
    }
    // Boundaries without values are a map all the same.
    if (own && spec.values.empty() &&
        data::value_columns(read.table, read.table.find(spec.key), nullptr).empty()) {
        dataset.cube = std::make_shared<data::IndicatorCube>(
            dataset.vintage->id, std::vector<data::Indicator>{}, std::vector<data::Period>{},
            units.size());
        return;
    }
    auto joined = data::join(units, dataset.vintage->id, read.table, spec);
    dataset.joined = !own;
    dataset.join = std::move(joined.report);
    if (named) dataset.join.key = dataset.names.name;
    append(dataset.findings, std::move(joined.findings));
    dataset.cube = std::make_shared<data::IndicatorCube>(std::move(joined.cube));
}

// A length as flags give it. Without a unit it would mean 100 km to one file and 1 m to another.
struct Length {
    enum class Unit { Degrees, Metres } unit = Unit::Metres;
    double value = 0;
};
std::optional<Length> read_length(std::string_view text) {
    Length out;
    if (text.ends_with("deg")) {
        out.unit = Length::Unit::Degrees;
        text.remove_suffix(3);
    } else if (text.ends_with('m')) {
        text.remove_suffix(1);
    } else {
        return std::nullopt;
    }
    const auto number = base::parse_number(text, {});
    if (!number || *number <= 0) return std::nullopt;
    out.value = *number;
    return out;
}

void worst_first(base::Findings& findings) {
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto& a, const auto& b) { return a.severity > b.severity; });
}

} // namespace

double parse_tolerance(const std::string& text, const geo::Crs& source) {
    constexpr double kMetresPerDegree = 111'320; // on the equator; a tolerance needs no more
    constexpr double kMost_m = 1000; // farther apart lie borders that are meant to be two
    const auto tolerance = read_length(text);
    if (!tolerance) throw Error(ErrorKind::Usage, "error.tolerance.bad", {{"value", text}});
    const double metres =
        tolerance->value * (tolerance->unit == Length::Unit::Degrees ? kMetresPerDegree : 1);
    if (metres > kMost_m)
        throw Error(ErrorKind::Usage, "error.tolerance.large",
                    {{"value", text}, {"most", kMost_m}});
    if (!source.geographic()) return metres / source.metres_per_unit();
    return tolerance->unit == Length::Unit::Degrees ? tolerance->value : metres / kMetresPerDegree;
}

base::Findings place_assumptions(const Dataset& dataset) {
    base::Findings out;
    std::copy_if(dataset.findings.begin(), dataset.findings.end(), std::back_inserter(out),
                 [](const base::Finding& f) {
                     return f.key == "places_metres" || f.key == "places_elsewhere";
                 });
    return out;
}

std::string source_names(const Dataset& dataset, bool places) {
    std::vector<std::string> names{dataset.boundaries_name, dataset.table_name};
    if (places)
        for (const auto& layer : dataset.request.places)
            names.push_back(layer.file.filename().string());
    std::vector<std::string> once;
    for (auto& name : names)
        if (!name.empty() && std::find(once.begin(), once.end(), name) == once.end())
            once.push_back(std::move(name));
    return base::joined(once, "; ");
}

void check_output(const DataRequest& read, const fs::path& out) {
    const auto refuse = [&](const fs::path& file) {
        std::error_code not_there;
        if (!file.empty() && !out.empty() && fs::equivalent(file, out, not_there))
            throw Error(ErrorKind::Usage, "error.out.is_input",
                        {{"file", out.filename().string()}});
    };
    for (const auto* file : {&read.boundaries, &read.db, &read.store, &read.aliases}) refuse(*file);
    for (const auto& places : read.places) refuse(places.file);
}

std::vector<data::Alias> approved_names(const fs::path& file, base::JobContext& ctx) {
    std::error_code unknown;
    if (file.empty() || (!fs::exists(file, unknown) && !unknown)) return {};
    return data::read_aliases(
        files::read_table({.file = file, .text_columns = {"code"}}, ctx).table);
}

namespace {

// A store has the boundaries of all its vintages in one layer, which is no map.
void refuse_store_as_boundaries(const DataRequest& request) {
    if (request.layer.empty() && opens_as_store(request.boundaries))
        throw Error(ErrorKind::Usage, "error.boundaries.is_store",
                    {{"file", request.boundaries.filename().string()}});
}

// A project where its parts are asked for.
void refuse_project(const DataRequest& request) {
    std::error_code ignored;
    for (const auto* file : {&request.boundaries, &request.db, &request.store})
        if (base::lower_extension(*file) == ".diaban" &&
            std::filesystem::is_regular_file(*file, ignored))
            throw Error(ErrorKind::Usage, "error.data.is_project",
                        {{"file", file->filename().string()}});
}

// Boundaries without any shape that are a table by their name: another flag was meant.
[[noreturn]] void rethrow_table_as_boundaries(const DataRequest& request, const Error& error) {
    constexpr std::array kTables{".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"};
    const auto extension = base::lower_extension(request.boundaries);
    if ((error.message.key == "error.boundaries.no_shapes" ||
         error.message.key == "error.boundaries.no_features" ||
         error.message.key == "error.boundaries.no_polygons") &&
        std::find(kTables.begin(), kTables.end(), extension) != kTables.end())
        throw Error(ErrorKind::Data, "error.boundaries.is_table",
                    {{"file", request.boundaries.filename().string()}});
    throw error;
}

// An indicator, what a rate of it is made of, and the rates made of it: what masking and advice ask
// for. Empty: all.
std::vector<data::IndicatorId> needed_for(const std::string& indicator,
                                          const std::vector<data::Indicator>& all) {
    std::vector<data::IndicatorId> out;
    const auto add = [&](const std::string& id) {
        const bool known = id == files::kAgencyIndicator ||
                           std::any_of(all.begin(), all.end(),
                                       [&](const data::Indicator& one) { return one.id == id; });
        if (known && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    };
    const auto smoothed = parse_smoothed(indicator);
    if (smoothed && smoothed->rate.empty()) { // as full_id() chooses it
        const auto rate = std::find_if(all.begin(), all.end(), [](const data::Indicator& one) {
            return one.kind == data::Kind::Ratio;
        });
        if (rate != all.end()) add(rate->id);
    } else if (!indicator.empty()) {
        add(as_it_stands(indicator));
    } else {
        const auto status = std::find_if(all.begin(), all.end(), [](const data::Indicator& one) {
            const auto& categories = one.categories;
            return std::find(categories.begin(), categories.end(), "hot") != categories.end();
        });
        if (status != all.end()) add(status->id);
    }
    if (out.empty()) return out;
    const auto chosen = out.front();
    for (const auto& one : all)
        if (one.id == chosen || one.numerator == chosen)
            add(one.id), add(one.numerator), add(one.denominator);
    // What a number adds up with decides what is masked beside it.
    for (const auto& codes : data::identities())
        if (std::any_of(codes.begin(), codes.end(), [&](std::string_view code) {
                return std::find(out.begin(), out.end(), code) != out.end();
            }))
            for (const auto code : codes) add(std::string(code));
    return out;
}

// A file says so while it is read, a store does not: units that have numbers and no place.
void report_no_shapes(const data::Vintage& vintage, const std::string& store,
                      base::Findings& findings) {
    const auto faces = vintage.coverage->faces();
    for (std::size_t i = 0; i < faces.size(); ++i)
        if (faces[i].ring_count == 0)
            findings.push_back(base::finding(base::Severity::Warning, "unit_no_shape",
                                             {{"code", vintage.units.code[i]},
                                              {"name", vintage.units.name[i]},
                                              {"vintage", vintage.id},
                                              {"file", store}},
                                             vintage.units.code[i]));
}

using ChooseIndicators =
    std::function<std::vector<data::IndicatorId>(const std::vector<data::Indicator>&)>;

std::shared_ptr<const Dataset> load_some(const DataRequest& given, Need need,
                                         const ChooseIndicators& choose, base::JobContext& ctx) {
    if (given.empty()) throw Error(ErrorKind::Usage, "error.data.none");
    refuse_project(given);
    auto request = given;
    auto dataset = std::make_shared<Dataset>();
    std::unique_ptr<files::Store> store;
    if (!request.store.empty()) {
        store = std::make_unique<files::Store>(request.store);
        dataset->vintages = store->info().vintages;
        dataset->title = store->info().title;
        dataset->sample = store->info().sample;
        if (dataset->vintages.empty())
            throw Error(ErrorKind::Data, "error.store.no_vintage",
                        {{"file", request.store.filename().string()}});
        if (request.vintage.empty()) request.vintage = dataset->vintages.front();
    } else {
        refuse_store_as_boundaries(request);
        dataset->title = base::nfc(request.boundaries.stem().stem().string());
    }
    dataset->request = request;

    // The table is read while the boundaries are: different files, different threads.
    std::future<files::TableRead> table;
    if (!request.db.empty() && need != Need::Topology)
        table = std::async(std::launch::async, [&] { return read_values(request, ctx); });

    auto loaded = [&] {
        try {
            return load_boundaries(request, store.get(), need, ctx);
        } catch (const Error& error) {
            rethrow_table_as_boundaries(request, error);
        }
    }();
    auto vintage = std::make_shared<data::Vintage>();
    vintage->id = store ? request.vintage : "";
    vintage->units = std::move(loaded.raw.units);
    vintage->coverage = std::move(loaded.coverage);
    dataset->vintage = vintage;
    dataset->source_crs = loaded.raw.crs;
    dataset->crs_candidates = loaded.raw.crs_candidates;
    dataset->encoding = loaded.raw.encoding;
    dataset->encoding_evidence = loaded.raw.evidence;
    dataset->sample_names = loaded.raw.sample_names;
    dataset->source_vertices = closed_vertices(loaded.raw.soup);
    dataset->boundaries_name = (store ? request.store : request.boundaries).filename().string();
    dataset->table_name = request.db.filename().string();
    append(dataset->findings, std::move(loaded.raw.findings));
    append(dataset->findings, std::move(loaded.findings));
    if (store && vintage->coverage)
        report_no_shapes(*vintage, dataset->boundaries_name, dataset->findings);
    if (need == Need::Topology) {
        worst_first(dataset->findings);
        return dataset;
    }

    loaded.raw.units = vintage->units;
    if (store) {
        ctx.stage("stage.table");
        auto cube = store->read_cube(request.vintage, vintage->units,
                                     choose(store->info().indicators), ctx);
        dataset->told_before = files::read_public_columns(request.store, request.vintage);
        apply_claims(cube, files::read_claims(request.store, request.vintage));
        dataset->cube = std::make_shared<data::IndicatorCube>(std::move(cube));
    } else {
        join_values(*dataset, request, loaded.raw, table, ctx);
    }
    for (std::size_t i = 0; i < dataset->cube->indicators.size(); ++i)
        dataset->decimals.push_back(shown_decimals(*dataset->cube, i));
    read_place_layers(*dataset, request, store.get(),
                      vintage->coverage ? vintage->coverage->crs() : map_crs_of(loaded.raw), ctx);
    if (need == Need::Everything) add_search_keys(*dataset);
    if (vintage->coverage) append(dataset->findings, missing_archipelagos(*vintage));
    worst_first(dataset->findings);
    return dataset;
}

} // namespace

std::shared_ptr<const Dataset> load(const DataRequest& request, Need need, base::JobContext& ctx) {
    return load_some(
        request, need, [](const auto&) { return std::vector<data::IndicatorId>(); }, ctx);
}

std::shared_ptr<const Dataset> load_for_map(const DataRequest& request,
                                            const std::string& indicator, Need need,
                                            base::JobContext& ctx) {
    return load_some(
        request, need, [&](const auto& all) { return needed_for(indicator, all); }, ctx);
}

bool is_large_store(const fs::path& file) {
    constexpr std::size_t kLarge = 2'000'000; // cells; fewer are read within half a second
    const files::Store store(file);
    std::size_t units = 0;
    for (const auto& vintage : store.info().vintages)
        units = std::max(units, store.read_units(vintage).size());
    return units * store.info().indicators.size() * store.info().periods.size() > kLarge;
}

} // namespace diaban::app
