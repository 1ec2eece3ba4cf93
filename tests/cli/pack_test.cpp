// pack: the meeting pack of the sample province. Its numbers are held against those of the verbs
// that it is made of, its pages are read with Poppler, its deck is taken apart.
#include "cli/pdf.hpp"
#include "cli/program.hpp"

#include <map>
#include <numeric>
#include <set>

using namespace diaban::test;

namespace {

// 2011 against 2010, as the real plan of that year asks.
Words pack_of_sample(const std::string& out) {
    return {"pack", "--store", sample_store().string(), "--year", "2011", "--compare-year",
            "2010", "--plan",  "an-giang-2011",         "--out",  out};
}

// Of this kind, or with this one on it.
bool tells_of(const Json& page, const std::string& id) {
    const auto with = page.at("with").get<Words>();
    return page.at("id") == id || std::find(with.begin(), with.end(), id) != with.end();
}

std::size_t page_of(const Json& report, const std::string& id) {
    for (const auto& page : report.at("pages"))
        if (tells_of(page, id)) return page.at("page").get<std::size_t>() - 1;
    FAIL("no page " << id);
    return 0;
}

// All that stands on the pages of that kind: a long table is on several.
std::string text_of(const Json& report, const Words& pages, const std::string& id) {
    std::string out;
    for (std::size_t p = 0; p < pages.size(); ++p)
        if (tells_of(report.at("pages")[p], id)) out += pages[p] + " ";
    return out;
}

bool has_page(const Json& report, const std::string& id) {
    const auto& pages = report.at("pages");
    return std::any_of(pages.begin(), pages.end(),
                       [&](const Json& page) { return tells_of(page, id); });
}

std::string part_of(const Bench& bench, const std::string& deck, const std::string& name) {
    return bench.tool({"unzip", "-p", deck, name});
}

// The numbers that stand right after the words, in this order: of `<a:tr h="123"`.
std::vector<long> numbers_after(const std::string& text, const std::string& words) {
    std::vector<long> out;
    for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1))
        out.push_back(std::stol(text.substr(at + words.size(), 12)));
    return out;
}

Words rows_of_csv(const fs::path& file) {
    Words out;
    std::istringstream lines(slurp(file));
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
}

} // namespace

TEST_CASE("a pack tells the numbers of status, transitions, targets, hotspots and near") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto report = bench.json(pack_of_sample("hop.pdf"));
    INFO(report.dump(1));
    const auto& figures = report.at("figures");
    const auto pages = pages_of(bench, "hop.pdf");
    REQUIRE(pages.size() == report.at("pages").size());
    CHECK(report.at("left_out").empty());
    CHECK(report.at("period") == "2011");
    CHECK(report.at("compared_with") == "2010");

    const auto status = bench.json({"status", "--store", store, "--year", "2011"});
    for (const std::string domain : {"drug", "prostitution"}) {
        const auto& on_map = pages[page_of(report, "status-" + domain)];
        for (const std::string one : {"none", "present", "hot", "unknown"}) {
            const auto count = status.at(domain).at(one).get<int>();
            INFO(domain << " " << one << "\n" << on_map);
            if (one == "unknown" && count == 0) continue;
            CHECK(figures.at(domain + "/2011/" + one) == count);
            CHECK(contains(on_map, " " + std::to_string(count) + " "));
        }
    }
    CHECK(figures.at("both/2011/healthy") == status.at("healthy_both"));
    CHECK(contains(pages[page_of(report, "title")],
                   std::to_string(status.at("healthy_both").get<int>())));

    const auto moves =
        bench.json({"transitions", "--store", store, "--from", "2010", "--to", "2011"});
    CHECK(figures.at("both/2010/healthy") == moves.at("healthy_before"));
    std::map<std::string, int> before, after;
    for (const auto& cell : moves.at("matrix").at("drug")) {
        before[cell.at("from")] += cell.at("count").get<int>();
        after[cell.at("to")] += cell.at("count").get<int>();
        CHECK(contains(pages[page_of(report, "matrix-drug")],
                       " " + std::to_string(cell.at("count").get<int>())));
    }
    for (const auto& [of, count] : before) CHECK(figures.at("drug/2010/" + of) == count);
    for (const auto& [of, count] : after) CHECK(figures.at("drug/2011/" + of) == count);

    // AG-5a asks for communes that are healthy in both domains.
    const auto targets =
        bench.json({"targets", "--store", store, "--plan", "an-giang-2011", "--year", "2011"});
    bool asked = false;
    for (const auto& target : targets.at("targets")) {
        if (target.at("id") != "AG-5a") continue;
        asked = true;
        CHECK(target.at("x") == figures.at("both/2011/healthy"));
    }
    CHECK(asked);
    const auto of_targets = text_of(report, pages, "targets");
    CHECK(contains(of_targets, "AG-1 "));
    CHECK(contains(of_targets, "AG-13"));

    // Two sentences on the method, not run into one.
    CHECK(contains(text_of(report, pages, "method"), ". A statistical cluster is not the legal"));

    const auto near = bench.json(
        {"near", "--store", store, "--to", "industrial_zone", "--within", "5km", "--year", "2011"});
    CHECK(figures.at("near/within") == near.at("units").size());
    const auto hot = bench.json({"hotspots", "--store", store, "--year", "2011"});
    CHECK(figures.at("hotspots/significant") == hot.at("significant"));
    CHECK(figures.at("hotspots/hot").get<int>() + figures.at("hotspots/cold").get<int>() ==
          hot.at("significant").get<int>());
    // Both periods are told of the same communes.
    const auto& numbers = pages[page_of(report, "numbers")];
    INFO(numbers);
    CHECK(contains(numbers, " 156 156 0 "));
    CHECK(contains(numbers, "Statistical hot spots: "));
    CHECK(contains(numbers, "Statistical cold spots: "));
    // The years stand once in the legend, and a title is a title.
    const auto& change = pages[page_of(report, "change")];
    CHECK(contains(change, "2010–2011"));
    CHECK_FALSE(contains(change, "2010–2011, 2011"));
    const std::string title = report.at("pages")[page_of(report, "near")].at("title");
    CHECK(title.find_first_of(":(") == std::string::npos);
    check_fonts(bench, "hop.pdf");
    check_apart(bench, "hop.pdf");
    CHECK(contains(bench.tool({"pdfinfo", "hop.pdf"}), "960 x 540 pts")); // 16:9
}

