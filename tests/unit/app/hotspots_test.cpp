#include "app/commands/hotspots_parts.hpp"
#include "app/commands/hotspots_result.hpp"
#include "app/stored_hotspots.hpp"
#include "hotspots_province.hpp"
#include "support/geodata.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

using namespace diaban;
using namespace diaban::app;
using test::province, test::rate_id, test::run_on;

namespace {

using Codes = std::set<std::string>;

// The communes of each place that was planted, in a year.
std::vector<Codes> places_of(int year) {
    std::vector<Codes> out;
    for (const auto& place : province().sample.truth)
        if (place.vintage == "2009" && place.from_year <= year && year <= place.until_year)
            out.emplace_back(place.units.begin(), place.units.end());
    return out;
}

std::size_t shared(const Codes& a, const Codes& b) {
    return static_cast<std::size_t>(
        std::count_if(a.begin(), a.end(), [&](const auto& code) { return b.count(code) > 0; }));
}

// What a result names, against what was planted.
struct Hits {
    std::vector<std::size_t> of_place; // communes of each that are named
    std::size_t named = 0, outside = 0;
    std::size_t false_clusters = 0;                 // without any commune of a place
    double weakest_true = 1e9, strongest_false = 0; // likelihood ratio, of a scan
};
Hits hits_of(const HotspotsReport& report, const std::vector<Codes>& places) {
    Hits out;
    out.of_place.resize(places.size());
    for (std::size_t k = 0; k < report.clusters.size(); ++k) {
        Codes codes;
        for (const auto u : report.clusters[k].units) codes.insert(report.codes[u]);
        std::size_t inside = 0;
        for (std::size_t p = 0; p < places.size(); ++p) {
            out.of_place[p] += shared(codes, places[p]);
            inside += shared(codes, places[p]);
        }
        out.named += codes.size();
        out.outside += codes.size() - inside;
        out.false_clusters += inside == 0;
        if (!report.scan) continue;
        const double llr = report.scan->clusters[k].llr;
        if (inside > 0)
            out.weakest_true = std::min(out.weakest_true, llr);
        else
            out.strongest_false = std::max(out.strongest_false, llr);
    }
    return out;
}

std::size_t legend_total(const map::Style& style) {
    std::size_t total = 0;
    for (const auto& entry : style.entries) total += entry.count;
    return total;
}

} // namespace

// Nothing but default settings. The sample's background is uneven (places with a status have more
// cases, and rates walk from year to year), so a scan names more than was planted: what it adds
// must be weaker, and little. Gi* is asked of every commune with its neighbours and corrected for
// all of them: it says where a place is, not how far it goes, and misses some.
TEST_CASE("by default the scan covers every planted place, and Gi* names most of them") {
    std::size_t places = 0, seen = 0;
    for (const int year : {2013, 2015, 2016, 2018, 2020, 2021}) {
        INFO(year);
        const auto truth = places_of(year);
        REQUIRE(truth.size() >= 1);
        HotspotsRequest request{.indicator = rate_id(), .period = {year, 0}};
        const auto gi = run_on(province().dataset, request);
        const auto named = hits_of(gi, truth);
        for (const auto hits : named.of_place) ++places, seen += hits > 0;
        CHECK(named.outside <= 1);
        CHECK(legend_total(gi.map.style) == 156);
        CHECK(gi.classes.size() == 156);
        CHECK(gi.global.moran.p_permutation < 0.01);
        for (const auto& cluster : gi.clusters) CHECK(cluster.kind == analysis::Pattern::Hot);

        request.method = HotspotMethod::Scan;
        const auto scan = run_on(province().dataset, request);
        const auto covered = hits_of(scan, truth);
        for (std::size_t p = 0; p < truth.size(); ++p)
            CHECK(covered.of_place[p] == truth[p].size());
        CHECK(covered.strongest_false < covered.weakest_true);
        CHECK(covered.false_clusters <= 8);
        std::size_t without = 0; // communes in clusters that hold no place
        for (std::size_t k = 0; k < scan.clusters.size(); ++k)
            if (scan.scan->clusters[k].llr < covered.weakest_true)
                without += scan.clusters[k].units.size();
        CHECK(without * 5 < 156);
        CHECK(scan.scan->clusters.front().p == Approx(0.001)); // the least of 999 replicas
        CHECK(legend_total(scan.map.style) == 156);
    }
    INFO("Gi* named " << seen << " of " << places);
    CHECK(places == 11);
    CHECK(10 * seen >= 8 * places);
}

