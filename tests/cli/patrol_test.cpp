// `patrol` on six communes whose plans are worked out by hand, and on the sample.
//
//   4 5 6    squares of 0.1 degree: about 10.96 km from middle to middle along a row, 11.06 km
//   1 2 3    from row to row, 15.6 km across
#include "cli/pdf.hpp"
#include "cli/program.hpp"

#include <cmath>
#include <map>
#include <set>

using namespace diaban::test;

namespace {

// The six with their values, written once for all plans of a test.
class Six {
public:
    explicit Six(const Bench& bench) : joined_(six_joined(bench)) {}
    Words plan(const std::string& kind) const { return Words{"patrol", kind} + joined_; }

private:
    Words joined_;
};

std::set<std::string> codes_of(const Json& group) {
    std::set<std::string> out;
    for (const auto& one : group.at("communes"))
        out.insert(one.is_object() ? one.at("code").get<std::string>() : one.get<std::string>());
    return out;
}
using Codes = std::set<std::string>;

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

TEST_CASE("one base that reaches most, and the least way in all") {
    const Bench bench;
    const auto flags =
        Six(bench).plan("cover") + Words{"--indicator", "so_nguoi", "--year", "2011"};
    // 11 22 33 below, 44 55 and nothing above. From 2: 11 + 22 + 33 + 55; from 5: 44 + 55 + 22, as
    // much; the lower row is chosen.
    auto report = bench.json(flags + Words{"--bases", "1", "--within", "12km"});
    INFO(report.dump(1));
    CHECK(report.at("objective") == 121);
    CHECK(report.at("bound") == 121);
    CHECK(report.at("gap") == 0);
    CHECK(report.at("proven") == true);
    CHECK(report.at("stopped") == false);
    CHECK(report.at("burden") == 165);
    CHECK(report.at("unknown") == 1);
    CHECK(report.at("period") == "2011");
    REQUIRE(report.at("plan").size() == 1);
    CHECK(report.at("plan")[0].at("base") == "00002");
    CHECK(codes_of(report.at("plan")[0]) == Codes{"00001", "00002", "00003", "00005"});

    // Without 2, and nobody goes there: 4 reaches 44 + 55 + 11, 5 only 44 + 55.
    report = bench.json(flags + Words{"--bases", "1", "--within", "12km", "--forbid", "00002"});
    CHECK(report.at("plan")[0].at("base") == "00004");
    CHECK(report.at("objective") == 110);

    // 44 and 22 beside 5, 11 and 33 across: 44 * 10.96 + 22 * 11.06 + 44 * 15.57 = 1,410.6.
    report = bench.json(flags + Words{"--bases", "1", "--goal", "median"});
    CHECK(report.at("plan")[0].at("base") == "00005");
    CHECK(report.at("objective").get<double>() == Approx(1410600).epsilon(0.003));
    CHECK(report.at("mean_distance_m").get<double>() == Approx(1410600 / 165.0).epsilon(0.003));
    CHECK(report.at("proven") == true);

    // A base that is there counts; a way is a third longer than the straight line.
    report = bench.json(
        flags + Words{"--bases", "2", "--at", "00006", "--goal", "centre", "--detour", "1.3"});
    CHECK(report.at("plan").size() == 2);
    CHECK(report.at("plan")[1].at("base") == "00006");
    const auto text = bench.run(flags + Words{"--bases", "1", "--within", "12km"});
    CHECK(text.code == 0);
    CHECK(contains(text.out, "Bases: 1. Reached: 73.3 %"));
    CHECK(contains(text.out, "Proven"));
}

TEST_CASE("two teams of three, each in one piece") {
    const Bench bench;
    const Six six(bench);
    const auto flags = six.plan("sectors") + Words{"--teams", "2"};
    auto report = bench.json(flags);
    INFO(report.dump(1));
    CHECK(report.at("objective") == 3);
    CHECK(report.at("bound") == 3);
    CHECK(report.at("proven") == true);
    auto all = codes_of(report.at("plan")[0]);
    CHECK(all.size() == 3);
    for (const auto& code : codes_of(report.at("plan")[1])) all.insert(code);
    CHECK(all.size() == 6);

    report = bench.json(flags + Words{"--at", "00003,00001", "--lock", "00006=2"});
    CHECK(report.at("plan")[0].at("base") == "00003");
    // 6 belongs to the team of 1: the other keeps 2 and 3 below, and 4, 5, 6 hang on 1.
    CHECK(codes_of(report.at("plan")[0]) == Codes{"00002", "00003"});
    CHECK(report.at("objective") == 4);

    check_refusal(bench.run(flags + Words{"--teams=1", "--forbid", "00002,00005"}), 2, "twice");
    const auto apart = six.plan("sectors") + Words{"--teams", "1", "--forbid", "00002,00005"};
    check_refusal(bench.run(apart), 4, "2 separate pieces");
    // A ferry joins them.
    report = bench.json(apart + Words{"--link", "00001=00003"});
    CHECK(codes_of(report.at("plan")[0]) == Codes{"00001", "00003", "00004", "00006"});
}

TEST_CASE("an island is joined to the nearest commune, and the teams stay equal") {
    const Bench bench;
    auto features = six_features();
    features.push_back(feature(R"("ma_xa":"00007","ten_xa":"Đảo Xa")", square(105.7, 10.0)));
    features.push_back(feature(R"("ma_xa":"00008","ten_xa":"Đảo Gần")", square(105.4, 10.0)));
    spit(bench / "dao.geojson", collection(features));
    const auto report =
        bench.json({"patrol", "sectors", "--boundaries", "dao.geojson", "--teams", "2"});
    INFO(report.dump(1));
    CHECK(report.at("ferries") ==
          Json::array({Json::array({"00008", "00003"}), Json::array({"00007", "00008"})}));
    CHECK(report.at("objective") == 4);
    CHECK(report.at("proven") == true);
}

TEST_CASE("plans are written as tables, layers, waypoints and maps") {
    const Bench bench;
    const Six six(bench);
    const auto flags = six.plan("sectors") + Words{"--teams", "2"};
    for (const auto* file : {"to.csv", "to.xlsx", "to.gpkg", "to.geojson", "to.kml", "to.gpx"}) {
        INFO(file);
        const auto report = bench.json(flags + Words{"--out", file, "--map", "to.png"});
        CHECK(report.at("files").size() >= 2);
        CHECK(fs::file_size(bench / file) > 0);
        CHECK(fs::file_size(bench / "to.png") > 0);
    }
    CHECK(contains(slurp(bench / "to.csv"), "00006"));
    CHECK(contains(slurp(bench / "to.gpx"), "<wpt"));
    const auto layer = Json::parse(slurp(bench / "to.geojson"));
    CHECK(layer.at("features").size() == 6);
    // An order sheet for each team: every commune stands on one, with room to write.
    for (const auto* file : {"phieu.xlsx", "phieu.html"})
        CHECK(bench.json(flags + Words{"--orders", file}).at("files").size() == 1);
    const auto orders = slurp(bench / "phieu.html");
    CHECK(contains(orders, "Team 1"));
    CHECK(contains(orders, "Team 2"));
    CHECK(contains(orders, "Whom to ask"));
    for (const auto* code : {"00001", "00002", "00003", "00004", "00005", "00006"}) {
        const auto at = orders.find(code);
        REQUIRE(at != std::string::npos);
        CHECK(orders.find(code, at + 1) == std::string::npos);
    }
    check_refusal(bench.run(flags + Words{"--orders", "phieu.doc"}), 2, "phieu.doc");
    check_refusal(bench.run(flags + Words{"--out", "to.doc"}), 2, "to.doc");
    check_refusal(bench.run(flags + Words{"--map", "to.txt"}), 2, "to.txt");
}

TEST_CASE("order sheets are printed: a map, the list with its reasons, lines to sign") {
    const Bench bench;
    const auto flags = Six(bench).plan("sectors") +
                       Words{"--teams", "2",           "--at",     "00001,00003", "--lock",
                             "00006=2", "--indicator", "so_nguoi", "--year",      "2011"};
    const auto report = bench.json(flags + Words{"--orders", "phieu.pdf"});
    REQUIRE(report.at("files").size() == 1);
    const auto facts = bench.tool({"pdfinfo", "-f", "1", "-l", "9", "phieu.pdf"});
    INFO(facts);
    CHECK(std::regex_search(facts, std::regex("Pages:\\s+2\n")));
    CHECK(times(facts, "(A4)") == 2);
    CHECK(times(facts, " 595.2") == 2); // upright
    check_fonts(bench, "phieu.pdf");
    const auto pages = pages_of(bench, "phieu.pdf");
    REQUIRE(pages.size() == 2);
    const std::map<std::string, std::string> work{
        {"00001", "11"}, {"00002", "22"}, {"00003", "33"}, {"00004", "44"}, {"00005", "55"}};
    for (std::size_t team = 0; team < 2; ++team) {
        const auto& page = pages[team];
        INFO(page);
        CHECK(contains(page, "Order sheet – Team " + std::to_string(team + 1)));
        for (const auto* words : {"Whom to ask", "Drawn up by", "Approved by", "Seed 1.", "2011",
                                  "Page 1 of 1", "base of the team", "Huyện"})
            CHECK(contains(page, words));
        const auto codes = codes_of(report.at("plan")[team]);
        for (int i = 1; i <= 6; ++i) {
            const auto code = "0000" + std::to_string(i);
            // Each on the sheet of its team, once, with why.
            CHECK(times(page, "(" + code + ")") == (codes.contains(code) ? 1U : 0U));
            if (codes.contains(code) && work.contains(code))
                CHECK(contains(page, ": " + work.at(code)));
        }
        CHECK(contains(page, "locked to this team") == codes.contains("00006"));
        // Nobody knows that commune 6 has none.
        CHECK(contains(page, ": missing") == codes.contains("00006"));
        CHECK_FALSE(contains(page, ": 0;"));
    }
    check_apart(bench, "phieu.pdf");
    // The same request, the same bytes.
    bench.json(flags + Words{"--orders", "lai.pdf"});
    CHECK(slurp(bench / "lai.pdf") == slurp(bench / "phieu.pdf"));
    check_refusal(bench.run(flags + Words{"--orders", "phieu"}), 2, ".pdf");
}

TEST_CASE("long lists go on, on sheets of their own, in Vietnamese, for bases and months too") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "90"}).code == 0);
    const Words project{"--project", "mau/tinh_mau.diaban", "--lang", "vi", "--orders", "p.pdf"};
    const Words month{"--months", "2", "--visits", "25"};
    for (const auto& kind :
         {Words{"sectors", "--teams", "2"}, Words{"cover", "--bases", "2", "--within", "90km"},
          Words{"rota"} + month}) {
        const auto report = bench.json(Words{"patrol"} + kind + project);
        const auto pages = pages_of(bench, "p.pdf");
        INFO(kind.front() << ": " << pages.size());
        CHECK(pages.size() >= 4);
        check_fonts(bench, "p.pdf");
        check_apart(bench, "p.pdf");
        std::set<std::string> expected;
        const bool rota = kind.front() == "rota";
        for (const auto& one : report.at("plan")) {
            if (rota)
                expected.insert(one.at("code").get<std::string>());
            else
                for (const auto& code : codes_of(one)) expected.insert(code);
        }
        std::string all;
        for (const auto& page : pages) {
            all += page;
            CHECK(contains(page, "Phiếu giao việc – "));
            CHECK(contains(page, "Trang "));
            if (!contains(page, "Người lập")) continue;
            // Whoever signs sees some of what is signed for.
            std::size_t listed = 0;
            for (const auto& code : expected) listed += contains(page, "(" + code + ")");
            CHECK(listed >= 3);
        }
        for (const auto& code : expected) {
            INFO(code);
            CHECK(contains(all, "(" + code + ")"));
        }
        CHECK(times(all, "Người lập") == 2);
        CHECK(times(all, "Người duyệt") == 2);
        CHECK(contains(all, "(tiếp theo)"));
        CHECK(contains(all, "Đầu mối liên hệ"));
        if (rota) CHECK(times(all, "điểm ưu tiên") >= 50); // why, for every visit
    }
}