TEST_CASE("a pack says wherever the results stand that the plan is of another year") {
    const Bench bench;
    Words flags{"pack", "--store", sample_store().string(), "--year", "2015",   "--compare-year",
                "2010", "--plan",  "an-giang-2011",         "--out",  "hop.pdf"};
    const auto report = bench.json(flags);
    CHECK(has_kind(report, "plan_other_year"));
    const auto pages = pages_of(bench, "hop.pdf");
    const std::string note = "A plan of 2011, data of 2015";
    std::size_t of_targets = 0;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        INFO(pages[p]);
        const bool targets = report.at("pages")[p].at("id") == "targets";
        of_targets += targets;
        CHECK(contains(pages[p], note) == targets);
    }
    CHECK(of_targets > 1); // a table that goes on says it on each page
    const std::string told = "The plan an-giang-2011 is for 2011";
    CHECK(contains(text_of(report, pages, "quality"), "judged for 2015"));
    const auto done = bench.run(flags);
    REQUIRE(done.code == 0);
    CHECK(contains(done.err, told));
    // In a year of the plan nothing is said.
    flags[4] = "2011";
    const auto own = bench.run(flags);
    REQUIRE(own.code == 0);
    CHECK_FALSE(contains(own.err, told));
    for (const auto& page : pages_of(bench, "hop.pdf")) CHECK_FALSE(contains(page, note));
}

TEST_CASE("a map that shows a plan of another year says so on its page and beside it") {
    const Bench bench;
    const auto done = bench.run({"map", "--store", sample_store().string(), "--indicator", "ST01",
                                 "--year", "2015", "--layout", "official-a4-landscape",
                                 "--page-plan", "an-giang-2011", "--out", "a.pdf"});
    INFO(done.err);
    REQUIRE(done.code == 0);
    CHECK(contains(done.err, "The plan an-giang-2011 is for 2011"));
    CHECK(contains(pages_of(bench, "a.pdf").at(0), "A plan of 2011, data of 2015"));
}

