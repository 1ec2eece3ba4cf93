// What a store knows of units and places over time, from the command line.
#include "cli/program.hpp"

#include <cmath>

using namespace diaban::test;

namespace {

// A sample province as files, and a store made of them: two vintages, the population of 2010.
struct Province {
    Bench bench;
    std::string store;
    Province() {
        const auto files = bench.json({"sample", "tinh", "--communes", "60"}).at("files");
        store = (bench / "kho.sqlite").string();
        bench.json({"store", "init", store, "--boundaries", files.at(0), "--vintage", "2009",
                    "--valid-from", "2009-01-01"});
        bench.json({"store", "vintage", "add", store, "--boundaries", files.at(1), "--vintage",
                    "2025", "--valid-from", "2025-07-01"});
        bench.json({"store", "export", files.at(4), "--vintage", "2009", "--indicator",
                    "population", "--out", "dan_so.csv"});
        bench.json({"store", "import", "dan_so.csv", "--into", store, "--vintage", "2009"});
    }
    std::string first_code() const {
        bench.json({"store", "export", store, "--out", "so.csv"});
        const auto text = slurp(bench / "so.csv");
        const auto row = text.find('\n') + 1;
        return text.substr(row, text.find(',', row) - row);
    }
    Json rows(Words arguments) const {
        arguments.insert(arguments.begin(), "store");
        return bench.json(arguments).at("rows");
    }
};

// Three communes of Thành phố Hồ Chí Minh, zone 105-45, from 106.6 to 106.9 degrees east; the first
// has (106.65, 10.75) inside.
void three_communes(const Bench& bench) {
    Words features;
    for (int i = 0; i < 3; ++i)
        features.push_back(feature(
            R"("ma_xa":"2670)" + std::to_string(i) + R"(","ten_xa":"Xã )" + std::to_string(i) +
                R"(","so":5,"ma_tinh":"79","ten_tinh":"Thành phố Hồ Chí Minh")",
            square(106.6 + 0.1 * i, 10.7)));
    spit(bench / "xa.geojson", collection(features));
}

} // namespace

TEST_CASE("boundaries begin and end on days that there are") {
    const Bench bench;
    six_communes(bench);
    for (const std::string day :
         {"2025-02-30", "2023-02-29", "2025-13-01", "2025-00-10", "tomorrow", "2025", "01/07/2025"})
        for (const std::string flag : {"--valid-from", "--valid-until"}) {
            INFO(flag << " " << day);
            const auto made =
                bench.run({"store", "init", "kho.sqlite", "--boundaries", "xa.shp", flag, day});
            check_refusal(made, 2, day);
            CHECK(contains(made.err, flag));
            CHECK_FALSE(fs::exists(bench / "kho.sqlite"));
        }
    check_refusal(bench.run({"store", "init", "kho.sqlite", "--boundaries", "xa.shp",
                             "--valid-from", "2025-07-01", "--valid-until", "2025-07-01"}),
                  2, "2025-07-01");
    bench.json({"store", "init", "kho.sqlite", "--boundaries", "xa.shp", "--vintage", "2009",
                "--valid-from", "2024-02-29"});
    const Words add{"store",  "vintage",   "add",  "kho.sqlite",   "--boundaries",
                    "xa.shp", "--vintage", "2025", "--valid-from", "2025-06-31"};
    check_refusal(bench.run(add), 2, "2025-06-31");
    const auto list = bench.json({"store", "vintage", "list", "kho.sqlite"});
    REQUIRE(list.at("rows").size() == 1);
    CHECK(list.at("rows")[0].at("valid_until") == ""); // nothing of it was ended
}

