// Which words of a command line are files.
#include "cli/manifest.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

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
    const app::VerifyRequest request{"bản kê.json", {"dữ liệu", "số liệu"}};
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

namespace {

// "  --flag   what it is" of the help of a verb.
std::vector<std::pair<std::string, std::string>> flags_told(const std::string& help) {
    static const std::regex form(R"(^  (--[a-z-]+)(?: \([^)]*\))?\s+(.*)$)");
    std::vector<std::pair<std::string, std::string>> out;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);)
        if (std::smatch m; std::regex_match(line, m, form)) out.emplace_back(m[1], m[2]);
    return out;
}

Words verbs_told() {
    static const std::regex form(R"(^  ([a-z]+)\s.*$)");
    Words out;
    std::istringstream lines(cli::parse({"--help", "--lang", "en"}).print);
    for (std::string line; std::getline(lines, line);)
        if (std::smatch m; std::regex_match(line, m, form)) out.push_back(m[1]);
    return out;
}

} // namespace

TEST_CASE("no flag of a verb with a manifest names a file that the manifest does not know of") {
    // Their help speaks of files, and their values are none.
    const Words none{"--layer",  "--crs",      "--atlas",      "--book",     "--pattern",
                     "--resume", "--frame-ms", "--world-file", "--manifest", "--years"};
    static const std::regex of_files(R"(\bfiles?\b|FILE|\.[a-z]{2,6}\b|\bfolder|\btable file)");
    const auto verbs = verbs_told();
    REQUIRE(verbs.size() > 15);
    std::size_t seen = 0;
    for (const auto& verb : verbs) {
        Words words{verb};
        if (verb == "store") words.emplace_back("export");
        auto asked = words;
        asked.insert(asked.end(), {"--help", "--lang", "en"});
        const auto help = cli::parse(asked).print;
        if (verb == "verify" || help.find("--manifest") == std::string::npos) continue;
        for (const auto& [flag, told] : flags_told(help)) {
            if (!std::regex_search(told, of_files) ||
                std::find(none.begin(), none.end(), flag) != none.end())
                continue;
            INFO(verb << " " << flag << ": " << told);
            const std::string value = flag == "--line" ? "coast=probe.gpkg" : "probe.gpkg";
            Words given = words;
            if (verb == "store") given.emplace_back("kho.sqlite");
            given.insert(given.end(), {flag, value});
            bool named = false;
            cli::with_files(given, [&](cli::FileUse, const std::filesystem::path& file) {
                named = named || file == "probe.gpkg";
                return file.string();
            });
            CHECK(named);
            ++seen;
        }
    }
    CHECK(seen > 80);
}
