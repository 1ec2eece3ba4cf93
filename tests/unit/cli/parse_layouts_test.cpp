// --layout of pages, and the verb that lists layouts.
#include "app/layout_file.hpp"
#include "cli/parse.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

template <class Request> Request parsed_as(const std::vector<std::string>& arguments) {
    const auto invocation = cli::parse(arguments);
    REQUIRE(std::holds_alternative<Request>(invocation.request));
    return std::get<Request>(invocation.request);
}

} // namespace

TEST_CASE("a layout and the plan that it shows come back from their flags") {
    app::MapRequest r;
    r.data.boundaries = "xa.shp";
    r.out = "a.pdf";
    r.page.layout = "poster-a1";
    r.page.plan = "an-giang-2011";
    r.dpi = 150;
    CHECK(parsed_as<app::MapRequest>(to_flags(r)) == r);
    app::LayoutsRequest list;
    CHECK(parsed_as<app::LayoutsRequest>(to_flags(list)) == list);
    list.layout = "square";
    list.out = "own.json";
    list.replace = true;
    CHECK(parsed_as<app::LayoutsRequest>(to_flags(list)) == list);
}

TEST_CASE("a layout has a size of its own: what is given last-hand counts, both are refused") {
    const test::TempFolder folder;
    app::Project project;
    project.page.size = "A3";
    project.page.layout = "square";
    const auto file = folder / "p.diaban";
    app::save_project(project, file);
    const std::vector<std::string> map{"map", "--project", file.string(), "--out", "a.pdf"};
    const auto with = [&](std::initializer_list<std::string> more) {
        auto all = map;
        all.insert(all.end(), more);
        return all;
    };
    CHECK(parsed_as<app::MapRequest>(map).page.layout == "square");
    const auto other = parsed_as<app::MapRequest>(with({"--layout", "bare-map"}));
    CHECK(other.page.layout == "bare-map");
    const auto sized = parsed_as<app::MapRequest>(with({"--size", "slide"}));
    CHECK(sized.page.layout.empty());
    CHECK(sized.page.size == "slide");
    CHECK(test::thrown_key([&] {
              cli::parse(with({"--size", "A4", "--layout", "square"}));
          }) == "error.flag.layout_size");
    CHECK(test::thrown_key([&] {
              cli::parse(with({"--layout", "sqare"}));
          }) == "error.shipped.unknown");
}

TEST_CASE("a meeting pack comes back from its flags") {
    app::PackRequest r;
    r.data.store = "kho.sqlite";
    r.out = "hop.pptx";
    CHECK(parsed_as<app::PackRequest>(to_flags(r)) == r);
    r.across = app::Across::Carried;
    r.statuses.drug = "ST01";
    r.domains = app::Domains::Drug;
    r.period = {2015, 0};
    r.before = {2010, 2};
    r.plan = "an-giang-2011";
    r.rule = "qd-3122-2010";
    r.indicator = "DR01_rate";
    r.top = 20;
    r.kinds = {"port", "border_gate"};
    r.lines = {{"bo.gpkg", "coast", ""}};
    r.outline = {{"coast", "00001", true}};
    r.within_m = 2500;
    r.layers = {app::parse_line_layer("song.shp;width=2")};
    r.hidden_kinds = {"port"};
    r.size = "A3 landscape";
    r.title = "Họp ban chỉ đạo";
    r.source = "Sở";
    r.classification = app::Classification::Internal;
    CHECK(parsed_as<app::PackRequest>(to_flags(r)) == r);
}

TEST_CASE("a meeting pack takes data, plan and places of a project, not its paper") {
    const test::TempFolder folder;
    app::Project project;
    project.data.store = folder / "kho.sqlite";
    project.page.size = "A3";
    project.page.plan = "an-giang-2011";
    project.hidden_kinds = {"port"};
    const auto file = folder / "p.diaban";
    app::save_project(project, file);
    const auto request =
        parsed_as<app::PackRequest>({"pack", "--project", file.string(), "--out", "a.pdf"});
    CHECK(request.data.store == project.data.store);
    CHECK(request.plan == "an-giang-2011");
    CHECK(request.hidden_kinds == std::vector<std::string>{"port"});
    CHECK(request.size == "slide");
}