TEST_CASE(
    "a scan whose circle takes in much of the province says that a smaller one may tell more") {
    HotspotsRequest request{
        .method = HotspotMethod::Scan, .indicator = rate_id(), .period = {2012, 0}};
    const auto wide = run_on(province().dataset, request);
    const auto& strongest = wide.scan->clusters.front();
    REQUIRE(strongest.units.size() > 50);
    const auto share = std::lround(strongest.expected / wide.scan->cases * 100);
    CHECK(wide.sentence.find("It takes in " + std::to_string(share) + " % of the whole") !=
          std::string::npos);
    request.most_population = 0.1;
    const auto close = run_on(province().dataset, request);
    CHECK(close.scan->clusters.front().units.size() <= 12);
    CHECK(close.sentence.find("takes in") == std::string::npos);
    CHECK(hits_of(close, places_of(2012)).of_place == std::vector<std::size_t>{6});
}

// The same places where the risk is four times, and the same everywhere else.
TEST_CASE("where nothing but the planted places differs, the scan finds them and nothing else") {
    const auto& cube = *province().dataset->cube;
    const auto& codes = province().dataset->vintage->units.code;
    const auto people = cube.slice(*cube.find("population"), *cube.find(data::Period{2015, 0}));
    const auto places = places_of(2015);
    REQUIRE(places.size() == 2);
    const auto hits = [&](std::uint64_t map, double times, HotspotMethod method) {
        std::mt19937_64 random(map);
        const auto cases = [&](std::size_t, std::size_t u) {
            const bool inside = places[0].count(codes[u]) + places[1].count(codes[u]) > 0;
            const double mean = people.value[u] * 0.002 * (inside ? times : 1);
            return static_cast<double>(std::poisson_distribution<int>(mean)(random));
        };
        const auto dataset = test::with_series(
            {{2015, 0}}, cases, [&](std::size_t, std::size_t u) { return people.value[u]; });
        return hits_of(run_on(dataset, {.method = method, .indicator = "c_rate"}), places);
    };
    std::size_t false_clusters = 0, named = 0, outside = 0;
    for (std::uint64_t map = 0; map < 6; ++map) {
        INFO("map " << map);
        const auto scan = hits(map, 4, HotspotMethod::Scan);
        CHECK(scan.of_place == std::vector<std::size_t>{6, 6});
        CHECK(scan.outside <= 2); // at the edge
        false_clusters += scan.false_clusters;
        const auto gi = hits(map, 4, HotspotMethod::GiStar);
        CHECK(gi.of_place[0] >= 1);
        CHECK(gi.of_place[1] >= 1);
        named += gi.named;
        outside += gi.outside;
        // Without the places there is nothing to find.
        false_clusters += hits(map, 1, HotspotMethod::Scan).false_clusters;
        outside += hits(map, 1, HotspotMethod::GiStar).named;
    }
    CHECK(false_clusters <= 2); // 0.05 on each of twelve maps
    // Some of those outside are neighbours of a place, whose neighbourhood is high indeed.
    CHECK(outside * 5 <= named);
}

TEST_CASE("nothing is found in a shuffled province beyond the stated rate") {
    const auto& cube = *province().dataset->cube;
    const auto at = *cube.find(rate_id());
    const auto period = *cube.find(data::Period{2015, 0});
    std::mt19937_64 random(5);
    std::size_t provinces_with_finds = 0;
    constexpr std::size_t kProvinces = 40;
    for (std::size_t round = 0; round < kProvinces; ++round) {
        auto shuffled = std::make_shared<data::IndicatorCube>(cube);
        std::vector<std::size_t> known;
        std::vector<double> values;
        const auto slice = cube.slice(at, period);
        for (std::size_t u = 0; u < slice.size(); ++u)
            if (slice.has(u)) known.push_back(u), values.push_back(slice.value[u]);
        std::shuffle(values.begin(), values.end(), random);
        for (std::size_t i = 0; i < known.size(); ++i)
            shuffled->set(at, period, known[i], values[i]);
        auto dataset = std::make_shared<Dataset>(*province().dataset);
        dataset->cube = shuffled;
        provinces_with_finds +=
            run_on(dataset, {.indicator = rate_id(), .period = {2015, 0}}).significant > 0;
    }
    CHECK(static_cast<double>(provinces_with_finds) <=
          0.05 * kProvinces + 3 * std::sqrt(0.05 * kProvinces));
}

