// One run of the program under test: what it took, in wall time, processor time and memory.
#pragma once

#include "bench/table.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diaban::bench {

struct Usage {
    double seconds = 0;
    double cpu_seconds = 0;
    double peak_mb = 0;
};

// Its output goes to a file, its errors to ours. A run that fails ends the benchmark, for its
// numbers would mean nothing. The system counts the memory of the benchmark itself in the peak of
// what it starts: large work in process comes after all runs.
inline Usage run_once(const std::vector<std::string>& arguments,
                      const std::filesystem::path& output = "/dev/null") {
    std::vector<char*> argv;
    for (const auto& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
        dup2(out, 1);
        execv(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fmt::print(stderr, "the program failed:");
        for (const auto& a : arguments) fmt::print(stderr, " {}", a);
        fmt::print(stderr, "\n");
        std::exit(1);
    }
    const auto seconds = [](timeval t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return {seconds_since(begin), seconds(used.ru_utime) + seconds(used.ru_stime),
            static_cast<double>(used.ru_maxrss) / 1024};
}

// Median wall time; CPU and peak memory of that run.
inline Usage median_run(const std::vector<std::string>& arguments, int count = kRuns) {
    std::vector<Usage> runs;
    for (int i = 0; i < count; ++i) runs.push_back(run_once(arguments));
    std::sort(runs.begin(), runs.end(),
              [](const Usage& a, const Usage& b) { return a.seconds < b.seconds; });
    return runs[runs.size() / 2];
}

} // namespace diaban::bench