TEST_CASE("the map of changes tells every move in full, as transitions counts them") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto moves =
        bench.json({"transitions", "--store", store, "--from", "2010", "--to", "2015"});
    const auto& counts = moves.at("counts");
    const auto lost = counts.at("lost").get<int>();
    const auto report = bench.json({"pack", "--store", store, "--year", "2015", "--compare-year",
                                    "2010", "--plan", "an-giang-2011", "--out", "hop.pdf"});
    const auto& figures = report.at("figures");
    // The legend counts a commune once, so it has fewer of those that made several moves.
    REQUIRE(figures.at("change/lost") < lost);
    for (const auto& [move, count] : counts.items())
        CHECK(figures.at("moves/2010/2015/" + move) == count);
    const auto told = "no longer healthy " + std::to_string(lost);
    const auto pages = pages_of(bench, "hop.pdf");
    const auto& page = pages[page_of(report, "change")];
    INFO(page);
    CHECK(contains(page, told));
    REQUIRE(counts.at("relapsed") > 0);
    CHECK(contains(page, "Relapsed: a hotspot again"));
    // The plan counts newly built communes from the year before, which is said beside it.
    const auto targets = text_of(report, pages, "targets");
    CHECK(contains(targets, "(2014 to 2015)"));
    const auto drawn =
        bench.run({"map", "--store", store, "--change", "2010:2015", "--out", "a.pdf"});
    INFO(drawn.err);
    REQUIRE(drawn.code == 0);
    CHECK(contains(pages_of(bench, "a.pdf").at(0), told));
}

TEST_CASE("a change map on which every unit made one move needs no further numbers") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto moves =
        bench.json({"transitions", "--store", store, "--from", "2009", "--to", "2010"});
    std::size_t several = 0;
    for (const auto& unit : moves.at("moves")) several += unit.at("moves").size() > 1;
    const auto drawn =
        bench.run({"map", "--store", store, "--change", "2009:2010", "--out", "a.pdf"});
    REQUIRE(drawn.code == 0);
    CHECK(contains(pages_of(bench, "a.pdf").at(0), "all changes counted") == (several > 0));
}

TEST_CASE("clusters of a pack are of neighbours: a commune alone has no page of its own") {
    const Bench bench;
    const auto store = sample_store().string();
    for (const auto& [year, several] : {std::pair{"2012", true}, std::pair{"2015", false}}) {
        INFO(year);
        const auto found =
            bench.json({"hotspots", "--store", store, "--indicator", "DR01_rate", "--year", year});
        std::size_t most = 0;
        for (const auto& cluster : found.at("clusters"))
            most = std::max(most, cluster.at("units").size());
        REQUIRE(most == (several ? 2u : 1u));
        const auto report = bench.json({"pack", "--store", store, "--indicator", "DR01_rate",
                                        "--year", year, "--out", "hop.pdf"});
        CHECK(has_page(report, "clusters") == several);
        CHECK(report.at("figures").at("hotspots/significant") == found.at("significant"));
    }
}

TEST_CASE("the highest values of a pack are those of the table, in its order") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto report = bench.json({"pack", "--store", store, "--year", "2015", "--indicator",
                                    "DR01", "--top", "7", "--out", "hop.pdf"});
    const auto page = pages_of(bench, "hop.pdf")[page_of(report, "top")];
    bench.json({"table", "--store", store, "--year", "2015", "--columns", "name,DR01", "--sort",
                "DR01", "--descending", "--out", "bang.csv"});
    const auto rows = rows_of_csv(bench / "bang.csv");
    std::size_t from = 0, found = 0;
    for (const auto& row : rows) {
        const auto name = row.substr(0, row.find_first_of(",;"));
        if (name.find("Xã ") != 0 && name.find("Phường ") != 0 && name.find("Thị trấn ") != 0)
            continue;
        INFO(page << "\n" << name);
        const auto at = page.find(name, from);
        REQUIRE(at != std::string::npos);
        from = at + name.size();
        if (++found == 7) break;
    }
    CHECK(found == 7);
    // Without a plan there is no page of it, and that is said in the report and on a page.
    CHECK_FALSE(has_page(report, "targets"));
    REQUIRE(report.at("left_out").size() == 1);
    const std::string reason = report.at("left_out")[0].at("reason");
    CHECK(has_kind(report, "pack_left_out"));
    CHECK(contains(text_of(report, pages_of(bench, "hop.pdf"), "quality"), reason));
}

