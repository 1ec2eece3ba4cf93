// Smoothed rates as indicators that maps show: what they hold, and that they give nothing away.
#include "app/commands/classes.hpp"
#include "app/commands/map.hpp"
#include "app/smoothed.hpp"
#include "hotspots_province.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

using namespace diaban;
using namespace diaban::app;
using analysis::RateKind;
using test::province, test::rate_id, test::with_series;

TEST_CASE("a smoothed rate is an indicator of its own name") {
    CHECK_FALSE(parse_smoothed("DR01_rate"));
    CHECK_FALSE(parse_smoothed("DR01_rate:magic"));
    CHECK_FALSE(parse_smoothed("DR01_rate:raw"));
    CHECK(parse_smoothed("DR01_rate:spatial-eb")->kind == RateKind::SpatialBayes);
    CHECK(parse_smoothed("DR01_rate:eb")->rate == "DR01_rate");
    CHECK(smoothed_id("a:eb", RateKind::ExcessRisk) == "a:excess");
    CHECK(smoothed_id("a:eb", RateKind::Raw) == "a");
    CHECK(as_it_stands("a:eb") == "a");
    CHECK(full_id(":eb", *province().dataset->cube).ends_with("_rate:eb"));
    CHECK(with_smoothed(province().dataset, "DR01_rate") == province().dataset);
    CHECK(with_smoothed(province().dataset, "no_such:eb") == province().dataset);
    CHECK_THROWS_AS(with_smoothed(province().dataset, "DR01:eb"), base::Error);
}

TEST_CASE("a map of smoothed rates holds the rates of the analysis, per so many people") {
    const auto before = province().dataset;
    const auto& raw = before->cube->indicators[*before->cube->find(rate_id())];
    const auto period = *before->cube->find(data::Period{2015, 0});
    const auto values = [&](const std::string& id) {
        const auto slice = before->cube->slice(*before->cube->find(id), period);
        std::vector<double> out;
        for (std::size_t u = 0; u < slice.size(); ++u)
            out.push_back(slice.has(u) ? slice.value[u] : std::nan(""));
        return out;
    };
    for (const auto kind : {RateKind::ExcessRisk, RateKind::EmpiricalBayes, RateKind::BayesIndex}) {
        const auto id = smoothed_id(raw.id, kind);
        const auto dataset = with_smoothed(before, id);
        REQUIRE(dataset->cube->find(id));
        CHECK(dataset->cube->indicators.size() == before->cube->indicators.size() + 1);
        REQUIRE(dataset->decimals.size() == dataset->cube->indicators.size());
        CHECK(dataset->decimals.back() >= 2);
        const auto expected = analysis::rates(values(raw.numerator), values(raw.denominator), kind);
        const double scale = kind == RateKind::EmpiricalBayes ? raw.scale : 1;
        const auto slice = dataset->cube->slice(*dataset->cube->find(id), period);
        for (std::size_t u = 0; u < slice.size(); ++u) {
            CHECK(slice.has(u) == !std::isnan(expected[u]));
            if (slice.has(u)) CHECK(slice.value[u] == Approx(expected[u] * scale));
        }
        // A map of it says what it is.
        const auto language = Language::load("en");
        const auto map = styled(*dataset, {.indicator = id, .period = {2015, 0}}, *language);
        CHECK(map.legend_title.find(language->text(
                  "hotspots.rate." + std::string(analysis::to_string(kind)))) != std::string::npos);
        CHECK(map.legend_note.find(language->text(
                  "rate.note." + std::string(analysis::to_string(kind)))) != std::string::npos);
    }
}

// Shrinking moves every rate towards the rate of the whole, and those of few people the most.
TEST_CASE("empirical Bayes rates lie between the raw rate and that of the whole") {
    const auto dataset = with_series(
        {{2015, 0}},
        [](std::size_t, std::size_t u) {
            return u % 3 == 0 ? 4.0 : static_cast<double>(20 + u % 7);
        },
        [](std::size_t, std::size_t u) { return u % 3 == 0 ? 100.0 : 1000.0; });
    for (const std::string how : {"eb", "spatial-eb"}) {
        const auto smooth = with_smoothed(dataset, "c_rate:" + how);
        const auto& cube = *smooth->cube;
        const auto raw = cube.slice(*cube.find("c_rate"), 0),
                   eb = cube.slice(*cube.find("c_rate:" + how), 0);
        double raw_spread = 0, eb_spread = 0;
        for (std::size_t u = 0; u < raw.size(); ++u) {
            raw_spread += std::fabs(raw.value[u] - 23);
            eb_spread += std::fabs(eb.value[u] - 23);
        }
        CHECK(eb_spread < 0.8 * raw_spread);
    }
}

TEST_CASE("public maps of smoothed rates do not depend on masked counts") {
    // Unit 3 has 2 or 8 cases: both masked.
    const auto with_secret = [](double secret) {
        auto cube = std::make_shared<data::IndicatorCube>(*province().dataset->cube);
        const auto at = *cube->find("DR01"), period = *cube->find(data::Period{2015, 0});
        cube->set(at, period, 3, secret);
        auto out = std::make_shared<Dataset>(*province().dataset);
        out->cube = std::move(cube);
        return std::shared_ptr<const Dataset>(out);
    };
    const auto language = Language::load("en");
    base::JobContext ctx;
    for (const auto kind :
         {RateKind::ExcessRisk, RateKind::EmpiricalBayes, RateKind::SpatialBayes}) {
        const auto id = smoothed_id(rate_id(), kind);
        const auto told = [&](double secret, Classification classification) {
            ClassesRequest request{.map = {.indicator = id, .period = {2015, 0}}};
            request.classification = classification;
            const auto report = run(request, with_secret(secret), *language);
            const auto& cube = *report.shown->cube;
            const auto slice = cube.slice(*cube.find(id), *cube.find(data::Period{2015, 0}));
            std::vector<double> out;
            for (std::size_t u = 0; u < slice.size(); ++u)
                out.push_back(slice.has(u) ? slice.value[u] : -1);
            return out;
        };
        const auto open = told(2, Classification::Public);
        CHECK(open == told(8, Classification::Public));
        CHECK(open[3] == -1);
        CHECK(told(2, Classification::Internal) != told(8, Classification::Internal));
        const auto drawn = [&](double secret) {
            MapRequest request{.map = {.indicator = id, .period = {2015, 0}}};
            request.out = province().folder / "smooth.svg";
            run(request, *with_secret(secret), *language, ctx);
            std::ifstream in(request.out, std::ios::binary);
            return std::string(std::istreambuf_iterator<char>(in), {});
        };
        CHECK((drawn(2) == drawn(8)));
    }
}
