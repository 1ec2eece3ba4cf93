#include "files/weights_file.hpp"

#include "base/error.hpp"
#include "base/paths.hpp"
#include "support/errors.hpp"
#include "support/geodata.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

using namespace diaban;
using namespace diaban::files;

namespace {

geo::Csr csr(const std::vector<std::vector<std::uint32_t>>& rows) {
    geo::Csr out;
    for (const auto& row : rows) {
        out.index.insert(out.index.end(), row.begin(), row.end());
        out.offset.push_back(static_cast<std::uint32_t>(out.index.size()));
    }
    return out;
}

std::string error_key(const std::filesystem::path& file, const std::vector<std::string>& id) {
    return test::thrown_key([&] { read_weights(file, id); });
}

// Links of a .gal as a set of words, by a reader that knows nothing of ours.
std::multiset<std::string> words_of(const std::filesystem::path& file, bool skip_first_line) {
    std::ifstream in(file);
    std::string word;
    if (skip_first_line) std::getline(in, word);
    std::multiset<std::string> words;
    while (in >> word) words.insert(word);
    return words;
}

} // namespace

TEST_CASE("weights files are written in GeoDa's form and read back") {
    const test::TempFolder folder;
    const auto links = csr({{1, 2}, {0}, {0}, {}});
    const std::vector<std::string> id = {"00001", "xã 4", "00007", "00010"};
    write_weights(folder / "a.gal", links, id, "my layer", "ma xa");
    CHECK(base::read_file(folder / "a.gal") ==
          "0 4 my_layer ma_xa\n00001 2\nxã_4 00007\nxã_4 1\n00001\n00007 1\n00001\n00010 0\n\n");
    CHECK(read_weights(folder / "a.gal", id).links == links);

    auto distances = links;
    distances.weight = {1.5, 0.1, 1.5, 1e-9};
    write_weights(folder / "a.gwt", distances, id, "layer", "code");
    CHECK(base::read_file(folder / "a.gwt") ==
          "0 4 layer code\n00001 xã_4 1.5\n00001 00007 0.1\nxã_4 00001 1.5\n00007 00001 1e-09\n");
    CHECK(read_weights(folder / "a.gwt", id).links == distances);
    write_weights(folder / "b.gwt", links, id, "layer", "code");
    CHECK(read_weights(folder / "b.gwt", id).links.weight == std::vector<double>{1, 1, 1, 1});
    CHECK_THROWS_AS(write_weights(folder / "c.gal", links, {"a", "a", "b", "c"}, "l", "c"),
                    base::Error);
}

TEST_CASE("a weights file that makes no sense names its line") {
    const test::TempFolder folder;
    const auto file = folder / "bad.gal";
    const std::vector<std::string> id = {"1", "2", "3"};
    const auto write = [&](const char* text) { std::ofstream(file) << text; };
    write("3\n1 1\n2\n2 1\n1\n3 0\n");
    CHECK(error_key(file, id).empty());
    CHECK(read_weights(file, id).links.rows() == 3);
    write("3\n1 1\n2\n2 1\n1\n"); // what follows is missing
    CHECK(error_key(file, id) == "error.weights.cut_short");
    write("4\n1 1\n2\n");
    CHECK(error_key(file, id) == "error.weights.count");
    write("3\n1 1\n9\n");
    CHECK(error_key(file, id) == "error.weights.unknown_id");
    write("3\n1 x\n2\n");
    CHECK(error_key(file, id) == "error.weights.bad_line");
    write("3\n1 2\n2\n");
    CHECK(error_key(file, id) == "error.weights.bad_line");
    write("");
    CHECK(error_key(file, id) == "error.weights.bad_line");
}

