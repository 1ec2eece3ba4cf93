// Further vintages, crosswalks, names, agencies and places of a store that is there already.
#include "files/store_vintage.hpp"

#include "base/paths.hpp"
#include "files/store_check.hpp"
#include "files/store_records.hpp"
#include "files/store_update.hpp"
#include "import_support.hpp"
#include "support/errors.hpp"
#include "support/process.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace diaban;
using namespace diaban::files;

namespace {

struct VintageStore {
    test::TempFolder folder;
    std::filesystem::path store = folder / "store.sqlite";
    base::JobContext ctx;
    base::Findings findings;
    VintageStore() {
        auto content = test::empty_store(20);
        content.vintages[0].from = {2009, 1, 1};
        data::Indicator indicator;
        indicator.id = "DR01";
        content.cubes.emplace_back("2009", std::vector{indicator},
                                   std::vector<data::Period>{{2010, 0}}, std::size_t{20});
        content.cubes[0].set(0, 0, 3, 17, data::Cell::Observed);
        write_store(store, content, ctx);
    }
    bool clean() { return check_store(store, ctx).findings.empty(); }
    StoredVintage reform(const char* id = "2025") {
        auto vintage = test::empty_store(5).vintages[0];
        vintage.id = id;
        vintage.from = {2025, 7, 1};
        return vintage;
    }
};

std::string printed_by(const std::string& command) {
    return test::run_program({"sh", "-c", command}, {}).out;
}

// Each of twenty communes wholly into one of five.
data::Crosswalk twenty_into_five() {
    data::Crosswalk crosswalk;
    crosswalk.from = "2009";
    crosswalk.to = "2025";
    crosswalk.to_units = 5;
    for (std::uint32_t i = 0; i < 20; ++i) {
        crosswalk.weight.index.push_back(i % 5);
        crosswalk.weight.weight.push_back(1);
        crosswalk.weight.offset.push_back(i + 1);
    }
    return crosswalk;
}

} // namespace

TEST_CASE("a further vintage ends the one before it and leaves its observations in place") {
    VintageStore f;
    add_vintage(f.store, f.reform(), f.findings, f.ctx);
    REQUIRE(f.findings.size() == 1);
    CHECK(f.findings[0].key == "vintage_ended");
    const Store store(f.store);
    CHECK(store.info().vintages == std::vector<std::string>{"2009", "2025"});
    CHECK(store.vintage_dates("2009").second == data::Date{2025, 7, 1});
    CHECK(store.read_vintage("2025", f.ctx).soup.faces() == 5);
    CHECK(store.read_cube("2009", store.read_units("2009"), {}, f.ctx).value(0, 0, 3) == 17);
    CHECK(f.clean());
    CHECK(printed_by("ogrinfo -ro -so '" + f.store.string() + "' unit_2025")
              .find("Feature Count: 5") != std::string::npos);
}

TEST_CASE("an older vintage goes before those that are there") {
    VintageStore f;
    auto older = f.reform("2004");
    older.from = {2004, 8, 31};
    older.until = {2009, 1, 1};
    add_vintage(f.store, older, f.findings, f.ctx);
    CHECK(f.findings.empty());
    CHECK(Store(f.store).info().vintages == std::vector<std::string>{"2004", "2009"});
    const auto bytes = base::read_file(f.store);
    CHECK(test::thrown_key([&] { add_vintage(f.store, older, f.findings, f.ctx); }) ==
          "error.store.vintage_exists");
    CHECK(base::read_file(f.store) == bytes);
    CHECK(f.clean());
}

