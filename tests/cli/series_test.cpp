// Atlases, books and small maps side by side, as poppler reads them.
#include "cli/pdf.hpp"
#include "cli/program.hpp"

#include <map>
#include <set>

using namespace diaban::test;

namespace {

// The sample province: 156 communes in 11 districts, values of several years.
Words atlas_of_sample(const std::string& out, const std::string& indicator = "population") {
    return {"map",         "--store", sample_store().string(),
            "--indicator", indicator, "--year",
            "2010",        "--atlas", "district",
            "--out",       out};
}

// Units in each row of the legends of all sheets, by key.
std::map<std::string, std::size_t> sums(const Json& report) {
    std::map<std::string, std::size_t> out;
    for (const auto& sheet : report.at("sheets"))
        for (const auto& map : sheet.at("maps"))
            for (const auto& row : map.at("legend"))
                out[row.at("key")] += row.at("count").get<std::size_t>();
    return out;
}

std::size_t pages_in(const Bench& bench, const std::string& file) {
    const auto info = bench.tool({"pdfinfo", file});
    const auto at = info.find("Pages:");
    REQUIRE(at != std::string::npos);
    return std::stoul(info.substr(at + 6));
}

Words bytes_of(const Bench& bench, const std::string& folder) {
    Words out;
    for (const auto& name : names_in(bench / folder))
        if (!name.ends_with(".json")) out.push_back(name + slurp(bench / (folder + "/" + name)));
    return out;
}

} // namespace

TEST_CASE("it is said where the sheets of a series are, also where no folder was named") {
    const Bench bench;
    const Words small{"--size", "900x700px"};
    const auto here = bench.run(atlas_of_sample("a.png") + small);
    INFO(here.err);
    REQUIRE(here.code == 0);
    CHECK(contains(here.err, " to the current folder\n"));
    const auto there = bench.run(atlas_of_sample("to/a.png") + small);
    CHECK(there.code == 0);
    CHECK(contains(there.err, " to to\n"));
}

TEST_CASE("an atlas is one PDF: an index, then a numbered sheet for every district") {
    const Bench bench;
    const auto report = bench.json(atlas_of_sample("tap.pdf"));
    const auto& sheets = report.at("sheets");
    REQUIRE(sheets.size() > 5);
    const auto pages = sheets.size() + 1;
    REQUIRE(pages_in(bench, "tap.pdf") == pages);
    const auto texts = pages_of(bench, "tap.pdf");
    REQUIRE(texts.size() == pages);
    for (std::size_t p = 0; p < pages; ++p)
        CHECK(contains(texts[p], "Page " + std::to_string(p + 1) + "/" + std::to_string(pages)));
    for (std::size_t s = 0; s < sheets.size(); ++s) {
        const std::string area = sheets[s].at("area");
        INFO(area);
        CHECK(sheets[s].at("page") == s + 2);
        CHECK(contains(texts[0], area)); // in the index
        CHECK(contains(texts[s + 1], area));
    }
    check_fonts(bench, "tap.pdf");
    check_apart(bench, "tap.pdf");
}

TEST_CASE("legends of the sheets of an atlas add up to the legend of the whole map") {
    const Bench bench;
    const auto report = bench.json(atlas_of_sample("tap.pdf"));
    const auto whole = bench.json({"map", "--store", sample_store().string(), "--indicator",
                                   "population", "--year", "2010", "--out", "ca_tinh.svg"});
    const auto in_sheets = sums(report);
    std::size_t total = 0;
    for (const auto& row : whole.at("legend")) {
        INFO(row.at("key"));
        CHECK(in_sheets.at(row.at("key")) == row.at("count"));
        total += row.at("count").get<std::size_t>();
    }
    CHECK(total == whole.at("units"));
    // Printed too: the total of each sheet is that of its district.
    const auto texts = pages_of(bench, "tap.pdf");
    for (std::size_t s = 0; s < report.at("sheets").size(); ++s) {
        const auto sheet = report.at("sheets")[s];
        std::size_t units = 0;
        for (const auto& row : sheet.at("maps")[0].at("legend"))
            units += row.at("count").get<std::size_t>();
        CHECK(contains(texts[s + 1], "All units " + std::to_string(units)));
        // The same classes as everywhere.
        for (std::size_t r = 0; r < whole.at("legend").size(); ++r) {
            const auto row = sheet.at("maps")[0].at("legend")[r], of_whole = whole.at("legend")[r];
            CHECK(row.at("label") == of_whole.at("label"));
            CHECK(row.at("color") == of_whole.at("color"));
        }
    }
}

