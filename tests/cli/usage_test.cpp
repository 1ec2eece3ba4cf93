// What the command line says about itself, and how it refuses what it does not understand.
#include "cli/program.hpp"

#include <set>
#include <tuple>

using namespace diaban::test;

namespace {
const Words kVerbs{"sample", "check", "join",   "classes", "weights", "map",
                   "near",   "pack",  "patrol", "where",   "view"};
}

TEST_CASE("the version is one line on stdout") {
    const Bench bench;
    const auto outcome = bench.run({"--version"});
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 1);
    CHECK(contains(outcome.out, "0.1.0"));
}

TEST_CASE("every verb explains itself with an example, in both languages") {
    const Bench bench;
    for (const auto& verb : kVerbs)
        for (const std::string language : {"vi", "en"}) {
            const auto outcome = bench.run({verb, "--help", "--lang", language});
            INFO(verb << " " << language << "\n" << outcome.out << outcome.err);
            CHECK(outcome.code == 0);
            CHECK(outcome.err.empty());
            CHECK(contains(outcome.out, "diaban " + verb + " ")); // the example
            CHECK(contains(outcome.out, "--lang"));
            CHECK_FALSE(contains(outcome.out, "help.")); // a message id without text
        }
    const auto whole = bench.run({"--help"});
    for (const auto& verb : kVerbs) CHECK(contains(whole.out, verb));
}

TEST_CASE("the language follows the flag, then the locale") {
    const Bench bench;
    const auto in = [&](const std::string& locale, const Words& arguments) {
        RunOptions options;
        options.environment = {{"LANG", locale}};
        return bench.run(arguments, options).err;
    };
    const auto english = in("en_US.UTF-8", {"map"});
    const auto vietnamese = in("vi_VN.UTF-8", {"map"});
    CHECK(english != vietnamese);
    CHECK(in("en_US.UTF-8", {"map", "--lang", "vi"}) == vietnamese);
    CHECK(in("vi_VN.UTF-8", {"map", "--lang", "en"}) == english);
    check_refusal(bench.run({"--lang", "xx", "map"}), 2, "xx");
}

TEST_CASE("a misspelt verb or flag is answered with the nearest one") {
    const Bench bench;
    check_refusal(bench.run({"chek"}), 2, "check");
    check_refusal(bench.run({"zzzzzz"}), 2, "zzzzzz");
    check_refusal(bench.run({"check", "--boundary", "a.shp"}), 2, "--boundaries");
    check_refusal(bench.run({"map", "--pallete", "viridis", "--out", "a.png"}), 2, "--palette");
    check_refusal(bench.run({"check", "--qqqqqqqq"}), 2, "--qqqqqqqq");
    check_refusal(bench.run({"check", "stray"}), 2, "\"stray\" is one too many");
    // A file without its flag is told which one it wants.
    check_refusal(bench.run({"check", "Xã.SHP"}), 2, "--boundaries Xã.SHP");
    check_refusal(bench.run({"map", "a.csv", "--out", "a.png"}), 2, "--db a.csv");
    check_refusal(bench.run({"map", "a.diaban", "--out", "a.png"}), 2, "--project a.diaban");
    check_refusal(bench.run({"check", "a.csv"}), 2, "\"a.csv\" is one too many"); // it has no --db
    // Before what is missing: the misspelt flag is why.
    check_refusal(bench.run({"map", "--projet", "x"}), 2, "--project");
    // "check" alone is another verb.
    for (const std::string verb : {"check", "list"}) {
        const auto help = "diaban store " + verb + " --help";
        check_refusal(bench.run({"store", verb, "--qqqqqqqq"}), 2, help);
        check_refusal(bench.run({"store", verb, "a.sqlite", "b.sqlite"}), 2, help);
    }
    // A flag does not swallow the next one.
    check_refusal(bench.run({"map", "--out", "--lang", "en"}), 2, "--out needs a value");
    check_refusal(bench.run({"map", "--k", "3", "--k", "4", "--out", "a.png"}), 2, "twice");
}

TEST_CASE("help speaks no parser's language, says defaults, and is aligned in Vietnamese too") {
    const Bench bench;
    for (const auto& verb : kVerbs)
        for (const std::string language : {"vi", "en"}) {
            const auto help = bench.run({verb, "--help", "--lang", language}).out;
            INFO(verb << " " << language << "\n" << help);
            for (const auto* raw : {"TEXT", "FLOAT", "UINT", "\n\n\n"})
                CHECK_FALSE(contains(help, raw));
        }
    const auto sample = bench.run({"sample", "--help", "--lang", "en"}).out;
    CHECK(contains(sample, "default: 156"));
    CHECK(contains(bench.run({"map", "--help", "--lang", "vi"}).out, "mặc định: 5"));
    // The text of every flag begins in one column, counted in letters.
    std::istringstream lines(bench.run({"map", "--help", "--lang", "vi"}).out);
    std::set<std::size_t> columns;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("  --")) continue;
        const auto gap = line.find("  ", 4);
        if (gap == line.npos) continue; // the text stands in the next line
        std::size_t column = 0;
        for (std::size_t i = 0; i < line.find_first_not_of(' ', gap); ++i)
            column += (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
        columns.insert(column);
    }
    CHECK(columns.size() == 1);
}