TEST_CASE("every method ends with a legend of all units, words and flags") {
    using enum HotspotMethod;
    for (const auto method : {Gi, GiStar, LocalMoran, LocalGeary, JoinCount, Bivariate,
                              Differential, Scan, Emerging, Trend}) {
        HotspotsRequest request{.method = method, .permutations = 999};
        if (method != JoinCount) request.indicator = rate_id();
        if (method == Bivariate) request.second = "IN01";
        request.replicas = 99;
        INFO(to_string(method));
        const auto report = run_on(province().dataset, request);
        CHECK(legend_total(report.map.style) == 156);
        CHECK(report.map.style.entry_of.size() == 156);
        CHECK_FALSE(report.sentence.empty());
        CHECK(report.sentence.find('{') == std::string::npos);
        CHECK(report.method_line.find('{') == std::string::npos);
        const auto json = nlohmann::json::parse(to_json(report, *Language::load("vi")));
        for (const auto* key :
             {"method", "n", "significant", "correction", "permutations", "seed", "global"})
            CHECK(json.contains(key));
        CHECK(parse_hotspot_method(to_string(method)) == method);
    }
}

TEST_CASE("advice says what does not fit before anything is drawn") {
    base::JobContext ctx;
    const auto keys = [&](const HotspotsRequest& request) {
        std::set<std::string> out;
        for (const auto& one : prepare(request, province().dataset, ctx).advice)
            out.insert(one.key);
        return out;
    };
    CHECK(keys({.indicator = "DR01"}).count("advice.counts") == 1);
    CHECK(keys({.indicator = rate_id(), .period = {2015, 0}}).count("advice.missing") == 1);
    CHECK(keys({.indicator = rate_id(), .permutations = 999}).count("advice.reach") == 1);
    HotspotsRequest strict{.indicator = rate_id(), .permutations = 99};
    strict.correction = analysis::Correction::Bonferroni;
    CHECK(keys(strict).count("advice.out_of_reach") == 1);
    CHECK_THROWS_AS(prepare({.indicator = "ST01"}, province().dataset, ctx), base::Error);
    CHECK_THROWS_AS(
        prepare({.indicator = "DR01", .rate = analysis::RateKind::Raw}, province().dataset, ctx),
        base::Error);
    // A count whose rate is there: that one is named.
    try {
        prepare({.method = HotspotMethod::Scan, .indicator = "DR01"}, province().dataset, ctx);
        FAIL("not refused");
    } catch (const base::Error& error) {
        CHECK(error.message.key == "error.hotspots.choose_rate");
    }
    CHECK_THROWS_AS(prepare({.method = HotspotMethod::Bivariate, .indicator = rate_id()},
                            province().dataset, ctx),
                    base::Error);
}

TEST_CASE("a public file holds no masked value and lists what is masked") {
    base::JobContext ctx;
    const auto language = Language::load("en");
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}, .permutations = 99};
    request.out = province().folder / "public.csv";
    const auto inputs = prepare(request, province().dataset, ctx);
    REQUIRE(!inputs.masked.empty());
    auto report = run(request, inputs, *language, ctx);
    write(report, inputs, *language, ctx);
    std::ifstream in(request.out);
    std::string line;
    std::getline(in, line);
    std::size_t row = 0, blank = 0;
    for (; std::getline(in, line); ++row) {
        const auto value = line.substr(line.find(',', line.find(',') + 1) + 1);
        if (!inputs.masked[row]) continue;
        CHECK(value.front() == ',');
        ++blank;
    }
    CHECK(row == 156);
    CHECK(blank == report.masked);
    CHECK(std::filesystem::exists(request.out.string() + ".masked.csv"));
    request.classification = Classification::Internal;
    request.out = province().folder / "internal.csv";
    const auto open = prepare(request, province().dataset, ctx);
    CHECK(open.masked.empty());
    auto exact = run(request, open, *language, ctx);
    write(exact, open, *language, ctx);
    std::ifstream whole(request.out);
    std::getline(whole, line);
    CHECK(line.find(",stat,") != std::string::npos);
    for (const auto* name : {"result.gpkg", "result.geojson", "result.shp"}) {
        exact.request.out = province().folder / name;
        write(exact, open, *language, ctx);
        CHECK(std::filesystem::file_size(exact.request.out) > 1000);
    }
}

