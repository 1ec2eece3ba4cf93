#include "base/job.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <numeric>
#include <set>
#include <thread>
#include <vector>

using namespace diaban::base;

TEST_CASE("progress never goes back within a stage") {
    std::vector<std::pair<std::string, double>> seen;
    JobContext ctx(1, [&](std::string_view stage, double f) { seen.emplace_back(stage, f); });
    ctx.stage("stage.read");
    ctx.step(0, 10);
    ctx.step(5, 10);
    ctx.step(3, 10); // late report of another thread
    ctx.step(5, 10);
    ctx.step(12, 10); // more than announced
    ctx.step(10, 10);
    ctx.stage("stage.join");
    ctx.step(1, 0); // unknown total
    const std::vector<std::pair<std::string, double>> expected{{"stage.read", -1},
                                                               {"stage.read", 0},
                                                               {"stage.read", 0.5},
                                                               {"stage.read", 1},
                                                               {"stage.join", -1}};
    CHECK(seen == expected);
}

TEST_CASE("a million steps are a thousand reports") {
    int reports = 0;
    JobContext ctx(1, [&](std::string_view, double) { ++reports; });
    ctx.stage("stage.read");
    for (std::uint64_t i = 0; i <= 1000000; ++i) ctx.step(i, 1000000);
    CHECK(reports <= 1003);
    CHECK(reports >= 900);
}

TEST_CASE("cancelling stops the caller at its next word") {
    JobContext ctx(1);
    CHECK_NOTHROW(ctx.check());
    std::thread([&] { ctx.cancel(); }).join();
    CHECK(ctx.cancelled());
    CHECK_THROWS_AS(ctx.check(), Cancelled);
    CHECK_THROWS_AS(ctx.step(1, 2), Cancelled);
    CHECK_THROWS_AS(ctx.stage("stage.read"), Cancelled);
    CHECK(JobContext(0).threads() >= 1);
    CHECK(JobContext(3).threads() == 3);
}

TEST_CASE("parallel_for visits everything once, in chunks that do not depend on the threads") {
    for (const std::size_t count : {0u, 1u, 7u, 64u, 1000u})
        for (const std::size_t chunk : {0u, 1u, 7u, 2000u}) {
            std::set<std::pair<std::size_t, std::size_t>> first;
            for (const unsigned threads : {1u, 2u, 8u}) {
                JobContext ctx(threads);
                std::vector<std::atomic<int>> visits(count);
                std::mutex mutex;
                std::set<std::pair<std::size_t, std::size_t>> chunks;
                parallel_for(count, chunk, ctx, [&](std::size_t begin, std::size_t end) {
                    for (std::size_t i = begin; i < end; ++i) ++visits[i];
                    std::lock_guard lock(mutex);
                    chunks.emplace(begin, end);
                });
                for (const auto& v : visits) REQUIRE(v == 1);
                if (threads == 1) first = chunks;
                CHECK(chunks == first);
            }
        }
}

TEST_CASE("the first failure comes out after all threads have stopped") {
    JobContext ctx(4);
    std::atomic<int> running{0};
    const auto body = [&](std::size_t begin, std::size_t) {
        ++running;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        --running;
        if (begin == 5) throw Error(ErrorKind::Data, "broken");
    };
    CHECK_THROWS_AS(parallel_for(200, 1, ctx, body), Error);
    CHECK(running == 0);
}

TEST_CASE("a failure spares the chunks that have not begun") {
    JobContext ctx(2);
    std::atomic<int> begun{0};
    CHECK_THROWS(parallel_for(100000, 1, ctx, [&](std::size_t, std::size_t) {
        ++begun;
        throw Error(ErrorKind::Data, "broken");
    }));
    CHECK(begun <= 2);
}

TEST_CASE("a cancelled loop stops between chunks") {
    JobContext ctx(3);
    std::atomic<int> begun{0};
    CHECK_THROWS_AS(parallel_for(100000, 1, ctx,
                                 [&](std::size_t, std::size_t) {
                                     if (++begun == 10) ctx.cancel();
                                 }),
                    Cancelled);
    CHECK(begun <= 10 + 2);
}

TEST_CASE("many threads may report at once") {
    std::atomic<int> inside{0};
    double last = -1;
    JobContext ctx(8, [&](std::string_view, double f) {
        REQUIRE(++inside == 1); // one call at a time, so a listener needs no lock
        if (f >= 0) {
            REQUIRE(f > last);
            last = f;
        }
        --inside;
    });
    ctx.stage("stage.read");
    std::atomic<std::uint64_t> done{0};
    parallel_for(20000, 10, ctx, [&](std::size_t, std::size_t) { ctx.step(++done, 2000); });
    CHECK(last == 1);
}
