#include "app/project.hpp"
#include "app/sample.hpp"
#include "base/paths.hpp"
#include "files/boundaries.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
namespace fs = std::filesystem;

namespace {

app::SampleFiles written(std::uint64_t seed, const fs::path& folder) {
    base::JobContext ctx;
    return app::write_sample(app::make_sample({40, seed}, ctx), folder, ctx);
}

} // namespace

TEST_CASE("a sample province becomes files that read back") {
    const test::TempFolder folder;
    const auto files = written(1, folder / "mới" / "tỉnh mẫu");
    base::JobContext ctx;
    for (const auto& [file, units] :
         {std::pair(files.boundaries, 40u), std::pair(files.boundaries_after, 26u)}) {
        const auto raw = files::read_boundaries({.file = file}, ctx);
        CHECK(raw.units.size() == units);
        CHECK(raw.encoding == "UTF-8");
        CHECK(raw.crs.epsg_code() == 4326);
        CHECK(raw.findings.empty());
        CHECK(raw.units.code[0].size() == 6);
        CHECK(raw.units.code[0].starts_with("0000"));
        CHECK(raw.units.group_of(data::Level::Province, 0)->name == "Tỉnh mẫu");
    }
    const files::Store store(files.store);
    CHECK(store.info().sample);
    CHECK(store.info().vintages == std::vector<std::string>{"2009", "2025"});
    CHECK(store.info().periods.size() == 17);
    CHECK(store.read_crosswalks().size() == 1);

    const auto project = app::load_project(files.project);
    CHECK(fs::equivalent(project.data.store, files.store));
    CHECK(project.map.indicator == "ST01");
    CHECK(project.map.period == data::Period{2015});
    CHECK(base::read_file(files.project).find(folder.path().string()) == std::string::npos);

    const auto truth = base::read_file(files.truth);
    CHECK(truth.find("\"sample\": true") != std::string::npos);
    CHECK(truth.find("relative_risk") != std::string::npos);
}

TEST_CASE("the same seed writes the same shapefiles byte for byte") {
    const test::TempFolder folder;
    const auto a = written(1, folder / "a"), b = written(1, folder / "b"),
               c = written(2, folder / "c");
    for (const char* extension : {".shp", ".dbf", ".shx", ".cpg", ".prj"}) {
        const auto bytes = [&](fs::path file) {
            return base::read_file(file.replace_extension(extension));
        };
        CHECK(bytes(a.boundaries) == bytes(b.boundaries));
        CHECK(bytes(a.zones) == bytes(b.zones));
    }
    CHECK(base::read_file(a.truth) == base::read_file(b.truth));
    CHECK(base::read_file(a.boundaries) != base::read_file(c.boundaries));
}

TEST_CASE("a folder that cannot be made is an error of writing") {
    const test::TempFolder folder;
    base::write_file(folder / "file", "x");
    try {
        written(1, folder / "file" / "below");
        FAIL("no error");
    } catch (const base::Error& e) {
        CHECK(e.kind == base::ErrorKind::Write);
    }
}

TEST_CASE("a sample that nobody changed is written anew, and one that somebody changed is not") {
    const test::TempFolder folder;
    const auto at = folder / "mau";
    const auto refused = [&] {
        return test::thrown_key([&] { written(2, at); }, base::ErrorKind::Usage);
    };
    auto files = written(1, at);
    const auto first = base::read_file(files.truth);
    CHECK(refused().empty()); // another seed over an untouched one
    CHECK(base::read_file(files.truth) != first);
    for (const auto& file : {files.project, files.store, files.places,
                             fs::path(files.boundaries).replace_extension(".dbf")}) {
        INFO(file.string());
        written(1, at);
        const auto before = base::read_file(file), store = base::read_file(files.store);
        base::write_file(file, before + " ");
        CHECK(refused() == "error.sample.changed");
        CHECK(base::read_file(file) == before + " "); // as it was left
        if (file != files.store) CHECK(base::read_file(files.store) == store);
        base::JobContext ctx;
        app::write_sample(app::make_sample({40, 1}, ctx), at, ctx, true);
        CHECK(base::read_file(file) == before);
    }
    // What was taken away is no work that could be lost; a project of that name that no sample
    // wrote is.
    fs::remove(files.store);
    CHECK(refused().empty());
    CHECK(fs::exists(files.store));
    const auto other = folder / "khac";
    fs::create_directory(other);
    base::write_file(other / "tinh_mau.diaban", "{}");
    CHECK(test::thrown_key([&] { written(1, other); }, base::ErrorKind::Usage) ==
          "error.sample.changed");
    CHECK_FALSE(fs::exists(other / "tinh_mau.sqlite"));
}
