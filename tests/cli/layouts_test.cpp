// Layouts of pages on the command line: every shipped one in both languages, own files, refusals.
#include "cli/pdf.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <tuple>

using namespace diaban::test;

namespace {

struct Millimetres {
    double width = 0, height = 0;
};

Millimetres paper_of(const Bench& bench, const std::string& file) {
    const auto told = bench.tool({"pdfinfo", file});
    static const std::regex form(R"re(Page size:\s+([0-9.]+) x ([0-9.]+) pts)re");
    std::smatch m;
    REQUIRE(std::regex_search(told, m, form));
    return {std::stod(m[1]) / 72 * 25.4, std::stod(m[2]) / 72 * 25.4};
}

// Of the pHYs chunk of a PNG.
long pixels_per_metre(const std::string& png) {
    const auto at = png.find("pHYs");
    REQUIRE(at != std::string::npos);
    long v = 0;
    for (std::size_t i = 4; i < 8; ++i) v = v * 256 + static_cast<unsigned char>(png[at + i]);
    return v;
}

// Two columns side by side, each says below whose it is what to do there, and leaves at least
// 15 mm below that to sign, above the edge of the sheet and the frame. `words`: the first of
// either column, and of what stands below both.
void check_signatures(const Bench& bench, const std::string& file, const Words& words) {
    const auto boxes = bench.tool({"pdftotext", "-bbox", file, "-"});
    static const std::regex form(
        R"re(<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">(.*)</word>)re");
    struct Place {
        double x, y, bottom;
        std::string word;
    };
    std::vector<Place> all;
    for (std::sregex_iterator at(boxes.begin(), boxes.end(), form), end; at != end; ++at)
        all.push_back({std::stod((*at)[1]), std::stod((*at)[2]), std::stod((*at)[4]), (*at)[5]});
    const auto places_of = [&](const std::string& word) {
        std::vector<Place> out;
        std::copy_if(all.begin(), all.end(), std::back_inserter(out),
                     [&](const Place& one) { return one.word == word; });
        return out;
    };
    const auto below = places_of(words[2]);
    REQUIRE(below.size() == 2); // once in each column
    REQUIRE(below[0].x < below[1].x);
    for (std::size_t c = 0; c < 2; ++c) {
        const auto who = places_of(words[c]);
        INFO(words[c]);
        REQUIRE_FALSE(who.empty());
        CHECK(who.back().bottom <= below[c].y + who.back().bottom - who.back().y);
        CHECK(who.back().y < below[c].y);
    }
    CHECK(std::none_of(all.begin(), all.end(), [&](const Place& one) {
        return one.x > below[0].x - 10 && one.y > below[0].bottom;
    }));
    const double room_mm = paper_of(bench, file).height - below[0].bottom / 72 * 25.4;
    CHECK(room_mm > 23); // 15 to sign in, and the margin
}

Words map_of_store() {
    return {"map", "--store", sample_store().string()};
}

// A layout file with these items on 200 x 150 mm.
void write_layout(const Bench& bench, const std::string& name, const std::string& items) {
    spit(bench / name, R"({"diaban_layout": 1, "id": "own",
                           "page": {"width_mm": 200, "height_mm": 150}, "items": [)" +
                           items + "]}");
}

const std::string kMapItem =
    R"({"id": "map", "kind": "map", "box_mm": [10, 25, 120, 110]},
       {"id": "notice", "kind": "notice", "box_mm": [10, 137, 120, 8]},
       {"id": "stamp", "kind": "banner", "box_mm": [140, 8, 50, 8]})";

} // namespace

