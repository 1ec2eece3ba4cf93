// Progress and cancellation of one long operation, handed down through every layer.
//
// Guarantees: step() never goes backwards within a stage as seen by the listener; check() throws
// Cancelled within the caller's loop once cancel() was called from any thread. All members are
// safe to call from several threads.
#pragma once

#include "base/error.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace diaban::base {

class JobContext {
public:
    // What a listener sees: the stage's message id and how far it has come, 0..1 (-1 if unknown).
    using Listener = std::function<void(std::string_view stage, double fraction)>;

    explicit JobContext(unsigned threads = 0, Listener listener = {});

    // Begins a stage; `key` is a message id ("stage.coverage").
    void stage(std::string_view key);
    // Reports progress within the stage and throws Cancelled if asked to stop.
    void step(std::uint64_t done, std::uint64_t total);
    // Throws Cancelled if asked to stop. Cheap: one relaxed load.
    void check() const {
        if (cancelled_.load(std::memory_order_relaxed)) throw Cancelled{};
    }
    bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
    void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
    // How many threads the operation may use, at least 1.
    unsigned threads() const { return threads_; }

private:
    std::atomic<bool> cancelled_{false};
    unsigned threads_;
    std::mutex mutex_; // guards stage_, last_ and calls to the listener
    std::string stage_;
    double last_ = -1;
    Listener listener_;
};

// Calls body(begin, end) on chunks of [0, count) from ctx.threads() threads and waits. The first
// exception thrown by a body is rethrown here after all have stopped; cancellation is checked
// between chunks. The split into chunks never depends on the number of threads.
void parallel_for(std::size_t count, std::size_t chunk, JobContext& ctx,
                  const std::function<void(std::size_t begin, std::size_t end)>& body);

} // namespace diaban::base
