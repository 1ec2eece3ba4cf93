// Requests for nearness come back from their flags, and contradictions are refused.
#include "cli/parse.hpp"

#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

app::NearRequest parsed_near(const std::vector<std::string>& words) {
    return std::get<app::NearRequest>(cli::parse(words).request);
}

app::NearRequest there_and_back(const app::NearRequest& request) {
    return parsed_near(app::to_flags(request));
}

std::string near_error(const std::vector<std::string>& words) {
    return test::thrown_key([&] { cli::parse(words); }, base::ErrorKind::Usage);
}

} // namespace

TEST_CASE("a file of places can say what its metres are in, and nothing else after its name") {
    const auto invocation =
        cli::parse({"near", "--boundaries", "xa.shp", "--places", "port=cảng.csv;crs=EPSG:9210"});
    const auto& places = std::get<app::NearRequest>(invocation.request).data.places;
    REQUIRE(places.size() == 1);
    CHECK(places[0].file == "cảng.csv");
    CHECK(places[0].kind == "port");
    CHECK(places[0].crs == "EPSG:9210");
    for (const char* text : {"cang.csv;crs=", "cang.csv;csr=EPSG:9210", "port=cang.csv;"})
        CHECK(near_error({"near", "--boundaries", "xa.shp", "--places", text}) ==
              "error.flag.bad_value");
    CHECK(near_error({"near", "--boundaries", "xa.shp", "--places", "port=;crs=EPSG:9210"}) ==
          "error.path.empty");
}

TEST_CASE("a file of settlements can say what its metres are in, and its name may hold a =") {
    const auto people = [](const char* text) {
        return parsed_near({"near", "--boundaries", "xa.shp", "--people", text}).people;
    };
    CHECK(people("ấp=2019.csv;crs=EPSG:9206").file == "ấp=2019.csv");
    CHECK(people("ấp=2019.csv;crs=EPSG:9206").crs == "EPSG:9206");
    CHECK(people("ap.csv").crs.empty());
    for (const char* text : {"ap.csv;crs=", "ap.csv;csr=EPSG:9210", "ap.csv;"})
        CHECK(near_error({"near", "--boundaries", "xa.shp", "--people", text}) ==
              "error.flag.bad_value");
    CHECK(near_error({"near", "--boundaries", "xa.shp", "--people", ";crs=EPSG:9210"}) ==
          "error.path.empty");
}

TEST_CASE("a request for nearness comes back from its flags") {
    app::NearRequest near;
    near.data.boundaries = "ranh giới/xã.shp";
    near.data.places = {{"kcn.shp", "industrial_zone"}, {"x.csv", "other"}};
    CHECK(there_and_back(near) == near);
    near.kinds = {"port", "coast"};
    near.lines = {{"bờ biển.shp", "coast"}, {"sông.gpkg", "river", "rivers"}};
    near.outline = {{"coast", "31681", true}, {"coast", "31531", false}, {"border", "1", true}};
    near.nearest = 3;
    near.page.size = "A3 portrait";
    near.dpi = 150;
    near.classification = app::Classification::Internal;
    near.out = "gần cảng.xlsx";
    near.map_out = "gần.pdf";
    for (const double metres : {0.0, 1.0, 500.0, 999.9, 1000.0, 1234.5, 4e5 / 3, 20'000.0})
        for (const bool farther : {false, true}) {
            near.within_m = metres;
            near.farther = farther;
            CHECK(there_and_back(near) == near);
        }
    near.farther = false;
    near.rings_m = {2000, 5000, 10'000};
    near.within_m = 10'000;
    CHECK(there_and_back(near) == near);
    near.rings_m.clear();
    for (const auto rule : {app::NearRule::Edge, app::NearRule::Centroid, app::NearRule::AreaShare,
                            app::NearRule::PopulationShare}) {
        near.rule = rule;
        near.share = 0.25;
        near.people = {.file = "điểm dân cư.csv"};
        CHECK(there_and_back(near) == near);
        near.people.crs = "EPSG:9210";
        CHECK(there_and_back(near) == near);
    }
}

TEST_CASE("distances have units, rings follow one another, and only one of them is given") {
    CHECK(parsed_near({"near"}).within_m == 5000);
    CHECK(parsed_near({"near", "--within", "0.8km"}).within_m == Approx(800));
    const auto rings = parsed_near({"near", "--rings", "0-2,2-5,5-10km"});
    CHECK(rings.rings_m == std::vector<double>{2000, 5000, 10'000});
    CHECK(rings.within_m == 10'000);
    const auto far = parsed_near({"near", "--farther-than", "10km"});
    CHECK(far.farther);
    CHECK(far.within_m == 10'000);
    const auto words = parsed_near({"near", "--outline", "coast=31681,-31531"});
    CHECK(words.outline ==
          std::vector<app::OutlineWord>{{"coast", "31681", true}, {"coast", "31531", false}});
    for (const char* bad : {"5", "km", "five km", "1e999km", "5 miles"})
        CHECK(near_error({"near", "--within", bad}) == "error.flag.bad_value");
    CHECK(near_error({"near", "--within=-5km"}) == "error.flag.bad_value");
    for (const char* bad :
         {"2-5km", "0-2,3-5km", "0-2,2-2km", "0-5,5-2km", "0-2", "a-bkm", "0-1-2km"})
        CHECK(near_error({"near", "--rings", bad}) == "error.flag.bad_value");
    for (const char* bad : {"coast", "river=31681", "coast=", "coast=-"})
        CHECK(near_error({"near", "--outline", bad}) == "error.flag.bad_value");
    CHECK(near_error({"near", "--line", "bo_bien.shp"}) == "error.flag.bad_value");
    CHECK(near_error({"near", "--rule", "touching"}) == "error.flag.bad_value");
    CHECK(near_error({"near", "--nearest", "0"}) == "error.flag.bad_value");
    CHECK(near_error({"near", "--within", "5km", "--farther-than", "6km"}) ==
          "error.near.two_distances");
    CHECK(near_error({"near", "--rings", "0-2km", "--within", "2km"}) ==
          "error.near.two_distances");
}

TEST_CASE("a project says which lines are the coast, and flags say it anew") {
    const test::TempFolder folder;
    app::Project project;
    project.data.boundaries = folder / "xa.shp";
    app::LineLayer shore;
    shore.file = folder / "bo.gpkg";
    shore.layer = "shore";
    shore.kind = "coast";
    app::LineLayer road;
    road.file = folder / "duong.shp";
    project.lines = {road, shore};
    project.outline = {{"coast", "31531", false}};
    const auto file = (folder / "a.diaban").string();
    save_project(project, file);
    const auto plain = parsed_near({"near", "--project", file});
    CHECK(plain.lines == std::vector<app::NearLine>{{folder / "bo.gpkg", "coast", "shore"}});
    CHECK(plain.outline == project.outline);
    CHECK(plain.data.boundaries == project.data.boundaries);
    const auto other = parsed_near(
        {"near", "--project", file, "--line", "border=b.shp", "--outline", "coast=31681"});
    CHECK(other.lines == std::vector<app::NearLine>{{"b.shp", "border", ""}});
    CHECK(other.outline == std::vector<app::OutlineWord>{{"coast", "31681", true}});
}
