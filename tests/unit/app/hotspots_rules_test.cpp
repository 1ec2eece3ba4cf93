// What `hotspots` refuses, leaves out and says, so that nothing is computed in silence that is not
// what was asked for.
#include "app/commands/hotspots_parts.hpp"
#include "app/commands/weights.hpp"
#include "app/hotspot_style.hpp"
#include "hotspots_province.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

using namespace diaban;
using namespace diaban::app;
using test::advice_of, test::province, test::rate_id, test::refusal_of, test::run_on,
    test::with_series;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr auto thousand = [](std::size_t, std::size_t) { return 1000.0; };

// Ten years, of which 2018 also in halves.
std::vector<data::Period> years_and_halves() {
    std::vector<data::Period> out;
    for (int year = 2010; year < 2020; ++year) {
        out.push_back({year, 0});
        if (year == 2018) out.insert(out.end(), {{2018, 1}, {2018, 2}});
    }
    return out;
}

std::size_t count_of(const HotspotsReport& report, const std::string& label) {
    for (const auto& entry : report.map.style.entries)
        if (entry.label == label) return entry.count;
    return 0;
}

} // namespace

TEST_CASE("a series is of whole years or of half-years, never of both") {
    const auto periods = years_and_halves();
    const auto cases = [&](std::size_t t, std::size_t u) {
        const double year = 20 + periods[t].year - 2010 + static_cast<double>(u % 3);
        return periods[t].half ? std::floor(year / 2) : year;
    };
    const auto dataset = with_series(periods, cases, thousand);
    HotspotsRequest request{.method = HotspotMethod::Trend, .indicator = "c_rate"};
    request.period = {2019, 0};
    const auto trend = run_on(dataset, request);
    CHECK(trend.periods.size() == 10);
    CHECK(count_of(trend, "Rising") == 156);
    CHECK(trend.method_line.find("2010–2019, 10 years") != std::string::npos);
    CHECK(advice_of(dataset, request).count("advice.halves_left_out") == 1);
    request.method = HotspotMethod::Emerging;
    request.permutations = 99;
    CHECK(run_on(dataset, request).periods.size() == 10);
    // The same risk everywhere and always: nothing is counted twice.
    const auto even = with_series(
        periods, [&](std::size_t t, std::size_t) { return periods[t].half ? 10.0 : 20.0; },
        thousand);
    HotspotsRequest scan{.method = HotspotMethod::Scan, .indicator = "c_rate"};
    scan.since = {2018, 0};
    scan.period = {2019, 0};
    scan.replicas = 99;
    const auto found = run_on(even, scan);
    CHECK(found.periods.size() == 2);
    CHECK(found.clusters.empty());
    CHECK(found.scan->cases == 2 * 20 * 156);
    scan.since = {2018, 1};
    CHECK(refusal_of(even, scan) == "error.hotspots.mixed_periods");
    scan.period = {2018, 2};
    CHECK(run_on(even, scan).periods.size() == 2);
    HotspotsRequest change{.method = HotspotMethod::Differential, .indicator = "c_rate"};
    change.since = {2018, 1};
    change.period = {2019, 0};
    CHECK(refusal_of(even, change) == "error.hotspots.mixed_periods");
    // Two periods at least are needed to follow anything.
    HotspotsRequest one{.method = HotspotMethod::Emerging, .indicator = "c_rate"};
    one.period = {2010, 0};
    CHECK(refusal_of(even, one) == "error.hotspots.few_periods");
}

TEST_CASE("people who are counted again every year are not scanned over years") {
    HotspotsRequest scan{.method = HotspotMethod::Scan, .indicator = rate_id()};
    scan.since = {2010, 0};
    scan.period = {2024, 0};
    CHECK(refusal_of(province().dataset, scan) == "error.hotspots.stock");
    scan.since = {};
    CHECK(refusal_of(province().dataset, scan).empty());
    HotspotsRequest status{.method = HotspotMethod::Scan, .indicator = "ST01"};
    status.since = {2010, 0};
    CHECK(refusal_of(province().dataset, status) == "error.hotspots.stock");
    status.since = {};
    status.replicas = 99;
    const auto found = run_on(province().dataset, status); // Bernoulli
    CHECK(found.scan->base == static_cast<double>(found.scan->units));
    CHECK(found.method_line.find("hotspot") != std::string::npos);
    // Events are: inspections found a violation or not.
    HotspotsRequest events{.method = HotspotMethod::Scan, .indicator = rate_id("IN03")};
    events.since = {2010, 0};
    CHECK(refusal_of(province().dataset, events).empty());
    CHECK(advice_of(province().dataset, events).count("advice.new_cases") == 0);
    const auto unknown = with_series({{2010, 0}, {2011, 0}}, thousand, thousand);
    HotspotsRequest own{.method = HotspotMethod::Scan, .indicator = "c_rate"};
    own.since = {2010, 0};
    CHECK(advice_of(unknown, own).count("advice.new_cases") == 1);
}