TEST_CASE("a series has the same bytes with one, two and eight threads") {
    const Bench bench;
    std::set<std::string> books;
    std::set<Words> folders;
    for (const std::string threads : {"1", "2", "8"}) {
        const auto out = "tap" + threads;
        REQUIRE(bench.run(atlas_of_sample(out + ".pdf") + Words{"--threads", threads}).code == 0);
        books.insert(slurp(bench / (out + ".pdf")));
        REQUIRE(bench.run(atlas_of_sample(out) + Words{"--threads", threads, "--size", "700x500px"})
                    .code == 0);
        folders.insert(bytes_of(bench, out));
    }
    CHECK(books.size() == 1);
    CHECK(folders.size() == 1);
}

TEST_CASE("many files are named by pattern, in ASCII, and equal names are told apart") {
    const Bench bench;
    auto features = six_features();
    // Communes 1 and 4 become a district of the same name as the one beside them.
    for (const std::size_t i : {0, 3}) {
        const auto at = features[i].find("\"001\"");
        REQUIRE(at != std::string::npos);
        features[i].replace(at, 5, "\"009\"");
    }
    spit(bench / "xa.geojson", collection(features));
    const auto flags = Words{"map",
                             "--boundaries",
                             "xa.geojson",
                             "--db",
                             six_values(bench).string(),
                             "--key",
                             "ma_xa",
                             "--year-column",
                             "nam",
                             "--value",
                             "so_nguoi",
                             "--classification",
                             "internal",
                             "--size",
                             "700x500px",
                             "--atlas",
                             "district",
                             "--years",
                             "2010,2011"};
    const auto done = bench.run(flags + Words{"--out", "to", "--pattern", "{area} {year}.svg"});
    INFO(done.err);
    REQUIRE(done.code == 0);
    CHECK(names_in(bench / "to") == Words{"diaban_series.json", "huyen_dong 2010_001.svg",
                                          "huyen_dong 2010_009.svg", "huyen_dong 2011_001.svg",
                                          "huyen_dong 2011_009.svg", "huyen_tay 2010.svg",
                                          "huyen_tay 2011.svg"});
    CHECK(contains(done.err, "huyen_dong 2010.svg")); // told
    check_refusal(bench.run(flags + Words{"--out", "to", "--pattern", "{commune}.svg"}), 2,
                  "commune");
    check_refusal(bench.run(flags + Words{"--out", "to.svg", "--pattern", "{area}.svg"}), 2,
                  "to.svg");
    check_refusal(bench.run(flags + Words{"--out", "to.jpg"}), 2, "to.jpg");
    CHECK_FALSE(fs::exists(bench / "to.svg"));
}