TEST_CASE("what a weights file gives twice is refused, for it would count double") {
    const test::TempFolder folder;
    const std::vector<std::string> id = {"a", "b", "c"};
    const auto key = [&](const char* name, const char* text) {
        std::ofstream(folder / name) << text;
        return error_key(folder / name, id);
    };
    CHECK(key("a.gal", "0 3 l c\na 1\nb\nb 1\na\nc 0\n").empty());
    CHECK(key("a.gal", "0 3 l c\na 1\nb\nb 1\na\nc 0\na 1\nb\n") == "error.weights.unit_twice");
    // As many lists as units, and one unit is missing.
    CHECK(key("a.gal", "0 3 l c\na 1\nb\nb 1\na\na 1\nc\n") == "error.weights.unit_twice");
    CHECK(key("a.gal", "0 3 l c\na 2\nb b\nb 1\na\nc 0\n") == "error.weights.link_twice");
    CHECK(key("a.gwt", "0 3 l c\na b 1\nb a 1\na b 2\n") == "error.weights.link_twice");
    CHECK(key("a.gwt", "0 3 l c\na b 1\nb a 1\n").empty());
    // A unit among its own neighbours is none of them.
    REQUIRE(key("a.gal", "0 3 l c\na 2\na b\nb 2\nb a\nc 1\nc\n").empty());
    CHECK(read_weights(folder / "a.gal", id).links == csr({{1}, {0}, {}}));
}

TEST_CASE("units of a bare weights file may be numbered in their order") {
    const test::TempFolder folder;
    const auto file = folder / "n.gal";
    const auto write = [&](const char* text) { std::ofstream(file) << text; };
    const std::vector<std::string> id = {"00010", "00020", "00030"};
    const auto chain = csr({{1}, {0, 2}, {1}});
    for (const char* text : {"3\n0 1\n1\n1 2\n0 2\n2 1\n1\n", "3\n1 1\n2\n2 2\n1 3\n3 1\n2\n"}) {
        write(text);
        const auto read = read_weights(file, id);
        CHECK(read.by_order);
        CHECK(read.links == chain);
    }
    // Codes that are there are codes.
    CHECK_FALSE([&] {
        write("3\n1 1\n2\n2 2\n1 3\n3 1\n2\n");
        return read_weights(file, {"3", "2", "1"}).by_order;
    }());
    // A file that names a layer and a column speaks of its codes.
    write("0 3 layer code\n0 1\n1\n1 2\n0 2\n2 1\n1\n");
    CHECK(error_key(file, id) == "error.weights.unknown_id");
    write("3\n0 1\n1\n1 2\n0 2\n2 1\n9\n");
    CHECK(error_key(file, id) == "error.weights.unknown_id");
}

TEST_CASE("weights of units for themselves are no neighbours") {
    const test::TempFolder folder;
    const auto file = folder / "k.gwt";
    auto links = csr({{1}, {0}});
    links.weight = {0.25, 0.25};
    write_weights(file, links, {"a", "b"}, "l", "c", {0.75, 0.75});
    const auto read = read_weights(file, {"a", "b"});
    CHECK(read.links == links);
    CHECK(read.own == std::vector<double>{0.75, 0.75});
    std::ofstream(file) << "0 2 l c\na b -1\n";
    CHECK(error_key(file, {"a", "b"}) == "error.weights.bad_line");
}

TEST_CASE("the published weights files read with all of their links") {
    struct Case {
        std::string file;
        std::size_t units, links;
        int first_id;
    };
    // Numbers of links: sum of the counts in the files, as spdep's read.gal reports them.
    for (const Case& c : {Case{"benchmarks/sids/ncCC89.gal", 100, 394, 0},
                          Case{"benchmarks/sids/ncCR85.gal", 100, 492, 0},
                          Case{"benchmarks/columbus/columbus.gal", 49, 236, 1},
                          Case{"benchmarks/ny8/NY_nb.gal", 281, 1522, 0}}) {
        const auto file = test::geodata(c.file);
        if (!file) continue;
        INFO(c.file);
        std::vector<std::string> id;
        if (c.units == 100)
            for (int i = 0; i < 100; ++i) id.push_back(std::to_string(37001 + 2 * i));
        else
            for (std::size_t i = 0; i < c.units; ++i)
                id.push_back(std::to_string(c.first_id + static_cast<int>(i)));
        const auto links = read_weights(*file, id).links;
        CHECK(links.rows() == c.units);
        CHECK(links.index.size() == c.links);
        for (std::size_t i = 0; i < links.rows(); ++i)
            for (const auto j : links.row(i)) {
                const auto back = links.row(j);
                CHECK(std::binary_search(back.begin(), back.end(), static_cast<std::uint32_t>(i)));
            }
        const test::TempFolder folder;
        write_weights(folder / "again.gal", links, id, "x", "y");
        CHECK(words_of(folder / "again.gal", true) == words_of(*file, true));
    }
}
