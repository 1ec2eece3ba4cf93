#include "app/missing_files.hpp"
#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using app::MissingFile;
namespace fs = std::filesystem;

namespace {

void touch(const fs::path& file) {
    fs::create_directories(file.parent_path());
    base::write_file(file, "x");
}

// old/: xa.shp, bang.csv, diem/kcn.shp, diem/song.shp.
app::Project project_in(const fs::path& folder) {
    app::Project p;
    p.title = "T";
    p.data.boundaries = folder / "xa.shp";
    p.data.db = folder / "bang.csv";
    p.data.key = "ma";
    p.data.places = {{folder / "diem/kcn.shp", "industrial_zone"}};
    app::LineLayer river;
    river.file = folder / "diem/song.shp";
    p.lines = {river};
    return p;
}

} // namespace

TEST_CASE("missing files are named by what they are; one that is found brings its neighbours") {
    const test::TempFolder temp;
    const auto old = temp / "old", now = temp / "new place";
    const auto before = project_in(old);
    REQUIRE(app::missing_files(before).size() == 4);
    CHECK(app::missing_files(before)[0].role == MissingFile::Role::Boundaries);
    CHECK(app::missing_files({}).empty());
    touch(now / "ranh.shp");     // renamed
    touch(now / "diem/kcn.shp"); // in the same place from there
    touch(now / "song.shp");     // in one heap with the others
    const auto found =
        app::with_file_found(before, app::missing_files(before)[0], now / "ranh.shp");
    CHECK(found.data.boundaries == now / "ranh.shp");
    CHECK(found.data.places[0].file == now / "diem/kcn.shp");
    CHECK(found.lines[0].file == now / "song.shp");
    const auto left = app::missing_files(found);
    REQUIRE(left.size() == 1);
    CHECK(left[0] == MissingFile{MissingFile::Role::Table, 0, old / "bang.csv"});
    // Everything else is as it was.
    auto same = found;
    same.data.boundaries = before.data.boundaries;
    same.data.places = before.data.places;
    same.lines = before.lines;
    CHECK(same == before);
    // Saved beside the files, the paths are relative, and the project moves with them.
    app::save_project(found, now / "p.diaban");
    const auto text = base::read_file(now / "p.diaban");
    CHECK(text.find("\"ranh.shp\"") != std::string::npos);
    CHECK(text.find(now.string()) == std::string::npos);
}

TEST_CASE("files that are there keep their places") {
    const test::TempFolder temp;
    const auto old = temp / "old", now = temp / "new";
    touch(old / "bang.csv");
    touch(now / "bang.csv");
    touch(now / "xa.shp");
    const auto project = project_in(old);
    const auto found =
        app::with_file_found(project, app::missing_files(project)[0], now / "xa.shp");
    CHECK(found.data.db == old / "bang.csv");
}

TEST_CASE("a project can do without a table, places, lines and rules, not without boundaries") {
    const auto project = project_in("/nowhere");
    for (const auto& missing : app::missing_files(project)) {
        const auto without = app::without_file(project, missing);
        const auto fewer = app::missing_files(without).size();
        CHECK(fewer == (missing.role == MissingFile::Role::Boundaries ? 4U : 3U));
    }
    CHECK(app::nearest_folder("/no/such/folder/a.shp") == "/");
}

TEST_CASE("a file that is not there is said in terms of the project") {
    const auto project = project_in("/nowhere/at all");
    const base::Error error(base::ErrorKind::Input, "error.file.missing",
                            {{"file", std::string("/nowhere/at all/bang.csv")}});
    const auto said = app::explained(error, project, "/home/p.diaban");
    CHECK(said.kind == base::ErrorKind::Input);
    CHECK(said.message.key == "error.project.missing_file");
    CHECK(said.message.args == base::Args{{"project", std::string("p.diaban")},
                                          {"file", std::string("bang.csv")},
                                          {"folder", std::string("/nowhere/at all")},
                                          {"flag", std::string("--db")}});
    const base::Error other(base::ErrorKind::Input, "error.file.missing",
                            {{"file", std::string("/else.csv")}});
    CHECK(app::explained(other, project, "/home/p.diaban").message == other.message);
}