TEST_CASE("units that a scan leaves out for one year are counted, and rates beyond chance named") {
    const auto dataset = with_series(
        {{2010, 0}, {2011, 0}},
        [](std::size_t t, std::size_t u) {
            return t == 0 && u < 7 ? kNone : u == 8 ? kNone : static_cast<double>(u * 37 % 60);
        },
        thousand);
    HotspotsRequest scan{.method = HotspotMethod::Scan, .indicator = "c_rate"};
    scan.since = {2010, 0};
    scan.replicas = 99;
    const auto report = run_on(dataset, scan);
    CHECK(count_of(report, "Some periods unknown") == 7);
    CHECK(report.no_data == 1);
    const auto keys = advice_of(dataset, scan);
    CHECK(keys.count("advice.incomplete") == 1);
    CHECK(keys.count("advice.overdispersed") == 1);
}

TEST_CASE("what is coloured is what counts as significant, at any level") {
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}};
    request.permutations = 999;
    request.correction = analysis::Correction::None;
    for (const double alpha : {0.01, 0.05, 0.07, 0.1, 0.3}) {
        INFO(alpha);
        request.alpha = alpha;
        const auto report = run_on(province().dataset, request);
        CHECK(report.significant > 0);
        std::size_t coloured = 0;
        for (std::size_t u = 0; u < report.classes.size(); ++u) {
            const auto& word = report.classes[u];
            const bool spot = word.starts_with("hot") || word.starts_with("cold");
            CHECK(spot == (report.local.significant[u] == 1));
            coloured += spot;
        }
        CHECK(coloured == report.significant);
        std::size_t in_rows = 0;
        for (const auto& entry : report.map.style.entries)
            if (entry.label.starts_with("Statistical")) in_rows += entry.count;
        CHECK(in_rows == report.significant);
    }
}

TEST_CASE("what a method does not look at is refused, not ignored") {
    const auto unused = [](const HotspotsRequest& request) {
        try {
            check_relevant(request);
        } catch (const base::Error& error) {
            return std::get<std::string>(error.message.args.front().second); // the flag
        }
        return std::string();
    };
    using enum HotspotMethod;
    HotspotsRequest scan{.method = Scan};
    CHECK(unused(scan).empty());
    scan.rate = analysis::RateKind::EmpiricalBayes;
    CHECK(unused(scan) == "--rate");
    scan.rate.reset();
    scan.neighbours.spec.kind = analysis::WeightsKind::Nearest;
    CHECK(unused(scan) == "--nearest");
    scan.neighbours = {};
    scan.correction = analysis::Correction::None;
    CHECK(unused(scan) == "--correction");
    scan.correction = analysis::Correction::Fdr;
    scan.yes = {"hot1"};
    CHECK(unused(scan).empty()); // of a status
    HotspotsRequest local{.method = GiStar};
    local.replicas = 99;
    CHECK(unused(local) == "--replicas");
    local.replicas = 999;
    local.second = "IN01";
    CHECK(unused(local) == "--second");
    local.method = Bivariate;
    CHECK(unused(local).empty());
    local.since = {2010, 0};
    CHECK(unused(local) == "--since");
    HotspotsRequest trend{.method = Trend};
    trend.permutations = 999;
    CHECK(unused(trend) == "--permutations");
    const auto report = run_on(province().dataset, relevant({.method = Scan,
                                                             .indicator = rate_id(),
                                                             .period = {2015, 0},
                                                             .rate = analysis::RateKind::Raw}));
    CHECK(report.method_line.find("rate") == std::string::npos);
    CHECK(nlohmann::json::parse(to_json(report, *Language::load("en"))).at("weights").is_null());
}