TEST_CASE("a further vintage and a crosswalk by overlay carry the numbers") {
    const Province p;
    const auto vintages = p.rows({"vintage", "list", p.store});
    REQUIRE(vintages.size() == 2);
    CHECK(vintages[0].at("id") == "2009");
    CHECK(vintages[0].at("valid_until") == "2025-07-01");
    CHECK(vintages[1].at("valid_from") == "2025-07-01");
    CHECK(vintages[0].at("units") == "60");
    check_refusal(p.bench.run({"carry", "--store", p.store, "--to-vintage", "2025"}), 2, "2025");

    const auto added = p.bench.json(
        {"store", "crosswalk", "add", p.store, "--from", "2009", "--to", "2025", "--overlay"});
    REQUIRE(added.at("rows").size() == 1);
    CHECK(added.at("rows")[0].at("basis") == "area");
    CHECK(added.at("added") == 1);
    const auto carried = p.bench.json({"carry", "--store", p.store, "--to-vintage", "2025"});
    const double before = carried.at("total_before"), after = carried.at("total_after");
    CHECK(before > 0);
    CHECK(std::fabs(after / before - 1) < 1e-9);
    CHECK(carried.at("cells_observed") > carried.at("cells_estimated")); // most were merged whole
    CHECK(carried.at("basis") == "area");
    CHECK(p.bench.json({"store", "check", p.store}).at("clean") == true);
    CHECK(p.bench.json({"store", "crosswalk", "remove", p.store, "--from", "2009", "--to", "2025"})
              .at("removed") == 1);
}

TEST_CASE("what is not there cannot be removed, and the store stays as it is") {
    const Province p;
    const auto remove = [&](Words what) {
        what.insert(what.begin(), "store");
        return p.bench.run(what);
    };
    const auto none = remove({"crosswalk", "remove", p.store, "--from", "2025", "--to", "2009"});
    check_refusal(none, 2, "2025");
    p.bench.json(
        {"store", "crosswalk", "add", p.store, "--from", "2009", "--to", "2025", "--overlay"});
    const auto bytes = slurp(p.store);
    // The way round is the other one.
    check_refusal(remove({"crosswalk", "remove", p.store, "--from", "2025", "--to", "2009"}), 2,
                  "2009 → 2025");
    check_refusal(remove({"agency", "remove", p.store, "--unit", "99999"}), 2, "99999");
    check_refusal(remove({"places", "remove", p.store, "--kind", "port"}), 2, "port");
    check_refusal(remove({"alias", "remove", p.store, "--name", "Xã Lạ"}), 2, "Xã Lạ");
    check_refusal(
        remove({"override", "remove", p.store, "--unit", p.first_code(), "--year", "2010"}), 2,
        p.first_code() + " 2010");
    CHECK(slurp(p.store) == bytes);
}

TEST_CASE("a crosswalk that takes the place of one without a source says so in whole words") {
    const Bench bench;
    fs::copy(sample_store(), bench / "k.sqlite");
    const auto done = bench.run(
        {"store", "crosswalk", "add", "k.sqlite", "--from", "2009", "--to", "2025", "--overlay"});
    CHECK(done.code == 0);
    CHECK_FALSE(contains(done.out + done.err, "()"));
}

TEST_CASE("a crosswalk of pairs without shares names the units that stay unknown") {
    const Province p;
    p.bench.json(
        {"store", "crosswalk", "add", p.store, "--from", "2009", "--to", "2025", "--overlay"});
    const auto bytes = slurp(p.store);
    spit(p.bench / "cap.csv", "old_code,new_code\n99998,99999\n");
    check_refusal(p.bench.run({"store", "crosswalk", "add", p.store, "--from", "2009", "--to",
                               "2025", "--table", "cap.csv"}),
                  4, "99998"); // of other communes: not taken for "nothing changed"
    CHECK(slurp(p.store) == bytes);
    spit(p.bench / "cap.csv", "old_code,new_code\n99998,99999\n000001,000001\n");
    const auto added = p.bench.json({"store", "crosswalk", "add", p.store, "--from", "2009", "--to",
                                     "2025", "--table", "cap.csv"});
    CHECK(has_kind(added, "crosswalk_strange"));
    CHECK(added.at("rows").size() == 1); // it took the place of the other
    CHECK(added.at("rows")[0].at("source") == "cap.csv");
    check_refusal(p.bench.run({"store", "crosswalk", "add", p.store, "--from", "2009", "--to",
                               "2025", "--table", "cap.csv", "--overlay"}),
                  2, "--overlay");
    check_refusal(p.bench.run({"store", "crosswalk", "add", p.store, "--from", "2009", "--to",
                               "2030", "--overlay"}),
                  4, "2030");
}

