#include "gui/window.hpp"

#include "app/project_views.hpp"
#include "app/start_request.hpp"
#include "base/text.hpp"
#include "gui/bench.hpp"
#include "gui/end_signal.hpp"
#include "gui/frame.hpp"
#include "gui/gl.hpp"
#include "gui/text_boxes.hpp"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <chrono>
#include <cmath>
#include <ctime>
#include <memory>

namespace diaban::gui {
namespace {

constexpr int kLeastWidth = 800, kLeastHeight = 520; // interface pixels
// ImGui needs a frame or two more than the event that changed something.
constexpr int kFramesAfterEvent = 3;
constexpr int kFramesToFocus = 2;   // until a field that asked for the keyboard has it
constexpr double kKeepSeconds = 2;  // between copies of unsaved work
constexpr double kJobSeconds = 0.1; // how often running jobs are shown

std::string& last_glfw_error() {
    static std::string text;
    return text;
}

// GLFW from init to terminate.
struct Library {
    Library() {
        // It ends with the name of a display, which may be empty.
        glfwSetErrorCallback(
            [](int, const char* text) { last_glfw_error() = std::string(base::trim(text)); });
        if (!glfwInit())
            throw base::Error(base::ErrorKind::Input, "error.window.no_display",
                              {{"reason", last_glfw_error()}});
    }
    ~Library() { glfwTerminate(); }
};

struct DestroyWindow {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
using WindowHandle = std::unique_ptr<GLFWwindow, DestroyWindow>;

// What the desktop leaves free of its bars; nothing if no screen tells.
struct WorkArea {
    int x = 0, y = 0, width = 0, height = 0;
};
WorkArea work_area() {
    WorkArea area;
    if (GLFWmonitor* monitor = glfwGetPrimaryMonitor())
        glfwGetMonitorWorkarea(monitor, &area.x, &area.y, &area.width, &area.height);
    return area;
}

// A window that nobody gave a size never reaches beyond the screen, its frame included.
void keep_on_screen(GLFWwindow* window) {
    const WorkArea area = work_area();
    if (area.width <= 0 || area.height <= 0) return;
    int left = 0, top = 0, right = 0, bottom = 0, width = 0, height = 0;
    glfwGetWindowFrameSize(window, &left, &top, &right, &bottom);
    glfwGetWindowSize(window, &width, &height);
    const int most_width = area.width - left - right, most_height = area.height - top - bottom;
    if (width <= most_width && height <= most_height) return;
    glfwSetWindowSize(window, std::min(width, most_width), std::min(height, most_height));
    glfwSetWindowPos(window, area.x + left, area.y + top);
}

WindowHandle make_window(int width, int height, bool maximised) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_MAXIMIZED, maximised);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "diaban");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "diaban");
    WindowHandle window(glfwCreateWindow(width, height, "Diaban", nullptr, nullptr));
    if (!window)
        throw base::Error(base::ErrorKind::Input, "error.window.no_gl",
                          {{"reason", last_glfw_error()}});
    glfwMakeContextCurrent(window.get());
    if (epoxy_gl_version() < 33)
        throw base::Error(
            base::ErrorKind::Input, "error.window.no_gl",
            {{"reason", std::string(reinterpret_cast<const char*>(glGetString(GL_VERSION)))}});
    return window;
}

struct ImGuiLife {
    ImGuiLife() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;              // sizes are kept in the settings
        io.ConfigInputTextCursorBlink = false; // a blinking cursor would keep the window awake
        io.ConfigWindowsMoveFromTitleBarOnly = true;
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    ~ImGuiLife() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext();
    }
};

float monitor_scale(GLFWwindow* window) {
    float x = 1, y = 1;
    glfwGetWindowContentScale(window, &x, &y);
    int width = 0, framebuffer = 0, height = 0;
    glfwGetWindowSize(window, &width, &height);
    glfwGetFramebufferSize(window, &framebuffer, &height);
    // Where window coordinates are points already (Wayland, macOS), the points carry the scale.
    const float raster =
        width > 0 ? static_cast<float>(framebuffer) / static_cast<float>(width) : 1;
    return std::clamp(x / std::max(raster, 1.0F), 0.75F, 3.0F);
}