TEST_CASE("a series that is taken up again draws what changed, and nothing else") {
    const Bench bench;
    const auto flags = Words{"map"} + six_joined(bench) +
                       Words{"--year",   "2010",   "--breaks",  "5,30,60", "--classification",
                             "internal", "--size", "700x500px", "--atlas", "district",
                             "--out",    "to",     "--resume"};
    const auto first = bench.json(flags);
    CHECK(first.at("written") == 2);
    CHECK(first.at("unchanged") == 0);
    std::map<std::string, std::string> before;
    for (const auto& file : first.at("files")) {
        // What would be seen if it were drawn again: the same bytes, but later.
        fs::last_write_time(file.get<std::string>()[0] == '/' ? fs::path(file.get<std::string>())
                                                              : bench / file.get<std::string>(),
                            fs::file_time_type::clock::now() - std::chrono::hours(2));
        before[file] = slurp(bench / file.get<std::string>());
    }
    const auto again = bench.json(flags);
    CHECK(again.at("written") == 0);
    CHECK(again.at("unchanged") == 2);
    for (const auto& [file, bytes] : before) {
        CHECK(fs::last_write_time(bench / file) <
              fs::file_time_type::clock::now() - std::chrono::hours(1));
        CHECK(slurp(bench / file) == bytes);
    }
    // Commune 3, of the western district, changes its class; the neighbour is only grey there.
    auto values = slurp(bench / "gia_tri.csv");
    values.replace(values.find("00003,2010,30"), 13, "00003,2010,10");
    spit(bench / "gia_tri.csv", values);
    const auto changed = bench.json(flags);
    CHECK(changed.at("written") == 1);
    CHECK(changed.at("unchanged") == 1);
    // Somebody cut a file short; it is drawn again, as it was.
    const auto one = first.at("files")[0].get<std::string>();
    const auto whole = slurp(bench / one);
    spit(bench / one, whole.substr(0, 100));
    CHECK(bench.json(flags).at("written") == 1);
    CHECK(slurp(bench / one) == whole);
    CHECK(bench.json(flags + Words{"--title", "Khác"}).at("written") == 2);
    const auto said = bench.run(flags + Words{"--title", "Khác"});
    CHECK(contains(said.err, "Left 2 files"));
}

TEST_CASE("a book that is taken up again is left alone until something on it changes") {
    const Bench bench;
    const auto flags = atlas_of_sample("tap.pdf") + Words{"--resume"};
    CHECK(bench.json(flags).at("written") == 1);
    const auto bytes = slurp(bench / "tap.pdf");
    CHECK(bench.json(flags).at("unchanged") == 1);
    CHECK(bench.json(flags + Words{"--no-index"}).at("written") == 1);
    CHECK(slurp(bench / "tap.pdf") != bytes);
    CHECK(bench.json(flags).at("written") == 1);
    CHECK(slurp(bench / "tap.pdf") == bytes);
}

TEST_CASE("a series that is stopped leaves whole files and can be taken up again") {
    const Bench bench;
    RunOptions stop;
    stop.interrupt_after = std::chrono::milliseconds(700);
    const auto flags =
        atlas_of_sample("to/{area}_{year}.png") + Words{"--years", "2000-2015", "--size", "A3"};
    const auto stopped = bench.run(flags, stop);
    if (stopped.code == 0) return; // faster than that
    CHECK(stopped.code == 130);
    std::size_t finished = 0;
    if (fs::exists(bench / "to"))
        for (const auto& name : names_in(bench / "to")) {
            INFO(name);
            CHECK_FALSE(name.starts_with("."));
            if (!name.ends_with(".png")) continue;
            ++finished;
            CHECK(slurp(bench / ("to/" + name)).find("IEND") != std::string::npos);
        }
    const auto rest = bench.json(flags + Words{"--resume"});
    CHECK(rest.at("unchanged") == finished);
    CHECK(rest.at("written") == rest.at("files").size() - finished);
}

