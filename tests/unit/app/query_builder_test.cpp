// Building a query by choosing: whatever is chosen in whatever order can be written and read back.
#include "app/query_builder.hpp"

#include "support/coverage_from.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace diaban;
using data::Query;

namespace {

struct BuilderGround {
    app::Dataset dataset;
    app::QuerySources sources{.sets = {{"tuyến sông", {"A"}}}};

    BuilderGround() {
        const auto drawn = test::coverage_from("AB", 2);
        auto vintage = std::make_shared<data::Vintage>();
        vintage->coverage = drawn.coverage;
        vintage->units.code = {"A", "B"};
        vintage->units.name = {"Xã A", "Xã B"};
        vintage->units.type.assign(2, "");
        for (auto& parent : vintage->units.parent) parent.assign(2, geo::kNoGroup);
        vintage->units.groups[1] = {{"", "Huyện \"Một\""}};
        dataset.vintage = vintage;
        dataset.cube = std::make_shared<data::IndicatorCube>(
            "2009", std::vector<data::Indicator>{{.id = "số người"}},
            std::vector<data::Period>{{2014, 0}, {2015, 1}}, 2);
    }
    app::QueryHints hints() const { return {dataset, sources, {2015, 1}}; }
};

// A part chosen at random, to be changed in place.
Query& any_part(Query& query, std::mt19937& dice) {
    Query* at = &query;
    while (!at->of.empty() && dice() % 3) at = &at->of[dice() % at->of.size()];
    return *at;
}

} // namespace

TEST_CASE("every kind of condition begins complete and reads back") {
    const BuilderGround ground;
    for (std::size_t s = 0; s < data::kSubjects; ++s) {
        const Query query{Query::Kind::Is,
                          app::first_condition(static_cast<data::Subject>(s), ground.hints()),
                          {}};
        const auto text = data::to_text(query);
        INFO(text);
        CHECK(data::is_complete(query));
        CHECK(data::parse_query(text) == query);
        CHECK(app::query_kind(query) == s + 4);
    }
    CHECK(app::query_kind_word(0) == "and");
    CHECK(app::query_kind_word(3) == "next_to");
    CHECK(app::query_kind_word(4) == "status");
}

TEST_CASE("a commune on the coast or the border is asked for with what is known first") {
    BuilderGround ground;
    const auto first = [&] {
        return data::to_text(
            {Query::Kind::Is, app::first_condition(data::Subject::On, ground.hints()), {}});
    };
    CHECK(first() == "on(coast)"); // nothing is known yet
    ground.sources.lines = {{"bien_gioi.shp", "border", ""}};
    CHECK(first() == "on(border)");
    ground.sources.outline = {{"coast", "A", true}};
    CHECK(first() == "on(coast)");
}

TEST_CASE("a part becomes something else without losing what it was") {
    const BuilderGround ground;
    const auto hints = ground.hints();
    const auto hot = data::parse_query("status = hot");
    const auto value = data::to_text(app::first_query(hints));
    CHECK(value == "value(\"số người\") > 0"); // the data has no status
    const auto as = [&](const Query& query, std::size_t kind) {
        return data::to_text(app::as_kind(query, kind, hints));
    };
    CHECK(as(hot, 0) == "status = hot and " + value);
    CHECK(as(hot, 2) == "not status = hot");
    CHECK(as(data::parse_query("code = A or code = B"), 0) == "code = A and code = B");
    CHECK(as(data::parse_query("code = A or code = B"), 3) == "next_to(code = A or code = B)");
    CHECK(as(data::parse_query("not code = A"), 3) == "next_to(code = A)");
    CHECK(as(data::parse_query("not code = A"), 1) == "code = A or " + value);
    CHECK(as(data::parse_query("not code = A"), 16) == "set = \"tuyến sông\"");
    const auto three = data::parse_query("code = A and code = B and status = hot");
    CHECK(data::to_text(app::without_part(three, 1)) == "code = A and status = hot");
    CHECK(data::to_text(app::without_part(app::without_part(three, 0), 0)) == "status = hot");
    CHECK(data::to_text(app::with_part(data::parse_query("code = A or code = B"), hints)) ==
          "code = A or code = B or " + value);
}

TEST_CASE("a thousand random choices in a builder round-trip as text") {
    const BuilderGround ground;
    const auto hints = ground.hints();
    std::mt19937 dice(6);
    auto query = app::first_query(hints);
    for (int i = 0; i < 1000; ++i) {
        auto& part = any_part(query, dice);
        const bool group = part.kind == Query::Kind::And || part.kind == Query::Kind::Or;
        if (group && dice() % 3 == 0)
            part = app::with_part(part, hints);
        else if (group && dice() % 2 == 0)
            part = app::without_part(part, dice() % part.of.size());
        else
            part = app::as_kind(part, dice() % app::kQueryKinds, hints);
        const auto text = data::to_text(query);
        INFO(text);
        REQUIRE(data::is_complete(query));
        REQUIRE(data::parse_query(text) == query);
    }
}

TEST_CASE("the classes of a result are those of its method, called as in its legend") {
    BuilderGround ground;
    const auto vi = app::Language::load("vi");
    app::HotspotsRequest request;
    request.method = app::HotspotMethod::LocalMoran;
    ground.sources.results = {{.name = "M", .request = request}};
    const auto words = app::result_words(request, ground.dataset);
    CHECK(words == std::vector<std::string>{"high-high", "low-low", "high-low", "low-high",
                                            "not-significant", "island"});
    CHECK(app::result_text("high-high", request, *vi) == "Cao giữa vùng cao");
    // A new condition asks for a class that there is.
    const auto first = app::first_condition(data::Subject::Result, ground.hints());
    CHECK(first.name == "M");
    CHECK(first.word == "high-high");
    request.method = app::HotspotMethod::GiStar;
    request.alpha = 0.05;
    CHECK(app::result_words(request, ground.dataset) ==
          std::vector<std::string>{"hot-99", "hot-95", "cold-95", "cold-99", "not-significant",
                                   "island"});
    CHECK(app::result_text("hot-95", request, *vi) == "Điểm nóng thống kê, tin cậy 95 %");
    // Every word of every method has a text of its own.
    for (const auto method :
         {app::HotspotMethod::Gi, app::HotspotMethod::LocalGeary, app::HotspotMethod::JoinCount,
          app::HotspotMethod::Bivariate, app::HotspotMethod::Differential, app::HotspotMethod::Scan,
          app::HotspotMethod::Emerging, app::HotspotMethod::Trend}) {
        request.method = method;
        for (const auto& word : app::result_words(request, ground.dataset)) {
            const auto text = app::result_text(word, request, *vi);
            INFO(word << " " << text);
            CHECK(text.find(word) == std::string::npos); // neither a missing text nor the word
        }
    }
    // Two periods have a history, no categories.
    request.method = app::HotspotMethod::Emerging;
    const auto few = app::result_words(request, ground.dataset);
    CHECK(std::find(few.begin(), few.end(), "hot-now") != few.end());
    CHECK(std::find(few.begin(), few.end(), "new-hot") == few.end());
}
