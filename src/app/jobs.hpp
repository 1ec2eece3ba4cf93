// Background work: a job takes values, returns a value, and hands it over on the UI thread.
//
// Guarantees: work never touches the document; `done` and `failed` run in poll(), on the thread
// that calls it; a job started with `replace` cancels an older one of the same key, whose result is
// dropped; so is that of a job that the user stops, unless it was started with `keep_stopped` and
// still has one; the destructor cancels and joins everything.
#pragma once

#include "base/job.hpp"

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace diaban::app {

class Document;

struct JobSpec {
    std::string key; // "load", "export"; also the message id "job.<key>"
    bool replace = true;
    bool keep_stopped = false; // what was found is handed over also if the user stops it
};

struct JobState {
    std::uint64_t id = 0;
    std::string key, stage;
    double fraction = -1; // -1 unknown
};

class Jobs {
public:
    Jobs();
    ~Jobs();
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    // work: (base::JobContext&) -> R. done: (Document&, R). Called from the UI thread.
    template <class Work, class Done> void run(JobSpec spec, Work work, Done done) {
        start(std::move(spec),
              [work = std::move(work),
               done = std::move(done)](base::JobContext& ctx) mutable -> Deliver {
                  auto result = std::make_shared<decltype(work(ctx))>(work(ctx));
                  return [done = std::move(done), result](Document& document) mutable {
                      done(document, std::move(*result));
                  };
              });
    }

    // UI thread, start of a frame: hands over what is finished. True if anything was delivered.
    bool poll(Document& document);
    std::vector<JobState> running() const;
    bool idle() const;
    // By the user: the document is told once the job has ended.
    void cancel(std::uint64_t id);
    void cancel_all();
    // Called from worker threads when poll() has something to do (glfwPostEmptyEvent); not for
    // progress, which whoever shows it looks at when it likes.
    void on_wakeup(std::function<void()> wake);

private:
    using Deliver = std::function<void(Document&)>;
    void start(JobSpec spec, std::function<Deliver(base::JobContext&)> work);
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

} // namespace diaban::app