TEST_CASE("small counts of persons weigh in public as what is masked weighs") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "it.csv", "ma_xa,nam,so_nguoi\n00001,2011,3\n00002,2011,4\n00003,2011,60\n"
                           "00004,2011,70\n00005,2011,80\n00006,2011,90\n");
    const Words flags{"patrol",      "sectors",  "--boundaries",  "xa.shp", "--db",    "it.csv",
                      "--key",       "ma_xa",    "--year-column", "nam",    "--value", "so_nguoi",
                      "--indicator", "so_nguoi", "--teams",       "2"};
    const auto hidden = bench.json(flags + Words{"--out", "to.csv"});
    CHECK(hidden.at("masked") == 3); // 3 and 4, and one more: else their sum of 7 bounds them
    CHECK(hidden.at("burden") != 307); // neither it nor the sectors give 3 and 4 away
    CHECK(fs::exists(bench / "to.csv.masked.csv"));
    const auto open = bench.json(flags + Words{"--classification", "internal"});
    CHECK(open.at("masked") == 0);
    CHECK(open.at("burden") == 307);
    // On paper neither.
    bench.json(flags + Words{"--orders", "phieu.pdf"});
    CHECK(fs::exists(bench / "phieu.pdf.masked.csv"));
    std::string all;
    for (const auto& page : pages_of(bench, "phieu.pdf")) {
        INFO(page);
        all += page;
        // A sum that what is masked weighs in says so, and only such a sum.
        CHECK(contains(page, ": ≈ ") == contains(page, ": suppressed"));
        CHECK(contains(page, "(an equal share is ≈ "));
        CHECK(contains(page, "≈: a sum with masked small counts"));
    }
    INFO(all);
    CHECK(times(all, ": suppressed") == 3);
    for (const auto& team : hidden.at("plan")) {
        const auto codes = codes_of(team);
        CHECK(team.at("estimated") ==
              (codes.contains("00001") || codes.contains("00002") || codes.contains("00004")));
    }
    for (const auto& team : open.at("plan")) CHECK(team.at("estimated") == false);
    CHECK_FALSE(contains(all, "INTERNAL USE"));
    bench.json(flags + Words{"--orders", "noi_bo.pdf", "--classification", "internal"});
    const auto inside = pages_of(bench, "noi_bo.pdf");
    for (const auto& page : inside) {
        CHECK(contains(page, "INTERNAL USE"));
        CHECK_FALSE(contains(page, "≈"));
    }
    CHECK_FALSE(fs::exists(bench / "noi_bo.pdf.masked.csv"));
}

