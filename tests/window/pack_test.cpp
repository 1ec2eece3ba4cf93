// The meeting pack from the menu File: what the window writes is what the copied command writes.
#define CATCH_CONFIG_FAST_COMPILE
#include "own_sample.hpp"
#include "session.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

std::string all_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("one click makes the meeting pack, the same as the command that is copied") {
    if (!can_open_windows()) return;
    const OwnSample sample;
    Session window({.files = {sample.project.string()}});
    window.click("ui.menu.file");
    window.click("ui.pack.menu");
    window.need("ui.pack.make");
    window.choose("ui.pack.plan", 1);
    window.until("the plan", [&] {
        return window.text("pack.command").find("--plan an-giang-2011") != std::string::npos;
    });
    window.screenshot("pack");
    const auto file = sample.folder / "hop.pptx";
    window.click("ui.pack.make");
    window.pick(file);
    window.until(
        "the pack", [&] { return !window.text("pack.result").empty(); }, 240);
    INFO(window.text("pack.result"));
    REQUIRE(fs::exists(file));
    // The year on the map is none of the plan, which is said.
    CHECK(window.text("pack.result").find("an-giang-2011") != std::string::npos);
    // The command names a file of its own, in the folder where it is run.
    auto command = window.text("pack.command");
    INFO(command);
    REQUIRE(command.starts_with("diaban pack "));
    const auto folder = sample.folder / "lenh";
    fs::create_directory(folder);
    const auto done =
        run_program({"sh", "-c",
                     "cd '" + folder.string() + "' && '" + std::string(DIABAN_PROGRAM) + "'" +
                         command.substr(6) + " --quiet"});
    INFO(done.err);
    REQUIRE(done.code == 0);
    std::size_t decks = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".pptx") continue;
        ++decks;
        CHECK(all_of(entry.path()) == all_of(file));
    }
    CHECK(decks == 1);
    // A PDF as well.
    window.choose("ui.pack.format", 1);
    window.until("the other format",
                 [&] { return window.text("pack.command").find(".pdf") != std::string::npos; });
    window.click("ui.pack.make");
    window.pick(sample.folder / "hop.pdf");
    window.until(
        "the PDF", [&] { return fs::exists(sample.folder / "hop.pdf"); }, 240);
    CHECK(all_of(sample.folder / "hop.pdf").starts_with("%PDF"));
}