TEST_CASE("a vintage added by mistake is taken out, and the store is as it was") {
    VintageStore f;
    add_vintage(f.store, f.reform(), f.findings, f.ctx);
    f.findings.clear();
    const auto bytes = base::read_file(f.store);
    CHECK(remove_vintage(f.store, "2025", true, f.findings, f.ctx) == 5);
    CHECK(base::read_file(f.store) == bytes); // it only looked
    const auto told = f.findings;
    REQUIRE(told.size() == 1);
    CHECK(told[0].key == "vintage_reopened");
    f.findings.clear();
    CHECK(remove_vintage(f.store, "2025", false, f.findings, f.ctx) == 5);
    REQUIRE(f.findings.size() == 1);
    CHECK(f.findings[0].args == told[0].args);
    {
        const Store store(f.store);
        CHECK(store.info().vintages == std::vector<std::string>{"2009"});
        CHECK(store.vintage_dates("2009").second == data::Date{});
        CHECK(store.read_cube("2009", store.read_units("2009"), {}, f.ctx).value(0, 0, 3) == 17);
    }
    CHECK(f.clean());
    // Other programs see neither its layer nor its units, and the store has no indexes of our own.
    const auto layers = printed_by("ogrinfo -ro -q '" + f.store.string() + "'");
    CHECK(layers.find("unit_2009") != std::string::npos);
    CHECK(layers.find("unit_2025") == std::string::npos);
    CHECK(printed_by("ogrinfo -ro -so '" + f.store.string() + "' unit").find("Feature Count: 20") !=
          std::string::npos);
    CHECK(open_store(f.store).integer("SELECT count(*) FROM sqlite_master WHERE name LIKE "
                                      "'removal%'") == 0);
    // The right one under the same name.
    add_vintage(f.store, f.reform(), f.findings, f.ctx);
    CHECK(Store(f.store).read_vintage("2025", f.ctx).soup.faces() == 5);
    CHECK(f.clean());
}

TEST_CASE("a vintage between two others leaves no gap") {
    VintageStore f;
    auto between = f.reform("2019");
    between.from = {2019, 1, 1};
    add_vintage(f.store, between, f.findings, f.ctx);
    add_vintage(f.store, f.reform(), f.findings, f.ctx);
    remove_vintage(f.store, "2019", false, f.findings, f.ctx);
    const Store store(f.store);
    CHECK(store.info().vintages == std::vector<std::string>{"2009", "2025"});
    CHECK(store.vintage_dates("2009").second == data::Date{2025, 7, 1});
    CHECK(f.clean());
}

TEST_CASE("a vintage that something needs, or the only one, stays, and it is said why") {
    VintageStore f;
    CHECK(test::thrown_key([&] { remove_vintage(f.store, "2009", false, f.findings, f.ctx); }) ==
          "error.store.vintage_alone");
    CHECK(test::thrown_key([&] { remove_vintage(f.store, "2030", false, f.findings, f.ctx); }) ==
          "error.store.unknown_vintage");
    add_vintage(f.store, f.reform(), f.findings, f.ctx);
    const auto uses = [&](const std::string& vintage, bool dry_run) {
        const auto bytes = base::read_file(f.store);
        std::map<std::string, std::int64_t> out;
        try {
            remove_vintage(f.store, vintage, dry_run, f.findings, f.ctx);
        } catch (const base::Error& error) {
            CHECK(error.message.key == "error.store.vintage_in_use");
            for (const auto& [name, value] : error.message.args)
                if (const auto* count = std::get_if<std::int64_t>(&value)) out[name] = *count;
        }
        CHECK(base::read_file(f.store) == bytes);
        std::erase_if(out, [](const auto& one) { return one.second == 0; });
        return out;
    };
    using Uses = std::map<std::string, std::int64_t>;
    CHECK(uses("2009", false) == Uses{{"observations", 1}});
    CHECK(uses("2009", true) == Uses{{"observations", 1}});
    const auto crosswalk = twenty_into_five();
    put_crosswalk(f.store, crosswalk, {}, "", f.ctx);
    CHECK(uses("2025", false) == Uses{{"crosswalks", 1}});
    remove_crosswalk(f.store, "2009", "2025", f.ctx);
    // What a person decided; and a kept plan of a commune that no other vintage has.
    update_store(
        f.store, ChangeSize::Small,
        [](const Database& database) {
            database.execute(
                "INSERT INTO status (unit, year, half, domain, origin, status, decision, "
                "decided_on, reason, author, entered_at) SELECT id, 2025, 0, 'drug', 'manual', "
                "'hot', '', '', 'r', 'a', '2025-01-01T00:00:00Z' FROM unit WHERE vintage = '2025' "
                "AND seq < 2");
            return true;
        },
        f.ctx);
    CHECK(uses("2025", false) == Uses{{"statuses", 2}});
    update_store(
        f.store, ChangeSize::Small,
        [](const Database& database) {
            database.load_spatial();
            database.execute("DELETE FROM status; UPDATE unit SET code = 'N' || code WHERE "
                             "vintage = '2025' AND seq < 2");
            return true;
        },
        f.ctx);
    const auto plan = [&](const std::string& code) {
        add_patrol(f.store,
                   {"p", "2025-01-01T00:00:00Z", "{}",
                    R"({"name":"p","parts":[[")" + code + R"(",0,"sector"]]})"},
                   f.ctx);
    };
    const auto units = Store(f.store).read_units("2025");
    plan(units.code[0]);
    CHECK(uses("2025", false) == Uses{{"plans", 1}});
    plan(units.code[4]); // 2009 has it, too
    remove_vintage(f.store, "2025", false, f.findings, f.ctx);
    CHECK(f.clean());
}

