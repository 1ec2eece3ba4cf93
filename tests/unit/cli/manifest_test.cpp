// Which words of a command line are files.
#include "cli/manifest.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using Words = std::vector<std::string>;

TEST_CASE("every file of a command line is named anew, and nothing else") {
    const auto moved = [](const Words& words) {
        return cli::with_files(words, [](cli::FileUse use, const std::filesystem::path& file) {
            return (use == cli::FileUse::Read    ? "r/"
                    : use == cli::FileUse::Write ? "w/"
                                                 : "p/") +
                   file.string();
        });
    };
    CHECK(moved({"map", "--boundaries", "xã.shp", "--layer", "xã.shp", "--out=a b.png"}) ==
          Words{"map", "--boundaries", "r/xã.shp", "--layer", "xã.shp", "--out=w/a b.png"});
    CHECK(moved({"map", "--places", "port=cang.csv;crs=EPSG:9210", "--places", "x.csv", "--lines",
                 "song.gpkg;layer=rivers", "--line", "coast=bo.gpkg;layer=shore"}) ==
          Words{"map", "--places", "port=r/cang.csv;crs=EPSG:9210", "--places", "r/x.csv",
                "--lines", "r/song.gpkg;layer=rivers", "--line", "coast=r/bo.gpkg;layer=shore"});
    CHECK(moved({"near", "--people", "ap.csv", "--map", "m.pdf"}) ==
          Words{"near", "--people", "r/ap.csv", "--map", "w/m.pdf"});
    CHECK(moved({"status", "--rule", "nqlt-01-2008"}) ==
          Words{"status", "--rule", "p/nqlt-01-2008"});
    CHECK(moved({"store", "export", "kho.sqlite", "--out", "x.csv"}) ==
          Words{"store", "export", "r/kho.sqlite", "--out", "w/x.csv"});
    // Words behind "--" are no flags.
    CHECK(moved({"sql", "--store", "k.sqlite", "--", "--out", "x"}) ==
          Words{"sql", "--store", "r/k.sqlite", "--", "--out", "x"});
}

TEST_CASE("what a manifest keeps of a command line is what counts for what comes out") {
    CHECK(cli::lasting({"--lang", "en", "map", "--quiet", "--json", "--threads=8", "--manifest",
                        "m.json", "--year", "2015", "--save", "tên", "--replace", "--out", "a.png"},
                       "vi") == Words{"map", "--year", "2015", "--out", "a.png", "--lang", "vi"});
    CHECK(cli::lasting({"sql", "--", "--json"}, "en") ==
          Words{"sql", "--lang", "en", "--", "--json"});
}

TEST_CASE("verify and --manifest come back from their flags") {
    const app::VerifyRequest request{"bản kê.json", "dữ liệu"};
    const auto invocation = cli::parse(app::to_flags(request));
    REQUIRE(std::holds_alternative<app::VerifyRequest>(invocation.request));
    CHECK(std::get<app::VerifyRequest>(invocation.request) == request);
    CHECK(cli::parse({"map", "--boundaries", "x.shp", "--out", "x.png", "--manifest", "m.json"})
              .manifest == "m.json");
    // What changes a store has none.
    CHECK_THROWS_AS(
        cli::parse({"store", "import", "x.csv", "--into", "k.sqlite", "--manifest", "m.json"}),
        base::Error);
}
