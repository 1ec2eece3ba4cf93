#include "gui/probe.hpp"

#include "base/paths.hpp"
#include "gui/file_dialog.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

TEST_CASE("the probe writes what a frame showed, and only when it changed") {
    const test::TempFolder folder;
    const auto file = folder / "items.jsonl";
    gui::Probe probe(file);
    auto frame = [&](const char* name) {
        probe.begin_frame();
        probe.item(name, 1, 2, 3, 4);
        probe.state("text", "a \"b\"\n");
        probe.end_frame(true);
        return base::read_file(file);
    };
    const std::string first = frame("one");
    CHECK(first.find(R"({"item":"one","x0":1.0,"y0":2.0,"x1":3.0,"y1":4.0)") != std::string::npos);
    CHECK(first.find(R"("text":"a \"b\"\u000a")") != std::string::npos);
    CHECK(first.find(R"({"settled":true})") != std::string::npos);
    CHECK(frame("one") == first);
    CHECK(frame("two") != first);
}

TEST_CASE("the probe names words that do not fit, of the latest frame alone") {
    const test::TempFolder folder;
    gui::Probe probe(folder / "items.jsonl");
    probe.begin_frame();
    probe.cut("ui.menu.file");
    probe.cut("ui.close");
    probe.end_frame(true);
    CHECK(base::read_file(folder / "items.jsonl")
              .find(R"({"state":"cuts","text":"ui.menu.file ui.close"})") != std::string::npos);
    probe.begin_frame();
    probe.end_frame(true);
    CHECK(base::read_file(folder / "items.jsonl").find(R"({"state":"cuts","text":""})") !=
          std::string::npos);
}

TEST_CASE("a probe without a file does nothing") {
    gui::Probe probe({});
    CHECK_FALSE(probe.on());
    probe.begin_frame();
    probe.item("x", 0, 0, 1, 1);
    probe.end_frame(true);
}

TEST_CASE("the file dialog knows what can be opened, whatever the case") {
    for (const char* name :
         {"a.shp", "a.SHP", "a.shp.zip", "x.gpkg", "b.diaban", "số liệu.xlsx", "c.csv"})
        CHECK(gui::can_open(name));
    for (const char* name : {"a.png", "a", "a.dbf.bak"}) CHECK_FALSE(gui::can_open(name));
}
