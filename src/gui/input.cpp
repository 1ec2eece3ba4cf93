#include "gui/input.hpp"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <cfloat>
#include <utility>

namespace diaban::gui {
namespace {

// GLFW names keys by their place on a US keyboard; shortcuts with letters mean what is printed.
int printed_key(int key, int scancode) {
    if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_EQUAL) return key;
    const char* name = glfwGetKeyName(key, scancode);
    if (!name || name[0] == 0 || name[1] != 0) return key;
    const char c = name[0];
    if (c >= 'a' && c <= 'z') return GLFW_KEY_A + (c - 'a');
    if (c >= 'A' && c <= 'Z') return GLFW_KEY_A + (c - 'A');
    if (c >= '0' && c <= '9') return GLFW_KEY_0 + (c - '0');
    return key;
}

bool printable(int key) {
    return key < GLFW_KEY_SPACE || key <= GLFW_KEY_GRAVE_ACCENT; // unknown keys give letters too
}

// A key that is only a letter: nothing asks whether it is held, so its release needs no frame of
// its own. The space bar presses buttons; with Ctrl, letters are commands.
bool modifier(int code) {
    return code >= GLFW_KEY_LEFT_SHIFT && code <= GLFW_KEY_RIGHT_SUPER;
}
bool only_a_letter(const Input::Event& e) {
    return printable(e.code) && e.code != GLFW_KEY_SPACE &&
           !(e.mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER));
}

void map_keys(ImGuiIO& io) {
    const std::pair<int, int> keys[] = {{ImGuiKey_Tab, GLFW_KEY_TAB},
                                        {ImGuiKey_LeftArrow, GLFW_KEY_LEFT},
                                        {ImGuiKey_RightArrow, GLFW_KEY_RIGHT},
                                        {ImGuiKey_UpArrow, GLFW_KEY_UP},
                                        {ImGuiKey_DownArrow, GLFW_KEY_DOWN},
                                        {ImGuiKey_PageUp, GLFW_KEY_PAGE_UP},
                                        {ImGuiKey_PageDown, GLFW_KEY_PAGE_DOWN},
                                        {ImGuiKey_Home, GLFW_KEY_HOME},
                                        {ImGuiKey_End, GLFW_KEY_END},
                                        {ImGuiKey_Insert, GLFW_KEY_INSERT},
                                        {ImGuiKey_Delete, GLFW_KEY_DELETE},
                                        {ImGuiKey_Backspace, GLFW_KEY_BACKSPACE},
                                        {ImGuiKey_Space, GLFW_KEY_SPACE},
                                        {ImGuiKey_Enter, GLFW_KEY_ENTER},
                                        {ImGuiKey_Escape, GLFW_KEY_ESCAPE},
                                        {ImGuiKey_KeyPadEnter, GLFW_KEY_KP_ENTER},
                                        {ImGuiKey_A, GLFW_KEY_A},
                                        {ImGuiKey_C, GLFW_KEY_C},
                                        {ImGuiKey_V, GLFW_KEY_V},
                                        {ImGuiKey_X, GLFW_KEY_X},
                                        {ImGuiKey_Y, GLFW_KEY_Y},
                                        {ImGuiKey_Z, GLFW_KEY_Z}};
    for (auto [imgui, glfw] : keys) io.KeyMap[imgui] = glfw;
}

} // namespace

Input::Input(GLFWwindow* window) : window_(window) {
    ImGuiIO& io = ImGui::GetIO();
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    io.BackendPlatformName = "diaban";
    map_keys(io);
    io.ClipboardUserData = window;
    io.SetClipboardTextFn = [](void* w, const char* text) {
        glfwSetClipboardString(static_cast<GLFWwindow*>(w), text);
    };
    io.GetClipboardTextFn = [](void* w) {
        return glfwGetClipboardString(static_cast<GLFWwindow*>(w));
    };
    cursors_.assign(ImGuiMouseCursor_COUNT, nullptr);
    cursors_[ImGuiMouseCursor_TextInput] = glfwCreateStandardCursor(GLFW_IBEAM_CURSOR);
    cursors_[ImGuiMouseCursor_ResizeEW] = glfwCreateStandardCursor(GLFW_HRESIZE_CURSOR);
    cursors_[ImGuiMouseCursor_ResizeNS] = glfwCreateStandardCursor(GLFW_VRESIZE_CURSOR);
    cursors_[ImGuiMouseCursor_Hand] = glfwCreateStandardCursor(GLFW_HAND_CURSOR);
    install_callbacks();
}