TEST_CASE("a rota of the sample keeps its random share and explains itself") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words flags{"patrol",   "rota", "--project", "mau/tinh_mau.diaban",
                      "--months", "2",    "--visits",  "10"};
    const auto report = bench.json(flags);
    INFO(report.dump(1));
    REQUIRE(report.at("plan").size() == 20);
    int random = 0;
    std::set<std::string> first_month;
    for (const auto& visit : report.at("plan")) {
        random += visit.at("reason") == "random";
        if (visit.at("month") == 1) first_month.insert(visit.at("code"));
        double sum = 0;
        for (const auto& [term, points] : visit.at("points").items())
            if (points.is_number()) sum += points.get<double>();
        CHECK(sum == Approx(visit.at("score").get<double>()).margin(1e-4));
    }
    CHECK(random == 4);
    CHECK(first_month.size() == 10);
    CHECK(report.at("seed") == 1);
    CHECK(report.at("bound").is_null());
    CHECK(report.at("weights").at("status") == 3);
    for (const auto* term : {"near", "border", "gap"})
        CHECK(std::count(report.at("left_out").begin(), report.at("left_out").end(), term) == 1);
    CHECK(bench.run(flags + Words{"--json", "--threads", "7"}).out ==
          bench.run(flags + Words{"--json", "--threads", "1"}).out);
    const auto weighted = bench.json(
        flags + Words{"--weights", "status=0,near=5", "--near", report.at("plan")[0].at("code")});
    CHECK(weighted.at("weights").at("near") == 5);
    CHECK(weighted.at("weights").at("status") == 0);
}