TEST_CASE("numbers that no run accepts are refused before anything is advised") {
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}};
    for (const std::uint32_t bad : {1U, 50U, 98U, 1'000'000U}) {
        request.permutations = bad;
        CHECK(refusal_of(province().dataset, request) == "error.hotspots.permutations");
    }
    for (const std::uint32_t good : {0U, 99U, 999'999U}) {
        request.permutations = good;
        CHECK(refusal_of(province().dataset, request).empty());
    }
    for (const double bad : {0.0, 1.0, -0.05, std::nan("")}) {
        request.alpha = bad;
        CHECK(refusal_of(province().dataset, request) == "error.hotspots.alpha");
    }
    HotspotsRequest scan{
        .method = HotspotMethod::Scan, .indicator = rate_id(), .period = {2015, 0}};
    CHECK(refusal_of(province().dataset, scan).empty());
    scan.replicas = 9;
    CHECK(refusal_of(province().dataset, scan) == "error.scan.spec");
    scan.replicas = 99;
    scan.most_population = 0.6;
    CHECK(refusal_of(province().dataset, scan) == "error.scan.spec");
}

TEST_CASE("people or cases below zero are no data, in every method, and that is said") {
    const auto people = [](std::size_t, std::size_t u) { return u % 17 == 0 ? -10.0 : 1000.0; };
    const auto cases = [](std::size_t, std::size_t u) {
        return u % 17 == 1 ? -5.0 : static_cast<double>(u % 7);
    };
    const auto dataset = with_series({{2015, 0}}, cases, people);
    std::size_t good = 0;
    for (std::size_t u = 0; u < 156; ++u) good += people(0, u) > 0 && cases(0, u) >= 0;
    for (const auto method :
         {HotspotMethod::GiStar, HotspotMethod::LocalMoran, HotspotMethod::Scan})
        for (const auto rate :
             {std::optional<analysis::RateKind>(), std::optional(analysis::RateKind::Raw),
              std::optional(analysis::RateKind::EmpiricalBayes)}) {
            HotspotsRequest request{.method = method, .indicator = "c_rate", .rate = rate};
            request.permutations = 99;
            request.replicas = 99;
            request = relevant(request);
            CHECK(run_on(dataset, request).observed == good);
            CHECK(advice_of(dataset, request).count("advice.below_zero") == 1);
        }
    HotspotsRequest counts{.indicator = "c", .permutations = 99};
    CHECK(advice_of(dataset, counts).count("advice.below_zero") == 1);
    base::JobContext ctx;
    for (const double x : prepare(counts, dataset, ctx).x) CHECK_FALSE(x < 0);
}

TEST_CASE("weights that were written are read back as what they are") {
    base::JobContext ctx;
    using analysis::Decay, analysis::WeightsKind;
    for (const auto decay : {Decay::Inverse, Decay::Triangular, Decay::Uniform, Decay::Gaussian})
        for (const auto kind : {WeightsKind::Nearest, WeightsKind::DistanceBand}) {
            INFO(analysis::to_string(decay));
            WeightsRequest request{.out = province().folder / "k.gwt"};
            request.neighbours.spec.kind = kind;
            request.neighbours.spec.decay = decay;
            run(request, *province().dataset, ctx);
            const auto direct = weights_of(request.neighbours, *province().dataset, ctx);
            const auto read = weights_of({.file = request.out}, *province().dataset, ctx);
            CHECK((read.links == direct.links));
            CHECK(read.column == analysis::FileColumn::Weights);
            CHECK((read.self_weight == direct.self_weight ||
                   (std::isnan(read.self_weight) && std::isnan(direct.self_weight))));
            HotspotsRequest from_file{.indicator = rate_id(), .period = {2015, 0}};
            from_file.permutations = 0;
            auto made = from_file;
            from_file.neighbours.file = request.out;
            made.neighbours = request.neighbours;
            CHECK((run_on(province().dataset, from_file).classes ==
                   run_on(province().dataset, made).classes));
        }
    // Distances are no weights: who is far away would count most.
    WeightsRequest nearest{.out = province().folder / "d.gwt"};
    nearest.neighbours.spec.kind = WeightsKind::Nearest;
    run(nearest, *province().dataset, ctx);
    const auto read = weights_of({.file = nearest.out}, *province().dataset, ctx);
    CHECK(read.column == analysis::FileColumn::Distances);
    CHECK(read.links.weight.empty());
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}, .permutations = 99};
    request.neighbours.file = nearest.out;
    CHECK(run_on(province().dataset, request).method_line.find("distances do not weigh") !=
          std::string::npos);
    // A link drawn by hand joins weights of a file.
    auto linked = NeighbourChoice{.file = province().folder / "k.gwt"};
    const auto& codes = province().dataset->vintage->units.code;
    const auto before = weights_of(linked, *province().dataset, ctx);
    linked.links = {{codes[0], codes[155]}};
    const auto after = weights_of(linked, *province().dataset, ctx);
    CHECK(after.links.index.size() == before.links.index.size() + 2);
    CHECK(after.links.weight.size() == after.links.index.size());
}

