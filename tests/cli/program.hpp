// The program under test and the small files it is fed.
#pragma once

#include "support/anyone.hpp"
#include "support/process.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace diaban::test {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

inline std::string slurp(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

inline void spit(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

// Names in a folder, hidden ones too, in order.
inline Words names_in(const fs::path& folder) {
    Words names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

// A folder with a cache and settings of its own, and the program run in it, in English.
class Bench {
public:
    TempFolder folder;
    fs::path operator/(const std::string& name) const { return folder / name; }

    Outcome run(Words arguments, RunOptions options = {}) const {
        const fs::path program = DIABAN_PROGRAM;
        arguments.insert(arguments.begin(),
                         options.user ? for_anyone(program).string() : program.string());
        if (options.folder.empty()) options.folder = folder.path();
        for (const auto& [name, value] : environment())
            options.environment.insert(options.environment.begin(), {name, value});
        return run_program(arguments, options);
    }
    // Runs a verb with --json that must succeed.
    Json json(Words arguments) const {
        arguments.push_back("--json");
        const auto outcome = run(arguments);
        INFO(outcome.err);
        REQUIRE(outcome.code == 0);
        return Json::parse(outcome.out);
    }
    // An outside tool that must succeed; what it prints.
    std::string tool(const Words& arguments) const {
        const auto outcome = run_program(arguments, {.folder = folder.path()});
        INFO(arguments.front() << ": " << outcome.err);
        REQUIRE(outcome.code == 0);
        return outcome.out;
    }

private:
    std::vector<std::pair<std::string, std::optional<std::string>>> environment() const {
        return {{"LANG", "en_US.UTF-8"},
                {"LC_ALL", std::nullopt},
                {"LC_MESSAGES", std::nullopt},
                {"DISPLAY", std::nullopt},
                {"WAYLAND_DISPLAY", std::nullopt},
                {"XDG_CACHE_HOME", (folder / ".cache").string()},
                {"XDG_CONFIG_HOME", (folder / ".config").string()}};
    }
};

// One polygon feature as GeoJSON. `rings` is the text of its coordinates.
inline std::string feature(const std::string& properties, const std::string& rings) {
    return R"({"type":"Feature","properties":{)" + properties +
           R"(},"geometry":{"type":"Polygon","coordinates":)" + rings + "}}";
}

inline std::string collection(const Words& features) {
    std::string out = R"({"type":"FeatureCollection","features":[)";
    for (const auto& one : features) out += (&one == &features.front() ? "" : ",\n") + one;
    return out + "]}\n";
}

// A file of one line, "[[104.9,9.99],[105.4,9.99]]".
inline std::string line_feature(const std::string& coordinates) {
    return collection({R"({"type":"Feature","properties":{},"geometry":{"type":"LineString",)"
                       R"("coordinates":)" +
                       coordinates + "}}"});
}

// The ring of a square of 0.1 degree whose lower left corner is (x, y).
inline std::string square(double x, double y, double side = 0.1) {
    std::ostringstream out;
    out.precision(12);
    out << "[[[" << x << ',' << y << "],[" << x + side << ',' << y << "],[" << x + side << ','
        << y + side << "],[" << x << ',' << y + side << "],[" << x << ',' << y << "]]]";
    return out.str();
}

// Six communes in two rows of three, codes 00001 to 00006, in two districts:
//   4 5 6
//   1 2 3
inline Words six_features() {
    Words out;
    for (int i = 0; i < 6; ++i) {
        const std::string number = std::to_string(i + 1);
        out.push_back(feature(R"("ma_xa":"0000)" + number + R"(","ten_xa":"Xã Tân )" + number +
                                  R"(","ma_huyen":")" + (i % 3 < 2 ? "001" : "002") +
                                  R"(","ten_huyen":")" + (i % 3 < 2 ? "Huyện Đông" : "Huyện Tây") +
                                  "\"",
                              square(105.0 + 0.1 * (i % 3), 10.0 + 0.1 * (i / 3))));
    }
    return out;
}

// The six as "xa.shp" with side files, made by ogr2ogr.
inline fs::path six_communes(const Bench& bench) {
    spit(bench / "xa.geojson", collection(six_features()));
    bench.tool(
        {"ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8", "xa.shp", "xa.geojson"});
    fs::remove(bench / "xa.geojson");
    return bench / "xa.shp";
}

// Values of 2010 and 2011; commune 6 has none.
inline fs::path six_values(const Bench& bench) {
    spit(bench / "gia_tri.csv", "ma_xa,nam,so_nguoi,dan_so\n"
                                "00001,2010,10,1000\n00002,2010,20,1000\n00003,2010,30,1000\n"
                                "00004,2010,40,2000\n00005,2010,50,2000\n"
                                "00001,2011,11,1000\n00002,2011,22,1000\n00003,2011,33,1000\n"
                                "00004,2011,44,2000\n00005,2011,55,2000\n");
    return bench / "gia_tri.csv";
}

// Flags that join the six communes to their values.
inline Words six_joined(const Bench& bench) {
    return {"--boundaries",  six_communes(bench).string(),
            "--db",          six_values(bench).string(),
            "--key",         "ma_xa",
            "--year-column", "nam",
            "--value",       "so_nguoi"};
}

inline Words operator+(Words a, const Words& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The store of the sample province, written once per program; its "DR01" counts persons.
inline const fs::path& sample_store() {
    static const Bench kBench;
    static const fs::path kStore = [] {
        REQUIRE(kBench.run({"sample", "mau", "--quiet"}).code == 0);
        return kBench / "mau/tinh_mau.sqlite";
    }();
    return kStore;
}

// The kinds in a report's findings.
inline std::vector<std::string> finding_kinds(const Json& report) {
    std::vector<std::string> kinds;
    for (const auto& finding : report.at("findings")) kinds.push_back(finding.at("kind"));
    return kinds;
}

inline bool has_kind(const Json& report, const std::string& kind) {
    const auto kinds = finding_kinds(report);
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// What every refusal must look like: one sentence on stderr that names `about`, nothing on stdout,
// the right exit code, no trace of a crash.
inline void check_refusal(const Outcome& outcome, int code, const std::string& about) {
    INFO("stderr: " << outcome.err << "\nstdout: " << outcome.out);
    CHECK(outcome.code == code);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, about));
    CHECK(contains(outcome.err, "diaban: "));
    CHECK_FALSE(contains(outcome.err, "error.")); // a message id without text
    CHECK_FALSE(contains(outcome.err, "terminate called"));
    CHECK_FALSE(contains(outcome.err, "{")); // a placeholder without value
}

} // namespace diaban::test