Input::~Input() {
    for (GLFWcursor* cursor : cursors_)
        if (cursor) glfwDestroyCursor(cursor);
}

Input& Input::of(GLFWwindow* window) {
    return *static_cast<Input*>(glfwGetWindowUserPointer(window));
}

void Input::add(std::deque<Event>& events, Event event) {
    if (event.kind == Event::Kind::Move && !events.empty() &&
        events.back().kind == Event::Kind::Move) {
        event.passed = std::move(events.back().passed);
        event.passed.push_back({events.back().x, events.back().y});
        events.pop_back();
    }
    events.push_back(std::move(event));
}

void Input::push(Event event) {
    activity_ = true;
    add(events_, std::move(event));
}

void Input::install_callbacks() {
    using Kind = Event::Kind;
    glfwSetWindowUserPointer(window_, this);
    glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
        of(w).push({.kind = Kind::Move, .x = x, .y = y});
    });
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int mods) {
        of(w).push(
            {.kind = Kind::Button, .code = button, .mods = mods, .down = action == GLFW_PRESS});
    });
    glfwSetScrollCallback(window_, [](GLFWwindow* w, double dx, double dy) {
        of(w).push({.kind = Kind::Wheel, .x = dx, .y = dy});
    });
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
        of(w).push({.kind = Kind::Key,
                    .code = printed_key(key, scancode),
                    .mods = mods,
                    .down = action != GLFW_RELEASE,
                    .repeated = action == GLFW_REPEAT});
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned text) {
        of(w).push({.kind = Kind::Text, .text = text});
    });
    glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int focused) {
        of(w).push({.kind = Kind::Focus, .down = focused != 0});
    });
    glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
        if (!entered) of(w).push({.kind = Kind::Move, .x = -1e9, .y = -1e9});
    });
    glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
        Input& self = of(w);
        for (int i = 0; i < count; ++i) self.dropped_.emplace_back(paths[i]);
        self.activity_ = true;
    });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) {
        of(w).activity_ = true;
        if (of(w).refresh_) of(w).refresh_();
    });
    glfwSetFramebufferSizeCallback(window_,
                                   [](GLFWwindow* w, int, int) { of(w).activity_ = true; });
    glfwSetWindowContentScaleCallback(window_,
                                      [](GLFWwindow* w, float, float) { of(w).activity_ = true; });
}

std::size_t Input::frame_share(const std::deque<Event>& events) {
    using Kind = Event::Kind;
    std::vector<int> keys;
    bool moved = false, button = false, wheel = false, text = false, control_key = false;
    bool pressed = false; // a key that is no modifier
    std::size_t taken = 0;
    for (const Event& e : events) {
        switch (e.kind) {
        case Kind::Move:
            if (button || wheel) return taken;
            moved = true;
            break;
        case Kind::Button:
            // What lies below the pointer must have been pointed at for a frame: where items may
            // lie over each other, as heads of tables may, Dear ImGui takes no other press.
            if (button || wheel || (moved && e.down)) return taken;
            button = true;
            break;
        case Kind::Wheel:
            if (button) return taken;
            wheel = true;
            break;
        case Kind::Key:
            for (int key : keys)
                if (key == e.code) return taken;
            if (button || (text && !printable(e.code))) return taken;
            // Ctrl is held for as long as a frame asks; let go a moment later, it was held.
            if (pressed && modifier(e.code)) return taken;
            pressed = pressed || (e.down && !modifier(e.code));
            // What a command leads to may change where the next letter goes.
            if (control_key && e.down && printable(e.code) && !(e.mods & GLFW_MOD_CONTROL))
                return taken;
            if (!only_a_letter(e)) keys.push_back(e.code);
            control_key = control_key || (e.down && !printable(e.code));
            break;
        case Kind::Text:
            if (button || control_key) return taken;
            text = true;
            break;
        case Kind::Focus:
            break;
        }
        ++taken;
    }
    return taken;
}