TEST_CASE("a stored result knows its inputs again, and says when they changed") {
    base::JobContext ctx;
    HotspotsRequest request{.method = HotspotMethod::LocalMoran,
                            .indicator = rate_id(),
                            .period = {2015, 0},
                            .rate = analysis::RateKind::EmpiricalBayes,
                            .permutations = 999,
                            .seed = 7};
    request.neighbours.spec.kind = analysis::WeightsKind::Nearest;
    const auto inputs = prepare(request, province().dataset, ctx);
    const auto report = run(request, inputs, *Language::load("en"), ctx);
    const auto stored = to_store("Moran 2015", report, inputs);
    CHECK_FALSE(stored.left_out.empty());
    auto project = with_stored({}, stored);
    project = parse_project(project_json(project, "/tmp"), "/tmp");
    REQUIRE(stored_hotspots(project).size() == 1);
    CHECK(find_stored(project, "Moran 2015") == stored);
    CHECK(stored_hotspots(with_stored(project, stored)).size() == 1);
    // The same request keeps its name, another one gets a name of its own.
    CHECK(with_free_name(project, stored).name == "Moran 2015");
    auto other = stored;
    other.request.seed = 8;
    CHECK(with_free_name(project, other).name == "Moran 2015 (2)");
    project = with_stored(project, with_free_name(project, other));
    CHECK(stored_hotspots(project).size() == 2);
    CHECK(with_free_name(project, other).name == "Moran 2015 (2)");
    project = without_stored(project, "Moran 2015 (2)");
    CHECK_THROWS_AS(find_stored(project, "other"), base::Error);
    CHECK(stored_hotspots(without_stored(project, "Moran 2015")).empty());
    const auto again = find_stored(project, "Moran 2015").request;
    CHECK(inputs_hash(prepare(again, province().dataset, ctx)) == stored.inputs);
    // One value more.
    auto changed = std::make_shared<data::IndicatorCube>(*province().dataset->cube);
    changed->set(*changed->find("DR01"), *changed->find(data::Period{2015, 0}), 3, 99);
    auto dataset = std::make_shared<Dataset>(*province().dataset);
    dataset->cube = changed;
    CHECK(inputs_hash(prepare(again, dataset, ctx)) != stored.inputs);
    // One link more.
    auto linked = again;
    linked.neighbours.links = {
        {inputs.dataset->vintage->units.code[0], inputs.dataset->vintage->units.code[155]}};
    CHECK(inputs_hash(prepare(linked, province().dataset, ctx)) != stored.inputs);
}

