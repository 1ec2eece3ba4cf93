// Queries over a drawn dataset: what they look at beside values, what is masked, and saving.
#include "app/commands/query.hpp"
#include "app/table_view.hpp"
#include "app/where_filter.hpp"

#include "base/paths.hpp"
#include "support/coverage_from.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

// Five units of a kilometre in a row, with a port at kilometre
// 0.5, a status and a small and a large count of persons.
std::shared_ptr<app::Dataset> asked_row() {
    auto cube = std::make_shared<data::IndicatorCube>(
        "2009",
        std::vector<data::Indicator>{{.id = "ST01",
                                      .kind = data::Kind::Category,
                                      .categories = {"none", "present", "hot", "unknown"}},
                                     {.id = "DR01", .unit = "người", .counts_persons = true}},
        std::vector<data::Period>{{2015, 0}}, 5);
    for (std::size_t u = 0; u < 5; ++u) {
        cube->set(0, 0, u, u == 2 ? 2 : u == 4 ? 3 : 0); // C is a hotspot, of E nothing is known
        cube->set(1, 0, u, u == 1 ? 4 : 40);             // of B four persons
    }
    auto out = std::make_shared<app::Dataset>();
    out->vintage = test::vintage_from("ABCDE", 5);
    out->cube = cube;
    out->decimals = {0, 0};
    out->places.push_back({"dia_diem.csv", {{"port", "Cảng", "", {{{500, 500}}}, {500, 500}}}});
    return out;
}

app::QueryReport asked(const std::string& text,
                       app::Classification classification = app::Classification::Internal,
                       const app::QuerySources& sources = {}) {
    base::JobContext ctx(1);
    return app::run({.text = text, .classification = classification}, asked_row(), sources,
                    *app::Language::load("en"), ctx);
}

std::shared_ptr<const app::WhereFilter>
filter_of(const std::string& text,
          app::Classification classification = app::Classification::Internal) {
    base::JobContext ctx(1);
    return app::where_filter(text, asked_row(), nullptr, classification, *app::Language::load("en"),
                             ctx);
}

// What a map of the statuses says of each unit.
std::string looks_of_units(const map::Style& style) {
    std::string out;
    for (const auto entry : style.entry_of)
        out += (out.empty() ? "" : " ") + style.entries[entry].key;
    return out;
}

std::string letters_of(const app::Faces& faces) {
    std::string out;
    for (const auto face : faces) out += static_cast<char>('A' + face);
    return out;
}
std::string yes_of(const std::string& text) {
    return letters_of(asked(text).units.yes);
}

} // namespace

TEST_CASE("a query looks at statuses, neighbours, places and sets") {
    CHECK(yes_of("status = hot") == "C");
    CHECK(letters_of(asked("status = hot").units.unknown) == "E");
    CHECK(yes_of("next_to(status = hot)") == "BD");
    CHECK(yes_of("not next_to(status = hot)") == "ACE"); // E lies beside D alone, which is known
    CHECK(letters_of(asked("next_to(status = present)").units.unknown) == "D");
    CHECK(yes_of("near(port) <= 1.5km") == "ABC"); // 0, 500 and 1,500 metres
    CHECK(yes_of("near() > 1km and not status = hot") == "D");
    CHECK(yes_of("value(DR01) < 10 or code = E") == "BE");
    CHECK(letters_of(asked("set = gác", app::Classification::Internal,
                           {.sets = {{"gác", {"A", "D", "Z"}}}})
                         .units.yes) == "AD");
    CHECK(asked("status = hot").period == data::Period{2015, 0});
}

TEST_CASE("the answer as a layer counts every unit once") {
    const auto report = asked("status = hot");
    REQUIRE(report.map.style.entries.size() == 3);
    CHECK(report.map.style.entries[0].count == 1);
    CHECK(report.map.style.entries[1].count == 3);
    CHECK(report.map.style.entries[2].count == 1);
    CHECK(report.sentence == "1 of 5 communes meet: status = hot (2015)");
}

TEST_CASE("in public a query does not know what is masked") {
    const auto report = asked("value(DR01) < 10", app::Classification::Public);
    CHECK(report.units.yes.empty());
    CHECK(letters_of(report.units.unknown).find('B') != std::string::npos);
    CHECK(letters_of(asked("value(DR01) != 4", app::Classification::Public).units.yes).find('B') ==
          std::string::npos);
}

