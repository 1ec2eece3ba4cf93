// Opening several files, files that fail, and tables with a column for each year.
#include "app/opening.hpp"
#include "desk.hpp"

#include <fstream>
#include <sys/stat.h>

using namespace diaban;
using test::Desk;

TEST_CASE("of two files of boundaries the first is opened and the other is named") {
    Desk desk;
    const auto second = desk.folder / "khac.geojson";
    std::ofstream(second) << "{}";
    desk.document.open_all({desk.files.boundaries, second});
    desk.finish();
    REQUIRE(desk.document.dataset());
    CHECK(desk.document.dataset()->boundaries_name == desk.files.boundaries.filename().string());
    REQUIRE(desk.document.problems().size() == 1);
    CHECK(desk.document.problems().front().message.key == "error.open.one_map");
}

TEST_CASE("what cannot be opened is not kept among the recent files, and leaves nothing to undo") {
    Desk desk;
    desk.document.open_all({desk.folder / "khong-co.shp"});
    desk.finish();
    CHECK(desk.document.problems().size() == 1);
    CHECK(desk.settings.recent.empty());
    CHECK_FALSE(desk.document.history().can_undo());
    CHECK(desk.document.project().data.empty());
    desk.document.open_all({desk.files.boundaries});
    desk.finish();
    REQUIRE(desk.settings.recent.size() == 1);
}

TEST_CASE("a project is recent once its data could be read") {
    Desk desk;
    const auto lost = desk.folder / "lost.diaban";
    auto without = app::load_project(desk.files.project);
    without.data = {};
    without.data.boundaries = desk.folder / "khong-co.shp";
    app::save_project(without, lost);
    desk.document.open_all({lost});
    desk.finish();
    CHECK_FALSE(desk.document.dataset());
    CHECK(desk.settings.recent.empty());
    // Its file is found again: now it is open.
    auto found = desk.document.project();
    found.data.boundaries = desk.files.boundaries;
    desk.document.edit(found, "edit.open");
    desk.finish();
    REQUIRE(desk.document.dataset());
    CHECK(desk.settings.recent == std::vector<std::string>{lost.string()});
    desk.document.open_all({desk.files.project});
    desk.finish();
    CHECK(desk.settings.recent.front() == desk.files.project.string());
    CHECK(desk.settings.recent.size() == 2);
}

TEST_CASE("a pipe is refused, not waited for") {
    Desk desk;
    const auto pipe = desk.folder / "f.shp";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    for (const auto& what : {pipe, std::filesystem::path(desk.folder / "")}) {
        app::DataRequest request;
        request.boundaries = what;
        const auto opened = app::open_for_window(request, desk.ctx);
        REQUIRE(opened.error);
        CHECK(opened.error->message.key == "error.file.not_regular");
    }
}

TEST_CASE("columns of single years become one indicator with years, and a finding says so") {
    Desk desk;
    const auto table = desk.folder / "rong.csv";
    {
        std::ofstream out(table);
        out << "ma_xa,hr2010,hr2011,hr2012\n";
        base::JobContext ctx;
        app::DataRequest request;
        request.boundaries = desk.files.boundaries;
        const auto dataset = app::load(request, app::Need::Everything, ctx);
        for (const auto& code : dataset->vintage->units.code) out << code << ",1,2,3\n";
    }
    desk.document.open_all({desk.files.boundaries, table});
    desk.finish();
    REQUIRE(desk.document.dataset());
    const auto& cube = *desk.document.dataset()->cube;
    REQUIRE(cube.indicators.size() == 1);
    CHECK(cube.indicators[0].id == "hr");
    CHECK(cube.periods.size() == 3);
    bool said = false;
    for (const auto& f : desk.document.dataset()->findings) said |= f.key == "wide_columns";
    CHECK(said);
}