TEST_CASE("a deck has titles, pictures of maps, tables of words and notes with the numbers") {
    const Bench bench;
    const auto report = bench.json(pack_of_sample("hop.pptx"));
    const auto& figures = report.at("figures");
    const auto count = report.at("pages").size();
    const auto list = bench.tool({"unzip", "-Z1", "hop.pptx"});
    CHECK(contains(list, "ppt/slides/slide" + std::to_string(count) + ".xml"));
    CHECK_FALSE(contains(list, "ppt/slides/slide" + std::to_string(count + 1) + ".xml"));
    const std::set<std::string> maps{"status-drug", "status-prostitution", "change", "hotspots",
                                     "near"};
    for (std::size_t p = 0; p < count; ++p) {
        const auto& page = report.at("pages")[p];
        const auto number = std::to_string(p + 1);
        const auto slide = part_of(bench, "hop.pptx", "ppt/slides/slide" + number + ".xml");
        const auto notes =
            part_of(bench, "hop.pptx", "ppt/notesSlides/notesSlide" + number + ".xml");
        INFO(page.dump());
        CHECK(contains(slide, "type=\"title\""));
        CHECK(contains(slide, "<a:t>" + page.at("title").get<std::string>() + "</a:t>"));
        CHECK(contains(notes, "<a:t>"));
        const std::string id = page.at("id");
        const bool picture = maps.contains(id);
        CHECK(contains(slide, "<p:pic>") == picture);
        CHECK(contains(slide, "<a:tbl>") == (!picture && id != "title"));
        if (!picture && id != "title") { // the table ends above the words below it
            const auto words = slide.substr(slide.rfind("txBox=\"1\""));
            const auto table = slide.substr(slide.rfind("<p:graphicFrame>"));
            const auto rows = numbers_after(table, "<a:tr h=\"");
            const long top = numbers_after(table, "\" y=\"").at(0);
            const long height = std::accumulate(rows.begin(), rows.end(), 0L);
            REQUIRE(rows.size() > 1);
            CHECK(std::abs(height - numbers_after(table, "\" cy=\"").at(0)) <= 1000);
            CHECK(top + height <= numbers_after(words, "\" y=\"").at(0));
            CHECK(numbers_after(words, " lang=\"en-US\" sz=\"").at(0) >= 1400);
        }
        if (id == "status-drug")
            CHECK(contains(notes, ": " + std::to_string(figures.at("drug/2011/none").get<int>()) +
                                      "</a:t>"));
        if (id == "matrix-drug") // the sum of the row
            CHECK(contains(slide, "<a:t>" +
                                      std::to_string(figures.at("drug/2010/none").get<int>()) +
                                      "</a:t>"));
    }
    const auto types = part_of(bench, "hop.pptx", "\\[Content_Types\\].xml");
    CHECK(contains(types, "slide" + std::to_string(count) + ".xml"));
}

TEST_CASE("a pack is the same with any number of threads, and verify makes it again") {
    const Bench bench;
    for (const std::string ending : {".pdf", ".pptx"}) {
        const auto first = pack_of_sample("a" + ending) +
                           Words{"--threads", "1", "--manifest", "a.json", "--quiet"};
        REQUIRE(bench.run(first).code == 0);
        REQUIRE(bench.run(pack_of_sample("b" + ending) + Words{"--threads", "3", "--quiet"}).code ==
                0);
        CHECK(slurp(bench / ("a" + ending)) == slurp(bench / ("b" + ending)));
        CHECK(fs::exists(bench / ("a" + ending + ".masked.csv")));
        const auto again = bench.run({"verify", "a.json"});
        INFO(again.out << again.err);
        CHECK(again.code == 0);
        CHECK(Json::parse(slurp(bench / "a.json")).at("seed") == "1");
    }
    // Every font of the pages is among those that the manifest tells of, that of signs too.
    REQUIRE(bench.run(pack_of_sample("a.pdf") + Words{"--manifest", "a.json", "--quiet"}).code ==
            0);
    const auto told = Json::parse(slurp(bench / "a.json")).at("fonts").dump();
    std::istringstream fonts(bench.tool({"pdffonts", "a.pdf"}));
    std::size_t row = 0;
    for (std::string line; std::getline(fonts, line); ++row) {
        if (row < 2) continue; // the heading
        const auto plus = line.find('+');
        REQUIRE(plus != std::string::npos);
        const auto name = line.substr(plus + 1, line.find(' ', plus) - plus - 1);
        INFO(name << " in " << told);
        CHECK(contains(told, "\"" + name));
    }
    CHECK(row > 3);
}