TEST_CASE("what a carried total lacks is said, unless the difference gives a person away") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "moi.geojson",
         collection({feature(R"("ma_xa":"90001","ten_xa":"Xã Mới 1")", square(105.0, 10.0)),
                     feature(R"("ma_xa":"90002","ten_xa":"Xã Mới 2")", square(105.1, 10.0))}));
    // Commune 5 goes nowhere; commune 6 has no value, so its new one has none.
    spit(bench / "cap.csv", "old_code,new_code\n00001,90001\n00002,90001\n"
                            "00003,90002\n00004,90002\n00006,90002\n");
    const auto carried = [&](const std::string& of_five, const std::string& classification) {
        spit(bench / "v.csv", "ma_xa,nam,so_nguoi\n00001,2010,10\n00002,2010,20\n"
                              "00003,2010,30\n00004,2010,40\n00005,2010," +
                                  of_five + "\n");
        return bench.json({"carry", "--boundaries", "xa.shp", "--db", "v.csv", "--key", "ma_xa",
                           "--year-column", "nam", "--value", "so_nguoi", "--to-boundaries",
                           "moi.geojson", "--crosswalk", "cap.csv", "--classification",
                           classification});
    };
    const auto large = carried("50", "public");
    const auto& total = large.at("totals")[0];
    CHECK(total.at("before") == 150.0);
    CHECK(total.at("after") == 30.0);
    CHECK(total.at("withheld") == 70.0);
    CHECK(total.at("lost") == 50.0);
    CHECK(has_kind(large, "carry_not_whole"));
    CHECK(contains(large.dump(), "the first is Xã Mới 2 (90002)"));
    CHECK(contains(large.dump(), "unit of xa"));

    const auto small = carried("5", "public");
    CHECK(small.at("totals")[0].at("before") == 105.0);
    CHECK(small.at("totals")[0].at("after").is_null());
    CHECK(small.at("totals")[0].at("lost").is_null());
    CHECK(small.at("total_after").is_null());
    CHECK_FALSE(has_kind(small, "carry_not_whole"));
    CHECK(carried("5", "internal").at("totals")[0].at("lost") == 5.0);
}

TEST_CASE("tables in a row carry over units that nobody has the boundaries of") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "moi.geojson",
         collection({feature(R"("ma_xa":"90001","ten_xa":"Xã Mới 1")", square(105.0, 10.0)),
                     feature(R"("ma_xa":"90002","ten_xa":"Xã Mới 2")", square(105.1, 10.0))}));
    // 1 and 2 become 70001; 3 to 6 are as they were until the second reform.
    spit(bench / "a.csv", "old_code,new_code\n00001,70001\n00002,70001\n");
    spit(bench / "b.csv", "old_code,new_code\n70001,90001\n00003,90001\n00004,90002\n"
                          "00005,90002\n00006,90002\n");
    spit(bench / "v.csv", "ma_xa,nam,so_vu\n00001,2010,10\n00002,2010,20\n00003,2010,30\n"
                          "00004,2010,40\n00005,2010,50\n00006,2010,60\n");
    const Words flags{"carry", "--boundaries",    "xa.shp",        "--db",        "v.csv",
                      "--key", "ma_xa",           "--year-column", "nam",         "--value",
                      "so_vu", "--to-boundaries", "moi.geojson",   "--crosswalk", "a.csv"};
    const auto carried = bench.json(flags + Words{"--then", "b.csv", "--out", "o.csv"});
    CHECK(carried.at("total_after") == 210.0);
    CHECK(carried.at("cells_observed") == 2);
    CHECK(contains(slurp(bench / "o.csv"), "90001,Xã Mới 1,so_vu,2010,60,"));
    CHECK(contains(slurp(bench / "o.csv"), "90002,Xã Mới 2,so_vu,2010,150,"));
    check_refusal(bench.run(flags), 4, "70001"); // the first alone leads nowhere
    check_refusal(bench.run(flags + Words{"--then", "c.csv"}), 3, "c.csv");
}