TEST_CASE("nearness in a rota is measured, and equals the list of near") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words project{"--project", "mau/tinh_mau.diaban"};
    const auto near =
        bench.json(Words{"near"} + project + Words{"--to", "port", "--within", "8km"});
    std::set<std::string> expected;
    for (const auto& unit : near.at("units")) expected.insert(unit.at("code"));
    REQUIRE(!expected.empty());
    REQUIRE(expected.size() < 60);
    const Words rota =
        Words{"patrol", "rota"} + project +
        Words{"--visits",  "60",
              "--random",  "0",
              "--weights", "status=0,violations=0,trend=0,since=0,uninspected=0,near=1"};
    std::string codes;
    for (const auto& code : expected) codes += (codes.empty() ? "" : ",") + code;
    const auto measured = bench.json(rota + Words{"--near", "port:8km"});
    CHECK(measured.at("plan") == bench.json(rota + Words{"--near", codes}).at("plan"));
    REQUIRE(measured.at("plan").size() == 60);
    for (const auto& visit : measured.at("plan")) {
        INFO(visit.dump());
        CHECK((visit.at("points").at("near").get<double>() > 0) ==
              expected.contains(visit.at("code").get<std::string>()));
    }
    check_refusal(bench.run(rota + Words{"--near", "port:8"}), 2, "--near");
    check_refusal(bench.run(rota + Words{"--near", ":8km"}), 2, "port:10km");
}

TEST_CASE("communes behind a target are given by code or by name") {
    const Bench bench;
    auto features = six_features();
    // The third is called as the first, in another district.
    features[2] = feature(R"("ma_xa":"00003","ten_xa":"Xã Tân 1","ma_huyen":"002",)"
                          R"("ten_huyen":"Huyện Tây")",
                          square(105.2, 10.0));
    spit(bench / "xa.geojson", collection(features));
    spit(bench / "it.csv", "ma_xa,nam,IN01\n00001,2011,1\n00002,2011,1\n00003,2011,1\n"
                           "00004,2011,1\n00005,2011,1\n00006,2011,1\n");
    const Words rota{"patrol",   "rota",  "--boundaries",  "xa.geojson", "--db",    "it.csv",
                     "--key",    "ma_xa", "--year-column", "nam",        "--value", "IN01",
                     "--visits", "6",     "--random",      "0"};
    const auto behind = [&](const std::string& given) {
        std::set<std::string> out;
        const auto made = bench.json(rota + Words{"--behind", given});
        for (const auto& visit : made.at("plan"))
            if (visit.at("points").at("gap").get<double>() > 0)
                out.insert(visit.at("code").get<std::string>());
        return out;
    };
    CHECK(behind("00002,00005") == Codes{"00002", "00005"});
    CHECK(behind("Xã Tân 2,tan 5") == Codes{"00002", "00005"});
    CHECK(behind("XÃ  TÂN 2") == Codes{"00002"});
    CHECK(behind("Tân 1 (Huyện Tây)") == Codes{"00003"});
    CHECK(behind("tan 1 (dong)") == Codes{"00001"});
    // Which of the two nobody knows.
    const auto several = bench.run(rota + Words{"--behind", "Tân 1"});
    check_refusal(several, 2, "00001");
    CHECK(contains(several.err, "Xã Tân 1 (Huyện Tây) 00003"));
    CHECK(contains(several.err, "--behind"));
    check_refusal(bench.run(rota + Words{"--behind", "Tân 77"}), 2, "Tân 77");
    check_refusal(bench.run(rota + Words{"--select", "Xa Lạ"}), 2, "--select");
}