TEST_CASE("an internal pack hides nothing, says so on its pages and is in the log of the store") {
    const Bench bench;
    fs::copy_file(sample_store(), bench / "k.sqlite");
    const Words request{"pack",     "--store", "k.sqlite",  "--year", "2015", "--classification",
                        "internal", "--out",   "noi_bo.pdf"};
    const auto report = bench.json(request);
    CHECK(report.at("masked") == 0);
    CHECK_FALSE(fs::exists(bench / "noi_bo.pdf.masked.csv"));
    for (const auto& page : pages_of(bench, "noi_bo.pdf")) CHECK(contains(page, "INTERNAL"));
    const auto rows = bench.json({"store", "log", "k.sqlite"}).at("rows").dump();
    CHECK(contains(rows, "pack"));
    CHECK(contains(rows, "noi_bo.pdf"));
    const auto open =
        bench.json({"pack", "--store", "k.sqlite", "--year", "2015", "--out", "a.pdf"});
    CHECK(open.at("masked").get<int>() > 0);
    CHECK(bench.json({"store", "log", "k.sqlite"}).at("rows").dump() == rows);
}

TEST_CASE("what belongs together stands on one sheet where there is room") {
    const Bench bench;
    const auto with = [](const Json& report, const std::string& id) {
        for (const auto& page : report.at("pages"))
            if (page.at("id") == id) return page.at("with").get<Words>();
        return Words{"no sheet of its own"};
    };
    const Words matrices{"matrix-drug", "matrix-prostitution"};
    for (const std::string size : {"A4 landscape", "A4 portrait", "A3 landscape", "A3 portrait"}) {
        const auto report = bench.json(pack_of_sample("giay.pdf") + Words{"--size", size});
        INFO(size << "\n" << report.dump(1));
        // The matrices beside the map that they tell of, as transitions counts them.
        CHECK(with(report, "change") == matrices);
        CHECK(with(report, "method") == Words{"quality"});
        const auto pages = pages_of(bench, "giay.pdf");
        REQUIRE(pages.size() == report.at("pages").size());
        const auto& change = pages[page_of(report, "matrix-drug")];
        CHECK(contains(change, "Matrix of changes: drugs"));
        CHECK(contains(change, "Matrix of changes: prostitution"));
        CHECK(contains(change, "2010–2011")); // the legend of the map
        check_apart(bench, "giay.pdf");
    }
    // On slides both share one without the map: there they can be changed.
    for (const std::string file : {"hop.pdf", "hop.pptx"}) {
        const auto report = bench.json(pack_of_sample(file));
        INFO(report.dump(1));
        CHECK(with(report, "change").empty());
        CHECK(with(report, "matrix-drug") == Words{"matrix-prostitution"});
    }
    const auto report = bench.json(pack_of_sample("hop.pptx"));
    const auto slide = std::to_string(page_of(report, "matrix-prostitution") + 1);
    const auto xml = part_of(bench, "hop.pptx", "ppt/slides/slide" + slide + ".xml");
    std::size_t tables = 0;
    for (auto at = xml.find("<a:tbl>"); at != xml.npos; at = xml.find("<a:tbl>", at + 1)) ++tables;
    CHECK(tables == 2);
    CHECK(contains(xml, "Matrix of changes: prostitution"));
    const auto notes =
        part_of(bench, "hop.pptx", "ppt/notesSlides/notesSlide" + slide + ".xml");
    CHECK(contains(notes, "Matrix of changes: prostitution"));
}

TEST_CASE("a pack of paper has pages of that size, also where tables go on") {
    const Bench bench;
    for (const std::string size : {"A4 landscape", "A4 portrait"}) {
        const auto report = bench.json(pack_of_sample("giay.pdf") + Words{"--size", size});
        INFO(size);
        CHECK(pages_of(bench, "giay.pdf").size() == report.at("pages").size());
        check_apart(bench, "giay.pdf");
        const auto info = bench.tool({"pdfinfo", "giay.pdf"});
        CHECK(contains(info, "(A4)"));
    }
    const auto both = bench.json(pack_of_sample("hai.pdf") + Words{"--lang", "vi"});
    CHECK(contains(pages_of(bench, "hai.pdf")[page_of(both, "method")], "Nguồn số liệu"));
}

TEST_CASE("a table without statuses has a pack of the pages that can be made") {
    const Bench bench;
    const auto report = bench.json(Words{"pack"} + six_joined(bench) + Words{"--out", "sau.pdf"});
    INFO(report.dump(1));
    CHECK(has_page(report, "top"));
    for (const std::string id : {"status-drug", "change", "matrix-drug", "targets", "near"})
        CHECK_FALSE(has_page(report, id));
    CHECK(report.at("left_out").size() >= 4);
    CHECK(report.at("figures").at("units") == 6);
}

