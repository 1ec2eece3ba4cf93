#define CATCH_CONFIG_FAST_COMPILE
#include "session.hpp"

#include "drop_source.hpp"
#include "support/anyone.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace diaban::test {
namespace fs = std::filesystem;
namespace {

// For a tool that acts on a screen; xdotool types Vietnamese letters only where text is UTF-8.
RunOptions on_screen(const std::string& display) {
    RunOptions options;
    options.environment = {{"DISPLAY", display}, {"LC_ALL", "C.UTF-8"}};
    return options;
}

using Clock = std::chrono::steady_clock;

void nap(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

int spawn(const std::vector<std::string>& arguments,
          const std::vector<std::pair<std::string, std::string>>& environment, int keep_fd = -1,
          const fs::path& log = {}) {
    const int pid = fork();
    if (pid < 0) throw std::runtime_error("fork failed");
    if (pid > 0) return pid;
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    const int out =
        open(log.empty() ? "/dev/null" : log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(out, 1);
    dup2(out, 2);
    if (keep_fd >= 0) fcntl(keep_fd, F_SETFD, 0);
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
}

void stop(int& pid) {
    if (pid <= 0) return;
    kill(pid, SIGTERM);
    for (int i = 0; i < 60; ++i) {
        if (waitpid(pid, nullptr, WNOHANG) == pid) {
            pid = -1;
            return;
        }
        nap(50);
    }
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    pid = -1;
}

std::string number(double v) {
    return std::to_string(static_cast<long>(std::lround(v)));
}

bool has_program(const char* name) {
    return std::system((std::string("command -v ") + name + " >/dev/null 2>&1").c_str()) == 0;
}

// A keyboard with kLetters on keys that are free on a US one.
void give_letters(const std::string& display, const fs::path& file) {
    constexpr int kFreeKeys = 210; // and on to 255
    std::ostringstream codes, symbols;
    int key = kFreeKeys;
    for (const char32_t* c = kLetters; *c; ++c, ++key) {
        const std::string name = "<VN" + std::to_string(key - kFreeKeys + 10) + ">";
        codes << name << " = " << key << "; ";
        symbols << "key " << name << " { [ U" << std::hex << static_cast<unsigned>(*c) << std::dec
                << " ] }; ";
    }
    std::ofstream(file) << "xkb_keymap {\n"
                        << "xkb_keycodes { include \"evdev+aliases(qwerty)\" " << codes.str()
                        << "};\nxkb_types { include \"complete\" };\n"
                        << "xkb_compat { include \"complete\" };\n"
                        << "xkb_symbols { include \"pc+us\" " << symbols.str() << "};\n};\n";
    const auto done = run_program({"xkbcomp", "-w", "0", file.string(), display});
    if (done.code != 0) throw std::runtime_error("xkbcomp failed: " + done.err);
}

} // namespace

bool can_open_windows() {
    if (has_program("Xvfb") && has_program("xdotool") && has_program("import")) return true;
    if (std::getenv("DIABAN_REQUIRE_WINDOW"))
        throw std::runtime_error("Xvfb, xdotool or imagemagick is missing");
    std::cerr << "skipped: window tests need the packages xvfb, xdotool and imagemagick\n";
    return false;
}

const fs::path& sample_project() {
    static const TempFolder folder;
    static const fs::path project = [] {
        const auto made = run_program({DIABAN_PROGRAM, "sample", folder.path().string()});
        if (made.code != 0) throw std::runtime_error("diaban sample failed: " + made.err);
        for (const auto& entry : fs::directory_iterator(folder.path()))
            if (entry.path().extension() == ".diaban") return entry.path();
        throw std::runtime_error("diaban sample wrote no project");
    }();
    return project;
}

Session::Session(const SessionSpec& spec) : dump_(home_ / "items.jsonl"), width_(spec.width) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
    screen_pid_ = spawn({"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0",
                         number(spec.width) + "x" + number(spec.height) + "x24", "-nolisten", "tcp",
                         "-noreset"},
                        {}, ends[1], home_ / "screen.txt");
    close(ends[1]);
    // To the end of the line: the server gives up if nobody reads it.
    std::string told;
    for (char c = 0; c != '\n'; told += c)
        if (::read(ends[0], &c, 1) != 1) throw std::runtime_error("Xvfb did not start");
    close(ends[0]);
    display_ = ":" + std::to_string(std::atoi(told.c_str()));

    give_letters(display_, home_ / "keyboard.xkb");

    // Whoever runs the program writes its records.
    if (!spec.run_by.empty()) fs::permissions(home_.path(), fs::perms::all);
    std::vector<std::string> arguments = spec.run_by;
    const fs::path program = DIABAN_PROGRAM;
    arguments.push_back(spec.run_by.empty() ? program.string() : for_anyone(program).string());
    arguments.emplace_back("view");
    arguments.insert(arguments.end(), spec.files.begin(), spec.files.end());
    if (!spec.own_size)
        for (const std::string& more :
             {std::string("--window"), number(spec.width) + "x" + number(spec.height)})
            arguments.push_back(more);
    if (spec.scale > 0) arguments.insert(arguments.end(), {"--scale", std::to_string(spec.scale)});
    arguments.insert(arguments.end(), {"--lang", spec.language, "--dump-items", dump_.string()});
    auto environment = spec.environment;
    const fs::path home = spec.home.empty() ? home_.path() : spec.home;
    environment.insert(environment.end(), {{"DISPLAY", display_},
                                           {"WAYLAND_DISPLAY", ""},
                                           {"HOME", home.string()},
                                           {"XDG_CONFIG_HOME", (home / "config").string()},
                                           {"XDG_CACHE_HOME", (home / "cache").string()},
                                           {"LC_ALL", "C.UTF-8"},
                                           {"LIBGL_ALWAYS_SOFTWARE", "1"}});
    program_pid_ = spawn(arguments, environment, -1, home_ / "log.txt");
    until(
        "the window", [&] { return fs::exists(dump_) && (read(), frame_ >= 0); }, 60);
    const auto found =
        run_program({"xdotool", "search", "--sync", "--class", "diaban"}, on_screen(display_));
    window_ = found.out.substr(0, found.out.find('\n'));
    // Not through tool(): a window that has the focus already makes no event to wait for.
    run_program({"xdotool", "windowfocus", window_}, on_screen(display_));
    if (spec.wait_for_map) {
        until(
            "the map", [&] { return text("map_shown") == "yes"; }, 90);
        settle();
    }
}

Session::~Session() {
    stop(program_pid_);
    stop(screen_pid_);
}

bool Session::running() {
    if (program_pid_ <= 0) return false;
    int status = 0;
    if (waitpid(program_pid_, &status, WNOHANG) == program_pid_) {
        program_pid_ = -1;
        exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return program_pid_ > 0;
}

std::string Session::log() const {
    std::string said;
    for (const char* name : {"log.txt", "screen.txt"}) {
        std::ifstream in(home_ / name);
        said.append(std::istreambuf_iterator<char>(in), {});
    }
    return said;
}

std::vector<ItemBox> Session::items() {
    read();
    std::vector<ItemBox> boxes;
    for (const auto& [name, box] : items_) boxes.push_back(box);
    return boxes;
}

std::map<std::string, ItemBox> Session::named_items() {
    read();
    return items_;
}

void Session::read() {
    std::ostringstream content;
    content << std::ifstream(dump_).rdbuf();
    std::string records = std::move(content).str();
    if (records == records_) return; // most looks of a wait find what they found before
    records_ = std::move(records);
    std::istringstream in(records_);
    std::string line;
    items_.clear(), texts_.clear(), values_.clear();
    while (std::getline(in, line)) {
        const auto j = nlohmann::json::parse(line, nullptr, false);
        if (j.is_discarded()) continue;
        if (j.contains("frame"))
            frame_ = j["frame"];
        else if (j.contains("settled"))
            settled_ = j["settled"];
        else if (j.contains("item"))
            items_[j["item"]] = {j["x0"],      j["y0"],       j["x1"],   j["y1"],
                                 j["enabled"], j["selected"], j["panel"]};
        else if (j.contains("text"))
            texts_[j["state"]] = j["text"];
        else if (j.contains("value"))
            values_[j["state"]] = j["value"];
    }
}

std::optional<ItemBox> Session::item(const std::string& name) {
    read();
    const auto at = items_.find(name);
    return at == items_.end() ? std::nullopt : std::optional(at->second);
}

bool Session::at_rest() {
    read();
    return settled_;
}

std::string Session::text(const std::string& state) {
    read();
    return texts_[state];
}

std::string Session::title() const {
    const auto told = run_program({"xdotool", "getwindowname", window_}, on_screen(display_));
    return told.out.substr(0, told.out.find('\n'));
}

double Session::value(const std::string& state) {
    read();
    return values_[state];
}

void Session::until(const std::string& what, const std::function<bool()>& condition,
                    double seconds) {
    const auto limit = Clock::now() + std::chrono::duration<double>(seconds);
    while (!condition()) {
        if (Clock::now() > limit || !running()) {
            std::string said = log();
            int status = 0;
            if (waitpid(screen_pid_, &status, WNOHANG) == screen_pid_)
                said += "\nthe screen ended: " + std::to_string(status);
            if (running()) screenshot("failed");
            throw std::runtime_error(
                (running() ? "waited in vain for " : "the window ended before ") + what + "\n" +
                said);
        }
        nap(25);
    }
}

void Session::settle() {
    // At rest for a while: the next event of an action may still be on its way.
    int calm = 0;
    until(
        "rest", [&] { return (read(), calm = settled_ ? calm + 1 : 0) >= 4; }, 60);
    // Whatever a test has done, the words that stand there now are whole and beside one another.
    CHECK(texts_["cuts"] == "");
    CHECK(texts_["overlaps"] == "");
}

ItemBox Session::need(const std::string& name) {
    until("item " + name, [&] { return item(name).has_value(); });
    return *item(name);
}

// Of the panel at this place.
ItemBox Session::scroll(const std::string& name, double x, double y) {
    constexpr int kTurns = 20, kToTop = 60;
    constexpr double kSliver = 16;
    const int step = value("scale") > 2 ? 2 : 4; // less than what is in sight
    for (int turn = 0; turn <= kTurns; ++turn) {
        const auto box = item(name);
        if (box && box->y1 - box->y0 >= kSliver) break;
        move(x, y);
        wheel(turn == 0 ? kToTop : -step);
    }
    return need(name);
}

ItemBox Session::scroll_to(const std::string& name) {
    const auto map = need("map");
    return scroll(name, (map.x1 + width_) / 2, map.y());
}

void Session::press(const std::string& name) {
    scroll_to(name);
    click(name);
}

ItemBox Session::scroll_left_to(const std::string& name) {
    constexpr double kWithin = 90; // pixels from the left: in the panel, however narrow it is
    if (const auto drawer = item("ui.tool.drawer"); drawer && !drawer->selected)
        click("ui.tool.drawer");
    return scroll(name, kWithin, need("map").y());
}

void Session::click_left(const std::string& name) {
    scroll_left_to(name);
    click(name);
    if (const auto drawer = item("ui.tool.drawer"); drawer && drawer->selected)
        click("ui.tool.drawer");
}

void Session::open_table() {
    if (!item("column:1")) click("ui.timeline.table");
    need("column:1");
}

void Session::tool(const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {"xdotool"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const double before = value("events");
    const auto done = run_program(all, on_screen(display_));
    if (done.code != 0) throw std::runtime_error("xdotool failed: " + done.err);
    // What was done has been seen. A mouse already in its place makes no event and is not waited
    // for long; keys and buttons always make one, however busy the machine is.
    const bool only_moves = arguments.front() == "mousemove" && arguments.size() == 3;
    const auto limit = Clock::now() + std::chrono::seconds(only_moves ? 1 : 30);
    while (Clock::now() < limit && running() && value("events") == before) nap(25);
}

void Session::click(const std::string& name, const std::string& modifier) {
    const ItemBox box = need(name);
    click_at(box.x(), box.y(), modifier);
}

void Session::click_at(double x, double y, const std::string& modifier) {
    std::vector<std::string> arguments = {"mousemove", number(x), number(y)};
    if (!modifier.empty()) arguments.insert(arguments.end(), {"keydown", modifier});
    arguments.insert(arguments.end(), {"click", "1"});
    if (!modifier.empty()) arguments.insert(arguments.end(), {"keyup", modifier});
    tool(arguments);
    settle();
}

void Session::choose(const std::string& list, int item) {
    click(list);
    click(list + ":" + std::to_string(item));
    settle();
}

void Session::double_click_at(double x, double y) {
    tool({"mousemove", number(x), number(y), "click", "--repeat", "2", "--delay", "60", "1"});
    settle();
}

void Session::pick(const std::filesystem::path& file) {
    need("ui.file.filter");
    type(file.string());
    key("Return");
    until("the dialog to close", [&] { return !item("ui.file.filter"); });
    settle();
}

bool Session::drop(const std::vector<std::string>& files, double x, double y) {
    return drop_files(display_, std::stoul(window_), static_cast<int>(x), static_cast<int>(y),
                      files);
}

void Session::move(double x, double y) {
    tool({"mousemove", number(x), number(y)});
    settle();
}

void Session::wheel(int steps) {
    tool({"click", "--repeat", std::to_string(std::abs(steps)), "--delay", "20",
          steps > 0 ? "4" : "5"});
    settle();
}

void Session::drag(double x0, double y0, double x1, double y1, const std::string& modifier) {
    if (!modifier.empty()) tool({"keydown", modifier});
    tool({"mousemove", number(x0), number(y0), "mousedown", "1"});
    for (int i = 1; i <= 8; ++i)
        tool({"mousemove", number(x0 + (x1 - x0) * i / 8), number(y0 + (y1 - y0) * i / 8)});
    tool({"mouseup", "1"});
    if (!modifier.empty()) tool({"keyup", modifier});
    settle();
}

void Session::key(const std::string& keys) {
    tool({"key", keys});
    settle();
}

void Session::type(const std::string& text) {
    tool({"type", "--delay", "20", text});
    until("the text " + text, [&] { return this->text("typing").ends_with(text); });
    settle();
}

void Session::screenshot(const std::string& name) {
    const char* folder = std::getenv("DIABAN_WINDOW_SHOTS");
    if (!folder) return;
    fs::create_directories(folder);
    run_program({"import", "-window", "root", (fs::path(folder) / (name + ".png")).string()},
                on_screen(display_));
}

std::string Session::pixel(double x, double y) {
    const auto seen = run_program({"import", "-window", "root", "-crop",
                                   "1x1+" + number(x) + "+" + number(y), "-depth", "8", "txt:-"},
                                  on_screen(display_));
    const auto at = seen.out.find('#', seen.out.find("0,0"));
    return at == std::string::npos ? "" : seen.out.substr(at, 7);
}

void Session::picture(const ItemBox& box, const fs::path& file, int colours) {
    std::vector<std::string> words = {"import",
                                      "-window",
                                      "root",
                                      "-crop",
                                      number(box.x1 - box.x0) + "x" + number(box.y1 - box.y0) +
                                          "+" + number(box.x0) + "+" + number(box.y0),
                                      "-depth",
                                      "8",
                                      "-strip",
                                      "+repage"};
    if (colours > 0) words.insert(words.end(), {"+dither", "-colors", std::to_string(colours)});
    words.push_back((colours > 0 ? "PNG8:" : "") + file.string());
    run_program(words, on_screen(display_));
}

int Session::colours(double x, double y, int side) {
    const auto file = home_ / "square.png";
    const double half = side / 2.0;
    picture({.x0 = x - half, .y0 = y - half, .x1 = x + half, .y1 = y + half}, file);
    return std::atoi(run_program({"identify", "-format", "%k", file.string()}).out.c_str());
}

void Session::crash() {
    kill(program_pid_, SIGKILL);
    waitpid(program_pid_, nullptr, 0);
    program_pid_ = -1;
}

int Session::end() {
    kill(program_pid_, SIGTERM);
    int status = 0;
    for (int i = 0; i < 200; ++i) {
        if (waitpid(program_pid_, &status, WNOHANG) == program_pid_) {
            program_pid_ = -1;
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        nap(50);
    }
    return -1;
}

bool Session::close_window() {
    run_program({"xdotool", "key", "ctrl+q"}, on_screen(display_));
    for (int i = 0; i < 80 && running(); ++i) {
        nap(50);
        if (running() && item("ui.quit.save")) return false;
    }
    return !running();
}

double Session::cpu_seconds() const {
    std::ifstream in("/proc/" + std::to_string(program_pid_) + "/stat");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace diaban::test
