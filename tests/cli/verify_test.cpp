// --manifest and verify; and what makes them possible: the same request gives the same bytes,
// however many threads, wherever it is run, and nothing in them says who ran it.
#include "cli/program.hpp"
#include "support/archive.hpp"

#include <map>

using namespace diaban::test;

namespace {

std::map<std::string, std::string> files_in(const fs::path& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            out[entry.path().lexically_relative(folder).string()] = slurp(entry.path());
    return out;
}

std::string sha256_of(const Bench& bench, const fs::path& file) {
    return bench.tool({"sha256sum", "-b", file.string()}).substr(0, 64);
}

// A map of the six communes.
const Words kSix{"map",   "--boundaries", "six.geojson", "--db",    "gia_tri.csv",
                 "--key", "ma_xa",        "--value",     "so_nguoi"};

void write_six(const Bench& bench) {
    spit(bench / "six.geojson", collection(six_features()));
    six_values(bench);
}

// Requests that write every kind of file. STORE and OUT are put in their place.
const std::vector<Words> kRequests{
    {"map", "--store", "STORE", "--indicator", "population", "--year", "2012", "--size",
     "900x700px", "--out", "OUT/map.png"},
    {"map", "--store", "STORE", "--indicator", "DR01", "--years", "2011,2012", "--out",
     "OUT/map_{year}.svg"},
    {"map", "--store", "STORE", "--indicator", "DR01", "--out", "OUT/map.pdf"},
    {"chart", "--store", "STORE", "--indicator", "DR01", "--kind", "boxes", "--out",
     "OUT/chart.pdf"},
    {"table", "--store", "STORE", "--year", "2012", "--out", "OUT/table.csv"},
    {"table", "--store", "STORE", "--year", "2012", "--out", "OUT/table.xlsx"},
    {"table", "--store", "STORE", "--year", "2012", "--out", "OUT/table.ods"},
    {"hotspots", "--store", "STORE", "--indicator", "DR01", "--permutations", "99", "--year",
     "2012", "--out", "OUT/hot.gpkg", "--map", "OUT/hot.png"},
    {"hotspots", "--store", "STORE", "--indicator", "DR01", "--permutations", "99", "--year",
     "2012", "--out", "OUT/hot.shp"},
    {"near", "--store", "STORE", "--out", "OUT/near.kml"},
    {"near", "--store", "STORE", "--out", "OUT/near.geojson"},
    {"store", "export", "STORE", "--summary", "--year", "2012", "--out", "OUT/summary.xlsx"},
};

Words asked(Words request, const std::string& store, const std::string& out) {
    for (auto& word : request) {
        if (word == "STORE") word = store;
        if (const auto at = word.find("OUT/"); at == 0) word.replace(0, 3, out);
    }
    request.insert(request.end(), {"--lang", "vi", "--quiet"});
    return request;
}

} // namespace

TEST_CASE("the same request gives the same bytes, with any threads, zone, locale and folder") {
    const Bench bench;
    const auto store = sample_store().string();
    for (const char* folder : {"a", "b", "elsewhere"}) fs::create_directory(bench / folder);
    for (const auto& request : kRequests) {
        const auto one =
            bench.run(asked(request, store, (bench / "a").string()) + Words{"--threads", "1"},
                      {.environment = {{"TZ", "UTC"}, {"LC_ALL", "C"}}});
        INFO(request[0] << " " << request.back() << one.err);
        REQUIRE(one.code == 0);
        const auto other =
            bench.run(asked(request, fs::relative(store, bench / "elsewhere").string(), "../b") +
                          Words{"--threads", "8"},
                      {.folder = bench / "elsewhere",
                       .environment = {{"TZ", "Asia/Ho_Chi_Minh"}, {"LC_ALL", "vi_VN.UTF-8"}}});
        INFO(other.err);
        REQUIRE(other.code == 0);
    }
    const auto a = files_in(bench / "a"), b = files_in(bench / "b");
    CHECK(a.size() > kRequests.size());
    REQUIRE(a.size() == b.size());
    for (const auto& [name, bytes] : a) {
        INFO(name);
        CHECK(b.at(name) == bytes);
    }
}