TEST_CASE("years stand side by side on one sheet, each with its counts") {
    const Bench bench;
    const auto flags = Words{"map"} + six_joined(bench) +
                       Words{"--breaks", "5,30,60", "--classification", "internal"};
    const auto report =
        bench.json(flags + Words{"--years", "2010,2011", "--small-multiples", "--out", "nam.pdf"});
    REQUIRE(report.at("sheets").size() == 1);
    REQUIRE(report.at("sheets")[0].at("maps").size() == 2);
    for (const auto& map : report.at("sheets")[0].at("maps")) {
        std::size_t units = 0;
        for (const auto& row : map.at("legend")) units += row.at("count").get<std::size_t>();
        CHECK(units == 6);
    }
    CHECK(pages_in(bench, "nam.pdf") == 1);
    const auto text = pages_of(bench, "nam.pdf").at(0);
    CHECK(contains(text, "2010–2011"));
    check_apart(bench, "nam.pdf");
    // With an atlas: a sheet of each district with both years.
    CHECK(bench
              .json(flags + Words{"--years", "2010,2011", "--small-multiples", "--atlas",
                                  "district", "--out", "ca_hai.pdf"})
              .at("sheets")
              .size() == 2);
    check_refusal(bench.run(flags + Words{"--year", "2010", "--small-multiples", "--out", "a.pdf"}),
                  2, "side by side");
    check_refusal(
        bench.run(flags + Words{"--atlas", "province", "--year", "2010", "--out", "a.pdf"}), 2,
        "--atlas district");
    CHECK_FALSE(fs::exists(bench / "a.pdf"));
}

TEST_CASE("years and indicators make one book, with bookmarks") {
    const Bench bench;
    const auto report = bench.json({"map", "--store", sample_store().string(), "--indicators",
                                    "population,DR01", "--years", "2009,2010", "--book",
                                    "--classification", "internal", "--out", "tap.pdf"});
    REQUIRE(report.at("sheets").size() == 4);
    CHECK(report.at("sheets")[0].at("maps")[0].at("indicator") == "population");
    CHECK(report.at("sheets")[1].at("maps")[0].at("period") == "2010");
    CHECK(report.at("sheets")[2].at("maps")[0].at("indicator") == "DR01");
    CHECK(pages_in(bench, "tap.pdf") == 5);
    CHECK(contains(pages_of(bench, "tap.pdf").at(0), "Page 1/5"));
    const auto xml = bench.tool({"pdftohtml", "-xml", "-stdout", "-i", "-q", "tap.pdf"});
    for (const std::string page : {"1", "2", "3", "4", "5"})
        CHECK(contains(xml, "<item page=\"" + page + "\">"));
    const auto by_year = bench.json({"map", "--store", sample_store().string(), "--indicators",
                                     "population,DR01", "--years", "2009,2010", "--book", "--order",
                                     "year", "--classification", "internal", "--out", "tap.pdf"});
    CHECK(by_year.at("sheets")[1].at("maps")[0].at("indicator") == "DR01");
    CHECK(by_year.at("sheets")[1].at("maps")[0].at("period") == "2009");
}

TEST_CASE("what is masked in an atlas is what is masked in the whole, listed beside each file") {
    const Bench bench;
    const auto whole = bench.json({"map", "--store", sample_store().string(), "--indicator", "DR01",
                                   "--year", "2010", "--out", "ca_tinh.svg"});
    const auto book = bench.json(atlas_of_sample("tap.pdf", "DR01"));
    REQUIRE(whole.at("masked").get<std::size_t>() > 0);
    CHECK(book.at("masked") == whole.at("masked"));
    const auto lines = [](const std::string& text) {
        std::istringstream in(text);
        std::multiset<std::string> out;
        for (std::string line; std::getline(in, line);) out.insert(line);
        return out;
    };
    const auto all = lines(slurp(bench / "ca_tinh.svg.masked.csv"));
    CHECK(lines(slurp(bench / "tap.pdf.masked.csv")) == all);
    bench.json(atlas_of_sample("to", "DR01"));
    std::multiset<std::string> together;
    std::string head;
    for (const auto& name : names_in(bench / "to")) {
        if (!name.ends_with(".masked.csv")) continue;
        auto of_file = lines(slurp(bench / ("to/" + name)));
        for (const auto& line : of_file)
            if (contains(line, "code,indicator")) head = line;
        of_file.erase(head);
        together.merge(of_file);
    }
    together.insert(head);
    CHECK(together == all);
}
