#include "base/job.hpp"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace diaban::base {

JobContext::JobContext(unsigned threads, Listener listener)
    : threads_(threads ? threads : std::max(1u, std::thread::hardware_concurrency())),
      listener_(std::move(listener)) {}

void JobContext::stage(std::string_view key) {
    check();
    std::lock_guard lock(mutex_);
    stage_ = key;
    last_ = -1;
    if (listener_) listener_(stage_, -1);
}

void JobContext::step(std::uint64_t done, std::uint64_t total) {
    check();
    if (!listener_ || total == 0) return;
    const double fraction = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    std::lock_guard lock(mutex_);
    // Reports are for eyes: a thousand steps per stage are plenty.
    if (fraction < last_ + 0.001 && fraction < 1.0) return;
    if (fraction <= last_) return;
    last_ = fraction;
    listener_(stage_, fraction);
}

void parallel_for(std::size_t count, std::size_t chunk, JobContext& ctx,
                  const std::function<void(std::size_t, std::size_t)>& body) {
    chunk = std::max<std::size_t>(chunk, 1);
    const std::size_t chunks = (count + chunk - 1) / chunk;
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto work = [&] {
        try {
            for (;;) {
                const std::size_t i = next.fetch_add(1);
                if (i >= chunks) return;
                ctx.check();
                body(i * chunk, std::min(count, (i + 1) * chunk));
            }
        } catch (...) {
            std::lock_guard lock(failure_mutex);
            if (!failure) failure = std::current_exception();
            next.store(chunks);
        }
    };
    const std::size_t wanted = std::min<std::size_t>(ctx.threads(), chunks);
    {
        std::vector<std::jthread> helpers;
        for (std::size_t t = 1; t < wanted; ++t) helpers.emplace_back(work);
        work();
    }
    if (failure) std::rethrow_exception(failure);
}

} // namespace diaban::base