TEST_CASE("wrong boundaries are taken out of a store; those with numbers stay") {
    const Province p;
    const auto before = p.bench.json({"store", "check", p.store}).at("findings");
    const auto bytes = slurp(p.store);
    const Words remove{"store", "vintage", "remove", p.store};
    check_refusal(p.bench.run(remove), 2, "--vintage");
    check_refusal(p.bench.run(remove + Words{"--vintage", "2030"}), 2, "2009, 2025");
    const auto used = p.bench.run(remove + Words{"--vintage", "2009"});
    check_refusal(used, 4, "statuses: 0");
    CHECK(contains(used.err, "crosswalks: 0"));
    const Words wrong = remove + Words{"--vintage", "2025"};
    const auto told = p.bench.run(wrong + Words{"--dry-run"});
    CHECK(told.code == 0);
    CHECK(contains(told.out, "Nothing was written"));
    CHECK(slurp(p.store) == bytes);
    check_refusal(p.bench.run({"store", "vintage", "list", p.store, "--dry-run"}), 2, "--dry-run");
    const auto done = p.bench.json(wrong);
    CHECK(done.at("removed") == 1);
    REQUIRE(done.at("rows").size() == 1);
    CHECK(done.at("rows")[0].at("id") == "2009");
    CHECK(done.at("rows")[0].at("valid_until") == ""); // it goes on
    CHECK(p.bench.json({"store", "check", p.store}).at("findings") == before);
    check_refusal(p.bench.run(remove + Words{"--vintage", "2009"}), 4, "only ones");
}

TEST_CASE("names and agencies are kept by date and listed for a day") {
    const Province p;
    const auto code = p.first_code();
    spit(p.bench / "ten.csv", "code,name,type,valid_from,valid_to\n" + code +
                                  ",Xã Cũ,Xã,2004-08-31,2010-01-01\n" + code +
                                  ",Phường Mới,Phường,2010-01-01,\n");
    CHECK(p.bench.json({"store", "names", "add", p.store, "--file", "ten.csv"}).at("added") == 2);
    const auto then = p.rows({"names", "list", p.store, "--unit", code, "--day", "2009-12-31"});
    REQUIRE(then.size() == 1);
    CHECK(then[0].at("name") == "Xã Cũ");

    spit(p.bench / "phan_cong.csv", "Mã xã;Đơn vị phụ trách;Từ ngày;Đến ngày\n" + code +
                                        ";Đội 178 tỉnh;;31/12/2010\n" + code +
                                        ";Đồn Biên phòng Mẫu;1/1/2011;\n99999;Đội 178 tỉnh;;\n");
    const auto added = p.bench.json({"store", "agency", "add", p.store, "--file", "phan_cong.csv"});
    CHECK(added.at("added") == 3);
    CHECK(has_kind(added, "record_unknown_unit"));
    const auto now = p.rows({"agency", "list", p.store, "--unit", code, "--day", "2011-01-01"});
    REQUIRE(now.size() == 1);
    CHECK(now[0].at("agency") == "Đồn Biên phòng Mẫu");
    // "Đến ngày" is the last day, as people write it.
    const auto before = p.rows({"agency", "list", p.store, "--unit", code, "--day", "2010-12-31"});
    REQUIRE(before.size() == 1);
    CHECK(before[0].at("agency") == "Đội 178 tỉnh");
    CHECK(p.bench.json({"store", "agency", "remove", p.store, "--unit", "99999"}).at("removed") ==
          1);
    check_refusal(p.bench.run({"store", "agency", "list", p.store, "--day", "hôm qua"}), 2,
                  "--day");
    CHECK(p.bench.json({"store", "check", p.store}).at("clean") == true);
}