bool Input::picture_wanted(bool pending, double seconds_since_last) {
    constexpr double kOld = 0.1;
    return !pending || seconds_since_last >= kOld;
}

void Input::apply(const Event& event) {
    ImGuiIO& io = ImGui::GetIO();
    switch (event.kind) {
    case Event::Kind::Move:
        way_.insert(way_.end(), event.passed.begin(), event.passed.end());
        way_.push_back({event.x, event.y});
        io.MousePos = event.x < -1e8
                          ? ImVec2(-FLT_MAX, -FLT_MAX)
                          : ImVec2(static_cast<float>(event.x), static_cast<float>(event.y));
        break;
    case Event::Kind::Button:
        if (event.code >= 0 && event.code < ImGuiMouseButton_COUNT)
            io.MouseDown[event.code] = event.down;
        break;
    case Event::Kind::Wheel:
        io.MouseWheelH += static_cast<float>(event.x);
        io.MouseWheel += static_cast<float>(event.y);
        break;
    case Event::Kind::Key:
        if (event.code >= 0 && event.code < IM_ARRAYSIZE(io.KeysDown)) {
            io.KeysDown[event.code] = event.down;
            if (event.down) keys_.push_back({event.code, event.mods, event.repeated});
        }
        break;
    case Event::Kind::Text:
        io.AddInputCharacter(event.text);
        break;
    case Event::Kind::Focus:
        io.AddFocusEvent(event.down);
        if (!event.down) std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
        break;
    }
}

void Input::begin_frame() {
    ImGuiIO& io = ImGui::GetIO();
    keys_.clear();
    way_.clear();
    const std::size_t share = held_ > 0 ? 0 : frame_share(events_);
    held_ = std::max(0, held_ - 1);
    for (std::size_t n = share; n > 0; --n) {
        ++handled_;
        apply(events_.front());
        events_.pop_front();
    }
    io.KeyCtrl = io.KeysDown[GLFW_KEY_LEFT_CONTROL] || io.KeysDown[GLFW_KEY_RIGHT_CONTROL];
    io.KeyShift = io.KeysDown[GLFW_KEY_LEFT_SHIFT] || io.KeysDown[GLFW_KEY_RIGHT_SHIFT];
    io.KeyAlt = io.KeysDown[GLFW_KEY_LEFT_ALT] || io.KeysDown[GLFW_KEY_RIGHT_ALT];
    io.KeySuper = io.KeysDown[GLFW_KEY_LEFT_SUPER] || io.KeysDown[GLFW_KEY_RIGHT_SUPER];

    // Enter presses buttons as the space bar does; in a field it belongs to the field.
    const auto is_enter = [](int key) { return key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER; };
    for (const KeyPress& key : keys_)
        if (is_enter(key.key) && !key.repeated) enter_acts_ = !io.WantTextInput;
    if (!io.KeysDown[GLFW_KEY_ENTER] && !io.KeysDown[GLFW_KEY_KP_ENTER]) enter_acts_ = false;
    if (enter_acts_ && (io.ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard))
        io.NavInputs[ImGuiNavInput_Activate] = 1;

    int width = 0, height = 0, fb_width = 0, fb_height = 0;
    glfwGetWindowSize(window_, &width, &height);
    glfwGetFramebufferSize(window_, &fb_width, &fb_height);
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    if (width > 0 && height > 0)
        io.DisplayFramebufferScale = {static_cast<float>(fb_width) / static_cast<float>(width),
                                      static_cast<float>(fb_height) / static_cast<float>(height)};
    const double now = glfwGetTime();
    io.DeltaTime = static_cast<float>(std::max(now - last_time_, 1e-4));
    last_time_ = now;
}

bool Input::take_activity() {
    return std::exchange(activity_, false);
}

std::vector<std::filesystem::path> Input::take_dropped() {
    return std::exchange(dropped_, {});
}

void Input::show_cursor() {
    const int wish = ImGui::GetMouseCursor();
    GLFWcursor* cursor = wish >= 0 ? cursors_[static_cast<std::size_t>(wish)] : nullptr;
    glfwSetCursor(window_, cursor);
}

} // namespace diaban::gui
