#include "app/manifest.hpp"

#include "app/commands/verify.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

using namespace diaban;
namespace fs = std::filesystem;

namespace {

app::Manifest full_manifest() {
    const files::Digest digest{std::string(64, 'a'), 12};
    return {"diaban 0.1.0",
            {"map", "--boundaries", "dữ liệu/xã.shp", "--out", "bản đồ.png", "--lang", "vi"},
            "public",
            "7",
            {{"nqlt-01-2008", "1"}},
            {{"NotoSans-Regular.ttf", std::string(64, 'b')}},
            {{"dữ liệu/xã.dbf", digest}, {"dữ liệu/xã.shp", digest}},
            {{"bản đồ.png", digest}}};
}

void put_text(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

// The environment as it was, when this goes.
class Variable {
public:
    Variable(const char* name, const std::string& value) : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old, had_ = true;
        setenv(name, value.c_str(), 1);
    }
    ~Variable() { had_ ? setenv(name_, old_.c_str(), 1) : unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
    std::string old_;
    bool had_ = false;
};

} // namespace

TEST_CASE("a manifest comes back as it was written") {
    const auto manifest = full_manifest();
    CHECK(app::parse_manifest(app::manifest_json(manifest), "m.json") == manifest);
}

TEST_CASE("what is no manifest is said to be none, with its place") {
    const auto key = [](const std::string& text) {
        return test::thrown_key([&] { app::parse_manifest(text, "m.json"); },
                                base::ErrorKind::Data);
    };
    CHECK(key("") == "error.json.syntax");
    CHECK(key("{}") == "error.json.bad");
    CHECK(key("[1]") == "error.json.bad");
    const auto good = app::manifest_json(full_manifest());
    const auto with = [&](const std::string& from, const std::string& to) {
        auto text = good;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        return text.replace(at, from.size(), to);
    };
    CHECK(key(with("\"manifest\": 1", "\"manifest\": 2")) == "error.manifest.newer");
    CHECK(key(with("\"bytes\": 12", "\"bytes\": -1")) == "error.json.bad");
    CHECK(key(with(std::string(64, 'a'), "aa")) == "error.json.bad");
    // A manifest from elsewhere may not make anybody read or compare another place.
    CHECK(key(with("bản đồ.png\",\n      \"bytes", "/etc/passwd\",\n      \"bytes")) ==
          "error.json.bad");
}

TEST_CASE("a file is named as seen from the folder, and never through a home or the root") {
    const test::TempFolder folder;
    put_text(folder / "a/b/x.shp", "");
    put_text(folder / "c/y.csv", "");
    CHECK(app::portable_name(folder / "a/b/x.shp", folder / "a") == "b/x.shp");
    CHECK(app::portable_name(folder / "c/y.csv", folder / "a/b") == "../../c/y.csv");
    CHECK(app::portable_name(folder / "a/b/../b/x.shp", folder / "a/b") == "x.shp");
    CHECK(app::portable_name("/usr/share/y.csv", folder.path()) == "y.csv");
    const Variable user("USER", "c");
    CHECK(app::portable_name(folder / "c/y.csv", folder / "a/b") == "y.csv");
    CHECK(app::portable_name(folder / "c/y.csv", folder / "c") == "y.csv");
    const Variable home("HOME", (folder / "a").string());
    CHECK(app::portable_name(folder / "a/b/x.shp", folder / "c") == "x.shp");
    // Found again there, or right in the folder.
    CHECK(app::named_file("b/x.shp", folder / "a") == folder / "a/b/x.shp");
    CHECK(app::named_file("đâu đó/x.shp", folder / "a/b") == folder / "a/b/x.shp");
}

TEST_CASE("inputs of one name from several folders have names of their own") {
    const test::TempFolder folder;
    for (const char* file : {"lan/a/xa.shp", "lan/a/xa.dbf", "lan/b/xa.shp", "lan/b/xa.dbf",
                             "lan/b/xa.cpg", "ra/y.csv"})
        put_text(folder / file, "");
    const Variable user("USER", "lan");
    const app::InputNames names({folder / "lan/b/xa.shp", folder / "lan/a/xa.shp"}, folder / "ra");
    CHECK(names.all().size() == 5);
    CHECK(names.of(folder / "lan/a/xa.shp") == "xa.shp");
    CHECK(names.of(folder / "lan/a/xa.dbf") == "xa.dbf");
    CHECK(names.of(folder / "lan/b/xa.shp") == "2/xa.shp");
    CHECK(names.of(folder / "lan/b/xa.dbf") == "2/xa.dbf");
    CHECK(names.of(folder / "lan/b/xa.cpg") == "2/xa.cpg"); // stays with its shapefile
    CHECK(names.of(folder / "ra/y.csv") == "y.csv");
}

TEST_CASE("inputs that lie elsewhere are known by their bytes") {
    const test::TempFolder folder;
    const Variable cache("XDG_CACHE_HOME", (folder / "cache").string());
    const Variable user("USER", "lan");
    put_text(folder / "lan/a/xa.shp", "1"), put_text(folder / "lan/a/xa.dbf", "2");
    put_text(folder / "lan/b/xa.shp", "3"), put_text(folder / "lan/b/xa.dbf", "4");
    base::JobContext ctx;
    const auto beside = folder / "ra";
    const app::InputNames names({folder / "lan/a/xa.shp", folder / "lan/b/xa.shp"}, beside);
    app::Manifest manifest;
    manifest.request = {"map", "--boundaries", "xa.shp", "--to-boundaries", "2/xa.shp"};
    manifest.inputs = app::digests_of(names, ctx);
    const auto found = [&](const std::vector<fs::path>& folders = {}) {
        return app::find_inputs(manifest, beside, folders, ctx);
    };
    const auto refused = [&](const std::vector<fs::path>& folders = {}) {
        return test::thrown_key([&] { found(folders); }, base::ErrorKind::Input);
    };
    CHECK(refused() == "error.verify.input_missing");
    CHECK(refused({folder / "none"}) == "error.file.missing");

    // Nothing moved since the manifest was written.
    app::remember_inputs(manifest.inputs, names);
    auto now = found();
    REQUIRE(now.size() == 4);
    CHECK(now.at("xa.shp").file == folder / "lan/a/xa.shp");
    CHECK(now.at("2/xa.dbf").file == folder / "lan/b/xa.dbf");
    for (const auto& [name, input] : now) CHECK_FALSE(input.changed);
    put_text(folder / "lan/b/xa.dbf", "5");
    now = found();
    CHECK(now.at("2/xa.dbf").changed);
    CHECK_FALSE(now.at("2/xa.shp").changed);
    CHECK_FALSE(now.at("xa.dbf").changed);
    put_text(folder / "lan/b/xa.dbf", "4");

    // The data moved. Of two shapefiles with the same shapes the one with the right table counts,
    // and the table is the one beside the shapes.
    fs::rename(folder / "lan", folder / "mai");
    CHECK(refused() == "error.verify.input_missing");
    CHECK(refused({folder / "mai/a"}) == "error.verify.input_missing");
    put_text(folder / "mai/0/xa.shp", "1"), put_text(folder / "mai/0/xa.dbf", "9");
    for (const auto& folders : {std::vector<fs::path>{folder / "mai"},
                                std::vector<fs::path>{folder / "mai/b", folder / "mai/a"}}) {
        now = found(folders);
        CHECK(now.at("xa.shp").file == folder / "mai/a/xa.shp");
        CHECK(now.at("xa.dbf").file == folder / "mai/a/xa.dbf");
        CHECK(now.at("2/xa.shp").file == folder / "mai/b/xa.shp");
        for (const auto& [name, input] : now) CHECK_FALSE(input.changed);
    }
    put_text(folder / "mai/z/xa.dbf", "2"), put_text(folder / "mai/a/xa.dbf", "8");
    CHECK(found({folder / "mai"}).at("xa.dbf").changed);
}

TEST_CASE("what comes out otherwise, was edited, is gone or is new is told apart") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const app::VerifyRequest request{folder / "m.json", {}};
    app::VerifyReport report;
    report.program = report.manifest.program = app::program_title();
    const auto output = [&](const char* name, const std::string& bytes) {
        report.manifest.outputs.push_back({name, files::digest_of(bytes)});
    };
    const app::PrivateFolder again;
    output("same.png", "1"), put_text(again.place("same.png"), "1");
    output("gone_here.png", "1"), put_text(again.place("gone_here.png"), "1");
    output("drawn.png", "1"), put_text(again.place("drawn.png"), "2");
    output("edited.png", "1"), put_text(again.place("edited.png"), "1");
    output("../not.png", "1"), again.place("../not.png");
    put_text(again.place("x/new.png"), "1");
    put_text(folder / "same.png", "1");
    put_text(folder / "edited.png", "3");
    app::compare_outputs(report, request, again, ctx);
    CHECK(report.same == std::vector<std::string>{"same.png", "gone_here.png"});
    using Difference = app::VerifyReport::Difference;
    CHECK(report.differs == std::vector<Difference>{{"drawn.png", "drawn"},
                                                    {"edited.png", "edited"},
                                                    {"../not.png", "not_drawn"},
                                                    {"x/new.png", "new"}});
    // All that is made again lies in the one folder, whatever the names say.
    for (const char* name : {"../../x", "/etc/x", "a/../../../x"})
        CHECK(again.place(name).lexically_relative(again.path()).begin()->string() != "..");
    CHECK((fs::status(again.path()).permissions() & fs::perms::others_all) == fs::perms::none);
}
