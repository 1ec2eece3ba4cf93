#include "cli/progress.hpp"

#include "base/paths.hpp"

#include <csignal>
#include <cstdio>
#include <fmt/format.h>

namespace diaban::cli {
namespace {

// What Ctrl-C cancels. A second Ctrl-C ends the program at once, in case a library is stuck.
std::atomic<base::JobContext*> g_interruptible{nullptr};

extern "C" void on_interrupt(int) {
    if (auto* context = g_interruptible.exchange(nullptr))
        context->cancel();
    else
        std::_Exit(130);
}

constexpr int kBarWidth = 24;

} // namespace

ConsoleJob::ConsoleJob(unsigned threads, bool quiet, std::shared_ptr<const app::Language> language)
    : language_(std::move(language)), shown_(!quiet && base::is_terminal(2)),
      context_(threads, shown_ ? base::JobContext::Listener(
                                     [this](std::string_view stage, double f) { draw(stage, f); })
                               : base::JobContext::Listener()) {
    g_interruptible = &context_;
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
}

ConsoleJob::~ConsoleJob() {
    g_interruptible = nullptr;
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
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