TEST_CASE("what is missing is named") {
    const Bench bench;
    check_refusal(bench.run({"check"}), 2, "--boundaries");
    check_refusal(bench.run({"map", "--boundaries", "a.shp"}), 2, "--out");
    check_refusal(bench.run({"sample"}), 2, "folder");
    check_refusal(bench.run({"where", "--boundaries", "a.shp"}), 2, "x");
    const auto word = bench.run({"where", "abc", "10", "--boundaries", "a.shp"});
    check_refusal(word, 2, "The value of x is missing or not understood");
    check_refusal(bench.run({"check", "--boundaries"}), 2, "--boundaries");
}

TEST_CASE("a size or a layout that is none is said before any file is read") {
    const Bench bench;
    for (const auto& [flag, wrong, code] :
         {std::tuple{"--size", "1920x1080", 2}, std::tuple{"--layout", "offical-a4", 3}})
        for (const Words& series : {Words{}, Words{"--atlas", "district"}}) {
            const auto outcome = bench.run(
                Words{"map", "--boundaries", "none.shp", flag, wrong, "--out", "a.pdf"} + series);
            INFO(outcome.err);
            CHECK(outcome.code == code);
            CHECK(contains(outcome.err, wrong));
        }
}

TEST_CASE("columns may be named as people write them") {
    const Bench bench;
    six_communes(bench);
    spit(bench / "bang.csv", "Mã xã;Năm;Số người\n00001;2010;10\n00002;2010;20\n");
    const auto joined = [&](const Words& names) {
        return bench.json(Words{"join", "--boundaries", "xa.shp", "--db", "bang.csv"} + names);
    };
    const auto exact = joined({"--key", "Mã xã", "--year-column", "Năm", "--value", "Số người"});
    CHECK(exact.at("matched") == 2);
    CHECK(joined({"--key", "ma_xa", "--year-column", "nam", "--value", "so_nguoi", "--code",
                  "MAXA"}) == exact);
    // Its zeros stay.
    spit(bench / "khoa.csv", "Khóa nối,v\n00001,1\n00002,2\n");
    const auto key = bench.json({"join", "--boundaries", "xa.shp", "--db", "khoa.csv", "--key",
                                 "khoa_noi", "--value", "v"});
    CHECK(key.at("matched") == 2);
    CHECK(key.at("restored_codes") == 0);
}

TEST_CASE("a file or folder without a name is no fault of the program") {
    const Bench bench;
    const auto boundaries = six_communes(bench).string();
    for (const std::string name : {"", "   "}) {
        check_refusal(bench.run({"sample", name}), 2, "named by nothing");
        check_refusal(bench.run({"view", name}), 2, "named by nothing");
        check_refusal(bench.run({"where", "105.1", "10.1", "--boundaries", boundaries, "--places",
                                 "port=" + name}),
                      2, "named by nothing");
    }
}

TEST_CASE("bad values of flags are refused with what is expected") {
    const Bench bench;
    const auto map = Words{"map", "--out", "a.png"} + six_joined(bench);
    const auto boundaries = (bench / "xa.shp").string();
    check_refusal(bench.run(map + Words{"--size", "enormous"}), 2, "enormous");
    check_refusal(bench.run(map + Words{"--method", "magic"}), 2, "magic");
    check_refusal(bench.run(map + Words{"--year", "soon"}), 2, "soon");
    check_refusal(bench.run(map + Words{"--dpi", "0"}), 2, "--dpi");
    check_refusal(bench.run(map + Words{"--k", "1"}), 2, "--k");
    check_refusal(bench.run(map + Words{"--classification", "secret"}), 2, "secret");
    check_refusal(bench.run({"check", "--boundaries", boundaries, "--encoding", "KLINGON"}), 2,
                  "KLINGON");
    for (const std::string tolerance : {"wide", "0.1", "5"})
        check_refusal(bench.run({"check", "--boundaries", boundaries, "--tolerance", tolerance}), 2,
                      "\"" + tolerance + "\"");
    check_refusal(bench.run({"weights", "--boundaries", boundaries, "--contiguity", "bishop"}), 2,
                  "bishop");
    check_refusal(bench.run({"sample", "out", "--communes", "3"}), 2, "12");
    check_refusal(bench.run({"sample", "out", "--communes", "many"}), 2, "--communes");
    CHECK_FALSE(fs::exists(bench / "a.png"));
    CHECK_FALSE(fs::exists(bench / "out"));
}

TEST_CASE("an output in an unknown format is refused before any work") {
    const Bench bench;
    const auto joined = six_joined(bench);
    check_refusal(bench.run(Words{"map"} + joined + Words{"--out", "a.bmp"}), 2, "png");
    CHECK_FALSE(fs::exists(bench / "a.bmp"));
}

TEST_CASE("unknown indicator, year and palette name what there is") {
    const Bench bench;
    const auto map = Words{"map", "--out", "a.png"} + six_joined(bench);
    check_refusal(bench.run(map + Words{"--indicator", "so_ngoui"}), 2, "so_nguoi");
    check_refusal(bench.run(map + Words{"--year", "1999"}), 2, "1999");
    check_refusal(bench.run(map + Words{"--palette", "YlOrBrown"}), 2, "YlOrBr");
    check_refusal(bench.run(map + Words{"--k", "99"}), 2, "99");
    CHECK_FALSE(fs::exists(bench / "a.png"));
}

TEST_CASE("without a display the window says what to do instead") {
    const Bench bench;
    const auto outcome = bench.run({"view", six_communes(bench).string()});
    INFO(outcome.err);
    CHECK(outcome.code != 0);
    CHECK(outcome.code < 10);
    CHECK(contains(outcome.err, "diaban map"));
}