TEST_CASE("every shipped layout gives a page of its size in both languages, nothing over another") {
    const Bench bench;
    const auto list = bench.json({"layouts"}).at("layouts");
    REQUIRE(list.size() == 11);
    for (const auto& one : list) {
        const std::string name = one.at("name");
        for (const std::string code : {"vi", "en"}) {
            INFO(name << " " << code);
            const auto file = name + "_" + code + ".pdf";
            const auto outcome =
                bench.run(map_of_store() + Words{"--layout", name, "--lang", code,
                                                 "--classification", "internal", "--out", file});
            INFO(outcome.err);
            REQUIRE(outcome.code == 0);
            const auto paper = paper_of(bench, file);
            CHECK(paper.width == Approx(one.at("width_mm").get<double>()).margin(0.1));
            CHECK(paper.height == Approx(one.at("height_mm").get<double>()).margin(0.1));
            const auto pages = pages_of(bench, file);
            REQUIRE(pages.size() == 1);
            CHECK(contains(pages[0], code == "vi" ? "LƯU HÀNH NỘI BỘ" : "INTERNAL USE"));
            CHECK(contains(pages[0], code == "vi" ? "giả định" : "invented"));
            check_fonts(bench, file);
            if (name == "bare-map") continue;
            check_apart(bench, file);
            CHECK(contains(pages[0], code == "vi" ? "trọng điểm" : "hotspot"));
            CHECK(contains(pages[0], "156")); // all communes, in the legend
            CHECK(contains(pages[0], code == "vi" ? "Trang 1/1" : "Page 1 of 1"));
            if (name.starts_with("official") || name.starts_with("poster"))
                check_signatures(bench, file,
                                 code == "vi" ? Words{"lập", "duyệt", "(ký,"}
                                              : Words{"Drawn", "Approved", "(signature"});
        }
    }
}

TEST_CASE("a picture of a layout has the pixels and the resolution that were asked for") {
    const Bench bench;
    for (const auto& [dpi, width] : {std::pair{"96", 1123}, std::pair{"150", 1754}}) {
        const auto report = bench.json(map_of_store() + Words{"--layout", "official-a4-landscape",
                                                              "--dpi", dpi, "--out", "a.png"});
        const auto png = slurp(bench / "a.png");
        CHECK(pixels_per_metre(png) == std::lround(std::stod(dpi) / 0.0254));
        const auto byte = [&](std::size_t at) {
            return static_cast<int>(static_cast<unsigned char>(png[at]));
        };
        CHECK(byte(18) * 256 + byte(19) == width); // IHDR
    }
}

TEST_CASE("layouts are listed, told in full, and copied to be changed") {
    const Bench bench;
    const auto text = bench.run({"layouts", "--lang", "vi"});
    CHECK(text.code == 0);
    CHECK(contains(text.out, "official-a4-landscape"));
    CHECK(contains(text.out, "297 × 210 mm"));
    CHECK(contains(text.out, "A4 ngang"));
    const auto one = bench.json({"layouts", "square", "--out", "own.json"});
    CHECK(one.at("layouts").at(0).at("items").size() > 8);
    CHECK(one.at("files") == Json::array({"own.json"}));
    const auto copy = bench.json({"layouts", "own.json"});
    CHECK(copy.at("layouts").at(0).at("items") == one.at("layouts").at(0).at("items"));
    // The copy draws what the shipped one draws, to the byte.
    bench.json(map_of_store() + Words{"--layout", "square", "--out", "a.svg"});
    bench.json(map_of_store() + Words{"--layout", "own.json", "--out", "b.svg"});
    CHECK(slurp(bench / "a.svg") == slurp(bench / "b.svg"));
    check_refusal(bench.run({"layouts", "--out", "x.json"}), 2, "square");
    // Somebody's own layout is not lost.
    spit(bench / "own.json", "{}");
    const auto taken = bench.run({"layouts", "square", "--out", "own.json"});
    check_refusal(taken, 2, "own.json");
    CHECK(contains(taken.err, "--replace"));
    CHECK(slurp(bench / "own.json") == "{}");
    REQUIRE(bench.run({"layouts", "square", "--out", "own.json", "--replace"}).code == 0);
    CHECK(slurp(bench / "own.json").size() > 100);
    check_refusal(bench.run({"layouts", "round"}), 3, "square");
}