TEST_CASE("a result at hand is written as a new run writes it, and said in another language") {
    base::JobContext ctx(2);
    const auto english = Language::load("en"), vietnamese = Language::load("vi");
    const HotspotsRequest asked{.indicator = rate_id(), .period = {2015, 0}, .permutations = 999};
    const auto result = find_hotspots(asked, province().dataset, *vietnamese, ctx);
    const auto bytes = [](const std::filesystem::path& file) {
        std::ifstream in(file, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    for (const auto* name : {"a.csv", "a.geojson", "a.svg", "p.svg"})
        for (const auto classification : {Classification::Public, Classification::Internal}) {
            INFO(name);
            auto request = asked;
            request.classification = classification;
            const bool picture = std::filesystem::path(name).extension() == ".svg";
            request.significance = *name == 'p';
            (picture ? request.map_out : request.out) = province().folder / name;
            const auto files = export_hotspots(result, request, *english, ctx);
            REQUIRE(files.size() == 1);
            const auto first = bytes(files[0]);
            std::filesystem::remove(files[0]);
            const auto inputs = prepare(request, province().dataset, ctx);
            auto again = run(request, inputs, *english, ctx);
            write(again, inputs, *english, ctx);
            CHECK(first.size() > 1000);
            CHECK((first == bytes(files[0])));
        }
    CHECK(result.language == "vi");
    CHECK(reworded(result, *english).report.sentence != result.report.sentence);
    // A scan has no p of each unit.
    auto scan = asked;
    scan.method = HotspotMethod::Scan;
    scan.replicas = 99;
    scan.map_out = province().folder / "scan.svg";
    scan.significance = true;
    CHECK_THROWS_AS(export_hotspots(find_hotspots(scan, province().dataset, *english, ctx), scan,
                                    *english, ctx),
                    base::Error);
}

TEST_CASE("links drawn by hand are kept once, whichever way, and never to the unit itself") {
    data::UnitTable units;
    units.code = {"01", "", "03"};
    auto links = with_link({}, units, 0, 2);
    links = with_link(links, units, 2, 0);
    links = with_link(links, units, 1, 1);
    CHECK(links == std::vector<UnitLink>{{"01", "03"}});
    links = with_link(links, units, 1, 0);
    CHECK(links.back() == UnitLink{"row_2", "01"});
    links.emplace_back("01", "99"); // of other boundaries
    CHECK(known_links(links, units) ==
          std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 2}, {1, 0}});
    CHECK(links_here(links, units) == std::vector<UnitLink>{{"01", "03"}, {"row_2", "01"}});
    CHECK(joined_links({{"01", "03"}}, {{"03", "01"}, {"01", "99"}, {"01", "01"}}) ==
          std::vector<UnitLink>{{"01", "03"}, {"01", "99"}});
    // Links that a stored result was made with become the project's.
    Project project;
    project.links = {{"01", "02"}};
    StoredHotspots stored{.name = "a"};
    stored.request.neighbours.links = {{"02", "01"}, {"01", "03"}};
    CHECK(with_stored(project, stored).links == std::vector<UnitLink>{{"01", "02"}, {"01", "03"}});
}

TEST_CASE("units without neighbours are islands over time too, not units without a pattern") {
    HotspotsRequest request{.indicator = rate_id(), .permutations = 99};
    const auto now = run_on(province().dataset, request);
    request.method = HotspotMethod::Emerging;
    const auto over_time = run_on(province().dataset, request);
    REQUIRE(now.islands > 0);
    CHECK(over_time.islands == now.islands);
    for (std::size_t u = 0; u < now.classes.size(); ++u)
        CHECK((over_time.classes[u] == "island") == (now.classes[u] == "island"));
    CHECK(over_time.tested + over_time.islands == over_time.observed);
}

TEST_CASE("a trend is asked of each unit alone, and named if it passes the correction") {
    // Commune 0 rises every year, commune 1 falls every year, commune 2 always has the same,
    // commune 3 has four years only, commune 4 none; the others toss a coin. All are too many to be
    // masked.
    auto cube = std::make_shared<data::IndicatorCube>(*province().dataset->cube);
    const auto at = *cube->find("DR01");
    std::mt19937 random(5);
    for (std::size_t t = 0; t < cube->periods.size(); ++t)
        for (std::size_t u = 0; u < cube->units(); ++u) {
            const auto year = static_cast<double>(t);
            cube->set(at, t, u,
                      u == 0   ? 10 + year
                      : u == 1 ? 40 - year
                      : u == 2 ? 30
                               : 50 + static_cast<double>(random() % 2));
            if (u == 4 || (u == 3 && t >= 4)) cube->set(at, t, u, 0, data::Cell::Missing);
        }
    auto dataset = std::make_shared<Dataset>(*province().dataset);
    dataset->cube = cube;
    const HotspotsRequest request{.method = HotspotMethod::Trend, .indicator = "DR01"};
    const auto report = run_on(dataset, request);
    CHECK(report.classes[0] == "rising");
    CHECK(report.classes[1] == "falling");
    CHECK(report.classes[2] == "constant");
    CHECK(report.classes[3] == "few-periods");
    CHECK(report.classes[4] == "no-data");
    CHECK(report.trends[0].trend.s == 120); // all pairs of 16 years
    CHECK(report.trends[1].trend.s == -120);
    CHECK(report.significant >= 2);
    CHECK(report.by_chance == Approx(0.05 * static_cast<double>(report.significant)));
    CHECK(report.periods.size() == 16);
    CHECK(report.advice.empty());
    CHECK(legend_total(report.significance.style) == 156);
    CHECK(report.sentence.find("over 16 periods") != std::string::npos);
    const auto json = nlohmann::json::parse(to_json(report, *Language::load("en")));
    CHECK(json["trend"]["rising"][0] == report.codes[0]);
    CHECK(json["weights"].is_null());
    // Four years say nothing.
    base::JobContext ctx;
    auto few = request;
    few.since = {2012, 0};
    few.period = {2015, 0};
    CHECK_THROWS_AS(prepare(few, dataset, ctx), base::Error);
}