TEST_CASE("words say what was counted, what changed, and that a cluster is no legal status") {
    HotspotsRequest joins{.method = HotspotMethod::JoinCount, .indicator = "ST01"};
    joins.period = {2015, 0};
    joins.permutations = 999;
    joins.yes = {"none", "present"};
    const auto healthy = run_on(province().dataset, joins);
    joins.yes.clear();
    const auto hot = run_on(province().dataset, joins);
    CHECK(healthy.map.title != hot.map.title);
    CHECK(healthy.map.legend_title.find("healthy, present") != std::string::npos);
    CHECK(healthy.method_line.find("local join count (healthy, present)") == 0);
    const auto json = nlohmann::json::parse(to_json(healthy, *Language::load("en")));
    CHECK(json.at("yes") == nlohmann::json({"none", "present"}));
    CHECK(json.at("note").get<std::string>().find("legal status") != std::string::npos);
    CHECK(json.at("global").at("joins_yes_yes").at("permutations") == 999);

    HotspotsRequest change{.method = HotspotMethod::Differential, .indicator = rate_id()};
    change.since = {2010, 0};
    change.period = {2015, 0};
    change.correction = analysis::Correction::None;
    change.permutations = 999;
    const auto changed = run_on(province().dataset, change);
    CHECK(changed.map.title.find("Clusters of change") == 0);
    CHECK(changed.sentence.find("rates") == std::string::npos);
    CHECK(changed.sentence.find("changes 2010 → 2015") != std::string::npos);
    CHECK(changed.map.style.entries[0].label == "Change above the mean, neighbours too");

    HotspotsRequest index{.indicator = rate_id(), .period = {2015, 0}};
    index.rate = analysis::RateKind::BayesIndex;
    index.correction = analysis::Correction::None;
    index.permutations = 999;
    const auto indexed = run_on(province().dataset, index);
    CHECK(indexed.sentence.find("values of the empirical Bayes index") != std::string::npos);
    CHECK(indexed.significance.title.find("before correction") != std::string::npos);
    CHECK(indexed.significance.legend_note.find("up to p = ") != std::string::npos);
}

TEST_CASE("the words have the level, the correction and the seed that were asked for") {
    // 99 permutations: no p is below 0.02, so nothing can be found at these levels.
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}, .permutations = 99};
    request.alpha = 0.001;
    CHECK(run_on(province().dataset, request).sentence ==
          "No commune stands out from chance at the 0.1 % level after correction.");
    request.correction = analysis::Correction::None;
    request.alpha = 0.015;
    request.seed = 18'446'744'073'709'551'615U;
    const auto none = run_on(province().dataset, request);
    CHECK(none.sentence == "No commune stands out from chance at the 1.5 % level.");
    CHECK(none.method_line.find("seed 18446744073709551615;") != std::string::npos);
    // High where the neighbours are high in something else is no cluster of high rates.
    HotspotsRequest both{.method = HotspotMethod::Bivariate, .indicator = rate_id()};
    both.period = {2015, 0};
    both.second = "IN01";
    both.permutations = 999;
    both.correction = analysis::Correction::None;
    both.alpha = 0.3;
    const auto pair = run_on(province().dataset, both);
    REQUIRE(!pair.clusters.empty());
    CHECK(pair.sentence.find("values of both indicators") != std::string::npos);
    // The sum over a whole country is small: three digits of it at least.
    HotspotsReport country;
    country.global.general_g = {.defined = true, .statistic = 0.000612345};
    country.global.geary = {.defined = true, .statistic = 0.0619};
    const auto lines = global_lines(country, *Language::load("en"));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("Geary's C: 0.0619 (") == 0);
    CHECK(lines[1].find("General G: 0.000612 (") == 0);
}

