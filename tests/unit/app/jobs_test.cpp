#include "app/document.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

using namespace diaban;

namespace {

// Polls as the window does until nothing runs any more.
void finish(app::Jobs& jobs, app::Document& document) {
    for (int i = 0; i < 5000 && !jobs.idle(); ++i) {
        jobs.poll(document);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    REQUIRE(jobs.idle());
}

struct Fixture {
    app::Settings settings;
    app::Document document{settings};
    app::Jobs& jobs = document.jobs();
};

} // namespace

TEST_CASE("a job's result arrives on the polling thread") {
    Fixture f;
    const auto here = std::this_thread::get_id();
    int got = 0;
    f.jobs.run(
        {.key = "a"}, [](base::JobContext&) { return 7; },
        [&](app::Document&, int value) {
            CHECK(std::this_thread::get_id() == here);
            got = value;
        });
    finish(f.jobs, f.document);
    CHECK(got == 7);
}

TEST_CASE("a newer request supersedes an older one; its result is dropped") {
    Fixture f;
    std::vector<int> got;
    for (int i = 0; i < 20; ++i)
        f.jobs.run(
            {.key = "same"},
            [i](base::JobContext& ctx) {
                for (int k = 0; k < 200 && i < 19; ++k) {
                    ctx.check();
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                }
                return i;
            },
            [&](app::Document&, int value) { got.push_back(value); });
    finish(f.jobs, f.document);
    CHECK(got == std::vector<int>{19});
}

TEST_CASE("an error becomes a problem of the document, a cancel does not") {
    Fixture f;
    f.jobs.run(
        {.key = "bad"},
        [](base::JobContext&) -> int {
            throw base::Error(base::ErrorKind::Input, "error.file.cannot_read");
        },
        [](app::Document&, int) { FAIL("delivered"); });
    f.jobs.run(
        {.key = "stopped"}, [](base::JobContext&) -> int { throw base::Cancelled{}; },
        [](app::Document&, int) { FAIL("delivered"); });
    finish(f.jobs, f.document);
    REQUIRE(f.document.problems().size() == 1);
    CHECK(f.document.problems()[0].message.key == "error.file.cannot_read");
    f.document.dismiss(0);
    CHECK(f.document.problems().empty());
}

TEST_CASE("leaving while a job runs waits for it and delivers nothing") {
    std::atomic<bool> ended{false};
    {
        Fixture f;
        f.jobs.run(
            {.key = "long"},
            [&](base::JobContext& ctx) {
                try {
                    for (;;) {
                        ctx.check();
                        std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    }
                } catch (...) {
                    ended = true;
                    throw;
                }
                return 0;
            },
            [](app::Document&, int) { FAIL("delivered"); });
    }
    CHECK(ended);
}

TEST_CASE("progress is seen while a job runs") {
    Fixture f;
    std::atomic<bool> go{false};
    f.jobs.run(
        {.key = "p"},
        [&](base::JobContext& ctx) {
            ctx.stage("stage.read");
            ctx.step(1, 2);
            while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return 0;
        },
        [](app::Document&, int) {});
    bool seen = false;
    for (int i = 0; i < 2000 && !seen; ++i) {
        for (const auto& s : f.jobs.running()) seen = s.stage == "stage.read" && s.fraction == 0.5;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    CHECK(seen);
    go = true;
    finish(f.jobs, f.document);
}

TEST_CASE("only a job that has ended wakes the window up, not each of its steps") {
    Fixture f;
    std::atomic<int> calls{0};
    f.jobs.on_wakeup([&] { ++calls; });
    f.jobs.run(
        {.key = "steps"},
        [](base::JobContext& ctx) {
            ctx.stage("stage.read");
            for (std::uint64_t i = 1; i <= 500; ++i) ctx.step(i, 500);
            return 0;
        },
        [](app::Document&, int) {});
    finish(f.jobs, f.document);
    f.jobs.on_wakeup({});
    CHECK(calls == 1);
}

TEST_CASE("opening a missing file is a problem, not a crash, and loading ends") {
    Fixture f;
    f.document.open_any("/no/such/file.shp");
    CHECK(f.document.loading());
    finish(f.jobs, f.document);
    CHECK_FALSE(f.document.loading());
    CHECK(f.document.dataset() == nullptr);
    CHECK(f.document.problems().size() == 1);
}

namespace {

// Works until it is asked to stop, and then has something all the same.
int found_until_stopped(base::JobContext& ctx) {
    while (!ctx.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return 5;
}

} // namespace

TEST_CASE("what a job found before it was stopped is handed over if it was started so") {
    for (const bool keep : {true, false}) {
        Fixture f;
        int got = 0;
        f.jobs.run({.key = "best", .keep_stopped = keep}, found_until_stopped,
                   [&](app::Document&, int value) { got = value; });
        const auto running = f.jobs.running();
        REQUIRE(running.size() == 1);
        f.jobs.cancel(running[0].id);
        f.jobs.cancel(running[0].id); // a second click changes nothing
        finish(f.jobs, f.document);
        CHECK(got == (keep ? 5 : 0));
        CHECK(f.document.take_stopped() == "best");
    }
}

TEST_CASE("what a job found is dropped once a newer one of its key runs, stopped or not") {
    Fixture f;
    std::vector<int> got;
    const auto take = [&](app::Document&, int value) { got.push_back(value); };
    f.jobs.run({.key = "best", .keep_stopped = true}, found_until_stopped, take);
    f.jobs.cancel(f.jobs.running()[0].id);
    f.jobs.run(
        {.key = "best", .keep_stopped = true}, [](base::JobContext&) { return 1; }, take);
    finish(f.jobs, f.document);
    CHECK(got == std::vector<int>{1});
}