TEST_CASE("an own layout says what its fields mean, and what it cannot show") {
    const Bench bench;
    write_layout(bench, "own.json", kMapItem + R"(,
        {"id": "title", "kind": "text", "box_mm": [10, 8, 120, 12],
         "text": {"vi": "{area}: {count:hotspot} / {count:all}", "en": "{area} {year}, {count:all}"}},
        {"id": "emblem", "kind": "picture", "box_mm": [140, 20, 20, 20],
         "params": {"file": "emblem.png"}},
        {"id": "hot", "kind": "table", "box_mm": [135, 45, 60, 60], "params": {"show": "top"}},
        {"id": "moves", "kind": "table", "box_mm": [131, 108, 68, 30], "size_pt": 7,
         "params": {"show": "transitions"}})");
    const auto run = bench.run(map_of_store() +
                               Words{"--year", "2023", "--layout", "own.json", "--out", "a.pdf"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK(contains(run.err, "emblem.png")); // is not there
    const auto page = pages_of(bench, "a.pdf").at(0);
    CHECK(contains(page, "2023, 156"));
    CHECK(contains(page, "Hotspot communes"));
    // The matrix is that of the verb that makes it.
    const auto moves =
        bench.json({"transitions", "--store", sample_store().string(), "--to", "2023"});
    CHECK(contains(page, "Changes " + moves.at("from").get<std::string>()));
    const auto report =
        bench.json(map_of_store() + Words{"--layout", "own.json", "--out", "a.pdf"});
    CHECK(has_kind(report, "layout_picture_missing"));

    write_layout(bench, "bad.json", kMapItem + R"(,
        {"id": "title", "kind": "text", "box_mm": [10, 8, 120, 12], "text": "{yaer}"})");
    const auto bad = bench.run(map_of_store() + Words{"--layout", "bad.json", "--out", "b.pdf"});
    CHECK(bad.code == 2);
    CHECK(contains(bad.err, "{yaer}"));
    CHECK(contains(bad.err, "{year}"));
    CHECK(contains(bad.err, "title"));
    CHECK_FALSE(fs::exists(bench / "b.pdf"));
}

TEST_CASE("layouts that cannot be are refused before anything is written") {
    const Bench bench;
    const auto refused = [&](const Words& flags, int code, const std::string& about) {
        check_refusal(bench.run(map_of_store() + flags + Words{"--out", "a.pdf"}), code, about);
        CHECK_FALSE(fs::exists(bench / "a.pdf"));
    };
    refused({"--layout", "offical"}, 3, "official-a4-landscape");
    refused({"--layout", "square", "--size", "A3"}, 2, "--layout");
    write_layout(bench, "own.json",
                 R"({"id": "map", "kind": "map", "box_mm": [10, 25, 220, 110]})");
    refused({"--layout", "own.json"}, 4, "map");
    // No place for the word that the data is invented.
    write_layout(bench, "own.json",
                 R"({"id": "map", "kind": "map", "box_mm": [10, 25, 120, 110]})");
    refused({"--layout", "own.json"}, 2, "notice");
    // A legend in a box that is too small for any of it.
    write_layout(bench, "own.json", kMapItem + R"(,
        {"id": "key", "kind": "legend", "box_mm": [140, 30, 20, 10]})");
    refused({"--layout", "own.json"}, 2, "key");
}

TEST_CASE("public tables of a layout show no small number of persons") {
    const Bench bench;
    write_layout(bench, "own.json", kMapItem + R"(,
        {"id": "top", "kind": "table", "box_mm": [135, 25, 60, 110], "size_pt": 7,
         "params": {"show": "top", "rows": 20}})");
    spit(bench / "few.csv", "ma_xa,nam,DR01\n00001,2010,3\n00002,2010,20\n00003,2010,30\n"
                            "00004,2010,40\n00005,2010,50\n00006,2010,60\n");
    const auto flags = Words{"map",     "--boundaries",  six_communes(bench).string(),
                             "--db",    "few.csv",       "--key",
                             "ma_xa",   "--year-column", "nam",
                             "--value", "DR01",          "--layout",
                             "own.json"};
    const auto public_run = bench.json(flags + Words{"--out", "public.pdf"});
    CHECK(public_run.at("masked").get<int>() >= 2); // the small one, and one more to hide it
    const auto all = bench.json(flags + Words{"--out", "all.pdf", "--classification", "internal"});
    CHECK(all.at("masked") == 0);
    const auto shown = pages_of(bench, "public.pdf").at(0), told = pages_of(bench, "all.pdf").at(0);
    CHECK(contains(told, "Xã Tân 1"));
    CHECK(contains(told, "Xã Tân 6"));
    CHECK_FALSE(contains(shown, "Xã Tân 1"));
    CHECK(contains(shown, "Xã Tân 6"));
}

TEST_CASE("a table of the highest says where they lie: in columns, or once what all share") {
    const Bench bench;
    write_layout(bench, "own.json", kMapItem + R"(,
        {"id": "top", "kind": "table", "box_mm": [132, 25, 66, 110], "size_pt": 8,
         "params": {"show": "top", "rows": 3}})");
    const auto page_of = [&](const std::array<const char*, 4>& districts,
                             const std::array<const char*, 4>& provinces) {
        Words features;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto n = std::to_string(i + 1);
            const std::string district = districts[i], province = provinces[i];
            features.push_back(
                feature(R"("ma_xa":"0000)" + n + R"(","ten_xa":"Xã Tân )" + n + R"(","so":)" +
                            std::to_string(50 - i) +
                            (district.empty() ? "" : R"(,"ten_huyen":")" + district + "\"") +
                            R"(,"ten_tinh":")" + province + "\"",
                        square(105 + 0.1 * static_cast<double>(i), 10)));
        }
        spit(bench / "xa.geojson", collection(features));
        const auto run = bench.run({"map", "--boundaries", "xa.geojson", "--value", "so",
                                    "--layout", "own.json", "--classification", "internal",
                                    "--no-labels", "--lang", "vi", "--out", "a.pdf"});
        INFO(run.err);
        REQUIRE(run.code == 0);
        return pages_of(bench, "a.pdf").at(0);
    };
    const auto both = page_of({"Huyện Đông", "Huyện  Tây", "Huyện Đông", "Huyện Nam"},
                              {"Tỉnh Một", "Tỉnh Một", "Tỉnh Hai", "Tỉnh Hai"});
    CHECK(contains(both, "STT Tên Huyện Tỉnh Giá trị"));
    CHECK(contains(both, "Xã Tân 2 Huyện Tây Tỉnh Một 49"));
    CHECK(contains(both, "Xã Tân 3 Huyện Đông Tỉnh Hai 48"));
    const auto province =
        page_of({"", "", "", ""}, {"Tỉnh Một", "Tỉnh Hai", "Tỉnh Hai", "Tỉnh Hai"});
    CHECK(contains(province, "STT Tên Tỉnh Giá trị"));
    CHECK(contains(province, "Xã Tân 1 Tỉnh Một 50"));
    const auto shared = page_of({"", "", "", ""}, {"Tỉnh Một", "Tỉnh Một", "Tỉnh Một", "Tỉnh Hai"});
    CHECK(contains(shared, "STT Tên Giá trị"));
    CHECK(contains(shared, "Đều thuộc Tỉnh Một"));
    const auto one = page_of({"", "", "", ""}, {"Tỉnh Một", "Tỉnh Một", "Tỉnh Một", "Tỉnh Một"});
    CHECK(contains(one, "STT Tên Giá trị"));
    CHECK_FALSE(contains(one, "Đều thuộc"));
}