TEST_CASE("a crosswalk takes the place of the one between the same vintages") {
    VintageStore f;
    add_vintage(f.store, f.reform(), f.findings, f.ctx);
    auto crosswalk = twenty_into_five();
    put_crosswalk(f.store, crosswalk, {3, 4}, "old_new.csv", f.ctx);
    put_crosswalk(f.store, crosswalk, {4}, "old_new.csv", f.ctx);
    const auto list = list_crosswalks(f.store);
    REQUIRE(list.size() == 1);
    CHECK(list[0].pairs == 20);
    CHECK(list[0].incomplete == 1);
    CHECK(list[0].basis == "declared");
    CHECK(list[0].source == "old_new.csv");
    CHECK(read_incomplete(f.store, "2009", "2025") == std::vector<std::size_t>{4});
    CHECK(read_incomplete(f.store, "2025", "2009").empty());
    CHECK(Store(f.store).read_crosswalks().at(0).weight == crosswalk.weight);
    CHECK(f.clean());
    crosswalk.to = "2030";
    CHECK(test::thrown_key([&] { put_crosswalk(f.store, crosswalk, {}, "", f.ctx); }) ==
          "error.store.unknown_vintage");
    CHECK(remove_crosswalk(f.store, "2009", "2025", f.ctx) == 1);
    CHECK(remove_crosswalk(f.store, "2009", "2025", f.ctx) == 0);
    CHECK(list_crosswalks(f.store).empty());
    CHECK(f.clean());
}

TEST_CASE("names and agencies of a code stand beside each other by date") {
    VintageStore f;
    const std::vector<data::UnitName> names{
        {"00001", "2004-08-31", "2010-01-01", "Xã Tân", "Xã", "001", "NĐ 1"},
        {"00001", "2010-01-01", "", "Phường Tân", "Phường", "001", ""}};
    CHECK(put_unit_names(f.store, names, f.ctx).added == 2);
    const auto bytes = base::read_file(f.store);
    CHECK(put_unit_names(f.store, names, f.ctx).added == 0);
    CHECK(base::read_file(f.store) == bytes);
    CHECK(read_stored_names(f.store) == names);
    auto changed = names[1];
    changed.until = "2025-07-01";
    const auto changes = put_unit_names(f.store, {changed}, f.ctx);
    CHECK((changes.added == 0 && changes.revised == 1));
    CHECK(read_stored_names(f.store)[1] == changed);

    const std::vector<data::Assignment> agencies{{"00001", "Đội 178", "", "2011-01-01"},
                                                 {"00001", "Đồn Biên phòng", "2011-01-01", ""}};
    CHECK(put_assignments(f.store, agencies, f.ctx).added == 2);
    CHECK(read_stored_assignments(f.store) == agencies);
    CHECK(remove_assignments(f.store, "00001", "Đội 178", f.ctx) == 1);
    CHECK(remove_assignments(f.store, "00002", "", f.ctx) == 0);
    CHECK(read_stored_assignments(f.store) == std::vector{agencies[1]});
    CHECK(f.clean());
}

TEST_CASE("support services come and go, and stay a layer that others can open") {
    VintageStore f;
    StoredPlace service;
    service.place.kind = "support";
    service.place.name = "Điểm tư vấn Tân Thạnh";
    service.place.at = {105.05, 9.05};
    service.from = "2011-01-01";
    CHECK(put_places(f.store, {service}, f.ctx).added == 1);
    service.until = "2015-01-01";
    CHECK(put_places(f.store, {service}, f.ctx).revised == 1);
    auto port = service;
    port.place.kind = "port";
    put_places(f.store, {port}, f.ctx);
    const auto stored = read_stored_places(f.store);
    REQUIRE(stored.size() == 2);
    CHECK(stored[0].place.name == service.place.name);
    CHECK(stored[0].from == "2011-01-01");
    CHECK(stored[0].until == "2015-01-01");
    CHECK(printed_by("ogrinfo -ro -so '" + f.store.string() + "' place").find("Feature Count: 2") !=
          std::string::npos);
    CHECK(f.clean());
    CHECK(remove_places(f.store, "support", "", f.ctx) == 1);
    CHECK(read_stored_places(f.store).size() == 1);
    CHECK(f.clean());
}