TEST_CASE("what is wrong with a query is said with the query") {
    const auto refused = [](const std::string& text) {
        try {
            asked(text);
        } catch (const base::Error& error) {
            return error.message.key + "/" + (error.context.empty() ? "" : error.context[0].key);
        }
        return std::string();
    };
    CHECK(refused("status hot") == "error.query.expected/context.query");
    CHECK(refused("value(DR09) > 1") == "error.query.indicator/context.query");
    CHECK(refused("value(ST01) > 1") == "error.query.category/context.query");
    CHECK(refused("near(school) <= 1km") == "error.near.no_kind/context.query");
    CHECK(refused("status(prostitution) = hot") == "error.query.domain/context.query");
    CHECK(refused("") == "error.query.empty/");
}

TEST_CASE("a rule can rest on a query") {
    const auto dataset = asked_row();
    base::JobContext ctx(1);
    const auto statuses = app::find_statuses(*dataset, {}, ctx);
    const auto fact = [&](const std::string& text, const app::QuerySources& sources = {}) {
        return app::query_fact(text, *dataset, statuses, {2015, 0}, app::Classification::Internal,
                               sources, ctx);
    };
    using data::Flag;
    // E stands beside D alone, whose status is known.
    CHECK(fact("near(port) <= 500m or next_to(status = hot)") ==
          std::vector<Flag>{Flag::Yes, Flag::Yes, Flag::No, Flag::Yes, Flag::No});
    CHECK_THROWS_AS(fact("near(port)"), base::Error);
    // What a project keeps: sets, and who lies on the coast.
    CHECK(fact("set = gác or on(coast)",
               {.sets = {{"gác", {"B"}}}, .outline = {{"coast", "E", true}}}) ==
          std::vector<Flag>{Flag::No, Flag::Yes, Flag::No, Flag::No, Flag::Yes});
    for (const auto* text : {"set = gác", "result(Gi) = hot-99", "on(coast)"})
        CHECK_THROWS_AS(fact(text), base::Error);
}

TEST_CASE("who lies on the coast or the border is asked for as a condition") {
    const test::TempFolder folder;
    // A shore 100 m south of all five, which their southern sides run along.
    base::write_file(folder / "bo.geojson",
                     R"({"type":"Feature","properties":{},"geometry":{"type":"LineString",)"
                     R"("coordinates":[[-3000,-100],[8000,-100]]}})");
    app::QuerySources sources{.lines = {{folder / "bo.geojson", "coast", ""}},
                              .outline = {{"coast", "B", false}, {"border", "E", true}}};
    const auto yes = [&](const std::string& text) {
        return letters_of(asked(text, app::Classification::Internal, sources).units.yes);
    };
    CHECK(yes("on(coast)") == "ACD"); // the sides of E were said to be the border
    CHECK(yes("on(border)") == "E");
    CHECK(yes("not on(coast) and not on(border)") == "B");
    CHECK(yes("next_to(on(border))") == "D");
    // A project may speak of units that are not here; what nothing tells of is said with what to
    // add.
    sources.outline.push_back({"coast", "Z", true});
    CHECK(yes("on(coast)") == "ACD");
    sources = {.outline = {{"border", "E", true}}};
    CHECK(yes("on(border)") == "E");
    try {
        yes("on(coast)");
        FAIL("nobody said where the coast is");
    } catch (const base::Error& error) {
        CHECK(error.message.key == "error.near.no_outline_given");
        CHECK(app::Language::load("en")->text(error).find("--line coast=FILE") !=
              std::string::npos);
    }
}

