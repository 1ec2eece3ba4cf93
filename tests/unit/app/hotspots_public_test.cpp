// What is classified as public does not depend on masked counts: somebody who sees everything that
// leaves the program cannot tell one secret from another.
#include "app/commands/hotspots_result.hpp"
#include "app/mask.hpp"
#include "hotspots_province.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>

using namespace diaban;
using namespace diaban::app;
using test::province, test::rate_id, test::run_on;

namespace {

bool built_on(const data::Indicator& rate, const data::IndicatorId& part) {
    return rate.kind == data::Kind::Ratio && (rate.numerator == part || rate.denominator == part);
}

// The same province where small counts are others, two by two in a district so that all sums stay
// what they are, and the rates with them.
std::shared_ptr<const Dataset> with_other_secrets(const std::shared_ptr<const Dataset>& dataset) {
    auto cube = std::make_shared<data::IndicatorCube>(*dataset->cube);
    const auto& district = dataset->vintage->units.parent[1];
    std::map<std::tuple<std::size_t, std::size_t, geo::GroupIndex>, std::vector<std::size_t>> small;
    for (const auto& cell : mask(dataset, {}).cells) {
        const auto at = *cube->find(cell.indicator), period = *cube->find(cell.period);
        if (cell.complementary || cube->indicators[at].kind == data::Kind::Ratio) continue;
        small[{at, period, district[cell.row]}].push_back(cell.row);
    }
    for (const auto& [where, rows] : small) {
        const auto& [at, period, group] = where;
        for (std::size_t k = 0; k + 1 < rows.size(); k += 2) {
            auto less = rows[k], more = rows[k + 1];
            const auto value = [&, at = at, period = period](std::size_t row) {
                return cube->value(at, period, row);
            };
            if (value(less) <= 1 || value(more) >= 9) std::swap(less, more);
            if (value(less) <= 1 || value(more) >= 9) continue;
            cube->set(at, period, less, value(less) - 1);
            cube->set(at, period, more, value(more) + 1);
            for (std::size_t r = 0; r < cube->indicators.size(); ++r) {
                const auto& rate = cube->indicators[r];
                if (!built_on(rate, cube->indicators[at].id)) continue;
                for (const auto row : {less, more}) {
                    const double above = cube->value(*cube->find(rate.numerator), period, row),
                                 below = cube->value(*cube->find(rate.denominator), period, row);
                    cube->set(r, period, row, above / below * rate.scale);
                }
            }
        }
    }
    auto out = std::make_shared<Dataset>(*dataset);
    out->cube = std::move(cube);
    return out;
}

// Every byte that a run gives away.
std::string everything(const std::shared_ptr<const Dataset>& dataset, HotspotsRequest request) {
    base::JobContext ctx(2);
    const auto language = Language::load("en");
    const auto& folder = province().folder;
    request.out = folder / "all.csv";
    request.map_out = folder / "all.svg";
    const auto inputs = prepare(request, dataset, ctx);
    auto report = run(request, inputs, *language, ctx);
    if (has_scatter(report)) report.request.scatter_out = folder / "scatter.svg";
    write(report, inputs, *language, ctx);
    std::string out = to_json(report, *language) + to_text(report, *language);
    for (const auto& one : report.advice) out += language->text(one);
    report.files.push_back(request.out.string() + ".masked.csv");
    for (const auto& file : report.files) {
        std::ifstream in(file, std::ios::binary);
        out += std::string(std::istreambuf_iterator<char>(in), {});
        std::filesystem::remove(file);
    }
    return out;
}

} // namespace

TEST_CASE("nothing that leaves the program tells one masked count from another") {
    const auto secret = province().dataset, other = with_other_secrets(secret);
    REQUIRE(mask(secret, {}).cells.size() == mask(other, {}).cells.size());
    using enum HotspotMethod;
    std::vector<HotspotsRequest> requests;
    for (const auto method :
         {Gi, GiStar, LocalMoran, LocalGeary, Bivariate, Differential, Scan, Emerging, Trend}) {
        HotspotsRequest request{.method = method, .indicator = rate_id(), .period = {2015, 0}};
        if (method == Bivariate) request.second = "IN01";
        if (method == Emerging || method == Trend) request.since = {2009, 0};
        request.permutations = 99;
        request.replicas = 99;
        requests.push_back(relevant(request));
    }
    for (const auto rate : {analysis::RateKind::Raw, analysis::RateKind::ExcessRisk,
                            analysis::RateKind::EmpiricalBayes, analysis::RateKind::SpatialBayes,
                            analysis::RateKind::BayesIndex}) {
        requests.push_back({.method = GiStar, .indicator = rate_id(), .period = {2015, 0}});
        requests.back().rate = rate;
        requests.back().permutations = 99;
    }
    requests.push_back({.method = GiStar, .indicator = "DR01", .permutations = 99});
    for (auto& request : requests) {
        INFO(to_string(request.method) << " of " << request.indicator);
        CHECK((everything(secret, request) == everything(other, request)));
        // The secrets do make a difference: unmasked, they show.
        request.classification = Classification::Internal;
        CHECK((everything(secret, request) != everything(other, request)));
    }
}

TEST_CASE("a masked count is taken at the middle of what is public of it") {
    const auto masked = mask(province().dataset, {});
    const auto cube = with_stand_ins(masked, {});
    const auto& shown = *masked.dataset->cube;
    REQUIRE(masked.cells.size() > 10);
    std::size_t complementary = 0;
    for (const auto& cell : masked.cells) {
        const auto at = *cube->find(cell.indicator), period = *cube->find(cell.period);
        const double value = cube->value(at, period, cell.row);
        CHECK(cube->state(at, period, cell.row) == data::Cell::Estimated);
        CHECK(shown.state(at, period, cell.row) == data::Cell::Suppressed);
        complementary += cell.complementary;
        if (!cell.complementary)
            CHECK(value == 5);
        else
            CHECK((value == 0 || value >= 10));
    }
    CHECK(complementary > 0);
    // The rate is that of the number that stands for the count.
    const auto rate = *cube->find(rate_id());
    for (const auto& cell : masked.cells) {
        if (cell.indicator != "DR01") continue;
        const auto period = *cube->find(cell.period);
        const auto& what = cube->indicators[rate];
        CHECK(cube->value(rate, period, cell.row) ==
              Approx(cube->value(*cube->find("DR01"), period, cell.row) /
                     cube->value(*cube->find(what.denominator), period, cell.row) * what.scale));
    }
}

TEST_CASE("on the screen values are true, and what is then published is computed anew") {
    base::JobContext ctx(2);
    const auto language = Language::load("en");
    HotspotsRequest request{.indicator = rate_id(), .period = {2015, 0}, .permutations = 99};
    request.classification = Classification::Internal;
    const auto seen = find_hotspots(request, province().dataset, *language, ctx);
    CHECK(seen.report.masked == 0);
    request.classification = Classification::Public;
    request.out = province().folder / "again.csv";
    const auto bytes = [&] {
        std::ifstream in(request.out, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    export_hotspots(seen, request, *language, ctx);
    const auto exported = bytes();
    const auto inputs = prepare(request, province().dataset, ctx);
    auto report = run(request, inputs, *language, ctx);
    CHECK(report.masked > 0);
    CHECK(report.method_line.find("masked") != std::string::npos);
    CHECK(report.local.z != seen.report.local.z);
    write(report, inputs, *language, ctx);
    CHECK((exported == bytes()));
}
