#include "base/error.hpp"

#include <catch2/catch.hpp>

using namespace diaban::base;

TEST_CASE("an error says its key and values in the log") {
    const Error error(ErrorKind::Input, "error.file.cannot_read",
                      {{"file", std::string("a.shp")}, {"row", std::int64_t{7}}, {"x", 1.5}});
    CHECK(std::string(error.what()) == "error.file.cannot_read file=a.shp row=7 x=1.5");
    CHECK(error.kind == ErrorKind::Input);
    CHECK(error.context.empty());
}

TEST_CASE("each layer adds its context, outermost last, and keeps the kind") {
    try {
        try {
            throw Error(ErrorKind::Data, "inner");
        } catch (Error& error) {
            error.in({"while.reading", {{"file", std::string("a.gpkg")}}});
            throw;
        }
    } catch (Error& error) {
        error.in({"while.opening", {}});
        REQUIRE(error.context.size() == 2);
        CHECK(error.context[0].key == "while.reading");
        CHECK(error.context[1] == Message{"while.opening", {}});
        CHECK(error.message.key == "inner");
        CHECK(error.kind == ErrorKind::Data);
    }
}

TEST_CASE("kinds are the exit codes of the command line") {
    CHECK(static_cast<int>(ErrorKind::Bug) == 1);
    CHECK(static_cast<int>(ErrorKind::Usage) == 2);
    CHECK(static_cast<int>(ErrorKind::Input) == 3);
    CHECK(static_cast<int>(ErrorKind::Data) == 4);
    CHECK(static_cast<int>(ErrorKind::Database) == 5);
    CHECK(static_cast<int>(ErrorKind::Write) == 6);
}

TEST_CASE("cancelling is no error") {
    STATIC_REQUIRE_FALSE(std::is_base_of_v<std::exception, Cancelled>);
}
