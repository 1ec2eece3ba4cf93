// A document beside a small sample province, and the wait for its jobs.
#pragma once

#include "app/document.hpp"
#include "app/sample.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <thread>

namespace diaban::test {

struct Desk {
    TempFolder folder;
    base::JobContext ctx;
    app::SampleFiles files =
        app::write_sample(app::make_sample({.communes = 30}, ctx), folder / "mau", ctx);
    app::Settings settings;
    app::Document document{settings};

    void poll_until(const std::function<bool()>& done) {
        for (int i = 0; i < 60000 && !done(); ++i) {
            document.jobs().poll(document);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        REQUIRE(done());
    }
    void finish() {
        poll_until([&] { return document.jobs().idle(); });
    }
    void stop_loading() {
        for (const auto& job : document.jobs().running()) document.jobs().cancel(job.id);
        finish();
    }
};

} // namespace diaban::test