class Window {
public:
    Window(const WindowOptions& options, std::optional<std::size_t> view, app::Settings& settings,
           app::Document& document);
    ~Window() { document_.jobs().on_wakeup({}); }
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    int loop();

private:
    void take_scale_and_theme();
    void frame();
    void show();
    void draw_backdrops(int width, int height) const;
    void wait();
    void take_title();
    void take_fullscreen();
    bool to_keep(); // something changed since it was kept
    void keep_work();

    const WindowOptions& options_;
    app::Settings& settings_;
    app::Document& document_;
    Library library_;
    app::FontFiles font_files_ = app::interface_fonts();
    WindowHandle window_;
    ImGuiLife imgui_;
    Input input_;
    Probe probe_;
    Frame frame_;
    app::Autosave autosave_, layout_autosave_;
    EndSignal end_{[] { glfwPostEmptyEvent(); }};
    std::optional<std::uint64_t> kept_; // revision of the document that is kept
    std::shared_ptr<const app::LayoutWork> kept_layout_;
    double keep_at_ = 0; // when the next change will be, seconds
    std::unique_ptr<Bench> bench_;
    Fonts fonts_;
    float scale_ = 0, raster_ = 0;
    bool large_fonts_ = false;
    std::string theme_, title_;
    bool fullscreen_ = false, animating_ = false;
    double shown_at_ = 0; // the latest picture, seconds
    int frames_left_ = kFramesAfterEvent;
    int restore_[4] = {0, 0, 0, 0};
};

Window::Window(const WindowOptions& options, std::optional<std::size_t> view,
               app::Settings& settings, app::Document& document)
    : options_(options), settings_(settings), document_(document),
      window_(make_window(options.width > 0 ? options.width : settings.window_width,
                          options.height > 0 ? options.height : settings.window_height,
                          settings.maximised && options.width == 0)),
      input_(window_.get()), probe_(options.dump_items), frame_(document_, probe_),
      autosave_(options.bench ? std::filesystem::path() : app::recovery_folder()),
      layout_autosave_(options.bench ? std::filesystem::path() : app::recovery_folder()) {
    if (options.width == 0 && !settings.maximised) keep_on_screen(window_.get());
    frame_.shell().wanted_view = view;
    frame_.shell().verify = options.verify;
    frame_.shell().recoveries = app::find_recoveries(app::recovery_folder());
    glfwSwapInterval(options.bench ? 0 : 1);
    if (options.bench) bench_ = std::make_unique<Bench>();
    document_.jobs().on_wakeup([] { glfwPostEmptyEvent(); });
}

void Window::take_scale_and_theme() {
    if (const double wanted = frame_.take_wanted_scale(); wanted > 0) settings_.scale = wanted;
    const float scale = options_.scale > 0 && settings_.scale <= 0
                            ? static_cast<float>(options_.scale)
                        : settings_.scale > 0 ? static_cast<float>(settings_.scale)
                                              : monitor_scale(window_.get());
    int width = 0, height = 0, fb_width = 0, fb_height = 0;
    glfwGetWindowSize(window_.get(), &width, &height);
    glfwGetFramebufferSize(window_.get(), &fb_width, &fb_height);
    const float raster =
        width > 0 && fb_width > 0 ? static_cast<float>(fb_width) / static_cast<float>(width) : 1;
    // Letters for a room are made when they are first needed, and stay.
    const bool large = large_fonts_ || frame_.shell().presenting;
    const bool rescaled = scale != scale_ || raster != raster_ || large != large_fonts_;
    if (rescaled) {
        scale_ = scale, raster_ = raster, large_fonts_ = large;
        fonts_ = load_fonts(font_files_, scale, raster, large);
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
        glfwSetWindowSizeLimits(window_.get(), kLeastWidth, kLeastHeight, GLFW_DONT_CARE,
                                GLFW_DONT_CARE);
    }
    if (rescaled || theme_ != settings_.theme) {
        theme_ = settings_.theme;
        apply_style(theme_of(theme_), scale_);
    }
}

