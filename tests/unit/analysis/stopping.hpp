// How long a running computation takes to stop once it is asked to.
#pragma once

#include "base/job.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

namespace diaban::test {

// Processor seconds that this program has used, all threads together.
inline double cpu_seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

// Seconds from cancel() to the end of work(ctx), asked `after` it began, on a machine whose two
// cores are free: where others hold them, half of what the two threads still used counts. The best
// of three runs; huge if the work ended by itself every time.
template <class Work> double seconds_to_stop(Work work, std::chrono::milliseconds after) {
    double best = 1e9;
    for (int round = 0; round < 3; ++round) {
        base::JobContext ctx(2);
        bool stopped = false;
        std::thread running([&] {
            try {
                work(ctx);
            } catch (const base::Cancelled&) {
                stopped = true;
            }
        });
        std::this_thread::sleep_for(after);
        const auto asked = std::chrono::steady_clock::now();
        const double used = cpu_seconds();
        ctx.cancel();
        running.join();
        const std::chrono::duration<double> late = std::chrono::steady_clock::now() - asked;
        if (stopped) best = std::min({best, late.count(), (cpu_seconds() - used) / 2});
    }
    return best;
}

} // namespace diaban::test