TEST_CASE("no file that leaves says where it was made, or who made it") {
    const Bench bench;
    const fs::path folder = bench / "nha_cua_nguyen_van_khong";
    fs::create_directories(folder / "ra");
    fs::copy(sample_store(), folder / "kho.sqlite");
    RunOptions options{.folder = folder,
                       .environment = {{"USER", "nguyen_van_khong"},
                                       {"LOGNAME", "nguyen_van_khong"},
                                       {"HOME", folder.string()}}};
    for (const auto& request : kRequests) {
        const auto outcome =
            bench.run(asked(request, (folder / "kho.sqlite").string(), (folder / "ra").string()) +
                          Words{"--manifest", (folder / "ra" / "kê khai.json").string()},
                      options);
        INFO(request[0] << " " << request.back() << outcome.err);
        REQUIRE(outcome.code == 0);
    }
    auto texts = files_in(folder / "ra");
    // What is packed is looked at unpacked.
    for (const char* name : {"table.xlsx", "summary.xlsx"})
        for (const char* part : {"docProps/core.xml", "docProps/app.xml", "xl/workbook.xml",
                                 "xl/worksheets/sheet1.xml"})
            try {
                texts[name + std::string("/") + part] = text_in_zip(folder / "ra" / name, part);
            } catch (const std::runtime_error&) { // it has no such part
            }
    for (const char* name : {"map.pdf", "chart.pdf"})
        texts[name + std::string("/info")] =
            bench.tool({"pdfinfo", (folder / "ra" / name).string()});
    CHECK(texts.size() > kRequests.size() + 4);
    for (const auto& [name, text] : texts) {
        INFO(name);
        CHECK_FALSE(contains(text, "nguyen_van_khong"));
        CHECK_FALSE(contains(text, bench.folder.path().string()));
        CHECK_FALSE(contains(text, fs::temp_directory_path().string() + "/diaban"));
    }
}

TEST_CASE("a manifest names what was read and written, with digests that sha256sum confirms") {
    const Bench bench;
    write_six(bench);
    const auto outcome =
        bench.run(kSix + Words{"--title", "Thử", "--out", "ra.png", "--manifest", "ra.json"});
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    const auto manifest = Json::parse(slurp(bench / "ra.json"));
    CHECK(manifest.at("manifest") == 1);
    CHECK(manifest.at("program") == "diaban 0.1.0");
    CHECK(manifest.at("classification") == "public");
    CHECK(manifest.at("request") ==
          Json(kSix + Words{"--title", "Thử", "--out", "ra.png", "--lang", "en"}));
    REQUIRE(manifest.at("inputs").size() == 2);
    REQUIRE(manifest.at("outputs").size() == 1);
    CHECK(manifest.at("inputs")[0].at("file") == "gia_tri.csv");
    CHECK(manifest.at("inputs")[1].at("sha256") == sha256_of(bench, bench / "six.geojson"));
    CHECK(manifest.at("outputs")[0].at("sha256") == sha256_of(bench, bench / "ra.png"));
    CHECK(manifest.at("outputs")[0].at("bytes") == fs::file_size(bench / "ra.png"));
    CHECK(manifest.at("fonts").size() >= 1);
}