void Window::take_title() {
    std::string title = "Diaban";
    if (!document_.file().empty())
        title = document_.file().filename().string() + " – Diaban";
    else if (const auto dataset = document_.dataset())
        title = dataset->title + " – Diaban";
    if (document_.history().unsaved()) title = "• " + title;
    if (title != title_) glfwSetWindowTitle(window_.get(), (title_ = title).c_str());
}

void Window::take_fullscreen() {
    if (fullscreen_ == frame_.shell().fullscreen) return;
    fullscreen_ = frame_.shell().fullscreen;
    GLFWwindow* window = window_.get();
    if (fullscreen_) {
        glfwGetWindowPos(window, &restore_[0], &restore_[1]);
        glfwGetWindowSize(window, &restore_[2], &restore_[3]);
        GLFWmonitor* monitor = glfwGetPrimaryMonitor();
        const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
        if (mode)
            glfwSetWindowMonitor(window, monitor, 0, 0, mode->width, mode->height,
                                 mode->refreshRate);
    } else {
        glfwSetWindowMonitor(window, nullptr, restore_[0], restore_[1], restore_[2], restore_[3],
                             0);
    }
}

// The grounds of all regions and the map itself: clears and one copy, where ImGui would blend.
void Window::draw_backdrops(int width, int height) const {
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, width, height);
    glEnable(GL_SCISSOR_TEST);
    for (const Backdrop& b : frame_.backdrops()) {
        auto px = [&](float v) { return static_cast<int>(std::round(v * raster_)); };
        const ImVec4 c = ImGui::ColorConvertU32ToFloat4(b.colour);
        glScissor(px(b.area.x0), height - px(b.area.y1), px(b.area.x1) - px(b.area.x0),
                  px(b.area.y1) - px(b.area.y0));
        glClearColor(c.x, c.y, c.z, 1);
        glClear(GL_COLOR_BUFFER_BIT);
    }
    glDisable(GL_SCISSOR_TEST);
    frame_.map().show(height);
}

void Window::show() {
    int width = 0, height = 0;
    glfwGetFramebufferSize(window_.get(), &width, &height);
    draw_backdrops(width, height);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window_.get());
    shown_at_ = glfwGetTime();
}

void Window::frame() {
    const auto begun = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    if (document_.jobs().poll(document_)) frames_left_ = kFramesAfterEvent;
    if (const auto dropped = input_.take_dropped(); !dropped.empty())
        frame_.shell().leaving = {Shell::Leaving::Where::Files, dropped};
    if (bench_ && !bench_->before_frame(document_, frame_)) frame_.shell().quit = true;
    take_scale_and_theme();
    ImGui_ImplOpenGL3_NewFrame();
    const unsigned long handled = input_.handled();
    input_.begin_frame();
    // Counted from the frame that takes the event, which may come later than the event.
    if (input_.handled() != handled) frames_left_ = kFramesAfterEvent;
    ImGui::NewFrame();
    animating_ = frame_.draw(fonts_, scale_, input_, glfwGetTime());
    if (std::exchange(frame_.shell().hold_keys, false)) input_.hold(kFramesToFocus);
    ImGui::Render();
    if (Input::picture_wanted(input_.pending(), glfwGetTime() - shown_at_)) show();
    input_.show_cursor();
    take_title();
    take_fullscreen();
    if (bench_) {
        glFinish();
        bench_->after_frame(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
                .count(),
            1000.0 * static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, frame_);
    }
    keep_work();
    probe_.state("events", static_cast<double>(input_.handled()));
    --frames_left_;
    const bool settled = !animating_ && !input_.pending() && frames_left_ <= 0 &&
                         document_.jobs().idle() &&
                         (!document_.dataset() || frame_.map().settled());
    if (settled && probe_.on()) {
        const auto texts = texts_drawn(*ImGui::GetDrawData());
        probe_.state("overlaps", told_overlaps(texts));
        probe_.state("texts", told_texts(texts));
    }
    probe_.end_frame(settled);
}