TEST_CASE("the ranges of a legend stay on one line, with the decimals of the table beside it") {
    const Bench bench;
    const auto run = bench.run(map_of_store() +
                               Words{"--indicator", "DR01_rate", "--layout", "poster-a2", "--lang",
                                     "en", "--classification", "internal", "--out", "a.pdf"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    const auto text = bench.tool({"pdftotext", "-layout", "a.pdf", "-"});
    const auto times = [&](const std::regex& form) {
        return std::distance(std::sregex_iterator(text.begin(), text.end(), form),
                             std::sregex_iterator());
    };
    // Of five classes the lowest begins with "> 0".
    static const std::regex range(R"re([0-9]\.[0-9]{3} *– *(< *)?[0-9]\.[0-9]{3})re");
    CHECK(times(range) == 4);
    static const std::regex as_fine(R"re([0-9]\.[0-9]{3} ‰)re");
    static const std::regex coarser(R"re([0-9]\.[0-9]{2} ‰)re");
    CHECK(times(as_fine) > 4);
    CHECK(times(coarser) == 0);
}

TEST_CASE("the ranges of a legend stay on one line without a layout, too, on small pages") {
    const Bench bench;
    static const std::regex range(R"re([0-9]\.[0-9]{3} *– *(< *)?[0-9]\.[0-9]{3})re");
    for (const std::string size : {"120x90mm", "90x120mm", "A4"}) {
        const auto run = bench.run(map_of_store() + Words{"--indicator", "DR01_rate", "--size",
                                                          size, "--lang", "en", "--classification",
                                                          "internal", "--out", "a.pdf"});
        INFO(size << "\n" << run.err);
        REQUIRE(run.code == 0);
        const auto text = bench.tool({"pdftotext", "-layout", "a.pdf", "-"});
        INFO(text);
        // Where there is no room for whole ranges they break, but the page is made.
        CHECK(std::distance(std::sregex_iterator(text.begin(), text.end(), range),
                            std::sregex_iterator()) == (size == "90x120mm" ? 0 : 4));
        check_apart(bench, "a.pdf");
    }
}

TEST_CASE("a district of one commune with the longest of names fits every layout") {
    const Bench bench;
    spit(bench / "one.geojson",
         collection({feature(R"("ma_xa":"14638","ten_xa":"Thị trấn Nông trường Thống Nhất",)"
                             R"("ma_huyen":"394","ten_huyen":"Huyện Yên Định","so":12)",
                             square(105.6, 19.9))}));
    for (const auto* name : {"official-a4-landscape", "official-a4-portrait", "poster-a2",
                             "slide-16x9", "slide-4x3", "square", "bare-map"}) {
        INFO(name);
        const auto outcome =
            bench.run({"map", "--boundaries", "one.geojson", "--value", "so", "--title",
                       "Thị trấn Nông trường Thống Nhất, huyện Yên Định, tỉnh Thanh Hóa: số xã, "
                       "phường, thị trấn lành mạnh và trọng điểm về tệ nạn xã hội",
                       "--layout", name, "--lang", "vi", "--out", "one.pdf"});
        INFO(outcome.err);
        CHECK(outcome.code == 0);
    }
}

TEST_CASE("a map of the country whose boundaries lack both archipelagos says so") {
    const Bench bench;
    // One commune in each province, named as the tests need them.
    const auto country = [](const std::string& extra, const std::vector<std::string>& provinces) {
        Words features;
        for (std::size_t p = 0; p < provinces.size(); ++p) {
            const auto number = std::to_string(10 + p);
            features.push_back(feature(
                R"("ma_xa":"0)" + number + R"(00","ten_xa":"Xã )" + (p == 0 ? extra : number) +
                    R"(","ma_huyen":"0)" + number + R"(","ten_huyen":"Huyện )" + number +
                    R"(","ma_tinh":")" + number + R"(","ten_tinh":")" + provinces[p] + "\"",
                square(105 + 0.2 * static_cast<double>(p), 10, 0.2)));
        }
        return collection(features);
    };
    std::vector<std::string> many;
    for (int p = 0; p < 34; ++p) many.push_back("Tỉnh " + std::to_string(p));
    const auto report = [&](const std::string& extra, const std::vector<std::string>& provinces,
                            const Words& more = {}) {
        spit(bench / "xa.geojson", country(extra, provinces));
        spit(bench / "so.csv", "ma_xa,so\n01000,3\n01100,4\n");
        return bench.json(Words{"map", "--boundaries", "xa.geojson", "--db", "so.csv", "--key",
                                "ma_xa", "--value", "so", "--out", "a.png"} +
                          more);
    };
    const auto said = [](const Json& of) {
        for (const auto& finding : of.at("findings"))
            if (finding.at("kind") == "no_archipelagos") return finding.dump();
        return std::string();
    };
    const auto none = said(report("Một", many));
    CHECK(contains(none, "Hoàng Sa, Trường Sa"));
    CHECK(contains(said(report("Một", many, {"--lang", "vi"})), "không có đơn vị nào"));
    CHECK(contains(said(report("Một", many, {"--layout", "official-a4-portrait"})), "Hoàng Sa"));
    const auto one = said(report("Hoàng Sa", many));
    CHECK(contains(one, "Trường Sa"));
    CHECK_FALSE(contains(one, "Hoàng Sa"));
    // A part of the country, one province, several of them: no matter of theirs.
    CHECK(said(report("Một", many, {"--extent", "105,10,105.5,10.1", "--extent-crs", "EPSG:4326"}))
              .empty());
    CHECK(said(report("Một", {"Tỉnh An Giang"})).empty());
    CHECK(said(report("Một", {"Tỉnh An Giang", "Tỉnh Khánh Hòa"})).empty());
    // But of the two provinces that they belong to.
    const auto of_khanh_hoa = said(report("Một", {"Tỉnh Khánh Hòa"}));
    CHECK(contains(of_khanh_hoa, "Trường Sa"));
    CHECK_FALSE(contains(of_khanh_hoa, "Hoàng Sa"));
    CHECK(contains(said(report("Một", {"Thành phố Đà Nẵng"})), "Hoàng Sa"));
    CHECK(said(report("Trường Sa", {"Tỉnh Khánh Hòa"})).empty());
    // Whoever calls the command reads it, too.
    spit(bench / "xa.geojson", country("Một", many));
    const auto told = bench.run({"map", "--boundaries", "xa.geojson", "--db", "so.csv", "--key",
                                 "ma_xa", "--value", "so", "--out", "a.png"});
    CHECK(contains(told.err, "no units of Hoàng Sa, Trường Sa"));
}

TEST_CASE("units far out at sea have little maps of their own, and are not missing then") {
    const Bench bench;
    Words features = six_features();
    for (const auto& [code, name, x, y] : {std::tuple{"00020", "Huyện Hoàng Sa", 112.3, 16.4},
                                           std::tuple{"00021", "Đặc khu Trường Sa", 111.9, 8.6}})
        features.push_back(feature(R"("ma_xa":")" + std::string(code) + R"(","ten_xa":")" + name +
                                       R"(","ma_huyen":"003","ten_huyen":"Huyện đảo")",
                                   square(x, y, 0.01)));
    spit(bench / "xa.geojson", collection(features));
    spit(bench / "few.csv", "ma_xa,nam,so\n00001,2010,3\n00020,2010,20\n00021,2010,30\n");
    const auto flags =
        Words{"map",           "--boundaries", "xa.geojson", "--db", "few.csv", "--key", "ma_xa",
              "--year-column", "nam",          "--value",    "so",   "--lang",  "vi"};
    const auto words = [&](const Words& more) {
        REQUIRE(bench.run(flags + more + Words{"--out", "a.pdf"}).code == 0);
        return pages_of(bench, "a.pdf").at(0);
    };
    const auto plain = words({});
    CHECK(contains(plain, "Hoàng Sa"));
    CHECK(contains(plain, "Trường Sa"));
    CHECK_FALSE(contains(plain, "trọn trong khung"));
    const auto laid = words({"--layout", "official-a4-portrait"});
    CHECK(contains(laid, "Hoàng Sa"));
    CHECK(contains(laid, "Trường Sa"));
    const auto times = [](const std::string& page, const std::string& phrase) {
        std::size_t count = 0;
        for (auto at = page.find(phrase); at != std::string::npos; at = page.find(phrase, at + 1))
            ++count;
        return count;
    };
    CHECK(times(laid, "Hoàng Sa") == 2); // above its map, and in the list of the highest
    CHECK_FALSE(contains(laid, "trọn trong khung"));
    // Of a part of the map they are no matter.
    const auto part = words({"--layout", "official-a4-portrait", "--extent", "105,10,105.1,10.1",
                             "--extent-crs", "EPSG:4326"});
    CHECK(times(part, "Hoàng Sa") == 1); // in the list
}