TEST_CASE("a dataset with its coast and border has them as columns of the table") {
    base::JobContext ctx(1);
    const auto english = app::Language::load("en");
    const auto row = asked_row();
    // What tells of no coast and no border leaves it as it is.
    CHECK(app::with_outline(row, {}, *english, ctx) == row);
    CHECK(app::with_outline(row, {.outline = {{"coast", "B", false}, {"coast", "Z", true}}},
                            *english, ctx) == row);
    const auto with = app::with_outline(
        row, {.outline = {{"coast", "B", true}, {"coast", "D", true}, {"border", "E", true}}},
        *english, ctx);
    using Kind = app::TableColumn::Kind;
    const app::TableColumn coast{Kind::Coast, 0}, border{Kind::Border, 0};
    const auto columns = app::table_columns(*with);
    CHECK(std::count(columns.begin(), columns.end(), coast) == 1);
    CHECK(std::count(columns.begin(), columns.end(), border) == 1);
    CHECK(app::table_columns(*row).size() == columns.size() - 2);
    std::string words;
    for (std::size_t u = 0; u < 5; ++u)
        words += app::cell_text(*with, coast, u, 0, *english) + " " +
                 app::cell_text(*with, border, u, 0, *english) + "; ";
    CHECK(words == "no no; yes no; no no; yes no; no yes; ");
    const auto units = [&](const app::TableQuery& query) {
        std::string out;
        for (const auto& one : app::table_rows(*with, query, {}, *english).rows)
            out += static_cast<char>('A' + one.index);
        return out;
    };
    app::TableQuery query;
    query.sort = coast;
    CHECK(units(query) == "BDACE");
    query.filters = {{coast, "yes"}};
    CHECK(units(query) == "BD");
}

TEST_CASE("a copied query names the project, or its lines while that has no file") {
    const app::QuerySources sources{.lines = {{"bo.shp", "coast", ""}, {"song.shp", "river", ""}},
                                    .outline = {{"coast", "B", false}}};
    const auto flags = [&](const std::string& text, const char* project) {
        std::string out;
        for (const auto& flag : app::source_flags(data::parse_query(text), sources, project))
            out += (out.empty() ? "" : " ") + flag;
        return out;
    };
    for (const auto* text :
         {"on(coast)", "near(river) > 1km", "near() > 1km", "set = x", "result(x) = hot-99"})
        CHECK(flags(text, "a.diaban") == "--project a.diaban");
    for (const auto* text : {"status = hot", "near(port) > 1km"}) {
        CHECK(flags(text, "a.diaban").empty());
        CHECK(flags(text, "").empty());
    }
    CHECK(flags("near(river) > 1km", "") ==
          "--line coast=bo.shp --line river=song.shp --outline coast=-B");
    CHECK(flags("set = x", "").empty()); // nothing could tell it
}

TEST_CASE("a ground says what it has and keeps it") {
    base::JobContext ctx(1);
    const auto language = app::Language::load("en");
    app::QueryGround ground(asked_row(), {}, app::Classification::Internal, ctx);
    const auto query = data::parse_query("next_to(near(port) <= 500m) and status = none");
    const auto needs = data::needs_of(query);
    CHECK(needs.neighbours);
    CHECK_FALSE(ground.has(needs, {2015, 0}));
    ground.find(needs, {2015, 0}, *language, ctx);
    CHECK(ground.has(needs, {2015, 0}));
    CHECK(ground.has(needs, {2014, 0})); // the port has no dates
    const auto copy = ground;            // a value
    CHECK(letters_of(app::query_units(copy.flags(query, {2015, 0})).yes) == "AB");
    CHECK(copy.has(data::needs_of(data::parse_query("value(DR01) > 1")), {2015, 0}));
}

TEST_CASE("distances are to the places that exist in the period") {
    base::JobContext ctx(1);
    const auto language = app::Language::load("en");
    const auto row = asked_row();
    row->places[0].places[0].from = {2015, 1, 1};
    app::QueryGround ground(row, {}, app::Classification::Internal, ctx);
    const auto query = data::parse_query("near(port) <= 600m");
    const auto needs = data::needs_of(query);
    ground.find(needs, {2014, 0}, *language, ctx);
    CHECK(app::query_units(ground.flags(query, {2014, 0})).yes.empty());
    CHECK_FALSE(ground.has(needs, {2015, 0}));
    ground.find(needs, {2015, 0}, *language, ctx);
    CHECK(letters_of(app::query_units(ground.flags(query, {2015, 0})).yes) == "AB");
    // The same asked directly; without a period it is the newest with data.
    app::NearRequest near{.within_m = 600};
    CHECK(app::run(near, *row, *language, ctx).units.size() == 2);
    CHECK(app::run(near, *row, *language, ctx).period == data::Period{2015, 0});
    near.period = {2014, 0};
    CHECK_THROWS_WITH(app::run(near, *row, *language, ctx),
                      Catch::Contains("error.near.none_then"));
}