TEST_CASE(
    "the Moran scatter plot has a dot for each unit with neighbours, and none for masked ones") {
    base::JobContext ctx;
    const auto language = Language::load("en");
    HotspotsRequest request{.method = HotspotMethod::LocalMoran,
                            .indicator = rate_id(),
                            .period = {2015, 0},
                            .permutations = 99};
    for (const auto classification : {Classification::Public, Classification::Internal}) {
        request.classification = classification;
        request.scatter_out = province().folder / "moran.svg";
        const auto inputs = prepare(request, province().dataset, ctx);
        auto report = run(request, inputs, *language, ctx);
        const auto page = scatter_of(report, inputs, *language);
        std::size_t hidden = 0;
        for (std::size_t u = 0; u < report.classes.size(); ++u)
            hidden += !inputs.masked.empty() && inputs.masked[u] && report.classes[u] != "island" &&
                      report.classes[u] != "no-data";
        CHECK((hidden > 0) == (classification == Classification::Public));
        CHECK(page.dots.size() == report.tested - hidden);
        CHECK(page.row_of.size() == page.dots.size());
        std::size_t counted = 0;
        for (const auto& row : page.rows) counted += row.count;
        CHECK(counted == page.dots.size());
        // The slope is Moran's I: by its definition for row-standardised weights, where all units
        // have neighbours, and near it with islands.
        CHECK(page.slope == Approx(report.global.moran.statistic).epsilon(0.05));
        write(report, inputs, *language, ctx);
        std::ifstream in(request.scatter_out);
        const std::string first(std::istreambuf_iterator<char>(in), {});
        CHECK(first.find("</svg>") != std::string::npos);
        report.files.clear();
        write(report, inputs, *language, ctx);
        std::ifstream again(request.scatter_out);
        CHECK((first == std::string(std::istreambuf_iterator<char>(again), {})));
    }
    // A scan has no values of neighbours.
    auto scan = request;
    scan.method = HotspotMethod::Scan;
    scan.replicas = 99;
    const auto inputs = prepare(scan, province().dataset, ctx);
    auto report = run(scan, inputs, *language, ctx);
    CHECK_FALSE(has_scatter(report));
    CHECK_THROWS_AS(write(report, inputs, *language, ctx), base::Error);
}

TEST_CASE("rates that rest on few people are flagged one by one") {
    base::JobContext ctx;
    const auto language = Language::load("en");
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}, .permutations = 99};
    const auto& cube = *province().dataset->cube;
    const auto inputs = prepare(request, province().dataset, ctx);
    auto report = run(request, inputs, *language, ctx);
    REQUIRE(report.unstable.size() == 156);
    // Fewer than five cases expected at the rate of the whole province.
    const auto period = *cube.find(data::Period{2015, 0});
    const auto cases = cube.slice(*cube.find("DR01"), period),
               people = cube.slice(*cube.find("population"), period);
    double all_cases = 0, all_people = 0;
    for (std::size_t u = 0; u < 156; ++u)
        if (cases.has(u) && people.has(u))
            all_cases += cases.value[u], all_people += people.value[u];
    for (std::size_t u = 0; u < 156; ++u)
        if (cases.has(u) && people.has(u))
            CHECK(report.unstable[u] == (people.value[u] * all_cases / all_people < 5));
    const auto json = nlohmann::json::parse(to_json(report, *language));
    CHECK(json["unstable"].size() == static_cast<std::size_t>(std::count(
                                         report.unstable.begin(), report.unstable.end(), true)));
    report.request.out = province().folder / "unstable.csv";
    write(report, inputs, *language, ctx);
    std::ifstream in(report.request.out);
    std::string line;
    std::getline(in, line);
    CHECK(line.find(",unstable,") != std::string::npos);
    // Smoothed rates borrow strength: nothing to flag.
    request.rate = analysis::RateKind::EmpiricalBayes;
    CHECK(prepare(request, province().dataset, ctx).unstable.empty());
}
