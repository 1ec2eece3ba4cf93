// Analytic values against those that spdep computed on the same files.
#include "analysis/global.hpp"
#include "analysis/local.hpp"
#include "analysis/rates.hpp"
#include "published.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using namespace diaban::analysis;

namespace {

struct Set {
    std::string folder, variable, weights;
};
const std::vector<Set> kSets{
    {"sids", "sidr74", "queen"},    {"sids", "sidr74", "rook"},     {"sids", "sidr79", "queen"},
    {"sids", "sidr79", "rook"},     {"columbus", "crime", "queen"}, {"columbus", "crime", "rook"},
    {"guerry", "Crm_prs", "queen"}, {"guerry", "Crm_prp", "queen"}, {"guerry", "Litercy", "queen"},
    {"guerry", "Donatns", "queen"}, {"guerry", "Infants", "queen"}, {"guerry", "Suicids", "queen"},
};

struct Loaded {
    test::Csv reference;
    geo::Csr links;
    std::vector<double> x;
};
std::optional<Loaded> load(const Set& set) {
    const auto folder = "benchmarks/" + set.folder + "/";
    const auto reference = test::geodata(folder + "reference_" + set.folder + "_" + set.variable +
                                         "_" + set.weights + ".csv");
    const auto pairs =
        test::geodata(folder + "neighbours_" + set.folder + "_" + set.weights + ".csv");
    if (!reference || !pairs) return std::nullopt;
    auto csv = test::Csv::read(*reference);
    auto links = test::links_of(test::Csv::read(*pairs), csv.columns.at("id"));
    auto x = csv.numbers("x");
    return Loaded{std::move(csv), std::move(links), std::move(x)};
}

// 1e-9 relative, and as near 0 where the reference is a difference that nearly vanishes.
void check_equal(const std::vector<double>& found, const std::vector<double>& expected,
                 const std::string& what) {
    REQUIRE(found.size() == expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
        worst = std::max(worst, std::fabs(found[i] - expected[i]) /
                                    std::max(1e-4, std::fabs(expected[i])));
    INFO(what << " worst relative difference " << worst);
    CHECK(worst < 1e-9);
}

LocalResult analytic(const Loaded& set, LocalMethod method) {
    base::JobContext ctx(1);
    LocalSpec spec;
    spec.method = method;
    spec.permutations = 0;
    return local_statistic(observe(set.x, {}, set.links), set.x.size(), spec, ctx);
}

} // namespace

TEST_CASE("local Moran, G and G* are spdep's to nine digits") {
    for (const auto& set : kSets) {
        const auto loaded = load(set);
        if (!loaded) continue;
        INFO(set.folder << " " << set.variable << " " << set.weights);
        const auto& reference = loaded->reference;
        const auto moran = analytic(*loaded, LocalMethod::Moran);
        check_equal(moran.statistic, reference.numbers("localI_W"), "I");
        check_equal(moran.expectation, reference.numbers("localI_E_W"), "E");
        check_equal(moran.variance, reference.numbers("localI_var_W"), "var");
        check_equal(moran.z, reference.numbers("localI_z_W"), "z");
        check_equal(analytic(*loaded, LocalMethod::Gi).z, reference.numbers("G_z_B"), "G");
        check_equal(analytic(*loaded, LocalMethod::GiStar).z, reference.numbers("Gstar_z_B"), "G*");
    }
}

TEST_CASE("leukaemia rates of New York have the local statistics of spdep, by its own .gal") {
    const auto file = test::geodata("benchmarks/ny8/reference_ny8_rate_gal.csv");
    const auto gal = test::geodata("benchmarks/ny8/NY_nb.gal");
    const auto table = test::geodata("benchmarks/ny8/NY8_utm18.dbf");
    if (!file || !gal || !table) return;
    auto reference = test::Csv::read(*file);
    std::ifstream in(*gal);
    std::size_t units = 0, id = 0, count = 0, neighbour = 0;
    in >> units;
    geo::Csr links;
    while (in >> id >> count) { // rows from 0, in order
        REQUIRE(id + 1 == links.offset.size());
        for (std::size_t k = 0; k < count && in >> neighbour; ++k)
            links.index.push_back(static_cast<std::uint32_t>(neighbour));
        links.offset.push_back(static_cast<std::uint32_t>(links.index.size()));
    }
    REQUIRE(units == 281);
    REQUIRE(links.offset.size() == units + 1);
    const test::Dbf counts(*table);
    check_equal(rates(counts.numbers("Cases"), counts.numbers("POP8"), RateKind::Raw),
                reference.numbers("x"), "rate");
    auto x = reference.numbers("x");
    const Loaded set{std::move(reference), std::move(links), std::move(x)};
    const auto moran = analytic(set, LocalMethod::Moran);
    check_equal(moran.statistic, set.reference.numbers("localI_W"), "I");
    check_equal(moran.variance, set.reference.numbers("localI_var_W"), "var");
    check_equal(moran.z, set.reference.numbers("localI_z_W"), "z");
    check_equal(analytic(set, LocalMethod::Gi).z, set.reference.numbers("G_z_B"), "G");
    check_equal(analytic(set, LocalMethod::GiStar).z, set.reference.numbers("Gstar_z_B"), "G*");
}

TEST_CASE("Moran's I, Geary's C and General G are spdep's to nine digits") {
    const auto file = test::geodata("benchmarks/reference_global_statistics.csv");
    if (!file) return;
    const auto global = test::Csv::read(*file);
    std::size_t compared = 0;
    for (std::size_t row = 0; row < global.rows; ++row) {
        const auto text = [&](const char* column) { return global.columns.at(column)[row]; };
        const Set wanted{text("dataset"), text("variable"), text("weights")};
        const auto known = std::find_if(kSets.begin(), kSets.end(), [&](const Set& s) {
            return s.folder == wanted.folder && s.variable == wanted.variable &&
                   s.weights == wanted.weights;
        });
        if (known == kSets.end()) continue;
        const auto loaded = load(wanted);
        if (!loaded) continue;
        INFO(wanted.folder << " " << wanted.variable << " " << wanted.weights << " "
                           << text("style"));
        const auto number = [&](const char* column) { return global.numbers(column)[row]; };
        const auto in = observe(loaded->x, {}, loaded->links);
        const auto style = text("style") == "W" ? Style::RowStandardised : Style::Binary;
        const auto I = moran(in, style);
        CHECK(I.statistic == Approx(number("moran_I")).epsilon(1e-9));
        CHECK(I.expectation == Approx(number("moran_E")).epsilon(1e-9));
        CHECK(I.variance == Approx(number("moran_var_rand")).epsilon(1e-9));
        CHECK(I.z == Approx(number("moran_z")).epsilon(1e-9));
        const auto C = geary(in, style);
        CHECK(C.statistic == Approx(number("geary_C")).epsilon(1e-9));
        CHECK(C.variance == Approx(number("geary_var")).epsilon(1e-9));
        const auto G = general_g(in);
        CHECK(G.statistic == Approx(number("globalG")).epsilon(1e-9));
        CHECK(G.z == Approx(number("globalG_z")).epsilon(1e-9));
        ++compared;
    }
    CHECK(compared >= 24);
}

TEST_CASE("Columbus crime has the Moran's I of the textbooks") {
    for (const auto& [weights, published] : {std::pair("queen", 0.5002), {"rook", 0.5237}}) {
        const auto loaded = load({"columbus", "crime", weights});
        if (!loaded) continue;
        CHECK(moran(observe(loaded->x, {}, loaded->links), Style::RowStandardised).statistic ==
              Approx(published).margin(5e-5));
    }
}

TEST_CASE("the grid of Getis and Ord (1996) has the G and G* of spdep") {
    const auto file = test::geodata("benchmarks/getisord/reference_getisord_localG.csv");
    if (!file) return;
    const auto csv = test::Csv::read(*file);
    const auto x = csv.numbers("x"), y = csv.numbers("y"), value = csv.numbers("val");
    for (const double reach : {30.0, 60.0}) {
        geo::Csr links;
        for (std::size_t i = 0; i < x.size(); ++i) {
            for (std::uint32_t j = 0; j < x.size(); ++j)
                if (j != i && std::hypot(x[i] - x[j], y[i] - y[j]) <= reach + 1e-9)
                    links.index.push_back(j);
            links.offset.push_back(static_cast<std::uint32_t>(links.index.size()));
        }
        base::JobContext ctx(1);
        const auto in = observe(value, {}, links);
        for (const auto& [method, column] :
             {std::pair(LocalMethod::Gi, "G"), {LocalMethod::GiStar, "Gstar"}}) {
            LocalSpec spec;
            spec.method = method;
            spec.permutations = 0;
            check_equal(local_statistic(in, x.size(), spec, ctx).z,
                        csv.numbers(column + std::to_string(static_cast<int>(reach))), column);
        }
    }
}

TEST_CASE("empirical Bayes rates of the SIDS are those of EBest and EBlocal") {
    const auto file = test::geodata("benchmarks/sids/reference_sids_eb74.csv");
    const auto pairs = test::geodata("benchmarks/sids/neighbours_sids_queen.csv");
    const auto counts = test::geodata("benchmarks/sids/nc.dbf");
    if (!file || !pairs || !counts) return;
    const test::Dbf table(*counts);
    const auto csv = test::Csv::read(*file);
    const auto deaths = table.numbers("SID74"), births = table.numbers("BIR74");
    const auto links = test::links_of(test::Csv::read(*pairs), csv.columns.at("id"));
    check_equal(rates(deaths, births, RateKind::Raw), csv.numbers("raw"), "raw");
    check_equal(rates(deaths, births, RateKind::EmpiricalBayes), csv.numbers("eb_global"), "EB");
    check_equal(rates(deaths, births, RateKind::SpatialBayes, links), csv.numbers("eb_local"),
                "local EB");
}

// EBImoran.mc of spdep, by reference/make_sids.R.
TEST_CASE("the empirical Bayes index of the SIDS has the Moran's I that spdep finds") {
    const auto pairs = test::geodata("benchmarks/sids/neighbours_sids_queen.csv");
    const auto reference = test::geodata("benchmarks/sids/reference_sids_eb74.csv");
    const auto counts = test::geodata("benchmarks/sids/nc.dbf");
    if (!reference || !pairs || !counts) return;
    const test::Dbf table(*counts);
    const auto ids = test::Csv::read(*reference).columns.at("id");
    const auto links = test::links_of(test::Csv::read(*pairs), ids);
    const auto index =
        rates(table.numbers("SID74"), table.numbers("BIR74"), RateKind::BayesIndex, links);
    CHECK(moran(observe(index, {}, links), Style::RowStandardised).statistic ==
          Approx(0.248746214263511).epsilon(1e-9));
}

TEST_CASE("join counts of the SIDS are those of joincount.multi") {
    const auto loaded = load({"sids", "sidr74", "queen"});
    if (!loaded) return;
    std::vector<double> hot;
    for (const double x : loaded->x) hot.push_back(x > 2 ? 1 : 0);
    base::JobContext ctx(2);
    const auto in = observe(hot, {}, loaded->links);
    const auto found = join_counts(in, 999, 1, ctx);
    struct Row {
        double count, expectation, variance;
    };
    const Row expected[] = {
#include "reference/joins.inc"
    };
    const GlobalTest* tests[] = {&found.neither, &found.both, &found.mixed};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(tests[i]->statistic == Approx(expected[i].count).epsilon(1e-9));
        CHECK(tests[i]->expectation == Approx(expected[i].expectation).epsilon(1e-9));
        CHECK(tests[i]->variance == Approx(expected[i].variance).epsilon(1e-9));
        CHECK(tests[i]->p_permutation > 0);
    }
}

