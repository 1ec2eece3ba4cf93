#include "drop_source.hpp"

#include <X11/Xlib.h>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <thread>

namespace diaban::test {
namespace {

struct CloseDisplay {
    void operator()(Display* d) const { XCloseDisplay(d); }
};

// "file:///tmp/x%C3%A3.shp\r\n" for each file, as RFC 3986 and 2483 have it.
std::string uri_list(const std::vector<std::string>& files) {
    std::string list;
    for (const auto& file : files) {
        list += "file://";
        for (const char c : file) {
            const bool plain = std::strchr("/-._~", c) || (c >= '0' && c <= '9') ||
                               (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            char escaped[4];
            std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
            list += plain ? std::string(1, c) : escaped;
        }
        list += "\r\n";
    }
    return list;
}

class Source {
public:
    Source(const std::string& display, Window target)
        : display_(XOpenDisplay(display.c_str())), target_(target) {
        if (!display_) throw std::runtime_error("no display " + display);
        window_ = XCreateSimpleWindow(d(), DefaultRootWindow(d()), 0, 0, 1, 1, 0, 0, 0);
        XSetSelectionOwner(d(), atom("XdndSelection"), window_, CurrentTime);
    }

    void enter() { send("XdndEnter", 5L << 24, static_cast<long>(atom("text/uri-list")), 0); }
    void point(int x, int y) {
        send("XdndPosition", 0, static_cast<long>(x) << 16 | y, CurrentTime,
             static_cast<long>(atom("XdndActionCopy")));
    }
    void drop() { send("XdndDrop", 0, CurrentTime, 0); }

    // Waits for a message of the target, and hands over `data` when it is asked for. Whether the
    // message says yes; false when the time is over. (GLFW says yes with the length of the data.)
    bool answered(const char* message, const std::string& data, double seconds) {
        const auto limit =
            std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        while (std::chrono::steady_clock::now() < limit) {
            if (!XPending(d())) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                continue;
            }
            XEvent event;
            XNextEvent(d(), &event);
            if (event.type == SelectionRequest)
                hand_over(event.xselectionrequest, data);
            else if (event.type == ClientMessage && event.xclient.message_type == atom(message))
                return event.xclient.data.l[1] != 0;
        }
        return false;
    }

private:
    Display* d() const { return display_.get(); }
    Atom atom(const char* name) const { return XInternAtom(d(), name, False); }

    void send(const char* message, long first, long second, long third, long fourth = 0) {
        XEvent event{};
        event.xclient.type = ClientMessage;
        event.xclient.window = target_;
        event.xclient.message_type = atom(message);
        event.xclient.format = 32;
        const long data[5] = {static_cast<long>(window_), first, second, third, fourth};
        std::copy(std::begin(data), std::end(data), event.xclient.data.l);
        XSendEvent(d(), target_, False, NoEventMask, &event);
        XFlush(d());
    }

    void hand_over(const XSelectionRequestEvent& request, const std::string& data) {
        XChangeProperty(d(), request.requestor, request.property, request.target, 8,
                        PropModeReplace, reinterpret_cast<const unsigned char*>(data.data()),
                        static_cast<int>(data.size()));
        XEvent event{};
        event.xselection.type = SelectionNotify;
        event.xselection.requestor = request.requestor;
        event.xselection.selection = request.selection;
        event.xselection.target = request.target;
        event.xselection.property = request.property;
        event.xselection.time = request.time;
        XSendEvent(d(), request.requestor, False, NoEventMask, &event);
        XFlush(d());
    }

    std::unique_ptr<Display, CloseDisplay> display_;
    Window target_, window_ = 0;
};

} // namespace

bool drop_files(const std::string& display, unsigned long window, int x, int y,
                const std::vector<std::string>& files, double seconds) {
    Source source(display, window);
    const auto list = uri_list(files);
    source.enter();
    source.point(x, y);
    if (!source.answered("XdndStatus", list, seconds)) return false;
    source.drop();
    return source.answered("XdndFinished", list, seconds);
}

} // namespace diaban::test
