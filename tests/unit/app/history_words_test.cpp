#include "app/history_words.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using app::History;
using app::Project;

namespace {

// The words of a change from `before` to `after` in English.
std::string change_said(const Project& before, const Project& after, const std::string& label,
                        const char* code = "en") {
    History history(before);
    history.edit(after, label);
    return app::history_words(history, 1, nullptr, *app::Language::load(code));
}

} // namespace

TEST_CASE("the history says from what to what") {
    Project before, after;
    before.map = {.indicator = "DR01", .period = {2014, 0}, .k = 5};
    after = before;
    after.map.k = 6;
    CHECK(change_said(before, after, "edit.classes") == "change classes: 5 → 6");
    after.map.method = map::Method::Equal;
    CHECK(change_said(before, after, "edit.classes") ==
          "change classes: quantile → equal interval");
    after = before;
    after.map.period = {2015, 0};
    CHECK(change_said(before, after, "edit.period") == "change the year: 2014 → 2015");
    after = before;
    after.map.indicator = "IN01"; // the name is not known without the data
    CHECK(change_said(before, after, "edit.indicator") == "change indicator: IN01");
    after = before;
    after.map.palette = "Blues";
    CHECK(change_said(before, after, "edit.palette") ==
          "change palette: " + before.map.palette + " → Blues");
    after = before;
    after.map.kind = map::MapKind::Dots;
    CHECK(change_said(before, after, "edit.kind") ==
          "change how values are drawn: coloured areas → dots");
}

TEST_CASE("breaks by hand are named as numbers of the language, without empty digits") {
    Project before, after;
    before.map.method = map::Method::Manual;
    before.map.manual = {0, 1, 2};
    after = before;
    after.map.manual = {0, 0.5, 1234.25};
    CHECK(change_said(before, after, "edit.classes") ==
          "change classes: manual (0; 0.5; 1,234.25)");
    CHECK(change_said(before, after, "edit.classes", "vi").ends_with("(0; 0,5; 1.234,25)"));
}

TEST_CASE("sets, views and lines are named as they come, change and go") {
    Project before, after;
    before.sets = {{"river", {"01"}}, {"road", {"02"}}};
    after.sets = {{"road", {"02", "03"}}, {"coast", {"04"}}};
    const std::string said = change_said(before, after, "edit.sets");
    CHECK(said.ends_with(": road, + coast, − river"));
    after = before;
    after.title = "another";
    CHECK(change_said(before, after, "edit.page") == "change page"); // nothing more to say
}

TEST_CASE("plans that are kept and removed are named in the history") {
    Project before, after;
    after.plans = R"([{"name":"Tổ tháng 1","request":{},"bases":[],"parts":[]}])";
    CHECK(change_said(before, after, "edit.plan") == "Keep plan: + Tổ tháng 1");
    CHECK(change_said(after, before, "edit.plan") == "Keep plan: − Tổ tháng 1");
    // Plans that cannot be read are not named.
    after.plans = "[1]";
    CHECK(change_said(before, after, "edit.plan") == "Keep plan");
}
