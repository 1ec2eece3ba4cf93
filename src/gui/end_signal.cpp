#include "gui/end_signal.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace diaban::gui {
namespace {

constexpr int kSignals[] = {SIGTERM, SIGHUP, SIGINT};
volatile std::sig_atomic_t pipe_to_listener = -1;

// write() is all that may be done here.
void on_signal(int) {
    const int kept = errno;
    const char end = 'e';
    if (pipe_to_listener >= 0) {
        [[maybe_unused]] const auto written = write(pipe_to_listener, &end, 1);
    }
    errno = kept;
}

void handle(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : kSignals) sigaction(signal, &action, nullptr);
}

} // namespace

EndSignal::EndSignal(std::function<void()> wake) {
    if (pipe2(ends_, O_CLOEXEC) != 0) return; // without it the program ends as any other
    pipe_to_listener = ends_[1];
    listener_ = std::thread([this, wake = std::move(wake)] {
        char what = 0;
        while (read(ends_[0], &what, 1) == 1 && what == 'e') {
            asked_ = true;
            wake();
        }
    });
    handle(on_signal);
}

EndSignal::~EndSignal() {
    if (!listener_.joinable()) return;
    handle(SIG_DFL);
    pipe_to_listener = -1;
    const char stop = 's';
    [[maybe_unused]] const auto written = write(ends_[1], &stop, 1);
    listener_.join();
    close(ends_[0]);
    close(ends_[1]);
}

} // namespace diaban::gui