TEST_CASE("a rota weighs how far the districts are from the targets of a plan") {
    const Bench bench;
    spit(bench / "xa.geojson", collection(six_features()));
    // Of the eastern district (1, 2, 4, 5) all have it, of the western (3, 6) none.
    spit(bench / "it.csv", "ma_xa,nam,IN01,CM04\n00001,2011,1,1\n00002,2011,1,1\n00003,2011,1,0\n"
                           "00004,2011,1,1\n00005,2011,1,1\n00006,2011,1,0\n");
    const auto plan = [&](const std::string& targets) {
        spit(bench / "kh.json", R"({"id":"kh","area_vi":"Tỉnh Thử","area_en":"Trial Province",)"
                                R"("document":"KH 1","from":"2011","until":"2011","targets":[)" +
                                    targets + "]}");
    };
    plan(R"({"id":"a","kind":"share","indicators":["CM04"],"denominator":["units"],"op":">=",)"
         R"("value":1,"deadline":"2011","vi":"Xã có tuyên truyền","en":"Communes reached"},)"
         R"({"id":"b","kind":"absolute","indicators":["CM04"],"op":">=","value":5,)"
         R"("deadline":"2011","vi":"Năm xã","en":"Five communes"})");
    const Words rota{"patrol",  "rota",  "--boundaries",  "xa.geojson", "--db",     "it.csv",
                     "--key",   "ma_xa", "--year-column", "nam",        "--value",  "IN01",
                     "--value", "CM04",  "--visits",      "6",          "--random", "0"};
    const Words alone{"--weights", "status=0,violations=0,trend=0,since=0,uninspected=0,gap=1",
                      "--targets", "kh.json"};
    const auto made = bench.json(rota + alone + Words{"--lang", "en", "--out", "rota.csv"});
    INFO(made.dump(1));
    REQUIRE(made.at("plan").size() == 6);
    for (const auto& visit : made.at("plan")) {
        INFO(visit.dump());
        // Four of five in all; the east has met the share, the west lacks all of it.
        const auto code = visit.at("code").get<std::string>();
        const bool west = code == "00003" || code == "00006";
        CHECK(visit.at("points").at("gap").get<double>() == Approx(west ? 0.6 : 0.1));
        REQUIRE(visit.at("targets").size() == 2);
        CHECK(visit.at("targets")[0].at("id") == (west ? "a" : "b"));
    }
    const auto csv = slurp(bench / "rota.csv");
    CHECK(contains(csv, "farthest: Communes reached (Huyện Tây), 100 % short"));
    CHECK(contains(csv, "farthest: Five communes (Trial Province), 20 % short"));
    CHECK(contains(bench.run(rota + alone).out, "Trial Province (KH 1) in 2011"));
    // Who is named misses one for certain.
    const auto named = bench.json(rota + alone + Words{"--behind", "00001"});
    for (const auto& visit : named.at("plan"))
        if (visit.at("code") == "00001") CHECK(visit.at("points").at("gap") == 1);
    // Without a target that can be told the term is left out, and that is said.
    plan(R"({"id":"c","kind":"absolute","indicators":["OR06"],"op":">=","value":5,)"
         R"("deadline":"2011","vi":"Huyện","en":"Districts"})");
    const auto silent = bench.run(rota + Words{"--targets", "kh.json"});
    CHECK(silent.code == 0);
    CHECK(contains(silent.out, "No target of the plan Trial Province (KH 1) can be told"));
    CHECK(contains(silent.out, "gap to target"));
    const auto without = bench.json(rota);
    CHECK(without.at("left_out").dump().find("gap") != std::string::npos);
    const auto unknown = bench.run(rota + Words{"--targets", "khong-co"});
    CHECK(unknown.code != 0);
    CHECK(contains(unknown.err, "khong-co"));
}

TEST_CASE("a kept rota keeps the lines that it was measured to") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    // A river through the sample, beside its store.
    const auto river = collection({R"({"type":"Feature","properties":{},"geometry":)"
                                   R"({"type":"LineString","coordinates":)"
                                   R"([[107.0,9.3],[107.45,9.3]]}})"});
    spit(bench / "mau/song.geojson", river);
    const Words rota{"patrol", "rota", "--store", "mau/tinh_mau.sqlite"};
    const auto made = bench.json(rota + Words{"--visits", "20", "--random", "0", "--weights",
                                              "near=9", "--near", "song:1km", "--line",
                                              "song=mau/song.geojson", "--save", "dọc sông"});
    std::size_t near = 0;
    for (const auto& visit : made.at("plan"))
        near += visit.at("points").at("near").get<double>() > 0;
    CHECK(near > 0);
    CHECK(contains(made.at("sentences").dump(), "song.geojson"));
    // Where it lies, as seen from the store.
    CHECK(bench.tool({"sqlite3", "mau/tinh_mau.sqlite",
                      "SELECT json_extract(content, '$.request.lines[0].file'), "
                      "json_extract(content, '$.request.lines[0].kind') FROM result "
                      "WHERE kind = 'patrol'"}) == "song.geojson|song\n");
    const auto again = bench.json(rota + Words{"--saved", "dọc sông"});
    CHECK(again.at("plan") == made.at("plan"));
    CHECK(again.at("sentences") == made.at("sentences"));
    // One that is gone is named, and another can be given in its place.
    fs::rename(bench / "mau/song.geojson", bench / "noi_khac.geojson");
    check_refusal(bench.run(rota + Words{"--saved", "dọc sông"}), 3, "song.geojson");
    CHECK(bench.json(rota + Words{"--saved", "dọc sông", "--line", "song=noi_khac.geojson"})
              .at("plan") == made.at("plan"));
}

