// Unsaved work survives a crash, and only a crash.
#include "app/document.hpp"
#include "app/layout_file.hpp"
#include "app/recovery.hpp"
#include "base/paths.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <functional>
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
void die_after(const std::function<void()>& work) {
    const int pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        work();
        _exit(9);
    }
    waitpid(pid, nullptr, 0);
}

void crash(const fs::path& folder, const app::Project& project, const fs::path& original) {
    die_after([&] {
        app::Autosave autosave(folder);
        autosave.keep(project, original);
        _exit(9);
    });
}

// A shipped layout whose title was moved where another item stands.
app::LayoutWork layout_work(const fs::path& file) {
    auto shipped = app::layout_named("official-a4-landscape");
    app::LayoutWork work{shipped.layout, shipped.layout, shipped.folder, file};
    for (auto& item : work.layout.items)
        if (item.kind != map::ItemKind::Map) item.box_mm = {20, 30, 60.5, 12};
    return work;
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

TEST_CASE("a page layout that was being changed survives a crash, right or not, beside the project") {
    test::TempFolder folder;
    const auto work = layout_work("/data/own.json");
    REQUIRE_FALSE(map::layout_faults(work.layout).empty()); // in the middle of a change
    die_after([&] {
        app::Autosave project(folder.path()), layout(folder.path());
        project.keep(unsaved_with_k(7), "/data/work.diaban");
        layout.keep(work, "/data/work.diaban");
        _exit(9);
    });
    const auto found = app::find_recoveries(folder.path());
    REQUIRE(found.size() == 2);
    CHECK_FALSE(found[0].layout); // the page is looked at on the project
    CHECK(app::load_recovery(found[0]) == unsaved_with_k(7));
    REQUIRE(found[1].layout);
    CHECK(found[1].original == "/data/own.json");
    CHECK(found[1].opened == "/data/work.diaban");
    CHECK_FALSE(found[1].ended);
    CHECK(app::load_layout_recovery(found[1]) == work);
    for (const auto& one : found) app::discard_recovery(one);
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a page layout that was saved or given up leaves nothing; an end by the system leaves it") {
    test::TempFolder folder;
    {
        app::Autosave autosave(folder.path());
        autosave.keep(layout_work({}));
        CHECK(app::find_recoveries(folder.path()).empty()); // it is still at work
        autosave.forget();
    }
    CHECK(fs::is_empty(folder.path()));
    {
        app::Autosave autosave(folder.path());
        autosave.keep(layout_work({}));
    }
    CHECK(fs::is_empty(folder.path()));
    {
        app::Autosave autosave(folder.path());
        autosave.leave(layout_work({}), "/data/work.diaban");
    }
    const auto found = app::find_recoveries(folder.path());
    REQUIRE(found.size() == 1);
    CHECK((found[0].layout && found[0].ended && found[0].original.empty()));
    CHECK(app::load_layout_recovery(found[0]) == layout_work({}));
}

TEST_CASE("what cannot be read again is no copy of a page layout: the one before stays") {
    test::TempFolder folder;
    const auto work = layout_work({});
    auto unreadable = work;
    unreadable.layout.items[0].size_pt = -1;
    die_after([&] {
        app::Autosave autosave(folder.path());
        autosave.keep(work);
        autosave.keep(unreadable);
        _exit(9);
    });
    const auto found = app::find_recoveries(folder.path());
    REQUIRE(found.size() == 1);
    CHECK(app::load_layout_recovery(found[0]) == work);
    const auto text = base::read_file(found[0].file);
    base::write_file(found[0].file, text.substr(0, text.size() / 2));
    CHECK_THROWS_AS(app::load_layout_recovery(found[0]), base::Error);
}
