// The system asks the program to end: at logout, shutdown, or Ctrl-C in the terminal.
//
// Guarantees: no signal interrupts anything; the window is woken once and ends in order. One at a
// time in a process.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace diaban::gui {

class EndSignal {
public:
    // `wake` is called from a thread of its own, once asked() is true.
    explicit EndSignal(std::function<void()> wake);
    ~EndSignal();
    EndSignal(const EndSignal&) = delete;
    EndSignal& operator=(const EndSignal&) = delete;
    bool asked() const { return asked_; }

private:
    std::atomic<bool> asked_{false};
    int ends_[2] = {-1, -1}; // of the pipe that the handler writes to
    std::thread listener_;
};

} // namespace diaban::gui