TEST_CASE("a scan says its model, its windows, and why there was nothing to scan") {
    const auto none = [](std::size_t, std::size_t) { return 0.0; };
    HotspotsRequest scan{.method = HotspotMethod::Scan, .indicator = "c_rate"};
    scan.replicas = 99;
    const auto nobody = run_on(with_series({{2015, 0}}, none, thousand), scan);
    CHECK(nobody.sentence == "No unit could be tested. None of the 156 units has a case.");
    // Then nobody lies outside of clusters either.
    const auto classed = [](const HotspotsReport& report, const char* word) {
        return std::count(report.classes.begin(), report.classes.end(), word);
    };
    CHECK(classed(nobody, "undefined") == 156);
    CHECK(nobody.tested == 0);
    CHECK(nobody.method_line.find("Kulldorff scan; Poisson model, circles of up to 50 % of the "
                                  "population, 99 replicas") == 0);
    CHECK(nobody.map.title.find("Clusters of high: ") == 0);
    const auto one = with_series(
        {{2015, 0}}, [](std::size_t, std::size_t u) { return u == 0 ? 5.0 : kNone; }, thousand);
    CHECK(run_on(one, scan).sentence ==
          "No unit could be tested. Only 1 unit is known; two are needed.");
    CHECK(classed(run_on(one, scan), "undefined") == 1);
    CHECK(classed(run_on(one, scan), "no-data") == 155);
    const auto even = with_series({{2014, 0}, {2015, 0}}, thousand, thousand);
    CHECK(run_on(even, scan).sentence == "No circle has more cases than expected.");
    CHECK(classed(run_on(even, scan), "no-cluster") == 156);
    scan.since = {2014, 0};
    scan.most_time = 0.9;
    const auto windows = run_on(even, scan);
    CHECK(windows.method_line.find("of the population, windows of up to 90 % of the time, 99") !=
          std::string::npos);
    const auto json = nlohmann::json::parse(to_json(windows, *Language::load("vi")));
    CHECK(json.at("scan_model") == "poisson");
    CHECK(json.at("most_population") == 0.5);
    CHECK(json.at("most_time") == 0.9);
    HotspotsRequest status{.method = HotspotMethod::Scan, .indicator = "ST01"};
    status.period = {2015, 0};
    status.replicas = 99;
    const auto trials = run_on(province().dataset, status);
    CHECK(trials.method_line.find("; Bernoulli model, circles") != std::string::npos);
    CHECK(trials.map.title.find("Where communes lie together: ") == 0);
}

TEST_CASE("what only another indicator has does not stay with a request") {
    const auto& cube = *province().dataset->cube;
    HotspotsRequest request{.indicator = rate_id(), .rate = analysis::RateKind::EmpiricalBayes};
    CHECK((suited(request, cube) == request));
    request.indicator = "DR01"; // a count has no rate to smooth
    CHECK(refusal_of(province().dataset, request) == "error.hotspots.choose_rate");
    CHECK_FALSE(suited(request, cube).rate);
    CHECK(refusal_of(province().dataset, suited(request, cube)).empty());
    HotspotsRequest joins{.method = HotspotMethod::JoinCount, .indicator = "ST01"};
    joins.yes = {"none", "of another status"};
    CHECK(suited(joins, cube).yes == std::vector<std::string>{"none"});
    HotspotsRequest other{.indicator = rate_id()};
    other.second = "of other data";
    other.since = {1990, 0};
    CHECK(suited(other, cube).second.empty());
    CHECK(suited(other, cube).since == data::Period{});
    other.second = "IN01";
    other.since = {2010, 0};
    CHECK((suited(other, cube) == other));
}