TEST_CASE("permutation p of the SIDS agrees with draws made in R") {
    const auto loaded = load({"sids", "sidr74", "queen"});
    if (!loaded) return;
    struct Row {
        double moran_at_least, moran_at_most, geary_at_least, geary_at_most, geary;
    };
    const Row expected[] = {
#include "reference/sids74.inc"
    };
    constexpr double kDraws = 99'999;
    base::JobContext ctx(2);
    const auto in = observe(loaded->x, {}, loaded->links);
    const auto check = [&](const LocalResult& found, auto at_least, auto at_most) {
        std::size_t beyond_three = 0;
        for (std::size_t i = 0; i < found.units; ++i) {
            const double smaller = std::min(at_least(expected[i]), at_most(expected[i]));
            const double p = std::min(1.0, 2 * (smaller + 1) / (kDraws + 1));
            // Both are simulated, so both err; near 1 the smaller of two tails has its own bias.
            const double one = p / 2;
            const double error = 2 * std::sqrt(2 * one * (1 - one) / kDraws) + 2 / kDraws;
            INFO(i << ": " << found.p_permutation[i] << " instead of " << p);
            CHECK(std::fabs(found.p_permutation[i] - p) < 4.5 * error);
            beyond_three += std::fabs(found.p_permutation[i] - p) > 3 * error;
        }
        CHECK(beyond_three <= 2); // of 100; 0.3 are expected
    };
    for (const auto method : {LocalMethod::Moran, LocalMethod::Gi, LocalMethod::GiStar}) {
        LocalSpec spec;
        spec.method = method;
        spec.permutations = 99'999;
        check(
            local_statistic(in, loaded->x.size(), spec, ctx),
            [](const Row& r) { return r.moran_at_least; },
            [](const Row& r) { return r.moran_at_most; });
    }
    LocalSpec spec;
    spec.method = LocalMethod::Geary;
    spec.permutations = 99'999;
    const auto geary = local_statistic(in, loaded->x.size(), spec, ctx);
    check(
        geary, [](const Row& r) { return r.geary_at_least; },
        [](const Row& r) { return r.geary_at_most; });
    std::vector<double> c;
    for (const auto& row : expected) c.push_back(row.geary);
    check_equal(geary.statistic, c, "local Geary");
}