TEST_CASE("where the border lies is told to a rota as it is to near") {
    const Bench bench;
    six_communes(bench);
    std::string rows = "ma_xa,nam,IN02,IN06\n";
    for (int i = 1; i <= 6; ++i) rows += "0000" + std::to_string(i) + ",2011,10,20\n";
    spit(bench / "kt.csv", rows);
    const Words rota{"patrol",    "rota",     "--boundaries",  "xa.shp",   "--db",     "kt.csv",
                     "--key",     "ma_xa",    "--year-column", "nam",      "--value",  "IN02",
                     "--value",   "IN06",     "--visits",      "6",        "--random", "0",
                     "--weights", "border=1", "--border",      "border:0m"};
    check_refusal(bench.run(rota), 2, "--outline border=");
    spit(bench / "bien.geojson",
         collection({R"({"type":"Feature","properties":{},"geometry":{"type":"LineString",)"
                     R"("coordinates":[[104.9,10.21],[105.4,10.21]]}})"}));
    const auto on_border = [&](const Words& given) {
        Codes out;
        const auto made = bench.json(rota + given);
        for (const auto& visit : made.at("plan"))
            if (visit.at("points").at("border").get<double>() > 0)
                out.insert(visit.at("code").get<std::string>());
        return out;
    };
    const auto touching = [&](const Words& given) {
        Codes out;
        const Words near{"near", "--boundaries", "xa.shp", "--to", "border", "--within", "0m"};
        const auto found = bench.json(near + given);
        for (const auto& unit : found.at("units")) out.insert(unit.at("code").get<std::string>());
        return out;
    };
    const Words line{"--line", "border=bien.geojson"};
    CHECK(on_border(line) == Codes{"00004", "00005", "00006"}); // the upper row
    const Words by_hand{"--outline", "border=00001"};
    CHECK(on_border(by_hand) == touching(by_hand));
    CHECK_FALSE(on_border(by_hand).contains("00006"));
    CHECK(on_border(line + by_hand) == touching(line + by_hand));
    check_refusal(bench.run(rota + Words{"--outline", "border=99999"}), 2, "99999");
    // What a project says of communes that are not here stays out.
    spit(bench / "tinh.diaban", R"({"diaban_project":1,"data":{},"map":{},"page":{},"outline":[)"
                                R"({"kind":"border","code":"99999","is":true},)"
                                R"({"kind":"border","code":"00001","is":true}]})");
    CHECK(on_border({"--project", "tinh.diaban"}) == touching(by_hand));
}

TEST_CASE("plans that cannot be are refused with the reason") {
    const Bench bench;
    const Six six(bench);
    const auto cover = six.plan("cover");
    check_refusal(bench.run({"patrol"}), 2, "kind");
    check_refusal(bench.run(six.plan("circle")), 2, "cover | sectors | rota");
    check_refusal(bench.run(cover + Words{"--bases", "0"}), 2, "--bases");
    check_refusal(bench.run(cover + Words{"--bases", "7"}), 2, "6");
    check_refusal(bench.run(cover + Words{"--within", "10"}), 2, "--within");
    check_refusal(bench.run(cover + Words{"--within", "0m"}), 2, "radius");
    check_refusal(bench.run(cover + Words{"--select", "99999"}), 2, "99999");
    check_refusal(bench.run(cover + Words{"--indicator", "khong_co"}), 2, "khong_co");
    check_refusal(bench.run(cover + Words{"--indicator", "so_nguoi", "--year", "1990"}), 2, "1990");
    check_refusal(bench.run(cover + Words{"--detour", "0.5"}), 2, "detour");
    check_refusal(bench.run(six.plan("sectors") + Words{"--lock", "00001"}), 2, "--lock");
    check_refusal(bench.run(six.plan("sectors") + Words{"--teams", "9"}), 2, "9 teams");
    check_refusal(bench.run(six.plan("rota")), 4, "indicator");
    check_refusal(bench.run(six.plan("rota") + Words{"--weights", "staus=1"}), 2, "--weights");
}

