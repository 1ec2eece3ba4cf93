// Progress on the terminal, and Ctrl-C.
#pragma once

#include "app/language.hpp"
#include "base/job.hpp"

#include <atomic>
#include <csignal>
#include <functional>
#include <memory>
#include <thread>

namespace diaban::cli {

// Ctrl-C, and the system's request to end, cancel a job while this lives; the second ends the
// program at once, in case a library is stuck. Both are waited for by a thread of its own and
// blocked for all others: whatever handlers libraries put in place (the solver of plans leaves the
// default behind, which would end the program and lose the plan) change nothing. Made before other
// threads. `first` is called on that thread when the first of them has come, which no handler may
// do.
class Interruptions {
public:
    Interruptions(base::JobContext& context, std::function<void()> first);
    ~Interruptions();
    Interruptions(const Interruptions&) = delete;
    Interruptions& operator=(const Interruptions&) = delete;

private:
    void wait(base::JobContext& context) const;
    std::function<void()> first_;
    sigset_t signals_{}, before_{};
    std::atomic<bool> over_{false};
    std::thread thread_; // last: it uses the others
};

// A job context whose progress is drawn as one line on stderr if that is a terminal, and which
// Ctrl-C cancels while the guard lives. `stopping`: message said on stderr as soon as it does, of
// work that takes a while to end; empty: none.
class ConsoleJob {
public:
    ConsoleJob(unsigned threads, bool quiet, std::shared_ptr<const app::Language> language,
               std::string stopping = {});
    ~ConsoleJob();
    ConsoleJob(const ConsoleJob&) = delete;
    ConsoleJob& operator=(const ConsoleJob&) = delete;
    base::JobContext& context() { return context_; }

private:
    void draw(std::string_view stage, double fraction);
    std::shared_ptr<const app::Language> language_;
    bool shown_;
    bool drawn_ = false;
    base::JobContext context_;
    Interruptions interruptions_; // last: ended before the context
};

} // namespace diaban::cli
