// What a pack refuses: numbers of its pages that are not the same. Each check is given a pack that
// is right, then one with a single number changed.
#include "app/commands/pack.hpp"

#include "app/sample.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

const app::Language& pack_language() {
    static const auto language = app::Language::load("en");
    return *language;
}

app::Pack sample_pack() {
    const test::TempFolder folder;
    base::JobContext ctx;
    app::PackRequest request;
    request.data.store =
        app::write_sample(app::make_sample({.communes = 156, .seed = 1}, ctx), folder.path(), ctx)
            .store;
    request.data.use_cache = false;
    request.period = {2011, 0};
    request.before = {2010, 0};
    request.plan = "an-giang-2011";
    request.out = "a.pdf";
    return app::make_pack(request, app::load(request.data, app::Need::Picture, ctx),
                          pack_language(), ctx);
}

app::PackPage& page_named(app::Pack& pack, const std::string& id) {
    for (auto& page : pack.pages)
        if (page.id == id) return page;
    FAIL("no page " << id);
    throw 0;
}

std::string pack_refusal(const app::Pack& pack) {
    return test::thrown_key([&] { app::check_pack(pack, pack_language()); });
}

} // namespace

TEST_CASE("a pack whose pages disagree is refused") {
    const auto right = sample_pack();
    app::check_pack(right, pack_language());
    SECTION("a number of the first page") {
        auto wrong = right;
        auto& figures = page_named(wrong, "title").figures;
        REQUIRE(figures.size() >= 3);
        ++figures[1].count;
        CHECK(pack_refusal(wrong) == "error.pack.disagrees");
    }
    SECTION("a commune in another colour on the map, which its legend counts so") {
        auto wrong = right;
        auto& style = page_named(wrong, "status-drug").page.scene.style;
        const auto from = style.entry_of.front();
        const auto to = static_cast<std::uint16_t>(from == 0 ? 1 : 0);
        style.entry_of.front() = to;
        --style.entries[from].count;
        ++style.entries[to].count;
        CHECK(pack_refusal(wrong) == "error.pack.disagrees");
    }
    SECTION("a legend that does not count what is drawn") {
        auto wrong = right;
        ++page_named(wrong, "status-drug").page.scene.style.entries.front().count;
        CHECK(pack_refusal(wrong) == "error.legend.disagrees");
    }
    SECTION("a cell of the matrix") {
        auto wrong = right;
        ++*page_named(wrong, "matrix-drug").table.rows.front()[1].count;
        CHECK(pack_refusal(wrong) == "error.pack.sum");
    }
    SECTION("a cell of the matrix with all its sums") {
        auto wrong = right;
        auto& rows = page_named(wrong, "matrix-drug").table.rows;
        ++*rows.front()[1].count;
        ++*rows.front().back().count;
        ++*rows.back()[1].count;
        ++*rows.back().back().count;
        CHECK(pack_refusal(wrong) == "error.pack.disagrees");
    }
    SECTION("a target") {
        auto wrong = right;
        auto& figures = page_named(wrong, "targets").figures;
        REQUIRE_FALSE(figures.empty());
        ++figures.front().count;
        CHECK(pack_refusal(wrong) == "error.pack.disagrees");
    }
    SECTION("what a commune is, in the table of the highest values") {
        auto wrong = right;
        auto& cell = page_named(wrong, "top").table.rows.front().back();
        REQUIRE_FALSE(cell.key.empty());
        cell.text += "?";
        CHECK(pack_refusal(wrong) == "error.pack.disagrees");
    }
    SECTION("how many communes are near, and how many clusters hold") {
        for (const std::string id : {"near", "hotspots"}) {
            auto wrong = right;
            ++page_named(wrong, id).figures.front().count;
            CHECK(pack_refusal(wrong) == "error.pack.disagrees");
        }
    }
}

TEST_CASE("all pages of a pack are of one dataset, and its figures are named once") {
    const auto pack = sample_pack();
    for (const auto& page : pack.pages) CHECK(page.page.scene.vintage == pack.dataset->vintage);
    const auto figures = app::figures_of(pack);
    for (std::size_t i = 1; i < figures.size(); ++i) CHECK(figures[i - 1].key < figures[i].key);
    CHECK(figures.size() > 20);
}

TEST_CASE("a target that units are missing for is undecided, not without data") {
    auto pack = sample_pack();
    bool found = false;
    for (const auto& row : page_named(pack, "targets").table.rows) {
        if (row.front().text == "AG-1") CHECK(row.back().text == "no data");
        if (row.front().text != "AG-5b") continue;
        found = true;
        INFO(row[3].text);
        CHECK(row[3].text.starts_with("1 (2010 to 2011); "));
        CHECK(row.back().text == "cannot be told yet");
    }
    CHECK(found);
}