TEST_CASE("a list of the whole country is summed up, and one province of it kept") {
    const Province p;
    const auto code = p.first_code();
    std::string list = "code,province_code,province,name,valid_from,valid_to\n" + code +
                       ",90,Tỉnh Mẫu,Xã Cũ,2004-08-31,\n";
    for (int k = 10; k < 60; ++k)
        list += "980" + std::to_string(k) + ",91,Tỉnh Khác,Xã Xa,2004-08-31,\n";
    spit(p.bench / "ca_nuoc.csv", list);
    CHECK(
        p.bench
            .json({"store", "names", "add", p.store, "--file", "ca_nuoc.csv", "--province", "Mẫu"})
            .at("added") == 1);
    const auto all = p.bench.json({"store", "names", "add", p.store, "--file", "ca_nuoc.csv"});
    CHECK(all.at("added") == 50);
    CHECK(has_kind(all, "names_elsewhere"));
    CHECK(all.at("rows").size() == 51);
    const auto text = p.bench.run(
        {"store", "names", "add", p.store, "--file", "ca_nuoc.csv", "--out", "ten.csv"});
    CHECK(text.code == 0);
    CHECK(std::count(text.out.begin(), text.out.end(), '\n') < 30); // 20 names and how many more
    CHECK((contains(text.out, "31 more") || contains(text.out, "31 dòng")));
    const auto csv = slurp(p.bench / "ten.csv");
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 52);
    check_refusal(p.bench.run({"store", "names", "list", p.store, "--province", "Mẫu"}), 2,
                  "--province");
    check_refusal(p.bench.run({"store", "names", "add", p.store, "--file", "ca_nuoc.csv",
                               "--province", "Cà Mau"}),
                  4, "Cà Mau");
}

TEST_CASE("a place is on the maps, near and in queries of the years in which it exists") {
    const Province p;
    int drawn = 0;
    const auto map_of = [&](const char* year) {
        const auto file = std::to_string(++drawn) + ".svg";
        p.bench.json({"map", "--store", p.store, "--vintage", "2009", "--indicator", "population",
                      "--year", year, "--out", file});
        return slurp(p.bench / file);
    };
    const auto map_2010 = map_of("2010"), map_2011 = map_of("2011");
    spit(p.bench / "tu_van.csv",
         "name,lon,lat\nĐiểm tư vấn A,105.5,9.6\nĐiểm tư vấn B,105.6,9.7\n");
    p.bench.json({"store", "places", "add", p.store, "--file", "tu_van.csv", "--kind", "support",
                  "--valid-from", "2011-07-01", "--valid-until", "2020-01-01"});
    CHECK(map_of("2010") == map_2010);
    CHECK(map_of("2011") != map_2011);
    const Words near{"near", "--store", p.store, "--vintage", "2009", "--within", "500km"};
    const auto then = p.bench.json(near + Words{"--year", "2011"});
    CHECK(then.at("places") == 2);
    CHECK(then.at("count") == 60);
    CHECK(then.at("period") == "2011");
    check_refusal(p.bench.run(near + Words{"--year", "2011-H1"}), 4, "2011-H1");
    check_refusal(p.bench.run(near), 4, "2024"); // the newest with data
    const auto asked = [&](const char* year) {
        return p.bench
            .json({"query", "near(support) <= 500km", "--store", p.store, "--vintage", "2009",
                   "--year", year})
            .at("count");
    };
    CHECK(asked("2010") == 0);
    CHECK(asked("2011") == 60);
    CHECK(asked("2020") == 0);
    const auto there = [&](const Words& year) {
        return p.bench
            .json(Words{"where", "--store", p.store, "--vintage", "2009", "--reach", "1km", "105.5",
                        "9.6"} +
                  year)
            .at("places")
            .size();
    };
    CHECK(there({"--year", "2010"}) == 0);
    CHECK(there({"--year", "2011"}) == 1);
    CHECK(there({"--year", "2020"}) == 0);
    CHECK(there({}) == 0); // of the newest period, as near
}

