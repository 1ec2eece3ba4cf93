#include "support/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace diaban::test {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        read = ends[0];
        write = ends[1];
    }
    ~Pipe() {
        close_end(read);
        close_end(write);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    static void close_end(int& end) {
        if (end >= 0) ::close(end);
        end = -1;
    }
    int read = -1, write = -1;
};

// In the child, after fork: never returns.
[[noreturn]] void become(const std::vector<std::string>& arguments, const RunOptions& options,
                         const Pipe& out, const Pipe& err) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    const int to =
        options.stdout_to.empty() ? out.write : ::open(options.stdout_to.c_str(), O_WRONLY);
    ::dup2(to, STDOUT_FILENO);
    ::dup2(err.write, STDERR_FILENO);
    if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
    for (const auto& [name, value] : options.environment)
        value ? ::setenv(name.c_str(), value->c_str(), 1) : ::unsetenv(name.c_str());
    if (options.user != 0 && (::setgid(options.user) != 0 || ::setuid(options.user) != 0))
        ::_exit(126);
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
}

// Appends what is there to read; false at the end of the stream.
bool drain(int& end, std::string& into) {
    std::array<char, 65536> buffer{};
    const auto size = ::read(end, buffer.data(), buffer.size());
    if (size > 0) {
        into.append(buffer.data(), static_cast<std::size_t>(size));
        return true;
    }
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    Pipe::close_end(end);
    return false;
}

} // namespace

Outcome run_program(const std::vector<std::string>& arguments, const RunOptions& options) {
    Pipe out, err;
    const auto begin = Clock::now();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error(std::string("no process: ") + std::strerror(errno));
    if (child == 0) become(arguments, options, out, err);
    Pipe::close_end(out.write);
    Pipe::close_end(err.write);

    Outcome outcome;
    bool interrupted = false, killed = false;
    while (out.read >= 0 || err.read >= 0) {
        std::array<pollfd, 2> ends{pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0}};
        ::poll(ends.data(), ends.size(), 5);
        if (ends[0].revents) drain(out.read, outcome.out);
        if (ends[1].revents) drain(err.read, outcome.err);
        const auto elapsed = Clock::now() - begin;
        if (options.interrupt_after && !interrupted && elapsed >= *options.interrupt_after) {
            ::kill(child, SIGINT);
            interrupted = true;
        }
        if (!killed && elapsed >= options.limit) {
            ::kill(child, SIGKILL);
            killed = true;
        }
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    outcome.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    if (WIFEXITED(status)) outcome.code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) outcome.code = killed ? -1 : 128 + WTERMSIG(status);
    if (outcome.code == 127 && outcome.out.empty() && outcome.err.empty())
        throw std::runtime_error("cannot run " + arguments.front());
    return outcome;
}

} // namespace diaban::test