TEST_CASE("Ctrl-C keeps the best plan found, with its files, marked as stopped") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "1000"}).code == 0);
    const Words flags{"patrol",  "cover",   "--project", "mau/tinh_mau.diaban",
                      "--bases", "10",      "--goal",    "centre",
                      "--nodes", "200000",  "--out",     "k.csv",
                      "--save",  "do dang", "--orders",  "k.pdf",
                      "--json"};
    // At first nothing is found yet, and later the search may have come to its end.
    bool kept = false;
    for (int after = 500; after <= 16000 && !kept; after *= 2) {
        RunOptions options;
        options.interrupt_after = std::chrono::milliseconds(after);
        options.limit = std::chrono::minutes(6); // the solver ends its stretch of nodes first
        const auto outcome = bench.run(flags, options);
        INFO(after << " ms: " << outcome.code << " " << outcome.err);
        REQUIRE((outcome.code == 130 || outcome.code == 0)); // never killed
        if (outcome.code == 0) break;
        if (outcome.out.empty()) {
            CHECK_FALSE(fs::exists(bench / "k.csv"));
            continue;
        }
        kept = true;
        // Of a program that is still starting nothing can be asked.
        CHECK(contains(outcome.err, "Stopping: the best plan"));
        const auto report = Json::parse(outcome.out);
        CHECK(report.at("stopped") == true);
        CHECK(report.at("proven") == false);
        CHECK(report.at("plan").size() == 10);
        CHECK(report.at("gap").get<double>() > 0);
        CHECK(contains(slurp(bench / "k.csv"), "Base"));
        std::string all;
        for (const auto& page : pages_of(bench, "k.pdf")) all += page;
        CHECK(contains(all, "Stopped by hand"));
        const auto project = Json::parse(slurp(bench / "mau/tinh_mau.diaban"));
        CHECK(project.at("plans").at(0).at("stopped") == true);
    }
    CHECK(kept);
}

TEST_CASE("plans are stored in a store, listed, made again and removed") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words store{"--store", "mau/tinh_mau.sqlite"};
    const Words sectors = Words{"patrol", "sectors"} + store;
    const auto three = bench.json(sectors + Words{"--teams", "3", "--save", "ba tổ"});
    bench.json(sectors + Words{"--teams", "4", "--save", "bốn tổ"});
    check_refusal(bench.run(sectors + Words{"--teams", "5", "--save", "ba tổ"}), 2, "--replace");
    bench.json(sectors + Words{"--teams", "5", "--save", "bốn tổ", "--replace"});
    CHECK(bench.json(sectors + Words{"--saved", "bốn tổ"}).at("plan").size() == 5);
    const auto again = bench.run(sectors + Words{"--saved", "ba tổ", "--json"});
    INFO(again.err);
    REQUIRE(again.code == 0);
    CHECK(Json::parse(again.out).at("plan") == three.at("plan"));
    CHECK(contains(again.err, "are the same as when it was stored"));
    const auto compared = bench.json(sectors + Words{"--teams", "3", "--compare", "bốn tổ"});
    CHECK(compared.at("compared").at("with") == "bốn tổ");
    // A project of the same store finds them as well; its own come first.
    const Words project{"--project", "mau/tinh_mau.diaban"};
    CHECK(bench.json(Words{"patrol", "sectors"} + project + Words{"--saved", "ba tổ"}).at("plan") ==
          three.at("plan"));
    bench.json(Words{"patrol", "sectors"} + project + Words{"--teams", "5", "--save", "ba tổ"});
    CHECK(bench.json(Words{"patrol", "sectors"} + project + Words{"--saved", "ba tổ"})
              .at("plan")
              .size() == 5);
    CHECK(bench.json(sectors + Words{"--saved", "ba tổ"}).at("plan").size() == 3);
    // Listed, found sound by the check and by sqlite3, removed.
    const auto list = bench.json({"store", "patrol", "list", "mau/tinh_mau.sqlite"});
    REQUIRE(list.at("rows").size() == 2);
    CHECK(list.at("rows")[0].at("name") == "ba tổ");
    CHECK(list.at("rows")[0].at("kind") == "sectors");
    CHECK(bench.json({"store", "check", "mau/tinh_mau.sqlite"}).at("findings").empty());
    const auto rows = bench.tool({"sqlite3", "mau/tinh_mau.sqlite",
                                  "SELECT json_array_length(content, '$.parts') FROM result "
                                  "WHERE kind = 'patrol' ORDER BY id"});
    CHECK(rows == "60\n60\n");
    const auto left = bench.json({"store", "patrol", "remove", "mau/tinh_mau.sqlite", "ba tổ"});
    CHECK(left.at("removed") == 1);
    CHECK(left.at("rows").size() == 1);
    check_refusal(bench.run({"store", "patrol", "remove", "mau/tinh_mau.sqlite", "ba tổ"}), 2,
                  "ba tổ");
    check_refusal(bench.run({"store", "patrol", "add", "mau/tinh_mau.sqlite", "x"}), 2, "--save");
    check_refusal(bench.run(sectors + Words{"--saved", "ba tổ"}), 2, "bốn tổ");
    // A commune that no boundaries have is found.
    bench.tool({"sqlite3", "mau/tinh_mau.sqlite",
                "UPDATE result SET content = json_set(content, '$.parts[0][0]', 'Z9')"});
    const auto found = bench.run({"store", "check", "mau/tinh_mau.sqlite", "--json"});
    CHECK(found.code == 4);
    CHECK(has_kind(Json::parse(found.out), "store_plan"));
}