TEST_CASE("one commune by itself is no cluster") {
    // One high commune in each of two far corners, by a Gi without the unit itself: each is alone.
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}};
    request.correction = analysis::Correction::None;
    request.alpha = 0.01;
    const auto report = run_on(province().dataset, request);
    std::size_t singles = 0, clusters = 0;
    for (const auto& cluster : report.clusters) ++(cluster.units.size() == 1 ? singles : clusters);
    INFO(report.sentence);
    CHECK((report.sentence.find("alone") != std::string::npos) == (singles > 0));
    CHECK((report.sentence.find("clusters of") != std::string::npos) == (clusters > 1));
}

TEST_CASE("why nothing could be tested is said") {
    const auto words = [](const std::shared_ptr<const Dataset>& dataset, HotspotsRequest request) {
        request.permutations = 0;
        return run_on(dataset, request).sentence;
    };
    const auto same = with_series({{2015, 0}}, thousand, thousand);
    CHECK(words(same, {.indicator = "c"}).find("same value") != std::string::npos);
    const auto few = with_series(
        {{2015, 0}},
        [](std::size_t, std::size_t u) { return u < 2 ? static_cast<double>(1 + u) : kNone; },
        thousand);
    CHECK(words(few, {.indicator = "c"}).find("three are needed") != std::string::npos);
    const auto various = with_series(
        {{2015, 0}}, [](std::size_t, std::size_t u) { return static_cast<double>(u % 5); },
        thousand);
    HotspotsRequest islands{.indicator = "c"};
    islands.neighbours.spec.kind = analysis::WeightsKind::DistanceBand;
    islands.neighbours.spec.distance_m = 1;
    CHECK(words(various, islands).find("has a neighbour") != std::string::npos);
    HotspotsRequest all{.indicator = "c"};
    all.neighbours.spec.kind = analysis::WeightsKind::Nearest;
    all.neighbours.spec.k = 155;
    CHECK(words(various, all).find("neighbours of nearly all") != std::string::npos);
    // So small that their squares are 0.
    const auto tiny = with_series(
        {{2015, 0}}, [](std::size_t, std::size_t u) { return 1e-300 * static_cast<double>(u % 5); },
        thousand);
    HotspotsRequest unmasked{.indicator = "c"};
    unmasked.classification = Classification::Internal;
    CHECK(words(tiny, unmasked).find("no variance") != std::string::npos);
    // Of a status: one commune, none, and communes without neighbours.
    HotspotsRequest joins{.method = HotspotMethod::JoinCount, .indicator = "c"};
    joins.classification = Classification::Internal;
    const auto with_status = [&](std::set<std::size_t> units) {
        return words(with_series(
                         {{2015, 0}},
                         [&](std::size_t, std::size_t u) { return units.count(u) ? 1.0 : 0.0; },
                         thousand),
                     joins);
    };
    CHECK(with_status({7}).find("Only one unit has the status") != std::string::npos);
    CHECK(with_status({}).find("None of the 156 units has the status") != std::string::npos);
    base::JobContext ctx;
    const auto links = prepare({.indicator = "c"}, various, ctx).links;
    std::set<std::size_t> alone;
    for (std::size_t u = 0; u < links.rows(); ++u)
        if (links.row(u).empty()) alone.insert(u);
    REQUIRE(alone.size() >= 2); // islands of the sample
    CHECK(with_status(alone).find("None of the units with the status has a neighbour") !=
          std::string::npos);
}

TEST_CASE("a scan with many clusters keeps a legend that fits its page") {
    std::vector<std::string> labels, classes{"no-data"};
    for (int i = 1; i <= 22; ++i) {
        labels.push_back("Cluster " + std::to_string(i));
        classes.push_back("cluster-" + std::to_string(i));
        classes.push_back("no-cluster");
    }
    const auto style = scan_style(labels, classes, *Language::load("en"));
    CHECK(style.entries.size() == 7 + 1 + 1 + 1);
    std::size_t total = 0;
    std::set<std::pair<std::string, int>> looks;
    for (const auto& entry : style.entries) {
        total += entry.count;
        looks.insert({map::to_hex(entry.colour), static_cast<int>(entry.hatch)});
    }
    CHECK(total == classes.size());
    CHECK(looks.size() == style.entries.size());
    CHECK(style.entries[7].label == "15 weaker clusters");
    CHECK(style.entries[7].count == 15);
}