TEST_CASE("saved queries of the project stand before those of the store, each name once") {
    const std::vector<app::NamedQuery> project{{"a", "code = 1"}};
    auto queries = app::saved_queries(project, {});
    CHECK(queries == project);
    queries = app::with_query(queries, {"b", "code = 2"});
    queries = app::with_query(queries, {"a", "code = 3"});
    REQUIRE(queries.size() == 2);
    CHECK(app::find_query(queries, "a").text == "code = 3");
    CHECK_THROWS_AS(app::find_query(queries, "c"), base::Error);
}

TEST_CASE("a query narrows a map: the others stand aside, and the legend counts every unit") {
    const auto dataset = asked_row();
    const auto language = app::Language::load("en");
    const app::MapChoice choice{.indicator = "ST01", .period = {2015, 0}};
    const auto whole = app::styled(*dataset, choice, *language);
    CHECK(looks_of_units(whole.style) == "is:none is:none is:hot is:none is:unknown");
    const auto hot = app::styled(*dataset, choice, *language, filter_of("status = hot"));
    // Of E nobody knows.
    CHECK(looks_of_units(hot.style) ==
          "not_in_query not_in_query is:hot not_in_query query_unknown");
    std::size_t counted = 0;
    for (const auto& entry : hot.style.entries) {
        counted += entry.count;
        if (entry.key == "not_in_query") CHECK(entry.count == 3);
    }
    CHECK(counted == 5);
    CHECK_NOTHROW(map::check_legend(hot.style, dataset->vintage->coverage->faces()));
    // The row of what nobody knows is there only where it is needed.
    const auto near = app::styled(*dataset, choice, *language, filter_of("near(port) <= 1.5km"));
    CHECK(looks_of_units(near.style) == "is:none is:none is:hot not_in_query not_in_query");
    CHECK(near.style.entries.back().key == "not_in_query");
    // A step to another year keeps the filter; classes are those of all units.
    CHECK(looks_of_units(app::restyled(*dataset, near, {2015, 0}, *language).style) ==
          looks_of_units(near.style));
    const app::MapChoice counts{.indicator = "DR01", .period = {2015, 0}};
    CHECK(app::styled(*dataset, counts, *language, filter_of("code = A")).classes.breaks ==
          app::styled(*dataset, counts, *language).classes.breaks);
}

TEST_CASE("in public a filter does not know what is masked") {
    CHECK(letters_of(filter_of("value(DR01) < 10")->units({2015, 0})) == "B");
    const auto masked = filter_of("value(DR01) < 10", app::Classification::Public);
    CHECK(masked->units({2015, 0}).empty());
    CHECK(masked->at({2015, 0})[1] == data::Flag::Unknown);
}

TEST_CASE("a query narrows a table, in the window and on the command line alike") {
    const auto dataset = asked_row();
    const auto language = app::Language::load("en");
    app::TableQuery query;
    query.where = filter_of("near(port) <= 1.5km");
    const auto rows = app::table_rows(*dataset, query, {}, *language);
    CHECK(rows.units == 3);
    base::JobContext ctx(1);
    const auto narrowed = app::narrowed({.where = "near(port) <= 1.5km", .select = {"A", "C", "E"}},
                                        dataset, {}, *language, ctx);
    CHECK(narrowed.select == std::vector<data::UnitCode>{"A", "C"});
    CHECK_THROWS_AS(app::narrowed({.where = "code = A and code = B"}, dataset, {}, *language, ctx),
                    base::Error);
}

TEST_CASE("a filter that cannot be read is told with its text") {
    CHECK(filter_of("") == nullptr);
    try {
        filter_of("status = hot adn");
        FAIL("it was read");
    } catch (const base::Error& error) {
        CHECK(error.message.key == "error.query.expected");
        CHECK(app::Language::load("en")->text(error).find("status = hot adn") != std::string::npos);
    }
}

TEST_CASE("a saved query that is forgotten is gone, and one that is not there is said") {
    const std::vector<app::NamedQuery> queries{{"a", "code = 1"}, {"b", "code = 2"}};
    CHECK(app::without_query(queries, "a") == std::vector<app::NamedQuery>{{"b", "code = 2"}});
    CHECK_THROWS_AS(app::without_query(queries, "c"), base::Error);
}
