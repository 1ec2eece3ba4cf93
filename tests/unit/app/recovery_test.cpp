// Unsaved work survives a crash, and only a crash.
#include "app/document.hpp"
#include "app/recovery.hpp"
#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

using namespace diaban;
namespace fs = std::filesystem;

namespace {

app::Project unsaved_with_k(int k) {
    app::Project project;
    project.data.boundaries = "/data/communes.shp";
    project.map.k = k;
    return project;
}

// A program that keeps its work and dies.
void crash(const fs::path& folder, const app::Project& project, const fs::path& original) {
    const int pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        app::Autosave autosave(folder);
        autosave.keep(project, original);
        _exit(9);
    }
    waitpid(pid, nullptr, 0);
}

} // namespace

TEST_CASE("the work of a program that crashed is found, once, and is the same") {
    test::TempFolder folder;
    crash(folder.path(), unsaved_with_k(7), "/data/work.diaban");
    const auto found = app::find_recoveries(folder.path());
    REQUIRE(found.size() == 1);
    CHECK(found[0].original == "/data/work.diaban");
    CHECK(found[0].time > 1'600'000'000);
    CHECK(app::load_recovery(found[0]) == unsaved_with_k(7));
    app::discard_recovery(found[0]);
    CHECK(app::find_recoveries(folder.path()).empty());
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a program that runs or ended in order leaves nothing to recover") {
    test::TempFolder folder;
    {
        app::Autosave autosave(folder.path());
        autosave.keep(unsaved_with_k(3), {});
        CHECK(app::find_recoveries(folder.path()).empty()); // it is still at work
    }
    CHECK(app::find_recoveries(folder.path()).empty());
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("saved work is forgotten; damaged copies are passed over; no folder is no error") {
    test::TempFolder folder;
    app::Autosave autosave(folder.path());
    autosave.keep(unsaved_with_k(3), {});
    autosave.forget();
    base::write_file(folder / "1-1.recovery", "{\"diaban_recovery\": 1, \"orig");
    CHECK(app::find_recoveries(folder.path()).empty());
    app::Autosave nowhere{fs::path()};
    nowhere.keep(unsaved_with_k(4), {});
    CHECK(app::find_recoveries("/nonexistent").empty());
}

TEST_CASE("recovered work belongs to its file, is unsaved, and can be undone") {
    test::TempFolder folder;
    const auto file = folder / "work.diaban";
    app::save_project(unsaved_with_k(3), file);
    crash(folder / "recovery", unsaved_with_k(7), file);
    app::Settings settings;
    app::Document document(settings);
    document.recover(app::find_recoveries(folder / "recovery").at(0));
    CHECK(document.project().map.k == 7);
    CHECK(document.file() == file);
    CHECK(document.unsaved_work());
    CHECK(app::find_recoveries(folder / "recovery").empty());
    document.undo();
    CHECK(document.project().map.k == 3);
    CHECK_FALSE(document.unsaved_work());
}

TEST_CASE("looking at a file is no work; choosing something is") {
    app::Settings settings;
    app::Document document(settings);
    app::DataRequest data;
    data.boundaries = "/nonexistent.shp";
    document.open_data(data, "edit.open");
    document.set_period({2012, 0});
    CHECK_FALSE(document.unsaved_work());
    auto next = document.project();
    next.map.k = 9;
    document.edit(next, "edit.classes");
    CHECK(document.unsaved_work());
    document.undo();
    CHECK_FALSE(document.unsaved_work());
    document.jobs().cancel_all();
}