TEST_CASE("verify says same, and what differs, and overwrites nothing") {
    const Bench bench;
    write_six(bench);
    fs::create_directory(bench / "ra");
    REQUIRE(
        bench.run(kSix + Words{"--out", "ra/a.svg", "--manifest", "ra/a.json", "--threads", "2"})
            .code == 0);
    const auto before = files_in(bench / "ra");
    const auto same = bench.json({"verify", "ra/a.json"});
    CHECK(same.at("same") == Json::array({"a.svg"}));
    CHECK(same.at("differs").empty());
    CHECK(same.at("inputs_changed").empty());
    CHECK(same.at("result") == "same");
    CHECK(files_in(bench / "ra") == before);

    // An input that is another file now, and gives the same all the same.
    const auto borders = slurp(bench / "six.geojson");
    spit(bench / "six.geojson", borders + "\n");
    const auto blank = bench.json({"verify", "ra/a.json"});
    CHECK(blank.at("result") == "same_inputs_changed");
    CHECK(blank.at("inputs_changed") == Json::array({"../six.geojson"}));
    CHECK(blank.at("same") == Json::array({"a.svg"}));
    CHECK(contains(bench.run({"verify", "ra/a.json"}).out, "though 1 input is not"));
    spit(bench / "six.geojson", borders);
    CHECK(bench.run({"verify", "a.json"}, {.folder = bench / "ra"}).code == 0);

    // The picture was edited: what comes out is what it was, so the file on the disk is not.
    spit(bench / "ra/a.svg", slurp(bench / "ra/a.svg") + "<!-- -->");
    auto outcome = bench.run({"verify", "ra/a.json", "--json"});
    CHECK(outcome.code == 4);
    auto report = Json::parse(outcome.out);
    CHECK(report.at("result") == "differs");
    CHECK(report.at("differs") == Json::array({Json{{"file", "a.svg"}, {"kind", "edited"}}}));
    CHECK(contains(slurp(bench / "ra/a.svg"), "<!-- -->")); // left as it is

    // One border moves: said of the input first, then of the picture.
    auto data = slurp(bench / "six.geojson");
    const auto at = data.find("105");
    REQUIRE(at != std::string::npos);
    spit(bench / "six.geojson", data.replace(at, 3, "104"));
    outcome = bench.run({"verify", "ra/a.json", "--json"});
    CHECK(outcome.code == 4);
    report = Json::parse(outcome.out);
    CHECK(report.at("inputs_changed") == Json::array({"../six.geojson"}));
    CHECK(report.at("differs").at(0).at("kind") == "drawn");

    // Data that moved.
    fs::create_directory(bench / "du_lieu");
    for (const char* file : {"six.geojson", "gia_tri.csv"})
        fs::rename(bench / file, bench / "du_lieu" / file);
    outcome = bench.run({"verify", "ra/a.json"});
    CHECK(outcome.code == 3);
    CHECK(contains(outcome.err, "--base"));
    outcome = bench.run({"verify", "ra/a.json", "--base", "du_lieu"});
    CHECK(outcome.code == 4);

    // Another program.
    auto other = slurp(bench / "ra/a.json");
    other.replace(other.find("diaban 0.1.0"), 12, "diaban 0.0.9");
    spit(bench / "ra/a.json", other);
    outcome = bench.run({"verify", "ra/a.json", "--base", "du_lieu"});
    CHECK(outcome.out.find("0.0.9") < outcome.out.find("six.geojson"));
}

TEST_CASE("data of several folders is found again, where it was and where it is now") {
    const Bench bench;
    write_six(bench);
    // Ways that lead through somebody's home are not told.
    for (const char* place : {"lan/ranh_gioi", "lan/so_lieu", "lan/cu", "ra"})
        fs::create_directories(bench / place);
    fs::rename(bench / "six.geojson", bench / "lan/ranh_gioi/six.geojson");
    fs::rename(bench / "gia_tri.csv", bench / "lan/so_lieu/gia_tri.csv");
    const auto made = bench.run({"map", "--boundaries", "lan/ranh_gioi/six.geojson", "--db",
                                 "lan/so_lieu/gia_tri.csv", "--key", "ma_xa", "--value", "so_nguoi",
                                 "--out", "ra/a.svg", "--manifest", "ra/a.json"},
                                {.environment = {{"USER", "lan"}}});
    INFO(made.err);
    REQUIRE(made.code == 0);
    const auto manifest = Json::parse(slurp(bench / "ra/a.json"));
    CHECK(manifest.at("inputs").at(0).at("file") == "gia_tri.csv");
    CHECK(manifest.at("inputs").at(1).at("file") == "six.geojson");
    CHECK_FALSE(contains(manifest.dump(), "lan/"));

    // Nothing moved.
    const auto same = bench.json({"verify", "ra/a.json"});
    CHECK(same.at("same") == Json::array({"a.svg"}));
    CHECK(same.at("inputs_changed").empty());

    // On another machine. The bytes decide, not a file of the same name that comes first.
    fs::remove_all(bench / ".cache");
    const auto lost = bench.run({"verify", "ra/a.json"});
    check_refusal(lost, 3, "gia_tri.csv");
    CHECK(contains(lost.err, "--base"));
    check_refusal(bench.run({"verify", "ra/a.json", "--base", "lan/ranh_gioi"}), 3, "gia_tri.csv");
    spit(bench / "lan/cu/gia_tri.csv", "ma_xa,so_nguoi\n00001,7\n");
    spit(bench / "lan/gia_tri.csv", "ma_xa,so_nguoi\n00001,8\n");
    for (const Words& bases : {Words{"--base", "lan"}, Words{"--base", "lan/ranh_gioi", "--base",
                                                             "lan/so_lieu"}}) {
        const auto again = bench.json(Words{"verify", "ra/a.json"} + bases);
        CHECK(again.at("same") == Json::array({"a.svg"}));
        CHECK(again.at("inputs_changed").empty());
    }
    check_refusal(bench.run({"verify", "ra/a.json", "--base", "khong_co"}), 3, "khong_co");
}