TEST_CASE("a file of places says itself from when until when each exists; flags fill the gaps") {
    const Province p;
    const auto add = [&](const std::string& csv, const Words& more) {
        spit(p.bench / "diem.csv", csv);
        return Words{"store", "places", "add", p.store, "--file", "diem.csv", "--kind", "support"} +
               more;
    };
    const auto dates = [](const Json& report) {
        Words out;
        for (const auto& row : report.at("rows"))
            out.push_back(row.at("name").get<std::string>() + " " +
                          row.at("valid_from").get<std::string>() + " " +
                          row.at("valid_until").get<std::string>());
        std::sort(out.begin(), out.end());
        return out;
    };
    const auto first = p.bench.json(add("name,lon,lat,valid_from,valid_until\n"
                                        "A,105.5,9.6,2011-07-01,2016-01-01\n"
                                        "B,105.6,9.7,,1/3/2017\n"
                                        "C,105.7,9.8,,\n",
                                        {"--valid-from", "2010-01-01"}));
    CHECK(dates(first) ==
          Words{"A 2011-07-01 2016-01-01", "B 2010-01-01 2017-03-01", "C 2010-01-01 "});
    // "đến ngày" is the last day; of a year that has no 29 February.
    const auto second = p.bench.json(add("ten,kinh_do,vi_do,tu_ngay,den_ngay\n"
                                         "A,105.5,9.6,01/07/2011,28/02/2015\n"
                                         "B,105.6,9.7,,31/12/2016\n"
                                         "C,105.7,9.8,1/7/2011,\n",
                                         {}));
    CHECK(second.at("revised") == 3);
    CHECK(dates(second) == Words{"A 2011-07-01 2015-03-01", "B  2017-01-01", "C 2011-07-01 "});

    // What is no span of time is told with its row and left out; the rest comes in.
    const auto mixed = p.bench.run(add("name,lon,lat,valid_from,valid_to\n"
                                       "D,105.5,9.6,2015-02-30,\n"
                                       "E,105.6,9.7,2016-01-01,2015-01-01\n"
                                       "F,105.7,9.8,2012-01-01,2013-01-01\n",
                                       {"--json"}));
    CHECK(mixed.code == 0);
    const auto told = mixed.out + mixed.err;
    CHECK(contains(told, "diem.csv, row 2 (D)"));
    CHECK(contains(told, "2015-02-30"));
    CHECK(contains(told, "diem.csv, row 3 (E)"));
    const auto kept = dates(p.bench.json({"store", "places", "list", p.store}));
    CHECK(kept.size() == 4);
    CHECK(kept.back() == "F 2012-01-01 2013-01-01");

    // Columns that mean something else: where a ferry goes from and to, quays by number.
    const auto ferries = p.bench.run(add("name,lon,lat,from,until,tu_ngay\n"
                                         "Phà 1,105.5,9.6,Hà Nội,12,2012-01-01\n"
                                         "Phà 2,105.6,9.7,Hải Phòng,7,2013-01-01\n",
                                         {"--json"}));
    CHECK(ferries.code == 0);
    CHECK(contains(ferries.out, "the column from holds no dates (“Hà Nội”)"));
    CHECK(contains(ferries.out, "the column until holds no dates (“12”)"));
    const auto there = dates(p.bench.json({"store", "places", "list", p.store}));
    CHECK(std::count(there.begin(), there.end(), "Phà 1 2012-01-01 ") == 1);
    CHECK(std::count(there.begin(), there.end(), "Phà 2 2013-01-01 ") == 1);
    // A day that there is not is meant as one, also where it is the only one.
    const auto single =
        p.bench.run(add("name,lon,lat,valid_from\nK,105.5,9.6,2015-02-30\n", {"--json"}));
    CHECK(contains(single.out, "diem.csv, row 2 (K)"));
    const auto year = p.bench.run(add("name,lon,lat,valid_from\nL,105.5,9.6,2015\n", {"--json"}));
    CHECK(contains(year.out, "diem.csv, row 2 (L)"));
    p.bench.json({"store", "places", "remove", p.store, "--name", "Phà 1"});
    p.bench.json({"store", "places", "remove", p.store, "--name", "Phà 2"});

    // A flag that does not go with the file's own date.
    const auto late = p.bench.run(add("name,lon,lat,valid_from\nG,105.5,9.6,2016-01-01\n",
                                      {"--valid-until", "2015-01-01", "--json"}));
    CHECK(contains(late.out + late.err, "diem.csv (G)"));
    CHECK(p.rows({"places", "list", p.store}).size() == 4);

    const auto bytes = slurp(p.store);
    const std::string one = "name,lon,lat\nH,105.5,9.6\n";
    check_refusal(p.bench.run(add(one, {"--valid-from", "2015-02-30"})), 2, "2015-02-30");
    check_refusal(
        p.bench.run(add(one, {"--valid-until", "2015-01-01", "--valid-from", "2016-01-01"})), 2,
        "--valid-until");
    CHECK(slurp(p.store) == bytes);
    const auto help = p.bench.run({"store", "places", "--help"});
    CHECK(contains(help.out, "places exist from"));
    CHECK_FALSE(contains(help.out, "boundaries hold"));
}

