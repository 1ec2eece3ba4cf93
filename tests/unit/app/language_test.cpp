#include "app/language.hpp"

#include "base/system_reason.hpp"

#include <catch2/catch.hpp>
#include <cerrno>
#include <cstring>

using namespace diaban;
using app::Language;

TEST_CASE("texts are filled in, numbers in the language's own style") {
    const auto vi = Language::load("vi");
    const auto en = Language::load("en");
    const base::Args args{{"x", 105.5}, {"y", std::int64_t{12345}}};
    CHECK(vi->text("error.where.bad_point", args).find("105,5, 12.345") != std::string::npos);
    CHECK(en->text("error.where.bad_point", args).find("105.5, 12,345") != std::string::npos);
    CHECK(vi->text("said.cancelled") != en->text("said.cancelled"));
    CHECK(vi->number(1234.5, 1) == "1.234,5");
    CHECK(en->count(1234567) == "1,234,567");
}

TEST_CASE("a missing text shows its id, a missing value its name") {
    const auto vi = Language::load("vi");
    CHECK(vi->text("no.such.text") == "no.such.text");
    CHECK_FALSE(vi->has("no.such.text"));
    CHECK(vi->text("said.written").find("{file}") != std::string::npos);
}

TEST_CASE("an error tells its context first") {
    const auto en = Language::load("en");
    base::Error error(base::ErrorKind::Data, "error.project.damaged",
                      {{"line", std::int64_t{7}}, {"column", std::int64_t{3}}});
    error.in({"context.project", {{"file", std::string("a.diaban")}}});
    const auto text = en->text(error);
    CHECK(text.starts_with("Project a.diaban: "));
    CHECK(text.find("line 7, column 3") != std::string::npos);
}

TEST_CASE("the window says where to click, the command line which flag to add") {
    for (const char* code : {"vi", "en"}) {
        const auto typed = Language::load(code);
        const auto clicked = Language::load(code, Language::Reader::Window);
        CHECK(typed->text("error.near.no_places").find("--places") != std::string::npos);
        CHECK(clicked->text("error.near.no_places").find("--") == std::string::npos);
        CHECK(clicked->text("error.near.no_places").size() > 20);
        CHECK(clicked->text("said.written") == typed->text("said.written"));
    }
}

TEST_CASE("an unknown language is refused") {
    CHECK_THROWS_AS(Language::load("xx"), base::Error);
}

TEST_CASE("a shift below a millimetre is told as such, not as a number with an exponent") {
    base::Finding finding;
    finding.key = "t_junction";
    finding.args = {{"count", std::int64_t{1}}, {"amount", 1.85e-7}};
    finding.amount_unit = "m";
    for (const double amount : {0.0, 1.85e-7, 0.00099}) {
        finding.amount = amount;
        CHECK(Language::load("vi")->text(finding).find(" 0,001 m") != std::string::npos);
        CHECK(Language::load("en")->text(finding).find(" 0.001 m") != std::string::npos);
    }
    finding.amount = 0.5;
    CHECK(Language::load("vi")->text(finding).find(" 0,5 m") != std::string::npos);
}

TEST_CASE("one row is not called rows") {
    const auto text = [](std::int64_t count) {
        base::Finding finding;
        finding.key = "unit_without_row";
        finding.args = {{"count", count}, {"example", std::string("00001")}};
        return Language::load("en")->text(finding);
    };
    CHECK(text(1) == "1 unit has no row in the table, for example 00001.");
    CHECK(text(2) == "2 units have no row in the table, for example 00001.");
    CHECK(text(1000) == "1,000 units have no row in the table, for example 00001.");
}

TEST_CASE("reasons of the system are told by their number, never by reading English") {
    const auto vi = app::Language::load("vi");
    const auto said = [&](const std::string& reason) {
        return vi->text("error.file.cannot_read", {{"file", std::string("a")}, {"reason", reason}});
    };
    CHECK(base::system_reason(EACCES) == "reason.permission");
    CHECK(base::system_reason(std::make_error_code(std::errc::no_space_on_device)) ==
          "reason.disk_full");
    CHECK(said(base::system_reason(ENOENT)).find(vi->text("reason.no_file")) != std::string::npos);
    // What a library says around the system's words is left out.
    CHECK(base::system_reason_in("FWrite() of 80 bytes: " + std::string(std::strerror(ENOSPC))) ==
          "reason.disk_full");
    CHECK(base::system_reason_in("no such layer") == "no such layer");
    CHECK(said(base::system_reason(ELOOP)).find(std::strerror(ELOOP)) != std::string::npos);
    // A library's sentence stays as it was said.
    CHECK(said("x: Permission denied by y").find("Permission denied by y") != std::string::npos);
}