TEST_CASE("an internal plan that is kept tells the public nothing of its numbers") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words internal{"--classification", "internal"};
    for (const auto& where :
         {Words{"--store", "mau/tinh_mau.sqlite"}, Words{"--project", "mau/tinh_mau.diaban"}}) {
        INFO(where.back());
        const Words cover = Words{"patrol", "cover",    "--indicator", "DR01",    "--bases",
                                  "2",      "--within", "8km",         "--nodes", "1"} +
                            where;
        const auto open = bench.json(cover);
        const auto kept = bench.json(cover + internal + Words{"--save", "nội bộ"});
        REQUIRE(open.at("masked").get<int>() > 0);
        REQUIRE(open.at("burden") != kept.at("burden"));
        // Made again for the public unless somebody says otherwise now.
        const Words again{"patrol", "cover", "--saved", "nội bộ"};
        const auto shown = bench.json(again + where);
        CHECK(shown.at("masked") == open.at("masked"));
        CHECK(shown.at("burden") == open.at("burden"));
        CHECK(shown.at("plan") == open.at("plan"));
        CHECK(contains(bench.run(again + where).err, "--classification internal"));
        CHECK(bench.json(again + where + internal).at("burden") == kept.at("burden"));
        // Beside a plan for the public stands nothing of it.
        for (const auto& flag : {Words{}, Words{"--json"}})
            check_refusal(bench.run(cover + flag + Words{"--compare", "nội bộ"}), 2,
                          "--classification internal");
        CHECK(bench.json(cover + internal + Words{"--compare", "nội bộ"}).contains("compared"));
        bench.json(cover + Words{"--save", "công khai"});
        CHECK(bench.json(cover + Words{"--compare", "công khai"}).contains("compared"));
        if (where.front() != "--store") continue;
        const Words list{"store", "patrol", "list", "mau/tinh_mau.sqlite"};
        const auto rows = bench.json(list).at("rows");
        REQUIRE(rows.size() == 2);
        const auto& hidden = rows[0];
        CHECK(hidden.at("name") == "nội bộ");
        CHECK(hidden.at("kind") == "cover");
        CHECK(hidden.at("classification") == "internal");
        CHECK(hidden.at("bases") == "2");
        CHECK(hidden.at("teams") == "");
        CHECK(hidden.at("communes") == "60");
        CHECK(hidden.at("stopped") == "no");
        CHECK(hidden.at("at").get<std::string>().size() == 20);
        CHECK(hidden.at("text") == "");
        CHECK(rows[1].at("classification") == "public");
        CHECK(rows[1].at("text") == open.at("sentences")[0]);
        const auto said = kept.at("sentences")[0].get<std::string>();
        REQUIRE(said != open.at("sentences")[0].get<std::string>());
        CHECK_FALSE(contains(bench.run(list).out, said));
    }
}

TEST_CASE("plans are stored in a project, made again, and compared") {
    const Bench bench;
    REQUIRE(bench.run({"sample", "mau", "--communes", "60"}).code == 0);
    const Words project{"--project", "mau/tinh_mau.diaban"};
    const Words sectors = Words{"patrol", "sectors"} + project;
    const auto three = bench.json(sectors + Words{"--teams", "3", "--save", "ba tổ"});
    // Asked for again it is the same plan, of the same inputs.
    const auto again = bench.run(sectors + Words{"--saved", "ba tổ", "--json"});
    INFO(again.err);
    CHECK(Json::parse(again.out).at("plan") == three.at("plan"));
    CHECK(contains(again.err, "are the same as when it was stored"));
    // The same plan differs in nothing; with a fourth team somebody changes.
    const auto same = bench.json(sectors + Words{"--teams", "3", "--compare", "ba tổ"});
    CHECK(same.at("compared").at("changes").empty());
    CHECK(same.at("compared").at("same") == 60);
    const auto four = bench.json(sectors + Words{"--teams", "4", "--compare", "ba tổ"});
    const auto& compared = four.at("compared");
    INFO(compared.dump(1));
    CHECK(compared.at("with") == "ba tổ");
    CHECK(compared.at("numbers").at("busiest").at("before") == three.at("objective"));
    CHECK(compared.at("numbers").at("busiest").at("after") == four.at("objective"));
    CHECK(compared.at("numbers").at("fair").at("before") == 20);
    CHECK(compared.at("numbers").at("fair").at("after") == 15);
    CHECK(compared.at("same").get<std::size_t>() + compared.at("changes").size() == 60);
    // A new team cannot be made of nobody.
    CHECK(compared.at("changes").size() >= four.at("plan")[0].at("communes").size() / 2);
    const auto text = bench.run(sectors + Words{"--teams", "4", "--compare", "ba tổ"});
    CHECK(contains(text.out, "Compared with ba tổ"));

    check_refusal(bench.run(sectors + Words{"--compare", "bốn tổ"}), 2, "ba tổ");
    check_refusal(bench.run(sectors + Words{"--saved", "bốn tổ"}), 2, "ba tổ");
    check_refusal(bench.run(Words{"patrol", "cover"} + project + Words{"--saved", "ba tổ"}), 2,
                  "patrol sectors");
    check_refusal(bench.run(Words{"patrol", "cover"} + project + Words{"--compare", "ba tổ"}), 2,
                  "ba tổ");
    check_refusal(bench.run(Six(bench).plan("cover") + Words{"--save", "x"}), 2, "--project");
}
