#include "cli/progress.hpp"

#include "base/paths.hpp"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

namespace diaban::cli {
namespace {

constexpr int kBarWidth = 24;

} // namespace

Interruptions::Interruptions(base::JobContext& context, std::function<void()> first)
    : first_(std::move(first)) {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    thread_ = std::thread([this, &context] { wait(context); });
}

Interruptions::~Interruptions() {
    over_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM); // wakes it; blocked, so nothing else happens
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interruptions::wait(base::JobContext& context) const {
    for (bool asked = false;; asked = true) {
        int signal = 0;
        if (sigwait(&signals_, &signal) != 0 || over_) return;
        if (asked) std::_Exit(130);
        context.cancel();
        first_();
    }
}

ConsoleJob::ConsoleJob(unsigned threads, bool quiet, std::shared_ptr<const app::Language> language,
                       std::string stopping)
    : language_(std::move(language)), shown_(!quiet && base::is_terminal(2)),
      context_(threads, shown_ ? base::JobContext::Listener(
                                     [this](std::string_view stage, double f) { draw(stage, f); })
                               : base::JobContext::Listener()),
      interruptions_(context_, [this, stopping = std::move(stopping)] {
          if (stopping.empty()) return;
          // One write: the progress is drawn by another thread.
          fmt::print(stderr, "{}{}\n", shown_ ? "\r\x1b[K" : "", language_->text(stopping));
          std::fflush(stderr);
      }) {}

ConsoleJob::~ConsoleJob() {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void ConsoleJob::draw(std::string_view stage, double fraction) {
    drawn_ = true;
    std::string bar;
    if (fraction >= 0) {
        const int full = static_cast<int>(fraction * kBarWidth);
        for (int i = 0; i < kBarWidth; ++i) bar += i < full ? "▓" : "░";
        bar += fmt::format(" {:.0f} %", fraction * 100);
    }
    fmt::print(stderr, "\r\x1b[K{} {}", language_->text(stage), bar);
    std::fflush(stderr);
}

} // namespace diaban::cli