TEST_CASE("support services come in from a file, with the time they exist") {
    const Province p;
    spit(p.bench / "tu_van.csv",
         "name,lon,lat\nĐiểm tư vấn A,105.5,9.6\nĐiểm tư vấn B,105.6,9.7\n");
    const auto added = p.bench.json({"store", "places", "add", p.store, "--file", "tu_van.csv",
                                     "--kind", "support", "--valid-from", "2011-01-01"});
    CHECK(added.at("added") == 2);
    CHECK(added.at("rows")[0].at("kind") == "support");
    CHECK(p.rows({"places", "list", p.store, "--kind", "support", "--day", "2010-12-31"}).empty());
    CHECK(p.rows({"places", "list", p.store, "--kind", "support", "--day", "2011-06-30"}).size() ==
          2);
    CHECK(p.bench
              .json({"store", "places", "remove", p.store, "--kind", "support", "--name",
                     "Điểm tư vấn A"})
              .at("removed") == 1);
    const auto vi = p.bench.run({"store", "places", "list", p.store, "--lang", "vi"});
    CHECK(contains(vi.out, "Kinh độ"));
    CHECK(contains(vi.out, "Điểm tư vấn B"));
}

// Where the numbers come from: tests/unit/files/places.cpp.
TEST_CASE("places in metres come into a store in the zone that is stated, and in no other") {
    const Bench bench;
    three_communes(bench);
    bench.json({"store", "init", "kho.sqlite", "--boundaries", "xa.geojson", "--vintage", "2009"});
    const Words add{"store", "places", "add", "kho.sqlite", "--kind", "port", "--file"};
    spit(bench / "cang.csv", "name,x,y\nCảng A,598238.9961,1188949.9548\n");
    const auto bytes = slurp(bench / "kho.sqlite");
    const auto refused = bench.run(add + Words{"cang.csv"});
    check_refusal(refused, 4, "cang.csv");
    CHECK(contains(refused.err, "598238.9961"));
    CHECK(contains(refused.err, "--crs"));
    CHECK(contains(refused.err, "EPSG:9210")); // the province's own
    CHECK(contains(refused.err, "105-45"));
    check_refusal(bench.run(add + Words{"cang.csv", "--crs", "EPSG:1"}), 4, "EPSG:1");
    check_refusal(bench.run(add + Words{"cang.csv", "--crs", "EPSG:4326"}), 4, "598238.9961");
    CHECK(slurp(bench / "kho.sqlite") == bytes);

    const auto at = [](const Json& report, const char* name) {
        for (const auto& row : report.at("rows"))
            if (row.at("name") == name)
                return row.at("lon").get<std::string>() + " " + row.at("lat").get<std::string>();
        return std::string();
    };
    const auto first = bench.json(add + Words{"cang.csv", "--crs", "EPSG:9210"});
    CHECK(first.at("added") == 1);
    CHECK(at(first, "Cảng A") == "106.650000 10.750000");
    // As surveys write it: X is the north. And another zone.
    spit(bench / "do_dac.csv", "name,X,Y\nCảng B,1200046.8606,390468.3189\n");
    const auto second = bench.json(add + Words{"do_dac.csv", "--crs", "EPSG:5899"});
    CHECK(at(second, "Cảng B") == "106.750000 10.850000");
    CHECK(has_kind(second, "swapped_axes"));
    CHECK(second.at("rows").size() == 2);
}