// What stands in a row of a page, before the next row begins.
std::string after(const std::string& page, const std::string& words) {
    const auto at = page.find(words);
    return at == std::string::npos ? "" : page.substr(at + words.size(), 60);
}

TEST_CASE("the page about the data counts rows and units, each matter once") {
    const Bench bench;
    spit(bench / "gia_tri.csv", "ma_xa,so_nguoi\n00001,10\n00002,20\n00003,30\n"
                                "99001,1\n99002,2\n99003,3\n,4\n,5\n");
    const auto report = bench.json({"pack", "--boundaries", six_communes(bench).string(), "--db",
                                    (bench / "gia_tri.csv").string(), "--key", "ma_xa", "--value",
                                    "so_nguoi", "--out", "sau.pdf"});
    const auto quality = text_of(report, pages_of(bench, "sau.pdf"), "quality");
    INFO(quality);
    CHECK(after(quality, "Units without a row").starts_with(" 3 "));
    CHECK(after(quality, "Rows without a unit").starts_with(" 5 "));
    // Not once more in other words.
    CHECK_FALSE(contains(quality, "for example 0000"));
    CHECK_FALSE(contains(quality, "of the table belong to no unit"));
}

TEST_CASE("where nothing is masked a pack promises no list") {
    const Bench bench;
    spit(bench / "gia_tri.csv", "ma_xa,chi_so\n00001,10\n00002,20\n00003,30\n"
                                "00004,40\n00005,50\n00006,60\n");
    const auto report = bench.json({"pack", "--boundaries", six_communes(bench).string(), "--db",
                                    (bench / "gia_tri.csv").string(), "--key", "ma_xa", "--value",
                                    "chi_so", "--out", "sau.pdf"});
    CHECK(report.at("masked") == 0);
    CHECK_FALSE(fs::exists(bench / "sau.pdf.masked.csv"));
    const auto pages = pages_of(bench, "sau.pdf");
    const auto page = text_of(report, pages, "method");
    INFO(page);
    CHECK_FALSE(contains(page, "0 cells"));
    CHECK(contains(page, "there is none to hide"));
    // A name that is only the column is there once.
    CHECK_FALSE(contains(page, "chi_so – chi_so"));
    CHECK(contains(page, "chi_so"));
    // Nor is a comma where a year would be.
    const auto quality = text_of(report, pages, "quality");
    INFO(quality);
    CHECK(contains(quality, "without a value of chi_so 0"));
}

TEST_CASE("a pack that cannot be made is refused in one sentence, and nothing is written") {
    const Bench bench;
    const auto store = sample_store().string();
    const auto refused = [&](const Words& more, int code, const std::string& about) {
        const auto before = names_in(bench.folder.path());
        check_refusal(bench.run(Words{"pack", "--store", store} + more), code, about);
        auto after = names_in(bench.folder.path());
        std::erase_if(after, [](const std::string& name) { return name == ".cache"; });
        auto was = before;
        std::erase_if(was, [](const std::string& name) { return name == ".cache"; });
        CHECK(after == was);
    };
    refused({"--out", "a.png"}, 2, "a.png");
    refused({}, 2, "--out");
    refused({"--out", "a.pdf", "--year", "1999"}, 2, "1999");
    refused({"--out", "a.pdf", "--year", "2015", "--compare-year", "2016"}, 2, "2016");
    // A period compared with itself, or backwards, is said in the flags of the pack.
    refused({"--out", "a.pdf", "--year", "2015", "--compare-year", "2015"}, 2, "with itself");
    refused({"--out", "a.pdf", "--year", "2010", "--compare-year", "2015"}, 2,
            "--year 2015 --compare-year 2010");
    refused({"--out", "a.pdf", "--plan", "khong-co"}, 3, "khong-co");
    refused({"--out", "a.pdf", "--top", "0"}, 2, "--top");
    refused({"--out", "a.pdf", "--top", "101"}, 2, "--top");
    refused({"--out", "a.pdf", "--to", "casino"}, 2, "casino");
    refused({"--out", "a.pdf", "--indicator", "ST01"}, 2, "ST01");
    refused({"--out", "a.pdf", "--size", "A9"}, 2, "A9");
    refused({"--out", "a.pdf", "--size", "60x40mm"}, 2, "60");
    refused({"--out", "khong/co/a.pdf"}, 6, "a.pdf");
}