TEST_CASE("what was made of a project, a store and an agreed seed is made again") {
    const Bench bench;
    fs::create_directory(bench / "tinh");
    REQUIRE(bench.run({"sample", "tinh", "--communes", "60"}).code == 0);
    for (const Words& request :
         {Words{"hotspots", "--project", "tinh/tinh_mau.diaban", "--indicator", "DR01",
                "--permutations", "199", "--seed", "7", "--out", "h.gpkg", "--map", "h.png"},
          Words{"status", "--project", "tinh/tinh_mau.diaban", "--year", "2015", "--out", "s.xlsx"},
          Words{"patrol", "cover", "--project", "tinh/tinh_mau.diaban", "--bases", "2", "--within",
                "20km", "--save", "kế hoạch", "--orders", "o.pdf", "--out", "p.csv"},
          Words{"store", "export", "tinh/tinh_mau.sqlite", "--year", "2015", "--classification",
                "internal", "--out", "e.csv"}}) {
        INFO(request[0]);
        const auto made = bench.run(request + Words{"--manifest", "m.json"});
        INFO(made.err);
        REQUIRE(made.code == 0);
        const auto project = slurp(bench / "tinh/tinh_mau.diaban");
        const auto store = slurp(bench / "tinh/tinh_mau.sqlite");
        const auto again = bench.run({"verify", "m.json", "--json"});
        INFO(again.err << again.out);
        CHECK(again.code == 0);
        // Neither what is kept nor the log of what left is written once more.
        CHECK(slurp(bench / "tinh/tinh_mau.diaban") == project);
        CHECK((slurp(bench / "tinh/tinh_mau.sqlite") == store));
    }
}

TEST_CASE("a manifest is refused where there is nothing to tell of, or it would overwrite") {
    const Bench bench;
    write_six(bench);
    const auto refused = [&](const Words& request) {
        const auto before = files_in(bench.folder.path());
        const auto outcome = bench.run(request);
        INFO(outcome.err);
        CHECK(outcome.code == 2);
        CHECK(files_in(bench.folder.path()) == before);
    };
    refused({"status", "--boundaries", "six.geojson", "--manifest", "m.json"});
    refused(kSix + Words{"--out", "m.png", "--manifest", "m.png"});
    refused(kSix + Words{"--out", "m.png", "--manifest", "six.geojson"});

    // A manifest that would have something else done is not obeyed.
    REQUIRE(bench.run(kSix + Words{"--out", "a.png", "--manifest", "a.json"}).code == 0);
    auto manifest = Json::parse(slurp(bench / "a.json"));
    manifest["request"] = {"sample", "khac"};
    spit(bench / "evil.json", manifest.dump());
    const auto outcome = bench.run({"verify", "evil.json"});
    CHECK(outcome.code == 4);
    CHECK_FALSE(fs::exists(bench / "khac"));
    manifest["request"] = kSix + Words{"--out", "/../../b.png"};
    spit(bench / "evil.json", manifest.dump());
    CHECK(bench.run({"verify", "evil.json"}).code == 4);
    CHECK_FALSE(fs::exists(bench / "b.png"));
}