TEST_CASE("a place that is no place on Earth never comes into a store") {
    const Bench bench;
    three_communes(bench);
    bench.json({"store", "init", "kho.sqlite", "--boundaries", "xa.geojson", "--vintage", "2009"});
    // Metres in a file of a format that is always in degrees.
    spit(bench / "cang.geojson",
         R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A"},)"
         R"("geometry":{"type":"Point","coordinates":[598238.9961,1188949.9548]}},)"
         R"({"type":"Feature","properties":{"name":"B"},)"
         R"("geometry":{"type":"Point","coordinates":[106.65,10.75]}}]})");
    const auto added =
        bench.json({"store", "places", "add", "kho.sqlite", "--file", "cang.geojson"});
    CHECK(added.at("added") == 1);
    CHECK(added.at("rows")[0].at("name") == "B");
    CHECK(has_kind(added, "place_other_unit"));
    spit(bench / "cang.csv", "name,lon,lat\nC,106.65,107.5\nD,106.75,10.85\n");
    const auto more = bench.json({"store", "places", "add", "kho.sqlite", "--file", "cang.csv"});
    CHECK(more.at("added") == 1);
    CHECK(more.at("rows").size() == 2);
    CHECK(has_kind(more, "place_impossible"));
}

TEST_CASE("a map reads metres in its own zone and says so, or in the zone that is stated") {
    const Bench bench;
    three_communes(bench);
    const auto near = [&](const std::string& places) {
        return bench.json(
            {"near", "--boundaries", "xa.geojson", "--within", "1km", "--places", places});
    };
    const auto said = [&](const std::string& places) {
        return bench
            .run({"map", "--boundaries", "xa.geojson", "--value", "so", "--out", "a.svg",
                  "--places", places})
            .err;
    };
    spit(bench / "cang.csv", "name,x,y\nCảng A,598238.9961,1188949.9548\n"); // 105-45
    const auto assumed = near("port=cang.csv");
    CHECK(assumed.at("units")[0].at("code") == "26700");
    CHECK(has_kind(assumed, "places_metres"));
    CHECK_FALSE(has_kind(assumed, "places_elsewhere"));
    CHECK(contains(said("port=cang.csv"), "105-45"));
    const auto there = bench.run({"where", "106.65", "10.75", "--reach", "1km", "--boundaries",
                                  "xa.geojson", "--places", "port=cang.csv"});
    CHECK(contains(there.out, "Cảng A"));
    CHECK(contains(there.err, "105-45"));
    spit(bench / "xa_mui.csv", "name,x,y\nCảng A,379493.6467,1189022.4597\n"); // 107-45
    const auto far = near("port=xa_mui.csv");
    CHECK(far.at("count") == 0); // read 218 km west of where it is
    CHECK(has_kind(far, "places_elsewhere"));
    CHECK(contains(said("port=xa_mui.csv"), "100 km"));
    CHECK(contains(said("port=xa_mui.csv"), ";crs="));
    const auto stated = near("port=xa_mui.csv;crs=EPSG:5899");
    CHECK(stated.at("count") == 1);
    CHECK(stated.at("units")[0].at("code") == "26700");
    CHECK(stated.at("units")[0].at("distance_m") == 0);
    CHECK(stated.at("findings").empty());
    CHECK_FALSE(contains(said("port=xa_mui.csv;crs=EPSG:5899"), "crs="));
}