bool Window::to_keep() {
    return kept_ != document_.revision() || kept_layout_ != frame_.shell().layout_unsaved;
}

// A copy of unsaved work, at most every few seconds.
void Window::keep_work() {
    if (!to_keep() || glfwGetTime() < keep_at_) return;
    if (document_.unsaved_work())
        autosave_.keep(document_.project(), document_.file(), document_.opened_file());
    else
        autosave_.forget();
    kept_ = document_.revision();
    kept_layout_ = frame_.shell().layout_unsaved;
    if (kept_layout_)
        layout_autosave_.keep(*kept_layout_, document_.opened_file());
    else
        layout_autosave_.forget();
    keep_at_ = glfwGetTime() + kKeepSeconds;
}

void Window::wait() {
    if (animating_ || input_.pending() || frames_left_ > 0 ||
        (bench_ && (bench_->hurried() || document_.jobs().idle())))
        glfwPollEvents();
    else if (!document_.jobs().idle())
        glfwWaitEventsTimeout(kJobSeconds);
    else if (frame_.shell().playing)
        glfwWaitEventsTimeout(std::max(0.001, frame_.shell().next_step_at - glfwGetTime()));
    else if (to_keep())
        glfwWaitEventsTimeout(std::max(0.001, keep_at_ - glfwGetTime()));
    else
        glfwWaitEvents();
    if (input_.take_activity()) frames_left_ = kFramesAfterEvent;
}

int Window::loop() {
    for (;;) {
        frame();
        if (glfwWindowShouldClose(window_.get())) {
            glfwSetWindowShouldClose(window_.get(), GLFW_FALSE);
            frame_.shell().leaving = {Shell::Leaving::Where::Quit, {}};
            frames_left_ = kFramesAfterEvent;
        }
        if (frame_.shell().quit || end_.asked()) break;
        wait();
    }
    // Nobody can be asked any more: what is unsaved is offered at the next start.
    if (end_.asked() && document_.unsaved_work())
        autosave_.leave(document_.project(), document_.file(), document_.opened_file());
    if (const auto& layout = frame_.shell().layout_unsaved; end_.asked() && layout)
        layout_autosave_.leave(*layout, document_.opened_file());
    if (bench_) bench_->print();
    document_.jobs().cancel_all();
    if (!fullscreen_ && options_.width == 0) {
        settings_.maximised = glfwGetWindowAttrib(window_.get(), GLFW_MAXIMIZED) != 0;
        if (!settings_.maximised)
            glfwGetWindowSize(window_.get(), &settings_.window_width, &settings_.window_height);
    }
    return 0;
}

} // namespace

int run_window(const WindowOptions& options) {
    base::Findings findings;
    const auto file = app::settings_file();
    app::Settings settings = app::load_settings(file, findings);
    const app::Settings before = settings;
    if (!options.language.empty()) settings.language = options.language;
    if (options.scale > 0) settings.scale = options.scale;
    // Reading begins at once; the screen comes up meanwhile.
    app::Document document(settings);
    auto start = app::start_request(options.data, options.files);
    if (!start.data.empty()) document.open_data(std::move(start.data), "edit.open");
    document.open_all(std::move(start.files));
    std::optional<std::size_t> view; // what it is called is checked before a window is opened
    if (!options.view.empty()) view = app::find_view(document.project(), options.view);
    const int code = Window(options, view, settings, document).loop();
    // A scale or language given for once is not remembered.
    if (options.scale > 0 && settings.scale == options.scale) settings.scale = before.scale;
    if (settings.language == options.language) settings.language = before.language;
    if (!options.bench && !file.empty()) app::save_settings(settings, file);
    return code;
}

} // namespace diaban::gui
