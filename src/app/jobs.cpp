#include "app/jobs.hpp"

#include "app/document.hpp"

#include <algorithm>
#include <mutex>

namespace diaban::app {

struct Jobs::Shared {
    struct Running {
        std::uint64_t id;
        JobSpec spec;
        std::unique_ptr<base::JobContext> ctx;
        JobState state;        // guarded by mutex
        bool finished = false; // guarded by mutex
        bool stopped = false;  // by the user, not by a newer request
        bool superseded = false;
        Deliver deliver;     // guarded by mutex
        std::jthread thread; // last: joined before anything that it writes to goes
    };
    std::mutex mutex;
    std::vector<std::unique_ptr<Running>> jobs;
    std::uint64_t next_id = 1;
    std::function<void()> wake;

    void wake_up() {
        std::function<void()> call;
        {
            std::lock_guard lock(mutex);
            call = wake;
        }
        if (call) call();
    }
};

Jobs::Jobs() : shared_(std::make_shared<Shared>()) {}

Jobs::~Jobs() {
    cancel_all();
    std::vector<std::unique_ptr<Shared::Running>> jobs;
    {
        std::lock_guard lock(shared_->mutex);
        shared_->wake = nullptr;
        jobs.swap(shared_->jobs);
    }
    jobs.clear(); // joins, without the lock that the workers need to finish
}

void Jobs::on_wakeup(std::function<void()> wake) {
    std::lock_guard lock(shared_->mutex);
    shared_->wake = std::move(wake);
}

void Jobs::start(JobSpec spec, std::function<Deliver(base::JobContext&)> work) {
    auto running = std::make_unique<Shared::Running>();
    auto* job = running.get();
    auto* shared = shared_.get(); // outlives the thread: the destructor joins first
    job->ctx = std::make_unique<base::JobContext>(
        0, [shared, job](std::string_view stage, double fraction) {
            // Looked at a few times a second while jobs run: a thousand steps are no thousand
            // frames.
            std::lock_guard lock(shared->mutex);
            job->state.stage = stage;
            job->state.fraction = fraction;
        });
    std::lock_guard lock(shared->mutex);
    if (spec.replace)
        for (auto& other : shared->jobs)
            if (other->spec.key == spec.key) {
                other->ctx->cancel();
                other->superseded = true;
            }
    job->id = shared->next_id++;
    job->spec = std::move(spec);
    job->state.id = job->id;
    job->state.key = job->spec.key;
    job->thread = std::jthread([shared, job, work = std::move(work)]() mutable {
        Deliver deliver;
        try {
            deliver = work(*job->ctx);
        } catch (const base::Cancelled&) {
            // Nothing to deliver: the user, or a newer request, did not want it any more.
        } catch (const base::Error& error) {
            deliver = [error](Document& document) { document.report(error); };
        } catch (const std::exception& error) {
            const base::Error bug(base::ErrorKind::Bug, "error.bug",
                                  {{"reason", std::string(error.what())}});
            deliver = [bug](Document& document) { document.report(bug); };
        }
        work = nullptr;
        {
            std::lock_guard done(shared->mutex);
            job->deliver = std::move(deliver);
            job->finished = true;
        }
        shared->wake_up();
    });
    shared->jobs.push_back(std::move(running));
}

bool Jobs::poll(Document& document) {
    std::vector<std::unique_ptr<Shared::Running>> finished;
    {
        std::lock_guard lock(shared_->mutex);
        auto& jobs = shared_->jobs;
        const auto first = std::stable_partition(jobs.begin(), jobs.end(),
                                                 [](const auto& job) { return !job->finished; });
        std::move(first, jobs.end(), std::back_inserter(finished));
        jobs.erase(first, jobs.end());
    }
    for (auto& job : finished) {
        const bool kept = job->spec.keep_stopped && job->stopped && !job->superseded;
        if (job->deliver && (kept || !job->ctx->cancelled())) job->deliver(document);
        if (job->stopped) document.stopped(job->spec.key);
    }
    return !finished.empty();
}

std::vector<JobState> Jobs::running() const {
    std::lock_guard lock(shared_->mutex);
    std::vector<JobState> out;
    for (const auto& job : shared_->jobs)
        if (!job->finished && !job->ctx->cancelled()) out.push_back(job->state);
    return out;
}

bool Jobs::idle() const {
    std::lock_guard lock(shared_->mutex);
    return shared_->jobs.empty();
}

void Jobs::cancel(std::uint64_t id) {
    std::lock_guard lock(shared_->mutex);
    for (auto& job : shared_->jobs)
        if (job->id == id) {
            job->stopped = job->stopped || !job->ctx->cancelled();
            job->ctx->cancel();
        }
}

void Jobs::cancel_all() {
    std::lock_guard lock(shared_->mutex);
    for (auto& job : shared_->jobs) job->ctx->cancel();
}

} // namespace diaban::app
