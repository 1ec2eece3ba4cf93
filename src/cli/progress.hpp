// Progress on the terminal, and Ctrl-C.
#pragma once

#include "app/language.hpp"
#include "base/job.hpp"

#include <memory>

namespace diaban::cli {

// A job context whose progress is drawn as one line on stderr if that is a terminal, and which
// Ctrl-C cancels while the guard lives.
class ConsoleJob {
public:
    ConsoleJob(unsigned threads, bool quiet, std::shared_ptr<const app::Language> language);
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
};

} // namespace diaban::cli
